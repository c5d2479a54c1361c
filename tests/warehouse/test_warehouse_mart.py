"""The mart: what each measure counts, where a zero stands, and how parts add up to their total."""

from collections import Counter
from dataclasses import replace

import pytest
from sqlalchemy import text
from support.desk import (
    COUNTY,
    DISTRICT,
    FORCE,
    Desk,
    avon,
    cctv,
    fire,
    fly_tips,
    police,
    street,
)
from support.files import put

from flows.receive import receive_file
from flows.settings_areas import Partnership
from schemas.areas import ST_ALBANS, Area
from schemas.measures import MEASURES, Measure, Scope, measures_of
from schemas.period import Month
from warehouse import mart
from warehouse.mart import sync_reference
from warehouse.read import area_names

Q1 = "police-crime-2020-21-q1.csv"
APRIL = "2025-04-hertfordshire-street.csv"
CURRENT = (
    "SELECT measure_code, area_code, month, value FROM measure_month WHERE superseded_by IS NULL"
)
HERTS_LADS = ST_ALBANS.lad_codes


def values(desk: Desk) -> dict[tuple[str, str, str], int]:
    """All of the mart: measure, area and month to value."""
    with desk.engine.connect() as conn:
        rows = conn.execute(text(CURRENT))
        return {(m, a, str(month)[:7]): value for m, a, month, value in rows}


@pytest.fixture(scope="module")
def mixed_year(kept: Desk) -> Desk:
    """A little of some sources, with every way in which a measure can be parted; only read."""
    kept.accept(
        Q1,
        police("""
        HO Code | Date Recorded | Status    | DA
        8N      | 01/04/2020    | Recorded  | Y
        8N      | 02/04/2020    | Recorded  | N
        28E     | 30/04/2020    | Recorded  | Y
        34A     | 01/05/2020    | Cancelled | Y
        49      | 01/05/2020    | Recorded  | N
        999Z    | 01/05/2020    | Recorded  | N
        45      | 30/06/2020    | Recorded  | N
        """),
    )
    kept.accept(
        APRIL,
        street("""
        Crime ID | Crime type            | LSOA name      | LSOA code
        a        | Robbery               | St Albans 014B | E01023728
        b        | Drugs                 | St Albans 014B | E01023728
                 | Anti-social behaviour | St Albans 014B | E01023728
        c        | Other crime           | Dacorum 011C   | E01023310
        d        | Burglary              |                |
        """),
    )
    kept.accept(
        "cctv-log-2020-21-q1.xlsx",
        cctv("""
        Incident Type  | Police Called | Arrests | Discs Given to Police
        Drugs          | Y             | 2       | 1
        Missing person | N             | 0       | 3
        Drugs          | Y             | 0       | 0
        """),
    )
    kept.accept(
        "fly-tips-2020-21-q1.ods",
        fly_tips("""
        Land Type | Waste Type  | Size             | Action          | Action Date
        Highway   | White Goods | Transit Van Load | FPN fly-tipping | 2020-05-01
        Highway   | Green       |                  |                 |
        Footpath  | Tyres       | Single Item      | CPW             | 2020-05-02
        """),
    )
    kept.accept(
        "fire-incidents-2020-21-q1.xlsx",
        fire("""
        Incident Category | Fire Class | Motive     | Casualties | District
        Fire              | Primary    | Deliberate | 2          | St Albans
        Fire              | Secondary  | Deliberate | 0          | Dacorum
        Fire              | Primary    | Accidental | 1          | Dacorum
        Special Service   |            |            | 5          | St Albans
        """),
    )
    return kept


# --- zeros and nothing ------------------------------------------------------------------------


def test_every_measure_area_and_month_covered_has_a_figure_and_no_other(either: Desk):
    either.accept(APRIL, street("Crime ID | Crime type\na | Robbery"))
    stored = values(either)
    expected = {
        (m.code, area, "2025-04")
        for m in measures_of("street_crime")
        for area in ((FORCE,) if m.scope is Scope.FILE else (*HERTS_LADS, COUNTY))
    }
    assert set(stored) == expected
    assert Counter(stored.values()) == {1: 4, 0: len(expected) - 4}
    assert {key[:2] for key, value in stored.items() if value} == {
        (code, area)
        for code in ("street-all-crime", "street-robbery")
        for area in (DISTRICT, COUNTY)
    }


def test_months_that_no_delivery_covers_have_no_figures(either: Desk):
    either.accept(Q1, police("Date Recorded\n30/06/2020"))
    assert either.months("all-crime") == {"2020-04": 0, "2020-05": 0, "2020-06": 1}
    assert either.months("all-crime", COUNTY) == {}
    assert either.months("cctv-incidents") == {}


