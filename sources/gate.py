"""The way from a delivery to checked rows, in one place.

read → headers → text check → parse → conform → typed check, a chunk at a time; what only the whole
file can tell (references that stand twice) comes at the end, as rows to take back.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from schemas.areas import Home
from schemas.check import TextRule, find_issues, split, text_schema, typed_issues
from schemas.doubt import doubtful, unknown
from schemas.fingerprint import Fingerprints, fingerprint
from schemas.issues import Checked, Closing, DeliveryRejected, Issue, no_issues
from schemas.measures import measures_of
from schemas.period import Month, Span
from schemas.profile import Profile
from schemas.records.base import Record, fields_of, identity_of
from sources.coverage import span_from_rows
from sources.frames import TextChunk
from sources.furniture import marks_of
from sources.inbox import Recognised
from sources.parse import Parser, parse_column
from sources.spec import Layout, SourceSpec

NIL_WORD = "nil"


class Ledger:
    """Remembers which references a file has used: 20 bytes a row, whatever the file holds."""

    def __init__(self) -> None:
        self._rows: list[np.ndarray] = []
        self._keys: list[np.ndarray] = []
        self._contents: list[np.ndarray] = []

    def enter(self, prints: Fingerprints) -> None:
        """Enter the accepted rows of a chunk that have a key."""
        keyed = prints.keyed
        self._rows.append(prints.rows[keyed])
        self._keys.append(prints.keys[keyed])
        self._contents.append(prints.contents[keyed])

    def conflicts(self) -> pd.DataFrame:
        """Return an issue for every row whose reference stands in the file more than once.

        Same content: all but the first are repeats. Different contents: all of them conflict.
        """
        if not self._rows:
            return no_issues()
        rows, keys = np.concatenate(self._rows), np.concatenate(self._keys)
        order = np.argsort(keys, kind="stable")
        same = keys[order][1:] == keys[order][:-1]
        if not same.any():
            return no_issues()
        suspects = np.unique(np.concatenate([order[1:][same], order[:-1][same]]))
        frame = pd.DataFrame(
            {
                "row": rows[suspects].astype("int64"),
                "key": keys[suspects],
                "content": np.concatenate(self._contents)[suspects],
            }
        ).sort_values("row")
        conflict = frame.groupby("key")["content"].transform("nunique") > 1
        repeat = ~conflict & frame["key"].duplicated()
        frame["rule"] = np.where(conflict, "key-conflict", "row-repeated")
        told = frame[conflict | repeat]
        return pd.DataFrame({"row": told["row"], "column": "", "rule": told["rule"]}).reset_index(
            drop=True
        )


@dataclass
class Gate:
    """One delivery on its way through the checks.

    Iterate over `chunks()` to the end, then ask `closing()`. `span` is known from the start.
    """

    found: Recognised
    home: Home
    span: Span
    read: int = 0
    accepted: int = 0
    profile: Profile = field(default_factory=Profile)
    _ledger: Ledger = field(default_factory=Ledger)

    @classmethod
    def open(cls, found: Recognised, home: Home) -> "Gate":
        """Settle which months the delivery covers; raises `DeliveryRejected` if that is unclear."""
        span = found.layout.span_in_name(found.delivery.own_name)
        if span is None:
            span = span_from_rows(_rows_by_month(found))
        return cls(found, home, span)

    @property
    def file_issues(self) -> tuple[Issue, ...]:
        """What there is to say of the headings and of what stands around them."""
        return self.found.issues

    def chunks(self) -> Iterator[tuple[Checked, Fingerprints]]:
        """Yield the rows, checked, with the fingerprints of the accepted ones."""
        source, layout, file = self.found.source, self.found.layout, self.found.file
        positions, marks = self.found.match.positions, marks_of(source, layout)
        for text in file.chunks(self.found.header, positions, layout, marks):
            checked = check_chunk(text, source, layout, self.home, self.span)
            prints = fingerprint(checked.accepted, source.record)
            self._ledger.enter(prints)
            self.profile.add(checked, source.record)
            self.read += checked.read
            self.accepted += len(checked.accepted)
            yield checked, prints
        if damaged := self._damaged(identity_of(source.record).key, "text-damaged-key"):
            raise DeliveryRejected(*damaged)

    def _damaged(self, fields: tuple[str, ...], rule: str) -> tuple[Issue, ...]:
        """Return an issue for each of some fields whose column holds damaged characters."""
        return tuple(
            Issue(rule, column=" + ".join(column.headers))
            for column in self.found.layout.columns
            if column.field in fields and column.field in self.found.file.damaged
        )

    def closing(self) -> Closing:
        """Return the rows to take back; raises `DeliveryRejected` if nothing is left."""
        if self.read == 0:
            if NIL_WORD not in re.split(r"[^a-z0-9]+", self.found.delivery.own_name.lower()):
                raise DeliveryRejected(Issue("rows-none"))
            return Closing(profile=self.profile)
        damaged = self._damaged(tuple(self.found.file.damaged), "text-damaged")
        self.profile.stated = tuple(self.found.file.stated)
        closing = Closing(self._ledger.conflicts(), self.profile, damaged)
        self.profile.take_back(closing.issues, len(closing.withdrawn))
        self.accepted -= len(closing.withdrawn)
        if self.accepted == 0:
            raise DeliveryRejected(Issue("nothing-accepted"))
        return closing


def check_chunk(
    text: TextChunk, source: SourceSpec, layout: Layout, home: Home, span: Span
) -> Checked:
    """Take one chunk of text through both passes."""
    parsers = {column.field: column.parser for column in layout.columns}
    text_issues = find_issues(text.frame, text_schema(_text_rules(source.record, parsers)))
    typed = pd.DataFrame(
        {name: parse_column(parser, text.frame[name]) for name, parser in parsers.items()},
        index=text.frame.index,
    )
    record = _complete(source.conform(typed, home), source.record)
    issues = [
        text_issues,
        typed_issues(record, source.record, text_issues),
        _outside(record[identity_of(source.record).dated_by], span),
        _of_another_force(record, source, home),
        _misfits(text),
        _no_records(text),
    ]
    found = (
        pd.concat([i for i in issues if len(i)], ignore_index=True)
        if any(len(i) for i in issues)
        else no_issues()
    )
    checked = split(record, found)
    if len(checked.rejected):
        refused = record.loc[checked.rejected]
        doubts = doubtful(
            refused, found, source.record, measures_of(source.code), home.district.code
        )
        checked = replace(checked, doubtful=doubts)
    if text.misfits:
        # They have no cells that could be typed; they count as read and rejected.
        checked = replace(
            checked,
            rejected=checked.rejected.append(pd.Index(text.misfits, name="row")),
            read=checked.read + len(text.misfits),
            doubtful=checked.doubtful + unknown(len(text.misfits), measures_of(source.code)),
        )
    return checked


def _text_rules(record: type[Record], parsers: dict[str, Parser]) -> dict[str, TextRule]:
    return {
        name: TextRule(
            required=fields_of(record)[name].required,
            rule=parser.rule,
            readable=parser.readable if parser.convert else None,
        )
        for name, parser in parsers.items()
    }


def _complete(frame: pd.DataFrame, record: type[Record]) -> pd.DataFrame:
    """Bring a conformed frame to exactly the record's columns; those it lacks are null."""
    dtypes = {"int64": "Int64", "string[pyarrow]": "str"}
    columns = {}
    for name, info in fields_of(record).items():
        found = frame[name] if name in frame.columns else pd.Series(index=frame.index, dtype="str")
        columns[name] = found.astype(dtypes.get(info.dtype, info.dtype))
    return pd.DataFrame(columns, index=frame.index)


