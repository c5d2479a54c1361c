"""The engine: which addresses are understood, how SQLite is set up, what no message says."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import insert, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, IntegrityError
from support.databases import engine_at
from support.desk import Desk

from schemas.areas import ST_ALBANS
from warehouse.engine import WRITES, WarehouseError, is_sqlite, make_engine, sqlite_address
from warehouse.prepare import prepare
from warehouse.tables import ISSUE, TERM

SECRET = "s3cret"


def test_sqlite_runs_in_write_ahead_mode_with_foreign_keys_and_patience(tmp_path: Path):
    with (
        engine_at(sqlite_address(str(tmp_path / "a.db"))) as engine,
        engine.connect() as conn,
    ):
        assert is_sqlite(engine)
        assert is_sqlite(conn)
        pragmas = {
            name: conn.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "busy_timeout", "synchronous")
        }
    assert pragmas == {
        "journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 60_000, "synchronous": 1,
    }  # fmt: skip


def test_a_connection_that_will_write_takes_its_lock_at_once(tmp_path: Path):
    path = tmp_path / "a.db"
    with engine_at(sqlite_address(str(path))) as engine:
        with engine.connect().execution_options(**WRITES) as conn, conn.begin():
            assert not can_begin_writing(path)
        with engine.connect() as conn, conn.begin():
            assert can_begin_writing(path)


def can_begin_writing(path: Path) -> bool:
    other = sqlite3.connect(path, timeout=0, isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        other.execute("ROLLBACK")
    except sqlite3.OperationalError:
        return False
    finally:
        other.close()
    return True


def test_readers_go_on_while_a_load_writes(desk: Desk):
    with desk.engine.connect().execution_options(**WRITES) as writer, writer.begin():
        writer.execute(insert(TERM), [{"text": "half-loaded"}])
        with desk.engine.connect() as reader:
            assert reader.execute(text("SELECT count(*) FROM term")).scalar() == 0


def test_tables_can_be_made_and_taken_back_in_one_transaction(tmp_path: Path):
    with engine_at(sqlite_address(str(tmp_path / "a.db"))) as engine:
        with engine.connect() as conn:
            transaction = conn.begin()
            conn.exec_driver_sql("CREATE TABLE passing (id INTEGER)")
            transaction.rollback()
        with engine.connect() as conn:
            tables = conn.exec_driver_sql("SELECT name FROM sqlite_master").all()
    assert tables == []


def test_an_issue_must_belong_to_a_delivery(either: Desk):
    orphan = {
        "delivery_id": 4711, "field": "", "header": "", "rule": "", "response": "", "expected": "",
    }  # fmt: skip
    with either.engine.connect() as conn, pytest.raises(IntegrityError):
        conn.execute(insert(ISSUE), [orphan])


def test_parameters_of_statements_never_reach_an_error(either: Desk):
    with either.engine.connect() as conn, pytest.raises(DBAPIError) as failed:
        conn.execute(text("SELECT no_such_column FROM term WHERE text = :name"), {"name": SECRET})
    assert SECRET not in str(failed.value)
    assert "hide_parameters" in str(failed.value)


# --- addresses --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("", "address is not one"),
        ("warehouse.db", "address is not one"),
        ("postgresql+psycopg://user:s3cret@host:port/db", "address is not one"),
        ("mysql://user:s3cret@host/db", "cannot be reached by mysql"),
        ("postgresql://user:s3cret@host/db", "cannot be reached by postgresql"),
        ("postgresql+nosuch://user:s3cret@host/db", "cannot be reached by postgresql+nosuch"),
        ("postgresql+asyncpg://user:s3cret@host/db", "cannot be reached by postgresql+asyncpg"),
        ("sqlite+aiosqlite:///a.db", "cannot be reached by sqlite+aiosqlite"),
    ],
)
def test_an_address_that_is_none_of_ours_is_refused_with_what_was_expected(address, said):
    with pytest.raises(WarehouseError) as refused:
        make_engine(address)
    assert said in str(refused.value)
    assert "write sqlite:///… or postgresql+psycopg://…" in str(refused.value)
    assert SECRET not in str(refused.value)


@pytest.mark.parametrize(
    "name", ["with blank.db", "100%.db", "Hügel#1.db", "a@b:c.db", "what?/a.db"]
)
def test_the_address_of_a_file_leads_to_the_file_whatever_it_is_called(name, tmp_path: Path):
    path = str(tmp_path / name)
    assert make_url(sqlite_address(path)).database == path


def test_a_server_that_cannot_be_reached_is_named_without_its_password():
    address = f"postgresql+psycopg://user:{SECRET}@127.0.0.1:1/db?connect_timeout=2"
    with engine_at(address) as engine, pytest.raises(WarehouseError) as refused:
        prepare(engine, ST_ALBANS, [])
    assert str(refused.value) == (
        "The warehouse postgresql+psycopg://user:***@127.0.0.1:1/db cannot be reached."
    )


def test_a_password_among_the_options_of_an_address_is_not_shown_either():
    address = f"postgresql+psycopg://127.0.0.1:1/db?user=user&password={SECRET}&connect_timeout=2"
    with engine_at(address) as engine, pytest.raises(WarehouseError) as refused:
        prepare(engine, ST_ALBANS, [])
    assert SECRET not in str(refused.value)


def test_a_folder_that_is_not_there_is_said_so(tmp_path: Path):
    with (
        engine_at(sqlite_address(str(tmp_path / "nowhere" / "a.db"))) as engine,
        pytest.raises(WarehouseError, match="cannot be opened: its folder is not there"),
    ):
        prepare(engine, ST_ALBANS, [])
