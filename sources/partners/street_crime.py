"""Street-level crime exactly as data.police.uk publishes it."""

import re

import pandas as pd

from schemas.areas import Home, district_codes
from schemas.codes import STREET_CRIME_TYPES
from schemas.records.street_crime import StreetCrime
from sources.coverage import month_in_name
from sources.dates import month
from sources.parse import category, code, labels, number, text
from sources.spec import Column, Csv, Extent, Layout, SourceSpec


def conform(frame: pd.DataFrame, home: Home) -> pd.DataFrame:
    """Add the district, which leads the name of the LSOA; null where there is no location."""
    del home
    names = frame["lsoa_name"].cat.categories
    places = pd.Series(names, dtype="str").str.replace(r" [0-9]{3}[A-Z]$", "", regex=True)
    codes, distinct = pd.factorize(places.str.lower().map(district_codes()))
    spread = codes.take(frame["lsoa_name"].cat.codes) if len(names) else -1
    spread = pd.Series(spread, index=frame.index).mask(frame["lsoa_name"].isna(), -1)
    dtype = pd.CategoricalDtype(pd.Index(distinct, dtype="str"))
    lad_code = pd.Categorical.from_codes(spread.to_numpy(), dtype=dtype)
    return frame.assign(lad_code=pd.Series(lad_code, index=frame.index))


def is_our_member(name: str, home: Home) -> bool:
    """Say whether a file of the monthly archive is our force's street file."""
    return bool(re.search(rf"(?:^|/)[0-9]{{4}}-[0-9]{{2}}-{home.force_slug}-street\.csv$", name))


STREET_CSV = Layout(
    name="data.police.uk street file",
    format=Csv(),
    columns=(
        Column("crime_id", "Crime ID", text()),
        Column("month", "Month", month()),
        Column("reported_by", "Reported by", category()),
        Column("falls_within", "Falls within", category()),
        Column("longitude", "Longitude", number()),
        Column("latitude", "Latitude", number()),
        Column("location_name", "Location", category()),
        Column("lsoa_code", "LSOA code", code()),
        Column("lsoa_name", "LSOA name", category()),
        Column("crime_type", "Crime type", labels(STREET_CRIME_TYPES)),
        Column("last_outcome", "Last outcome category", category()),
    ),
    extent=Extent.FORCE,
    span_in_name=month_in_name,
    left_out=("Context",),
    members=is_our_member,
)

STREET_CRIME = SourceSpec(
    code="street_crime",
    partner="data.police.uk",
    title="Street-level crime",
    record=StreetCrime,
    layouts=(STREET_CSV,),
    conform=conform,
    force_field="falls_within",
    # A public download, fetched when wanted.
    due_days=0,
    is_download=True,
)
