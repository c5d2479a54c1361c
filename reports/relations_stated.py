"""What anybody can reckon with of figures that partners state: the sums that hold between them.

A year is the sum of its quarters where it is so; a partner that counts each person once in a year
states less, and nothing but that is known then. What a year has beyond its known quarters is a
count as well. Of a running total the difference of two dates is what happened between them: a small
one is not to be had by taking away, whichever packs gave the two. What stands at a date is in no
sum, for nobody can tell how many came and went. Qualified figures are in none.
"""

import itertools
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from reports.disclosure import Item, Key, State, Sum, is_primary, state_of
from schemas.measures import MEASURES, Kind
from schemas.period import FinancialYear, Month, Span
from schemas.reported import Figure, Stated
from schemas.spans import span_of
from warehouse.releases import FigureKey, Figures

Place = tuple[str, str, Span]
"""A measure, an area, and a period; of what has a date, the month of the date."""
Node = tuple[str, str, Span, int]
"""A figure by its place and its value."""
COSTS, OTHER_COST = {3: 10, 12: 20}, 14
"""The loss if the figure of a quarter or a year is hidden, beside that of a year to date."""
ZERO_COST = 1_000
"""A true zero is to be shown."""


def exact_place(key: FigureKey, figure: Figure) -> Place | None:
    """Return by what an exact figure is known; None where it is not exact, or not known."""
    measure, area, period = key
    if figure is None or (isinstance(figure, Stated) and figure.qualifier):
        return None
    if isinstance(figure, Stated) and figure.as_at is not None:
        month = Month.of(figure.as_at)
        return measure, area, Span(month, month)
    return measure, area, span_of(period)


@dataclass
class Statements:
    """What releases say of stated figures, one after the other: items, and sums between them."""

    items: list[tuple[Key, Item]] = field(default_factory=list)
    sums: list[Sum] = field(default_factory=list)
    _totals: list[list[Node]] = field(default_factory=list)
    _printed: set[Node] = field(default_factory=set)

    def add(
        self,
        figures: Figures,
        printed: Collection[FigureKey],
        hidden: Collection[FigureKey],
        veiled: Collection[tuple[str, FinancialYear]],
        *,
        is_open: bool,
    ) -> None:
        """Add a release; the figures of one to come are still open."""
        known, seen, shown = _known(figures, printed, hidden)
        months = sorted({place[2].first for place in seen if _has_date(place)})
        self._totals.append(
            [(*p, value) for p, value in known.items() if MEASURES[p[0]].kind is Kind.CUMULATIVE]
        )
        for place, value in known.items():
            if place in seen:
                self._printed.add((*place, value))
            elif _has_date(place):
                continue
            is_veiled = (place[0], place[2].first.financial_year) in veiled
            state = state_of(
                value, is_printed=place in seen, is_hidden=place not in shown,
                is_veiled=is_veiled, is_open=is_open,
            )  # fmt: skip
            cost = _cost(place, value, months) if place in seen else 0
            item = Item(value, state, cost, is_printed=place in seen, is_veiled=is_veiled)
            self.items.append(((*place, value), item))
        for whole, parts in _wholes(known):
            self._add_whole((*whole, known[whole]), [(*part, known[part]) for part in parts],
                            is_complete=len(parts) == len(_quarters(whole[2])))  # fmt: skip

    def add_growth(self) -> None:
        """Take the running totals of all releases from each other, as they stood by each of them.

        A release that prints none for a date may still be made of one that another has printed. One
        that was put right, and that nobody has seen since, tells no more.
        """
        latest: dict[tuple[str, str], dict[Month, Node]] = defaultdict(dict)
        for totals in self._totals:
            for node in totals:
                by_month, month = latest[node[:2]], node[2].first
                if node in self._printed:
                    by_month[month] = node
                elif month in by_month:
                    del by_month[month]
            for by_month in latest.values():
                self._add_growth([by_month[month] for month in sorted(by_month)])

    def _add_whole(self, whole: Node, parts: list[Node], *, is_complete: bool) -> None:
        """Note how a year, or a year to date, stands to its quarters."""
        reached = sum(part[-1] for part in parts)
        left = whole[-1] - reached
        if left > 0:
            # That of a quarter of which nothing is said, or of those who stand in none.
            self._add_rest(("the rest of", whole, *parts), whole, parts, left)
        elif left < 0 and is_complete:
            together: Key = ("together", *parts)
            self.items.append((together, _unseen(reached)))
            self.sums.append(Sum(together, tuple(parts)))
            again: Key = ("more than once", whole, *parts)
            self.items.append((again, _unseen(-left)))
            self.sums.append(Sum(together, (whole, again)))
        elif left == 0:
            self.sums.append(Sum(whole, tuple(parts)))

    def _add_growth(self, totals: list[Node]) -> None:
        """Note what running totals have grown by: from each date to the next, and all small ones.

        A total that is less than an earlier one was put right, and tells nothing of the time
        between.
        """
        for (n, earlier), (m, later) in itertools.combinations(enumerate(totals), 2):
            grown = later[-1] - earlier[-1]
            if grown >= 0 and (m == n + 1 or is_primary(grown)):
                self._add_rest(("grown", earlier, later), later, [earlier], grown)

    def _add_rest(self, rest: Key, whole: Node, parts: list[Node], left: int) -> None:
        state = State.HIDDEN if is_primary(left) else State.UNSEEN
        self.items.append((rest, Item(left, state, is_printed=False)))
        self.sums.append(Sum(whole, (*parts, rest)))


def _unseen(value: int) -> Item:
    return Item(value, State.UNSEEN, is_printed=False)


def _known(
    figures: Figures, printed: Collection[FigureKey], hidden: Collection[FigureKey]
) -> tuple[dict[Place, int], set[Place], set[Place]]:
    """Return the exact figures of a release, which of them it prints, and which it shows."""
    known: dict[Place, int] = {}
    seen: set[Place] = set()
    shown: set[Place] = set()
    for key, figure in figures.items():
        place = exact_place(key, figure)
        if place is None or figure is None or _is_month_of_flow(place):
            continue
        known[place] = figure.value if isinstance(figure, Stated) else figure
        if key in printed:
            seen.add(place)
            if key not in hidden:
                shown.add(place)
    return known, seen, shown


def _is_month_of_flow(place: Place) -> bool:
    """Say whether it is what happened in a month, of which no pack says anything."""
    return len(place[2]) == 1 and not _has_date(place)


def _has_date(place: Place) -> bool:
    return MEASURES[place[0]].kind is not Kind.FLOW


def _wholes(known: Mapping[Place, int]) -> Iterator[tuple[Place, list[Place]]]:
    """Return each year and year to date with those of its quarters that are known."""
    for measure, area, span in known:
        quarters = _quarters(span)
        if MEASURES[measure].adds_up and len(quarters) > 1:
            parts = [(measure, area, quarter) for quarter in quarters]
            yield (measure, area, span), [part for part in parts if part in known]


def _quarters(span: Span) -> list[Span]:
    return list(dict.fromkeys(month.quarter.span for month in span))


def _cost(place: Place, value: int, months: list[Month]) -> int:
    if not value:
        return ZERO_COST
    if _has_date(place):
        # Of two dates the later one is what a pack is about.
        return 10 * (1 + months.index(place[2].first))
    return COSTS.get(len(place[2]), OTHER_COST) * (4 + value.bit_length())
