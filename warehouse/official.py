"""Our figures held against the official ones, whichever of the two a load has brought.

What is found follows from the figures as they are now, never from the order in which they came. A
hold of this kind says both figures. While they stay as it says, it stands, or the answer that was
given to it does; when one of them is another, or the two are near enough, it ends. A difference is
never mended.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import Connection, select, update

from schemas.findings import Finding, by_response
from schemas.issues import Issue
from schemas.measures import MEASURES
from schemas.official import DIFFERS, differences, is_reconciled, official_measures
from schemas.period import FinancialYear, Month, parse_year
from warehouse.engine import lock
from warehouse.holds import raise_holds
from warehouse.tables import HOLD, MEASURE_MONTH, MEASURE_STATED


def reconcile(
    conn: Connection,
    delivery_id: int,
    source: str,
    area: str,
    months: Iterable[Month],
    *,
    tolerances: Mapping[str, float],
    at: datetime,
) -> tuple[tuple[Finding, ...], tuple[Issue, ...]]:
    """Hold the years of some months against official figures, after a load of one of the two.

    Returns the holds that were raised for it, and what is only told of the file. Differences with a
    source that is not concerned stay as they are.
    """
    if not area or not is_reconciled(source):
        return (), ()
    # Two loads at once, one of each side, must not both miss what the other brings.
    lock(conn, "official")
    years = sorted({month.financial_year for month in months}, key=lambda y: y.start_year)
    ours, official = _ours(conn, area, years), _official(conn, area, years)
    holding, _ = by_response(differences(ours, official, years, tolerances))
    mine = [m for m in official_measures() if source in (m.source, MEASURES[m.counterpart].source)]
    _, told = by_response(differences(ours, official, years, tolerances, mine))
    standing = _standing(conn, years)
    wanted = {(found.span.first.start, found.detail) for found in holding}
    over = [number for number, key in standing.items() if key not in wanted]
    if over:
        conn.execute(update(HOLD).where(HOLD.c.id.in_(over)).values(ended_by_id=delivery_id))
    known = set(standing.values())
    fresh = tuple(f for f in holding if (f.span.first.start, f.detail) not in known)
    raise_holds(conn, delivery_id, fresh, at)
    return fresh, told


def _ours(
    conn: Connection, area: str, years: Sequence[FinancialYear]
) -> dict[tuple[str, Month], int]:
    m = MEASURE_MONTH.c
    found = conn.execute(
        select(m.measure_code, m.month, m.value).where(
            m.superseded_by.is_(None),
            m.area_code == area,
            m.year_code.in_([year.code for year in years]),
            m.measure_code.in_([measure.counterpart for measure in official_measures()]),
        )
    )
    return {(code, Month.of(day)): value for code, day, value in found}


def _official(
    conn: Connection, area: str, years: Sequence[FinancialYear]
) -> dict[tuple[str, FinancialYear], int]:
    m = MEASURE_STATED.c
    found = conn.execute(
        select(m.measure_code, m.period_code, m.value).where(
            m.superseded_by.is_(None),
            m.area_code == area,
            m.period_code.in_([year.code for year in years]),
            m.measure_code.in_([measure.code for measure in official_measures()]),
        )
    )
    return {(code, parse_year(period)): value for code, period, value in found}


def _standing(conn: Connection, years: Sequence[FinancialYear]) -> dict[int, tuple[date, str]]:
    """Return the holds of some years that have not ended, released or not: month and words."""
    found = conn.execute(
        select(HOLD.c.id, HOLD.c.first_month, HOLD.c.detail).where(
            HOLD.c.rule == DIFFERS,
            HOLD.c.ended_by_id.is_(None),
            HOLD.c.first_month.in_([year.span.first.start for year in years]),
        )
    )
    return {number: (month, detail) for number, month, detail in found}
