"""Retention: which archived bytes and personal cells are past the agreed age, and what is recorded.

Only bytes and the columns of privacy class personal go. Facts, figures, releases and the record of
the delivery stay, so that every number stands as it stood and is traced to the same row numbers.

The database is written first, and files are removed afterwards. A `kill -9` between the two leaves
files of which it is recorded that they are removed: the next run finds and removes them, and has
nothing more to record. In the other order bytes would be gone of which the database says that they
are there, and nobody could tell retention from a damaged archive.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Connection, Engine, Row, func, insert, or_, select, update
from sqlalchemy.sql import ColumnElement

from schemas.records import RECORDS
from schemas.records.base import personal_fields
from warehouse.engine import WRITES, is_sqlite, lock
from warehouse.tables import DELIVERY, PURGE, fact_table


@dataclass(frozen=True)
class Order:
    """What was received before a day is to go; `by` answers for it, `at` is now (UTC)."""

    older_than: date
    by: str
    at: datetime


@dataclass(frozen=True)
class InArchive:
    """One file that lies in the archive, and the day on which it was last put there."""

    size: int
    kept_on: date


Archived = Mapping[str, InArchive]
"""The files of the archive by name: the SHA-256 of their bytes, for all that are whole."""


@dataclass(frozen=True)
class Due:
    """One delivery past the agreed age; `needed_by` is a younger one of the same bytes, or 0."""

    id: int
    file_name: str
    received_at: datetime
    sha256: str
    needed_by: int = 0


@dataclass(frozen=True)
class PersonalCells:
    """Cells of one personal column that are not blank, in rows received before the day."""

    source: str
    column: str
    count: int


@dataclass(frozen=True)
class Plan:
    """What retention would do, or has done.

    `going` are the deliveries whose bytes go, `needed` those whose bytes a younger one needs, and
    `absent` accepted ones whose bytes are not there though nobody removed them: that is damage.
    `files` belong to what is going; `leftover` were recorded as removed by an earlier run; `strays`
    belong to no delivery (a run broke off before it could record one). All are names of files.
    """

    going: tuple[Due, ...]
    needed: tuple[Due, ...]
    absent: tuple[Due, ...]
    files: frozenset[str]
    leftover: frozenset[str]
    strays: frozenset[str]
    cells: tuple[PersonalCells, ...]

    @property
    def has_something_to_record(self) -> bool:
        """False where all that is left to do is recorded already."""
        return bool(self.going or self.strays or self.cells)

    @property
    def names(self) -> list[str]:
        """Every file that goes."""
        return sorted(self.files | self.leftover | self.strays)


def plan(engine: Engine, older_than: date, archived: Archived) -> Plan:
    """Return what retention would do, and change nothing."""
    with engine.connect() as conn:
        return _plan(conn, older_than, archived)


def record(engine: Engine, order: Order, archived: Archived) -> Plan:
    """Record what retention does, and blank personal cells; the caller removes the files then.

    All in one transaction; where there is nothing to do, or it is recorded already, nothing is
    written.
    """
    with engine.connect().execution_options(**WRITES) as conn, conn.begin():
        lock(conn, "purge")
        found = _plan(conn, order.older_than, archived)
        if not found.has_something_to_record:
            return found
        if found.cells and is_sqlite(conn):
            # Else the old text would stay readable in the file until its place is used again.
            conn.exec_driver_sql("PRAGMA secure_delete = ON")
        for source in dict.fromkeys(cells.source for cells in found.cells):
            _blank(conn, source, order.older_than)
        if found.going:
            conn.execute(
                update(DELIVERY)
                .where(DELIVERY.c.sha256.in_(found.files), DELIVERY.c.bytes_removed_at.is_(None))
                .values(bytes_removed_at=order.at)
            )
        counted = found.files | found.strays
        conn.execute(
            insert(PURGE).values(
                purged_at=order.at,
                older_than=order.older_than,
                purged_by=order.by,
                files_removed=len(counted),
                bytes_removed=sum(archived[name].size for name in counted),
                cells_blanked=sum(cells.count for cells in found.cells),
            )
        )
    if found.cells and is_sqlite(engine):
        _empty_the_log(engine)
    return found


# --- what is past the age ---------------------------------------------------------------------


def _plan(conn: Connection, older_than: date, archived: Archived) -> Plan:
    going: list[Due] = []
    needed: list[Due] = []
    absent: list[Due] = []
    leftover: set[str] = set()
    d = DELIVERY.c
    by_bytes: dict[str, list[Row[Any]]] = {}
    for row in conn.execute(
        select(d.id, d.file_name, d.received_at, d.sha256, d.status, d.bytes_removed_at)
        .order_by(d.id)
    ):  # fmt: skip
        by_bytes.setdefault(row.sha256, []).append(row)
    before = datetime.combine(older_than, time.min)
    for sha256, rows in by_bytes.items():
        there = [row for row in rows if row.bytes_removed_at is None]
        old = [row for row in there if row.received_at < before]
        young = [row.id for row in there if row.received_at >= before]
        if sha256 not in archived:
            # What was refused at the door was never kept, so that it cannot be missed.
            absent += [_due(row) for row in old if row.status == "accepted"]
        elif not there:
            leftover.add(sha256)
        elif young:
            needed += [_due(row, young[0]) for row in old]
        else:
            going += [_due(row) for row in old]
    strays = {
        name for name, file in archived.items()
        if name not in by_bytes and file.kept_on < older_than
    }  # fmt: skip
    return Plan(
        tuple(sorted(going, key=lambda due: due.id)),
        tuple(sorted(needed, key=lambda due: due.id)),
        tuple(sorted(absent, key=lambda due: due.id)),
        frozenset(due.sha256 for due in going),
        frozenset(leftover),
        frozenset(strays),
        tuple(_personal_cells(conn, older_than)),
    )


def _due(row: Row[Any], needed_by: int = 0) -> Due:
    return Due(row.id, row.file_name, row.received_at, row.sha256, needed_by)


# --- personal cells ---------------------------------------------------------------------------


def _of_old_rows(source: str, older_than: date) -> ColumnElement[bool]:
    old = select(DELIVERY.c.id).where(
        DELIVERY.c.received_at < datetime.combine(older_than, time.min)
    )
    return fact_table(source).c.delivery_id.in_(old)


def _personal_cells(conn: Connection, older_than: date) -> list[PersonalCells]:
    found = []
    for source, kept in RECORDS.items():
        fact = fact_table(source)
        for name in personal_fields(kept):
            query = select(func.count(fact.c[name])).where(_of_old_rows(source, older_than))
            if count := conn.execute(query).scalar_one():
                found.append(PersonalCells(source, name, count))
    return found


def _blank(conn: Connection, source: str, older_than: date) -> None:
    """Blank the personal columns of every version of a row, whatever has replaced it since.

    A row is known again by its hashes, so that the same file sent again brings nothing back.
    """
    fact, names = fact_table(source), personal_fields(RECORDS[source])
    conn.execute(
        update(fact)
        .where(
            _of_old_rows(source, older_than),
            or_(*(fact.c[name].is_not(None) for name in names)),
        )
        .values(dict.fromkeys(names))
    )


def _empty_the_log(engine: Engine) -> None:
    """Bring SQLite's log into the file and empty it: it holds pages as they were before."""
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()
