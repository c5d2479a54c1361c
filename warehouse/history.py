"""What the warehouse holds beside a delivery: the history that it is held against."""

from collections.abc import Mapping

from sqlalchemy import Connection, insert, select

from schemas.measures import measures_of
from schemas.period import Month, Span
from warehouse.held import held_months
from warehouse.mart import Reach, Tally
from warehouse.tables import DELIVERY, DELIVERY_MONTH, MEASURE_MONTH

Values = dict[tuple[str, Month], int]


def note_months(conn: Connection, delivery_id: int, tallies: Mapping[Month, Tally]) -> None:
    """Record how many rows each month of a delivery has."""
    conn.execute(
        insert(DELIVERY_MONTH),
        [
            {
                "delivery_id": delivery_id,
                "month": month.start,
                "row_count": tally.rows,
                "unplaced_count": tally.unplaced,
            }
            for month, tally in tallies.items()
        ],
    )


def rows_of_other_months(
    conn: Connection, source: str, reach: Reach, span: Span
) -> tuple[dict[Month, int], dict[Month, int]]:
    """Return the rows of the other months of a source and extent, and those without a location.

    Of several deliveries of a month the last one says how many it has.
    """
    found = conn.execute(
        select(DELIVERY_MONTH.c.month, DELIVERY_MONTH.c.row_count, DELIVERY_MONTH.c.unplaced_count)
        .join(DELIVERY, DELIVERY.c.id == DELIVERY_MONTH.c.delivery_id)
        .where(DELIVERY.c.source == source, DELIVERY.c.extent == reach.extent.code)
        .order_by(DELIVERY.c.id)
    ).all()
    last = {Month.of(day): (rows, unplaced) for day, rows, unplaced in found}
    rows = {month: number for month, (number, _) in last.items() if month not in span}
    unplaced = {
        month: number
        for month, (_, number) in last.items()
        if month not in span and number is not None
    }
    return rows, unplaced


def values_of(conn: Connection, source: str, area_code: str) -> Values:
    """Return the measures of a source in one area, by month."""
    m = MEASURE_MONTH.c
    found = conn.execute(
        select(m.measure_code, m.month, m.value).where(
            m.superseded_by.is_(None),
            m.area_code == area_code,
            m.measure_code.in_([measure.code for measure in measures_of(source)]),
        )
    )
    return {(code, Month.of(day)): value for code, day, value in found}


def doubted_months(conn: Connection, source: str, reach: Reach) -> set[Month]:
    """Return the months of a source and extent against which a hold stands.

    Such figures were never published, so a corrected resend moves nothing. To be asked before the
    months of the delivery at hand are noted, which replaces them.
    """
    held = held_months().c
    found = conn.execute(
        select(held.month).where(held.source == source, held.extent == reach.extent.code)
    )
    return {Month.of(day) for day in found.scalars()}
