"""Figures that were published before and are other ones now: which, and why.

A figure is compared with the edition of the same pack before, which its readers have; where that
did not print it, with the release that printed it last. A pack tells of the figures that it prints,
which carry [r], and of those of other packs that lie within its own year: who adds up what was
circulated would not come to its year to date otherwise. Budgets, which nobody adds up over time,
are told of where the pack prints them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reports.figures import budget_places, compared_spans, places, windows
from reports.spec import TableSpec
from reports.wards import ward_area
from schemas.areas import Area, Home
from schemas.audience import Audience
from schemas.geography import is_ward
from schemas.measures import MEASURES
from schemas.period import Period, Span
from schemas.reported import Figure
from schemas.spans import code_of, span_of
from schemas.words import counted, day_label, listed
from warehouse.changes import DeliveryCounts, delivery_counts, movers, printed
from warehouse.engine import Engine
from warehouse.read import HoldLine, holds
from warehouse.releases import (
    FigureKey,
    Figures,
    PublishedFigure,
    ReleaseLine,
    figures_of,
    hidden_in,
    last_published,
    releases,
)

FILES_NAMED = 3


@dataclass(frozen=True)
class Revision:
    """One figure that was published before and is another one now; None is not available.

    `release` is the one that it is compared with; `deliveries` are those that moved it since.
    """

    measure: str
    label: str
    area: Area
    period: str
    was: Figure
    now: Figure
    release: int
    deliveries: tuple[int, ...]
    why: str

    @property
    def key(self) -> FigureKey:
        """The figure."""
        return self.measure, self.area.code, self.period

    @property
    def span(self) -> Span:
        """Its months."""
        return span_of(self.period)


def find_revisions(
    engine: Engine,
    figures: Figures,
    tables: Sequence[TableSpec],
    period: Period,
    home: Home,
    *,
    version: str,
    audience: str = Audience.PARTNERSHIP,
) -> tuple[Revision, ...]:
    """Compare the figures of a pack with what was published of them before, for its audience.

    Revisions are in the order of time, and in that of the tables within. For the public they do not
    say how many records changed: of a small count that would tell too much.
    """
    granted = budget_places(tables, home)
    found = places(tables, home) | granted
    measures = {measure for measure, _ in found}
    published = printed(
        last_published(engine, measures, audience=audience)
        | _edition_before(engine, period, audience)
    )
    own = windows(period)[-1].span
    spans = {*compared_spans(period), *_within(own, published)}
    revised = [
        (key, area)
        for span in sorted(spans, key=lambda s: (s.first, s.last))
        for (measure, code), area in found.items()
        for key in ((measure, code, code_of(span)),)
        if key in published
        and (key in figures or key[:2] not in granted)
        and published[key].value != value_of(figures, key)
    ]
    revised += _wards_revised(figures, published, period)
    revised.sort(key=lambda each: (span_of(each[0][2]).first, span_of(each[0][2]).last))
    is_counted = audience == Audience.PARTNERSHIP
    told = {key: published[key] for key, _ in revised}
    why = _Reasons(engine, told, version, is_counted=is_counted)
    return tuple(
        Revision(
            measure=key[0],
            label=MEASURES[key[0]].label,
            area=area,
            period=key[2],
            was=published[key].value,
            now=value_of(figures, key),
            release=published[key].release_id,
            deliveries=why.movers[key],
            why=why.of(key),
        )
        for key, area in revised
    )


def _wards_revised(
    figures: Figures, published: Mapping[FigureKey, PublishedFigure], period: Period
) -> list[tuple[FigureKey, Area]]:
    """Return the figures of wards that were published otherwise: of the pack's own period alone."""
    return [
        (key, ward_area(key[1]))
        for key in sorted(published)
        if is_ward(key[1])
        and key[2] == period.code
        and published[key].value != value_of(figures, key)
    ]


def _edition_before(
    engine: Engine, period: Period, audience: str
) -> dict[FigureKey, PublishedFigure]:
    before = [
        line.id
        for line in releases(engine)
        if (line.period_code, line.audience) == (period.code, audience)
    ]
    if not before:
        return {}
    figures, hidden = figures_of(engine, before[-1]), hidden_in(engine, before[-1])
    return {
        key: PublishedFigure(before[-1], value)
        for key, value in figures.items()
        if key not in hidden
    }


def _within(own: Span, published: Mapping[FigureKey, PublishedFigure]) -> set[Span]:
    spans = {span_of(period) for _, _, period in published}
    return {span for span in spans if span.first in own and span.last in own}


def value_of(figures: Figures, key: FigureKey) -> Figure:
    """Return a figure of a pack, or the sum of its months where the pack does not print it."""
    if key in figures:
        return figures[key]
    measure, area, period = key
    if is_ward(area):
        # A ward of former boundaries that nothing is counted in any more is 0, if any ward is.
        of_measure = (k for k in figures if k[0] == measure and is_ward(k[1]) and k[2] == period)
        return None if next(of_measure, None) is None else 0
    months = [figures.get((measure, area, code_of(Span(m, m)))) for m in span_of(period)]
    numbers = [value for value in months if isinstance(value, int)]
    return sum(numbers) if len(numbers) == len(months) else None


class _Reasons:
    """Why figures are other ones than a release printed them."""

    def __init__(
        self,
        engine: Engine,
        published: Mapping[FigureKey, PublishedFigure],
        version: str,
        *,
        is_counted: bool,
    ):
        self._published, self._version = published, version
        self._is_counted = is_counted
        lines = {line.id: line for line in releases(engine)} if published else {}
        self._releases: dict[int, ReleaseLine] = lines
        self.movers = movers(
            engine, {key: lines[figure.release_id].newest for key, figure in published.items()}
        )
        numbers = {number for moved in self.movers.values() for number in moved}
        self._counts = delivery_counts(engine, numbers)
        self._holds = holds(engine) if published else []

    def of(self, key: FigureKey) -> str:
        """Say why one figure is another one."""
        moved = [self._counts[number] for number in self.movers[key]]
        if moved:
            named = moved[:FILES_NAMED]
            told = [_delivery(counts) if self._is_counted else _file(counts) for counts in named]
            if len(moved) > FILES_NAMED:
                told.append(f"and {len(moved) - FILES_NAMED} more files")
            return "; ".join(told)
        released = self._released(key)
        if released:
            return "; ".join(released)
        return f"worked out anew by csp {self._version}"

    def _released(self, key: FigureKey) -> list[str]:
        measure, _, period = key
        published_at = self._releases[self._published[key].release_id].published_at
        return [
            f"hold {hold.id} was released on {day_label(hold.released_at)}"
            + (f": {hold.released_because}" if self._is_counted else "")
            for hold in self._holds
            if hold.released_at is not None
            and hold.released_at >= published_at
            and hold.source == MEASURES[measure].source
            and _touches(hold, span_of(period))
        ]


def _touches(hold: HoldLine, span: Span) -> bool:
    return hold.span.first <= span.last and hold.span.last >= span.first


def _file(counts: DeliveryCounts) -> str:
    return f"{counts.file_name}, received {day_label(counts.received_at)}"


def _delivery(counts: DeliveryCounts) -> str:
    told = [
        f"{counted(number, 'record')} {what}"
        for number, what in (
            (counts.changed or 0, "changed"),
            (counts.vanished or 0, "no longer there"),
            (counts.new, "new"),
        )
        if number
    ]
    what = listed(told) or "its records are the same, its figures were worked out anew"
    return f"{_file(counts)}: {what}"
