"""The council's fly-tipping cases, an OpenDocument sheet in the words of WasteDataFlow.

The tables show cells as one types them into a spreadsheet: 2020-04-01 becomes a date cell, digits a
number, a leading apostrophe makes text. Where a table shows only a few columns, the others hold
what stands in `USUAL`.
"""
# ruff: noqa: E501 - the files are shown as they are

from support.files import complete, grid, ods_bytes
from support.post import Post, table

USUAL = {
    "Case Reference": "FT/{row}",
    "Date Reported": "2020-04-01",
    "Reported By": "Public",
    "Land Type": "Highway",
    "Waste Type": "Green",
    "Size": "Single Item",
    "Easting": "515000",
    "Northing": "207000",
    "Ward Code": "E05009028",
    "Ward": "Verulam",
    "Status": "Cleared",
    "Date Cleared": "2020-04-03",
    "Investigated": "N",
    "Action": "CPW",
    "Action Date": "2020-05-01",
    "Clearance Cost (£)": "85.5",
}
Q1 = "fly-tips-2020-21-q1.ods"


def cases(rows: str) -> bytes:
    return ods_bytes(complete(rows, USUAL))


def test_a_sheet_as_the_council_sends_it(post: Post):
    got = post.send(
        Q1,
        ods_bytes(
            grid("""
            Fly-tipping cases
            Case Reference | Date Reported | Reported By | Land Type  | Waste Type         | Size             | Easting | Northing | Ward Code | Ward    | Status  | Date Cleared | Investigated | Action         | Action Date | Clearance Cost (£) | Officer  | Reporter Name | Reporter Telephone | Notes
            FT/0001        | 2020-04-01    | Public      | Highway    | White Goods        | Transit Van Load | 515000  | 207000   | E05009028 | Verulam | Cleared | 2020-04-03   | Y            | FPN fly-tipping | 2020-05-01 | 85.5               | A Canary | B Canary      | 07700 900123       | canary
            FT/0002        | 2020-06-30    | Crew        | Footpath   | Other              |                  |         |          |           |         | Logged  |              | N            |                |             |                    | A Canary | B Canary      | 07700 900123       |
            """),
        ),
    )
    assert got.span.label == "Apr to Jun 2020"
    assert (got.read, got.issues, got.file_issues) == (2, [], ["header-below"])
    assert got.shows("row month lad_code reported_on cleared_on action_on") == table("""
        3 | 2020-04 | E07000240 | 2020-04-01 | 2020-04-03 | 2020-05-01
        4 | 2020-06 | E07000240 | 2020-06-30 | -          | -
    """)
    assert got.shows("land_type_code waste_type_code size_code action_code status_code") == table("""
        highway            | white_goods        | transit_van_load | fpn_fly_tipping | cleared
        footpath_bridleway | other_unidentified | -                | -               | open
    """)
    assert got.shows("reported_by_code is_investigated clearance_cost_pence") == table("""
        public | yes | 8550
        crew   | no  | -
    """)
    assert "canary" not in got.accepted.to_csv().lower()
    assert "900123" not in got.accepted.to_csv()


def test_costs_are_pounds_in_and_whole_pence_out(post: Post):
    got = post.send(
        Q1,
        cases("""
        Clearance Cost (£)
        12
        12.5
        '£1,234.50
        '0.05
        12.345
        -5
        '5 pounds
        """),
    )
    assert got.shows("row clearance_cost_pence") == table("""
        2 | 1200
        3 | 1250
        4 | 123450
        5 | 5
    """)
    assert got.issues == [
        "row 4: clearance_cost_pence number-with-commas",
        "row 6: clearance_cost_pence number-unreadable",
        "row 7: clearance_cost_pence number-unreadable",
        "row 8: clearance_cost_pence number-unreadable",
    ]