def _outside(days: pd.Series, span: Span) -> pd.DataFrame:
    """Return an issue for every row whose date lies outside the months covered."""
    first, last = pd.Timestamp(span.first.start), pd.Timestamp((span.last + 1).start)
    out = days.index[(days < first) | (days >= last)]
    return pd.DataFrame(
        {"row": out.to_numpy("int64"), "column": days.name, "rule": "outside-months"}
    )


def _of_another_force(frame: pd.DataFrame, source: SourceSpec, home: Home) -> pd.DataFrame:
    """Return an issue for every row that falls within another police force."""
    if not source.force_field:
        return no_issues()
    named = frame[source.force_field]
    rows = frame.index[named.notna() & ~named.eq(home.force.name)].to_numpy("int64")
    return pd.DataFrame({"row": rows, "column": source.force_field, "rule": "force-unexpected"})


def _misfits(text: TextChunk) -> pd.DataFrame:
    rows = np.array(text.misfits, dtype="int64")
    return pd.DataFrame({"row": rows, "column": "", "rule": "row-width"})


def _no_records(text: TextChunk) -> pd.DataFrame:
    rows = np.array(text.no_records, dtype="int64")
    return pd.DataFrame({"row": rows, "column": "", "rule": "row-no-record"})


def _rows_by_month(found: Recognised) -> Counter[Month]:
    """Count the rows of a file by month, reading only the column that dates them."""
    dated_by = identity_of(found.source.record).dated_by
    column = next(c for c in found.layout.columns if c.field == dated_by)
    narrow = Layout(
        found.layout.name, found.layout.format, (column,), found.layout.extent,
        found.layout.span_in_name,
    )  # fmt: skip
    positions = {dated_by: found.match.positions[dated_by]}
    counts: Counter[Month] = Counter()
    for text in found.file.chunks(found.header, positions, narrow):
        days = parse_column(column.parser, text.frame[dated_by]).dropna()
        ordinals = days.dt.year * 12 + days.dt.month - 1
        for ordinal, rows in ordinals.value_counts().items():
            counts[Month.from_ordinal(int(str(ordinal)))] += int(rows)
    return counts
