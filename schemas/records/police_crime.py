"""The force's partnership extract: one row per recorded crime."""

import pandas as pd
import pandera.pandas as pa

from schemas.codes import CRIME_STATUSES
from schemas.fields import Code, Count, Day, Flag, Privacy, Text, field
from schemas.records.base import Record, identity

NOT_COUNTED = "not-counted"


@identity(
    source="police_crime",
    fact="police_crime",
    key=("crime_reference",),
    dated_by="recorded_on",
    located_by=("lsoa_code", "easting_m"),
    derived_from={
        "offence_name": ("offence_code", "recorded_on"),
        "report_row_code": ("offence_code", "recorded_on"),
        "is_counted": ("offence_code", "recorded_on", "status_code"),
    },
    across={
        "recorded-before-committed": ("committed_from_on", "recorded_on"),
        "dates-disordered": ("committed_from_on", "committed_to_on"),
        "offence-unmapped": ("offence_code", "recorded_on"),
    },
    not_for=(
        "adding to street-level crime, which has other categories and other places.",
        "saying when crimes happened: they are counted by the day on which they were recorded.",
        "adding flagged crimes (domestic abuse, hate, knife, alcohol, cyber) to anything: a crime "
        "may have several flags, and is in its offence group as well.",
    ),
)
class PoliceCrime(Record):
    """One crime recorded by the force, counted in the month of `recorded_on`.

    The counting date is the date recorded (Home Office Crime Recording Rules), not the date
    committed, which may lie years back. Cancelled and transferred crimes are kept and not counted.
    Domestic abuse is a flag on crimes of any kind: an "of which", never a part of a sum. The
    record is a live one: its code, status and flags change in later extracts.
    """

    crime_reference: Text = field(
        "The force's reference of the crime, such as 41/12345/20.",
        required=True,
        pattern=r"^[0-9]{2}/[0-9]{1,7}/[0-9]{2}$",
    )
    recorded_on: Day = field(
        "Day on which the crime was recorded: the counting date.", required=True
    )
    committed_from_on: Day = field("First day on which the crime can have been committed.")
    committed_to_on: Day = field("Last day on which the crime can have been committed.")
    offence_code: Code = field(
        "Home Office offence code of the crime as the extract gives it.",
        required=True,
        pattern=r"^[0-9A-Z/]{1,8}$",
        privacy=Privacy.PUBLIC,
    )
    offence_name: Code = field(
        "Name of the offence on the code list of its date; null where the code is not listed.",
        derived=True,
        privacy=Privacy.PUBLIC,
    )
    offence_group: Code = field("Home Office offence group.", derived=True, privacy=Privacy.PUBLIC)
    offence_subgroup: Code = field(
        "Home Office offence subgroup.", derived=True, privacy=Privacy.PUBLIC
    )
    report_row_code: Code = field(
        "Row of the police table that the crime belongs to; null for the residual.",
        derived=True,
        privacy=Privacy.PUBLIC,
    )
    outcome_type_code: Count = field("Home Office outcome type, 0 to 22.", low=0, high=22)
    status_code: Code = field(
        "Whether the crime stands as recorded, was cancelled or was transferred.",
        required=True,
        codes=CRIME_STATUSES,
    )
    ward_code: Code = field("Ward (GSS code) as the force gives it.", pattern=r"^E05[0-9]{6}$")
    ward_name: Code = field("Ward name as the force gives it; for people, never to join on.")
    lsoa_code: Code = field(
        "Lower layer super output area (GSS code), 2011 or 2021.", pattern=r"^[EW]01[0-9]{6}$"
    )
    easting_m: Count = field("National grid easting.", unit="metres", low=80_000, high=656_000)
    northing_m: Count = field("National grid northing.", unit="metres", low=5_000, high=657_000)
    is_domestic_abuse: Flag = field("Flagged as domestic abuse at the date of the extract.")
    is_hate_crime: Flag = field("Flagged as hate crime at the date of the extract.")
    is_knife_crime: Flag = field("Flagged as knife crime at the date of the extract.")
    is_alcohol_related: Flag = field("Flagged as alcohol-related at the date of the extract.")
    is_cyber_crime: Flag = field("Flagged as cyber crime at the date of the extract.")
    is_counted: Flag = field(
        "Counted as recorded crime: it stands as recorded and is not fraud.",
        required=True,
        derived=True,
        privacy=Privacy.PUBLIC,
    )

    @pa.dataframe_check(error="recorded-before-committed")
    @classmethod
    def recorded_after_committed(cls, frame: pd.DataFrame) -> pd.Series:
        """A crime is recorded on or after the first day on which it can have been committed."""
        return ~(frame["committed_from_on"] > frame["recorded_on"])

    @pa.dataframe_check(error="dates-disordered")
    @classmethod
    def committed_in_order(cls, frame: pd.DataFrame) -> pd.Series:
        """The last possible day is not before the first."""
        return ~(frame["committed_to_on"] < frame["committed_from_on"])

    @pa.dataframe_check(error="offence-unmapped")
    @classmethod
    def offence_is_mapped(cls, frame: pd.DataFrame) -> pd.Series:
        """The offence code is on the list of notifiable offences as at the recorded date."""
        return (
            frame["offence_name"].notna()
            | frame["offence_code"].isna()
            | frame["recorded_on"].isna()
        )
