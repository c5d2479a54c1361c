"""The tags of the PDF: which headings a cell has, what is a page number, and what a checker says.

`page-validation` holds a PDF against the 104 rules of PDF/UA-1 that a program can judge.
"""

import io
import re
from collections.abc import Iterator

import page
import pikepdf
import pytest
from support.documents import document

from reports.formats.pdf import can_print, to_pdf
from reports.formats.pdf_tags import finish
from schemas.period import Quarter

pytestmark = pytest.mark.skipif(
    not can_print(), reason="no PDF: the libraries pango and pangoft2 are not on this machine"
)

TABLE = """
<table><caption>Crime</caption>
<thead>
<tr><th rowspan="2" scope="col">Offence</th><th colspan="2" scope="colgroup">Quarter</th></tr>
<tr><th scope="col">2020</th><th scope="col">Change</th></tr>
</thead>
<tbody>
<tr><th colspan="3" scope="colgroup">St Albans</th></tr>
<tr><th scope="row">Robbery</th><td>5</td><td>-1</td></tr>
<tr><th scope="row">Theft</th><td colspan="2">[x]</td></tr>
<tr><th colspan="3" scope="colgroup">Rest of Hertfordshire</th></tr>
<tr><th scope="row" rowspan="2">Robbery</th><td>9</td><td>+2</td></tr>
<tr><td>8</td><td>+1</td></tr>
</tbody></table>
"""
WORDS = """Offence|Quarter|2020|Change|St Albans|Robbery|5|-1|Theft|[x]|Rest of Hertfordshire
|Robbery|9|+2|8|+1""".replace("\n", "").split("|")


def printed(body: str, css: str = "") -> pikepdf.Pdf:
    import weasyprint

    text = f"<html lang=en><title>A</title><style>{css}</style><body>{body}</body></html>"
    made = weasyprint.HTML(string=text).write_pdf(pdf_variant="pdf/ua-1", finisher=finish)
    return pikepdf.open(io.BytesIO(made))


def below(element: pikepdf.Dictionary) -> Iterator[pikepdf.Dictionary]:
    """Every element of the tree, in the order in which it is read."""
    for kid in element.K:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from below(kid)


def cells(opened: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    tree = below(opened.Root.StructTreeRoot)
    return [found for found in tree if str(found.S) in ("/TH", "/TD")]


def test_each_cell_names_the_headings_over_it_beside_it_and_of_its_group():
    """A heading over two columns was named by the first alone, that of a group of rows by none."""
    opened = printed(TABLE)
    found = cells(opened)
    word_of = {bytes(c.ID): word for c, word in zip(found, WORDS, strict=True) if "/ID" in c}
    assert {
        word: [word_of[bytes(name)] for name in cell.A.Headers]
        for cell, word in zip(found, WORDS, strict=True)
        if cell.S == "/TD"
    } == {
        "5": ["St Albans", "Robbery", "Quarter", "2020"],
        "-1": ["St Albans", "Robbery", "Quarter", "Change"],
        "[x]": ["St Albans", "Theft", "Quarter", "2020", "Change"],
        "9": ["Rest of Hertfordshire", "Robbery", "Quarter", "2020"],
        "+2": ["Rest of Hertfordshire", "Robbery", "Quarter", "Change"],
        "8": ["Rest of Hertfordshire", "Robbery", "Quarter", "2020"],
        "+1": ["Rest of Hertfordshire", "Robbery", "Quarter", "Change"],
    }


def test_each_heading_says_whether_it_heads_a_row_or_a_column_and_is_found_by_its_name():
    opened = printed(TABLE)
    found = cells(opened)
    scopes = {w: str(c.A.Scope) for c, w in zip(found, WORDS, strict=True) if c.S == "/TH"}
    assert {word for word, scope in scopes.items() if scope == "/Row"} == {"Robbery", "Theft"}
    assert {scope for word, scope in scopes.items() if word not in ("Robbery", "Theft")} == {
        "/Column"
    }
    (names,) = opened.Root.StructTreeRoot.IDTree.Kids
    listed = list(names.Names)
    assert [bytes(name) for name in listed[::2]] == sorted(
        bytes(cell.ID) for cell in found if "/ID" in cell
    )
    assert all(
        bytes(at.ID) == bytes(name) for name, at in zip(listed[::2], listed[1::2], strict=True)
    )


def test_what_stands_in_the_margins_is_no_text_of_the_document():
    """Page numbers and running lines were numbered as text that had no place in the document."""
    css = '@page { @bottom-right { content: "Page " counter(page) } } p { break-after: page }'
    opened = printed("<p>One.</p><p>Two.</p>", css)
    for sheet in opened.pages:
        drawn = sheet.Contents.read_bytes()
        assert len(re.findall(rb"/Artifact\s*<</Type\s*/Pagination>>\s*BDC", drawn)) == 1
    told = {kid.objgen for kid in below(opened.Root.StructTreeRoot)}
    _, first, _, second = opened.Root.StructTreeRoot.ParentTree.Nums
    assert [None if each is None else each.objgen in told for each in (*first, *second)].count(
        True
    ) == 2
    assert all(each is None or each.objgen in told for each in (*first, *second))


def test_links_are_printed_as_they_are_shown():
    opened = printed('<p><a href="https://example.org/">Out</a></p>')
    (link,) = opened.pages[0].Annots
    assert link.F == 4


def test_a_document_without_tables_has_no_list_of_names():
    assert "/IDTree" not in printed("<p>One.</p>").Root.StructTreeRoot


@pytest.mark.parametrize("told", [document(), document(period=Quarter(2020, 4))])
def test_a_checker_of_pdf_ua_finds_no_rule_broken(told):
    """Between key figures stood blanks that were parts of their list (PDFUA1-L-KIDS-001).

    What is set in the letters of programs within a link was a link of its own, and no Link.
    """
    found = page.validate_pdf_bytes(to_pdf(told), profile=page.ValidationProfile.PDF_UA_1)
    assert [(each.rule_id, each.message) for each in found.failures] == []
    assert found.is_compliant
    assert found.rules.total > 100
