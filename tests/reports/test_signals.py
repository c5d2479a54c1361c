"""XmR charts as Making Data Count draws them: limits, and the four rules of what is special."""

from fractions import Fraction

import pytest

from reports.signals import Limits, Rule, Side, Signal, limits_of, read, rounded

FLAT = (10, 12) * 6
"""Mean 11, every moving range 2: limits 5.32 and 16.32 lie 5.32 from the mean."""

WIDE = (10, 34, 16, 32, 12, 30) * 4


def series(text: str) -> list[int | None]:
    return [None if word == "[x]" else int(word) for word in text.split()]


def found(text: str, *, breaks: tuple[int, ...] = (), after: tuple[int, ...] = FLAT) -> str:
    """Say of each point of a text what it is, where twelve ordinary months went before it."""
    values = [*after, *series(text)]
    reading = read(values, [len(after) + b for b in breaks])
    letters = {Rule.OUTSIDE: "O", Rule.RUN: "R", Rule.TREND: "T", Rule.NEAR: "N"}
    return " ".join(
        "".join(letters[s.rule] + ("+" if s.side is Side.HIGH else "-") for s in signals) or "."
        for signals in reading.signals[len(after) :]
    )


# --- limits -----------------------------------------------------------------------------------


def test_limits_lie_two_point_six_six_mean_moving_ranges_from_the_mean():
    limits = limits_of(FLAT)
    assert limits == Limits(Fraction(11), Fraction("5.32"))
    assert (limits.lower, limits.upper) == (Fraction("5.68"), Fraction("16.32"))


def test_the_lower_limit_of_counts_is_never_below_zero():
    limits = limits_of((0, 4) * 6)
    assert (limits.mean, limits.reach) == (2, Fraction("10.64"))
    assert (limits.lower, limits.upper) == (0, Fraction("12.64"))


@pytest.mark.parametrize("number", [0, 1, 11])
def test_fewer_than_twelve_figures_have_no_limits_and_no_signals(number):
    reading = read([5, 50] * 5 + [5] if number == 11 else [7] * number)
    assert [stage.limits for stage in reading.stages] == [None]
    assert reading.signals == ((),) * number


def test_months_without_a_figure_do_not_count_towards_the_twelve():
    assert limits_of(series("1 2 3 4 5 6 7 8 9 10 11 [x] [x]")) is None
    assert limits_of(series("1 2 3 4 5 6 7 8 9 10 11 [x] 12")) is not None


def test_no_moving_range_goes_across_a_gap():
    """A gap between 12 and 100 would widen the limits if it were bridged."""
    limits = limits_of([*FLAT, None, 100])
    assert limits.reach == Fraction(266, 100) * 2
    assert limits.mean == Fraction(6 * 22 + 100, 13)


def test_without_two_figures_in_a_row_there_are_no_limits():
    assert limits_of([3, None] * 12) is None


# --- rules ------------------------------------------------------------------------------------


def test_a_point_outside_a_limit_is_special():
    assert found("40 11") == "O+ ."


def test_a_point_on_the_limit_is_not_outside():
    limits = Limits(Fraction(133), Fraction(266))
    assert [limits.is_outside(value) for value in (399, 400, -133)] == [False, True, False]


@pytest.mark.parametrize(
    ("points", "special"),
    [(6, []), (7, list(range(7))), (9, list(range(9)))],
)
def test_seven_points_on_one_side_of_the_mean_are_a_run(points, special):
    values = [14, 15] * (points // 2) + [14] * (points % 2) + [6, 5] * 7
    reading = read(values)
    run = [i for i, s in enumerate(reading.signals) if Signal(Rule.RUN, Side.HIGH) in s]
    assert run == special


def test_a_point_on_the_mean_breaks_a_run():
    whole = read([12] * 7 + [8] * 7)
    assert all(Signal(Rule.RUN, Side.HIGH) in s for s in whole.signals[:7])
    broken = read([12, 12, 12, 10, 12, 12, 12, 12] + [8] * 7)
    assert broken.stages[0].limits.mean == 10
    assert not any(Signal(Rule.RUN, Side.HIGH) in s for s in broken.signals)


def test_a_gap_breaks_a_run():
    broken = read([12, 12, 12, None, 12, 12, 12, 12] + [8] * 7)
    assert not any(Signal(Rule.RUN, Side.HIGH) in s for s in broken.signals)


def test_six_points_that_rise_or_fall_are_a_trend():
    assert found("15 16 17 18 19 20", after=WIDE) == "T+ T+ T+ T+ T+ T+"
    assert found("15 16 17 18 19 19", after=WIDE) == ". . . . . ."
    assert found("29 27 25 23 21 18", after=WIDE) == "T- T- T- T- T- T-"
    assert found("15 16 17 [x] 18 19 20", after=WIDE) == ". . . . . . ."


def test_equal_points_are_no_trend():
    assert "T" not in found("15 16 17 17 18 19 20", after=WIDE)


def test_two_of_three_in_the_outer_third_are_special():
    """The mean is 11.2, the upper limit 16.8: the outer third begins above 14.9."""
    assert found("15 12 15", after=FLAT * 3) == "N+ . N+"
    assert found("15 12 14", after=FLAT * 3) == ". . ."
    assert found("7 8 7", after=FLAT * 3) == "N- . N-"


def test_the_three_must_lie_on_one_side_of_the_mean():
    assert found("15 10 15", after=FLAT * 3) == ". . ."
    assert found("15 [x] 15", after=FLAT * 3) == ". . ."


def test_a_constant_series_has_limits_and_nothing_special():
    reading = read([5] * 24)
    assert reading.stages[0].limits == Limits(Fraction(5), Fraction(0))
    assert reading.signals == ((),) * 24


def test_the_strongest_signal_stands_first():
    first = read([*FLAT, *[40] * 7]).signals[12]
    assert [s.rule for s in first] == sorted([s.rule for s in first], key=list(Rule).index)


# --- breaks -----------------------------------------------------------------------------------


def test_after_a_break_limits_are_worked_out_anew():
    reading = read([*FLAT, *(value + 90 for value in FLAT)], breaks=[12])
    assert [(s.start, s.stop, s.limits.mean) for s in reading.stages] == [
        (0, 12, 11),
        (12, 24, 101),
    ]
    assert reading.signals == ((),) * 24
    assert reading.limits_at(11).mean == 11
    assert reading.limits_at(12).mean == 101


def test_after_a_break_with_too_few_months_there_are_no_limits():
    reading = read([*FLAT, 100, 101], breaks=[12])
    assert [s.limits is None for s in reading.stages] == [False, True]
    assert reading.signals[12:] == ((), ())


def test_no_run_goes_across_a_break():
    values = [8] * 8 + [12] * 4 + [12] * 4 + [8] * 8
    whole, parted = read(values), read(values, breaks=[12])
    assert Signal(Rule.RUN, Side.HIGH) in whole.signals[12]
    assert Signal(Rule.RUN, Side.HIGH) not in parted.signals[12]


def test_a_break_outside_the_series_is_none():
    assert read(FLAT, breaks=[0, 12, 40, -3]) == read(FLAT)


def test_an_empty_series_has_no_stage_with_limits():
    assert read([]).signals == ()


# --- printing ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "places", "printed"),
    [
        (Fraction(1, 20), 1, "0.1"),
        (Fraction(5, 2), 0, "3"),
        (Fraction(2, 3), 1, "0.7"),
        (Fraction(0), 1, "0.0"),
    ],
)
def test_limits_are_rounded_half_up(value, places, printed):
    assert rounded(value, places) == printed