def test_each_month_knows_its_financial_quarter_and_year(either: Desk):
    either.accept("police-crime-2020-21.csv", police("Date Recorded\n01/01/2021"))
    shown = {
        tuple(row) for row in either.shows("csp_measure_month_v1", "month quarter_code year_code")
    }
    assert len(shown) == 12
    assert {("2020-04", "2020-21-Q1", "2020-21"), ("2021-03", "2020-21-Q4", "2020-21")} <= shown


def test_a_source_without_touched_months_is_left_alone(desk: Desk):
    reach = mart.Reach(ST_ALBANS.district, (DISTRICT,), None)
    with desk.engine.begin() as conn:
        mart.refresh(conn, "police_crime", [], reach, 1)
    assert values(desk) == {}


# --- what adds up -----------------------------------------------------------------------------


def test_parts_and_residual_add_up_to_their_total_in_every_area_and_month(mixed_year: Desk):
    stored = values(mixed_year)
    sent = {measure for measure, *_ in stored}
    families: dict[tuple[str, str], list[Measure]] = {}
    for m in MEASURES.values():
        if m.parent and m.is_additive and m.parent in sent:
            families.setdefault((m.parent, m.breakdown), []).append(m)
    assert set(families) == {
        ("all-crime", ""), ("street-all-crime", ""), ("cctv-incidents", "cctv"),
        ("fly-tips", "land"), ("fly-tips", "waste"), ("fly-tips", "size"),
    }  # fmt: skip
    for (parent, _), parts in families.items():
        places = [key[1:] for key in stored if key[0] == parent]
        assert places
        for place in places:
            assert sum(stored[p.code, *place] for p in parts) == stored[parent, *place], parent


def test_the_residual_holds_codes_of_no_row_and_codes_on_no_list(mixed_year: Desk):
    assert mixed_year.months("all-crime") == {"2020-04": 3, "2020-05": 2, "2020-06": 1}
    # 49 (other theft) is in no row, 999Z is on no list; the cancelled robbery is in neither.
    assert mixed_year.months("other-crime") == {"2020-04": 0, "2020-05": 2, "2020-06": 0}
    assert mixed_year.months("robbery") == {"2020-04": 0, "2020-05": 0, "2020-06": 0}


def test_an_of_which_is_counted_beside_the_parts_and_never_added(mixed_year: Desk):
    assert mixed_year.months("domestic-abuse") == {"2020-04": 2, "2020-05": 0, "2020-06": 0}
    assert mixed_year.months("cctv-police-called")["2020-04"] == 2
    assert mixed_year.months("cctv-incidents")["2020-04"] == 3


def test_sums_add_a_column_up_where_counts_would_count_rows(mixed_year: Desk):
    assert mixed_year.months("cctv-arrests")["2020-04"] == 2
    assert mixed_year.months("cctv-discs")["2020-04"] == 4
    # Injuries are people, and only those of fires.
    assert mixed_year.months("fire-injuries")["2020-04"] == 2
    assert mixed_year.months("fire-injuries", COUNTY)["2020-04"] == 3


def test_a_deliberate_primary_fire_is_in_both_measures(mixed_year: Desk):
    assert mixed_year.months("deliberate-fires", COUNTY)["2020-04"] == 2
    assert mixed_year.months("primary-fires", COUNTY)["2020-04"] == 2
    assert mixed_year.months("deliberate-fires")["2020-04"] == 1


def test_the_county_is_the_sum_of_its_districts(mixed_year: Desk):
    stored = values(mixed_year)
    sums: Counter[tuple[str, str]] = Counter()
    for (measure, area, month), value in stored.items():
        if area in HERTS_LADS:
            sums[measure, month] += value
    county = {(m, month): v for (m, area, month), v in stored.items() if area == COUNTY}
    assert county
    assert county == {key: sums[key] for key in county}


def test_a_missing_size_is_a_part_of_its_own(mixed_year: Desk):
    assert mixed_year.months("size-not-cleared")["2020-04"] == 1
    assert mixed_year.months("size-transit-van-load")["2020-04"] == 1
    assert mixed_year.months("action-fpn-fly-tipping")["2020-04"] == 1
    assert mixed_year.months("action-cpw")["2020-04"] == 1


# --- which rows a figure counts ---------------------------------------------------------------


