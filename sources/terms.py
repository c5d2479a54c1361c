"""What the rows of one file are held against, settled before the first of them is read."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from schemas.areas import Home
from schemas.records.base import identity_of
from sources.corrections import Corrections
from sources.dates import without_serials
from sources.parse import Parser
from sources.spec import Layout, SourceSpec


@dataclass(frozen=True)
class Terms:
    """What the rows of one file are held against."""

    source: SourceSpec
    layout: Layout
    home: Home
    today: date
    corrections: Corrections
    exchanged: bool = False
    counts_from_1904: bool = False
    """The workbook numbers its days from 1904: its numbers for dates would be read 4 years off."""

    @cached_property
    def parsers(self) -> dict[str, Parser]:
        """The parser of each field."""
        parsers = {
            column.field: column.parser.at_home(self.home)
            if column.parser.at_home
            else column.parser
            for column in self.layout.columns
        }
        if self.counts_from_1904:
            return {name: without_serials(parser) for name, parser in parsers.items()}
        return parsers

    @property
    def dated_by(self) -> str:
        """The field that decides the month of a row."""
        return identity_of(self.source.record).dated_by
