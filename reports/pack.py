"""Prints an edition: one page, one tidy CSV a table, what was revised, and puts a pack in place.

The same edition gives the same bytes. A pack is written beside its place and moved there whole, so
that nobody opens half of one.
"""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from reports.cells import MINUS, Comparison, show_change, show_count
from reports.edition import TABLE_FOLDER, Edition
from reports.figures import Filled, area_at, fill, title_of, windows
from reports.formats.csvs import revisions_csv, to_csv
from reports.formats.html import KeyFigure, Page, render
from reports.tables import KEY_FIGURES
from schemas.areas import Home
from schemas.audience import Audience
from schemas.period import Quarter
from schemas.words import day_label

SYNTHETIC = "Made from synthetic sample exports: no row behind these figures is a real event."
RESTRICTED = "For the partnership. Not for publication: small counts are not left out."
REVISIONS = "revisions.csv"


@dataclass(frozen=True)
class Caveat:
    """What must be said of a pack that is not published as it stands.

    `draft` says what stands against the figures of a draft, which is watermarked. `as_at` is the
    day to which a pack looks back, and `is_over` whether that day had ended.
    """

    draft: tuple[str, ...] | None = None
    as_at: date | None = None
    is_over: bool = True

    @property
    def suffix(self) -> str:
        """What is added to the name of its folder."""
        back = "" if self.as_at is None else f"-as-at-{self.as_at.isoformat()}"
        return back if self.draft is None else f"{back}-draft"

    @property
    def told(self) -> dict[str, object]:
        """What its manifest says of it."""
        told: dict[str, object] = {} if self.draft is None else {"draft": list(self.draft)}
        return told if self.as_at is None else told | {"as_at": self.as_at.isoformat()}


NO_CAVEAT = Caveat()


@dataclass(frozen=True)
class Pack:
    """A written pack: where it is, what it says, and whether it was published just now.

    `differing` names the files of a release that this program prints otherwise than they were
    published.
    """

    folder: Path
    edition: Edition
    is_new: bool = False
    differing: tuple[str, ...] = ()

    @property
    def tables(self) -> tuple[Filled, ...]:
        """Its tables with their figures."""
        return tables_of(self.edition)

    @property
    def gaps(self) -> tuple[str, ...]:
        """The sources that are not complete for the period."""
        return self.edition.gaps


def tables_of(edition: Edition) -> tuple[Filled, ...]:
    """Return the tables of an edition with their figures."""
    revised = {revision.key for revision in edition.revisions}
    return tuple(
        fill(
            edition.figures,
            spec,
            edition.period,
            edition.home,
            revised=revised,
            small_base=edition.small_base,
        )
        for spec in edition.tables
    )


def files_of(edition: Edition, caveat: Caveat = NO_CAVEAT) -> dict[str, str]:
    """Return every file of a pack but its manifest, by name."""
    tables = tables_of(edition)
    period = edition.period
    page = Page(
        partnership=edition.partnership,
        kind=title_of(period),
        period_label=period.label,
        compared_label=windows(period)[0].before.label,
        published=_published(edition),
        key_figures=key_figures(tables, edition.home),
        tables=tables,
        revisions=edition.revisions,
        sources=edition.sources,
        version=edition.version,
        provisional_until=(period.financial_year.label if isinstance(period, Quarter) else ""),
        restricted=RESTRICTED if edition.audience is Audience.PARTNERSHIP else "",
        notice=SYNTHETIC if any("synthetic" in i.file_name for i in edition.inputs) else "",
        looks_back=_looks_back(edition, caveat),
        draft=caveat.draft,
    )
    files = {"index.html": render(page), REVISIONS: revisions_csv(edition.revisions)}
    return files | {f"{TABLE_FOLDER}{table.spec.code}.csv": to_csv(table) for table in tables}


def _published(edition: Edition) -> str:
    if edition.release is None or edition.published_at is None:
        return ""
    return f"Release {edition.release}, published {day_label(edition.published_at)}."


def _looks_back(edition: Edition, caveat: Caveat) -> str:
    if caveat.as_at is None:
        return ""
    when = day_label(caveat.as_at)
    until = f"at the end of {when}" if caveat.is_over else f"on {when}, a day that was not over"
    what = (
        "They were not published in this form."
        if edition.release is None
        else f"They are those of release {edition.release}."
    )
    return f"Looking back: these are the tables as they stood {until}. {what}"


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


def put(folder: Path, files: dict[str, str]) -> None:
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
