"""From a printed figure to the partner's rows: which they are, what they add, why there are none.

Row 2 is the first below the headings, as in a spreadsheet.
"""

import pytest
from sqlalchemy import text
from support.desk import (
    COUNTY,
    DAY,
    DAY_ONE,
    DISTRICT,
    FORCE,
    HOUR,
    Desk,
    avon,
    cctv,
    fire,
    fly_tips,
    police,
    street,
)

from flows.receive import reach_of
from flows.tracing import trace_named
from schemas.measures import MEASURES
from schemas.named import NameUnclear
from schemas.period import FinancialYear, Month, Span
from sources.partners import source
from warehouse.as_at import engine_as_at
from warehouse.engine import Engine
from warehouse.mart import areas_of
from warehouse.read import deliveries
from warehouse.trace import Figure, NotWorkedOut, Trace, Why, trace

pytestmark = pytest.mark.slow  # each opens warehouses

Q1, CRIMES = "2020-21-Q1", "police-crime-2020-21-q1.csv"

FIRST = """
    Crime Reference | Date Recorded | HO Code | Status
    41/1/20         | 14/04/2020    | 45      | Recorded
    41/2/20         | 14/05/2020    | 45      | Recorded
    41/3/20         | 14/06/2020    | 28E     | Recorded
    41/4/20         | 15/06/2020    | 45      | Cancelled
    41/5/20         | 16/06/2020    | 999Z    | Recorded
    41/6/20         | 17/06/2020    | 66      | Recorded
"""
"""Three vehicle crimes, one of them cancelled; a burglary; a code of no list; public order."""
RESENT = """
    Crime Reference | Date Recorded | HO Code | Status
    41/7/20         | 13/04/2020    | 45      | Recorded
    41/1/20         | 14/04/2020    | 45      | Recorded
    41/2/20         | 14/05/2020    | 28E     | Recorded
"""
"""One crime is new, one as it was, one classified anew; those of June are gone."""


def traced(
    desk: Desk, measure: str, period: str, area: str | None = None, engine: Engine | None = None
) -> Trace:
    return trace_named(engine or desk.engine, measure, period, area, desk.settings)


def rows(found: Trace) -> dict[int, list[int]]:
    """Return the rows behind a figure by the number of their delivery."""
    return {part.record.line.id: list(part.rows) for part in found.behind}


# --- which rows ---------------------------------------------------------------------------------


def test_a_count_is_traced_to_its_rows_file_and_bytes(either: Desk):
    loaded = either.accept(CRIMES, police(FIRST))
    found = traced(either, "Vehicle offences", "Apr to Jun 2020")
    assert (found.printed, found.total, found.rows, found.faults) == (2, 2, 2, ())
    assert rows(found) == {loaded.delivery_id: [2, 3]}
    (part,) = found.behind
    line = part.record.line
    assert (line.file_name, part.record.layout) == (CRIMES, "partnership extract")
    assert (either.settings.archive / line.sha256[:2] / line.sha256).read_bytes() == police(FIRST)
    assert rows(traced(either, "burglary-residential", "Jun 2020")) == {1: [4]}
    assert rows(traced(either, "all-crime", "2020-06")) == {1: [4, 6, 7]}


def test_a_residual_is_traced_to_the_rows_in_no_part(either: Desk):
    either.accept(CRIMES, police(FIRST))
    found = traced(either, "other-crime", Q1)
    assert (found.printed, rows(found)) == (2, {1: [6, 7]})


def test_a_sum_says_what_each_row_adds_and_leaves_out_what_adds_nothing(either: Desk):
    either.accept(
        "fire-incidents-2020-21-q1.xlsx",
        fire("""
        Incident Category | Fire Class | Casualties | District
        Fire              | Primary    | 2          | St Albans
        Fire              | Primary    | 0          | St Albans
        Fire              | Primary    | 1          | Dacorum
        Special Service   |            | 5          | St Albans
        """),
    )
    district, county = (
        traced(either, "Fire injuries", Q1, area) for area in (None, "Hertfordshire")
    )
    assert (district.printed, rows(district)) == (2, {1: [2]})
    assert (county.printed, rows(county)) == (3, {1: [2, 4]})
    assert [list(part.adds) for part in county.behind] == [[2, 1]]


def test_a_figure_of_a_whole_file_is_traced_in_its_own_area(either: Desk):
    either.accept(
        "2025-04-hertfordshire-street.csv",
        street("""
        Crime ID | Crime type            | LSOA name      | LSOA code
        a        | Robbery               | St Albans 014B | E01023728
        b        | Burglary              |                |
                 | Anti-social behaviour |                |
        c        | Other crime           | Dacorum 011C   | E01023310
        """),
    )
    found = traced(either, "Location unknown", "Apr 2025")
    assert (found.figure.area_code, found.printed, rows(found)) == (FORCE, 2, {1: [3, 4]})
    assert rows(traced(either, "street-all-crime", "Apr 2025")) == {1: [2]}
    assert rows(traced(either, "street-all-crime", "Apr 2025", "Hertfordshire")) == {1: [2, 5]}
    with pytest.raises(NameUnclear, match="There is no area 'St Albans'"):
        traced(either, "Location unknown", "Apr 2025", "St Albans")


