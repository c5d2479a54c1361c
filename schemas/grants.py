"""Grants: what was granted for a financial year, what was drawn from it, and whether that can be.

What was granted stands on each row that draws on a grant. It is taken once a grant and year: of the
rows that state it the last one by its day holds, however many there are and in whatever order they
came. A grant of which no row states it has no budget, and neither has what it is a part of.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

import pandas as pd

from schemas.codes import CodeList
from schemas.findings import Finding
from schemas.measures import MEASURES, Measure, siblings
from schemas.period import FinancialYear, Month, Span
from schemas.records.base import Grants, Record, fields_of, identity_of
from schemas.reported import Resolved, Stated
from schemas.words import counted, listed, pounds

GrantKey = tuple[str, ...]
"""The codes by which a grant is known, in the order of the record's `Grants.per`."""

TOLD = 3
"""So many grants are named in a finding."""
ROWS_TOLD = 5


@dataclass(frozen=True)
class Draw:
    """One row that draws on a grant; `granted` is None where it does not state what that has.

    `ref` is by what the row is known: its number, or that of its stored row.
    """

    grant: GrantKey
    day: date
    granted: int | None
    drawn: int
    ref: int

    @property
    def year(self) -> FinancialYear:
        """The financial year whose grant it draws on."""
        return Month.of(self.day).financial_year


def draws_of(frame: pd.DataFrame, record: type[Record]) -> list[Draw]:
    """Return what the accepted rows of a record draw; none where it is about no grants."""
    grants, dated_by = identity_of(record).grants, identity_of(record).dated_by
    if grants is None:
        return []
    columns = [dated_by, grants.granted, grants.drawn, *grants.per]
    return [
        Draw(
            tuple(str(code) for code in codes), day.date(),
            None if pd.isna(granted) else int(granted), int(drawn), int(row),
        )
        for row, day, granted, drawn, *codes in frame[columns].itertuples(name=None)
    ]  # fmt: skip


def label_of(grant: GrantKey, record: type[Record]) -> str:
    """Return the printed name of a grant: "Kicks programme (Police and Crime Commissioner)"."""
    grants = identity_of(record).grants
    columns = grants.per if grants is not None else ()
    first, *more = (
        CodeList(fields_of(record)[column].codes).labels.get(code, code)
        for column, code in zip(columns, grant, strict=True)
    )
    return f"{first} ({', '.join(more)})" if more else first


# --- what was granted -------------------------------------------------------------------------


def standing(draws: Iterable[Draw]) -> Draw | None:
    """Return the row that says what a grant has: of those that state it the last one.

    Of a day's rows the one that states the most, so that nothing depends on their order.
    """
    stated = [draw for draw in draws if draw.granted is not None]
    return max(stated, key=lambda d: (d.day, d.granted or 0, -d.ref), default=None)


def granted(measure: Measure, grants: Grants, draws: Iterable[Draw]) -> Resolved | None:
    """Return what the grants of a measure have together, and the row that says so of each.

    `draws` are those of one financial year. None where there is no grant, or one is not stated.
    """
    mine: dict[GrantKey, list[Draw]] = defaultdict(list)
    for draw in draws:
        if _belongs(measure, grants, draw):
            mine[draw.grant].append(draw)
    found = [standing(of_grant) for _, of_grant in sorted(mine.items())]
    known = [draw for draw in found if draw is not None]
    if not known or len(known) < len(found):
        return None
    total = sum(draw.granted or 0 for draw in known)
    return Resolved(Stated(total), tuple(draw.ref for draw in known))


def _belongs(measure: Measure, grants: Grants, draw: Draw) -> bool:
    if measure.is_residual:
        is_in_total = _belongs(MEASURES[measure.parent], grants, draw)
        return is_in_total and not any(_belongs(m, grants, draw) for m in siblings(measure))
    codes = dict(zip(grants.per, draw.grant, strict=True))
    return all(codes[condition.column] in condition.values for condition in measure.where)


def parts_of(year: FinancialYear) -> tuple[Span, ...]:
    """Return the periods for which budgets are known: April up to the end of each quarter."""
    return tuple(quarter.year_to_date for quarter in year.quarters)


# --- whether it can be ------------------------------------------------------------------------


def judge_grants(
    mine: Sequence[Draw], others: Sequence[Draw], names: Mapping[GrantKey, str], span: Span
) -> Iterator[Finding]:
    """Find grants of which a delivery and the other months of its years say what cannot be.

    `mine` are the rows of the delivery, by their numbers in the file; `names` are those of their
    grants.
    """
    years = {draw.year: None for draw in sorted(mine, key=lambda d: d.day)}
    for year in years:
        own = _by_grant(draw for draw in mine if draw.year == year)
        rest = _by_grant(draw for draw in others if draw.year == year)
        inside = [month for month in span if month.financial_year == year]
        for rule, say in (("budgets-differ", _differing), ("budget-overspent", _overspent)):
            told = [
                f"{names[grant]}, {year.label}: {said}"
                for grant, draws in own.items()
                for said in (say(draws, rest.get(grant, [])),)
                if said
            ]
            if told:
                more = f"; and {counted(len(told) - TOLD, 'more grant')}" if told[TOLD:] else ""
                yield Finding(rule, "; ".join(told[:TOLD]) + more, Span(inside[0], inside[-1]))


def _by_grant(draws: Iterable[Draw]) -> dict[GrantKey, list[Draw]]:
    found: dict[GrantKey, list[Draw]] = defaultdict(list)
    for draw in draws:
        found[draw.grant].append(draw)
    return dict(sorted(found.items()))


def _differing(mine: Sequence[Draw], others: Sequence[Draw]) -> str:
    """Say which budgets the rows of a grant state, where they state several.

    Each change is told of the delivery that brings it: of other months those next to it count.
    """
    rows: dict[int, list[int]] = defaultdict(list)
    for draw in sorted(mine, key=lambda d: d.ref):
        if draw.granted is not None:
            rows[draw.granted].append(draw.ref)
    if not rows:
        return ""
    days = [draw.day for draw in mine]
    before = standing(draw for draw in others if draw.day < min(days))
    later = [d for d in others if d.granted is not None and d.day > max(days)]
    after = min(later, key=lambda d: (d.day, d.granted or 0), default=None)
    told = [f"{pounds(amount)} in {_rows(found)}" for amount, found in rows.items()]
    apart = [
        f"{pounds(draw.granted)} on {when}"
        for draw, when in ((before, "earlier payments"), (after, "later payments"))
        if draw is not None and draw.granted is not None and draw.granted not in rows
    ]
    return listed([*told, *apart]) if len(told) + len(apart) > 1 else ""


def _overspent(mine: Sequence[Draw], others: Sequence[Draw]) -> str:
    """Say what was drawn from a grant and what it has, where that is less."""
    has = standing([*mine, *others])
    drawn = sum(draw.drawn for draw in (*mine, *others))
    if has is None or has.granted is None or drawn <= has.granted:
        return ""
    return f"{pounds(drawn)} was paid, {pounds(has.granted)} was granted"


def _rows(numbers: Sequence[int]) -> str:
    """Return rows as they are named: "row 2", "rows 2, 5 to 9 and 12"."""
    runs: list[str] = []
    for _, run in groupby(enumerate(numbers), key=lambda each: each[1] - each[0]):
        found = [number for _, number in run]
        runs.append(f"{found[0]} to {found[-1]}" if len(found) > 1 else str(found[0]))
    shown = runs if len(runs) <= ROWS_TOLD else [*runs[:ROWS_TOLD], "more"]
    return f"{'row' if len(numbers) == 1 else 'rows'} {listed(shown)}"
