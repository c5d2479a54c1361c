"""`csp_*_v1`: what readers may rely on, made from the tables below them.

Views live outside the tables' metadata, so that migrations do not take them for tables. They hold
current rows only, no personal field, and texts in place of the numbers that facts store.
"""

from sqlalchemy import Connection, Select, select
from sqlalchemy.sql import ColumnElement

from schemas.fields import Privacy
from schemas.records import RECORDS
from schemas.records.base import fields_of, identity_of
from warehouse.tables import (
    AREA,
    DELIVERY,
    DELIVERY_MONTH,
    HOLD,
    ISSUE,
    MEASURE,
    REJECTED_ROW,
    TERM,
    fact_table,
    is_coded,
)
from warehouse.views_measures import measure_month, measure_period
from warehouse.views_releases import release_cells, releases, revisions


def fact_view(source: str) -> str:
    """Return the name of the view of a source's current rows."""
    return f"csp_{identity_of(RECORDS[source]).fact}_v1"


def _fact(source: str) -> Select[tuple[object, ...]]:
    fact = fact_table(source)
    columns: list[ColumnElement[object]] = []
    for info in fields_of(RECORDS[source]).values():
        if info.privacy is Privacy.PERSONAL:
            continue
        column = fact.c[info.name]
        if is_coded(info):
            # A scalar look-up is worked out only where the reader asks for the column.
            term = TERM.alias()
            text = select(term.c.text).where(term.c.id == column).correlate(fact)
            columns.append(text.scalar_subquery().label(info.name))
        else:
            columns.append(column)
    return select(*columns, fact.c.delivery_id, fact.c.source_row).where(
        fact.c.superseded_by.is_(None)
    )


def _deliveries() -> Select[tuple[object, ...]]:
    return select(*(column for column in DELIVERY.c))


def _delivery_months() -> Select[tuple[object, ...]]:
    """Return the rows of each month as they stood once a delivery was loaded."""
    return select(DELIVERY_MONTH.c.delivery_id, DELIVERY_MONTH.c.month, DELIVERY_MONTH.c.row_count)


def _issues() -> Select[tuple[object, ...]]:
    return select(*(column for column in ISSUE.c if column.name != "id"))


def _rejected_rows() -> Select[tuple[object, ...]]:
    return select(REJECTED_ROW.c.delivery_id, REJECTED_ROW.c.source_row)


def _holds() -> Select[tuple[object, ...]]:
    return select(
        HOLD.c.id, HOLD.c.delivery_id, DELIVERY.c.source, DELIVERY.c.extent, DELIVERY.c.file_name,
        *(column for column in HOLD.c if column.name not in ("id", "delivery_id")),
    ).join(DELIVERY, DELIVERY.c.id == HOLD.c.delivery_id)  # fmt: skip


def _measures() -> Select[tuple[object, ...]]:
    return select(*(column for column in MEASURE.c))


def _areas() -> Select[tuple[object, ...]]:
    return select(AREA.c.code, AREA.c.name)


def view_selects() -> dict[str, Select[tuple[object, ...]]]:
    """Return every view by name."""
    facts: dict[str, Select[tuple[object, ...]]] = {
        fact_view(source): _fact(source) for source in RECORDS
    }
    return facts | {
        "csp_measure_month_v1": measure_month(),
        "csp_measure_quarter_v1": measure_period("quarter_code", 3),
        "csp_measure_year_v1": measure_period("year_code", 12),
        "csp_measure_v1": _measures(),
        "csp_area_v1": _areas(),
        "csp_delivery_v1": _deliveries(),
        "csp_delivery_month_v1": _delivery_months(),
        "csp_issue_v1": _issues(),
        "csp_rejected_row_v1": _rejected_rows(),
        "csp_hold_v1": _holds(),
        "csp_release_v1": releases(),
        "csp_release_cell_v1": release_cells(),
        "csp_revision_v1": revisions(),
    }


def create_views(conn: Connection) -> None:
    """Make all views anew; readers see the old ones until the transaction ends."""
    for name, query in view_selects().items():
        text = query.compile(dialect=conn.dialect, compile_kwargs={"literal_binds": True})
        conn.exec_driver_sql(f"DROP VIEW IF EXISTS {name}")
        conn.exec_driver_sql(f"CREATE VIEW {name} AS {str(text).replace('%%', '%')}")


def drop_views(conn: Connection) -> None:
    """Drop all views, so that the tables below them can be changed."""
    for name in view_selects():
        conn.exec_driver_sql(f"DROP VIEW IF EXISTS {name}")
