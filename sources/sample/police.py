"""The force's partnership extract: the twelve rows of the police table, exactly."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from schemas.areas import ST_ALBANS
from schemas.codes import offences
from schemas.period import FinancialYear
from sources.sample import draw, people
from sources.sample.draw import Times, Truth, Values, Whole
from sources.sample.offences import (
    AGGRAVATED_CODES,
    BLADE_CODES,
    DOMESTIC_ROWS,
    DOMESTIC_WEIGHTS,
    HISTORIC_CODES,
    HISTORIC_SHARE,
    MANNERS,
    ONLINE_CODES,
)
from sources.sample.places import EASTINGS, NORTHINGS, ST_ALBANS_PLACES
from sources.sample.shapes import OFFICE, profile
from sources.sample.totals import (
    ASSUMED_NOT_COUNTED_SHARE,
    DOMESTIC_ABUSE,
    DOMESTIC_ABUSE_VIOLENCE_SHARE,
    POLICE_ROWS,
)

VIOLENCE = "violence-against-the-person"
REFERENCES_A_DAY = 270
"""The force records about as many crimes a day; the district's take some of their numbers."""


def rows(year: FinancialYear, seed: int) -> pd.DataFrame:
    """Return a year's crimes under the partner's headings, in the order of their references.

    Crimes beyond the published totals are cancelled or transferred, and so do not count.
    """
    rng = draw.generator(seed, "police-crime", year)
    drawn = _drawn(rng, year)
    order = np.argsort(drawn["moment"].to_numpy(), kind="stable")
    crimes = drawn.iloc[order].reset_index(drop=True)
    count = len(crimes)
    codes = crimes["code"].to_numpy(dtype=object)
    recorded = crimes["moment"].to_numpy(dtype="datetime64[D]")
    first, last = _committed(rng, crimes, recorded)
    places = _places(rng, crimes["is_in_shops"].to_numpy(dtype=bool))
    east, north = draw.scattered(rng, ST_ALBANS_PLACES, places, 180)
    known = ~draw.chance(rng, 0.01, count)
    names = {code: meanings[-1].offence_name for code, meanings in offences().items()}
    return pd.DataFrame(
        {
            "Crime Reference": _references(rng, recorded),
            "Date Recorded": recorded.astype("datetime64[s]"),
            "Committed From": first.astype("datetime64[s]"),
            "Committed To": last.astype("datetime64[s]"),
            "HO Code": codes,
            "Offence": [names[code] for code in codes],
            "Outcome Type": crimes["outcome"].astype("Int64").mask(crimes["outcome"] == 0),
            "Status": crimes["status"],
            "District": ST_ALBANS.district.name,
            "Ward Code": _of_places("ward_code", places, known),
            "Ward": _of_places("ward_name", places, known),
            "LSOA": _of_places("lsoa_code", places, known),
            "Easting": pd.Series(east.clip(*EASTINGS), dtype="Int64").where(known),
            "Northing": pd.Series(north.clip(*NORTHINGS), dtype="Int64").where(known),
            "DA": draw.yes_no(_domestic(rng, crimes, year)),
            "Hate": draw.yes_no(_some(rng, codes, AGGRAVATED_CODES, 0.01)),
            "Knife": draw.yes_no(_some(rng, codes, BLADE_CODES, 0.003)),
            "Alcohol": draw.yes_no(draw.chance(rng, 0.07, count)),
            "Cyber": draw.yes_no(_some(rng, codes, ONLINE_CODES, 0.003)),
            "Time Recorded": crimes["moment"].dt.strftime("%H:%M"),
            "Beat": [f"SA{1 + place % 20:02}" for place in places.tolist()],
            "Street": people.addresses(rng, count),
            "Postcode": people.postcodes(rng, count),
            "MO Summary": people.stories(rng, count),
        }
    )


