"""From a figure of a ward to the rows behind it: those of its district that lie in the ward."""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import Engine

from warehouse.mart import Reach
from warehouse.trace import trace
from warehouse.trace_parts import Behind, Figure, NotWorkedOut, Trace
from warehouse.wards import can_be_placed, ward_rows, wards_over

Place = tuple[int, int]
"""Delivery and row."""


def trace_ward(engine: Engine, figure: Figure, lad_code: str, reaches: Iterable[Reach]) -> Trace:
    """Return what is behind a figure of a ward of a district.

    Where the district has no figure the ward has none, for the same reasons. Raises `NotWorkedOut`
    where a measure is not counted by ward.
    """
    measure, ward, span = figure.measure, figure.area_code, figure.span
    if measure.is_sensitive or not can_be_placed(measure):
        raise NotWorkedOut
    whole = trace(engine, replace(figure, area_code=lad_code), reaches)
    if whole.printed is None:
        return replace(whole, figure=figure)
    printed = wards_over(engine, measure, lad_code, span)[ward]
    mine = ward_rows(engine, measure, lad_code, ward, span)
    parts = [_within(part, mine) for part in whole.behind]
    behind = tuple(part for part in parts if part.rows)
    without = [part.record.line for part in parts if not part.rows]
    total = sum(part.total for part in behind)
    differs = f"{span.label}: the rows add up to {total:,}, but the ward has {printed:,}."
    return Trace(
        figure=figure,
        printed=printed,
        behind=behind,
        repeated=tuple(sorted((*whole.repeated, *without), key=lambda line: line.id)),
        gaps=(),
        faults=(*whole.faults, *([differs] if total != printed else [])),
    )


def _within(part: Behind, mine: set[Place]) -> Behind:
    """Return the rows of a delivery that are among some."""
    found = Behind(part.record)
    for row, adds in zip(part.rows, part.adds, strict=True):
        if (part.record.line.id, row) in mine:
            found.rows.append(row)
            found.adds.append(adds)
    return found
