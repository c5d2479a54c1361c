"""How things stand: what `csp status`, its page and its JSON say, gathered once for all three.

Nothing heavy is loaded here, and nothing that stands in a cell of a partner's file is in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from schemas.period import FinancialYear, Quarter
from schemas.words import counted, day_label

MONTHS = 3


class Word(StrEnum):
    """What one export of one quarter comes to, in a word or two."""

    OVERDUE = "overdue"
    HELD = "held"
    REJECTED = "rejected"
    PUBLISHED = "published"
    AFTER = "after the pack"
    ACCEPTED = "accepted"
    PART = "in part"
    DUE = "due"
    NOTHING = "nothing"


LEGEND: dict[Word, str] = {
    Word.OVERDUE: "not here for all three months, and the day by which it was due is over",
    Word.HELD: "loaded, but not plausible: no pack prints it until somebody has asked (csp holds)",
    Word.REJECTED: "a file came and was rejected as a whole, and none has replaced it",
    Word.PUBLISHED: "accepted for all three months, and in the last pack of the quarter",
    Word.AFTER: "accepted, but a file that changed something came after the last pack",
    Word.ACCEPTED: "accepted for all three months; the pack of the quarter is not made yet",
    Word.PART: "accepted for some of its months; nothing is overdue",
    Word.DUE: "nothing has come yet; it is in time up to that day",
    Word.NOTHING: "has come, and nothing was due: no day is set, or it is of before you began",
}
"""What each word means, the gravest first."""


@dataclass(frozen=True)
class Export:
    """One source in one quarter.

    `due` is the last day on which it is in time, None where no day is set. `months` of the three
    were accepted. `accepted` counts rows of these months that stand, `rejected` the rejected rows
    of the files that cover them. `refused` are files rejected as a whole and not replaced, `holds`
    those that stand. `is_in_pack` says that the last pack of the quarter knows all that came.
    """

    source: str
    due: date | None
    months: int
    accepted: int
    rejected: int
    refused: int
    holds: int
    is_overdue: bool
    has_pack: bool
    is_in_pack: bool

    @property
    def word(self) -> Word:
        """The one thing that is most worth saying of it."""
        is_whole = self.months == MONTHS
        for word, is_so in (
            (Word.OVERDUE, self.is_overdue),
            (Word.HELD, self.holds),
            (Word.REJECTED, self.refused and not is_whole),
            (Word.ACCEPTED, is_whole and not self.has_pack),
            (Word.PUBLISHED, is_whole and self.is_in_pack),
            (Word.AFTER, is_whole),
            (Word.PART, self.months),
            (Word.DUE, self.due is not None),
        ):
            if is_so:
                return word
        return Word.NOTHING

    @property
    def shown(self) -> str:
        """The word, with the day where it needs one."""
        if self.word is Word.DUE and self.due is not None:
            return f"due {day_label(self.due)}"
        return self.word.value

    @property
    def rows(self) -> str:
        """Rows accepted and rejected, behind the months where they are not all there."""
        if not self.months:
            return ""
        part = "" if self.months == MONTHS else f"{self.months} of {MONTHS}: "
        return f"{part}{self.accepted:,}/{self.rejected:,}"


@dataclass(frozen=True)
class PackState:
    """The last pack of a quarter or a year: its release, when it was published (UTC), for whom."""

    release: int
    published_at: datetime
    audience: str

    @property
    def shown(self) -> str:
        """The release with its day."""
        return f"release {self.release}, {day_label(self.published_at)}"


@dataclass(frozen=True)
class QuarterState:
    """One quarter: an `Export` a source, in the order of the report, and its last pack."""

    quarter: Quarter
    exports: tuple[Export, ...]
    pack: PackState | None


@dataclass(frozen=True)
class RunState:
    """The last run of a kind; times are UTC. `detail` is in our words."""

    kind: str
    period_code: str
    state: str
    host: str
    started_at: datetime
    ended_at: datetime | None
    detail: str

    @property
    def shown(self) -> str:
        """All of it in a sentence."""
        about = f" of {self.period_code}" if self.period_code else ""
        when = f"{day_label(self.started_at)}, {self.started_at:%H:%M} UTC, on {self.host}"
        detail = f" {self.detail}" if self.detail else ""
        return f"{self.kind}{about}: {self.state}, {when}.{detail}"


class About(StrEnum):
    """What something that needs a person is about."""

    WAREHOUSE = "warehouse"
    SCHEMA = "schema"
    FILE_REJECTED = "file-rejected"
    OVERDUE = "overdue"
    HOLD = "hold"
    ROWS_REJECTED = "rows-rejected"
    RUN = "run"
    RUN_MISSING = "run-missing"
    ALERTS = "alerts"


@dataclass(frozen=True)
class Need:
    """One thing that needs a person: what it is, and what to do about it, each in sentences."""

    about: About
    what: str
    to_do: str


@dataclass(frozen=True)
class Alerts:
    """Alerts that have reached nobody: how many, since when (UTC), and why."""

    count: int = 0
    since: datetime | None = None
    why: str = ""


@dataclass(frozen=True)
class Standing:
    """All of it at one moment (UTC).

    `schema` is a sentence on the tables, "" where the warehouse is out. Titles of sources stand by
    their code. `is_whole` is False where something could not be read.
    """

    partnership: str
    at: datetime
    version: str
    schema: str
    titles: dict[str, str]
    deliveries: int
    rejected_rows: int
    quarters: tuple[QuarterState, ...]
    years: dict[FinancialYear, PackState]
    runs: tuple[RunState, ...]
    alerts: Alerts
    needs: tuple[Need, ...]
    is_whole: bool = True

    @property
    def needs_a_person(self) -> bool:
        """Say whether anybody must do something."""
        return bool(self.needs)

    @property
    def words(self) -> tuple[Word, ...]:
        """The words that are used, the gravest first."""
        used = {export.word for state in self.quarters for export in state.exports}
        return tuple(word for word in LEGEND if word in used)

    @property
    def came(self) -> str:
        """How much came, in a sentence."""
        if not self.deliveries:
            return "Nothing has been received yet."
        return (
            f"{counted(self.deliveries, 'delivery', 'deliveries')}; "
            f"{counted(self.rejected_rows, 'rejected row')} in those that stand."
        )


def is_blank(quarters: Sequence[QuarterState]) -> bool:
    """Say whether nothing has come of some quarters, and nothing was made of them."""
    return not any(
        state.pack or any(export.months or export.refused for export in state.exports)
        for state in quarters
    )


def by_year(quarters: Sequence[QuarterState]) -> dict[FinancialYear, list[QuarterState]]:
    """Return the quarters of each financial year in their order, the newest year first."""
    years: dict[FinancialYear, list[QuarterState]] = {}
    for state in sorted(quarters, key=lambda each: each.quarter.span.first):
        years.setdefault(state.quarter.financial_year, []).append(state)
    return dict(reversed(years.items()))
