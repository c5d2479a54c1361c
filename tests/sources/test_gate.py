"""The gate: from a recognised file to checked rows, and what only the whole file can tell."""

import dataclasses

import numpy as np
import pandas as pd
import pytest
from support.files import complete, csv_bytes, put
from support.post import TODAY, Post, table, told

from schemas.areas import ST_ALBANS
from schemas.fingerprint import Fingerprints
from schemas.issues import DeliveryRejected, Issue
from schemas.records.base import fields_of
from sources import read
from sources.gate import Gate
from sources.inbox import recognise, take
from sources.ledger import Ledger
from sources.partners import SOURCES

USUAL = {
    "Crime ID": "", "Month": "2025-04", "Reported by": "Hertfordshire Constabulary",
    "Falls within": "Hertfordshire Constabulary", "Longitude": "-0.336", "Latitude": "51.752",
    "Location": "On or near Hill Street", "LSOA code": "E01023728", "LSOA name": "St Albans 014B",
    "Crime type": "Anti-social behaviour", "Last outcome category": "", "Context": "",
}  # fmt: skip
APRIL = "2025-04-hertfordshire-street.csv"


def street(rows: str) -> bytes:
    return csv_bytes(complete(rows, USUAL))


# --- duplicates -------------------------------------------------------------------------------


def prints(*rows: tuple[int, int, int, bool]) -> Fingerprints:
    """Fingerprints of rows: number, key, content, and whether it has a key at all."""
    number, key, content, keyed = (np.array(column) for column in zip(*rows, strict=True))
    return Fingerprints(number.astype("int64"), key, content, keyed.astype(bool))


def conflicts(*chunks: Fingerprints) -> list[str]:
    ledger = Ledger()
    for chunk in chunks:
        ledger.enter(chunk)
    return told(ledger.conflicts())


def test_of_identical_rows_the_first_is_kept():
    assert conflicts(prints((4, 7, 1, True), (2, 7, 1, True), (9, 7, 1, True))) == [
        "row 4: row-repeated",
        "row 9: row-repeated",
    ]


def test_contradicting_rows_are_all_rejected_even_where_two_agree():
    assert conflicts(prints((2, 7, 1, True), (3, 7, 1, True), (4, 7, 2, True))) == [
        "row 2: key-conflict",
        "row 3: key-conflict",
        "row 4: key-conflict",
    ]


def test_rows_of_different_chunks_are_held_against_each_other():
    assert conflicts(
        prints((2, 7, 1, True), (3, 8, 1, True)), prints((4, 8, 2, True)), prints((5, 7, 1, True))
    ) == ["row 3: key-conflict", "row 4: key-conflict", "row 5: row-repeated"]


def test_rows_without_a_key_are_never_duplicates():
    assert conflicts(prints((2, 0, 1, False), (3, 0, 1, False), (4, 0, 1, True))) == []


def test_different_keys_and_no_rows_at_all():
    assert conflicts(prints((2, 7, 1, True), (3, 8, 1, True))) == []
    assert conflicts() == []


# --- months -----------------------------------------------------------------------------------


@pytest.mark.parametrize("block", [16 << 20, 1_000], indirect=True)
def test_without_a_period_in_the_name_the_rows_say_which_months(block: int, post: Post):
    rows = "Month\n" + "2025-04\n" * 11 + "2025-05\n" * 2 + "2024-01\n2025-99\n"
    got = post.send("street.csv", street(rows))
    assert got.span.label == "Apr to May 2025"
    # One row in eleven is a tenth no longer: the stray month does not widen the delivery.
    assert got.issues[-2:] == ["row 15: month outside-months", "row 16: month date-unreadable"]


def test_without_a_period_anywhere_the_months_are_unknown(post: Post):
    assert post.refused("street.csv", street("Month\nApril")) == ["months-unknown"]
    assert post.refused("street.csv", street("Month\n2025-04\n2025-06")) == ["months-unknown"]


def test_the_name_settles_the_months_even_where_no_row_is_of_them(post: Post):
    assert post.refused(APRIL, street("Month\n2025-05\n2025-06")) == ["nothing-accepted"]


