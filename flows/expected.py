"""What is expected of each partner: quarters that have ended and have not come for all months."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from flows.settings import Settings
from schemas.period import Month, Quarter
from schemas.plausibility import due_on
from schemas.reporters import extents_of
from sources.partners import SOURCES
from warehouse.read import DeliveryLine


@dataclass(frozen=True)
class Expected:
    """One quarter of one source that is not whole, and the last day on which it is in time."""

    source: str
    quarter: Quarter
    due: date


def expected(received: Sequence[DeliveryLine], settings: Settings, today: date) -> list[Expected]:
    """Return what has not come for quarters that have ended, the oldest of each source first.

    Quarters count from the first that a partner sent anything for: a national publication goes
    back for years in which nobody did. Files that speak for another partnership's areas must not be
    among `received`.
    """
    starts = [
        d.first_month
        for d in received
        if d.status == "accepted" and d.first_month and not is_publication(d.source)
    ]
    if not starts:
        return []
    quarters = list(_ended(Month.of(min(starts)).quarter, today))
    found = []
    for source in SOURCES:
        days = settings.due_days.get(source.code, source.due_days)
        mine = [d for d in received if d.source == source.code]
        for quarter in quarters:
            due = due_on(quarter, days)
            if due is not None and not all(
                any(d.covers_month(month) for d in mine) for month in quarter.span
            ):
                found.append(Expected(source.code, quarter, due))
    return found


def partner_of(source: str, settings: Settings) -> str:
    """Return who sends a source: as csp.toml names them, or as is usual."""
    found = next((s for s in SOURCES if s.code == source), None)
    return "whoever sent it" if found is None else settings.partners.get(source, found.partner)


def is_publication(source: str) -> bool:
    """Say whether a source is a national publication, which no partner sends us."""
    return any(layout.keeps_own for one in SOURCES if one.code == source for layout in one.layouts)


def _ended(quarter: Quarter, today: date) -> Iterator[Quarter]:
    while quarter.span.last.end < today:
        yield quarter
        quarter = (quarter.span.last + 1).quarter


def ours(received: Iterable[DeliveryLine], settings: Settings) -> list[DeliveryLine]:
    """Leave out the files that speak for another partnership's areas."""
    mine = extents_of(settings.areas)
    return [d for d in received if d.extent in mine]
