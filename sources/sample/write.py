"""Writers of the samples: CSV, Excel and OpenDocument, the same bytes on every day.

Each writes title rows, a row of headings and the rows of a frame; nulls become blank cells. Dates
and times of a frame are `datetime64`; which of the two is meant follows from the format: a CSV file
and an OpenDocument sheet of ours hold days, an Excel sheet local times.
"""

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import IO
from xml.sax.saxutils import escape

import pandas as pd
import xlsxwriter
from odf import number
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TableProperties
from odf.table import Table, TableRow

CREATED = datetime(2021, 4, 1, 9, 0)
"""Stands in the properties of every workbook in place of the day on which it was written."""

ZIP_TIME = (1980, 1, 1, 0, 0, 0)
SERIAL_START = pd.Timestamp("1899-12-30")
"""Day 0 of Excel's dates."""


def write_csv(frame: pd.DataFrame, titles: Sequence[str], path: Path) -> None:
    """Write UTF-8 text with line feeds; titles stand in the first cell of a full row."""
    texts = frame.assign(
        **{str(name): frame[name].dt.strftime("%d/%m/%Y") for name in _dated(frame)}
    )
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerows([title] + [""] * (len(frame.columns) - 1) for title in titles)
        texts.to_csv(file, index=False, lineterminator="\n")


def write_xlsx(frame: pd.DataFrame, titles: Sequence[str], path: Path) -> None:
    """Write a workbook of one sheet, with true numbers and date-and-time cells."""
    with xlsxwriter.Workbook(path, {"in_memory": True}) as book:
        book.set_properties({"title": titles[0], "created": CREATED})
        sheet = book.add_worksheet("Export")
        dated = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        for row, title in enumerate(titles):
            sheet.write_string(row, 0, title)
        top = len(titles)
        times = _dated(frame)
        for place, name in enumerate(frame.columns):
            sheet.write_string(top, place, str(name))
            column = frame[name].dropna()
            rows = (column.index - frame.index[0] + top + 1).tolist()
            if name in times:
                serials = (column - SERIAL_START) / pd.Timedelta(days=1)
                for row, value in zip(rows, serials.tolist(), strict=True):
                    sheet.write_number(row, place, value, dated)
            else:
                write = sheet.write_number if _is_number(column) else sheet.write_string
                for row, value in zip(rows, column.tolist(), strict=True):
                    write(row, place, value)


def write_ods(frame: pd.DataFrame, titles: Sequence[str], path: Path) -> None:
    """Write a spreadsheet of one sheet, with true numbers and date cells.

    odfpy makes the document; the rows are put into it as text, since its element objects take
    many times as long.
    """
    save_ods(ods_document([("Export", False)]), [_ods_rows(frame, titles)], path)


def ods_document(sheets: Sequence[tuple[str, bool]]) -> OpenDocumentSpreadsheet:
    """Make a document with sheets of these names, hidden or not, that have no rows yet."""
    document = OpenDocumentSpreadsheet()
    day = number.DateStyle(name="day")
    for part in (number.Day(style="long"), number.Month(style="long"), number.Year(style="long")):
        if day.childNodes:
            day.addElement(number.Text(text="/"))
        day.addElement(part)
    document.styles.addElement(day)
    document.styles.addElement(Style(name="dated", family="table-cell", datastylename=day))
    if any(is_hidden for _, is_hidden in sheets):
        hidden = Style(name="hidden", family="table")
        hidden.addElement(TableProperties(display="false"))
        document.automaticstyles.addElement(hidden)
    for name, is_hidden in sheets:
        table = Table(name=name, **({"stylename": "hidden"} if is_hidden else {}))
        table.addElement(TableRow())
        document.spreadsheet.addElement(table)
    return document


def save_ods(document: OpenDocumentSpreadsheet, rows: Sequence[str], to: Path | IO[bytes]) -> None:
    """Write a document of `ods_document` with the rows of each of its sheets, given as XML."""
    saved = io.BytesIO()
    document.write(saved)
    _rewrite(saved, "<table:table-row/>", rows, to)


def _ods_rows(frame: pd.DataFrame, titles: Sequence[str]) -> str:
    days = _dated(frame)
    cells = [_ods_cells(frame[name], name in days) for name in frame.columns]
    headings = [_ods_text(str(name)) for name in frame.columns]
    rows = [_ods_text(title) if title else _ODS_BLANK for title in titles]
    rows += ["".join(row) for row in (headings, *zip(*cells, strict=True))]
    return "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)


_ODS_BLANK = "<table:table-cell/>"


def _ods_text(text: str) -> str:
    return (
        '<table:table-cell office:value-type="string">'
        f"<text:p>{escape(text)}</text:p></table:table-cell>"
    )


def _ods_cells(column: pd.Series, is_dated: bool) -> list[str]:
    if is_dated:
        shown, values = column.dt.strftime("%d/%m/%Y"), column.dt.strftime("%Y-%m-%d")
        kind = '"date" table:style-name="dated" office:date-value'
    elif _is_number(column):
        shown = values = column.astype("str")
        kind = '"float" office:value'
    else:
        return [_ODS_BLANK if pd.isna(v) else _ods_text(v) for v in column.tolist()]
    return [
        _ODS_BLANK
        if is_blank
        else f'<table:table-cell office:value-type={kind}="{value}"><text:p>{text}</text:p>'
        "</table:table-cell>"
        for is_blank, value, text in zip(column.isna(), values, shown, strict=True)
    ]


def _rewrite(saved: io.BytesIO, mark: str, rows: Sequence[str], to: Path | IO[bytes]) -> None:
    """Put each sheet's rows in place of its mark; take out what tells the day and the program."""
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(to, "w") as new:
        for member in old.infolist():
            text = old.read(member).decode("utf-8")
            if member.filename == "content.xml":
                parts = text.split(mark)
                if len(parts) != len(rows) + 1:
                    raise RuntimeError("odfpy writes an empty row in another form than it did")
                text = "".join(a + b for a, b in zip(parts, (*rows, ""), strict=True))
            elif member.filename == "meta.xml":
                text = re.sub(r"<meta:generator>.*?</meta:generator>", "", text)
            info = zipfile.ZipInfo(member.filename, ZIP_TIME)
            info.compress_type = member.compress_type
            new.writestr(info, _without_history(text))


def _without_history(text: str) -> str:
    """Declare the namespaces that a part uses and no others, in order of the alphabet.

    odfpy declares all that the process has ever used: the bytes would tell what ran before.
    """
    declared = dict(re.findall(r' xmlns:(\w+)="([^"]*)"', text))
    bare = re.sub(r' xmlns:\w+="[^"]*"', "", text)
    used = sorted(prefix for prefix in declared if re.search(f"[</ ]{prefix}:", bare))
    stated = "".join(f' xmlns:{prefix}="{declared[prefix]}"' for prefix in used)
    return re.sub(r"<[a-z][\w:-]*", lambda root: root[0] + stated, bare, count=1)


def _dated(frame: pd.DataFrame) -> list[str]:
    return [str(name) for name in frame.columns if frame[name].dtype.kind == "M"]


def _is_number(column: pd.Series) -> bool:
    return bool(column.dtype.kind in "iuf")
