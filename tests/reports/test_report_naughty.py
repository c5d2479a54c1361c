"""Whatever a text holds, it comes out of every format as text, and the file can be opened."""

import io

import docx
import pytest
from openpyxl import load_workbook
from support.documents import document
from support.inert import PAYLOADS, acts
from support.page import read

from reports.formats.csvs import to_csv
from reports.formats.html import render
from reports.formats.pdf import can_print, to_pdf
from reports.formats.receipt_csv import neutral
from reports.formats.texts import INSTEAD, printable
from reports.formats.word import to_word
from reports.formats.workbook import to_workbook

ALL = pytest.mark.parametrize("text", PAYLOADS.values(), ids=PAYLOADS)


@ALL
def test_on_a_page(text: str):
    page = render(document(text))
    assert acts("a.html", page.encode()) == []
    assert " ".join(printable(text).split()) in read(page).all("h1")[0].text


@ALL
def test_in_a_workbook(text: str):
    made = to_workbook(document(text))
    assert acts("a.xlsx", made) == []
    assert load_workbook(io.BytesIO(made))["Cover"]["A1"].value.startswith("Annual tables")


@ALL
def test_in_a_word_file(text: str):
    made = to_word(document(text))
    assert acts("a.docx", made) == []
    words = [paragraph.text for paragraph in docx.Document(io.BytesIO(made)).paragraphs]
    assert printable(text) in words


@pytest.mark.slow
@pytest.mark.skipif(not can_print(), reason="no PDF: pango and pangoft2 are not on this machine")
@ALL
def test_in_a_pdf(text: str):
    assert acts("a.pdf", to_pdf(document(text))) == []


@ALL
def test_in_a_csv_file(text: str):
    for table in document(text).tables:
        assert acts("a.csv", to_csv(table.filled).encode()) == []
    assert acts("a.csv", f'"{neutral(text)}"'.replace('"', "").encode()) == []


def test_what_is_not_printed_is_shown_as_such():
    assert printable("St Albans – Café, 5 % of £1") == "St Albans – Café, 5 % of £1"
    assert printable("a\x00b\u202ec\td\ne\ufeff") == f"a{INSTEAD}b{INSTEAD}c d e{INSTEAD}"
