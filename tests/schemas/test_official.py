"""Our figures beside the official ones: a whole year is held, a year under way is told of."""

from schemas.issues import response_of
from schemas.measures import MEASURES
from schemas.official import differences, official_measures
from schemas.period import FinancialYear, Month
from schemas.rules import Response

YEAR = FinancialYear(2020)


def told(ours: dict[Month, int], official: int = 15, **tolerances: float):
    found = differences(
        {("fly-tips", month): value for month, value in ours.items()},
        {("official-fly-tips", YEAR): official},
        [FinancialYear(2019), YEAR],
        {code.replace("_", "-"): percent for code, percent in tolerances.items()},
    )
    return [(f.rule, f.detail, f.only_year) for f in found]


def each_month(*values: int) -> dict[Month, int]:
    return {YEAR.span.first + n: value for n, value in enumerate(values)}


def test_a_whole_year_that_differs_is_held():
    assert told(each_month(*(2,) * 12)) == [
        (
            "official-differs",
            "All fly-tipping incidents, Apr 2020 to Mar 2021: 24 here, 15 in Defra fly-tipping "
            "statistics (WasteDataFlow)",
            True,
        )
    ]


def test_a_year_that_agrees_is_silent():
    assert told(each_month(4, *(1,) * 11)) == []


def test_a_tolerance_counts():
    assert told(each_month(5, *(1,) * 11), fly_tips=7) == []
    assert told(each_month(6, *(1,) * 11), fly_tips=7) != []
    assert told(each_month(5, *(1,) * 11), all_crime=7) != []


def test_a_tolerance_of_an_official_nought_is_nought():
    """0 prosecutions of Defra and 1 here differ by more than any share of nothing."""
    assert told(each_month(*(0,) * 12), official=0) == []
    assert told(each_month(1, *(0,) * 11), official=0, fly_tips=100) != []


def test_recorded_crime_may_differ_by_two_percent():
    """The force goes on recording after the Home Office has drawn its copy."""
    for here, rules in ((98, []), (102, []), (97, ["official-differs"])):
        ours = {("robbery", month): 0 for month in YEAR.span} | {("robbery", YEAR.span.first): here}
        found = differences(ours, {("official-robbery", YEAR): 100}, [YEAR], {})
        assert [f.rule for f in found] == rules


def test_a_year_under_way_is_told_of_once_it_is_past_the_figure():
    assert told(each_month(5, 5, 5)) == []
    assert [rule for rule, _, _ in told(each_month(5, 5, 6))] == ["official-differs-in-year"]
    assert response_of("official-differs-in-year") is Response.WARN


def test_a_figure_that_one_side_lacks_is_no_difference():
    assert told({}) == []
    ours = {("fly-tips", month): 2 for month in YEAR.span}
    assert (
        list(differences(ours, {("official-fly-tips", FinancialYear(2019)): 1}, [YEAR], {})) == []
    )


def test_every_official_measure_has_one_of_ours_of_the_same_unit():
    faults = [
        m.code
        for m in official_measures()
        if m.counterpart not in MEASURES or m.unit != MEASURES[m.counterpart].unit
    ]
    assert faults == []
    assert {m.source for m in official_measures()} == {"official_fly_tips", "official_crime"}
