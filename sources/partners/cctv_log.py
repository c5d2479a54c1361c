"""The council's CCTV control-room log."""

import pandas as pd

from schemas.areas import Home
from schemas.codes import CCTV_INCIDENT_TYPES, CCTV_REPORTERS
from schemas.records.cctv_log import CctvLog
from sources.coverage import period_in_name
from sources.dates import sheet_date_time
from sources.parse import category, flag, integer, text, words
from sources.spec import Column, Extent, Layout, Sheet, SourceSpec


def conform(frame: pd.DataFrame, home: Home) -> pd.DataFrame:
    """Add the month, and the district: all cameras stand in the partnership's own."""
    return frame.assign(
        month=frame["started_at"].dt.to_period("M").dt.to_timestamp(),
        lad_code=pd.Series(home.district.code, index=frame.index, dtype="category"),
    )


CONTROL_ROOM_LOG = Layout(
    name="control-room log",
    format=Sheet((".xlsx",)),
    columns=(
        Column("log_number", "Log No", text(), aliases=("Log Number",)),
        Column("started_at", "Start", sheet_date_time(has_serials=True)),
        Column("ended_at", "End", sheet_date_time(has_serials=True)),
        Column("camera_id", "Camera", category(), aliases=("Location",)),
        Column("incident_type_code", "Incident Type", words(CCTV_INCIDENT_TYPES)),
        Column("reported_by_code", "Reported By", words(CCTV_REPORTERS)),
        Column("is_police_called", "Police Called", flag()),
        Column("arrest_count", "Arrests", integer()),
        Column("is_footage_reviewed", "Footage Reviewed", flag()),
        Column("disc_count", "Discs Given to Police", integer()),
    ),
    extent=Extent.DISTRICT,
    span_in_name=period_in_name,
    left_out=("Operator", "Narrative"),
)

CCTV_LOG = SourceSpec(
    code="cctv_log",
    partner="St Albans City and District Council (CCTV)",
    elsewhere="the council (CCTV)",
    title="CCTV control-room log",
    record=CctvLog,
    layouts=(CONTROL_ROOM_LOG,),
    conform=conform,
)
