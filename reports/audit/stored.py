"""Holds a published table against the warehouse, figure by figure, where the names are known."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from reports.audit.checks import Finding
from reports.audit.layout import Entry, Layout
from reports.audit.names import measure_of
from reports.audit.printed import Printed, Qualifier
from schemas.areas import Home
from schemas.named import NameUnclear, area_named
from schemas.period import Span

Lookup = Callable[[str, str, Span], int | Decimal | None]
"""The figure of a measure, an area and some months as it is printed; None where there is none."""

_GSS = re.compile(r"\b[EW][0-9]{8}\b")


@dataclass(frozen=True)
class Compared:
    """What came of it: the differences, how many figures were compared, and why others were not."""

    findings: tuple[Finding, ...]
    compared: int
    not_compared: Mapping[str, int]


def hold_against(
    layout: Layout, lookup: Lookup, home: Home, areas: Mapping[str, str], period: Span | None
) -> Compared:
    """Compare a table with the warehouse; `period` is that of rows which do not say theirs."""
    findings: list[Finding] = []
    why: Counter[str] = Counter()
    compared = 0
    for entry in layout.entries:
        key = _key(entry, home, areas, period)
        if isinstance(key, str):
            why[key] += 1
            continue
        measure, area, span = key
        for role, months in (("now", span), ("before", entry.before or span.year_before())):
            said = entry.cell(role)
            if said.value is None:
                continue
            stored = lookup(measure, area, months)
            if stored is None:
                why["the warehouse has no figure for it"] += 1
                continue
            if said.qualifier is Qualifier.ABOUT:
                why["it is only said roughly"] += 1
                continue
            compared += 1
            if not _is_so(said, Decimal(stored)):
                findings.append(
                    Finding(
                        "warehouse-differs", entry.place(role), entry.label, said.text,
                        f"{stored:,} ({measure}, {areas.get(area, area)}, {months.label})",
                    )
                )  # fmt: skip
    return Compared(tuple(findings), compared, dict(why.most_common()))


def _is_so(said: Printed, stored: Decimal) -> bool:
    """Say whether a figure, "more than 500" or "<5" too, is what is stored."""
    match said.qualifier:
        case Qualifier.OVER:
            return stored >= (said.value or 0)
        case Qualifier.UNDER:
            return stored <= (said.value or 0)
        case _:
            return stored == said.value


def _key(
    entry: Entry, home: Home, areas: Mapping[str, str], period: Span | None
) -> tuple[str, str, Span] | str:
    """Return measure, area and months of a row, or why they cannot be told."""
    if not entry.is_figure:
        return "the row is no figure"
    measure = measure_of(entry.label, entry.text("code"))
    if measure is None:
        return "no measure has its name"
    area = _area(entry, home, areas)
    if area is None:
        return "no area has its name"
    span = entry.period or (None if entry.text("period") else period)
    if span is None:
        return "its period is not known"
    return measure, area, span


def _area(entry: Entry, home: Home, areas: Mapping[str, str]) -> str | None:
    for text in (entry.text("area_code"), entry.text("area")):
        if code := _GSS.search(text):
            return code[0]
        if text:
            try:
                return area_named(text, areas)
            except NameUnclear:
                return None
    return home.district.code
