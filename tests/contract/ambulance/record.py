"""Calls to which an ambulance was sent because of violence: one row a call."""

import pandas as pd
import pandera.pandas as pa

from schemas.codes import CodeList
from schemas.fields import Code, Day, Flag, Text, field
from schemas.records.base import Record, identity

REASONS = CodeList("ambulance_reasons")


@identity(
    source="ambulance_calls",
    fact="ambulance_call",
    key=("call_number",),
    dated_by="called_on",
    across={"dates-disordered": ("called_on", "arrived_on")},
    not_for=("counting people: a call may be for several.",),
)
class AmbulanceCall(Record):
    """One call to which an ambulance was sent because of violence, in the month of the call.

    Not crimes: many are never reported to the police.
    """

    call_number: Text = field("The service's number.", required=True, pattern=r"^A[0-9]{1,8}$")
    called_on: Day = field("Day of the call.", required=True)
    arrived_on: Day = field("Day on which the ambulance arrived.")
    reason_code: Code = field("What the caller reported.", required=True, codes=REASONS)
    is_police_present: Flag = field("Police were at the scene.")

    @pa.dataframe_check(error="dates-disordered")
    @classmethod
    def arrives_after_the_call(cls, frame: pd.DataFrame) -> pd.Series:
        """An ambulance arrives on the day of the call or later."""
        return ~(frame["arrived_on"] < frame["called_on"])
