"""For whom a pack is, and what the public gets to see of its figures.

What is for the public has no count from 1 to 4, nothing by which one could be worked out, also
together with what was published before, and no figure of a sensitive kind for less than the
district. What is for the partnership has all of them, and is not for publication.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from reports.cells import Figure, Mark
from reports.disclosure import Hiding, is_primary, suppressed
from reports.relations import Family, World, families, family_of, named, system
from reports.trends import MONTHLY
from schemas.areas import Home
from schemas.audience import Audience
from schemas.geography import is_ward
from schemas.measures import MEASURES, is_stated
from schemas.period import FinancialYear, Period
from schemas.reported import value_of
from schemas.spans import span_of
from warehouse.engine import Engine
from warehouse.releases import FigureKey, Figures, ReleaseLine, figures_of, hidden_in, releases


def slug_of(period: Period, audience: Audience) -> str:
    """Return the name of a pack's folder; what is not for publication says so in it."""
    return period.slug if audience is Audience.PUBLIC else f"{period.slug}-{audience.value}"


def published(figures: Figures, hidden: frozenset[FigureKey]) -> dict[FigureKey, Figure]:
    """Return figures as they may be printed; this, and never the true ones, goes to every format.

    Charts, their limits and texts, sentences and sums are to be made of these as well: what is
    worked out from a hidden figure tells it.
    """
    return {
        key: Mark.CONFIDENTIAL if key in hidden and value is not None else value
        for key, value in figures.items()
    }


def printed_keys(figures: Figures, monthly: Sequence[str]) -> frozenset[FigureKey]:
    """Return which figures of a pack its readers see; months are seen of charted measures alone."""
    return frozenset(key for key in figures if len(span_of(key[2])) > 1 or key[0] in monthly)


@dataclass(frozen=True)
class NotShown:
    """Which figures a public pack does not show, and of which families it must say more.

    In `veiled` ones [c] may stand for 0 too; of `withheld` ones nothing is told. Either is for what
    was published before, where no small count could be hidden otherwise.
    """

    keys: frozenset[FigureKey] = frozenset()
    veiled: frozenset[Family] = frozenset()
    withheld: frozenset[Family] = frozenset()


def hidden_from_public(
    figures: Figures, before: Sequence[World], home: Home, monthly: Sequence[str] = MONTHLY
) -> NotShown:
    """Return what a public pack must not show: small figures, what tells them, and other months.

    `before` are the public releases of the same years: what stood in them is known. `figures` may
    hold more than the pack prints in tables, wherever it says them (revisions). What a partner
    states of itself on a form (sites, officers, meetings) is no count of cases, and is shown.
    """
    figures = counted(figures)
    printed = printed_keys(figures, monthly)
    never = frozenset(key for key in printed if _is_sensitive(key))
    # What was hidden as a zero once stays so while it is the same.
    veiled = _families(printed) & {
        _family(key)
        for world in before
        for key in world.hidden & world.printed
        if value_of(world.figures.get(key)) == 0 and _family(key) in world.veiled
    }
    now = World(figures, printed, never, veiled=veiled, withheld=frozenset())
    found = _hiding(before, now, home)
    if found.told:
        veiled |= families(found.told) & _families(printed)
        found = _hiding(before, replace(now, veiled=veiled), home)
    withheld = families(found.told) & _families(printed)
    keys = never | {
        key
        for key, value in figures.items()
        if value is not None
        and (
            key not in printed
            or is_primary(value_of(value))
            or named(figures, key) in found.hidden
            or _family(key) in withheld
        )
    }
    return NotShown(keys, veiled - withheld, withheld)


def _family(key: FigureKey) -> Family:
    return family_of(key[0], span_of(key[2]))


def _families(keys: Collection[FigureKey]) -> frozenset[Family]:
    return frozenset(map(_family, keys))


def _hiding(before: Sequence[World], now: World, home: Home) -> Hiding:
    known = system(before, now, home)
    return suppressed(known.items, known.sums)


def counted(figures: Figures) -> Figures:
    """Return the figures that are counted from records, without those that are stated."""
    return {key: value for key, value in figures.items() if not is_stated(key[0])}


def _is_sensitive(key: FigureKey) -> bool:
    measure, area, _ = key
    return is_ward(area) and MEASURES[measure].is_sensitive


def published_before(engine: Engine, years: Sequence[FinancialYear]) -> list[World]:
    """Return what the public has been told of some years, release by release."""
    return [
        _world(engine, line)
        for line in releases(engine)
        if line.audience == Audience.PUBLIC and not _years_of(line).isdisjoint(years)
    ]


def _years_of(line: ReleaseLine) -> set[FinancialYear]:
    year = span_of(line.period_code).first.financial_year
    return {year, year.year_before(), year.year_before().year_before()}


def _world(engine: Engine, line: ReleaseLine) -> World:
    """Return a release as its readers have it: tables, months of charts, revisions."""
    told = json.loads(line.manifest)
    figures = counted(figures_of(engine, line.id))
    revised = {(r["measure"], r["area_code"], r["period"]) for r in told["revisions"]}
    printed = printed_keys(figures, told["monthly"])
    is_told = "withheld" in told
    return World(
        figures,
        printed | revised,
        hidden_in(engine, line.id),
        families_from(told, "veiled"),
        families_from(told, "withheld") if is_told else None,
    )


def families_from(told: Mapping[str, Any], what: str) -> frozenset[Family]:
    """Return the families that a manifest names; one of before there were any names none."""
    return frozenset(
        (root, span_of(year).first.financial_year) for root, year in told.get(what, ())
    )
