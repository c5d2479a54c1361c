"""What a source is: one frozen value, declared in `partners/`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from schemas.areas import ST_ALBANS, Area, Home
from schemas.period import Month, Span
from schemas.records.base import Record
from sources.parse import Parser

BY_THE_FORCE = "the force"
"""Stands in `SourceSpec.elsewhere` for the partnership's own police force, by its name."""


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
class ReporterExtent:
    """A layout in which one partner states figures, for whatever area: it speaks for that partner.

    `area` is the partner by its code and name.
    """

    area: Area


@dataclass(frozen=True)
class Csv:
    """Comma-separated text in one declared encoding.

    Where that is not UTF-8, text that is valid UTF-8 throughout is read as such: the bytes of any
    other encoding are not, but where it writes plain ASCII, which is the same in both.
    """

    encoding: str = "utf-8"
    delimiter: str = ","
    suffixes: tuple[str, ...] = (".csv", ".csv.gz")

    @property
    def described(self) -> str:
        """The format in a partner's words."""
        return "a CSV file"


@dataclass(frozen=True)
class Sheet:
    """The sheet of a workbook that has the headings; hidden sheets refuse the workbook.

    `hidden` are sheets that a publication is known to hide; a workbook that hides anything else is
    refused. `stacks` declares that the records stand on several sheets alike (one an area), which
    are read one after the other; else a second sheet with the headings is a fault. `beside` names
    sheets that belong to the layout (notes, lists) and of which nothing is said.
    """

    suffixes: tuple[str, ...]
    stacks: bool = False
    beside: tuple[str, ...] = ()
    hidden: tuple["HiddenSheet", ...] = ()

    @property
    def described(self) -> str:
        """The format in a partner's words."""
        kinds = {".xlsx": "an Excel workbook (.xlsx)", ".ods": "an OpenDocument spreadsheet (.ods)"}
        return kinds.get(self.suffixes[0], "a workbook")


@dataclass(frozen=True)
class HiddenSheet:
    """A sheet that a publication hides, and what alone may stand on it.

    `columns` are its headings, each with the pattern of every cell below.
    """

    name: str
    columns: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Alias:
    """A former or a coming name of a heading, agreed for some months only (both included).

    Where the name of a file states its months, they must meet the alias's; where it states none
    the alias is taken.
    """

    name: str
    since: Month | None = None
    until: Month | None = None

    def holds(self, span: Span | None) -> bool:
        """Say whether the alias is agreed for a file of these months."""
        if span is None:
            return True
        return (self.since is None or self.since <= span.last) and (
            self.until is None or span.first <= self.until
        )

    @property
    def described(self) -> str:
        """When it is agreed, in a partner's words."""
        since = f"from {self.since.label}" if self.since else ""
        until = f"until {self.until.label}" if self.until else ""
        return " ".join(filter(None, [since, until]))


@dataclass(frozen=True)
class Column:
    """One field of the record and the partner's column, or columns, that it is read from.

    Several headers stand for one value in parts (a date in three columns): their texts are joined
    by a blank before parsing. A column that is not `required` may be absent from a file. An alias
    that is agreed for some months only is declared as an `Alias`. `blank_is` is what a blank cell
    says where the partner leaves cells blank on purpose ("0" of nobody injured); without it a blank
    is not known.
    """

    field: str
    header: str | tuple[str, ...]
    parser: Parser
    aliases: tuple[str | Alias, ...] = ()
    required: bool = True
    blank_is: str = ""

    @property
    def headers(self) -> tuple[str, ...]:
        """The headers in order."""
        return (self.header,) if isinstance(self.header, str) else self.header

    @property
    def other_names(self) -> tuple[str, ...]:
        """The names of its aliases, at whatever time they are agreed."""
        return tuple(a.name if isinstance(a, Alias) else a for a in self.aliases)


