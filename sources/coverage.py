"""Which months a file covers: by its name, else by its rows.

A delivery replaces all that was loaded for the months it covers, so a single wrong date must not
widen them. From the rows, a month belongs to the file when it holds at least a tenth as many rows
as its fullest month, and months between two that belong must belong too.
"""

import re
from collections import Counter

from schemas.issues import DeliveryRejected, Issue
from schemas.period import Month, PeriodError, Quarter, Span, month_number, parse_year

SHARE_OF_FULLEST = 0.1


def month_in_name(name: str) -> Span | None:
    """Find "2025-04" or "july_2014" in a file name."""
    if match := re.search(r"(?<![0-9])([0-9]{4})[-_]([0-9]{2})(?![0-9])", name):
        return _month(int(match[1]), int(match[2]))
    if match := re.search(r"(?<![A-Za-z])([A-Za-z]{3,9})[-_ ]([0-9]{4})(?![0-9])", name):
        number = month_number(match[1])
        return _month(int(match[2]), number) if number else None
    return None


def _month(year: int, number: int) -> Span | None:
    try:
        month = Month(year, number)
    except PeriodError:
        return None
    return Span(month, month)


def period_in_name(name: str) -> Span | None:
    """Find a financial quarter ("2020-21-q4", "2020-21 Q4") or year ("2020-21") in a file name.

    A name that goes on to say which part of the year it means, in a way that is not understood,
    gives None: a quarter's file must never be taken for its year's.
    """
    match = re.search(r"(?<![0-9])([0-9]{4}[-/][0-9]{2})(?![0-9A-Za-z])", name)
    if match is None:
        return None
    try:
        year = parse_year(match[1])
    except PeriodError:
        return None
    rest = name[match.end() :]
    if quarter := re.match(r"[-_ ]*[qQ]([1-4])(?![0-9])", rest):
        return Quarter(year.start_year, int(quarter[1])).span
    words = re.split(r"[^A-Za-z0-9]+", name)
    is_part = any(
        month_number(word) or re.fullmatch(r"q(?:uarter|tr)?[0-9]*", word.lower()) for word in words
    )
    return None if is_part else year.span


def spread(rows_by_month: Counter[Month], months_a_row: int) -> Counter[Month]:
    """Count rows that speak for several months in each of them: a year's in all its twelve."""
    found: Counter[Month] = Counter()
    for month, rows in rows_by_month.items():
        for back in range(months_a_row):
            found[month + -back] += rows
    return found


def span_from_rows(rows_by_month: Counter[Month]) -> Span:
    """Return the months that rows speak for; raises `DeliveryRejected` when that is not clear."""
    fullest = max(rows_by_month.values(), default=0)
    belonging = sorted(
        month for month, rows in rows_by_month.items() if rows >= fullest * SHARE_OF_FULLEST
    )
    if not belonging:
        raise DeliveryRejected(
            Issue("months-unknown", expected="Its name states no period and no row has a date.")
        )
    span = Span(belonging[0], belonging[-1])
    gaps = [month.label for month in span if month not in belonging]
    if gaps:
        shown = ", ".join(gaps[:3]) + (" and others" if len(gaps) > 3 else "")
        raise DeliveryRejected(
            Issue(
                "months-unknown",
                expected=f"Its name states no period, and its rows leave out {shown} between "
                f"{span.first.label} and {span.last.label}.",
            )
        )
    return span
