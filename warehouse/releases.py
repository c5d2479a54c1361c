"""Releases: what was published, frozen figure by figure, so that it stands whatever comes later.

A release is frozen while no load, no answer to a hold and no other publication can change anything:
what it prints is one state of the warehouse, and it knows the newest delivery of that state.
"""

import hashlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Select, and_, func, insert, select

from schemas.alerts import AlertKind
from schemas.records import RECORDS
from warehouse.engine import WRITES, lock
from warehouse.outbox import Alert, raise_alert
from warehouse.tables import DELIVERY, RELEASE, RELEASE_CELL

FigureKey = tuple[str, str, str]
"""Measure, area, and the code of the months (see `schemas.spans`)."""
Figures = dict[FigureKey, int | None]
"""What is printed, by key; None is not available ([x])."""
UNAVAILABLE = "x"


@dataclass(frozen=True)
class ReleaseLine:
    """One release. `delivery_id` is the newest delivery that it knew."""

    id: int
    period_code: str
    published_at: datetime
    program_version: str
    content_sha256: str
    delivery_id: int | None
    manifest: str

    @property
    def newest(self) -> int:
        """The newest delivery that it knew; 0 where nothing had come."""
        return self.delivery_id or 0


@dataclass(frozen=True)
class PublishedFigure:
    """A figure as a release printed it."""

    release_id: int
    value: int | None


def content_of(figures: Figures) -> str:
    """Return the SHA-256 that stands for all figures of a release."""
    digest = hashlib.sha256()
    for (measure, area, period), value in sorted(figures.items()):
        shown = UNAVAILABLE if value is None else str(value)
        digest.update(f"{measure},{area},{period},{shown}\n".encode())
    return digest.hexdigest()


class Press:
    """The right to publish, held by one at a time."""

    def __init__(self, conn: Connection):
        self._conn = conn

    def last(self, period_code: str) -> ReleaseLine | None:
        """Return the last release of a period."""
        found = self._conn.execute(_lines().where(RELEASE.c.period_code == period_code)).all()
        return ReleaseLine(*found[-1]) if found else None

    def next(self, period_code: str, figures: Figures, version: str, at: datetime) -> ReleaseLine:
        """Return what the next release will be, its manifest still to be written.

        Numbers have no gap, and nothing is published before what it was made from had come,
        however clocks are set.
        """
        number, latest = self._conn.execute(
            select(func.max(RELEASE.c.id), func.max(RELEASE.c.published_at))
        ).one()
        newest, came = self._conn.execute(
            select(func.max(DELIVERY.c.id), func.max(DELIVERY.c.received_at))
        ).one()
        at = max(moment for moment in (at, latest, came) if moment is not None)
        content = content_of(figures)
        return ReleaseLine((number or 0) + 1, period_code, at, version, content, newest, "")

    def freeze(self, line: ReleaseLine, figures: Figures) -> None:
        """Write a release down with all its figures."""
        self._conn.execute(
            insert(RELEASE).values(
                id=line.id,
                period_code=line.period_code,
                published_at=line.published_at,
                program_version=line.program_version,
                content_sha256=line.content_sha256,
                delivery_id=line.delivery_id,
                manifest=line.manifest,
            )
        )
        rows = [
            {
                "release_id": line.id,
                "measure_code": measure,
                "area_code": area,
                "period_code": period,
                "value": value,
                "mark": UNAVAILABLE if value is None else "",
            }
            for (measure, area, period), value in sorted(figures.items())
        ]
        if rows:
            self._conn.execute(insert(RELEASE_CELL), rows)
        published = Alert(
            AlertKind.PACK_PUBLISHED,
            f"{AlertKind.PACK_PUBLISHED.value}:{line.id}",
            release_id=line.id,
            period_code=line.period_code,
        )
        raise_alert(self._conn, published, line.published_at)


@contextmanager
def publishing(engine: Engine) -> Iterator[Press]:
    """Give the right to publish; what is frozen stands once the block has ended without an error.

    Loads wait until then, and it waits for them. Reading goes on, through other connections.
    """
    with engine.connect().execution_options(**WRITES) as conn, conn.begin():
        for name in ("releases", *sorted(RECORDS), "holds"):
            lock(conn, name)
        yield Press(conn)


def _lines() -> Select[Any]:
    r = RELEASE.c
    return select(
        r.id, r.period_code, r.published_at, r.program_version, r.content_sha256, r.delivery_id,
        r.manifest,
    ).order_by(r.id)  # fmt: skip


def releases(engine: Engine) -> list[ReleaseLine]:
    """Return every release in the order of publication."""
    with engine.connect() as conn:
        return [ReleaseLine(*row) for row in conn.execute(_lines())]


def figures_of(engine: Engine, release_id: int) -> Figures:
    """Return the figures of a release as they were published."""
    c = RELEASE_CELL.c
    query = select(c.measure_code, c.area_code, c.period_code, c.value)
    with engine.connect() as conn:
        found = conn.execute(query.where(c.release_id == release_id))
        return {(measure, area, period): value for measure, area, period, value in found}


def last_published(
    engine: Engine,
    measures: Collection[str],
    *,
    before_delivery: int | None = None,
) -> dict[FigureKey, PublishedFigure]:
    """Return each figure of some measures as it was last published.

    Only releases that did not know a delivery yet count, where one is given.
    """
    c, r = RELEASE_CELL.c, RELEASE.c
    query = (
        select(c.measure_code, c.area_code, c.period_code, func.max(c.release_id).label("release"))
        .join(RELEASE, r.id == c.release_id)
        .where(c.measure_code.in_(measures))
        .group_by(c.measure_code, c.area_code, c.period_code)
    )
    if before_delivery is not None:
        query = query.where(func.coalesce(r.delivery_id, 0) < before_delivery)
    last = query.subquery()
    same = and_(
        c.release_id == last.c.release,
        c.measure_code == last.c.measure_code,
        c.area_code == last.c.area_code,
        c.period_code == last.c.period_code,
    )
    with engine.connect() as conn:
        found = conn.execute(
            select(c.measure_code, c.area_code, c.period_code, c.release_id, c.value)
            .select_from(last)
            .join(RELEASE_CELL, same)
        )
        return {
            (measure, area, period): PublishedFigure(release, value)
            for measure, area, period, release, value in found
        }
