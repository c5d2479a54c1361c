"""Brings a database to the state that the program needs: tables, views, measures and areas."""

from collections.abc import Iterable

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from schemas.areas import Area, Home
from warehouse.engine import WRITES, WarehouseError
from warehouse.mart import sync_reference
from warehouse.tables import all_tables
from warehouse.views import create_views


def prepare(engine: Engine, home: Home, areas: Iterable[Area]) -> None:
    """Create what is missing; raises `WarehouseError` when the database cannot be reached."""
    try:
        with engine.connect().execution_options(**WRITES) as conn, conn.begin():
            all_tables().create_all(conn)
            create_views(conn)
            sync_reference(conn, home, areas)
    except OperationalError as error:
        raise WarehouseError(
            f"The warehouse at {engine.url.render_as_string(hide_password=True)} cannot be opened "
            f"({type(error.orig).__name__})."
        ) from None
