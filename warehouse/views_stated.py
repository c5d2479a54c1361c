"""The view of the figures that partners state, with those of the year before beside."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Integer,
    Select,
    String,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    null,
    or_,
    select,
)
from sqlalchemy.sql import ColumnElement

from schemas.measures import Kind
from warehouse.held import held_months
from warehouse.tables import AREA, DELIVERY, MEASURE, MEASURE_STATED
from warehouse.views_measures import Published, flag, is_provisional


def measure_stated() -> Select[Any]:
    """Return the current figure of each measure, area and period that is stated or follows."""
    m, before, held = MEASURE_STATED.c, MEASURE_STATED.alias("before"), held_months()
    published = Published(m.measure_code, m.area_code, m.period_code)
    p = published.cell.c
    is_held = exists(
        select(literal(1)).where(
            held.c.source == DELIVERY.c.source,
            held.c.extent == DELIVERY.c.extent,
            held.c.month >= m.first_month,
            held.c.month <= m.last_month,
        )
    )
    is_another = or_(
        p.value.is_distinct_from(m.value),
        p.qualifier.is_distinct_from(m.qualifier),
        p.as_at_on.is_distinct_from(m.as_at_on),
    )
    has_change = and_(
        m.qualifier == "", before.c.qualifier == "", MEASURE.c.kind != Kind.CUMULATIVE.value
    )
    return (
        select(
            m.measure_code, MEASURE.c.label.label("measure_label"), MEASURE.c.unit,
            MEASURE.c.kind, m.area_code, AREA.c.name.label("area_name"), m.period_code,
            m.first_month, m.last_month, m.year_code, m.value, m.qualifier, m.as_at_on,
            before.c.value.label("previous"),
            func.coalesce(before.c.qualifier, "").label("previous_qualifier"),
            before.c.as_at_on.label("previous_as_at_on"),
            cast(case((has_change, m.value - before.c.value), else_=null()), BigInteger).label(
                "change"
            ),
            flag(is_held).label("is_held"),
            is_provisional(m.year_code),
            flag(and_(p.release_id.is_not(None), is_another)).label("is_revised"),
        )
        .join(MEASURE, MEASURE.c.code == m.measure_code)
        .join(AREA, AREA.c.code == m.area_code)
        .join(DELIVERY, DELIVERY.c.id == m.delivery_id)
        .outerjoin(
            before,
            and_(
                before.c.measure_code == m.measure_code,
                before.c.area_code == m.area_code,
                before.c.period_code == _code_before(m.period_code),
                before.c.superseded_by.is_(None),
            ),
        )
        .outerjoin(published.cell, published.on)
        .where(m.superseded_by.is_(None))
    )  # fmt: skip


def _code_before(code: ColumnElement[str]) -> ColumnElement[str]:
    """Return the code of the same period of the year before: 2019-04-01, or 2019-20-Q1."""
    year = cast(cast(func.substr(code, 1, 4), Integer) - 1, String(4))
    is_month = and_(func.length(code) == 10, func.substr(code, 9, 1) != "Q")
    return case(
        (is_month, year + func.substr(code, 5)),
        else_=year + "-" + func.substr(code, 3, 2) + func.substr(code, 8),
    )
