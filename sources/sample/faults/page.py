"""A page: one small export as cells, in which faults are planted and their rows noted down."""

from collections.abc import Callable, Iterable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime

from schemas.period import Span

Cell = str | int | float | datetime | None
Row = list[Cell]


@dataclass
class Page:
    """One export before it is written: headings, rows of cells, and what may stand around them.

    `told` is the truth: for each rule the rows in which it was broken, by the number that a
    spreadsheet shows for them. Only whoever plants a fault writes there; the gate is never asked.
    A row of `above` or `below` the records is as wide as it is: these are no records.
    """

    source: str
    stem: str
    span: Span
    headings: list[str]
    rows: list[Row]
    above: list[Row] = field(default_factory=list)
    below: list[Row] = field(default_factory=list)
    told: dict[str, set[int]] = field(default_factory=dict)

    def copy(self) -> "Page":
        """Return a page of the same cells that can be changed without changing this one."""
        return Page(
            self.source, self.stem, self.span, list(self.headings), [list(r) for r in self.rows],
            deepcopy(self.above), deepcopy(self.below), deepcopy(self.told),
        )  # fmt: skip

    @property
    def grid(self) -> list[Row]:
        """All rows of the file from its first line to its last."""
        heads: Row = [*self.headings]
        return [*self.above, heads, *self.rows, *self.below]

    def number(self, place: int) -> int:
        """Return the row number that a spreadsheet shows for the record at a place (0 first)."""
        return len(self.above) + 2 + place

    def column(self, heading: str) -> int:
        """Return where a heading stands."""
        return self.headings.index(heading)

    def get(self, place: int, heading: str) -> Cell:
        """Return one cell."""
        return self.rows[place][self.column(heading)]

    def put(self, place: int, heading: str, value: Cell) -> None:
        """Change one cell."""
        self.rows[place][self.column(heading)] = value

    def tell(self, rule: str, places: Iterable[int]) -> None:
        """Note down that a rule is broken in the records at some places."""
        if rule:
            self.told.setdefault(rule, set()).update(self.number(place) for place in places)

    def where(self, holds: Callable[[dict[str, Cell]], bool]) -> list[int]:
        """Return the places of the records of which something holds, in order."""
        return [
            place
            for place, row in enumerate(self.rows)
            if holds(dict(zip(self.headings, row, strict=True)))
        ]
