"""The published tables: declared once, and true to the measures that they name."""

import re

import pytest

from reports.figures import fill
from reports.spec import Level, Role
from reports.tables import FIRE, FLY_TIPPING, KEY_FIGURES, POLICE, STREET, TABLES
from schemas.areas import ST_ALBANS, home_of
from schemas.measures import MEASURES, siblings
from schemas.period import FinancialYear

BY_CODE = {table.code: table for table in TABLES}


def test_the_tables_come_in_the_order_of_the_annual_report():
    assert list(BY_CODE) == [
        "partnership", "grant-spend", "grant-spend-funders", "police-recorded-crime",
        "neighbourhood-policing", "street-level-crime",
        "asb-cases-typology", "asb-cases-police-type", "asb-actions", "cctv", "cctv-estate",
        "fly-tipping-land", "fly-tipping-waste", "fly-tipping-size", "fly-tipping-actions",
        "fly-tipping-investigations", "probation", "trading-standards", "fire-and-rescue",
        "safe-and-well", "health",
    ]  # fmt: skip
    assert len(BY_CODE) == len(TABLES)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.code)
def test_every_row_names_a_measure_of_the_tables_source_once_at_each_level(table):
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", table.code)
    assert table.rows
    assert len({(row.measure, row.level) for row in table.rows}) == len(table.rows)
    for row in table.rows:
        assert MEASURES[row.measure].source == table.source, row.measure
    assert table.measures == tuple(row.measure for row in table.rows)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.code)
def test_a_rows_role_is_what_its_measure_is(table):
    for row in table.rows:
        measure = MEASURES[row.measure]
        match row.role:
            case Role.OF_WHICH:
                assert not measure.is_additive
            case Role.PART:
                assert measure.is_additive
                assert measure.parent
            case Role.RESIDUAL:
                assert measure.is_residual
            case Role.TOTAL | Role.ALONE:
                assert not measure.parent, row.measure


@pytest.mark.parametrize(
    "table", [t for t in TABLES if t.rows[0].role is Role.TOTAL], ids=lambda table: table.code
)
def test_a_table_with_a_total_prints_every_part_of_it(table):
    total = table.rows[0].measure
    parts = [row.measure for row in table.rows if row.role in (Role.PART, Role.RESIDUAL)]
    first = MEASURES[parts[0]]
    whole = [m.code for m in siblings(first)]
    whole += [
        m.code
        for m in MEASURES.values()
        if m.is_residual and (m.parent, m.breakdown) == (total, first.breakdown)
    ]
    assert {MEASURES[p].parent for p in parts} == {total}
    assert sorted(parts) == sorted(whole)


def test_the_police_table_has_the_reports_twelve_rows_and_what_it_left_out():
    assert [row.measure for row in POLICE.rows if row.role is not Role.RESIDUAL] == [
        "all-crime", "violence-against-the-person", "burglary-residential",
        "burglary-business-and-community", "vehicle-offences", "theft-from-person", "robbery",
        "criminal-damage", "drug-offences", "theft-from-shop", "possession-of-weapons",
        "domestic-abuse",
    ]  # fmt: skip
    assert [row.measure for row in POLICE.rows if row.role is Role.RESIDUAL] == ["other-crime"]
    assert POLICE.levels == (Level.DISTRICT,)


def test_anti_social_behaviour_is_no_part_of_all_crime():
    roles = {row.measure: row.role for row in STREET.rows}
    assert roles["street-anti-social-behaviour"] is Role.ALONE
    assert list(roles.values()).count(Role.PART) == 13


def test_fire_is_shown_for_the_county_and_then_for_the_district():
    assert FIRE.levels == (Level.COUNTY, Level.DISTRICT, Level.REST)
    assert FIRE.measures == ("deliberate-fires", "primary-fires", "fire-injuries") * 3
    assert STREET.levels == (Level.DISTRICT, Level.FORCE)


def test_fire_of_a_district_that_is_its_own_county_is_shown_once():
    """Its three rows stood there twice, as county and as district."""
    bristol = home_of("E06000023")
    assert bristol is not None
    filled = fill({}, FIRE, FinancialYear(2020), bristol)
    assert [(line.area.name, line.row.measure) for line in filled.lines] == [
        ("Bristol", "deliberate-fires"),
        ("Bristol", "primary-fires"),
        ("Bristol", "fire-injuries"),
    ]
    county = "The county includes the district; the rest of the county is the county without it."
    assert county not in filled.spec.notes
    assert county in fill({}, FIRE, FinancialYear(2020), ST_ALBANS).spec.notes


def test_no_table_is_called_after_a_partner_that_others_do_not_have():
    """The table of fires was headed "Hertfordshire Fire and Rescue Service" everywhere."""
    texts = [text for table in TABLES for text in (table.title, table.stub, *table.notes)]
    assert [text for text in texts if "Hertfordshire" in text or "St Albans" in text] == []


def test_overlaps_and_counting_dates_are_said_under_the_tables():
    assert any("never added" in note for note in POLICE.notes)
    assert any("never added" in note for note in FIRE.notes)
    assert any("never mixed" in note for note in STREET.notes)
    assert all(note.endswith(".") for table in TABLES for note in table.notes)
    assert {table.section for table in FLY_TIPPING} == {"Fly-tipping"}


def test_key_figures_are_read_from_rows_that_a_table_prints():
    printed = {(row.measure, row.level) for table in TABLES for row in table.rows}
    assert {(row.measure, row.level) for row in KEY_FIGURES.values()} <= printed
    assert len(KEY_FIGURES) == 5
