"""Matches the headings of a file to a declared layout.

Headings are compared after cleaning: byte order mark, hard spaces, line breaks, case, runs of
blanks and note marks such as "[note 2]" do not count. Nothing else is forgiven.
"""

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from schemas.issues import Issue
from schemas.period import Span
from schemas.words import listed
from sources.spec import Alias, Column, Layout, Lookalike

SEARCH_ROWS = 20


@lru_cache(maxsize=4096)
def clean(heading: str) -> str:
    """Return a heading in the form in which headings are compared.

    The first rows of a file are held against every layout, each cell of them several times.
    """
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
    that are not there, `doubled` those that stand there twice and `ambiguous` those that two names
    claim, with the letters of their columns; `lapsed` says of a missing heading which column has a
    name that is not agreed for the file's months; `issues` what is worth saying about the others.
    """

    layout: Layout
    positions: dict[str, tuple[int, ...]]
    missing: tuple[str, ...]
    doubled: tuple[str, ...]
    issues: tuple[Issue, ...]
    undeclared: int
    ambiguous: tuple[tuple[str, str], ...] = ()
    lapsed: tuple[tuple[str, str], ...] = ()

    @property
    def fits(self) -> bool:
        """True when every required heading is there, once."""
        return not self.missing and not self.doubled and not self.ambiguous

    @property
    def share(self) -> float:
        """Share of the layout's fields that were found."""
        return len(self.positions) / len(self.layout.columns)

    @property
    def faults(self) -> list[Issue]:
        """Why the headings do not fit, every reason at once."""
        lapsed = dict(self.lapsed)
        return [
            *(Issue("header-doubled", column=header) for header in self.doubled),
            *(Issue("header-ambiguous", column=h, expected=places) for h, places in self.ambiguous),
            *(Issue("header-missing", column=h, expected=lapsed.get(h, "")) for h in self.missing),
        ]


@dataclass
class _Search:
    """The search for a layout's headings in one row."""

    cleaned: list[str]
    span: Span | None
    missing: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    ambiguous: list[tuple[str, str]] = field(default_factory=list)
    lapsed: list[tuple[str, str]] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    places: dict[str, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for place, heading in enumerate(self.cleaned):
            self.places.setdefault(heading, []).append(place)

    def find(self, column: Column, header: str) -> int | None:
        """Return the place of one heading of a column; None, and why, when there is no one."""
        agreed, former = _names(header, column.aliases, self.span)
        found = [place for name in agreed for place in self.places.get(name, [])]
        if len(found) == 1:
            if self.cleaned[found[0]] != agreed[0]:
                alias = next(n for n in column.other_names if clean(n) == self.cleaned[found[0]])
                self.issues.append(Issue("header-alias", column=alias, expected=f"'{header}'"))
            return found[0]
        if found:
            if len({self.cleaned[place] for place in found}) > 1:
                letters = [column_letter(place) for place in sorted(found)]
                self.ambiguous.append((header, f"columns {listed(letters)}"))
            else:
                self.doubled.append(header)
        elif column.required:
            self.missing.append(header)
            for name, described in former.items():
                for place in self.places.get(name, []):
                    told = f"Column {column_letter(place)} has a name that is agreed {described}."
                    self.lapsed.append((header, told))
        return None


@cache
def _names(
    header: str, aliases: tuple[str | Alias, ...], span: Span | None
) -> tuple[tuple[str, ...], dict[str, str]]:
    """Return the names that a heading may have, its own first, and those it may not have now."""
    declared = [alias if isinstance(alias, Alias) else Alias(alias) for alias in aliases]
    agreed = [header, *(alias.name for alias in declared if alias.holds(span))]
    former = {clean(alias.name): alias.described for alias in declared if not alias.holds(span)}
    return tuple(dict.fromkeys(clean(name) for name in agreed)), former


def match_headers(headings: Sequence[str], layout: Layout, span: Span | None = None) -> HeaderMatch:
    """Match one row of headings to a layout; see `HeaderMatch` for what comes back.

    `span` are the months that the name of the file states: some aliases hold for a time only.
    """
    search = _Search([clean(h) for h in headings], span)
    positions: dict[str, tuple[int, ...]] = {}
    used: set[int] = set()
    for column in layout.columns:
        places = [search.find(column, header) for header in column.headers]
        found = [place for place in places if place is not None]
        if len(found) == len(places):
            positions[column.field] = tuple(found)
        used.update(found)
    if layout.one_of and not any(name in positions for name in layout.one_of):
        names = [c.headers[0] for c in layout.columns if c.field in layout.one_of]
        search.missing.append(" or ".join(names))
    known = _cleaned(layout.left_out)
    extra = [i for i, heading in enumerate(search.cleaned) if heading and i not in used]
    undeclared = [i for i in extra if search.cleaned[i] not in known]
    # An undeclared heading may itself be personal data (a name, a number typed into the row), so
    # it is named by its letter alone.
    search.issues += [
        Issue("column-undeclared", column=f"column {column_letter(i)}") for i in undeclared
    ]
    return HeaderMatch(
        layout, positions, tuple(dict.fromkeys(search.missing)),
        tuple(dict.fromkeys(search.doubled)), tuple(search.issues), len(extra),
        tuple(dict.fromkeys(search.ambiguous)), tuple(dict.fromkeys(search.lapsed)),
    )  # fmt: skip


def mistaken_for(headings: Sequence[str], lookalikes: Iterable[Lookalike]) -> Lookalike | None:
    """Return the other publication that a row of headings is typical of."""
    cleaned = {clean(h) for h in headings}
    for other in lookalikes:
        if len(cleaned & set(_cleaned(other.headings))) >= other.least:
            return other
    return None


def nearest(missing: str, headings: Sequence[str]) -> str:
    """Say by its letter which column may be meant by a missing heading; "" if none is like it."""
    cleaned = [clean(h) for h in headings]
    close = difflib.get_close_matches(clean(missing), [h for h in cleaned if h], n=1, cutoff=0.75)
    return f"The nearest is column {column_letter(cleaned.index(close[0]))}." if close else ""
