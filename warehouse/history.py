"""What the warehouse holds beside a delivery: the history that it is held against."""

from collections.abc import Mapping

from sqlalchemy import Connection, insert, select

from schemas.measures import measures_of
from schemas.period import Month, Span
from warehouse.mart import Reach, Tally
from warehouse.tables import DELIVERY, DELIVERY_MONTH, HOLD, MEASURE_MONTH

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


def doubted_months(conn: Connection, source: str, reach: Reach, delivery_id: int) -> set[Month]:
    """Return the months against which a hold stood when this delivery came.

    Such figures were never published, so a corrected resend moves nothing. A hold no longer
    stands once it is released, or once a later delivery has replaced the month.
    """
    same = (
        DELIVERY.c.source == source,
        DELIVERY.c.extent == reach.extent.code,
        DELIVERY.c.id < delivery_id,
    )
    months = conn.execute(
        select(DELIVERY_MONTH.c.month, DELIVERY.c.id)
        .join(DELIVERY, DELIVERY.c.id == DELIVERY_MONTH.c.delivery_id)
        .where(*same)
        .order_by(DELIVERY.c.id)
    ).all()
    last = {Month.of(day): number for day, number in months}
    raised = conn.execute(
        select(HOLD.c.first_month, HOLD.c.last_month, HOLD.c.delivery_id)
        .join(DELIVERY, DELIVERY.c.id == HOLD.c.delivery_id)
        .where(*same, HOLD.c.released_at.is_(None), HOLD.c.is_year_only.is_(False))
    )
    return {
        month
        for start, end, holder in raised
        for month in Span(Month.of(start), Month.of(end))
        if holder >= last.get(month, 0)
    }
