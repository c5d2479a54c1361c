"""Laws of the gate, for any small frame of texts that is written as a police CSV.

More examples than the few of every day: pytest tests/property --hypothesis-profile=search
"""

import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.files import csv_bytes, put
from support.post import TODAY, shown

from schemas.areas import ST_ALBANS
from schemas.issues import DeliveryRejected
from schemas.records.base import fields_of
from schemas.records.police_crime import PoliceCrime
from schemas.rules import RULES
from sources import read
from sources.gate import Gate
from sources.inbox import recognise, take
from sources.partners.police_crime import PARTNERSHIP_EXTRACT, POLICE_CRIME

pytestmark = pytest.mark.slow

CANARY = "Canary"
"""Stands in every bad cell: what quotes a cell quotes this."""

GOOD = {
    "Crime Reference": ["41/1/20", "41/2/20", "41/3/20", "41/4/20"],
    "Date Recorded": ["01/04/2020", "14/05/2020", "30/06/2020"],
    "Committed From": ["", "31/03/2020", "14/05/2020"],
    "Committed To": ["", "01/04/2020", "30/06/2020"],
    "HO Code": ["28E", "28A", "45", "NFIB9", "999Z"],
    "Status": ["Recorded", "recorded", "Cancelled", "No crime"],
    "District": ["St Albans", "E07000240", "E07000100", "Dacorum"],
    "Ward": ["", "Verulam", "Marshalswick, North", 'The "Ward"'],
    "Easting": ["", "514,000", "514000"],
    "DA": ["", "Y", "N", "X"],
}
BAD = ["", " ", "-1", "0", "99/99/2020", "01/07/2020", "31/12/9999", "23", "1e9", "n/a", "=1+1",
       CANARY, f"{CANARY}, {CANARY}", f'"{CANARY}"', f"{CANARY}–é"]  # fmt: skip
Row = tuple[str, ...]

# The layout cut down to one column of each kind: a run takes half the time.
EXTRACT = replace(
    PARTNERSHIP_EXTRACT,
    columns=tuple(column for column in PARTNERSHIP_EXTRACT.columns if column.header in GOOD),
)
NARROW = [replace(POLICE_CRIME, layouts=(EXTRACT,))]


def row() -> st.SearchStrategy[Row]:
    """A row that is good but for up to two cells, so that most rules have a turn."""
    good = st.tuples(*(st.sampled_from(texts) for texts in GOOD.values()))
    bad = st.dictionaries(st.integers(0, len(GOOD) - 1), st.sampled_from(BAD), max_size=2)
    return st.builds(
        lambda cells, changes: tuple(changes.get(i, cell) for i, cell in enumerate(cells)),
        good,
        bad,
    )


frames = st.lists(row(), min_size=1, max_size=4) | st.lists(row(), min_size=6, max_size=12)


@dataclass(frozen=True)
class Verdict:
    """All that came out of one file."""

    read: int
    accepted: pd.DataFrame
    rejected: list[int]
    issues: pd.DataFrame
    refused: tuple[str, ...]
    said: str


@contextmanager
def block_of(size: int) -> Iterator[None]:
    """Read files in blocks of this size."""
    usual, read.BLOCK_BYTES = read.BLOCK_BYTES, size
    try:
        yield
    finally:
        read.BLOCK_BYTES = usual


