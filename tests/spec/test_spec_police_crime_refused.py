"""The force's partnership extract: the rows, headings and files that are refused, and why.

Where only a few columns matter a table shows those; the others of the agreed layout hold what
stands in `POLICE`, which has nothing wrong. Row numbers are those that Excel shows.
"""

import pytest
from support.desk import POLICE
from support.desk import police as extract
from support.files import complete, csv_bytes
from support.post import Post, table

Q1 = "police-crime-2020-21-q1.csv"


# --- rows that are rejected -------------------------------------------------------------------


def test_dates_are_read_in_the_one_agreed_form_and_never_guessed(post: Post):
    got = post.send(
        Q1,
        extract("""
        Committed From | Committed To
        13/04/2020     | 04/13/2020
        1/4/2020       |
        01/04/20       |
        2020-04-01     |
        01/04/2020 10:00 |
        31/04/2020     |
                       | 43922
        01.04.2020     |
        01/04/2020     | 14/04/2020
        """),
    )
    assert got.issues == [
        "row 2: committed_to_on date-month-first",
        "row 3: committed_from_on date-unreadable",
        "row 4: committed_from_on date-unreadable",
        "row 5: committed_from_on date-unreadable",
        "row 6: committed_from_on date-unreadable",
        "row 7: committed_from_on date-unreadable",
        "row 8: committed_to_on date-serial-undeclared",
        "row 9: committed_from_on date-unreadable",
    ]
    assert got.rejected == [2, 3, 4, 5, 6, 7, 8, 9]
    assert got.shows("row") == [["10"]]


def test_what_a_row_cannot_be_counted_without(post: Post):
    got = post.send(
        Q1,
        extract("""
        Crime Reference | HO Code | Status   | District
                        | 45      | Recorded | St Albans
        41/2/20         |         | Recorded | St Albans
        41/3/20         | 45      |          | St Albans
        41/4/20         | 45      | Recorded |
        41/5/20         | 45      | Recorded | St Albans
        """),
    )
    assert got.issues == [
        "row 2: crime_reference value-missing",
        "row 3: offence_code value-missing",
        "row 4: status_code value-missing",
        "row 5: lad_code value-missing",
    ]
    assert got.shows("row crime_reference") == table("6 | 41/5/20")


def test_cells_that_are_not_what_their_column_holds(post: Post):
    got = post.send(
        Q1,
        extract("""
        Crime Reference | Outcome Type | Status  | Ward Code | LSOA      | Easting | Northing
        12-Jan          | 18           | Closed  | E05009028 |           | 514000  | 207000
        41/2/20         | 23           | Recorded| E05009028 |           | 514,000 | 207000
        41/3/20         | -1           | Recorded| E06000001 | E02004940 | 514000  | 207000
        41/4/20         | several      | Recorded| E05009028 |           | 51      | 999999
        41/5/20         | 0            | Recorded| E05009028 |           | 514,000 | 207,000
        """),
    )
    assert got.issues == [
        "row 2: crime_reference reference-as-date",
        "row 2: status_code word-unknown",
        "row 3: easting_m number-with-commas",
        "row 3: outcome_type_code value-too-high",
        "row 4: lsoa_code text-malformed",
        "row 4: outcome_type_code value-too-low",
        "row 4: ward_code text-malformed",
        "row 5: location-doubtful",
        "row 5: outcome_type_code number-unreadable",
        "row 6: easting_m number-with-commas",
        "row 6: northing_m number-with-commas",
    ]
    assert got.shows("row outcome_type_code easting_m northing_m") == table(
        "6 | 0 | 514000 | 207000"
    )


def test_dates_that_contradict_each_other(post: Post):
    got = post.send(
        Q1,
        extract("""
        Date Recorded | Committed From | Committed To
        14/04/2020    | 15/04/2020     |
        14/04/2020    | 14/04/2020     | 13/04/2020
        14/04/2020    | 14/04/2020     | 14/04/2020
        """),
    )
    assert got.issues == ["row 2: recorded-before-committed", "row 3: dates-disordered"]
    assert got.shows("row") == [["4"]]


def test_rows_of_months_that_the_file_does_not_cover(post: Post):
    got = post.send(
        Q1,
        extract("""
        Date Recorded | Committed From
        31/03/2020    |
        01/04/2020    |
        30/06/2020    |
        01/07/2020    |
        """),
    )
    assert got.issues == [
        "row 2: recorded_on outside-months",
        "row 5: recorded_on outside-months",
    ]
    assert got.shows("row month") == table("""
        3 | 2020-04
        4 | 2020-06
    """)


