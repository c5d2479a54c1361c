"""From bytes to text: row numbers as Excel shows them, whatever stands in the file.

Every test of CSV runs at several block sizes, because files are read a block at a time and nothing
may depend on where one ends.
"""

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pandas as pd
import pytest
from support.files import grid, gz, lines, ods_bytes, put, xlsx_bytes

from schemas.issues import DeliveryRejected
from sources import read
from sources.coverage import period_in_name
from sources.frames import TextChunk
from sources.headers import match_headers
from sources.parse import category, text
from sources.read import CsvFile, open_text
from sources.sheets import SheetFile, cell_text
from sources.spec import Column, Csv, Extent, Layout, Sheet

UTF8, CP1252 = Csv(), Csv(encoding="cp1252", delimiter=";")
XLSX, ODS = Sheet((".xlsx",)), Sheet((".ods",))


def layout(form: Csv | Sheet) -> Layout:
    return Layout(
        name="toy",
        format=form,
        columns=(
            Column("reference", "Ref", text()),
            Column("ward_name", "Ward", category()),
            Column("called_at", ("Day", "Time"), text()),
            Column("remark", "Remark", category(), required=False),
        ),
        extent=Extent.DISTRICT,
        span_in_name=period_in_name,
    )


at_any_block = pytest.mark.parametrize("block", [16 << 20, 100, 64], indirect=True)


def chunks(path: Path, form: Csv | Sheet = UTF8) -> list[TextChunk]:
    """Read a file below the row of headings that holds "Ref"."""
    file = open_text(path, path.name, form)[0]
    header = next(row for row in file.head() if any("Ref" in cell for cell in row.cells))
    match = match_headers(header.cells, layout(form))
    assert match.fits
    return list(file.chunks(header, match.positions, layout(form)))


def rows_of(found: list[TextChunk]) -> list[list[str]]:
    """Return what was read: row number, then the cells, "-" for blank."""
    return [
        [str(row), *("-" if pd.isna(cell) else cell for cell in cells)]
        for chunk in found
        for row, *cells in chunk.frame.astype("str").itertuples(name=None)
    ]


def misfits(found: list[TextChunk]) -> list[int]:
    return [row for chunk in found for row in chunk.misfits]


def why(path: Path, form: Csv | Sheet = UTF8) -> str:
    """Return the rule by which a file is refused."""
    with pytest.raises(DeliveryRejected) as refused:
        chunks(path, form)
    (issue,) = refused.value.issues
    assert issue.expected or issue.rule == "lines-unreconciled"
    return issue.rule


# --- CSV: rows --------------------------------------------------------------------------------


@at_any_block
def test_cells_are_trimmed_and_blank_ones_null(block: int, tmp_path: Path):
    # Of a value in parts, a blank part keeps its place; all parts blank are a blank value.
    found = chunks(
        put(tmp_path, "a.csv", lines("""
        Ref,Ward,Day,Time,Remark
        A1, Verulam ,1,10:00,x
         A2 ,Verulam,,,
        "  ",Ashley,2, ,"  "
        """)),
    )  # fmt: skip
    assert rows_of(found) == grid("""
        2 | A1 | Verulam | 1 10:00 | x
        3 | A2 | Verulam | -       | -
        4 | -  | Ashley  | 2 -     | -
    """)
    assert misfits(found) == []
    for chunk in found:
        assert chunk.frame["ward_name"].dtype == "category"
        assert chunk.frame["ward_name"].cat.categories.is_unique
        assert chunk.frame.index.name == "row"


@at_any_block
def test_ragged_rows_are_told_by_number_and_the_others_keep_theirs(block: int, tmp_path: Path):
    found = chunks(
        put(tmp_path, "a.csv", lines("""
        Ref,Ward,Day,Time
        too few
        too,few
        A4,Verulam,1,10:00
        one,cell,too,many,!
        A6,"St Peters, North",1,10:00
        A7,Clarence,1,10:00
        too few
        too few
        A10,Ashley,1,10:00
        too few
        too,few
        """)),
    )  # fmt: skip
    assert [row[:3] for row in rows_of(found)] == grid("""
        4  | A4  | Verulam
        6  | A6  | St Peters, North
        7  | A7  | Clarence
        10 | A10 | Ashley
    """)
    assert sorted(misfits(found)) == [2, 3, 5, 8, 9, 11, 12]
    assert sum(chunk.read for chunk in found) == 11


