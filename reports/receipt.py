"""The receipt of one file: all that its sender gets back, as plain values.

A receipt holds counts, row numbers, the partner's own headings and the sentences of the rules, and
never the content of a cell. It knows no warehouse, so that `csp check` can write one without any.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import IntEnum, StrEnum

import numpy as np

from reports.row_numbers import RowNumbers
from schemas.issues import Issue
from schemas.period import Month, Span
from schemas.rules import RULES, Dimension, Response


class Status(StrEnum):
    """What became of the file, or would become of it."""

    ACCEPTED = "accepted"
    PARTLY = "accepted with rejected rows"
    HELD = "held"
    REJECTED = "rejected"


class Gravity(IntEnum):
    """How much a finding matters: the order in which findings are told."""

    FILE = 0
    SECURITY = 1
    ROWS = 2
    HOLD = 3
    WARNING = 4
    REPAIR = 5


_GRAVITY = {
    Response.REJECT_FILE: Gravity.FILE,
    Response.REJECT_ROW: Gravity.ROWS,
    Response.HOLD: Gravity.HOLD,
    Response.WARN: Gravity.WARNING,
    Response.FIX: Gravity.REPAIR,
}


@dataclass(frozen=True)
class Finding:
    """One rule broken under one heading, with the rows; `rows` is None for the whole file.

    `heading` is the partner's declared heading, or the letter of a column that is not declared.
    `is_download` says that it was found in a file that its publisher gives to everybody.
    """

    rule: str
    heading: str = ""
    expected: str = ""
    rows: RowNumbers | None = None
    is_download: bool = False

    @property
    def response(self) -> Response:
        """What the program does about it."""
        return RULES[self.rule].response

    @property
    def dimension(self) -> Dimension:
        """The dimension of data quality that it belongs to."""
        return RULES[self.rule].dimension

    @property
    def is_security(self) -> bool:
        """Whether a person must hear of it at once."""
        return RULES[self.rule].security

    @property
    def gravity(self) -> Gravity:
        """How much it matters."""
        told = _GRAVITY[self.response]
        return Gravity.SECURITY if self.is_security and told is not Gravity.FILE else told

    @property
    def count(self) -> int:
        """In how many rows it was found; 0 for a finding about the whole file."""
        return 0 if self.rows is None else len(self.rows)

    @property
    def sentence(self) -> str:
        """What is wrong."""
        return Issue(self.rule, None, self.heading, self.expected).sentence

    @property
    def remedy(self) -> str:
        """What to do about it; of a download nobody here can correct anything."""
        issue = Issue(self.rule, None, self.heading, self.expected)
        return issue.remedy_for(is_download=self.is_download)


def in_order(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return findings by gravity, then by the number of rows, then by name."""
    return tuple(
        sorted(
            findings,
            key=lambda f: (f.gravity, not f.is_security, -f.count, f.rule, f.heading, f.expected),
        )
    )


@dataclass(frozen=True)
class HoldLine:
    """Something that keeps the figures from being published until a person has decided.

    `state` says in words how it stands: "waiting", or who released it, when and why; `finding` is
    what raised it, for lists of all that was found.
    """

    sentence: str
    state: str = "waiting"
    remedy: str = ""
    is_open: bool = True
    finding: "Finding | None" = None


@dataclass(frozen=True)
class LoadCounts:
    """What loading the file changed: rows not there before, there already, and replaced."""

    new: int
    unchanged: int
    superseded: int


@dataclass(frozen=True)
class TrendLine:
    """One delivery of the same source, this one or an earlier."""

    delivery_id: int
    file_name: str
    received: date
    status: str
    read: int
    accepted: int
    span: Span | None = None

    @property
    def rejected(self) -> int:
        """Rows that were not accepted."""
        return self.read - self.accepted


@dataclass(frozen=True)
class Score:
    """How one dimension of quality came out.

    `at_fault` counts the rows that were rejected or warned of; `repaired` those that were mended on
    the way and are no fault of the figures. `of_file` counts findings about the whole file.
    """

    dimension: Dimension
    read: int
    at_fault: int
    repaired: int
    of_file: int

    @property
    def good(self) -> int:
        """Rows without a fault of this dimension."""
        return self.read - self.at_fault

    @property
    def shown(self) -> str:
        """The share of good rows."""
        return show_share(self.good, self.read)


