"""The council's fly-tipping cases: land and waste types exactly as in WasteDataFlow."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from schemas import codes
from schemas.period import FinancialYear
from sources.sample import draw, people
from sources.sample.draw import Truth, Values
from sources.sample.places import EASTINGS, NORTHINGS, ST_ALBANS_PLACES
from sources.sample.shapes import profile
from sources.sample.totals import (
    ASSUMED_FLY_TIPS_OPEN,
    FLY_TIP_ACTIONS,
    FLY_TIP_LAND,
    FLY_TIP_SIZES,
    FLY_TIP_WASTE,
    FLY_TIPS_INVESTIGATED,
    FLY_TIPS_UNDER_INVESTIGATION,
)

REPORTERS = {"public": 71, "crew": 21, "officer": 8}
COSTS = {
    "single_black_bag": 8,
    "single_item": 12,
    "car_boot_or_less": 32,
    "small_van_load": 62,
    "transit_van_load": 118,
    "tipper_lorry_load": 310,
    "significant_multi_loads": 700,
}
"""About what clearing a size costs in pounds (assumed; St Albans publishes two of them)."""

Days = npt.NDArray[np.int64]
ACTED_WITHIN = 5, 60
"""Days from the report to the action, the last one left out."""

OPEN, INVESTIGATING, CLEARED, CLOSED = "open", "under_investigation", "cleared", "closed"
STILL_LYING = 0.25
"""Share of the cases under investigation in which the waste is evidence and lies there still."""


def rows(year: FinancialYear, seed: int) -> pd.DataFrame:
    """Return a year's cases under the export's headings, in the order of their report."""
    rng = draw.generator(seed, "fly-tips", year)
    when = year.start_year
    land = draw.shuffled(rng, FLY_TIP_LAND[when])
    waste = draw.shuffled(rng, FLY_TIP_WASTE[when])
    count = len(land)
    reported = np.sort(draw.days(rng, year, profile("waste", year), count))
    status, actions, is_investigated = _states(rng, year, count)
    is_cleared = np.isin(status, [CLEARED, CLOSED]) | (
        (status == INVESTIGATING) & ~draw.chance(rng, STILL_LYING, count)
    )
    known = (draw.exported(year, reported) - reported).astype("int64")
    cleared = _days_later(reported, np.minimum(rng.geometric(0.35, count) - 1, known))
    waited = rng.integers(*ACTED_WITHIN, count)
    acted = _days_later(reported, np.where(waited > known, _sooner(waited, known), waited))
    sizes = draw.pick(rng, FLY_TIP_SIZES[when], count)
    costs = np.array([COSTS[size] for size in sizes]) * rng.uniform(0.8, 1.25, count)
    places = draw.choose(rng, [1] * len(ST_ALBANS_PLACES), count)
    east, north = draw.scattered(rng, ST_ALBANS_PLACES, places, 250)
    sizes[~is_cleared] = None
    never = np.datetime64("NaT", "s")
    return pd.DataFrame(
        {
            "Case Reference": [f"FT/{year.code}/{number:05}" for number in range(1, count + 1)],
            "Date Reported": reported.astype("datetime64[s]"),
            "Reported By": _words(codes.FLY_TIP_REPORTERS, draw.pick(rng, REPORTERS, count)),
            "Land Type": _words(codes.LAND_TYPES, land),
            "Waste Type": _words(codes.WASTE_TYPES, waste),
            "Size": _words(codes.FLY_TIP_SIZES, sizes),
            "Easting": east.clip(*EASTINGS),
            "Northing": north.clip(*NORTHINGS),
            "Ward Code": draw.fill([place.ward_code for place in ST_ALBANS_PLACES], places),
            "Ward": draw.fill([place.ward_name for place in ST_ALBANS_PLACES], places),
            "Status": _words(codes.FLY_TIP_STATUSES, status),
            "Date Cleared": np.where(is_cleared, cleared.astype("datetime64[s]"), never),
            "Investigated": draw.yes_no(is_investigated),
            "Action": _words(codes.FLY_TIP_ACTIONS, actions),
            "Action Date": np.where(actions != "", acted.astype("datetime64[s]"), never),
            "Clearance Cost (£)": np.where(is_cleared, costs.round(2), np.nan),
            "Officer": people.names(rng, count),
            "Reporter Name": people.names(rng, count),
            "Reporter Telephone": people.telephones(rng, count),
            "Notes": people.stories(rng, count),
        }
    )


def _days_later(on: draw.Times, later: Days) -> draw.Times:
    found: draw.Times = on + later.astype("timedelta64[D]")
    return found


def _sooner(waited: Days, known: Days) -> Days:
    """Spread waits that are too long over the days that the export knows of."""
    least = ACTED_WITHIN[0]
    return least + waited % (known - least + 1)


def _states(
    rng: np.random.Generator, year: FinancialYear, count: int
) -> tuple[Values, Values, Truth]:
    """Return status, action ("" for none) and whether investigated, each in its exact number.

    Cases under investigation and those with an action have been investigated; a case that is open
    has not, and one still under investigation has no action yet.
    """
    when = year.start_year
    taken = FLY_TIP_ACTIONS[when]
    lively = FLY_TIPS_INVESTIGATED[when]
    looking = FLY_TIPS_UNDER_INVESTIGATION[when]
    done = sum(taken.values())
    quiet, unmoved = lively - looking - done, ASSUMED_FLY_TIPS_OPEN[when]
    fates = {INVESTIGATING: looking, "acted on": done, "looked into": quiet, OPEN: unmoved}
    fate = draw.shuffled(rng, fates | {CLEARED: count - sum(fates.values())})
    actions = np.full(count, "", dtype=object)
    actions[fate == "acted on"] = draw.shuffled(rng, taken)
    is_investigated = np.isin(fate, [INVESTIGATING, "acted on", "looked into"])
    status = np.where(np.isin(fate, ["acted on", "looked into"]), CLOSED, fate)
    return status, actions, is_investigated


def _words(listed: codes.CodeList, values: Values) -> pd.Series:
    """Return the printed labels of codes; none for None and for ""."""
    return pd.Series(values, dtype=object).map(listed.labels)
