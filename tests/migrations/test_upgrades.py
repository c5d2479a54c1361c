"""A warehouse of an earlier release, brought up: what its readers saw they see again.

The states are what those releases left behind (`freeze.py`), rows and views and all.
"""

import threading
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import IntegrityError
from support.databases import AVON, BOTH, empty_database, engine_at
from support.desk import Desk, police
from support.states import Rows, bring_to, frozen, shown

from flows.settings import Settings
from schemas.areas import ST_ALBANS
from schemas.audience import Audience
from warehouse import migrate, upkeep
from warehouse.engine import WRITES, WarehouseError
from warehouse.prepare import prepare
from warehouse.state import REVISION, STEPS, Fit, look
from warehouse.tables import all_tables
from warehouse.upkeep import Migrated, bring_up, changing
from warehouse.views import view_selects

pytestmark = pytest.mark.slow  # each opens warehouses

OLDER = tuple(step for step in frozen() if step < REVISION)
NEWEST_OLDER = OLDER[-1]

REFERENCE = {"csp_measure_v1", "csp_area_v1"}
"""What the program knows, not what came: it may say that in other words."""

WORDS = {"measure_label", "unit", "area_name", "mark", "previous_mark"}


def migrated(engine: Engine) -> Migrated:
    return bring_up(engine, ST_ALBANS, [AVON])


def figures(found: Rows, columns_of: Rows | None = None) -> dict[str, list[tuple]]:
    """Return what came, as rows that can be compared; `columns_of` says which columns count."""
    wanted = columns_of or found
    return {
        view: sorted((plain(row, wanted[view][0]) for row in found[view]), key=repr)
        for view in wanted
        if view not in REFERENCE and wanted[view]
    }


def plain(row: dict, columns: dict) -> tuple:
    values = (row[name] for name in columns if name not in WORDS)
    return tuple(int(v) if isinstance(v, bool | Decimal) else v for v in values)


# --- what readers see ---------------------------------------------------------------------------


@pytest.mark.parametrize("step", OLDER)
def test_readers_see_the_same_before_and_after(empty: Engine, step: str):
    bring_to(empty, step)
    before = shown(empty)
    assert before["csp_measure_month_v1"]
    assert before["csp_police_crime_v1"]
    migrated(empty)
    after = shown(empty)
    assert set(after) == set(view_selects())
    assert figures(after, before) == figures(before)


@pytest.mark.parametrize("step", OLDER)
def test_down_and_up_again_brings_the_same_back(empty: Engine, step: str):
    """Foreign keys must not take the copying of a table for the loss of all its rows."""
    bring_to(empty, step)
    migrated(empty)
    once = shown(empty)
    with changing(empty) as conn:
        migrate.downgrade(conn, step)
        assert inspect(conn).get_view_names() == []
    assert look(empty).found == step
    migrated(empty)
    assert figures(shown(empty)) == figures(once)


@pytest.mark.parametrize("step", OLDER)
def test_all_tables_are_those_of_the_program(empty: Engine, step: str):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    bring_to(empty, step)
    migrated(empty)
    with empty.connect() as conn:
        context = MigrationContext.configure(conn, opts={"compare_type": True})
        assert compare_metadata(context, all_tables()) == []


def test_a_state_is_kept_of_every_step_before_the_newest():
    assert [s for s in STEPS[:-1] if s not in frozen()] == [], (
        "python tests/migrations/freeze.py, before the next step"
    )


# --- what the data become -----------------------------------------------------------------------


BROUGHT_BY = {
    ("all-crime", "E07000240", "2019-04-01"): "police-crime-2019-20-q1-resent.csv",
    ("all-crime", "E07000240", "2020-04-01"): "police-crime-2020-21-q1.csv",
    ("fire-injuries", "E06000022", "2014-07-01"): "incidents-2014-15-q2.csv",
    ("fire-injuries", "E31000001", "2014-07-01"): "incidents-2014-15-q2.csv",
    ("fire-injuries", "E07000240", "2014-07-01"): "fire-incidents-2014-15-q2.xlsx",
    ("fire-injuries", "E10000015", "2014-09-01"): "fire-incidents-2014-15-q2.xlsx",
    ("cctv-arrests", "E07000240", "2020-06-01"): "cctv-log-2020-21-q1.xlsx",
}


@pytest.mark.parametrize("step", [s for s in OLDER if s < "0003"])
def test_a_figure_belongs_to_the_delivery_that_last_brought_it(empty: Engine, step: str):
    """0003: of two services' files of one month, each brought the figures of its own areas."""
    bring_to(empty, step)
    migrated(empty)
    with empty.connect() as conn:
        found = conn.execute(
            text(
                "SELECT measure_code, area_code, month, file_name, superseded_by "
                "FROM measure_month m JOIN delivery d ON d.id = m.delivery_id"
            )
        ).all()
    brought_by = {(code, area, str(month)): name for code, area, month, name, _ in found}
    assert {key: brought_by[key] for key in BROUGHT_BY} == BROUGHT_BY
    assert {row.superseded_by for row in found} == {None}


