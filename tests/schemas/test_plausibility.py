"""Whether a delivery as a whole can be right: each finding fires where it must, and only there.

`usual` is a year of months with about 850 rows each; tests change one thing of a delivery or of its
history and read what is found.
"""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from schemas.findings import Finding
from schemas.issues import StatedTotal, response_of
from schemas.measures import MEASURES
from schemas.period import Month, Quarter, Span
from schemas.plausibility import History, due_on, judge, judge_alone, neighbours
from schemas.profile import Profile
from schemas.rules import Response
from schemas.thresholds import Thresholds

LIMITS = Thresholds()
APRIL, MAY, JUNE = (Month(2020, n) for n in (4, 5, 6))
Q1 = Quarter(2020, 1).span
ROWS = (850, 902, 811, 874, 840, 866, 829, 895, 858, 801, 833, 870)
HISTORY = History(
    rows={Month(2019, 4) + n: rows for n, rows in enumerate(ROWS)},
    unplaced={Month(2019, 4) + n: 9 for n in range(12)},
)


def profile(*rows: int, **changes: object) -> Profile:
    counts = Counter({Q1.first + n: number for n, number in enumerate(rows)})
    read = int(changes.pop("read", sum(rows)))
    return replace(Profile(read=read, rows=counts), **changes)


GOOD = profile(850, 840, 860)


def found(p: Profile, history: History = HISTORY, span: Span = Q1) -> dict[str, str]:
    return {f.rule: f.detail for f in judge(p, span, history, LIMITS)}


def test_a_usual_quarter_raises_nothing():
    assert judge(GOOD, Q1, HISTORY, LIMITS) == []


def test_the_first_delivery_of_all_raises_nothing():
    assert judge(GOOD, Q1, History(), LIMITS) == []


# --- months -------------------------------------------------------------------------------------


def test_a_month_without_a_row_is_named():
    finding = judge(profile(850, 0, 860), Q1, HISTORY, LIMITS)[0]
    assert (finding.rule, finding.detail, finding.span) == (
        "months-missing", "May 2020", Span(MAY, MAY),
    )  # fmt: skip


def test_a_month_that_others_leaked_into_is_too_thin():
    """Fault 3: a force that sent nothing still has a few rows, from its neighbours."""
    assert found(profile(850, 7, 860)) == {
        "months-thin": "May 2020 has 7, where about 850 are usual"
    }


def test_a_month_alone_is_held_against_history():
    may = Profile(read=7, rows=Counter({MAY: 7}))
    assert found(may, span=Span(MAY, MAY)) == {
        "months-thin": "May 2020 has 7, where about 854 are usual"
    }


def test_within_one_file_a_thin_month_shows_without_any_history():
    (finding,) = judge_alone(profile(850, 7, 860), Q1, LIMITS)
    assert finding.detail == "May 2020 has 7, where about 850 are usual"


def test_an_empty_return_for_a_source_that_is_never_empty_is_held():
    assert set(found(profile(0, 0, 0))) == {"months-thin"}


def test_few_rows_by_nature_are_never_thin():
    few = History(rows={Month(2019, 4) + n: 4 for n in range(12)})
    assert found(profile(1, 0, 5), few) == {}


def test_a_month_that_is_never_empty_is_missing_even_from_a_thin_file():
    assert found(profile(3, 0, 5))["months-missing"] == "May 2020"


def test_another_unit_shows_as_a_multiple():
    assert found(profile(850, 13_654, 860)) == {
        "unit-changed": "May 2020 has 13,654 rows, where about 854 are usual"
    }


def test_an_unusual_month_is_told_with_its_limits():
    assert found(profile(850, 1_400, 860)) == {
        "volume-unusual": "May 2020 has 1,400 rows, where 427 to 1,281 are usual"
    }


def test_nothing_is_unusual_before_there_is_half_a_year_of_history():
    short = History(rows=dict(list(HISTORY.rows.items())[:5]))
    assert found(profile(850, 1_400, 860), short) == {}


def test_a_month_is_held_against_the_twelve_nearest_within_two_years():
    known = [Month(2010, 1), *(Month(2019, 1) + n for n in range(20))]
    near = neighbours(Month(2019, 6), known)
    assert len(near) == 12
    assert near[:3] == [Month(2019, 6), Month(2019, 5), Month(2019, 7)]
    assert Month(2010, 1) not in neighbours(Month(2010, 1) + 30, known)


