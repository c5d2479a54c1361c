"""Fills the published tables: from stored months to comparisons, without any format."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from reports.cells import Cell, Comparison, Mark, compare, marks_in
from reports.spec import Level, Row, TableSpec
from schemas.areas import Area, Home
from schemas.measures import MEASURES, Measure
from schemas.period import FinancialYear, Period, Quarter, Span
from schemas.spans import code_of
from warehouse.engine import Engine
from warehouse.read import month_values, total_over
from warehouse.releases import FigureKey, Figures


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


def area_at(level: Level, home: Home) -> Area:
    """Return the partnership's area at a level."""
    return {Level.DISTRICT: home.district, Level.COUNTY: home.county, Level.FORCE: home.force}[
        level
    ]


def places(tables: Iterable[TableSpec], home: Home) -> dict[tuple[str, str], Area]:
    """Return each measure and area of some tables once, in the order of the tables."""
    return {
        (row.measure, area.code): area
        for spec in tables
        for row in spec.rows
        for area in (area_at(row.level, home),)
    }


def compared_spans(period: Period) -> tuple[Span, ...]:
    """Return the months of every figure that a pack prints: its own, and those of the year before.

    April to June is a quarter and the year to date at once, and stands here once.
    """
    shown = [span for window in windows(period) for span in (window.span, window.before)]
    return tuple(dict.fromkeys(shown))


def figures_now(engine: Engine, tables: Sequence[TableSpec], period: Period, home: Home) -> Figures:
    """Read what a pack prints, and the months that its figures are made of."""
    spans = compared_spans(period)
    whole = Span(min(span.first for span in spans), max(span.last for span in spans))
    months = dict.fromkeys(Span(month, month) for span in spans for month in span)
    found = places(tables, home)
    values = month_values(engine, {measure for measure, _ in found}, whole)
    return {
        (measure, area, code_of(span)): total_over(values, measure, area, span)
        for measure, area in found
        for span in (*spans, *months)
    }


def fill(
    figures: Figures,
    spec: TableSpec,
    period: Period,
    home: Home,
    revised: Container[FigureKey] = frozenset(),
) -> Filled:
    """Compare the figures of a table; `revised` are those that were published otherwise before."""
    shown = windows(period)
    lines = []
    for row in spec.rows:
        area = area_at(row.level, home)
        comparisons = []
        for window in shown:
            now, before = (
                (row.measure, area.code, code_of(span)) for span in (window.span, window.before)
            )
            comparisons.append(
                compare(
                    figures.get(now),
                    figures.get(before),
                    now_revised=now in revised,
                    before_revised=before in revised,
                )
            )
        lines.append(Line(row, MEASURES[row.measure], area, tuple(comparisons)))
    return Filled(spec, shown, tuple(lines))


def title_of(period: Period) -> str:
    """Return the kind of a pack in words."""
    return "Annual tables" if isinstance(period, FinancialYear) else "Quarterly tables"
