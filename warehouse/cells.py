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
from sqlalchemy import ColumnElement, Connection, and_, func, literal, select
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


def of_frame(frame: pd.DataFrame, source: str) -> Cells:
    """Count the rows of a typed frame."""
    if frame.empty:
        return Counter()
    places = list(identity_of(RECORDS[source]).located_by)
    nowhere = frame[places].isna().all(axis=1) if places else pd.Series(False, index=frame.index)
    columns = [frame["month"], frame["lad_code"], nowhere, *(frame[n] for n in asked(source))]
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
    columns = [fact.c.month, fact.c.lad_code, nowhere, *(fact.c[n] for n in asked(source))]
    found = conn.execute(
        select(*columns, func.count()).select_from(rows).where(*where).group_by(*columns)
    ).all()
    coded = [place for place, name in enumerate(asked(source)) if is_coded(info[name])]
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
