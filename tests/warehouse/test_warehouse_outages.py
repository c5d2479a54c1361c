"""What is said when a database cannot be used, and that nothing else is taken for that."""

import sqlite3

import psycopg
import pytest
from psycopg import errors
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from support.desk import Desk

from warehouse.engine import WarehouseError
from warehouse.outages import POSTGRESQL, SQLITE, reason_of


def of_sqlite(code: int) -> sqlite3.Error:
    error = sqlite3.OperationalError("no such word: Canary")
    error.sqlite_errorcode = code
    return error


def said_of(error: Exception, *, is_connected: bool = True) -> str | None:
    driver = sqlite3 if isinstance(error, sqlite3.Error) else psycopg
    reason = reason_of(error, driver, is_connected=is_connected)
    return reason and reason.format(name="the warehouse", seconds=60)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (
            sqlite3.SQLITE_BUSY,
            "the warehouse is in use: another program was writing to it and had not ended after 60 "
            "seconds",
        ),
        (sqlite3.SQLITE_FULL, "the disk of the warehouse is full"),
        (
            sqlite3.SQLITE_READONLY_DBMOVED,  # one of the finer codes of "read only"
            "the warehouse may only be read from here, not written to",
        ),
        (sqlite3.SQLITE_IOERR_WRITE, "the disk of the warehouse cannot be read or written"),
        (sqlite3.SQLITE_CORRUPT, "the warehouse is damaged, or is no warehouse"),
    ],
)
def test_what_sqlite_means(code: int, sentence: str):
    assert said_of(of_sqlite(code)) == sentence


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("57P01", "the connection to the warehouse was lost"),
        ("53100", "the disk of the warehouse is full"),
        ("53300", "the warehouse has no more memory or connections to give"),
        ("25006", "the warehouse may only be read from here, not written to"),
        ("42501", "this user has no right to do this in the warehouse"),
        (
            "55P03",
            "the warehouse broke off what took too long: another program may be holding it",
        ),
    ],
)
def test_what_postgresql_means(state: str, sentence: str):
    assert said_of(errors.lookup(state)("no such word: Canary")) == sentence


def test_a_connection_is_lost_or_was_never_there():
    broken = psycopg.OperationalError("server closed the connection")
    assert said_of(broken) == "the connection to the warehouse was lost"
    assert said_of(broken, is_connected=False) == "the warehouse cannot be reached"


@pytest.mark.parametrize(
    "error",
    [
        of_sqlite(sqlite3.SQLITE_ERROR),
        of_sqlite(sqlite3.SQLITE_CONSTRAINT_UNIQUE),
        errors.lookup("42601")("syntax error"),
        errors.lookup("23505")("duplicate key"),
        errors.lookup("25P02")("transaction is aborted"),
        psycopg.ProgrammingError("the query has 2 placeholders"),
        ValueError("Canary"),
    ],
)
def test_a_fault_of_the_program_is_no_outage(error: Exception):
    assert said_of(error) is None


def test_no_reason_says_more_than_it_knows():
    for reason in {*SQLITE.values(), *POSTGRESQL.values()}:
        assert reason.count("{name}") == 1
        assert "Canary" not in reason


def test_a_warehouse_that_may_only_be_read_says_so(either: Desk):
    only_read = {"sqlite": "PRAGMA query_only = ON", "postgresql": "SET TRANSACTION READ ONLY"}
    with either.engine.connect() as conn:
        conn.exec_driver_sql(only_read[conn.dialect.name])
        with pytest.raises(WarehouseError, match="may only be read from here, not written to"):
            conn.execute(text("DELETE FROM measure"))
        conn.rollback()
        if conn.dialect.name == "sqlite":
            conn.exec_driver_sql("PRAGMA query_only = OFF")


def test_a_statement_that_is_wrong_keeps_its_own_error(either: Desk):
    with either.engine.connect() as conn, pytest.raises(DBAPIError, match="no_such_table"):
        conn.execute(text("SELECT 1 FROM no_such_table"))
