"""The Community Protection Team's actions, each of a case of `asb_cases` that was open before it.

The report gives the actions of 2020-21 by its own headings, 1,571 in all, of which it leaves 9
unexplained, and of 2019-20 their total alone; all else here is our assumption.
"""

import numpy as np
import pandas as pd

from schemas.codes import ASB_ACTION_KINDS
from schemas.period import FinancialYear
from sources.sample import asb_cases, draw, people
from sources.sample.draw import Times, Values
from sources.sample.shapes import profile
from sources.sample.totals import ASB_ACTIONS, ASSUMED_SAFEGUARDING_CONTACTS, YEARS

MARAC_MEETING = "marac_meeting"
REACH = np.timedelta64(150, "D")
"""A case that was opened longer ago has no more actions."""


def rows(year: FinancialYear, seed: int) -> pd.DataFrame:
    """Return a year's actions under the export's headings, in the order of their days."""
    rng = draw.generator(seed, "asb-actions", year)
    kinds = draw.shuffled(rng, counts(year))
    count = len(kinds)
    references, opened = _cases(year, seed)
    wanted = np.sort(draw.days(rng, year, profile("casework", year), count))
    cases = _chosen(rng, opened, wanted)
    acted = np.maximum(wanted, opened[cases])
    acted = np.concatenate([acted, meetings(year)])
    meeting_count = len(acted) - count
    order = np.argsort(acted, kind="stable")
    never = np.full(meeting_count, np.datetime64("NaT", "D"))
    nobody = np.full(meeting_count, None, dtype=object)
    frame = pd.DataFrame(
        {
            "Case Reference": np.concatenate([references[cases], nobody]),
            "Case Opened": np.concatenate([opened[cases], never]).astype("datetime64[s]"),
            "Action Date": acted.astype("datetime64[s]"),
            "Action": [
                ASB_ACTION_KINDS.labels[kind] for kind in [*kinds, *[MARAC_MEETING] * meeting_count]
            ],
        }
    ).iloc[order]
    total = len(frame)
    return frame.assign(
        **{
            "Action Reference": [f"ACT/{year.code}/{n:05}" for n in range(1, total + 1)],
            "Officer": people.names(rng, total),
            "Person Contacted": people.names(rng, total),
            "Contact Telephone": people.telephones(rng, total),
            "Notes": people.stories(rng, total),
        }
    ).reset_index(drop=True)


def counts(year: FinancialYear) -> dict[str, int]:
    """Return how many actions and contacts of each kind a year has."""
    when = year.start_year
    return {**ASB_ACTIONS[when], **ASSUMED_SAFEGUARDING_CONTACTS[when]}


def meetings(year: FinancialYear) -> Times:
    """Return the days of the MARAC meetings: the second and the fourth Wednesday of each month."""
    first = [np.datetime64(month.start, "D") for month in year.span]
    ahead = [(2 - month.start.weekday()) % 7 for month in year.span]
    return np.array(
        [day + wait + week for day, wait in zip(first, ahead, strict=True) for week in (7, 21)]
    )


def _cases(year: FinancialYear, seed: int) -> tuple[Values, Times]:
    """Return the cases that an action of a year may belong to, in the order of their opening."""
    years = [y for y in (FinancialYear(year.start_year - 1), year) if y.start_year in YEARS]
    references = np.concatenate([np.array(asb_cases.references(y), dtype=object) for y in years])
    return references, np.concatenate([asb_cases.days(y, seed) for y in years])


def _chosen(rng: np.random.Generator, opened: Times, on: Times) -> draw.Whole:
    """Choose a case for each day among those opened before it and not too long ago."""
    after = np.searchsorted(opened, on, side="right")
    start = np.minimum(np.searchsorted(opened, on - REACH, side="left"), after - 1)
    start = np.maximum(start, 0)
    chosen: draw.Whole = start + (rng.random(len(on)) * np.maximum(after - start, 1)).astype(
        "int64"
    )
    return chosen
