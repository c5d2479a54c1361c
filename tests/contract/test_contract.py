"""The contract with readers: every view and column described, and written down as it is."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import column, literal, select

from flows import VERSION
from schemas.dictionary import columns_of
from schemas.dictionary_forms import as_datapackage, as_markdown
from schemas.fields import Privacy
from schemas.records import RECORDS
from schemas.records.base import fields_of
from warehouse import contract as contract_module
from warehouse.contract import Undescribed, contract
from warehouse.descriptions import DESCRIBED, FACT_COLUMNS
from warehouse.views import fact_view, view_selects

VIEWS = {view.name: view for view in contract()}
COLUMNS = [(f"{view.name}.{c.name}", c) for view in VIEWS.values() for c in view.columns]
FORMS = {
    "CONTRACT.md": (as_markdown, "csp dictionary --out warehouse/CONTRACT.md"),
    "datapackage.json": (as_datapackage, "csp dictionary --json --out warehouse/datapackage.json"),
}


# --- what is written down -----------------------------------------------------------------------


@pytest.mark.parametrize("name", FORMS)
def test_what_is_written_down_is_what_the_program_says(root: Path, name: str):
    form, command = FORMS[name]
    written = (root / "warehouse" / name).read_text(encoding="utf-8")
    assert written == form(contract()), f"write it anew: {command}"


def test_every_view_of_the_program_is_in_it():
    assert set(VIEWS) == set(view_selects())
    for name, query in view_selects().items():
        assert [c.name for c in VIEWS[name].columns] == [c.name for c in query.selected_columns]


def test_every_view_says_what_a_row_is():
    faults = [v.name for v in VIEWS.values() if not re.fullmatch(r"(One|An?) .*\.", v.row)]
    faults += [
        f"{view.name}: {said}"
        for view in VIEWS.values()
        for said in (*view.caveats, *view.not_for)
        if not said.endswith(".")
    ]
    assert faults == []


def test_every_fact_says_what_it_must_not_be_used_for():
    assert [source for source in RECORDS if not VIEWS[fact_view(source)].not_for] == []


def test_every_column_has_a_sentence():
    assert [place for place, c in COLUMNS if not re.fullmatch(r"[A-Z0-9].*\.", c.sentence)] == []


def test_what_may_be_null_says_what_a_null_means():
    # Of a partner's own columns a null says that the cell was blank: a caveat of every fact.
    faults = [
        f"{name}.{column}"
        for name, view in DESCRIBED.items()
        for column, told in view.columns.items()
        if told.nullable != ("null" in told.sentence)
    ]
    assert faults == []


PLACES_AND_NAMES = re.compile(
    r"(.*_)?(id|code|row|position)|longitude|latitude|is_.*|outcome_type_code"
)


def test_every_quantity_has_a_unit():
    faults = [
        place
        for place, c in COLUMNS
        if c.type in ("integer", "number")
        and not c.unit
        and not PLACES_AND_NAMES.fullmatch(place.split(".")[1])
    ]
    assert faults == []


def test_a_column_since_a_later_version_came_with_it_or_after_its_view():
    def number(version: str) -> tuple[int, ...]:
        return tuple(int(part) for part in version.split("."))

    faults = [
        f"{view.name}.{c.name}"
        for view in VIEWS.values()
        for c in view.columns
        if not number(view.since) <= number(c.since) <= number(VERSION)
    ]
    assert faults == []


def test_what_every_fact_has_is_described_once():
    assert set(FACT_COLUMNS) == {"delivery_id", "source_row"}


# --- what is not described ----------------------------------------------------------------------


def with_views(monkeypatch, **more) -> None:
    monkeypatch.setattr(contract_module, "view_selects", lambda: {**view_selects(), **more})


def test_a_view_without_a_description_is_noticed(monkeypatch):
    with_views(monkeypatch, csp_new_v1=select(literal(1).label("a")))
    with pytest.raises(Undescribed, match="csp_new_v1 has no description"):
        contract()


def test_a_column_without_a_description_is_noticed(monkeypatch):
    more = view_selects()["csp_area_v1"].add_columns(literal(1).label("size"))
    with_views(monkeypatch, csp_area_v1=more)
    with pytest.raises(Undescribed, match=r"csp_area_v1\.size has no description"):
        contract()


def test_a_description_of_what_is_not_there_is_noticed(monkeypatch):
    fewer = select(view_selects()["csp_area_v1"].subquery().c.code)
    with_views(monkeypatch, csp_area_v1=fewer)
    with pytest.raises(Undescribed, match=r"csp_area_v1\.name is described and not there"):
        contract()
    monkeypatch.setattr(
        contract_module, "DESCRIBED", {**DESCRIBED, "csp_old_v1": DESCRIBED["csp_area_v1"]}
    )
    with pytest.raises(Undescribed, match="csp_old_v1 is described and is no view"):
        contract()


def test_a_column_of_no_type_is_noticed(monkeypatch):
    with_views(monkeypatch, csp_area_v1=select(column("code"), literal("x").label("name")))
    with pytest.raises(Undescribed, match="code has no type"):
        contract()


def test_all_faults_are_told_at_once(monkeypatch):
    with_views(
        monkeypatch, csp_new_v1=select(literal(1).label("a")), csp_newer_v1=select(literal(1))
    )
    with pytest.raises(Undescribed, match=r"csp_new_v1 has no .*; csp_newer_v1 has no"):
        contract()


def test_a_personal_column_is_in_no_dictionary(monkeypatch):
    def with_a_personal_ward(record):
        return {
            name: replace(info, privacy=Privacy.PERSONAL) if name == "ward_name" else info
            for name, info in fields_of(record).items()
        }

    record = RECORDS["police_crime"]
    assert "ward_name" in columns_of(record)
    monkeypatch.setattr("schemas.dictionary.fields_of", with_a_personal_ward)
    assert "ward_name" not in columns_of(record)


def test_the_type_of_a_record_s_column_is_that_of_its_view():
    faults = [
        f"{source}.{name}"
        for source, record in RECORDS.items()
        for name, told in columns_of(record).items()
        for there in VIEWS[fact_view(source)].columns
        if there.name == name and there.type != told.type
    ]
    assert faults == []


# --- the Data Package ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def package(root: Path) -> dict:
    return json.loads((root / "warehouse/datapackage.json").read_text(encoding="utf-8"))


def test_the_package_has_a_resource_a_view_with_its_schema(package: dict):
    assert [r["name"] for r in package["resources"]] == list(VIEWS)
    (crime,) = [r for r in package["resources"] if r["name"] == "csp_police_crime_v1"]
    assert crime["dialect"] == {"sql": {"table": "csp_police_crime_v1"}}
    assert crime["schema"]["primaryKey"] == ["delivery_id", "source_row"]
    fields = {f["name"]: f for f in crime["schema"]["fields"]}
    assert fields["easting_m"] == {
        "name": "easting_m", "type": "integer", "description": "National grid easting.",
        "unit": "metres", "privacy": "internal", "since": "0.1.0",
        "constraints": {"minimum": 80_000, "maximum": 656_000},
    }  # fmt: skip
    assert fields["status_code"]["constraints"] == {
        "required": True, "enum": ["recorded", "cancelled", "transferred"],
    }  # fmt: skip
    assert {"value": "cancelled", "label": "Cancelled"} in fields["status_code"]["categories"]


def test_keys_lead_to_columns_that_are_there(package: dict):
    columns = {r["name"]: {f["name"] for f in r["schema"]["fields"]} for r in package["resources"]}
    for resource in package["resources"]:
        schema = resource["schema"]
        assert set(schema.get("primaryKey", [])) <= columns[resource["name"]]
        for key in schema.get("foreignKeys", []):
            assert set(key["fields"]) <= columns[resource["name"]]
            assert set(key["reference"]["fields"]) <= columns[key["reference"]["resource"]]


def test_measures_say_how_they_are_counted(package: dict):
    said = {m["code"]: m for m in package["measures"]}
    assert said["robbery"]["countedAs"] == (
        "Rows of `csp_police_crime_v1` where `is_counted` is true and `report_row_code` is "
        "'robbery'"
    )
    assert said["fire-injuries"]["countedAs"] == (
        "Sum of `injury_count` over rows of `csp_hfrs_incident_v1` where `category_code` is 'fire'"
    )
    assert said["size-not-cleared"]["countedAs"].endswith("`size_code` is null")
    assert said["other-crime"]["countedAs"].startswith("`all-crime` less `violence-against-the")
    assert said["domestic-abuse"]["isAdditive"] is False
