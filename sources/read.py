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
from functools import partial
from pathlib import Path
from typing import IO, Any

import numpy as np
import pyarrow as pa
from pyarrow import csv as arrow_csv

from schemas.issues import DeliveryRejected, Issue, StatedTotal
from sources.containers import MOST_RATIO, MOST_TEXT_BYTES, RATIO_FROM, bomb
from sources.damage import may_be_damaged
from sources.frames import (
    HeadRow,
    Positions,
    TextChunk,
    TextFile,
    assemble,
    damaged_fields,
    once_only,
    refuse_truncated,
    sieve_of,
    tidy,
    within_width,
)
from sources.furniture import Marks
from sources.headers import SEARCH_ROWS
from sources.kinds import GZIP, no_text, refuse_if_no_text, start_of, unreadable
from sources.pace import Pace
from sources.sheets import sheet_files
from sources.spec import Csv, Layout, Sheet

BLOCK_BYTES = 16 << 20
REPEATED = pa.dictionary(pa.int32(), pa.string())
HEAD_BYTES = 256 << 10


def open_text(path: Path, name: str, form: Csv | Sheet) -> Sequence[TextFile]:
    """Open a file under a declared format; `name` is what the partner called it.

    A workbook gives a file for each of its visible sheets. Raises `DeliveryRejected` when it cannot
    be that format.
    """
    if isinstance(form, Csv):
        return [CsvFile(path, form, name)]
    return sheet_files(path, form)


