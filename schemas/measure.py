"""What a measure is: one figure that the partnership counts, states, or is told of officially."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Whether a measure happens over time, stands at a moment, is a total up to one, or is granted.

    A budget is granted for a financial year: it is the same whichever part of the year is asked
    for, and is added over neither months nor payments.
    """

    FLOW = "flow"
    STOCK = "stock"
    CUMULATIVE = "cumulative"
    BUDGET = "budget"


class Grain(StrEnum):
    """For which periods a measure has figures: every month, or those that a partner states."""

    MONTH = "month"
    STATED = "stated"


class Scope(StrEnum):
    """For which areas a measure is worked out: districts and county, or a whole file at once."""

    AREA = "area"
    FILE = "file"


class Disclosure(StrEnum):
    """What a figure tells of people, and so whether a small one may be shown to the public.

    PEOPLE: it counts people, or events that each concern one (a visit, a crime, a device in
    somebody's home); whatever is counted from records, or is in doubt, is taken to do so. SHARE: it
    is a percentage of such a count. OPEN: it counts neither, but what an organisation has or does
    (agencies, meetings, cameras, money, posts).
    """

    PEOPLE = "people"
    SHARE = "share"
    OPEN = "open"


PERCENT = "percent"

Value = str | bool | None
"""What a column may have to equal; None asks for a null."""


@dataclass(frozen=True)
class Condition:
    """A column must hold one of these values."""

    column: str
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Measure:
    """One figure that the partnership counts, by month and area.

    `total` names the column to add up; "" counts rows. `parent` is the measure whose part this is,
    and `breakdown` by what, where it is parted in several ways (fly-tips by land, waste and size).
    `is_additive` is false for an "of which", which overlaps its siblings and is never added.
    `is_sensitive` keeps a measure (domestic abuse, sexual offences, hate crime) from being
    published for less than a district.
    `reporter` is the partner that states its figures on a form; "" where rows are counted.
    `disclosure` says whether a figure from 1 to 4 may be shown to the public, and `share_of` of
    which measure a percentage is a share.
    `kind` is that of a budget where `total` is what the record's grants were granted (see
    `schemas.grants`): it is taken once a grant and financial year.
    `counterpart` is the measure of ours that an official figure is held against, and
    `tolerance_percent` by how much of the official figure the two may differ; "" for our own.
    """

    code: str
    label: str
    unit: str
    source: str
    where: tuple[Condition, ...] = ()
    total: str = ""
    parent: str = ""
    breakdown: str = ""
    is_additive: bool = True
    is_residual: bool = False
    kind: Kind = Kind.FLOW
    scope: Scope = Scope.AREA
    definition: str = ""
    is_sensitive: bool = False
    reporter: str = ""
    disclosure: Disclosure = Disclosure.PEOPLE
    share_of: str = ""
    counterpart: str = ""
    tolerance_percent: float = 0

    @property
    def grain(self) -> Grain:
        """For which periods it has figures."""
        is_stated = self.reporter or self.counterpart or self.kind is Kind.BUDGET
        return Grain.STATED if is_stated else Grain.MONTH

    @property
    def adds_up(self) -> bool:
        """Whether the figures of a year's parts come to the year's."""
        return self.kind is Kind.FLOW and self.unit != PERCENT


def where(column: str, *values: Value) -> Condition:
    """Return the condition that a column holds one of some values."""
    return Condition(column, values)
