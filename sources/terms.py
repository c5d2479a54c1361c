"""What the rows of one file are held against, settled before the first of them is read."""

from dataclasses import dataclass
from datetime import date

from schemas.areas import Home
from schemas.records.base import identity_of
from sources.corrections import Corrections
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

    @property
    def parsers(self) -> dict[str, Parser]:
        """The parser of each field."""
        return {column.field: column.parser for column in self.layout.columns}

    @property
    def dated_by(self) -> str:
        """The field that decides the month of a row."""
        return identity_of(self.source.record).dated_by
