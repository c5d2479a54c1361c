"""The Community Protection Team's cases of anti-social behaviour.

Their number is published for both years; how they part by typology and by the police's types is our
assumption, each drawn without the other.
"""

import numpy as np
import pandas as pd

from schemas import codes
from schemas.period import FinancialYear
from sources.sample import draw, people
from sources.sample.places import ST_ALBANS_PLACES
from sources.sample.shapes import profile
from sources.sample.totals import (
    ASB_CASES,
    ASSUMED_ASB_CASES_TRIED,
    ASSUMED_ASB_POLICE_TYPES,
    ASSUMED_ASB_TYPOLOGIES,
)

REPORTERS = {
    "resident": 61,
    "police": 14,
    "landlord": 10,
    "council_officer": 6,
    "councillor": 5,
    "other_agency": 3,
    "business": 1,
}
CHANNELS = {
    "telephone": 44,
    "online_form": 24,
    "email": 18,
    "partner_system": 11,
    "letter": 2,
    "in_person": 1,
}
TENURES = {
    "council": 58,
    "housing_association": 13,
    "owner_occupied": 9,
    "private_rented": 9,
    "no_property": 6,
    "temporary": 3,
    "not_known": 2,
}
STILL_OPEN = {"open": 1, "under_investigation": 4, "monitoring": 3}


def references(year: FinancialYear) -> list[str]:
    """Return the references of a year's cases, in the order in which they were opened."""
    count = ASB_CASES[year.start_year]
    return [f"ASB/{year.code}/{number:05}" for number in range(1, count + 1)]


def days(year: FinancialYear, seed: int) -> draw.Times:
    """Return the days on which a year's cases were opened, in order."""
    rng = draw.generator(seed, "asb-case-days", year)
    return np.sort(draw.days(rng, year, profile("asb", year), ASB_CASES[year.start_year]))


def rows(year: FinancialYear, seed: int) -> pd.DataFrame:
    """Return a year's cases under the export's headings, in the order of their opening."""
    rng = draw.generator(seed, "asb-cases", year)
    when, count = year.start_year, ASB_CASES[year.start_year]
    opened = days(year, seed)
    lasted = rng.gamma(2.2, 28, count).astype("int64").astype("timedelta64[D]")
    closed = opened + lasted
    is_open = closed > draw.exported(year, opened)
    status = np.where(is_open, draw.pick(rng, STILL_OPEN, count), "closed")
    is_tried = draw.exactly(rng, ~is_open, ASSUMED_ASB_CASES_TRIED[when])
    places = draw.choose(rng, [place.crimes for place in ST_ALBANS_PLACES], count)
    typologies = draw.shuffled(rng, ASSUMED_ASB_TYPOLOGIES[when])
    police_types = draw.shuffled(rng, ASSUMED_ASB_POLICE_TYPES[when])
    return pd.DataFrame(
        {
            "Case Reference": references(year),
            "Date Opened": opened.astype("datetime64[s]"),
            "Reported By": _words(codes.ASB_REPORTERS, draw.pick(rng, REPORTERS, count)),
            "Reported Through": _words(codes.ASB_CHANNELS, draw.pick(rng, CHANNELS, count)),
            "ASB Typology": _words(codes.ASB_TYPOLOGIES, typologies),
            "Police ASB Type": _words(codes.ASB_POLICE_TYPES, police_types),
            "Ward Code": draw.fill([place.ward_code for place in ST_ALBANS_PLACES], places),
            "Ward": draw.fill([place.ward_name for place in ST_ALBANS_PLACES], places),
            "LSOA": draw.fill([place.lsoa_code for place in ST_ALBANS_PLACES], places),
            "Status": _words(codes.ASB_STATUSES, status),
            "Date Closed": np.where(
                is_open, np.datetime64("NaT", "s"), closed.astype("datetime64[s]")
            ),
            "Tenure": _words(codes.ASB_TENURES, draw.pick(rng, TENURES, count)),
            "Went to Trial": draw.yes_no(is_tried),
            "Case Officer": people.names(rng, count),
            "Complainant Name": people.names(rng, count),
            "Complainant Telephone": people.telephones(rng, count),
            "Complainant Address": people.addresses(rng, count),
            "Alleged Perpetrator": people.names(rng, count),
            "Summary": people.stories(rng, count),
        }
    )


def _words(listed: codes.CodeList, values: draw.Values) -> pd.Series:
    """Return the printed labels of codes; none for ""."""
    return pd.Series(values, dtype=object).map(listed.labels)