def judge(rows: list[Row]) -> Verdict:
    """Send rows through the gate, from bytes to the closing."""
    content = csv_bytes([list(GOOD), *rows])
    with tempfile.TemporaryDirectory() as folder:
        path = put(Path(folder), "police-crime-2020-21-q1.csv", content)
        (delivery,) = take(path, Path(folder) / "archive", NARROW, ST_ALBANS)
        gate = Gate.open(recognise(delivery, NARROW), ST_ALBANS, TODAY)
        parts = [checked for checked, _ in gate.chunks()]
        issues = [part.issues for part in parts]
        rejected = [r for part in parts for r in part.rejected]
        accepted = pd.concat([p.accepted.astype("object") for p in parts])
        refused, said = (), ""
        try:
            closing = gate.closing()
        except DeliveryRejected as refusal:
            refused, said = tuple(issue.rule for issue in refusal.issues), str(refusal)
        else:
            issues.append(closing.issues)
            rejected += list(closing.withdrawn)
            accepted = accepted.drop(closing.withdrawn)
            assert gate.accepted == len(accepted)
        return Verdict(
            gate.read,
            accepted,
            sorted(rejected),
            pd.concat(issues, ignore_index=True),
            refused,
            said,
        )


def contents(accepted: pd.DataFrame) -> Counter[tuple[str, ...]]:
    """Accepted rows by what they hold, wherever they stood."""
    return Counter(
        tuple(shown(name, value) for name, value in zip(accepted.columns, cells, strict=True))
        for cells in accepted.itertuples(index=False, name=None)
    )


def found(verdict: Verdict) -> Counter[tuple[int, str, str]]:
    return Counter(verdict.issues.itertuples(index=False, name=None))


@settings(max_examples=max(1, settings.default.max_examples // 10))
@given(frames, st.randoms(use_true_random=False))
def test_nothing_is_lost_nothing_is_quoted_and_the_order_of_rows_decides_nothing(rows, random):
    verdict = judge(rows)

    # read = accepted + rejected, and each row is one or the other
    blank = sum(not any(cell.strip() for cell in cells) for cells in rows)
    assert verdict.read == len(rows) - blank
    if not verdict.refused:
        assert len(verdict.accepted) + len(verdict.rejected) == verdict.read
    assert not set(verdict.accepted.index) & set(verdict.rejected)
    assert set(verdict.accepted.index) | set(verdict.rejected) <= set(range(2, len(rows) + 2))
    # what is rejected has a rule that rejects, and what has one is rejected
    rejecting = {r for r, _, rule in found(verdict) if RULES[rule].response == "reject row"}
    if not verdict.refused:
        assert rejecting == set(verdict.rejected)

    # an issue is a row, a column and a rule, all from closed lists: no text of a cell can be in it
    assert set(verdict.issues["column"]) <= {*fields_of(PoliceCrime), ""}
    assert set(verdict.issues["rule"]) <= set(RULES)
    assert CANARY not in verdict.issues.to_csv() + verdict.said

    # the same rows in another order: the same contents accepted, the same faults found
    order = list(range(len(rows)))
    random.shuffle(order)
    moved = judge([rows[i] for i in order])
    assert moved.refused == verdict.refused
    assert contents(moved.accepted) == contents(verdict.accepted)
    there = {old + 2: new + 2 for new, old in enumerate(order)}
    assert {(r, c, rule) for r, c, rule in found(moved) if rule != "row-repeated"} == {
        (there[r], c, rule) for r, c, rule in found(verdict) if rule != "row-repeated"
    }
    # of identical rows the first stays, wherever that is: as many of each reference are repeats
    assert repeats(moved, [rows[i] for i in order]) == repeats(verdict, rows)


def repeats(verdict: Verdict, rows: list[Row]) -> Counter[str]:
    return Counter(rows[r - 2][0] for r, _, rule in found(verdict) if rule == "row-repeated")


@settings(max_examples=max(1, settings.default.max_examples // 16))
@given(frames, st.integers(0, 400))
def test_the_size_of_a_block_decides_nothing(rows, more):
    whole = judge(rows)
    lengths = [len(csv_bytes([cells])) for cells in [tuple(GOOD), *rows]]
    with block_of(max(*lengths, sum(lengths) // 3) + more):
        cut = judge(rows)
    assert cut.read == whole.read
    assert cut.refused == whole.refused
    assert found(cut) == found(whole)
    assert cut.rejected == whole.rejected
    pd.testing.assert_frame_equal(cut.accepted, whole.accepted, check_dtype=False)
