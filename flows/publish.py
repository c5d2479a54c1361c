"""Writes the packs of a quarter's and a year's end, unless something holds their figures."""

from collections.abc import Callable

from flows import VERSION
from flows.holding import said
from flows.settings import Settings
from reports.figures import windows
from reports.pack import Pack, Partner, write_pack
from schemas.period import (
    FinancialYear,
    Month,
    Period,
    PeriodError,
    Quarter,
    parse_quarter,
    parse_year,
)
from sources.partners import SOURCES
from warehouse.engine import Engine
from warehouse.read import HoldLine, holds


class HeldBack(Exception):  # noqa: N818 - it says what happened to the pack
    """Holds stand against figures of a pack, so that it was not published; names each of them."""

    def __init__(self, period: Period, standing: tuple[HoldLine, ...]):
        count = len(standing)
        super().__init__(
            f"The pack of {period.label} was not published: "
            f"{count} {'hold stands' if count == 1 else 'holds stand'} against its figures."
        )
        self.standing = standing


def partners_of(settings: Settings) -> tuple[Partner, ...]:
    """Return who sends each source, in the order of the report."""
    return tuple(
        Partner(s.code, s.title, settings.partners.get(s.code, s.partner)) for s in SOURCES
    )


def holds_against(engine: Engine, period: Period, settings: Settings) -> tuple[HoldLine, ...]:
    """Return the holds that stand against any month that a pack prints or compares with."""
    home = settings.areas
    ours = {home.district.code, home.county.code, home.force.code}
    shown = {
        month
        for window in windows(period)
        for span in (window.span, window.before)
        for month in span
    }
    own_year = set(period.span) if isinstance(period, FinancialYear) else set()
    return tuple(
        hold
        for hold in holds(engine)
        if hold.stands
        and hold.extent in ours
        and not (own_year if hold.is_year_only else shown).isdisjoint(hold.span)
    )


def publish(engine: Engine, period: Period, settings: Settings, *, is_draft: bool = False) -> Pack:
    """Write the pack of a period.

    Raises `HeldBack`, writing nothing, while a hold stands against its figures; a draft is written
    all the same, watermarked, beside the place of the pack.
    """
    standing = holds_against(engine, period, settings)
    if standing and not is_draft:
        raise HeldBack(period, standing)
    return write_pack(
        engine,
        period,
        settings.packs,
        settings.areas,
        partnership=settings.partnership.name,
        partners=partners_of(settings),
        version=VERSION,
        draft=tuple(said(hold) for hold in standing) if is_draft else None,
    )


def quarter_before(today: Month) -> Quarter:
    """Return the last quarter that has ended by a month."""
    return (today.quarter.span.first + -1).quarter


def read_period(text: str) -> Period:
    """Read a quarter or a year in any of their written forms; raises `PeriodError`."""
    readers: tuple[Callable[[str], Period], ...] = (parse_quarter, parse_year)
    reasons = []
    for read in readers:
        try:
            return read(text)
        except PeriodError as error:
            reasons.append(str(error))
    raise PeriodError(" ".join(reasons))
