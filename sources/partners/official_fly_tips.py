"""Defra's yearly publication of fly-tipping in England, as it is: an authority and year a row.

Two sheets have the same first columns, incidents and actions; a third, a list of authorities and
regions, is hidden. Rows of other authorities are counted and left out.
"""

from dataclasses import replace

import pandas as pd

from schemas.areas import Home
from schemas.measures_official import ACTIONS
from schemas.records.official_fly_tip import OfficialFlyTip
from sources.parse import district, integer
from sources.spec import Column, Extent, HiddenSheet, Layout, Sheet, SourceSpec
from sources.stated import year_end

_GSS, _NAME = "[EWSN][0-9]{8}", "[A-Za-z][A-Za-z .,'’()&-]{1,60}"
LOOKUP = HiddenSheet(
    "Lookup_",
    (("LA code", _GSS), ("LA name", _NAME), ("Region code", _GSS), ("Region name", _NAME)),
)
HEADINGS = {
    "warning_letter": "Warning Letter Actions",
    "statutory_notice": "Statutory Notice Actions",
    "fpn_fly_tipping": "Fixed Penalty Notices issued specifically for fly-tipping",
    "fpn_duty_of_care": "Fixed Penalty Notices issued for Household Duty of Care",
    "duty_of_care_inspection": "Duty of Care Inspection Actions",
    "formal_caution": "Formal Caution Actions",
    "prosecution": "Prosecution Actions",
    "injunction": "Injunction Actions",
}
"""Defra's headings of the actions that the council counts too."""


def conform(frame: pd.DataFrame, home: Home) -> pd.DataFrame:
    """Add the month, the year's code, and which of the two tables a row stands in."""
    del home
    ends = frame["ends_on"]
    years = ends.dt.year.astype("Int64")
    code = (years - 1).astype("str") + "-" + years.mod(100).astype("str").str.zfill(2)
    table = pd.Series(pd.NA, index=frame.index, dtype="str")
    table = table.mask(frame["incident_count"].notna(), "incidents")
    table = table.mask(frame["action_count"].notna(), "actions")
    return frame.assign(
        month=ends.dt.to_period("M").dt.to_timestamp(),
        period_code=code.astype("str").where(ends.notna()),
        table_code=table.astype("category"),
    )


def _count(field: str, heading: str) -> Column:
    return Column(field, heading, integer(), required=False)


BY_AUTHORITY = Layout(
    name="incidents and actions by authority",
    format=Sheet((".xlsx",), stacks=True, beside=("Metadata", "Notes"), hidden=(LOOKUP,)),
    columns=(
        Column("ends_on", "Year", year_end()),
        Column("lad_code", "ONS Code", district()),
        _count("incident_count", "Total Incidents"),
        _count("action_count", "Total Actions"),
        _count("investigation_count", "Investigation Actions"),
        *(_count(f"{code}_count", HEADINGS[code]) for code in ACTIONS),
    ),
    extent=Extent.DISTRICT,
    span_in_name=lambda name: None,
    left_out=(
        "LA Name", "Region",
        # the sheet of incidents
        "Highway Incidents", "Footpath / Bridleway Incidents", "Back Alleyway Incidents",
        "Railway Incidents", "Council Land Incidents", "Agricultural Incidents",
        "Private / Residential Incidents", "Commercial / Industrial Incidents",
        "Watercourse / Bank Incidents", "Other (unidentified) Incidents",
        "Animal Carcass Incidents", "Green Incidents", "Vehicle Parts Incidents",
        "White Goods Incidents", "Other Electrical Incidents", "Tyres Incidents",
        "Asbestos Incidents", "Clinical Incidents", "Constr / Demol / Excav Incidents",
        "Black Bags - Commercial Incidents", "Black Bags - Household Incidents",
        "Chemical Drums, Oil, Fuel Incidents", "Other Household Waste Incidents",
        "Other Commercial Waste Incidents",
        "Primary Waste Type Measures Other (unidentified) Incidents",
        "Single Black Bag Incidents", "Single Black Bag Clearance Costs (£)",
        "Single Item Incidents", "Single Item Clearance Costs (£)",
        "Car Boot or Less Incidents", "Car Boot or Less Clearance Costs (£)",
        "Small Van Load Incidents", "Small Van Load Clearance Costs (£)",
        "Transit Van Load Incidents", "Transit Van Load Clearance Costs (£)",
        "Tipper Lorry Load Incidents", "Tipper Lorry Load Clearance Costs (£)",
        "Significant / Multi Loads Incidents", "Sig / Multi Loads Clearance Costs (£)",
        "Total Incidents Clearance Costs (£)", "Mid population estimates",
        "Incidents per 1,000 people", "Reporting basis",
        # the sheet of actions
        "Investigation Action Costs (£)", "Warning Letter Action Costs (£)",
        "Statutory Notice Action Costs (£)",
        "Littering Fixed Penalty Notices issued in conjunction with fly-tipping",
        "All Other Fixed Penalty Notices issued", "Total Fixed Penalty Notice Actions",
        "Fixed Penalty Notice Action Costs (£)", "Duty of Care Inspect Action Costs (£)",
        "Stop and Search Actions", "Stop and Search Action Costs (£)", "Vehicles seized",
        "Vehicles seized cost (£)", "Formal Caution Action Costs (£)",
        "Prosecution Action Costs (£)", "Injunction Action Costs (£)",
        "Absolute / Cond Discharge Outcomes", "Community Service Outcomes",
        "Fine Outcomes (issued by courts)", "Custodial Sentence Outcomes",
        "Other (successful) Outcomes", "Cases Lost Outcomes", "Paid Fixed Penalty Notice Outcomes",
        "£0 to £50 fines", "£51 to £200 fines", "£201 to £500 fines", "£501 to £1000 fines",
        "£1001 to £5000 fines", "£5001 to £20000 fines", "£20001 to £50000 fines",
        "over £50000 fines", "Total fines (£)",
    ),
    one_of=("incident_count", "action_count"),
    months_a_row=12,
    keeps_own=True,
)  # fmt: skip

OPEN_DOCUMENT = replace(
    BY_AUTHORITY, name=f"{BY_AUTHORITY.name}, OpenDocument",
    format=replace(BY_AUTHORITY.format, suffixes=(".ods",)),
)  # fmt: skip

OFFICIAL_FLY_TIPS = SourceSpec(
    code="official_fly_tips",
    partner="Department for Environment, Food and Rural Affairs (Defra)",
    title="Official statistics of fly-tipping",
    record=OfficialFlyTip,
    layouts=(BY_AUTHORITY, OPEN_DOCUMENT),
    conform=conform,
    due_days=0,
    is_download=True,
)
