"""`csp_*_v1`: what readers may rely on, made from the tables below them.

Views live outside the tables' metadata, so that migrations do not take them for tables. They hold
current rows only, no personal field, and texts in place of the numbers that facts store.
"""

import hashlib
import re

from sqlalchemy import (
    Connection,
    DateTime,
    Select,
    case,
    func,
    inspect,
    null,
    select,
    type_coerce,
)
from sqlalchemy.sql import ColumnElement

from schemas.fields import Privacy
from schemas.records import RECORDS
from schemas.records.base import fields_of, identity_of
from warehouse.engine import is_sqlite
from warehouse.tables import (
    ALERT,
    ALERT_SENDING,
    AREA,
    DELIVERY,
    DELIVERY_MONTH,
    HOLD,
    ISSUE,
    MEASURE,
    REJECTED_ROW,
    RUN,
    TERM,
    fact_table,
    is_coded,
)
from warehouse.views_measures import measure_month, measure_period
from warehouse.views_periods import periods
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


def _alerts() -> Select[tuple[object, ...]]:
    """Return each alert with the moment at which the last of its routes had it; null until then."""
    a, s = ALERT.c, ALERT_SENDING.c
    waits = func.sum(case((s.sent_at.is_(None), 1), else_=0))
    sent_at = case((waits == 0, func.max(s.sent_at)), else_=null())
    sent = (
        select(s.alert_id, type_coerce(sent_at, DateTime).label("sent_at"))
        .group_by(s.alert_id)
        .subquery("sent")
    )
    return select(
        a.id, a.kind, a.raised_at, a.source, a.period_code, a.delivery_id, a.release_id, a.detail,
        sent.c.sent_at,
    ).outerjoin(sent, sent.c.alert_id == a.id)  # fmt: skip


def _runs() -> Select[tuple[object, ...]]:
    return select(*(column for column in RUN.c))


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
        "csp_period_v1": periods(),
        "csp_delivery_v1": _deliveries(),
        "csp_delivery_month_v1": _delivery_months(),
        "csp_issue_v1": _issues(),
        "csp_rejected_row_v1": _rejected_rows(),
        "csp_hold_v1": _holds(),
        "csp_alert_v1": _alerts(),
        "csp_run_v1": _runs(),
        "csp_release_v1": releases(),
        "csp_release_cell_v1": release_cells(),
        "csp_revision_v1": revisions(),
    }


OURS = re.compile(r"csp_[a-z_]+_v[0-9]+")
"""The names of views for readers, of this program or an earlier one."""


def view_statements(conn: Connection) -> dict[str, str]:
    """Return the statement that makes each view."""
    texts = {
        name: str(q.compile(dialect=conn.dialect, compile_kwargs={"literal_binds": True}))
        for name, q in view_selects().items()
    }
    return {
        name: f"CREATE VIEW {name} AS {text.replace('%%', '%')}" for name, text in texts.items()
    }


def create_views(conn: Connection) -> None:
    """Make all views anew; readers see the old ones until the transaction ends."""
    for name, statement in view_statements(conn).items():
        conn.exec_driver_sql(f"DROP VIEW IF EXISTS {name}")
        conn.exec_driver_sql(statement)
        if not is_sqlite(conn):
            # PostgreSQL keeps a view in words of its own, by which it cannot be known again.
            conn.exec_driver_sql(f"COMMENT ON VIEW {name} IS '{_print_of(statement)}'")


def views_fit(conn: Connection) -> bool:
    """Say whether the views of a database are those that this program makes."""
    wanted = view_statements(conn)
    if is_sqlite(conn):
        stored = "SELECT name, sql FROM sqlite_master WHERE type = 'view'"
    else:
        wanted = {name: _print_of(statement) for name, statement in wanted.items()}
        stored = (
            "SELECT relname, obj_description(oid, 'pg_class') FROM pg_class "
            "WHERE relkind = 'v' AND relnamespace = current_schema()::regnamespace"
        )
    found = {name: made for name, made in conn.exec_driver_sql(stored)}
    return all(found.get(name) == made for name, made in wanted.items())


def _print_of(statement: str) -> str:
    return f"csp {hashlib.sha256(statement.encode()).hexdigest()[:16]}"


def views_there(conn: Connection) -> list[str]:
    """Return the views for readers that a database has, whichever version made them."""
    return [name for name in inspect(conn).get_view_names() if OURS.fullmatch(name)]


def drop_views(conn: Connection) -> None:
    """Drop all views for readers, so that the tables below them can be changed."""
    names = views_there(conn)
    if is_sqlite(conn):
        for name in names:
            conn.exec_driver_sql(f"DROP VIEW {name}")
    elif names:
        conn.exec_driver_sql(f"DROP VIEW {', '.join(names)}")