def test_size_and_cost_may_be_blank_where_nothing_was_cleared_but_not_land_and_waste(post: Post):
    got = post.send(
        Q1,
        cases("""
        Land Type | Waste Type | Size        | Status              | Clearance Cost (£) | Date Reported
        Railway   | Tyres      |             | Under investigation |                    | 2020-04-01
                  | Tyres      | Single Item | Cleared             | 1                  | 2020-04-01
        Railway   |            | Single Item | Cleared             | 1                  | 2020-04-01
        Railway   | Tyres      | Single Item |                     | 1                  | 2020-04-01
        Beach     | Sofa       | Enormous    | Lost                | 2000000            | 2020-07-01
        """),
    )
    assert got.issues == [
        "row 3: land_type_code value-missing",
        "row 4: waste_type_code value-missing",
        "row 5: status_code value-missing",
        "row 6: dates-disordered",  # cleared in April, as usual here, and reported in July
        "row 6: clearance_cost_pence value-too-high",
        "row 6: land_type_code word-unknown",
        "row 6: reported_on outside-months",
        "row 6: size_code word-unknown",
        "row 6: status_code word-unknown",
        "row 6: waste_type_code word-unknown",
    ]
    assert got.shows("row size_code clearance_cost_pence") == table("2 | - | -")


def test_dates_are_date_cells(post: Post):
    got = post.send(
        Q1,
        cases("""
        Date Cleared
        2020-04-05
        '05/04/2020
        2020-04-05 10:30
        43922
        '31/04/2020
        """),
    )
    # What a spreadsheet does to dates is undone where it can mean one thing only, and is told.
    assert got.shows("row cleared_on") == table("""
        2 | 2020-04-05
        3 | 2020-04-05
        5 | 2020-04-01
    """)
    assert got.issues == [
        "row 3: cleared_on date-as-text",
        "row 4: cleared_on date-unreadable",
        "row 5: cleared_on date-serial",
        "row 6: cleared_on date-unreadable",
    ]


def test_nothing_is_cleared_or_acted_on_before_it_is_reported(post: Post):
    got = post.send(
        Q1,
        cases("""
        Date Reported | Date Cleared | Action Date
        2020-05-02    | 2020-05-01   | 2020-05-03
        2020-05-02    | 2020-05-03   | 2020-05-01
        2020-05-02    | 2020-05-02   | 2020-05-02
        2020-05-02    |              |
        """),
    )
    assert got.issues == ["row 2: dates-disordered", "row 3: dates-disordered"]
    assert got.shows("row") == [["4"], ["5"]]


def test_a_case_that_stands_twice(post: Post):
    got = post.send(
        Q1,
        cases("""
        Case Reference | Status
        FT/01          | Open
        FT/02          | Open
        FT/01          | Logged
        FT/02          | Closed
        """),
    )
    assert got.issues == ["row 3: key-conflict", "row 4: row-repeated", "row 5: key-conflict"]
    assert got.shows("row case_reference status_code") == table("2 | FT/01 | open")


def test_a_sheet_of_totals_by_land_type_is_no_case_export(post: Post):
    assert post.refused(Q1, ods_bytes(grid("Year | Highway | Total\n2020-21 | 819 | 910"))) == [
        "layout-unknown"
    ]


# --- columns that are blank from top to bottom ------------------------------------------------


def test_a_file_in_which_no_case_has_cost_anything_yet(post: Post):
    got = post.send(Q1, cases("Clearance Cost (£)\n'"))
    assert got.shows("row clearance_cost_pence") == table("2 | -")


def test_a_file_in_which_no_cost_can_be_read(post: Post):
    assert post.refused(Q1, cases("Clearance Cost (£)\nfree")) == ["nothing-accepted"]


def test_a_nil_return(post: Post):
    got = post.send("fly-tips-2020-21-q1-nil.ods", cases("Size"))
    assert (got.read, got.span.label) == (0, "Apr to Jun 2020")


def test_a_file_in_which_no_case_led_to_action(post: Post):
    got = post.send(Q1, cases("Action | Action Date\n |"))
    assert got.shows("row action_code") == table("2 | -")
