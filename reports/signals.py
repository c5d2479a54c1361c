"""Limits of a series of months, and the months that are more than chance: an XmR chart.

After the conventions of NHS England's Making Data Count (individual values and their moving range):
the limits lie 2.66 mean moving ranges from the mean, no moving range is left out as an outlier,
and four rules find what is special. All of it is worked out from whole numbers, without rounding.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum, StrEnum
from fractions import Fraction
from itertools import pairwise

LEAST_POINTS = 12
"""From fewer figures no limits are worked out."""
RUN_LENGTH = 7
TREND_LENGTH = 6
PER_MOVING_RANGE = Fraction(266, 100)


class Rule(StrEnum):
    """Why a figure is more than chance, the strongest first."""

    OUTSIDE = "outside a limit"
    RUN = "in a run on one side of the mean"
    TREND = "in a trend"
    NEAR = "one of two in three near a limit"


class Side(Enum):
    """Whether a figure is special for being high, or rising, or for the contrary."""

    HIGH = 1
    LOW = -1


@dataclass(frozen=True)
class Signal:
    """One reason for which a figure is more than chance."""

    rule: Rule
    side: Side


@dataclass(frozen=True)
class Limits:
    """The mean of a stage, and how far from it figures lie by chance alone."""

    mean: Fraction
    reach: Fraction

    @property
    def upper(self) -> Fraction:
        """The upper limit."""
        return self.mean + self.reach

    @property
    def lower(self) -> Fraction:
        """The lower limit; a count cannot lie below 0."""
        return max(self.mean - self.reach, Fraction(0))

    def side_of(self, value: int) -> Side | None:
        """Return the side of the mean on which a figure lies; None where it is the mean."""
        if value == self.mean:
            return None
        return Side.HIGH if value > self.mean else Side.LOW

    def is_outside(self, value: int) -> bool:
        """Say whether a figure lies beyond a limit."""
        return abs(value - self.mean) > self.reach

    def is_near(self, value: int) -> bool:
        """Say whether a figure lies in the outer third between the mean and a limit."""
        return self.reach * 2 / 3 < abs(value - self.mean) <= self.reach


@dataclass(frozen=True)
class Stage:
    """Points of a series from `start` up to and without `stop`, with limits of their own.

    `limits` is None where there are too few figures.
    """

    start: int
    stop: int
    limits: Limits | None


@dataclass(frozen=True)
class Reading:
    """What an XmR chart says of a series: its stages, and the signals of each point."""

    stages: tuple[Stage, ...]
    signals: tuple[tuple[Signal, ...], ...]

    def limits_at(self, place: int) -> Limits | None:
        """Return the limits that hold at a point."""
        return next(s.limits for s in self.stages if s.start <= place < s.stop)


def read(values: Sequence[int | None], breaks: Collection[int] = ()) -> Reading:
    """Work out the limits of a series and the signals in it; None is a month without a figure.

    `breaks` are the points from which figures are counted in another way: limits are worked out
    anew there. No run, trend or moving range goes across a break, or a month without a figure.
    """
    edges = [0, *sorted(b for b in set(breaks) if 0 < b < len(values)), len(values)]
    stages = []
    signals: list[list[Signal]] = [[] for _ in values]
    for start, stop in pairwise(edges):
        part = values[start:stop]
        limits = limits_of(part)
        stages.append(Stage(start, stop, limits))
        if limits is None:
            continue
        for place, signal in _signals(part, limits):
            signals[start + place].append(signal)
    order = list(Rule)
    return Reading(
        tuple(stages),
        tuple(tuple(sorted(found, key=lambda s: order.index(s.rule))) for found in signals),
    )


def limits_of(values: Sequence[int | None]) -> Limits | None:
    """Return the limits of a stage; None for fewer than twelve figures, or no two in a row."""
    known = [value for value in values if value is not None]
    moves = [abs(b - a) for a, b in pairwise(values) if a is not None and b is not None]
    if len(known) < LEAST_POINTS or not moves:
        return None
    return Limits(
        Fraction(sum(known), len(known)), PER_MOVING_RANGE * Fraction(sum(moves), len(moves))
    )


def _signals(values: Sequence[int | None], limits: Limits) -> Iterator[tuple[int, Signal]]:
    sides = [None if value is None else limits.side_of(value) for value in values]
    for place, value in enumerate(values):
        side = sides[place]
        if value is not None and side is not None and limits.is_outside(value):
            yield place, Signal(Rule.OUTSIDE, side)
    yield from _runs(sides)
    yield from _trends(values)
    yield from _near(values, sides, limits)


def _runs(sides: Sequence[Side | None]) -> Iterator[tuple[int, Signal]]:
    """Find seven and more points on one side of the mean."""
    for side, places in _stretches(len(sides), lambda a, b: sides[a] is sides[b]):
        if len(places) >= RUN_LENGTH and (found := sides[side]) is not None:
            yield from ((place, Signal(Rule.RUN, found)) for place in places)


def _trends(values: Sequence[int | None]) -> Iterator[tuple[int, Signal]]:
    """Find six and more points, each of them higher, or each lower, than the one before."""
    for side in Side:

        def goes_on(a: int, b: int, side: Side = side) -> bool:
            before, after = values[a], values[b]
            return before is not None and after is not None and (after - before) * side.value > 0

        for _, places in _stretches(len(values), goes_on):
            if len(places) >= TREND_LENGTH:
                yield from ((place, Signal(Rule.TREND, side)) for place in places)


def _stretches(length: int, goes_on: Callable[[int, int], bool]) -> Iterator[tuple[int, range]]:
    """Return the longest stretches of points of which each goes on from the one before."""
    start = 0
    for place in range(1, length + 1):
        if place == length or not goes_on(place - 1, place):
            yield start, range(start, place)
            start = place


def _near(
    values: Sequence[int | None], sides: Sequence[Side | None], limits: Limits
) -> Iterator[tuple[int, Signal]]:
    """Find two of three points in the outer third, the three on one side of the mean."""
    near = [value is not None and limits.is_near(value) for value in values]
    found: dict[int, Side] = {}
    for start in range(len(values) - 2):
        three = range(start, start + 3)
        side = sides[start]
        if side is None or any(sides[place] is not side for place in three):
            continue
        close = [place for place in three if near[place]]
        if len(close) >= 2:
            found |= dict.fromkeys(close, side)
    yield from ((place, Signal(Rule.NEAR, side)) for place, side in sorted(found.items()))


def rounded(value: Fraction, places: int = 1) -> str:
    """Return a mean or a limit with as many decimal places, half-up, for programs."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return f"{exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)}"
