"""Warehouses of earlier releases, as `tests/migrations/freeze.py` wrote them down."""

from pathlib import Path

from sqlalchemy import Engine, MetaData, inspect
from sqlalchemy.sql import text

from warehouse import migrate
from warehouse.engine import is_sqlite
from warehouse.upkeep import changing

STATES = Path(__file__).parents[1] / "migrations/states"


def frozen() -> list[str]:
    """Return the steps of which a state is kept."""
    return sorted(path.stem for path in STATES.glob("*.sql"))


def bring_to(engine: Engine, step: str) -> None:
    """Make an empty database what a release left: its tables, rows and views."""
    statements = (STATES / f"{step}.sql").read_text(encoding="utf-8").split(";\n")
    with changing(engine) as conn:
        migrate.upgrade(conn, step)
        other = f"-- {'postgresql' if is_sqlite(conn) else 'sqlite'}\n"
        for statement in filter(str.strip, statements):
            if statement.lstrip().startswith(other):
                continue
            conn.exec_driver_sql(statement if is_sqlite(conn) else statement.replace("%", "%%"))
        if not is_sqlite(conn):
            _count_on(conn)


def _count_on(conn) -> None:
    """Let PostgreSQL number new rows after those that brought their numbers."""
    tables = MetaData()
    tables.reflect(conn)
    for table in tables.sorted_tables:
        name = "SELECT pg_get_serial_sequence(:table, 'id')"
        if "id" in table.c and conn.execute(text(name), {"table": table.name}).scalar():
            conn.exec_driver_sql(
                f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), "
                f"(SELECT coalesce(max(id), 0) + 1 FROM {table.name}), false)"
            )


Rows = dict[str, list[dict[str, object]]]


def shown(engine: Engine) -> Rows:
    """Return all that the views show, whatever views there are."""
    with engine.connect() as conn:
        return {
            name: [dict(row) for row in conn.execute(text(f"SELECT * FROM {name}")).mappings()]
            for name in inspect(conn).get_view_names()
        }
