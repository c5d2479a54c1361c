"""Finds numbers in a text that are no reference: nothing binds them to a stored figure.

Not taken for figures: years and financial years (2021, 2020-21), the day of a date (20 April 2021),
numbers joined to a word (Y6, Covid-19), addresses of links, and the numbers of a list.
"""

import re
from collections.abc import Iterator

from reports.narrative.references import REFERENCE

_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
)
_LEFT_OUT = re.compile(
    r"\]\([^)]*\)|<[^>\s]*>|https?://\S+|www\.\S+"
    r"|\b(?:19|20)[0-9]{2}\b(?:\s?[-/–]\s?[0-9]{2}\b(?![0-9]))?"
    rf"|\b[0-9]{{1,2}}(?:st|nd|rd|th)? (?:{_MONTHS})\b"
)
_LIST = re.compile(r"^\s*[0-9]{1,9}[.)]\s")
_NUMBER = re.compile(r"(?<![\w\-.,])[£+\-\u2212]?[0-9][0-9,.]*(?<![.,])%?(?![\w])")


def bare_numbers(content: str) -> Iterator[tuple[int, str]]:
    """Yield line and text of each number that is neither a reference nor declared."""
    bare = REFERENCE.sub(lambda found: "\n" * found[0].count("\n"), content)
    for number, line in enumerate(bare.splitlines(), start=1):
        rest = _LEFT_OUT.sub(" ", _LIST.sub(" ", line))
        for found in _NUMBER.finditer(rest):
            yield number, found[0]
