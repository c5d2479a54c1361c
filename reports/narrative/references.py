"""What stands between double braces in a text: a figure of the pack, or words that are no figure.

    {{ all-crime.value }}                     7,846
    {{ all-crime.previous }}                  8,876
    {{ all-crime.change }}                    −1,030
    {{ all-crime.change_percent }}            −11.6%
    {{ all-crime.moved }}                     fell from 8,876 to 7,846, by 1,030 (11.6%)
    {{ primary-fires.value, county }}         of another area: district, county, or its name
    {{ all-crime.value, 2019-20 }}            of another period that a table of the pack prints
    {{ "8 to 18" }}                           words with a number that no table holds

Every figure is read from a cell of a table of the pack: text and table cannot disagree, and what is
suppressed there is suppressed here.
"""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from reports.cells import Cell, Comparison, show_change, show_count
from reports.figures import Filled, Line, Window
from reports.sentences import moved
from schemas.measures import MEASURES
from schemas.period import PeriodError, Span, parse_span
from schemas.words import listed

REFERENCE = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
LITERAL = re.compile(r'"([^"]*)"|\u201c([^\u201d]*)\u201d')
COLUMNS = ("value", "previous", "change", "change_percent", "moved")


class WrongReference(ValueError):  # noqa: N818 - it says what it is
    """A reference stands for no figure of the pack; the message says why, and what is near."""


@dataclass(frozen=True)
class Quoted:
    """One figure of a pack that a text may quote."""

    line: Line
    window: Window
    comparison: Comparison

    def is_of(self, area: str) -> bool:
        """Say whether it is of an area, given as its name, its code or its level."""
        own = (self.line.area.name, self.line.area.code, self.line.row.level.value)
        return area.casefold() in {name.casefold() for name in own}


class Quotable:
    """All figures that the tables of a pack print, to be found by reference."""

    def __init__(self, tables: Sequence[Filled]):
        self._found: dict[str, list[Quoted]] = {}
        for table in tables:
            for line in table.lines:
                for window, compared in zip(table.windows, line.comparisons, strict=True):
                    known = self._found.setdefault(line.measure.code, [])
                    if not any(
                        (k.line.area, k.window.code) == (line.area, window.code) for k in known
                    ):
                        known.append(Quoted(line, window, compared))

    def expand(self, inside: str) -> str:
        """Return what is printed for a reference; raises `WrongReference`."""
        said = " ".join(inside.split())
        if literal := LITERAL.fullmatch(said):
            return literal[1] or literal[2] or ""
        name, *more = (part.strip() for part in said.split(","))
        code, dot, column = name.rpartition(".")
        if not dot:
            raise WrongReference(
                f"'{said}' is no reference. Write a measure and a column, as "
                f'all-crime.value, or words in quotation marks, as "8 to 18".'
            )
        if column not in COLUMNS:
            raise WrongReference(
                f"'{said}': there is no '{column}'. After the dot stands {listed(COLUMNS, 'or')}."
            )
        return self._column(self._one(code, said, more), column, said, more)

    def _one(self, code: str, said: str, more: Sequence[str]) -> Quoted:
        if code not in self._found:
            raise WrongReference(f"'{said}': {self._unknown(code)}")
        found = self._found[code]
        for part in more:
            span = _span(part)
            kept = [q for q in found if (_has(q, span) if span else q.is_of(part))]
            if not kept:
                areas = listed(list(dict.fromkeys(q.line.area.name for q in self._found[code])))
                months = listed(list(dict.fromkeys(q.window.span.label for q in self._found[code])))
                raise WrongReference(
                    f"'{said}': no table prints it for '{part}'. It is printed for {areas}; "
                    f"{months}."
                )
            found = kept
        home = [q for q in found if q.is_of("district")]
        if not home and len({q.line.area.code for q in found}) > 1:
            areas = listed(list(dict.fromkeys(q.line.area.name for q in found)), "or")
            raise WrongReference(f"'{said}' is printed for several areas: add {areas}.")
        return (home or found)[0]

    def _unknown(self, code: str) -> str:
        near = difflib.get_close_matches(code, self._found, n=3, cutoff=0.5)
        hint = f" Nearest: {listed(near, 'or')}." if near else ""
        if code in MEASURES:
            return f"no table of this pack prints '{code}'.{hint}"
        return f"there is no measure '{code}'.{hint}"

    @staticmethod
    def _column(quoted: Quoted, column: str, said: str, more: Sequence[str]) -> str:
        compared = quoted.comparison
        spans = [span for part in more if (span := _span(part))]
        if spans and spans[-1] != quoted.window.span:
            if column != "value":
                raise WrongReference(
                    f"'{said}': of the year before there is only the value. Write {column} without "
                    "a period for the change from then to now."
                )
            return show_count(compared.previous)
        match column:
            case "value":
                return show_count(compared.value)
            case "previous":
                return show_count(compared.previous)
            case "change":
                return show_change(compared.change)
            case "change_percent":
                return _percent(compared.percent)
            case _:
                return moved(compared, quoted.line.measure.kind)


def _percent(cell: Cell) -> str:
    shown = show_change(cell)
    if cell.value is None:
        return shown
    number, blank, marks = shown.partition(" ")
    return f"{number}%{blank}{marks}"


def _span(text: str) -> Span | None:
    try:
        return parse_span(text)
    except PeriodError:
        return None


def _has(quoted: Quoted, span: Span) -> bool:
    return span in (quoted.window.span, quoted.window.before)
