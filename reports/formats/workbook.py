"""A document's tables as an accessible workbook, by gptables and the Analysis Function's rules.

A cover, the contents, the notes, and one sheet a table: text at the left, numbers at the right as
numbers, codes and units in columns of their own, no merged, hidden or blank cells, no formula.
Where there is no number its mark stands in the cell; that of a number in a column beside it.
"""

import io
import warnings
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from math import ceil
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from reports.document import Document
from reports.formats.sheets import NOTHING, Sheet, sheets_of
from reports.formats.texts import printable
from reports.formats.zips import packed_anew

if TYPE_CHECKING:
    from gptables import Cover, GPTable, GPWorkbook

COLUMN, LABEL, CODES, PROSE, NAMES = 17, 44, 32, 90, 36
"""Widths, in characters: of figures, of what heads a row, of codes, of sentences, of names of
sheets."""

SHEET_WIDTH, MOST_PAGES = 215, 3
"""Characters that a sheet of paper can be wide and still be read; more go on further sheets."""

LINE, LETTER = 16, 1.1
"""The height of a line in points, and the width of a letter of 12 points in characters."""

MADE_AT = datetime(1980, 1, 1)


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
            {"column": {"columns": list(range(len(frame.columns))), "format": {"valign": "top"}}},
            {"row": {"rows": [0], "include_names": True, "format": {"valign": "bottom"}}},
            # A number at the right does not run into the text at its side.
            {
                "column": {
                    "columns": list(range(1, len(frame.columns))),
                    "include_names": True,
                    "format": {"indent": 1},
                }
            },
            *(
                {
                    "column": {
                        "columns": [_text(heading)],
                        "include_names": True,
                        "format": {"num_format": form, "align": "right"},
                    }
                }
                for heading, form in (sheet.formats or {}).items()
            ),
        ],
    )


def _cell(value: str | float) -> str | int | float:
    return _text(value or NOTHING) if isinstance(value, str) else value


def _set_out(book: "GPWorkbook", told: Document, sheets: Sequence[Sheet]) -> None:
    """Give columns their widths and rows their heights, and print a sheet on one page's width."""
    for page in book.worksheets():
        page.set_landscape()
        page.set_paper(9)
        # Not what a cell holds, but what stands at the foot of each printed page.
        page.set_footer(f"&L{_text(told.handling)}&R&P" if told.handling else "&R&P")
    cover = book.get_worksheet_by_name("Cover")
    for row, text in enumerate(_cover_lines(told)):
        cover.set_row(row, _height([(text, PROSE)]) + 6)
    contents = book.get_worksheet_by_name("Contents")
    contents.set_column(0, 0, NAMES)
    contents.set_column(1, 1, PROSE)
    for page in (cover, contents):
        page.fit_to_pages(1, 0)
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
    # On paper what heads the columns and the rows stands on every sheet.
    page.repeat_rows(first)
    page.repeat_columns(0)
    page.fit_to_pages(min(ceil(sum(widths) / SHEET_WIDTH), MOST_PAGES), 0)


def _width(sheet: Sheet, heading: str) -> int:
    if heading in sheet.prose:
        return PROSE
    if heading in sheet.wide:
        return LABEL
    longest = max((len(str(value)) for value in sheet.columns[heading]), default=0)
    return max(COLUMN, min(ceil(longest * LETTER) + 2, CODES if heading in sheet.codes else LABEL))


def _height(texts: Iterable[tuple[str, int]]) -> int:
    """Return the height in points of a row of texts that are wrapped at the widths given."""
    return LINE * max(ceil(len(text) * LETTER / width) for text, width in texts)
