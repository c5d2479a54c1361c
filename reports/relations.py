"""Every sum that holds between figures that packs print: what anybody can reckon with.

Parts add up to their total, quarters and months to their year, the district and the rest of it to
the county, wards to no more than their district. What is left of a total beyond a row "of which" is
a count as well, and a small one is not to be had by taking away. The sums hold in every release by
itself; a figure of two releases is one and the same where its value is, for readers may well know
that it did not change.
"""

import itertools
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from reports.disclosure import Item, Key, State, Sum, is_primary, state_of
from reports.relations_stated import Node, Place, Statements, exact_place
from schemas.areas import Home
from schemas.codes import FLY_TIP_ACTIONS
from schemas.geography import is_ward
from schemas.measures import MEASURES, Kind, is_stated
from schemas.period import FinancialYear, Month, Span
from schemas.reported import value_of
from schemas.spans import span_of
from warehouse.releases import FigureKey, Figures

AT_MOST: dict[str, tuple[str, ...]] = {
    "fly-tips": tuple(f"action-{code.replace('_', '-')}" for code in FLY_TIP_ACTIONS.labels)
}
"""Measures that add up to no more than another one, of which they are no declared parts: a fly-tip
leads to one action at most."""
APRIL = 4
Parting = tuple[Place, tuple[Place, ...], bool]
"""A whole, parts of it, and whether they are all of it."""
Family = tuple[str, FinancialYear]
"""The measures of one total, by it, in one year: what sums link with each other."""
SPAN_COSTS = {1: 2, 3: 10, 12: 20}
TO_DATE_COST, TOTAL_COST = 14, 8
ZERO_BITS = 50
"""What a zero is worth, as if it had so many binary digits: a true zero is to be shown."""


@dataclass(frozen=True)
class World:
    """The figures of one release: the true ones, which it printed, and which of those as [c].

    Figures that are not printed (months, most of them) are what printed ones are made of. In a
    `veiled` family [c] may stand for 0 too. Of a `withheld` one it told nothing at all; None where
    it does not say so of any, and every family of which nothing was shown may be one. `told` is
    what it tells of figures in other words: official ones, which may be the same as ours.
    """

    figures: Figures
    printed: frozenset[FigureKey]
    hidden: frozenset[FigureKey] = frozenset()
    veiled: frozenset[Family] = frozenset()
    withheld: frozenset[Family] | None = None
    told: frozenset[Node] = frozenset()

    @property
    def counted(self) -> "World":
        """Its figures that are counted by month."""
        figures = {key: value for key, value in self.figures.items() if not is_stated(key[0])}
        printed = frozenset(key for key in self.printed if not is_stated(key[0]))
        return replace(self, figures=figures, printed=printed)

    @property
    def stated(self) -> Figures:
        """Its figures that partners state, without those of which it tells nothing."""
        withheld = self.withheld or frozenset()
        return {
            key: value
            for key, value in self.figures.items()
            if is_stated(key[0]) and family_of(key[0], span_of(key[2])) not in withheld
        }


@dataclass(frozen=True)
class Cuts:
    """How finely readers see time: where printed periods end, and which measures' months they see.

    Coarser pieces would hide a sum that holds; finer ones would have the search look at figures
    that make no difference to anybody.
    """

    ends: frozenset[Month]
    monthly: frozenset[str]


@dataclass
class System:
    """The figures of several releases, and the sums between them, ready for `suppressed`."""

    items: dict[Key, Item] = field(default_factory=dict)
    sums: dict[Sum, None] = field(default_factory=dict)


