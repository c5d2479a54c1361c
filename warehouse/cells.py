"""Rows counted by all that measures ask of them: the one form in which measures meet rows.

A cell is a combination of month, district, the columns that a source's measures look at, and
whether the row has a location; its number is how many rows are alike in all of that. A few hundred
cells stand for a million rows. They come from the rows of a load as they pass, or from the tables,
and are the same either way.
"""

from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import ColumnElement, Connection, and_, case, func, literal, null, select
from sqlalchemy.sql.selectable import FromClause

from schemas.measures import Measure, measures_of
from schemas.period import Month
from schemas.records import RECORDS
from schemas.records.base import fields_of, identity_of
from warehouse.tables import TERM, fact_table, is_coded

Cells = Counter[tuple[Any, ...]]
"""(month, district, is without location, a value for each of `asked`) to a number of rows."""


@cache
def asked(source: str) -> tuple[str, ...]:
    """Return the columns that the measures of a source look at or add up."""
    columns = {
        name
        for m in measures_of(source)
        for name in (*(condition.column for condition in m.where), m.total)
        if name
    }
    return tuple(sorted(columns))


@cache
def asked_if_null(source: str) -> frozenset[str]:
    """Return those of them of which no more is asked than whether they are null.

    A cell holds 0 where such a column has a value: thousands of places need not be told apart.
    """
    wanted: dict[str, set[object]] = {}
    for measure in measures_of(source):
        for condition in measure.where:
            wanted.setdefault(condition.column, set()).update(condition.values)
        if measure.total:
            wanted.setdefault(measure.total, set()).add(...)
    return frozenset(name for name, values in wanted.items() if values == {None})


def of_frame(frame: pd.DataFrame, source: str) -> Cells:
    """Count the rows of a typed frame."""
    if frame.empty:
        return Counter()
    places = list(identity_of(RECORDS[source]).located_by)
    nowhere = frame[places].isna().all(axis=1) if places else pd.Series(False, index=frame.index)
    shadows = asked_if_null(source)
    columns = [
        frame["month"], frame["lad_code"], nowhere,
        *(_shadow(frame[n]) if n in shadows else frame[n] for n in asked(source)),
    ]  # fmt: skip
    mixed = np.zeros(len(frame), dtype="int64")
    coded = [_coded(column) for column in columns]
    for codes, values in coded:
        mixed = mixed * len(values) + codes
    _, first, counts = np.unique(mixed, return_index=True, return_counts=True)
    found: Cells = Counter()
    for row, number in zip(first.tolist(), counts.tolist(), strict=True):
        day, *rest = (values[codes[row]] for codes, values in coded)
        found[Month.of(day), *rest] += number
    return found


def _shadow(column: pd.Series) -> pd.Series:
    """Return 0 for each value, and null for each null."""
    codes = np.where(column.isna(), -1, 0)
    return pd.Series(pd.Categorical.from_codes(codes, categories=[0]), index=column.index)


def _coded(column: pd.Series) -> tuple[np.ndarray, list[Any]]:
    """Return a number for each row, and the plain value of each number; the last is None."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        codes, distinct = column.cat.codes.to_numpy("int64"), column.cat.categories
    else:
        codes, distinct = pd.factorize(column)
    values = [_plain(value) for value in distinct.tolist()]
    return np.where(codes < 0, len(values), codes), [*values, None]


def _plain(value: Any) -> Any:
    return value.date() if isinstance(value, pd.Timestamp) else value


def of_tables(
    conn: Connection, source: str, rows: FromClause, where: Iterable[ColumnElement[bool]]
) -> Cells:
    """Count stored rows of a fact; `rows` is the fact, joined to what `where` needs."""
    fact, info = fact_table(source), fields_of(RECORDS[source])
    places = [fact.c[name].is_(None) for name in identity_of(RECORDS[source]).located_by]
    nowhere = and_(*places) if places else literal(False)
    shadows = asked_if_null(source)
    columns = [
        fact.c.month, fact.c.lad_code, nowhere,
        *(
            case((fact.c[n].is_(None), null()), else_=0) if n in shadows else fact.c[n]
            for n in asked(source)
        ),
    ]  # fmt: skip
    found = conn.execute(
        select(*columns, func.count()).select_from(rows).where(*where).group_by(*columns)
    ).all()
    coded = [
        place
        for place, name in enumerate(asked(source))
        if is_coded(info[name]) and name not in shadows
    ]
    texts = _texts(conn, {row[3 + place] for row in found for place in coded})
    cells: Cells = Counter()
    for day, lad_code, is_nowhere, *values, number in found:
        for place in coded:
            values[place] = texts.get(values[place])
        cells[Month.of(day), lad_code, bool(is_nowhere), *values] += number
    return cells


def _texts(conn: Connection, numbers: set[int | None]) -> dict[int | None, str]:
    """Return the texts of some coded values."""
    wanted = [number for number in numbers if number is not None]
    found = conn.execute(select(TERM.c.id, TERM.c.text).where(TERM.c.id.in_(wanted)))
    return {number: text for number, text in found}


class Asker:
    """One measure, ready to be asked of many cells."""

    def __init__(self, measure: Measure, source: str):
        places = {name: 3 + place for place, name in enumerate(asked(source))}
        self.measure = measure
        self.conditions = [(places[c.column], frozenset(c.values)) for c in measure.where]
        self.total = places[measure.total] if measure.total else None

    def value(self, cell: tuple[Any, ...], number: int) -> int | None:
        """Return what the rows of a cell add to the measure; None where that is not known."""
        if not all(cell[place] in values for place, values in self.conditions):
            return 0
        if self.total is None:
            return number
        return None if cell[self.total] is None else int(cell[self.total]) * number
