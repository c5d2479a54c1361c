"""Writes the packs of a quarter's and a year's end."""

from collections.abc import Callable

from flows import VERSION
from flows.settings import Settings
from reports.pack import Pack, Partner, write_pack
from schemas.period import Month, Period, PeriodError, Quarter, parse_quarter, parse_year
from sources.partners import SOURCES
from warehouse.engine import Engine


def partners_of(settings: Settings) -> tuple[Partner, ...]:
    """Return who sends each source, in the order of the report."""
    return tuple(
        Partner(s.code, s.title, settings.partners.get(s.code, s.partner)) for s in SOURCES
    )


def publish(engine: Engine, period: Period, settings: Settings) -> Pack:
    """Write the pack of a period."""
    return write_pack(
        engine,
        period,
        settings.packs,
        settings.areas,
        partnership=settings.partnership.name,
        partners=partners_of(settings),
        version=VERSION,
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
