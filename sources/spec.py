"""What a source is: one frozen value, declared in `partners/`."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from schemas.areas import Area, Home
from schemas.period import Span
from schemas.records.base import Record
from sources.parse import Parser


class Extent(StrEnum):
    """Which of the partnership's areas a file of a layout speaks for, in full."""

    DISTRICT = "district"
    COUNTY = "county"
    FORCE = "force"


@dataclass(frozen=True)
class ElsewhereExtent:
    """A layout that speaks for areas of another partnership."""

    area: Area
    lad_codes: tuple[str, ...]


@dataclass(frozen=True)
class Csv:
    """Comma-separated text in one declared encoding."""

    encoding: str = "utf-8"
    delimiter: str = ","
    suffixes: tuple[str, ...] = (".csv", ".csv.gz")

    @property
    def described(self) -> str:
        """The format in a partner's words."""
        return "a CSV file"


@dataclass(frozen=True)
class Sheet:
    """The first sheet of a workbook."""

    suffixes: tuple[str, ...]

    @property
    def described(self) -> str:
        """The format in a partner's words."""
        return {".xlsx": "an Excel workbook (.xlsx)", ".ods": "an OpenDocument spreadsheet (.ods)"}[
            self.suffixes[0]
        ]


@dataclass(frozen=True)
class Column:
    """One field of the record and the partner's column, or columns, that it is read from.

    Several headers stand for one value in parts (a date in three columns): their texts are joined
    by a blank before parsing. A column that is not `required` may be absent from a file.
    """

    field: str
    header: str | tuple[str, ...]
    parser: Parser
    aliases: tuple[str, ...] = ()
    required: bool = True

    @property
    def headers(self) -> tuple[str, ...]:
        """The headers in order."""
        return (self.header,) if isinstance(self.header, str) else self.header


@dataclass(frozen=True)
class Layout:
    """One shape in which a source's files come.

    A file is a full extract of the months that it covers, for the areas of its `extent`: a resend
    replaces exactly those. `span_in_name` reads the months from a file name; where it finds none
    they follow from the rows (`coverage.py`). `members` names the files of an archive that are
    ours. `left_out` lists headers that the layout is known to have and that are never read.
    """

    name: str
    format: Csv | Sheet
    columns: tuple[Column, ...]
    extent: Extent | ElsewhereExtent
    span_in_name: Callable[[str], Span | None]
    left_out: tuple[str, ...] = ()
    members: Callable[[str, Home], bool] | None = None


@dataclass(frozen=True)
class SourceSpec:
    """One partner export: who sends it, what one row is, and how its files look.

    `conform` adds the derived columns of the record to a parsed frame; it sees unreadable cells as
    nulls and must cope with them. `force_field` names the field that must hold the name of the
    partnership's own police force, where a file may be another force's. `due_days` after a
    quarter's end its files are due; None: by the end of the next quarter, which the law sets; 0:
    nobody owes them.
    """

    code: str
    partner: str
    title: str
    record: type[Record]
    layouts: tuple[Layout, ...]
    conform: Callable[[pd.DataFrame, Home], pd.DataFrame]
    force_field: str = ""
    due_days: int | None = None


def extent_of(layout: Layout, home: Home) -> tuple[Area, tuple[str, ...]]:
    """Return the area that a layout's files speak for, and the districts that it is made of."""
    if isinstance(layout.extent, ElsewhereExtent):
        return layout.extent.area, layout.extent.lad_codes
    if layout.extent is Extent.DISTRICT:
        return home.district, (home.district.code,)
    area = home.county if layout.extent is Extent.COUNTY else home.force
    return area, home.lad_codes
