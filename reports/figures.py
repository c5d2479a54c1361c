"""Fills the published tables: from stored months to comparisons, without any format."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from reports.breaks import break_between, noted
from reports.cells import SMALL_BASE, Cell, Comparison, Figure, Mark, compare, less, marks_in
from reports.spec import Level, Role, Row, TableSpec
from schemas.areas import Area, Home
from schemas.issues import LawBroken
from schemas.measures import MEASURES, PERCENT, Kind, Measure, is_stated
from schemas.official import official_measures
from schemas.period import FinancialYear, Month, Period, Quarter, Span
from schemas.reported import periods_of
from schemas.spans import code_of
from warehouse.engine import Engine
from warehouse.known import known_over
from warehouse.releases import FigureKey, Figures

MONTHS_DRAWN = 24
"""How many months a picture shows: this year and the last."""
Shown = Mapping[FigureKey, Figure]
"""Figures as a pack may print them: numbers, [c], or None for [x]."""


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


def area_at(level: Level, home: Home) -> Area | None:
    """Return the area of a level; None where there is none, as the rest of a county that is the
    district.
    """
    return {
        Level.DISTRICT: home.district,
        Level.COUNTY: home.county,
        Level.REST: home.rest_of_county,
        Level.FORCE: home.force,
        Level.REGION: home.region,
        Level.HEALTH: home.health,
        Level.LOCALITY: home.locality,
    }[level]


def places(tables: Iterable[TableSpec], home: Home) -> dict[tuple[str, str], Area]:
    """Return each measure and area of some tables once, in the order of the tables.

    The rest of the county is not among them: its figures are differences of others.
    """
    return {
        (row.measure, area.code): area
        for spec in tables
        for row in spec.rows
        for area in (area_at(row.level, home),)
        if area is not None and row.level is not Level.REST
    }


def figure_of(figures: Shown, row: Row, home: Home, period: str) -> Figure:
    """Return the figure of a row; of the rest of the county, the county's less the district's."""
    if row.level is Level.REST:
        return less(
            figures.get((row.measure, home.county.code, period)),
            figures.get((row.measure, home.district.code, period)),
        )
    area = area_at(row.level, home)
    return None if area is None else figures.get((row.measure, area.code, period))


def compared_spans(period: Period) -> tuple[Span, ...]:
    """Return the months of every figure that a pack prints: its own, and those of the year before.

    April to June is a quarter and the year to date at once, and stands here once.
    """
    shown = [span for window in windows(period) for span in (window.span, window.before)]
    return tuple(dict.fromkeys(shown))


def span_drawn(period: Period) -> Span:
    """Return the months that pictures of a pack show: those up to its last one."""
    last = period.span.last
    return Span(last + (1 - MONTHS_DRAWN), last)


def months_shown(period: Period) -> tuple[Month, ...]:
    """Return every month that a table of a pack adds up or a picture shows, in order."""
    spans = (*compared_spans(period), span_drawn(period))
    return tuple(sorted({month for span in spans for month in span}))


def figures_now(engine: Engine, tables: Sequence[TableSpec], period: Period, home: Home) -> Figures:
    """Read what a pack prints, and what that is made of: months, or parts that are stated."""
    spans = compared_spans(period)
    shown = months_shown(period)
    months = [Span(month, month) for month in shown]
    own = windows(period)[-1].span
    parts = [s for s in periods_of(own.last.financial_year) if s.first in own and s.last in own]
    found = [*places(tables, home), *_official_places(period, home)]
    granted = list(budget_places(tables, home))
    asked = {measure for measure, _ in (*found, *granted)}
    known = known_over(engine, asked, Span(shown[0], shown[-1]))
    return {
        (measure, area, code_of(span)): known.over(measure, area, span)
        for measure, area in found
        for span in (*spans, *(parts if is_stated(measure) else ()), *months)
    } | {(measure, area, code_of(own)): known.over(measure, area, own) for measure, area in granted}


def budget_places(tables: Iterable[TableSpec], home: Home) -> dict[tuple[str, str], Area]:
    """Return each budget that some tables are held against, and its area, once."""
    return {
        (row.budget, area.code): area
        for spec in tables
        for row in spec.rows
        for area in (area_at(row.level, home),)
        if area is not None and row.budget
    }


def _official_places(period: Period, home: Home) -> list[tuple[str, str]]:
    """Return the official figures that stand beside ours in the pack of a year."""
    if not isinstance(period, FinancialYear):
        return []
    return [(measure.code, home.district.code) for measure in official_measures()]


def fill(
    figures: Shown,
    spec: TableSpec,
    period: Period,
    home: Home,
    *,
    revised: Container[FigureKey] = frozenset(),
    small_base: int = SMALL_BASE,
) -> Filled:
    """Compare the figures of a table; `revised` are those that were published otherwise before.

    From an earlier figure below `small_base` no percentage is given. Raises `LawBroken` where the
    parts of a total do not add up to it.
    """
    shown = windows(period)
    if home.rest_of_county is not None and spec.county_notes:
        spec = replace(spec, notes=(*spec.notes, *spec.county_notes))
    spec = noted(spec, tuple((window.before, window.span) for window in shown))
    lines: list[Line] = []
    for row in spec.rows:
        area = area_at(row.level, home)
        # Where the district is a county of its own, what stands for both is one row.
        if area is None or any((row.measure, area) == (o.row.measure, o.area) for o in lines):
            continue
        measure, comparisons = MEASURES[row.measure], []
        for window in shown:
            now, before = (
                (row.measure, area.code, code_of(span)) for span in (window.span, window.before)
            )
            comparisons.append(
                compare(
                    figure_of(figures, row, home, now[2]),
                    figure_of(figures, row, home, before[2]),
                    unit=MEASURES[row.measure].unit,
                    small_base=small_base,
                    now_revised=now in revised,
                    before_revised=before in revised,
                    has_change=measure.kind is not Kind.CUMULATIVE,
                    has_percent=measure.unit != PERCENT,
                    is_broken=break_between(row.measure, window.before, window.span) is not None,
                )
            )
        lines.append(Line(row, measure, area, tuple(comparisons)))
    filled = Filled(spec, shown, tuple(lines))
    _must_add_up(filled)
    return filled


def _must_add_up(table: Filled) -> None:
    """Hold the law that parts and residual are the total, wherever all of them are numbers."""
    sums: dict[tuple[str, int, str], list[Cell]] = {}
    totals: dict[tuple[str, int, str], Cell] = {}
    for line in table.lines:
        for number, compared in enumerate(line.comparisons):
            for what, cell in (("this", compared.value), ("the previous", compared.previous)):
                place = (line.area.code, number, what)
                if line.row.role is Role.TOTAL:
                    totals[place] = cell
                elif line.row.role in (Role.PART, Role.RESIDUAL):
                    sums.setdefault(place, []).append(cell)
    for place, total in totals.items():
        parts = [cell.value for cell in sums.get(place, ())]
        numbers = [value for value in parts if value is not None]
        if total.value is None or not parts or len(numbers) < len(parts):
            continue
        if sum(numbers) != total.value:
            raise LawBroken(
                f"{table.spec.title}: the parts do not add up to the total "
                f"({table.windows[place[1]].span.label}, {place[2]} year)"
            )


def title_of(period: Period) -> str:
    """Return the kind of a pack in words."""
    return "Annual report" if isinstance(period, FinancialYear) else "Quarterly tables"
