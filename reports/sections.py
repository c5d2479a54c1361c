"""The sections of a pack, one function each; `reports.pack` puts them together."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

from reports.cells import MINUS, Comparison, Mark, change, count, show_change, show_count
from reports.document import (
    Block,
    Bullets,
    Definition,
    Definitions,
    Download,
    Grid,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Section,
    Table,
    plain,
)
from reports.edition import TABLE_FOLDER, Answer
from reports.figures import Filled, area_at
from reports.layout import extent_of
from reports.official import Reconciled
from reports.relations import Family, root_of
from reports.revisions import Revision
from reports.sentences import sentences_of
from reports.sources import SourceLine
from reports.spec import FORMATS
from reports.tables import KEY_FIGURES
from schemas.areas import Home
from schemas.issues import Issue
from schemas.measures import MEASURES, unit_of
from schemas.words import counted, day_label

OFFICIAL, REVISIONS = "official.csv", "revisions.csv"
DATA_PACKAGE = "datapackage.json"
WITHOUT = (
    "This pack has no PDF: it was made on a machine without the libraries pango and pangoft2. On "
    "Debian or Ubuntu, apt-get install libpango-1.0-0 libpangoft2-1.0-0 brings them."
)


# --- key figures ------------------------------------------------------------------------------


def key_figures_section(figures: tuple[KeyFigure, ...], provisional_until: str = "") -> Section:
    """Return the headline figures; `provisional_until` names the year of a quarter."""
    told = (provisional(provisional_until),) if provisional_until else ()
    return Section("Key figures", "key", (KeyFigures(figures), *told))


def provisional(year: str) -> Paragraph:
    """Say it once of all figures of a quarter, not in each cell."""
    return plain(
        f"Figures of {year} are provisional {Mark.PROVISIONAL.shown} until the tables of the year "
        "are published. A figure that changes after it was published is marked "
        f"{Mark.REVISED.shown}.",
        is_small=True,
    )


def key_figures(tables: Sequence[Filled], home: Home) -> tuple[KeyFigure, ...]:
    """Return the headline figures, read from the tables that print them."""
    found = {
        (line.measure.code, line.area.code): line.comparisons[0]
        for table in tables
        for line in table.lines
    }
    figures = []
    for label, row in KEY_FIGURES.items():
        area = area_at(row.level, home)
        compared = None if area is None else found.get((row.measure, area.code))
        if area is not None and compared is not None:
            figures.append(
                KeyFigure(
                    label, area.name, show_count(compared.value),
                    movement(compared),
                )
            )  # fmt: skip
    return tuple(figures)


def movement(compared: Comparison) -> str:
    """Say in a few words how a figure moved: "down 1,030 (−11.6%) from 8,876"."""
    if (
        compared.value.value is None
        or compared.previous.value is None
        or compared.change.value is None
    ):
        return f"no comparison: {compared.change.marks[0].shown}"
    change = compared.change.value
    if change == 0:
        return "no change"
    size = show_change(compared.change).lstrip(f"+{MINUS}")
    percent = compared.percent
    share = f" ({show_change(percent)}%)" if percent.value is not None and not percent.mark else ""
    return f"{'up' if change > 0 else 'down'} {size}{share} from {show_count(compared.previous)}"


# --- other formats ----------------------------------------------------------------------------


def formats_section(stem: str, formats: Sequence[str], lacking: Sequence[str]) -> Section:
    """Name the files beside the page that hold the same, and say what could not be made."""
    links = [Download(FORMATS[form], f"{stem}.{form}") for form in formats]
    links.append(Download("What each column of the CSV files means, for programs", DATA_PACKAGE))
    missing = [plain(WITHOUT, is_small=True)] if "pdf" in lacking else []
    return Section("Other formats", "formats", (*links, *missing))


# --- tables -----------------------------------------------------------------------------------


def table_sections(
    tables: Sequence[Filled],
    sources: Iterable[SourceLine],
    veiled: Collection[Family] = frozenset(),
    withheld: Collection[Family] = frozenset(),
) -> tuple[Section, ...]:
    """Return the published tables; those that follow each other in one section stand in it."""
    senders = {(source.source, source.reporter): source for source in sources}
    blocks = [
        table_block(table, number, senders.get((table.spec.source, table.spec.reporter)))
        for number, table in enumerate(tables, start=1)
    ]
    return tuple(
        Section(title, section_anchor(title), tuple(_with_sentences(found, veiled, withheld)))
        for title, found in groupby(blocks, key=lambda block: block.filled.spec.section)
    )


def _with_sentences(
    tables: Iterable[Table], veiled: Collection[Family], withheld: Collection[Family]
) -> Iterator[Block]:
    """Put under each table what it says, in sentences made of its own cells."""
    for table in tables:
        yield table
        yield from map(plain, _kept_back(table.filled, veiled, withheld))
        yield from (plain(said) for said in sentences_of(table.filled))


def _kept_back(
    table: Filled, veiled: Collection[Family], withheld: Collection[Family]
) -> Iterator[str]:
    """Say of which year [c] may stand for 0 in a table, or nothing is shown, and why."""
    roots = {root_of(line.measure.code) for line in table.lines}
    mark = Mark.CONFIDENTIAL.shown
    for root, year in sorted({*veiled, *withheld}):
        if root not in roots:
            continue
        of = f"'{MEASURES[root].label}' and its rows in {year.span.label}"
        if (root, year) in veiled:
            yield (
                f"Of {of}, {mark} may also stand for 0: together with what was published before, "
                "small counts could be worked out otherwise."
            )
        if (root, year) in withheld:
            yield (
                f"Of {of}, nothing is shown: together with what was published before, any figure "
                f"would tell a small count. {mark} may stand for 0 there."
            )


def section_anchor(title: str) -> str:
    """Return where links to a section lead, as made from its title."""
    return "section-" + re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")


def table_block(table: Filled, number: int, source: SourceLine | None) -> Table:
    """Return a table with its extent, its source (and what that lacks), its legend and notes."""
    sent = ""
    if source is not None:
        gap = "" if source.is_complete else f" {source.state}"
        sent = f"Source: {source.partner}.{gap}"
    meanings = "; ".join(f"{mark.shown} {mark.meaning}" for mark in table.marks)
    return Table(
        filled=table,
        number=number,
        title=table.spec.title,
        extent=extent_of(table),
        csv=f"{TABLE_FOLDER}{table.spec.code}.csv",
        source=sent,
        legend=f"Shorthand: {meanings}." if meanings else "",
        notes=table.spec.notes,
    )


# --- official figures -------------------------------------------------------------------------


def official_section(found: Sequence[Reconciled]) -> Iterator[Section]:
    """Put local figures beside the official ones; a pack without any has no such section."""
    if not found:
        return
    table = Grid(
        anchor="official-table",
        title="Local and official figures",
        extent="Of the year. The difference is the local figure less the official one.",
        header=("Figure", "Area", "Local", "Official", "Difference", "Official source"),
        rows=tuple(
            (
                one.measure.label, one.area.name, show_count(local), show_count(official),
                show_change(difference), one.publication,
            )
            for one in found
            for local, official, difference in (one.cells,)
        ),
        right=frozenset({2, 3, 4}),
    )  # fmt: skip
    why = plain(
        "Where the two differ either may be right, or they count different things. The tables "
        "print the local figure; a difference is never corrected without the partner's word."
    )
    yield Section(
        "Local and official figures", "official",
        (table, why, Download("Local and official figures as CSV", OFFICIAL)),
    )  # fmt: skip


# --- what is missing, what is held ------------------------------------------------------------


def missing_section(tables: Sequence[Filled], sources: Iterable[SourceLine]) -> Section:
    """Say which partner's files are missing, and how many figures of each table for that reason."""
    gaps = [Definition(f"{s.title}, {s.partner}", s.state) for s in sources if not s.is_complete]
    without = [
        f"Table {number}, {table.spec.title}: {counted(missing, 'figure')} of {len(figures):,}."
        for number, table in enumerate(tables, start=1)
        for figures in [[c for line in table.lines for x in line.comparisons
                         for c in (x.value, x.previous)]]
        for missing in [sum(cell.mark is Mark.NOT_AVAILABLE for cell in figures)]
        if missing
    ]  # fmt: skip
    blocks: list[Block] = []
    if gaps:
        blocks.append(Definitions(tuple(gaps)))
    if without:
        shown = Mark.NOT_AVAILABLE.shown
        blocks.append(
            plain(f"Figures that are not available {shown}, those of last year included:")
        )
        blocks.append(Bullets(tuple(map(plain, without))))
    if not blocks:
        blocks.append(plain("Nothing is missing: every table is complete for its months."))
    return Section("What is missing", "missing", tuple(blocks))


