"""The Community Protection Team's cases of anti-social behaviour, from its case system."""

import pandas as pd

from schemas.areas import Home
from schemas.codes import (
    ASB_CHANNELS,
    ASB_POLICE_TYPES,
    ASB_REPORTERS,
    ASB_STATUSES,
    ASB_TENURES,
    ASB_TYPOLOGIES,
)
from schemas.records.asb_case import AsbCase
from sources.coverage import period_in_name
from sources.dates import uk_date
from sources.parse import category, code, flag, text, words
from sources.spec import Column, Csv, Extent, Layout, SourceSpec


def conform(frame: pd.DataFrame, home: Home) -> pd.DataFrame:
    """Add the month, and the district: the team works in its own area only."""
    return frame.assign(
        month=frame["opened_on"].dt.to_period("M").dt.to_timestamp(),
        lad_code=pd.Series(home.district.code, index=frame.index, dtype="category"),
    )


CASE_EXPORT = Layout(
    name="case system export",
    format=Csv(),
    columns=(
        Column("case_reference", "Case Reference", text(), aliases=("Case Ref",)),
        Column("opened_on", "Date Opened", uk_date()),
        Column("reported_by_code", "Reported By", words(ASB_REPORTERS)),
        Column("reported_through_code", "Reported Through", words(ASB_CHANNELS)),
        Column("typology_code", "ASB Typology", words(ASB_TYPOLOGIES)),
        Column("police_type_code", "Police ASB Type", words(ASB_POLICE_TYPES)),
        Column("ward_code", "Ward Code", code()),
        Column("ward_name", "Ward", category()),
        Column("lsoa_code", "LSOA", code(), aliases=("LSOA Code",)),
        Column("status_code", "Status", words(ASB_STATUSES)),
        Column("closed_on", "Date Closed", uk_date()),
        Column("tenure_code", "Tenure", words(ASB_TENURES), aliases=("Landlord",)),
        Column("has_gone_to_trial", "Went to Trial", flag()),
    ),
    extent=Extent.DISTRICT,
    span_in_name=period_in_name,
    left_out=(
        "Case Officer",
        "Complainant Name",
        "Complainant Telephone",
        "Complainant Address",
        "Alleged Perpetrator",
        "Summary",
    ),
)

ASB_CASES = SourceSpec(
    code="asb_cases",
    partner="St Albans City and District Council (Community Protection Team)",
    elsewhere="the council (Community Protection Team)",
    title="Anti-social behaviour cases",
    record=AsbCase,
    layouts=(CASE_EXPORT,),
    conform=conform,
)
