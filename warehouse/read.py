"""What reports and flows ask of the warehouse, through the readers' views and nothing else."""

from array import array
from collections.abc import Collection
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Date,
    DateTime,
    Engine,
    Integer,
    Select,
    column,
    func,
    select,
    table,
)
from sqlalchemy.sql import ColumnElement

from schemas.official import DIFFERS
from schemas.period import Month, Span
from schemas.rules import Response

_AREAS = table("csp_area_v1", column("code"), column("name"))
_DELIVERY = table(
    "csp_delivery_v1",
    column("id", Integer), column("source"), column("layout"), column("extent"),
    column("file_name"), column("sha256"), column("size_bytes", Integer),
    column("received_at", DateTime), column("status"),
    column("first_month", Date), column("last_month", Date), column("rows_read", Integer),
    column("rows_accepted", Integer), column("rows_rejected", Integer),
    column("rows_new", Integer), column("rows_unchanged", Integer),
    column("rows_superseded", Integer), column("rows_changed", Integer),
    column("rows_vanished", Integer), column("program_version"),
    column("bytes_removed_at", DateTime), column("again_by"), column("again_because"),
)  # fmt: skip
_ISSUE = table(
    "csp_issue_v1",
    column("delivery_id", Integer), column("source_row", Integer), column("field"),
    column("header"), column("rule"), column("response"), column("expected"),
)  # fmt: skip
_DELIVERY_MONTH = table(
    "csp_delivery_month_v1",
    column("delivery_id", Integer), column("month", Date), column("row_count", Integer),
)  # fmt: skip

_HOLD = table(
    "csp_hold_v1",
    column("id", Integer), column("delivery_id", Integer), column("source"), column("extent"),
    column("file_name"), column("rule"), column("detail"), column("first_month", Date),
    column("last_month", Date), column("is_year_only", Boolean), column("raised_at", DateTime),
    column("released_at", DateTime), column("released_by"), column("released_because"),
    column("ended_by_id", Integer),
)  # fmt: skip
_REJECTED = table(
    "csp_rejected_row_v1", column("delivery_id", Integer), column("source_row", Integer)
)


@dataclass(frozen=True)
class DeliveryLine:
    """One received file as the reports and the status show it."""

    id: int
    source: str
    extent: str
    file_name: str
    sha256: str
    received_at: datetime
    status: str
    first_month: date | None
    last_month: date | None
    rows_read: int
    rows_accepted: int
    rows_rejected: int

    def covers(self, span: Span) -> bool:
        """Say whether the file was accepted for a month of the span."""
        return (
            self.status == "accepted"
            and self.first_month is not None
            and self.last_month is not None
            and self.first_month <= span.last.start
            and self.last_month >= span.first.start
        )

    def months(self) -> Span | tuple[()]:
        """Return the months that the file covers; none where it is not known."""
        if self.first_month is None or self.last_month is None:
            return ()
        return Span(Month.of(self.first_month), Month.of(self.last_month))

    def covers_month(self, month: Month) -> bool:
        """Say whether the file was accepted for this month."""
        return self.covers(Span(month, month))


@dataclass(frozen=True)
class IssueLine:
    """One rule broken in one delivery, with how often and where first."""

    delivery_id: int
    rule: str
    header: str
    expected: str
    rows: int
    first_row: int | None


@dataclass(frozen=True)
class HoldLine:
    """One hold: what it is about, and what became of it.

    `is_replaced` says that later deliveries have replaced all its months, or that figures which
    were held against official ones are others since the delivery `ended_by_id`: there is nothing
    left to hold.
    """

    id: int
    delivery_id: int
    source: str
    extent: str
    file_name: str
    rule: str
    detail: str
    first_month: date
    last_month: date
    is_year_only: bool
    raised_at: datetime
    released_at: datetime | None
    released_by: str | None
    released_because: str | None
    ended_by_id: int | None = None
    is_replaced: bool = False

    @property
    def span(self) -> Span:
        """The months whose figures it holds."""
        return Span(Month.of(self.first_month), Month.of(self.last_month))

    @property
    def stands(self) -> bool:
        """True while it keeps figures from being published."""
        return self.released_at is None and not self.is_replaced


