"""Figures that partners state: what stands for which period, and what follows for others.

A figure of a quarter or a year stands for that period alone: it is never spread over months. Flows
of months come to the quarter, and those of quarters to the year, where all of them are there and
none is qualified ("more than 500"). What stands at a date, or is a total up to it, is never added:
the figure of a period is the last one that was stated within it, with its date.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from schemas.measures import Measure
from schemas.period import FinancialYear, Month, Span


@dataclass(frozen=True)
class Stated:
    """A number with what its partner says of it: a qualifier ("more_than"), or its date, or both.

    No change and no percentage is worked out from a qualified one.
    """

    value: int
    qualifier: str = ""
    as_at: date | None = None


Figure = int | Stated | None
"""A number, a number with what is said of it, or None for not available."""


def said(value: int, qualifier: str, as_at: date | None) -> int | Stated:
    """Return a figure in its plainest form."""
    return Stated(value, qualifier, as_at) if qualifier or as_at else value


def value_of(figure: Figure) -> int | None:
    """Return the bare number of a figure."""
    return figure.value if isinstance(figure, Stated) else figure


@dataclass(frozen=True)
class Statement:
    """One figure as a partner reported it; `ref` is by what its row is known.

    `span` is its period, or the month of the date at which it stands.
    """

    span: Span
    figure: Stated
    ref: int


@dataclass(frozen=True)
class Resolved:
    """The figure of a period, and the rows that it is made of."""

    figure: Stated
    refs: tuple[int, ...]


def periods_of(year: FinancialYear) -> list[Span]:
    """Return every period of a financial year that has figures, parts before wholes, each once."""
    spans = [Span(month, month) for month in year.span]
    spans += [quarter.span for quarter in year.quarters]
    spans += [quarter.year_to_date for quarter in year.quarters]
    return list(dict.fromkeys([*spans, year.span]))


def resolve(measure: Measure, statements: Iterable[Statement]) -> Mapping[Span, Resolved]:
    """Return what is known of each period of the years that a measure was stated for."""
    stated = sorted(statements, key=lambda s: (s.figure.as_at or date.min, s.ref))
    years = {s.span.last.financial_year.start_year for s in stated}
    found: dict[Span, Resolved] = {}
    for start in sorted(years):
        for span in periods_of(FinancialYear(start)):
            known = _stated(span, stated) or _added(measure, span, found)
            if known is not None:
                found[span] = known
    return found


def _stated(span: Span, stated: list[Statement]) -> Resolved | None:
    """Return the figure that was stated for a period itself, or last within it."""
    for one in reversed(stated):
        is_its = (
            one.span == span if one.figure.as_at is None else Month.of(one.figure.as_at) in span
        )
        if is_its:
            return Resolved(one.figure, (one.ref,))
    return None


def _added(measure: Measure, span: Span, found: Mapping[Span, Resolved]) -> Resolved | None:
    """Add the parts of a period up; None where one is not there, or is qualified."""
    if not measure.adds_up or len(span) == 1:
        return None
    quarters = {month.quarter.span: None for month in span}
    parts = list(quarters) if len(span) > len(next(iter(quarters))) else _months(span)
    known = [found[part] for part in parts if part in found]
    if len(known) < len(parts) or any(part.figure.qualifier for part in known):
        return None
    refs = tuple(sorted(ref for part in known for ref in part.refs))
    return Resolved(Stated(sum(part.figure.value for part in known)), refs)


def summed(rows: Iterable[tuple[str, int | None, int]]) -> Mapping[str, Resolved]:
    """Add the numbers of an official publication up by the code of their period.

    Each row is a period, a number and by what the row is known. A sum over a blank is not known,
    and one over no row at all is none.
    """
    parts: dict[str, list[tuple[int | None, int]]] = {}
    for period, value, ref in rows:
        parts.setdefault(period, []).append((value, ref))
    return {
        period: Resolved(Stated(sum(numbers)), tuple(ref for _, ref in found))
        for period, found in parts.items()
        for numbers in ([value for value, _ in found if value is not None],)
        if len(numbers) == len(found)
    }


def _months(span: Span) -> list[Span]:
    return [Span(month, month) for month in span]
