"""`csp.toml` and the environment: another partnership adopts csp by editing one file."""

from dataclasses import replace
from pathlib import Path

import pytest

from flows.settings import SettingsError, load_settings
from flows.settings_areas import Partnership
from flows.settings_example import example
from schemas.thresholds import Thresholds
from sources.partners import SOURCES

pytestmark = pytest.mark.usefixtures("elsewhere")


def write(text: str, name: str = "csp.toml") -> Path:
    path = Path(name)
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_the_defaults_are_those_of_st_albans():
    settings = load_settings()
    assert settings.areas.district.code == "E07000240"
    assert settings.areas.county.code == "E10000015"
    assert settings.database == Path("csp-data/warehouse.db")


def test_the_commented_example_says_what_the_defaults_are():
    shown = "\n".join(
        line.removeprefix("# ") if line.startswith("# ") and " = " in line else line
        for line in example().splitlines()
        if "warehouse_url = " not in line
    )
    settings = load_settings(write(shown))
    assert settings.partnership == Partnership()
    assert settings.partners == {source.code: source.partner for source in SOURCES}
    assert load_settings(write(example())) == load_settings(write("", "empty.toml"))


def test_another_partnership_is_one_file():
    settings = load_settings(
        write(
            """
            [partnership]
            name = "Dacorum Community Safety Partnership"
            district_code = "E07000096"
            district_name = "Dacorum"
            [partners]
            cctv_log = "Dacorum Borough Council"
            """
        )
    )
    assert settings.areas.district.name == "Dacorum"
    assert settings.areas.county.name == "Hertfordshire"
    assert settings.partners["cctv_log"] == "Dacorum Borough Council"


@pytest.mark.parametrize(
    ("code", "district", "county", "force", "region"),
    [
        ("E07000096", "Dacorum", "E10000015 Hertfordshire",
         "Hertfordshire Constabulary, hertfordshire", "East of England"),
        ("E06000023", "Bristol", "E06000023 Bristol",
         "Avon and Somerset Constabulary, avon-and-somerset", "South West"),
        ("E08000003", "Manchester", "E08000003 Manchester",
         "Greater Manchester Police, greater-manchester", "North West"),
        ("E09000022", "Lambeth", "E09000022 Lambeth",
         "Metropolitan Police Service, metropolitan", "London"),
        ("E07000146", "King's Lynn and West Norfolk", "E10000020 Norfolk",
         "Norfolk Constabulary, norfolk", "East of England"),
    ],
)  # fmt: skip
def test_the_areas_follow_from_the_code_of_the_district(
    code: str, district: str, county: str, force: str, region: str
):
    """Once they were those of St Albans until each had been written out."""
    settings = load_settings(write(f'[partnership]\ndistrict_code = "{code}"\n'))
    home = settings.areas
    assert settings.partnership.name == f"{district} Community Safety Partnership"
    assert (home.district.name, f"{home.county.code} {home.county.name}") == (district, county)
    assert f"{home.force.name}, {home.force_slug}" == force
    assert home.region is not None
    assert home.region.name == region
    assert (home.health, home.locality) == (None, None)
    assert settings.senders["police_crime"] == home.force.name
    assert settings.senders["cctv_log"] == "the council (CCTV)"
    assert settings.senders["hfrs_incidents"] == "the fire and rescue service"
    assert [who for who in settings.senders.values() if "St Albans" in who] == []


def test_what_is_written_goes_before_what_follows():
    settings = load_settings(
        write(
            """
            [partnership]
            name = "Keeping Bristol Safe"
            district_code = "E06000023"
            district_name = "City of Bristol"
            health_code = "E54000039"
            [partners]
            hfrs_incidents = "Avon Fire & Rescue Service"
            """
        )
    )
    assert settings.partnership.name == "Keeping Bristol Safe"
    assert settings.areas.county.name == settings.areas.district.name == "City of Bristol"
    assert settings.areas.health is not None
    assert settings.senders["hfrs_incidents"] == "Avon Fire & Rescue Service"


