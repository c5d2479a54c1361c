"""The PDF: that a screen reader finds its way, as far as programs can judge that."""

import io
import re

import pikepdf
import pytest
from support.documents import document

from reports.document import Chart, every_section
from reports.formats import pdf
from reports.formats.pdf import NoPdf, can_print, for_paper, to_pdf

pytestmark = pytest.mark.skipif(
    not can_print(), reason="no PDF: the libraries pango and pangoft2 are not on this machine"
)


@pytest.fixture(scope="module")
def made() -> bytes:
    return to_pdf(document())


@pytest.fixture(scope="module")
def opened(made: bytes):
    with pikepdf.open(io.BytesIO(made)) as found:
        yield found


def elements(opened: pikepdf.Pdf, role: str) -> list[pikepdf.Dictionary]:
    return [
        found for found in opened.objects
        if isinstance(found, pikepdf.Dictionary) and found.get("/S") == role
    ]  # fmt: skip


def test_a_pdf_has_a_title_a_language_and_tags(opened: pikepdf.Pdf):
    assert opened.Root.Lang == "en-GB"
    assert opened.Root.MarkInfo.Marked
    assert opened.Root.ViewerPreferences.DisplayDocTitle
    assert (
        opened.docinfo["/Title"] == "Draft: Annual tables It fell., Apr 2020 to Mar 2021: It fell."
    )
    assert "pdfuaid" in opened.Root.Metadata.read_bytes().decode()


def test_a_pdf_has_bookmarks_in_the_order_of_its_headings(opened: pikepdf.Pdf):
    with opened.open_outline() as outline:
        (top,) = outline.root
        assert [item.title for item in top.children] == [
            "Key figures", "Contents", "Tables", "Words: It fell.", "What the partners sent",
        ]  # fmt: skip
        assert [item.title for item in top.children[3].children] == ["Within: It fell."]


def test_a_picture_has_words(opened: pikepdf.Pdf):
    assert [str(found.Alt) for found in elements(opened, "/Figure")] == ["It fell."]


def test_a_pdf_holds_nothing_that_runs_or_that_is_to_be_loaded(made: bytes):
    assert not re.search(rb"/(JavaScript|JS|Launch|EmbeddedFile|SubmitForm)\b", made)
    assert b"/CreationDate" not in made


def test_the_same_document_gives_the_same_bytes(made: bytes):
    assert to_pdf(document()) == made


def test_paper_has_no_links_to_files_and_nothing_to_unfold():
    told = for_paper(document())
    assert [section.title for section in told.opening] == ["Key figures"]
    assert {table.csv for table in told.tables} == {""}
    (chart,) = [
        block for section in every_section(told.sections) for block in section.blocks
        if isinstance(block, Chart)
    ]  # fmt: skip
    assert chart.data.rows == ()


def test_nothing_is_loaded_that_a_text_asks_for():
    with pytest.raises(ValueError, match="loads nothing"):
        pdf._refuse("file:///etc/passwd")


def test_without_its_library_there_is_no_pdf_and_a_sentence_instead(monkeypatch):
    import builtins

    real = builtins.__import__

    def without(name, *rest):
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    assert not can_print()
    with pytest.raises(NoPdf, match="pango"):
        to_pdf(document())