@at_any_block
def test_a_file_of_nothing_but_ragged_rows(block: int, tmp_path: Path):
    found = chunks(put(tmp_path, "a.csv", b"Ref,Ward,Day,Time\n" + b"too,few,cells\n" * 12))
    assert misfits(found) == list(range(2, 14))
    assert rows_of(found) == []


@at_any_block
def test_blank_lines_are_no_rows_but_they_count(block: int, tmp_path: Path):
    found = chunks(
        put(
            tmp_path,
            "a.csv",
            b"Ref,Ward,Day,Time\r\n\r\nA3,V,1,2\r\n,,,\r\n\r\n  ,,,\r\nA7,V,1,2\r\n\r\n",
        )
    )
    assert [row[:2] for row in rows_of(found)] == [["3", "A3"], ["7", "A7"]]
    assert misfits(found) == []


@at_any_block
def test_titles_and_blank_lines_above_the_headings(block: int, tmp_path: Path):
    content = (
        b"Fly-tips, April\n\nprinted 2 July,,,\nRef,Ward,Day,Time\nA5,V,1,2\nmisfit\nA7,V,1,2\n"
    )
    found = chunks(put(tmp_path, "a.csv", content))
    assert [row[:2] for row in rows_of(found)] == [["5", "A5"], ["7", "A7"]]
    assert misfits(found) == [6]


@at_any_block
def test_a_title_over_two_lines_is_one_row_to_a_spreadsheet(block: int, tmp_path: Path):
    content = b'"Fly-tips\nApril"\nRef,Ward,Day,Time\nA3,V,1,2\nA4,V,1,2\n'
    found = chunks(put(tmp_path, "a.csv", content))
    assert [row[:2] for row in rows_of(found)] == [["3", "A3"], ["4", "A4"]]


@at_any_block
def test_a_ragged_row_below_a_title_over_two_lines(block: int, tmp_path: Path):
    content = b'"Fly-tips\nApril"\nRef,Ward,Day,Time\nA3,V,1,2\nmisfit\nA5,V,1,2\nA6,V,1,2\n'
    found = chunks(put(tmp_path, "a.csv", content))
    assert misfits(found) == [4]
    assert [row[:2] for row in rows_of(found)] == [["3", "A3"], ["5", "A5"], ["6", "A6"]]


@pytest.mark.parametrize("ending", [b"\n", b"\r\n"])
@pytest.mark.parametrize("last", [True, False], ids=["ended", "open"])
@at_any_block
def test_line_endings(block: int, tmp_path: Path, ending: bytes, last: bool):
    content = ending.join([b"Ref,Ward,Day,Time", b"A2,V,1,2", b"A3,V,1,2"]) + ending * last
    assert [row[1] for row in rows_of(chunks(put(tmp_path, "a.csv", content)))] == ["A2", "A3"]


def test_a_file_with_headings_only(tmp_path: Path):
    assert rows_of(chunks(put(tmp_path, "a.csv", b"Ref,Ward,Day,Time\n"))) == []


def test_a_file_with_headings_only_and_no_line_ending(tmp_path: Path):
    assert rows_of(chunks(put(tmp_path, "a.csv", b"Ref,Ward,Day,Time"))) == []


# --- CSV: lines that do not add up to rows ----------------------------------------------------


@at_any_block
@pytest.mark.parametrize("ending", [b"\n", b"\r\n"])
def test_a_cell_over_two_lines_refuses_the_file(block: int, tmp_path: Path, ending: bytes):
    content = b'Ref,Ward,Day,Time|A2,V,1,2|A3,"V|W",1,2|A4,V,1,2|'.replace(b"|", ending)
    assert why(put(tmp_path, "a.csv", content)) == "lines-unreconciled"


OPEN_QUOTE = b'Ref,Ward,Day,Time\nA2,V,1,2\nA3,"V,1,2\nA4,V,1,2\nA5,V,1,2\n'


def test_a_quotation_mark_that_is_never_closed_refuses_the_file(tmp_path: Path):
    assert why(put(tmp_path, "a.csv", OPEN_QUOTE)) == "lines-unreconciled"