# --- shares -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "broken", "rejected", "at_the_limit", "over"),
    [
        ("rejected-share", "date-unreadable", True, 20, 21),
        ("repeated-share", "row-repeated", True, 20, 21),
        ("area-outside-share", "area-outside", False, 20, 21),
        ("codes-unmapped-share", "offence-unmapped", False, 5, 6),
        ("rejected-share", "outside-months", True, 10, 11),
    ],
)
def test_a_share_is_held_above_its_limit_and_not_at_it(rule, broken, rejected, at_the_limit, over):
    for rows, fires in ((at_the_limit, False), (over, True)):
        given = Profile(read=1000, rejected=rows if rejected else 0, broken=Counter({broken: rows}))
        assert (rule in {f.rule for f in judge_alone(given, Q1, LIMITS)}) is fires


def test_a_share_says_how_many_of_how_many():
    given = Profile(read=1000, rejected=31, broken=Counter({"date-unreadable": 31}))
    (finding,) = judge_alone(given, Q1, LIMITS)
    assert finding.detail == "31 of 1,000 rows (3.1%)"


def test_more_rows_without_a_location_than_usual_are_told():
    blank = profile(850, 840, 860, unplaced=Counter({APRIL: 150}))
    assert found(blank) == {"location-blank-jump": "150 of 2,550 rows (5.9%), where 1.1% are usual"}
    assert response_of("location-blank-jump") is Response.WARN


# --- references and totals ----------------------------------------------------------------------


def test_vanished_references_are_held_above_five_in_a_hundred():
    assert found(GOOD, replace(HISTORY, keys_before=1000, keys_vanished=50)) == {}
    assert found(GOOD, replace(HISTORY, keys_before=1000, keys_vanished=51)) == {
        "keys-vanished": "51 of 1,000 (5.1%)"
    }


def test_references_of_another_period_are_held():
    assert found(GOOD, replace(HISTORY, keys_moved=600)) == {
        "keys-of-other-period": "600 of 2,550 rows (23.5%)"
    }


def series(**measures: tuple[int, ...]) -> dict[tuple[str, Month], int]:
    """Values by month from April 2019; underscores stand for the hyphens of a measure's code."""
    return {
        (code.replace("_", "-"), Month(2019, 4) + n): value
        for code, values in measures.items()
        for n, value in enumerate(values)
    }


def test_the_same_totals_as_another_quarter_are_held():
    """Fault 4: the last quarter's file under a new name."""
    values = series(
        all_crime=(700, 650, 640, *(600,) * 9, 700, 650, 640),
        robbery=(5, 6, 7, *(4,) * 9, 5, 6, 7),
        drug_offences=(20, 22, 21, *(18,) * 9, 20, 22, 21),
        theft_from_shop=(80, 81, 82, *(79,) * 9, 80, 81, 82),
    )
    history = replace(HISTORY, values=values)
    assert found(GOOD, history)["totals-of-other-period"] == "Apr to Jun 2019"
    values["robbery", MAY] += 1
    assert "totals-of-other-period" not in found(GOOD, history)


def test_a_resend_that_moves_a_quarter_is_held():
    before = {("all-crime", m): 700 for m in Q1} | {("robbery", m): 4 for m in Q1}
    after = {("all-crime", m): 760 for m in Q1} | {("robbery", m): 5 for m in Q1}
    assert found(GOOD, replace(HISTORY, before=before, values=after)) == {
        "history-moved": "Apr to Jun 2020: All crime 2,100 to 2,280"
    }


def test_a_resend_that_moves_little_is_not_held():
    before = {("all-crime", m): 700 for m in Q1} | {("robbery", m): 4 for m in Q1}
    after = {("all-crime", m): 710 for m in Q1} | {("robbery", m): 5 for m in Q1}
    assert found(GOOD, replace(HISTORY, before=before, values=after)) == {}


