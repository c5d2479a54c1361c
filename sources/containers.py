"""What is looked at before bytes are kept: how a file is packed, never what its rows say.

A workbook is a zip archive of XML parts, and a zip archive can lie: about its sizes, about where a
member begins, about its own names. So every part of a workbook is unpacked once, with a limit,
before any library builds something from it. Nothing is ever unpacked to disk under its own name.
"""

import gzip
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from schemas.issues import DeliveryRejected, Issue
from sources.kinds import OLE, start_of
from sources.sheets import hidden_sheets
from sources.xmlparts import PartFault, measure

MOST_FILE_BYTES = 4 << 30
MOST_WORKBOOK_BYTES = 100 << 20
MOST_TEXT_BYTES = 8 << 30
MOST_WORKBOOK_UNPACKED = 1 << 30
MOST_RATIO = 200
"""How many times larger than its file an export can be; real ones come to 10, to 40 at most."""
RATIO_FROM = 64 << 20
"""Below so many bytes unpacked nobody is harmed, whatever the ratio."""
MOST_MEMBERS = 100_000
MOST_PARTS = 10_000

_ENCRYPTED = 0x1
_ARCHIVES = (".zip", ".7z", ".rar", ".tar", ".tgz", ".bz2", ".xz", ".jar")
_UNIX, _LINK = 3, 0o120000


def size_in_words(size: int) -> str:
    """Return a number of bytes as a person says it."""
    for unit, step in (("GB", 1 << 30), ("MB", 1 << 20)):
        if size >= step:
            return f"{size // step:,} {unit}"
    return f"{size:,} bytes"


def bomb(limit: int) -> DeliveryRejected:
    """Return the refusal of a file that unpacks to more than a limit."""
    return DeliveryRejected(_bomb(f"more than {size_in_words(limit)}"))


def _bomb(expected: str) -> Issue:
    return Issue("file-bomb", expected=expected)


def _dangerous(expected: str) -> Issue:
    return Issue("file-dangerous", expected=expected)


def screen(path: Path, name: str) -> tuple[Issue, ...]:
    """Return why the bytes of a file must not be kept; nothing for one that may be read.

    A zip archive of exports is judged by `screen_archive` and `screen_member`.
    """
    size = path.stat().st_size
    if size > MOST_FILE_BYTES:
        return (_too_large(size, MOST_FILE_BYTES),)
    start = start_of(path)
    lower = name.lower()
    if start.startswith(OLE) and lower.endswith((".xlsx", ".ods")):
        return (Issue("file-locked"),) if not _is_old_workbook(path) else ()
    if lower.endswith(".gz"):
        return _screen_gzip(path, size)
    if start.startswith(b"PK"):
        return _screen_workbook(path, size)
    return ()


def _too_large(size: int, limit: int) -> Issue:
    stated = f"{size_in_words(size)}, with {size_in_words(limit)} the most"
    return Issue("file-too-large", expected=stated)


def _is_old_workbook(path: Path) -> bool:
    """Say whether an Office file of the old kind is a plain .xls and not an encrypted .xlsx.

    Both are the same container; its directory names the streams, in UTF-16.
    """
    with path.open("rb") as file:
        content = file.read(MOST_WORKBOOK_BYTES)
    return "EncryptedPackage".encode("utf-16-le") not in content and any(
        name.encode("utf-16-le") in content for name in ("Workbook\0", "Book\0")
    )


def _screen_gzip(path: Path, size: int) -> tuple[Issue, ...]:
    """Count what a compressed file unpacks to, where its last bytes state that it is too much.

    A file that is cut short ends in any bytes, so that its statement alone proves nothing; one that
    states too little is found out when it is read.
    """
    most = min(MOST_TEXT_BYTES, max(RATIO_FROM, MOST_RATIO * size))
    with path.open("rb") as file:
        file.seek(max(0, size - 4))
        tail = file.read(4)
    if len(tail) < 4 or struct.unpack("<I", tail)[0] <= most:
        return ()
    total = 0
    try:
        with path.open("rb") as packed, gzip.GzipFile(fileobj=packed) as unpacked:
            while block := unpacked.read(1 << 20):
                total += len(block)
                if total > max(RATIO_FROM, MOST_RATIO * packed.tell()):
                    stated = f"more than {size_in_words(total)} out of {size_in_words(size)}"
                    return (_bomb(stated),)
    except (OSError, EOFError, zlib.error):
        pass  # Damaged: the reader says so.
    return ()


# --- zip archives -----------------------------------------------------------------------------


def screen_archive(path: Path) -> tuple[Issue, ...]:
    """Return why none of an archive's members may be read.

    Raises what `zipfile` raises for one that is damaged.
    """
    size = path.stat().st_size
    if size > MOST_FILE_BYTES:
        return (_too_large(size, MOST_FILE_BYTES),)
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        names = {member.filename for member in members}
        if {"[Content_Types].xml", "content.xml"} & names:
            told = "a zip archive of exports: it is a workbook under another name"
            return (Issue("file-unreadable", expected=told),)
        return _structure(members, archive.start_dir, MOST_MEMBERS, is_of_exports=True)


def screen_member(member: zipfile.ZipInfo) -> tuple[Issue, ...]:
    """Return why a member of an archive may not be unpacked."""
    if member.flag_bits & _ENCRYPTED:
        return (Issue("file-locked"),)
    if _is_bomb(member.file_size, member.compress_size, MOST_TEXT_BYTES):
        return (_bomb(_stated(member.file_size, member.compress_size)),)
    return ()


