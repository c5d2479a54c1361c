"""Copies a whole warehouse, as it is at one moment, into a file of its own, and back.

The copy is always a SQLite file, whatever the warehouse is kept in, so that a backup of PostgreSQL
can be opened with anything and restored into either. Readers and loads go on meanwhile: the copy is
of one transaction.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, insert, select, text

from warehouse.engine import WRITES, WarehouseError, is_sqlite, make_engine, sqlite_address
from warehouse.migrate import upgrade
from warehouse.state import Fit, look
from warehouse.tables import all_tables

ROWS_AT_ONCE = 20_000


def copy_out(engine: Engine, place: Path) -> None:
    """Write a warehouse into a new SQLite file; raises `WarehouseError` unless it fits the program.

    The file is whole when this returns, and is worth nothing before.
    """
    _must_be(engine, Fit.READY)
    if is_sqlite(engine):
        _copy_pages(engine, place)
        return
    copy = make_engine(sqlite_address(str(place)))
    try:
        _copy_rows(engine, copy)
    finally:
        copy.dispose()


def copy_in(place: Path, engine: Engine) -> None:
    """Bring a copy back into an empty database; any other is left as it is (`WarehouseError`)."""
    _must_be(engine, Fit.EMPTY)
    copy = make_engine(sqlite_address(str(place)))
    try:
        _must_be(copy, Fit.READY)
        _copy_rows(copy, engine)
    finally:
        copy.dispose()


def is_sound(place: Path) -> bool:
    """Say whether a copy can be read from end to end, and fits this program."""
    with closing(sqlite3.connect(f"file:{place}?mode=ro", uri=True)) as connection:
        try:
            if connection.execute("PRAGMA quick_check").fetchone() != ("ok",):
                return False
        except sqlite3.DatabaseError:
            return False
    copy = make_engine(sqlite_address(str(place)))
    try:
        return look(copy).fit is Fit.READY
    finally:
        copy.dispose()


def _must_be(engine: Engine, fit: Fit) -> None:
    state = look(engine)
    if state.fit is fit:
        return
    if fit is Fit.EMPTY and state.fit is Fit.READY:
        raise WarehouseError(
            "There is a warehouse already: a backup is only brought back into an empty database. "
            "Move it away first."
        )
    raise WarehouseError(state.sentence)


def _copy_pages(engine: Engine, place: Path) -> None:
    """Copy a SQLite file by its own means, while others write to it."""
    with engine.connect() as conn, closing(sqlite3.connect(place)) as copy:
        driver: Any = conn.connection.driver_connection
        driver.backup(copy)
        # The copy stands by itself: no log beside it that could be left behind.
        copy.execute("PRAGMA journal_mode = DELETE")


def _copy_rows(source: Engine, target: Engine) -> None:
    """Copy all rows of one moment, table by table, into an empty database, in one transaction."""
    with (
        _at_one_moment(source) as reading,
        target.connect().execution_options(**WRITES) as writing,
        writing.begin(),
    ):
        upgrade(writing)
        for table in all_tables().sorted_tables:
            writing.execute(table.delete())
            _copy_table(reading, writing, table)
            if not is_sqlite(target):
                _count_on(writing, table)


@contextmanager
def _at_one_moment(engine: Engine) -> Iterator[Connection]:
    level = {} if is_sqlite(engine) else {"isolation_level": "REPEATABLE READ"}
    with engine.connect().execution_options(**level) as conn, conn.begin():
        yield conn


def _copy_table(reading: Connection, writing: Connection, table: Table) -> None:
    order = list(table.primary_key) or list(table.c)
    found = reading.execution_options(yield_per=ROWS_AT_ONCE).execute(
        select(table).order_by(*order)
    )
    for rows in found.mappings().partitions(ROWS_AT_ONCE):
        writing.execute(insert(table), [dict(row) for row in rows])


def _count_on(conn: Connection, table: Table) -> None:
    """Have PostgreSQL give new rows numbers beyond those that came."""
    for column in table.primary_key:
        sequence = conn.execute(
            text("SELECT pg_get_serial_sequence(:table, :column)"),
            {"table": table.name, "column": column.name},
        ).scalar()
        if sequence:
            conn.execute(
                text(
                    f'SELECT setval(:sequence, coalesce((SELECT max("{column.name}") '
                    f'FROM "{table.name}"), 0) + 1, false)'
                ),
                {"sequence": sequence},
            )
