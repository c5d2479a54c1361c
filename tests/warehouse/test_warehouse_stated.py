"""Figures that partners state: the mart keeps them as they are, in whatever order they come."""

from datetime import date, datetime
from itertools import permutations

import pytest
from support.databases import SQLITE
from support.desk import Desk
from support.files import complete, xlsx_bytes

from reports.cells import count, show_count
from reports.figures import figures_now, fill
from reports.tables_stated import HEALTH, PROBATION, SAFE_AND_WELL
from schemas.areas import ST_ALBANS
from schemas.measures import MEASURES
from schemas.period import FinancialYear, Quarter
from schemas.reported import Stated
from warehouse.changes import moved_by
from warehouse.releases import figures_of, publishing
from warehouse.trace import trace
from warehouse.trace_parts import Figure, NotWorkedOut, Why

DISTRICT = ST_ALBANS.district.code
USUAL = {
    "Partner": "Fire and rescue service", "Measure": "Urgent safe and well visits",
    "Area": "St Albans", "Period": "Apr 2020 to Mar 2021", "Date": "", "Kind": "in the period",
    "Value": "5", "Numerator": "", "Denominator": "", "Qualifier": "", "Previous value": "",
    "What is counted": "",
}  # fmt: skip
HUBS = {
    "Partner": "Health", "Measure": "Respiratory hubs", "Area": "Herts Valleys CCG",
    "Period": "at a date", "Kind": "at a date",
}  # fmt: skip
COLUMNS = "measure_code area_code period_code value qualifier as_at_on"


def form(rows: str, **usual: str) -> bytes:
    return xlsx_bytes(complete(rows, USUAL | usual))


def standing(desk: Desk) -> list[list[str]]:
    return sorted(desk.shows("csp_measure_stated_v1", COLUMNS))


def test_a_year_is_a_year_alone(either: Desk):
    either.accept("partner-return-fire-2020-21.xlsx", form("Value\n294"))
    assert standing(either) == [["safe-and-well-visits", DISTRICT, "2020-21", "294", "-", "-"]]
    assert either.shows("csp_measure_month_v1", "value") == []
    assert ["E07000240", "St Albans"] in either.shows("csp_area_v1", "code name")


def test_quarters_come_to_the_year_once_all_four_are_there(either: Desk):
    for number, label in enumerate(("Apr to Jun 2020", "Jul to Sep 2020", "Oct to Dec 2020"), 1):
        name = f"partner-return-fire-2020-21-q{number}.xlsx"
        either.accept(name, form(f"Period | Value\n{label} | {number}"))
    periods = {row[2]: row[3] for row in standing(either)}
    assert periods == {
        "2020-21-Q1": "1", "2020-21-Q2": "2", "2020-21-Q3": "3", "2020-21-Q2-YTD": "3",
        "2020-21-Q3-YTD": "6",
    }  # fmt: skip
    either.accept("partner-return-fire-2020-21-q4.xlsx", form("Period | Value\n2020-21-Q4 | 4"))
    assert {row[2]: row[3] for row in standing(either)}["2020-21"] == "10"


def test_a_partner_replaces_its_own_figures_and_nobody_elses(either: Desk):
    """Keeps away: the form of one partner that takes the place of another's."""
    either.accept("partner-return-fire-2020-21.xlsx", form("Value\n294"))
    hubs = form("Value | Date\n4 | 2020-06-30\n2 | 2021-03-31", **HUBS)
    either.accept("partner-return-health-2020-21.xlsx", hubs)
    again = either.accept("partner-return-fire-2020-21-b.xlsx", form("Value\n290"))
    shown = {(row[0], row[2]): row[3:] for row in standing(either)}
    assert shown["safe-and-well-visits", "2020-21"] == ["290", "-", "-"]
    assert shown["respiratory-hubs", "2020-21"] == ["2", "-", "2021-03-31"]
    assert shown["respiratory-hubs", "2020-21-Q1"] == ["4", "-", "2020-06-30"]
    (moved,) = moved_by(either.engine, again.delivery_id)
    assert (moved.measure, moved.was, moved.became) == ("safe-and-well-visits", 294, 290)