def test_a_hold_that_was_answered_stays_answered(empty: Engine):
    bring_to(empty, "0002")
    migrated(empty)
    with empty.connect() as conn:
        found = conn.execute(text("SELECT id, released_by FROM csp_hold_v1 ORDER BY id")).all()
    assert [tuple(row) for row in found] == [(1, None), (2, None), (3, "Ann Field"), (4, None)]


def test_what_was_written_is_counted_by_table(empty: Engine):
    bring_to(empty, "0001")
    with empty.connect() as conn:
        figures = conn.execute(text("SELECT count(*) FROM measure_month")).scalar_one()
        months = conn.execute(
            text("SELECT count(*) FROM (SELECT DISTINCT delivery_id, month FROM fact_police_crime "
                 "WHERE superseded_by IS NULL UNION ALL SELECT DISTINCT delivery_id, month FROM "
                 "fact_hfrs_incident UNION ALL SELECT DISTINCT delivery_id, month FROM "
                 "fact_cctv_log) x")
        ).scalar_one()  # fmt: skip
    done = migrated(empty)
    assert (done.before.found, done.after.fit) == ("0001", Fit.READY)
    assert [step.number for step in done.steps] == list(STEPS[1:])
    assert done.rows["measure_month"] == figures
    assert done.rows["delivery_month"] == months
    assert "alembic_version" not in done.rows


@pytest.mark.parametrize("kind", BOTH)
def test_the_next_delivery_finds_what_the_earlier_ones_brought(kind, tmp_path: Path):
    with empty_database(kind, tmp_path) as address, engine_at(address) as engine:
        bring_to(engine, NEWEST_OLDER)
        migrated(engine)
        desk = Desk(engine, Settings(home=tmp_path, audience=Audience.PARTNERSHIP), address)
        loaded = desk.accept("police-crime-2020-21-q1-again.csv", police("""
            Crime Reference | Date Recorded | HO Code
            41/2/20         | 14/04/2020    | 45
            41/3/20         | 14/05/2020    | 45
        """))  # fmt: skip
        assert (loaded.unchanged, loaded.changed, loaded.new) == (1, 1, 0)
        assert desk.months("vehicle-offences")["2020-05"] == 1
        assert desk.months("robbery")["2020-05"] == 0


# --- what is not brought up by itself -----------------------------------------------------------


@pytest.mark.parametrize("step", OLDER)
def test_an_older_warehouse_is_left_alone_by_all_but_the_one_command(empty: Engine, step: str):
    bring_to(empty, step)
    before = shown(empty)
    with pytest.raises(WarehouseError) as refused:
        prepare(empty, ST_ALBANS, [AVON])
    assert str(refused.value) == (
        f"The warehouse stands at {step}, and this program needs {REVISION}: make a backup (with "
        "the csp that made it, or by the database's own means), then run csp migrate."
    )
    assert shown(empty) == before
    assert look(empty).found == step


def test_views_of_another_version_are_told_and_made_anew(empty: Engine):
    prepare(empty, ST_ALBANS, [AVON])
    with empty.begin() as conn:
        conn.exec_driver_sql("DROP VIEW csp_area_v1")
        conn.exec_driver_sql("CREATE VIEW csp_area_v1 AS SELECT code FROM area")
        conn.exec_driver_sql("CREATE VIEW csp_former_v1 AS SELECT name FROM area")
    assert look(empty).sentence == (
        f"The warehouse stands at {REVISION}, as this program needs, but its views are those of "
        "another version: make a backup (with the csp that made it, or by the database's own "
        "means), then run csp migrate."
    )
    with pytest.raises(WarehouseError, match="its views are those of another version"):
        prepare(empty, ST_ALBANS, [AVON])
    done = migrated(empty)
    assert (done.steps, done.rows) == ((), {})
    assert set(inspect(empty).get_view_names()) == set(view_selects())
    prepare(empty, ST_ALBANS, [AVON])


def test_what_is_ready_is_left_as_it_is(empty: Engine):
    first = migrated(empty)
    assert (first.before.fit, first.after.fit) == (Fit.EMPTY, Fit.READY)
    again = migrated(empty)
    assert (again.before.fit, again.steps, again.rows) == (Fit.READY, (), {})


