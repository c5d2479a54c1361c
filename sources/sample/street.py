"""Street-level crime, in exactly the form of data.police.uk.

Its volumes are those of the real files of the time, not of the police table: the two count
different things.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from schemas.areas import ST_ALBANS
from schemas.period import FinancialYear
from schemas.records.street_crime import ASB, BTP
from sources.sample import draw
from sources.sample.draw import Truth, Values, Whole
from sources.sample.places import COUNTY_PLACES, OUTSIDE_PLACES, ST_ALBANS_PLACES, STREETS, Place
from sources.sample.shapes import profile

MONTHLY_ROWS = 880
FEWEST, MOST = 750, 1000
ELSEWHERE_ROWS = 60
"""A month of another district: the real ones have ten times as many."""

OUTSIDE_ROWS = 6
TRANSPORT_ROWS = 4
NO_LOCATION_SHARE = 0.01
POINTS = 6
"""Map points of an LSOA: few, so that rows of anti-social behaviour are often alike."""

TYPES: Mapping[str, float] = {
    ASB: 25.0,
    "Violence and sexual offences": 22.5,
    "Vehicle crime": 10.5,
    "Other theft": 8.6,
    "Shoplifting": 7.3,
    "Criminal damage and arson": 7.0,
    "Burglary": 6.8,
    "Public order": 4.6,
    "Drugs": 2.2,
    "Other crime": 1.7,
    "Bicycle theft": 1.4,
    "Theft from the person": 1.2,
    "Robbery": 0.7,
    "Possession of weapons": 0.5,
}
TRANSPORT_TYPES = {"Bicycle theft": 3, "Other theft": 3, "Public order": 2, "Other crime": 1}

_UNSOLVED = {
    "Investigation complete; no suspect identified": 80,
    "Unable to prosecute suspect": 12,
    "Status update unavailable": 5,
    "Court result unavailable": 3,
}
_DISPUTED = {
    "Unable to prosecute suspect": 64,
    "Investigation complete; no suspect identified": 18,
    "Court result unavailable": 7,
    "Status update unavailable": 5,
    "Offender given a caution": 2,
    "Further investigation is not in the public interest": 2,
    "Action to be taken by another organisation": 2,
}
_DETECTED = {
    "Court result unavailable": 34,
    "Local resolution": 24,
    "Offender given a drugs possession warning": 16,
    "Offender given a caution": 14,
    "Unable to prosecute suspect": 12,
}
OUTCOMES: Mapping[str, Mapping[str, float]] = dict.fromkeys(
    ("Violence and sexual offences", "Public order", "Other crime", "Robbery"), _DISPUTED
) | dict.fromkeys(("Drugs", "Possession of weapons"), _DETECTED)
"""Outcomes of the types that are mostly solved, or at least have a suspect."""


PLACES: tuple[tuple[Place, ...], ...] = (ST_ALBANS_PLACES, *COUNTY_PLACES.values(), OUTSIDE_PLACES)
"""The places by group: St Albans, the other districts, and beyond the county."""


def rows(year: FinancialYear, seed: int) -> pd.DataFrame:
    """Return a year's rows under the published headings: by month, LSOA and type, as published.

    Rows of the British Transport Police and of anti-social behaviour have neither id nor outcome.
    """
    rng = draw.generator(seed, "street", year)
    months, chosen, is_transport = _where(rng, year)
    count = len(chosen)
    places = [place for group in PLACES for place in group]
    point = rng.integers(POINTS, size=count)
    longitudes, latitudes = _map_points(places, seed)
    streets = [f"On or near {street}" for street in STREETS]
    types = draw.pick(rng, TYPES, count)
    types[is_transport] = draw.pick(rng, TRANSPORT_TYPES, int(is_transport.sum()))
    has_id = (types != ASB) & ~is_transport
    frame = pd.DataFrame(
        {
            "Crime ID": _only(has_id, _crime_ids(rng, count)),
            "Month": months,
            "Reported by": np.where(is_transport, BTP, ST_ALBANS.force.name),
            "Falls within": ST_ALBANS.force.name,
            "Longitude": longitudes[chosen, point],
            "Latitude": latitudes[chosen, point],
            "Location": draw.fill(streets, (chosen * POINTS + point) % len(streets)),
            "LSOA code": draw.fill([place.lsoa_code for place in places], chosen),
            "LSOA name": draw.fill([place.lsoa_name for place in places], chosen),
            "Crime type": types,
            "Last outcome category": _only(has_id, _outcomes(rng, types)),
            "Context": None,
        }
    )
    nowhere = draw.chance(rng, NO_LOCATION_SHARE, count) & ~is_transport
    frame.loc[is_transport, "Location"] = "On or near Synthetic Railway Station"
    frame.loc[nowhere, ["Longitude", "Latitude", "LSOA code", "LSOA name"]] = None
    frame.loc[nowhere, "Location"] = "No Location"
    return frame.sort_values(
        ["Month", "LSOA name", "Crime type"], kind="stable", na_position="last", ignore_index=True
    )


def _where(rng: np.random.Generator, year: FinancialYear) -> tuple[Values, Whole, Truth]:
    """Return month, place (a position among all places) and whether of the transport police."""
    season = np.array(profile("violence", year))
    volumes = np.clip(MONTHLY_ROWS * season + rng.normal(0, 25, 12), FEWEST, MOST).astype(int)
    months: list[str] = []
    chosen: list[Whole] = []
    is_transport: list[Truth] = []
    for month, volume in zip(year.span, volumes.tolist(), strict=True):
        others = rng.poisson(ELSEWHERE_ROWS, len(COUNTY_PLACES)).tolist()
        offset, before = 0, len(months)
        for group, count in zip(PLACES, [volume, *others, OUTSIDE_ROWS], strict=True):
            chosen.append(offset + draw.choose(rng, [place.crimes for place in group], count))
            offset += len(group)
            months += [month.code] * count
        chosen.append(rng.integers(len(ST_ALBANS_PLACES), size=TRANSPORT_ROWS))
        months += [month.code] * TRANSPORT_ROWS
        is_transport.append(np.arange(before, len(months)) >= len(months) - TRANSPORT_ROWS)
    return np.array(months, dtype=object), np.concatenate(chosen), np.concatenate(is_transport)


def _map_points(places: Sequence[Place], seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the published map points by place: the same in every month and year."""
    rng = draw.generator(seed, "street map points")
    shape = (len(places), POINTS)
    longitudes = np.array([[place.longitude] for place in places]) + rng.normal(0, 0.003, shape)
    latitudes = np.array([[place.latitude] for place in places]) + rng.normal(0, 0.002, shape)
    return longitudes.round(6), latitudes.round(6)


def _crime_ids(rng: np.random.Generator, count: int) -> Values:
    digits = rng.bytes(32 * count).hex()
    return np.array([digits[i : i + 64] for i in range(0, 64 * count, 64)], dtype=object)


def _outcomes(rng: np.random.Generator, types: Values) -> Values:
    """Draw an outcome for every row by its type."""
    outcomes = np.empty(len(types), dtype=object)
    for kind in TYPES:
        alike = types == kind
        outcomes[alike] = draw.pick(rng, OUTCOMES.get(kind, _UNSOLVED), int(alike.sum()))
    return outcomes


def _only(wanted: Truth, values: Values) -> Values:
    """Return the values with None where they are not wanted."""
    kept = values.copy()
    kept[~wanted] = None
    return kept
