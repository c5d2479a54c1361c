"""Readers on PostgreSQL: a role that sees the views and nothing else, and waits for nobody."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from support.databases import AVON, POSTGRESQL, SQLITE, empty_database, engine_at
from support.desk import Desk, police
from support.states import bring_to, frozen

from schemas.areas import ST_ALBANS
from warehouse.engine import WarehouseError
from warehouse.grants import grants_of
from warehouse.load import load_delivery
from warehouse.tables import all_tables
from warehouse.upkeep import Migrated, bring_up
from warehouse.views import view_selects

pytestmark = pytest.mark.slow  # each opens warehouses

FIRST = police("""
    Crime Reference | Date Recorded | HO Code
    41/1/20         | 14/04/2020    | 45
    41/2/20         | 14/05/2020    | 45
""")
SECOND = police("Crime Reference | Date Recorded | HO Code\n41/1/20 | 14/04/2020 | 45")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk on PostgreSQL."""
    with Desk.open(POSTGRESQL, tmp_path) as opened:
        yield opened


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Engine]:
    """An empty database on PostgreSQL."""
    with empty_database(POSTGRESQL, tmp_path) as address, engine_at(address) as engine:
        yield engine


@contextmanager
def roles(engine: Engine, *names: str) -> Iterator[tuple[str, ...]]:
    """Give names of roles that no other test has, and take the roles away again."""
    mine = tuple(f"{name}_{engine.url.database}" for name in names)
    try:
        yield mine
    finally:
        with engine.begin() as conn:
            for name in mine:
                if conn.execute(
                    text("SELECT 1 FROM pg_roles WHERE rolname = :n"), {"n": name}
                ).first():
                    conn.exec_driver_sql(f"DROP OWNED BY {name}")
                    conn.exec_driver_sql(f"DROP ROLE {name}")


def granted(engine: Engine, role: str) -> Migrated:
    return bring_up(engine, ST_ALBANS, [AVON], role)


@contextmanager
def logged_in(engine: Engine, name: str) -> Iterator[Engine]:
    """Give an engine that connects as another role."""
    with engine.begin() as conn:
        conn.exec_driver_sql(f"ALTER ROLE {name} LOGIN")
    with engine_at(engine.url.set(username=name)) as theirs:
        yield theirs


def is_refused(engine: Engine, statement: str) -> bool:
    try:
        with engine.begin() as conn:
            conn.exec_driver_sql(statement)
    except WarehouseError as error:
        return "has no right to do this" in str(error)
    return False


# --- what the role may do -----------------------------------------------------------------------


def test_readers_read_every_view_and_nothing_else(desk: Desk):
    desk.accept("police-crime-2020-21-q1.csv", FIRST)
    with roles(desk.engine, "board") as (board,):
        done = granted(desk.engine, board)
        assert (done.readers.is_new, done.readers.views) == (True, len(view_selects()))
        assert done.readers.tables == ()
        with logged_in(desk.engine, board) as reader:
            with reader.connect() as conn:
                for view in view_selects():
                    conn.exec_driver_sql(f"SELECT * FROM {view}")
            readable = [
                name
                for name in (*all_tables().tables, "alembic_version")
                if not is_refused(reader, f"SELECT 1 FROM {name}")
            ]
            assert readable == []
            assert is_refused(reader, "DELETE FROM delivery")
            assert is_refused(reader, "DELETE FROM csp_area_v1")
            assert is_refused(reader, "UPDATE csp_area_v1 SET name = 'x'")
            assert is_refused(reader, "CREATE TABLE mine (id INTEGER)")


def test_a_role_that_is_there_is_taken_and_what_else_it_may_read_is_told(desk: Desk):
    with roles(desk.engine, "analyst") as (analyst,):
        with desk.engine.begin() as conn:
            conn.exec_driver_sql(f"CREATE ROLE {analyst}")
            conn.exec_driver_sql(f"GRANT SELECT ON delivery TO {analyst}")
        done = granted(desk.engine, analyst)
        assert (done.readers.is_new, done.readers.tables) == (False, ("delivery",))
        assert granted(desk.engine, analyst).readers == done.readers


@pytest.mark.parametrize("name", ["", "Board", "a b", 'x"; DROP TABLE delivery; --', "public",
                                  "pg_reader", "x" * 64])  # fmt: skip