def test_another_partnerships_areas_can_be_traced(either: Desk):
    either.accept("afrs-july-2014.csv", avon("Unitary Authority\nBANES\nBRISTOL\n"))
    found = traced(either, "primary-fires", "2014-07", "Bristol")
    assert (found.figure.area_code, found.printed, rows(found)) == ("E06000023", 1, {1: [3]})
    assert traced(either, "primary-fires", "2014-07", "E31000001").printed == 2


def test_rows_that_a_resend_repeats_are_named_where_they_first_came(either: Desk):
    either.accept(CRIMES, police(FIRST))
    either.accept("police-crime-2020-21-q1 again.csv", police(RESENT))
    found = traced(either, "vehicle-offences", Q1)
    assert (found.printed, rows(found), found.repeated) == (2, {1: [2], 2: [2]}, ())
    april = traced(either, "vehicle-offences", "Apr 2020")
    assert rows(april) == {1: [2], 2: [2]}
    assert rows(traced(either, "burglary-residential", Q1)) == {2: [4]}


def test_a_resend_that_changes_nothing_is_named_beside_the_rows(either: Desk):
    either.accept(CRIMES, police(FIRST))
    moved = FIRST.replace(
        "41/6/20         | 17/06/2020    | 66 ", "41/6/20         | 17/06/2020    | 53 "
    )
    either.accept("police-crime-2020-21-q1 again.csv", police(moved))
    found = traced(either, "vehicle-offences", Q1)
    assert rows(found) == {1: [2, 3]}
    assert [line.id for line in found.repeated] == [2]


def test_a_true_zero_has_no_row_and_names_the_file_that_says_so(either: Desk):
    either.accept(CRIMES, police(FIRST))
    found = traced(either, "robbery", Q1)
    assert (found.printed, found.total, rows(found), found.gaps) == (0, 0, {}, ())
    assert [line.file_name for line in found.repeated] == [CRIMES]


def test_the_past_is_traced_as_it_stood(either: Desk):
    either.came(CRIMES, police(FIRST))
    either.came("police-crime-2020-21-q1 again.csv", police(RESENT), DAY_ONE + 90 * DAY)
    then = engine_as_at(either.engine, DAY_ONE + HOUR)
    found = traced(either, "vehicle-offences", Q1, engine=then)
    assert (found.printed, rows(found), found.faults) == (2, {1: [2, 3]}, ())
    assert rows(traced(either, "other-crime", Q1, engine=then)) == {1: [6, 7]}
    assert traced(either, "other-crime", Q1).printed == 0
    then.dispose()


# --- every figure -------------------------------------------------------------------------------


def test_the_rows_of_every_figure_add_up_to_it(either: Desk):
    """Whatever the measure, the area and the period: every source, a whole year of each."""
    either.accept("police-crime-2020-21.csv", police(FIRST))
    either.accept(
        "cctv-log-2020-21.xlsx",
        cctv("""
        Start            | End              | Incident Type  | Arrests | Discs Given to Police
        2020-04-01 22:10 | 2020-04-01 22:40 | Drugs          | 2       | 1
        2020-05-01 22:10 | 2020-05-01 22:40 | Missing person | 0       | 3
        2021-03-01 22:10 | 2021-03-01 22:40 | Drugs          | 1       | 0
        """),
    )
    either.accept(
        "fly-tips-2020-21.ods",
        fly_tips("""
        Land Type | Waste Type  | Size             | Action          | Action Date
        Highway   | White Goods | Transit Van Load | FPN fly-tipping | 2020-05-01
        Highway   | Green       |                  |                 |
        Footpath  | Tyres       | Single Item      | CPW             | 2020-05-02
        """),
    )
    either.accept(
        "fire-incidents-2020-21.xlsx",
        fire("""
        Incident Category | Fire Class | Motive     | Casualties | District
        Fire              | Primary    | Deliberate | 2          | St Albans
        Fire              | Secondary  | Deliberate | 0          | Dacorum
        False Alarm       |            |            | 0          | St Albans
        """),
    )
    for month in FinancialYear(2020).span:
        either.accept(
            f"{month.code}-hertfordshire-street.csv",
            street(f"""
            Crime ID | Month        | Crime type            | LSOA name      | LSOA code
            a        | {month.code} | Robbery               | St Albans 014B | E01023728
                     | {month.code} | Anti-social behaviour |                |
            """),
        )
    checked, behind, wrong = 0, 0, []
    spans = [Span(Month(2020, 4), Month(2020, n)) for n in (4, 6, 9)] + [FinancialYear(2020).span]
    came = {d.source for d in deliveries(either.engine)}
    for measure in (m for m in MEASURES.values() if m.source in came):
        reaches = [reach_of(lay, either.settings) for lay in source(measure.source).layouts]
        areas = {area for reach in reaches for area in areas_of(measure, reach)}
        for area in areas & {DISTRICT, COUNTY, FORCE}:
            for span in spans:
                found = trace(either.engine, Figure(measure, area, span), reaches)
                checked, behind = checked + 1, behind + found.rows
                if found.faults or found.printed is None or found.total != found.printed:
                    wrong.append((measure.code, area, span.label, found.printed, found.total))
    assert wrong == []
    assert (checked, behind) == (456, 262)


