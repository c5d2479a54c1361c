"""From a figure that partners state to the rows that it is made of, worked out anew from them.

As `warehouse.trace` does it for what is counted: through readers' views alone, and the rows are
held against what the view prints.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from sqlalchemy import Date, Engine, Integer, column, select, table

from schemas.period import Month
from schemas.reported import Resolved, Stated, Statement, resolve, said, summed
from schemas.spans import code_of, span_of
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


@dataclass
class _Rows:
    """The rows that state a figure in an area: where each stands, and its number.

    `groups` are the rows behind each statement, by its `ref`: one of a partner's form, several of a
    publication's.
    """

    places: list[Place] = field(default_factory=list)
    values: list[int | None] = field(default_factory=list)
    groups: list[tuple[int, ...]] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)


def trace_stated(engine: Engine, figure: Figure) -> Trace:
    """Return what is behind a figure; raises `NotWorkedOut` where nobody stated it for the area."""
    is_official = bool(figure.measure.counterpart)
    rows = (_of_publication if is_official else _of_forms)(engine, figure)
    code = code_of(figure.span)
    printed = stated_figures(engine, [figure.measure.code]).get(
        (figure.measure.code, figure.area_code, code)
    )
    if not rows.places and printed is None and figure.area_code not in _areas(engine, figure):
        raise NotWorkedOut
    known = resolve(figure.measure, rows.statements).get(figure.span)
    faults = []
    anew = None if known is None else said(**vars(known.figure))
    if anew != printed:
        faults.append(
            f"{figure.span.label}: the rows do not come to what csp_measure_stated_v1 has."
        )
    behind = _behind(engine, known, rows)
    gaps = () if printed is not None else (Gap(Why.NOT_STATED, tuple(figure.span)),)
    last = {part.record.line.id for part in behind}
    repeated = tuple(
        d
        for d in deliveries(engine)
        if d.source == figure.measure.source
        and d.status == "accepted"
        and figure.measure.reporter in ("", d.extent)
        and d.covers_month(figure.span.last)
        and d.id > max(last, default=0)
    )
    return Trace(figure, printed, behind, repeated, gaps, tuple(faults))


def _of_forms(engine: Engine, figure: Figure) -> _Rows:
    """Return the rows of partners' forms, each of them a statement."""
    c = _ROWS.c
    query = (
        select(
            c.delivery_id, c.source_row, c.period_code, c.month, c.value, c.qualifier_code,
            c.as_at_on,
        )
        .where(c.measure_code == figure.measure.code, c.area_code == figure.area_code)
        .order_by(c.delivery_id, c.source_row)
    )  # fmt: skip
    rows = _Rows()
    with engine.connect() as conn:
        for delivery, row, period, day, value, qualifier, as_at in conn.execute(query):
            stated = Stated(value, qualifier or "", as_at)
            number = len(rows.places)
            rows.statements.append(statement(period, Month.of(day), stated, number))
            rows.groups.append((number,))
            rows.values.append(value)
            rows.places.append((delivery, row))
    return rows


def _of_publication(engine: Engine, figure: Figure) -> _Rows:
    """Return the rows of a publication; those of a period come to one statement."""
    measure = figure.measure
    wanted = {measure.total, *(condition.column for condition in measure.where)}
    view = table(
        fact_view(measure.source),
        column("delivery_id", Integer), column("source_row", Integer), column("lad_code"),
        column("period_code"), *(column(name) for name in sorted(wanted)),
    ).c  # fmt: skip
    query = (
        select(view.delivery_id, view.source_row, view.period_code, view[measure.total])
        .where(
            view.lad_code == figure.area_code,
            *(view[condition.column].in_(condition.values) for condition in measure.where),
        )
        .order_by(view.delivery_id, view.source_row)
    )
    rows = _Rows()
    periods: list[tuple[str, int | None, int]] = []
    with engine.connect() as conn:
        for delivery, row, period, value in conn.execute(query):
            periods.append((period, value, len(rows.places)))
            rows.places.append((delivery, row))
            rows.values.append(value)
    for period, known in summed(periods).items():
        rows.statements.append(Statement(span_of(period), known.figure, len(rows.groups)))
        rows.groups.append(known.refs)
    return rows


def _areas(engine: Engine, figure: Figure) -> set[str]:
    if figure.measure.counterpart:
        return set()
    query = select(_ROWS.c.area_code).where(_ROWS.c.measure_code == figure.measure.code)
    with engine.connect() as conn:
        return set(conn.execute(query).scalars())


def _behind(engine: Engine, known: Resolved | None, rows: _Rows) -> tuple[Behind, ...]:
    if known is None:
        return ()
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for ref in known.refs:
        for place in rows.groups[ref]:
            delivery, row = rows.places[place]
            found[delivery].append((row, rows.values[place] or 0))
    parts = []
    for delivery, mine in sorted(found.items()):
        record = delivery_record(engine, delivery)
        if record is None:
            raise LookupError(f"rows of delivery {delivery}, which there is not")
        part = Behind(record)
        for row, value in sorted(mine):
            part.rows.append(row)
            part.adds.append(value)
        parts.append(part)
    return tuple(parts)
