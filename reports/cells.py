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
        }[self]


@dataclass(frozen=True)
class Cell:
    """A number, a reason why there is none, or (for [low]) both."""

    value: Decimal | None
    mark: Mark | None = None

    def __post_init__(self) -> None:
        if self.value is None and self.mark is None:
            raise ValueError("a cell is a number or a reason")

    @property
    def plain(self) -> str:
        """The value for machines: no thousands separator, hyphen for minus, "" for a reason."""
        return "" if self.value is None else f"{self.value}"


UNAVAILABLE = Cell(None, Mark.NOT_AVAILABLE)


def count(value: int | None) -> Cell:
    """Return the cell of a count; None means that it is not available."""
    return UNAVAILABLE if value is None else Cell(Decimal(value))


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
    if cell.value is None:
        return cell.mark.shown if cell.mark else ""
    digits = f"{abs(cell.value):,}"
    if cell.value < 0:
        digits = MINUS + digits
    elif signed and cell.value > 0:
        digits = "+" + digits
    return f"{digits} {cell.mark.shown}" if cell.mark else digits


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


def compare(now: int | None, before: int | None) -> Comparison:
    """Work out all that is printed of two counts."""
    return Comparison(count(now), count(before), change(now, before), percent_change(now, before))


def marks_in(cells: Iterable[Cell]) -> list[Mark]:
    """Return the marks that occur, in the order of the legend."""
    used = {cell.mark for cell in cells}
    return [mark for mark in Mark if mark in used]
