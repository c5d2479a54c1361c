"""The log: a line an event, in plain words, with its moment; for who asks later what went on.

What stands in a cell is in none of it. A file a month, whole lines alone, so that several runs may
write at once; files older than a year are removed. A log that cannot be written stops nothing: what
is in its way is told by the run that it meets.
"""

import contextlib
import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from flows.clock import utc_now
from flows.settings import Settings

KEPT = 13
"""So many files are kept: a year, and the month under way."""


def note(settings: Settings, *events: str) -> None:
    """Write events down, each as a line with the moment (UTC)."""
    now = utc_now()
    lines = [f"{now:%Y-%m-%dT%H:%M:%SZ} {_in_one_line(event)}\n" for event in events if event]
    if not lines:
        return
    with contextlib.suppress(OSError):
        place = log_file(settings, now)
        is_new = not place.exists()
        place.parent.mkdir(parents=True, exist_ok=True)
        number = os.open(place, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
        try:
            os.write(number, "".join(lines).encode())
        finally:
            os.close(number)
        if is_new:
            _remove(sorted(place.parent.glob("csp-[0-9]*.log"))[:-KEPT])


def log_file(settings: Settings, at: datetime) -> Path:
    """Return the file of a month."""
    return settings.log / f"csp-{at:%Y-%m}.log"


def _in_one_line(event: str) -> str:
    return " ".join(event.split())


def _remove(old: Iterable[Path]) -> None:
    for path in old:
        path.unlink(missing_ok=True)
