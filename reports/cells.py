"""A cell is a number or a reason: never blank, never a 0 that means "we do not know".

Percentages come from integers through Decimal, rounded half-up to one place; the sign of the
percentage is the sign of the change. All printed figures go through the formatters here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

MINUS = "\u2212"


class Mark(StrEnum):
    """The Analysis Function's shorthand for what is not, or not simply, a number."""

    NOT_AVAILABLE = "x"
    NOT_APPLICABLE = "z"
    LOW = "low"
    PROVISIONAL = "p"
    REVISED = "r"

    @property
    def shown(self) -> str:
        """The mark as it is printed."""
        return f"[{self.value}]"

    @property
    def meaning(self) -> str:
        """What the legend says of it."""
        return {
            Mark.NOT_AVAILABLE: "not available: no complete data were received for the period",
            Mark.NOT_APPLICABLE: "not applicable: there is no percentage change from zero",
            Mark.LOW: "low: the figure rounds to zero but is not zero",
            Mark.PROVISIONAL: "provisional: until the tables of the financial year are published",
            Mark.REVISED: "revised: another figure was published before; see Revisions",
        }[self]


@dataclass(frozen=True)
class Cell:
    """A number, a reason why there is none, or (for [low]) both.

    Either may be revised: another than what was published of it before.
    """

    value: Decimal | None
    mark: Mark | None = None
    is_revised: bool = False

    def __post_init__(self) -> None:
        if self.value is None and self.mark is None:
            raise ValueError("a cell is a number or a reason")

    @property
    def marks(self) -> tuple[Mark, ...]:
        """All its marks, in the order in which they are printed."""
        own = () if self.mark is None else (self.mark,)
        return (*own, Mark.REVISED) if self.is_revised else own

    @property
    def plain(self) -> str:
        """The value for machines: no thousands separator, hyphen for minus, "" for a reason."""
        return "" if self.value is None else f"{self.value}"


UNAVAILABLE = Cell(None, Mark.NOT_AVAILABLE)


def count(value: int | None, *, is_revised: bool = False) -> Cell:
    """Return the cell of a count; None means that it is not available."""
    if value is None:
        return Cell(None, Mark.NOT_AVAILABLE, is_revised)
    return Cell(Decimal(value), None, is_revised)


def change(now: int | None, before: int | None) -> Cell:
    """Return the numeric change; not available if either figure is not."""
    if now is None or before is None:
        return UNAVAILABLE
    return Cell(Decimal(now - before))


def percent_change(now: int | None, before: int | None) -> Cell:
    """Return the change in percent of the earlier figure, to one place, half-up.

    From zero there is none ([z]). A change that rounds to 0.0 carries [low], so that it is not
    taken for no change.
    """
    if now is None or before is None:
        return UNAVAILABLE
    if before == 0:
        return Cell(None, Mark.NOT_APPLICABLE)
    exact = Decimal(100) * Decimal(now - before) / Decimal(before)
    rounded = exact.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    if rounded == 0:
        return Cell(Decimal("0.0"), Mark.LOW if now != before else None)
    return Cell(rounded)


def _shown(cell: Cell, *, signed: bool) -> str:
    marks = "".join(mark.shown for mark in cell.marks)
    if cell.value is None:
        return marks
    digits = f"{abs(cell.value):,}"
    if cell.value < 0:
        digits = MINUS + digits
    elif signed and cell.value > 0:
        digits = "+" + digits
    return f"{digits} {marks}" if marks else digits


def show_count(cell: Cell) -> str:
    """Print a count: 7,846."""
    return _shown(cell, signed=False)


def show_change(cell: Cell) -> str:
    """Print a change, with its sign: −1,030, +95, 0."""
    return _shown(cell, signed=True)


@dataclass(frozen=True)
class Comparison:
    """One measure in one area and period beside the same period of the year before."""

    value: Cell
    previous: Cell
    change: Cell
    percent: Cell

    @property
    def cells(self) -> tuple[Cell, Cell, Cell, Cell]:
        """The four in the order in which they are printed."""
        return self.value, self.previous, self.change, self.percent


def compare(
    now: int | None,
    before: int | None,
    *,
    now_revised: bool = False,
    before_revised: bool = False,
) -> Comparison:
    """Work out all that is printed of two counts; what follows from them is not marked again."""
    return Comparison(
        count(now, is_revised=now_revised),
        count(before, is_revised=before_revised),
        change(now, before),
        percent_change(now, before),
    )


def marks_in(cells: Iterable[Cell]) -> list[Mark]:
    """Return the marks that occur, in the order of the legend."""
    used = {mark for cell in cells for mark in cell.marks}
    return [mark for mark in Mark if mark in used]
