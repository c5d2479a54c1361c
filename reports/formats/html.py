"""One accessible HTML page a pack, its tables made by great-tables."""

from collections.abc import Iterable
from dataclasses import dataclass

from great_tables import GT, loc, style

from reports.cells import Cell, Mark, show_change, show_count
from reports.figures import Filled, Line
from reports.formats.great import great_table
from reports.formats.page import document, scrolling, with_caption
from reports.formats.page import escape as _text
from reports.formats.revisions_html import revisions_section
from reports.revisions import Revision
from reports.sources import SourceLine
from reports.spec import Role, refer
from schemas.words import listed


@dataclass(frozen=True)
class KeyFigure:
    """One headline figure: its label, the figure, and how it moved."""

    label: str
    area: str
    value: str
    movement: str


@dataclass(frozen=True)
class Page:
    """All that a pack's page shows.

    `published` says which release it is, and `provisional_until` names the financial year of a
    quarter; both are "" where there is none. `restricted` says in a sentence that it is not for
    everybody, `looks_back` to which day it goes.
    """

    partnership: str
    kind: str
    period_label: str
    compared_label: str
    key_figures: tuple[KeyFigure, ...]
    tables: tuple[Filled, ...]
    sources: tuple[SourceLine, ...]
    version: str
    published: str = ""
    provisional_until: str = ""
    revisions: tuple[Revision, ...] = ()
    notice: str = ""
    restricted: str = ""
    looks_back: str = ""
    draft: tuple[str, ...] | None = None


def render(page: Page) -> str:
    """Return the page as text; the same page gives the same bytes."""
    numbers = {table.spec.code: n for n, table in enumerate(page.tables, start=1)}
    title = f"{page.kind}, {page.period_label}"
    if page.draft is not None:
        title = f"Draft: {title}"
    return document(
        title=f"{title}: {page.partnership}",
        is_draft=page.draft is not None,
        skip="Skip to the tables",
        header=(
            f"<p>{_text(page.partnership)}</p>",
            f"<h1>{_text(page.kind)}<span>{_text(page.period_label)}</span></h1>",
            f"<p>Compared with {_text(page.compared_label)}. {_text(page.published)}</p>",
        ),
        main=(
            *_draft(page.draft),
            *(
                f'<p class="notice">{_text(notice)}</p>'
                for notice in (page.restricted, page.looks_back, page.notice)
                if notice
            ),
            *_key_figures(page.key_figures),
            *_provisional(page.provisional_until),
            *_contents(page, numbers),
            *_sections(page, numbers),
            *revisions_section(page.revisions),
            *_sources(page.sources),
        ),
        footer=(
            f"<p>Made by csp {_text(page.version)} from the partners' exports named above. Each "
            "table is also in the folder <code>tables</code> as CSV.</p>",
        ),
        sheet="pack.css",
    )


def _draft(reasons: tuple[str, ...] | None) -> Iterable[str]:
    """Say that the page is a draft, and what stands against its figures."""
    if reasons is None:
        return
    yield '<div class="notice"><p>Draft: not for publication.'
    if not reasons:
        yield " Nothing stands against its figures.</p></div>"
        return
    yield " These findings have not been answered:</p><ul>"
    yield from (f"<li>{_text(reason)}</li>" for reason in reasons)
    yield "</ul></div>"


def _key_figures(figures: Iterable[KeyFigure]) -> Iterable[str]:
    yield '<section aria-labelledby="key"><h2 id="key">Key figures</h2><ul class="key">'
    for figure in figures:
        yield (
            f"<li><span>{_text(figure.label)}</span><strong>{_text(figure.value)}</strong>"
            f"<span>{_text(figure.movement)}</span><span>{_text(figure.area)}</span></li>"
        )
    yield "</ul></section>"


def _provisional(year: str) -> Iterable[str]:
    """Say it once of all figures of a quarter, not in each cell."""
    if year:
        yield (
            f'<p class="legend">Figures of {_text(year)} are provisional {Mark.PROVISIONAL.shown} '
            "until the tables of the year are published. A figure that changes after it was "
            f"published is marked {Mark.REVISED.shown}.</p>"
        )


def _contents(page: Page, numbers: dict[str, int]) -> Iterable[str]:
    yield '<nav aria-labelledby="contents"><h2 id="contents">Contents</h2><ol>'
    for table in page.tables:
        code = table.spec.code
        yield (f'<li value="{numbers[code]}"><a href="#{code}">{_text(table.spec.title)}</a></li>')
    yield '</ol><p><a href="#revisions">Revisions</a></p>'
    yield '<p><a href="#sources">What the partners sent</a></p></nav>'


