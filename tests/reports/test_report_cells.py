"""Cells: a number or a reason, percentages from whole numbers, and one printed form."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reports.cells import (
    MINUS,
    SMALL_BASE,
    UNAVAILABLE,
    Cell,
    Mark,
    change,
    compare,
    count,
    marks_in,
    percent_change,
    show_change,
    show_count,
)  # fmt: skip
from schemas.reported import Stated

counts = st.integers(min_value=0, max_value=10**9)


def test_a_cell_is_a_number_or_a_reason_and_never_neither():
    with pytest.raises(ValueError, match="a number or a reason"):
        Cell(None)
    assert count(None) == UNAVAILABLE
    assert count(0) == Cell(Decimal(0))
    assert UNAVAILABLE.mark is Mark.NOT_AVAILABLE


# --- percentages ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "before", "percent"),
    [
        # The police table of 2020-21, recomputed; the report printed violence as "0.5".
        (7846, 8876, "-11.6"),
        (2583, 2597, "-0.5"),
        (331, 236, "40.3"),
        # Half goes away from zero, up and down alike: 12.25, 12.35 and 0.05 exactly.
        (449, 400, "12.3"),
        (351, 400, "-12.3"),
        (2247, 2000, "12.4"),
        (1753, 2000, "-12.4"),
        (2001, 2000, "0.1"),
        (1999, 2000, "-0.1"),
        # Just below a half goes towards zero.
        (200099, 200000, "0.0"),
        (10049, 10000, "0.5"),
        (51, 86, "-40.7"),
        (100, 50, "100.0"),
        (0, 70, "-100.0"),
        (55, 55, "0.0"),
    ],
)
def test_percentages_are_rounded_half_up_to_one_place(now, before, percent):
    assert percent_change(now, before).plain == percent


def test_a_change_that_rounds_to_nothing_is_marked_so_that_it_is_not_taken_for_none():
    assert percent_change(100_001, 100_000) == Cell(Decimal("0.0"), Mark.LOW)
    assert percent_change(99_999, 100_000) == Cell(Decimal("0.0"), Mark.LOW)
    assert percent_change(100_000, 100_000) == Cell(Decimal("0.0"))


def test_from_a_small_figure_no_percentage_is_given_but_its_mark():
    """The report gave percentages of bases of 76, 86 and 99, and "Fallen" for one of 6 (I27)."""
    assert percent_change(4, 6) == Cell(None, Mark.UNRELIABLE)
    assert change(4, 6) == Cell(Decimal(-2))
    assert percent_change(90, 49) == Cell(None, Mark.UNRELIABLE)
    assert percent_change(90, 50) == Cell(Decimal("80.0"))
    assert percent_change(90, 76, 100) == Cell(None, Mark.UNRELIABLE)
    assert percent_change(4, 6, 0) == Cell(Decimal("-33.3"))
    assert percent_change(6, 6) == Cell(None, Mark.UNRELIABLE)


def test_what_follows_from_a_confidential_figure_is_confidential():
    hidden = Mark.CONFIDENTIAL
    assert count(hidden) == Cell(None, hidden)
    assert count(hidden, is_revised=True).marks == (hidden,)
    for now, before in ((hidden, 60), (60, hidden), (hidden, hidden), (hidden, 0)):
        assert [cell.mark for cell in compare(now, before).cells[2:]] == [hidden, hidden]
    # Whether what is not available would have been shown is told by nothing.
    assert percent_change(None, hidden) == change(hidden, None) == UNAVAILABLE


def test_there_is_no_percentage_from_zero():
    assert percent_change(4, 0) == Cell(None, Mark.NOT_APPLICABLE)
    assert percent_change(0, 0) == Cell(None, Mark.NOT_APPLICABLE)
    assert change(4, 0) == Cell(Decimal(4))


@pytest.mark.parametrize(("now", "before"), [(None, 5), (5, None), (None, None), (None, 0)])
def test_there_is_no_comparison_with_what_is_not_available(now, before):
    assert change(now, before) == UNAVAILABLE
    assert percent_change(now, before) == UNAVAILABLE


@given(now=counts, before=counts.filter(lambda number: number >= SMALL_BASE))
@example(now=2583, before=2597)
@example(now=1, before=10**9)
def test_the_sign_of_the_percentage_is_the_sign_of_the_change(now, before):
    percent, moved = percent_change(now, before), now - before
    assert percent.value is not None
    if percent.value == 0:
        assert (percent.mark is Mark.LOW) == (moved != 0)
        assert not percent.value.is_signed()
    else:
        assert percent.mark is None
        assert (percent.value > 0) == (moved > 0)
        assert show_change(percent)[0] == ("+" if moved > 0 else MINUS)


@given(now=counts, before=counts.filter(lambda number: number >= SMALL_BASE))
def test_a_percentage_is_never_further_off_than_half_a_tenth(now, before):
    exact = Decimal(100) * (now - before) / before
    value = percent_change(now, before).value
    assert value is not None
    assert abs(value - exact) <= Decimal("0.05") + abs(exact) * Decimal("1e-20")


@given(now=counts, before=counts)
def test_what_is_printed_of_two_counts_agrees_with_itself(now, before):
    compared = compare(now, before)
    value, previous, moved, percent = compared.cells
    assert (value.value, previous.value) == (now, before)
    assert moved.value == value.value - previous.value
    assert percent == percent_change(now, before)


# --- printed forms ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0, "0"), (7, "7"), (999, "999"), (7846, "7,846"), (1_234_567, "1,234,567")],
)
def test_a_count_is_printed_with_commas_from_a_thousand_on_and_without_a_sign(value, shown):
    assert show_count(count(value)) == shown


@pytest.mark.parametrize(
    ("pence", "shown", "plain"),
    [
        (0, "£0", "0.00"),
        (1_594_000, "£15,940", "15940.00"),
        (1_594_050, "£15,940.50", "15940.50"),
        (5, "£0.05", "0.05"),
    ],
)
def test_whole_pence_are_printed_in_pounds_with_pence_where_there_are_any(pence, shown, plain):
    cell = count(pence, unit="pence")
    assert (show_count(cell), cell.plain) == (shown, plain)


def test_whole_pounds_that_a_partner_states_are_printed_as_other_money():
    """Keeps away: £16,440 here and 85,500 there, and a sentence of 85,500 of nothing (I16)."""
    cell = count(Stated(85_500, "more_than"), unit="pounds")
    assert (show_count(cell), cell.plain) == ("more than £85,500", "85500")
    assert show_change(change(85_500, 90_000, unit="pounds")) == "\u2212£4,500"


def test_a_change_of_an_amount_has_its_sign_before_the_pound():
    fell = compare(1_644_000, 1_785_050, unit="pence")
    assert show_change(fell.change) == "\u2212£1,410.50"
    assert show_change(fell.percent) == "\u22127.9"
    assert show_change(change(9_500, 0, unit="pence")) == "+£95"
    assert show_count(count(None, unit="pence")) == "[x]"


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (change(7846, 8876), "\u22121,030"),
        (change(331, 236), "+95"),
        (change(5, 5), "0"),
        (percent_change(2583, 2597), "\u22120.5"),
        (percent_change(331, 236), "+40.3"),
        (percent_change(55, 55), "0.0"),
        (percent_change(100_001, 100_000), "0.0 [low]"),
        (percent_change(4, 0), "[z]"),
        (UNAVAILABLE, "[x]"),
    ],
)
def test_a_change_is_printed_with_a_plus_or_a_true_minus_or_its_reason(cell, shown):
    assert show_change(cell) == shown


@given(cell=st.builds(percent_change, counts, counts))
def test_nothing_is_ever_printed_blank_or_with_a_hyphen_for_a_minus(cell):
    for shown in (show_change(cell), show_count(cell)):
        assert shown
        assert "-" not in shown


def test_machines_get_plain_numbers_and_blanks():
    assert count(7846).plain == "7846"
    assert change(7846, 8876).plain == "-1030"
    assert percent_change(2583, 2597).plain == "-0.5"
    assert UNAVAILABLE.plain == ""


# --- marks ------------------------------------------------------------------------------------


def test_the_legend_lists_the_marks_that_occur_once_and_in_its_own_order():
    cells = [percent_change(100_001, 100_000), count(3), percent_change(1, 0), UNAVAILABLE]
    assert marks_in(cells * 2) == [Mark.NOT_AVAILABLE, Mark.NOT_APPLICABLE, Mark.LOW]
    assert marks_in([count(0)]) == []


def test_every_mark_is_printed_in_brackets_and_has_a_meaning():
    assert [mark.shown for mark in Mark] == [
        "[b]",
        "[c]",
        "[e]",
        "[u]",
        "[x]",
        "[z]",
        "[low]",
        "[p]",
        "[r]",
    ]
    assert all(len(mark.meaning.split()) > 3 for mark in Mark)


def test_a_figure_that_its_partner_has_estimated_carries_e_and_no_word():
    compared = compare(Stated(500, "estimated"), 400)
    assert show_count(compared.value) == "500 [e]"
    assert show_change(compared.change) == show_change(compared.percent) == "[z]"
    assert compare(Stated(500, "estimated"), None, now_revised=True).value.marks == (
        Mark.ESTIMATED, Mark.REVISED
    )  # fmt: skip


def test_a_change_across_a_break_in_the_series_says_so():
    compared = compare(281, 462, is_broken=True)
    assert [show_count(compared.value), show_change(compared.change)] == ["281", "−181 [b]"]
    assert show_change(compared.percent) == "−39.2 [b]"
    assert show_change(compare(None, 462, is_broken=True).change) == "[x]"