def test_a_row_outside_the_extent_is_kept_and_counted_nowhere(either: Desk):
    either.accept(Q1, police("District\nSt Albans\nDacorum"))
    assert either.shows("csp_police_crime_v1", "lad_code") == [[DISTRICT], ["E07000096"]]
    assert {area for _, area, _ in values(either)} == {DISTRICT}
    assert either.months("all-crime")["2020-04"] == 1


def test_a_row_is_counted_in_the_extent_of_its_own_file_only(either: Desk):
    # Our engines may go to Bristol: Avon counts that incident in a file of its own.
    either.accept(
        "fire-incidents-2014-15-q2.xlsx",
        fire("Date and Time of Call | District\n2014-07-01 10:00 | Bristol, City of"),
    )
    either.accept("afrs_attended_incidents_july_2014.csv", avon("Unitary Authority\nBRISTOL"))
    assert either.months("primary-fires", "E06000023") == {"2014-07": 1}
    assert either.months("primary-fires", "E31000001") == {"2014-07": 1}
    assert either.months("primary-fires", COUNTY)["2014-07"] == 0


def test_superseded_rows_are_not_counted(either: Desk):
    either.accept(Q1, police("Crime Reference | HO Code\n41/1/20 | 34A\n41/2/20 | 34A"))
    either.accept(Q1, police("Crime Reference | HO Code\n41/1/20 | 34A"))
    assert either.months("robbery")["2020-04"] == 1


def test_a_measure_of_the_whole_file_stands_for_the_extent_alone(mixed_year: Desk):
    stored = values(mixed_year)
    assert {k: v for k, v in stored.items() if k[0] == "street-location-unknown"} == {
        ("street-location-unknown", FORCE, "2025-04"): 1
    }


# --- measures and areas by name ---------------------------------------------------------------


def test_the_stored_measures_are_those_of_the_program_in_the_order_of_the_report(desk: Desk):
    shown = desk.shows("csp_measure_v1", "position code label unit source is_additive")
    assert [row[1] for row in sorted(shown, key=lambda row: int(row[0]))] == list(MEASURES)
    by_code = {row[1]: row[2:] for row in shown}
    assert by_code["domestic-abuse"] == [
        "Domestic abuse crime", "recorded crimes", "police_crime", "no",
    ]  # fmt: skip


def test_measures_and_areas_follow_the_program_when_it_has_changed(desk: Desk, monkeypatch):
    renamed = replace(MEASURES["all-crime"], label="Every crime")
    monkeypatch.setitem(mart.MEASURES, "all-crime", renamed)
    moved = replace(ST_ALBANS, district=Area(DISTRICT, "City and District of St Albans"))
    with desk.engine.begin() as conn:
        sync_reference(conn, moved, [])
    labels = dict(desk.shows("csp_measure_v1", "code label"))
    assert (labels["all-crime"], labels["robbery"]) == ("Every crime", "Robbery")
    names = area_names(desk.engine)
    assert names[DISTRICT] == "City and District of St Albans"
    assert "E31000001" not in names


def test_nothing_is_written_when_nothing_has_changed(desk: Desk):
    with desk.engine.connect() as conn:
        changes = conn.connection.driver_connection.total_changes
        sync_reference(conn, ST_ALBANS, [Area("E31000001", "Avon Fire and Rescue Service")])
        assert conn.connection.driver_connection.total_changes == changes


def test_every_area_that_has_figures_has_a_name(desk: Desk):
    desk.accept("afrs_attended_incidents_july_2014.csv", avon("Day\n1"))
    areas = {area for _, area, _ in values(desk)}
    assert areas <= set(area_names(desk.engine))


def test_months_are_the_first_day_of_themselves(desk: Desk):
    desk.accept(Q1, police("Date Recorded\n30/06/2020"))
    with desk.engine.connect() as conn:
        days = conn.execute(text("SELECT DISTINCT month FROM measure_month ORDER BY 1")).scalars()
        assert list(days) == [str(Month(2020, n).start) for n in (4, 5, 6)]


def test_a_district_that_is_its_own_county_is_counted_once(desk: Desk):
    """A crime of a unitary authority was counted for the district and again for the county."""
    code = "E06000023"
    bristol = Partnership(district_code=code)
    content = street(
        """
        Crime ID | LSOA name    | LSOA code | Falls within
        a        | Bristol 014B | E01014485 | Avon and Somerset Constabulary
        """
    )
    path = put(desk.settings.inbox, APRIL, content)
    settings = desk.settings.model_copy(update={"partnership": bristol})
    assert [o.status for o in receive_file(desk.engine, path, settings)] == ["accepted"]
    assert desk.months("street-anti-social-behaviour", code) == {"2025-04": 1}