def _found(answer: Answer) -> str:
    """Say what was found; without what was counted, where that is not told."""
    sentence = Issue(answer.rule, expected=answer.detail).sentence
    return sentence if answer.detail else f"{sentence.partition(':')[0].rstrip('.')}."


def held_section(answers: Sequence[Answer], standing: Sequence[str]) -> Section:
    """Say what stands against the figures, and what stood: who let it go, and why."""
    blocks: list[Block] = []
    if standing:
        blocks.append(
            plain(
                "These findings stand: the figures must not be published before somebody "
                "has answered them."
            )
        )
        blocks.append(Bullets(tuple(map(plain, standing))))
    else:
        blocks.append(plain("Nothing is held."))
    if answers:
        # Reasons may say a count: packs for the public have none.
        because = ("Because",) if any(a.released_because for a in answers) else ()
        rows = [
            (a.file_name, a.months, _found(a), a.released_by,
             day_label(date.fromisoformat(a.released_at[:10])),
             a.released_because)[: 5 + len(because)]
            for a in answers
        ]  # fmt: skip
        blocks.append(
            Grid(
                anchor="held-table",
                title="Findings that were answered before publication",
                header=("File", "Months", "What was found", "Released by", "On", *because),
                rows=tuple(rows),
            )
        )
    return Section("What is held", "held", tuple(blocks))


