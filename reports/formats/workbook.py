"""A document's tables as an accessible workbook, by gptables and the Analysis Function's rules.

A cover, the contents, the notes, and one sheet a table: text at the left, numbers at the right as
numbers, codes and units in columns of their own, no merged, hidden or blank cells, no formula.
Where there is no number its mark stands in the cell; that of a number in a column beside it.
"""

import io
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from math import ceil
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from reports.cells import MINUS, Cell
from reports.document import (
    Chart,
    Definitions,
    Document,
    Grid,
    Section,
    Table,
    every_section,
)
from reports.figures import Filled, Window
from reports.formats.texts import printable
from reports.formats.zips import packed_anew
from reports.layout import cells_of, row_label
from reports.spec import refer
from schemas.words import PENCE, printed_unit

if TYPE_CHECKING:
    from gptables import Cover, GPTable, GPWorkbook

NOTHING = "none"
"""What stands where there is nothing to be said: no cell of a table is blank."""

PLACES, AMOUNTS, POUND = "#,##0.0", "#,##0.00", "£"
COUNTS, CHANGES, PERCENT = "#,##0", "+#,##0;-#,##0;0", "+#,##0.0;-#,##0.0;0.0"
COLUMN, LABEL, PROSE, NAMES = 16, 44, 90, 36
"""Widths, in characters: of figures, of what heads a row, of sentences, of names of sheets."""

LINE, LETTER = 16, 1.1
"""The height of a line in points, and the width of a letter of 12 points in characters."""

MADE_AT = datetime(1980, 1, 1)


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


def to_workbook(told: Document) -> bytes:
    """Return the tables of a document as a workbook; the same document gives the same bytes."""
    gptables = _gptables()
    sheets = tuple(sheets_of(told))
    out = io.BytesIO()
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="No note text provided", category=UserWarning)
        # What gptables asks of pandas will be gone in the next one, which the lock keeps away.
        warnings.filterwarnings("ignore", category=DeprecationWarning)
        book = gptables.produce_workbook(
            out,
            {sheet.name: _gptable(sheet) for sheet in sheets},
            cover=_cover(told),
            auto_width=False,
            gridlines="hide_printed",
            cover_gridlines=True,
            contentsheet_options={"instructions": "This worksheet contains one table."},
            workbook_options={
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "default_format_properties": {"font_name": "Arial", "font_size": 12},
            },
        )
    _set_out(book, told, sheets)
    book.set_properties(
        {"title": _text(told.full_title), "company": _text(told.publisher), "created": MADE_AT}
    )
    book.close()
    return packed_anew(
        out.getvalue(), {"docProps/core.xml": lambda core: _with_language(core, told.language)}
    )


def _with_language(core: str, language: str) -> str:
    """Say the language, and take out who made it: that is not for readers."""
    for empty in ("<dc:creator></dc:creator>", "<cp:lastModifiedBy></cp:lastModifiedBy>"):
        core = core.replace(empty, "")
    end = "</cp:coreProperties>"
    return core.replace(end, f"<dc:language>{escape(language)}</dc:language>{end}")


def _text(text: str) -> str:
    """Return a text that gptables writes as it stands, and takes for no link and no note."""
    shown = printable(text).replace("](", "] (").replace("$$", "$ $").strip()
    return shown if any(c.isalnum() for c in shown) else f"{shown} (no text)".strip()


def _cover(told: Document) -> "Cover":
    notices = [
        " ".join((notice.text, *(f"{point}." for point in notice.points)))
        for notice in told.notices
    ]
    lead = [paragraph.text for paragraph in told.lead]
    about = [
        "Each table stands on a worksheet of its own. The contents list them; the notes that their "
        "titles and rows refer to, as in [note 1], are on the worksheet Notes.",
        "Where there is no figure, a mark in square brackets stands in its place and is explained "
        "above its table. A figure that carries a mark has it in the column beside it.",
        *(paragraph.text for paragraph in told.closing),
    ]
    return _gptables().Cover(
        title=_text(f"{told.title}, {told.subtitle}"),
        intro=[_text(text) for text in (told.publisher, *lead, *notices)],
        about=[_text(text) for text in about],
        width=PROSE,
    )


