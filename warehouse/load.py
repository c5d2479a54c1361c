"""`load_delivery`: one delivery into the warehouse, in one transaction, or not at all.

A file is a full extract of the months it covers. Rows that are there already stay untouched; rows
that are new or changed are inserted; rows that the months had and the file has not are superseded.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pandas as pd
from sqlalchemy import Connection, Engine, bindparam, delete, insert, select, update

from schemas.fingerprint import Fingerprints
from schemas.issues import Checked, Closing, DeliveryRejected, Issue, LawBroken, response_of
from schemas.period import Month, Span
from schemas.records import RECORDS
from schemas.records.base import fields_of, identity_of
from warehouse import bulk, mart
from warehouse.engine import WRITES, is_sqlite, lock
from warehouse.mart import Reach
from warehouse.tables import DELIVERY, ISSUE, REJECTED_ROW, TERM, fact_table, is_coded

BATCH = 500


@dataclass(frozen=True)
class Parcel:
    """What is known of a delivery before its rows are read.

    `headers` gives the partner's heading of each field, for issues. `source` and the rest of what
    recognition tells are empty when the file could not be recognised.
    """

    file_name: str
    sha256: str
    size_bytes: int
    received_at: datetime
    program_version: str
    source: str = ""
    layout: str = ""
    reach: Reach | None = None
    span: Span | None = None
    headers: dict[str, str] | None = None
    file_issues: tuple[Issue, ...] = ()


@dataclass(frozen=True)
class Loaded:
    """What became of a delivery. `is_known` means that it had been received before: a no-op."""

    delivery_id: int
    file_name: str
    source: str
    status: str
    span: Span | None
    read: int = 0
    accepted: int = 0
    rejected: int = 0
    new: int = 0
    unchanged: int = 0
    superseded: int = 0
    is_known: bool = False
    issues: tuple[Issue, ...] = ()


Rows = Iterable[tuple[Checked, Fingerprints]]


def load_delivery(
    engine: Engine, parcel: Parcel, rows: Rows, closing: Callable[[], Closing]
) -> Loaded:
    """Load one delivery; what it says is visible to readers all at once, or not at all.

    `rows` are checked chunks; `closing` is asked after the last of them. A delivery that turns out
    to be refused is recorded as such, with its reasons, and changes nothing else.
    """
    with engine.connect().execution_options(**WRITES) as conn, conn.begin():
        lock(conn, parcel.source)
        known = find_accepted(conn, parcel.sha256)
        if known is not None:
            return known
        load = _Load(conn, parcel)
        try:
            with conn.begin_nested():
                for checked, prints in rows:
                    load.add(checked, prints)
                load.is_read = True
                load.close(closing())
        except DeliveryRejected as refusal:
            # A file that broke off has no number of rows; one read to its end has, all rejected.
            read = load.read if load.is_read else 0
            return _record_refusal(conn, parcel, refusal.issues, load.row_issues(), read)
        return load.finish()


def refuse_delivery(engine: Engine, parcel: Parcel, issues: tuple[Issue, ...]) -> Loaded:
    """Record a delivery that was refused before a row of it was read."""
    with engine.connect().execution_options(**WRITES) as conn, conn.begin():
        known = find_accepted(conn, parcel.sha256)
        if known is not None:
            return known
        return _record_refusal(conn, parcel, issues, [], 0)


def find_accepted(conn: Connection, sha256: str) -> Loaded | None:
    """Return the delivery of these very bytes if it was accepted before."""
    row = (
        conn.execute(
            select(DELIVERY).where(DELIVERY.c.sha256 == sha256, DELIVERY.c.status == "accepted")
        )
        .mappings()
        .first()
    )
    if row is None:
        return None
    span = Span(Month.of(row["first_month"]), Month.of(row["last_month"]))
    return Loaded(
        row["id"], row["file_name"], row["source"], row["status"], span, row["rows_read"],
        row["rows_accepted"], row["rows_rejected"], row["rows_new"], row["rows_unchanged"],
        row["rows_superseded"], is_known=True,
    )  # fmt: skip


class _Load:
    """The state of one load: what was there before, and what has been added."""

    def __init__(self, conn: Connection, parcel: Parcel):
        if parcel.reach is None or parcel.span is None:
            raise LawBroken("a delivery is loaded only once its source and months are known")
        self.conn, self.parcel, self.reach, self.span = conn, parcel, parcel.reach, parcel.span
        self.record = RECORDS[parcel.source]
        self.fact = fact_table(parcel.source)
        self.delivery_id = _insert_delivery(conn, parcel, "accepted")
        self.before = _Before(conn, parcel.source, self.reach, self.span)
        self.terms: dict[str, int] | None = None
        self.read = self.accepted = self.rejected = self.new = self.superseded = 0
        self.touched: set[Month] = set(self.span)
        self.is_read = False
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
        self._reject(checked.rejected)
        self._note(checked.issues)

    def _stored(self, frame: pd.DataFrame) -> dict[str, pd.Series]:
        """Return the record's columns as they are stored: coded ones as numbers of their texts."""
        return {
            name: self._numbered(frame[name]) if is_coded(info) else frame[name]
            for name, info in fields_of(self.record).items()
        }

    def _numbered(self, column: pd.Series) -> pd.Series:
        used = column.cat.remove_unused_categories()
        texts = used.cat.categories.tolist()
        terms = self._terms_for(texts)
        ids = pd.array([terms[t] for t in texts] or [0], dtype="Int64")
        taken = ids.take(used.cat.codes.to_numpy(), allow_fill=True)
        return pd.Series(taken, index=column.index)

    def _terms_for(self, texts: list[str]) -> dict[str, int]:
        if self.terms is None:
            self.terms = {t: i for t, i in self.conn.execute(select(TERM.c.text, TERM.c.id))}
        missing = [t for t in texts if t not in self.terms]
        if missing:
            add_terms(self.conn, missing)
            for start in range(0, len(missing), BATCH):
                part = missing[start : start + BATCH]
                found = self.conn.execute(
                    select(TERM.c.text, TERM.c.id).where(TERM.c.text.in_(part))
                )
                self.terms.update({t: i for t, i in found})
        return self.terms

    def _reject(self, rows: pd.Index) -> None:
        numbers = pd.Series(rows.to_numpy("int64"))
        owner = pd.Series(np.full(len(rows), self.delivery_id))
        bulk.insert(self.conn, REJECTED_ROW, {"delivery_id": owner, "source_row": numbers})

    def _note(self, issues: pd.DataFrame) -> None:
        if len(issues):
            self._issues.append(issues)
            _insert_row_issues(self.conn, self.delivery_id, issues, self.parcel)

    def row_issues(self) -> list[pd.DataFrame]:
        """Return the row issues so far, for the record of a refusal."""
        return self._issues

    def close(self, closing: Closing) -> None:
        """Take back what only the whole file could tell, and supersede what the file replaces."""
        withdrawn = closing.withdrawn.to_numpy("int64")
        if len(withdrawn):
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
        self._supersede(self.before.vanished())
        if "month" not in identity_of(self.record).key:
            self._supersede(self._moved())
        if self.read != self.accepted + self.rejected:
            raise LawBroken(
                f"read {self.read} rows, but {self.accepted} accepted and {self.rejected} rejected"
            )
        mart.refresh(self.conn, self.parcel.source, self.touched, self.reach)

    def _supersede(self, ids: np.ndarray) -> None:
        if not len(ids):
            return
        self.superseded += len(ids)
        statement = (
            update(self.fact)
            .where(self.fact.c.id == bindparam("gone"))
            .values(superseded_by=self.delivery_id)
        )
        self.conn.execute(statement, [{"gone": int(i)} for i in ids])

    def _moved(self) -> np.ndarray:
        """Find current rows of other months whose record this file dates anew (id array)."""
        mine, other = self.fact.alias("mine"), self.fact.alias("other")
        found = self.conn.execute(
            select(other.c.id, other.c.month)
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
        self.touched |= {Month.of(month) for _, month in found}
        return np.array([i for i, _ in found], dtype="int64")

    def finish(self) -> Loaded:
        """Write the counts down and return them."""
        _insert_file_issues(self.conn, self.delivery_id, self.parcel.file_issues)
        unchanged = self.accepted - self.new
        self.conn.execute(
            update(DELIVERY)
            .where(DELIVERY.c.id == self.delivery_id)
            .values(
                rows_read=self.read,
                rows_accepted=self.accepted,
                rows_rejected=self.rejected,
                rows_new=self.new,
                rows_unchanged=unchanged,
                rows_superseded=self.superseded,
            )
        )
        return Loaded(
            self.delivery_id, self.parcel.file_name, self.parcel.source, "accepted", self.span,
            self.read, self.accepted, self.rejected, self.new, unchanged, self.superseded,
            issues=self.parcel.file_issues,
        )  # fmt: skip


class _Before:
    """The current rows of the months that a delivery covers, matched off as its rows come in.

    Rows are matched by content, as a multiset: of five identical rows there before and four in
    the file, four are unchanged and one is superseded.
    """

    def __init__(self, conn: Connection, source: str, reach: Reach, span: Span):
        fact = fact_table(source)
        found = conn.execute(
            select(fact.c.id, fact.c.row_hash)
            .join(DELIVERY, DELIVERY.c.id == fact.c.delivery_id)
            .where(
                fact.c.superseded_by.is_(None),
                fact.c.month >= span.first.start,
                fact.c.month <= span.last.start,
                DELIVERY.c.extent == reach.extent.code,
            )
        ).all()
        ids = np.array([i for i, _ in found], dtype="int64")
        hashes = np.array([h for _, h in found], dtype="int64")
        order = np.lexsort((ids, hashes))
        self.ids, self.hashes = ids[order], hashes[order]
        self.distinct, self.first, self.counts = np.unique(
            self.hashes, return_index=True, return_counts=True
        )
        self.used = np.zeros(len(self.distinct), dtype="int64")
        self._matched: list[tuple[np.ndarray, np.ndarray]] = []

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
        return ~matched

    def give_back(self, rows: np.ndarray) -> None:
        """Undo the match of rows that are rejected after all."""
        for matched, place in self._matched:
            np.subtract.at(self.used, place[np.isin(matched, rows)], 1)

    def vanished(self) -> np.ndarray:
        """Return the ids of rows that the file has no more."""
        rank = np.arange(len(self.ids)) - np.repeat(self.first, self.counts)
        return self.ids[rank >= np.repeat(self.used, self.counts)]


def add_terms(conn: Connection, texts: list[str]) -> None:
    """Give numbers to texts that have none; another load may be doing the same."""
    if is_sqlite(conn):
        from sqlalchemy.dialects.sqlite import insert as upsert  # noqa: PLC0415
    else:
        from sqlalchemy.dialects.postgresql import insert as upsert  # type: ignore[assignment] # noqa: PLC0415
    conn.execute(upsert(TERM).on_conflict_do_nothing(), [{"text": t} for t in texts])


def _insert_delivery(conn: Connection, parcel: Parcel, status: str, rejected: int = 0) -> int:
    span, reach = parcel.span, parcel.reach
    result = conn.execute(
        insert(DELIVERY).values(
            source=parcel.source,
            layout=parcel.layout,
            extent=reach.extent.code if reach else "",
            file_name=parcel.file_name,
            sha256=parcel.sha256,
            size_bytes=parcel.size_bytes,
            received_at=parcel.received_at,
            status=status,
            first_month=span.first.start if span else None,
            last_month=span.last.start if span else None,
            rows_read=rejected,
            rows_accepted=0,
            rows_rejected=rejected,
            rows_new=0,
            rows_unchanged=0,
            rows_superseded=0,
            program_version=parcel.program_version,
        )
    )
    key = result.inserted_primary_key
    if key is None:
        raise LawBroken("the database gave a delivery no number")
    return int(key[0])


def _record_refusal(
    conn: Connection,
    parcel: Parcel,
    issues: tuple[Issue, ...],
    row_issues: list[pd.DataFrame],
    read: int,
) -> Loaded:
    """Record a refused delivery, once: the same bytes refused again change nothing."""
    earlier = conn.execute(
        select(DELIVERY.c.id).where(
            DELIVERY.c.sha256 == parcel.sha256,
            DELIVERY.c.file_name == parcel.file_name,
            DELIVERY.c.status == "rejected",
        )
    ).scalar()
    if earlier is None:
        earlier = _insert_delivery(conn, parcel, "rejected", read)
        _insert_file_issues(conn, earlier, issues)
        for found in row_issues:
            _insert_row_issues(conn, earlier, found, parcel)
    return Loaded(
        earlier, parcel.file_name, parcel.source, "rejected", parcel.span,
        read, rejected=read, issues=issues,
    )  # fmt: skip


def _insert_file_issues(conn: Connection, delivery_id: int, issues: Iterable[Issue]) -> None:
    rows = [
        {
            "delivery_id": delivery_id,
            "source_row": issue.row,
            "field": "",
            "header": issue.column,
            "rule": issue.rule,
            "response": response_of(issue.rule).value,
            "expected": issue.expected,
        }
        for issue in issues
    ]
    if rows:
        conn.execute(insert(ISSUE), rows)


def _insert_row_issues(
    conn: Connection, delivery_id: int, issues: pd.DataFrame, parcel: Parcel
) -> None:
    headers = parcel.headers or {}
    rules = issues["rule"].astype("category")
    fields = issues["column"].astype("category")
    named = {field: headers.get(field, field) for field in fields.cat.categories}
    answers = {rule: response_of(rule).value for rule in rules.cat.categories}
    bulk.insert(
        conn,
        ISSUE,
        {
            "delivery_id": pd.Series(np.full(len(issues), delivery_id)),
            "source_row": issues["row"].reset_index(drop=True),
            "field": fields.reset_index(drop=True),
            "header": fields.map(named).astype("category").reset_index(drop=True),
            "rule": rules.reset_index(drop=True),
            "response": rules.map(answers).astype("category").reset_index(drop=True),
            "expected": pd.Series([""] * len(issues), dtype="category"),
        },
    )


def walk(rows: Rows) -> Iterator[tuple[Checked, Fingerprints]]:
    """Pass chunks on while the next one is being read and checked in a second thread.

    Reading and checking leave the interpreter free for most of their time, and so does the
    database. An error over there is raised here, in its turn.
    """
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415

    source = iter(rows)
    end = object()
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="csp-read") as pool:
        ahead = pool.submit(next, source, end)
        while (chunk := ahead.result()) is not end:
            ahead = pool.submit(next, source, end)
            yield chunk  # type: ignore[misc]
