"""Differential law: whatever fast path is taken, the verdict is that of plain Pandera.

The gate works on categoricals, distinct texts, chunks and shortcuts. Here each file is judged once
more in the plainest way: one frame of plain text, one `schema.validate(lazy=True)` for the text and
one for the types. Both must name the same cells by the same rules, at any size of a block and in
any order of rows, and neither may quote a cell.
"""

import tempfile
from pathlib import Path

import pandas as pd
import pandera.pandas as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandera.errors import SchemaErrors
from support.desk import HERTS, POLICE, STREET
from support.files import csv_bytes, put
from support.post import TODAY

from schemas.areas import ST_ALBANS
from schemas.issues import DeliveryRejected
from schemas.records.base import Record, fields_of, identity_of, schema_of
from sources import read
from sources.gate import Gate, _complete
from sources.inbox import Recognised, recognise, take
from sources.parse import parse_frame
from sources.partners import SOURCES
from sources.places import PRECISION, settle, settle_masked, sort_codes_and_names
from sources.repairs import refine, repair

pytestmark = pytest.mark.slow

CANARY = "Canary"
BAD = ["", "-", "n/a", "<5", "1,234", "4.1E+12", "05-Apr", "04/13/2020", "43922", "99/99/2020",
       "31/12/9999", "=1+1", f"{CANARY}@example.org", f"Mrs {CANARY}", CANARY, "514***", "0",
       "-0.336", "E07000100", "E01023679", "Verulam", "a" * 64, "2025-13"]  # fmt: skip

FILES = {
    "police-crime-2020-21-q1.csv": (
        POLICE,
        {
            "Crime Reference": ["41/1/20", "41/2/20", "41/3/20"],
            "Date Recorded": ["14/04/2020", "30/06/2020", "01/05/2020"],
            "District": ["St Albans", "Dacorum"],
            "Ward Code": ["E05009028", "E05013966"],
        },
    ),
    "2025-04-hertfordshire-street.csv": (
        STREET,
        {
            "Crime ID": ["", "b" * 64, "c" * 64],
            "Crime type": ["Robbery", "Anti-social behaviour"],
            "Falls within": [HERTS, "Essex Police"],
        },
    ),
}
OF_OTHER_STEPS = {
    "token-absent", "count-suppressed", "number-with-commas", "coordinates-masked",
    "district-former", "code-in-name-column", "location-doubtful", "area-outside", "lsoa-former",
    "lsoa-elsewhere", "ward-not-of-date", "ward-by-name-only", "personal-data", "text-formula",
    "date-future", "outside-months", "force-unexpected",
}  # fmt: skip
"""Rules that no schema states: all others must come out of plain Pandera."""

Rows = list[list[str]]


@st.composite
def files(draw: st.DrawFn) -> tuple[str, Rows]:
    """A small file: good rows, but for up to three bad cells in each."""
    name = draw(st.sampled_from(list(FILES)))
    usual, good = FILES[name]
    rows = [list(usual)]
    for number in range(2, 2 + draw(st.integers(1, 7))):
        cells = {h: text.replace("{row}", str(number)) for h, text in usual.items()}
        for heading, texts in good.items():
            cells[heading] = draw(st.sampled_from(texts))
        cells |= draw(st.dictionaries(st.sampled_from(list(usual)), st.sampled_from(BAD),
                                      max_size=3))  # fmt: skip
        rows.append(list(cells.values()))
    return name, rows


def opened(folder: str, name: str, rows: Rows) -> Recognised:
    path = put(Path(folder), name, csv_bytes(rows))
    (delivery,) = take(path, Path(folder) / "archive", SOURCES, ST_ALBANS)
    return recognise(delivery, SOURCES)