# --- sheets -----------------------------------------------------------------------------------


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
    for place, (heading, form) in enumerate(_figures(filled)):
        column = [row[place] for row in cells]
        columns[heading] = [_value(cell) for cell in column]
        is_money = any(cell.is_money for cell in column)
        formats[heading] = form.replace("#,##0", "#,##0.00") if is_money else form
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
    yield f"{lead}change from {before} to {now} ({unit})"
    yield f"{lead}change from {before} to {now} (percent)"


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
    """Return the name of a sheet, of at most 31 characters, as made from an anchor."""
    return anchor.replace("-", "_").capitalize()[:31]


# --- gptables ---------------------------------------------------------------------------------


def _gptables() -> Any:
    """Load gptables, which loads pandas: only a workbook needs it. It leaves a file of its open."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", category=ResourceWarning)
        import gptables  # noqa: PLC0415
    return gptables


def _gptable(sheet: Sheet) -> "GPTable":
    import pandas as pd  # noqa: PLC0415

    frame = pd.DataFrame(
        {
            _text(heading): pd.Series([_cell(value) for value in values], dtype=object)
            for heading, values in sheet.columns.items()
        }
    )
    return _gptables().GPTable(
        table=frame,
        table_name=sheet.name.lower(),
        title=_text(sheet.title),
        subtitles=[_text(sheet.extent)] if sheet.extent else [],
        instructions="This worksheet contains one table.",
        legend=[_text(sheet.legend)] if sheet.legend else [],
        source=_text(sheet.source) if sheet.source else None,
        index_columns={2: 0},
        additional_formatting=[
            {"column": {"columns": [_text(heading)], "format": {"num_format": form}}}
            for heading, form in (sheet.formats or {}).items()
        ],
    )


def _cell(value: str | float) -> str | int | float:
    return _text(value or NOTHING) if isinstance(value, str) else value


def _set_out(book: "GPWorkbook", told: Document, sheets: Sequence[Sheet]) -> None:
    """Give columns their widths and rows their heights, and print a sheet on one page's width."""
    for page in book.worksheets():
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        # Not what a cell holds, but what stands at the foot of each printed page.
        page.set_footer(f"&L{_text(told.handling)}&R&P" if told.handling else "&R&P")
    cover = book.get_worksheet_by_name("Cover")
    for row, text in enumerate(_cover_lines(told)):
        cover.set_row(row, _height([(text, PROSE)]) + 6)
    contents = book.get_worksheet_by_name("Contents")
    contents.set_column(0, 0, NAMES)
    contents.set_column(1, 1, PROSE)
    for sheet in sheets:
        _set_out_sheet(book.get_worksheet_by_name(sheet.name), sheet)


def _cover_lines(told: Document) -> Iterator[str]:
    """Return the lines of the cover, in the order in which gptables writes them."""
    cover = _cover(told)
    yield cover.title
    yield "Introductory information"
    yield from cover.intro
    yield "About these data"
    yield from cover.about


def _set_out_sheet(page: Any, sheet: Sheet) -> None:
    first = _gptable(sheet).data_range[0]
    widths = [_width(sheet, heading) for heading in sheet.columns]
    for place, width in enumerate(widths):
        page.set_column(place, place, width)
    rows = zip(*sheet.columns.values(), strict=True)
    for row, texts in enumerate((tuple(sheet.columns), *rows), start=first):
        page.set_row(row, _height([(str(t), w) for t, w in zip(texts, widths, strict=True)]))


def _width(sheet: Sheet, heading: str) -> int:
    if heading in sheet.prose:
        return PROSE
    if heading in sheet.wide:
        return LABEL
    longest = max((len(str(value)) for value in sheet.columns[heading]), default=0)
    return max(COLUMN, min(ceil(longest * LETTER) + 2, LABEL))


def _height(texts: Iterable[tuple[str, int]]) -> int:
    """Return the height in points of a row of texts that are wrapped at the widths given."""
    return LINE * max(ceil(len(text) * LETTER / width) for text, width in texts)
