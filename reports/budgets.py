"""Budgets beside what was spent of them: for the year, or the year to date of a quarter's pack.

A budget is of the financial year, as the payments up to the end of the pack's months state it. What
no payment states is [x], and so is all that would follow from it.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from reports.cells import (
    MINUS,
    Cell,
    Mark,
    count,
    less,
    marks_in,
    percent_of,
    show_change,
    show_count,
)
from reports.document import Block, Download, Grid, Paragraph, Section, plain
from reports.figures import Filled, Line, Shown, Window, figure_of, fill
from reports.spec import Role, Row, TableSpec
from schemas.areas import Home
from schemas.issues import LawBroken
from schemas.measures import MEASURES
from schemas.period import FinancialYear, Period
from schemas.spans import code_of
from schemas.words import PENCE, listed, printed_unit
from warehouse.releases import FigureKey

BUDGETS = "budgets.csv"


@dataclass(frozen=True)
class Budgeted:
    """One row of a table of spending beside its budget: `left` is the budget less what was spent.

    `share` is what was spent in percent of the budget.
    """

    line: Line
    budget: Cell
    spent: Cell
    left: Cell
    share: Cell

    @property
    def cells(self) -> tuple[Cell, Cell, Cell, Cell]:
        """The four in the order in which they are printed."""
        return self.budget, self.spent, self.left, self.share

    @property
    def is_overspent(self) -> bool:
        """Whether more was spent than granted."""
        return self.left.value is not None and self.left.value < 0


@dataclass(frozen=True)
class BudgetTable:
    """A table of spending held against budgets, over the last of its windows."""

    spending: Filled
    rows: tuple[Budgeted, ...]

    @property
    def window(self) -> Window:
        """The months of which the spending is."""
        return self.spending.windows[-1]

    @property
    def code(self) -> str:
        """Its anchor, and its code in the CSV."""
        return f"{self.spending.spec.code}-budgets"


def budget_tables(
    tables: Sequence[Filled], figures: Shown, home: Home, revised: Collection[FigureKey]
) -> tuple[BudgetTable, ...]:
    """Hold every table of spending whose rows have budgets against them.

    A release of before budgets were printed has none: its figures do not name them. Raises
    `LawBroken` where budgets do not add up to their total.
    """
    found = []
    for table in tables:
        code = code_of(table.windows[-1].span)
        rows = tuple(
            _budgeted(line, figures, code, home, revised)
            for line in table.lines
            if line.row.budget and (line.row.budget, line.area.code, code) in figures
        )
        if rows:
            _must_add_up(table, rows)
            found.append(BudgetTable(table, rows))
    return tuple(found)


def _must_add_up(table: Filled, rows: Sequence[Budgeted]) -> None:
    """Hold the law that the budgets which are known are their total, wherever that is a number.

    A part without one has no grant then: of a grant that states none the total is not known.
    """
    totals = [row.budget.value for row in rows if row.line.row.role is Role.TOTAL]
    parts = [row.budget.value or 0 for row in rows if row.line.row.role is not Role.TOTAL]
    if any(total is not None and total != sum(parts) for total in totals):
        raise LawBroken(f"{table.spec.title}: the budgets do not add up to their total")


def _budgeted(
    line: Line, figures: Shown, code: str, home: Home, revised: Collection[FigureKey]
) -> Budgeted:
    unit = line.measure.unit
    spent = figure_of(figures, line.row, home, code)
    budget = figure_of(figures, replace(line.row, measure=line.row.budget), home, code)
    is_revised = (line.row.budget, line.area.code, code) in revised
    return Budgeted(
        line,
        count(budget, unit=unit, is_revised=is_revised),
        line.comparisons[-1].value,
        count(less(budget, spent), unit=unit),
        percent_of(spent, budget),
    )


def quotable_budgets(
    tables: Sequence[Filled], figures: Shown, period: Period, home: Home
) -> tuple[Filled, ...]:
    """Return the budgets of the pack of a year, for texts to refer to."""
    rows = tuple(
        Row(row.line.row.budget)
        for table in budget_tables(tables, figures, home, ())
        for row in table.rows
    )
    if not rows or not isinstance(period, FinancialYear):
        return ()
    source = MEASURES[rows[0].measure].source
    spec = TableSpec("budgets", "Budgets", "Budgets", "Budget", source, tuple(dict.fromkeys(rows)))
    return (fill(figures, spec, period, home),)


# --- what is printed --------------------------------------------------------------------------


def with_budgets(sections: Sequence[Section], tables: Sequence[BudgetTable]) -> tuple[Section, ...]:
    """Put budgets after the tables of spending, at the end of their section."""
    last = {table.spending.spec.section: table for table in tables}
    return tuple(
        replace(section, blocks=(*section.blocks, *_blocks(section.title, tables)))
        if section.title in last
        else section
        for section in sections
    )


def _blocks(title: str, tables: Sequence[BudgetTable]) -> Iterator[Block]:
    mine = [table for table in tables if table.spending.spec.section == title]
    yield from _legend(mine)
    for table in mine:
        yield _grid(table)
        yield plain(" ".join(_said(table)))
    yield plain(
        "Each grant of a project and a funder is taken once, however many payments it has. A grant "
        "from which no payment was made is not known here, and is in no row.",
        is_small=True,
    )
    yield Download("Budgets and spending as CSV", BUDGETS)


def _grid(table: BudgetTable) -> Grid:
    spec, span = table.spending.spec, table.window.span
    year = span.last.financial_year
    of = f"Budget of {year.span.label}" if span == year.span else (
        f"Budget of {year.span.label}, as payments up to {span.last.label} state it"
    )  # fmt: skip
    return Grid(
        anchor=table.code,
        title=f"Budgets and what was spent of them, by {spec.stub.lower()}",
        extent=f"{listed(list(dict.fromkeys(r.line.area.name for r in table.rows)))}. {of}; spent: "
        f"{span.label}. {printed_unit(PENCE).capitalize()}. Left is the budget less what was "
        "spent: with a minus sign, that much was overspent.",
        header=(spec.stub, "Budget", "Spent", "Left", "Spent (%)"),
        rows=tuple(
            (row.line.measure.label, *(show_count(cell) for cell in row.cells))
            for row in table.rows
        ),
        right=frozenset({1, 2, 3, 4}),
    )  # fmt: skip


def _legend(tables: Sequence[BudgetTable]) -> Iterator[Paragraph]:
    meanings = {
        Mark.NOT_AVAILABLE: "not available: no payment up to then states a budget, or the payments "
        "were not all received",
        Mark.NOT_APPLICABLE: "not applicable: there is no percentage of a budget of £0",
    }
    used = marks_in(cell for table in tables for row in table.rows for cell in row.cells)
    told = "; ".join(f"{mark.shown} {meanings.get(mark, mark.meaning)}" for mark in used)
    if told:
        yield plain(f"Shorthand: {told}.", is_small=True)


def _said(table: BudgetTable) -> Iterator[str]:
    """Say what a table says, from its own cells: its total, and each row that is overspent."""
    last = table.window.span.last.label
    for row in table.rows:
        name = row.line.measure.label
        if row.line.row.role is Role.TOTAL:
            yield _total(row, last)
        elif row.is_overspent:
            yield f"{name}: overspent by {_size(row.left)}."
    without = [
        f"'{row.line.measure.label}'"
        for row in table.rows
        if row.line.row.role is not Role.TOTAL
        and row.budget.mark is Mark.NOT_AVAILABLE
        and row.spent.value
    ]
    if without:
        yield f"No budget is stated for {listed(without)}, from which payments were made."


def _total(row: Budgeted, last: str) -> str:
    if row.left.value is None or row.share.value is None:
        missing = next(cell for cell in (row.budget, row.spent, row.share) if cell.value is None)
        return f"What is left of all grants cannot be given {missing.marks[0].shown}."
    rest = "nothing is left" if not row.left.value else f"{_size(row.left)} is left"
    if row.is_overspent:
        rest = f"it is overspent by {_size(row.left)}"
    return (
        f"Of {show_count(row.budget)} granted, {show_count(row.spent)} ({show_count(row.share)}%) "
        f"was spent by the end of {last}; {rest}."
    )


def _size(cell: Cell) -> str:
    return show_change(cell).lstrip(f"+{MINUS}")
