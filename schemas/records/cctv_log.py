"""The CCTV control room's log: one row per incident dealt with."""

import pandas as pd
import pandera.pandas as pa

from schemas.clock import comes_before, is_skipped
from schemas.codes import CCTV_INCIDENT_TYPES, CCTV_REPORTERS
from schemas.fields import Code, Count, Flag, LocalTime, Text, field
from schemas.records.base import Record, identity


@identity(
    source="cctv_log",
    fact="cctv_log",
    key=("log_number",),
    dated_by="started_at",
    across={"dates-disordered": ("started_at", "ended_at")},
    not_for=(
        "comparing with the control rooms of other councils, unless they count the same.",
        "counting people: an incident is one row however many were in it.",
    ),
)
class CctvLog(Record):
    """One incident in the control room's log, counted in the month in which it started.

    Incidents, not log entries: councils count different things under this name. An incident may
    cross midnight, lead to several arrests and to several discs of footage.
    """

    log_number: Text = field(
        "The control room's number of the entry.", required=True, pattern=r"^[0-9A-Z/-]{3,20}$"
    )
    started_at: LocalTime = field("Local time at which the incident started.", required=True)
    ended_at: LocalTime = field("Local time at which the control room closed it.")
    camera_id: Code = field("Camera, or the place of the camera.")
    incident_type_code: Code = field(
        "What kind of incident it was.", required=True, codes=CCTV_INCIDENT_TYPES
    )
    reported_by_code: Code = field(
        "How it came to notice: operator, police, public or shop radio.",
        required=True,
        codes=CCTV_REPORTERS,
    )
    is_police_called: Flag = field("The control room informed the police.")
    arrest_count: Count = field("Arrests made at the scene.", unit="people", low=0, high=100)
    is_footage_reviewed: Flag = field("Footage was looked through afterwards.")
    disc_count: Count = field(
        "Discs of footage given to the police.", unit="discs", low=0, high=100
    )

    @pa.dataframe_check(error="dates-disordered")
    @classmethod
    def ends_after_start(cls, frame: pd.DataFrame) -> pd.Series:
        """An incident ends when it starts or later, in the hour that clocks show twice too."""
        return ~comes_before(frame["ended_at"], frame["started_at"])

    @pa.check("started_at", "ended_at", error="time-skipped")
    @classmethod
    def is_on_a_clock(cls, times: pd.Series) -> pd.Series:
        """No local time lies in the hour that summer time leaves out."""
        return ~is_skipped(times)
