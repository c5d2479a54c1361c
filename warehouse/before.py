"""What the warehouse held before a delivery, matched off row by row as the delivery comes in.

Big months have millions of rows: what is kept of each is two numbers in arrays, and one sort. Keys
are asked for of the few rows alone that the file has no more.
"""

from functools import cached_property

import numpy as np
from sqlalchemy import Connection, and_, func, select

from schemas.fingerprint import Fingerprints
from schemas.period import Span
from warehouse import bulk
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
        of_extent = select(DELIVERY.c.id).where(
            DELIVERY.c.source == source, DELIVERY.c.extent == reach.extent.code
        )
        there = and_(
            fact.c.superseded_by.is_(None),
            fact.c.month >= span.first.start,
            fact.c.month <= span.last.start,
            fact.c.delivery_id.in_(conn.execute(of_extent).scalars().all()),
        )
        self._conn, self._fact = conn, fact
        self.ids, self.hashes = bulk.numbers(conn, select(fact.c.id, fact.c.row_hash).where(there))
        has_key = select(func.count()).select_from(fact).where(there, fact.c.key_hash != 0)
        # Counted now: soon some of the rows are current no more.
        self.keys_there: int = 0 if self.is_empty else conn.execute(has_key).scalar_one()
        order = np.lexsort((self.ids, self.hashes))
        self.ids = self.ids[order]
        self.hashes = self.hashes[order]
        # Of identical rows, which stand together, the first place counts how many are matched.
        self.used = np.zeros(len(order), dtype="int32")
        self._matched: list[tuple[np.ndarray, np.ndarray]] = []
        self._new: list[tuple[np.ndarray, np.ndarray]] = []

    def is_new(self, prints: Fingerprints) -> np.ndarray:
        """Match rows off and say which of them were not there before."""
        if self.is_empty:
            return np.ones(len(prints.rows), dtype=bool)
        # In their order the look-ups touch neighbouring places one after the other.
        order = np.argsort(prints.contents, kind="stable")
        wanted = prints.contents[order]
        first = np.searchsorted(self.hashes, wanted)
        last = np.searchsorted(self.hashes, wanted, side="right")
        at = first[first < last]
        ordinal = _ordinals(at)
        is_matched = first < last
        is_matched[is_matched] = self.used[at] + ordinal < (last - first)[is_matched]
        place = first[is_matched]
        np.add.at(self.used, place, 1)
        self._matched.append(
            (prints.rows[order][is_matched].astype("int32"), place.astype("int32"))
        )
        is_new = np.empty(len(order), dtype=bool)
        is_new[order] = ~is_matched
        self._new.append((prints.rows[is_new], prints.keys[is_new]))
        return is_new

    def give_back(self, rows: np.ndarray) -> None:
        """Undo the match of rows that are rejected after all."""
        for matched, place in self._matched:
            np.subtract.at(self.used, place[np.isin(matched, rows)], 1)

    def vanished(self) -> np.ndarray:
        """Return the ids of rows that the file has no more; no row may be matched after that."""
        return self.ids[self._gone]

    @cached_property
    def _gone(self) -> np.ndarray:
        """Which of the rows the file has no more."""
        # +1 where the matched ones of identical rows begin, -1 where they end.
        first = np.flatnonzero(self.used)
        steps = np.zeros(len(self.used) + 1, dtype="int8")
        steps[first] += 1
        steps[first + self.used[first]] -= 1
        gone: np.ndarray = steps[:-1].cumsum(dtype="int8") == 0
        return gone

    @property
    def is_empty(self) -> bool:
        """True when the months had no row."""
        return not len(self.ids)

    @cached_property
    def _gone_keys(self) -> np.ndarray:
        """The keys of the rows that the file has no more, in no order."""
        return bulk.numbers_of(self._conn, self._fact, "key_hash", self.vanished())

    def keys_vanished(self) -> int:
        """Return how many keys the file has no more; a row that changed keeps its key."""
        return int((~np.isin(self._gone_keys, self._new_keys(NONE))).sum())

    def changed_and_vanished(self, withdrawn: np.ndarray, moved: np.ndarray) -> tuple[int, int]:
        """Return how many new rows had a record already, and how many old rows have one no more.

        `withdrawn` are the numbers of rows that were rejected after all; `moved` are the keys of
        rows of other months that this file dates anew.
        """
        gone = self._gone_keys
        new = self._new_keys(withdrawn)
        vanished = int((~np.isin(gone, new)).sum())
        if self.is_empty:
            return len(np.unique(moved)), vanished
        return int(np.isin(new, np.concatenate([gone[gone != 0], moved])).sum()), vanished

    def _new_keys(self, without: np.ndarray) -> np.ndarray:
        """Return the keys of rows that were not there before, but for those without any."""
        found = [keys[(keys != 0) & ~np.isin(rows, without)] for rows, keys in self._new]
        return np.concatenate([NONE, *found])


def _ordinals(places: np.ndarray) -> np.ndarray:
    """Number equal neighbours from 0 on."""
    starts = np.flatnonzero(np.diff(places, prepend=-1))
    return np.arange(len(places)) - np.repeat(starts, np.diff(starts, append=len(places)))
