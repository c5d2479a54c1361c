"""Headings: what is forgiven, what is not, and what is said of them without quoting anything."""

import pytest

from schemas.period import Month
from sources.coverage import period_in_name
from sources.headers import clean, column_letter, match_headers, nearest
from sources.parse import text
from sources.spec import Alias, Column, Csv, Extent, Layout

LAYOUT = Layout(
    name="toy",
    format=Csv(),
    columns=(
        Column("reference", "Reference", text()),
        Column("ward_name", "Ward", text(), aliases=("Ward Name", "Area")),
        Column("called_at", ("Day", "Time"), text()),
        Column("remark", "Remark", text(), required=False),
    ),
    extent=Extent.DISTRICT,
    span_in_name=period_in_name,
    left_out=("Officer", "Notes"),
)
ALL = ["Reference", "Ward", "Day", "Time", "Remark"]


@pytest.mark.parametrize(
    "heading",
    ["Ward Name", "\ufeffWard Name", "ward name", "WARD  NAME", " Ward\xa0Name ", "Ward\r\nName",
     "Ward Name [note 2]", "Ward [Note 12] Name"],
)  # fmt: skip
def test_what_does_not_count_in_a_heading(heading: str):
    assert clean(heading) == "ward name"


@pytest.mark.parametrize(
    "heading", ["Ward_Name", "WardName", "Ward Name*", "Ward Name (2021)", "Wards Name"]
)
def test_nothing_else_is_forgiven(heading: str):
    assert clean(heading) != "ward name"


@pytest.mark.parametrize(
    ("position", "letter"),
    [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")],
)
def test_the_letter_over_a_column(position: int, letter: str):
    assert column_letter(position) == letter


def test_headings_in_any_order():
    match = match_headers(ALL[::-1], LAYOUT)
    assert match.fits
    assert match.positions == {
        "reference": (4,), "ward_name": (3,), "called_at": (2, 1), "remark": (0,),
    }  # fmt: skip
    assert (match.issues, match.undeclared, match.share) == ((), 0, 1.0)


def test_another_name_is_taken_and_told():
    match = match_headers(["Reference", "AREA", "Day", "Time", "Remark"], LAYOUT)
    assert match.fits
    (issue,) = match.issues
    assert issue.sentence == "The column 'Area' was read as 'Ward'."


def test_a_column_that_need_not_be_there():
    match = match_headers(ALL[:4], LAYOUT)
    assert match.fits
    assert "remark" not in match.positions
    assert match.share == 0.75


def test_missing_and_doubled_headings_are_told_all_at_once():
    match = match_headers(["Reference", "Ward", "Area", "Reference", "Day", "Dya"], LAYOUT)
    assert not match.fits
    assert match.missing == ("Time",)
    assert match.doubled == ("Reference",)
    assert match.ambiguous == (("Ward", "columns B and C"),)
    assert "called_at" not in match.positions


def test_other_columns_are_named_by_letter_for_their_heading_may_be_personal():
    match = match_headers([*ALL, "officer", "", "J. Canary 07700 900123"], LAYOUT)
    assert match.fits
    assert [i.column for i in match.issues] == ["column H"]  # Officer is known, and never read
    assert match.undeclared == 2
    assert "Canary" not in " ".join(i.sentence for i in match.issues)


def test_the_nearest_heading_is_named_by_letter():
    headings = ["Reference", "", "Wrad Name", "Officer"]
    assert nearest("Ward Name", headings) == "The nearest is column C."
    assert nearest("Latitude", headings) == ""
    assert nearest("Latitude", []) == ""


# --- names that are agreed for a time -----------------------------------------------------------

DATED = Layout(
    name="toy",
    format=Csv(),
    columns=(
        Column(
            "ward_name", "Ward", text(),
            aliases=(
                Alias("Area", until=Month(2020, 3)),
                Alias("Ward Title", since=Month(2021, 4)),
            ),
        ),
    ),
    extent=Extent.DISTRICT,
    span_in_name=period_in_name,
)  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "period", "fits"),
    [
        ("Ward", "2020-21-q1", True),
        ("Area", "2019-20-q4", True),
        ("Area", "2020-21-q1", False),
        ("Area", "undated", True),
        ("Ward Title", "2020-21-q4", False),
        ("Ward Title", "2021-22", True),
    ],
)
def test_a_name_holds_for_the_months_for_which_it_is_agreed(heading: str, period: str, fits: bool):
    assert match_headers([heading], DATED, period_in_name(period)).fits == fits


def test_a_name_out_of_its_time_is_named_by_its_column():
    (issue,) = match_headers(["", "Area"], DATED, period_in_name("2020-21-q1")).faults
    assert issue.sentence == (
        "There is no column headed 'Ward'. Column B has a name that is agreed until Mar 2020."
    )


def test_a_heading_and_its_other_name_side_by_side():
    (issue,) = match_headers(["Ward", "", "Area"], DATED).faults
    assert issue.sentence == "Two columns may be meant by 'Ward': columns A and C."
