"""Payments from the grants: the projects of 2020-21 as published, those of 2019-20 assumed."""

from datetime import date

import pandas as pd

from schemas.codes import GRANT_FUNDERS, GRANT_PROJECTS
from schemas.period import FinancialYear
from sources.sample import draw, people
from sources.sample.totals import GRANTS, Grant


def rows(year: FinancialYear, seed: int) -> pd.DataFrame:
    """Return a year's payments under the extract's headings, in the order of their days."""
    rng = draw.generator(seed, "grants", year)
    paid = sorted(
        (_day(year, month), grant.project, grant.funder, grant.budget, pence)
        for grant in GRANTS[year.start_year]
        for month, pence in _instalments(grant)
    )
    frame = pd.DataFrame(paid, columns=["day", "project", "funder", "budget", "spend"])
    count = len(frame)
    return pd.DataFrame(
        {
            "Payment Reference": [f"GR/{year.code}/{n:04}" for n in range(1, count + 1)],
            "Payment Date": pd.to_datetime(frame["day"]).astype("datetime64[s]"),
            "Project": frame["project"].map(GRANT_PROJECTS.labels),
            "Funder": frame["funder"].map(GRANT_FUNDERS.labels),
            "Budget (£)": [_pounds(pence) for pence in frame["budget"]],
            "Spend (£)": [_pounds(pence) for pence in frame["spend"]],
            "Payee": people.names(rng, count),
            "Raised By": people.names(rng, count),
            "Description": people.stories(rng, count),
        }
    )


def _instalments(grant: Grant) -> list[tuple[int, int]]:
    """Part what was spent evenly among the months (0 is April); the last takes the odd pence."""
    each = grant.pence // len(grant.months)
    *most, last = grant.months
    return [*((month, each) for month in most), (last, grant.pence - each * len(most))]


def _day(year: FinancialYear, month: int) -> date:
    return (year.span.first + month).start.replace(day=15)


def _pounds(pence: int) -> str:
    return f"{pence // 100}.{pence % 100:02}"
