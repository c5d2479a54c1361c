"""Our figures beside the official ones: a whole year is held, a year under way is told of."""

from schemas.issues import response_of
from schemas.measures import MEASURES
from schemas.official import OfficialFigure, official_figures, reconcile
from schemas.period import FinancialYear, Month, Quarter
from schemas.rules import Response

YEAR = FinancialYear(2020)
HERE = "E07000240"
FIFTEEN = OfficialFigure("fly-tips", HERE, YEAR, 15, 0, "a publication")


def told(values: dict[Month, int], figure: OfficialFigure = FIFTEEN, area: str = HERE):
    found = reconcile(
        {("fly-tips", m): v for m, v in values.items()}, area, Quarter(2020, 4).span, [figure]
    )
    return [(f.rule, f.detail, f.only_year) for f in found]


def each_month(*values: int) -> dict[Month, int]:
    return {YEAR.span.first + n: value for n, value in enumerate(values)}


def test_a_whole_year_that_differs_is_held():
    assert told(each_month(*(2,) * 12)) == [
        (
            "official-differs",
            "All fly-tipping incidents, Apr 2020 to Mar 2021: 24 here, 15 in a publication",
            True,
        )
    ]


def test_a_year_that_agrees_is_silent():
    assert told(each_month(4, *(1,) * 11)) == []


def test_a_tolerance_counts():
    lenient = OfficialFigure("fly-tips", HERE, YEAR, 15, 7, "a publication")
    assert told(each_month(5, *(1,) * 11), lenient) == []
    assert told(each_month(6, *(1,) * 11), lenient) != []


def test_a_year_under_way_is_told_of_once_it_is_past_the_figure():
    assert told(each_month(5, 5, 5)) == []
    assert [rule for rule, _, _ in told(each_month(5, 5, 6))] == ["official-differs-in-year"]
    assert response_of("official-differs-in-year") is Response.WARN


def test_other_areas_and_years_are_left_alone():
    assert told(each_month(*(2,) * 12), area="E07000096") == []
    elsewhen = OfficialFigure("fly-tips", HERE, FinancialYear(2018), 15, 0, "a publication")
    assert told(each_month(*(2,) * 12), elsewhen) == []
    assert told({}) == []


def test_the_list_names_measures_that_there_are():
    assert {figure.measure for figure in official_figures()} <= set(MEASURES)
    fly_tips = {f.year.start_year: f.value for f in official_figures() if f.measure == "fly-tips"}
    assert fly_tips == {2019: 746, 2020: 910, 2021: 624}
