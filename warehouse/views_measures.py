"""The views of measures by month, quarter and year: what a figure is, and how far it is to be
trusted.

A figure is a value or a mark. `is_held` says that a hold stands against it, `is_provisional` that
the tables of its financial year have not been published yet, and `is_revised` that it is another
one now than when it was last published.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Integer,
    Select,
    String,
    Subquery,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    null,
    select,
)
from sqlalchemy.sql import ColumnElement
from sqlalchemy.sql.selectable import FromClause

from warehouse.days import DayText, YearBefore
from warehouse.held import held_months
from warehouse.tables import AREA, DELIVERY, MEASURE, MEASURE_MONTH, RELEASE, RELEASE_CELL


def mark_of(value: ColumnElement[int]) -> ColumnElement[str]:
    """Return why there is no value."""
    return case((value.is_(None), literal("x")), else_=literal(""))


def flag(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """Return 1 or 0: both databases have these."""
    return case((condition, 1), else_=0)


def is_provisional(year_code: ColumnElement[str]) -> ColumnElement[int]:
    """Say whether the tables of a year have not been published yet."""
    published = exists(select(literal(1)).where(RELEASE.c.period_code == year_code))
    return case((published, 0), else_=1).label("is_provisional")


class Published:
    """The figure as it was last published, to be joined to what it is now."""

    def __init__(
        self, measure: ColumnElement[str], area: ColumnElement[str], period: ColumnElement[str]
    ):
        self.cell, mine = RELEASE_CELL.alias("published"), RELEASE_CELL.alias("mine")
        last = (
            select(func.max(mine.c.release_id))
            .where(*self._same(mine, measure, area, period))
            .scalar_subquery()
        )
        self.on = and_(
            *self._same(self.cell, measure, area, period), self.cell.c.release_id == last
        )

    @staticmethod
    def _same(
        cell: FromClause,
        measure: ColumnElement[str],
        area: ColumnElement[str],
        period: ColumnElement[str],
    ) -> tuple[ColumnElement[bool], ...]:
        c = cell.c
        return c.measure_code == measure, c.area_code == area, c.period_code == period

    def is_revised(self, value: ColumnElement[int]) -> ColumnElement[int]:
        """Say whether another value was published."""
        return flag(
            and_(self.cell.c.release_id.is_not(None), self.cell.c.value.is_distinct_from(value))
        ).label("is_revised")


def measure_month() -> Select[Any]:
    """Return each measure by month, with the same month of the year before beside."""
    m, held, held_before = MEASURE_MONTH.c, held_months(), held_months()
    # Joined to itself, not worked out, so that SQLite's readers see the type of the value.
    known, before = MEASURE_MONTH.alias("known"), MEASURE_MONTH.alias("before")
    year_before = YearBefore(m.month)
    published = Published(m.measure_code, m.area_code, DayText(m.month))
    return (
        select(
            m.measure_code, MEASURE.c.label.label("measure_label"), MEASURE.c.unit,
            m.area_code, AREA.c.name.label("area_name"),
            m.month, m.quarter_code, m.year_code, known.c.value,
            mark_of(known.c.value).label("mark"),
            before.c.value.label("previous"),
            mark_of(before.c.value).label("previous_mark"),
            (known.c.value - before.c.value).label("change"),
            flag(held.c.month.is_not(None)).label("is_held"),
            is_provisional(m.year_code),
            published.is_revised(known.c.value),
        )
        .join(MEASURE, MEASURE.c.code == m.measure_code)
        .join(AREA, AREA.c.code == m.area_code)
        .join(DELIVERY, DELIVERY.c.id == m.delivery_id)
        .outerjoin(held, _are_held(held, m.month))
        .outerjoin(held_before, _are_held(held_before, year_before))
        .outerjoin(known, and_(func.coalesce(held.c.is_unknown, 0) == 0, known.c.id == m.id))
        .outerjoin(
            before,
            and_(
                func.coalesce(held_before.c.is_unknown, 0) == 0,
                before.c.measure_code == m.measure_code,
                before.c.area_code == m.area_code,
                before.c.month == year_before,
                before.c.superseded_by.is_(None),
            ),
        )
        .outerjoin(published.cell, published.on)
        .where(m.superseded_by.is_(None))
    )  # fmt: skip


def _are_held(held: Subquery, month: ColumnElement[Any]) -> ColumnElement[bool]:
    """Join a figure's month to the holds against what its delivery speaks for."""
    return and_(
        held.c.source == DELIVERY.c.source,
        held.c.extent == DELIVERY.c.extent,
        held.c.month == month,
    )


