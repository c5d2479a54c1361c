"""The Home Office's open data of recorded crime by community safety partnership.

One row is an offence, an area and a financial quarter with a number of crimes; each year has a
sheet of its own. Rows of other partnerships are counted and left out.
"""

from dataclasses import replace

import pandas as pd

from schemas.areas import Home
from schemas.records.official_crime import OfficialCrime
from schemas.records.police_crime import NOT_COUNTED
from sources.offences import meanings
from sources.parse import code, district, integer
from sources.spec import Column, Extent, Layout, Sheet, SourceSpec
from sources.stated import quarter_end


def conform(frame: pd.DataFrame, home: Home) -> pd.DataFrame:
    """Add the month, the quarter's code, and what the offence code means at its end."""
    del home
    ends = frame["ends_on"]
    meaning = meanings(frame["offence_code"], ends)
    # January to March belong to the financial year that began in the calendar year before.
    years = ends.dt.year.astype("Int64") - ends.dt.month.lt(4).astype("Int64")
    quarters = (ends.dt.month.astype("Int64") - 4).mod(12) // 3 + 1
    quarter = (
        years.astype("str") + "-" + (years + 1).mod(100).astype("str").str.zfill(2)
        + "-Q" + quarters.astype("str")
    )  # fmt: skip
    return frame.assign(
        month=ends.dt.to_period("M").dt.to_timestamp(),
        period_code=quarter.astype("str").where(ends.notna()),
        offence_name=meaning["offence_name"],
        report_row_code=meaning["report_row"],
        is_counted=(~meaning["report_row"].eq(NOT_COUNTED)).astype("boolean"),
    )


BY_PARTNERSHIP = Layout(
    name="open data by community safety partnership",
    format=Sheet((".xlsx",), stacks=True, beside=("Notes", "Cover", "Contents")),
    columns=(
        Column("ends_on", ("Financial Year", "Financial Quarter"), quarter_end()),
        Column("lad_code", "CSP Name", district()),
        Column("offence_code", "Offence Code", code()),
        Column("offence_count", "Offence Count", integer(), aliases=("Number of Offences",)),
    ),
    extent=Extent.DISTRICT,
    span_in_name=lambda name: None,
    left_out=(
        "Force Name", "ONS Code", "Offence Description", "Offence Group", "Offence Subgroup",
    ),
    months_a_row=3,
    keeps_own=True,
)  # fmt: skip

OPEN_DOCUMENT = replace(
    BY_PARTNERSHIP, name=f"{BY_PARTNERSHIP.name}, OpenDocument",
    format=replace(BY_PARTNERSHIP.format, suffixes=(".ods",)),
)  # fmt: skip

OFFICIAL_CRIME = SourceSpec(
    code="official_crime",
    partner="Home Office",
    title="Official statistics of recorded crime",
    record=OfficialCrime,
    layouts=(BY_PARTNERSHIP, OPEN_DOCUMENT),
    conform=conform,
    due_days=0,
    is_download=True,
)
