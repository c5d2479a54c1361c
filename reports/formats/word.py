"""A document as a Word file that a partner can comment on, made by python-docx.

Headings, lists and tables are those of Word, so that its navigation, its comments and a screen
reader find them; the heading rows of a table are repeated on every page. A chart, which only a
program that draws could turn into a picture, stands as its words and the table of its figures.
"""

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from reports.document import (
    Block,
    Bullets,
    Chart,
    Definitions,
    Document,
    Download,
    Grid,
    KeyFigures,
    Paragraph,
    Section,
    Style,
    Table,
    every_section,
    travelling,
)
from reports.formats.texts import printable
from reports.formats.word_tables import element, grid_table
from reports.formats.zips import packed_anew
from reports.layout import cells_of, columns_of, row_label
from reports.spec import Role

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph as WordParagraph

MADE_AT = datetime(1980, 1, 1)
TEMPLATE_PARTS = ("/stylesWithEffects", "/thumbnail")


def to_word(told: Document) -> bytes:
    """Return a document as a Word file; the same document gives the same bytes."""
    import docx  # noqa: PLC0415 - only a Word file needs it

    page = docx.Document()
    _leave_out_template(page)
    _set_out(page, told)
    page.add_paragraph(_text(told.publisher), "Subtitle")
    page.add_paragraph(_text(f"{told.title}, {told.subtitle}"), "Title")
    for paragraph in told.lead:
        _paragraph(page, paragraph)
    for notice in told.notices:
        page.add_paragraph(style="Intense Quote").add_run(_text(notice.text))
        for point in notice.points:
            page.add_paragraph(_text(point), "List Bullet")
    sections = travelling(told.sections)
    marks = {s.anchor: f"_Toc{n:04}" for n, s in enumerate(every_section(sections), start=1)}
    for section in travelling(told.opening):
        _section(page, section, {})
    _contents(page, sections, marks)
    for section in sections:
        _section(page, section, marks)
    for paragraph in told.closing:
        _paragraph(page, paragraph)
    out = io.BytesIO()
    page.save(out)
    return packed_anew(out.getvalue(), {})


def _text(text: str) -> str:
    return printable(text)


def _leave_out_template(page: "WordDocument") -> None:
    """Leave out what python-docx's template has of its own, and what no longer fits what is set.

    The picture is that of an empty page. The second copy of the styles, for Word 2010, differs from
    the first as soon as one is changed, and a program that finds that may offer to repair the file.
    """
    for rels in (page.part.rels, page.part.package.rels):
        for name in [n for n, rel in rels.items() if rel.reltype.endswith(TEMPLATE_PARTS)]:
            del rels[name]


def _set_out(page: "WordDocument", told: Document) -> None:
    """Set paper, letters, language and what the file says of itself."""
    from docx.enum.style import WD_STYLE_TYPE  # noqa: PLC0415
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.shared import Cm, Pt, RGBColor  # noqa: PLC0415

    core = page.core_properties
    core.title, core.language = _text(told.full_title), told.language
    core.author, core.last_modified_by, core.comments = _text(told.publisher), "", ""
    core.created = core.modified = MADE_AT
    paper = page.sections[0]
    paper.page_width, paper.page_height = Cm(21), Cm(29.7)
    paper.left_margin = paper.right_margin = Cm(1.8)
    paper.top_margin = paper.bottom_margin = Cm(2)
    page.styles["Footer"].font.size = Pt(8.5)
    _foot(paper.footer.paragraphs[0], told)
    for name in (
        "Normal",
        "Title",
        "Subtitle",
        "Caption",
        "TOC Heading",
        *(f"Heading {n}" for n in range(1, 5)),
    ):
        style = page.styles[name]
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in list(fonts.attrib):
            del fonts.attrib[kind]
        for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(kind), "Arial")
        if name != "Normal":
            style.font.color.rgb = RGBColor(0x12, 0x43, 0x6D)
    page.styles["Normal"].font.size = Pt(11)
    page.styles["Caption"].font.size = Pt(11)
    page.styles["Caption"].paragraph_format.keep_with_next = True
    for name, alignment in (
        ("Table Text", WD_ALIGN_PARAGRAPH.LEFT),
        ("Table Number", WD_ALIGN_PARAGRAPH.RIGHT),
    ):
        style = page.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.font.size = page.styles["Normal"], Pt(8.5)
        style.paragraph_format.space_after = Pt(0)
        style.paragraph_format.alignment = alignment
    for lang in page.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), told.language)


def _foot(foot: "WordParagraph", told: Document) -> None:
    """Write what stands at the foot of every page: what this is, and the number of the page."""
    if told.handling:
        foot.add_run(_text(f"{told.handling} ")).bold = True
    draft = "Draft. " if told.is_draft else ""
    foot.add_run(_text(f"{draft}{told.title}, {told.subtitle}. Page "))
    foot._p.append(element("w:fldSimple", {"w:instr": "PAGE"}))


