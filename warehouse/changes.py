"""What deliveries did to figures: which ones they moved, and what moved a published one.

Every version of a month's figure names the delivery that brought it and the one that took its
place, so that what stood before any delivery is a filter, as is what stands. Holds are not looked
at: a figure that is held has moved all the same.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, func, or_, select, union

from schemas.geography import is_ward
from schemas.measures import MEASURES, is_stated
from schemas.period import Month, Span
from schemas.reported import Figure, said
from schemas.spans import code_of, span_of
from warehouse.known import Known, known_over
from warehouse.releases import FigureKey, PublishedFigure, frozen_figure, last_published
from warehouse.tables import DELIVERY, MEASURE_MONTH, MEASURE_STATED, RELEASE_CELL
from warehouse.wards import wards_over

NEWEST = 2**62
"""Greater than the number of any delivery."""


@dataclass(frozen=True)
class DeliveryCounts:
    """What became of the records of one delivery.

    `changed` and `vanished` are None for one of an earlier program, which did not count them.
    """

    id: int
    file_name: str
    received_at: datetime
    new: int
    unchanged: int
    changed: int | None
    vanished: int | None


@dataclass(frozen=True)
class Moved:
    """A figure that a delivery moved; None is not available.

    `release_id` is the last release that had printed it; None for one that none printed.
    """

    measure: str
    area: str
    span: Span
    was: Figure
    became: Figure
    release_id: int | None


class Versions:
    """The versions of the figures of some months, and of those that partners state."""

    def __init__(self, rows: Iterable[Row[Any]], stated: Iterable[Row[Any]] = ()):
        self._stated: dict[FigureKey, list[tuple[Figure, int, int]]] = defaultdict(list)
        for measure, area, period, value, qualifier, as_at, came, gone in stated:
            version = (said(value, qualifier, as_at), came, gone or NEWEST + 1)
            self._stated[measure, area, period].append(version)
        self._all: dict[tuple[str, str, Month], list[tuple[int, int, int]]] = defaultdict(list)
        for measure, area, day, value, came, gone in rows:
            self._all[measure, area, Month.of(day)].append((value, came, gone or NEWEST + 1))

    def value(self, measure: str, area: str, month: Month, newest: int = NEWEST) -> int | None:
        """Return the figure of a month as it stood once a delivery was loaded."""
        for value, came, gone in self._all.get((measure, area, month), ()):
            if came <= newest < gone:
                return value
        return None

    def total(self, measure: str, area: str, span: Span, newest: int = NEWEST) -> Figure:
        """Return the figure of some months as it stood once a delivery was loaded."""
        if is_stated(measure):
            return self._as_stated((measure, area, code_of(span)), newest)
        values = [self.value(measure, area, month, newest) for month in span]
        return None if None in values else sum(v for v in values if v is not None)

    def movers(self, measure: str, area: str, span: Span, since: int) -> set[int]:
        """Return the deliveries after one that moved a month that is another one now."""
        found: set[int] = set()
        if is_stated(measure):
            key = (measure, area, code_of(span))
            if self._as_stated(key, NEWEST) != self._as_stated(key, since):
                for _, came, gone in self._stated[key]:
                    found |= {number for number in (came, gone) if since < number <= NEWEST}
            return found
        for month in span:
            if self.value(measure, area, month) != self.value(measure, area, month, since):
                for _, came, gone in self._all[measure, area, month]:
                    found |= {number for number in (came, gone) if since < number <= NEWEST}
        return found

    def _as_stated(self, key: FigureKey, newest: int) -> Figure:
        for figure, came, gone in self._stated.get(key, ()):
            if came <= newest < gone:
                return figure
        return None


def _versions(
    conn: Connection, measures: Collection[str], areas: Collection[str], span: Span
) -> Versions:
    m, s = MEASURE_MONTH.c, MEASURE_STATED.c
    return Versions(
        conn.execute(
            select(
                m.measure_code, m.area_code, m.month, m.value, m.delivery_id, m.superseded_by
            ).where(
                m.measure_code.in_(measures),
                m.area_code.in_(areas),
                m.month >= span.first.start,
                m.month <= span.last.start,
            )
        ),
        conn.execute(
            select(
                s.measure_code, s.area_code, s.period_code, s.value, s.qualifier, s.as_at_on,
                s.delivery_id, s.superseded_by,
            ).where(s.measure_code.in_(measures), s.area_code.in_(areas))
        ),
    )  # fmt: skip


def moved_by(engine: Engine, delivery_id: int) -> list[Moved]:
    """Return every figure of a month, quarter or year that a delivery moved, in report order.

    A year to date is among them where it was published. A figure that was not known before, and not
    published as such, has not moved.
    """
    with engine.connect() as conn:
        touched = conn.execute(
            union(
                *(
                    select(c.measure_code, c.area_code, day).where(
                        or_(c.delivery_id == delivery_id, c.superseded_by == delivery_id)
                    )
                    for c, day in (
                        (MEASURE_MONTH.c, MEASURE_MONTH.c.month),
                        (MEASURE_STATED.c, MEASURE_STATED.c.last_month),
                    )
                )
            )
        ).all()
        if not touched:
            return []
        months = {Month.of(day) for _, _, day in touched}
        measures = {measure for measure, _, _ in touched}
        ever = Span(min(months).financial_year.span.first, max(months).financial_year.span.last)
        versions = _versions(conn, measures, {area for _, area, _ in touched}, ever)
    published = printed(last_published(engine, measures, before_delivery=delivery_id))
    to_date = defaultdict(set)
    for measure, area, period in published:
        to_date[measure, area].add(span_of(period))
    places: dict[tuple[str, str], set[Month]] = defaultdict(set)
    for measure, area, day in touched:
        places[measure, area].add(Month.of(day))
    found = []
    for (measure, area), days in places.items():
        spans = {
            span
            for month in days
            for span in (Span(month, month), month.quarter.span, month.financial_year.span)
        }
        spans |= {span for span in to_date[measure, area] if not days.isdisjoint(span)}
        for span in spans:
            was = versions.total(measure, area, span, delivery_id - 1)
            became = versions.total(measure, area, span, delivery_id)
            before = published.get((measure, area, code_of(span)))
            if was != became and (was is not None or before is not None):
                release = before.release_id if before else None
                found.append(Moved(measure, area, span, was, became, release))
    order = {code: place for place, code in enumerate(MEASURES)}
    return sorted(
        found, key=lambda f: (order.get(f.measure, -1), f.area, len(f.span), f.span.first)
    )


def printed(figures: Mapping[FigureKey, PublishedFigure]) -> dict[FigureKey, PublishedFigure]:
    """Leave out the months: they are frozen with a release, but no table prints them."""
    return {key: figure for key, figure in figures.items() if len(span_of(key[2])) > 1}


def movers(engine: Engine, since: Mapping[FigureKey, int]) -> dict[FigureKey, tuple[int, ...]]:
    """Return the deliveries that moved each figure since one that is given for it.

    Of a ward, which has no versions of its figure, they are those that changed records of its
    source and months.
    """
    if not since:
        return {}
    spans = {key: span_of(key[2]) for key in since}
    ever = Span(min(s.first for s in spans.values()), max(s.last for s in spans.values()))
    with engine.connect() as conn:
        versions = _versions(conn, {key[0] for key in since}, {key[1] for key in since}, ever)
        touching = _touching(conn, since) if any(is_ward(key[1]) for key in since) else []
    return {
        key: tuple(
            sorted(
                {
                    number
                    for number, source, months in touching
                    if number > newest
                    and source == MEASURES[key[0]].source
                    and not set(months).isdisjoint(spans[key])
                }
                if is_ward(key[1])
                else versions.movers(key[0], key[1], spans[key], newest)
            )
        )
        for key, newest in since.items()
    }


def _touching(conn: Connection, since: Mapping[FigureKey, int]) -> list[tuple[int, str, Span]]:
    """Return the deliveries after the earliest given one that changed records: source, months."""
    d = DELIVERY.c
    changed = d.rows_new + func.coalesce(d.rows_changed, 0) + func.coalesce(d.rows_vanished, 0)
    query = select(d.id, d.source, d.first_month, d.last_month).where(
        d.status == "accepted", d.id > min(since.values()), changed > 0
    )
    return [
        (number, source, Span(Month.of(first), Month.of(last)))
        for number, source, first, last in conn.execute(query)
    ]


def delivery_counts(engine: Engine, delivery_ids: Collection[int]) -> dict[int, DeliveryCounts]:
    """Return what became of the records of some deliveries, by their numbers."""
    d = DELIVERY.c
    query = select(
        d.id, d.file_name, d.received_at, d.rows_new, d.rows_unchanged, d.rows_changed,
        d.rows_vanished,
    ).where(d.id.in_(delivery_ids))  # fmt: skip
    with engine.connect() as conn:
        return {row[0]: DeliveryCounts(*row) for row in conn.execute(query)}


def differing_now(engine: Engine, district: str) -> dict[int, int]:
    """Return how many figures that a release printed are other ones now, by its number.

    `district` is the code of the one whose wards are printed.
    """
    c = RELEASE_CELL.c
    with engine.connect() as conn:
        cells = conn.execute(
            select(
                c.release_id, c.measure_code, c.area_code, c.period_code, c.value, c.qualifier,
                c.as_at_on,
            )
        ).all()  # fmt: skip
        if not cells:
            return {}
        first, last = conn.execute(
            select(func.min(MEASURE_MONTH.c.month), func.max(MEASURE_MONTH.c.month))
        ).one()
    ever = Span(*(Month.of(day or date.today()) for day in (first, last)))
    known = known_over(engine, {cell.measure_code for cell in cells}, ever)
    now = _Now(engine, known, district)
    found: dict[int, int] = defaultdict(int)
    for release, measure, area, period, *frozen in cells:
        span = span_of(period)
        if len(span) > 1 and now.figure(measure, area, span) != frozen_figure(*frozen):
            found[release] += 1
    return found


class _Now:
    """Figures as they are now, those of wards counted once for each measure and period."""

    def __init__(self, engine: Engine, known: Known, district: str):
        self._engine, self._known, self._district = engine, known, district
        self._wards: dict[tuple[str, Span], Mapping[str, int]] = {}

    def figure(self, measure: str, area: str, span: Span) -> Figure:
        """Return a figure; one of a ward is known where that of its district is."""
        if not is_ward(area):
            return self._known.over(measure, area, span)
        if self._known.over(measure, self._district, span) is None:
            return None
        place = measure, span
        if place not in self._wards:
            what = MEASURES[measure]
            self._wards[place] = wards_over(self._engine, what, self._district, span)
        return self._wards[place].get(area, 0)
