"""From bytes to frames of text, a chunk at a time, by declared format, encoding and headings.

Every frame's index is the row number that a spreadsheet shows for the row. All cells are text:
trimmed, blank ones null; columns that repeat themselves come as categoricals. Columns that no
layout declares are never read out of the file.
"""

import codecs
import csv
import gzip
import io
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import IO, Any, Protocol

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from schemas.issues import DeliveryRejected, Issue
from sources.headers import SEARCH_ROWS
from sources.parse import TEXT
from sources.spec import Csv, Layout, Sheet

BLOCK_BYTES = 16 << 20
REPEATED = pa.dictionary(pa.int32(), pa.string())
HEAD_BYTES = 256 << 10
BLANK_PART = "-"


@dataclass(frozen=True)
class TextChunk:
    """Some rows of a file as text, and the numbers of the rows whose cells do not fit the header.

    `frame` has one column a field of the layout (absent optional ones all null).
    """

    frame: pd.DataFrame
    misfits: tuple[int, ...] = ()

    @property
    def read(self) -> int:
        """Rows read: those in the frame and the misfits."""
        return len(self.frame) + len(self.misfits)


@dataclass(frozen=True)
class HeadRow:
    """One of the first rows of a file: its cells, and where it stands and ends."""

    cells: tuple[str, ...]
    row: int
    lines: int


class TextFile(Protocol):
    """An opened file of one format."""

    def head(self) -> list[HeadRow]:
        """Return the first rows, among which the headings are looked for."""
        ...

    def chunks(
        self, header: HeadRow, positions: dict[str, tuple[int, ...]], layout: Layout
    ) -> Iterator[TextChunk]:
        """Return the rows below the header as text, field by field."""
        ...


def open_text(path: Path, name: str, form: Csv | Sheet) -> TextFile:
    """Open a file under a declared format; `name` is what the partner called it.

    Raises `DeliveryRejected` when it cannot be that format.
    """
    if isinstance(form, Csv):
        return CsvFile(path, form, name)
    return SheetFile(path, form)


@dataclass
class _CountingReader(io.RawIOBase):
    """Passes bytes through and counts the lines among them."""

    inner: IO[bytes]
    newlines: int = 0
    ends_open: bool = False
    _peeked: bytes = b""

    def readable(self) -> bool:
        return True

    def peek(self) -> bytes:
        """Return some of the bytes to come, b"" at the end; they are still read afterwards."""
        if not self._peeked:
            self._peeked = self.inner.read(1)
        return self._peeked

    def read(self, size: int = -1) -> bytes:
        data = self._peeked + self.inner.read(size if size < 0 else size - len(self._peeked))
        self._peeked = b""
        if data:
            self.newlines += data.count(b"\n")
            self.ends_open = not data.endswith(b"\n")
        return data

    @property
    def lines(self) -> int:
        """Lines read so far."""
        return self.newlines + self.ends_open


