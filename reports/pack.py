"""Prints an edition: its document in each format, its tables as CSV, and puts a pack in place.

The same edition gives the same bytes. A pack is written beside its place and moved there whole, so
that nobody opens half of one.
"""

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from reports.audience import slug_of
from reports.budgets import BUDGETS
from reports.contents import budgets_of, sections_of
from reports.document import Document, Notice, Paragraph, Run, Section, Style, plain
from reports.edition import TRENDS_CSV, WARDS_CSV, Edition
from reports.figures import Filled, fill, title_of, windows
from reports.formats.csvs import (
    budgets_csv,
    official_csv,
    revisions_csv,
    to_csv,
    trends_csv,
    wards_csv,
)
from reports.formats.data_package import OPEN_GOVERNMENT_LICENCE, data_package
from reports.formats.files import PRINTERS, missing_here
from reports.formats.html import render
from reports.narrative.written import unbound
from reports.official import reconciled
from reports.pictures import all_series, trends_section
from reports.sections import (
    DATA_PACKAGE,
    OFFICIAL,
    REVISIONS,
    formats_section,
    key_figures,
    key_figures_section,
)
from reports.trends import Series
from reports.ward_sections import wards_section
from reports.wards import without_wards
from schemas.audience import Audience
from schemas.period import Quarter
from schemas.words import day_label

SYNTHETIC = "Made from synthetic sample exports: no row behind these figures is a real event."
RESTRICTED = "For the partnership only. Contains small numbers. Not to be published."
OPEN = Paragraph(
    (
        Run("Its figures may be used under the terms of the "),
        Run(OPEN_GOVERNMENT_LICENCE["title"], to=OPEN_GOVERNMENT_LICENCE["path"]),
        Run("."),
    )
)


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
        """What is added to the names of its folder and of the files that are passed on."""
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
        """The sources that are not complete for the period, each with its partner."""
        return self.edition.gaps

    @property
    def unbound(self) -> tuple[str, ...]:
        """Where a partner's text holds what nothing binds: a bare number, a later month."""
        return unbound(self.edition.papers.texts, self.edition.period.span.last)


