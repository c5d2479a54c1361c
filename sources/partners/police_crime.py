"""Police recorded crime: the force's partnership extract (Athena style)."""

import pandas as pd

from schemas.areas import Home
from schemas.codes import CRIME_STATUSES
from schemas.records.police_crime import NOT_COUNTED, PoliceCrime
from sources.coverage import period_in_name
from sources.dates import uk_date
from sources.offences import meanings
from sources.parse import category, code, district, flag, integer, metres, text, words
from sources.spec import BY_THE_FORCE, Column, Csv, Extent, Layout, Lookalike, SourceSpec


def conform(frame: pd.DataFrame, home: Home) -> pd.DataFrame:
    """Add month, offence names, report row and whether the crime counts; shape is kept."""
    del home
    meaning = meanings(frame["offence_code"], frame["recorded_on"])
    counted = frame["status_code"].eq("recorded") & ~meaning["report_row"].eq(NOT_COUNTED)
    return frame.assign(
        month=frame["recorded_on"].dt.to_period("M").dt.to_timestamp(),
        offence_name=meaning["offence_name"],
        offence_group=meaning["offence_group"],
        offence_subgroup=meaning["offence_subgroup"],
        report_row_code=meaning["report_row"],
        is_counted=counted.astype("boolean"),
    )


PARTNERSHIP_EXTRACT = Layout(
    name="partnership extract",
    format=Csv(),
    columns=(
        Column("crime_reference", "Crime Reference", text()),
        Column("recorded_on", "Date Recorded", uk_date()),
        Column("committed_from_on", "Committed From", uk_date()),
        Column("committed_to_on", "Committed To", uk_date()),
        Column("offence_code", "HO Code", code(), aliases=("HO Class", "Home Office Code")),
        Column("outcome_type_code", "Outcome Type", integer()),
        Column("status_code", "Status", words(CRIME_STATUSES)),
        Column("lad_code", "District", district(), aliases=("LAD Code",)),
        Column("ward_code", "Ward Code", code()),
        Column("ward_name", "Ward", category()),
        Column("lsoa_code", "LSOA", code(), aliases=("LSOA Code",)),
        Column("easting_m", "Easting", metres()),
        Column("northing_m", "Northing", metres()),
        Column("is_domestic_abuse", "DA", flag(), aliases=("Domestic", "Domestic Abuse")),
        Column("is_hate_crime", "Hate", flag()),
        Column("is_knife_crime", "Knife", flag()),
        Column("is_alcohol_related", "Alcohol", flag()),
        Column("is_cyber_crime", "Cyber", flag()),
    ),
    extent=Extent.DISTRICT,
    span_in_name=period_in_name,
    # The offence's wording is taken from the code list; the rest can identify people or homes.
    left_out=("Offence", "Time Recorded", "Beat", "Street", "Postcode", "MO Summary"),
)

HOME_OFFICE_BY_CSP = Lookalike(
    is_what="the Home Office's open data table of recorded crime: it has one row an offence, area "
    "and quarter with a number of crimes, and is not the force's own records of crimes",
    headings=(
        "Financial Year", "Financial Quarter", "Force Name", "CSP Name", "ONS Code",
        "Offence Description", "Offence Group", "Offence Subgroup", "Offence Code",
        "Offence Count", "Number of Offences",
    ),
    least=6,
)  # fmt: skip

POLICE_CRIME = SourceSpec(
    code="police_crime",
    partner="Hertfordshire Constabulary",
    elsewhere=BY_THE_FORCE,
    title="Police recorded crime",
    record=PoliceCrime,
    layouts=(PARTNERSHIP_EXTRACT,),
    conform=conform,
    lookalikes=(HOME_OFFICE_BY_CSP,),
)
