"""The council's fly-tipping case records."""

import pandas as pd

from schemas.areas import Home
from schemas.codes import (
    FLY_TIP_ACTIONS,
    FLY_TIP_REPORTERS,
    FLY_TIP_SIZES,
    FLY_TIP_STATUSES,
    LAND_TYPES,
    WASTE_TYPES,
)
from schemas.records.fly_tip import FlyTip
from sources.coverage import period_in_name
from sources.dates import sheet_date
from sources.parse import category, code, flag, metres, pounds_as_pence, text, words
from sources.spec import Column, Extent, Layout, Lookalike, Sheet, SourceSpec


def conform(frame: pd.DataFrame, home: Home) -> pd.DataFrame:
    """Add the month, and the district: the council records its own area only."""
    return frame.assign(
        month=frame["reported_on"].dt.to_period("M").dt.to_timestamp(),
        lad_code=pd.Series(home.district.code, index=frame.index, dtype="category"),
    )


CASE_EXPORT = Layout(
    name="case export",
    format=Sheet((".ods",)),
    columns=(
        Column("case_reference", "Case Reference", text()),
        Column("reported_on", "Date Reported", sheet_date(has_serials=True)),
        Column("reported_by_code", "Reported By", words(FLY_TIP_REPORTERS)),
        Column("land_type_code", "Land Type", words(LAND_TYPES)),
        Column("waste_type_code", "Waste Type", words(WASTE_TYPES)),
        Column("size_code", "Size", words(FLY_TIP_SIZES)),
        Column("easting_m", "Easting", metres()),
        Column("northing_m", "Northing", metres()),
        Column("ward_code", "Ward Code", code()),
        Column("ward_name", "Ward", category()),
        Column("status_code", "Status", words(FLY_TIP_STATUSES)),
        Column("cleared_on", "Date Cleared", sheet_date(has_serials=True)),
        Column("is_investigated", "Investigated", flag()),
        Column("action_code", "Action", words(FLY_TIP_ACTIONS)),
        Column("action_on", "Action Date", sheet_date(has_serials=True)),
        Column("clearance_cost_pence", "Clearance Cost (£)", pounds_as_pence()),
    ),
    extent=Extent.DISTRICT,
    span_in_name=period_in_name,
    left_out=("Officer", "Reporter Name", "Reporter Telephone", "Notes"),
)

DEFRA_BY_AUTHORITY = Lookalike(
    is_what="Defra's yearly publication of fly-tipping in England: it has one row an authority and "
    "year, and is not the council's own fly-tipping records",
    headings=(
        # the sheet of incidents
        "ONS Code", "LA Name", "Region", "Total Incidents", "Highway Incidents",
        "Footpath / Bridleway Incidents", "Council Land Incidents", "Animal Carcass Incidents",
        "Tyres Incidents", "Single Black Bag Incidents", "Incidents per 1,000 people",
        "Reporting basis",
        # the sheet of actions
        "Total Actions", "Investigation Actions", "Warning Letter Actions",
        "Statutory Notice Actions", "Prosecution Actions", "Injunction Actions",
        "Vehicles seized", "Fine Outcomes (issued by courts)",
    ),
    least=4,
)  # fmt: skip

FLY_TIPS = SourceSpec(
    code="fly_tips",
    partner="St Albans City and District Council (environmental enforcement)",
    elsewhere="the council (environmental enforcement)",
    title="Fly-tipping records",
    record=FlyTip,
    layouts=(CASE_EXPORT,),
    conform=conform,
    lookalikes=(DEFRA_BY_AUTHORITY,),
)
