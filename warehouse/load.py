"""`load_delivery`: one delivery into the warehouse, in one transaction, or not at all.

A file is a full extract of the months it covers. Rows that are there already stay untouched; rows
that are new or changed are inserted; rows that the months had and the file has not are superseded.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np
import pandas as pd
from sqlalchemy import Connection, Engine, delete, select, update

from schemas.findings import Finding, by_response
from schemas.fingerprint import Fingerprints
from schemas.issues import Checked, Closing, DeliveryRejected, Issue, LawBroken
from schemas.period import Month
from schemas.plausibility import History, judge
from schemas.profile import Profile
from schemas.records import RECORDS
from schemas.records.base import fields_of, identity_of
from schemas.rules import RULES
from warehouse import bulk, mart, mart_budgets, mart_stated, official
from warehouse.before import NONE, Before
from warehouse.cells import Cells, of_frame
from warehouse.deliveries import (
    Loaded,
    Parcel,
    find_accepted,
    find_refused,
    forget_delivery,
    in_order,
    insert_delivery,
    insert_file_issues,
    insert_row_issues,
    mark_refused,
    refused,
)
from warehouse.engine import WRITES, lock
from warehouse.history import (
    Values,
    doubted_months,
    note_months,
    rows_of_other_months,
    values_of,
)
from warehouse.holds import raise_holds
from warehouse.outbox import alert_of_delivery
from warehouse.tables import DELIVERY, REJECTED_ROW, fact_table, is_coded
from warehouse.terms import BATCH, Terms

Rows = Iterable[tuple[Checked, Fingerprints]]


def load_delivery(
    engine: Engine, parcel: Parcel, rows: Rows, closing: Callable[[], Closing]
) -> Loaded:
    """Load one delivery; what it says is visible to readers all at once, or not at all.

    `rows` are checked chunks; `closing` is asked after the last of them. A delivery that turns out
    to be refused is recorded as such, with its reasons, and changes nothing else.

    One that is known is not loaded, unless the parcel says that it is to stand again and a later
    delivery has replaced it: then it is one more delivery, in its place in the order of receipt,
    with the decision on record. To say so of a file that stands, or that never came, adds nothing.
    """
    with engine.connect().execution_options(**WRITES) as conn, conn.begin():
        lock(conn, parcel.source)
        known = find_accepted(conn, parcel)
        if known is None:
            parcel = replace(parcel, again=None)
        elif parcel.again is None or not known.is_replaced:
            return known
        else:
            # It was in time when it came first.
            parcel = replace(parcel, judging=replace(parcel.judging, due_days=0))
        parcel = in_order(conn, parcel)
        delivery_id = insert_delivery(conn, parcel)
        savepoint = conn.begin_nested()
        load = _Load(conn, parcel, delivery_id)
        try:
            for checked, prints in rows:
                load.add(checked, prints)
            load.is_read = True
            load.close(closing())
        except DeliveryRejected as refusal:
            savepoint.rollback()
            return load.refuse(refusal.issues)
        savepoint.commit()
        return load.finish()


def refuse_delivery(engine: Engine, parcel: Parcel, issues: tuple[Issue, ...]) -> Loaded:
    """Record a delivery that was refused before a row of it was read; once for the same bytes."""
    with engine.connect().execution_options(**WRITES) as conn, conn.begin():
        lock(conn, parcel.source)
        earlier = find_refused(conn, parcel)
        if earlier is not None:
            return refused(parcel, earlier, issues)
        parcel = in_order(conn, parcel)
        delivery_id = insert_delivery(conn, parcel)
        mark_refused(conn, delivery_id, issues)
        alert_of_delivery(conn, delivery_id, parcel.source, parcel.received_at, refusals=issues)
        return refused(parcel, delivery_id, issues)


class _Load:
    """The state of one load: what was there before, and what has been added."""

    def __init__(self, conn: Connection, parcel: Parcel, delivery_id: int):
        if parcel.reach is None or parcel.span is None:
            raise LawBroken("a delivery is loaded only once its source and months are known")
        self.conn, self.parcel, self.reach, self.span = conn, parcel, parcel.reach, parcel.span
        self.record = RECORDS[parcel.source]
        self.fact = fact_table(parcel.source)
        self.delivery_id = delivery_id
        self.before = Before(conn, parcel.source, self.reach, self.span)
        self.terms = Terms(conn)
        self.read = self.accepted = self.rejected = self.new = self.superseded = 0
        self.changed = self.vanished = 0
        self.touched: set[Month] = set(self.span)
        # A file is a full extract of its months: the accepted rows are all that they have then.
        self.cells: Cells = Counter()
        self.is_read = False
        self.holds: tuple[Finding, ...] = ()
        self.told: tuple[Issue, ...] = ()
        self.late_issues: tuple[Issue, ...] = ()
        self.alarms: Counter[str] = Counter()
        self._issues: list[pd.DataFrame] = []

    def add(self, checked: Checked, prints: Fingerprints) -> None:
        """Add one chunk: store its new rows, its rejected row numbers and its issues."""
        self.read += checked.read
        self.accepted += len(checked.accepted)
        self.rejected += len(checked.rejected)
        fresh = self.before.is_new(prints)
        self.new += int(fresh.sum())
        frame = checked.accepted if fresh.all() else checked.accepted[fresh]
        state = {
            "delivery_id": np.full(len(frame), self.delivery_id),
            "source_row": prints.rows[fresh],
            "key_hash": prints.keys[fresh],
            "row_hash": prints.contents[fresh],
        }
        columns = {name: pd.Series(values, index=frame.index) for name, values in state.items()}
        bulk.insert(self.conn, self.fact, columns | self._stored(frame))
        self.cells.update(of_frame(checked.accepted, self.parcel.source))
        self._reject(checked.rejected)
        self._note(checked.issues)

    def _stored(self, frame: pd.DataFrame) -> dict[str, pd.Series]:
        """Return the record's columns as they are stored: coded ones as numbers of their texts."""
        return {
            name: self.terms.numbered(frame[name]) if is_coded(info) else frame[name]
            for name, info in fields_of(self.record).items()
        }

    def _reject(self, rows: pd.Index) -> None:
        numbers = pd.Series(rows.to_numpy("int64"))
        owner = pd.Series(np.full(len(rows), self.delivery_id))
        bulk.insert(self.conn, REJECTED_ROW, {"delivery_id": owner, "source_row": numbers})

    def _note(self, issues: pd.DataFrame) -> None:
        if len(issues):
            told = issues[["row", "rule"]].drop_duplicates()["rule"].value_counts()
            self.alarms.update({str(r): int(n) for r, n in told.items() if RULES[str(r)].security})
            self._issues.append(issues)
            insert_row_issues(self.conn, self.delivery_id, issues, self.parcel)

    def refuse(self, issues: tuple[Issue, ...]) -> Loaded:
        """Record that the delivery is refused; what its rows are at fault for is kept with it."""
        # A file that broke off has no number of rows; one read to its end has, all rejected.
        read = self.read if self.is_read else 0
        earlier = find_refused(self.conn, self.parcel)
        if earlier is not None:
            forget_delivery(self.conn, self.delivery_id)
            return self._refused(earlier, issues, read)
        mark_refused(self.conn, self.delivery_id, issues, read)
        for found in self._issues:
            insert_row_issues(self.conn, self.delivery_id, found, self.parcel)
        self._alert(issues)
        return self._refused(self.delivery_id, issues, read)

    def _alert(self, refusals: tuple[Issue, ...] = ()) -> None:
        alert_of_delivery(
            self.conn, self.delivery_id, self.parcel.source, self.parcel.received_at,
            refusals=refusals,
            hold_rules={found.rule for found in self.holds},
            alarm_rules=set(self.alarms),
        )  # fmt: skip

    def _refused(self, delivery_id: int, issues: tuple[Issue, ...], read: int) -> Loaded:
        alarms = tuple(sorted(self.alarms.items()))
        return replace(refused(self.parcel, delivery_id, issues, read), alarms=alarms)

    def close(self, closing: Closing) -> None:
        """Take back what only the whole file could tell, and supersede what the file replaces."""
        self.late_issues = closing.file_issues
        withdrawn = closing.withdrawn.to_numpy("int64")
        if len(withdrawn):
            self._doubt(closing)
            gone = 0
            for start in range(0, len(withdrawn), BATCH):
                part = [int(row) for row in withdrawn[start : start + BATCH]]
                gone += self.conn.execute(
                    delete(self.fact).where(
                        self.fact.c.delivery_id == self.delivery_id,
                        self.fact.c.source_row.in_(part),
                    )
                ).rowcount
            self.new -= gone
            self.before.give_back(withdrawn)
            self.accepted -= len(withdrawn)
            self.rejected += len(withdrawn)
            self._reject(pd.Index(withdrawn))
        self._note(closing.issues)
        keys_vanished = self.before.keys_vanished()
        self._supersede(self.before.vanished())
        by_month = "month" in identity_of(self.record).key
        moved, moved_keys = (NONE, NONE) if by_month else self._moved()
        self._supersede(moved)
        self.changed, self.vanished = self.before.changed_and_vanished(withdrawn, moved_keys)
        if self.read != self.accepted + self.rejected:
            raise LawBroken(
                f"read {self.read} rows, but {self.accepted} accepted and {self.rejected} rejected"
            )
        doubted = doubted_months(self.conn, self.parcel.source, self.reach)
        before = {
            (code, month): value
            for (code, month), value in values_of(
                self.conn, self.parcel.source, self.reach.focus
            ).items()
            if month in self.touched and month not in doubted
        }
        tallies = self._refreshed(len(withdrawn) > 0)
        tallies = {month: tally for month, tally in tallies.items() if month in self.span}
        note_months(self.conn, self.delivery_id, tallies)
        if closing.profile is not None:
            self._hold(self._finished(closing.profile, tallies), before, keys_vanished, len(moved))

    def _refreshed(self, is_counted_again: bool) -> dict[Month, mart.Tally]:
        """Work the figures of the months out again; return how many rows each of them has now."""
        source = self.parcel.source
        if identity_of(self.record).holds_figures:
            return mart_stated.refresh(
                self.conn, source, self.touched, self.reach, self.delivery_id
            )
        # What was withdrawn has been counted already: then all is counted again.
        to_count = self.touched if is_counted_again else self.touched - set(self.span)
        counted = mart.cells_of_months(self.conn, source, to_count, self.reach)
        cells = counted if is_counted_again else self.cells + counted
        tallies = mart.refresh(
            self.conn, source, self.touched, self.reach, self.delivery_id, cells=cells
        )
        mart_budgets.refresh(self.conn, source, self.touched, self.reach, self.delivery_id)
        return tallies

    def _finished(self, profile: Profile, tallies: dict[Month, mart.Tally]) -> Profile:
        """Give a profile the exact rows of its months, as they are now."""
        return replace(
            profile,
            rows=Counter({month: tally.rows for month, tally in tallies.items()}),
            unplaced=Counter({month: tally.unplaced for month, tally in tallies.items()}),
        )

    def _hold(self, profile: Profile, before: Values, keys_vanished: int, keys_moved: int) -> None:
        """Ask whether the delivery can be right, and hold what is not plausible.

        `before` are the figures of its months as they stood and nobody doubted them.
        """
        source, judging = self.parcel.source, self.parcel.judging
        rows, unplaced = rows_of_other_months(self.conn, source, self.reach, self.span)
        history = History(
            rows=rows,
            unplaced=unplaced,
            values=values_of(self.conn, source, self.reach.focus),
            before=before,
            keys_before=self.before.keys_there,
            keys_vanished=keys_vanished,
            keys_moved=keys_moved,
            received_on=self.parcel.received_at.date(),
            due_days=judging.due_days,
            draws=mart_budgets.draws_beside(self.conn, source, self.reach.extent.code, self.span),
        )
        findings = judge(profile, self.span, history, judging.limits)
        self.holds, self.told = by_response(findings)
        raise_holds(self.conn, self.delivery_id, self.holds, self.parcel.received_at)
        holds, told = official.reconcile(
            self.conn, self.delivery_id, source, self.reach.focus, self.touched,
            tolerances=judging.limits.official, at=self.parcel.received_at,
        )  # fmt: skip
        self.holds, self.told = (*self.holds, *holds), (*self.told, *told)

    def _doubt(self, closing: Closing) -> None:
        """Count rows whose reference conflicts towards the figures that they would change."""
        conflicting = closing.issues.loc[closing.issues["rule"].eq("key-conflict"), "row"]
        if closing.profile is None or not self.reach.focus:
            return
        rows = [int(row) for row in conflicting]
        for start in range(0, len(rows), BATCH):
            closing.profile.doubtful.update(
                mart.count_of_rows(
                    self.conn, self.parcel.source, self.delivery_id, rows[start : start + BATCH],
                    self.reach.focus,
                )
            )  # fmt: skip

    def _supersede(self, ids: np.ndarray) -> None:
        self.superseded += len(ids)
        bulk.supersede(self.conn, self.fact, ids, self.delivery_id)

    def _moved(self) -> tuple[np.ndarray, np.ndarray]:
        """Find current rows of other months whose record this file dates anew: ids, and keys."""
        mine, other = self.fact.alias("mine"), self.fact.alias("other")
        found = self.conn.execute(
            select(other.c.id, other.c.month, other.c.key_hash)
            .join(mine, mine.c.key_hash == other.c.key_hash)
            .join(DELIVERY, DELIVERY.c.id == other.c.delivery_id)
            .where(
                mine.c.delivery_id == self.delivery_id,
                mine.c.key_hash != 0,
                other.c.delivery_id != self.delivery_id,
                other.c.superseded_by.is_(None),
                DELIVERY.c.extent == self.reach.extent.code,
            )
        ).all()
        self.touched |= {Month.of(month) for _, month, _ in found}
        ids, keys = (np.array([row[n] for row in found], dtype="int64") for n in (0, 2))
        return ids, keys

    def finish(self) -> Loaded:
        """Write the counts down and return them."""
        issues = (*self.parcel.file_issues, *self.late_issues, *self.told)
        insert_file_issues(self.conn, self.delivery_id, issues)
        self._alert()
        unchanged = self.accepted - self.new
        self.conn.execute(
            update(DELIVERY)
            .where(DELIVERY.c.id == self.delivery_id)
            .values(
                rows_read=self.read,
                rows_accepted=self.accepted,
                rows_rejected=self.rejected,
                rows_new=self.new - self.changed,
                rows_changed=self.changed,
                rows_unchanged=unchanged,
                rows_vanished=self.vanished,
                rows_superseded=self.superseded,
            )
        )
        return Loaded(
            self.delivery_id, self.parcel.file_name, self.parcel.source, "accepted", self.span,
            self.read, self.accepted, self.rejected, self.new - self.changed, unchanged,
            self.superseded, self.changed, self.vanished, issues=issues, holds=self.holds,
            again=self.parcel.again, alarms=tuple(sorted(self.alarms.items())),
        )  # fmt: skip
