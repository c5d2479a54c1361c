"""Workbooks: the sheet that has the headings, or several sheets read one after the other."""

from collections.abc import Iterator, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from schemas.issues import StatedTotal
from sources.frames import (
    HeadRow,
    Positions,
    TextChunk,
    assemble,
    damaged_fields,
    once_only,
    refuse_truncated,
    sieve_of,
    tidy,
    within_width,
)
from sources.furniture import Marks, Sieve
from sources.headers import SEARCH_ROWS
from sources.kinds import start_of, unreadable, why_no_workbook
from sources.spec import Layout, Sheet

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

CHUNK_ROWS = 50_000
SHEET_STEP = 10_000_000
"""Row 418 of the second of stacked sheets is row 20,000,418: no sheet has as many rows."""


class Unopened(Exception):  # noqa: N818 - it says what became of the workbook
    """A workbook, or a sheet of it, cannot be read."""


@contextmanager
def _guarded() -> Iterator[None]:
    """Turn all that calamine raises over a damaged workbook into `Unopened`, panics included."""
    from python_calamine import CalamineError  # noqa: PLC0415

    try:
        yield
    except (CalamineError, OSError, ValueError, IndexError, OverflowError):
        raise Unopened from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise Unopened from None


def open_workbook(path: Path) -> "CalamineWorkbook":
    """Open a workbook; raises `Unopened` whatever is wrong with it."""
    from python_calamine import CalamineWorkbook  # noqa: PLC0415

    with _guarded(), path.open("rb") as file:
        return CalamineWorkbook.from_filelike(file)


def _shown(path: Path) -> list[tuple[str, bool]]:
    """Return the name of each sheet of a workbook, and whether it is visible."""
    from python_calamine import SheetVisibleEnum  # noqa: PLC0415

    return [
        (s.name, s.visible == SheetVisibleEnum.Visible) for s in open_workbook(path).sheets_metadata
    ]


def hidden_sheets(path: Path) -> int:
    """Count the sheets that are hidden; 0 where the workbook cannot be opened."""
    try:
        return sum(not is_shown for _, is_shown in _shown(path))
    except Unopened:
        return 0


def hidden_files(path: Path, form: Sheet) -> list["SheetFile"]:
    """Return the hidden sheets of a workbook, each as a file of its own.

    Raises `Unopened` when the workbook cannot be opened.
    """
    return [
        SheetFile(path, form, place, name)
        for place, (name, is_shown) in enumerate(_shown(path))
        if not is_shown
    ]


def sheet_files(path: Path, form: Sheet) -> list["SheetFile"]:
    """Return the visible sheets of a workbook in order, each as a file of its own.

    Raises `DeliveryRejected` when the workbook cannot be opened, saying what it is.
    """
    try:
        shown = _shown(path)
    except Unopened:
        raise unreadable(form.described, why_no_workbook(start_of(path))) from None
    return [
        SheetFile(path, form, place, name)
        for place, (name, is_shown) in enumerate(shown)
        if is_shown
    ]


