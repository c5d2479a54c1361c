"""Fills the published tables: from stored months to comparisons, without any format."""

from dataclasses import dataclass
from functools import cached_property

from reports.cells import Cell, Comparison, Mark, compare, marks_in
from reports.spec import Level, Row, TableSpec
from schemas.areas import Area, Home
from schemas.measures import MEASURES, Measure
from schemas.period import FinancialYear, Period, Quarter, Span
from warehouse.engine import Engine
from warehouse.read import MonthValues, month_values


@dataclass(frozen=True)
class Window:
    """One period that a table compares with the year before: its code, and its months."""

    code: str
    heading: str
    span: Span

    @property
    def before(self) -> Span:
        """The same months of the year before."""
        return self.span.year_before()


def windows(period: Period) -> tuple[Window, ...]:
    """Return what a pack of this period compares: the quarter and the year to date, or the year."""
    if isinstance(period, Quarter):
        to_date = period.year_to_date
        return (
            Window(period.code, "Quarter", period.span),
            Window(f"{period.code}-YTD", "Year to date", to_date),
        )
    return (Window(period.code, "Year", period.span),)


@dataclass(frozen=True)
class Line:
    """One row of a table, with its comparison in each window."""

    row: Row
    measure: Measure
    area: Area
    comparisons: tuple[Comparison, ...]


@dataclass(frozen=True)
class Filled:
    """A published table with its figures."""

    spec: TableSpec
    windows: tuple[Window, ...]
    lines: tuple[Line, ...]

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """All cells, row by row."""
        return tuple(c for line in self.lines for comp in line.comparisons for c in comp.cells)

    @property
    def marks(self) -> list[Mark]:
        """The marks that the legend must explain."""
        return marks_in(self.cells)


def total_over(values: MonthValues, measure: str, area: str, span: Span) -> int | None:
    """Add the months of a span up; None when one of them is not there."""
    months = [values.get((measure, area, month)) for month in span]
    return None if None in months else sum(m for m in months if m is not None)


def area_at(level: Level, home: Home) -> Area:
    """Return the partnership's area at a level."""
    return {Level.DISTRICT: home.district, Level.COUNTY: home.county, Level.FORCE: home.force}[
        level
    ]


def fill(engine: Engine, spec: TableSpec, period: Period, home: Home) -> Filled:
    """Read the figures of a table and compare them."""
    shown = windows(period)
    last = max(window.span.last for window in shown)
    first = min(window.before.first for window in shown)
    values = month_values(engine, spec.measures, Span(first, last))
    lines = []
    for row in spec.rows:
        area = area_at(row.level, home)
        comparisons = tuple(
            compare(
                total_over(values, row.measure, area.code, window.span),
                total_over(values, row.measure, area.code, window.before),
            )
            for window in shown
        )
        lines.append(Line(row, MEASURES[row.measure], area, comparisons))
    return Filled(spec, shown, tuple(lines))


def title_of(period: Period) -> str:
    """Return the kind of a pack in words."""
    return "Annual tables" if isinstance(period, FinancialYear) else "Quarterly tables"
