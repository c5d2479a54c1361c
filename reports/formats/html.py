"""A document as one accessible HTML page, its tables made by great-tables."""

from collections.abc import Iterable
from itertools import chain

from great_tables import GT, loc, style

from reports.document import (
    Block,
    Bullets,
    Chart,
    Definitions,
    Document,
    Download,
    Grid,
    KeyFigure,
    KeyFigures,
    Notice,
    Paragraph,
    Run,
    Section,
    Style,
    Table,
)
from reports.figures import Filled
from reports.formats.great import great_table
from reports.formats.page import document, scrolling, with_caption
from reports.formats.page import escape as _text
from reports.formats.texts import kept_together, printable
from reports.layout import cells_of, columns_of, row_label
from reports.spec import Role

LONG = 20
"""Rows of a table of texts that is too long to be kept on one sheet."""
MARKUP = {Style.STRONG: "strong", Style.EMPHASIS: "em", Style.CODE: "code"}


def render(told: Document) -> str:
    """Return the page as text; the same document gives the same bytes."""
    return document(
        title=told.full_title,
        language=told.language,
        is_draft=told.is_draft,
        skip="Skip to the tables",
        header=_heading(told),
        main=body(told),
        footer=_foot(told),
        more="pack.css",
    )


def _heading(told: Document) -> Iterable[str]:
    yield f"<p>{_text(told.publisher)}</p>"
    yield f"<h1>{_text(told.title)}<span>{_text(told.subtitle)}</span></h1>"
    yield from map(_paragraph, told.lead)


def _foot(told: Document) -> Iterable[str]:
    yield from map(_paragraph, told.closing)
    if told.handling:
        yield f"<p><strong>{_text(told.handling)}</strong></p>"


def on_paper(told: Document) -> Iterable[str]:
    """Return the lines of HTML of a whole document, for a page that is printed."""
    return chain(
        ("<header>",), _heading(told), ("</header>", "<main>"), body(told), ("</main>", "<footer>"),
        _foot(told), ("</footer>",),
    )  # fmt: skip


def body(told: Document) -> Iterable[str]:
    """Return the lines of HTML between the header and the footer of a document."""
    return chain(
        chain.from_iterable(map(_notice, told.notices)),
        chain.from_iterable(map(_section, told.opening)),
        _contents(told.sections),
        chain.from_iterable(map(_section, told.sections)),
    )


def _notice(notice: Notice) -> Iterable[str]:
    if not notice.points:
        yield f'<p class="notice">{_text(notice.text)}</p>'
        return
    yield f'<div class="notice"><p>{_text(notice.text)}</p><ul>'
    yield from (f"<li>{_text(point)}</li>" for point in notice.points)
    yield "</ul></div>"


# --- contents ---------------------------------------------------------------------------------


def _contents(sections: Iterable[Section]) -> Iterable[str]:
    yield '<nav aria-labelledby="contents"><h2 id="contents">Contents</h2>'
    yield from _listed(sections)
    yield "</nav>"


def _listed(sections: Iterable[Section]) -> Iterable[str]:
    """List sections, and under each its tables and its subsections."""
    yield "<ol>"
    for section in sections:
        yield f"<li>{_link(section.heading, section.anchor)}"
        tables = tuple(section.tables)
        if tables:
            yield "<ul>"
            for table in tables:
                yield f"<li>{_link(f'{table.label}: {table.title}', table.anchor)}</li>"
            yield "</ul>"
        if section.subsections:
            yield from _listed(section.subsections)
        yield "</li>"
    yield "</ol>"


def _link(text: str, anchor: str) -> str:
    return f'<a href="#{_text(anchor)}">{_text(text)}</a>'


# --- sections ---------------------------------------------------------------------------------


def _section(section: Section, level: int = 2) -> Iterable[str]:
    anchor = _text(section.anchor)
    yield f'<section aria-labelledby="{anchor}">'
    yield f'<h{level} id="{anchor}">{_text(section.heading)}</h{level}>'
    for block in section.blocks:
        yield from _block(block)
    for inner in section.subsections:
        yield from _section(inner, level + 1)
    yield "</section>"


def _block(block: Block) -> Iterable[str]:
    match block:
        case Paragraph():
            yield _paragraph(block)
        case Bullets():
            yield from _bullets(block)
        case KeyFigures():
            yield from _key_figures(block)
        case Table():
            yield from _table(block)
        case Grid():
            yield from _grid(block)
        case Chart():
            yield from _chart(block)
        case Definitions():
            yield from _definitions(block)
        case Download():
            yield f'<p class="download"><a href="{_text(block.to)}">{_text(block.text)}</a></p>'


def _paragraph(paragraph: Paragraph) -> str:
    kind = ' class="legend"' if paragraph.is_small else ""
    return f"<p{kind}>{_runs(paragraph)}</p>"


def _runs(paragraph: Paragraph) -> str:
    return "".join(map(_run, paragraph.runs))


def _run(run: Run) -> str:
    # In a PDF what stands within a link would be a second link that is none by its tag.
    told = f'<a href="{_text(run.to)}">{_text(run.text)}</a>' if run.to else _text(run.text)
    return f"<{MARKUP[run.style]}>{told}</{MARKUP[run.style]}>" if run.style in MARKUP else told


def _bullets(bullets: Bullets) -> Iterable[str]:
    name = "ol" if bullets.is_numbered else "ul"
    kind = ' class="notes"' if bullets.is_numbered else ""
    label = f' aria-label="{_text(bullets.label)}"' if bullets.label else ""
    yield f"<{name}{kind}{label}>"
    yield from (f"<li>{_runs(item)}</li>" for item in bullets.items)
    yield f"</{name}>"