# --- why there is none --------------------------------------------------------------------------


def test_where_nothing_was_received_the_months_are_named(either: Desk):
    either.accept(CRIMES, police(FIRST))
    found = traced(either, "all-crime", "Apr to Sep 2020")
    assert (found.printed, found.behind, found.faults) == (None, (), ())
    (gap,) = found.gaps
    assert (gap.why, [m.label for m in gap.months]) == (
        Why.NOT_RECEIVED,
        ["Jul 2020", "Aug 2020", "Sep 2020"],
    )
    (gap,) = traced(either, "cctv-incidents", "2020-21").gaps
    assert (gap.why, len(gap.months)) == (Why.NOT_RECEIVED, 12)


def test_a_month_that_nobody_has_answered_for_names_its_hold(either: Desk):
    months = ["04"] * 12 + ["06"] * 12
    many = "".join(f"41/{n}/20 | 14/{month}/2020\n" for n, month in enumerate(months, start=1))
    either.accept(CRIMES, police("Crime Reference | Date Recorded\n" + many))
    found = traced(either, "all-crime", Q1)
    assert (found.printed, found.faults) == (None, ())
    (gap,) = found.gaps
    assert (gap.why, [m.label for m in gap.months]) == (Why.HELD, ["May 2020"])
    assert [hold.id for hold in gap.holds] == [1]


def test_a_sum_over_a_blank_count_names_the_rows_that_are_blank(either: Desk):
    either.accept(
        "cctv-log-2020-21-q1.xlsx",
        cctv("""
        Start            | End              | Arrests
        2020-04-01 22:10 | 2020-04-01 22:40 | 2
        2020-05-01 22:10 | 2020-05-01 22:40 |
        2020-06-01 22:10 | 2020-06-01 22:40 | 1
        """),
    )
    found = traced(either, "Arrests", Q1)
    assert (found.printed, found.behind, found.faults) == (None, (), ())
    (gap,) = found.gaps
    assert (gap.why, [m.label for m in gap.months]) == (Why.BLANK_COUNT, ["May 2020"])
    assert [list(part.rows) for part in gap.behind] == [[3]]
    assert found.lines == gap.behind
    assert rows(traced(either, "Arrests", "Apr 2020")) == {1: [2]}


def test_a_figure_that_there_can_be_none_of_is_told(either: Desk):
    reaches = [reach_of(lay, either.settings) for lay in source("police_crime").layouts]
    with pytest.raises(NotWorkedOut):
        trace(
            either.engine,
            Figure(MEASURES["robbery"], COUNTY, Span(*2 * (Month(2020, 4),))),
            reaches,
        )


# --- broken laws --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (
            "UPDATE measure_month SET value = 7 WHERE measure_code = 'vehicle-offences' "
            "AND area_code = 'E07000240' AND value = 1 AND month = '2020-04-01'",
            "Apr 2020: the rows add up to 1, but csp_measure_month_v1 has 7.",
        ),
        (
            "UPDATE fact_police_crime SET superseded_by = 1 WHERE source_row = 3",
            "May 2020: the rows add up to 0, but csp_measure_month_v1 has 1.",
        ),
        (
            "DELETE FROM measure_month WHERE measure_code = 'vehicle-offences' "
            "AND month = '2020-06-01'",
            "Jun 2020: there is no figure, and nothing says why.",
        ),
        (
            "UPDATE measure_month SET quarter_code = '2019-20-Q4' WHERE month = '2020-04-01'",
            "Apr to Jun 2020: the months come to 2, but csp_measure_quarter_v1 has no figure.",
        ),
    ],
)
def test_where_rows_and_views_disagree_it_is_said(either: Desk, damage: str, said: str):
    either.accept(CRIMES, police(FIRST))
    assert traced(either, "vehicle-offences", Q1).faults == ()
    with either.engine.begin() as conn:
        assert conn.execute(text(damage)).rowcount > 0
    assert traced(either, "vehicle-offences", Q1).faults == (said,)


def test_a_known_sum_over_a_blank_count_is_a_broken_law(either: Desk):
    either.accept("cctv-log-2020-21-q1.xlsx", cctv("Arrests\n2\n1\n"))
    with either.engine.begin() as conn:
        conn.execute(text("UPDATE fact_cctv_log SET arrest_count = NULL WHERE source_row = 2"))
        conn.execute(text("UPDATE measure_month SET value = 1 WHERE value = 3"))
    assert traced(either, "Arrests", "Apr 2020").faults == (
        "Apr 2020: a row's count is not known, but csp_measure_month_v1 has 1.",
    )
