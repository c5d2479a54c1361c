"""What a delivery amounts to as a whole: counts by month, rule and measure, and never a value."""

from collections import Counter
from dataclasses import dataclass, field

import pandas as pd

from schemas.grants import Draw, GrantKey, draws_of, label_of
from schemas.issues import Checked, StatedTotal
from schemas.period import Month
from schemas.records.base import Record, identity_of


@dataclass
class Profile:
    """Counts of one delivery, filled chunk by chunk.

    `rows` counts accepted rows by month, `unplaced` those of them without a location; `broken` the
    rows that break a rule, by its code. `doubtful` counts, for each measure and month (None: the
    date is unreadable too), the rejected rows that belong to it or may do so. `holds_figures` says
    that rows are figures of any period: how many a month has tells nothing. `draws` are the rows
    that draw on grants, and `grants` the names of these.
    """

    read: int = 0
    rejected: int = 0
    rows: Counter[Month] = field(default_factory=Counter)
    unplaced: Counter[Month] = field(default_factory=Counter)
    broken: Counter[str] = field(default_factory=Counter)
    doubtful: Counter[tuple[str, Month | None]] = field(default_factory=Counter)
    stated: tuple[StatedTotal, ...] = ()
    holds_figures: bool = False
    draws: list[Draw] = field(default_factory=list)
    grants: dict[GrantKey, str] = field(default_factory=dict)

    def add(self, checked: Checked, record: type[Record]) -> None:
        """Count one chunk."""
        self.read += checked.read
        self.rejected += len(checked.rejected)
        self.doubtful.update(checked.doubtful)
        self.count_issues(checked.issues)
        frame = checked.accepted
        self.rows.update(_by_month(frame["month"]))
        drawn = draws_of(frame, record)
        self.draws += drawn
        self.grants |= {draw.grant: label_of(draw.grant, record) for draw in drawn}
        places = identity_of(record).located_by
        if places:
            nowhere = frame[list(places)].isna().all(axis=1)
            if nowhere.any():
                self.unplaced.update(_by_month(frame.loc[nowhere, "month"]))

    def count_issues(self, issues: pd.DataFrame) -> None:
        """Count the rows that break each rule."""
        if len(issues):
            rows = issues[["row", "rule"]].drop_duplicates()
            for rule, count in rows["rule"].value_counts().items():
                self.broken[str(rule)] += int(count)

    def take_back(self, issues: pd.DataFrame, withdrawn: pd.Index) -> None:
        """Count rows that are rejected after all; their months stay in `rows`."""
        self.rejected += len(withdrawn)
        self.count_issues(issues)
        if self.draws:
            gone = set(withdrawn)
            self.draws = [draw for draw in self.draws if draw.ref not in gone]


def _by_month(days: pd.Series) -> dict[Month, int]:
    counts = days.value_counts()
    return {Month.of(day.date()): int(rows) for day, rows in counts.items() if rows}
