"""The warehouse as it stood at a moment: an engine whose readers see nothing that came later.

Nothing is ever overwritten, so a past state is a filter. Every table is hidden, for one connection,
by a temporary view of its name that lets the past through, and the readers' views are made again
above those: who reads through this engine needs to know nothing of it.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    MetaData,
    Select,
    Table,
    case,
    event,
    null,
    select,
)

from warehouse.engine import is_sqlite, make_engine
from warehouse.tables import all_tables
from warehouse.views import view_selects

TIMELESS = ("term", "measure", "area", "purge")
"""What the program knows, not what came: the same at any moment."""

MOMENT_OF = {
    "delivery": "received_at",
    "release": "published_at",
    "alert": "raised_at",
    "alert_sending": "sent_at",
    "run": "ended_at",
}
"""When a row came about, of the tables whose rows say so themselves."""


def engine_as_at(engine: Engine, moment: datetime) -> Engine:
    """Return an engine for reading the warehouse as it stood at a moment (UTC).

    It can write nothing. Names of areas and definitions of measures are those of today.
    """
    with engine.connect() as conn:
        statements = _statements(conn, moment)
    past = make_engine(engine.url)

    def look_back(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        for statement in statements:
            cursor.execute(statement)
        cursor.close()
        connection.commit()

    event.listen(past, "connect", look_back)
    return past


def _statements(conn: Connection, moment: datetime) -> list[str]:
    if is_sqlite(conn):
        schema, read_only = "main", "PRAGMA query_only = ON"
    else:
        schema = conn.exec_driver_sql("SELECT current_schema()").scalar_one()
        read_only = "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY"
    real = MetaData()
    tables = {t.name: t.to_metadata(real, schema=schema) for t in all_tables().sorted_tables}
    queries = {
        name: _then(table, tables, moment) for name, table in tables.items() if name not in TIMELESS
    }
    return [
        *(f'CREATE TEMP VIEW "{name}" AS {_sql(conn, q)}' for name, q in queries.items()),
        *(f"CREATE TEMP VIEW {name} AS {_sql(conn, q)}" for name, q in view_selects().items()),
        read_only,
    ]


def _sql(conn: Connection, query: Select[Any]) -> str:
    text = query.compile(dialect=conn.dialect, compile_kwargs={"literal_binds": True})
    return str(text).replace("%%", "%")


def _then(table: Table, tables: dict[str, Table], moment: datetime) -> Select[Any]:
    """Return a table as it stood: what had come by then, and what had become of it by then."""
    delivery, release = tables["delivery"], tables["release"]
    come = select(delivery.c.id).where(delivery.c.received_at <= moment)
    if table.name in MOMENT_OF:
        return select(table).where(table.c[MOMENT_OF[table.name]] <= moment)
    if table.name == "release_cell":
        published = select(release.c.id).where(release.c.published_at <= moment)
        return select(table).where(table.c.release_id.in_(published))
    if table.name == "hold":
        answered, ended = table.c.released_at <= moment, table.c.ended_by_id.in_(come)
        since = {c.name: answered for c in table.c if c.name.startswith("released_")}
        since["ended_by_id"] = ended
        columns = [
            case((since[c.name], c), else_=null()).label(c.name) if c.name in since else c
            for c in table.c
        ]
        return select(*columns).where(table.c.delivery_id.in_(come))
    if "superseded_by" in table.c:
        gone = case((table.c.superseded_by.in_(come), table.c.superseded_by), else_=null())
        columns = [gone.label(c.name) if c.name == "superseded_by" else c for c in table.c]
        return select(*columns).where(table.c.delivery_id.in_(come))
    return select(table).where(table.c.delivery_id.in_(come))
