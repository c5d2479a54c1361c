"""What partners state and publications say in warehouses made at random: few and small figures.

Every kind of figure: quarters and years that add up, or do not because each person is counted
once, or of which one never comes; running totals that grow by a few; what stands at a date;
percentages of few; figures that are not exact. And official figures, most of them the same as ours.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Engine, delete, insert

from reports.figures import area_at
from reports.spec import TableSpec
from reports.tables_stated import (
    HEALTH,
    INVESTIGATIONS,
    NEIGHBOURHOOD,
    PARTNERSHIP,
    PROBATION,
    SAFE_AND_WELL,
    TRADING_STANDARDS,
)
from schemas.areas import Home
from schemas.measures import MEASURES, PERCENT, Kind
from schemas.official import official_measures
from schemas.period import FinancialYear, Month, Span
from schemas.reported import Stated, Statement, resolve
from schemas.spans import code_of
from warehouse.mart import name_areas
from warehouse.tables import MEASURE_STATED

RETURNS = (
    NEIGHBOURHOOD, INVESTIGATIONS, PROBATION, TRADING_STANDARDS, SAFE_AND_WELL, HEALTH, PARTNERSHIP,
)  # fmt: skip
YEARS = (FinancialYear(2019), FinancialYear(2020))
SIZES = (0, 0, 1, 2, 3, 4, 5, 6, 9, 14, 40)
STEPS = (0, 0, 1, 2, 3, 4, 6, 15)
QUALIFIERS = ("more_than", "at_least", "about", "nearly", "fewer_than", "estimated")

Where = tuple[str, str]
"""A measure and an area."""
What = dict[Span | date, Stated]
"""The figures of a measure and area, by the period or the date that they are stated for."""


@dataclass
class Returns:
    """All that partners have stated, and what publications say of which year."""

    chance: random.Random
    home: Home
    stated: dict[Where, What] = field(default_factory=dict)
    official: dict[Where, What] = field(default_factory=dict)

    def draw(self) -> None:
        """State figures of all measures of the tables."""
        for spec in RETURNS:
            for row in spec.rows:
                area = area_at(row.level, self.home)
                assert area is not None
                self.stated[row.measure, area.code] = self._figures(row.measure)

    def _figures(self, code: str) -> What:
        measure = MEASURES[code]
        if measure.kind is Kind.CUMULATIVE:
            return self._totals()
        if measure.kind is Kind.STOCK:
            return {day: Stated(self._size(), "", day) for day in self._days()}
        if measure.unit == PERCENT:
            spans = [span for year in YEARS for span in (*_quarters(year), year.span)]
            return {span: Stated(self.chance.randint(0, 100)) for span in spans}
        found: What = {}
        for year in YEARS:
            found |= self._flows(year)
        return found

    def _flows(self, year: FinancialYear) -> What:
        chance = self.chance
        quarters: What = {span: Stated(self._size()) for span in _quarters(year)}
        together = sum(figure.value for figure in quarters.values())
        for span in list(quarters):
            if chance.random() < 0.08:
                del quarters[span]
            elif chance.random() < 0.08:
                quarters[span] = self._qualified(quarters[span])
        way = chance.randrange(5)
        # Each person once in a year, some that stand in no quarter, the year alone, or not at all.
        greatest = max((figure.value for figure in quarters.values()), default=0)
        said = {
            0: max(together - chance.randint(0, 4), greatest), 1: together + chance.randint(0, 4),
            2: together, 3: together, 4: None,
        }[way]  # fmt: skip
        if said is not None:
            quarters[year.span] = Stated(said)
        return {year.span: Stated(together)} if chance.random() < 0.1 else quarters

    def _totals(self) -> What:
        total = self.chance.choice((0, 2, 30, 412))
        found: What = {}
        for day in self._days():
            total += self.chance.choice(STEPS)
            found[day] = Stated(total, "", day)
            if self.chance.random() < 0.08:
                found[day] = Stated(total, self.chance.choice(QUALIFIERS), day)
        return found

    def _days(self) -> list[date]:
        days = [span.last.end for year in YEARS for span in _quarters(year)]
        days += [date(2020, 5, 15), date(2020, 8, 31)]
        return sorted(day for day in days if self.chance.random() < 0.85)

    def _size(self) -> int:
        return self.chance.choice(SIZES)

    def _qualified(self, figure: Stated) -> Stated:
        return Stated(figure.value, self.chance.choice(QUALIFIERS))

    def change(self) -> None:
        """Have partners state a few figures otherwise."""
        for _ in range(self.chance.randint(1, 4)):
            where = self.chance.choice(sorted(self.stated))
            figures = self.stated[where]
            if not figures:
                continue
            when = self.chance.choice(sorted(figures, key=str))
            if self.chance.random() < 0.1:
                del figures[when]
            else:
                was = figures[when]
                figures[when] = Stated(
                    max(0, was.value + self.chance.randint(-3, 3)), "", was.as_at
                )

    def publish(
        self, ours: Mapping[tuple[str, str, Month], int], tables: Sequence[TableSpec]
    ) -> None:
        """Have publications say what we count by now, or nearly, or go on saying what they said."""
        measures = {row.measure for spec in tables for row in spec.rows}
        area = self.home.district.code
        for official in official_measures():
            if official.counterpart not in measures:
                continue
            for year in YEARS:
                if self.chance.random() < 0.4 and (official.code, area) in self.official:
                    continue
                months = [ours[official.counterpart, area, month] for month in year.span]
                by = self.chance.choice((0, 0, 0, 0, 1, -2))
                what = self.official.setdefault((official.code, area), {})
                what[year.span] = Stated(max(0, sum(months) + by))

    def store(self, engine: Engine) -> None:
        """Put what is stated by now in the place of what stands."""
        rows = [
            {
                "measure_code": measure, "area_code": area, "period_code": code_of(span),
                "first_month": span.first.start, "last_month": span.last.start,
                "year_code": span.last.financial_year.code, "value": figure.value,
                "qualifier": figure.qualifier, "as_at_on": figure.as_at, "delivery_id": 1,
            }
            for (measure, area), what in (*self.stated.items(), *self.official.items())
            for span, figure in _resolved(measure, what)
        ]  # fmt: skip
        areas = {area for _, area in (*self.stated, *self.official)}
        with engine.begin() as conn:
            name_areas(conn, {area: area for area in areas})
            conn.execute(delete(MEASURE_STATED))
            if rows:
                conn.execute(insert(MEASURE_STATED), rows)


def _quarters(year: FinancialYear) -> list[Span]:
    return [quarter.span for quarter in year.quarters]


def _resolved(measure: str, what: What) -> Iterator[tuple[Span, Stated]]:
    """Return what stands for each period, by the rule of the warehouse."""
    statements = [
        Statement(when if isinstance(when, Span) else _month(when), figure, number)
        for number, (when, figure) in enumerate(sorted(what.items(), key=_order))
    ]
    for span, known in resolve(MEASURES[measure], statements).items():
        yield span, known.figure


def _month(day: date) -> Span:
    month = Month.of(day)
    return Span(month, month)


def _order(item: tuple[Span | date, Stated]) -> tuple[str, str]:
    return type(item[0]).__name__, str(item[0])
