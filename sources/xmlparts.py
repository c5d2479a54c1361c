"""Watches the XML parts of a workbook go by, and says what they would make of a reader.

A sheet of two cells, one in A1 and one in XFD1048576, is a rectangle of 17 thousand million cells
to a library that reads it; a text of a megabyte that a million cells refer to is a terabyte. So the
extent of every sheet is measured first. Parts are known by their root element, never by their name.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from xml.parsers import expat

from schemas.issues import Issue

MOST_CELLS = 20_000_000
MOST_TEXT = 512 << 20
MOST_COLUMNS = 500

_PIVOTS = ("pivotTableDefinition", "pivotCacheDefinition", "pivotCacheRecords", "data-pilot-table")
_CONTENT = frozenset({"v", "is", "f"})
_READ = frozenset({"v", "t"})
_TABLE_CELLS = frozenset({"table-cell", "covered-table-cell"})
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


class _Local(dict[str, str]):
    """Names of elements and attributes without their prefix, worked out once a name."""

    def __missing__(self, name: str) -> str:
        self[name] = found = name.rpartition(":")[2]
        return found


class _Watch:
    """Follows one part, element by element.

    What is done for every cell stands in functions that share their variables: a workbook has
    millions of cells, and a method that looks up its object's own takes three times as long.
    """

    def __init__(self, contents: Contents):
        self.contents = contents
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._root
        self.is_sheet = False

    def _doctype(self, *_: object) -> None:
        raise PartFault(Issue("file-dangerous", expected="its XML declares a document type"))

    def _root(self, name: str, attributes: dict[str, str]) -> None:
        root = name.rpartition(":")[2]
        if root in _PIVOTS:
            self.contents.has_pivot = True
        self.parser.StartElementHandler = None
        if root == "worksheet":
            self.is_sheet = True
            _follow_cells(self.parser, self.contents)
        elif root == "sst":
            _follow_texts(self.parser, self.contents)
        elif root in {"document-content", "document"}:
            self.is_sheet = True
            _follow_tables(self.parser, self.contents)
        elif root == "manifest":
            self.parser.StartElementHandler = self._entry

    def _entry(self, name: str, attributes: dict[str, str]) -> None:
        if name.endswith("encryption-data"):
            self.contents.is_locked = True


# --- Excel: <row r="2"><c r="B2" t="s"><v>0</v></c></row>, and the texts in another part ------


def _follow_texts(parser: expat.XMLParserType, contents: Contents) -> None:
    """Note how long each of the texts is to which cells refer."""
    local = _Local()
    length = 0

    def begins(name: str, _attributes: dict[str, str]) -> None:
        nonlocal length
        if local[name] == "si":
            length = 0

    def characters(text: str) -> None:
        nonlocal length
        length += len(text)

    def ends(name: str) -> None:
        if local[name] == "si":
            contents.shared.append(length)

    parser.StartElementHandler, parser.EndElementHandler = begins, ends
    parser.CharacterDataHandler = characters


def _follow_cells(parser: expat.XMLParserType, contents: Contents) -> None:
    """Measure the rectangle of a sheet, and the text of its cells."""
    local, columns_of, shared = _Local(), dict[str, int](), contents.shared
    row = column = rows = columns = 0
    row_digits, digits = "", 0
    is_shared = False
    reads = ""  # what the characters now are: those of a "v" that refers to a text, or of a "t"

    def begins(name: str, attributes: dict[str, str]) -> None:
        nonlocal row, column, rows, columns, row_digits, digits, is_shared, reads
        name = local[name]
        if name == "c":
            column += 1
            if place := attributes.get("r"):
                # Nearly all say the row that they are in, below a column that was there before.
                if place[-digits:] == row_digits and (known := columns_of.get(place[:-digits])):
                    column = known
                elif match := _REFERENCE.fullmatch(place):
                    column = columns_of[match[1]] = _number(match[1])
                    row, row_digits, digits = int(match[2]), match[2], len(match[2])
            is_shared = attributes.get("t") == "s"
        elif name in _CONTENT:
            if row > rows or column > columns:
                rows, columns = max(rows, row), max(columns, column)
            if is_shared and name == "v":
                reads = "v"
        elif name == "row":
            row = _count(attributes.get("r"), row + 1)
            row_digits, digits = str(row), len(str(row))
            column = 0
        elif name == "t":
            reads = "t"

    def characters(text: str) -> None:
        if reads == "v":
            if text.isdigit() and len(text) < 10 and (number := int(text)) < len(shared):
                contents.add_text(shared[number])
        elif reads:
            contents.add_text(len(text))

    def ends(name: str) -> None:
        nonlocal reads
        if reads:
            if local[name] in _READ:
                reads = ""
        elif local[name] == "worksheet":
            contents.add_sheet(rows, columns)

    parser.StartElementHandler, parser.EndElementHandler = begins, ends
    parser.CharacterDataHandler = characters


# --- OpenDocument: <table-row><table-cell number-columns-repeated="3" value-type=...> ----------


def _follow_tables(parser: expat.XMLParserType, contents: Contents) -> None:
    """Measure the rectangles of the tables of a document, and the text of their cells."""
    local = _Local()
    row = column = rows = columns = row_columns = length = 0
    repeat = row_repeat = 1

    def begins(name: str, attributes: dict[str, str]) -> None:
        nonlocal row, column, rows, columns, row_columns, length, repeat, row_repeat
        name = local[name]
        if name in _TABLE_CELLS:
            plain = {local[key]: value for key, value in attributes.items()}
            repeat = _count(plain.get("number-columns-repeated"), 1)
            column += repeat
            length = len(plain.get("string-value", ""))
            if "value-type" in plain or "formula" in plain:
                row_columns = column
        elif name == "p":
            row_columns = max(row_columns, column)
        elif name == "table-row":
            plain = {local[key]: value for key, value in attributes.items()}
            row_repeat = _count(plain.get("number-rows-repeated"), 1)
            column = row_columns = 0
        elif name == "table":
            row = rows = columns = 0
        elif name in _PIVOTS:
            contents.has_pivot = True

    def characters(text: str) -> None:
        nonlocal length
        length += len(text)

    def ends(name: str) -> None:
        nonlocal row, rows, columns, length
        name = local[name]
        if name in _TABLE_CELLS:
            if length:
                contents.add_text(length * repeat * row_repeat)
            length = 0
        elif name == "table-row":
            row += row_repeat
            if row_columns:
                rows, columns = row, max(columns, row_columns)
        elif name == "table":
            contents.add_sheet(rows, columns)

    parser.StartElementHandler, parser.EndElementHandler = begins, ends
    parser.CharacterDataHandler = characters


def _count(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdigit() and len(text) <= 12 else otherwise


def _number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