def _drawn(rng: np.random.Generator, year: FinancialYear) -> pd.DataFrame:
    """Draw row by row of the police table: code, moment of record, outcome and status."""
    totals = [by_year[year.start_year] for by_year in POLICE_ROWS.values()]
    beyond = round(sum(totals) * ASSUMED_NOT_COUNTED_SHARE)
    parts = []
    for (row, manner), total, extra in zip(
        MANNERS.items(), totals, draw.share_out(rng, beyond, totals), strict=True
    ):
        count = total + extra
        days = draw.days(rng, year, profile(manner.season, year), total)
        more = draw.days(rng, year, profile(manner.season, year), extra)
        status = np.full(count, "Recorded", dtype=object)
        status[total:] = draw.pick(rng, {"Cancelled": 3, "Transferred": 1}, extra)
        parts.append(
            pd.DataFrame(
                {
                    "row": row,
                    "code": draw.pick(rng, manner.codes, count),
                    "moment": draw.at_hours(rng, np.concatenate([days, more]), OFFICE).astype(
                        "datetime64[s]"
                    ),
                    "outcome": draw.pick(rng, manner.outcomes, count).astype("int64"),
                    "status": status,
                    "lag": rng.exponential(manner.lag_days, count).astype("int64"),
                    "is_overnight": draw.chance(rng, manner.overnight, count),
                    "is_in_shops": manner.is_in_shops,
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def _committed(
    rng: np.random.Generator, crimes: pd.DataFrame, recorded: Times
) -> tuple[Times, Times]:
    """Return the first and the last day possible; the last is blank where the day is known.

    Both lie on or before the day of the record, some of those of sexual offences by decades.
    """
    count = len(crimes)
    lag = crimes["lag"].to_numpy(dtype="int64")
    is_old = np.isin(crimes["code"].to_numpy(dtype=object), list(HISTORIC_CODES)) & draw.chance(
        rng, HISTORIC_SHARE, count
    )
    lag = np.where(is_old, 365 * rng.integers(2, 25, count) + lag, lag)
    last = recorded - lag.astype("timedelta64[D]")
    nights = np.where(draw.chance(rng, 0.1, count), rng.integers(2, 15, count), 1)
    is_range = crimes["is_overnight"].to_numpy(dtype=bool)
    first = last - np.where(is_range, nights, 0).astype("timedelta64[D]")
    return first, np.where(is_range, last, np.datetime64("NaT", "D"))


def _places(rng: np.random.Generator, is_in_shops: Truth) -> Whole:
    """Choose a place for every crime: by its shops for what happens among them."""
    count = len(is_in_shops)
    anywhere = draw.choose(rng, [place.crimes for place in ST_ALBANS_PLACES], count)
    in_shops = draw.choose(rng, [place.shops for place in ST_ALBANS_PLACES], count)
    return np.where(is_in_shops, in_shops, anywhere)


def _of_places(name: str, places: Whole, known: Truth) -> Values:
    values = draw.fill([getattr(place, name) for place in ST_ALBANS_PLACES], places)
    values[~known] = None
    return values


def _references(rng: np.random.Generator, recorded: Times) -> list[str]:
    """Number the crimes as the force does: through the calendar year, day after day.

    Every day has its own range of numbers, so that the references of two financial years that share
    a calendar year never meet.
    """
    years = recorded.astype("datetime64[Y]")
    day_of_year = (recorded - years.astype("datetime64[D]")).astype("int64")
    by_day = pd.Series(recorded).groupby(recorded)
    step = REFERENCES_A_DAY // by_day.transform("size").to_numpy()
    within = by_day.cumcount().to_numpy() * step + rng.integers(step)
    numbers = day_of_year * REFERENCES_A_DAY + within + 1
    short = (years.astype("int64") + 1970) % 100
    return [f"41/{n}/{y:02}" for n, y in zip(numbers.tolist(), short.tolist(), strict=True)]


def _domestic(rng: np.random.Generator, crimes: pd.DataFrame, year: FinancialYear) -> Truth:
    """Flag exactly the published number of counted crimes, and some that do not count as well."""
    row, codes = crimes["row"].to_numpy(dtype=object), crimes["code"].to_numpy(dtype=object)
    is_counted = crimes["status"].eq("Recorded").to_numpy()
    weights = np.array([DOMESTIC_WEIGHTS.get(code, 1.0) for code in codes])
    total = DOMESTIC_ABUSE[year.start_year]
    violent = round(total * DOMESTIC_ABUSE_VIOLENCE_SHARE)
    return (
        draw.exactly(rng, is_counted & (row == VIOLENCE), violent, weights)
        | draw.exactly(rng, is_counted & np.isin(row, DOMESTIC_ROWS), total - violent, weights)
        | (~is_counted & draw.chance(rng, 0.15, len(crimes)))
    )


def _some(
    rng: np.random.Generator, codes: Values, shares: Mapping[str, float], otherwise: float
) -> Truth:
    """Flag crimes by the share that holds for their code."""
    by_crime = np.array([shares.get(code, otherwise) for code in codes])
    return draw.chance(rng, by_crime, len(codes))