@pytest.mark.parametrize("block", [36], indirect=True)
def test_a_quotation_mark_that_is_never_closed_refuses_a_file_of_several_blocks(
    block: int, tmp_path: Path
):
    assert why(put(tmp_path, "a.csv", OPEN_QUOTE)) == "lines-unreconciled"


@pytest.mark.parametrize("block", [20], indirect=True)
def test_a_row_longer_than_a_block_cannot_be_read(block: int, tmp_path: Path):
    content = b"Ref,Ward,Day,Time\nA2,V,1,2\nA3," + b"V" * 60 + b",1,2\n"
    assert why(put(tmp_path, "a.csv", content)) == "file-unreadable"


def test_a_cell_without_end_among_the_first_rows_cannot_be_read(tmp_path: Path):
    content = b"Ref," + b"V" * 200_000 + b",Day,Time\n"
    assert why(put(tmp_path, "a.csv", content)) == "file-unreadable"


# --- CSV: encodings ---------------------------------------------------------------------------


def test_a_byte_order_mark_is_no_part_of_the_first_heading(tmp_path: Path):
    content = "\ufeffRef,Ward,Day,Time\nA2,Café,1,2\n".encode()
    assert rows_of(chunks(put(tmp_path, "a.csv", content))) == [["2", "A2", "Café", "1 2", "-"]]


@at_any_block
def test_a_declared_encoding_and_delimiter(block: int, tmp_path: Path):
    content = "Ref;Ward;Day;Time\nA2;Deliberate – own, £5;1;2\n".encode("cp1252")
    found = chunks(put(tmp_path, "a.csv", content), CP1252)
    assert rows_of(found)[0][:3] == ["2", "A2", "Deliberate – own, £5"]


@at_any_block
@pytest.mark.parametrize("head_bytes", [256 << 10, 30])
@pytest.mark.parametrize(
    "form_and_bytes", [(UTF8, b"Caf\xe9"), (UTF8, b"\xff\xfe"), (CP1252, b"\x81")]
)
def test_bytes_that_are_not_of_the_declared_encoding(
    block: int, tmp_path: Path, monkeypatch, head_bytes: int, form_and_bytes: tuple[Csv, bytes]
):
    form, bad = form_and_bytes
    monkeypatch.setattr(read, "HEAD_BYTES", head_bytes)  # found at once, or only on the way
    content = b"Ref,Ward,Day,Time\nA2,Verulam,1,2\nA3," + bad + b",1,2\nA4,V,1,2\n"
    path = put(tmp_path, "a.csv", content.replace(b",", form.delimiter.encode()))
    assert why(path, form) == "file-encoding"


def test_a_letter_cut_by_the_end_of_the_head_is_no_fault(tmp_path: Path, monkeypatch):
    content = "Ref,Ward,Day,Time\nA2,é,1,2\n".encode()
    monkeypatch.setattr(read, "HEAD_BYTES", content.index(b"\xc3") + 1)
    assert rows_of(chunks(put(tmp_path, "a.csv", content)))[0][2] == "é"


def test_only_the_first_rows_are_searched_for_headings(tmp_path: Path):
    path = put(tmp_path, "a.csv", b"a,b\n" * 30)
    assert [row.row for row in CsvFile(path, UTF8, path.name).head()] == list(range(1, 21))


# --- CSV: gzip --------------------------------------------------------------------------------

MANY = b"Ref,Ward,Day,Time\n" + b"".join(b"A%d,%x,1,2\n" % (n, n * n * 7919) for n in range(2, 400))


@at_any_block
def test_a_compressed_file(block: int, tmp_path: Path):
    found = chunks(put(tmp_path, "a.csv.GZ", gz(MANY[:200] + b"\n")))
    assert [row[:2] for row in rows_of(found)][:2] == [["2", "A2"], ["3", "A3"]]


@pytest.mark.parametrize("head_bytes", [256 << 10, 100])
@pytest.mark.parametrize(
    "damage",
    [lambda c: c[:-4], lambda c: c[:-100], lambda c: c[:-8] + b"12345678"],
    ids=["tail cut", "cut short", "wrong sum"],
)
def test_a_damaged_compressed_file(tmp_path: Path, monkeypatch, head_bytes: int, damage):
    monkeypatch.setattr(read, "HEAD_BYTES", head_bytes)
    monkeypatch.setattr(read, "BLOCK_BYTES", 500)
    assert why(put(tmp_path, "a.csv.gz", damage(gz(MANY)))) == "file-unreadable"


