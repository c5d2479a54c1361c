"""Makes the engine: SQLite by default, PostgreSQL by address."""

from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

DRIVERS = ("sqlite", "sqlite+pysqlite", "postgresql+psycopg")
EXPECTED = "sqlite:///… or postgresql+psycopg://…"
BUSY_SECONDS = 60
__all__ = [
    "BUSY_SECONDS",
    "WRITES",
    "Engine",
    "WarehouseError",
    "is_sqlite",
    "lock",
    "make_engine",
    "shown",
    "sqlite_address",
]
WRITES = {"csp_writes": True}
"""Execution options of a connection that will write: SQLite then takes its lock at once."""


class WarehouseError(RuntimeError):
    """The warehouse cannot be used; the message says why, without any of its content."""


def make_engine(address: str | URL) -> Engine:
    """Return an engine for `sqlite:///file.db` or `postgresql+psycopg://…`.

    Parameters of statements never reach errors or logs (`hide_parameters`). SQLite runs in
    write-ahead mode, so that readers are not held up by a load. Raises `WarehouseError` for an
    address that is neither.
    """
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        raise WarehouseError(f"The warehouse address is not one: write {EXPECTED}.") from None
    if url.drivername not in DRIVERS:
        raise WarehouseError(
            f"The warehouse cannot be reached by {url.drivername}: write {EXPECTED}."
        )
    engine = create_engine(url, hide_parameters=True)
    if is_sqlite(engine):
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def sqlite_address(path: str) -> URL:
    """Return the address of a SQLite file, whatever stands in its path."""
    return URL.create("sqlite", database=path)


def shown(engine: Engine) -> str:
    """Return an engine's address as it may be printed: no password, no options."""
    return engine.url.set(query={}).render_as_string(hide_password=True)


def lock(conn: Connection, name: str) -> None:
    """Let one transaction at a time hold a name; SQLite has locked the whole file already."""
    if not is_sqlite(conn):
        conn.execute(text("SELECT pg_advisory_xact_lock(hashtext(:name))"), {"name": f"csp:{name}"})


def is_sqlite(engine: Engine | Connection) -> bool:
    """Say whether this is SQLite (else it is PostgreSQL)."""
    return engine.dialect.name == "sqlite"


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver must not open transactions by itself: it would do so too late, and not around DDL.
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout = {BUSY_SECONDS * 1000}",
        # Only a new file takes it: half as many pages to log for a row of half a kilobyte.
        "page_size = 8192",
        "journal_mode = WAL",
        "synchronous = NORMAL",
        "foreign_keys = ON",
        "cache_size = -65536",
        "temp_store = MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("csp_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