def system(before: Sequence[World], now: World, home: Home) -> System:
    """Return what readers have of earlier releases and will have of one to come.

    An earlier figure that was shown is known for good; one that was hidden stays so. Of the new
    ones small counts are hidden, and what `now` says; a true zero is shown.
    """
    worlds = [*before, now]
    made, cuts = System(), _cuts([world.counted for world in worlds])
    statements = Statements()
    for world in worlds:
        is_open = world is now
        _add(made, _Told.of(world.counted, home), home, cuts, is_open=is_open)
        statements.add(world.stated, world.printed, world.hidden, world.veiled, is_open=is_open)
    statements.add_growth()
    for key, item in statements.items:
        _merge(made.items, key, item)
    made.sums |= dict.fromkeys(statements.sums)
    for node in sorted({node for world in before for node in world.told}, key=str):
        _merge(made.items, node, Item(node[-1], State.SHOWN))
    return made


def families(keys: Collection[Key]) -> frozenset[Family]:
    """Return the families of figures that are known by these names."""
    return frozenset(
        family_of(key[0], key[2]) for key in keys if isinstance(key, tuple) and key[0] in MEASURES
    )


def named(figures: Figures, key: FigureKey) -> Node | None:
    """Return by what a figure of a release is known among those of all; None: it is not known."""
    figure = figures.get(key)
    place, value = exact_place(key, figure), value_of(figure)
    return None if place is None or value is None else (*place, value)


def _cuts(worlds: Sequence[World]) -> Cuts:
    spans = [(key[0], span_of(key[2])) for world in worlds for key in world.printed]
    ends = {span.last for _, span in spans if len(span) > 1}
    ends |= {span.first + -1 for _, span in spans if len(span) > 1 and span.first.number != APRIL}
    monthly = {measure for measure, span in spans if len(span) == 1}
    # Months are seen beyond the last printed period, and belong to what is left of their year.
    ends |= {span.first.financial_year.span.last for _, span in spans if len(span) == 1}
    return Cuts(frozenset(ends), frozenset(monthly))


@dataclass(frozen=True)
class _Told:
    """A release by stretches of months, with the rest of the county."""

    figures: dict[Place, int | None]
    printed: frozenset[Place]
    hidden: frozenset[Place]
    veiled: frozenset[Family]
    withheld: frozenset[Family]
    by_month: dict[tuple[str, str], dict[int, int]]
    summed: dict[Place, int | None] = field(default_factory=dict)

    @classmethod
    def of(cls, world: World, home: Home) -> "_Told":
        figures: dict[Place, int | None] = {
            (measure, area, span_of(period)): value_of(value)
            for (measure, area, period), value in world.figures.items()
        }
        rest = home.rest_of_county
        for (measure, area, span), value in list(figures.items()):
            part = figures.get((measure, home.district.code, span))
            if rest and area == home.county.code and value is not None and part is not None:
                figures[measure, rest.code, span] = value - part
        printed, hidden = _placed(world.printed), _placed(world.hidden)
        withheld = world.withheld
        if withheld is None:
            known = {place for place in printed if figures.get(place) is not None}
            withheld = _families(known) - _families(known - hidden)
        by_month: dict[tuple[str, str], dict[int, int]] = defaultdict(dict)
        for (measure, area, span), value in figures.items():
            if value is not None and span.first == span.last:
                by_month[measure, area][span.first.ordinal] = value
        return cls(figures, printed, hidden, world.veiled, withheld, by_month)

    def value(self, place: Place) -> int | None:
        """Return a figure, or the sum of its months where it is not among them."""
        if place in self.figures:
            return self.figures[place]
        if place not in self.summed:
            self.summed[place] = self._sum(*place)
        return self.summed[place]

    def is_veiled(self, place: Place) -> bool:
        """Say whether [c] may stand for 0 there."""
        return family_of(place[0], place[2]) in self.veiled

    def _sum(self, measure: str, area: str, span: Span) -> int | None:
        if MEASURES[measure].kind is not Kind.FLOW:
            return None
        known = self.by_month.get((measure, area), {})
        months = range(span.first.ordinal, span.last.ordinal + 1)
        found = [known[month] for month in months if month in known]
        return sum(found) if len(found) == len(months) else None


