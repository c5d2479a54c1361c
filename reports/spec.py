"""What a published table is: one frozen value, declared in `tables.py`."""

from dataclasses import dataclass
from enum import StrEnum

FORMATS = {
    "pdf": "The same pack as PDF",
    "xlsx": "All tables as a workbook (Excel)",
    "docx": "The same pack as a Word document, to comment on",
}
"""What a pack may hold beside its page, by the ending of its file."""


class Level(StrEnum):
    """An area of the partnership that figures are printed for."""

    DISTRICT = "district"
    COUNTY = "county"
    REST = "rest of the county"
    FORCE = "force"
    REGION = "region"
    HEALTH = "health"
    LOCALITY = "locality"


class Role(StrEnum):
    """How a row stands to the others: the total, a part of it, its rest, an overlap, or alone."""

    TOTAL = "total"
    PART = "part"
    RESIDUAL = "residual"
    OF_WHICH = "of which"
    ALONE = "alone"


@dataclass(frozen=True)
class Row:
    """One measure at one level of area; `note` is the number of the note that it alone needs.

    `budget` is the measure of what was granted for it, where it is spending; "" where it is not.
    """

    measure: str
    role: Role = Role.ALONE
    level: Level = Level.DISTRICT
    note: int = 0
    budget: str = ""


@dataclass(frozen=True)
class TableSpec:
    """One table: what it is called, its rows in order, and what must be said with it.

    `code` names its file and anchor. `stub` heads the first column. Rows of several levels are
    grouped under the name of their area. `reporter` is the partner that states its figures, of
    those that send its source alike. `notes` are printed under the table, numbered; what no
    row refers to is said of the whole table, and its heading refers to it. `county_notes` come
    after them, where the district is not its own county.
    """

    code: str
    section: str
    title: str
    stub: str
    source: str
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    reporter: str = ""
    county_notes: tuple[str, ...] = ()

    @property
    def measures(self) -> tuple[str, ...]:
        """The codes of its measures."""
        return tuple(row.measure for row in self.rows)

    @property
    def levels(self) -> tuple[Level, ...]:
        """Its levels of area, in order."""
        return tuple(dict.fromkeys(row.level for row in self.rows))

    @property
    def heading_notes(self) -> tuple[int, ...]:
        """The numbers of the notes that are about the whole table."""
        of_rows = {row.note for row in self.rows}
        return tuple(n for n in range(1, len(self.notes) + 1) if n not in of_rows)

    def note_of(self, row: Row) -> str:
        """Return the note of a row, "" where it has none."""
        return self.notes[row.note - 1] if row.note else ""


def refer(*notes: int) -> str:
    """Return what refers to some notes, after a heading or the label of a row: " [note 2]"."""
    return "".join(f" [note {number}]" for number in notes if number)
