"""The archive: received bytes, each file once under its SHA-256, and who may touch them when.

Whoever takes files in holds the archive together with others who do; retention holds it alone, so
that it never removes bytes that are just being received again.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows, where a partner's analyst may run `csp check`
    fcntl = None  # type: ignore[assignment]

UNFINISHED = ".incoming-"
"""How a copy is called until it is whole; one that is left belongs to a run that broke off."""


class ArchiveLocked(RuntimeError):  # noqa: N818 - it says what it is
    """The archive cannot be held alone: its file system has no locks."""


@dataclass(frozen=True)
class Kept:
    """One file of the archive; `sha256` is its name, "" for an unfinished copy.

    `kept_on` is the day (UTC) on which these bytes last came.
    """

    path: Path
    sha256: str
    size: int
    kept_on: date


def place_of(archive: Path, sha256: str) -> Path:
    """Return where the bytes of a SHA-256 are kept."""
    return archive / sha256[:2] / sha256


def is_whole(path: Path, sha256: str) -> bool:
    """Say whether a kept file still is what was received."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == sha256


def kept_files(archive: Path) -> list[Kept]:
    """Return every file of the archive, unfinished copies last."""
    found = [*sorted(archive.glob("??/*")), *sorted(archive.glob(f"{UNFINISHED}*"))]
    return [_kept(path) for path in found if path.is_file()]


def _kept(path: Path) -> Kept:
    state = path.stat()
    sha256 = "" if path.name.startswith(UNFINISHED) else path.name
    return Kept(path, sha256, state.st_size, datetime.fromtimestamp(state.st_mtime, UTC).date())


@contextmanager
def in_use(archive: Path) -> Iterator[None]:
    """Hold the archive while a file is taken in and loaded; waits for who holds it alone."""
    with _held(archive, is_alone=False):
        yield


@contextmanager
def alone(archive: Path) -> Iterator[None]:
    """Hold the archive alone; waits until nothing is being taken in.

    Raises `ArchiveLocked` where that cannot be known.
    """
    with _held(archive, is_alone=True) as is_held:
        if not is_held:
            raise ArchiveLocked
        yield


@contextmanager
def _held(archive: Path, *, is_alone: bool) -> Iterator[bool]:
    """Lock the folder itself: nothing is written, and the lock ends with the process.

    Gives False where there are no locks. Before the first file there is nothing to hold.
    """
    if fcntl is None or not archive.is_dir():
        yield fcntl is not None
        return
    folder = os.open(archive, os.O_RDONLY)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX if is_alone else fcntl.LOCK_SH)
            is_held = True
        except OSError:
            is_held = False
        yield is_held
    finally:
        os.close(folder)
