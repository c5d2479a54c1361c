"""Holds a workbook against the Analysis Function's rules for releasing spreadsheets.

Each rule of the list in the guidance is one function below: it says what breaks it, and where.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

SHORTHAND = re.compile(r"(\[(b|c|e|f|low|p|r|u|x|z)\])+")
SMALLEST = 12
YEAR_ALONE = re.compile(r"\b(20\d\d)[/-](\d\d)\b")
QUARTER = re.compile(r"\bQ[1-4]\b")
PERIOD_DASH = re.compile(r"\d{4} ?[-–] ?(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|\d{4})")


def lint(content: bytes) -> list[str]:
    """Return all that is against the rules in a workbook, in words."""
    book = load_workbook(io.BytesIO(content))
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        names, core = parts.namelist(), parts.read("docProps/core.xml").decode()
    return [
        *_parts(names, core),
        *_book(book),
        *(f"{sheet.title}: {fault}" for sheet in book.worksheets for fault in _sheet(sheet)),
        *(
            f"{sheet.title}: {fault}"
            for sheet in book.worksheets[1:]
            for fault in _table(sheet)
        ),
        *_notes(book),
    ]  # fmt: skip


def _parts(names: list[str], core: str) -> Iterator[str]:
    """No charts, macros, pivot tables or links to others; title and language; no author."""
    for kind in ("chart", "vbaProject", "pivot", "externalLink", "comments", "drawing", "media"):
        if any(kind in name for name in names):
            yield f"holds a part of the kind {kind}"
    told = {part.tag.rpartition("}")[2]: part.text for part in ElementTree.fromstring(core)}
    if not told.get("title"):
        yield "has no title"
    if told.get("language") != "en-GB":
        yield "has no language"
    if told.get("creator") or told.get("lastModifiedBy"):
        yield "names an author"


def _book(book: Workbook) -> Iterator[str]:
    """A cover and the contents first, a link to every sheet; no defined names."""
    if book.sheetnames[:2] != ["Cover", "Contents"]:
        yield "does not begin with cover and contents"
    if list(book.defined_names):
        yield "has defined names"
    if "Contents" in book.sheetnames:
        cells = [cell for row in book["Contents"].iter_rows() for cell in row if cell.hyperlink]
        links = [str(cell.hyperlink.location) for cell in cells]
        for name in book.sheetnames[2:]:
            if not any(f"'{name}'!" in link for link in links):
                yield f"has no link to {name} in its contents"
    for sheet in book.worksheets:
        if list(sheet.defined_names):
            yield f"{sheet.title}: has defined names"


def _sheet(sheet: Worksheet) -> Iterator[str]:
    """Nothing hidden, merged, frozen or filtered; no formula; letters of 12 points or more."""
    if sheet.sheet_state != "visible":
        yield "is hidden"
    if sheet.merged_cells.ranges:
        yield "has merged cells"
    if sheet.freeze_panes or sheet.auto_filter.ref:
        yield "has frozen panes or a filter"
    if any(d.hidden for d in (*sheet.row_dimensions.values(), *sheet.column_dimensions.values())):
        yield "hides a row or a column"
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    for cell in cells:
        if cell.data_type == "f":
            yield f"{cell.coordinate}: a formula"
        if cell.font.sz < SMALLEST:
            yield f"{cell.coordinate}: letters of {cell.font.sz} points"
        if cell.fill.fill_type is not None:
            yield f"{cell.coordinate}: a colour that may mean something"
        if isinstance(cell.value, str):
            yield from _words(cell.coordinate, cell.value)
    if not isinstance(sheet["A1"].value, str):
        yield "has no title in A1"


def _words(place: str, text: str) -> Iterator[str]:
    """Months written out, years in full, no dash between dates, no sign in place of a figure."""
    if "." in text or "_" in text:  # the name of a file says its period as the partner wrote it
        return
    if QUARTER.search(text):
        yield f"{place}: a quarter that is not written out"
    if YEAR_ALONE.search(text):
        yield f"{place}: a year cut short"
    if PERIOD_DASH.search(text):
        yield f"{place}: a dash between dates"
    if text in ("*", "-", "..", ":", "n/a", "N/A"):
        yield f"{place}: a sign in place of a figure or a mark"


def _table(sheet: Worksheet) -> Iterator[str]:
    """One marked and named table a sheet, one heading row, no blank cell, numbers as numbers."""
    tables = list(sheet.tables.values())
    if len(tables) != 1:
        yield f"holds {len(tables)} tables instead of one"
        return
    (table,) = tables
    if table.autoFilter is not None:
        yield "has a filter"
    if re.fullmatch(r"Table\d+", table.displayName):
        yield "has a table without a name of its own"
    left, top, right, bottom = range_boundaries(table.ref)
    if (left, right, bottom) != (1, sheet.max_column, sheet.max_row):
        yield "has cells beside or below its table"
    above = [sheet.cell(row, 1).value for row in range(1, top)]
    if None in above:
        yield "has a blank row above its table"
    told = " ".join(str(text) for text in above)
    rows = list(sheet.iter_rows(top, bottom, left, right))
    for cell in rows[0]:
        if not isinstance(cell.value, str) or not cell.value.strip():
            yield f"{cell.coordinate}: a column without a heading"
    for column in zip(*rows, strict=True):
        yield from _column(column, told)


def _column(column: tuple, told: str) -> Iterator[str]:
    cells = column[1:]
    numbers = [cell for cell in cells if isinstance(cell.value, int | float)]
    for cell in cells:
        if cell.value is None or (isinstance(cell.value, str) and not cell.value.strip()):
            yield f"{cell.coordinate}: a blank cell"
        elif isinstance(cell.value, str) and re.fullmatch(r"[−+-]?[\d,.]+%?", cell.value):
            yield f"{cell.coordinate}: a number kept as text"
        elif isinstance(cell.value, str) and numbers and not SHORTHAND.fullmatch(cell.value):
            yield f"{cell.coordinate}: words among numbers"
        if isinstance(cell.value, str) and SHORTHAND.fullmatch(cell.value):
            for mark in re.findall(r"\[\w+\]", cell.value):
                if mark not in told:
                    yield f"{cell.coordinate}: {mark} is not explained above the table"
    yield from _numbers(column, numbers)


def _numbers(column: tuple, numbers: list) -> Iterator[str]:
    heading, cells = str(column[0].value), column[1:]
    if not numbers:
        if any(cell.alignment.horizontal == "right" for cell in cells):
            yield f"{column[0].coordinate}: text at the right"
        return
    if not re.search(r"\((number|percent|pounds)\)$", heading):
        yield f"{column[0].coordinate}: a column of numbers whose heading says no unit"
    for cell in numbers:
        if cell.alignment.horizontal != "right":
            yield f"{cell.coordinate}: a number that is not at the right"
        if abs(cell.value) >= 1000 and "," not in cell.number_format:
            yield f"{cell.coordinate}: thousands without a comma"


def _notes(book: Workbook) -> Iterator[str]:
    """Every [note 1] is on the worksheet of notes, and every note is referred to."""
    listed = set()
    if "Notes" in book.sheetnames:
        texts = {row[0] for row in book["Notes"].iter_rows(values_only=True)}
        listed = {text for text in texts if text and re.fullmatch(r"note \d+", str(text))}
    named = {
        found
        for sheet in book.worksheets[2:]
        if sheet.title != "Notes"
        for row in sheet.iter_rows(values_only=True)
        for text in row
        for found in re.findall(r"\[(note \d+)\]", str(text))
    }
    yield from (f"{note} is referred to and not listed" for note in sorted(named - listed))
    yield from (f"{note} is listed and not referred to" for note in sorted(listed - named))
