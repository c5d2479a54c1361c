"""Finds files, keeps their bytes, and hands them on to be recognised.

Bytes are kept in the archive under their SHA-256 before anything else is done with them, so that
every figure can be walked back to what the partner really sent. The exception is a file that must
not be kept: one that is dangerous to open, is locked, or hides what no export should carry. It is
looked at where it lies, and only its name, size and SHA-256 are handed on.
"""

import errno
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from schemas.areas import Home
from schemas.issues import DeliveryRejected, Issue
from sources.archive import copied, discard, find, in_use, keep
from sources.containers import screen, screen_archive, screen_member
from sources.delivery import Delivery, LeftOut, Refused
from sources.kinds import unreadable
from sources.publications import hides_what_is_declared
from sources.recognise import Recognised, mistaken, recognise
from sources.spec import SourceSpec

__all__ = [
    "Delivery", "LeftOut", "Recognised", "Refused", "discard", "find", "keep", "recognise",
    "screened", "take",
]  # fmt: skip

_DAMAGED = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError,
    struct.error,
)  # fmt: skip


def take(
    path: Path, archive: Path, sources: Iterable[SourceSpec], home: Home
) -> Iterator[Delivery | Refused | LeftOut]:
    """Keep a file's bytes and return it as a delivery; a zip archive gives one a member of ours.

    What must not be kept comes back as `Refused`. The archive is held until the last one is asked
    for, so that retention takes nothing away that is being loaded. Raises `DeliveryRejected` when
    there is no readable file, `NotKept` where the archive takes no bytes.
    """
    if not path.is_file():
        raise DeliveryRejected(Issue("file-missing"))
    sources = tuple(sources)
    try:
        with in_use(archive):
            if path.suffix.lower() == ".zip":
                yield from _take_members(path, archive, sources, home)
            elif issues := screened(path, path.name, sources):
                yield _refused(path, path.name, issues)
            else:
                with path.open("rb") as file:
                    yield keep(file, path.name, archive)
    except PermissionError:
        raise _forbidden() from None


def screened(path: Path, name: str, sources: Sequence[SourceSpec]) -> tuple[Issue, ...]:
    """Return why a file must not be kept; nothing for one that may be.

    A publication whose layout declares what it hides may hide that, and nothing else.

    Raises `DeliveryRejected` for a file that may not be opened.
    """
    try:
        issues = screen(path, name)
    except PermissionError:
        raise _forbidden() from None
    rules = {issue.rule for issue in issues}
    if rules == {"sheet-hidden"} and hides_what_is_declared(path, name, sources):
        return ()
    if rules & {"sheet-hidden", "sheet-pivot"}:
        issues += mistaken(path, name, sources)
    return issues


def _forbidden() -> DeliveryRejected:
    return DeliveryRejected(
        Issue("file-unreadable", expected="any file at all: it may not be read from here")
    )


def _refused(path: Path, name: str, issues: tuple[Issue, ...]) -> Refused:
    with path.open("rb") as file:
        sha256, size = copied(file, lambda block: None)
    return Refused(name, sha256, size, issues)


def _take_members(
    path: Path, archive: Path, sources: tuple[SourceSpec, ...], home: Home
) -> Iterator[Delivery | Refused | LeftOut]:
    try:
        if issues := screen_archive(path):
            yield _refused(path, path.name, issues)
            return
        ours = [layout.members for s in sources for layout in s.layouts if layout.members]
        with zipfile.ZipFile(path) as archived:
            for member in sorted(archived.infolist(), key=lambda m: m.filename):
                if member.is_dir():
                    continue
                name = f"{path.name}/{member.filename}"
                if any(is_ours(member.filename, home) for is_ours in ours):
                    yield _take_member(archived, member, name, archive, sources)
                else:
                    yield LeftOut(name)
    except _DAMAGED:
        yield _refused(path, path.name, unreadable("a zip archive").issues)
    except OSError as error:
        # A directory that points before the file's beginning; any other fault is the machine's.
        if error.errno != errno.EINVAL:
            raise
        yield _refused(path, path.name, unreadable("a zip archive").issues)


def _take_member(
    archived: zipfile.ZipFile,
    member: zipfile.ZipInfo,
    name: str,
    archive: Path,
    sources: tuple[SourceSpec, ...],
) -> Delivery | Refused:
    if issues := screen_member(member):
        # It is not unpacked, so that its own sum is not known: the archive's stands for it.
        return _refused(Path(str(archived.filename)), name, issues)
    with archived.open(member) as file:
        delivery = keep(file, name, archive)
    if issues := screened(delivery.path, name, sources):
        discard(delivery)
        return Refused(name, delivery.sha256, delivery.size, issues)
    return delivery
