"""Which column of a table holds what: declared headings, and headings that are a period.

Two layouts are understood. In the first a row is a figure: its label, the figure, and what is
printed beside it. In the second a row is an area and every column a measure, headed with its name
and its period, and a cell says all at once: "- 6% (1103 to 1032)".
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reports.audit.printed import BLANK, Printed, read_printed
from schemas.period import Month, PeriodError, Span, parse_span
from schemas.words import listed

ROLES: Mapping[str, tuple[str, ...]] = {
    "label": ("label", "measure", "indicator", "offence", "crime type", "row"),
    "code": ("measure code",),
    "section": ("section", "table"),
    "area": ("area", "area name", "district"),
    "area_code": ("area code",),
    "period": ("period", "period label", "month"),
    "previous_period": ("previous period",),
    "kind": ("kind",),
    "unit": ("unit",),
    "now": ("this", "this year", "this period", "value", "current", "now"),
    "now_shown": ("value as published",),
    "before": ("previous", "previous year", "last year", "previous value", "before"),
    "before_shown": ("previous as published",),
    "percent": (
        "percent change", "% change", "percentage change", "pct change", "change (%)", "change %",
        "published pct change",
    ),
    "change": (
        "change", "numeric change", "numerical change", "difference", "published numeric change",
    ),
    "part_of": ("part of",),
    "mark": ("mark",),
    "before_mark": ("previous mark",),
    "percent_mark": ("percent mark",),
}  # fmt: skip
"""What a column may be headed, in lower case and with blanks for underscores."""

NO_FIGURE = frozenset({"attribute", "cadence", "derived"})
"""Kinds of a row that is no figure that could be compared or added."""

ROWS_SEARCHED = 20
NO_LABEL = "no label"
_PERIOD = (
    r"(?:[A-Za-z]+(?: [0-9]{4})? (?:to|-|–|\u2212) [A-Za-z]+ [0-9]{4}"
    r"|[0-9]{4} ?[-/–] ?[0-9]{2,4}|[A-Za-z]+ [0-9]{4})"
)
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-[0-9]{2}/([0-9]{4})-([0-9]{2})-[0-9]{2}")
_ISO_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})-01")


class NotUnderstood(Exception):  # noqa: N818 - it says what the file is
    """The columns of a table are not those of a known layout; the message says what is."""


@dataclass(frozen=True)
class Place:
    """Where something stands: the row as a spreadsheet numbers it, and the column's heading."""

    row: int
    heading: str


@dataclass(frozen=True)
class Entry:
    """One figure of a table with all that is printed of it; what is not printed is blank.

    `raw` is the whole row as it stands.
    """

    row: int
    label: str
    cells: Mapping[str, Printed]
    headings: Mapping[str, str]
    texts: Mapping[str, str] = field(default_factory=dict)
    period: Span | None = None
    before: Span | None = None
    raw: tuple[str, ...] = ()

    def cell(self, role: str) -> Printed:
        """Return what is printed in a column; blank where there is none."""
        return self.cells.get(role, BLANK)

    def text(self, role: str) -> str:
        """Return what stands in a column of words."""
        return self.texts.get(role, "")

    def place(self, role: str) -> Place:
        """Return where a cell stands."""
        return Place(self.row, self.headings.get(role, ""))

    @property
    def is_figure(self) -> bool:
        """True for what can be compared and added."""
        return self.text("kind").casefold() not in NO_FIGURE


@dataclass(frozen=True)
class Layout:
    """A table as it was read: its entries, its row of headings, and the columns that were not.

    `periods` are the periods in the headings, by heading; `is_wide` says that each column is a
    measure of its own.
    """

    entries: tuple[Entry, ...]
    heading_row: int
    unread: tuple[str, ...] = ()
    periods: Mapping[str, Span] = field(default_factory=dict)
    is_wide: bool = False


def read_layout(rows: Sequence[Sequence[str]]) -> Layout:
    """Read a table, its row of headings first or under titles; raises `NotUnderstood`."""
    for number, row in enumerate(rows[:ROWS_SEARCHED], start=1):
        headings = [" ".join(cell.split()) for cell in row]
        for read in (_long, _wide):
            if found := read(headings, number, rows[number:]):
                return found
    raise NotUnderstood(
        "The columns are not recognised. A table needs a column of labels (headed "
        f"{_quoted('label')}) and one of figures (headed {_quoted('now')}, or the months, as "
        "April 2020 to March 2021), and may have the earlier figure "
        f"({_quoted('before')}), the percentage ({_quoted('percent')}) and the change "
        f"({_quoted('change')}). Rename the headings."
    )


def _quoted(role: str) -> str:
    return listed([f"'{name}'" for name in ROLES[role][:3]], "or")


def as_span(text: str) -> Span | None:
    """Return the months of a period as tables write it; None: it is none.

    Two ISO days are the months from the one to the other, and one that is the first of a month is
    that month, as in `charts/trends.csv` of a pack.
    """
    words = " ".join(text.replace("\u2212", "-").split())
    try:
        if iso := _ISO.fullmatch(words):
            return Span(Month(int(iso[1]), int(iso[2])), Month(int(iso[3]), int(iso[4])))
        if first := _ISO_MONTH.fullmatch(words):
            month = Month(int(first[1]), int(first[2]))
            return Span(month, month)
        return parse_span(words)
    except PeriodError:
        return None


