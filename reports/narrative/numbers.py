"""Finds numbers in a text that are no reference: nothing binds them to a stored figure.

Not taken for figures: years and financial years (2021, 2020-21), the day of a date (20 April 2021),
numbers joined to a word (Y6, Covid-19), addresses of links, and the numbers of a list.
"""

import re
from collections.abc import Iterator

from reports.narrative.references import REFERENCE
from schemas.period import Month, month_number

_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
)
_LEFT_OUT = re.compile(
    r"\]\([^)]*\)|<[^>\s]*>|https?://\S+|www\.\S+"
    r"|\b(?:19|20)[0-9]{2}\b(?:\s?[-/–]\s?[0-9]{2}\b(?![0-9]))?"
    rf"|\b[0-9]{{1,2}}(?:st|nd|rd|th)? (?:{_MONTHS})\b"
)
_DATE = re.compile(rf"\b({_MONTHS}) ([0-9]{{4}})\b")
_LIST = re.compile(r"^\s*[0-9]{1,9}[.)]\s")
_NUMBER = re.compile(r"(?<![\w\-.,])[£+\-\u2212]?[0-9][0-9,.]*(?<![.,])%?(?![\w])")


def bare_numbers(content: str) -> Iterator[tuple[int, str]]:
    """Yield line and text of each number that is neither a reference nor declared."""
    for number, line in _lines(content):
        rest = _LEFT_OUT.sub(" ", _LIST.sub(" ", line))
        for found in _NUMBER.finditer(rest):
            yield number, found[0]


def later_dates(content: str, last: Month) -> Iterator[tuple[int, str]]:
    """Yield line and text of each month that is after the last one of a report."""
    for number, line in _lines(content):
        for found in _DATE.finditer(line):
            month = Month(int(found[2]), month_number(found[1]) or 1)
            if month > last:
                yield number, found[0]


def _lines(content: str) -> Iterator[tuple[int, str]]:
    """Return the lines of a text by their numbers, without its references."""
    bare = REFERENCE.sub(lambda found: "\n" * found[0].count("\n"), content)
    return enumerate(bare.splitlines(), start=1)