@dataclass
class SheetFile:
    """One sheet of an Excel or OpenDocument workbook: 1,048,576 rows at the most."""

    path: Path
    form: Sheet
    place: int = 0
    name: str = ""
    stated: list[StatedTotal] = field(default_factory=list)
    damaged: set[str] = field(default_factory=set)
    _sheet: "CalamineSheet | None" = field(default=None, repr=False)
    _head: list[HeadRow] | None = field(default=None, repr=False)

    @property
    def number(self) -> int:
        """The sheet's number in the workbook, from 1."""
        return self.place + 1

    def rows(self) -> Iterator[Sequence[object]]:
        """Yield the sheet's cells, row by row from the first."""
        try:
            with _guarded():
                if self._sheet is None:
                    self._sheet = open_workbook(self.path).get_sheet_by_index(self.place)
                yield from self._sheet.iter_rows()
        except Unopened:
            raise unreadable(self.form.described, why_no_workbook(start_of(self.path))) from None

    def head(self) -> list[HeadRow]:
        """See `TextFile`."""
        if self._head is None:
            first = islice(self.rows(), SEARCH_ROWS)
            self._head = [
                HeadRow(tuple(map(cell_text, row)), n, n) for n, row in enumerate(first, start=1)
            ]
        return within_width(self._head)

    @property
    def has_content(self) -> bool:
        """True when something stands on the sheet."""
        return any(cell.strip() for row in self.head() for cell in row.cells)

    def chunks(
        self, header: HeadRow, positions: Positions, layout: Layout, marks: Marks | None = None
    ) -> Iterator[TextChunk]:
        """See `TextFile`."""
        self.damaged.clear()
        sieve = sieve_of(header, positions, marks)
        yield from self.parts(header, positions, layout, sieve, 0)
        self.stated = sieve.stated if sieve else []

    def parts(
        self,
        header: HeadRow,
        positions: Positions,
        layout: Layout,
        sieve: Sieve | None,
        above: int,
    ) -> Iterator[TextChunk]:
        """Yield the rows below the header, some at a time; `above` is added to their numbers."""
        wanted = sorted({p for places in positions.values() for p in places})
        once = once_only(positions, layout)
        rows = self.rows()
        for _ in range(header.row):
            next(rows, None)
        read, last = header.row, header.row
        while body := list(islice(rows, CHUNK_ROWS)):
            columns = {place: _column(body, place, once) for place in wanted}
            self.damaged |= damaged_fields(columns, positions)
            table = {place: tidy(column) for place, column in columns.items()}
            numbers = np.arange(read + 1, read + 1 + len(body), dtype="int64")
            filled = [n for n, row in zip(numbers, body, strict=True) if any(map(is_filled, row))]
            last = int(filled[-1]) if filled else last
            read += len(body)
            yield assemble(table, numbers + above, positions, layout, sieve=sieve)
        refuse_truncated(last, "row")


def _column(body: Sequence[Sequence[object]], place: int, once: Set[int]) -> pa.Array:
    cells = [row[place] for row in body]
    texts = [(v if type(v) is str else cell_text(v)).strip() or None for v in cells]
    column = pa.array(texts, pa.string())
    return column if place in once else column.dictionary_encode()


@dataclass
class StackedFile:
    """Several sheets of one workbook that have the same headings, read one after the other.

    A row is numbered by its sheet and its row on it: row 418 of the second sheet of the workbook is
    row 20,000,418 (see `SHEET_STEP`), so that a number names one row and can be found by hand.
    """

    sheets: Sequence[tuple[SheetFile, HeadRow, Positions]]
    stated: list[StatedTotal] = field(default_factory=list)
    damaged: set[str] = field(default_factory=set)

    def head(self) -> list[HeadRow]:
        """See `TextFile`: the first rows of the first sheet."""
        return self.sheets[0][0].head()

    def chunks(
        self, header: HeadRow, positions: Positions, layout: Layout, marks: Marks | None = None
    ) -> Iterator[TextChunk]:
        """See `TextFile`; of each sheet's own columns those are read that `positions` names."""
        del header
        self.damaged.clear()
        self.stated = []
        for sheet, own_header, own in self.sheets:
            wanted = {name: places for name, places in own.items() if name in positions}
            sheet.damaged.clear()
            sieve = sieve_of(own_header, wanted, marks)
            yield from sheet.parts(own_header, wanted, layout, sieve, sheet.number * SHEET_STEP)
            self.damaged |= sheet.damaged
            self.stated += sieve.stated if sieve else []


def is_filled(value: object) -> bool:
    """Say whether something stands in a workbook cell."""
    return bool(value.strip()) if isinstance(value, str) else value is not None


def cell_text(value: object) -> str:
    """Return a workbook cell as text: dates as 2020-12-31, with a time as 2020-12-31 23:59:00."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case float() if value.is_integer():
            return str(int(value))
        case datetime():
            return value.strftime("%Y-%m-%d %H:%M:%S")
        case date() | time() | timedelta():
            return str(value)
        case _:
            return str(value)
