"""Brings a database to the state that the program needs: tables, views, measures and areas."""

from collections.abc import Iterable

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from schemas.areas import Area, Home
from warehouse.engine import WRITES, WarehouseError, lock, shown
from warehouse.mart import is_synced, sync_reference

REVISION = "0003"
"""The newest migration; a test holds it against the files. Known here so that Alembic is only
loaded when there is something to do."""


def prepare(engine: Engine, home: Home, areas: Iterable[Area]) -> None:
    """Create or upgrade what is not as it must be; where all is, nothing is written or waited for.

    Raises `WarehouseError` when the database cannot be reached, is no warehouse of ours, or was
    made by a newer program.
    """
    areas = tuple(areas)
    try:
        with engine.connect() as conn:
            if revision_of(conn) == REVISION and is_synced(conn, home, areas):
                return
        with engine.connect().execution_options(**WRITES) as conn, conn.begin():
            # Two programs may start on one empty database: one makes it, the other finds it made.
            lock(conn, "prepare")
            found = revision_of(conn)
            if found != REVISION:
                _bring_up(conn, found)
            sync_reference(conn, home, areas)
    except DBAPIError as error:
        # A driver's message may quote what it was given; its kind is enough to act on.
        kind = type(error.orig).__name__
        name = shown(engine).removeprefix("the warehouse ")
        raise WarehouseError(f"{name} is no warehouse of this program's ({kind}).") from None


def revision_of(conn: Connection) -> str | None:
    """Return the migration that a database stands at; None for an empty one."""
    if not inspect(conn).has_table("alembic_version"):
        return None
    return conn.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _bring_up(conn: Connection, found: str | None) -> None:
    if found is not None and found > REVISION:
        raise WarehouseError(
            f"The warehouse was made by a newer program (its tables stand at {found}, this program "
            f"knows {REVISION}). Use that program, or another warehouse."
        )
    from alembic.util import CommandError  # noqa: PLC0415 - rarely needed, slow to load

    from warehouse.migrate import upgrade  # noqa: PLC0415

    try:
        upgrade(conn)
    except CommandError:
        raise WarehouseError(
            f"The tables stand at {found}, which this program does not know: the database is "
            "another program's, or was made by a trial of this one."
        ) from None
