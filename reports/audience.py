"""For whom a pack is, and what the public gets to see of its figures.

What is for the public has no count from 1 to 4, nothing by which one could be worked out, also
together with what was published before, and no figure of a sensitive kind for less than the
district. What is for the partnership has all of them, and is not for publication.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from reports.cells import Figure, Mark
from reports.disclosure import LEAST_SHOWN, Hiding, is_primary, suppressed
from reports.figures import compared_spans
from reports.relations import Family, World, families, family_of, named, system
from reports.relations_stated import Node
from reports.trends import MONTHLY
from schemas.areas import Home
from schemas.audience import Audience
from schemas.geography import is_ward
from schemas.measures import MEASURES, Disclosure, Kind, is_stated
from schemas.period import FinancialYear, Period, parse_period
from schemas.reported import Figure as Known
from schemas.reported import Stated, value_of
from schemas.spans import span_of
from warehouse.engine import Engine
from warehouse.releases import FigureKey, Figures, ReleaseLine, figures_of, hidden_in, releases

PER_CENT = 100


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


def printed_keys(
    figures: Figures, period: Period, monthly: Sequence[str] = MONTHLY
) -> frozenset[FigureKey]:
    """Return which figures of a pack its readers see.

    Months are seen of charted measures alone. Of what is stated a pack holds parts of its periods
    as well, which no table prints.
    """
    spans = compared_spans(period)
    return frozenset(
        key
        for key in figures
        for span in (span_of(key[2]),)
        if (span in spans if is_stated(key[0]) else len(span) > 1 or key[0] in monthly)
    )


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
    figures: Figures, printed: frozenset[FigureKey], before: Sequence[World], home: Home
) -> NotShown:
    """Return what a public pack must not show: small figures, what tells them, and other months.

    `before` are the public releases of the same years: what stood in them is known. `printed` are
    the figures that the pack says anywhere, in tables, pictures or revisions. What does not count
    people (sites, meetings, money) is shown.
    """
    unprinted = {key for key in figures if key not in printed and not _is_open_statement(key)}
    everything, figures = figures, protected(figures)
    seen = printed & figures.keys()
    never = frozenset(key for key in seen if _is_sensitive(key))
    # What was hidden as a zero once stays so while it is the same.
    veiled = _families(seen) & {
        _family(key)
        for world in before
        for key in world.hidden & world.printed
        if value_of(world.figures.get(key)) == 0 and _family(key) in world.veiled
    }
    now = World(figures, seen, never, veiled=veiled, withheld=frozenset())
    found = _hiding(before, now, home)
    if found.told:
        veiled |= families(found.told) & _families(seen)
        found = _hiding(before, replace(now, veiled=veiled), home)
    withheld = families(found.told) & _families(seen)
    keys = never | {
        key
        for key, value in figures.items()
        if value is not None
        and (is_small(value) or named(figures, key) in found.hidden or _family(key) in withheld)
    }
    keys |= {key for key in unprinted if everything[key] is not None}
    keys |= _official_ones(everything, printed, keys, found)
    keys |= _shares(everything, keys)
    return NotShown(frozenset(keys), veiled - withheld, withheld)


def is_small(figure: Known) -> bool:
    """Say whether a figure of people is too small to be shown.

    "More than 0" is no true zero, and "nearly 5" is 4.
    """
    if isinstance(figure, Stated) and figure.qualifier:
        return figure.value <= LEAST_SHOWN
    return is_primary(value_of(figure))


def _official_ones(
    figures: Figures, printed: frozenset[FigureKey], hidden: Collection[FigureKey], found: Hiding
) -> set[FigureKey]:
    """Return the official figures that would tell one of ours.

    Where the two do not differ one is the other. An official figure is hidden beside a hidden one,
    where ours was hidden with just this value in an earlier release, and where it is small itself.
    """
    return {
        key
        for key, ours in _official(printed & figures.keys()).items()
        for value in (figures[key],)
        if value is not None
        and (ours in hidden or is_small(value) or named({ours: value}, ours) in found.hidden)
    }


def _official(keys: Collection[FigureKey]) -> dict[FigureKey, FigureKey]:
    """Return the official figures among some, each with the one of ours that it is held against."""
    found = {}
    for measure, area, period in keys:
        if measure in MEASURES and MEASURES[measure].counterpart:
            found[measure, area, period] = (MEASURES[measure].counterpart, area, period)
    return found


def _shares(figures: Figures, hidden: Collection[FigureKey]) -> set[FigureKey]:
    """Return the percentages that are of few, or of a figure that is not shown beside them."""
    found = set()
    for key, value in figures.items():
        measure, area, period = key
        share = MEASURES[measure]
        percent = value_of(value)
        if share.disclosure is not Disclosure.SHARE or percent is None:
            continue
        whole = (share.share_of, area, period)
        of = None if whole in hidden else _at_least(figures.get(whole))
        if of is None or any(_is_of_few(part, of) for part in (percent, PER_CENT - percent)):
            found.add(key)
    return found


def _at_least(figure: Known) -> int | None:
    """Return what a figure is at least, as near as its partner says; None where that is unknown."""
    if isinstance(figure, Stated) and figure.qualifier == "fewer_than":
        return None
    return value_of(figure)


def _is_of_few(percent: int, of: int) -> bool:
    """Say whether a whole percentage may stand for 1 to 4 of some people; 0 stands for none."""
    least = Fraction(2 * percent - 1, 2 * PER_CENT) * of
    return percent > 0 and least < LEAST_SHOWN


def _family(key: FigureKey) -> Family:
    return family_of(key[0], span_of(key[2]))


def _families(keys: Collection[FigureKey]) -> frozenset[Family]:
    return frozenset(map(_family, keys))


def _hiding(before: Sequence[World], now: World, home: Home) -> Hiding:
    known = system(before, now, home)
    return suppressed(known.items, known.sums)


def protected(figures: Figures) -> Figures:
    """Return the figures that count people, of our own: those that no small one may be had from."""
    return {
        key: value
        for key, value in figures.items()
        for measure in (MEASURES.get(key[0]),)
        if measure and measure.disclosure is Disclosure.PEOPLE and not measure.counterpart
    }


def _is_open_statement(key: FigureKey) -> bool:
    """Say whether a figure is stated of what does not concern people."""
    return is_stated(key[0]) and MEASURES[key[0]].disclosure is Disclosure.OPEN


def _is_sensitive(key: FigureKey) -> bool:
    measure, area, _ = key
    return is_ward(area) and MEASURES[measure].is_sensitive


def published_before(engine: Engine, years: Sequence[FinancialYear]) -> list[World]:
    """Return what the public has been told of some years, release by release.

    Of releases of other years there are the running totals alone, which go on from year to year.
    """
    return [
        _world(engine, line, is_whole=not _years_of(line).isdisjoint(years))
        for line in releases(engine)
        if line.audience == Audience.PUBLIC
    ]


def _years_of(line: ReleaseLine) -> set[FinancialYear]:
    year = span_of(line.period_code).first.financial_year
    return {year, year.year_before(), year.year_before().year_before()}


def _world(engine: Engine, line: ReleaseLine, *, is_whole: bool) -> World:
    """Return a release as its readers have it: tables, months of charts, revisions."""
    told = json.loads(line.manifest)
    everything = figures_of(engine, line.id)
    figures = protected(everything)
    if not is_whole:
        everything = figures = {
            key: value for key, value in figures.items() if MEASURES[key[0]].kind is Kind.CUMULATIVE
        }
    revised = {(r["measure"], r["area_code"], r["period"]) for r in told["revisions"]}
    period = parse_period(line.period_code)
    hidden = hidden_in(engine, line.id)
    is_told = "withheld" in told
    return World(
        figures,
        printed_keys(figures, period, told["monthly"])
        | (revised if is_whole else revised & figures.keys()),
        hidden,
        families_from(told, "veiled"),
        families_from(told, "withheld") if is_told else None,
        _told_officially(everything, period, hidden),
    )


def _told_officially(
    figures: Figures, period: Period, hidden: frozenset[FigureKey]
) -> frozenset[Node]:
    """Return the figures of ours that are known where an official one, shown, is the same."""
    shown = _official(printed_keys(figures, period) - hidden)
    found = {named({ours: figures[key]}, ours) for key, ours in shown.items() if ours not in hidden}
    return frozenset(node for node in found if node is not None)


def families_from(told: Mapping[str, Any], what: str) -> frozenset[Family]:
    """Return the families that a manifest names; one of before there were any names none."""
    return frozenset(
        (root, span_of(year).first.financial_year) for root, year in told.get(what, ())
    )
