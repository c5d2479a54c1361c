"""Who the partnership is, and where: the part of `csp.toml` from which the areas follow."""

import difflib
import re
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from schemas.areas import ST_ALBANS, Area, district_codes, home_of

DISTRICTS = "schemas/codes/districts.csv"


def _gss_code(code: str) -> str:
    if not re.fullmatch("[EW][0-9]{8}", code):
        raise ValueError("a code of the ONS is written as E07000240")
    return code


def _other_code(code: str) -> str:
    if not re.fullmatch("([EWL][0-9]{8})?", code):
        raise ValueError('a code is written as E12000006, one of our own as L00000001, none as ""')
    return code


GssCode = Annotated[str, AfterValidator(_gss_code)]
OtherCode = Annotated[str, AfterValidator(_other_code)]
"""A GSS code, one of our own (L), or "" where nobody states figures for such an area."""
Name = Annotated[str, Field(min_length=1, max_length=120)]


def _of_the_district(given: Any) -> Any:
    """Add to what is given of a district what the lists say of it; St Albans is the default."""
    if not isinstance(given, dict) or not isinstance(code := given.get("district_code"), str):
        return given
    home = home_of(code)
    if home is None or home.district == ST_ALBANS.district:
        return given
    name = given.get("district_name", home.district.name)
    region = home.region or Area("", "")
    listed = {
        "name": f"{name} Community Safety Partnership",
        "district_name": home.district.name,
        "county_code": home.county.code,
        "county_name": name if home.county == home.district else home.county.name,
        "force_code": home.force.code,
        "force_name": home.force.name,
        "force_slug": home.force_slug,
        "region_code": region.code,
        "region_name": region.name or "no region",
        "health_code": "",
        "health_name": given.get("health_code") or "no area of the health service",
        "locality_code": "",
        "locality_name": given.get("locality_code") or "no locality",
    }
    return listed | given


class Partnership(BaseModel):
    """Who we are and where: names as printed, areas by GSS code.

    What is left out beside the code of a district is what the lists of the ONS and of
    data.police.uk say of it; its area of the health service and its locality are none then.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Name = "St Albans Community Safety Partnership"
    district_code: GssCode = ST_ALBANS.district.code
    district_name: Name = ST_ALBANS.district.name
    county_code: GssCode = ST_ALBANS.county.code
    county_name: Name = ST_ALBANS.county.name
    force_code: GssCode = ST_ALBANS.force.code
    force_name: Name = ST_ALBANS.force.name
    force_slug: Annotated[str, Field(pattern=r"^[a-z-]+$")] = ST_ALBANS.force_slug
    region_code: OtherCode = "E12000006"
    region_name: Name = "East of England"
    health_code: OtherCode = "E38000079"
    health_name: Name = "NHS Herts Valleys CCG"
    locality_code: OtherCode = "L00000001"
    locality_name: Name = "St Albans and Harpenden locality"

    @model_validator(mode="before")
    @classmethod
    def _follows_from_the_district(cls, given: Any) -> Any:
        return _of_the_district(given)


def said_of(kind: str, place: tuple[int | str, ...], message: str, part: Any) -> str:
    """Say what is wrong with a setting; of a name that is none, which is near."""
    if kind != "extra_forbidden":
        return message.removeprefix("Value error, ")
    for name in place[:-1]:
        part = part.model_fields[name].annotation
    near = difflib.get_close_matches(str(place[-1]), part.model_fields, n=1)
    return f"there is no such setting{f'; {near[0]} is near' if near else ''}"


def misfits(given: Partnership) -> str:
    """Say which areas are none of the lists, or not those of the district; "" if none is."""
    home = home_of(given.district_code)
    if home is None:
        now = district_codes().get(given.district_code.lower(), "")
        named = district_codes().get(given.district_name.lower(), "")
        fault = f"partnership.district_code: {given.district_code} is no district of today"
        if now and home_of(now):
            fault += f"; its code is {now} now"
        elif "district_name" in given.model_fields_set and home_of(named):
            fault += f"; {given.district_name} is {named}"
        return f"{fault}. The districts are listed in {DISTRICTS}."
    faults = [
        f"partnership.{name}: that of {home.district.name} is {area.name}, {area.code}"
        for name, code, area in (
            ("county_code", given.county_code, home.county),
            ("force_code", given.force_code, home.force),
            ("region_code", given.region_code, home.region),
        )
        if area is not None and code not in (area.code, "")
    ]
    other = district_codes().get(given.district_name.lower(), given.district_code)
    if other != given.district_code:
        faults.append(
            f"partnership.district_name: {given.district_name} is {other}, and "
            f"{given.district_code} is {home.district.name}"
        )
    elsewhere = ST_ALBANS.locality
    if elsewhere and home.district != ST_ALBANS.district and given.locality_code == elsewhere.code:
        faults.append(
            f"partnership.locality_code: {elsewhere.code} is {elsewhere.name}; take another "
            "number, such as L00000002"
        )
    if given.force_slug != home.force_slug:
        faults.append(
            f"partnership.force_slug: data.police.uk names the files of {home.force.name} "
            f"{home.force_slug}"
        )
    return f"{'; '.join(faults)}. What is left out follows from district_code." if faults else ""