@dataclass
class _CountingReader(io.RawIOBase):
    """Passes bytes through and notes what stands in them: lines, NULs, traces of damage.

    It ends early where there are more than `most` bytes, which `is_bomb` tells, and where they are
    no UTF-8 where `is_utf8` asks for it, which `is_garbled` tells.
    """

    inner: IO[bytes]
    most: int
    pace: Pace | None = None
    newlines: int = 0
    bytes_read: int = 0
    ends_open: bool = False
    is_utf8: bool = False
    has_nuls: bool = False
    has_quotes: bool = False
    is_suspect: bool = False
    is_bomb: bool = False
    is_garbled: bool = False
    _peeked: bytes = b""

    def readable(self) -> bool:
        return True

    def peek(self) -> bytes:
        """Return some of the bytes to come, b"" at the end; they are still read afterwards."""
        if not self._peeked:
            self._peeked = self.inner.read(1)
        return self._peeked

    def read(self, size: int = -1) -> bytes:
        if self.pace is not None and not self.pace.before_block():
            return b""
        # Never much more than is allowed at once: a bomb is not to be unpacked to be told.
        room = self.most + 1 - self.bytes_read
        size = room if size < 0 else min(size, room)
        data = self._peeked + self.inner.read(max(0, size - len(self._peeked)))
        self._peeked = b""
        if self.is_utf8 and not data.isascii():
            data = self._whole_letters(data)
        self.bytes_read += len(data)
        self.is_bomb = self.is_bomb or self.bytes_read > self.most
        if self.is_bomb or not data:
            return b""
        self.newlines += data.count(b"\n")
        self.ends_open = not data.endswith(b"\n")
        self.has_quotes = self.has_quotes or b'"' in data
        self.has_nuls = self.has_nuls or b"\x00" in data
        self.is_suspect = self.is_suspect or (not data.isascii() and may_be_damaged(data))
        return data

    def _whole_letters(self, data: bytes) -> bytes:
        """Return bytes up to the last whole letter; the rest comes with the next. b"" if garbled.

        Arrow must not meet other bytes: it prints a traceback of its own over a ragged row of them.
        """
        try:
            _, whole = codecs.utf_8_decode(data, "strict", False)
            while not whole:
                more = self.inner.read(1)
                data += more
                _, whole = codecs.utf_8_decode(data, "strict", not more)
        except UnicodeDecodeError:
            self.is_garbled = True
            return b""
        self._peeked = data[whole:]
        return data[:whole]

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
    stated: list[StatedTotal] = field(default_factory=list)
    damaged: set[str] = field(default_factory=set)
    _encoding: str = field(default="", repr=False)
    _head: list[HeadRow] | None = field(default=None, repr=False)

    def open(self) -> IO[bytes]:
        """Open the bytes of the text, unpacked."""
        if self._is_packed:
            return gzip.open(self.path, "rb")  # type: ignore[return-value]
        return self.path.open("rb")

    @property
    def _is_packed(self) -> bool:
        return self.name.lower().endswith(".gz")

    @property
    def _most_bytes(self) -> int:
        if not self._is_packed:
            return MOST_TEXT_BYTES
        return min(MOST_TEXT_BYTES, max(RATIO_FROM, MOST_RATIO * self.path.stat().st_size))

    def _refused(self, rule: str) -> DeliveryRejected:
        if rule == "file-encoding":
            return DeliveryRejected(Issue(rule, expected=f"{self.form.encoding.upper()} text"))
        if self._is_packed and not start_of(self.path).startswith(GZIP):
            return unreadable(
                self.form.described, "its name says that it is compressed, but it is not"
            )
        return unreadable(self.form.described)

    def head(self, errors: str = "strict", delimiter: str = "") -> list[HeadRow]:
        """See `TextFile`; `errors` is what to do with bytes that the encoding does not have.

        `delimiter` is another sign than the declared one, to be tried.
        """
        if errors != "strict" or delimiter:
            return self._read_head(errors, delimiter)
        if self._head is None:
            self._head = self._read_head(errors, delimiter)
        return self._head

    def _read_head(self, errors: str, delimiter: str) -> list[HeadRow]:
        try:
            with self.open() as file:
                start = file.read(HEAD_BYTES)
        except (OSError, EOFError, zlib.error):
            raise self._refused("file-unreadable") from None
        refuse_if_no_text(start[:4096])
        if b"\x00" in start:
            raise no_text()
        text = self._decoded(start, errors)
        reader = csv.reader(
            io.StringIO(text, newline=""), delimiter=delimiter or self.form.delimiter
        )
        rows: list[HeadRow] = []
        try:
            for number, cells in enumerate(reader, start=1):
                rows.append(HeadRow(tuple(cells), number, reader.line_num))
                if number == SEARCH_ROWS:
                    break
        except csv.Error:
            # A cell longer than any: a quotation mark that is never closed, where there is one.
            if '"' in text:
                raise DeliveryRejected(Issue("lines-unreconciled")) from None
            raise self._refused("file-unreadable") from None
        return within_width(rows)

    def _decoded(self, start: bytes, errors: str) -> str:
        for encoding in ("utf-8-sig", self.form.encoding):
            try:
                return codecs.getincrementaldecoder(encoding)(errors).decode(start)
            except UnicodeDecodeError:
                continue
        raise self._refused("file-encoding")

    @property
    def encoding(self) -> str:
        """The encoding of the whole file: UTF-8 if all of it is, else the declared one."""
        if self.form.encoding == "utf-8":
            return "utf-8"
        if not self._encoding:
            self._encoding = "utf-8" if self._is_utf8() else self.form.encoding
        return self._encoding

    def _is_utf8(self) -> bool:
        decoder = codecs.getincrementaldecoder("utf-8")()
        reader = _CountingReader(self.open(), self._most_bytes)
        with reader.inner:
            try:
                while block := reader.read(1 << 20):
                    decoder.decode(block)
                decoder.decode(b"", final=True)
            except (UnicodeDecodeError, OSError, EOFError, zlib.error):
                return False
        return True

    def chunks(
        self, header: HeadRow, positions: Positions, layout: Layout, marks: Marks | None = None
    ) -> Iterator[TextChunk]:
        """See `TextFile`; raises `DeliveryRejected` where the bytes turn out unreadable."""
        self.damaged.clear()
        sieve = sieve_of(header, positions, marks, self.form.delimiter)
        misfits: dict[int, str] = {}

        def note(row: Any) -> str:
            misfits[header.row + row.number] = row.text if sieve else ""
            return "skip"

        read, next_row = 0, header.row + 1
        with self.open() as file:
            for _ in range(header.lines):
                file.readline()
            pace = Pace()
            counting = _CountingReader(
                file, self._most_bytes, pace, is_utf8=self.encoding == "utf-8"
            )
            try:
                if self._is_over(counting, header):
                    return
                width, told = len(header.cells), list[int]()
                reader = partial(self._opened, counting, width, positions, layout, note)
                for batch in pace.rows_of(reader):
                    upto = list(misfits)[len(told) :] if len(misfits) > len(told) else []
                    rows, next_row, passed = _row_numbers(batch.num_rows, next_row, upto)
                    told += passed
                    read += batch.num_rows + len(passed)
                    names = batch.schema.names
                    columns = {int(name[1:]): batch.column(name) for name in names}
                    if counting.is_suspect or self.encoding != "utf-8":
                        self.damaged |= damaged_fields(columns, positions)
                    table = {place: tidy(column) for place, column in columns.items()}
                    lines = {row: misfits[row] for row in passed}
                    yield assemble(table, rows, positions, layout, misfits=lines, sieve=sieve)
                rest = {row: misfits[row] for row in list(misfits)[len(told) :]}
                if rest:
                    read += len(rest)
                    none = np.array([], "int64")
                    yield assemble({}, none, {}, layout, misfits=rest, sieve=sieve)
            except UnicodeDecodeError:
                raise self._refused("file-encoding") from None
            except pa.ArrowInvalid as error:
                self._refuse_bytes(counting)
                if counting.has_quotes and "straddling" in str(error):
                    # A row without end: a quotation mark that is never closed.
                    raise DeliveryRejected(Issue("lines-unreconciled")) from None
                bad_text = "utf8" in str(error).lower()
                raise self._refused("file-encoding" if bad_text else "file-unreadable") from None
            except (OSError, EOFError, zlib.error):
                raise self._refused("file-unreadable") from None
            finally:
                pace.end()
            self._refuse_bytes(counting)
            if counting.lines != read:
                raise DeliveryRejected(Issue("lines-unreconciled"))
        refuse_truncated(header.row + read, "line")
        self.stated = sieve.stated if sieve else []

    def _is_over(self, counting: _CountingReader, header: HeadRow) -> bool:
        """Say whether nothing stands below the headings."""
        if counting.peek():
            return False
        if len(self.head()) > header.row:
            # Lines that end in a carriage return alone: rows are there, but were skipped with the
            # header. To ask for a nil return would be wrong.
            raise DeliveryRejected(Issue("lines-unreconciled"))
        return True

    def _opened(
        self, source: _CountingReader, width: int, positions: Positions, layout: Layout, note: Any
    ) -> Any:
        """Return Arrow's reader of the rows below the headings, the wanted columns only."""
        wanted = sorted({p for places in positions.values() for p in places})
        once = once_only(positions, layout)
        return arrow_csv.open_csv(
            pa.PythonFile(source, mode="r"),
            read_options=arrow_csv.ReadOptions(
                use_threads=False, block_size=BLOCK_BYTES,
                column_names=[f"c{i}" for i in range(width)], encoding=self.encoding,
            ),
            parse_options=arrow_csv.ParseOptions(
                delimiter=self.form.delimiter, ignore_empty_lines=False, invalid_row_handler=note,
                # Blocks are cut outside quotation marks, so that verdicts do not depend on
                # where a block ends; cells over several lines are refused further up.
                newlines_in_values=True,
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types={f"c{i}": pa.string() if i in once else REPEATED for i in wanted},
                include_columns=[f"c{i}" for i in wanted],
                strings_can_be_null=True, null_values=[""],
            ),
        )  # fmt: skip

    def _refuse_bytes(self, counting: _CountingReader) -> None:
        """Raise `DeliveryRejected` for what the reader has met in the bytes."""
        if counting.is_bomb:
            raise bomb(counting.most)
        if counting.is_garbled:
            raise self._refused("file-encoding")
        if counting.has_nuls:
            raise no_text()


def _row_numbers(
    count: int, first: int, misfits: Sequence[int]
) -> tuple[np.ndarray, int, list[int]]:
    """Number `count` good rows from `first` on, leaving out the (rising) misfits among them.

    Returns the numbers, the next free one, and the misfits that were passed.
    """
    candidates = np.arange(first, first + count + len(misfits), dtype="int64")
    rows = candidates[~np.isin(candidates, np.array(misfits, dtype="int64"))][:count]
    end = int(rows[-1]) + 1 if count else first
    place = int(np.searchsorted(np.array(misfits, dtype="int64"), end))
    # Misfits may follow the last good row without a gap; one look at each, or a file of nothing
    # else takes minutes.
    while place < len(misfits) and misfits[place] == end:
        place += 1
        end += 1
    return rows, end, list(misfits[:place])
