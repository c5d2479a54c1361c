"""`measure_month`: every measure by month and area, refreshed in the load's own transaction.

A row stands for each month and area that a delivery covers, 0 where nothing happened; where no
delivery covers a month there is no row, and readers see "not available", never 0.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, and_, case, delete, func, insert, literal, select
from sqlalchemy.sql import ColumnElement

from schemas.areas import Area, Home, district_name
from schemas.measures import MEASURES, Condition, Measure, Scope, measures_of, siblings
from schemas.period import Month
from schemas.records import RECORDS
from schemas.records.base import fields_of, identity_of
from warehouse.tables import AREA, DELIVERY, MEASURE, MEASURE_MONTH, TERM, fact_table, is_coded


@dataclass(frozen=True)
class Reach:
    """The areas that a delivery speaks for: its extent, the districts in it, and their sum.

    `rollup` is the area that the districts add up to; None where the extent is one district.
    `focus` is the district whose figures are published: what a delivery is held against history
    by. It is "" where the delivery is of another partnership.
    """

    extent: Area
    lad_codes: tuple[str, ...]
    rollup: Area | None
    focus: str = ""


@dataclass(frozen=True)
class Tally:
    """Current rows of one month and extent, and how many of them have no location."""

    rows: int = 0
    unplaced: int = 0


def refresh(
    conn: Connection, source: str, months: Collection[Month], reach: Reach
) -> dict[Month, Tally]:
    """Work the measures of a source out again for some months, all of them covered.

    Returns how many rows each of the months has now.
    """
    if not months:
        return {}
    measures = measures_of(source)
    counted, tallies = _count(
        conn, source, months, reach, [m for m in measures if not m.is_residual]
    )
    _fill_residuals(counted, [m for m in measures if m.is_residual])
    areas = {area for _, area, _ in counted}
    _name_areas(conn, _unnamed(conn, reach))
    conn.execute(
        delete(MEASURE_MONTH).where(
            MEASURE_MONTH.c.measure_code.in_([m.code for m in measures]),
            MEASURE_MONTH.c.area_code.in_(areas),
            MEASURE_MONTH.c.month.in_([month.start for month in months]),
        )
    )
    conn.execute(
        insert(MEASURE_MONTH),
        [
            {
                "measure_code": code,
                "area_code": area,
                "month": month.start,
                "quarter_code": month.quarter.code,
                "year_code": month.financial_year.code,
                "value": value,
            }
            for (code, area, month), value in counted.items()
        ],
    )
    return tallies


Counted = dict[tuple[str, str, Month], int]


def _count(
    conn: Connection,
    source: str,
    months: Collection[Month],
    reach: Reach,
    measures: Iterable[Measure],
) -> tuple[Counted, dict[Month, Tally]]:
    """Count all measures in one pass over the current rows of the months; zeros included.

    A sum to which a row adds nothing but a blank (a suppressed count) is not known: it is left out.
    """
    measures = list(measures)
    fact = fact_table(source)
    terms = _term_ids(conn, source, measures)
    sums = [
        func.sum(
            case(
                (_holds(source, m, terms), fact.c[m.total] if m.total else 1),
                else_=0,
            )
        ).label(m.code)
        for m in measures
    ]
    blanks = [
        func.sum(
            case((_holds(source, m, terms) & fact.c[m.total].is_(None), 1), else_=0)
            if m.total
            else literal(0)
        )
        for m in measures
    ]
    places = [fact.c[name].is_(None) for name in identity_of(RECORDS[source]).located_by]
    nowhere = func.sum(case((and_(*places), 1), else_=0)) if places else literal(0)
    rows = conn.execute(
        select(fact.c.month, fact.c.lad_code, func.count(), nowhere, *sums, *blanks)
        .join(DELIVERY, DELIVERY.c.id == fact.c.delivery_id)
        .where(
            fact.c.superseded_by.is_(None),
            fact.c.month.in_([month.start for month in months]),
            DELIVERY.c.extent == reach.extent.code,
        )
        .group_by(fact.c.month, fact.c.lad_code)
    )
    counted: Counted = {
        (m.code, area, month): 0 for m in measures for area in _areas(m, reach) for month in months
    }
    tallies = dict.fromkeys(months, Tally())
    unknown: set[tuple[str, str, Month]] = set()
    for day, lad_code, number, unplaced, *both in rows:
        values, missing = both[: len(measures)], both[len(measures) :]
        month = Month.of(day)
        so_far = tallies[month]
        tallies[month] = Tally(so_far.rows + number, so_far.unplaced + int(unplaced or 0))
        for m, value, blank in zip(measures, values, missing, strict=True):
            for area in _areas_of(lad_code, m, reach):
                counted[m.code, area, month] += int(value or 0)
                if blank:
                    unknown.add((m.code, area, month))
    return {key: value for key, value in counted.items() if key not in unknown}, tallies


def count_of_rows(
    conn: Connection, source: str, delivery_id: int, rows: Collection[int], lad_code: str
) -> dict[tuple[str, Month], int]:
    """Count some rows of a delivery that lie in a district by measure and month."""
    measures = [m for m in measures_of(source) if not m.is_residual and m.scope is not Scope.FILE]
    fact, terms = fact_table(source), _term_ids(conn, source, measures)
    found = conn.execute(
        select(
            fact.c.month,
            *(func.sum(case((_holds(source, m, terms), 1), else_=0)) for m in measures),
        )
        .where(
            fact.c.delivery_id == delivery_id,
            fact.c.source_row.in_(rows),
            fact.c.lad_code == lad_code,
        )
        .group_by(fact.c.month)
    )
    return {
        (m.code, Month.of(day)): int(value)
        for day, *values in found
        for m, value in zip(measures, values, strict=True)
        if value
    }


def _areas(measure: Measure, reach: Reach) -> tuple[str, ...]:
    if measure.scope is Scope.FILE:
        return (reach.extent.code,)
    return (*reach.lad_codes, *((reach.rollup.code,) if reach.rollup else ()))


def _areas_of(lad_code: str | None, measure: Measure, reach: Reach) -> tuple[str, ...]:
    """Return the areas in which a row of this district is counted; none if it lies outside."""
    if measure.scope is Scope.FILE:
        return (reach.extent.code,)
    if lad_code not in reach.lad_codes:
        return ()
    return (lad_code, *((reach.rollup.code,) if reach.rollup else ()))


def _unnamed(conn: Connection, reach: Reach) -> dict[str, str]:
    """Return names for the areas of a reach that have none yet: those of another partnership."""
    named = set(conn.execute(select(AREA.c.code)).scalars())
    names = {code: district_name(code) or code for code in reach.lad_codes}
    names |= {a.code: a.name for a in (reach.extent, reach.rollup) if a is not None}
    return {code: name for code, name in names.items() if code not in named}


def _fill_residuals(counted: Counted, residuals: Iterable[Measure]) -> None:
    for residual in residuals:
        parts = [part.code for part in siblings(residual)]
        places = [(area, month) for code, area, month in counted if code == residual.parent]
        for area, month in places:
            rest = counted[residual.parent, area, month]
            rest -= sum(counted[part, area, month] for part in parts)
            counted[residual.code, area, month] = rest


def _term_ids(conn: Connection, source: str, measures: Iterable[Measure]) -> dict[str, int]:
    """Return the numbers of the texts that conditions on coded columns name."""
    info = fields_of(RECORDS[source])
    texts = {
        value
        for measure in measures
        for condition in measure.where
        if is_coded(info[condition.column])
        for value in condition.values
        if isinstance(value, str)
    }
    found = conn.execute(select(TERM.c.text, TERM.c.id).where(TERM.c.text.in_(texts)))
    return {text: number for text, number in found}


def _holds(source: str, measure: Measure, terms: dict[str, int]) -> ColumnElement[bool]:
    """Return the condition of a measure in SQL."""
    fact, info = fact_table(source), fields_of(RECORDS[source])

    def one(condition: Condition) -> ColumnElement[bool]:
        column = fact.c[condition.column]
        if condition.values == (None,):
            return column.is_(None)
        if is_coded(info[condition.column]):
            # A text that no row has used yet has no number; nothing can equal it.
            return column.in_(
                [terms[v] for v in condition.values if isinstance(v, str) and v in terms]
            )
        return column.in_(condition.values)

    held = [one(condition) for condition in measure.where]
    if not held:
        return fact.c.id.is_not(None)
    first, *rest = held
    for condition in rest:
        first = first & condition
    return first


def sync_reference(conn: Connection, home: Home, areas: Iterable[Area]) -> None:
    """Write down the measures and areas that the program knows, if they differ from the stored."""
    wanted = [
        {
            "code": m.code, "position": position, "label": m.label, "unit": m.unit,
            "kind": m.kind.value, "source": m.source, "parent": m.parent,
            "breakdown": m.breakdown, "is_additive": m.is_additive, "definition": m.definition,
        }
        for position, m in enumerate(MEASURES.values(), start=1)
    ]  # fmt: skip
    stored = conn.execute(select(MEASURE).order_by(MEASURE.c.position)).mappings()
    if [dict(row) for row in stored] != wanted:
        conn.execute(delete(MEASURE))
        conn.execute(insert(MEASURE), wanted)
    names = {code: home.name_of(code) for code in home.lad_codes}
    names |= {area.code: area.name for area in (*areas, home.county, home.force, home.district)}
    _name_areas(conn, names)
    in_use = select(MEASURE_MONTH.c.area_code)
    conn.execute(delete(AREA).where(AREA.c.code.not_in(names), AREA.c.code.not_in(in_use)))


def _name_areas(conn: Connection, names: Mapping[str, str]) -> None:
    """Give areas their printed names, where they have none or another."""
    known = {code: name for code, name in conn.execute(select(AREA.c.code, AREA.c.name))}
    changed = {code: name for code, name in names.items() if known.get(code) != name}
    if changed:
        conn.execute(delete(AREA).where(AREA.c.code.in_(changed)))
        conn.execute(
            insert(AREA), [{"code": code, "name": name} for code, name in sorted(changed.items())]
        )
