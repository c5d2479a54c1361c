"""Districts by every name that a partner may use, and the partnership's own areas."""

import re
from dataclasses import replace

import pytest

from schemas.areas import ST_ALBANS, Area, Home, district_codes, districts_of, home_of
from schemas.codes import rows


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("st albans", "E07000240"),
        ("e07000240", "E07000240"),
        ("e07000100", "E07000240"),  # its code until 2012: the same area, renumbered
        ("stevenage", "E07000243"),
        ("bristol, city of", "E06000023"),
        ("bristol", "E06000023"),
        ("herefordshire, county of", "E06000019"),
        ("aylesbury vale", "E07000004"),  # merged into Buckinghamshire: another area
        ("e07000004", "E07000004"),
        ("northumberland", "E06000057"),
        ("cardiff", "W06000015"),
    ],
)
def test_what_a_district_may_be_called(word: str, code: str):
    assert district_codes()[word] == code


def test_what_is_no_district():
    assert {"hertfordshire", "camelot", "", "St Albans"} & district_codes().keys() == set()


def test_the_list_of_districts_is_well_formed():
    listed = rows("districts")
    known = {row["lad_code"] for row in listed}
    assert len(known) == len(listed)
    assert [r for r in listed if not re.fullmatch(r"[EW][0-9]{8}", r["lad_code"])] == []
    assert [r for r in listed if r["current_lad_code"] not in known] == []


def test_every_district_has_its_force_and_its_region():
    forces = {row["force_code"]: row for row in rows("forces")}
    regions = {row["code"] for row in rows("stated_areas")}
    assert {row["force_code"] for row in rows("districts")} == forces.keys()
    assert len(forces) == len({row["force_slug"] for row in forces.values()}) == 43
    assert [
        code
        for code, row in forces.items()
        if row["region_code"] not in (regions if code.startswith("E") else {""})
    ] == []


def test_the_first_partnership_is_as_the_lists_have_it():
    listed = home_of("E07000240")
    assert listed is not None
    assert replace(listed, health=ST_ALBANS.health, locality=ST_ALBANS.locality) == ST_ALBANS
    assert home_of("E07000100") is None  # its code until 2012
    assert home_of("E10000015") is None


def test_no_district_takes_the_name_of_another():
    by_code = {row["lad_code"]: row["lad_name"] for row in rows("districts")}
    taken = [
        f"{name} leads to {by_code[district_codes()[name.lower()]]}"
        for name in by_code.values()
        if by_code[district_codes()[name.lower()]] != name
    ]
    assert taken == []


def test_the_districts_of_a_county():
    herts = districts_of("E10000015")
    assert len(herts) == 10
    assert herts["E07000240"] == "St Albans"
    assert "E07000100" not in herts
    assert districts_of("E99999999") == {}


def test_the_partnerships_own_areas():
    assert ST_ALBANS.lad_codes == tuple(districts_of("E10000015"))
    assert [ST_ALBANS.name_of(a.code) for a in (ST_ALBANS.district, ST_ALBANS.county)] == [
        "St Albans",
        "Hertfordshire",
    ]
    assert ST_ALBANS.name_of("E23000027") == "Hertfordshire Constabulary"
    assert ST_ALBANS.name_of("E07000096") == "Dacorum"
    assert ST_ALBANS.name_of("E31000001") == "E31000001"


def test_a_partnership_whose_county_is_not_listed_has_its_own_district_alone():
    home = Home(Area("S12000036", "Edinburgh"), Area("S99", "Lothian"), Area("S98", "Police"), "x")
    assert home.lad_codes == ("S12000036",)
