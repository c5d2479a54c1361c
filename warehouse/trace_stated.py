"""From a figure that partners state to the rows that it is made of, worked out anew from them.

As `warehouse.trace` does it for what is counted: through readers' views alone, and the rows are
held against what the view prints.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from sqlalchemy import Date, Engine, Integer, column, select, table

from schemas.grants import Draw, granted, parts_of
from schemas.measures import Kind, measures_of
from schemas.period import Month, Span
from schemas.records import RECORDS
from schemas.records.base import identity_of
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
_MONTHS = table(
    "csp_measure_month_v1", column("measure_code"), column("area_code"), column("month", Date)
)
_DISAGREE = "{period}: the rows do not come to what csp_measure_stated_v1 has."
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
    if figure.measure.kind is Kind.BUDGET:
        return _trace_budget(engine, figure)
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
        faults.append(_DISAGREE.format(period=figure.span.label))
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


def _trace_budget(engine: Engine, figure: Figure) -> Trace:
    """Return what is behind a budget: of each grant the payment that states it."""
    measure, span = figure.measure, figure.span
    places, draws = _draws(engine, figure)
    if not draws and figure.area_code not in _counted_in(engine, measure.source):
        raise NotWorkedOut
    grants = identity_of(RECORDS[measure.source]).grants
    code = code_of(span)
    printed = stated_figures(engine, [measure.code]).get((measure.code, figure.area_code, code))
    is_of_year = span in parts_of(span.last.financial_year)
    is_known = is_of_year and _counted_in(engine, measure.source, span) >= {figure.area_code}
    known = granted(measure, grants, draws) if grants is not None and is_known else None
    anew = None if known is None else known.figure.value
    faults = () if anew == printed else (_DISAGREE.format(period=span.label),)
    rows = _Rows(places, [draw.granted for draw in draws], [(n,) for n in range(len(draws))])
    why = Why.BUDGET_NOT_STATED if is_of_year else Why.BUDGET_OF_YEAR
    gaps = () if printed is not None else (Gap(why, tuple(span)),)
    return Trace(figure, printed, _behind(engine, known, rows), (), gaps, faults)


def _draws(engine: Engine, figure: Figure) -> tuple[list[Place], list[Draw]]:
    """Return the rows of a figure's year and area, up to its end, that draw on grants."""
    identity = identity_of(RECORDS[figure.measure.source])
    if identity.grants is None:
        return [], []
    grants, last = identity.grants, figure.span.last
    names = (grants.granted, grants.drawn)
    c = table(
        fact_view(figure.measure.source),
        column("delivery_id", Integer), column("source_row", Integer), column("lad_code"),
        column("month", Date), column(identity.dated_by, Date),
        *(column(name, Integer) for name in names), *(column(name) for name in grants.per),
    ).c  # fmt: skip
    query = (
        select(
            c.delivery_id, c.source_row, c[identity.dated_by], *(c[name] for name in names),
            *(c[name] for name in grants.per),
        )
        .where(
            c.lad_code == figure.area_code,
            c.month >= last.financial_year.span.first.start,
            c.month <= last.start,
        )
        .order_by(c.delivery_id, c.source_row)
    )  # fmt: skip
    places: list[Place] = []
    draws: list[Draw] = []
    with engine.connect() as conn:
        for delivery, row, day, has, drawn, *codes in conn.execute(query):
            draws.append(Draw(tuple(codes), day, has, drawn, len(places)))
            places.append((delivery, row))
    return places, draws


def _counted_in(engine: Engine, source: str, span: Span | None = None) -> set[str]:
    """Return the areas in which a source is counted in every month of a span, or in any month."""
    c = _MONTHS.c
    query = select(c.area_code, c.month).where(
        c.measure_code.in_([measure.code for measure in measures_of(source)])
    )
    months: dict[str, set[Month]] = defaultdict(set)
    with engine.connect() as conn:
        for area, day in conn.execute(query.distinct()):
            months[area].add(Month.of(day))
    return {area for area, known in months.items() if span is None or known.issuperset(span)}


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
