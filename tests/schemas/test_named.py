"""What people call measures and areas: codes, printed labels, and what is only like one."""

import pytest

from schemas.named import NameUnclear, area_named, measure_named

AREAS = {"E07000240": "St Albans", "E10000015": "Hertfordshire", "E06000023": "Bristol, City of"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("burglary-residential", "burglary-residential"),
        ("Burglary: residential", "burglary-residential"),
        ("burglary:  RESIDENTIAL", "burglary-residential"),
        ("Fire injuries", "fire-injuries"),
        ("robbery", "robbery"),
    ],
)
def test_a_measure_is_known_by_its_code_and_by_its_label(text: str, code: str):
    assert measure_named(text).code == code


def test_short_names_of_the_pack_are_understood():
    assert measure_named("CCTV incidents", {"CCTV incidents": "cctv-incidents"}).code == (
        "cctv-incidents"
    )


def test_a_label_of_two_measures_is_not_guessed_at():
    with pytest.raises(NameUnclear) as raised:
        measure_named("Robbery")
    assert str(raised.value) == (
        "'Robbery' stands for 2 measures: robbery (Robbery: recorded crimes of police_crime) and "
        "street-robbery (Robbery: crimes of street_crime). Name one by its code."
    )


def test_what_is_only_like_a_measure_names_the_nearest():
    with pytest.raises(NameUnclear, match=r"no measure 'vehicel-offences'\. Nearest: vehicle-off"):
        measure_named("vehicel-offences")
    with pytest.raises(NameUnclear, match="Write it as a table prints it, or its code"):
        measure_named("xyzzy")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("St Albans", "E07000240"),
        ("e07000240", "E07000240"),
        ("E07000100", "E07000240"),
        ("Hertfordshire", "E10000015"),
        ("Bristol", "E06000023"),
    ],
)
def test_an_area_is_known_by_code_name_and_former_code(text: str, code: str):
    assert area_named(text, AREAS) == code


def test_an_area_that_a_measure_is_not_worked_out_for_is_none():
    with pytest.raises(NameUnclear, match=r"no area 'St Alban'\. Nearest: St Albans \(E07000240\)"):
        area_named("St Alban", AREAS)
    with pytest.raises(NameUnclear, match="There is no area 'Dacorum'"):
        area_named("Dacorum", AREAS)
