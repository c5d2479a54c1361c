"""A cell is a number or a reason: never blank, never a 0 that means "we do not know".

Percentages come from integers through Decimal, rounded half-up to one place; the sign of the
percentage is the sign of the change. From a small figure there is none: counts and numeric change
are printed, and [u]. All printed figures go through the formatters here.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Literal

from schemas.codes import QUALIFIERS
from schemas.reported import Stated
from schemas.words import PENCE, POUNDS, day_label, pounds

MINUS = "\u2212"
SMALL_BASE = 50
"""From an earlier figure below this one no percentage is printed, unless `csp.toml` says otherwise:
that of the Office for National Statistics in its tables by area."""


ESTIMATED = "estimated"
"""The qualifier of a figure that its partner has estimated: it is printed as [e]."""


class Mark(StrEnum):
    """The Analysis Function's shorthand for what is not, or not simply, a number.

    Only marks that something sets stand here, in the order of the legend.
    """

    BREAK = "b"
    CONFIDENTIAL = "c"
    ESTIMATED = "e"
    UNRELIABLE = "u"
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
            Mark.BREAK: "break in the series: figures before and after are not alike",
            Mark.CONFIDENTIAL: "confidential: a count of 1 to 4, or a figure by which such a count "
            "could be worked out",
            Mark.ESTIMATED: "estimated by the partner that states it",
            Mark.UNRELIABLE: "unreliable: no percentage is given, because the earlier figure is "
            "small",
            Mark.NOT_AVAILABLE: "not available: no complete data were received for the period",
            Mark.NOT_APPLICABLE: "not applicable: a change, or a percentage change (as from zero), "
            "would have no meaning",
            Mark.LOW: "low: the figure rounds to zero but is not zero",
            Mark.PROVISIONAL: "provisional: until the tables of the financial year are published",
            Mark.REVISED: "revised: another figure was published before; see Revisions",
        }[self]


@dataclass(frozen=True)
class Cell:
    """A number, a reason why there is none, or (for [low]) both.

    Either may be revised: another than what was published of it before. A change may be `broken`:
    its figures are counted in different ways. A number that a partner states may have a `qualifier`
    (a code, as more_than) and the date `as_at` which it stands. An amount of money is in pounds,
    with two places unless it is stated in whole ones.
    """

    value: Decimal | None
    mark: Mark | None = None
    is_revised: bool = False
    qualifier: str = ""
    as_at: date | None = None
    is_money: bool = False
    is_broken: bool = False

    def __post_init__(self) -> None:
        if self.value is None and self.mark is None:
            raise ValueError("a cell is a number or a reason")

    @property
    def marks(self) -> tuple[Mark, ...]:
        """All its marks, in the order in which they are printed."""
        found = (
            (self.mark, self.mark is not None),
            (Mark.BREAK, self.is_broken),
            (Mark.ESTIMATED, self.qualifier == ESTIMATED),
            (Mark.REVISED, self.is_revised),
        )
        return tuple(mark for mark, is_set in found if mark and is_set)

    @property
    def plain(self) -> str:
        """The value for machines: no thousands separator, hyphen for minus, "" for a reason."""
        return "" if self.value is None else f"{self.value}"


UNAVAILABLE = Cell(None, Mark.NOT_AVAILABLE)
CONFIDENTIAL = Cell(None, Mark.CONFIDENTIAL)
NOT_APPLICABLE = Cell(None, Mark.NOT_APPLICABLE)

Hidden = Literal[Mark.CONFIDENTIAL]
Figure = int | Stated | Hidden | None
"""A figure as a pack may print it: the number, what a partner states, [c], or None for [x]."""


def count(value: Figure, *, unit: str = "", is_revised: bool = False) -> Cell:
    """Return the cell of a count or of whole pence; None means that it is not available.

    A confidential one never says that it is revised: that would tell of a figure that is not shown.
    """
    if isinstance(value, Mark):
        return CONFIDENTIAL
    if value is None:
        return Cell(None, Mark.NOT_AVAILABLE, is_revised)
    if isinstance(value, Stated):
        bare = count(value.value, unit=unit, is_revised=is_revised)
        return replace(bare, qualifier=value.qualifier, as_at=value.as_at)
    if unit == PENCE:
        return Cell(Decimal(value).scaleb(-2), None, is_revised, is_money=True)
    if unit == POUNDS:
        return Cell(Decimal(value), None, is_revised, is_money=True)
    return Cell(Decimal(value), None, is_revised)


def less(figure: Figure, taken: Figure) -> Figure:
    """Return the difference of two figures; where one is not known or not shown, neither is it."""
    if figure is None or taken is None:
        return None
    if isinstance(figure, Mark) or isinstance(taken, Mark):
        return Mark.CONFIDENTIAL
    return _bare(figure) - _bare(taken)


def _bare(figure: int | Stated) -> int:
    return figure.value if isinstance(figure, Stated) else figure


def _are_qualified(*figures: Figure) -> bool:
    return any(isinstance(figure, Stated) and bool(figure.qualifier) for figure in figures)


def change(now: Figure, before: Figure, *, unit: str = "") -> Cell:
    """Return the numeric change; not available, or confidential, if either figure is.

    Of a qualified figure ("more than 500") there is none ([z]).
    """
    if now is not None and before is not None and _are_qualified(now, before):
        return NOT_APPLICABLE
    return count(less(now, before), unit=unit)


def percent_change(now: Figure, before: Figure, small_base: int = SMALL_BASE) -> Cell:
    """Return the change in percent of the earlier figure, to one place, half-up.

    From zero there is none ([z]), and from a figure below `small_base` it is not reliable ([u]). A
    change that rounds to 0.0 carries [low], so that it is not taken for no change.
    """
    if now is None or before is None:
        return UNAVAILABLE
    if isinstance(now, Mark) or isinstance(before, Mark):
        return CONFIDENTIAL
    if _are_qualified(now, before):
        return NOT_APPLICABLE
    return _percent(_bare(now), _bare(before), small_base)


def _percent(now: int, before: int, small_base: int) -> Cell:
    if before == 0:
        return NOT_APPLICABLE
    if before < small_base:
        return Cell(None, Mark.UNRELIABLE)
    exact = Decimal(100) * Decimal(now - before) / Decimal(before)
    rounded = exact.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    if rounded == 0:
        return Cell(Decimal("0.0"), Mark.LOW if now != before else None)
    return Cell(rounded)


def percent_of(part: Figure, whole: Figure) -> Cell:
    """Return a part in percent of the whole, to one place, half-up; of zero there is none ([z])."""
    if part is None or whole is None:
        return UNAVAILABLE
    if isinstance(part, Mark) or isinstance(whole, Mark):
        return CONFIDENTIAL
    if _bare(whole) == 0:
        return NOT_APPLICABLE
    exact = Decimal(100) * Decimal(_bare(part)) / Decimal(_bare(whole))
    rounded = exact.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    return Cell(rounded, Mark.LOW if rounded == 0 and _bare(part) else None)


def _shown(cell: Cell, *, signed: bool) -> str:
    marks = "".join(mark.shown for mark in cell.marks)
    if cell.value is None:
        return marks
    size = abs(cell.value)
    digits = pounds(int(size.scaleb(2))) if cell.is_money else f"{size:,}"
    if cell.value < 0:
        digits = MINUS + digits
    elif signed and cell.value > 0:
        digits = "+" + digits
    qualifier, as_at = _said(cell)
    digits = f"{qualifier} {digits}".lstrip() + (f" ({as_at})" if as_at else "")
    return f"{digits} {marks}" if marks else digits


def _said(cell: Cell) -> tuple[str, str]:
    """Return what is printed before a number and after it; an estimate has a mark instead."""
    is_qualified = cell.qualifier and cell.qualifier != ESTIMATED
    qualifier = QUALIFIERS.labels.get(cell.qualifier, cell.qualifier) if is_qualified else ""
    return qualifier, f"as at {day_label(cell.as_at)}" if cell.as_at else ""


def said_of(cell: Cell) -> str:
    """Return what a number must be read with where it stands alone: "more than, as at 2 May 2021".

    "" where there is nothing.
    """
    return ", ".join(text for text in _said(cell) if text)


def show_count(cell: Cell) -> str:
    """Print a count or an amount: 7,846, £15,940."""
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
    now: Figure,
    before: Figure,
    *,
    unit: str = "",
    small_base: int = SMALL_BASE,
    now_revised: bool = False,
    before_revised: bool = False,
    has_change: bool = True,
    has_percent: bool = True,
    is_broken: bool = False,
) -> Comparison:
    """Work out all that is printed of two counts; what follows from them is not marked again.

    Totals up to a date have no change, and percentages no change in percent: both are [z]. A change
    across a break in the series says so.
    """
    changed = change(now, before, unit=unit) if has_change else NOT_APPLICABLE
    share = percent_change(now, before, small_base) if has_change and has_percent else (
        NOT_APPLICABLE
    )  # fmt: skip
    return Comparison(
        count(now, unit=unit, is_revised=now_revised),
        count(before, unit=unit, is_revised=before_revised),
        *(
            replace(cell, is_broken=is_broken and cell.value is not None)
            for cell in (changed, share)
        ),
    )


def marks_in(cells: Iterable[Cell]) -> list[Mark]:
    """Return the marks that occur, in the order of the legend."""
    used = {mark for cell in cells for mark in cell.marks}
    return [mark for mark in Mark if mark in used]
