"""Bytes of files, cell by cell: CSV, Excel and OpenDocument, and what can be wrong with a file.

Unlike `sources.sample.write`, which writes frames, a column here may hold a date in one row and a
text in the next: that is what faults are made of. The same cells give the same bytes on every day.
"""

import csv
import gzip
import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape

import xlsxwriter

from sources.sample.faults.page import Cell, Row
from sources.sample.people import CANARY
from sources.sample.write import CREATED, SERIAL_START, ZIP_TIME, ods_document, save_ods

OLE_HEADER = bytes.fromhex("D0CF11E0A1B11AE1")
DAYS_TO_1904 = 1462
PNG_HEADER = bytes.fromhex("89504E470D0A1A0A")


def csv_bytes(grid: Sequence[Row], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """Write rows as text with line feeds, dates as 31/12/2020."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerows([_text(cell) for cell in row] for row in grid)
    return out.getvalue().encode(encoding)


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    return f"{cell:%d/%m/%Y}" if isinstance(cell, datetime) else str(cell)


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook."""

    name: str
    grid: Sequence[Row]
    is_hidden: bool = False


def xlsx_bytes(sheets: Sequence[Sheet], since_1904: bool = False) -> bytes:
    """Write an Excel workbook; `since_1904` counts its days as old Macintosh versions did."""
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed, {"in_memory": True, "date_1904": since_1904}) as book:
        book.set_properties({"title": "Synthetic sample data", "created": CREATED})
        dated = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            if sheet.is_hidden:
                page.hide()
            for r, row in enumerate(sheet.grid):
                for c, cell in enumerate(row):
                    if isinstance(cell, datetime):
                        serial = (cell - SERIAL_START.to_pydatetime()).total_seconds() / 86_400
                        page.write_number(r, c, serial - DAYS_TO_1904 * since_1904, dated)
                    elif isinstance(cell, str):
                        page.write_string(r, c, cell)
                    elif cell is not None:
                        page.write_number(r, c, cell)
    return packed.getvalue()


def ods_bytes(sheets: Sequence[Sheet]) -> bytes:
    """Write an OpenDocument spreadsheet with true numbers and date cells."""
    document = ods_document([(sheet.name, sheet.is_hidden) for sheet in sheets])
    packed = io.BytesIO()
    save_ods(document, ["".join(map(_ods_row, sheet.grid)) for sheet in sheets], packed)
    return packed.getvalue()


def _ods_row(row: Row) -> str:
    return f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>"


def _ods_cell(cell: Cell) -> str:
    match cell:
        case None:
            return "<table:table-cell/>"
        case str():
            kind, shown = 'office:value-type="string"', escape(cell)
        case datetime():
            kind = (
                'office:value-type="date" table:style-name="dated" '
                f'office:date-value="{cell:%Y-%m-%d}"'
            )
            shown = f"{cell:%d/%m/%Y}"
        case _:
            kind, shown = f'office:value-type="float" office:value="{cell}"', str(cell)
    return f"<table:table-cell {kind}><text:p>{shown}</text:p></table:table-cell>"


def gz(content: bytes) -> bytes:
    """Compress with gzip."""
    return gzip.compress(content, mtime=0)


def zip_bytes(members: Mapping[str, bytes]) -> bytes:
    """Pack files into a zip archive."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, ZIP_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return packed.getvalue()


def locked_workbook() -> bytes:
    """Return what an Excel workbook with a password is on the outside: no zip archive at all."""
    streams = "EncryptionInfo EncryptedPackage".encode("utf-16-le")
    return OLE_HEADER + bytes(1024) + streams + bytes(4096)


def locked_member(archive: bytes) -> bytes:
    """Mark the only member of a zip archive as encrypted, in its own head and in the directory."""
    marked = bytearray(archive)
    marked[6] |= 1
    marked[archive.index(b"PK\x01\x02") + 8] |= 1
    return bytes(marked)


def picture() -> bytes:
    """Return the beginning of a picture, which is no text."""
    return PNG_HEADER + bytes(range(256)) * 8


_PIVOT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def with_pivot_cache(book: bytes) -> bytes:
    """Put a pivot table's copy of the records behind it into an Excel workbook."""
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    added = {
        "xl/pivotCache/pivotCacheDefinition1.xml": (
            f'{head}<pivotCacheDefinition xmlns="{_MAIN}" recordCount="1"><cacheFields count="1">'
            '<cacheField name="Name"/></cacheFields></pivotCacheDefinition>'
        ),
        "xl/pivotCache/pivotCacheRecords1.xml": (
            f'{head}<pivotCacheRecords xmlns="{_MAIN}" count="1"><r><s v="{CANARY}"/></r>'
            "</pivotCacheRecords>"
        ),
    }
    edits = {
        "xl/_rels/workbook.xml.rels": (
            "</Relationships>",
            f'<Relationship Id="rId99" Type="{_PIVOT}/pivotCacheDefinition" '
            'Target="pivotCache/pivotCacheDefinition1.xml"/></Relationships>',
        ),
        "[Content_Types].xml": (
            "</Types>",
            f'<Override PartName="/xl/pivotCache/pivotCacheDefinition1.xml" '
            f'ContentType="{_TYPE}.pivotCacheDefinition+xml"/></Types>',
        ),
    }
    return _edited(book, edits, added)


def _edited(book: bytes, edits: Mapping[str, tuple[str, str]], added: Mapping[str, str]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(book)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    for name, (mark, text) in edits.items():
        parts[name] = parts[name].replace(mark.encode(), text.encode())
    return zip_bytes(parts | {name: text.encode() for name, text in added.items()})


def cut_short(content: bytes) -> bytes:
    """Return the first half of a file."""
    return content[: len(content) // 2]
