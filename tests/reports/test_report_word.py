"""The Word file: headings, lists and tables that are those of Word."""

import io
import zipfile

import docx
import pytest
from docx.oxml.ns import qn
from support.documents import document

from reports.formats.word import to_word


@pytest.fixture(scope="module")
def made() -> bytes:
    return to_word(document())


@pytest.fixture(scope="module")
def opened(made: bytes):
    return docx.Document(io.BytesIO(made))


def texts(opened, style: str) -> list[str]:
    return [p.text for p in opened.paragraphs if p.style.name == style]


def test_a_word_file_has_a_title_and_a_language_and_no_date_of_its_own(opened):
    core = opened.core_properties
    assert (core.title, core.language) == (
        "Draft: Annual tables It fell., Apr 2020 to Mar 2021: It fell.", "en-GB",
    )  # fmt: skip
    assert (core.created.year, core.modified.year, core.last_modified_by) == (1980, 1980, "")
    langs = {lang.get(qn("w:val")) for lang in opened.styles.element.iter(qn("w:lang"))}
    assert langs == {"en-GB"}


def test_headings_are_those_of_word_and_go_down_one_level_at_a_time(opened):
    assert texts(opened, "Title") == ["Annual tables It fell., Apr 2020 to Mar 2021"]
    assert texts(opened, "Heading 1") == [
        "Key figures", "Tables", "Words: It fell.", "What the partners sent",
    ]  # fmt: skip
    assert texts(opened, "Heading 2") == ["Within: It fell."]


def test_every_table_repeats_its_heading_row_and_has_a_title(opened):
    assert len(opened.tables) == 1 + 3 + 2, "key figures, tables, a grid, and that of the chart"
    for table in opened.tables:
        marked = [row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None
                  for row in table.rows]  # fmt: skip
        assert marked == [True] + [False] * (len(marked) - 1)
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
        assert not table._tbl.xpath(".//w:gridSpan | .//w:vMerge"), "no cell spans others"


def test_no_row_is_broken_over_a_page_and_a_short_table_is_kept_on_one(opened):
    for table in opened.tables:
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
        *before, last = [row.cells[0].paragraphs[0].paragraph_format for row in table.rows]
        assert all(kept.keep_with_next for kept in before)
        assert not last.keep_with_next


def test_no_column_is_narrower_than_a_figure_in_it(opened):
    """Of amounts like £17,850.50 the pence stood on a line of their own."""
    for table in opened.tables:
        for row in table.rows[1:]:
            for cell in row.cells[1:]:
                longest = max(map(len, cell.text.split() or [""]))
                assert cell.width.cm >= longest * 0.16, cell.text


def words(element) -> str:
    return "".join(text.text for text in element.iter(qn("w:t")))


def test_the_contents_lead_to_every_section_that_they_list(opened):
    body = opened.element.body
    links = {link.get(qn("w:anchor")): words(link) for link in body.iter(qn("w:hyperlink"))}
    marked = {
        mark.get(qn("w:name")): words(mark.getparent()) for mark in body.iter(qn("w:bookmarkStart"))
    }
    assert list(links.values()) == [
        "Tables", "Words: It fell.", "Within: It fell.", "What the partners sent",
    ]  # fmt: skip
    assert links.items() <= marked.items()


def test_a_table_has_its_figures_as_they_are_printed_and_its_notes(opened):
    police = opened.tables[1]
    assert [cell.text for cell in police.rows[0].cells] == [
        "Offence", "Apr 2020 to Mar 2021", "Apr 2019 to Mar 2020", "Change", "Change (%)",
    ]  # fmt: skip
    assert [cell.text for cell in police.rows[1].cells] == [
        "All crime", "7,846", "8,876", "−1,030", "−11.6",
    ]  # fmt: skip
    words = [paragraph.text for paragraph in opened.paragraphs]
    assert "Table 1: Police recorded crime It fell. [note 1] [note 3]" in words
    assert any(text.startswith("[note 2] Domestic abuse crime is a flag") for text in words)
    fire = opened.tables[3]
    assert [cell.text for cell in fire.rows[0].cells][:2] == ["Area", "Measure"]


def test_a_chart_stands_as_its_words_and_its_figures(opened):
    assert opened.inline_shapes is not None
    assert len(opened.inline_shapes) == 0
    assert [[c.text for c in row.cells] for row in opened.tables[-1].rows] == [
        ["Month", "File", "It fell."], ["It fell.", "It fell.", "1,000"], ["May", "b.csv", "2"],
    ]  # fmt: skip


def test_the_same_document_gives_the_same_bytes(made: bytes):
    assert to_word(document()) == made
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in parts.namelist() if "vba" in name.lower()]


def test_nothing_of_the_template_is_left_that_does_not_fit(made: bytes):
    """A second copy of the styles differed from the first: Word may offer to repair such a file."""
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        names = set(packed.namelist())
        told = packed.read("[Content_Types].xml") + packed.read("word/_rels/document.xml.rels")
    assert {"word/document.xml", "word/styles.xml"} <= names
    assert not {name for name in names if "stylesWithEffects" in name or "thumbnail" in name}
    assert b"stylesWithEffects" not in told
