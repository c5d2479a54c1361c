"""Codes of the months that a figure is made of."""

import pytest

from schemas.period import FinancialYear, Month, PeriodError, Quarter, Span
from schemas.spans import code_of, span_of

APRIL, JUNE = Month(2020, 4), Month(2020, 6)


@pytest.mark.parametrize(
    ("span", "code"),
    [
        (Span(APRIL, APRIL), "2020-04-01"),
        (Quarter(2020, 4).span, "2020-21-Q4"),
        (Quarter(2020, 2).year_to_date, "2020-21-Q2-YTD"),
        (Quarter(2020, 3).year_to_date, "2020-21-Q3-YTD"),
        (FinancialYear(1999).span, "1999-00"),
    ],
)
def test_each_stretch_of_months_has_one_code_and_each_code_its_months(span, code):
    assert code_of(span) == code
    assert span_of(code) == span


def test_a_year_to_date_that_is_a_quarter_or_a_year_has_the_code_of_that():
    assert code_of(Quarter(2020, 1).year_to_date) == "2020-21-Q1"
    assert code_of(Quarter(2020, 4).year_to_date) == "2020-21"


def test_no_month_has_the_code_of_a_year():
    """Both were "2003-04" once: in the year from April 2003 on, its first month took its place."""
    years = {FinancialYear(n).code for n in range(1990, 2090)}
    months = {
        code_of(Span(Month(y, n), Month(y, n))) for y in range(1990, 2090) for n in (1, 4, 12)
    }
    assert years.isdisjoint(months)
    assert len(span_of("2003-04")) == 12
    assert len(span_of("2003-04-01")) == 1


@pytest.mark.parametrize("last", [Month(2020, 5), Month(2020, 7), Month(2021, 4)])
def test_other_months_are_no_figure(last):
    with pytest.raises(PeriodError, match="No figure is made of"):
        code_of(Span(APRIL, last))


@pytest.mark.parametrize("code", ["", "2020", "2020-04-02", "2020-21-Q5", "2020-21-YTD", "x-Q1"])
def test_what_is_no_code_is_refused(code):
    with pytest.raises(PeriodError):
        span_of(code)
