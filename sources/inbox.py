"""Finds files, keeps their bytes, and recognises which source each one is.

Bytes are kept in the archive under their SHA-256 before anything else is done with them, so that
every figure can be walked back to what the partner really sent.
"""

import hashlib
import os
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from schemas.areas import Home
from schemas.issues import DeliveryRejected, Issue
from sources.headers import HeaderMatch, match_headers, nearest
from sources.read import CsvFile, HeadRow, TextFile, open_text
from sources.spec import Csv, Layout, Sheet, SourceSpec

CHUNK = 1 << 20


@dataclass(frozen=True)
class Delivery:
    """One file as a partner sent it: what it was called, and where its bytes are kept."""

    name: str
    path: Path
    sha256: str
    size: int

    @property
    def own_name(self) -> str:
        """The name of the file itself, without the archive and folders that it came in."""
        return self.name.rsplit("/", 1)[-1]


@dataclass(frozen=True)
class Recognised:
    """A delivery whose source and layout are known, opened at its header row."""

    delivery: Delivery
    source: SourceSpec
    layout: Layout
    file: TextFile
    header: HeadRow
    match: HeaderMatch


@dataclass(frozen=True)
class LeftOut:
    """A member of an archive that is not one of ours: listed, so that nothing is silent."""

    name: str


def find(folder: Path) -> list[Path]:
    """Return the files of an inbox in the order of their names; hidden ones are left alone."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )


def take(
    path: Path, archive: Path, sources: Iterable[SourceSpec], home: Home
) -> Iterator[Delivery | LeftOut]:
    """Keep a file's bytes and return it as a delivery; a zip archive gives one a member of ours.

    Raises `DeliveryRejected` when there is no readable file.
    """
    if not path.is_file():
        raise DeliveryRejected(Issue("file-missing"))
    if path.suffix.lower() == ".zip":
        yield from _take_members(path, archive, tuple(sources), home)
        return
    try:
        with path.open("rb") as file:
            yield keep(file, path.name, archive)
    except PermissionError:
        raise _forbidden() from None


def _forbidden() -> DeliveryRejected:
    return DeliveryRejected(Issue("file-unreadable", expected="any file at all"))


def _take_members(
    path: Path, archive: Path, sources: tuple[SourceSpec, ...], home: Home
) -> Iterator[Delivery | LeftOut]:
    ours = [layout.members for s in sources for layout in s.layouts if layout.members]
    damaged = DeliveryRejected(Issue("file-unreadable", expected="a zip archive"))
    try:
        with zipfile.ZipFile(path) as archived:
            for member in sorted(archived.infolist(), key=lambda m: m.filename):
                if member.is_dir():
                    continue
                name = f"{path.name}/{member.filename}"
                if not any(is_ours(member.filename, home) for is_ours in ours):
                    yield LeftOut(name)
                    continue
                with archived.open(member) as file:
                    yield keep(file, name, archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        raise damaged from None
    except PermissionError:
        raise _forbidden() from None


def keep(file: IO[bytes], name: str, archive: Path) -> Delivery:
    """Copy bytes into the archive under their SHA-256; the same bytes are kept once."""
    archive.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with tempfile.NamedTemporaryFile(dir=archive, prefix=".incoming-", delete=False) as copy:
        part = Path(copy.name)
        try:
            while block := file.read(CHUNK):
                digest.update(block)
                size += len(block)
                copy.write(block)
            copy.flush()
            os.fsync(copy.fileno())
            kept = archive / digest.hexdigest()[:2] / digest.hexdigest()
            kept.parent.mkdir(exist_ok=True)
            part.replace(kept)
        finally:
            with suppress(FileNotFoundError):
                part.unlink()
    return Delivery(name, kept, digest.hexdigest(), size)


def recognise(delivery: Delivery, sources: Iterable[SourceSpec]) -> Recognised:
    """Tell by its headings which declared layout a file has.

    Raises `DeliveryRejected`, saying what is missing, when it has none of them.
    """
    if delivery.size == 0:
        raise DeliveryRejected(Issue("file-empty"))
    sources = tuple(sources)
    name = delivery.name.lower()
    candidates = [
        (source, layout)
        for source in sources
        for layout in source.layouts
        if name.endswith(layout.format.suffixes)
    ]
    if not candidates:
        kinds = sorted({s for src in sources for lay in src.layouts for s in lay.format.suffixes})
        raise DeliveryRejected(
            Issue("layout-unknown", expected=f"Files end in {', '.join(kinds)} or .zip.")
        )
    best: Recognised | None = None
    refusals: dict[Issue, None] = {}
    opened: dict[Csv | Sheet, tuple[TextFile, list[HeadRow]]] = {}
    for source, layout in candidates:
        try:
            if layout.format not in opened:
                file = open_text(delivery.path, delivery.name, layout.format)
                opened[layout.format] = file, file.head()
        except DeliveryRejected as refusal:
            refusals.update(dict.fromkeys(refusal.issues))
            if _fits_but_for_its_encoding(delivery, layout):
                raise
            continue
        file, head = opened[layout.format]
        for row in head:
            match = match_headers(row.cells, layout)
            found = Recognised(delivery, source, layout, file, row, match)
            if best is None or _rank(found) > _rank(best):
                best = found
            if match.fits:
                break
    if best is None:
        raise DeliveryRejected(*(refusals or [Issue("file-empty")]))
    if best.match.fits:
        return best
    raise DeliveryRejected(*_what_is_missing(best, candidates))


def _fits_but_for_its_encoding(delivery: Delivery, layout: Layout) -> bool:
    """Say whether a file's headings are those of a layout whose encoding it does not have."""
    if not isinstance(layout.format, Csv):
        return False
    try:
        head = CsvFile(delivery.path, layout.format, delivery.name).head(errors="replace")
    except DeliveryRejected:
        return False
    return any(match_headers(row.cells, layout).fits for row in head)


def _rank(found: Recognised) -> tuple[bool, float, int]:
    return found.match.fits, found.match.share, len(found.match.positions)


def _what_is_missing(best: Recognised, candidates: list[tuple[SourceSpec, Layout]]) -> list[Issue]:
    if best.match.share < 0.5:
        known = "; ".join(dict.fromkeys(f"{s.title} ({s.partner})" for s, _ in candidates))
        return [Issue("layout-unknown", expected=f"Agreed exports of this kind of file: {known}.")]
    doubled = [Issue("header-doubled", column=header) for header in best.match.doubled]
    missing = [
        Issue("header-missing", column=h, expected=nearest(h, best.header.cells))
        for h in best.match.missing
    ]
    return doubled + missing