@dataclass(frozen=True)
class Layout:
    """One shape in which a source's files come.

    A file is a full extract of the months that it covers, for the areas of its `extent`: a resend
    replaces exactly those. `span_in_name` reads the months from a file name; where it finds none
    they follow from the rows (`coverage.py`). `members` names the files of an archive that are
    ours. `left_out` lists headers that the layout is known to have and that are never read.
    `spoken_by` is a heading and the words of which its first row must hold one: by it layouts with
    the same headings are told from each other. `must_name_months` refuses a file whose name states
    no period. `one_of` are fields of which every sheet must have at least one. A row speaks for
    `months_a_row` months, up to that of its date. `keeps_own` says that the file is a national
    publication, of which the rows of the partnership's own district are kept and the others are
    only counted.
    """

    name: str
    format: Csv | Sheet
    columns: tuple[Column, ...]
    extent: Extent | ElsewhereExtent | ReporterExtent
    span_in_name: Callable[[str], Span | None]
    left_out: tuple[str, ...] = ()
    members: Callable[[str, Home], bool] | None = None
    spoken_by: tuple[str, tuple[str, ...]] | None = None
    must_name_months: bool = False
    one_of: tuple[str, ...] = ()
    months_a_row: int = 1
    keeps_own: bool = False


@dataclass(frozen=True)
class Lookalike:
    """Another publication that is easily sent in place of an export, told by its headings.

    A row of headings is its when it has at least `least` of `headings`; `is_what` completes the
    sentence "This is ...".
    """

    is_what: str
    headings: tuple[str, ...]
    least: int


@dataclass(frozen=True)
class SourceSpec:
    """One partner export: who sends it, what one row is, and how its files look.

    `conform` adds the derived columns of the record to a parsed frame; it sees unreadable cells as
    nulls and must cope with them. `force_field` names the field that must hold the name of the
    partnership's own police force, where a file may be another force's. `partner` is who sends the
    files to the first partnership, `elsewhere` who does in another, where csp.toml does not say it
    ("": the same). `lookalikes` are named when
    they come in its place, in whatever kind of file. `due_days` after a quarter's end its files are
    due; None: by the end of the next quarter, which the law sets; 0: nobody owes them.
    `is_download` says that anybody may fetch them from the publisher: nobody exports them for us,
    and nobody can be asked to correct a row.
    """

    code: str
    partner: str
    title: str
    record: type[Record]
    layouts: tuple[Layout, ...]
    conform: Callable[[pd.DataFrame, Home], pd.DataFrame]
    force_field: str = ""
    lookalikes: tuple[Lookalike, ...] = ()
    due_days: int | None = None
    is_download: bool = False
    elsewhere: str = ""

    def sender(self, home: Home) -> str:
        """Return who sends its files to a partnership, in words that stand within a sentence."""
        if home.district == ST_ALBANS.district or not self.elsewhere:
            return self.partner
        return home.force.name if self.elsewhere == BY_THE_FORCE else self.elsewhere


def sender_of(source: SourceSpec | None, layout: str, partners: Mapping[str, str]) -> str:
    """Return who sends files of a layout; `partners` names senders by the code of their source."""
    if source is None:
        return ""
    for one in source.layouts:
        if one.name == layout and isinstance(one.extent, ReporterExtent):
            return one.extent.area.name
    return partners.get(source.code, source.partner)


def extent_of(layout: Layout, home: Home) -> tuple[Area, tuple[str, ...]]:
    """Return the area that a layout's files speak for, and the districts that it is made of."""
    if isinstance(layout.extent, ElsewhereExtent):
        return layout.extent.area, layout.extent.lad_codes
    if isinstance(layout.extent, ReporterExtent):
        return layout.extent.area, (home.district.code,)
    if layout.extent is Extent.DISTRICT:
        return home.district, (home.district.code,)
    area = home.county if layout.extent is Extent.COUNTY else home.force
    return area, home.lad_codes
