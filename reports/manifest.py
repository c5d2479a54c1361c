"""The manifest of a pack: what it was made from, and all that it says beside its figures.

A release is its manifest and its frozen figures: the two make the same edition again.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from reports.audience import families_from, published
from reports.boundaries import boundaries_from
from reports.edition import TABLE_FOLDER, TRENDS_CSV, Answer, Edition, Input
from reports.papers import papers_from
from reports.quality import log_from
from reports.revisions import Revision
from reports.sources import SourceLine
from reports.tables import TABLES
from reports.trends import MONTHLY
from schemas.areas import Area, Home
from schemas.audience import Audience
from schemas.period import Period
from schemas.reported import Figure, Stated
from warehouse.engine import Engine
from warehouse.releases import ReleaseLine, figures_of, hidden_in

NO_SMALL_BASE = 0
"""Releases of before there was the rule give every percentage that there is."""


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
