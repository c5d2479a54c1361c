"""Releases: what was published, frozen figure by figure, so that it stands whatever comes later.

A release is frozen while no load, no answer to a hold and no other publication can change anything:
what it prints is one state of the warehouse, and it knows the newest delivery of that state.
"""

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Engine, Select, and_, func, insert, select

from schemas.alerts import AlertKind
from schemas.audience import Audience
from schemas.records import RECORDS
from schemas.reported import Figure, Stated, said, value_of
from warehouse.engine import WRITES, lock
from warehouse.mart import name_areas, unnamed_of
from warehouse.outbox import Alert, raise_alert
from warehouse.tables import DELIVERY, RELEASE, RELEASE_CELL

FigureKey = tuple[str, str, str]
"""Measure, area, and the code of the months (see `schemas.spans`)."""
Figures = dict[FigureKey, Figure]
"""What is printed, by key; None is not available ([x])."""
UNAVAILABLE = "x"
CONFIDENTIAL = "c"
"""The mark of a figure that the release did not show; its true value is kept beside it."""


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
    audience: str = Audience.PARTNERSHIP

    @property
    def newest(self) -> int:
        """The newest delivery that it knew; 0 where nothing had come."""
        return self.delivery_id or 0


@dataclass(frozen=True)
class PublishedFigure:
    """A figure as a release printed it."""

    release_id: int
    value: Figure


def content_of(figures: Figures, *rules: str) -> str:
    """Return the SHA-256 that stands for all figures of a release, and the rules of its print."""
    digest = hashlib.sha256()
    for rule in rules:
        digest.update(f"{rule}\n".encode())
    for (measure, area, period), value in sorted(figures.items()):
        shown = _shown(value)
        digest.update(f"{measure},{area},{period},{shown}\n".encode())
    return digest.hexdigest()


def _shown(figure: Figure) -> str:
    if isinstance(figure, Stated):
        as_at = figure.as_at.isoformat() if figure.as_at else ""
        return f"{figure.qualifier} {figure.value} {as_at}"
    return UNAVAILABLE if figure is None else str(figure)


class Press:
    """The right to publish, held by one at a time."""

    def __init__(self, conn: Connection):
        self._conn = conn

    def last(self, period_code: str, audience: str = Audience.PARTNERSHIP) -> ReleaseLine | None:
        """Return the last release of a period for an audience."""
        r = RELEASE.c
        query = _lines().where(r.period_code == period_code, r.audience == audience)
        found = self._conn.execute(query).all()
        return ReleaseLine(*found[-1]) if found else None

    def next(
        self,
        period_code: str,
        figures: Figures,
        version: str,
        at: datetime,
        *,
        audience: str = Audience.PARTNERSHIP,
        rules: Sequence[str] = (),
    ) -> ReleaseLine:
        """Return what the next release will be, its manifest still to be written.

        `rules` are those of printing that make the same figures another release.

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
        content = content_of(figures, *rules)
        return ReleaseLine(
            (number or 0) + 1, period_code, at, version, content, newest, "", audience
        )

    def freeze(
        self,
        line: ReleaseLine,
        figures: Figures,
        hidden: Collection[FigureKey] = frozenset(),
        names: Mapping[str, str] | None = None,
    ) -> None:
        """Write a release down with all its figures, `hidden` ones as not shown.

        `names` are the printed names of areas that no measure is worked out for.
        """
        name_areas(self._conn, unnamed_of(self._conn, names or {}))
        self._conn.execute(
            insert(RELEASE).values(
                id=line.id,
                period_code=line.period_code,
                published_at=line.published_at,
                program_version=line.program_version,
                content_sha256=line.content_sha256,
                delivery_id=line.delivery_id,
                manifest=line.manifest,
                audience=line.audience,
            )
        )
        rows = [
            {
                "release_id": line.id,
                "measure_code": measure,
                "area_code": area,
                "period_code": period,
                "value": value_of(value),
                "mark": _mark(value, is_hidden=(measure, area, period) in hidden),
                "qualifier": value.qualifier if isinstance(value, Stated) else "",
                "as_at_on": value.as_at if isinstance(value, Stated) else None,
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


def _mark(value: Figure, *, is_hidden: bool) -> str:
    if value is None:
        return UNAVAILABLE
    return CONFIDENTIAL if is_hidden else ""


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
        r.manifest, r.audience,
    ).order_by(r.id)  # fmt: skip


def releases(engine: Engine) -> list[ReleaseLine]:
    """Return every release in the order of publication."""
    with engine.connect() as conn:
        return [ReleaseLine(*row) for row in conn.execute(_lines())]


_FIGURE = (RELEASE_CELL.c.value, RELEASE_CELL.c.qualifier, RELEASE_CELL.c.as_at_on)


def frozen_figure(value: int | None, qualifier: str, as_at: date | None) -> Figure:
    """Return a frozen figure; None where there was none."""
    return None if value is None else said(value, qualifier, as_at)


def figures_of(engine: Engine, release_id: int) -> Figures:
    """Return the figures of a release by their keys, also those that it did not show."""
    c = RELEASE_CELL.c
    query = select(c.measure_code, c.area_code, c.period_code, *_FIGURE)
    with engine.connect() as conn:
        found = conn.execute(query.where(c.release_id == release_id))
        figures = {(m, area, period): frozen_figure(*f) for m, area, period, *f in found}
    # Databases give rows, and sort words, each as they like.
    return dict(sorted(figures.items(), key=itemgetter(0)))


def hidden_in(engine: Engine, release_id: int) -> frozenset[FigureKey]:
    """Return the figures that a release did not show."""
    c = RELEASE_CELL.c
    query = select(c.measure_code, c.area_code, c.period_code).where(
        c.release_id == release_id, c.mark == CONFIDENTIAL
    )
    with engine.connect() as conn:
        return frozenset((measure, area, period) for measure, area, period in conn.execute(query))


def last_published(
    engine: Engine,
    measures: Collection[str],
    *,
    before_delivery: int | None = None,
    audience: str | None = None,
) -> dict[FigureKey, PublishedFigure]:
    """Return each figure of some measures as it was last published; what was not shown was not.

    Only releases for an audience, and those that did not know a delivery yet, count where one is
    given.
    """
    c, r = RELEASE_CELL.c, RELEASE.c
    query = (
        select(c.measure_code, c.area_code, c.period_code, func.max(c.release_id).label("release"))
        .join(RELEASE, r.id == c.release_id)
        .where(c.measure_code.in_(measures), c.mark != CONFIDENTIAL)
        .group_by(c.measure_code, c.area_code, c.period_code)
    )
    if before_delivery is not None:
        query = query.where(func.coalesce(r.delivery_id, 0) < before_delivery)
    if audience is not None:
        query = query.where(r.audience == audience)
    last = query.subquery()
    same = and_(
        c.release_id == last.c.release,
        c.measure_code == last.c.measure_code,
        c.area_code == last.c.area_code,
        c.period_code == last.c.period_code,
    )
    with engine.connect() as conn:
        found = conn.execute(
            select(c.measure_code, c.area_code, c.period_code, c.release_id, *_FIGURE)
            .select_from(last)
            .join(RELEASE_CELL, same)
        )
        return {
            (measure, area, period): PublishedFigure(release, frozen_figure(*frozen))
            for measure, area, period, release, *frozen in found
        }
