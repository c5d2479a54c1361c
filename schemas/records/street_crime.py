"""data.police.uk street-level crime: one row per crime or anti-social behaviour incident."""

import pandas as pd
import pandera.pandas as pa

from schemas.codes import STREET_CRIME_TYPES
from schemas.fields import Code, Number, Privacy, Text, field
from schemas.records.base import Record, identity

ASB = "Anti-social behaviour"
BTP = "British Transport Police"


@identity(
    source="street_crime",
    fact="street_crime",
    key=("month", "crime_id"),
    dated_by="month",
    located_by=("lsoa_code",),
    derived_from={"lad_code": ("lsoa_name",)},
    across={
        "district-unmapped": ("lsoa_name",),
        "crime-without-id": ("crime_id", "crime_type", "reported_by"),
    },
    not_for=(
        "standing in for police recorded crime, or adding to it.",
        "telling which house or day: points are anonymised and dates are months.",
        "counting distinct rows: rows without a crime id are alike and each one counts.",
    ),
)
class StreetCrime(Record):
    """One street-level crime or anti-social behaviour incident as published on data.police.uk.

    Known to the month only, at an anonymised map point. Rows without a crime id (all anti-social
    behaviour, all of British Transport Police) are legitimately alike and are counted, never
    de-duplicated. Violence and sexual offences are one type here, both burglaries another, and
    domestic abuse is not marked: never to be mixed with the force's own extract.
    """

    lad_code: Code = field(
        "District (GSS code), from the LSOA's name; null where there is no location.",
        privacy=Privacy.PUBLIC,
        pattern=r"^[EW][0-9]{8}$",
        derived=True,
    )
    crime_id: Text = field(
        "The publisher's id of the crime; null for anti-social behaviour and British Transport "
        "Police.",
        pattern=r"^[0-9a-f]{64}$",
        privacy=Privacy.PUBLIC,
    )
    reported_by: Code = field(
        "Police force that recorded it.", required=True, privacy=Privacy.PUBLIC
    )
    falls_within: Code = field(
        "Police force in whose file it is published.", required=True, privacy=Privacy.PUBLIC
    )
    longitude: Number = field(
        "Longitude of the anonymised map point (WGS 84).",
        unit="degrees",
        low=-9,
        high=2.5,
        privacy=Privacy.PUBLIC,
    )
    latitude: Number = field(
        "Latitude of the anonymised map point (WGS 84).",
        unit="degrees",
        low=49,
        high=61,
        privacy=Privacy.PUBLIC,
    )
    location_name: Code = field("What the map point is on or near.", privacy=Privacy.PUBLIC)
    lsoa_code: Code = field(
        "Lower layer super output area (GSS code), of the vintage in use at publication.",
        pattern=r"^[EW]01[0-9]{6}$",
        privacy=Privacy.PUBLIC,
    )
    lsoa_name: Code = field(
        "Name of that area; its district's name leads it.", privacy=Privacy.PUBLIC
    )
    crime_type: Code = field(
        "One of the 14 types of data.police.uk.",
        required=True,
        labels=STREET_CRIME_TYPES,
        privacy=Privacy.PUBLIC,
    )
    last_outcome: Code = field("Latest outcome at publication.", privacy=Privacy.PUBLIC)

    @pa.dataframe_check(error="district-unmapped")
    @classmethod
    def district_is_known(cls, frame: pd.DataFrame) -> pd.Series:
        """A row with a location lies in a district of the list."""
        return frame["lad_code"].notna() | frame["lsoa_name"].isna()

    @pa.dataframe_check(error="crime-without-id")
    @classmethod
    def has_an_id(cls, frame: pd.DataFrame) -> pd.Series:
        """Only anti-social behaviour and British Transport Police come without an id."""
        return (
            frame["crime_id"].notna() | frame["crime_type"].eq(ASB) | frame["reported_by"].eq(BTP)
        )
