"""The fast way in: every kind of column comes out of both databases as it went in."""

from datetime import date, datetime

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    Integer,
    MetaData,
    Table,
    Text,
    insert,
    select,
)  # fmt: skip
from support.desk import Desk

from warehouse import bulk

KINDS = Table(
    "kinds", MetaData(),
    Column("row", Integer, primary_key=True),
    Column("coded", Text),
    Column("words", Text),
    Column("amount", BigInteger),
    Column("share", Float),
    Column("is_so", Boolean),
    Column("on_day", Date),
    Column("at_time", DateTime),
)  # fmt: skip
TRICKY = [
    'say "no", he said',
    "two\nlines",
    "back\\slash, ;|\t",
    "",
    "\\N",
    "\\.",
    "NULL",
    "Ærø — ok",
]


def columns() -> dict[str, pd.Series]:
    """Return every kind of column that a record can have, its last value null."""
    return {
        "row": pd.Series([0, 1, 2], dtype="int64"),
        "coded": pd.Series(["b", "a", None], dtype="category"),
        "words": pd.Series(["one", "two", None], dtype="str"),
        "amount": pd.Series([2**60, -1, None], dtype="Int64"),
        "share": pd.Series([0.1, -51.75, None], dtype="float64"),
        "is_so": pd.Series([True, False, None], dtype="boolean"),
        "on_day": pd.Series(["2020-02-29", "1999-12-31", None], dtype="datetime64[ns]"),
        "at_time": pd.Series(
            ["2020-03-29 02:30", "2021-01-01 23:59:58", None], dtype="datetime64[ns]"
        ),
    }


@pytest.fixture
def kinds(either: Desk) -> Desk:
    KINDS.create(either.engine)
    return either


def put_in(desk: Desk, given: dict[str, pd.Series]) -> list[tuple]:
    with desk.engine.begin() as conn:
        bulk.insert(conn, KINDS, given)
    with desk.engine.connect() as conn:
        return [tuple(row) for row in conn.execute(select(KINDS).order_by(KINDS.c.row))]


def test_every_kind_of_value_and_its_null_come_out_as_they_went_in(kinds: Desk):
    assert put_in(kinds, columns()) == [
        (0, "b", "one", 2**60, 0.1, True, date(2020, 2, 29), datetime(2020, 3, 29, 2, 30)),
        (1, "a", "two", -1, -51.75, False, date(1999, 12, 31), datetime(2021, 1, 1, 23, 59, 58)),
        (2, None, None, None, None, None, None, None),
    ]


def test_text_comes_out_as_it_went_in_whatever_it_holds(kinds: Desk):
    given = {
        "row": pd.Series(range(len(TRICKY))),
        "coded": pd.Series(TRICKY, dtype="category"),
        "words": pd.Series(TRICKY, dtype="str"),
    }
    assert [(row[1], row[2]) for row in put_in(kinds, given)] == [(t, t) for t in TRICKY]


def test_columns_of_nothing_but_nulls_are_stored_as_nulls(kinds: Desk):
    last = {name: column[2:] for name, column in columns().items()}
    assert put_in(kinds, last) == [(2, *[None] * 7)]


def test_no_columns_or_no_rows_insert_nothing(kinds: Desk):
    assert put_in(kinds, {}) == []
    assert put_in(kinds, {name: column[:0] for name, column in columns().items()}) == []


def test_what_goes_in_belongs_to_the_transaction_of_the_connection(kinds: Desk):
    with kinds.engine.connect() as conn:
        transaction = conn.begin()
        conn.execute(insert(KINDS), [{"row": 9}])
        bulk.insert(conn, KINDS, columns())
        transaction.rollback()
    assert put_in(kinds, {}) == []


def test_numbers_are_found_by_ids_however_many(either: Desk, monkeypatch):
    """A statement names some ids at a time; those of the last one must not be forgotten."""
    monkeypatch.setattr(bulk, "IDS_AT_ONCE", 2)
    table = Table(
        "keyed", MetaData(), Column("id", BigInteger, primary_key=True), Column("key", BigInteger)
    )
    rows = [{"id": number, "key": -10 * number} for number in range(1, 7)]
    with either.engine.begin() as conn:
        table.create(conn)
        conn.execute(insert(table), rows)
        found = bulk.numbers_of(conn, table, "key", np.array([6, 1, 3, 4, 5]))
        none = bulk.numbers_of(conn, table, "key", np.array([], dtype="int64"))
    assert sorted(found.tolist()) == [-60, -50, -40, -30, -10]
    assert none.tolist() == []
