"""Opens a database for a command: makes an empty one ready, and refuses one that does not fit.

What is older than the program is left as it is: bringing it up is a decision (`csp migrate`).
"""

from collections.abc import Iterable

from sqlalchemy import Engine

from schemas.areas import Area, Home
from warehouse.engine import WRITES, WarehouseError, lock
from warehouse.mart import is_synced, sync_reference
from warehouse.mart_budgets import fill_in
from warehouse.state import REVISION, Fit, reached, revision_of, state_of

__all__ = ["REVISION", "prepare", "revision_of"]


def prepare(engine: Engine, home: Home, areas: Iterable[Area]) -> None:
    """Create tables and views in an empty database; write measures and areas down in any.

    Where all is as it must be, nothing is written, and nobody who is writing is waited for. Raises
    `WarehouseError` when the database cannot be reached, is no warehouse of ours, or is older or
    newer than this program.
    """
    areas = tuple(areas)
    with reached(engine):
        with engine.connect() as conn:
            if state_of(conn).fit is Fit.READY and is_synced(conn, home, areas):
                return
        with engine.connect().execution_options(**WRITES) as conn, conn.begin():
            # Two programs may start on one empty database: one makes it, the other finds it made.
            lock(conn, "prepare")
            state = state_of(conn)
            if state.fit is Fit.EMPTY:
                from warehouse.migrate import upgrade  # noqa: PLC0415 - rarely needed, slow to load

                upgrade(conn)
            elif state.fit is not Fit.READY:
                raise WarehouseError(state.sentence)
            fill_in(conn)
            sync_reference(conn, home, areas)
