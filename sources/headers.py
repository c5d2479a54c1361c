"""Matches the headings of a file to a declared layout.

Headings are compared after cleaning: byte order mark, hard spaces, line breaks, case, runs of
blanks and note marks such as "[note 2]" do not count. Nothing else is forgiven.
"""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from schemas.issues import Issue
from sources.spec import Layout

SEARCH_ROWS = 20


def clean(heading: str) -> str:
    """Return a heading in the form in which headings are compared."""
    plain = heading.replace("\ufeff", "").replace("\xa0", " ")
    plain = re.sub(r"\[note [0-9]+\]", "", plain, flags=re.IGNORECASE)
    return re.sub(r"\s+", " ", plain).strip().lower()


@cache
def _cleaned(declared: tuple[str, ...]) -> tuple[str, ...]:
    """Clean declared headings, once."""
    return tuple(clean(name) for name in declared)


def column_letter(position: int) -> str:
    """Return the letter that a spreadsheet shows over a column (0 is A)."""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@dataclass(frozen=True)
class HeaderMatch:
    """How one row of headings fits a layout.

    `positions` gives for each field the columns it is read from; `missing` the required headings
    that are not there; `issues` what is worth saying about the others.
    """

    layout: Layout
    positions: dict[str, tuple[int, ...]]
    missing: tuple[str, ...]
    doubled: tuple[str, ...]
    issues: tuple[Issue, ...]
    undeclared: int

    @property
    def fits(self) -> bool:
        """True when every required heading is there, once."""
        return not self.missing and not self.doubled

    @property
    def share(self) -> float:
        """Share of the layout's fields that were found."""
        return len(self.positions) / len(self.layout.columns)


def match_headers(headings: Sequence[str], layout: Layout) -> HeaderMatch:
    """Match one row of headings to a layout; see `HeaderMatch` for what comes back."""
    cleaned = [clean(h) for h in headings]
    positions: dict[str, tuple[int, ...]] = {}
    missing: list[str] = []
    doubled: list[str] = []
    issues: list[Issue] = []
    used: set[int] = set()
    for column in layout.columns:
        found: list[int] = []
        for header in column.headers:
            names = _cleaned((header, *column.aliases))
            places = [i for i, heading in enumerate(cleaned) if heading in names]
            if len(places) > 1:
                doubled.append(header)
            elif not places and column.required:
                missing.append(header)
            elif places:
                found.append(places[0])
                if cleaned[places[0]] != names[0]:
                    issues.append(Issue("header-alias", column=header, expected=column.field))
        if len(found) == len(column.headers):
            positions[column.field] = tuple(found)
        used.update(found)
    known = _cleaned(layout.left_out)
    extra = [i for i, heading in enumerate(cleaned) if heading and i not in used]
    undeclared = [i for i in extra if cleaned[i] not in known]
    # An undeclared heading may itself be personal data (a name, a number typed into the row), so
    # it is named by its letter alone.
    issues += [Issue("column-undeclared", column=f"column {column_letter(i)}") for i in undeclared]
    return HeaderMatch(
        layout, positions, tuple(dict.fromkeys(missing)), tuple(dict.fromkeys(doubled)),
        tuple(issues), len(extra),
    )  # fmt: skip


def nearest(missing: str, headings: Sequence[str]) -> str:
    """Say by its letter which column may be meant by a missing heading; "" if none is like it."""
    cleaned = [clean(h) for h in headings]
    close = difflib.get_close_matches(clean(missing), [h for h in cleaned if h], n=1, cutoff=0.75)
    return f"The nearest is column {column_letter(cleaned.index(close[0]))}." if close else ""