FORMS = {
    "partner-return-fire-2020-21.xlsx": form("Value\n294"),
    "partner-return-fire-2019-20.xlsx": form("Period | Value\n2019-20 | 200"),
    "partner-return-health-2020-21.xlsx": form("Value | Date\n2 | 2021-03-31", **HUBS),
}


def test_the_order_of_receipt_makes_no_difference(tmp_path):
    found = []
    for number, names in enumerate(permutations(FORMS)):
        (tmp_path / str(number)).mkdir()
        with Desk.open(SQLITE, tmp_path / str(number)) as desk:
            for name in names:
                desk.accept(name, FORMS[name])
            for name in names:
                assert desk.hand_in(name, FORMS[name]).is_known
            found.append(standing(desk))
    assert all(one == found[0] for one in found)
    assert len(found[0]) > 4


def test_a_qualifier_reaches_the_view_the_release_and_the_printed_cell(either: Desk):
    probation = {
        "Partner": "Probation", "Measure": "probation-accommodation", "Area": "East of England",
    }  # fmt: skip
    rows = "Period | Value | Qualifier\n2020-21 | 500 | more than\n2019-20 | 400 |"
    content = form(rows, **probation)
    either.accept("partner-return-probation-2020-21.xlsx", content)
    either.accept("partner-return-probation-2019-20.xlsx", content)
    key = ("probation-accommodation", "E12000006", "2020-21")
    shown = either.shows("csp_measure_stated_v1", "period_code value qualifier previous change")
    assert ["2020-21", "500", "more_than", "400", "-"] in shown
    figures = figures_now(either.engine, [PROBATION], FinancialYear(2020), ST_ALBANS)
    assert figures[key] == Stated(500, "more_than")
    (row,) = fill(figures, PROBATION, FinancialYear(2020), ST_ALBANS).lines
    compared = row.comparisons[0]
    assert show_count(compared.value) == "more than 500"
    assert [show_count(c) for c in compared.cells[1:]] == ["400", "[z]", "[z]"]
    with publishing(either.engine) as press:
        release = press.next("2020-21", figures, "test", datetime(2021, 7, 1))
        press.freeze(release, figures)
    assert figures_of(either.engine, release.id) == figures


def test_views_and_reports_agree(either: Desk):
    for name, content in FORMS.items():
        either.accept(name, content)
    for period in (FinancialYear(2020), Quarter(2020, 4)):
        figures = figures_now(either.engine, [HEALTH, SAFE_AND_WELL], period, ST_ALBANS)
        known = {key: figure for key, figure in figures.items() if figure is not None}
        in_view = {
            (measure, area, code): show_count(
                count(Stated(int(value), "", None if day == "-" else date.fromisoformat(day)))
            )
            for measure, area, code, value, _, day in standing(either)
        }
        assert known
        assert {key: show_count(count(f)) for key, f in known.items()} == {
            key: in_view[key] for key in known
        }


def test_a_stated_figure_is_traced_to_its_row(either: Desk):
    hubs = form("Value | Date\n4 | 2020-06-30\n2 | 2021-03-31", **HUBS)
    either.accept("partner-return-health-2020-21.xlsx", hubs)
    measure, ccg = MEASURES["respiratory-hubs"], "E38000079"
    found = trace(either.engine, Figure(measure, ccg, FinancialYear(2020).span), ())
    assert found.printed == Stated(2, as_at=date(2021, 3, 31))
    assert [(list(part.rows), list(part.adds)) for part in found.behind] == [([3], [2])]
    assert found.faults == ()
    nothing = trace(either.engine, Figure(measure, ccg, Quarter(2020, 2).span), ())
    assert nothing.printed is None
    assert [gap.why for gap in nothing.gaps] == [Why.NOT_STATED]
    with pytest.raises(NotWorkedOut):
        trace(either.engine, Figure(measure, "E12000001", FinancialYear(2020).span), ())
