"""Sends a file down the whole way from inbox to checked rows, and shows what came out as text."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd
from support.files import grid, put

from schemas.areas import ST_ALBANS, Home
from schemas.issues import Closing, DeliveryRejected, Issue
from schemas.period import Span
from sources.corrections import Correction
from sources.gate import Gate
from sources.inbox import Delivery, Recognised, Refused, recognise, take
from sources.partners import SOURCES

Table = list[list[str]]
TODAY = date(2026, 7, 1)
"""The day on which files come in tests; what is dated later lies in the future."""

Receive = Callable[..., "Outcome"]


@dataclass(frozen=True)
class Outcome:
    """What became of one delivery, in the words in which the tests speak of it."""

    found: Recognised
    span: Span
    read: int
    accepted: pd.DataFrame
    rejected: list[int]
    issues: list[str]
    file_issues: list[str]
    closing: Closing

    def shows(self, columns: str) -> Table:
        """Return columns of the accepted rows as text, line by line, as `table` writes them.

        "row" is the partner's row number; months are 2020-04, blanks "-", flags "yes" or "no".
        """
        names = columns.split()
        return [
            [
                str(row) if name == "row" else shown(name, self.accepted.at[row, name])
                for name in names
            ]
            for row in self.accepted.index
        ]


def table(text: str) -> Table:
    """Return a table written in a test, to be held against `Outcome.shows`."""
    return grid(text)


def shown(name: str, value: object) -> str:
    """Return one typed value as the tests write it."""
    if pd.isna(value):
        return "-"
    if isinstance(value, pd.Timestamp):
        return value.strftime(
            "%Y-%m" if name == "month" else "%Y-%m-%d" if name.endswith("_on") else "%Y-%m-%d %H:%M"
        )
    if value is True or value is False or type(value).__name__ == "bool":
        return "yes" if value else "no"
    return str(value)


def told(issues: pd.DataFrame) -> list[str]:
    """Return an issue frame as lines such as "row 3: recorded_on date-unreadable"."""
    ordered = issues.sort_values(["row", "column", "rule"])
    return [
        f"row {row}: {column + ' ' if column else ''}{rule}"
        for row, column, rule in zip(
            ordered["row"], ordered["column"], ordered["rule"], strict=True
        )
    ]


def said(issue: Issue) -> str:
    """Return a finding about the file as a line such as "column G: column-undeclared"."""
    return f"{issue.column}: {issue.rule}" if issue.column else issue.rule


def receive(path: Path, archive: Path, home: Home = ST_ALBANS) -> Outcome:
    """Take one file from its bytes to checked rows; raises `DeliveryRejected` as the house does."""
    (delivery,) = take(path, archive, SOURCES, home)
    if isinstance(delivery, Refused):
        raise DeliveryRejected(*delivery.issues)
    assert isinstance(delivery, Delivery)
    return check(recognise(delivery, SOURCES), home)


def check(
    found: Recognised, home: Home = ST_ALBANS, corrections: Sequence[Correction] = ()
) -> Outcome:
    """Take one recognised file through the gate to the end."""
    gate = Gate.open(found, home, TODAY, corrections)
    checked = [part for part, _ in gate.chunks()]
    closing = gate.closing()
    issues = pd.concat([*(part.issues for part in checked), closing.issues], ignore_index=True)
    rejected = [int(row) for part in checked for row in part.rejected]
    # Parts may differ in their categories, so plain texts are put together.
    parts = [part.accepted.astype(_plain(part.accepted)) for part in checked]
    accepted = pd.concat(parts) if parts else pd.DataFrame()
    return Outcome(
        found=found,
        span=gate.span,
        read=gate.read,
        accepted=accepted.drop(closing.withdrawn),
        rejected=sorted([*rejected, *(int(row) for row in closing.withdrawn)]),
        issues=told(issues),
        file_issues=[said(issue) for issue in (*gate.file_issues, *closing.file_issues)],
        closing=closing,
    )


def _plain(frame: pd.DataFrame) -> dict[str, str]:
    return {
        name: "str"
        for name, dtype in frame.dtypes.items()
        if isinstance(dtype, pd.CategoricalDtype)
    }


def refusal(path: Path, archive: Path, home: Home = ST_ALBANS) -> list[str]:
    """Return why a whole file is refused; fails when it is not."""
    try:
        outcome = receive(path, archive, home)
    except DeliveryRejected as refused:
        return [said(issue) for issue in refused.issues]
    raise AssertionError(f"accepted: {outcome.issues}")


@dataclass(frozen=True)
class Post:
    """An inbox and an archive in a folder of their own."""

    folder: Path

    @property
    def archive(self) -> Path:
        return self.folder / "archive"

    def send(self, name: str, content: bytes, home: Home = ST_ALBANS) -> Outcome:
        """Send a file of this name and return what became of it."""
        return receive(put(self.folder / "inbox", name, content), self.archive, home)

    def refused(self, name: str, content: bytes) -> list[str]:
        """Send a file that is refused as a whole, and return why."""
        return refusal(put(self.folder / "inbox", name, content), self.archive)
