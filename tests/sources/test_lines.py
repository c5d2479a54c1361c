"""Rows as the partner wrote them, by the partner's own numbers, from every kind of file."""

from pathlib import Path

import pytest
from support.desk import avon, cctv, fly_tips, police, street
from support.files import gz, put, xlsx_bytes, zip_bytes

from schemas.areas import ST_ALBANS
from sources.inbox import Delivery, recognise, take
from sources.lines import Line, written
from sources.partners import SOURCES
from sources.sheets import SheetFile, StackedFile, sheet_files
from sources.spec import Sheet

POLICE_ROWS = "Crime Reference\n41/2/20\n41/3/20\n41/4/20\n"
STREET_ROWS = "Crime ID | Crime type\n | Anti-social behaviour\na | Burglary\nb | Robbery\n"


def lines(folder: Path, name: str, content: bytes, *rows: int) -> list[Line]:
    """Keep a file and return its headings and some of its rows."""
    path = put(folder, name, content)
    (delivery,) = take(path, folder / "archive", SOURCES, ST_ALBANS)
    assert isinstance(delivery, Delivery)
    return list(written(recognise(delivery, SOURCES), rows))


def test_the_headings_come_first_and_then_the_rows_as_they_were_written(tmp_path: Path):
    content = police(POLICE_ROWS)
    whole = content.decode().split("\r\n")
    assert lines(tmp_path, "police-crime-2020-21-q1.csv", content, 4, 2) == [
        Line(1, whole[0], is_heading=True),
        Line(2, whole[1]),
        Line(4, whole[3]),
    ]


def test_what_stands_above_the_headings_shifts_no_row(tmp_path: Path):
    content = b'"Extract\r\nof two lines",\r\n\r\n' + police(POLICE_ROWS)
    heading, row = lines(tmp_path, "police-crime-2020-21-q1.csv", content, 5)
    assert (heading.number, heading.is_heading, row.number) == (3, True, 5)
    assert heading.text.startswith("Crime Reference,")
    assert row.text.startswith("41/3/20,")


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("2025-04-hertfordshire-street.csv", bytes),
        ("2025-04-hertfordshire-street.csv.gz", gz),
        ("2025-04.zip", lambda c: zip_bytes({"2025-04/2025-04-hertfordshire-street.csv": c})),
    ],
)
def test_however_it_was_packed(tmp_path: Path, name: str, pack):
    heading, row = lines(tmp_path, name, pack(street(STREET_ROWS)), 3)
    assert heading.text.startswith("Crime ID,Month,")
    assert row.text.startswith("a" * 64 + ",2025-04,")


def test_rows_of_a_workbook_have_a_sign_between_their_cells(tmp_path: Path):
    heading, row = lines(
        tmp_path, "cctv-log-2020-21-q1.xlsx", cctv("Log No | Arrests\nC/1 | 0\nC/2 | 3\n"), 3
    )
    assert heading.text.startswith("Log No | Start | End")
    assert row.text.startswith("C/2 | 2020-04-01 22:10:00 | 2020-04-01 22:40:00 | 7 | Drugs")
    heading, row = lines(
        tmp_path, "fly-tips-2020-21-q1.ods", fly_tips("Case Reference\nFT/1\nFT/2\n"), 2
    )
    assert heading.text.startswith("Case Reference | Date Reported")
    assert row.text.startswith("FT/1 | 2020-04-01")


def test_the_row_on_another_sheet_is_told_by_its_number(tmp_path: Path):
    head = ["Log No", "Start"]
    book = put(tmp_path, "b.xlsx", xlsx_bytes([head, ["a", "b"]], North=[head, ["c", "d"]]))
    sheets = sheet_files(book, Sheet((".xlsx",), stacks=True))
    stacked = StackedFile([(sheet, sheet.head()[0], {}) for sheet in sheets])

    class Found:
        file, header = stacked, sheets[0].head()[0]

    assert all(isinstance(sheet, SheetFile) for sheet in sheets)
    assert [(line.number, line.text) for line in written(Found, [20_000_002])] == [  # type: ignore[arg-type]
        (20_000_001, "Log No | Start"),
        (20_000_002, "c | d"),
    ]


def test_a_declared_encoding_is_read_as_such(tmp_path: Path):
    content = avon("Ward | Cause of Fire\nST WERBURGH’S | Deliberate – unknown owner\n")
    _, row = lines(tmp_path, "afrs-july-2014.csv", content, 2)
    assert "ST WERBURGH’S" in row.text
    assert "Deliberate – unknown owner" in row.text


def test_no_sign_can_steer_a_terminal(tmp_path: Path):
    """A cell that clears the screen, or writes from right to left, would hide what is shown."""
    rows = "Crime Reference | Ward\n41/2/20 | a\x1b[2J\u202eb\xa0c\td\n"
    _, row = lines(tmp_path, "police-crime-2020-21-q1.csv", police(rows), 2)
    assert "a\\x1b[2J\\u202eb\\xa0c\td" in row.text
