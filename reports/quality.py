"""How good the figures of a pack are: what came, how it scored, and what was checked.

The log is gathered when a pack is made and frozen with its release. It follows the log of quality
assurance of the Aqua Book: inputs, checks, overrides, assumptions, and who answers for it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from reports.document import Block, Grid, Section, plain
from reports.papers import CorrectionLine, SignOff
from reports.receipt import Finding, Receipt, show_share
from reports.receipt_words import MEANINGS
from reports.row_numbers import RowNumbers
from schemas.rules import Dimension
from schemas.words import counted, day_label
from warehouse.engine import Engine
from warehouse.read import DeliveryLine, issue_rows, standing_deliveries

SIGNED_OFF_BY_NOBODY = "Not signed"


@dataclass(frozen=True)
class Came:
    """One file received for the months of a pack; its rows are None where they are not told."""

    source: str
    file_name: str
    sha256: str
    received: str
    status: str
    read: int | None
    accepted: int | None
    rejected: int | None


@dataclass(frozen=True)
class Scored:
    """How one source came out in one dimension: rows without a fault, of rows read."""

    source: str
    dimension: str
    read: int
    good: int


@dataclass(frozen=True)
class QualityLog:
    """What came, how it scored, and in how many files rows read are not accepted and rejected."""

    deliveries: tuple[Came, ...] = ()
    scores: tuple[Scored, ...] = ()
    unbalanced: int = 0

    @property
    def is_counted(self) -> bool:
        """Whether readers are told how many rows the files have."""
        return any(came.read is not None for came in self.deliveries)

    @property
    def told(self) -> dict[str, object]:
        """What the manifest of a pack says of it."""
        return {
            "deliveries": [asdict(came) for came in self.deliveries],
            "scores": [asdict(scored) for scored in self.scores],
            "unbalanced": self.unbalanced,
        }


NO_LOG = QualityLog()


def log_from(told: Mapping[str, Any]) -> QualityLog:
    """Return the log that a manifest tells of; a release of before there was one has none."""
    return QualityLog(
        deliveries=tuple(Came(**came) for came in told.get("deliveries", ())),
        scores=tuple(Scored(**scored) for scored in told.get("scores", ())),
        unbalanced=told.get("unbalanced", 0),
    )


def quality_log(
    engine: Engine, used: Sequence[DeliveryLine], *, is_counted: bool = True
) -> QualityLog:
    """Return what came in some deliveries and how those that stand scored.

    How many rows a file has is a figure, too: who is not to know all figures is told neither that
    nor the scores, which are worked out from it.
    """
    standing = standing_deliveries(used)
    return QualityLog(
        tuple(
            Came(
                d.source, d.file_name, d.sha256, day_label(d.received_at), d.status,
                *((d.rows_read, d.rows_accepted, d.rows_rejected) if is_counted else (None,) * 3),
            )
            for d in sorted(used, key=lambda d: (d.source, d.file_name, d.sha256))
        ),
        tuple(_scores(engine, [d for d in used if d.id in standing])) if is_counted else (),
        sum(d.rows_read != d.rows_accepted + d.rows_rejected for d in used),
    )  # fmt: skip


def _scores(engine: Engine, standing: Sequence[DeliveryLine]) -> Iterator[Scored]:
    sums: dict[tuple[str, Dimension], tuple[int, int]] = {}
    for delivery in standing:
        for score in _receipt(engine, delivery).scorecard:
            read, good = sums.get((delivery.source, score.dimension), (0, 0))
            sums[delivery.source, score.dimension] = (read + score.read, good + score.good)
    for (source, dimension), (read, good) in sorted(sums.items()):
        yield Scored(source, dimension.value, read, good)


def _receipt(engine: Engine, delivery: DeliveryLine) -> Receipt:
    """Return as much of a delivery's receipt as its scorecard is made of."""
    findings = tuple(
        Finding(
            found.rule, found.header, found.expected,
            None if found.rows is None else RowNumbers(np.array(found.rows, "int64")),
        )
        for found in issue_rows(engine, delivery.id)
    )  # fmt: skip
    return Receipt(
        "", delivery.file_name, "", read=delivery.rows_read, accepted=delivery.rows_accepted,
        findings=findings,
    )  # fmt: skip


# --- its sections -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Check:
    """One check that was run on a pack, and what came of it."""

    name: str
    result: str
    is_passed: bool


def deliveries_section(log: QualityLog, titles: Mapping[str, str]) -> Section:
    """List every file, with its SHA-256 and its rows."""
    if not log.deliveries:
        return Section("Deliveries", "deliveries", (plain("No file was received."),))
    heads = ("Rows read", "Accepted", "Rejected") if log.is_counted else ()
    extent = "Also those of the year before. A file that another one replaced is listed, too."
    shown = Grid(
        anchor="deliveries-table",
        title="Files that the figures were made from",
        extent=extent if log.is_counted else f"{extent} How many rows they have is not published.",
        header=("File", "Received", "State", *heads, "SHA-256"),
        rows=tuple(
            (came.file_name, came.received, came.status, *_rows(came)[: len(heads)],
             _in_blocks(came.sha256))
            for came in log.deliveries
        ),
        right=frozenset(range(3, 3 + len(heads))),
        groups=tuple(titles.get(came.source, came.source) for came in log.deliveries),
        grouped_by="Source",
    )  # fmt: skip
    return Section("Deliveries", "deliveries", (shown,))


