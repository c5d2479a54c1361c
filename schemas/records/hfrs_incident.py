"""Fire and rescue incidents in the manner of the national Incident Recording System (IRS)."""

import pandas as pd
import pandera.pandas as pa

from schemas.clock import is_skipped
from schemas.codes import IRS_CATEGORIES, IRS_FIRE_CLASSES, IRS_MOTIVES
from schemas.fields import Code, Count, LocalTime, Privacy, Text, field
from schemas.records.base import Record, identity


@identity(
    source="hfrs_incidents",
    fact="hfrs_incident",
    key=("incident_number",),
    dated_by="called_at",
    located_by=("easting_m",),
    across={"fire-without-class": ("fire_class_code", "category_code")},
    not_for=(
        "adding deliberate to primary fires: a fire may be both.",
        "placing an incident more closely than `location_precision_m` says.",
    ),
)
class HfrsIncident(Record):
    """One incident that the fire and rescue service attended, counted in the month of the call.

    Primary fires are those in buildings, vehicles and outdoor structures, with casualties or
    rescues, or attended by five or more appliances; a deliberate primary fire is both a deliberate
    and a primary fire, so the two are never added. Casualties are people, not incidents.
    """

    incident_number: Text = field(
        "The service's number of the incident.",
        required=True,
        pattern=r"^[0-9A-Z][0-9A-Z/-]{3,23}$",
    )
    called_at: LocalTime = field("Local time of the call.", required=True)
    category_code: Code = field(
        "Fire, false alarm or special service.",
        required=True,
        codes=IRS_CATEGORIES,
        privacy=Privacy.PUBLIC,
    )
    fire_class_code: Code = field(
        "Primary, secondary or chimney fire; null for what is no fire.",
        codes=IRS_FIRE_CLASSES,
        privacy=Privacy.PUBLIC,
    )
    motive_code: Code = field(
        "Deliberate (suspected included), accidental or not known; null for what is no fire.",
        codes=IRS_MOTIVES,
        privacy=Privacy.PUBLIC,
    )
    property_category: Code = field("What burned or was attended, as the service words it.")
    fatality_count: Count = field("People who died.", unit="people", low=0, high=500)
    injury_count: Count = field(
        "People injured and not killed, whatever their injury.", unit="people", low=0, high=1_000
    )
    rescue_count: Count = field("People rescued.", unit="people", low=0, high=1_000)
    ward_name: Code = field("Ward name as the service gives it; for people, never to join on.")
    ward_code: Code = field("Ward (GSS code).", pattern=r"^E05[0-9]{6}$")
    easting_m: Count = field(
        "National grid easting; south-west corner of the square where it is masked.",
        unit="metres",
        low=80_000,
        high=656_000,
    )
    northing_m: Count = field(
        "National grid northing; south-west corner of the square where it is masked.",
        unit="metres",
        low=5_000,
        high=657_000,
    )
    location_precision_m: Count = field(
        "Side of the square that the coordinates name: 1, or 1000 where they are masked.",
        unit="metres",
        low=1,
        high=100_000,
    )

    @pa.dataframe_check(error="fire-without-class")
    @classmethod
    def fire_has_a_class(cls, frame: pd.DataFrame) -> pd.Series:
        """A fire is primary, secondary or chimney."""
        return frame["fire_class_code"].notna() | ~frame["category_code"].eq("fire")

    @pa.check("called_at", error="time-skipped")
    @classmethod
    def is_on_a_clock(cls, times: pd.Series) -> pd.Series:
        """No local time lies in the hour that summer time leaves out."""
        return ~is_skipped(times)
