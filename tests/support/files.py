"""Writes partners' files from small text tables, so that a test shows the file that it is about.

A table is written with bars between the cells and its headings in the first line::

    Log No | Start            | Arrests
    C/0001 | 2020-04-01 22:10 | 2

In a workbook a cell written 2020-04-01 becomes a date cell, 2020-04-01 22:10 a date-and-time cell,
digits a number; a leading apostrophe makes it text, as it does in Excel. In CSV all is text.
"""

import csv
import gzip
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from textwrap import dedent

import xlsxwriter
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

Cell = str | float | date | datetime | None
Grid = list[list[str]]


def grid(table: str) -> Grid:
    """Return the cells of a text table, line by line; an empty table has no lines."""
    lines = [line for line in dedent(table).strip("\n").split("\n") if line.strip()]
    return [[cell.strip() for cell in line.split("|")] for line in lines]


def complete(table: str, usual: Mapping[str, str]) -> Grid:
    """Fill a narrow table up to the whole agreed layout: a test need only show what matters.

    `usual` gives the layout's headings in order with what stands below them in a row that has
    nothing wrong; "{row}" in it becomes the row's own number, so that references differ.
    """
    headings, *lines = grid(table)
    unknown = set(headings) - set(usual)
    assert not unknown, f"the agreed layout has no column {unknown}"
    rows = [list(usual)]
    for number, line in enumerate(lines, start=2):
        shown = dict(zip(headings, line, strict=True))
        rows.append([shown.get(h, v.replace("{row}", str(number))) for h, v in usual.items()])
    return rows


def csv_bytes(rows: Sequence[Sequence[str]], encoding: str = "utf-8") -> bytes:
    """Write rows as CSV, with quotation marks where a cell needs them."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode(encoding)


def lines(text: str, encoding: str = "utf-8") -> bytes:
    """Return the lines of a file exactly as a test shows them."""
    return dedent(text).lstrip("\n").encode(encoding)


def gz(content: bytes) -> bytes:
    """Compress with gzip, the same bytes on every day."""
    return gzip.compress(content, mtime=0)


def zip_bytes(members: Mapping[str, bytes]) -> bytes:
    """Pack files into a zip archive; a name that ends in "/" is a folder."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def typed(text: str) -> Cell:
    """Return what a spreadsheet would make of a cell typed in like this."""
    if not text:
        return None
    if text.startswith("'"):
        return text[1:]
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return date.fromisoformat(text)
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}(:[0-9]{2})?", text):
        return datetime.fromisoformat(text)
    if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text):
        return float(text)
    return text


def xlsx_bytes(rows: Sequence[Sequence[str]], **more_sheets: Sequence[Sequence[str]]) -> bytes:
    """Write rows as the first sheet of an Excel workbook; further sheets by name."""
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        for name, content in {"Export": rows, **more_sheets}.items():
            sheet = book.add_worksheet(name)
            for r, row in enumerate(content):
                for c, text in enumerate(row):
                    match typed(text):
                        case None:
                            pass
                        case datetime() as value:
                            sheet.write_datetime(r, c, value, moment)
                        case date() as value:
                            sheet.write_datetime(r, c, value, day)
                        case str() as value:
                            sheet.write_string(r, c, value)
                        case value:
                            sheet.write_number(r, c, value)
    return packed.getvalue()


def ods_bytes(rows: Sequence[Sequence[str]]) -> bytes:
    """Write rows as the only sheet of an OpenDocument spreadsheet."""
    book = OpenDocumentSpreadsheet()
    sheet = Table(name="Export")
    for row in rows:
        line = TableRow()
        for text in row:
            line.addElement(_ods_cell(typed(text)))
        sheet.addElement(line)
    book.spreadsheet.addElement(sheet)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def _ods_cell(value: Cell) -> TableCell:
    match value:
        case None:
            return TableCell()
        case date():
            return TableCell(valuetype="date", datevalue=value.isoformat())
        case str():
            cell = TableCell(valuetype="string")
            cell.addElement(P(text=value))
            return cell
        case _:
            return TableCell(valuetype="float", value=value)


def files_below(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file below a folder, by its path from there."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def put(folder: Path, name: str, content: bytes) -> Path:
    """Write a file into a folder and return its path."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path