def test_a_file_that_is_compressed_in_name_only(tmp_path: Path):
    assert why(put(tmp_path, "a.csv.gz", MANY)) == "file-unreadable"


# --- workbooks --------------------------------------------------------------------------------

SHEET = grid("""
    Cases of April
    Ref   | Ward    | Day        | Time     | Remark
    A3    | Verulam | 2020-04-01 | 10:00    | 2.5
          |         |            |          |
    5     |         | 2020-04-02 | '        | yes
""")
SHEET.insert(3, ["", "", "", "", ""])


@pytest.mark.parametrize(("form", "write"), [(XLSX, xlsx_bytes), (ODS, ods_bytes)])
def test_the_first_sheet_of_a_workbook(tmp_path: Path, form: Sheet, write):
    path = put(tmp_path, "a" + form.suffixes[0], write(SHEET))
    (chunk,) = chunks(path, form)
    assert rows_of([chunk]) == [
        ["3", "A3", "Verulam", "2020-04-01 10:00", "2.5"],
        ["6", "5", "-", "2020-04-02 -", "yes"],
    ]
    assert chunk.misfits == ()


@pytest.mark.parametrize("form", [XLSX, ODS])
@pytest.mark.parametrize(
    "content",
    [b"no workbook", xlsx_bytes(SHEET)[:500], b"PK\x05\x06" + b"\0" * 18, b"\xd0\xcf\x11\xe0" * 9],
)
def test_what_is_no_workbook(tmp_path: Path, form: Sheet, content: bytes):
    assert why(put(tmp_path, "a.xlsx", content), form) == "file-unreadable"


def test_an_empty_sheet_has_no_rows(tmp_path: Path):
    assert SheetFile(put(tmp_path, "a.xlsx", xlsx_bytes([])), XLSX).head() == []


def test_every_minute_of_a_day_is_read_as_itself(tmp_path: Path):
    # Excel keeps times as fractions of a day, most of which are not exact.
    minutes = [f"2020-04-01 {m // 60:02}:{m % 60:02}" for m in range(1, 24 * 60)]
    file = SheetFile(put(tmp_path, "a.xlsx", xlsx_bytes([[m] for m in minutes])), XLSX)
    assert [cell_text(row[0]) for row in file.rows()] == [f"{minute}:00" for minute in minutes]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, ""),
        (True, "TRUE"),
        (False, "FALSE"),
        (12.0, "12"),
        (12.5, "12.5"),
        (7, "7"),
        ("text", "text"),
        (date(2020, 12, 31), "2020-12-31"),
        (datetime(2020, 12, 31, 23, 59, 30, 999), "2020-12-31 23:59:30"),
        (time(23, 59), "23:59:00"),
        (timedelta(hours=25), "1 day, 1:00:00"),
    ],
)
def test_cells_of_a_workbook_as_text(value: object, written: str):
    assert cell_text(value) == written


@pytest.mark.parametrize("block", [16 << 20, 64], indirect=True)
@pytest.mark.parametrize("bad", [b"\xe2\x80", b"\xff", b"caf\xe9"])
def test_a_ragged_row_of_another_encoding_prints_nothing(
    block: int, tmp_path: Path, monkeypatch, capfd: pytest.CaptureFixture, bad: bytes
):
    # Arrow hands ragged rows over as text and prints a traceback when they are none.
    monkeypatch.setattr(read, "HEAD_BYTES", 30)
    for end in (b"\nA4,V,1,2\n", b"\n", b""):
        content = b"Ref,Ward,Day,Time\n" + b"A2,V,1,2\n" * 9 + bad + end
        assert why(put(tmp_path, "a.csv", content)) == "file-encoding"
    assert capfd.readouterr().err == ""


@at_any_block
def test_letters_that_lie_over_the_ends_of_blocks(block: int, tmp_path: Path):
    content = "Ref,Ward,Day,Time\n" + "".join(f"A{n},{'é€' * n}𝄞,1,2\n" for n in range(2, 9))
    found = rows_of(chunks(put(tmp_path, "a.csv", content.encode())))
    assert [row[2] for row in found] == ["é€" * n + "𝄞" for n in range(2, 9)]
