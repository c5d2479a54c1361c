"""The CSV beside a receipt: a line a fault and row, and nothing in it that a spreadsheet runs."""

import csv
import io

import pytest

from reports.formats.receipt_csv import COLUMNS, neutral, receipt_csv
from reports.receipt import Finding, Receipt, RowNumbers


def lines(*findings: Finding, name: str = "police.csv") -> list[list[str]]:
    receipt = Receipt("A Partnership", name, "1.2.3", read=9, accepted=5, findings=findings)
    text = "".join(receipt_csv(receipt))
    assert "\r" not in text
    return list(csv.reader(io.StringIO(text)))


def test_the_file_comes_first_then_every_row_in_its_order():
    got = lines(
        Finding("word-unknown", "Status", "Recorded or Cancelled", RowNumbers([4, 12])),
        Finding("value-missing", "Date Recorded", rows=RowNumbers([4, 3])),
        Finding("column-undeclared", "column S"),
    )
    assert got[0] == list(COLUMNS)
    assert [(row, heading, rule, what) for _, row, heading, rule, what, *_ in got[1:]] == [
        ("", "column S", "column-undeclared", "warning"),
        ("3", "Date Recorded", "value-missing", "row rejected"),
        ("4", "Date Recorded", "value-missing", "row rejected"),
        ("4", "Status", "word-unknown", "row rejected"),
        ("12", "Status", "word-unknown", "row rejected"),
    ]
    assert got[-1][5:] == [
        "'Status' holds a word that is not on its list: Recorded or Cancelled.",
        "Use a word of the list, or tell the data team about the new one.",
    ]


def test_every_row_of_many_has_its_line():
    got = lines(Finding("value-missing", "Date", rows=RowNumbers(range(2, 120_002))))
    assert len(got) == 120_001
    assert got[-1][1] == "120001"


def test_a_file_without_a_fault_has_only_the_headings():
    assert lines() == [list(COLUMNS)]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_no_cell_is_a_formula(sign: str):
    (told,) = lines(Finding("value-missing", f"{sign}A1"), name=f'{sign}cmd|"x".csv')[1:]
    assert [cell for cell in told if cell.startswith(("=", "+", "-", "@"))] == []
    assert told[0] == f'\'{sign}cmd|"x".csv'
    assert told[2] == f"'{sign}A1"


def test_blanks_and_line_breaks_hide_no_formula():
    assert neutral("\t=1+1") == "'=1+1"
    assert neutral("a\r\n=b") == "a =b"
