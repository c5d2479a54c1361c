"""The record of deliveries: what is known of one, what became of it, and what was found in it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, RowMapping, delete, func, insert, select, update

from schemas.findings import Finding
from schemas.issues import Issue, LawBroken, response_of
from schemas.period import Month, Span
from schemas.thresholds import Thresholds
from warehouse.tables import DELIVERY, ISSUE

if TYPE_CHECKING:
    import pandas as pd

    from warehouse.mart import Reach


@dataclass(frozen=True)
class Judging:
    """By what limits a delivery is judged as a whole, and when it was due (see `due_on`)."""

    limits: Thresholds = field(default_factory=Thresholds)
    due_days: int | None = None


@dataclass(frozen=True)
class Again:
    """A decision that a file which a later one has replaced is to stand again: whose, and why."""

    by: str
    because: str


@dataclass(frozen=True)
class Parcel:
    """What is known of a delivery before its rows are read.

    `headers` gives the partner's heading of each field, for issues. `source` and the rest of what
    recognition tells are empty when the file could not be recognised. `again` is the decision that
    it is to stand again, should another file have replaced it.
    """

    file_name: str
    sha256: str
    size_bytes: int
    received_at: datetime
    program_version: str
    source: str = ""
    layout: str = ""
    reach: "Reach | None" = None
    span: Span | None = None
    headers: dict[str, str] | None = None
    file_issues: tuple[Issue, ...] = ()
    judging: Judging = field(default_factory=Judging)
    corrections_sha256: str = ""
    again: Again | None = None


@dataclass(frozen=True)
class Loaded:
    """What became of a delivery. `is_known` means that it had been received before: a no-op.

    Accepted rows are new, changed or unchanged; superseded are the old versions of changed ones,
    and what vanished. `changed` and `vanished` are None for a delivery of an earlier program, which
    counted what changed as new. `is_replaced` says of a known delivery that a later file has
    replaced at least a month of it since. `again` is the decision by which a replaced one was taken
    again: then it is a delivery of its own. `bytes_removed_at` says of one whose bytes retention
    had removed that they were not kept again (UTC: when they were removed).
    `alarms` counts the rows that break a rule of which a person must hear at once.
    """

    delivery_id: int
    file_name: str
    source: str
    status: str
    span: Span | None
    read: int = 0
    accepted: int = 0
    rejected: int = 0
    new: int = 0
    unchanged: int = 0
    superseded: int = 0
    changed: int | None = 0
    vanished: int | None = 0
    is_known: bool = False
    is_replaced: bool = False
    again: Again | None = None
    bytes_removed_at: datetime | None = None
    issues: tuple[Issue, ...] = ()
    holds: tuple[Finding, ...] = ()
    alarms: tuple[tuple[str, int], ...] = ()


def find_accepted(conn: Connection, parcel: Parcel) -> Loaded | None:
    """Return the delivery of these very bytes for these months if it was accepted before.

    The same bytes with other corrections on record are another delivery.

    It stays a no-op even when another file has replaced it since, or an inbox that holds both
    would change the warehouse at every run; `is_replaced` says so. Of one that was taken again it
    is the last time that counts.
    """
    if parcel.span is None or parcel.reach is None:
        return None
    row = (
        conn.execute(
            select(DELIVERY)
            .where(
                DELIVERY.c.status == "accepted",
                DELIVERY.c.source == parcel.source,
                DELIVERY.c.extent == parcel.reach.extent.code,
                DELIVERY.c.sha256 == parcel.sha256,
                DELIVERY.c.corrections_sha256 == parcel.corrections_sha256,
                DELIVERY.c.first_month == parcel.span.first.start,
                DELIVERY.c.last_month == parcel.span.last.start,
            )
            .order_by(DELIVERY.c.id.desc())
        )
        .mappings()
        .first()
    )
    return None if row is None else _known(conn, row)


def find_unchanged(engine: Engine, parcel: Parcel, extents: Collection[str]) -> Loaded | None:
    """Return the delivery of this name and these bytes, if it would be read as it was then.

    That is so where the same program accepted it, for an area that is still one of ours, and no
    correction was made to it. Spares all work on files that stay in an inbox.
    """
    query = (
        select(DELIVERY)
        .where(
            DELIVERY.c.status == "accepted",
            DELIVERY.c.file_name == parcel.file_name,
            DELIVERY.c.sha256 == parcel.sha256,
            DELIVERY.c.program_version == parcel.program_version,
            DELIVERY.c.corrections_sha256 == "",
            DELIVERY.c.extent.in_(extents),
        )
        .order_by(DELIVERY.c.id.desc())
    )
    with engine.connect() as conn:
        row = conn.execute(query).mappings().first()
        return None if row is None else _known(conn, row)


def has_name_and_size(engine: Engine, file_name: str, size_bytes: int) -> bool:
    """Say whether a file of this name and size was received before: it may be the same again."""
    query = select(DELIVERY.c.id).where(
        DELIVERY.c.file_name == file_name, DELIVERY.c.size_bytes == size_bytes
    )
    with engine.connect() as conn:
        return conn.execute(query).first() is not None


def received_at(engine: Engine, delivery_id: int) -> datetime:
    """Return when a delivery was received (UTC)."""
    with engine.connect() as conn:
        return conn.execute(
            select(DELIVERY.c.received_at).where(DELIVERY.c.id == delivery_id)
        ).scalar_one()


def removed_at(engine: Engine, sha256: str) -> datetime | None:
    """Return when retention removed these bytes; None while a delivery of them still has them."""
    query = select(DELIVERY.c.bytes_removed_at).where(DELIVERY.c.sha256 == sha256)
    with engine.connect() as conn:
        removed = conn.execute(query).scalars().all()
    known = [moment for moment in removed if moment is not None]
    return max(known) if known and len(known) == len(removed) else None


def _known(conn: Connection, row: RowMapping) -> Loaded:
    later = conn.execute(
        select(DELIVERY.c.id).where(
            DELIVERY.c.status == "accepted",
            DELIVERY.c.source == row["source"],
            DELIVERY.c.extent == row["extent"],
            DELIVERY.c.id > row["id"],
            DELIVERY.c.first_month <= row["last_month"],
            DELIVERY.c.last_month >= row["first_month"],
        )
    ).first()
    return Loaded(
        row["id"], row["file_name"], row["source"], row["status"],
        Span(Month.of(row["first_month"]), Month.of(row["last_month"])), row["rows_read"],
        row["rows_accepted"], row["rows_rejected"], row["rows_new"], row["rows_unchanged"],
        row["rows_superseded"], row["rows_changed"], row["rows_vanished"],
        is_known=True, is_replaced=later is not None,
    )  # fmt: skip


def in_order(conn: Connection, parcel: Parcel) -> Parcel:
    """Return a parcel received no earlier than any before it of its source.

    Of two loads at once the first through the lock may have been picked up last, and clocks are
    set back; what stood at a moment is told by these times.
    """
    latest = conn.execute(
        select(func.max(DELIVERY.c.received_at)).where(DELIVERY.c.source == parcel.source)
    ).scalar()
    if latest is None or latest <= parcel.received_at:
        return parcel
    return replace(parcel, received_at=latest)


def insert_delivery(conn: Connection, parcel: Parcel) -> int:
    """Record a delivery as accepted, with its counts still at 0, and return its number."""
    span, reach = parcel.span, parcel.reach
    result = conn.execute(
        insert(DELIVERY).values(
            source=parcel.source,
            layout=parcel.layout,
            extent=reach.extent.code if reach else "",
            file_name=parcel.file_name,
            sha256=parcel.sha256,
            size_bytes=parcel.size_bytes,
            received_at=parcel.received_at,
            status="accepted",
            first_month=span.first.start if span else None,
            last_month=span.last.start if span else None,
            rows_read=0,
            rows_accepted=0,
            rows_rejected=0,
            rows_new=0,
            rows_unchanged=0,
            rows_superseded=0,
            rows_changed=0,
            rows_vanished=0,
            program_version=parcel.program_version,
            corrections_sha256=parcel.corrections_sha256,
            again_by=parcel.again.by if parcel.again else None,
            again_because=parcel.again.because if parcel.again else None,
        )
    )
    key = result.inserted_primary_key
    if key is None:
        raise LawBroken("the database gave a delivery no number")
    return int(key[0])


def find_refused(conn: Connection, parcel: Parcel) -> int | None:
    """Return the number under which these very bytes of this name were refused before."""
    found: int | None = conn.execute(
        select(DELIVERY.c.id).where(
            DELIVERY.c.sha256 == parcel.sha256,
            DELIVERY.c.file_name == parcel.file_name,
            DELIVERY.c.status == "rejected",
        )
    ).scalar()
    return found


def refused(parcel: Parcel, delivery_id: int, issues: tuple[Issue, ...], read: int = 0) -> Loaded:
    """Return what became of a refused delivery: all rows that it is known to have are rejected."""
    return Loaded(
        delivery_id, parcel.file_name, parcel.source, "rejected", parcel.span,
        read, rejected=read, issues=issues,
    )  # fmt: skip


def mark_refused(
    conn: Connection, delivery_id: int, issues: tuple[Issue, ...], read: int = 0
) -> None:
    """Turn a recorded delivery into a refused one, with its reasons."""
    conn.execute(
        update(DELIVERY)
        .where(DELIVERY.c.id == delivery_id)
        .values(status="rejected", rows_read=read, rows_rejected=read)
    )
    insert_file_issues(conn, delivery_id, issues)


def forget_delivery(conn: Connection, delivery_id: int) -> None:
    """Take back a delivery recorded a moment ago that was refused before in just this way."""
    conn.execute(delete(DELIVERY).where(DELIVERY.c.id == delivery_id))


def insert_file_issues(conn: Connection, delivery_id: int, issues: Iterable[Issue]) -> None:
    """Record what was found of a whole file or of its columns."""
    rows = [
        {
            "delivery_id": delivery_id,
            "source_row": issue.row,
            "field": "",
            "header": issue.column,
            "rule": issue.rule,
            "response": response_of(issue.rule).value,
            "expected": issue.expected,
        }
        for issue in issues
    ]
    if rows:
        conn.execute(insert(ISSUE), rows)


def insert_row_issues(
    conn: Connection, delivery_id: int, issues: "pd.DataFrame", parcel: Parcel
) -> None:
    """Record what was found in rows; many at a time."""
    import numpy as np  # noqa: PLC0415
    import pandas as pd  # noqa: PLC0415

    from warehouse import bulk  # noqa: PLC0415 - not for those who look a delivery up

    headers = parcel.headers or {}
    rules = issues["rule"].astype("category")
    fields = issues["column"].astype("category")
    named = {field: headers.get(field, field) for field in fields.cat.categories}
    answers = {rule: response_of(rule).value for rule in rules.cat.categories}
    bulk.insert(
        conn,
        ISSUE,
        {
            "delivery_id": pd.Series(np.full(len(issues), delivery_id)),
            "source_row": issues["row"].reset_index(drop=True),
            "field": fields.reset_index(drop=True),
            "header": fields.map(named).astype("category").reset_index(drop=True),
            "rule": rules.reset_index(drop=True),
            "response": rules.map(answers).astype("category").reset_index(drop=True),
            "expected": pd.Series([""] * len(issues), dtype="category"),
        },
    )