@dataclass(frozen=True)
class RejectedLine:
    """One reason for which one row of a delivery was rejected."""

    delivery_id: int
    file_name: str
    source: str
    source_row: int
    header: str
    rule: str
    expected: str


@dataclass(frozen=True)
class DeliveryRecord:
    """One received file with all that was noted when it came.

    `bytes_removed_at` is when retention removed its bytes (UTC); None while they are kept. Of a
    file that had been replaced and was taken again, `again_by` and `again_because` say on whose
    decision, and why.
    """

    line: DeliveryLine
    layout: str
    size_bytes: int
    rows_new: int
    rows_unchanged: int
    rows_superseded: int
    program_version: str
    bytes_removed_at: datetime | None
    again_by: str | None
    again_because: str | None

    @property
    def again(self) -> str:
        """On whose decision it was taken again, in a sentence; "" where it just came."""
        if self.again_by is None:
            return ""
        return (
            "It had come before and was replaced; it was taken again by decision of "
            f"{self.again_by}: {self.again_because}"
        )


@dataclass(frozen=True)
class IssueRows:
    """One rule broken in one field of a delivery, with every row; None for the whole file."""

    rule: str
    field: str
    header: str
    expected: str
    rows: "array[int] | None"


def area_names(engine: Engine) -> dict[str, str]:
    """Return the printed name of each area code that the warehouse knows."""
    with engine.connect() as conn:
        return {code: name for code, name in conn.execute(select(_AREAS.c.code, _AREAS.c.name))}


def _lines(*more: ColumnElement[Any]) -> Select[Any]:
    """Select what a `DeliveryLine` is made of, and more columns after it."""
    c = _DELIVERY.c
    return select(
        c.id, c.source, c.extent, c.file_name, c.sha256, c.received_at, c.status, c.first_month,
        c.last_month, c.rows_read, c.rows_accepted, c.rows_rejected, *more,
    )  # fmt: skip


def deliveries(engine: Engine) -> list[DeliveryLine]:
    """Return every delivery in the order of receipt."""
    with engine.connect() as conn:
        return [DeliveryLine(*row) for row in conn.execute(_lines().order_by(_DELIVERY.c.id))]


def delivery_record(engine: Engine, delivery_id: int) -> DeliveryRecord | None:
    """Return all that was noted of one delivery; None if there is none of this number."""
    c = _DELIVERY.c
    query = _lines(
        c.layout,
        c.size_bytes,
        c.rows_new,
        c.rows_unchanged,
        c.rows_superseded,
        c.program_version,
        c.bytes_removed_at,
        c.again_by,
        c.again_because,
    ).where(c.id == delivery_id)
    size = len(fields(DeliveryLine))
    with engine.connect() as conn:
        row = conn.execute(query).first()
    return None if row is None else DeliveryRecord(DeliveryLine(*row[:size]), *row[size:])


def deliveries_up_to(engine: Engine, line: DeliveryLine, limit: int) -> list[DeliveryLine]:
    """Return a delivery and those of its source and extent before it, the oldest first."""
    c = _DELIVERY.c
    query = (
        _lines()
        .where(c.source == line.source, c.extent == line.extent, c.id <= line.id)
        .order_by(c.id.desc())
        .limit(limit)
    )
    with engine.connect() as conn:
        return [DeliveryLine(*row) for row in conn.execute(query)][::-1]


def issue_rows(engine: Engine, delivery_id: int) -> list[IssueRows]:
    """Return what was found in a delivery, with every row number: four bytes a finding."""
    c = _ISSUE.c
    query = select(c.rule, c.field, c.header, c.expected, c.source_row).where(
        c.delivery_id == delivery_id
    )
    found: dict[tuple[str, str, str, str], array[int]] = {}
    of_file: dict[tuple[str, str, str, str], None] = {}
    with engine.connect().execution_options(yield_per=50_000) as conn:
        for rule, name, header, expected, row in conn.execute(query):
            place = (rule, name, header, expected)
            if row is None:
                of_file[place] = None
            else:
                found.setdefault(place, array("i")).append(row)
    return [
        *(IssueRows(*place, None) for place in of_file),
        *(IssueRows(*place, rows) for place, rows in found.items()),
    ]


