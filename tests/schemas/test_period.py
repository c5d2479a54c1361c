"""Months, quarters and financial years: what is understood, what is printed, what is refused."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.period import (
    FinancialYear,
    Month,
    PeriodError,
    Quarter,
    Span,
    month_number,
    parse_quarter,
    parse_span,
    parse_year,
    period_code,
)

years = st.integers(1901, 2098)
months = st.builds(Month, years, st.integers(1, 12))


def test_a_month():
    march = Month(2021, 3)
    assert (march.code, march.label) == ("2021-03", "Mar 2021")
    assert (march.start, march.end) == (date(2021, 3, 1), date(2021, 3, 31))
    assert Month(2020, 2).end == date(2020, 2, 29)
    assert march + 1 == Month(2021, 4)
    assert march + -3 == Month(2020, 12)
    assert Month(2020, 12) < march
    assert march >= Month(2021, 3)
    assert Month.of(date(2021, 3, 31)) == march
    assert Month.parse(" 2021-03 ") == march


@pytest.mark.parametrize(
    ("month", "quarter", "year"),
    [
        ("2020-03", "2019-20-Q4", "2019-20"),
        ("2020-04", "2020-21-Q1", "2020-21"),
        ("2020-06", "2020-21-Q1", "2020-21"),
        ("2020-07", "2020-21-Q2", "2020-21"),
        ("2020-12", "2020-21-Q3", "2020-21"),
        ("2021-01", "2020-21-Q4", "2020-21"),
    ],
)
def test_the_financial_quarter_and_year_of_a_month(month: str, quarter: str, year: str):
    assert Month.parse(month).quarter.code == quarter
    assert Month.parse(month).financial_year.code == year


@pytest.mark.parametrize("text", ["2021-3", "2021/03", "202103", "Mar 2021", "2021-03-01", ""])
def test_no_month(text: str):
    with pytest.raises(PeriodError, match="written like 2021-03"):
        Month.parse(text)


@pytest.mark.parametrize(("year", "number"), [(2021, 0), (2021, 13), (1899, 12), (2101, 1)])
def test_months_that_there_are_not(year: int, number: int):
    with pytest.raises(PeriodError, match=f"no month {number} of year {year}"):
        Month(year, number)


@given(months)
def test_a_month_survives_being_written_and_read(month: Month):
    assert Month.parse(month.code) == month
    assert Month.from_ordinal(month.ordinal) == month
    assert (month + 1).ordinal == month.ordinal + 1
    assert month in month.quarter.span
    assert month in month.financial_year.span


@pytest.mark.parametrize(
    ("first", "last", "label", "code"),
    [
        ("2021-03", "2021-03", "Mar 2021", "2021-03"),
        ("2021-01", "2021-03", "Jan to Mar 2021", "2021-01 to 2021-03"),
        ("2020-04", "2021-03", "Apr 2020 to Mar 2021", "2020-04 to 2021-03"),
    ],
)
def test_how_a_span_is_printed_and_stored(first: str, last: str, label: str, code: str):
    span = Span(Month.parse(first), Month.parse(last))
    assert (span.label, span.code) == (label, code)


def test_a_span_holds_both_its_ends():
    span = Span(Month(2020, 12), Month(2021, 2))
    assert [month.code for month in span] == ["2020-12", "2021-01", "2021-02"]
    assert len(span) == 3
    assert Month(2021, 2) in span
    assert Month(2021, 3) not in span
    assert span.year_before() == Span(Month(2019, 12), Month(2020, 2))
    with pytest.raises(PeriodError, match="Mar 2021 is after Feb 2021"):
        Span(Month(2021, 3), Month(2021, 2))


def test_a_financial_year():
    year = FinancialYear(2020)
    assert (year.code, year.slug, year.label) == ("2020-21", "2020-21", "Apr 2020 to Mar 2021")
    assert len(year.span) == 12
    assert [q.label for q in year.quarters] == [
        "Apr to Jun 2020",
        "Jul to Sep 2020",
        "Oct to Dec 2020",
        "Jan to Mar 2021",
    ]
    assert year.year_before() == FinancialYear(2019) < year
    assert FinancialYear(1999).code == "1999-00"


def test_a_quarter():
    quarter = Quarter(2020, 4)
    assert (quarter.code, quarter.slug) == ("2020-21-Q4", "2020-21-q4")
    assert quarter.label == "Jan to Mar 2021"
    assert quarter.year_to_date.label == "Apr 2020 to Mar 2021"
    assert Quarter(2020, 2).year_to_date.label == "Apr to Sep 2020"
    assert quarter.year_before() == Quarter(2019, 4)
    assert quarter.financial_year == FinancialYear(2020)
    assert Quarter(2019, 4) < Quarter(2020, 1) < Quarter(2020, 2)
    with pytest.raises(PeriodError, match="no quarter 5"):
        Quarter(2020, 5)


@pytest.mark.parametrize("text", ["2020-21", "2020/21", "2020 -21", " 2020 – 21 ", "2020-2021"])
def test_ways_to_write_a_financial_year(text: str):
    assert parse_year(text) == FinancialYear(2020)


def test_a_financial_year_across_a_century():
    assert parse_year("1999-00") == parse_year("1999/2000") == FinancialYear(1999)


@pytest.mark.parametrize(
    "text",
    ["2020", "20-21", "2020-22", "2020-20", "2020-2121", "2020-121", "21-2020", "", "2020-21-Q4"],
)
def test_no_financial_year(text: str):
    with pytest.raises(PeriodError):
        parse_year(text)


def test_a_year_that_nobody_can_mean():
    with pytest.raises(PeriodError, match="no month 4 of year 1200"):
        parse_year("1200-01")


@pytest.mark.parametrize(
    "text",
    ["2020-21-Q4", "2020-21 Q4", "2020/21 q4", "2020-21_q4", "2020-2021Q4", "Jan to Mar 2021",
     "january to march 2021", "Jan - Mar 2021", "JAN – MAR 2021"],
)  # fmt: skip
def test_ways_to_write_a_quarter(text: str):
    assert parse_quarter(text) == Quarter(2020, 4)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2020-21-Q5", "no quarter 5"),
        ("2020-22-Q1", "the second year follows the first"),
        ("Feb to Apr 2021", "not a financial quarter"),
        ("Jan to Jun 2021", "not a financial quarter"),
        ("Mar to Jan 2021", "not a financial quarter"),
        ("one to two 2021", "written like 2020-21-Q4"),
        ("Jan to Mar", "written like 2020-21-Q4"),
        ("Q4", "written like 2020-21-Q4"),
        ("2020-21", "written like 2020-21-Q4"),
        ("", "written like 2020-21-Q4"),
    ],
)
def test_no_quarter(text: str, why: str):
    with pytest.raises(PeriodError, match=why):
        parse_quarter(text)


@given(years, st.integers(1, 4))
def test_a_quarter_survives_being_written_and_read(year: int, number: int):
    quarter = Quarter(year, number)
    assert parse_quarter(quarter.code) == parse_quarter(quarter.label) == quarter
    assert parse_year(quarter.financial_year.code) == quarter.financial_year
    assert {month.quarter for month in quarter.span} == {quarter}


@pytest.mark.parametrize(
    ("word", "number"),
    [("January", 1), ("jan", 1), ("MAY", 5), ("Sep", 9), ("december", 12), ("Sept", None)],
)
def test_names_of_months(word: str, number: int | None):
    assert month_number(word) == number


# --- any period that a table prints -----------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code", "label"),
    [
        ("Apr 2020", "2020-04", "Apr 2020"),
        ("april 2020", "2020-04", "Apr 2020"),
        ("2020-04", "2020-04", "Apr 2020"),
        ("Apr to Jun 2020", "2020-21-Q1", "Apr to Jun 2020"),
        ("Jan  to Mar 2021", "2020-21-Q4", "Jan to Mar 2021"),
        ("2020-21-Q4", "2020-21-Q4", "Jan to Mar 2021"),
        ("2020-21 q4", "2020-21-Q4", "Jan to Mar 2021"),
        ("Apr to Sep 2020", "2020-21-Q2-YTD", "Apr to Sep 2020"),
        ("2020-21-Q2-YTD", "2020-21-Q2-YTD", "Apr to Sep 2020"),
        ("2020-21-Q2 year to date", "2020-21-Q2-YTD", "Apr to Sep 2020"),
        ("2020-21-Q1-YTD", "2020-21-Q1", "Apr to Jun 2020"),
        ("2020-21-Q4-YTD", "2020-21", "Apr 2020 to Mar 2021"),
        ("2020-21", "2020-21", "Apr 2020 to Mar 2021"),
        ("2020/21", "2020-21", "Apr 2020 to Mar 2021"),
        ("Apr 2020 to Mar 2021", "2020-21", "Apr 2020 to Mar 2021"),
        ("1999-00", "1999-00", "Apr 1999 to Mar 2000"),
        ("2011/12", "2011-12", "Apr 2011 to Mar 2012"),
    ],
)
def test_a_period_as_it_is_printed_or_stored(text: str, code: str, label: str):
    span = parse_span(text)
    assert (period_code(span), span.label) == (code, label)


def test_a_text_that_may_be_a_month_or_a_year_is_not_guessed_at():
    with pytest.raises(PeriodError, match='write "Dec 2011", or 2011/12'):
        parse_span("2011-12")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("soon", "A period is written like"),
        ("2020", "A period is written like"),
        ("Foo 2020", "A period is written like"),
        ("Foo to Jun 2020", "A period is written like"),
        ("May to Jul 2020", "May to Jul 2020 is no period of a table"),
        ("Apr 2020 to Jan 2021", "is no period of a table"),
        ("Jun to Apr 2020", "Jun 2020 is after Apr 2020"),
        ("2020-21-Q5", "There is no quarter 5"),
        ("2020-00", "There is no month 0"),
        ("2020-23", "is no financial year"),
    ],
)
def test_no_period_of_a_table(text: str, said: str):
    with pytest.raises(PeriodError, match=said):
        parse_span(text)


@given(months)
def test_every_printed_period_is_read_back(month: Month):
    quarter, year = month.quarter, month.financial_year
    for span in (Span(month, month), quarter.span, quarter.year_to_date, year.span):
        assert parse_span(span.label) == span
    for span in (quarter.span, *([quarter.year_to_date] if quarter.number < 4 else [])):
        assert parse_span(period_code(span)) == span
    if year.start_year > 2011:
        assert parse_span(period_code(year.span)) == year.span
