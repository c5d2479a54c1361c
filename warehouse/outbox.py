"""The outbox: alerts stand in the warehouse from the moment of their cause until they are sent.

An alert is written in the transaction of its cause, once a cause. By which routes it must go is
decided when it is first taken up for sending; a sender claims it for some minutes, so that two
senders do not send it twice, and one that is killed leaves it to the next.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, Select, and_, func, insert, or_, select, update

from schemas.alerts import REJECTED_ROWS, AlertKind
from schemas.issues import Issue
from schemas.rules import RULES
from warehouse.engine import WRITES, lock
from warehouse.tables import ALERT, ALERT_SENDING

LEASE = timedelta(minutes=5)
"""How long a sender has an alert to itself: longer than a mail server is waited for."""
DIRECT = "direct"
"""The route of what was sent past the outbox."""


@dataclass(frozen=True)
class Alert:
    """What a person must hear of. `cause` is what it is told once of; `detail` is in our words."""

    kind: AlertKind
    cause: str
    detail: str = ""
    delivery_id: int | None = None
    release_id: int | None = None
    source: str = ""
    period_code: str = ""


@dataclass(frozen=True)
class AlertLine:
    """One alert of the outbox, with its number and when it was raised (UTC)."""

    id: int
    raised_at: datetime
    alert: Alert


@dataclass(frozen=True)
class Waiting:
    """One alert that must still go by one route; `tries` are those before."""

    line: AlertLine
    route: str
    tries: int


def raise_alert(conn: Connection, alert: Alert, at: datetime) -> bool:
    """Write an alert down in the transaction of its cause; False where it was told before."""
    if conn.execute(select(ALERT.c.id).where(ALERT.c.cause == alert.cause)).first():
        return False
    conn.execute(
        insert(ALERT).values(
            kind=alert.kind.value,
            cause=alert.cause,
            raised_at=at,
            delivery_id=alert.delivery_id,
            release_id=alert.release_id,
            source=alert.source,
            period_code=alert.period_code,
            detail=alert.detail,
        )
    )
    return True


def raise_alerts(
    engine: Engine, alerts: Iterable[Alert], at: datetime, *, is_sent: bool = False
) -> int:
    """Write alerts down whose cause is no change of the warehouse; return how many are new.

    Those that were sent already, while the warehouse was out, are only kept.
    """
    wanted = list(alerts)
    if not wanted:
        return 0
    with engine.connect().execution_options(**WRITES) as conn, conn.begin():
        lock(conn, "outbox")
        new = [alert.cause for alert in wanted if raise_alert(conn, alert, at)]
        if is_sent and new:
            numbers = conn.execute(select(ALERT.c.id).where(ALERT.c.cause.in_(new))).scalars()
            rows = [
                {"alert_id": n, "route": DIRECT, "tries": 1, "failure": "", "sent_at": at}
                for n in numbers.all()
            ]
            conn.execute(insert(ALERT_SENDING), rows)
        return len(new)


def alert_of_delivery(
    conn: Connection,
    delivery_id: int,
    source: str,
    at: datetime,
    *,
    refusals: Iterable[Issue] = (),
    hold_rules: Collection[str] = (),
    alarm_rules: Collection[str] = (),
) -> None:
    """Write down what a delivery must be told of, in its own transaction: at most one of a kind."""
    issues = tuple(refusals)
    kinds = []
    if issues:
        kinds.append(AlertKind.FILE_REJECTED)
    if REJECTED_ROWS & set(hold_rules):
        kinds.append(AlertKind.ROWS_REJECTED)
    if set(hold_rules) - REJECTED_ROWS:
        kinds.append(AlertKind.HOLD_RAISED)
    if alarm_rules or any(RULES[issue.rule].security for issue in issues):
        kinds.append(AlertKind.SECURITY)
    for kind in kinds:
        cause = f"{kind.value}:{delivery_id}"
        raise_alert(conn, Alert(kind, cause, delivery_id=delivery_id, source=source), at)


def claim(
    engine: Engine, routes_of: Callable[[AlertKind], tuple[str, ...]], now: datetime
) -> list[Waiting]:
    """Take up all alerts that wait, for as long as `LEASE`; what another sender has is left out."""
    a, s = ALERT.c, ALERT_SENDING.c
    with engine.connect().execution_options(**WRITES) as conn, conn.begin():
        lock(conn, "outbox")
        fresh = conn.execute(
            select(a.id, a.kind).where(~select(s.alert_id).where(s.alert_id == a.id).exists())
        ).all()
        rows = [
            {"alert_id": number, "route": route, "tries": 0, "failure": ""}
            for number, kind in fresh
            for route in routes_of(AlertKind(kind))
        ]
        if rows:
            conn.execute(insert(ALERT_SENDING), rows)
        is_open = and_(s.sent_at.is_(None), or_(s.claimed_until.is_(None), s.claimed_until < now))
        found = conn.execute(
            _lines(s.route, s.tries).join(ALERT_SENDING, s.alert_id == a.id).where(is_open)
        ).all()
        conn.execute(update(ALERT_SENDING).where(is_open).values(claimed_until=now + LEASE))
    return [Waiting(_line(row), row[-2], row[-1]) for row in found]


def mark_sent(engine: Engine, sent: Iterable[Waiting], at: datetime, remark: str = "") -> None:
    """Write down that alerts went by their route; a remark says whom they have not reached."""
    _mark(engine, sent, sent_at=at, failure=remark)


def mark_failed(engine: Engine, kept: Iterable[Waiting], failure: str) -> None:
    """Give alerts back that could not be sent, with the reason."""
    _mark(engine, kept, failure=failure)


def give_back(engine: Engine, kept: Iterable[Waiting], why: str = "") -> None:
    """Give alerts back that were not tried; where they are to wait, say why."""
    _mark(engine, kept, is_tried=False, **({"failure": why} if why else {}))


def _mark(
    engine: Engine, dealt_with: Iterable[Waiting], *, is_tried: bool = True, **values: Any
) -> None:
    s = ALERT_SENDING.c
    with engine.connect().execution_options(**WRITES) as conn, conn.begin():
        for waiting in dealt_with:
            conn.execute(
                update(ALERT_SENDING)
                .where(s.alert_id == waiting.line.id, s.route == waiting.route, s.sent_at.is_(None))
                .values(claimed_until=None, tries=s.tries + int(is_tried), **values)
            )


@dataclass(frozen=True)
class Unsent:
    """Alerts that have not reached anybody: how many, since when, and why the last try failed."""

    count: int
    since: datetime | None
    failure: str


def unsent(engine: Engine) -> Unsent:
    """Return what waits: alerts that no route was there for, and those whose route failed."""
    a, s = ALERT.c, ALERT_SENDING.c
    waits = or_(s.alert_id.is_(None), s.sent_at.is_(None))
    joined = ALERT.outerjoin(ALERT_SENDING, s.alert_id == a.id)
    with engine.connect() as conn:
        count, since = conn.execute(
            select(func.count(a.id.distinct()), func.min(a.raised_at))
            .select_from(joined)
            .where(waits)
        ).one()
        failure = conn.execute(
            select(s.failure)
            .where(s.sent_at.is_(None), s.failure != "")
            .order_by(s.alert_id.desc())
        ).scalar()
    return Unsent(count, since, failure or "")


def sent_since(engine: Engine, moment: datetime, one_by_one: int) -> dict[str, int]:
    """Return how many letters went by each route since a moment.

    Of alerts that went at the same time, more than `one_by_one` were one letter.
    """
    s = ALERT_SENDING.c
    query = select(s.route, func.count()).where(s.sent_at >= moment).group_by(s.route, s.sent_at)
    letters: Counter[str] = Counter()
    with engine.connect() as conn:
        for route, count in conn.execute(query):
            letters[route] += count if count <= one_by_one else 1
    return letters


def sent_at(engine: Engine) -> dict[int, datetime]:
    """Return when the alerts that have gone by all their routes had gone, by number."""
    s = ALERT_SENDING.c
    query = (
        select(s.alert_id, func.max(s.sent_at))
        .group_by(s.alert_id)
        .having(func.count() == func.count(s.sent_at))
    )
    with engine.connect() as conn:
        return {number: moment for number, moment in conn.execute(query)}


def alerts(engine: Engine) -> list[AlertLine]:
    """Return every alert in the order in which they were raised."""
    with engine.connect() as conn:
        return [_line(row) for row in conn.execute(_lines())]


def _lines(*more: Any) -> Select[Any]:
    a = ALERT.c
    return select(
        a.id, a.raised_at, a.kind, a.cause, a.detail, a.delivery_id, a.release_id, a.source,
        a.period_code, *more,
    ).order_by(a.id)  # fmt: skip


def _line(row: Any) -> AlertLine:
    number, raised_at, kind, *rest = row[:9]
    return AlertLine(number, raised_at, Alert(AlertKind(kind), *rest))