def test_a_name_that_is_none_is_refused(desk: Desk, name: str):
    with pytest.raises(WarehouseError, match="cannot be the name of a role"):
        granted(desk.engine, name)


def test_who_may_make_no_roles_is_told_what_to_ask_for(desk: Desk):
    with roles(desk.engine, "clerk", "board") as (clerk, board):
        with desk.engine.begin() as conn:
            conn.exec_driver_sql(f"CREATE ROLE {clerk}")
            conn.exec_driver_sql(f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {clerk}")
        with logged_in(desk.engine, clerk) as theirs, pytest.raises(WarehouseError) as refused:
            granted(theirs, board)
        assert "CREATE ROLE name NOLOGIN" in str(refused.value)


def test_sqlite_says_that_its_file_is_what_is_permitted(tmp_path: Path):
    with (
        empty_database(SQLITE, tmp_path) as address,
        engine_at(address) as engine,
        pytest.raises(WarehouseError, match="SQLite has no roles"),
    ):
        granted(engine, "board")


# --- grants outlive migrations ------------------------------------------------------------------


def test_grants_are_given_again_to_views_made_anew(served: Engine):
    bring_to(served, frozen()[0])
    with roles(served, "board", "web", "columns") as (board, web, columns):
        with served.begin() as conn:
            for role in (board, web, columns):
                conn.exec_driver_sql(f"CREATE ROLE {role}")
            there = "csp_measure_month_v1, csp_measure_quarter_v1"
            names = conn.exec_driver_sql(
                "SELECT string_agg(relname, ', ') FROM pg_class WHERE relname ~ '^csp_.*_v1$'"
            ).scalar_one()
            conn.exec_driver_sql(f"GRANT SELECT ON {names} TO {board}")
            conn.exec_driver_sql(f"GRANT SELECT ON {there} TO {web} WITH GRANT OPTION")
            conn.exec_driver_sql(f"GRANT SELECT (code) ON csp_area_v1 TO {columns}")
            conn.exec_driver_sql("GRANT SELECT ON csp_area_v1 TO PUBLIC")
            before = grants_of(conn)
        bring_up(served, ST_ALBANS, [AVON])
        with served.connect() as conn:
            after = grants_of(conn)
        assert set(before) <= set(after)
        # Who could read all that there was can read what is new; nobody else gained anything.
        new = {(grant.role, grant.view) for grant in set(after) - set(before)}
        assert {role for role, _ in new} == {board}
        assert {g.view for g in after if g.role == board} == set(view_selects())


# --- nobody waits -------------------------------------------------------------------------------


def test_readers_wait_for_no_load_and_see_it_whole_or_not_at_all(desk: Desk):
    desk.accept("police-crime-2020-21-q1.csv", FIRST)
    half_way, may_go_on = threading.Event(), threading.Event()
    parcel, gate = desk.opened("police-crime-2020-21-q1-again.csv", SECOND)

    def halting():
        yield from gate.chunks()
        half_way.set()
        assert may_go_on.wait(timeout=30)

    with roles(desk.engine, "board") as (board,), ThreadPoolExecutor(1) as pool:
        granted(desk.engine, board)
        with logged_in(desk.engine, board) as reader:
            load = pool.submit(load_delivery, desk.engine, parcel, halting(), gate.closing)
            try:
                assert half_way.wait(timeout=30)
                during = what_is_seen(reader)
            finally:
                may_go_on.set()
            assert load.result(timeout=30).status == "accepted"
            assert during == (1, 2, 2)
            assert what_is_seen(reader) == (2, 1, 1)


def what_is_seen(reader: Engine) -> tuple[int, ...]:
    """Deliveries, crimes and the figure of a quarter; it fails where it would have to wait."""
    questions = (
        "SELECT count(*) FROM csp_delivery_v1",
        "SELECT count(*) FROM csp_police_crime_v1",
        "SELECT value FROM csp_measure_quarter_v1 WHERE measure_code = 'all-crime'",
    )
    with reader.begin() as conn:
        conn.exec_driver_sql("SET LOCAL lock_timeout = '1ms'")
        return tuple(int(conn.exec_driver_sql(q).scalar_one()) for q in questions)
