"""Machinery of the draw: random choices whose totals are given beforehand and always met.

Nothing here draws until it fits, and nothing is trimmed afterwards: a total is shared out among
months, kinds and incidents, and each part is then drawn in its own number.
"""

import zlib
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from schemas.period import FinancialYear
from sources.sample.places import Place

Values = npt.NDArray[np.object_]
Whole = npt.NDArray[np.int64]
Truth = npt.NDArray[np.bool_]
Times = npt.NDArray[np.datetime64]
T = TypeVar("T")
EXPORTED_AFTER = np.timedelta64(21, "D")
"""How long after the end of a quarter its exports are made."""


def generator(seed: int, sample: str, year: FinancialYear | None = None) -> np.random.Generator:
    """Return the stream of random numbers of one sample and year; no other draws from it."""
    start = year.start_year if year else 0
    return np.random.default_rng([seed, zlib.crc32(sample.encode()), start])


def share_out(rng: np.random.Generator, total: int, weights: Sequence[float]) -> list[int]:
    """Part a total by weights, at random; the parts add up to it."""
    shares = np.asarray(weights, dtype="float64")
    parts: list[int] = rng.multinomial(total, shares / shares.sum()).tolist()
    return parts


def pick(rng: np.random.Generator, weights: Mapping[T, float], count: int) -> Values:
    """Choose `count` of the keys by their weights."""
    return fill(list(weights), choose(rng, list(weights.values()), count))


def choose(rng: np.random.Generator, weights: Sequence[float], count: int) -> Whole:
    """Choose `count` positions by their weights."""
    shares = np.asarray(weights, dtype="float64")
    return rng.choice(len(shares), size=count, p=shares / shares.sum())


def fill(values: Sequence[Any], positions: Whole) -> Values:
    """Return the values at these positions."""
    listed = np.empty(len(values), dtype=object)
    listed[:] = list(values)
    taken: Values = listed[positions]
    return taken


def shuffled(rng: np.random.Generator, counts: Mapping[T, int]) -> Values:
    """Return every key as often as it counts, in random order."""
    positions = np.repeat(np.arange(len(counts)), list(counts.values()))
    return fill(list(counts), rng.permutation(positions))


def chance(rng: np.random.Generator, probability: float | npt.NDArray[Any], count: int) -> Truth:
    """Toss a coin for every row."""
    tossed: Truth = rng.random(count) < probability
    return tossed


def exactly(rng: np.random.Generator, among: Truth, count: int, weights: Any = None) -> Truth:
    """Mark exactly `count` of the rows that are `among`; fails when there are fewer."""
    places = np.flatnonzero(among)
    shares = None
    if weights is not None:
        shares = np.asarray(weights, dtype="float64")[places]
        shares = shares / shares.sum()
    marked = np.zeros(len(among), dtype=bool)
    marked[rng.choice(places, size=count, replace=False, p=shares)] = True
    return marked


def heap(rng: np.random.Generator, among: Truth, total: int, crowding: float = 0.25) -> Whole:
    """Share a total out among the rows that are `among`, some of which get several.

    About a share `crowding` of the total goes to rows that have one already: people are hurt
    together, and discs are burned by the pair.
    """
    counts = np.zeros(len(among), dtype="int64")
    single = total - int(total * crowding)
    places = np.flatnonzero(exactly(rng, among, single))
    counts[places] = 1
    np.add.at(counts, rng.choice(places, size=total - single), 1)
    return counts


def exported(year: FinancialYear, on: Times) -> Times:
    """Return for each day of a year when its quarter was exported: three weeks after the end.

    An export knows nothing that happened later.
    """
    ends = np.array([quarter.span.last.end for quarter in year.quarters], "datetime64[D]")
    last: Times = ends[np.searchsorted(ends, on)]
    return (last + EXPORTED_AFTER).astype("datetime64[D]")


def days(
    rng: np.random.Generator, year: FinancialYear, weights: Sequence[float], total: int
) -> Times:
    """Draw days of a year by the weights of its months, in no order."""
    drawn = []
    for month, count in zip(year.span, share_out(rng, total, weights), strict=True):
        length = (month.end - month.start).days + 1
        drawn.append(np.datetime64(month.start, "D") + rng.integers(length, size=count))
    return rng.permutation(np.concatenate(drawn))


def at_hours(rng: np.random.Generator, on: Times, hours: Sequence[float]) -> Times:
    """Give days a time of day, to the minute, by the weights of the hours."""
    minutes = choose(rng, hours, len(on)) * 60 + rng.integers(60, size=len(on))
    timed: Times = on.astype("datetime64[m]") + minutes.astype("timedelta64[m]")
    return local(timed)


def local(times: Times) -> Times:
    """Move times that no clock shows: 01:00 to 01:59 of the last Sunday of March, by an hour."""
    moved: Times = times.copy()
    for year in np.unique(times.astype("datetime64[Y]")).astype(int) + 1970:
        gap = np.datetime64(_last_sunday_of_march(int(year)), "m") + np.timedelta64(60, "m")
        inside = (moved >= gap) & (moved < gap + np.timedelta64(60, "m"))
        moved[inside] += np.timedelta64(60, "m")
    return moved


def _last_sunday_of_march(year: int) -> date:
    last = date(year, 3, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)


def scattered(
    rng: np.random.Generator, places: Sequence[Place], positions: Whole, metres: float
) -> tuple[Whole, Whole]:
    """Return eastings and northings near the places, in whole metres."""
    east = np.array([place.easting_m for place in places])[positions]
    north = np.array([place.northing_m for place in places])[positions]
    return (
        east + np.rint(rng.normal(0, metres, len(positions))).astype("int64"),
        north + np.rint(rng.normal(0, metres, len(positions))).astype("int64"),
    )


def yes_no(truth: Truth) -> Values:
    """Return Y and N."""
    return np.where(truth, "Y", "N").astype(object)
