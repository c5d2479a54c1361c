"""The ambulance service's calls because of violence."""

import pandas as pd

from schemas.areas import Home
from schemas.records.ambulance_call import REASONS, AmbulanceCall
from sources.coverage import period_in_name
from sources.dates import uk_date
from sources.parse import flag, text, words
from sources.spec import Column, Csv, Extent, Layout, SourceSpec


def conform(frame: pd.DataFrame, home: Home) -> pd.DataFrame:
    """Add the month, and the district: the service sends the partnership's own."""
    return frame.assign(
        month=frame["called_on"].dt.to_period("M").dt.to_timestamp(),
        lad_code=pd.Series(home.district.code, index=frame.index, dtype="category"),
    )


CALLS = Layout(
    name="call extract",
    format=Csv(),
    columns=(
        Column("call_number", "Call Number", text()),
        Column("called_on", "Date of Call", uk_date()),
        Column("arrived_on", "Date of Arrival", uk_date()),
        Column("reason_code", "Reason", words(REASONS)),
        Column("is_police_present", "Police Present", flag()),
    ),
    extent=Extent.DISTRICT,
    span_in_name=period_in_name,
    left_out=("Patient",),
)

AMBULANCE_CALLS = SourceSpec(
    code="ambulance_calls",
    partner="Ambulance service",
    title="Ambulance calls because of violence",
    record=AmbulanceCall,
    layouts=(CALLS,),
    conform=conform,
)
