"""The fire and rescue service's incidents: the whole county, St Albans within it."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from schemas.codes import IRS_CATEGORIES, IRS_FIRE_CLASSES, IRS_MOTIVES
from schemas.period import FinancialYear
from sources.sample import draw, people
from sources.sample.draw import Truth, Whole
from sources.sample.places import (
    COUNTY_PLACES,
    COUNTY_WEIGHTS,
    EASTINGS,
    NORTHINGS,
    ST_ALBANS_PLACES,
    Place,
)
from sources.sample.shapes import FIRE_CALLS, profile
from sources.sample.totals import (
    ASSUMED_DELIBERATE_PRIMARY_SHARE,
    ASSUMED_FIRE_DEATHS,
    ASSUMED_HOME_SHARE,
    ASSUMED_OTHER_INCIDENTS,
    COUNTY_DELIBERATE_FIRES,
    COUNTY_FIRE_INJURIES,
    COUNTY_PRIMARY_FIRES,
    HOME_DELIBERATE_FIRES,
    HOME_FIRE_INJURIES,
    HOME_PRIMARY_FIRES,
)

FIRE, FALSE_ALARM, SPECIAL = "fire", "false_alarm", "special_service"
NO_FIRE = ""


@dataclass(frozen=True)
class Kind:
    """Incidents of one category, class and motive, and what they are attended at."""

    category: str
    fire_class: str
    motives: dict[str, float]
    season: str
    properties: dict[str, float]


_DELIBERATE, _OTHER = {"deliberate": 1.0}, {"accidental": 9.0, "not_known": 1.0}

KINDS: dict[str, Kind] = {
    "deliberate primary": Kind(
        FIRE, "primary", _DELIBERATE, "outdoor",
        {"Road Vehicle": 48, "Non Residential": 20, "Dwelling": 17, "Outdoor Structure": 12,
         "Other Residential": 3},
    ),
    "deliberate secondary": Kind(
        FIRE, "secondary", _DELIBERATE, "outdoor", {"Outdoor": 88, "Outdoor Structure": 12}
    ),
    "primary": Kind(
        FIRE, "primary", _OTHER, "indoor",
        {"Dwelling": 55, "Road Vehicle": 22, "Non Residential": 17, "Other Residential": 6},
    ),
    "secondary": Kind(
        FIRE, "secondary", _OTHER, "outdoor", {"Outdoor": 84, "Outdoor Structure": 16}
    ),
    "chimney": Kind(FIRE, "chimney", {"accidental": 1.0}, "indoor", {"Dwelling": 1}),
    "false alarm": Kind(
        FALSE_ALARM, NO_FIRE, {}, "even",
        {"Dwelling": 45, "Non Residential": 34, "Other Residential": 16, "Outdoor": 5},
    ),
    "special service": Kind(
        SPECIAL, NO_FIRE, {}, "indoor",
        {"Dwelling": 44, "Road Vehicle": 32, "Non Residential": 14, "Outdoor": 10},
    ),
}  # fmt: skip


def counts(year: FinancialYear) -> dict[str, tuple[int, int]]:
    """Return how many incidents of each kind there are: in St Albans, in the rest of the county."""
    when = year.start_year

    def part(deliberate: int, primary: int) -> dict[str, int]:
        both = round(deliberate * ASSUMED_DELIBERATE_PRIMARY_SHARE)
        return {
            "deliberate primary": both,
            "deliberate secondary": deliberate - both,
            "primary": primary - both,
        }

    home = part(HOME_DELIBERATE_FIRES[when], HOME_PRIMARY_FIRES[when])
    rest = part(
        COUNTY_DELIBERATE_FIRES[when] - HOME_DELIBERATE_FIRES[when],
        COUNTY_PRIMARY_FIRES[when] - HOME_PRIMARY_FIRES[when],
    )
    for kind, total in ASSUMED_OTHER_INCIDENTS[when].items():
        home[kind] = round(total * ASSUMED_HOME_SHARE)
        rest[kind] = total - home[kind]
    return {kind: (home[kind], rest[kind]) for kind in KINDS}


def rows(year: FinancialYear, seed: int) -> pd.DataFrame:
    """Return a year's incidents under the partner's headings, in the order of the calls."""
    rng = draw.generator(seed, "hfrs-incidents", year)
    drawn = _drawn(rng, year)
    order = np.argsort(drawn["called"].to_numpy(), kind="stable")
    incidents = drawn.iloc[order].reset_index(drop=True)
    count = len(incidents)
    is_home = incidents["is_home"].to_numpy(dtype=bool)
    places, chosen = _places(rng, is_home)
    east, north = draw.scattered(rng, places, chosen, 250)
    east = np.where(is_home, east.clip(*EASTINGS), east)
    north = np.where(is_home, north.clip(*NORTHINGS), north)
    called = incidents["called"]
    numbers = zip(range(1, count + 1), called.dt.strftime("%d%m%Y"), strict=True)
    return pd.DataFrame(
        {
            "Incident Number": [f"{number:06}-{day}" for number, day in numbers],
            "Date and Time of Call": called,
            "Incident Category": incidents["category"].map(IRS_CATEGORIES.labels),
            "Fire Class": incidents["fire_class"].map(IRS_FIRE_CLASSES.labels),
            "Motive": incidents["motive"].map(IRS_MOTIVES.labels),
            "Property Category": incidents["property"],
            "Fatalities": incidents["deaths"],
            "Casualties": incidents["injuries"],
            "Rescues": incidents["rescues"],
            "District": draw.fill([place.lad_name for place in places], chosen),
            "Ward Code": draw.fill([place.ward_code for place in places], chosen),
            "Ward": draw.fill([place.ward_name for place in places], chosen),
            "Easting": east,
            "Northing": north,
            "Address": people.addresses(rng, count),
            "Officer in Charge": people.officers(rng, count),
        }
    )


def _drawn(rng: np.random.Generator, year: FinancialYear) -> pd.DataFrame:
    """Draw kind by kind; then the people hurt, who are counted and not the incidents."""
    parts = []
    for name, (home, rest) in counts(year).items():
        kind, count = KINDS[name], home + rest
        on = draw.days(rng, year, profile(kind.season, year), count)
        parts.append(
            pd.DataFrame(
                {
                    "category": kind.category,
                    "fire_class": kind.fire_class,
                    "motive": draw.pick(rng, kind.motives or {NO_FIRE: 1.0}, count),
                    "property": draw.pick(rng, kind.properties, count),
                    "called": draw.at_hours(rng, on, FIRE_CALLS).astype("datetime64[s]"),
                    "is_home": np.arange(count) < home,
                }
            )
        )
    incidents = pd.concat(parts, ignore_index=True)
    return incidents.assign(**_people(rng, incidents, year))


def _people(
    rng: np.random.Generator, incidents: pd.DataFrame, year: FinancialYear
) -> dict[str, Whole]:
    """Return the people killed, hurt and rescued by incident.

    A fire that hurts somebody is a primary one. Special services (road traffic collisions, for the
    most part) hurt many more people, none of whom is a casualty of a fire.
    """
    when, count = year.start_year, len(incidents)
    is_home = incidents["is_home"].to_numpy(dtype=bool)
    is_primary = incidents["fire_class"].eq("primary").to_numpy()
    is_special = incidents["category"].eq(SPECIAL).to_numpy()
    injuries = (
        draw.heap(rng, is_primary & is_home, HOME_FIRE_INJURIES[when])
        + draw.heap(
            rng, is_primary & ~is_home, COUNTY_FIRE_INJURIES[when] - HOME_FIRE_INJURIES[when]
        )
        + np.where(is_special & draw.chance(rng, 0.22, count), rng.geometric(0.75, count), 0)
    )
    deaths = draw.heap(rng, is_primary & ~is_home, ASSUMED_FIRE_DEATHS[when]) + np.where(
        is_special & draw.chance(rng, 0.015, count), 1, 0
    )
    is_rescue: Truth = (is_primary & draw.chance(rng, 0.04, count)) | (
        is_special & draw.chance(rng, 0.20, count)
    )
    return {
        "deaths": deaths,
        "injuries": injuries,
        "rescues": np.where(is_rescue, rng.geometric(0.8, count), 0),
    }


def _places(rng: np.random.Generator, is_home: Truth) -> tuple[list[Place], Whole]:
    """Choose a place for every incident; the rest of the county's by its districts' size."""
    elsewhere = [place for places in COUNTY_PLACES.values() for place in places]
    weights = [COUNTY_WEIGHTS[place.lad_name] for place in elsewhere]
    home = draw.choose(rng, [place.crimes for place in ST_ALBANS_PLACES], len(is_home))
    rest = draw.choose(rng, weights, len(is_home)) + len(ST_ALBANS_PLACES)
    return [*ST_ALBANS_PLACES, *elsewhere], np.where(is_home, home, rest)
