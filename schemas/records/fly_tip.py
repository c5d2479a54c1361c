"""The council's fly-tipping records, in the terms of WasteDataFlow."""

import pandas as pd
import pandera.pandas as pa

from schemas.codes import (
    FLY_TIP_ACTIONS,
    FLY_TIP_REPORTERS,
    FLY_TIP_SIZES,
    FLY_TIP_STATUSES,
    LAND_TYPES,
    WASTE_TYPES,
)
from schemas.fields import Code, Count, Day, Flag, Privacy, Text, field
from schemas.records.base import Record, identity


@identity(
    source="fly_tips",
    fact="fly_tip",
    key=("case_reference",),
    dated_by="reported_on",
    located_by=("easting_m",),
    across={"dates-disordered": ("reported_on", "cleared_on", "action_on")},
    not_for=(
        "counting all enforcement actions: only the latest of a case stands here.",
        "the cost of all fly-tipping: what is not cleared, and what nobody costed, has none.",
    ),
)
class FlyTip(Record):
    """One fly-tipping incident known to the council, counted in the month of its report.

    Size and clearance cost are judged at clearance, so they are null for what is not cleared and
    need not add up to the incidents. One enforcement action may stand on a record, the latest.
    """

    case_reference: Text = field(
        "The council's reference of the case.", required=True, pattern=r"^[0-9A-Z/-]{3,20}$"
    )
    reported_on: Day = field("Day on which it was reported or found.", required=True)
    reported_by_code: Code = field(
        "Whether the public, a crew or an officer reported it.", codes=FLY_TIP_REPORTERS
    )
    land_type_code: Code = field(
        "WasteDataFlow land type.", required=True, codes=LAND_TYPES, privacy=Privacy.PUBLIC
    )
    waste_type_code: Code = field(
        "WasteDataFlow primary waste type.",
        required=True,
        codes=WASTE_TYPES,
        privacy=Privacy.PUBLIC,
    )
    size_code: Code = field(
        "WasteDataFlow size band, as judged on site; null where nothing was cleared.",
        codes=FLY_TIP_SIZES,
        privacy=Privacy.PUBLIC,
    )
    easting_m: Count = field("National grid easting.", unit="metres", low=80_000, high=656_000)
    northing_m: Count = field("National grid northing.", unit="metres", low=5_000, high=657_000)
    ward_code: Code = field("Ward (GSS code).", pattern=r"^E05[0-9]{6}$")
    ward_name: Code = field("Ward name; for people, never to join on.")
    status_code: Code = field("State of the case.", required=True, codes=FLY_TIP_STATUSES)
    cleared_on: Day = field("Day on which it was cleared.")
    is_investigated: Flag = field("The case was investigated.")
    action_code: Code = field(
        "Enforcement action taken: a WasteDataFlow action, or a Community Protection Warning or "
        "Notice.",
        codes=FLY_TIP_ACTIONS,
    )
    action_on: Day = field("Day of the action.")
    clearance_cost_pence: Count = field(
        "What clearing it cost, in whole pence.", unit="pence", low=0, high=100_000_000
    )

    @pa.dataframe_check(error="dates-disordered")
    @classmethod
    def follows_its_report(cls, frame: pd.DataFrame) -> pd.Series:
        """Clearing and action come on the day of the report or later."""
        reported = frame["reported_on"]
        return ~((frame["cleared_on"] < reported) | (frame["action_on"] < reported))
