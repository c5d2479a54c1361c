"""`csp audit` and the ways in which people write figures: brackets, dashes, "<5", "£1.5m", points.

Each test keeps away a fault that was found with a table made by hand: a false finding, one that was
missing, or a traceback.
"""

import csv
from decimal import Decimal

import pytest

from reports.audit.checks import check_table
from reports.audit.layout import read_layout
from reports.audit.printed import Qualifier, read_printed
from reports.audit.stored import Compared, hold_against
from schemas.areas import ST_ALBANS
from schemas.period import Month, Span, parse_year

HEADINGS = "label,this,previous,% change,change"


def found(text: str) -> list[tuple[int, str, str]]:
    """Row, rule and what follows, of each finding."""
    rows = list(csv.reader(line.strip() for line in text.strip().splitlines()))
    return [(f.place.row, f.code, f.follows) for f in check_table(read_layout(rows))]


def of_row(row: str) -> list[tuple[str, str]]:
    return [(code, follows) for _, code, follows in found(f"{HEADINGS}\n{row}")]


@pytest.mark.parametrize(
    "row",
    [
        "A,90,100,(10.0%),(10)",  # as accountants write what is below zero
        "A,90,100,\u201410%,\u201410",  # a long dash was taken for no sign
        "A,90,100,\u2013\u00a010%,\u2013\u00a010",
        "A,7 846,8\u202f876,-11.6%,-1030",  # blanks between thousands
        "A,96%,94%,+2 percentage points,2",
        "A,40%,50%,-10 percentage points,-10",  # was held to be -20%
        "A,94%,94%,0 percentage points,0",
        "A,more than 500,400,,",
    ],
)
def test_what_is_right_however_it_is_written(row: str):
    assert of_row(row) == []


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("A,40%,50%,+10 percentage points,-10", [("sign-wrong", "-10 percentage points")]),
        ("A,40%,50%,-20 percentage points,-10", [("percent-wrong", "-10 percentage points")]),
        # A difference of percentages under a % sign: one of two things is meant.
        ("A,50%,40%,+10%,+10", [("percent-wrong", "+25%, or +10 percentage points")]),
        # From zero there is no percentage to put in the place of a word.
        ("A,5,0,n/a,5", [("word-for-number", "[z] (+5)")]),
        ("A,110,100,(10%),10", [("sign-wrong", "+10%")]),
        # From what is not exact nothing is worked out.
        ("A,more than 500,400,+25%,", [("not-checked", "It needs a figure that is exact.")]),
        ("A,£1.5m,£1.2m,25%,", [("not-checked", "It needs a figure that is exact.")]),
    ],
)
def test_what_follows(row: str, expected: list[tuple[str, str]]):
    assert of_row(row) == expected


@pytest.mark.parametrize("number", ["9" * 400, "9" * 5000, "1." + "3" * 60])
def test_a_number_without_end_is_no_figure(number: str):
    """It ended in a traceback: what has more digits than can be reckoned with is no figure."""
    assert ("word-for-number", "a number") in of_row(f"A,{number},1,5%,")


@pytest.mark.parametrize(
    ("text", "value", "qualifier"),
    [
        ("<5", "5", Qualifier.UNDER), ("> 500", "500", Qualifier.OVER),
        ("£1.5m", "1500000", Qualifier.ABOUT), ("£12k", "12000", Qualifier.ABOUT),
        ("2 thousand", "2000", Qualifier.ABOUT), ("over £2 million", "2000000", Qualifier.OVER),
        ("(1,030)", "-1030", Qualifier.NONE), ("7 846", "7846", Qualifier.NONE),
        ("78,46", None, Qualifier.NONE), ("1,2345", None, Qualifier.NONE),
        ("12m", None, Qualifier.NONE), ("12 months", "12", Qualifier.NONE),
        ("10-20", None, Qualifier.NONE), ("\u0669\u0660", None, Qualifier.NONE),
    ],
)  # fmt: skip
def test_a_figure_as_people_write_it(text: str, value: str | None, qualifier: Qualifier):
    said = read_printed(text)
    assert said.value == (None if value is None else Decimal(value))
    assert said.qualifier is qualifier


def test_a_count_that_is_suppressed_is_not_added_up():
    """ "<5" was taken for 5, and the total said to be missed."""
    table = "label,this,part of\nEverything,12,\nOne,<5,Everything\nTwo,6,Everything"
    assert found(table) == []


def test_a_part_of_a_total_that_is_not_there_is_told():
    """A slip in the label of the total left its sum unchecked, and no word said so."""
    table = "label,this,part of\nEverything,12,\nOne,5,Everthing\nTwo,6,Everything"
    assert found(table) == [(3, "total-not-there", "No row has this label.")]


def test_a_row_that_stands_there_twice():
    table = f"{HEADINGS}\nRobbery,51,86,,\nTheft,64,134,,\nRobbery,51,86,,"
    assert found(table) == [(4, "label-twice", "Row 2 is the same row.")]


def test_a_label_that_stands_there_twice_with_other_figures():
    table = f"{HEADINGS}\nRobbery [note 1],51,86,,\nRobbery,50,86,,"
    assert found(table) == [(3, "label-twice", "Row 2 is a row of the same label.")]


@pytest.mark.parametrize(
    "table",
    [
        "label,area,this\nRobbery,St Albans,51\nRobbery,Dacorum,51",
        "label,period,this\nRobbery,2020-21,51\nRobbery,2019-20,51",
        "label,month,this\nRobbery,April,5\nRobbery,May,5",  # a column that is not read
    ],
)
def test_rows_of_one_label_that_something_tells_apart(table: str):
    assert found(table) == []


def test_a_figure_without_a_label_is_read_all_the_same():
    """A row with a blank label was left out without a word, its wrong sign with it."""
    assert found(f"{HEADINGS}\n,90,100,10%,-10") == [(2, "sign-wrong", "-10%")]


def test_headings_that_are_repeated_within_the_table_are_no_figures():
    assert found(f"{HEADINGS}\nA,90,100,-10%,-10\n{HEADINGS}\nB,10,20,-50%,-10") == []


def test_months_as_a_pack_writes_them():
    """The months of a pack's charts were read as none, and their figures not compared."""
    table = [["measure", "month", "value"], ["robbery", "2020-04-01", "3"], ["robbery", "x", "3"]]
    asked = []
    done = hold_against(
        read_layout(table), lambda *key: asked.append(key) or 3, ST_ALBANS,
        {"E07000240": "St Albans"}, None,
    )  # fmt: skip
    assert asked == [("robbery", "E07000240", Span(Month(2020, 4), Month(2020, 4)))]
    assert done.not_compared == {"its period is not known": 1}


def compared(*values: str, stored: int) -> Compared:
    rows = [["label", "this"], *(["Robbery [note 2]", value] for value in values)]
    return hold_against(
        read_layout(rows), lambda *_: stored, ST_ALBANS, {"E07000240": "St Albans"},
        parse_year("2020-21").span,
    )  # fmt: skip


def test_a_qualified_figure_is_held_against_the_warehouse_as_a_sentence():
    """ "<5" was said to differ from 3, and a label with a note to be no measure's."""
    assert compared("<5", "more than 2", "3", stored=3).findings == ()
    wrong = compared("<2", "more than 4", "4", stored=3)
    assert [f.published for f in wrong.findings] == ["<2", "more than 4", "4"]
    rough = compared("about 3", stored=4)
    assert (rough.compared, rough.not_compared) == (0, {"it is only said roughly": 1})
