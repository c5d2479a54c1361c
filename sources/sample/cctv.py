"""The control room's log.

The 3,690 incidents of 2019-20 are our assumption: the report of 2020-21 gives 2,601 for its own
year and says of the year before only that there was "a decrease of nearly 30%".
"""

import numpy as np
import pandas as pd

from schemas.codes import CCTV_INCIDENT_TYPES, CCTV_REPORTERS
from schemas.period import FinancialYear
from sources.sample import draw, people
from sources.sample.shapes import NIGHT_LIFE, profile
from sources.sample.totals import CCTV_DISCS, CCTV_INCIDENTS

TYPES = {
    "anti_social_behaviour": 19,
    "suspicious_person": 14,
    "theft_from_shop": 13,
    "fear_for_welfare": 11,
    "drunk_disorderly": 9,
    "fighting_affray": 8,
    "missing_person": 7,
    "drugs": 5,
    "traffic": 5,
    "vehicle_crime": 3,
    "criminal_damage": 3,
    "miscellaneous": 3,
}
REPORTERS = {"proactive": 42, "police": 33, "shop_radio": 18, "public": 7}
ARREST_CHANCE = {"fighting_affray": 0.18, "theft_from_shop": 0.16, "drugs": 0.12}
TOWNS = {"St Albans": 55, "Harpenden": 18, "London Colney": 12, "Wheathampstead": 7, "Redbourn": 7}
"""Cameras by place: 99, as the report says, under names of our own."""


def cameras() -> list[str]:
    """Return the names of the cameras."""
    return [
        f"{town} {number:02} Synthetic Camera"
        for town, count in TOWNS.items()
        for number in range(1, count + 1)
    ]


def note(year: FinancialYear) -> str:
    """Return what the file must say of its total, if anything."""
    if year.start_year != 2019:
        return ""
    return (
        "The total of 2019-20 (3,690 incidents) is an assumption: the report of 2020-21 says only "
        '"a decrease of nearly 30%" to 2,601.'
    )


def rows(year: FinancialYear, seed: int) -> pd.DataFrame:
    """Return a year's incidents under the log's headings, in the order in which they started."""
    rng = draw.generator(seed, "cctv-log", year)
    count = CCTV_INCIDENTS[year.start_year]
    on = draw.days(rng, year, profile("town", year), count)
    started = np.sort(draw.at_hours(rng, on, NIGHT_LIFE))
    minutes = np.clip(rng.lognormal(3.1, 0.9, count), 2, 600).astype("timedelta64[m]")
    kinds = draw.pick(rng, TYPES, count)
    is_called = draw.chance(rng, 0.55, count)
    likely = np.array([ARREST_CHANCE.get(kind, 0.03) for kind in kinds])
    is_arrest = is_called & draw.chance(rng, likely, count)
    discs = draw.heap(rng, is_called, CCTV_DISCS[year.start_year])
    listed = cameras()
    nearness = 1.0 / (1.0 + np.arange(len(listed)) % 11)
    return pd.DataFrame(
        {
            "Log No": [f"{year.start_year}/{number:05}" for number in range(1, count + 1)],
            "Start": started.astype("datetime64[s]"),
            "End": draw.local(started + minutes).astype("datetime64[s]"),
            "Camera": draw.fill(listed, draw.choose(rng, nearness.tolist(), count)),
            "Incident Type": pd.Series(kinds).map(CCTV_INCIDENT_TYPES.labels),
            "Reported By": pd.Series(draw.pick(rng, REPORTERS, count)).map(CCTV_REPORTERS.labels),
            "Police Called": draw.yes_no(is_called),
            "Arrests": np.where(is_arrest, rng.geometric(0.8, count), 0),
            "Footage Reviewed": draw.yes_no((discs > 0) | draw.chance(rng, 0.08, count)),
            "Discs Given to Police": discs,
            "Operator": people.names(rng, count),
            "Narrative": people.stories(rng, count),
        }
    )
