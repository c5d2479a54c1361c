"""Frames of text, as every reader gives them: fields as columns, row numbers as index."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from schemas.issues import DeliveryRejected, Issue, StatedTotal
from sources.damage import is_damaged
from sources.furniture import Marks, Sieve
from sources.parse import TEXT
from sources.spec import Layout
from sources.xmlparts import MOST_COLUMNS

BLANK_PART = "-"
NO_LINES: Mapping[int, str] = MappingProxyType({})
SPREADSHEET_LIMITS = (65_536, 1_048_576)
"""Rows that a sheet can have, before and since Excel 2007."""


@dataclass(frozen=True)
class TextChunk:
    """Some rows of a file as text, and the numbers of the rows whose cells do not fit the header.

    `frame` has one column a field of the layout (absent optional ones all null). `no_records` are
    rows that are none, `headings` rows that repeat the headings: they were left out and do not
    count as read.
    """

    frame: pd.DataFrame
    misfits: tuple[int, ...] = ()
    no_records: tuple[int, ...] = ()
    headings: tuple[int, ...] = ()

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


Positions = dict[str, tuple[int, ...]]


class TextFile(Protocol):
    """An opened file of one format.

    While its rows are read it notes the numbers that the file `stated` of itself, and the fields in
    whose columns text is `damaged`.
    """

    stated: list[StatedTotal]
    damaged: set[str]

    def head(self) -> list[HeadRow]:
        """Return the first rows, among which the headings are looked for."""
        ...

    def chunks(
        self, header: HeadRow, positions: Positions, layout: Layout, marks: Marks | None = None
    ) -> Iterator[TextChunk]:
        """Return the rows below the header as text, field by field.

        `marks` tells rows that are no records; without it only blank ones are left out, unsaid.
        """
        ...


def within_width(rows: list[HeadRow]) -> list[HeadRow]:
    """Return first rows; raises `DeliveryRejected` if one is wider than any export."""
    widest = max(
        (i for row in rows for i, cell in enumerate(row.cells, start=1) if cell.strip()), default=0
    )
    if widest > MOST_COLUMNS:
        raise DeliveryRejected(Issue("columns-too-many", expected=f"{widest:,}"))
    return rows


def refuse_truncated(rows: int, thing: str) -> None:
    """Raise `DeliveryRejected` when a file ends where a spreadsheet can hold no more."""
    if rows in SPREADSHEET_LIMITS:
        raise DeliveryRejected(Issue("rows-truncated", expected=f"{thing} {rows:,}"))


def sieve_of(
    header: HeadRow, positions: Positions, marks: Marks | None, delimiter: str = ","
) -> Sieve | None:
    """Return what parts a file's records from its other rows, if it is known what tells them."""
    if marks is None or marks.dated_by not in positions:
        return None
    headings = {
        name: " ".join(header.cells[place].strip() or BLANK_PART for place in places)
        for name, places in positions.items()
    }
    first = {name: places[0] for name, places in positions.items()}
    return Sieve(marks, first, delimiter, headings)


def once_only(positions: Positions, layout: Layout) -> set[int]:
    """Return the columns whose texts stand there once, as a rule: references, parts of a value.

    Those of all others repeat themselves, and are looked at by their distinct texts.
    """
    return {
        positions[column.field][0]
        for column in layout.columns
        if column.field in positions
        and (column.parser.dtype == TEXT or len(positions[column.field]) > 1)
    }


def damaged_fields(columns: Mapping[int, pa.Array], positions: Positions) -> set[str]:
    """Return the fields in whose columns text is damaged."""
    hurt = {
        place
        for place, column in columns.items()
        if is_damaged(column.dictionary if pa.types.is_dictionary(column.type) else column)
    }
    return {name for name, places in positions.items() if hurt & set(places)}


def tidy(column: pa.Array) -> pd.Series:
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


def assemble(
    table: dict[int, pd.Series],
    rows: np.ndarray,
    positions: Positions,
    layout: Layout,
    *,
    misfits: Mapping[int, str] = NO_LINES,
    sieve: Sieve | None = None,
) -> TextChunk:
    """Put columns by position together to a chunk of frames by field, without rows of no records.

    `misfits` gives the lines that do not fit the headings by row number.
    """
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
    if sieve is not None:
        return TextChunk(*sieve.sift(frame, misfits))
    if len(frame):
        blank = frame.isna().all(axis=1)
        if blank.any():
            frame = frame[~blank]
    return TextChunk(frame, tuple(misfits))


def _joined(parts: list[pd.Series]) -> pd.Series:
    """Join the parts of one value by blanks, a blank part as BLANK_PART; all blank is null."""
    texts = [part.astype("str") for part in parts]
    nothing = texts[0].isna()
    joined = texts[0].fillna(BLANK_PART)
    for text in texts[1:]:
        nothing &= text.isna()
        joined = joined + " " + text.fillna(BLANK_PART)
    return joined.mask(nothing)
