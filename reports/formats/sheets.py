"""The sheets of a workbook: what stands in which column, as numbers and texts, before it is set."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from reports.cells import MINUS, Cell, said_of
from reports.document import Chart, Definitions, Document, Grid, Section, Table, every_section
from reports.figures import Filled, Window
from reports.layout import cells_of, row_label
from reports.spec import refer
from schemas.words import PENCE, printed_unit

NOTHING = "none"
"""What stands where there is nothing to be said: no cell of a table is blank."""

PLACES, AMOUNTS, POUND = "#,##0.0", "#,##0.00", "£"
COUNTS, CHANGES, PERCENT = "#,##0", "+#,##0;-#,##0;0", "+#,##0.0;-#,##0.0;0.0"

LONGEST_NAME = 31
"""Letters that the name of a sheet may have."""


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook: one table with what is said above it.

    `columns` holds texts and numbers by heading; `formats` the number format of a column, `wide`
    the headings of columns of text that need room.
    """

    name: str
    title: str
    columns: Mapping[str, Sequence[str | int | float]]
    extent: str = ""
    source: str = ""
    legend: str = ""
    formats: Mapping[str, str] | None = None
    wide: frozenset[str] = frozenset()
    prose: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()


def sheets_of(told: Document) -> Iterator[Sheet]:
    """Return the sheets of a document: its notes, its tables, and its other tables of texts."""
    taken: set[str] = set()
    for sheet in _sheets_of(told):
        name = sheet.name
        while name in taken:
            name = f"{sheet.name[:27]}_{len(taken)}"
        taken.add(name)
        yield replace(sheet, name=name)


def _sheets_of(told: Document) -> Iterator[Sheet]:
    sections = tuple(every_section((*told.opening, *told.sections)))
    tables = [block for section in sections for block in section.blocks if isinstance(block, Table)]
    if any(table.notes for table in tables):
        yield _notes(tables)
    before = 0
    for table in tables:
        yield _table(table, before)
        before += len(table.notes)
    for section in sections:
        yield from _texts(section)


def _notes(tables: Iterable[Table]) -> Sheet:
    found = [(table.label, note) for table in tables for note in table.notes]
    return Sheet(
        "Notes",
        "Notes",
        {
            "Note number": [f"note {number}" for number in range(1, len(found) + 1)],
            "Note text": [note for _, note in found],
            "Table": [label for label, _ in found],
        },
        prose=frozenset({"Note text"}),
    )


def _table(table: Table, before: int) -> Sheet:
    """Return the sheet of a table; its notes are counted on from those of the tables before."""
    filled = table.filled
    lines = filled.lines
    spec = filled.spec
    columns: dict[str, Sequence[str | int | float]] = {
        spec.stub: [row_label(line, filled, before) for line in lines],
        "Measure code": [line.measure.code for line in lines],
        "Area": [line.area.name for line in lines],
        "Area code": [line.area.code for line in lines],
        "Unit": [printed_unit(line.measure.unit) for line in lines],
    }
    formats = {}
    cells = [list(cells_of(line)) for line in lines]
    is_money = all(line.measure.unit == PENCE for line in lines)
    for place, (heading, form) in enumerate(_figures(filled)):
        column = [row[place] for row in cells]
        columns[heading] = [_value(cell) for cell in column]
        # An amount has pence; its change in percent has one place, as everywhere.
        is_amount = is_money and form != PERCENT
        formats[heading] = form.replace("#,##0", "#,##0.00") if is_amount else form
        if any(said_of(cell) for cell in column):
            columns[f"Said of: {heading}"] = [said_of(cell) or NOTHING for cell in column]
        if any(cell.value is not None and cell.marks for cell in column):
            columns[f"Marks of: {heading}"] = [_beside(cell) for cell in column]
    notes = refer(*(before + number for number in spec.heading_notes))
    return Sheet(
        name=f"Table_{table.number}",
        title=f"{table.label}: {table.title}{notes}",
        columns=columns,
        extent=table.extent,
        source=table.source,
        legend=table.legend,
        formats=formats,
        wide=frozenset({spec.stub}),
        codes=frozenset({"Measure code", "Area"}),
    )


