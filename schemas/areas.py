"""Areas: districts of England and Wales by name and code, and the partnership's own ones.

The lists are data: `codes/districts.csv` and `codes/forces.csv`. Sources: Office for National
Statistics, lookups of districts, counties, police force areas and regions; the forces' names and
how they stand in the names of files are those of data.police.uk. Contains public sector
information licensed under the Open Government Licence v3.0.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from schemas.codes import rows


@cache
def district_codes() -> Mapping[str, str]:
    """Return what a partner may call a district (lower case: name or code) to its current code.

    Former codes (E07000100 for St Albans until 2012) lead to the code that replaced them. A former
    district that was merged into another keeps its own code: its area was a different one.
    """
    found: dict[str, str] = {}
    for row in sorted(rows("districts"), key=lambda r: r["lad_code"] == r["current_lad_code"]):
        same_name = row["lad_name"] == district_name(row["current_lad_code"])
        renumbered = same_name and row["lad_code"] != row["current_lad_code"]
        code = row["current_lad_code"] if renumbered else row["lad_code"]
        found[row["lad_code"].lower()] = code
        found[row["lad_name"].lower()] = code
        found[_short(row["lad_name"]).lower()] = code
    return found


@cache
def former_district_codes() -> Mapping[str, str]:
    """Return the codes (lower case) that a district had before, each with that of today."""
    current = district_codes()
    return {
        row["lad_code"].lower(): current[row["lad_code"].lower()]
        for row in rows("districts")
        if current[row["lad_code"].lower()] != row["lad_code"]
    }


def _short(name: str) -> str:
    """Return "Bristol" for "Bristol, City of", as the ONS names LSOAs; other names are whole."""
    return name.removesuffix(", City of").removesuffix(", County of")


@cache
def _names() -> Mapping[str, str]:
    return {row["lad_code"]: row["lad_name"] for row in rows("districts")}


def district_name(lad_code: str) -> str | None:
    """Return the printed name of a district, or None for what is none."""
    return _names().get(lad_code)


@cache
def districts_of(county_code: str) -> Mapping[str, str]:
    """Return the current districts of a county or unitary area: code to name."""
    return {
        row["lad_code"]: row["lad_name"]
        for row in rows("districts")
        if row["county_code"] == county_code and row["lad_code"] == row["current_lad_code"]
    }


@dataclass(frozen=True)
class Area:
    """A GSS code with the name that is printed for it."""

    code: str
    name: str


@dataclass(frozen=True)
class Joint:
    """A service of several districts that belong to no one county, which sends a file for all."""

    area: Area
    lad_codes: tuple[str, ...]


AVON_FIRE = Joint(
    Area("E31000001", "Avon Fire and Rescue Service"),
    ("E06000022", "E06000023", "E06000024", "E06000025"),
)
JOINT_SERVICES = (AVON_FIRE,)
"""Those whose exports are read; what they send counts for the partnership of each district."""


@dataclass(frozen=True)
class Home:
    """The partnership's own areas; `force_slug` is how data.police.uk writes the force in names.

    `region`, `health` (an integrated care board, or a former clinical commissioning group) and
    `locality` are those for which partners state figures; None: nobody does.
    """

    district: Area
    county: Area
    force: Area
    force_slug: str
    region: Area | None = None
    health: Area | None = None
    locality: Area | None = None

    @property
    def force_names(self) -> frozenset[str]:
        """What files may call the force: as it is printed here, and as data.police.uk has it."""
        listed = [
            row["force_name"] for row in rows("forces") if row["force_code"] == self.force.code
        ]
        return frozenset((self.force.name, *listed))

    @property
    def lad_codes(self) -> tuple[str, ...]:
        """The codes of the county's districts, the partnership's among them."""
        return tuple(districts_of(self.county.code)) or (self.district.code,)

    @property
    def named(self) -> tuple[Area, ...]:
        """The areas that have a printed name here, in the order in which names are looked up."""
        areas = (self.district, self.county, self.force, self.region, self.health, self.locality)
        return tuple(area for area in areas if area is not None)

    @property
    def rest_of_county(self) -> Area | None:
        """The county without the district, whose code is none of the ONS; None where it is it."""
        if self.county.code == self.district.code:
            return None
        return Area(f"R{self.district.code[1:]}", f"Rest of {self.county.name}")

    def name_of(self, area_code: str) -> str:
        """Return the printed name of an area code; a code without a name prints as itself."""
        for area in self.named:
            if area.code == area_code:
                return area.name
        return district_name(area_code) or area_code


ST_ALBANS = Home(
    district=Area("E07000240", "St Albans"),
    county=Area("E10000015", "Hertfordshire"),
    force=Area("E23000027", "Hertfordshire Constabulary"),
    force_slug="hertfordshire",
    region=Area("E12000006", "East of England"),
    health=Area("E38000079", "NHS Herts Valleys CCG"),
    locality=Area("L00000001", "St Albans and Harpenden locality"),
)
"""The first partnership; what `csp.toml` says takes its place."""


@cache
def home_of(lad_code: str) -> Home | None:
    """Return the areas of a district as the lists have them; None for what is no district of today.

    A unitary authority, a metropolitan or a London borough is its own county. Whom the health
    service and a locality stand for no list says: they are None.
    """
    place = next((r for r in rows("districts") if r["lad_code"] == lad_code), None)
    if place is None or place["current_lad_code"] != lad_code:
        return None
    force = next(r for r in rows("forces") if r["force_code"] == place["force_code"])
    regions = {row["code"]: row["label"] for row in rows("stated_areas")}
    region = force["region_code"]
    return Home(
        district=Area(lad_code, _short(place["lad_name"])),
        county=Area(place["county_code"], _short(place["county_name"])),
        force=Area(force["force_code"], force["force_name"]),
        force_slug=force["force_slug"],
        region=Area(region, regions[region]) if region else None,
    )
