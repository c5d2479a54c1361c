"""A generated street file of realistic form, as large as one likes."""

from pathlib import Path

import numpy as np

from schemas.codes import STREET_CRIME_TYPES
from schemas.records.street_crime import ASB

HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Crime type,Last outcome category,Context"
)
OUTCOMES = (
    "Investigation complete; no suspect identified",
    "Unable to prosecute suspect",
    "Status update unavailable",
    "Court result unavailable",
    "Local resolution",
)


def write_street_file(path: Path, rows: int, seed: int = 7) -> None:
    """Write a street file of realistic form: repeated places, unique ids, 1% without a location.

    What lies in St Albans has an LSOA of St Albans and a map point there, as in the real files.
    """
    rng = np.random.default_rng(seed)
    types = list(STREET_CRIME_TYPES.labels.values())
    places = 10_000
    lon = rng.uniform(-0.60, 0.10, places)
    lat = rng.uniform(51.60, 52.05, places)
    lsoa = rng.integers(0, 700, places)
    districts = ("St Albans", "Dacorum", "Hertsmere", "Three Rivers", "Watford", "Stevenage")
    at_home = lsoa % len(districts) == 0
    lon[at_home] = rng.uniform(-0.43, -0.25, int(at_home.sum()))
    lat[at_home] = rng.uniform(51.70, 51.84, int(at_home.sum()))
    code = np.where(at_home, 3664 + lsoa % 15, 4000 + lsoa)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(HEADER + "\n")
        for start in range(0, rows, 100_000):
            count = min(100_000, rows - start)
            kind = rng.choice(types, count, p=_shares(types))
            where = rng.integers(0, places, count)
            ids = rng.integers(0, 2**62, (count, 4))
            lines = []
            for i in range(count):
                asb = kind[i] == ASB
                crime_id = "" if asb else "".join(f"{n:016x}" for n in ids[i])
                p = where[i]
                if p % 100 == 0:
                    place = ",,No Location,,"
                else:
                    district = districts[lsoa[p] % len(districts)]
                    place = (
                        f"{lon[p]:.6f},{lat[p]:.6f},On or near Street {p},E0102{code[p]:04},"
                        f"{district} {lsoa[p] % 30 + 1:03}A"
                    )
                outcome = "" if asb else OUTCOMES[p % len(OUTCOMES)]
                force = "Hertfordshire Constabulary"
                lines.append(f"{crime_id},2025-04,{force},{force},{place},{kind[i]},{outcome},\n")
            file.writelines(lines)


def _shares(types: list[str]) -> list[float]:
    weights = [20.0 if kind == ASB else 6.0 for kind in types]
    return [w / sum(weights) for w in weights]


def write_resend(path: Path, changed: Path, one_in: int = 100) -> None:
    """Write the file again as a force would resend it: the outcome of one row in so many is new."""
    with (
        path.open(encoding="utf-8", newline="") as old,
        changed.open("w", encoding="utf-8", newline="") as new,
    ):
        for number, line in enumerate(old):
            has_outcome = number > 0 and line[0] != ","
            if has_outcome and number % one_in == 0:
                kept = line.rsplit(",", 2)[0]
                new.write(f"{kept},Offender given a caution,\n")
            else:
                new.write(line)