@pytest.mark.parametrize("found", ["9999", "0000", "a trial"])
def test_a_newer_or_unknown_warehouse_is_not_brought_anywhere(empty: Engine, found: str):
    with empty.begin() as conn:
        conn.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32))")
        conn.execute(text("INSERT INTO alembic_version VALUES (:at)"), {"at": found})
    with pytest.raises(WarehouseError, match="newer program" if found == "9999" else "not know"):
        migrated(empty)
    assert inspect(empty).get_table_names() == ["alembic_version"]


def test_a_step_that_fails_takes_all_of_them_back(empty: Engine, monkeypatch):
    bring_to(empty, "0001")
    before = shown(empty)

    def out_of_order(conn):
        raise RuntimeError("after the tables, before the views")

    monkeypatch.setattr(migrate, "create_views", out_of_order)
    with pytest.raises(RuntimeError, match="after the tables"):
        migrated(empty)
    assert shown(empty) == before
    assert look(empty).found == "0001"


# --- others at work -----------------------------------------------------------------------------


def test_two_migrations_at_once_do_it_once(empty_server: Engine):
    bring_to(empty_server, "0001")
    start = threading.Barrier(2)

    def one(_number: int) -> Fit:
        start.wait(timeout=10)
        return migrated(empty_server).before.fit

    with ThreadPoolExecutor(2) as pool:
        assert sorted(f.value for f in pool.map(one, range(2))) == ["older", "ready"]
    assert look(empty_server).fit is Fit.READY


def test_who_reads_for_long_is_named_and_not_waited_for(empty_server: Engine, monkeypatch):
    monkeypatch.setattr(upkeep, "LOCK_SECONDS", 1)
    bring_to(empty_server, NEWEST_OLDER)
    with empty_server.connect() as reader:
        reader.exec_driver_sql("SELECT count(*) FROM csp_measure_month_v1")
        with pytest.raises(WarehouseError) as refused:
            migrated(empty_server)
    assert str(refused.value).startswith(
        "Nothing was changed: others use the warehouse and did not let go of it in 1 seconds: "
        "postgres (idle in transaction, process "
    )
    assert str(refused.value).endswith("Run csp migrate again once they are done.")
    assert look(empty_server).found == NEWEST_OLDER
    assert migrated(empty_server).after.fit is Fit.READY


def test_a_load_under_way_is_not_waited_for_either(empty_file: Engine, monkeypatch):
    monkeypatch.setattr(upkeep, "LOCK_SECONDS", 1)
    bring_to(empty_file, NEWEST_OLDER)
    with (
        empty_file.connect().execution_options(**WRITES) as writer,
        writer.begin(),
        pytest.raises(WarehouseError, match="did not let go of it in 1 seconds"),
    ):
        migrated(empty_file)
    assert look(empty_file).found == NEWEST_OLDER
    assert migrated(empty_file).after.fit is Fit.READY


def test_a_reader_of_sqlite_stands_in_nobody_s_way(empty_file: Engine):
    bring_to(empty_file, NEWEST_OLDER)
    with empty_file.connect() as reader:
        count = text("SELECT count(*) FROM csp_measure_month_v1")
        before = reader.execute(count).scalar()
        assert migrated(empty_file).after.fit is Fit.READY
        assert reader.execute(count).scalar() == before


def test_a_view_that_somebody_built_on_ours_is_named(empty_server: Engine):
    bring_to(empty_server, NEWEST_OLDER)
    with empty_server.begin() as conn:
        conn.exec_driver_sql("CREATE VIEW board AS SELECT value FROM csp_measure_month_v1")
    with pytest.raises(WarehouseError) as refused:
        migrated(empty_server)
    assert str(refused.value) == (
        "Nothing was changed: board is built on what must be made anew. Drop it, run csp migrate, "
        "and make it again."
    )
    assert look(empty_server).found == NEWEST_OLDER


def test_a_view_that_somebody_built_on_ours_lives_on_in_sqlite(empty_file: Engine):
    bring_to(empty_file, "0001")
    with empty_file.begin() as conn:
        conn.exec_driver_sql("CREATE VIEW board AS SELECT value FROM csp_measure_month_v1")
    migrated(empty_file)
    with empty_file.connect() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM board").scalar()


def test_rows_that_point_nowhere_are_not_carried_on(empty_file: Engine):
    bring_to(empty_file, NEWEST_OLDER)
    with (
        pytest.raises(WarehouseError, match="rows of rejected_row point to"),
        changing(empty_file) as conn,
    ):
        conn.exec_driver_sql("INSERT INTO rejected_row VALUES (99, 2)")
    with empty_file.connect() as conn:
        assert conn.exec_driver_sql("SELECT max(delivery_id) FROM rejected_row").scalar() < 99


def test_keys_are_watched_again_after_a_migration(empty_file: Engine):
    migrated(empty_file)
    with pytest.raises(IntegrityError), empty_file.begin() as conn:
        conn.exec_driver_sql("INSERT INTO rejected_row VALUES (99, 2)")
