"""Parsers of figures that partners or publications state: their words, areas and periods."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache

import pandas as pd

from schemas.areas import Home, district_codes
from schemas.codes import rows
from schemas.period import FinancialYear, Month, PeriodError, Quarter, Span, parse_span, parse_year
from schemas.spans import code_of
from schemas.words import listed
from sources.frames import BLANK_PART
from sources.parse import CATEGORY, NOTHING, TEXT, TIME, Parser

AT, TO = "at a date", "to date"
"""What stands for a period where a date is given beside it."""
EXPECTED = (
    "a month ('Apr 2020'), a quarter ('Apr to Jun 2020') or a financial year ('Apr 2020 to Mar "
    f"2021') with no date, or '{AT}' or '{TO}' with a date written as 31/12/2020"
)


def one_of(meanings: Mapping[str, str], shown: list[str]) -> Parser:
    """Read words, in any case, as what they mean; `shown` are those that a message names."""
    known = {word.lower(): value for word, value in meanings.items()}

    def convert(texts: pd.Series) -> pd.Series:
        return texts.str.lower().map(known).astype("str")

    return Parser(CATEGORY, "word-unknown", listed(shown, "or"), convert, NOTHING)


@cache
def stated_areas() -> Mapping[str, str]:
    """Return what a partner may call an area (lower case) to its code; our own codes begin with L.

    Districts and counties, the regions of England, and the areas without a code of their own or of
    the health service that `codes/stated_areas.csv` lists.
    """
    found = {row["county_code"].lower(): row["county_code"] for row in rows("districts")}
    found |= {row["county_name"].lower(): row["county_code"] for row in rows("districts")}
    found |= dict(district_codes())
    for row in rows("stated_areas"):
        for word in (row["code"], row["label"], *filter(None, row["also"].split("|"))):
            found[word.lower()] = row["code"]
    return found


def area() -> Parser:
    """Read an area by name or code as its code: one of the lists, or as csp.toml names its own."""

    def of(home: Home | None) -> Parser:
        own = () if home is None else home.named
        words = dict(stated_areas())
        words |= {word.lower(): one.code for one in own for word in (one.code, one.name)}
        if home is not None and home.locality is not None:
            words["locality"] = home.locality.code

        def convert(texts: pd.Series) -> pd.Series:
            return texts.str.lower().map(words).astype("str")

        return Parser(
            CATEGORY, "area-unknown", "an area's name or code", convert, NOTHING, at_home=of
        )

    return of(None)


def period() -> Parser:
    """Read a period and the date beside it (joined by a blank) as one code; see `PartnerReturn`."""

    def convert(texts: pd.Series) -> pd.Series:
        return texts.map(_code, na_action="ignore").astype("str")

    return Parser(TEXT, "period-unreadable", EXPECTED, convert)


def _code(text: str) -> str | None:
    words = " ".join(text.split())
    for lead in (AT, TO):
        if words.lower().startswith(f"{lead} "):
            day = _day(words[len(lead) + 1 :])
            return None if day is None else f"at {day.isoformat()}"
    if not words.endswith(f" {BLANK_PART}"):
        return None
    try:
        span = parse_span(words.removesuffix(f" {BLANK_PART}"))
    except PeriodError:
        return None
    return code_of(span) if _is_stated(span) else None


def _is_stated(span: Span) -> bool:
    """Say whether figures are stated for a period: a year to date is worked out, not stated."""
    last = span.last
    return len(span) == 1 or span in (last.quarter.span, last.financial_year.span)


def _day(words: str) -> date | None:
    """Read a date cell, or 31/12/2020, or 31 December 2020."""
    if match := re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?: 00:00:00)?", words):
        parts = tuple(int(part) for part in match.groups())
    elif match := re.fullmatch(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", words):
        parts = tuple(int(part) for part in reversed(match.groups()))
    else:
        for form in ("%d %B %Y", "%d %b %Y"):
            try:
                return datetime.strptime(words, form).date()
            except ValueError:
                continue
        return None
    try:
        return date(*parts)
    except ValueError:
        return None


def last_day(code: str) -> date:
    """Return the last day of a stated period, or its date."""
    if code.startswith("at "):
        return date.fromisoformat(code[3:])
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-01", code):
        return Month.of(date.fromisoformat(code)).end
    if "Q" in code:
        return Quarter(int(code[:4]), int(code[-1])).span.last.end
    return FinancialYear(int(code[:4])).span.last.end


def year_end() -> Parser:
    """Read a financial year (2020-21, 2020/21) as its last day."""
    return _end("a financial year such as 2020-21", _end_of_year)


def quarter_end() -> Parser:
    """Read a financial year and the number of a quarter beside it as the quarter's last day."""
    return _end("a financial year such as 2020/21 and a quarter from 1 to 4", _end_of_quarter)


def _end(expected: str, last: Callable[[str], date | None]) -> Parser:
    def convert(texts: pd.Series) -> pd.Series:
        return pd.to_datetime(texts.map(last, na_action="ignore")).astype(TIME)

    return Parser(TIME, "year-unreadable", expected, convert)


def _end_of_year(text: str) -> date | None:
    try:
        return parse_year(text).span.last.end
    except PeriodError:
        return None


def _end_of_quarter(text: str) -> date | None:
    match = re.fullmatch(r"(\S+) (?:[Qq](?:uarter )?)?([1-4])", text)
    if match is None:
        return None
    try:
        return Quarter(parse_year(match[1]).start_year, int(match[2])).span.last.end
    except PeriodError:
        return None
