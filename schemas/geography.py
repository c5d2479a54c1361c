"""Small areas and their dates: the LSOAs and wards of the districts that are listed, and boxes.

The lists are data: `codes/lsoas.csv`, `codes/wards.csv`, `codes/lsoa_wards.csv` and
`codes/district_boxes.csv`. A district that they do not name is not judged. Sources: Office for
National Statistics, LSOA (2011 and 2021), ward (2018 and 2025) lookups and boundaries, and the
best-fit lookup of LSOA (2011) to ward (2018); the two wards that were recoded in 2024 are listed
with both codes for that year, because the day of the change is not published with them. LSOAs of
2011 are taken until the end of 2021, to which the ONS dates those that replaced them. Contains
public sector information licensed under the Open Government Licence v3.0.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from schemas.codes import rows
from schemas.period import Month

METRES_AROUND = 3_000
DEGREES_AROUND = 0.03
"""How far beyond a district's box a map point may lie: points are snapped, centroids are not edges.
"""


@dataclass(frozen=True)
class Dated:
    """One small area: its name, its district, and the days between which its code stands for it."""

    name: str
    lad_code: str
    valid_from: date
    valid_to: date


@cache
def lsoas() -> Mapping[str, Dated]:
    """Return the listed LSOAs by code, of both vintages."""
    return _dated("lsoa")


@cache
def wards() -> Mapping[str, Dated]:
    """Return the listed wards by code. A ward's name stands for other areas after a change."""
    return _dated("ward")


def wards_of(lad_code: str) -> frozenset[str]:
    """Return the codes of all wards that a district has or had; none where they are not listed."""
    return frozenset(code for code, ward in wards().items() if ward.lad_code == lad_code)


def is_ward(area_code: str) -> bool:
    """Say whether a GSS code is that of a ward, of England or Wales."""
    return area_code[:3] in ("E05", "W05")


def _dated(kind: str) -> Mapping[str, Dated]:
    return {
        row[f"{kind}_code"]: Dated(
            row[f"{kind}_name"],
            row["lad_code"],
            date.fromisoformat(row["valid_from"] or "1900-01-01"),
            date.fromisoformat(row["valid_to"] or "2199-12-31"),
        )
        for row in rows(f"{kind}s")
    }


def ward_of(lsoa_code: str, month: Month) -> str | None:
    """Return the ward that an LSOA lies in throughout a month, by the best fit of the ONS.

    None where the lookup does not have the LSOA (those of 2021 that are others than in 2011), or
    its ward was not in force all month: an LSOA is never put into a ward of another vintage.
    """
    ward_code = _best_fits().get(lsoa_code)
    if ward_code is None:
        return None
    ward = wards()[ward_code]
    return ward_code if ward.valid_from <= month.start and month.end <= ward.valid_to else None


@cache
def _best_fits() -> Mapping[str, str]:
    return {row["lsoa_code"]: row["ward_code"] for row in rows("lsoa_wards")}


@dataclass(frozen=True)
class Box:
    """The least and greatest value of each of two coordinates, x before y."""

    x_low: float
    x_high: float
    y_low: float
    y_high: float

    def widened(self, by: float) -> "Box":
        """Return the box with this much more on every side."""
        return Box(self.x_low - by, self.x_high + by, self.y_low - by, self.y_high + by)


ENGLAND_AND_WALES_METRES = Box(80_000, 656_000, 5_000, 657_000)
ENGLAND_AND_WALES_DEGREES = Box(-6.5, 1.8, 49.8, 55.9)


@cache
def box_in_metres(lad_code: str) -> Box | None:
    """Return where eastings and northings of a district can lie, or None if it is not listed."""
    return _box(lad_code, ("easting", "northing"), METRES_AROUND)


@cache
def box_in_degrees(lad_code: str) -> Box | None:
    """Return where longitudes and latitudes of a district can lie, or None if it is not listed."""
    return _box(lad_code, ("longitude", "latitude"), DEGREES_AROUND)


def _box(lad_code: str, names: tuple[str, str], around: float) -> Box | None:
    for row in rows("district_boxes"):
        if row["lad_code"] == lad_code:
            x, y = names
            ends = (f"{x}_low", f"{x}_high", f"{y}_low", f"{y}_high")
            return Box(*(float(row[end]) for end in ends)).widened(around)
    return None
