"""Writes a pack: one page, one tidy CSV a table, and a manifest of what it was made from.

The same warehouse gives the same bytes. A pack is written beside its place and moved there whole,
so that nobody opens half of one.
"""

import hashlib
import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reports.cells import MINUS, Comparison, show_change, show_count
from reports.figures import Filled, area_at, fill, title_of, windows
from reports.formats.csvs import to_csv
from reports.formats.html import KeyFigure, Page, SourceLine, render
from reports.spec import TableSpec
from reports.tables import KEY_FIGURES, TABLES
from schemas.areas import Home
from schemas.period import Period, Span
from warehouse.engine import Engine
from warehouse.read import DeliveryLine, deliveries

SYNTHETIC = "Made from synthetic sample exports: no row behind these figures is a real event."


@dataclass(frozen=True)
class Partner:
    """Who sends a source, in the words that a pack uses."""

    source: str
    title: str
    partner: str


@dataclass(frozen=True)
class Pack:
    """A written pack: where it is, and what in it is not available."""

    folder: Path
    tables: tuple[Filled, ...]
    gaps: tuple[str, ...]


def write_pack(
    engine: Engine,
    period: Period,
    packs: Path,
    home: Home,
    *,
    partnership: str,
    partners: Sequence[Partner],
    version: str,
    tables: Sequence[TableSpec] = TABLES,
    draft: Sequence[str] | None = None,
) -> Pack:
    """Write the pack of a quarter or a year into `packs/<slug>/` and return what it holds.

    A draft goes into `packs/<slug>-draft/`, watermarked; `draft` says what stands against it.
    """
    filled = tuple(fill(engine, spec, period, home) for spec in tables)
    received = deliveries(engine)
    span = Span(
        min(w.before.first for w in windows(period)), max(w.span.last for w in windows(period))
    )
    ours = {home.district.code, home.county.code, home.force.code}
    used = [d for d in received if d.extent in ours and d.covers(span)]
    sources = tuple(source_line(p, period, used) for p in partners)
    page = Page(
        partnership=partnership,
        kind=title_of(period),
        period_label=period.label,
        compared_label=windows(period)[0].before.label,
        key_figures=key_figures(filled, home),
        tables=filled,
        sources=sources,
        version=version,
        notice=SYNTHETIC if any("synthetic" in d.file_name for d in used) else "",
        draft=None if draft is None else tuple(draft),
    )
    files = {"index.html": render(page)}
    files |= {f"tables/{table.spec.code}.csv": to_csv(table) for table in filled}
    files["manifest.json"] = _manifest(period, version, used, files, draft)
    folder = packs / (period.slug if draft is None else f"{period.slug}-draft")
    _put(folder, files)
    return Pack(folder, filled, tuple(s.title for s in sources if not s.is_complete))


def source_line(partner: Partner, period: Period, used: Sequence[DeliveryLine]) -> SourceLine:
    """Say what came from a partner for the months of the period itself, and what did not."""
    sent = [d for d in used if d.source == partner.source and d.covers(period.span)]
    # Of files that cover the same month the last one stands; the earlier ones are not added to it.
    standing = {m: max((d for d in sent if d.covers_month(m)), key=lambda d: d.id, default=None)
                for m in period.span}  # fmt: skip
    mine = [d for d in sent if d in standing.values()]
    missing = [month.label for month, delivery in standing.items() if delivery is None]
    read = sum(d.rows_read for d in mine)
    rejected = sum(d.rows_rejected for d in mine)
    if not mine:
        state = f"Nothing was received for {period.label}. Its figures are shown as [x], not as 0."
    else:
        state = f"{read:,} rows read, {read - rejected:,} accepted, {rejected:,} rejected."
        if missing:
            state += f" Nothing was received for {', '.join(missing)}: figures are shown as [x]."
    return SourceLine(
        partner.title,
        partner.partner,
        partner.source,
        state,
        tuple(d.file_name for d in mine),
        not missing,
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
        compared = found.get((row.measure, area.code))
        if compared is not None:
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
        return "no comparison: [x]"
    change = compared.change.value
    if change == 0:
        return "no change"
    size = show_change(compared.change).lstrip(f"+{MINUS}")
    percent = compared.percent
    share = f" ({show_change(percent)}%)" if percent.value is not None and not percent.mark else ""
    return f"{'up' if change > 0 else 'down'} {size}{share} from {show_count(compared.previous)}"


def _manifest(
    period: Period,
    version: str,
    used: Sequence[DeliveryLine],
    files: dict[str, str],
    draft: Sequence[str] | None,
) -> str:
    content: dict[str, object] = {} if draft is None else {"draft": list(draft)}
    content |= {
        "period": period.code,
        "period_label": period.label,
        "program_version": version,
        "inputs": [
            {"source": d.source, "file_name": d.file_name, "sha256": d.sha256}
            for d in sorted(used, key=lambda d: (d.source, d.file_name, d.sha256))
        ],
        "files": {
            name: hashlib.sha256(text.encode()).hexdigest() for name, text in sorted(files.items())
        },
    }
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def _put(folder: Path, files: dict[str, str]) -> None:
    """Write files into a new folder and put it in the place of the old one."""
    fresh = folder.with_name(f".{folder.name}.new")
    old = folder.with_name(f".{folder.name}.old")
    for leftover in (fresh, old):
        shutil.rmtree(leftover, ignore_errors=True)
    for name, text in files.items():
        path = fresh / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    if folder.exists():
        folder.rename(old)
    fresh.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
