"""From a figure that partners state to the rows that it is made of, worked out anew from them.

As `warehouse.trace` does it for what is counted: through readers' views alone, and the rows are
held against what the view prints.
"""

from collections import defaultdict
from typing import Any

from sqlalchemy import Date, Engine, Integer, column, select, table

from schemas.period import Month
from schemas.reported import Resolved, Stated, Statement, resolve, said
from schemas.spans import code_of
from warehouse.known import stated_figures
from warehouse.mart_stated import statement
from warehouse.read import deliveries, delivery_record
from warehouse.trace_parts import Behind, Figure, Gap, NotWorkedOut, Trace, Why
from warehouse.views import fact_view

_ROWS = table(
    fact_view("partner_return"),
    column("measure_code"), column("area_code"), column("period_code"), column("month", Date),
    column("value", Integer), column("qualifier_code"), column("as_at_on", Date),
    column("delivery_id", Integer), column("source_row", Integer),
)  # fmt: skip
Place = tuple[int, int]
"""Delivery and row."""


def trace_stated(engine: Engine, figure: Figure) -> Trace:
    """Return what is behind a figure; raises `NotWorkedOut` where nobody stated it for the area."""
    places, statements = _statements(engine, figure)
    code = code_of(figure.span)
    printed = stated_figures(engine, [figure.measure.code]).get(
        (figure.measure.code, figure.area_code, code)
    )
    if not statements and printed is None and figure.area_code not in _areas(engine, figure):
        raise NotWorkedOut
    known = resolve(figure.measure, statements).get(figure.span)
    faults = []
    anew = None if known is None else said(**vars(known.figure))
    if anew != printed:
        faults.append(
            f"{figure.span.label}: the rows do not come to what csp_measure_stated_v1 has."
        )
    behind = _behind(engine, known, statements, places)
    gaps = () if printed is not None else (Gap(Why.NOT_STATED, tuple(figure.span)),)
    last = {part.record.line.id for part in behind}
    repeated = tuple(
        d
        for d in deliveries(engine)
        if d.extent == figure.measure.reporter
        and d.covers_month(figure.span.last)
        and d.id > max(last, default=0)
    )
    return Trace(figure, printed, behind, repeated, gaps, tuple(faults))


def _statements(engine: Engine, figure: Figure) -> tuple[list[Place], list[Statement]]:
    """Return the rows of a measure and area as statements, each known by its place in the list."""
    c = _ROWS.c
    query = (
        select(
            c.delivery_id, c.source_row, c.period_code, c.month, c.value, c.qualifier_code,
            c.as_at_on,
        )
        .where(c.measure_code == figure.measure.code, c.area_code == figure.area_code)
        .order_by(c.delivery_id, c.source_row)
    )  # fmt: skip
    places: list[Place] = []
    found: list[Statement] = []
    with engine.connect() as conn:
        for delivery, row, period, day, value, qualifier, as_at in conn.execute(query):
            stated = Stated(value, qualifier or "", as_at)
            found.append(statement(period, Month.of(day), stated, len(places)))
            places.append((delivery, row))
    return places, found


def _areas(engine: Engine, figure: Figure) -> set[str]:
    query = select(_ROWS.c.area_code).where(_ROWS.c.measure_code == figure.measure.code)
    with engine.connect() as conn:
        return set(conn.execute(query).scalars())


def _behind(
    engine: Engine, known: Resolved | None, statements: list[Statement], places: list[Place]
) -> tuple[Behind, ...]:
    if known is None:
        return ()
    rows: dict[int, list[Any]] = defaultdict(list)
    for ref in known.refs:
        delivery, row = places[ref]
        rows[delivery].append((row, statements[ref].figure.value))
    parts = []
    for delivery, found in sorted(rows.items()):
        record = delivery_record(engine, delivery)
        if record is None:
            raise LookupError(f"rows of delivery {delivery}, which there is not")
        part = Behind(record)
        for row, value in sorted(found):
            part.rows.append(row)
            part.adds.append(value)
        parts.append(part)
    return tuple(parts)