def test_the_environment_goes_before_the_file(monkeypatch: pytest.MonkeyPatch):
    write('home = "from-the-file"\n')
    monkeypatch.setenv("CSP_HOME", "from-the-environment")
    monkeypatch.setenv("CSP_WAREHOUSE_URL", "sqlite:///other.db")
    settings = load_settings()
    assert settings.home == Path("from-the-environment")
    assert settings.warehouse_url == "sqlite:///other.db"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("home = \n", "csp.toml"),
        ('colour = "red"\n', "colour"),
        ('[partnership]\ndistrict_code = "E0700024"\n', "partnership.district_code"),
        ('[partnership]\nforce_slug = "Herts Police"\n', "partnership.force_slug"),
        ('[partners]\nambulance = "EEAST"\n', "partners.ambulance is no source"),
        (
            '[partnership]\ndistrct_code = "E07000096"\n',
            "partnership.distrct_code: there is no such setting; district_code is near.",
        ),
        ("[alert]\n", "alert: there is no such setting; alerts is near."),
        (
            '[partnership]\ndistrict_code = "Watford"\n',
            "partnership.district_code: a code of the ONS is written as E07000240.",
        ),
        (
            '[partnership]\ndistrict_code = "E07000999"\ndistrict_name = "Watford"\n',
            "partnership.district_code: E07000999 is no district of today; Watford is E07000103.",
        ),
        (
            '[partnership]\ndistrict_code = "E07000100"\n',
            "E07000100 is no district of today; its code is E07000240 now.",
        ),
        (
            '[partnership]\ndistrict_name = "Watford"\n',
            "partnership.district_name: Watford is E07000103, and E07000240 is St Albans.",
        ),
        (
            '[partnership]\ndistrict_code = "E07000146"\ncounty_code = "E10000015"\n',
            "county_code: that of King's Lynn and West Norfolk is Norfolk, E10000020.",
        ),
        (
            '[partnership]\nforce_code = "E23000036"\n',
            "partnership.force_code: that of St Albans is Hertfordshire Constabulary, E23000027.",
        ),
        (
            '[partnership]\ndistrict_code = "E06000023"\nlocality_code = "L00000001"\n',
            "L00000001 is St Albans and Harpenden locality; take another number",
        ),
        (
            '[partnership]\ndistrict_code = "E06000023"\nforce_slug = "avon"\n',
            "data.police.uk names the files of Avon and Somerset Constabulary avon-and-somerset.",
        ),
        ("[retention]\nmonths = 0\n", "retention.months: Input should be greater than"),
        ('[retention]\nmonths = "2 years"\n', "retention.months: Input should be a valid integer"),
        ("[retention]\nyears = 2\n", "retention.years"),
    ],
)
def test_a_fault_is_named_with_its_place(text: str, said: str):
    write(text)
    with pytest.raises(SettingsError) as raised:
        load_settings()
    assert said in str(raised.value)


def test_a_faulty_value_is_not_repeated_for_it_may_be_a_password():
    write('warehouse_url = ["postgresql+psycopg://csp:secret-word@host/db"]\n')
    with pytest.raises(SettingsError) as raised:
        load_settings()
    assert "warehouse_url" in str(raised.value)
    assert "secret-word" not in str(raised.value)


def test_a_file_that_is_asked_for_must_be_there(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CSP_CONFIG", "missing.toml")
    with pytest.raises(SettingsError, match=r"missing\.toml: there is no such file"):
        load_settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PANDERA_VALIDATION_ENABLED", "False"),
        ("PANDERA_VALIDATION_ENABLED", ""),
        ("PANDERA_VALIDATION_DEPTH", "SCHEMA_ONLY"),
    ],
)
def test_without_its_checks_the_program_does_not_start(monkeypatch, name: str, value: str):
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=f"{name} switches the checks off"):
        load_settings()


def test_with_its_checks_said_to_be_on_it_starts(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PANDERA_VALIDATION_ENABLED", "True")
    monkeypatch.setenv("PANDERA_VALIDATION_DEPTH", "SCHEMA_AND_DATA")
    assert load_settings().areas.district.name == "St Albans"


def test_limits_and_due_days_can_be_set(tmp_path: Path):
    place = tmp_path / "csp.toml"
    place.write_text("[limits]\nrejected = 1\n[due_days]\ncctv_log = 30\n", encoding="utf-8")
    settings = load_settings(place)
    assert settings.thresholds == replace(Thresholds(), rejected=1.0)
    assert settings.due_days == {"cctv_log": 30}


def test_limits_cannot_be_nonsense_nor_sources_made_up(tmp_path: Path):
    place = tmp_path / "csp.toml"
    place.write_text("[limits]\nrejected = 101\nunit_ratio = 0\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"limits\.rejected.*limits\.unit_ratio"):
        load_settings(place)
    place.write_text("[due_days]\npolice = 3\n[partners]\nfire = 'x'\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"partners\.fire is no source; due_days\.police is"):
        load_settings(place)


def test_the_agreed_age_is_optional():
    assert load_settings().retention.months is None
    assert load_settings(write("[retention]\nmonths = 24\n")).retention.months == 24


def test_the_smallest_base_of_a_percentage_can_be_set(tmp_path: Path):
    place = tmp_path / "csp.toml"
    place.write_text("[numbers]\nsmall_base = 0\n", encoding="utf-8")
    assert load_settings(place).numbers.small_base == 0
    assert load_settings(write("", "empty.toml")).numbers.small_base == 50
    place.write_text("[numbers]\nsmall_base = -1\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"numbers\.small_base"):
        load_settings(place)
