"""The load as most scripts would write it: object columns, the same rules, `to_sql`.

Run as `python -m tests.benchmarks.naive FILE DATABASE`.
"""

import sys
from pathlib import Path

import pandas as pd

from schemas.codes import STREET_CRIME_TYPES
from schemas.records.street_crime import ASB


def naive(path: Path, database: Path) -> None:
    """Load the file as most scripts would: object columns, the same rules, `to_sql`."""
    import pandera.pandas as pa
    from sqlalchemy import create_engine

    from schemas.areas import district_codes

    frame = pd.read_csv(path, dtype=object).drop(columns="Context")
    frame = frame.apply(lambda column: column.str.strip())
    types = list(STREET_CRIME_TYPES.labels.values())
    schema = pa.DataFrameSchema(
        {
            "Crime ID": pa.Column(object, pa.Check.str_matches(r"^[0-9a-f]{64}$"), nullable=True),
            "Month": pa.Column(object, pa.Check.str_matches(r"^[0-9]{4}-[0-9]{2}$")),
            "Reported by": pa.Column(object),
            "Falls within": pa.Column(object, pa.Check.eq("Hertfordshire Constabulary")),
            "Longitude": pa.Column(
                object, pa.Check(lambda s: s.astype(float).between(-9, 2.5)), nullable=True
            ),
            "Latitude": pa.Column(
                object, pa.Check(lambda s: s.astype(float).between(49, 61)), nullable=True
            ),
            "Location": pa.Column(object, nullable=True),
            "LSOA code": pa.Column(
                object, pa.Check.str_matches(r"^[EW]01[0-9]{6}$"), nullable=True
            ),
            "LSOA name": pa.Column(object, nullable=True),
            "Crime type": pa.Column(object, pa.Check.isin(types)),
            "Last outcome category": pa.Column(object, nullable=True),
        },
        checks=pa.Check(lambda df: df["Crime ID"].notna() | df["Crime type"].eq(ASB)),
    )
    schema.validate(frame, lazy=True)
    keyed = frame[frame["Crime ID"].notna()]
    if keyed["Crime ID"].duplicated().any():
        raise ValueError("the generated file has an id twice")
    frame["Month"] = pd.to_datetime(frame["Month"], format="%Y-%m")
    frame["Longitude"] = frame["Longitude"].astype(float)
    frame["Latitude"] = frame["Latitude"].astype(float)
    names = frame["LSOA name"].str.replace(r" [0-9]{3}[A-Z]$", "", regex=True)
    frame["lad_code"] = names.str.lower().map(district_codes())
    engine = create_engine(f"sqlite:///{database}")
    with engine.begin() as conn:
        frame.to_sql("street", conn, index=False, chunksize=50_000)
        counts = frame.groupby(["Month", "lad_code", "Crime type"]).size().rename("value")
        counts.reset_index().to_sql("mart", conn, index=False)


if __name__ == "__main__":
    naive(Path(sys.argv[1]), Path(sys.argv[2]))
