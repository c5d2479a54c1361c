"""Holds: what keeps figures from being published until a person has decided.

A hold is raised in the transaction of its delivery and is never deleted. It stands until it is
released by name and with a reason, or until later deliveries have replaced all months that it is
about. Findings that only warn are recorded as issues of the file.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine, insert, select, update

from schemas.findings import Finding
from schemas.words import day_label
from warehouse.engine import WRITES, lock
from warehouse.tables import HOLD


class ReleaseRefused(RuntimeError):  # noqa: N818 - it says what happened
    """A hold cannot be released; the message says why."""


@dataclass(frozen=True)
class Release:
    """Who released a hold, when (UTC) and why."""

    by: str
    because: str
    at: datetime


def raise_holds(
    conn: Connection, delivery_id: int, findings: Iterable[Finding], at: datetime
) -> None:
    """Record findings as holds on the months that they are about."""
    rows = [
        {
            "delivery_id": delivery_id,
            "rule": found.rule,
            "detail": found.detail,
            "first_month": found.span.first.start,
            "last_month": found.span.last.start,
            "is_year_only": found.only_year,
            "raised_at": at,
        }
        for found in findings
    ]
    if rows:
        conn.execute(insert(HOLD), rows)


def release(engine: Engine, hold_id: int, given: Release) -> int:
    """Release a hold for ever and return the number of its delivery.

    Raises `ReleaseRefused` where there is no such hold, or it was released before.
    """
    with engine.connect().execution_options(**WRITES) as conn, conn.begin():
        lock(conn, "holds")
        found = conn.execute(
            select(HOLD.c.delivery_id, HOLD.c.released_by, HOLD.c.released_at).where(
                HOLD.c.id == hold_id
            )
        ).first()
        if found is None:
            raise ReleaseRefused(f"There is no hold {hold_id}; csp holds lists them.")
        if found.released_at is not None:
            raise ReleaseRefused(
                f"Hold {hold_id} was released by {found.released_by} on "
                f"{day_label(found.released_at)}; that stands."
            )
        conn.execute(
            update(HOLD)
            .where(HOLD.c.id == hold_id)
            .values(released_at=given.at, released_by=given.by, released_because=given.because)
        )
        return int(found.delivery_id)
