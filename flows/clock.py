"""What time it is, for everything in this folder that asks; a rehearsal can move the clock."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def _of_this_machine() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


_CLOCK: ContextVar[Callable[[], datetime]] = ContextVar("clock", default=_of_this_machine)


def utc_now() -> datetime:
    """Return the moment in UTC, without a time zone, to the second: as the warehouse keeps it."""
    return _CLOCK.get()().replace(microsecond=0)


def today() -> date:
    """Return the day that it is here, in Europe/London."""
    return day_of(utc_now())


def day_of(moment: datetime) -> date:
    """Return the day that a moment (UTC, without a time zone) falls on here, in Europe/London."""
    return moment.replace(tzinfo=UTC).astimezone(LONDON).date()


@contextmanager
def clock_at(moment: datetime) -> Iterator[None]:
    """Let it be a moment (UTC) within a block, for whoever asks there."""
    before = _CLOCK.set(lambda: moment)
    try:
        yield
    finally:
        _CLOCK.reset(before)