def _in_blocks(digest: str) -> str:
    """Return a SHA-256 in blocks of sixteen, so that a narrow page can break it."""
    return " ".join(digest[at : at + 16] for at in range(0, len(digest), 16))


def _rows(came: Came) -> tuple[str, ...]:
    numbers = (came.read, came.accepted, came.rejected)
    return tuple("" if number is None else f"{number:,}" for number in numbers)


def scorecard_section(log: QualityLog, titles: Mapping[str, str]) -> Section:
    """Show the share of good rows of each source in the six dimensions."""
    found = {(scored.source, scored.dimension): scored for scored in log.scores}
    sources = list(dict.fromkeys(scored.source for scored in log.scores))
    if not sources:
        is_kept = log.deliveries and not log.is_counted
        why = "The shares of rows without a fault are not published." if is_kept else (
            "No row was received."
        )  # fmt: skip
        return Section("Scorecard", "scorecard", (plain(why),))
    meanings = " ".join(f"{d.value.capitalize()}: {MEANINGS[d]}" for d in Dimension)
    shown = Grid(
        anchor="scorecard-table",
        title="Rows without a fault, by source and dimension",
        extent="Of the rows that were read; what was mended on the way is no fault.",
        header=("Source", *(d.value.capitalize() for d in Dimension)),
        rows=tuple(
            (
                titles.get(source, source),
                *(_share(found.get((source, dimension.value))) for dimension in Dimension),
            )
            for source in sources
        ),
        right=frozenset(range(1, len(Dimension) + 1)),
    )
    return Section("Scorecard", "scorecard", (plain(meanings, is_small=True), shown))


def _share(scored: Scored | None) -> str:
    return "no rows" if scored is None or not scored.read else show_share(scored.good, scored.read)


def corrections_section(lines: Sequence[CorrectionLine]) -> Section:
    """List the corrections that are in force: never what they put into a cell."""
    title, anchor = "Corrections in force", "corrections"
    if not lines:
        return Section(title, anchor, (plain("No correction is on record."),))
    shown = Grid(
        anchor="corrections-table",
        title="Corrections made to partners' files",
        header=("Correction", "By", "On", "Until", "Because"),
        rows=tuple(
            (f"{c.source}: {c.what}", c.by, c.on, c.until or "without end", c.because)
            for c in lines
        ),
    )
    return Section(title, anchor, (shown,))


CONFIDENTIAL_FIGURES = (
    "Counts from 1 to 4 are [c], and so is every figure by which one could be worked out, from "
    "this pack or together with earlier ones. Of each figure that is [c] at least two values stay "
    "possible, also for a reader who knows which of them are small (of a table that shows nothing, "
    "this is so of the small ones alone). Small counts that are only "
    "had by taking away (what a total has beyond a row 'of which', a quarter of a year, the rest "
    "of the county, what a running total has grown by) are protected alike. A true zero is 0, "
    "unless it is said under a table that [c] may stand for 0; the rest of the county is [c] "
    "wherever the county or the district is.",
    "Of what partners state, these are [c]: a count of 1 to 4 of people, or of what concerns one "
    "person (a visit, a device in somebody's home); a figure up to 5 that is not exact; and a "
    "percentage of few. What counts no people (agencies, meetings, posts, cameras, money) is "
    "shown. An official figure is [c] where it is small, or would tell one of ours.",
    "Not protected are sums that no table prints, and what other bodies publish themselves. "
    "Domestic abuse is never given for less than a district.",
)
"""The standard of disclosure control, for readers; attacks by the same measure are in tests."""


def confidential_section() -> Section:
    """Say by which rule figures are not shown."""
    return Section("Confidential figures", "confidential", tuple(map(plain, CONFIDENTIAL_FIGURES)))


def checks_section(checks: Iterable[Check]) -> Section:
    """List the checks that were run, and what came of each."""
    shown = Grid(
        anchor="checks-table",
        title="Checks that were run when this pack was made",
        header=("Check", "Result", "Passed"),
        rows=tuple((c.name, c.result, "yes" if c.is_passed else "NO") for c in checks),
    )
    return Section("Checks", "checks", (shown,))


def sign_off_section(lines: Sequence[SignOff]) -> Section:
    """Say who answers for the pack, and which roles nobody has signed."""
    shown = Grid(
        anchor="sign-off-table",
        title="Who answers for the pack",
        header=("Role", "Name"),
        rows=tuple((line.role, line.name or SIGNED_OFF_BY_NOBODY) for line in lines),
    )
    unsigned = [line.role for line in lines if not line.name]
    said: tuple[Block, ...] = (shown,)
    if not lines:
        said = (plain("Nobody is named to sign this pack off."),)
    elif unsigned:
        roles = counted(len(unsigned), "role has", "roles have")
        said = (plain(f"This pack is not signed off: {roles} not signed."), shown)
    return Section("Sign-off", "sign-off", said)