def _placed(keys: Collection[FigureKey]) -> frozenset[Place]:
    return frozenset((measure, area, span_of(period)) for measure, area, period in keys)


def _add(made: System, told: _Told, home: Home, cuts: Cuts, *, is_open: bool) -> None:
    """Add a release; the figures of the one to come are still open."""
    reader = _Reader(told, home, cuts)
    known = {
        place: value
        for place in reader.keys
        for value in (told.value(place),)
        if value is not None and family_of(place[0], place[2]) not in told.withheld
    }
    for place, value in known.items():
        item = Item(
            value, _state(place, value, told, is_open=is_open), _cost(place, value),
            is_printed=place in told.printed, is_veiled=told.is_veiled(place),
        )  # fmt: skip
        _merge(made.items, (*place, value), item)
    for whole, parts, is_all in reader.sums():
        found = [part for part in parts if part in known]
        if whole not in known or not found:
            continue
        total = (*whole, known[whole])
        terms: list[Key] = [(*part, known[part]) for part in found]
        is_complete = len(found) == len(parts)
        if not (is_all and is_complete):
            left = known[whole] - sum(known[part] for part in found)
            # What is beyond the rows "of which" is a count by itself, where all of them are known.
            is_small = is_complete and is_primary(left)
            state = State.HIDDEN if is_small else State.UNSEEN
            rest: Key = ("the rest of", total, *terms)
            _merge(made.items, rest, Item(left, state, is_printed=False))
            terms.append(rest)
        made.sums[Sum(total, tuple(terms))] = None


def family_of(measure: str, span: Span) -> Family:
    """Return by which measure and year a figure is linked with others."""
    return root_of(measure), span.first.financial_year


def root_of(measure: str) -> str:
    """Return the total that a measure is a part of, itself where there is none."""
    over = [whole for whole, parts in AT_MOST.items() if measure in parts]
    return MEASURES[measure].parent or (over[0] if over else measure)


def _families(places: Collection[Place]) -> frozenset[Family]:
    return frozenset(family_of(measure, span) for measure, _, span in places)


def _state(place: Place, value: int, told: _Told, *, is_open: bool) -> State:
    return state_of(
        value, is_printed=place in told.printed, is_hidden=place in told.hidden,
        is_veiled=told.is_veiled(place), is_open=is_open,
    )  # fmt: skip


_STRENGTH = (State.UNSEEN, State.ZERO, State.OPEN, State.HIDDEN, State.SHOWN)


def _merge(items: dict[Key, Item], name: Key, item: Item) -> None:
    """Add a figure, or what readers have of it besides.

    The state is the strongest that any release gave it. That [c] may stand for 0 has to be said by
    every release that prints it: one that does not say so tells that it is none.
    """
    known = items.get(name)
    if known is None:
        items[name] = item
        return
    stronger = max(known, item, key=lambda each: _STRENGTH.index(each.state))
    printing = [each for each in (known, item) if each.is_printed]
    items[name] = replace(
        stronger,
        is_printed=bool(printing),
        is_veiled=all(each.is_veiled for each in printing),
    )


def _cost(place: Place, value: int) -> int:
    """Return the loss if a figure is hidden: of a year more than of a month, of a total most."""
    measure, _, span = place
    size = value.bit_length() if value else ZERO_BITS
    cost = SPAN_COSTS.get(len(span), TO_DATE_COST) * (4 + size)
    return cost if MEASURES[measure].parent else cost * TOTAL_COST


