"""Makes the engine: SQLite by default, PostgreSQL by address."""

from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

DIALECTS = ("sqlite", "postgresql")
BUSY_SECONDS = 60
WRITES = {"csp_writes": True}
"""Execution options of a connection that will write: SQLite then takes its lock at once."""


class WarehouseError(RuntimeError):
    """The warehouse cannot be used; the message says why, without any of its content."""


def make_engine(address: str) -> Engine:
    """Return an engine for `sqlite:///file.db` or `postgresql+psycopg://…`.

    Parameters of statements never reach errors or logs (`hide_parameters`). SQLite runs in
    write-ahead mode, so that readers are not held up by a load. Raises `WarehouseError` for an
    address that is neither.
    """
    try:
        url = make_url(address)
    except ArgumentError:
        raise WarehouseError(
            "The warehouse address is not one: expected sqlite:///… or postgresql+psycopg://…"
        ) from None
    if url.get_backend_name() not in DIALECTS:
        raise WarehouseError(
            f"The warehouse can be sqlite or postgresql, not {url.get_backend_name()}."
        )
    try:
        engine = create_engine(url, hide_parameters=True)
    except (NoSuchModuleError, ModuleNotFoundError):
        raise WarehouseError(
            "PostgreSQL is reached through psycopg: write postgresql+psycopg://…"
        ) from None
    if is_sqlite(engine):
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def sqlite_address(path: str) -> str:
    """Return the address of a SQLite file."""
    return URL.create("sqlite", database=path).render_as_string()


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
