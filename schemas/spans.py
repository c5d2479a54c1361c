"""Codes of the months that a figure is made of: one stretch of months has one code.

April to June of a year is its first quarter and its first year to date alike; both are
`2020-21-Q1`. A month is `2020-04-01`, as its first day: "2003-04" is a financial year.
"""

import re
from datetime import date
from functools import cache

from schemas.period import Month, PeriodError, Span, parse_quarter, parse_year

TO_DATE = "-YTD"


@cache
def code_of(span: Span) -> str:
    """Return the code of a month, quarter, year, or year to date (`2020-21-Q2-YTD`).

    Raises `PeriodError` for other months: no figure is made of them.
    """
    quarter = span.last.quarter
    if len(span) == 1:
        return span.first.start.isoformat()
    if span == quarter.financial_year.span:
        return quarter.financial_year.code
    if span == quarter.span:
        return quarter.code
    if span == quarter.year_to_date:
        return f"{quarter.code}{TO_DATE}"
    raise PeriodError(f"No figure is made of {span.label}.")


@cache
def span_of(code: str) -> Span:
    """Return the months that a code stands for; raises `PeriodError` where it is none."""
    if code.endswith(TO_DATE):
        return parse_quarter(code.removesuffix(TO_DATE)).year_to_date
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-01", code):
        month = Month.of(date.fromisoformat(code))
        return Span(month, month)
    return parse_quarter(code).span if "Q" in code else parse_year(code).span