@dataclass
class CsvFile:
    """Comma-separated text, plain or gzipped, streamed."""

    path: Path
    form: Csv
    name: str

    def _open(self) -> IO[bytes]:
        if self.name.lower().endswith(".gz"):
            return gzip.open(self.path, "rb")  # type: ignore[return-value]
        return self.path.open("rb")

    def _refused(self, rule: str) -> DeliveryRejected:
        expected = (
            f"{self.form.encoding.upper()} text" if rule == "file-encoding" else self.form.described
        )
        return DeliveryRejected(Issue(rule, expected=expected))

    def head(self, errors: str = "strict") -> list[HeadRow]:
        """See `TextFile`; `errors` is what to do with bytes that the encoding does not have."""
        try:
            with self._open() as file:
                start = file.read(HEAD_BYTES)
        except (OSError, EOFError, zlib.error):
            raise self._refused("file-unreadable") from None
        encoding = "utf-8-sig" if self.form.encoding == "utf-8" else self.form.encoding
        try:
            text = codecs.getincrementaldecoder(encoding)(errors).decode(start)
        except UnicodeDecodeError:
            raise self._refused("file-encoding") from None
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=self.form.delimiter)
        rows: list[HeadRow] = []
        try:
            for number, cells in enumerate(reader, start=1):
                rows.append(HeadRow(tuple(cells), number, reader.line_num))
                if number == SEARCH_ROWS:
                    break
        except csv.Error:
            raise self._refused("file-unreadable") from None
        return rows

    def chunks(
        self, header: HeadRow, positions: dict[str, tuple[int, ...]], layout: Layout
    ) -> Iterator[TextChunk]:
        """See `TextFile`; raises `DeliveryRejected` where the bytes turn out unreadable."""
        names = [f"c{i}" for i in range(len(header.cells))]
        wanted = sorted({p for places in positions.values() for p in places})
        once = {
            positions[c.field][0]
            for c in layout.columns
            if c.field in positions and (c.parser.dtype == TEXT or len(positions[c.field]) > 1)
        }
        misfits: list[int] = []

        def note(row: Any) -> str:
            misfits.append(header.row + row.number)
            return "skip"

        read = 0
        next_row = header.row + 1
        with self._open() as file:
            for _ in range(header.lines):
                file.readline()
            counting = _CountingReader(file)
            try:
                if not counting.peek():
                    if len(self.head()) > header.row:
                        # Lines that end in a carriage return alone: rows are there, but were
                        # skipped with the header. To ask for a nil return would be wrong.
                        raise DeliveryRejected(Issue("lines-unreconciled"))
                    return
                reader = arrow_csv.open_csv(
                    pa.PythonFile(counting, mode="r"),
                    read_options=arrow_csv.ReadOptions(
                        use_threads=False, block_size=BLOCK_BYTES, column_names=names,
                        encoding=self.form.encoding,
                    ),
                    parse_options=arrow_csv.ParseOptions(
                        delimiter=self.form.delimiter, ignore_empty_lines=False,
                        invalid_row_handler=note,
                        # Blocks are cut outside quotation marks, so that verdicts do not depend on
                        # where a block ends; cells over several lines are refused further down.
                        newlines_in_values=True,
                    ),
                    convert_options=arrow_csv.ConvertOptions(
                        column_types={
                            f"c{i}": pa.string() if i in once else REPEATED for i in wanted
                        },
                        include_columns=[f"c{i}" for i in wanted],
                        strings_can_be_null=True, null_values=[""],
                    ),
                )  # fmt: skip
                told = 0
                for batch in reader:
                    upto = misfits[told:]
                    rows, next_row, passed = _row_numbers(batch.num_rows, next_row, upto)
                    told += len(passed)
                    read += batch.num_rows + len(passed)
                    table = {i: _tidy(batch.column(f"c{i}")) for i in wanted}
                    yield _assemble(table, rows, positions, layout, tuple(passed))
                rest = misfits[told:]
                if rest:
                    read += len(rest)
                    yield _assemble({}, np.array([], "int64"), {}, layout, tuple(rest))
            except UnicodeDecodeError:
                raise self._refused("file-encoding") from None
            except pa.ArrowInvalid as error:
                bad_text = "utf8" in str(error).lower()
                raise self._refused("file-encoding" if bad_text else "file-unreadable") from None
            except (OSError, EOFError, zlib.error):
                raise self._refused("file-unreadable") from None
            if counting.lines != read:
                raise DeliveryRejected(Issue("lines-unreconciled"))


def _row_numbers(
    count: int, first: int, misfits: Sequence[int]
) -> tuple[np.ndarray, int, list[int]]:
    """Number `count` good rows from `first` on, leaving out the misfits that lie among them.

    Returns the numbers, the next free one, and the misfits that were passed.
    """
    candidates = np.arange(first, first + count + len(misfits), dtype="int64")
    rows = candidates[~np.isin(candidates, np.array(misfits, dtype="int64"))][:count]
    end = int(rows[-1]) + 1 if count else first
    passed = [row for row in misfits if row < end]
    while end in misfits[len(passed) :]:
        passed.append(end)
        end += 1
    return rows, end, passed