class _Reader:
    """Reads the figures of a release and the sums between them off its keys."""

    def __init__(self, told: _Told, home: Home, cuts: Cuts):
        self.home = home
        self.areas: dict[str, set[str]] = defaultdict(set)
        years: set[FinancialYear] = set()
        for measure, area, span in told.figures:
            self.areas[measure].add(area)
            years.add(span.first.financial_year)
        self.chains = [_chain(year, cuts) for year in sorted(years)]
        usual = {span for chain in self.chains for link in chain for span in link}
        months = {
            measure: {Span(m, m) for _, _, piece in itertools.chain(*self.chains) for m in piece}
            | {span for _, _, span in told.figures if len(span) == 1}
            if measure in cuts.monthly
            else set[Span]()
            for measure in self.areas
        }
        self.spans = {measure: sorted(usual | months[measure], key=_order) for measure in months}
        self.of = {measure: frozenset(spans) for measure, spans in self.spans.items()}
        self.monthly = cuts.monthly

    @property
    def keys(self) -> Iterator[Place]:
        """Return each measure, area and stretch of months that readers can reckon with."""
        for measure in sorted(self.areas):
            for area in sorted(self.areas[measure]):
                yield from ((measure, area, span) for span in self.spans[measure])

    def sums(self) -> Iterator[Parting]:
        """Return each whole with its parts, and whether they are all of it."""
        for measure in sorted(self.areas):
            for area in sorted(self.areas[measure]):
                yield from self._of_time(measure, area)
                for parts, is_all in _groups(measure):
                    yield from self._of_measures(measure, area, parts, is_all)
            yield from self._of_areas(measure)

    def _of_time(self, measure: str, area: str) -> Iterator[Parting]:
        if MEASURES[measure].kind is not Kind.FLOW:
            return
        for whole, before, piece in itertools.chain(*self.chains):
            if before != whole:
                parts = (measure, area, before), (measure, area, piece)
                yield (measure, area, whole), parts, True
            if measure in self.monthly:
                months = tuple((measure, area, Span(m, m)) for m in piece)
                yield (measure, area, piece), months, True

    def _of_measures(
        self, whole: str, area: str, parts: tuple[str, ...], is_all: bool
    ) -> Iterator[Parting]:
        for span in self.spans[whole]:
            found = tuple(
                (part, area, span)
                for part in parts
                if area in self.areas.get(part, ()) and span in self.of[part]
            )
            yield (whole, area, span), found, is_all and len(found) == len(parts)

    def _of_areas(self, measure: str) -> Iterator[Parting]:
        areas, home = self.areas[measure], self.home
        wards = sorted(area for area in areas if is_ward(area))
        rest = home.rest_of_county
        for span in self.spans[measure]:
            district = (measure, home.district.code, span)
            if rest is not None and rest.code in areas:
                county = (measure, home.county.code, span)
                yield county, (district, (measure, rest.code, span)), True
            if wards and home.district.code in areas:
                yield district, tuple((measure, ward, span) for ward in wards), False


def _chain(year: FinancialYear, cuts: Cuts) -> list[tuple[Span, Span, Span]]:
    """Return a year, cut where any printed period of it begins or ends.

    A line a piece: April up to its end, April up to its beginning, and the piece. The first stands
    there as all three.
    """
    first = year.span.first
    ends = sorted({m for m in cuts.ends if m.financial_year == year})
    found = []
    before: Span | None = None
    for end in ends:
        whole = Span(first, end)
        piece = whole if before is None else Span(before.last + 1, end)
        found.append((whole, before or whole, piece))
        before = whole
    return found


def _order(span: Span) -> tuple[Month, Month]:
    return span.first, span.last


@cache
def _groups(whole: str) -> tuple[tuple[tuple[str, ...], bool], ...]:
    """Return the ways in which a measure is parted, and whether the parts are all of it."""
    parted: dict[str, list[str]] = defaultdict(list)
    overlapping = []
    for measure in MEASURES.values():
        if measure.parent == whole and measure.is_additive:
            parted[measure.breakdown].append(measure.code)
        elif measure.parent == whole:
            overlapping.append(measure.code)
    found: list[tuple[tuple[str, ...], bool]] = [(tuple(p), True) for p in parted.values()]
    found += [((code,), False) for code in overlapping]
    if whole in AT_MOST:
        found.append((AT_MOST[whole], False))
    return tuple(found)
