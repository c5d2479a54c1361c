"""What is expected of each partner: quarters that have ended and have not come for all months.

Who begins with csp today is not owed the years before: expected is what was not overdue already on
the day on which the first file came, or what follows the quarter that csp.toml names.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from flows.clock import day_of
from flows.settings import Settings
from schemas.period import Month, Quarter, parse_quarter
from schemas.plausibility import due_on
from schemas.reporters import extents_of
from schemas.words import counted
from sources.partners import SOURCES, is_publication
from sources.spec import SourceSpec
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
    partners = _of_partners(received)
    starts = [Month.of(d.first_month) for d in partners if d.first_month]
    if settings.expected_from:
        starts.append(parse_quarter(settings.expected_from).span.first)
    if not starts:
        return []
    quarters = list(_ended(min(starts).quarter, today))
    began = began_on(received)
    found = []
    for source in SOURCES:
        mine = [d for d in received if d.source == source.code]
        for quarter in quarters:
            due = due_day(source, quarter, settings, began)
            if due is not None and not all(
                any(d.covers_month(month) for d in mine) for month in quarter.span
            ):
                found.append(Expected(source.code, quarter, due))
    return found


def _of_partners(received: Iterable[DeliveryLine]) -> list[DeliveryLine]:
    return [d for d in received if d.status == "accepted" and not is_publication(d.source)]


def began_on(received: Iterable[DeliveryLine]) -> date | None:
    """Return the day on which the first file of a partner was accepted; None before that."""
    came = [d.received_at for d in _of_partners(received)]
    return day_of(min(came)) if came else None


def due_day(
    source: SourceSpec, quarter: Quarter, settings: Settings, began: date | None
) -> date | None:
    """Return the last day on which an export is in time; None where it is not expected.

    `began` is the day on which the first file came.
    """
    due = due_on(quarter, settings.due_days.get(source.code, source.due_days))
    if due is None:
        return None
    if settings.expected_from:
        first = parse_quarter(settings.expected_from)
        return due if quarter.span.first >= first.span.first else None
    return due if began is None or due >= began else None


@dataclass(frozen=True)
class Overdue:
    """What one source owes: its quarters, the oldest first, and since when (a day) it is so."""

    source: str
    quarters: tuple[Quarter, ...]
    since: date

    @property
    def which(self) -> str:
        """The quarters in words."""
        first, *others = self.quarters
        if not others:
            return first.label
        return f"{first.label} and {counted(len(others), 'later quarter')}"


def overdue(late: Iterable[Expected], today: date) -> list[Overdue]:
    """Return what is overdue, a line a source, what is so the longest first."""
    by_source: dict[str, list[Expected]] = {}
    for each in late:
        if each.due < today:
            by_source.setdefault(each.source, []).append(each)
    found = [
        Overdue(code, tuple(e.quarter for e in owed), min(e.due for e in owed))
        for code, owed in by_source.items()
    ]
    return sorted(found, key=lambda each: each.since)


def owed_by_partner(owed: Iterable[Overdue], settings: Settings, today: date) -> list[str]:
    """Say what is overdue, a sentence a partner, in the order in which it is given."""
    told: dict[str, list[str]] = {}
    for each in owed:
        days = counted((today - each.since).days, "day")
        title = next(source.title for source in SOURCES if source.code == each.source)
        told.setdefault(partner_of(each.source, settings), []).append(
            f"{title}, {each.which} ({days})"
        )
    return [f"Overdue from {partner}: {'; '.join(lines)}." for partner, lines in told.items()]


def partner_of(source: str, settings: Settings) -> str:
    """Return who sends a source: as csp.toml names them, or as is usual."""
    return settings.senders.get(source, "whoever sent it")


def _ended(quarter: Quarter, today: date) -> Iterator[Quarter]:
    while quarter.span.last.end < today:
        yield quarter
        quarter = (quarter.span.last + 1).quarter


def ours(received: Iterable[DeliveryLine], settings: Settings) -> list[DeliveryLine]:
    """Leave out the files that speak for another partnership's areas."""
    mine = extents_of(settings.areas)
    return [d for d in received if d.extent in mine]