def _figures(table: Filled) -> Iterator[tuple[str, str]]:
    """Return the heading of each column of figures, which says its unit, and its number format."""
    many = len(table.windows) > 1
    is_money = all(line.measure.unit == PENCE for line in table.lines)
    unit = printed_unit(PENCE) if is_money else "number"
    for window in table.windows:
        lead = f"{window.heading}: " if many else ""
        yield from zip(
            _headings(window, lead, unit), (COUNTS, COUNTS, CHANGES, PERCENT), strict=True
        )


def _headings(window: Window, lead: str, unit: str) -> Iterator[str]:
    now, before = window.span.label, window.before.label
    yield f"{lead}{now} ({unit})"
    yield f"{lead}{before} ({unit})"
    change = "change" if lead else "Change"
    yield f"{lead}{change} from {before} to {now} ({unit})"
    yield f"{lead}{change} from {before} to {now} (percent)"


def _value(cell: Cell) -> str | int | float:
    if cell.value is None:
        return "".join(mark.shown for mark in cell.marks)
    return int(cell.value) if cell.value == cell.value.to_integral_value() else float(cell.value)


def _beside(cell: Cell) -> str:
    return "".join(mark.shown for mark in cell.marks) if cell.value is not None else NOTHING


def _texts(section: Section) -> Iterator[Sheet]:
    for block in section.blocks:
        match block:
            case Grid():
                yield from _grid(block)
            case Chart():
                yield from _grid(block.data)
            case Definitions() if block.items:
                yield Sheet(
                    _name(section.anchor),
                    section.title,
                    {
                        "What": [item.term for item in block.items],
                        "State": [item.text for item in block.items],
                        "Files": ["; ".join(item.files) for item in block.items],
                    },
                    wide=frozenset({"What"}),
                    prose=frozenset({"State", "Files"}),
                )
            case _:
                pass


def _grid(grid: Grid) -> Iterator[Sheet]:
    """Return the sheet of a table of texts; in its columns of numbers they are numbers again."""
    if not grid.rows:
        return
    columns: dict[str, Sequence[str | int | float]] = {}
    if grid.groups:
        columns[grid.grouped_by] = grid.groups
    formats = {}
    for place, heading in enumerate(grid.header):
        texts = [row[place] for row in grid.rows]
        if place not in grid.right:
            columns[heading] = texts
            continue
        unit = _unit(texts)
        headed = heading if heading.endswith(")") else f"{heading} ({unit})"
        columns[headed] = values = [_number(text, unit) for text in texts]
        places = AMOUNTS if unit == printed_unit(PENCE) else PLACES
        formats[headed] = places if any(isinstance(v, float) for v in values) else COUNTS
    wide = frozenset(h for place, h in enumerate(grid.header) if place not in grid.right)
    yield Sheet(_name(grid.anchor), grid.title, columns, grid.extent, formats=formats, wide=wide)


def _unit(texts: Iterable[str]) -> str:
    """Return what the numbers of a column are: pounds only where all of them are."""
    numbers = [text for text in texts if any(c.isdigit() for c in text)]
    if numbers and all(POUND in text for text in numbers):
        return printed_unit(PENCE)
    return "percent" if any(text.endswith("%") for text in numbers) else "number"


def _number(text: str, unit: str) -> str | int | float:
    """Return the number that a text shows; a text that shows none, as a mark, stays as it is."""
    plain = text.rstrip("%").replace(",", "").replace(MINUS, "-")
    if unit == printed_unit(PENCE):
        plain = plain.replace(POUND, "")
    if not re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", plain):
        return text
    return float(plain) if "." in plain else int(plain)


def _name(anchor: str) -> str:
    """Return the name of a sheet, of at most 31 characters and whole words, from an anchor."""
    name = anchor.removesuffix("-table").removesuffix("-data").replace("-", "_").capitalize()
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME + 1].rpartition("_")[0]
