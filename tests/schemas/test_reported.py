"""What stands for a period, and what follows for others, of figures that partners state."""

from datetime import date

from schemas.measures import MEASURES
from schemas.period import FinancialYear, Month, Quarter, Span, parse_span
from schemas.reported import Stated, Statement, resolve

VISITS, HUBS = MEASURES["safe-and-well-visits"], MEASURES["respiratory-hubs"]
BLOCKERS, SHARE = MEASURES["call-blockers"], MEASURES["thrive-mental-health-percent"]
YEAR = FinancialYear(2020)


def stated(measure, **figures):
    """Resolve figures: `q1=3`, `year=12`, `at_2021_03_31=2`, `apr_2020=(1, "more_than")`."""
    rows = []
    for ref, (name, given) in enumerate(figures.items()):
        value, qualifier = given if isinstance(given, tuple) else (given, "")
        if name.startswith("at_"):
            day = date.fromisoformat(name[3:].replace("_", "-"))
            span, as_at = Span(*2 * (Month.of(day),)), day
        else:
            named = {"year": YEAR.span} | {f"q{n}": Quarter(2020, n).span for n in (1, 2, 3, 4)}
            span, as_at = named.get(name) or parse_span(name.replace("_", " ")), None
        rows.append(Statement(span, Stated(value, qualifier, as_at), ref))
    return {s.label: known.figure for s, known in resolve(measure, rows).items()}


def test_a_year_is_no_quarter_and_no_month():
    assert stated(VISITS, year=294) == {"Apr 2020 to Mar 2021": Stated(294)}


def test_quarters_come_to_the_year_only_if_all_four_are_there():
    three = stated(VISITS, q1=1, q2=2, q3=4)
    assert three == {
        "Apr to Jun 2020": Stated(1), "Jul to Sep 2020": Stated(2), "Oct to Dec 2020": Stated(4),
        "Apr to Sep 2020": Stated(3), "Apr to Dec 2020": Stated(7),
    }  # fmt: skip
    assert stated(VISITS, q1=1, q2=2, q3=4, q4=0)["Apr 2020 to Mar 2021"] == Stated(7)


def test_what_is_stated_for_a_period_goes_before_what_its_parts_come_to():
    got = stated(VISITS, q1=1, q2=2, q3=4, q4=8, year=20)
    assert got["Apr 2020 to Mar 2021"] == Stated(20)


def test_a_qualified_figure_is_never_added():
    got = stated(VISITS, q1=(500, "more_than"), q2=2, q3=4, q4=8)
    assert got["Apr to Jun 2020"] == Stated(500, "more_than")
    assert "Apr 2020 to Mar 2021" not in got
    assert "Apr to Sep 2020" not in got


def test_a_percentage_is_never_added():
    got = stated(SHARE, q1=96, q2=95, q3=94, q4=93)
    assert "Apr 2020 to Mar 2021" not in got


def test_what_stands_at_a_date_is_the_last_one_within_a_period_with_its_date():
    got = stated(HUBS, at_2021_03_31=2, at_2020_06_30=4, at_2021_01_15=3)
    june, march = Stated(4, as_at=date(2020, 6, 30)), Stated(2, as_at=date(2021, 3, 31))
    assert got["Apr to Jun 2020"] == got["Jun 2020"] == got["Apr to Sep 2020"] == june
    assert "Jul to Sep 2020" not in got
    assert got["Apr 2020 to Mar 2021"] == got["Jan to Mar 2021"] == march
    assert got["Jan 2021"] == Stated(3, as_at=date(2021, 1, 15))


def test_a_total_up_to_a_date_is_never_added():
    got = stated(BLOCKERS, at_2020_06_30=10, at_2020_09_30=34)
    assert got["Apr 2020 to Mar 2021"] == Stated(34, as_at=date(2020, 9, 30))


def test_the_order_of_statements_makes_no_difference():
    assert stated(HUBS, at_2020_06_30=4, at_2021_03_31=2) == stated(
        HUBS, at_2021_03_31=2, at_2020_06_30=4
    )
