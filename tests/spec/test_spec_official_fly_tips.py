"""Defra's yearly workbook of fly-tipping, as it is: what is kept of it, and what may be hidden.

The row of the own district is kept; the others are counted and left out. Row 4 of the third sheet
is row 30,000,004.
"""
# ruff: noqa: E501 - the files are shown as they are

import pytest
from support.official import LIST, defra
from support.post import Post, table

NAME = "defra_Flytipping.xlsx"


def test_the_rows_of_the_district_are_kept_and_the_others_counted(post: Post):
    got = post.send(
        NAME,
        defra(
            """
            Year    | ONS Code  | LA Name    | Total Incidents
            2019-20 | *Total    | *Total     | 976000
            2019-20 | E07000240 | St Albans  | 746
            2020-21 | E07000096 | Dacorum    | 1504
            2020-21 | E07000240 | St Albans  | 910
            """,
            """
            Year    | ONS Code  | Total Actions | Fixed Penalty Notices issued specifically for fly-tipping
            2019-20 | E07000240 | 312           | 4
            2020-21 | E07000240 | 408           | 15
            """,
        ),
    )
    assert got.span.label == "Apr 2019 to Mar 2021"
    assert (got.read, got.rejected, got.issues) == (4, [], [])
    assert got.shows(
        "row month period_code table_code incident_count action_count fpn_fly_tipping_count"
    ) == table("""
        10000005 | 2020-03 | 2019-20 | incidents | 746 | -   | -
        10000007 | 2021-03 | 2020-21 | incidents | 910 | -   | -
        20000004 | 2020-03 | 2019-20 | actions   | -   | 312 | 4
        20000005 | 2021-03 | 2020-21 | actions   | -   | 408 | 15
    """)
    assert got.file_issues == ["header-below", "rows-elsewhere"]
    (told,) = got.closing.file_issues
    assert told.sentence == (
        "The publication has 2 rows of other areas. They were left out and are not counted as read."
    )


def test_a_name_that_holds_a_year_does_not_narrow_the_publication(post: Post):
    got = post.send("fly-tipping 2020-21.xlsx", defra("Year\n2019-20\n2020-21"))
    assert got.span.label == "Apr 2019 to Mar 2021"


def test_what_defra_does_not_have_is_blank_and_a_row_without_a_total_is_rejected(post: Post):
    got = post.send(
        NAME,
        defra(
            "Year | Total Incidents\n2019-20 | :\n2020-21 | 910",
            "Year | Fixed Penalty Notices issued for Household Duty of Care\n2020-21 | :",
        ),
    )
    assert got.rejected == [10000004]
    assert got.issues == [
        "row 10000004: table-unclear",
        "row 10000004: incident_count token-absent",
        "row 20000004: fpn_duty_of_care_count token-absent",
    ]


def test_a_former_code_of_the_district_is_ours(post: Post):
    got = post.send(NAME, defra("Year | ONS Code\n2020-21 | E07000100"))
    assert got.issues == ["row 10000004: lad_code district-former"]
    assert got.shows("lad_code")[0] == ["E07000240"]


def test_a_publication_without_the_district_is_refused(post: Post):
    rows = "ONS Code | LA Name\nE07000096 | Dacorum"
    assert post.refused(NAME, defra(rows, rows)) == ["rows-of-area-none"]


def test_a_year_that_is_none_is_rejected(post: Post):
    got = post.send(NAME, defra("Year\n2020-21\n2020-22"))
    assert got.issues == ["row 10000005: ends_on year-unreadable"]


def test_one_of_the_two_tables_alone_is_taken(post: Post):
    got = post.send(NAME, defra(actions=""))
    assert (got.read, got.shows("table_code")) == (1, [["incidents"]])


# --- what a workbook may hide -----------------------------------------------------------------

PEOPLE = [["Name", "Telephone"], ["A. Person", "01632 960001"]]


@pytest.mark.parametrize(
    "hidden",
    [
        pytest.param([("Names", PEOPLE)], id="another sheet"),
        pytest.param([("Lookup_", LIST), ("Names", PEOPLE)], id="one more sheet"),
        pytest.param([("Lookup_", PEOPLE)], id="other headings"),
        pytest.param([("Lookup_", [*LIST, ["A. Person", "x", "y", "z"]])], id="a name for a code"),
        pytest.param(
            [("Lookup_", [*LIST, ["E07000096", "Call 01632 960001", "E12000006", "East"]])],
            id="a number in a name",
        ),
        pytest.param([("Lookup_", [*LIST, [*LIST[1], "A. Person"]])], id="a fifth column"),
        pytest.param([("Lookup_", [])], id="nothing at all"),
    ],
)
def test_anything_else_that_is_hidden_refuses_the_publication(post: Post, hidden):
    """One declared sheet is excepted, not the publication."""
    assert post.refused(NAME, defra(hidden=hidden)) == ["sheet-hidden", "source-mistaken"]


def test_a_publication_that_hides_nothing_is_taken(post: Post):
    assert post.send(NAME, defra(hidden=[])).read == 2
