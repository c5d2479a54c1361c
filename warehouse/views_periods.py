"""The view of periods: what the codes of months, quarters and years stand for."""

from datetime import date
from typing import Any

from sqlalchemy import (
    Date,
    Integer,
    Select,
    String,
    and_,
    case,
    cast,
    extract,
    func,
    literal,
    select,
    true,
    union_all,
)
from sqlalchemy.sql import ColumnElement

from schemas.period import MONTH_NAMES
from warehouse.tables import MEASURE_MONTH

Number = ColumnElement[int]


def periods() -> Select[Any]:
    """Return the periods of all current figures; a code tells which months they are.

    A year to date ends with the second or third quarter: that of the first is the quarter itself,
    that of the fourth the year.
    """
    m = MEASURE_MONTH.c
    year, number = cast(extract("year", m.month), Integer), cast(extract("month", m.month), Integer)
    quarter = cast(func.substr(m.quarter_code, 10, 1), Integer)
    start = cast(func.substr(m.year_code, 1, 4), Integer)
    # The last financial quarter lies in the year after the one that it is named for.
    of_quarter = case((quarter == 4, start + 1), else_=start)
    first = case((quarter == 4, 1), else_=quarter * 3 + 1)
    month_code = _text(year) + "-" + _two_digits(number) + "-01"
    to_date_code = m.quarter_code + "-YTD"
    april, march = literal(4), literal(3)
    spans = union_all(
        *(
            select(
                literal(kind).label("kind"), code.label("code"), m.year_code,
                year_from.label("year_from"), from_.label("first"),
                year_to.label("year_to"), to.label("last"),
            )
            .where(m.superseded_by.is_(None), where)
            .distinct()
            for kind, code, year_from, from_, year_to, to, where in (
                ("month", month_code, year, number, year, number, true()),
                ("quarter", m.quarter_code, of_quarter, first, of_quarter, first + 2, true()),
                ("to date", to_date_code, start, april, start, first + 2, quarter.in_((2, 3))),
                ("year", m.year_code, start, april, start + 1, march, true()),
            )
        )
    ).subquery()  # fmt: skip
    s = spans.c
    until = _name(s.last) + " " + _text(s.year_to)
    label = case(
        (and_(s.first == s.last, s.year_from == s.year_to), until),
        (s.year_from == s.year_to, _name(s.first) + " to " + until),
        else_=_name(s.first) + " " + _text(s.year_from) + " to " + until,
    )
    return select(
        s.code, s.kind, label.label("label"),
        _first_day(s.year_from, s.first).label("first_month"),
        _first_day(s.year_to, s.last).label("last_month"),
        s.year_code,
    )  # fmt: skip


def _text(number: Number) -> ColumnElement[str]:
    return cast(number, String)


def _two_digits(number: Number) -> ColumnElement[str]:
    return func.substr(literal("".join(f"{n:02}" for n in range(1, 13))), number * 2 - 1, 2)


def _name(number: Number) -> ColumnElement[str]:
    return func.substr(literal("".join(MONTH_NAMES)), number * 3 - 2, 3)


def _first_day(year: Number, number: Number) -> ColumnElement[date]:
    return func.date(_text(year) + "-" + _two_digits(number) + "-01", type_=Date)