def _key_figures(block: KeyFigures) -> Iterable[str]:
    # In a PDF a blank between items that stand side by side would be a part of the list.
    yield f'<ul class="key">{"".join(map(_key_figure, block.figures))}</ul>'


def _key_figure(figure: KeyFigure) -> str:
    return (
        f"<li><span>{_text(figure.label)}</span><strong>{_text(figure.value)}</strong>"
        f"<span>{_text(figure.movement)}</span><span>{_text(figure.area)}</span></li>"
    )


def _definitions(block: Definitions) -> Iterable[str]:
    yield '<dl class="sources">'
    for item in block.items:
        mark = ' class="gap"' if item.is_gap else ""
        yield f"<dt>{_text(item.term)}</dt>"
        yield f"<dd{mark}>{_text(item.text)}"
        if item.files:
            listed = "".join(f"<li>{_text(name)}</li>" for name in item.files)
            count = len(item.files)
            noun = "file" if count == 1 else "files"
            yield f"<details><summary>{count} {noun}</summary><ul>{listed}</ul></details>"
        yield "</dd>"
    yield "</dl>"


def _chart(chart: Chart) -> Iterable[str]:
    """Show a picture under its title, its words under it, and its figures to be opened."""
    anchor = _text(chart.anchor)
    yield f'<figure id="{anchor}"><figcaption>{_text(chart.title)}</figcaption>'
    yield chart.svg
    yield f'<p class="legend" id="{anchor}-words">{_text(chart.alternative)}</p>'
    if chart.data.rows:
        yield "<details><summary>The figures of this picture</summary>"
        yield from _grid(chart.data)
        yield "</details>"
    yield "</figure>"


# --- tables -----------------------------------------------------------------------------------


def _table(table: Table) -> Iterable[str]:
    heading = kept_together(table.heading, may_break=True)
    captioned = with_caption(_great_table(table.filled).as_raw_html(), heading, table.extent)
    if table.legend:
        yield f'<p class="legend marks">{_text(table.legend)}</p>'
    yield from scrolling(captioned, table.anchor, table.label)
    if table.source:
        yield f'<p class="legend">{_text(table.source)}</p>'
    if table.notes:
        yield f'<ol class="notes" aria-label="Notes of table {table.number}">'
        yield from (f"<li>{_text(note)}</li>" for note in table.notes)
        yield "</ol>"
    if table.csv:
        yield f'<p class="download"><a href="{_text(table.csv)}">{table.label} as CSV</a></p>'


def _great_table(table: Filled) -> GT:
    """Build the great-tables value: text cells, one column a figure, rows in the spec's order."""
    columns = columns_of(table)
    names = [f"figure_{place}" for place in range(len(columns))]
    rows = [
        [
            kept_together(c.show(cell), may_break=True)
            for c, cell in zip(columns, cells_of(line), strict=True)
        ]
        for line in table.lines
    ]
    texts = {
        "area": [line.area.name for line in table.lines],
        "label": [kept_together(row_label(line, table)) for line in table.lines],
        **{name: [row[place] for row in rows] for place, name in enumerate(names)},
    }
    many_areas = len(table.spec.levels) > 1
    made = great_table(
        texts,
        f"table-{table.spec.code}",
        stub="label",
        groups="area" if many_areas else "",
    ).tab_stubhead(label=table.spec.stub)
    if not many_areas:
        made = made.cols_hide("area")
    made = made.cols_label(
        dict(zip(names, (kept_together(c.heading, may_break=True) for c in columns), strict=True))
    )
    for number, group in enumerate(dict.fromkeys(c.group for c in columns if c.group)):
        under = [name for name, c in zip(names, columns, strict=True) if c.group == group]
        made = made.tab_spanner(label=group, columns=under, id=f"window-{number}")
    made = made.cols_align("right", columns=names)
    for name, cells in zip(names, zip(*map(cells_of, table.lines), strict=True), strict=True):
        dated = [place for place, cell in enumerate(cells) if cell.as_at]
        made = made.fmt(_dated, columns=name, rows=dated) if dated else made
    totals = [i for i, line in enumerate(table.lines) if line.row.role is Role.TOTAL]
    if totals:
        bold = style.text(weight="bold")
        made = made.tab_style(bold, [loc.body(rows=totals), loc.stub(rows=totals)])
    return made


def _dated(text: str) -> str:
    """Set out a figure that has its date beside it: the only one that is broken into lines."""
    return f'<span class="dated">{_text(text)}</span>'


def _grid(grid: Grid) -> Iterable[str]:
    names = [f"column_{place}" for place in range(len(grid.header))]
    texts: dict[str, list[str]] = {"group": list(grid.groups)} if grid.groups else {}
    texts |= {
        name: [kept_together(row[place]) for row in grid.rows] for place, name in enumerate(names)
    }
    right = [name for place, name in enumerate(names) if place in grid.right]
    left = [name for name in names[1:] if name not in right]
    made = (
        great_table(
            texts, f"grid-{grid.anchor}", stub=names[0], groups="group" if grid.groups else ""
        )
        .tab_stubhead(label=printable(grid.header[0]))
        .cols_label(
            {
                name: kept_together(printable(heading), may_break=True)
                for name, heading in zip(names[1:], grid.header[1:], strict=True)
            }
        )
    )
    if right:
        made = made.cols_align("right", columns=right)
    if left:
        made = made.cols_align("left", columns=left)
    captioned = with_caption(made.as_raw_html(), grid.title, grid.extent)
    yield from scrolling(captioned, grid.anchor, grid.title, is_long=len(grid.rows) > LONG)