def tables_of(edition: Edition) -> tuple[Filled, ...]:
    """Return the tables of an edition with their figures, but for those of areas that none has."""
    revised = {revision.key for revision in edition.revisions}
    filled = (
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
    return tuple(table for table in filled if table.lines)


def document_of(edition: Edition, caveat: Caveat = NO_CAVEAT) -> Document:
    """Return all that a pack says, in order, for every format to print.

    Raises `NarrativeError` where a text refers to a figure that no table prints.
    """
    tables = tables_of(edition)
    period = edition.period
    year = period.financial_year.label if isinstance(period, Quarter) else ""
    compared = f"Compared with {windows(period)[0].before.label}. {_published(edition)}"
    is_draft, is_public = caveat.draft is not None, edition.audience is Audience.PUBLIC
    return Document(
        title=title_of(period),
        subtitle=period.label,
        publisher=edition.partnership,
        lead=(plain(compared.rstrip()),),
        notices=tuple(_notices(edition, caveat)),
        opening=(
            key_figures_section(key_figures(tables, edition.home), year),
            formats_section(stem_of(edition, caveat), edition.formats, edition.lacking),
        ),
        sections=sections_of(edition, tables, tuple(_pictures(edition)), caveat.draft or ()),
        closing=(_made_by(edition.version), *((OPEN,) if is_public and not is_draft else ())),
        is_draft=is_draft,
        handling="" if is_public else RESTRICTED,
    )


def _series(edition: Edition) -> tuple[Series, ...]:
    return all_series(edition.figures, edition.tables, edition.period, edition.home)


def _pictures(edition: Edition) -> Iterator[Section]:
    """Return the sections of pictures; a release of before there were any is printed without."""
    if edition.has_pictures:
        yield trends_section(_series(edition), edition.period, edition.home)
    is_public = edition.audience is Audience.PUBLIC
    without = () if is_public else without_wards(edition.figures, edition.period, edition.home)
    if edition.wards or without:
        yield wards_section(
            edition.wards, edition.period, edition.home, edition.boundaries, without
        )


def _notices(edition: Edition, caveat: Caveat) -> Iterator[Notice]:
    """Say for whom it is, what stands against a draft, to which day it looks back, and so on."""
    if edition.audience is Audience.PARTNERSHIP:
        yield Notice(RESTRICTED)
    if caveat.draft is not None:
        text = "Draft: not for publication."
        found = (
            "These findings have not been answered:"
            if caveat.draft
            else "Nothing stands against its figures."
        )
        yield Notice(f"{text} {found}", caveat.draft)
    if caveat.as_at is not None:
        yield Notice(_looks_back(edition, caveat.as_at, is_over=caveat.is_over))
    if any("synthetic" in i.file_name for i in edition.inputs):
        yield Notice(SYNTHETIC)


def _published(edition: Edition) -> str:
    if edition.release is None or edition.published_at is None:
        return ""
    return f"Release {edition.release}, published {day_label(edition.published_at)}."


def _looks_back(edition: Edition, as_at: date, *, is_over: bool) -> str:
    when = day_label(as_at)
    until = f"at the end of {when}" if is_over else f"on {when}, a day that was not over"
    what = (
        "They were not published in this form."
        if edition.release is None
        else f"They are those of release {edition.release}."
    )
    return f"Looking back: these are the tables as they stood {until}. {what}"


def _made_by(version: str) -> Paragraph:
    return Paragraph(
        (
            Run(f"Made by csp {version} from the partners' exports named above. Each table is "
                "also in the folder "),
            Run("tables", Style.CODE),
            Run(" as CSV."),
        )
    )  # fmt: skip


def files_of(edition: Edition, caveat: Caveat = NO_CAVEAT) -> dict[str, bytes]:
    """Return every file of a pack but its manifest, by name."""
    told = document_of(edition, caveat)
    texts = {"index.html": render(told), REVISIONS: revisions_csv(edition.revisions)}
    texts |= {table.csv: to_csv(table.filled) for table in told.tables}
    if official := reconciled(edition.figures, edition.period, edition.home):
        texts[OFFICIAL] = official_csv(official)
    if budgets := budgets_of(edition, tables_of(edition)):
        texts[BUDGETS] = budgets_csv(budgets)
    if edition.has_pictures:
        texts[TRENDS_CSV] = trends_csv(_series(edition), edition.home.district)
    if edition.wards:
        texts[WARDS_CSV] = wards_csv(edition.wards, edition.period, edition.home.district)
    stem = stem_of(edition, caveat)
    texts[DATA_PACKAGE] = data_package(told, edition.period, stem, texts)
    files = {name: text.encode() for name, text in texts.items()}
    return files | {f"{stem}.{form}": PRINTERS[form](told) for form in edition.formats}


def stem_of(edition: Edition, caveat: Caveat = NO_CAVEAT) -> str:
    """Return the name of the files of a pack that are passed on by themselves.

    It says, as the name of the folder does, where they are not for publication, a draft, or what
    stood on an earlier day: a file that was forwarded must not look as if it were published.
    """
    return f"community-safety-{slug_of(edition.period, edition.audience)}{caveat.suffix}"


def equipped(edition: Edition) -> Edition:
    """Return an edition with the formats that this machine can make, and those that it cannot."""
    lacking = missing_here(edition.formats)
    made = tuple(form for form in edition.formats if form not in lacking)
    return replace(edition, formats=made, lacking=lacking)


def put(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a new folder and put it in the place of the old one."""
    fresh = folder.with_name(f".{folder.name}.new")
    old = folder.with_name(f".{folder.name}.old")
    for leftover in (fresh, old):
        shutil.rmtree(leftover, ignore_errors=True)
    for name, content in files.items():
        path = fresh / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    if folder.exists():
        folder.rename(old)
    fresh.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