def _is_known(held: Subquery) -> ColumnElement[int]:
    return case((held.c.is_unknown == 1, 0), else_=1)


def _whole(value: ColumnElement[int], held: Subquery, months: int) -> ColumnElement[Any]:
    """Add the months of a period up; a sum over part of them is no figure of it."""
    # PostgreSQL's own sum of whole numbers is a decimal one.
    total = cast(func.sum(value), BigInteger)
    return case((func.sum(_is_known(held)) == months, total), else_=null())


def _added_up(period: str, months: int) -> Subquery:
    m, held = MEASURE_MONTH.c, held_months()
    return (
        select(
            m.measure_code, m.area_code, m[period],
            func.sum(_is_known(held)).label("months_present"),
            func.max(flag(held.c.month.is_not(None))).label("is_held"),
            _whole(m.value, held, months).label("value"),
        )
        .select_from(MEASURE_MONTH)
        .join(DELIVERY, DELIVERY.c.id == m.delivery_id)
        .outerjoin(held, _are_held(held, m.month))
        .where(m.superseded_by.is_(None))
        .group_by(m.measure_code, m.area_code, m[period])
        .subquery()
    )  # fmt: skip


def _year_before(now: Subquery, period: str, months: int) -> ColumnElement[Any]:
    """Return the figure of the same period of the year before.

    Looked up for each row: all periods added up a second time, to be joined, would take most of
    the time that one district and quarter are answered in.
    """
    before, held = MEASURE_MONTH.alias("before"), held_months()
    code = now.c[period]
    year = cast(cast(func.substr(code, 1, 4), Integer) - 1, String(4))
    code_before = year + "-" + func.substr(code, 3, 2) + func.substr(code, 8)
    return (
        select(_whole(before.c.value, held, months))
        .select_from(before)
        .join(DELIVERY, DELIVERY.c.id == before.c.delivery_id)
        .outerjoin(held, _are_held(held, before.c.month))
        .where(
            before.c.measure_code == now.c.measure_code,
            before.c.area_code == now.c.area_code,
            before.c[period] == code_before,
            before.c.superseded_by.is_(None),
        )
        .correlate(now)
        .scalar_subquery()
    )


def measure_period(period: str, months: int) -> Select[Any]:
    """Add the months of each quarter or year up, with the same period of the year before beside."""
    now = _added_up(period, months)
    previous = _year_before(now, period, months)
    published = Published(now.c.measure_code, now.c.area_code, now.c[period])
    return (
        select(
            now.c.measure_code, MEASURE.c.label.label("measure_label"), MEASURE.c.unit,
            now.c.area_code, AREA.c.name.label("area_name"), now.c[period],
            now.c.months_present, now.c.value,
            mark_of(now.c.value).label("mark"),
            previous.label("previous"),
            mark_of(previous).label("previous_mark"),
            (now.c.value - previous).label("change"),
            now.c.is_held,
            is_provisional(func.substr(now.c[period], 1, 7)),
            published.is_revised(now.c.value),
        )
        .select_from(now)
        .join(MEASURE, MEASURE.c.code == now.c.measure_code)
        .join(AREA, AREA.c.code == now.c.area_code)
        .outerjoin(published.cell, published.on)
    )  # fmt: skip
