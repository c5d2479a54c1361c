"""Watches the XML parts of a workbook go by, and says what they would make of a reader.

A sheet of two cells, one in A1 and one in XFD1048576, is a rectangle of 17 thousand million cells
to a library that reads it; a text of a megabyte that a million cells refer to is a terabyte. So the
extent of every sheet is measured first. Parts are known by their root element, never by their name.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from xml.parsers import expat

from schemas.issues import Issue

MOST_CELLS = 20_000_000
MOST_TEXT = 512 << 20
MOST_COLUMNS = 500

_PIVOTS = ("pivotTableDefinition", "pivotCacheDefinition", "pivotCacheRecords", "data-pilot-table")
_REFERENCE = re.compile(r"([A-Za-z]{1,7})([0-9]{1,10})")


class PartFault(Exception):  # noqa: N818 - it says what is wrong with the part
    """A part of a workbook is refused, and the whole with it."""

    def __init__(self, issue: Issue):
        super().__init__(issue.rule)
        self.issue = issue


@dataclass
class Contents:
    """What the parts of a workbook amount to."""

    has_pivot: bool = False
    is_locked: bool = False
    cells: int = 0
    text: int = 0
    shared: list[int] = field(default_factory=list)

    def add_sheet(self, rows: int, columns: int) -> None:
        """Add the rectangle of one sheet; raises `PartFault` when there is more than can be."""
        if columns > MOST_COLUMNS:
            raise PartFault(Issue("columns-too-many", expected=f"{columns:,}"))
        self.cells += rows * columns
        if self.cells > MOST_CELLS:
            raise PartFault(Issue("file-bomb", expected=f"more than {MOST_CELLS:,} cells"))

    def add_text(self, length: int) -> None:
        """Add some text of cells; raises `PartFault` when there is more than can be."""
        self.text += length
        if self.text > MOST_TEXT:
            raise PartFault(Issue("file-bomb", expected="more than 512 MB of text in its cells"))


Start = Callable[[str, dict[str, str]], None]


def measure(parts: Iterable[tuple[str, Iterable[bytes]]]) -> Contents:
    """Look at all parts of a workbook (name and bytes) and say what they amount to.

    Raises `PartFault` for what must not be read at all.
    """
    contents = Contents()
    parts = list(parts)
    # What is locked is no XML but in its manifest.
    for name, blocks in parts:
        if name.lower().endswith("manifest.xml"):
            _watch(name, iter(blocks), contents)
    if contents.is_locked:
        return contents
    # The texts that cells refer to come first, wherever they lie: a sheet is measured by them.
    shared = [part for part in parts if b"sst" in _beginning(part[1])]
    others = [part for part in parts if part not in shared]
    for name, blocks in chain(shared, others):
        _watch(name, iter(blocks), contents)
    return contents


def _beginning(blocks: Iterable[bytes]) -> bytes:
    return next(iter(blocks), b"")[:2000]


def _watch(name: str, blocks: Iterator[bytes], contents: Contents) -> None:
    first = next(blocks, b"")
    if not _is_markup(first) and not name.lower().endswith((".xml", ".rels")):
        for _ in blocks:
            pass  # Counted on the way.
        return
    watch = _Watch(contents)
    try:
        for block in chain([first], blocks):
            watch.parser.Parse(block, False)
        watch.parser.Parse(b"", True)
    except (expat.ExpatError, LookupError):  # the latter for an encoding that nobody knows
        # Drawings of older programs are no proper XML, and nobody reads them.
        if name.lower().endswith((".xml", ".rels")) or watch.is_sheet:
            raise PartFault(
                Issue(
                    "file-unreadable",
                    expected="a workbook: it is damaged, cut short or of another kind",
                )
            ) from None
        for _ in blocks:
            pass


def _is_markup(first: bytes) -> bool:
    return first.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \r\n\t").startswith(b"<")


class _Watch:
    """Follows one part, element by element."""

    def __init__(self, contents: Contents):
        self.contents = contents
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._root
        self.is_sheet = False
        self.row = self.column = 0
        self.rows = self.columns = 0
        self.is_shared = False
        self.repeat = self.row_repeat = 1
        self.row_columns = 0
        self.length = 0

    def _doctype(self, *_: object) -> None:
        raise PartFault(Issue("file-dangerous", expected="its XML declares a document type"))

    def _root(self, name: str, attributes: dict[str, str]) -> None:
        root = name.rpartition(":")[2]
        if root in _PIVOTS:
            self.contents.has_pivot = True
        self.parser.StartElementHandler = None
        if root == "worksheet":
            self.is_sheet = True
            self.parser.StartElementHandler = self._cell_begins
            self.parser.EndElementHandler = self._cell_ends
        elif root == "sst":
            self.parser.StartElementHandler = self._text_begins
            self.parser.EndElementHandler = self._text_ends
            self.parser.CharacterDataHandler = self._characters
        elif root in {"document-content", "document"}:
            self.is_sheet = True
            self.parser.StartElementHandler = self._table_begins
            self.parser.EndElementHandler = self._table_ends
            self.parser.CharacterDataHandler = self._characters
        elif root == "manifest":
            self.parser.StartElementHandler = self._entry

    def _entry(self, name: str, attributes: dict[str, str]) -> None:
        if name.endswith("encryption-data"):
            self.contents.is_locked = True

    def _characters(self, text: str) -> None:
        self.length += len(text)

    # Excel: <row r="2"><c r="B2" t="s"><v>0</v></c></row>, and the texts in another part

    def _text_begins(self, name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "si":
            self.length = 0

    def _text_ends(self, name: str) -> None:
        if name.rpartition(":")[2] == "si":
            self.contents.shared.append(self.length)

    def _cell_begins(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "c":
            self.column += 1
            if match := _REFERENCE.fullmatch(attributes.get("r", "")):
                self.column, self.row = _number(match[1]), int(match[2])
            self.is_shared = attributes.get("t") == "s"
        elif name == "row":
            self.row = _count(attributes.get("r"), self.row + 1)
            self.column = 0
        elif name in {"v", "is", "f"}:
            self.rows, self.columns = max(self.rows, self.row), max(self.columns, self.column)
            if self.is_shared and name == "v":
                self.length = 0
                self.parser.CharacterDataHandler = self._reference
        elif name == "t":
            self.length = 0
            self.parser.CharacterDataHandler = self._characters

    def _reference(self, text: str) -> None:
        if text.isdigit() and len(text) < 10 and int(text) < len(self.contents.shared):
            self.contents.add_text(self.contents.shared[int(text)])

    def _cell_ends(self, name: str) -> None:
        name = name.rpartition(":")[2]
        if name == "v":
            self.parser.CharacterDataHandler = None
        elif name == "t":
            self.parser.CharacterDataHandler = None
            self.contents.add_text(self.length)
        elif name == "worksheet":
            self.contents.add_sheet(self.rows, self.columns)

    # OpenDocument: <table-row><table-cell number-columns-repeated="3" value-type=...>

    def _table_begins(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name in {"table-cell", "covered-table-cell"}:
            plain = {key.rpartition(":")[2]: value for key, value in attributes.items()}
            self.repeat = _count(plain.get("number-columns-repeated"), 1)
            self.column += self.repeat
            self.length = len(plain.get("string-value", ""))
            if "value-type" in plain or "formula" in plain:
                self.row_columns = self.column
        elif name == "table-row":
            plain = {key.rpartition(":")[2]: value for key, value in attributes.items()}
            self.row_repeat = _count(plain.get("number-rows-repeated"), 1)
            self.column = self.row_columns = 0
        elif name == "p":
            self.row_columns = max(self.row_columns, self.column)
        elif name == "table":
            self.row = self.rows = self.columns = 0
        elif name in _PIVOTS:
            self.contents.has_pivot = True

    def _table_ends(self, name: str) -> None:
        name = name.rpartition(":")[2]
        if name in {"table-cell", "covered-table-cell"}:
            if self.length:
                self.contents.add_text(self.length * self.repeat * self.row_repeat)
            self.length = 0
        elif name == "table-row":
            self.row += self.row_repeat
            if self.row_columns:
                self.rows, self.columns = self.row, max(self.columns, self.row_columns)
        elif name == "table":
            self.contents.add_sheet(self.rows, self.columns)


def _count(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdigit() and len(text) <= 12 else otherwise


def _number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
