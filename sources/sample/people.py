"""Made-up personal data for the columns that must never be read, each marked with the canary.

A leak is then found by one search: wherever `CANARY` turns up beyond the partners' own bytes,
something was read that should have been left out. Telephone numbers are from the ranges that Ofcom
keeps for drama, postcodes from an area that is not in use.
"""

import numpy as np

from sources.sample.places import STREETS

CANARY = "CANARY-7F3A"
"""Stands in every cell of personal data in the samples, and in no other cell."""

_FIRST_NAMES = ("Alex", "Bo", "Casey", "Devi", "Ellis", "Farah", "Gray", "Hari", "Indy", "Jules")
_LAST_NAMES = ("Sampleton", "Testerby", "Madeup", "Fictive", "Inventson", "Mockford", "Nobody")
_RANKS = ("WM", "CM", "SM", "FF")
_STORIES = (
    "was seen on camera near the market, wearing a red coat",
    'said "not me" when asked',
    "gave a false address",
    "left in a silver van, registration ZZ99 ZZZ",
    "is known to the team",
)


def names(rng: np.random.Generator, count: int) -> list[str]:
    """Return full names."""
    first = rng.integers(len(_FIRST_NAMES), size=count).tolist()
    last = rng.integers(len(_LAST_NAMES), size=count).tolist()
    return [
        f"{_FIRST_NAMES[a]} {_LAST_NAMES[b]} {CANARY}" for a, b in zip(first, last, strict=True)
    ]


def officers(rng: np.random.Generator, count: int) -> list[str]:
    """Return officers in charge, rank first."""
    ranks = rng.integers(len(_RANKS), size=count).tolist()
    return [f"{_RANKS[r]} {name}" for r, name in zip(ranks, names(rng, count), strict=True)]


def telephones(rng: np.random.Generator, count: int) -> list[str]:
    """Return telephone numbers."""
    return [f"07700 900{n:03} {CANARY}" for n in rng.integers(1000, size=count).tolist()]


def postcodes(rng: np.random.Generator, count: int) -> list[str]:
    """Return full postcodes."""
    return [f"ZZ{1 + n % 9} {n % 10}ZZ {CANARY}" for n in rng.integers(90, size=count).tolist()]


def addresses(rng: np.random.Generator, count: int) -> list[str]:
    """Return house numbers with streets."""
    houses = rng.integers(1, 200, size=count).tolist()
    streets = rng.integers(len(STREETS) - 3, size=count).tolist()
    return [f"{h} {STREETS[s]} {CANARY}" for h, s in zip(houses, streets, strict=True)]


def stories(rng: np.random.Generator, count: int) -> list[str]:
    """Return free text about somebody; some of it needs quotation marks in a CSV file."""
    told = rng.integers(len(_STORIES), size=count).tolist()
    return [f"{who}, {_STORIES[s]}" for who, s in zip(names(rng, count), told, strict=True)]