def test_a_rejected_row_of_a_small_category_holds_and_of_a_large_one_does_not():
    values = {("robbery", m): 3 for m in Q1} | {("all-crime", m): 700 for m in Q1}
    history = replace(HISTORY, values=values)
    doubt = Counter({("robbery", MAY): 1, ("all-crime", MAY): 1})
    assert found(replace(GOOD, doubtful=doubt), history) == {
        "rejected-in-small-category": "Apr to Jun 2020: Robbery (9 accepted, 1 rejected)"
    }
    values["robbery", MAY] += 1
    assert found(replace(GOOD, doubtful=doubt), history) == {}


def test_a_rejected_row_whose_date_is_unreadable_may_be_of_any_month():
    history = replace(HISTORY, values={("robbery", m): 3 for m in Q1})
    doubt = Counter({("robbery", None): 2})
    assert "rejected-in-small-category" in found(replace(GOOD, doubtful=doubt), history)


def test_one_category_that_falls_while_its_neighbour_rises_is_told():
    """Fault 29: burglary codes of 2017 and 2023 moved records from one row to the other."""
    values = series(
        burglary_residential=(*(40,) * 12, 8, 9, 7),
        burglary_business_and_community=(*(18,) * 12, 48, 52, 50),
    )
    assert found(GOOD, replace(HISTORY, values=values)) == {
        "series-break": "Burglary: residential from about 40 to 8 a month, Burglary: business and "
        "community from about 18 to 50"
    }
    steady = {k: v for k, v in values.items() if k[0] == "burglary-residential"}
    assert found(GOOD, replace(HISTORY, values=steady)) == {}


# --- what a file states of itself ---------------------------------------------------------------


def stated(*totals: tuple[str, int]) -> tuple[StatedTotal, ...]:
    return tuple(StatedTotal(99, kind, "", value) for kind, value in totals)


@pytest.mark.parametrize(
    ("totals", "expected"),
    [
        ((("rows", 2550),), {}),
        ((("rows", 2560),), {"total-differs": "stated 2,560, rows 2,550"}),
        ((("rows", 2550), ("part", 2000), ("part", 550)), {}),
        (
            (("rows", 2540), ("part", 2000), ("part", 550)),
            {"parts-differ": "parts 2,550, total 2,540"},
        ),
        ((("year-to-date", 2550),), {}),
        (
            (("year-to-date", 2600),),
            {"year-to-date-differs": "stated 2,600, months added 2,550"},
        ),
    ],
)
def test_stated_totals_are_held_against_each_other_and_the_rows(totals, expected):
    assert found(replace(GOOD, stated=stated(*totals))) == expected


def test_a_year_to_date_over_months_that_are_not_there_cannot_be_held_against_anything():
    july = Span(Month(2020, 7), Month(2020, 7))
    given = Profile(read=800, rows=Counter({july.first: 800}))
    assert found(replace(given, stated=stated(("year-to-date", 9))), span=july) == {}


# --- dates --------------------------------------------------------------------------------------


def test_the_statutory_date_is_the_end_of_the_next_quarter():
    assert due_on(Quarter(2020, 1), None) == date(2020, 9, 30)
    assert due_on(Quarter(2020, 3), None) == date(2021, 3, 31)
    assert due_on(Quarter(2020, 1), 30) == date(2020, 7, 30)
    assert due_on(Quarter(2020, 1), 0) is None


@pytest.mark.parametrize(
    ("came", "days", "told"),
    [
        (date(2020, 9, 30), None, None),
        (date(2020, 10, 1), None, "it was due by 30 Sep 2020 and came 1 day later"),
        (date(2020, 10, 1), 0, None),
        (date(2026, 10, 1), None, None),
    ],
)
def test_a_late_file_is_told_and_history_sent_afterwards_is_not(came, days, told):
    history = replace(HISTORY, received_on=came, due_days=days)
    assert found(GOOD, history).get("delivery-late") == told


# --- the form of it all -------------------------------------------------------------------------


def test_the_same_thing_is_told_once():
    """A thin month shows within the file and against history."""
    findings = judge(profile(850, 7, 860), Q1, HISTORY, LIMITS)
    assert len(findings) == 1
    assert isinstance(findings[0], Finding)


def test_measures_named_in_these_tests_are_measures():
    used = {"all-crime", "robbery", "drug-offences", "theft-from-shop", "burglary-residential"}
    assert used <= set(MEASURES)
