"""What is mended in a partner's cells, and told: signs for nothing, commas, spoilt references.

Each test shows the same fault in the exports in which it can occur. Columns that are not shown
hold what stands in `support.desk`, which has nothing wrong.
"""

from collections.abc import Callable

import pytest
from support.desk import A, C, F, H, P, S, avon, cctv, fire, fly_tips, police, street
from support.post import Post, table

Write = Callable[[str], bytes]


# --- signs for a value that is not there ------------------------------------------------------


def test_a_sign_for_nothing_is_a_blank_and_is_told(post: Post):
    got = post.send(
        P,
        police("""
        Outcome Type | Committed To
        n/a          | n/a
        N/A          | N/A
        na           | na
        -            | -
        --           | --
        :            | :
        ..           | ..
        NULL         | NULL
        none         | none
        Not known    | Not known
        #N/A         | #N/A
        """),
    )
    assert got.rejected == []
    assert got.shows("outcome_type_code committed_to_on") == [["-", "-"]] * 11
    assert got.issues == [
        f"row {row}: {field} token-absent"
        for row in range(2, 13)
        for field in ("committed_to_on", "outcome_type_code")
    ]


@pytest.mark.parametrize(
    ("name", "write", "headings", "fields"),
    [
        (P, police, "LSOA | DA", "lsoa_code is_domestic_abuse"),
        (S, street, "Longitude | Last outcome category", "longitude last_outcome"),
        (C, cctv, "End | Arrests", "ended_at arrest_count"),
        (F, fly_tips, "Size | Clearance Cost (£)", "size_code clearance_cost_pence"),
        (H, fire, "Casualties | Motive", "injury_count motive_code"),
        (A, avon, "X Coordinate | Y Coordinate", "easting_m northing_m"),
    ],
)
def test_in_every_export(post: Post, name: str, write: Write, headings: str, fields: str):
    got = post.send(name, write(f"{headings}\nn/a | n/a"))
    assert (got.rejected, got.shows(fields)) == ([], [["-", "-"]])
    assert {f"row 2: {field} token-absent" for field in fields.split()} <= set(got.issues)


def test_a_blank_in_a_column_that_must_be_filled_rejects_the_row(post: Post):
    got = post.send(P, police("Status\nn/a\nRecorded"))
    assert got.issues == ["row 2: status_code token-absent", "row 2: status_code value-missing"]
    assert got.rejected == [2]


def test_a_word_that_means_something_in_its_column_is_left_alone(post: Post):
    # "Not known" is a motive of the national list; "None" may be what a property is called.
    got = post.send(H, fire("Motive | Property Category\nNot known | None"))
    assert got.issues == []
    assert got.shows("motive_code property_category") == table("not_known | None")


def test_parts_of_a_value_that_were_not_given_are_no_signs(post: Post):
    # Avon asks whether a fire kept to its chimney of buildings only.
    got = post.send(A, avon("Is Primary Fire | Is Fire Confined to Chimney?\nyes |\n"))
    assert (got.issues, got.shows("fire_class_code")) == ([], [["primary"]])


# --- numbers ----------------------------------------------------------------------------------


def test_a_suppressed_count_is_not_known_and_is_no_nought(post: Post):
    got = post.send(
        C,
        cctv("""
        Arrests       | Discs Given to Police
        '<5           | 1
        '< 10         | 2
        'fewer than 5 | 3
        """),
    )
    assert got.issues == [f"row {row}: arrest_count count-suppressed" for row in (2, 3, 4)]
    assert got.shows("arrest_count disc_count") == table("""
        - | 1
        - | 2
        - | 3
    """)


@pytest.mark.parametrize(
    ("name", "write", "headings", "fields", "values"),
    [
        (P, police, "Easting", "easting_m", ["514000"]),
        (F, fly_tips, "Clearance Cost (£) | Easting", "clearance_cost_pence easting_m",
         ["51400000", "514000"]),
        (H, fire, "Easting", "easting_m", ["514000"]),
    ],
)  # fmt: skip
def test_commas_between_thousands_are_taken_out(
    post: Post, *, name: str, write: Write, headings: str, fields: str, values: list[str]
):
    text = "514,000" if name == P else "'514,000"
    got = post.send(name, write(f"{headings}\n" + " | ".join([text] * len(values))))
    assert got.issues == [f"row 2: {field} number-with-commas" for field in fields.split()]
    assert got.shows(fields) == [values]


def test_a_comma_that_stands_elsewhere_is_no_thousands_comma(post: Post):
    got = post.send(C, cctv("Arrests\n'1,2\n'0,500\n'12,34\n'1,234,5\n0"))
    assert got.issues == [f"row {row}: arrest_count number-unreadable" for row in (2, 3, 4, 5)]


# --- references -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "write", "heading", "field", "sound"),
    [
        (P, police, "Crime Reference", "crime_reference", "41/12345/20"),
        (C, cctv, "Log No", "log_number", "C/0001"),
        (F, fly_tips, "Case Reference", "case_reference", "FT/0001"),
        (H, fire, "Incident Number", "incident_number", "H/0001"),
        (A, avon, "Incident Number", "incident_number", "005538-01072014"),
    ],
)
def test_a_reference_that_a_spreadsheet_spoilt(
    post: Post, *, name: str, write: Write, heading: str, field: str, sound: str
):
    got = post.send(
        name,
        write(
            f"""
        {heading}
        4.1E+12
        '2020-04-05
        05-Apr
        '5/4/2020
        a?
        {sound}
        """.replace("'", "'" if name in (C, F, H) else "")
        ),
    )
    assert got.issues == [
        f"row 2: {field} reference-scientific",
        f"row 3: {field} reference-as-date",
        f"row 4: {field} reference-as-date",
        f"row 5: {field} reference-as-date",
        f"row 6: {field} text-malformed",
    ]
    assert got.shows(f"row {field}") == [["7", sound]]


def test_a_reference_that_became_a_date_cell(post: Post):
    got = post.send(F, fly_tips("Case Reference\n2020-04-05\nFT/1"))
    assert got.issues == ["row 2: case_reference reference-as-date"]


def test_a_crime_id_in_scientific_notation(post: Post):
    got = post.send(S, street("Crime ID | Crime type\n4.1E+12 | Robbery\na | Robbery"))
    assert got.issues == ["row 2: crime_id reference-scientific"]