@dataclass(frozen=True)
class Receipt:
    """One receipt. A file that was only checked has no `received` date and no `delivery_id`.

    `partner`, `title`, `layout` and `span` are empty where it could not be told what the file is.
    `read` is 0 for a file that was refused before its last row. `months` counts accepted rows.
    `again` says on whose decision a file that had been replaced was taken again. `is_download` says
    that it is a file that its publisher gives to everybody.
    """

    partnership: str
    file_name: str
    version: str
    source: str = ""
    title: str = ""
    partner: str = ""
    layout: str = ""
    sha256: str = ""
    size_bytes: int | None = None
    received: date | None = None
    delivery_id: int | None = None
    span: Span | None = None
    is_rejected: bool = False
    read: int = 0
    accepted: int = 0
    loaded: LoadCounts | None = None
    again: str = ""
    is_download: bool = False
    findings: tuple[Finding, ...] = ()
    holds: tuple[HoldLine, ...] = ()
    months: tuple[tuple[Month, int], ...] = ()
    trend: tuple[TrendLine, ...] = ()
    is_check: bool = False

    @property
    def rejected(self) -> int:
        """Rows that are not counted."""
        return self.read - self.accepted

    @property
    def status(self) -> Status:
        """What became of the file, in one word."""
        if self.is_rejected:
            return Status.REJECTED
        if any(hold.is_open for hold in self.holds) or self.of(Gravity.HOLD):
            return Status.HELD
        return Status.PARTLY if self.rejected else Status.ACCEPTED

    @property
    def is_fine(self) -> bool:
        """True when the file is accepted with every row and nothing holds its figures."""
        return self.status is Status.ACCEPTED

    @property
    def everything(self) -> tuple[Finding, ...]:
        """All findings in order, those behind holds that stand among them."""
        held = [hold.finding for hold in self.holds if hold.is_open and hold.finding is not None]
        return in_order([*self.findings, *held])

    @property
    def security(self) -> tuple[Finding, ...]:
        """What a person must hear of at once."""
        return tuple(finding for finding in self.findings if finding.is_security)

    def of(self, *gravities: Gravity) -> tuple[Finding, ...]:
        """Return the findings that matter this much, in order."""
        return tuple(f for f in in_order(self.findings) if f.gravity in gravities)

    @property
    def scorecard(self) -> tuple[Score, ...]:
        """How each of the six dimensions came out."""
        return tuple(_score(self, dimension) for dimension in Dimension)


def _score(receipt: Receipt, dimension: Dimension) -> Score:
    mine = [f for f in receipt.everything if f.dimension is dimension]
    faults = [f for f in mine if f.response in (Response.REJECT_ROW, Response.WARN)]
    repairs = [f for f in mine if f.response is Response.FIX]
    return Score(
        dimension,
        receipt.read,
        # A row may break several rules of one dimension, and counts once.
        min(_rows_of(faults), receipt.read),
        _rows_of(repairs),
        sum(f.rows is None for f in mine),
    )


def _rows_of(findings: Sequence[Finding]) -> int:
    rows = [f.rows.numbers for f in findings if f.rows is not None]
    return len(np.unique(np.concatenate(rows))) if rows else 0


def share(part: int, whole: int) -> Decimal | None:
    """Return a share in percent to one place, half-up; None of nothing."""
    if not whole:
        return None
    exact = Decimal(100) * Decimal(part) / Decimal(whole)
    return exact.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def show_share(part: int, whole: int) -> str:
    """Print a share: "97.5%". All and none are said of nothing less than all and none."""
    rounded = share(part, whole)
    if rounded is None:
        return "not measured"
    if rounded == 100 and part < whole:
        return "over 99.9%"
    if rounded == 0 and part > 0:
        return "under 0.1%"
    return f"{rounded}%"


__all__ = [
    "Finding", "Gravity", "HoldLine", "LoadCounts", "Receipt", "RowNumbers", "Score", "Status",
    "TrendLine", "in_order", "share", "show_share",
]  # fmt: skip
