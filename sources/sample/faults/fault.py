"""What a planted fault is: a number of the catalogue, files in their order, and the answer due."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache

from schemas.period import Month, Quarter, Span
from sources.sample.faults import books
from sources.sample.faults.bench import SAMPLES, Bench, in_time
from sources.sample.faults.page import Page

Edit = Callable[[Page], None]
Pack = Callable[[Page], bytes]

QUARTER = Quarter(2018, 1)
"""The quarter that faults are planted in where nothing else is asked for.

It lies in a year for which no official figure is printed anywhere, under the wards of its time.
"""


class Status(StrEnum):
    """What becomes of the file that holds the fault."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    KNOWN = "known already"
    NOTHING = "no delivery"


@dataclass(frozen=True)
class Answer:
    """The answer that the last file must get, and nothing beside it.

    `of_file` names rules of the whole file, of a column or of the delivery; `holds` those that hold
    publication. `absent` lists figures (measure and month of the district) that are [x]. `status`
    of NOTHING has `says`: words that `csp status` prints. `is_kept` is false where the bytes must
    not stay in the archive. `replaced` counts the earlier rows that the file supersedes.
    """

    status: Status = Status.ACCEPTED
    of_file: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    absent: tuple[tuple[str, Month], ...] = ()
    says: tuple[str, ...] = ()
    is_kept: bool = True
    replaced: int | None = None


def accepted(
    *of_file: str,
    holds: tuple[str, ...] = (),
    absent: tuple[tuple[str, Month], ...] = (),
    replaced: int | None = None,
) -> Answer:
    """The file is loaded, with these findings about it."""
    return Answer(Status.ACCEPTED, of_file, holds, absent, replaced=replaced)


def rejected(*of_file: str, is_kept: bool = True) -> Answer:
    """Nothing of the file is loaded, for these reasons."""
    return Answer(Status.REJECTED, of_file, is_kept=is_kept)


def plain(page: Page) -> bytes:
    """Write a page in the format of its source."""
    suffix = SAMPLES[page.source].suffix
    if suffix == ".csv":
        return books.csv_bytes(page.grid)
    sheet = books.Sheet("Export", page.grid)
    return books.xlsx_bytes([sheet]) if suffix == ".xlsx" else books.ods_bytes([sheet])


@dataclass(frozen=True)
class Piece:
    """One file of a fault: a clean export of some months, what is done to it, and how it is sent.

    `source` "" is the fault's own. `name` and `suffix` take the place of the usual ones; `of_file`
    is what an earlier file is told of itself. It is received in time, unless `received_on` is set.
    """

    span: Span = QUARTER.span
    edits: tuple[Edit, ...] = ()
    pack: Pack = plain
    source: str = ""
    name: str = ""
    suffix: str = ""
    of_file: tuple[str, ...] = ()
    received_on: date | None = None
    is_whole: bool = False


@dataclass(frozen=True)
class Sent:
    """A file as it is sent: what it is called, its bytes, and the day on which it comes."""

    name: str
    content: bytes = field(repr=False)
    source: str
    received_on: date
    of_file: tuple[str, ...]


@dataclass(frozen=True)
class Planted:
    """The files of a fault, in order, and the rows of the last in which each rule is broken."""

    files: tuple[Sent, ...]
    rows: Mapping[str, tuple[int, ...]]


@dataclass(frozen=True)
class Fault:
    """One planted fault: its number in the catalogue with a letter, and a plain sentence."""

    number: str
    name: str
    source: str
    sentence: str
    files: tuple[Piece, ...]
    answer: Answer = field(default_factory=Answer)

    @property
    def slug(self) -> str:
        """Its folder, and its name in the tests."""
        return f"{self.number}-{self.name}"

    @property
    def catalogue_number(self) -> int:
        """The number in the catalogue, without the letter."""
        return int(self.number.rstrip("abcdefghijklmnopqrstuvwxyz"))

    def plant(self, bench: Bench) -> Planted:
        """Make the files; only here is anything spoiled, and only here is the truth known."""
        made = [_made(piece, piece.source or self.source, bench) for piece in self.files]
        told = made[-1][1] if made else {}
        return Planted(
            tuple(sent for sent, _ in made),
            {rule: tuple(sorted(rows)) for rule, rows in sorted(told.items())},
        )


@cache
def _made(piece: Piece, source: str, bench: Bench) -> tuple[Sent, Mapping[str, set[int]]]:
    """Make one file, and say in which rows which rule is broken; a clean year is made once."""
    if piece.is_whole:
        page = bench.whole(source, piece.span.first.quarter)
    else:
        page = bench.page(source, piece.span)
    for edit in piece.edits:
        edit(page)
    name = (piece.name or page.stem) + (piece.suffix or SAMPLES[source].suffix)
    day = piece.received_on or in_time(piece.span)
    return Sent(name, piece.pack(page), source, day, piece.of_file), page.told


def clean(span: Span = QUARTER.span, source: str = "", of_file: tuple[str, ...] = ()) -> Piece:
    """A file with nothing wrong."""
    return Piece(span, source=source, of_file=of_file)


def spoiled(
    *edits: Edit,
    span: Span = QUARTER.span,
    pack: Pack = plain,
    name: str = "",
    suffix: str = "",
    received_on: date | None = None,
) -> Piece:
    """A file with something done to its cells, to its form, or to the way in which it is sent."""
    return Piece(span, edits, pack, "", name, suffix, (), received_on)
