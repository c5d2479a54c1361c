"""An edition: all that a pack says, as data. Printing it is the work of `reports.pack`.

It is made from the warehouse as it is now (or was then), or from what was frozen of a release: its
figures, and its manifest, which holds the rest.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from typing import Any

from reports.audience import (
    families_from,
    hidden_from_public,
    printed_keys,
    published,
    published_before,
)
from reports.boundaries import Boundaries, boundaries_from
from reports.cells import SMALL_BASE, Mark
from reports.figures import Shown, figures_now, months_shown
from reports.papers import NO_PAPERS, Papers, papers_from
from reports.quality import NO_LOG, QualityLog, log_from, quality_log
from reports.relations import Family
from reports.revisions import Revision, find_revisions, value_of
from reports.sources import Partner, SourceLine, source_line
from reports.spec import TableSpec
from reports.tables import TABLES
from reports.trends import MONTHLY
from reports.wards import WardTable, ward_figures, ward_name, ward_tables
from schemas.areas import Area, Home
from schemas.audience import Audience
from schemas.geography import is_ward
from schemas.issues import LawBroken
from schemas.period import Period, Span
from schemas.reported import Figure, Stated
from schemas.reporters import extents_of
from warehouse.engine import Engine
from warehouse.read import DeliveryLine, HoldLine, deliveries, holds
from warehouse.releases import (
    FigureKey,
    Figures,
    ReleaseLine,
    content_of,
    figures_of,
    hidden_in,
    releases,
)

TABLE_FOLDER = "tables/"
TRENDS_CSV, WARDS_CSV = "charts/trends.csv", "charts/wards.csv"
NO_SMALL_BASE = 0
"""Releases of before there was the rule give every percentage that there is."""


@dataclass(frozen=True)
class Order:
    """What a pack is to be made of, and for whom; `boundaries` are those to draw wards in."""

    period: Period
    home: Home
    partnership: str
    partners: tuple[Partner, ...]
    version: str
    tables: tuple[TableSpec, ...] = TABLES
    small_base: int = SMALL_BASE
    audience: Audience = Audience.PARTNERSHIP
    papers: Papers = NO_PAPERS
    formats: tuple[str, ...] = ()
    boundaries: Boundaries | None = None


@dataclass(frozen=True)
class Input:
    """One file that figures were made from."""

    source: str
    file_name: str
    sha256: str


@dataclass(frozen=True)
class Answer:
    """One hold that was released before publication: by whom, when (UTC) and why."""

    hold: int
    file_name: str
    rule: str
    detail: str
    months: str
    released_by: str
    released_at: str
    released_because: str


@dataclass(frozen=True)
class Edition:
    """All that a pack says. `release` and `published_at` are None for what is not published.

    `figures` are those that may be printed; `truth` has them all, and is for keeping alone. From an
    earlier figure below `small_base` no percentage is given. `formats` are those it is printed in
    beside its page, `lacking` those that this machine cannot make. `has_pictures` is false for a
    release of before there were any. Only what is not for publication has figures of wards, and
    `boundaries` to draw them in. In the families of measures that are `veiled` [c] may stand for 0;
    nothing is told of `withheld` ones.

    Raises `LawBroken` where one for the public has any.
    """

    period: Period
    home: Home
    partnership: str
    version: str
    tables: tuple[TableSpec, ...]
    figures: Shown
    inputs: tuple[Input, ...]
    sources: tuple[SourceLine, ...]
    answers: tuple[Answer, ...]
    revisions: tuple[Revision, ...] = ()
    release: int | None = None
    published_at: datetime | None = None
    small_base: int = SMALL_BASE
    audience: Audience = Audience.PARTNERSHIP
    truth: Figures = field(default_factory=dict)
    papers: Papers = NO_PAPERS
    log: QualityLog = NO_LOG
    formats: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    has_pictures: bool = True
    boundaries: Boundaries | None = None
    veiled: frozenset[Family] = frozenset()
    withheld: frozenset[Family] = frozenset()

    def __post_init__(self) -> None:
        if self.audience is Audience.PUBLIC and any(is_ward(area) for _, area, _ in self.figures):
            raise LawBroken("a pack for the public has no figure of a ward")

    @property
    def wards(self) -> tuple[WardTable, ...]:
        """What it says by ward."""
        revised = {revision.key for revision in self.revisions}
        return ward_tables(self.figures, self.period, self.home, revised)

    @property
    def names(self) -> dict[str, str]:
        """The names of the wards that it has figures of, by code."""
        return {area: ward_name(area) for _, area, _ in self.figures if is_ward(area)}

    @property
    def hidden(self) -> frozenset[FigureKey]:
        """The figures that are known and not shown."""
        return frozenset(key for key, value in self.figures.items() if isinstance(value, Mark))

    @property
    def rules(self) -> tuple[str, ...]:
        """What makes another release of the same figures."""
        return (f"audience {self.audience.value}", f"small base {self.small_base}")

    @property
    def gaps(self) -> tuple[str, ...]:
        """The sources that are not complete for the period, each with its partner."""
        return tuple(f"{s.title}, {s.partner}" for s in self.sources if not s.is_complete)


def gathered(engine: Engine, order: Order) -> Edition:
    """Return what a pack says now, its revisions and what it must not show still to be found."""
    shown = months_shown(order.period)
    whole = Span(shown[0], shown[-1])
    home = order.home
    ours = extents_of(home)
    used = [d for d in deliveries(engine) if d.extent in ours and d.covers(whole)]
    figures = figures_now(engine, order.tables, order.period, home)
    is_counted = order.audience is Audience.PARTNERSHIP
    if is_counted:
        figures |= ward_figures(engine, figures, order.tables, order.period, home)
    return Edition(
        period=order.period,
        home=home,
        partnership=order.partnership,
        version=order.version,
        tables=order.tables,
        figures=figures,
        truth=figures,
        audience=order.audience,
        inputs=tuple(_inputs(used)),
        sources=tuple(
            source_line(p, order.period, used, is_counted=is_counted) for p in order.partners
        ),
        answers=tuple(
            _answer(hold, is_told=is_counted)
            for hold in holds(engine)
            if hold.extent in ours
            and hold.released_at is not None
            and not hold.is_replaced
            and not set(shown).isdisjoint(hold.span)
        ),
        small_base=order.small_base,
        papers=order.papers,
        log=quality_log(engine, used, is_counted=is_counted),
        formats=order.formats,
        boundaries=order.boundaries if is_counted else None,
    )


def _inputs(used: Sequence[DeliveryLine]) -> list[Input]:
    found = [Input(d.source, d.file_name, d.sha256) for d in used]
    return sorted(found, key=lambda i: (i.source, i.file_name, i.sha256))


def _answer(hold: HoldLine, *, is_told: bool) -> Answer:
    """Return an answer; what it says of figures is not for the public."""
    return Answer(
        hold=hold.id,
        file_name=hold.file_name,
        rule=hold.rule,
        detail=hold.detail if is_told else "",
        months=hold.span.label,
        released_by=hold.released_by or "",
        released_at=f"{hold.released_at:%Y-%m-%dT%H:%M:%SZ}",
        released_because=(hold.released_because or "") if is_told else "",
    )


def as_it_is(engine: Engine, order: Order) -> Edition:
    """Return what a pack would say if it were published now.

    Where no figure, no text, no signature and no boundary has changed since its period was last
    published, that is the release again.
    """
    now = gathered(engine, order)
    before = [
        line
        for line in releases(engine)
        if (line.period_code, line.audience) == (order.period.code, order.audience)
    ]
    is_same = before and before[-1].content_sha256 == content_of(now.truth, *now.rules)
    if is_same and _is_told_alike(before[-1], now):
        return restored(engine, before[-1], order.period)
    revisions = find_revisions(
        engine, now.truth, now.tables, now.period, now.home,
        version=now.version, audience=now.audience,
    )  # fmt: skip
    if now.audience is Audience.PARTNERSHIP:
        return replace(now, revisions=revisions)
    return _for_the_public(engine, now, revisions)


def _for_the_public(engine: Engine, now: Edition, revisions: tuple[Revision, ...]) -> Edition:
    """Return an edition without what the public must not be told, in its revisions as well."""
    told = {revision.key: value_of(now.truth, revision.key) for revision in revisions}
    years = sorted({month.financial_year for month in months_shown(now.period)})
    hidden = hidden_from_public(
        now.truth | told, printed_keys(now.truth, now.period) | told.keys(),
        published_before(engine, years), now.home,
    )  # fmt: skip
    return replace(
        now,
        figures=published(now.truth, hidden.keys),
        revisions=tuple(revision for revision in revisions if revision.key not in hidden.keys),
        veiled=hidden.veiled,
        withheld=hidden.withheld,
    )


def _is_told_alike(line: ReleaseLine, now: Edition) -> bool:
    """Say whether a release has the same texts, signed by the same people, and the same map."""
    told, papers = json.loads(line.manifest), now.papers
    then = papers_from(told)
    return (then.texts, then.sign_off, boundaries_from(told.get("map"))) == (
        papers.texts, papers.sign_off, now.boundaries,
    )  # fmt: skip


# --- the manifest -----------------------------------------------------------------------------


def manifest_of(
    edition: Edition, files: Mapping[str, str], more: Mapping[str, object] | None = None
) -> str:
    """Return the manifest: what a pack was made from, and the SHA-256 of each of its files."""
    published = edition.published_at
    content: dict[str, object] = dict(more or {})
    if edition.release is not None and published is not None:
        content["release"] = edition.release
        content["published_at"] = f"{published:%Y-%m-%dT%H:%M:%SZ}"
    content |= {
        "period": edition.period.code,
        "period_label": edition.period.label,
        "program_version": edition.version,
        "partnership": edition.partnership,
        "areas": asdict(edition.home),
        "audience": edition.audience.value,
        "small_base": edition.small_base,
        "monthly": list(MONTHLY),
        "formats": list(edition.formats),
        "lacking": list(edition.lacking),
        "inputs": [asdict(i) for i in edition.inputs],
        "holds_released": [asdict(answer) for answer in edition.answers],
        "sources": [asdict(source) for source in edition.sources],
        "revisions": [_revision_told(revision) for revision in edition.revisions],
        **edition.papers.told,
        "quality": edition.log.told,
        "veiled": sorted([root, year.code] for root, year in edition.veiled),
        "withheld": sorted([root, year.code] for root, year in edition.withheld),
        **({} if edition.boundaries is None else {"map": edition.boundaries.told}),
        "files": dict(sorted(files.items())),
    }
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def _revision_told(revision: Revision) -> dict[str, object]:
    return {
        "period": revision.period,
        "period_label": revision.span.label,
        "measure": revision.measure,
        "label": revision.label,
        "area_code": revision.area.code,
        "area_name": revision.area.name,
        "was": _figure_told(revision.was),
        "is": _figure_told(revision.now),
        "release": revision.release,
        "deliveries": list(revision.deliveries),
        "why": revision.why,
    }


def _figure_told(figure: Figure) -> object:
    if not isinstance(figure, Stated):
        return figure
    as_at = figure.as_at.isoformat() if figure.as_at else ""
    return {"value": figure.value, "qualifier": figure.qualifier, "as_at": as_at}


def _figure(told: Any) -> Figure:
    if not isinstance(told, dict):
        return told
    as_at = date.fromisoformat(told["as_at"]) if told["as_at"] else None
    return Stated(told["value"], told["qualifier"], as_at)


def restored(engine: Engine, line: ReleaseLine, period: Period) -> Edition:
    """Return a release as it was published: its frozen figures, and what its manifest says."""
    told = json.loads(line.manifest)
    truth = figures_of(engine, line.id)
    return Edition(
        period=period,
        home=_home(told["areas"]),
        partnership=told["partnership"],
        version=line.program_version,
        tables=tuple(t for t in TABLES if f"{TABLE_FOLDER}{t.code}.csv" in told["files"]),
        figures=published(truth, hidden_in(engine, line.id)),
        truth=truth,
        audience=Audience(line.audience),
        has_pictures=TRENDS_CSV in told["files"],
        inputs=tuple(Input(**i) for i in told["inputs"]),
        sources=tuple(
            SourceLine(**(source | {"files": tuple(source["files"])})) for source in told["sources"]
        ),
        answers=tuple(Answer(**answer) for answer in told["holds_released"]),
        revisions=tuple(_revision(r) for r in told["revisions"]),
        papers=papers_from(told),
        log=log_from(told.get("quality", {})),
        veiled=families_from(told, "veiled"),
        withheld=families_from(told, "withheld"),
        release=line.id,
        published_at=line.published_at,
        small_base=told.get("small_base", NO_SMALL_BASE),
        boundaries=boundaries_from(told.get("map")),
        # What could not be made then is made now, if it can be.
        formats=(*told.get("formats", ()), *told.get("lacking", ())),
    )


def _home(told: Mapping[str, Any]) -> Home:
    places = {name: Area(**place) for name, place in told.items() if isinstance(place, dict)}
    return Home(**places, force_slug=told["force_slug"])


def _revision(told: Mapping[str, Any]) -> Revision:
    return Revision(
        measure=told["measure"],
        label=told["label"],
        area=Area(told["area_code"], told["area_name"]),
        period=told["period"],
        was=_figure(told["was"]),
        now=_figure(told["is"]),
        release=told["release"],
        deliveries=tuple(told["deliveries"]),
        why=told["why"],
    )
