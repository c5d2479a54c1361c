"""What the warehouse held before a delivery, matched off row by row as the delivery comes in."""

import numpy as np
import pandas as pd
from sqlalchemy import Connection, select

from schemas.fingerprint import Fingerprints
from schemas.period import Span
from warehouse.mart import Reach
from warehouse.tables import DELIVERY, fact_table

NONE = np.array([], dtype="int64")


class Before:
    """The current rows of the months that a delivery covers, matched off as its rows come in.

    Rows are matched by content, as a multiset: of five identical rows there before and four in
    the file, four are unchanged and one is superseded.
    """

    def __init__(self, conn: Connection, source: str, reach: Reach, span: Span):
        fact = fact_table(source)
        found = conn.execute(
            select(fact.c.id, fact.c.row_hash, fact.c.key_hash)
            .join(DELIVERY, DELIVERY.c.id == fact.c.delivery_id)
            .where(
                fact.c.superseded_by.is_(None),
                fact.c.month >= span.first.start,
                fact.c.month <= span.last.start,
                DELIVERY.c.extent == reach.extent.code,
            )
        ).all()
        ids, hashes, keys = (np.array([row[n] for row in found], dtype="int64") for n in range(3))
        order = np.lexsort((ids, hashes))
        self.ids, self.hashes, self.keys = ids[order], hashes[order], keys[order]
        self.distinct, self.first, self.counts = np.unique(
            self.hashes, return_index=True, return_counts=True
        )
        self.used = np.zeros(len(self.distinct), dtype="int64")
        self._matched: list[tuple[np.ndarray, np.ndarray]] = []
        self._new: list[tuple[np.ndarray, np.ndarray]] = []

    def is_new(self, prints: Fingerprints) -> np.ndarray:
        """Match rows off and say which of them were not there before."""
        if not len(self.distinct):
            return np.ones(len(prints.rows), dtype=bool)
        place = np.searchsorted(self.distinct, prints.contents)
        place = np.minimum(place, len(self.distinct) - 1)
        there = self.distinct[place] == prints.contents
        ordinal = pd.Series(prints.contents).groupby(prints.contents).cumcount().to_numpy()
        matched = there & (self.used[place] + ordinal < self.counts[place])
        np.add.at(self.used, place[matched], 1)
        self._matched.append((prints.rows[matched], place[matched]))
        self._new.append((prints.rows[~matched], prints.keys[~matched]))
        return ~matched

    def give_back(self, rows: np.ndarray) -> None:
        """Undo the match of rows that are rejected after all."""
        for matched, place in self._matched:
            np.subtract.at(self.used, place[np.isin(matched, rows)], 1)

    def vanished(self) -> np.ndarray:
        """Return the ids of rows that the file has no more."""
        return self.ids[self._gone()]

    def _gone(self) -> np.ndarray:
        rank = np.arange(len(self.ids)) - np.repeat(self.first, self.counts)
        return rank >= np.repeat(self.used, self.counts)

    @property
    def is_empty(self) -> bool:
        """True when the months had no row."""
        return not len(self.ids)

    def keys_there(self) -> int:
        """Return how many of the rows had a key of their own."""
        return int((self.keys != 0).sum())

    def keys_vanished(self) -> int:
        """Return how many keys the file has no more; a row that changed keeps its key."""
        return int((~np.isin(self.keys[self._gone()], self._new_keys(NONE))).sum())

    def changed_and_vanished(self, withdrawn: np.ndarray, moved: np.ndarray) -> tuple[int, int]:
        """Return how many new rows had a record already, and how many old rows have one no more.

        `withdrawn` are the numbers of rows that were rejected after all; `moved` are the keys of
        rows of other months that this file dates anew.
        """
        gone = self.keys[self._gone()]
        new = self._new_keys(withdrawn)
        vanished = int((~np.isin(gone, new)).sum())
        if self.is_empty:
            return len(np.unique(moved)), vanished
        return int(np.isin(new, np.concatenate([gone[gone != 0], moved])).sum()), vanished

    def _new_keys(self, without: np.ndarray) -> np.ndarray:
        """Return the keys of rows that were not there before, but for those without any."""
        found = [keys[(keys != 0) & ~np.isin(rows, without)] for rows, keys in self._new]
        return np.concatenate([NONE, *found])
