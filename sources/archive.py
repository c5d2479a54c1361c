"""The archive: received bytes, each file once under its SHA-256, and who may touch them when.

Whoever takes files in holds the archive together with others who do; retention holds it alone, so
that it never removes bytes that are just being received again.
"""

import errno
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import IO

from sources.delivery import Delivery
from sources.locks import held

CHUNK = 1 << 20
_OF_WRITING = (
    errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM,
)  # fmt: skip
UNFINISHED = ".incoming-"
"""How a copy is called until it is whole; one that is left belongs to a run that broke off."""


class NotKept(OSError):  # noqa: N818 - it says what happened
    """The archive takes no bytes, which no partner can help, as one could a file without rights."""


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


def find(folder: Path) -> list[Path]:
    """Return the files of an inbox in the order of their names; hidden ones are left alone."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )


@contextmanager
def in_use(archive: Path) -> Iterator[None]:
    """Hold the archive while a file is taken in and loaded; waits for who holds it alone.

    What killed runs have left half copied is cleared away by the next that finds itself alone.
    """
    with held(archive, is_alone=False, if_alone=partial(_sweep, archive)):
        yield


@contextmanager
def alone(archive: Path) -> Iterator[None]:
    """Hold the archive alone; waits until nothing is being taken in.

    Raises `ArchiveLocked` where that cannot be known.
    """
    with held(archive, is_alone=True) as is_held:
        if not is_held:
            raise ArchiveLocked
        yield


def _sweep(archive: Path) -> None:
    """Remove copies that nobody is making any more: the runs that began them were killed."""
    for left in archive.glob(f"{UNFINISHED}*"):
        with suppress(OSError):
            left.unlink()


def keep(file: IO[bytes], name: str, archive: Path) -> Delivery:
    """Copy bytes into the archive under their SHA-256; the same bytes are kept once.

    Raises `NotKept` where the archive takes none.
    """
    with _writing(archive):
        archive.mkdir(parents=True, exist_ok=True)
        # The first file of all finds no archive to hold before this.
        with held(archive, is_alone=False):
            return _copy(file, name, archive)


@contextmanager
def _writing(archive: Path) -> Iterator[None]:
    """Tell faults of writing, by their number, from those of reading what is to be kept."""
    try:
        yield
    except OSError as error:
        if error.errno in _OF_WRITING:
            raise NotKept(error.errno, error.strerror, str(archive)) from None
        raise


def _copy(file: IO[bytes], name: str, archive: Path) -> Delivery:
    with tempfile.NamedTemporaryFile(dir=archive, prefix=UNFINISHED, delete=False) as copy:
        part = Path(copy.name)
        try:
            sha256, size = copied(file, copy.write)
            copy.flush()
            os.fsync(copy.fileno())
            kept = place_of(archive, sha256)
            kept.parent.mkdir(exist_ok=True)
            part.replace(kept)
        finally:
            with suppress(FileNotFoundError):
                part.unlink()
    return Delivery(name, kept, sha256, size)


def kept_already(path: Path, archive: Path) -> Delivery | None:
    """Return a file whose very bytes are kept already; None where the archive has others, or none.

    They count as kept again today, as by `keep`.
    """
    with path.open("rb") as file:
        sha256, size = copied(file, lambda block: None)
    kept = place_of(archive, sha256)
    if not kept.is_file() or not _are_alike(path, kept):
        return None
    os.utime(kept)
    return Delivery(path.name, kept, sha256, size)


def _are_alike(one: Path, other: Path) -> bool:
    with one.open("rb") as first, other.open("rb") as second:
        while block := first.read(CHUNK):
            if second.read(CHUNK) != block:
                return False
        return not second.read(1)


def discard(delivery: Delivery) -> None:
    """Take a delivery's bytes out of the archive: they turned out to be such as are not kept."""
    with suppress(FileNotFoundError):
        delivery.path.unlink()


def copied(file: IO[bytes], write: Callable[[bytes], object]) -> tuple[str, int]:
    """Pass a file's bytes on and return their SHA-256 and number."""
    digest, size = hashlib.sha256(), 0
    while block := file.read(CHUNK):
        digest.update(block)
        size += len(block)
        write(block)
    return digest.hexdigest(), size