def rows_by_month(engine: Engine, delivery_id: int) -> list[tuple[Month, int]]:
    """Return how many rows of each month were accepted from a delivery."""
    c = _DELIVERY_MONTH.c
    query = select(c.month, c.row_count).where(c.delivery_id == delivery_id).order_by(c.month)
    with engine.connect() as conn:
        return [(Month.of(day), int(rows)) for day, rows in conn.execute(query) if rows]


def accepted_by_month(engine: Engine) -> dict[tuple[int, Month], int]:
    """Return how many rows were accepted from each delivery for each of its months."""
    c = _DELIVERY_MONTH.c
    query = select(c.delivery_id, c.month, c.row_count)
    with engine.connect() as conn:
        found = conn.execute(query).all()
    return {(number, Month.of(day)): int(rows or 0) for number, day, rows in found}


def changed_nothing(engine: Engine) -> set[int]:
    """Return the deliveries whose records were all there already, to the last cell."""
    c = _DELIVERY.c
    query = select(c.id).where(
        c.status == "accepted", c.rows_new == 0, c.rows_changed == 0, c.rows_vanished == 0
    )
    with engine.connect() as conn:
        return set(conn.execute(query).scalars())


def issues(engine: Engine, delivery_ids: Collection[int]) -> list[IssueLine]:
    """Return what was found in some deliveries, a line a rule and heading."""
    c = _ISSUE.c
    query = (
        select(c.delivery_id, c.rule, c.header, c.expected, func.count(), func.min(c.source_row))
        .where(c.delivery_id.in_(delivery_ids))
        .group_by(c.delivery_id, c.rule, c.header, c.expected)
        .order_by(c.delivery_id, func.count().desc(), c.rule, c.header)
    )
    with engine.connect() as conn:
        return [IssueLine(*row) for row in conn.execute(query)]


def standing_deliveries(received: Collection[DeliveryLine]) -> set[int]:
    """Return the accepted deliveries that are the last one for at least a month."""
    last: dict[tuple[str, str, Month], int] = {}
    for d in sorted(received, key=lambda d: d.id):
        if d.status == "accepted":
            last |= {(d.source, d.extent, month): d.id for month in d.months()}
    return set(last.values())


def holds(engine: Engine) -> list[HoldLine]:
    """Return every hold, standing or not, in the order in which they were raised."""
    c = _HOLD.c
    query = select(
        c.id, c.delivery_id, c.source, c.extent, c.file_name, c.rule, c.detail, c.first_month,
        c.last_month, c.is_year_only, c.raised_at, c.released_at, c.released_by,
        c.released_because, c.ended_by_id,
    ).order_by(c.id)  # fmt: skip
    with engine.connect() as conn:
        found = [HoldLine(*row) for row in conn.execute(query)]
    if not found:
        return []
    received = deliveries(engine)
    return [replace(hold, is_replaced=_is_replaced(hold, received)) for hold in found]


def _is_replaced(hold: HoldLine, received: Collection[DeliveryLine]) -> bool:
    if hold.rule == DIFFERS:
        return hold.ended_by_id is not None
    later = {
        month
        for d in received
        if d.id > hold.delivery_id
        and (d.source, d.extent, d.status) == (hold.source, hold.extent, "accepted")
        for month in d.months()
    }
    return all(month in later for month in hold.span)


def rejected_rows(engine: Engine, *, is_open: bool = True) -> list[RejectedLine]:
    """Return every reason for which rows of accepted deliveries were rejected.

    With `is_open`, only those of deliveries that no later ones have replaced altogether.
    """
    standing = standing_deliveries(deliveries(engine))
    issue, row, delivery = _ISSUE.c, _REJECTED.c, _DELIVERY.c
    query = (
        select(
            delivery.id, delivery.file_name, delivery.source, row.source_row, issue.header,
            issue.rule, issue.expected,
        )
        .select_from(_DELIVERY)
        .join(_REJECTED, row.delivery_id == delivery.id)
        .join(
            _ISSUE, (issue.delivery_id == row.delivery_id) & (issue.source_row == row.source_row)
        )
        .where(delivery.status == "accepted", issue.response == Response.REJECT_ROW.value)
        .order_by(delivery.id, row.source_row, issue.rule, issue.header)
    )  # fmt: skip
    with engine.connect() as conn:
        found = [RejectedLine(*line) for line in conn.execute(query)]
    return [line for line in found if line.delivery_id in standing or not is_open]
