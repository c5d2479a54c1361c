"""Counts by ward, worked out from the readers' views of rows when a pack is made.

A row counts in the ward that its partner states, or in the one that its LSOA lies in (see
`schemas.geography.ward_of`). Names of wards are never looked at: they stand for other areas after a
change. What is known by neither is in no ward.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    Boolean,
    Date,
    Engine,
    Integer,
    Select,
    and_,
    column,
    func,
    or_,
    select,
    table,
)
from sqlalchemy.sql import ColumnElement

from schemas.geography import ward_of
from schemas.measures import Condition, Measure
from schemas.period import Month, Span
from schemas.records import RECORDS
from schemas.records.base import fields_of
from warehouse.views import fact_view

WARD, LSOA = "ward_code", "lsoa_code"


def can_be_placed(measure: Measure) -> bool:
    """Say whether rows of a measure can be counted by ward: they are rows, and say where."""
    has = fields_of(RECORDS[measure.source])
    return not (measure.total or measure.is_residual) and (WARD in has or LSOA in has)


def ward_counts(
    engine: Engine, measure: Measure, lad_code: str, span: Span
) -> Counter[tuple[str, Month]]:
    """Return the rows of a measure in a district by ward code and month, zeros left out.

    Raises `ValueError` for a measure that cannot be counted by ward.
    """
    found: Counter[tuple[str, Month]] = Counter()
    query, by = _rows(measure, lad_code, span, func.count())
    with engine.connect() as conn:
        for rows, *place in conn.execute(query.group_by(*by)):
            ward, month = _ward(by, place)
            if ward:
                found[ward, month] += rows
    return found


def ward_rows(
    engine: Engine, measure: Measure, lad_code: str, ward: str, span: Span
) -> set[tuple[int, int]]:
    """Return the rows of a measure in a ward of a district: delivery, and the partner's number.

    Raises `ValueError` for a measure that cannot be counted by ward.
    """
    numbers = column("delivery_id", Integer), column("source_row", Integer)
    query, by = _rows(measure, lad_code, span, *numbers)
    with engine.connect() as conn:
        return {
            (delivery, row)
            for delivery, row, *place in conn.execute(query)
            if _ward(by, place)[0] == ward
        }


def _rows(
    measure: Measure, lad_code: str, span: Span, *wanted: ColumnElement[Any]
) -> tuple[Select[Any], list[ColumnElement[Any]]]:
    """Return what asks for rows of a measure: what is wanted, and behind it month and place."""
    if not can_be_placed(measure):
        raise ValueError(f"{measure.code} cannot be counted by ward")
    has = fields_of(RECORDS[measure.source])
    month = column("month", Date)
    by: list[ColumnElement[Any]] = [month, *(column(c) for c in (WARD, LSOA) if c in has)]
    query = (
        select(*wanted, *by)
        .select_from(table(fact_view(measure.source)))
        .where(
            column("lad_code") == lad_code,
            month.between(span.first.start, span.last.start),
            *map(_holds, measure.where),
        )
    )
    return query, by


def _ward(by: Sequence[ColumnElement[Any]], values: Sequence[Any]) -> tuple[str | None, Month]:
    """Return the ward that month and place of a row come to, and the month."""
    place = dict(zip((c.name for c in by), values, strict=True))
    month, lsoa = Month.of(place["month"]), place.get(LSOA)
    return place.get(WARD) or (ward_of(lsoa, month) if lsoa else None), month


def wards_over(engine: Engine, measure: Measure, lad_code: str, span: Span) -> Counter[str]:
    """Return the rows of a measure in a district by ward over some months, zeros left out."""
    found: Counter[str] = Counter()
    for (ward, _), rows in ward_counts(engine, measure, lad_code, span).items():
        found[ward] += rows
    return found


def _holds(condition: Condition) -> ColumnElement[bool]:
    """Return a measure's condition as one on a column of the view."""
    name, values = condition.column, condition.values
    texts = [value for value in values if isinstance(value, str)]
    asked: list[ColumnElement[bool]] = [column(name).in_(texts)] if texts else []
    asked += [column(name, Boolean).is_(value) for value in values if isinstance(value, bool)]
    asked += [column(name).is_(None) for value in values if value is None]
    return or_(*asked) if len(asked) > 1 else and_(*asked)