# --- nil, nothing -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["2025-04-street-nil.csv", "2025-04_NIL_street.csv", "nil-2025-04.csv"]
)
def test_a_nil_return_says_so_in_its_name(post: Post, name: str):
    got = post.send(name, street("Month"))
    assert (got.read, got.issues, got.span.label) == (0, [], "Apr 2025")


@pytest.mark.parametrize("name", [APRIL, "2025-04-vanilla.csv", "2025-04-nile.csv"])
def test_a_file_without_rows_that_does_not_say_nil(post: Post, name: str):
    assert post.refused(name, street("Month")) == ["rows-none"]


def test_nothing_accepted_counts_what_the_whole_file_takes_back(post: Post):
    identity = "a" * 64
    content = street(f"Crime ID | Location\n{identity} | Here\n{identity} | There")
    assert post.refused(APRIL, content) == ["nothing-accepted"]


# --- the way through --------------------------------------------------------------------------


def test_what_a_gate_tells_on_the_way(post: Post, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(read, "BLOCK_BYTES", 400)
    identity = "b" * 64
    content = street(f"""
        Crime ID    | Month   | Crime type
        {identity}  | 2025-04 | Robbery
                    | 2025-04 | Robbery
                    | 2025-04 | Anti-social behaviour
        {identity}  | 2025-04 | Robbery
                    | 2025-05 | Anti-social behaviour
        """).replace(b"Context", b"Officer")
    path = put(post.folder, APRIL, content + b"misfit\r\n")
    (delivery,) = take(path, post.archive, SOURCES, ST_ALBANS)
    gate = Gate.open(recognise(delivery, SOURCES), ST_ALBANS, TODAY)
    assert gate.file_issues == (Issue("column-undeclared", column="column L"),)
    parts = list(gate.chunks())
    assert len(parts) > 1
    for checked, stamps in parts:
        assert stamps.rows.tolist() == checked.accepted.index.tolist()
        assert list(checked.accepted.columns) == list(fields_of(gate.found.source.record))
    assert (gate.read, gate.accepted) == (6, 3)
    assert told(gate.closing().issues) == ["row 5: row-repeated"]
    assert gate.accepted == 2
    refused = {row for checked, _ in parts for row in checked.rejected}
    assert refused == {3, 6, 7}
    issues = pd.concat([checked.issues for checked, _ in parts])
    assert told(issues) == [
        "row 3: crime-without-id",
        "row 6: month outside-months",
        "row 7: row-width",
    ]


def test_a_repeat_of_a_rejected_row_is_not_a_duplicate(post: Post):
    identity = "c" * 64
    got = post.send(
        APRIL,
        street(f"""
        Crime ID   | Month
        {identity} | 2025-05
        {identity} | 2025-04
        """),
    )
    assert got.issues == ["row 2: month outside-months"]
    assert got.shows("row") == [["3"]]


def test_accepted_rows_have_the_types_of_the_record_and_nothing_else(post: Post):
    got = post.send(APRIL, street("Month\n2025-04"))
    fields = fields_of(got.found.source.record)
    assert list(got.accepted.columns) == list(fields)
    assert got.accepted["month"].dtype == "datetime64[ns]"
    assert got.shows("row month crime_id") == table("2 | 2025-04 | -")


def test_a_field_of_which_a_layout_has_no_column_is_null(post: Post):
    source = next(s for s in SOURCES if s.code == "street_crime")
    narrow = dataclasses.replace(
        source.layouts[0],
        columns=tuple(c for c in source.layouts[0].columns if c.field != "last_outcome"),
    )
    path = put(post.folder, APRIL, street("Last outcome category\nLocal resolution"))
    (delivery,) = take(path, post.archive, SOURCES, ST_ALBANS)
    found = recognise(delivery, [dataclasses.replace(source, layouts=(narrow,))])
    gate = Gate.open(found, ST_ALBANS, TODAY)
    ((got, _),) = gate.chunks()
    assert got.accepted["last_outcome"].isna().all()
    assert got.accepted["last_outcome"].dtype == "category"


def test_a_file_of_which_no_row_fits_the_headings(post: Post):
    content = street("Month") + b"misfit\r\n" * 3
    with pytest.raises(DeliveryRejected) as refused:
        post.send(APRIL, content)
    assert [issue.rule for issue in refused.value.issues] == ["nothing-accepted"]
