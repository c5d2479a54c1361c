"""The past, as readers see it: what came later is not there, what was answered later is open."""

import pytest
from sqlalchemy import func, select, text
from support.desk import DAY, DAY_ONE, DISTRICT, EVER, HOUR, Desk, police

from warehouse.as_at import engine_as_at
from warehouse.engine import Engine, WarehouseError
from warehouse.holds import Release, release
from warehouse.known import month_values
from warehouse.read import deliveries, holds
from warehouse.tables import DELIVERY

pytestmark = pytest.mark.slow  # each opens warehouses


def quarter(*rows: str) -> bytes:
    return police("Crime Reference | Date Recorded | HO Code\n" + "\n".join(rows) + "\n")


FIRST = quarter(
    "41/1/20 | 14/04/2020 | 45", "41/2/20 | 14/05/2020 | 45", "41/3/20 | 14/06/2020 | 45"
)
RESENT = quarter("41/1/20 | 14/04/2020 | 45", "41/2/20 | 14/05/2020 | 28E")
"""Crime 2 is classified anew, crime 3 is cancelled."""


def figures(engine: Engine, *measures: str) -> dict[str, dict[str, int]]:
    found = month_values(engine, measures, EVER)
    return {
        code: {m.code: v for (c, area, m), v in found.items() if (c, area) == (code, DISTRICT)}
        for code in measures
    }


def test_figures_stand_as_they_stood(either: Desk):
    either.came("police-crime-2020-21-q1.csv", FIRST)
    either.came("police-crime-2020-21-q1 again.csv", RESENT, DAY_ONE + 90 * DAY)
    now = figures(either.engine, "all-crime", "vehicle-offences", "burglary-residential")
    assert now["all-crime"] == {"2020-04": 1, "2020-05": 1, "2020-06": 0}
    then = engine_as_at(either.engine, DAY_ONE + HOUR)
    found = figures(then, "all-crime", "vehicle-offences", "burglary-residential")
    assert found["all-crime"] == {"2020-04": 1, "2020-05": 1, "2020-06": 1}
    assert found["vehicle-offences"] == {"2020-04": 1, "2020-05": 1, "2020-06": 1}
    assert found["burglary-residential"] == {"2020-04": 0, "2020-05": 0, "2020-06": 0}
    assert [d.file_name for d in deliveries(then)] == ["police-crime-2020-21-q1.csv"]
    then.dispose()


def test_rows_stand_as_they_stood(either: Desk):
    either.came("police-crime-2020-21-q1.csv", FIRST)
    either.came("police-crime-2020-21-q1 again.csv", RESENT, DAY_ONE + 90 * DAY)
    rows = "SELECT crime_reference, offence_code FROM csp_police_crime_v1 ORDER BY crime_reference"
    then = engine_as_at(either.engine, DAY_ONE + HOUR)
    with then.connect() as conn:
        assert conn.execute(text(rows)).all() == [
            ("41/1/20", "45"),
            ("41/2/20", "45"),
            ("41/3/20", "45"),
        ]
    then.dispose()
    with either.engine.connect() as conn:
        assert conn.execute(text(rows)).all() == [("41/1/20", "45"), ("41/2/20", "28E")]


def test_before_anything_came_nothing_is_there(either: Desk):
    either.came("police-crime-2020-21-q1.csv", FIRST)
    then = engine_as_at(either.engine, DAY_ONE - HOUR)
    assert figures(then, "all-crime") == {"all-crime": {}}
    assert deliveries(then) == []
    then.dispose()


def test_a_hold_that_was_released_later_stood_then(either: Desk):
    months = ["04"] * 12 + ["06"] * 12
    many = [f"41/{n}/20 | 14/{month}/2020 | 45" for n, month in enumerate(months, start=1)]
    either.came("police-crime-2020-21-q1.csv", quarter(*many))
    release(either.engine, 1, Release("Ann Field", "May was quiet.", DAY_ONE + 2 * DAY))
    (hold,) = holds(either.engine)
    assert not hold.stands
    then = engine_as_at(either.engine, DAY_ONE + HOUR)
    (hold,) = holds(then)
    assert hold.stands
    assert hold.released_by is None
    assert "2020-05" not in figures(then, "all-crime")["all-crime"]
    then.dispose()


def test_the_past_cannot_be_written(either: Desk):
    either.came("police-crime-2020-21-q1.csv", FIRST)
    then = engine_as_at(either.engine, DAY_ONE + HOUR)
    with pytest.raises(WarehouseError, match="only be read"), then.begin() as conn:
        conn.execute(text("DELETE FROM measure"))
    then.dispose()


def test_times_of_receipt_never_run_backwards(either: Desk):
    """A clock that is set back would put a resend before what it replaced."""
    either.came("police-crime-2020-21-q1.csv", FIRST, DAY_ONE + 40_000 * DAY)
    either.accept("police-crime-2020-21-q1 again.csv", RESENT)
    with either.engine.connect() as conn:
        times = select(func.count(DELIVERY.c.received_at.distinct()))
        assert conn.execute(times).scalar() == 1


def test_each_version_of_a_figure_knows_who_brought_and_who_changed_it(either: Desk):
    either.came("police-crime-2020-21-q1.csv", FIRST)
    either.came("police-crime-2020-21-q1 again.csv", RESENT, DAY_ONE + 90 * DAY)
    with either.engine.connect() as conn:
        found = conn.execute(
            text(
                "SELECT value, delivery_id, superseded_by FROM measure_month WHERE "
                "measure_code = 'all-crime' AND area_code = 'E07000240' ORDER BY month, id"
            )
        ).all()
    assert [tuple(row) for row in found] == [(1, 1, None), (1, 1, None), (1, 1, 2), (0, 2, None)]


def test_what_a_resend_changes_is_counted(either: Desk):
    either.came("police-crime-2020-21-q1.csv", FIRST)
    again = either.accept("police-crime-2020-21-q1 again.csv", RESENT)
    assert (again.new, again.changed, again.unchanged) == (0, 1, 1)
    assert (again.vanished, again.superseded) == (1, 2)


def test_a_record_dated_anew_is_changed_and_not_new(either: Desk):
    either.came("police-crime-2020-21-q1.csv", FIRST)
    later = either.accept("police-crime-2020-21-q2.csv", quarter("41/3/20 | 01/07/2020 | 45"))
    assert (later.new, later.changed, later.vanished, later.superseded) == (0, 1, 0, 1)
