"""How a published table is laid out in every format: its columns, and the labels of its rows."""

from collections.abc import Iterator
from dataclasses import dataclass

from reports.cells import Cell, show_change, show_count
from reports.figures import Filled, Line
from reports.spec import Role, refer
from schemas.words import listed


@dataclass(frozen=True)
class Column:
    """One column of figures: its heading, and the heading of its group ("" where there is none)."""

    heading: str
    group: str
    is_signed: bool

    def show(self, cell: Cell) -> str:
        """Print a cell as it stands in this column."""
        return show_change(cell) if self.is_signed else show_count(cell)


def columns_of(table: Filled) -> tuple[Column, ...]:
    """Return the columns of figures; of several windows each is a group of its own."""
    many = len(table.windows) > 1
    return tuple(
        Column(heading, window.heading if many else "", is_signed)
        for window in table.windows
        for heading, is_signed in (
            (window.span.label, False),
            (window.before.label, False),
            ("Change", True),
            ("Change (%)", True),
        )
    )


def cells_of(line: Line) -> Iterator[Cell]:
    """Return the cells of a row, one a column."""
    return (cell for compared in line.comparisons for cell in compared.cells)


def row_label(line: Line, table: Filled, notes_before: int = 0) -> str:
    """Return what a row is headed: its standing, label, unit if not the first row's, and note.

    `notes_before` is the number of notes from which those of the table are counted on.
    """
    unit = f" ({line.measure.unit})" if line.measure.unit != table.lines[0].measure.unit else ""
    lead = "of which: " if line.row.role is Role.OF_WHICH else ""
    note = refer(notes_before + line.row.note) if line.row.note else ""
    return f"{lead}{line.measure.label}{unit}{note}"


def extent_of(table: Filled) -> str:
    """Say where, when and in what unit the figures of a table are."""
    units = list(dict.fromkeys(line.measure.unit for line in table.lines))
    unit = f"Number of {units[0]}" + (", unless another unit is stated" if len(units) > 1 else "")
    areas = listed(list(dict.fromkeys(line.area.name for line in table.lines)))
    spans = " and ".join(dict.fromkeys(w.span.label for w in table.windows))
    return f"{areas}, {spans}. {unit}."
