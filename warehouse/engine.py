"""Makes the engine: SQLite by default, PostgreSQL by address."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, ExceptionContext, make_url
from sqlalchemy.exc import ArgumentError

from warehouse.outages import reason_of

DRIVERS = ("sqlite", "sqlite+pysqlite", "postgresql+psycopg")
EXPECTED = "sqlite:///… or postgresql+psycopg://…"
BUSY_SECONDS = 60
__all__ = [
    "BUSY_SECONDS",
    "EXPLAINS_ITSELF",
    "WRITES",
    "Engine",
    "WarehouseError",
    "is_sqlite",
    "lock",
    "make_engine",
    "shown",
    "sqlite_address",
    "told",
]
WRITES = {"csp_writes": True}
"""Execution options of a connection that will write: SQLite then takes its lock at once."""
EXPLAINS_ITSELF = {"csp_explains_itself": True}
"""Execution options of a connection whose user says in words of its own what was in its way."""


class WarehouseError(RuntimeError):
    """The warehouse cannot be used; the message says why, without any of its content."""


def make_engine(address: str | URL) -> Engine:
    """Return an engine for `sqlite:///file.db` or `postgresql+psycopg://…`.

    Parameters of statements never reach errors or logs (`hide_parameters`). SQLite runs in
    write-ahead mode, so that readers are not held up by a load. Raises `WarehouseError` for an
    address that is neither; so does, in place of its driver's error, whatever is done with the
    engine while the database cannot be used.
    """
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        raise WarehouseError(f"The warehouse address is not one: write {EXPECTED}.") from None
    if url.drivername not in DRIVERS:
        raise WarehouseError(
            f"The warehouse cannot be reached by {url.drivername}: write {EXPECTED}."
        )
    # A connection that was cut while nobody used it is found out before it is used again.
    engine = create_engine(url, hide_parameters=True, pool_pre_ping=True)
    event.listen(engine, "handle_error", _explain)
    if is_sqlite(engine):
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def sqlite_address(path: str) -> URL:
    """Return the address of a SQLite file, whatever stands in its path."""
    return URL.create("sqlite", database=path)


def shown(engine: Engine) -> str:
    """Return what a warehouse is called: its file, or its address without password and options."""
    if is_sqlite(engine):
        return f"the warehouse {engine.url.database}"
    return f"the warehouse {engine.url.set(query={}).render_as_string(hide_password=True)}"


@contextmanager
def told(conn: Connection) -> Iterator[None]:
    """Explain errors of the driver itself, where it is used past SQLAlchemy."""
    try:
        yield
    except conn.dialect.loaded_dbapi.Error as error:
        _raise_if_out(error, conn.engine, is_connected=True)
        raise


def _explain(context: ExceptionContext) -> None:
    conn = context.connection
    if context.engine is None or context.is_pre_ping:
        return
    if conn is None or not conn.get_execution_options().get("csp_explains_itself"):
        is_connected = conn is not None
        _raise_if_out(context.original_exception, context.engine, is_connected=is_connected)


def _raise_if_out(error: BaseException, engine: Engine, *, is_connected: bool) -> None:
    driver: Any = engine.dialect.loaded_dbapi
    reason = reason_of(error, driver, is_connected=is_connected)
    if reason is not None:
        said = reason.format(name=shown(engine), seconds=BUSY_SECONDS)
        raise WarehouseError(f"{said[0].upper()}{said[1:]}.") from None


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
