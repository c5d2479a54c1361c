"""Budgets in `measure_stated`: what was granted, as the payments of a financial year state it.

A budget is known for April up to the end of each quarter, as the payments up to then state it, so
that what comes later changes no earlier quarter; and where every month up to then was received. It
is worked out from the rows that are current (`schemas.grants`), whatever the order of the loads.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from schemas.grants import Draw, granted, parts_of
from schemas.measures import MEASURES, Kind, budgets_of, measures_of
from schemas.period import FinancialYear, Month, Span
from schemas.records import RECORDS
from schemas.records.base import fields_of, identity_of
from schemas.reported import Stated
from schemas.spans import code_of
from warehouse.mart import Reach
from warehouse.mart_stated import Key, store, text_of
from warehouse.tables import DELIVERY, MEASURE, MEASURE_MONTH, fact_table, is_coded


def refresh(
    conn: Connection, source: str, months: Collection[Month], reach: Reach, delivery_id: int
) -> None:
    """Work the budgets of the years of some months out anew, once their months are counted."""
    if budgets_of(source):
        years = {month.financial_year for month in months}
        _refresh(conn, source, _Place(reach.extent.code, reach.lad_codes), years, delivery_id)


@dataclass(frozen=True)
class _Place:
    """What a delivery speaks for, and the districts in it."""

    extent: str
    areas: tuple[str, ...]


def _refresh(
    conn: Connection,
    source: str,
    place: _Place,
    years: Collection[FinancialYear],
    delivery_id: int,
) -> None:
    measures, grants = budgets_of(source), identity_of(RECORDS[source]).grants
    if grants is None:
        return
    drawn = list(_draws(conn, source, place.extent))
    wanted: dict[Key, Stated] = {}
    for area in place.areas:
        known = _months_known(conn, source, area)
        for span in (part for year in years for part in parts_of(year)):
            if not known.issuperset(span):
                continue
            draws = [draw for lad, draw in drawn if lad == area and Month.of(draw.day) in span]
            for measure in measures:
                found = granted(measure, grants, draws)
                if found is not None:
                    wanted[measure.code, area, code_of(span)] = found.figure
    codes = [measure.code for measure in measures]
    store(conn, wanted, codes, [year.code for year in years], delivery_id, areas=place.areas)


def draws_beside(conn: Connection, source: str, extent: str, span: Span) -> tuple[Draw, ...]:
    """Return the rows of the other months of a delivery's years that draw on grants."""
    years = {month.financial_year for month in span}
    return tuple(
        draw
        for _, draw in _draws(conn, source, extent)
        if draw.year in years and Month.of(draw.day) not in span
    )


def _draws(conn: Connection, source: str, extent: str) -> Iterator[tuple[str, Draw]]:
    """Return the current rows of a source that draw on grants, each with its district."""
    identity = identity_of(RECORDS[source])
    if identity.grants is None:
        return
    fact, info = fact_table(source).c, fields_of(RECORDS[source])
    per = [text_of(fact[n]) if is_coded(info[n]) else fact[n] for n in identity.grants.per]
    query = (
        select(
            fact.lad_code, fact[identity.dated_by], fact[identity.grants.granted],
            fact[identity.grants.drawn], fact.id, *per,
        )
        .join(DELIVERY, DELIVERY.c.id == fact.delivery_id)
        .where(fact.superseded_by.is_(None), DELIVERY.c.extent == extent)
    )  # fmt: skip
    for lad, day, has, drawn, number, *codes in conn.execute(query):
        yield lad, Draw(tuple(codes), day, has, drawn, number)


def _months_known(conn: Connection, source: str, area: str) -> set[Month]:
    m = MEASURE_MONTH.c
    found = conn.execute(
        select(m.month)
        .where(
            m.superseded_by.is_(None),
            m.area_code == area,
            m.measure_code.in_([measure.code for measure in measures_of(source)]),
        )
        .distinct()
    )
    return {Month.of(day) for day in found.scalars()}


def fill_in(conn: Connection) -> None:
    """Work budgets out of what was received while the program knew of none.

    To be done before its measures are written down, by which it is known. They are taken to have
    come with the last delivery of their source, extent and year.
    """
    if conn.execute(select(func.count()).where(MEASURE.c.kind == Kind.BUDGET.value)).scalar():
        return
    for source in _sources():
        fact = fact_table(source).c
        found = conn.execute(
            select(DELIVERY.c.extent, fact.lad_code, fact.month, fact.delivery_id)
            .join(DELIVERY, DELIVERY.c.id == fact.delivery_id)
            .where(fact.superseded_by.is_(None))
            .distinct()
        ).all()
        last: dict[tuple[str, str, FinancialYear], int] = {}
        for extent, area, day, delivery in found:
            place = extent, area, Month.of(day).financial_year
            last[place] = max(delivery, last.get(place, 0))
        for (extent, area, year), delivery in last.items():
            _refresh(conn, source, _Place(extent, (area,)), [year], delivery)


def _sources() -> Iterable[str]:
    return dict.fromkeys(m.source for m in MEASURES.values() if m.kind is Kind.BUDGET)
