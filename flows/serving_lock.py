"""One `csp serve` a folder, and a trace of one that ended without a word."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import IO

from flows.clock import utc_now
from flows.settings import Settings
from schemas.words import day_label

try:
    import fcntl
except ImportError:  # Windows, where nothing is served
    fcntl = None  # type: ignore[assignment]

NAME = "serve.lock"


class CannotServe(Exception):  # noqa: N818 - it says what is so
    """The timetable cannot be served; the message says why, and what to do."""


@contextmanager
def serving(settings: Settings) -> Iterator[str]:
    """Be the only `csp serve` of the folder, and leave no trace where the block ends in peace.

    Yields a sentence where the one before ended without being stopped, else "". Raises
    `CannotServe` where another one is there.
    """
    if fcntl is None:
        raise CannotServe("csp serve runs on Linux and macOS only.")
    settings.home.mkdir(parents=True, exist_ok=True)
    with (settings.home / NAME).open("a+", encoding="utf-8") as file:
        if not _locked(file):
            raise CannotServe(
                f"csp serve is running already for {settings.home} (process {_read(file)['pid']}). "
                "There can be one for each folder."
            )
        before = _told(file)
        _write(file, json.dumps({"pid": os.getpid(), "since": utc_now().isoformat()}))
        try:
            yield before
        except CannotServe:
            _write(file, "")
            raise
        _write(file, "")


def cut_off(settings: Settings) -> str:
    """Say in a sentence that the last `csp serve` ended without being stopped; "" where not so."""
    place = settings.home / NAME
    if fcntl is None or not place.is_file():
        return ""
    with place.open("r+", encoding="utf-8") as file:
        return _told(file) if _locked(file) else ""


def _told(file: IO[str]) -> str:
    told = _read(file)
    if not told["since"]:
        return ""
    since = datetime.fromisoformat(told["since"])
    return (
        f"csp serve, which started on {day_label(since)} at {since:%H:%M} UTC, ended without being "
        "stopped: it was killed, or the machine went down."
    )


def _read(file: IO[str]) -> dict[str, str]:
    file.seek(0)
    try:
        told = json.loads(file.read())
    except ValueError:
        told = {}
    return {"pid": str(told.get("pid", "unknown")), "since": str(told.get("since", ""))}


def _write(file: IO[str], text: str) -> None:
    file.seek(0)
    file.truncate()
    file.write(text)
    file.flush()
    os.fsync(file.fileno())


def _locked(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
