"""Which months are held: what views, and the loads that come, know of standing holds."""

from sqlalchemy import Subquery, and_, case, func, select

from warehouse.tables import DELIVERY, DELIVERY_MONTH, HOLD


def held_months() -> Subquery:
    """Return the months against which a hold stands: one row a source, extent and month.

    A hold stands until it is released, or until a later delivery of the source and extent has
    replaced the month. It may be about months that its own delivery does not cover: those whose
    figures it moved. `is_unknown` says that nobody knows yet whether a month without rows was empty
    or is missing.
    """
    d, month = DELIVERY.c, DELIVERY_MONTH.c.month
    last = (
        select(d.source, d.extent, month, func.max(d.id).label("delivery_id"))
        .join(DELIVERY_MONTH, DELIVERY_MONTH.c.delivery_id == d.id)
        .group_by(d.source, d.extent, month)
        .subquery("last_delivery")
    )
    return (
        select(
            d.source,
            d.extent,
            last.c.month,
            func.max(case((HOLD.c.rule == "months-missing", 1), else_=0)).label("is_unknown"),
        )
        .select_from(HOLD)
        .join(DELIVERY, d.id == HOLD.c.delivery_id)
        .join(
            last,
            and_(
                last.c.source == d.source,
                last.c.extent == d.extent,
                last.c.delivery_id <= d.id,
                last.c.month >= HOLD.c.first_month,
                last.c.month <= HOLD.c.last_month,
            ),
        )
        .where(HOLD.c.released_at.is_(None), HOLD.c.is_year_only.is_(False))
        .group_by(d.source, d.extent, last.c.month)
        .subquery()
    )
