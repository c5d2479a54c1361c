"""Counts by ward, worked out from the readers' views of rows when a pack is made.

A row counts in the ward that its partner states, or in the one that its LSOA lies in (see
`schemas.geography.ward_of`). Names of wards are never looked at: they stand for other areas after a
change. What is known by neither is in no ward.
"""

from collections import Counter
from typing import Any

from sqlalchemy import Boolean, Date, Engine, and_, column, func, or_, select, table
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
    if not can_be_placed(measure):
        raise ValueError(f"{measure.code} cannot be counted by ward")
    view = table(fact_view(measure.source))
    has = fields_of(RECORDS[measure.source])
    places: list[ColumnElement[Any]] = [column(c) for c in (WARD, LSOA) if c in has]
    month = column("month", Date)
    query = (
        select(month, func.count(), *places)
        .select_from(view)
        .where(
            column("lad_code") == lad_code,
            month.between(span.first.start, span.last.start),
            *map(_holds, measure.where),
        )
        .group_by(month, *places)
    )
    found: Counter[tuple[str, Month]] = Counter()
    with engine.connect() as conn:
        for day, rows, *codes in conn.execute(query):
            when = Month.of(day)
            place = dict(zip((c.name for c in places), codes, strict=True))
            lsoa = place.get(LSOA)
            ward = place.get(WARD) or (ward_of(lsoa, when) if lsoa else None)
            if ward:
                found[ward, when] += rows
    return found


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