def _contents(page: "WordDocument", sections: Sequence[Section], marks: Mapping[str, str]) -> None:
    """List the sections and those under them, each with a link to its bookmark.

    It is no field of Word's: a file that is passed on holds nothing that works something out.
    """
    from docx.shared import Cm, Pt  # noqa: PLC0415

    listed = [
        (depth, section)
        for outer in sections
        for depth, section in ((0, outer), *((1, inner) for inner in outer.subsections))
    ]
    if not listed:
        return
    page.add_paragraph("Contents", "TOC Heading")
    for depth, section in listed:
        line = page.add_paragraph()
        line.paragraph_format.left_indent = Cm(0.6 * depth)
        line.paragraph_format.space_after = Pt(2)
        link = element("w:hyperlink", {"w:anchor": marks[section.anchor]})
        link.append(line.add_run(_text(section.heading))._r)
        line._p.append(link)


def _section(
    page: "WordDocument", section: Section, marks: Mapping[str, str], level: int = 1
) -> None:
    heading = page.add_heading(_text(section.heading), min(level, 4))
    if mark := marks.get(section.anchor):
        number = mark.removeprefix("_Toc")
        heading._p.insert(1, element("w:bookmarkStart", {"w:id": number, "w:name": mark}))
        heading._p.append(element("w:bookmarkEnd", {"w:id": number}))
    for block in section.blocks:
        _block(page, block)
    for inner in section.subsections:
        _section(page, inner, marks, level + 1)


def _block(page: "WordDocument", block: Block) -> None:
    match block:
        case Paragraph():
            _paragraph(page, block)
        case Bullets():
            _bullets(page, block)
        case KeyFigures():
            header = ("Figure", "Value", "Change", "Area")
            rows = [(f.label, f.value, f.movement, f.area) for f in block.figures]
            grid_table(page, header, rows, right=frozenset({1}), title="Key figures")
        case Table():
            _table(page, block)
        case Grid():
            _grid(page, block)
        case Chart() if not block.data.rows:
            """Its figures stand with another picture; without being drawn it says no more."""
        case Chart():
            page.add_paragraph(_text(block.title), "Caption")
            page.add_paragraph(_text(block.alternative))
            _grid(page, block.data)
        case Definitions():
            for item in block.items:
                named = page.add_paragraph()
                named.add_run(_text(item.term)).bold = True
                named.add_run(_text(f": {item.text}"))
                for name in item.files:
                    page.add_paragraph(_text(name), "List Bullet")
        case Download():
            """A file beside the page; a Word file travels alone."""


def _paragraph(page: "WordDocument", told: Paragraph, lead: str = "") -> None:
    _runs(page.add_paragraph(_text(lead)), told)


def _runs(written: "WordParagraph", told: Paragraph) -> None:
    for run in told.runs:
        # A link within the page has no place to lead to here, and its words stand all the same.
        away = f" ({run.to})" if run.to.startswith("http") else ""
        made = written.add_run(_text(run.text + away))
        made.bold = run.style is Style.STRONG or None
        made.italic = run.style is Style.EMPHASIS or None
        if run.style is Style.CODE:
            made.font.name = "Courier New"


def _bullets(page: "WordDocument", told: Bullets) -> None:
    for number, item in enumerate(told.items, start=1):
        if told.is_numbered:
            _paragraph(page, item, lead=f"[note {number}] ")
        else:
            _runs(page.add_paragraph(style="List Bullet"), item)


# --- tables -----------------------------------------------------------------------------------


def _table(page: "WordDocument", table: Table) -> None:
    if table.legend:
        page.add_paragraph(_text(table.legend)).paragraph_format.keep_with_next = True
    filled = table.filled
    columns = columns_of(filled)
    header = (
        filled.spec.stub,
        *(f"{c.group}: {c.heading}" if c.group else c.heading for c in columns),
    )
    rows, groups = [], []
    for line in filled.lines:
        shown = (c.show(cell) for c, cell in zip(columns, cells_of(line), strict=True))
        rows.append((row_label(line, filled), *shown))
        groups.append(line.area.name)
    page.add_paragraph(_text(table.heading), "Caption")
    page.add_paragraph(_text(table.extent)).paragraph_format.keep_with_next = True
    grid_table(
        page,
        header,
        rows,
        right=frozenset(range(1, len(header))),
        title=table.heading,
        groups=groups if len(filled.spec.levels) > 1 else (),
        bold=frozenset(n for n, line in enumerate(filled.lines) if line.row.role is Role.TOTAL),
    )
    if table.source:
        page.add_paragraph(_text(table.source))
    for number, note in enumerate(table.notes, start=1):
        page.add_paragraph(_text(f"[note {number}] {note}"))


def _grid(page: "WordDocument", grid: Grid) -> None:
    page.add_paragraph(_text(grid.title), "Caption")
    if grid.extent:
        page.add_paragraph(_text(grid.extent)).paragraph_format.keep_with_next = True
    if grid.rows:
        grid_table(
            page,
            grid.header,
            grid.rows,
            right=grid.right,
            title=grid.title,
            groups=grid.groups,
            grouped_by=grid.grouped_by,
        )