def test_a_reference_that_stands_twice(post: Post):
    got = post.send(
        Q1,
        extract("""
        Crime Reference | Status    | DA
        41/1/20         | Recorded  | N
        41/2/20         | Recorded  | N
        41/1/20         | Recorded  | N
        41/2/20         | Cancelled | N
        41/1/20         | recorded  | no
        41/3/20         | Recorded  | N
        """),
    )
    # The same content (however it is written): the first is kept. Different contents: none is.
    assert got.issues == [
        "row 3: key-conflict",
        "row 4: row-repeated",
        "row 5: key-conflict",
        "row 6: row-repeated",
    ]
    assert got.shows("row crime_reference") == table("""
        2 | 41/1/20
        7 | 41/3/20
    """)
    assert got.rejected == [3, 4, 5, 6]


def test_a_row_with_too_many_or_too_few_cells(post: Post):
    content = extract("""
        Ward
        Verulam
        Clarence
        Ashley
        """)
    content = content.replace(b"Clarence", b"Clarence, St Peters").replace(
        b"E01023728", b'"E01023728"'
    )
    got = post.send(Q1, content + b"41/9/20,14/04/2020\r\n")
    assert got.issues == ["row 3: row-width", "row 5: row-width"]
    assert (got.read, got.rejected) == (4, [3, 5])
    assert got.shows("row ward_name") == table("""
        2 | Verulam
        4 | Ashley
    """)


# --- headings ---------------------------------------------------------------------------------


def test_headings_under_a_title_in_another_order_and_under_known_other_names(post: Post):
    got = post.send(
        Q1,
        b"Hertfordshire Constabulary,,\r\nOFFICIAL - SENSITIVE,,\r\n\r\n"
        + csv_bytes(
            [
                [*reversed([
                    {"HO Code": "HO Class", "DA": "Domestic\n[note 2]", "LSOA": "lsoa  CODE"}
                    .get(h, h) for h in POLICE
                ])],
                [*reversed([v.replace("{row}", "5") for v in POLICE.values()])],
            ]
        ),
    )  # fmt: skip
    assert got.file_issues == [
        "header-below",
        "HO Class: header-alias",
        "LSOA Code: header-alias",
        "Domestic: header-alias",
    ]
    assert got.shows("offence_code lsoa_code is_domestic_abuse") == table("45 | E01023728 | no")


def test_a_missing_heading_refuses_the_file_and_names_the_nearest(post: Post):
    content = extract("DA\nN").replace(b"Ward Code", b"Ward Cod").replace(b"Knife,", b"")
    assert post.refused(Q1, content) == ["Ward Code: header-missing", "Knife: header-missing"]


def test_a_heading_that_stands_twice_refuses_the_file(post: Post):
    content = extract("DA\nN").replace(b"Hate", b"Domestic Abuse")
    assert post.refused(Q1, content) == ["DA: header-ambiguous", "Hate: header-missing"]


# --- the whole file ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "months"),
    [
        ("Police Crime 2020-21 Q4.CSV", "Jan to Mar 2021"),
        ("police crime extract.csv", "Apr 2020"),
    ],
)
def test_the_months_covered_are_those_of_the_name_else_those_of_the_rows(
    post: Post, name: str, months: str
):
    day = "14/02/2021" if months.startswith("Jan") else "14/04/2020"
    got = post.send(name, extract(f"Date Recorded | Committed From\n{day} | "))
    assert (got.span.label, got.rejected) == (months, [])


def test_a_nil_return_has_its_headings_and_the_word_nil_in_its_name(post: Post):
    nothing = extract("DA")
    got = post.send("police-crime-2020-21-q1-nil.csv", nothing)
    assert (got.read, got.rejected, got.issues) == (0, [], [])
    assert got.span.label == "Apr to Jun 2020"
    assert post.refused("police-crime-2020-21-q1.csv", nothing) == ["rows-none"]


def test_a_file_without_one_good_row_is_refused(post: Post):
    assert post.refused(Q1, extract("Status\nOpen\nOpen")) == ["nothing-accepted"]


def test_a_placeholder_or_mistyped_year_rejects_its_row_only(post: Post):
    got = post.send(
        Q1,
        extract("""
        Committed From | Committed To
        13/04/2020     | 31/12/9999
        13/04/2020     | 13/04/0020
        13/04/2020     | 13/04/2020
        """),
    )
    assert [issue.split(":")[0] for issue in got.issues] == ["row 2", "row 3"]
    assert got.rejected == [2, 3]


def test_an_unreadable_recorded_date_is_one_fault(post: Post):
    got = post.send(
        Q1,
        extract("""
        Date Recorded | Committed From
        14.04.2020    |
                      |
        14/04/2020    |
        """),
    )
    assert got.issues == [
        "row 2: recorded_on date-unreadable",
        "row 3: recorded_on value-missing",
    ]


def test_text_in_another_encoding_is_refused_as_that(post: Post):
    content = csv_bytes(complete("Ward\nSaint-Étienne", POLICE), encoding="cp1252")
    assert post.refused(Q1, content) == ["file-encoding"]


def test_a_nil_return_whose_name_has_blanks(post: Post):
    got = post.send("Police Crime 2020-21 Q1 nil.csv", extract("DA"))
    assert got.read == 0