# --- a row is a figure ------------------------------------------------------------------------


def _long(headings: list[str], number: int, rows: Sequence[Sequence[str]]) -> Layout | None:
    names = [heading.replace("_", " ").casefold() for heading in headings]
    roles: dict[str, int] = {}
    for role, accepted in ROLES.items():
        for name in accepted:
            if name in names and role not in roles:
                roles[role] = names.index(name)
    if "label" in roles and names[roles["label"]] == "label" and "measure" in names:
        roles["code"] = names.index("measure")
    if "label" not in roles and names and not names[0]:
        roles["label"] = 0
    periods = {n: span for n, name in enumerate(headings) if (span := as_span(name))}
    if "now" not in roles and len(periods) in (1, 2):
        latest = sorted(periods, key=lambda n: periods[n].last.ordinal, reverse=True)
        roles |= dict(zip(("now", "before"), latest, strict=False))
    if not {"label", "now"} <= roles.keys():
        return None
    shown = {role: headings[n] or f"column {n + 1}" for role, n in roles.items()}
    headed = {role: periods[n] for role in ("now", "before") if (n := roles.get(role)) in periods}
    entries = tuple(
        _entry(row_number, row, roles, shown, headed)
        for row_number, row in enumerate(rows, start=number + 1)
        if _has_figure(row, roles) and [" ".join(cell.split()) for cell in row] != headings
    )
    read = {*roles.values()}
    unread = tuple(h for n, h in enumerate(headings) if n not in read and h)
    return Layout(entries, number, unread, {headings[n]: span for n, span in periods.items()})


def _has_figure(row: Sequence[str], roles: Mapping[str, int]) -> bool:
    """Say whether a row has a label, or a figure that lacks one."""
    asked = ("label", "now", "before", "percent", "change")
    places = (roles[role] for role in asked if role in roles)
    return any(row[place].strip() for place in places if place < len(row))


_WORDS = frozenset(
    {"label", "code", "section", "area", "area_code", "period", "previous_period", "kind", "unit",
     "part_of", "mark", "before_mark", "percent_mark"}
)  # fmt: skip


def _entry(
    number: int,
    row: Sequence[str],
    roles: Mapping[str, int],
    shown: Mapping[str, str],
    headed: Mapping[str, Span],
) -> Entry:
    raw = {role: row[n].strip() for role, n in roles.items() if n < len(row)}
    cells = {role: read_printed(text) for role, text in raw.items() if role not in _WORDS}
    for role, mark in (("now", "mark"), ("before", "before_mark"), ("percent", "percent_mark")):
        if raw.get(mark) and role in cells:
            cells[role] = read_printed(
                f"{raw.get(role, '')} {''.join(f'[{m}]' for m in raw[mark].split())}"
            )
    moved = cells.get("now_shown", BLANK)
    if "percent" not in cells and moved.now is not None:
        cells["percent"] = moved
    return Entry(
        row=number,
        label=" ".join(raw.get("label", "").split()) or NO_LABEL,
        cells=cells,
        headings=shown,
        texts={role: text for role, text in raw.items() if role in _WORDS},
        period=headed.get("now") or as_span(raw.get("period", "")),
        before=headed.get("before") or as_span(raw.get("previous_period", "")),
        raw=tuple(row),
    )


# --- a column is a measure --------------------------------------------------------------------


def _wide(headings: list[str], number: int, rows: Sequence[Sequence[str]]) -> Layout | None:
    columns: dict[int, tuple[str, Span]] = {}
    for place, heading in enumerate(headings[1:], start=1):
        if match := re.fullmatch(rf"(.+?),? ({_PERIOD})", heading):
            span = as_span(match[2])
            if span is not None:
                columns[place] = (match[1], span)
    if not columns or (headings[0] and headings[0].casefold() not in ROLES["area"]):
        return None
    entries = []
    for row_number, row in enumerate(rows, start=number + 1):
        if not row or not row[0].strip():
            continue
        for place, (label, span) in columns.items():
            said = read_printed(row[place] if place < len(row) else "")
            cells = _cells(said)
            entries.append(
                Entry(
                    row=row_number,
                    label=label,
                    cells=cells,
                    headings=dict.fromkeys((*cells, "label"), headings[place]),
                    texts={"area": row[0].strip()},
                    period=span,
                    before=span.year_before(),
                )
            )
    unread = tuple(h for n, h in enumerate(headings[1:], start=1) if n not in columns and h)
    periods = {headings[place]: span for place, (_, span) in columns.items()}
    return Layout(tuple(entries), number, unread, periods, is_wide=True)


def _cells(said: Printed) -> dict[str, Printed]:
    """Return what a cell says: the percentage and both figures of a move, or a figure alone."""
    if said.now is None:
        return {"now": said}
    return {
        "percent": said,
        "now": read_printed(str(said.now)),
        "before": read_printed(str(said.before)),
    }
