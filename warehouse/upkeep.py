"""`csp migrate`: brings a database up to this program, in one transaction and without waiting long.

Whoever holds a lock that is needed is not waited for more than a few seconds: on PostgreSQL new
readers would queue up behind the waiting change.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.exc import DBAPIError

from schemas.areas import Area, Home
from schemas.words import listed
from warehouse.engine import (
    BUSY_SECONDS,
    EXPLAINS_ITSELF,
    WRITES,
    WarehouseError,
    is_sqlite,
    lock,
)
from warehouse.grants import Readers, grant_again, grant_readers, grants_of
from warehouse.mart import sync_reference
from warehouse.mart_budgets import fill_in
from warehouse.migrate import Step, steps_after, upgrade
from warehouse.state import Fit, State, reached, state_of
from warehouse.views import views_there

LOCK_SECONDS = 10
"""How long a migration waits for others to let go of what it must change."""

_WRITTEN = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(?:_alembic_tmp_)?(\w+)', re.I)
_LOCKED, _IN_USE, _NOT_ALLOWED = "55P03", "2BP01", "42501"


@dataclass(frozen=True)
class Migrated:
    """What was done: the state before and after, the steps, the rows written by table."""

    before: State
    after: State
    steps: tuple[Step, ...]
    rows: dict[str, int]
    readers: Readers | None = None


def bring_up(
    engine: Engine, home: Home, areas: Iterable[Area], readers: str | None = None
) -> Migrated:
    """Bring a database up to this program, and let a role read it; nothing is done in part.

    Raises `WarehouseError`, having changed nothing, for a database that is newer or another's, one
    that others hold on to, and where what must be done is not allowed.
    """
    rows: Counter[str] = Counter()
    with reached(engine), _told(engine), changing(engine) as conn:
        before = state_of(conn)
        if before.fit in (Fit.NEWER, Fit.FOREIGN):
            raise WarehouseError(before.sentence)
        steps = steps_after(before.found)
        if before.fit is not Fit.READY:
            grants, views = grants_of(conn), views_there(conn)
            with _counted(conn, rows):
                upgrade(conn)
            grant_again(conn, grants, views)
        granted = None if readers is None else grant_readers(conn, readers)
        fill_in(conn)
        sync_reference(conn, home, areas)
        return Migrated(before, state_of(conn), steps, dict(rows), granted)


@contextmanager
def changing(engine: Engine) -> Iterator[Connection]:
    """Give a connection in a transaction in which tables can be changed.

    SQLite changes a table by copying it, which its foreign keys would take for the loss of all
    rows; they are checked at the end instead, as its documentation says. Views of others that read
    ours are let be: those come back under their names.
    """
    with engine.connect().execution_options(**WRITES, **EXPLAINS_ITSELF) as conn:
        driver: Any = conn.connection.driver_connection
        if is_sqlite(conn):
            driver.execute("PRAGMA foreign_keys = OFF")
            driver.execute("PRAGMA legacy_alter_table = ON")
            driver.execute(f"PRAGMA busy_timeout = {LOCK_SECONDS * 1000}")
        try:
            with conn.begin():
                if not is_sqlite(conn):
                    conn.exec_driver_sql(f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'")
                lock(conn, "prepare")
                yield conn
                if is_sqlite(conn):
                    _check_keys(conn)
        finally:
            if is_sqlite(conn):
                driver.execute("PRAGMA foreign_keys = ON")
                driver.execute("PRAGMA legacy_alter_table = OFF")
                driver.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")


def _check_keys(conn: Connection) -> None:
    tables = {row[0] for row in conn.exec_driver_sql("PRAGMA foreign_key_check")}
    if tables:
        raise WarehouseError(
            f"Nothing was changed: rows of {listed(sorted(tables))} point to rows that are not "
            "there. Go back to a backup."
        )


@contextmanager
def _counted(conn: Connection, rows: Counter[str]) -> Iterator[None]:
    """Count the rows that statements write, by table; Alembic's own note of its step is none."""

    def note(
        _conn: Connection, cursor: Any, statement: str, _given: Any, _context: Any, _many: bool
    ) -> None:
        written = _WRITTEN.match(statement)
        if written and cursor.rowcount > 0 and written[1] != "alembic_version":
            rows[written[1]] += cursor.rowcount

    event.listen(conn, "after_cursor_execute", note)
    try:
        yield
    finally:
        event.remove(conn, "after_cursor_execute", note)


@contextmanager
def _told(engine: Engine) -> Iterator[None]:
    """Say in a sentence what kept a change from being made; it was undone as a whole."""
    try:
        yield
    except DBAPIError as error:
        code = getattr(error.orig, "sqlstate", "") or ""
        if code == _LOCKED or "database is locked" in str(error.orig):
            raise WarehouseError(_who_holds(engine)) from None
        if code == _IN_USE:
            raise WarehouseError(_who_builds_on(engine)) from None
        if code == _NOT_ALLOWED:
            raise WarehouseError(
                "Nothing was changed: the role that csp connects as may not do that. An "
                "administrator can make the role for readers (CREATE ROLE name NOLOGIN), after "
                "which csp migrate grants it what it needs."
            ) from None
        raise


def _who_holds(engine: Engine) -> str:
    sentence = (
        f"Nothing was changed: others use the warehouse and did not let go of it in {LOCK_SECONDS} "
        "seconds"
    )
    if not is_sqlite(engine):
        with engine.connect() as conn:
            found = conn.execute(text(_HOLDERS)).all()
        named = ", ".join(f"{role} ({state}, process {pid})" for pid, role, state in found)
        sentence += f": {named}" if named else ""
    return f"{sentence}. Run csp migrate again once they are done."


_HOLDERS = """
    SELECT DISTINCT a.pid, a.usename, coalesce(a.state, 'unknown')
    FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
    WHERE l.granted AND a.pid <> pg_backend_pid()
      AND (l.locktype = 'advisory' OR l.relation IN (
          SELECT oid FROM pg_class
          WHERE relkind IN ('r', 'v') AND relnamespace = current_schema()::regnamespace))
      AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
    ORDER BY 1
"""


def _who_builds_on(engine: Engine) -> str:
    with engine.connect() as conn:
        names = conn.execute(text(_BUILT_ON)).scalars().all()
    return (
        f"Nothing was changed: {', '.join(names)} is built on what must be made anew. Drop it, run "
        "csp migrate, and make it again."
    )


_BUILT_ON = r"""
    SELECT DISTINCT outer_.relname
    FROM pg_depend d
    JOIN pg_rewrite r ON r.oid = d.objid AND d.classid = 'pg_rewrite'::regclass
    JOIN pg_class outer_ ON outer_.oid = r.ev_class
    JOIN pg_class inner_ ON inner_.oid = d.refobjid AND d.refclassid = 'pg_class'::regclass
    WHERE inner_.relnamespace = current_schema()::regnamespace AND outer_.oid <> inner_.oid
      AND outer_.relname !~ '^csp_[a-z_]+_v[0-9]+$'
    ORDER BY 1
"""