def _tidy(column: pa.Array) -> pd.Series:
    """Turn an Arrow text column into pandas: trimmed, blanks null, categories distinct."""
    if not pa.types.is_dictionary(column.type):
        trimmed = pc.utf8_trim_whitespace(column)
        blank = pc.equal(trimmed, "")
        return pc.if_else(blank, pa.scalar(None, pa.string()), trimmed).to_pandas().astype("str")
    trimmed = pc.utf8_trim_whitespace(column.dictionary)
    if trimmed.equals(column.dictionary):
        series: pd.Series = column.to_pandas()
        return series
    texts = trimmed.to_pandas().astype("str")
    codes, distinct = pd.factorize(texts.mask(texts == ""))
    old = column.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    spread = codes.take(old)
    spread[old < 0] = -1
    dtype = pd.CategoricalDtype(pd.Index(distinct, dtype="str"))
    return pd.Series(pd.Categorical.from_codes(spread, dtype=dtype))


def _assemble(
    table: dict[int, pd.Series],
    rows: np.ndarray,
    positions: dict[str, tuple[int, ...]],
    layout: Layout,
    misfits: tuple[int, ...],
) -> TextChunk:
    """Put columns by position together to a frame by field, without the rows that are all blank."""
    index = pd.Index(rows, name="row")
    columns: dict[str, pd.Series] = {}
    for column in layout.columns:
        places = positions.get(column.field)
        if places is None:
            columns[column.field] = pd.Series(pd.NA, index=range(len(rows)), dtype="str")
        elif len(places) == 1:
            columns[column.field] = table[places[0]]
        else:
            columns[column.field] = _joined([table[place] for place in places])
    frame = pd.DataFrame(columns).set_index(index)
    if len(frame):
        blank = frame.isna().all(axis=1)
        if blank.any():
            frame = frame[~blank]
    return TextChunk(frame, misfits)


def _joined(parts: list[pd.Series]) -> pd.Series:
    """Join the parts of one value by blanks, a blank part as BLANK_PART; all blank is null."""
    texts = [part.astype("str") for part in parts]
    nothing = texts[0].isna()
    joined = texts[0].fillna(BLANK_PART)
    for text in texts[1:]:
        nothing &= text.isna()
        joined = joined + " " + text.fillna(BLANK_PART)
    return joined.mask(nothing)


@dataclass
class SheetFile:
    """The first sheet of an Excel or OpenDocument workbook: 1,048,576 rows at the most."""

    path: Path
    form: Sheet
    _rows: list[list[str]] | None = field(default=None, repr=False)

    def rows(self) -> list[list[str]]:
        """Return the sheet's cells as text, row by row from the first."""
        if self._rows is None:
            from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415

            try:
                with self.path.open("rb") as file:
                    book = CalamineWorkbook.from_filelike(file)
                    cells = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
            except (CalamineError, OSError, ValueError, IndexError):
                raise DeliveryRejected(
                    Issue("file-unreadable", expected=self.form.described)
                ) from None
            self._rows = [[cell_text(value) for value in row] for row in cells]
        return self._rows

    def head(self) -> list[HeadRow]:
        """See `TextFile`."""
        return [
            HeadRow(tuple(cells), number, number)
            for number, cells in enumerate(self.rows()[:SEARCH_ROWS], start=1)
        ]

    def chunks(
        self, header: HeadRow, positions: dict[str, tuple[int, ...]], layout: Layout
    ) -> Iterator[TextChunk]:
        """See `TextFile`; a workbook comes in one chunk."""
        body = self.rows()[header.row :]
        wanted = sorted({p for places in positions.values() for p in places})
        table: dict[int, pd.Series] = {}
        for place in wanted:
            texts = pd.Series([row[place].strip() for row in body], dtype="str")
            table[place] = texts.mask(texts == "")
        rows = np.arange(header.row + 1, header.row + 1 + len(body), dtype="int64")
        yield _assemble(table, rows, positions, layout, ())


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
