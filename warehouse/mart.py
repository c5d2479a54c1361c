"""`measure_month`: every measure by month and area, refreshed in the load's own transaction.

A row stands for each month and area that a delivery covers, 0 where nothing happened; where no
delivery covers a month there is no row, and readers see "not available", never 0. A figure that a
delivery changes is superseded, not overwritten, so that it can be printed as it stood.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, union_all, update

from schemas.areas import Area, Home, district_name
from schemas.measures import MEASURES, Measure, Scope, measures_of, siblings
from schemas.period import Month
from warehouse.cells import Asker, Cells, of_tables
from warehouse.tables import (
    AREA,
    DELIVERY,
    MEASURE,
    MEASURE_MONTH,
    MEASURE_STATED,
    RELEASE_CELL,
    fact_table,
)


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
    conn: Connection,
    source: str,
    months: Collection[Month],
    reach: Reach,
    delivery_id: int,
    *,
    cells: Cells | None = None,
) -> dict[Month, Tally]:
    """Work the measures of a source out again for some months, all of them covered.

    `delivery_id` is the delivery that brings it about; `cells` are those of all current rows of the
    months, where they are known already. Returns how many rows each of the months has now.
    """
    if not months:
        return {}
    measures = measures_of(source)
    if cells is None:
        cells = cells_of_months(conn, source, months, reach)
    counted, tallies = _count(cells, source, months, reach)
    _fill_residuals(counted, [m for m in measures if m.is_residual])
    areas = {area for _, area, _ in counted}
    name_areas(conn, _unnamed(conn, reach))
    m = MEASURE_MONTH.c
    stored = conn.execute(
        select(m.id, m.measure_code, m.area_code, m.month, m.value).where(
            m.superseded_by.is_(None),
            m.measure_code.in_([measure.code for measure in measures]),
            m.area_code.in_(areas),
            m.month.in_([month.start for month in months]),
        )
    )
    _store(conn, counted, stored, delivery_id)
    return tallies


Counted = dict[tuple[str, str, Month], int]


def _store(conn: Connection, counted: Counted, found: Iterable[Row[Any]], delivery_id: int) -> None:
    """Supersede the stored figures that are other ones now, or none, and insert what is new."""
    stored = {(code, area, Month.of(day)): (i, value) for i, code, area, day, value in found}
    gone = [i for key, (i, value) in stored.items() if counted.get(key) != value]
    if gone:
        conn.execute(
            update(MEASURE_MONTH)
            .where(MEASURE_MONTH.c.id == bindparam("gone"))
            .values(superseded_by=delivery_id),
            [{"gone": i} for i in gone],
        )
    fresh = [
        {
            "measure_code": code,
            "area_code": area,
            "month": month.start,
            "quarter_code": month.quarter.code,
            "year_code": month.financial_year.code,
            "value": value,
            "delivery_id": delivery_id,
        }
        for (code, area, month), value in counted.items()
        if (code, area, month) not in stored or stored[code, area, month][1] != value
    ]
    if fresh:
        conn.execute(insert(MEASURE_MONTH), fresh)


def cells_of_months(
    conn: Connection, source: str, months: Collection[Month], reach: Reach
) -> Cells:
    """Count the current rows of some months, as they are stored."""
    if not months:
        return Counter()
    fact = fact_table(source)
    return of_tables(
        conn,
        source,
        fact.join(DELIVERY, DELIVERY.c.id == fact.c.delivery_id),
        (
            fact.c.superseded_by.is_(None),
            fact.c.month.in_([month.start for month in months]),
            DELIVERY.c.extent == reach.extent.code,
        ),
    )


def _count(
    cells: Cells, source: str, months: Collection[Month], reach: Reach
) -> tuple[Counted, dict[Month, Tally]]:
    """Work all measures but the residuals out from the cells of some months; zeros included.

    A sum to which a row adds nothing but a blank (a suppressed count) is not known: it is left out.
    """
    askers = [Asker(m, source) for m in measures_of(source) if not m.is_residual]
    counted: Counted = {
        (a.measure.code, area, month): 0
        for a in askers
        for area in areas_of(a.measure, reach)
        for month in months
    }
    tallies = dict.fromkeys(months, Tally())
    unknown: set[tuple[str, str, Month]] = set()
    for cell, number in cells.items():
        month, lad_code, is_nowhere = cell[:3]
        so_far = tallies[month]
        tallies[month] = Tally(so_far.rows + number, so_far.unplaced + is_nowhere * number)
        for asker in askers:
            value = asker.value(cell, number)
            if value == 0:
                continue
            for area in _areas_of(lad_code, asker.measure, reach):
                if value is None:
                    unknown.add((asker.measure.code, area, month))
                else:
                    counted[asker.measure.code, area, month] += value
    return {key: value for key, value in counted.items() if key not in unknown}, tallies


def count_of_rows(
    conn: Connection, source: str, delivery_id: int, rows: Collection[int], lad_code: str
) -> Counter[tuple[str, Month | None]]:
    """Count some rows of a delivery that lie in a district by measure and month."""
    fact = fact_table(source)
    cells = of_tables(
        conn,
        source,
        fact,
        (
            fact.c.delivery_id == delivery_id,
            fact.c.source_row.in_(rows),
            fact.c.lad_code == lad_code,
        ),
    )
    found: Counter[tuple[str, Month | None]] = Counter()
    for measure in measures_of(source):
        if measure.is_residual or measure.scope is Scope.FILE:
            continue
        # Rows are counted here, not what they add up to.
        asker = Asker(replace(measure, total=""), source)
        for cell, number in cells.items():
            found[measure.code, cell[0]] += asker.value(cell, number) or 0
    return +found


def areas_of(measure: Measure, reach: Reach) -> tuple[str, ...]:
    """Return the areas that a measure is worked out for by deliveries of a reach, each once.

    A unitary authority is its own county.
    """
    if measure.scope is Scope.FILE:
        return (reach.extent.code,)
    return _with_rollup(reach.lad_codes, reach)


def districts_behind(measure: Measure, area_code: str, reach: Reach) -> tuple[str, ...] | None:
    """Return the districts whose rows are counted in an area; () for all rows of the extent.

    None where the measure is not worked out for that area by a delivery of this reach.
    """
    if area_code not in areas_of(measure, reach):
        return None
    if measure.scope is Scope.FILE:
        return ()
    return (area_code,) if area_code in reach.lad_codes else reach.lad_codes


def _areas_of(lad_code: str | None, measure: Measure, reach: Reach) -> tuple[str, ...]:
    """Return the areas in which a row of this district is counted; none if it lies outside."""
    if measure.scope is Scope.FILE:
        return (reach.extent.code,)
    if lad_code not in reach.lad_codes:
        return ()
    return _with_rollup((lad_code,), reach)


def _with_rollup(lad_codes: tuple[str, ...], reach: Reach) -> tuple[str, ...]:
    if reach.rollup is None or reach.rollup.code in lad_codes:
        return lad_codes
    return (*lad_codes, reach.rollup.code)


def _unnamed(conn: Connection, reach: Reach) -> dict[str, str]:
    """Return names for the areas of a reach that have none yet: those of another partnership."""
    names = {code: district_name(code) or code for code in reach.lad_codes}
    names |= {a.code: a.name for a in (reach.extent, reach.rollup) if a is not None}
    return unnamed_of(conn, names)


def unnamed_of(conn: Connection, names: Mapping[str, str]) -> dict[str, str]:
    """Return those of some areas that have no printed name yet."""
    named = set(conn.execute(select(AREA.c.code)).scalars())
    return {code: name for code, name in names.items() if code not in named}


def _fill_residuals(counted: Counted, residuals: Iterable[Measure]) -> None:
    for residual in residuals:
        parts = [part.code for part in siblings(residual)]
        places = [(area, month) for code, area, month in counted if code == residual.parent]
        for area, month in places:
            rest = counted[residual.parent, area, month]
            rest -= sum(counted[part, area, month] for part in parts)
            counted[residual.code, area, month] = rest


def sync_reference(conn: Connection, home: Home, areas: Iterable[Area]) -> None:
    """Write down the measures and areas that the program knows, if they differ from the stored."""
    wanted, names = _measures(), _names(home, areas)
    if _stored_measures(conn) != wanted:
        conn.execute(delete(MEASURE))
        conn.execute(insert(MEASURE), wanted)
    name_areas(conn, names)
    if forgotten := _forgotten(conn, names):
        conn.execute(delete(AREA).where(AREA.c.code.in_(forgotten)))


def is_synced(conn: Connection, home: Home, areas: Iterable[Area]) -> bool:
    """Say whether `sync_reference` would write nothing."""
    names = _names(home, areas)
    return (
        _stored_measures(conn) == _measures()
        and not _changed_names(conn, names)
        and not _forgotten(conn, names)
    )


def _measures() -> list[dict[str, object]]:
    return [
        {
            "code": m.code, "position": position, "label": m.label, "unit": m.unit,
            "kind": m.kind.value, "grain": m.grain.value, "source": m.source, "parent": m.parent,
            "breakdown": m.breakdown, "is_additive": m.is_additive, "definition": m.definition,
        }
        for position, m in enumerate(MEASURES.values(), start=1)
    ]  # fmt: skip


def _stored_measures(conn: Connection) -> list[dict[str, object]]:
    return [
        dict(row) for row in conn.execute(select(MEASURE).order_by(MEASURE.c.position)).mappings()
    ]


def _names(home: Home, areas: Iterable[Area]) -> dict[str, str]:
    """Return the printed names of the areas that the program knows."""
    names = {code: home.name_of(code) for code in home.lad_codes}
    return names | {a.code: a.name for a in (*areas, *reversed(home.named))}


def _forgotten(conn: Connection, names: Mapping[str, str]) -> list[str]:
    """Return stored areas that are neither known nor have a figure, now or in a release."""
    in_use = union_all(
        select(MEASURE_MONTH.c.area_code),
        select(MEASURE_STATED.c.area_code),
        select(RELEASE_CELL.c.area_code),
    )
    return list(
        conn.execute(
            select(AREA.c.code).where(AREA.c.code.not_in(names), AREA.c.code.not_in(in_use))
        ).scalars()
    )


def _changed_names(conn: Connection, names: Mapping[str, str]) -> dict[str, str]:
    known = {code: name for code, name in conn.execute(select(AREA.c.code, AREA.c.name))}
    return {code: name for code, name in names.items() if known.get(code) != name}


def name_areas(conn: Connection, names: Mapping[str, str]) -> None:
    """Give areas their printed names, where they have none or another."""
    if changed := _changed_names(conn, names):
        conn.execute(delete(AREA).where(AREA.c.code.in_(changed)))
        conn.execute(
            insert(AREA), [{"code": code, "name": name} for code, name in sorted(changed.items())]
        )