def _sections(page: Page, numbers: dict[str, int]) -> Iterable[str]:
    partners = {source.source: source for source in page.sources}
    section = ""
    for table in page.tables:
        if table.spec.section != section:
            if section:
                yield "</section>"
            section = table.spec.section
            yield f"<section><h2>{_text(section)}</h2>"
        yield from _table(table, numbers[table.spec.code], partners.get(table.spec.source))
    if section:
        yield "</section>"


def _table(table: Filled, number: int, source: SourceLine | None) -> Iterable[str]:
    spec = table.spec
    raw = _great_table(table).as_raw_html()
    title = f"Table {number}: {spec.title}{refer(*spec.heading_notes)}"
    captioned = with_caption(raw, title, _extent(table))
    if table.marks:
        meanings = "; ".join(f"{mark.shown} {mark.meaning}" for mark in table.marks)
        yield f'<p class="legend">Shorthand: {_text(meanings)}.</p>'
    yield from scrolling(captioned, spec.code, f"Table {number}")
    if source is not None:
        gap = "" if source.is_complete else f" {source.state}"
        yield f'<p class="legend">Source: {_text(source.partner)}.{_text(gap)}</p>'
    if spec.notes:
        yield f'<ol class="notes" aria-label="Notes of table {number}">'
        yield from (f"<li>{_text(note)}</li>" for note in spec.notes)
        yield "</ol>"
    yield f'<p class="download"><a href="tables/{spec.code}.csv">Table {number} as CSV</a></p>'


def _great_table(table: Filled) -> GT:
    """Build the great-tables value: text cells, one column a figure, rows in the spec's order."""
    shown = [_shown(line, table) for line in table.lines]
    columns = {name: [cells[name] for cells in shown] for name in shown[0]}
    many_areas = len(table.spec.levels) > 1
    made = great_table(
        columns,
        f"table-{table.spec.code}",
        stub="label",
        groups="area" if many_areas else "",
    ).tab_stubhead(label=table.spec.stub)
    if not many_areas:
        made = made.cols_hide("area")
    figures = [c for c in columns if c not in ("label", "area")]
    for number, window in enumerate(table.windows):
        names = [f"{what}_{number}" for what in ("value", "previous", "change", "percent")]
        made = made.cols_label(
            {
                names[0]: window.span.label,
                names[1]: window.before.label,
                names[2]: "Change",
                names[3]: "Change (%)",
            }
        )
        if len(table.windows) > 1:
            made = made.tab_spanner(label=window.heading, columns=names, id=f"window-{number}")
    made = made.cols_align("right", columns=figures)
    totals = [i for i, line in enumerate(table.lines) if line.row.role is Role.TOTAL]
    if totals:
        bold = style.text(weight="bold")
        made = made.tab_style(bold, [loc.body(rows=totals), loc.stub(rows=totals)])
    return made


def _shown(line: Line, table: Filled) -> dict[str, str]:
    cells: dict[str, str] = {"area": line.area.name, "label": row_label(line, table)}
    for number, compared in enumerate(line.comparisons):
        shown: tuple[tuple[str, Cell, bool], ...] = (
            ("value", compared.value, False),
            ("previous", compared.previous, False),
            ("change", compared.change, True),
            ("percent", compared.percent, True),
        )
        for what, cell, signed in shown:
            cells[f"{what}_{number}"] = show_change(cell) if signed else show_count(cell)
    return cells


def row_label(line: Line, table: Filled) -> str:
    """Return what a row is headed: its standing, label, unit if not the first row's, and note."""
    unit = f" ({line.measure.unit})" if line.measure.unit != table.lines[0].measure.unit else ""
    lead = "of which: " if line.row.role is Role.OF_WHICH else ""
    return f"{lead}{line.measure.label}{unit}{refer(line.row.note)}"


def _extent(table: Filled) -> str:
    """Say where, when and in what unit the figures of a table are."""
    units = list(dict.fromkeys(line.measure.unit for line in table.lines))
    unit = f"Number of {units[0]}" + (", unless another unit is stated" if len(units) > 1 else "")
    areas = listed(list(dict.fromkeys(line.area.name for line in table.lines)))
    spans = " and ".join(dict.fromkeys(w.span.label for w in table.windows))
    return f"{areas}, {spans}. {unit}."


def _sources(sources: Iterable[SourceLine]) -> Iterable[str]:
    yield '<section><h2 id="sources">What the partners sent</h2>'
    yield '<dl class="sources">'
    for source in sources:
        mark = "" if source.is_complete else ' class="gap"'
        yield f"<dt>{_text(source.title)}, {_text(source.partner)}</dt>"
        yield f"<dd{mark}>{_text(source.state)}"
        if source.files:
            listed = "".join(f"<li>{_text(name)}</li>" for name in source.files)
            count = len(source.files)
            noun = "file" if count == 1 else "files"
            yield f"<details><summary>{count} {noun}</summary><ul>{listed}</ul></details>"
        yield "</dd>"
    yield "</dl></section>"
