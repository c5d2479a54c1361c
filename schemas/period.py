"""Months, financial quarters and financial years: parsed, ordered and printed in one form.

A quarter here is always a financial one (April to June is the first) and a year runs from April to
March. The printed forms follow the Analysis Function's guidance on spreadsheets: months in words,
"to" between them, years never cut short.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import total_ordering
from typing import Protocol

MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LONG_NAMES = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


class PeriodError(ValueError):
    """The text names no period; the message says which forms are understood."""


@total_ordering
@dataclass(frozen=True)
class Month:
    """One calendar month, the grain of every stored measure."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not (1 <= self.number <= 12 and _FIRST_YEAR <= self.year <= _LAST_YEAR):
            raise PeriodError(f"There is no month {self.number} of year {self.year}.")

    @classmethod
    def of(cls, day: date) -> "Month":
        """Return the month that a day lies in."""
        return cls(day.year, day.month)

    @classmethod
    def from_ordinal(cls, ordinal: int) -> "Month":
        """Return the month with this count of months since year 0 (see `ordinal`)."""
        return cls(ordinal // 12, ordinal % 12 + 1)

    @classmethod
    def parse(cls, text: str) -> "Month":
        """Read "2021-03"."""
        if match := re.fullmatch(r"([0-9]{4})-([0-9]{2})", text.strip()):
            return cls(int(match[1]), int(match[2]))
        raise PeriodError("A month is written like 2021-03.")

    @property
    def ordinal(self) -> int:
        """Months since year 0: consecutive months differ by one."""
        return self.year * 12 + self.number - 1

    @property
    def start(self) -> date:
        """The first day; stored in the warehouse as the month itself."""
        return date(self.year, self.number, 1)

    @property
    def end(self) -> date:
        """The last day."""
        return date.fromordinal((self + 1).start.toordinal() - 1)

    @property
    def code(self) -> str:
        """The stored form, "2021-03"."""
        return f"{self.year:04}-{self.number:02}"

    @property
    def label(self) -> str:
        """The printed form, "Mar 2021"."""
        return f"{MONTH_NAMES[self.number - 1]} {self.year}"

    @property
    def financial_year(self) -> "FinancialYear":
        """The year from April to March that this month lies in."""
        return FinancialYear(self.year if self.number >= 4 else self.year - 1)

    @property
    def quarter(self) -> "Quarter":
        """The financial quarter that this month lies in."""
        return Quarter(self.financial_year.start_year, (self.number - 4) % 12 // 3 + 1)

    def __add__(self, months: int) -> "Month":
        return Month.from_ordinal(self.ordinal + months)

    def __lt__(self, other: "Month") -> bool:
        return self.ordinal < other.ordinal


@dataclass(frozen=True)
class Span:
    """Consecutive months, both ends included: what a delivery covers, what a cell adds up."""

    first: Month
    last: Month

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise PeriodError(f"{self.first.label} is after {self.last.label}.")

    def __iter__(self) -> Iterator[Month]:
        return (Month.from_ordinal(n) for n in range(self.first.ordinal, self.last.ordinal + 1))

    def __len__(self) -> int:
        return self.last.ordinal - self.first.ordinal + 1

    def __contains__(self, month: Month) -> bool:
        return self.first <= month <= self.last

    @property
    def code(self) -> str:
        """Its two months, "2020-04 to 2021-03"; one month alone stands once."""
        return self.first.code if len(self) == 1 else f"{self.first.code} to {self.last.code}"

    @property
    def label(self) -> str:
        """The printed form: "Jan to Mar 2021", "Apr 2020 to Mar 2021", "Mar 2021"."""
        if len(self) == 1:
            return self.first.label
        if self.first.year == self.last.year:
            return f"{MONTH_NAMES[self.first.number - 1]} to {self.last.label}"
        return f"{self.first.label} to {self.last.label}"

    def year_before(self) -> "Span":
        """Return the same months of the year before."""
        return Span(self.first + -12, self.last + -12)


class Period(Protocol):
    """What a pack is about: a quarter or a financial year."""

    @property
    def code(self) -> str:
        """The stored form."""
        ...

    @property
    def slug(self) -> str:
        """The form used in folder names."""
        ...

    @property
    def label(self) -> str:
        """The printed form."""
        ...

    @property
    def span(self) -> Span:
        """The months it is made of."""
        ...


@dataclass(frozen=True, order=True)
class FinancialYear:
    """April of `start_year` to March of the next."""

    start_year: int

    @property
    def code(self) -> str:
        """The stored form, "2020-21"."""
        return f"{self.start_year}-{(self.start_year + 1) % 100:02}"

    @property
    def slug(self) -> str:
        """The form used in folder names, "2020-21"."""
        return self.code

    @property
    def label(self) -> str:
        """The printed form, "Apr 2020 to Mar 2021"."""
        return self.span.label

    @property
    def span(self) -> Span:
        """Its twelve months."""
        return Span(Month(self.start_year, 4), Month(self.start_year + 1, 3))

    def year_before(self) -> "FinancialYear":
        """Return the year before."""
        return FinancialYear(self.start_year - 1)

    @property
    def quarters(self) -> tuple["Quarter", ...]:
        """Its four quarters in order."""
        return tuple(Quarter(self.start_year, n) for n in (1, 2, 3, 4))


@dataclass(frozen=True, order=True)
class Quarter:
    """Three months of a financial year; quarter 1 is April to June."""

    start_year: int
    number: int

    def __post_init__(self) -> None:
        if self.number not in (1, 2, 3, 4):
            raise PeriodError(f"There is no quarter {self.number}: quarters are 1 to 4.")

    @property
    def code(self) -> str:
        """The stored form, "2020-21-Q4"."""
        return f"{self.financial_year.code}-Q{self.number}"

    @property
    def slug(self) -> str:
        """The form used in folder names, "2020-21-q4"."""
        return self.code.lower()

    @property
    def label(self) -> str:
        """The printed form, "Jan to Mar 2021"."""
        return self.span.label

    @property
    def financial_year(self) -> FinancialYear:
        """The year that it belongs to."""
        return FinancialYear(self.start_year)

    @property
    def span(self) -> Span:
        """Its three months."""
        first = Month(self.start_year, 4) + 3 * (self.number - 1)
        return Span(first, first + 2)

    @property
    def year_to_date(self) -> Span:
        """April up to the end of this quarter."""
        return Span(self.financial_year.span.first, self.span.last)

    def year_before(self) -> "Quarter":
        """Return the same quarter of the year before."""
        return Quarter(self.start_year - 1, self.number)


_YEAR = r"([0-9]{4})\s*[-/–]\s*([0-9]{2}|[0-9]{4})"
_QUARTER = _YEAR + r"[\s_-]*[qQ]([0-9])"


def _year_from(match: re.Match[str]) -> FinancialYear:
    start, end = int(match[1]), match[2]
    if int(end) % 100 != (start + 1) % 100 or (len(end) == 4 and int(end) != start + 1):
        raise PeriodError(
            f"{match[1]}-{end} is no financial year: the second year follows the first."
        )
    year = FinancialYear(start)
    _ = year.span  # raises for years that no partner can mean
    return year


def parse_year(text: str) -> FinancialYear:
    """Read "2020-21", "2020/21" or "2020 -21" as the year from April 2020 to March 2021.

    Raises `PeriodError` for anything else, including years that do not follow each other.
    """
    words = text.strip()
    if match := re.fullmatch(_YEAR, words):
        return _year_from(match)
    instead = f"{words} is a quarter. " if re.fullmatch(_QUARTER, words) else ""
    raise PeriodError(
        f"{instead}A financial year is written like 2020-21 (April 2020 to March 2021)."
    )


def parse_quarter(text: str) -> Quarter:
    """Read "2020-21-Q4", "2020-21 Q4" or "Jan to Mar 2021" as one financial quarter.

    Raises `PeriodError` for anything else, including three months that are no financial quarter.
    """
    words = text.strip()
    if match := re.fullmatch(_QUARTER, words):
        return Quarter(_year_from(match).start_year, int(match[3]))
    if match := re.fullmatch(r"([A-Za-z]+)\s+(?:to|-|–)\s+([A-Za-z]+)\s+([0-9]{4})", words):
        first, last = month_number(match[1]), month_number(match[2])
        if first and last:
            quarter = Month(int(match[3]), last).quarter
            if quarter.span.first.number == first and quarter.span.last.number == last:
                return quarter
            raise PeriodError(
                "Those months are not a financial quarter. Quarters are Apr to Jun, Jul to Sep, "
                "Oct to Dec and Jan to Mar."
            )
    instead = f"{words} is a financial year. " if re.fullmatch(_YEAR, words) else ""
    raise PeriodError(f'{instead}A quarter is written like 2020-21-Q4 or "Jan to Mar 2021".')


def parse_period(text: str) -> Period:
    """Read a quarter or a year in any of their written forms; raises `PeriodError`."""
    readers: tuple[Callable[[str], Period], ...] = (parse_quarter, parse_year)
    reasons = []
    for read in readers:
        try:
            return read(text)
        except PeriodError as error:
            reasons.append(str(error))
    raise PeriodError(" ".join(reasons))


def parse_span(text: str) -> Span:
    """Read any period that a table prints or a view stores, as its months.

    A month ("Apr 2020", "2020-04"), a quarter ("Apr to Jun 2020", "2020-21-Q1"), a year ("2020-21",
    "Apr 2020 to Mar 2021") or a year to date ("Apr to Sep 2020", "2020-21-Q2-YTD"). Raises
    `PeriodError` for anything else, and for "2011-12", which may be a month or a year.
    """
    words = " ".join(text.split())
    if match := re.fullmatch(r"([0-9]{4})-([0-9]{2})", words):
        return _month_or_year(int(match[1]), int(match[2]), words)
    if match := re.fullmatch(r"([A-Za-z]+) ([0-9]{4})", words):
        if number := month_number(match[1]):
            return Span(*2 * (Month(int(match[2]), number),))
    elif match := re.fullmatch(r"(.+?)[ _-](?:YTD|year to date)", words, re.IGNORECASE):
        return parse_quarter(match[1]).year_to_date
    elif match := re.fullmatch(
        r"([A-Za-z]+)(?: ([0-9]{4}))? (?:to|-|–) ([A-Za-z]+) ([0-9]{4})", words
    ):
        first, last = month_number(match[1]), month_number(match[3])
        if first and last:
            span = Span(Month(int(match[2] or match[4]), first), Month(int(match[4]), last))
            period_code(span)  # raises for months that no table adds up
            return span
    elif re.fullmatch(_YEAR, words):
        return parse_year(words).span
    elif re.fullmatch(_QUARTER, words):
        return parse_quarter(words).span
    raise PeriodError(
        'A period is written like "Apr 2020" or 2020-04 (a month), "Apr to Jun 2020" or 2020-21-Q1 '
        '(a quarter), "Apr to Sep 2020" or 2020-21-Q2-YTD (a year to date), or 2020-21 (a year).'
    )


def _month_or_year(year: int, number: int, words: str) -> Span:
    is_year = number == (year + 1) % 100
    if is_year and 1 <= number <= 12:
        raise PeriodError(
            f'{words} may be a month or a year: write "{Month(year, number).label}", or '
            f"{year}/{number:02}."
        )
    if is_year or number > 12:
        return parse_year(words).span
    return Span(*2 * (Month(year, number),))


def period_code(span: Span) -> str:
    """Return the stored form of a period that a table prints: see `parse_span`.

    Raises `PeriodError` for months that are no month, quarter, year or year to date.
    """
    quarter, year = span.last.quarter, span.last.financial_year
    known = {
        Span(span.last, span.last): span.last.code,
        quarter.year_to_date: f"{quarter.code}-YTD",
        quarter.span: quarter.code,
        year.span: year.code,
    }
    if span not in known:
        raise PeriodError(
            f"{span.label} is no period of a table: those are a month, a financial quarter, a "
            "financial year, or April up to the end of a quarter."
        )
    return known[span]


def month_number(word: str) -> int | None:
    """Return 1 to 12 for the name of a month, long or cut to three letters, else None."""
    low = word.lower()
    for number, name in enumerate(_LONG_NAMES, start=1):
        if low in (name, name[:3]):
            return number
    return None
