"""Single rows of a file as the partner wrote them, for the eyes of the data team.

This is the one place that gives cells of a partner's file out again, and it may give personal data:
what comes from here goes to a person's own terminal (`flows/show_lines.py`) and nowhere else. A
test keeps every other module from importing it.
"""

import io
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sources.inbox import Recognised
from sources.read import CsvFile
from sources.sheets import SHEET_STEP, SheetFile, StackedFile, cell_text

BETWEEN_CELLS = " | "
"""Stands between the cells of a workbook, which have no sign of their own between them."""


@dataclass(frozen=True)
class Line:
    """One row by its number, or a row of headings; no sign in it can steer a terminal."""

    number: int
    text: str
    is_heading: bool = False


def written(found: Recognised, rows: Collection[int]) -> Iterator[Line]:
    """Yield the headings of a file and some of its rows by their numbers, the headings first.

    Raises `DeliveryRejected` where a workbook cannot be read.
    """
    file, wanted = found.file, set(rows)
    if isinstance(file, CsvFile):
        yield from _of_text(file, found, wanted)
    elif isinstance(file, SheetFile):
        yield from _of_sheet(file, found.header.row, wanted, 0)
    elif isinstance(file, StackedFile):
        for sheet, header, _ in file.sheets:
            above = sheet.number * SHEET_STEP
            on_it = {row - above for row in wanted if above < row < above + SHEET_STEP}
            if on_it:
                yield from _of_sheet(sheet, header.row, on_it, above)


def _of_text(file: CsvFile, found: Recognised, wanted: set[int]) -> Iterator[Line]:
    """Read a row as the line that it stands on: a file with a row over two lines is refused.

    Only rows down to the headings may have several lines.
    """
    header = found.header
    above = max((row.lines for row in file.head() if row.row < header.row), default=0)
    last = max(wanted, default=0)
    with file.open() as packed:
        text = io.TextIOWrapper(packed, file.encoding, errors="replace", newline="\n")
        for number, line in enumerate(text, start=1):
            row = number - header.lines + header.row
            if above < number <= header.lines:
                yield Line(header.row, _harmless(line), is_heading=True)
            elif row > last:
                return
            elif number > header.lines and row in wanted:
                yield Line(row, _harmless(line))


def _of_sheet(sheet: SheetFile, header: int, wanted: set[int], above: int) -> Iterator[Line]:
    last = max(wanted, default=0)
    for number, cells in enumerate(sheet.rows(), start=1):
        if number > max(last, header):
            return
        if number == header or number in wanted:
            text = _harmless(BETWEEN_CELLS.join(map(cell_text, cells)))
            yield Line(above + number, text, is_heading=number == header)


def _harmless(line: str) -> str:
    """Return a line with every sign that does not print written out, as \\x1b or \\xa0."""
    text = line.rstrip("\r\n").removeprefix("\ufeff")
    return "".join(
        sign if sign.isprintable() or sign == "\t" else sign.encode("unicode_escape").decode()
        for sign in text
    )