# --- revisions --------------------------------------------------------------------------------


def revisions_section(revisions: Sequence[Revision]) -> Section:
    """Say which published figures have changed; a reason that several share is told once."""
    if not revisions:
        unchanged = "No figure printed here differs from what was published of it before."
        return Section("Revisions", "revisions", (plain(unchanged),))
    notes = {why: n for n, why in enumerate(dict.fromkeys(r.why for r in revisions), start=1)}
    changed = Grid(
        anchor="revisions-table",
        title="Figures that were published before and have changed",
        extent="By period; also those of other packs of the same year.",
        header=("Figure", "Area", "Was", "Is", "Difference", "Published in", "Why"),
        rows=tuple(
            (
                r.label, r.area.name,
                show_count(count(r.was, unit=unit_of(r.measure))),
                show_count(count(r.now, unit=unit_of(r.measure))),
                show_change(change(r.now, r.was, unit=unit_of(r.measure))),
                f"release {r.release}", f"[note {notes[r.why]}]",
            )
            for r in revisions
        ),
        right=frozenset({2, 3, 4}),
        groups=tuple(r.span.label for r in revisions),
        grouped_by="Period",
    )  # fmt: skip
    why = Bullets(
        tuple(plain(f"{why}.") for why in notes), is_numbered=True, label="Why figures have changed"
    )
    return Section(
        "Revisions", "revisions", (changed, why, Download("Revisions as CSV", REVISIONS))
    )


# --- sources ----------------------------------------------------------------------------------


def sources_section(sources: Iterable[SourceLine]) -> Section:
    """Say what each partner sent, and what is missing."""
    items = tuple(
        Definition(f"{s.title}, {s.partner}", s.state, s.files, not s.is_complete) for s in sources
    )
    return Section("What the partners sent", "sources", (Definitions(items),))
