"""What a trace is made of: a figure, the rows behind it, and why there is none."""

from array import array
from dataclasses import dataclass, field
from enum import Enum, auto

from schemas.measures import Measure
from schemas.period import Month, Span
from schemas.reported import Figure as Printed
from warehouse.read import DeliveryLine, DeliveryRecord, HoldLine


class NotWorkedOut(LookupError):  # noqa: N818 - it says what the figure is
    """A measure has no figures for an area; there is nothing to trace."""


@dataclass(frozen=True)
class Figure:
    """One number of a table: a measure in an area, over the months of a period."""

    measure: Measure
    area_code: str
    span: Span


@dataclass
class Behind:
    """The rows of one delivery that are behind a figure, in order, and what each of them adds."""

    record: DeliveryRecord
    rows: "array[int]" = field(default_factory=lambda: array("q"))
    adds: "array[int]" = field(default_factory=lambda: array("q"))

    @property
    def total(self) -> int:
        """What its rows add up to."""
        return sum(self.adds)


class Why(Enum):
    """Why a month has no figure."""

    NOT_RECEIVED = auto()
    HELD = auto()
    BLANK_COUNT = auto()
    NOT_STATED = auto()
    BUDGET_NOT_STATED = auto()
    BUDGET_OF_YEAR = auto()


@dataclass(frozen=True)
class Gap:
    """Some months that have no figure, and why.

    `holds` are those that nobody has answered; `behind` are the rows whose count is blank.
    """

    why: Why
    months: tuple[Month, ...]
    holds: tuple[HoldLine, ...] = ()
    behind: tuple[Behind, ...] = ()


@dataclass(frozen=True)
class Trace:
    """A figure with all that is behind it.

    `printed` is what the views say, None for [x]; `gaps` say why it is [x]. `behind` are the
    deliveries whose rows make it; `repeated` are those that cover its months last and brought
    none of these rows anew: they hold them unchanged, or have none. `faults` say where rows and
    views disagree: there are none unless a law is broken.
    """

    figure: Figure
    printed: Printed
    behind: tuple[Behind, ...]
    repeated: tuple[DeliveryLine, ...]
    gaps: tuple[Gap, ...]
    faults: tuple[str, ...]

    @property
    def lines(self) -> tuple[Behind, ...]:
        """The rows to look at: those behind the figure, or those for which it is [x]."""
        return self.behind + tuple(part for gap in self.gaps for part in gap.behind)

    @property
    def rows(self) -> int:
        """How many rows are behind it."""
        return sum(len(part.rows) for part in self.behind)

    @property
    def total(self) -> int:
        """What the rows add up to."""
        return sum(part.total for part in self.behind)
