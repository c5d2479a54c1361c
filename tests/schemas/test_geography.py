"""The lists of small areas: read whole, because they are data that somebody wrote by hand."""

import re
from datetime import date

from schemas.areas import former_district_codes
from schemas.geography import Box, box_in_degrees, box_in_metres, lsoas, wards

ST_ALBANS = "E07000240"


def at(day: date) -> set[str]:
    return {code for code, ward in wards().items() if ward.valid_from <= day <= ward.valid_to}


def test_st_albans_had_87_lsoas_and_has_88():
    old = [code for code, area in lsoas().items() if area.valid_from == date(1900, 1, 1)]
    new = [code for code, area in lsoas().items() if area.valid_to == date(2199, 12, 31)]
    assert (len(old), len(new), len(set(old) & set(new))) == (87, 88, 85)
    assert set(old) - set(new) == {"E01023679", "E01023729"}
    assert set(new) - set(old) == {"E01035566", "E01035567", "E01035581"}


def test_it_has_20_wards_on_any_day():
    assert len(at(date(2020, 6, 1))) == len(at(date(2022, 5, 4))) == 20
    assert len(at(date(2022, 5, 5))) == len(at(date(2025, 6, 1))) == 20
    assert not at(date(2022, 5, 4)) & at(date(2022, 5, 5))
    # Two were recoded in 2024; no day is published, so both codes are taken for that year.
    assert at(date(2024, 6, 1)) - at(date(2025, 6, 1)) == {"E05013958", "E05013959"}
    assert at(date(2025, 6, 1)) - at(date(2023, 6, 1)) == {"E05015801", "E05015802"}


def test_the_lists_are_well_formed():
    faults = [
        code
        for form, areas in ((r"[EW]01[0-9]{6}", lsoas()), (r"E05[0-9]{6}", wards()))
        for code, area in areas.items()
        if not re.fullmatch(form, code)
        or area.valid_to < area.valid_from
        or not area.name
        or area.lad_code != ST_ALBANS
    ]
    assert faults == []


def test_a_district_has_a_box_with_room_around_it_or_none():
    assert box_in_metres(ST_ALBANS) == Box(506_941, 523_285, 198_043, 218_745)
    degrees = box_in_degrees(ST_ALBANS)
    assert degrees is not None
    assert round(degrees.x_low, 4) == -0.4707
    assert round(degrees.y_high, 4) == 51.8797
    assert box_in_metres("E07000096") is None


def test_former_codes_lead_to_the_district_of_today():
    assert former_district_codes()["e07000100"] == ST_ALBANS
    # A district that was merged into another was another area: it is not renumbered.
    assert "e07000004" not in former_district_codes()
    assert ST_ALBANS.lower() not in former_district_codes()
