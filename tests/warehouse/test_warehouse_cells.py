"""Cells come from rows as they pass, or from the tables: measures are the same either way."""

import pytest
from support.desk import COUNTY, DISTRICT, Desk, cctv, fire, fly_tips, police

from schemas.areas import ST_ALBANS
from schemas.period import Quarter
from warehouse import mart

MONTHS = list(Quarter(2020, 1).span)
FILES = {
    "police_crime": (
        "police-crime-2020-21-q1.csv",
        police(
            "HO Code | Date Recorded | Status | DA | LSOA\n45 | 14/04/2020 | Recorded | Y | \n"
            "34A | 15/05/2020 | Cancelled | N | E01023728\n999Z | 15/06/2020 | Recorded | N | \n"
        ),
    ),
    "cctv_log": (
        "cctv-log-2020-21-q1.xlsx",
        cctv("Arrests | Discs Given to Police\n2 | 0\n<5 | 3\n0 | 1\n"),
    ),
    "fly_tips": (
        "fly-tips-2020-21-q1.ods",
        fly_tips("Size | Land Type | Easting\nSingle Item | Highway | \n | Railway | 515000\n"),
    ),
    "hfrs_incidents": (
        "hfrs-incidents-2020-21-q1.xlsx",
        fire(
            "District | Casualties | Motive\nDacorum | 2 | Deliberate\nSt Albans | 0 | Accidental\n"
        ),
    ),
}


@pytest.mark.parametrize("source", FILES)
def test_counted_again_from_the_tables_nothing_changes(either: Desk, source: str):
    either.accept(*FILES[source])
    before = either.content()["measure_month"]
    is_county = source == "hfrs_incidents"
    reach = mart.Reach(
        ST_ALBANS.county if is_county else ST_ALBANS.district,
        ST_ALBANS.lad_codes if is_county else (DISTRICT,),
        ST_ALBANS.county if is_county else None,
    )
    assert reach.extent.code in (COUNTY, DISTRICT)
    with either.engine.begin() as conn:
        tallies = mart.refresh(conn, source, MONTHS, reach, 1)
    assert either.content()["measure_month"] == before
    assert sum(tally.rows for tally in tallies.values()) > 0
