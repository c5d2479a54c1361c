"""`measure_stated`: the figures that partners and publications state, by period.

They are refreshed as part of a load. What stands for a period, and what follows for others of its
year, `schemas.reported` says. A figure that a delivery changes is superseded, not overwritten, as
in `measure_month`.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update

from schemas.areas import district_name
from schemas.codes import rows
from schemas.measures import MEASURES
from schemas.period import Month
from schemas.records import RECORDS
from schemas.records.base import fields_of
from schemas.reported import Stated, Statement, resolve, summed
from schemas.reporters import stated_by
from schemas.spans import code_of, span_of
from warehouse.mart import Reach, Tally, name_areas, unnamed_of
from warehouse.tables import DELIVERY, MEASURE_STATED, TERM, fact_table, is_coded

Key = tuple[str, str, str]
"""Measure, area and the code of the period."""


def refresh(
    conn: Connection, source: str, months: Collection[Month], reach: Reach, delivery_id: int
) -> dict[Month, Tally]:
    """Work out what a partner's current rows say of the years of some months.

    Returns how many rows each of the months has now.
    """
    years = sorted({month.financial_year.code for month in months})
    measures = stated_by(source, reach.extent.code)
    is_official = any(measure.counterpart for measure in measures)
    current = _official if is_official else _current
    stated = current(conn, source, reach.extent.code)
    wanted = _resolved(stated, set(years))
    areas = reach.lad_codes if is_official else None
    store(conn, wanted, [measure.code for measure in measures], years, delivery_id, areas=areas)
    counts = _rows_by_month(conn, source, reach.extent.code)
    return {month: Tally(counts[month]) for month in months}


def store(
    conn: Connection,
    wanted: Mapping[Key, Stated],
    measures: Collection[str],
    years: Collection[str],
    delivery_id: int,
    *,
    areas: Collection[str] | None = None,
) -> None:
    """Supersede the stored figures of some measures and years that are other ones now, or none.

    Figures of other areas than the given ones stay as they are.
    """
    name_areas(conn, unnamed_of(conn, {area: _name(area) for _, area, _ in wanted}))
    m = MEASURE_STATED.c
    found = conn.execute(
        select(m.id, m.measure_code, m.area_code, m.period_code, m.value, m.qualifier, m.as_at_on)
        .where(
            m.superseded_by.is_(None),
            m.year_code.in_(years),
            m.measure_code.in_(measures),
            *([] if areas is None else [m.area_code.in_(areas)]),
        )
    ).all()  # fmt: skip
    there = {(code, area, period): (i, Stated(*said)) for i, code, area, period, *said in found}
    gone = [{"gone": i} for key, (i, figure) in there.items() if wanted.get(key) != figure]
    if gone:
        conn.execute(
            update(MEASURE_STATED)
            .where(MEASURE_STATED.c.id == bindparam("gone"))
            .values(superseded_by=delivery_id),
            gone,
        )
    fresh = [
        _row(key, figure, delivery_id)
        for key, figure in sorted(wanted.items(), key=lambda item: item[0])
        if key not in there or there[key][1] != figure
    ]
    if fresh:
        conn.execute(insert(MEASURE_STATED), fresh)


def _rows_by_month(conn: Connection, source: str, extent: str) -> Counter[Month]:
    fact = fact_table(source).c
    found = conn.execute(
        select(fact.month, func.count())
        .join(DELIVERY, DELIVERY.c.id == fact.delivery_id)
        .where(fact.superseded_by.is_(None), DELIVERY.c.extent == extent)
        .group_by(fact.month)
    )
    return Counter({Month.of(day): number for day, number in found})


def _row(key: Key, figure: Stated, delivery_id: int) -> dict[str, object]:
    measure, area, period = key
    span = span_of(period)
    return {
        "measure_code": measure,
        "area_code": area,
        "period_code": period,
        "first_month": span.first.start,
        "last_month": span.last.start,
        "year_code": span.last.financial_year.code,
        "value": figure.value,
        "qualifier": figure.qualifier,
        "as_at_on": figure.as_at,
        "delivery_id": delivery_id,
    }


def _current(conn: Connection, source: str, extent: str) -> list[tuple[str, str, Statement]]:
    """Return the current rows of a partner as statements of a measure in an area."""
    fact = fact_table(source).c
    query = (
        select(
            text_of(fact.measure_code), text_of(fact.area_code), fact.period_code, fact.month,
            fact.value, text_of(fact.qualifier_code), fact.as_at_on, fact.id,
        )
        .join(DELIVERY, DELIVERY.c.id == fact.delivery_id)
        .where(fact.superseded_by.is_(None), DELIVERY.c.extent == extent)
    )  # fmt: skip
    return [
        (measure, area, statement(period, Month.of(day), Stated(value, said or "", as_at), row))
        for measure, area, period, day, value, said, as_at, row in conn.execute(query)
    ]


def text_of(number: Any) -> Any:
    """Return the text of a coded column."""
    return select(TERM.c.text).where(TERM.c.id == number).scalar_subquery()


def _official(conn: Connection, source: str, extent: str) -> list[tuple[str, str, Statement]]:
    """Return what the current rows of a publication come to, as statements of its measures."""
    fact, info = fact_table(source).c, fields_of(RECORDS[source])
    found: list[tuple[str, str, Statement]] = []
    for measure in stated_by(source, extent):
        query = (
            select(fact.lad_code, fact.period_code, fact[measure.total], fact.id)
            .join(DELIVERY, DELIVERY.c.id == fact.delivery_id)
            .where(
                fact.superseded_by.is_(None),
                DELIVERY.c.extent == extent,
                *(
                    text_of(fact[c.column]).in_(c.values)
                    if is_coded(info[c.column])
                    else fact[c.column].in_(c.values)
                    for c in measure.where
                ),
            )
        )
        rows: dict[str, list[tuple[str, int | None, int]]] = defaultdict(list)
        for area, *row in conn.execute(query):
            rows[area].append((row[0], row[1], row[2]))
        found += [
            (measure.code, area, Statement(span_of(period), known.figure, known.refs[0]))
            for area, mine in rows.items()
            for period, known in summed(mine).items()
        ]
    return found


def statement(period: str, month: Month, figure: Stated, ref: int) -> Statement:
    """Return what a row states; what stands at a date is known by the month of its date."""
    code = month.start.isoformat() if figure.as_at else period
    return Statement(span_of(code), figure, ref)


def _resolved(
    stated: Iterable[tuple[str, str, Statement]], years: Collection[str]
) -> dict[Key, Stated]:
    places: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for measure, area, one in stated:
        places[measure, area].append(one)
    return {
        (measure, area, code_of(span)): known.figure
        for (measure, area), statements in places.items()
        for span, known in resolve(MEASURES[measure], statements).items()
        if span.last.financial_year.code in years
    }


def _name(area_code: str) -> str:
    listed = {row["code"]: row["label"] for row in rows("stated_areas")}
    counties = {row["county_code"]: row["county_name"] for row in rows("districts")}
    return (listed | counties).get(area_code) or district_name(area_code) or area_code