def _is_bomb(unpacked: int, packed: int, limit: int) -> bool:
    return unpacked > limit or unpacked > max(RATIO_FROM, MOST_RATIO * packed)


def _stated(unpacked: int, packed: int) -> str:
    return f"{size_in_words(unpacked)} out of {size_in_words(packed)}"


def _structure(
    members: Sequence[zipfile.ZipInfo], end: int, most: int, *, is_of_exports: bool = False
) -> tuple[Issue, ...]:
    """Judge the directory of an archive by itself: names, number and places of its members."""
    if len(members) > most:
        return (_bomb(f"it has {len(members):,} members, with {most:,} the most"),)
    issues: dict[Issue, None] = {}
    for member in members:
        if _climbs(member.orig_filename):
            issues[_dangerous("a member of the archive would be written outside its folder")] = None
        if member.create_system == _UNIX and (member.external_attr >> 16) & 0o170000 == _LINK:
            issues[_dangerous("a member of the archive is a link to another place")] = None
        if is_of_exports and member.filename.lower().endswith(_ARCHIVES):
            issues[_bomb("it has archives within the archive")] = None
    if len({member.filename for member in members}) < len(members):
        issues[_dangerous("two members of the archive have the same name")] = None
    places = sorted((m.header_offset, m.compress_size) for m in members)
    ends = [place for place, _ in places[1:]] + [end]
    if any(place + 30 + size > stop for (place, size), stop in zip(places, ends, strict=False)):
        issues[_bomb("members of the archive lie over each other")] = None
    return tuple(issues)


def _climbs(name: str) -> bool:
    plain = name.replace("\\", "/")
    return (
        ".." in PurePosixPath(plain).parts
        or plain.startswith("/")
        or plain[1:2] == ":"
        or "\0" in plain
    )


# --- workbooks --------------------------------------------------------------------------------


class _Lies(Exception):  # noqa: N818 - it says what the directory does
    """A part unpacks to more than the directory of the workbook states, or than is allowed."""


def _screen_workbook(path: Path, size: int) -> tuple[Issue, ...]:
    if size > MOST_WORKBOOK_BYTES:
        return (_too_large(size, MOST_WORKBOOK_BYTES),)
    try:
        with zipfile.ZipFile(path) as book:
            members, end = book.infolist(), book.start_dir
        return _unsafe(members, end, size) or _screen_parts(path, members)
    except (
        zipfile.BadZipFile, zlib.error, struct.error, OSError, ValueError, NotImplementedError,
    ):  # fmt: skip
        return ()  # Damaged, or no workbook: the reader says so.


def _unsafe(members: Sequence[zipfile.ZipInfo], end: int, size: int) -> tuple[Issue, ...]:
    """Judge a workbook by its directory alone."""
    if issues := _structure(members, end, MOST_PARTS):
        return issues
    if any(member.flag_bits & _ENCRYPTED for member in members):
        return (Issue("file-locked"),)
    unpacked = sum(member.file_size for member in members)
    if _is_bomb(unpacked, size, MOST_WORKBOOK_UNPACKED):
        return (_bomb(_stated(unpacked, size)),)
    return _carried(members)


def _screen_parts(path: Path, members: Sequence[zipfile.ZipInfo]) -> tuple[Issue, ...]:
    """Judge a workbook by its parts, each unpacked once."""
    try:
        with path.open("rb") as file:
            contents = measure([(m.filename, _Member(file, m)) for m in members])
    except PartFault as fault:
        return (fault.issue,)
    except _Lies:
        return (_bomb("its directory states less than it holds"),)
    if contents.is_locked:
        return (Issue("file-locked"),)
    issues = []
    if hidden := hidden_sheets(path):
        issues.append(Issue("sheet-hidden", expected=f"{hidden:,}"))
    if contents.has_pivot:
        issues.append(Issue("sheet-pivot"))
    return tuple(issues)


def _carried(members: Sequence[zipfile.ZipInfo]) -> tuple[Issue, ...]:
    names = [member.filename.lower() for member in members]
    issues = []
    if any(name.endswith("vbaproject.bin") or name.startswith("basic/") for name in names):
        issues.append(_dangerous("it has macros"))
    if any("/embeddings/" in name for name in names):
        issues.append(_dangerous("it has other files inside"))
    return tuple(issues)


@dataclass(frozen=True)
class _Member:
    """One member of a workbook, unpacked from its bytes and not by what its directory states."""

    file: IO[bytes]
    info: zipfile.ZipInfo

    def __iter__(self) -> Iterator[bytes]:
        self.file.seek(self.info.header_offset)
        header = self.file.read(30)
        name_length, extra_length = struct.unpack("<HH", header[26:30])
        self.file.seek(self.info.header_offset + 30 + name_length + extra_length)
        if self.info.compress_type == zipfile.ZIP_STORED:
            unpacked = self._stored()
        elif self.info.compress_type == zipfile.ZIP_DEFLATED:
            unpacked = self._inflated()
        else:
            raise NotImplementedError
        total = 0
        for block in unpacked:
            total += len(block)
            if total > self.info.file_size:
                raise _Lies
            yield block

    def _stored(self) -> Iterator[bytes]:
        left = self.info.compress_size
        while block := self.file.read(min(left, 1 << 20)):
            left -= len(block)
            yield block

    def _inflated(self) -> Iterator[bytes]:
        inflate = zlib.decompressobj(-zlib.MAX_WBITS)
        for packed in self._stored():
            while packed:
                yield inflate.decompress(packed, 1 << 20)
                packed = inflate.unconsumed_tail  # noqa: PLW2901 - what is left of it
        yield inflate.flush()