def judged(name: str, rows: Rows) -> tuple[set, set, int, list[str]]:
    """The gate's issues, rejected rows, rows read, and why it refused the file."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            gate = Gate.open(opened(folder, name, rows), ST_ALBANS, TODAY)
            parts = [checked for checked, _ in gate.chunks()]
        except DeliveryRejected as refusal:
            return set(), set(), 0, told_of(refusal)
        issues = pd.concat([part.issues for part in parts], ignore_index=True)
        told = set(issues.itertuples(index=False, name=None))
        rejected = {int(row) for part in parts for row in part.rejected}
        refused = []
        try:
            gate.closing()
        except DeliveryRejected as refusal:
            refused = told_of(refusal)
        # read = accepted + rejected, and no issue holds a cell's text
        assert sum(len(p.accepted) for p in parts) + len(rejected) == gate.read
        assert CANARY not in issues.to_csv()
        assert set(issues["column"]) <= {*fields_of(gate.found.source.record), ""}
        return told, rejected, gate.read, refused


def told_of(refusal: DeliveryRejected) -> list[str]:
    """The rules of a refusal, which must not quote a cell."""
    assert CANARY not in str(refusal)
    return sorted(issue.rule for issue in refusal.issues)


def plain_issues(schema: pa.DataFrameSchema, frame: pd.DataFrame) -> pd.DataFrame:
    """What plain Pandera says of a frame: row, column and rule."""
    try:
        schema.validate(frame, lazy=True)
    except SchemaErrors as errors:
        cases = errors.failure_cases
    else:
        return pd.DataFrame({"row": [], "column": [], "rule": []})
    whole = cases["schema_context"].eq("DataFrameSchema")
    return pd.DataFrame(
        {
            "row": cases["index"].astype("int64"),
            "column": cases["column"].astype("str").mask(whole, ""),
            "rule": cases["check"].replace("not_nullable", "value-missing").astype("str"),
        }
    ).drop_duplicates()


def without_consequences(
    found: pd.DataFrame, record: type[Record], unread: pd.DataFrame
) -> pd.DataFrame:
    """Leave out what follows from a cell that could not be read, one issue after the other."""
    cells = set(zip(unread["row"], unread["column"], strict=True))
    rows = {row for row, _ in cells}
    fields, across = fields_of(record), identity_of(record).across

    def stands(row: int, column: str, rule: str) -> bool:
        if not column:
            return not any((row, name) in cells for name in across.get(rule, ()))
        return (row, column) not in cells and not (fields[column].derived and row in rows)

    kept = [stands(*issue) for issue in found.itertuples(index=False)]
    return found[pd.Series(kept, index=found.index, dtype=bool)]


def plainly_judged(name: str, rows: Rows) -> set:
    """The issues of the two passes, worked out on plain text and plain types, all rows at once."""
    with tempfile.TemporaryDirectory() as folder:
        found = opened(folder, name, rows)
        terms = Gate.open(found, ST_ALBANS, TODAY).terms
        record, parsers = found.source.record, terms.parsers
        parts = found.file.chunks(found.header, found.match.positions, found.layout)
        text = pd.concat([part.frame.astype("str") for part in parts])
        text, mended = repair(text, parsers)
        masked = pd.Index(mended.loc[mended["rule"].eq("coordinates-masked"), "row"].unique())
        text = sort_codes_and_names(text)[0].astype("str")
        columns = {
            field: pa.Column(
                None,
                [pa.Check(parser.readable, error=parser.rule)] if parser.can_refuse else [],
                nullable=not fields_of(record)[field].required,
            )
            for field, parser in parsers.items()
        }
        issues = refine(plain_issues(pa.DataFrameSchema(columns), text), text, parsers)
        typed = found.source.conform(parse_frame(text, parsers), ST_ALBANS)
        typed = settle_masked(typed, found.layout, PRECISION in fields_of(record), masked)
        typed, _ = settle(typed, found.layout, ST_ALBANS, terms.dated_by, terms.exchanged)
        frame = _complete(typed, record)
        plain = plain_issues(schema_of(record), frame)
        found_typed = without_consequences(plain, record, issues)
        return {tuple(i) for part in (issues, found_typed) for i in part.itertuples(index=False)}


@settings(max_examples=max(1, settings.default.max_examples // 6))
@given(files(), st.integers(0, 300), st.randoms(use_true_random=False))
def test_the_verdict_is_that_of_plain_pandera(file, more, random):
    name, rows = file
    whole = judged(name, rows)
    if whole[2] == 0:
        return
    of_schemas = {issue for issue in whole[0] if issue[2] not in OF_OTHER_STEPS}
    assert plainly_judged(name, rows) == of_schemas

    # at any size of a block
    lengths = [len(csv_bytes([cells])) for cells in rows]
    usual, read.BLOCK_BYTES = read.BLOCK_BYTES, max(*lengths, sum(lengths) // 3) + more
    try:
        assert judged(name, rows) == whole
    finally:
        read.BLOCK_BYTES = usual

    # in any order of rows
    head, *body = rows
    order = list(range(len(body)))
    random.shuffle(order)
    moved = judged(name, [head, *(body[i] for i in order)])
    there = {old + 2: new + 2 for new, old in enumerate(order)}
    assert moved[0] == {(there[row], column, rule) for row, column, rule in whole[0]}
    assert (moved[2], moved[3]) == whole[2:]
