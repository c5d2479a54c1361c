"""`csp.toml` and the environment: another partnership adopts csp by editing one file."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from flows.settings import Partnership, Settings, SettingsError, load_settings
from flows.settings_example import example
from flows.settings_faults import WRITTEN
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
        ("[retention]\nmonths = 0\n", "retention.months: must be 1 or more."),
        ('[retention]\nmonths = "2 years"\n', "retention.months: must be a whole number."),
        ("[schedule]\nreceive = 06:30\n", "Texts, days and times stand between quotation marks."),
        ("[limits]\nrejectd = 3\n", "no such setting; nearest is limits.rejected."),
        ('[limits]\ncoordinator = "x"\n', "no such setting; nearest is alerts.coordinator."),
        ('boss = "x"\n', "boss: there is no such setting (csp config lists them all)."),
        ("home = 5\n", "home: must be a path, between quotation marks."),
        (
            'alerts = "a@example.org"\n',
            "alerts: must be a table: a line [alerts], and its settings",
        ),
        ('[alerts]\ncoordinator = "a@example.org"\n', 'must be a list, as ["one", "two"].'),
        (
            '[alerts]\ncoordinator = ["a@example.org", "nobody"]\n',
            "alerts.coordinator, entry 2: must be an e-mail address, as name@example.org.",
        ),
        ('[partnership]\nname = ""\n', "partnership.name: must not be empty."),
        ("[limits]\nunit_ratio = 1\n", "limits.unit_ratio: must be more than 1."),
        ('audience = "all"\n', "audience: must be 'public' or 'partnership'."),
        ("[retention]\nyears = 2\n", "retention.years"),
    ],
)
def test_a_fault_is_named_with_its_place(text: str, said: str):
    write(text)
    with pytest.raises(SettingsError) as raised:
        load_settings()
    assert said in str(raised.value)


def test_a_fault_of_the_environment_names_the_variable(monkeypatch: pytest.MonkeyPatch):
    """It was told as one of csp.toml, "formats.0", where that says nothing of formats."""
    monkeypatch.setenv("CSP_FORMATS", "pdf,odt")
    with pytest.raises(SettingsError, match="CSP_FORMATS, entry 2: must be 'pdf', 'xlsx' or"):
        load_settings()


def test_every_pattern_of_a_setting_has_its_sentence():
    schema = json.dumps(Settings.model_json_schema())
    patterns = {json.loads(f'"{found}"') for found in re.findall(r'"pattern": "([^"]*)"', schema)}
    assert patterns <= set(WRITTEN)


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
