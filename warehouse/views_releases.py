"""The views of what was published, and of figures that were changed since they first stood."""

from typing import Any

from sqlalchemy import Select, and_, case, null, select

from warehouse.releases import CONFIDENTIAL
from warehouse.tables import MEASURE_MONTH, RELEASE, RELEASE_CELL


def releases() -> Select[Any]:
    """Return one row a pack that was published."""
    return select(*RELEASE.c)


def release_cells() -> Select[Any]:
    """Return one row a figure of a release, as it was published: without what it did not show."""
    c = RELEASE_CELL.c
    shown = case((c.mark == CONFIDENTIAL, null()), else_=c.value)
    return select(*(shown.label("value") if column is c.value else column for column in c))


def revisions() -> Select[Any]:
    """Return one row a version of a measure's month that another took the place of.

    `was` is what it was, `became` what the delivery made of it; null where it is no longer known.
    """
    old, new = MEASURE_MONTH.alias("old"), MEASURE_MONTH.alias("new")
    return (
        select(
            old.c.measure_code, old.c.area_code, old.c.month, old.c.quarter_code,
            old.c.year_code, old.c.value.label("was"), new.c.value.label("became"),
            old.c.superseded_by.label("delivery_id"),
        )
        .select_from(old)
        .outerjoin(
            new,
            and_(
                new.c.delivery_id == old.c.superseded_by,
                new.c.measure_code == old.c.measure_code,
                new.c.area_code == old.c.area_code,
                new.c.month == old.c.month,
            ),
        )
        .where(old.c.superseded_by.is_not(None))
    )  # fmt: skip
