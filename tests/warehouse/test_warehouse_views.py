"""The readers' views: the figures of a quarter and a year, and what never stands in a view."""

from dataclasses import replace

import pytest
from sqlalchemy import inspect, text
from support.desk import COUNTY, DISTRICT, EVER, Desk, cctv, fire, police, street
from support.post import table

from schemas.fields import Privacy
from schemas.period import parse_quarter, parse_year
from schemas.records import RECORDS
from schemas.records.base import fields_of
from warehouse import views
from warehouse.known import month_values, total_over


def periods(desk: Desk, view: str, period: str, measure: str, area: str = DISTRICT) -> list:
    """The lines of a quarter or year view for one measure and area, by period."""
    figures = "months_present value mark previous previous_mark change"
    columns = f"measure_code area_code {period} {figures}"
    return sorted(
        row[2:] for row in desk.shows(view, columns) if row[:2] == [measure, area]
    )  # fmt: skip


def crimes(desk: Desk) -> None:
    """Load a full year, and of the next one a first quarter."""
    desk.accept(
        "police-crime-2019-20.csv",
        police("""
        Crime Reference | Date Recorded | HO Code
        41/1/19         | 01/04/2019    | 34A
        41/2/19         | 30/06/2019    | 34A
        41/3/19         | 30/06/2019    | 45
        41/4/19         | 31/03/2020    | 34A
        """),
    )
    desk.accept(
        "police-crime-2020-21-q1.csv",
        police("""
        Crime Reference | Date Recorded | HO Code
        41/1/20         | 14/04/2020    | 34A
        41/2/20         | 01/05/2020    | 45
        """),
    )


@pytest.fixture(scope="module")
def two_years(kept: Desk) -> Desk:
    """Those crimes, and fires of the first quarter of either year; only read."""
    crimes(kept)
    kept.accept("fire-incidents-2019-20-q1.xlsx", fire("""
        Incident Number | Date and Time of Call | Casualties | District
        H/2019/1        | 2019-06-30 23:59      | 3          | St Albans
        H/2019/2        | 2019-04-01 00:00      | 1          | Dacorum
    """))  # fmt: skip
    kept.accept("fire-incidents-2020-21-q1.xlsx", fire("""
        Incident Number | Date and Time of Call | Casualties | District
        H/2020/1        | 2020-05-01 12:00      | 1          | Dacorum
    """))  # fmt: skip
    return kept


def test_a_quarter_stands_beside_the_same_quarter_of_the_year_before(two_years: Desk):
    shown = periods(two_years, "csp_measure_quarter_v1", "quarter_code", "robbery")
    assert shown == table("""
        2019-20-Q1 | 3 | 2 | - | - | x | -
        2019-20-Q2 | 3 | 0 | - | - | x | -
        2019-20-Q3 | 3 | 0 | - | - | x | -
        2019-20-Q4 | 3 | 1 | - | - | x | -
        2020-21-Q1 | 3 | 1 | - | 2 | - | -1
    """)


def test_each_area_stands_beside_itself(two_years: Desk):
    view, period = "csp_measure_quarter_v1", "quarter_code"
    county = periods(two_years, view, period, "fire-injuries", COUNTY)
    district = periods(two_years, view, period, "fire-injuries", DISTRICT)
    assert county == table("""
        2019-20-Q1 | 3 | 4 | - | - | x | -
        2020-21-Q1 | 3 | 1 | - | 4 | - | -3
    """)
    assert district == table("""
        2019-20-Q1 | 3 | 3 | - | - | x | -
        2020-21-Q1 | 3 | 0 | - | 3 | - | -3
    """)


def test_a_year_stands_beside_the_year_before_and_part_of_a_year_is_no_figure(two_years: Desk):
    assert periods(two_years, "csp_measure_year_v1", "year_code", "robbery") == table("""
        2019-20 | 12 | 3 | - | - | x | -
        2020-21 | 3  | - | x | 3 | - | -
    """)


def test_part_of_a_quarter_is_marked_and_has_no_value(either: Desk):
    either.accept("2025-04-hertfordshire-street.csv", street_of("2025-04"))
    either.accept("2025-05-hertfordshire-street.csv", street_of("2025-05"))
    measure = "street-anti-social-behaviour"
    shown = periods(either, "csp_measure_quarter_v1", "quarter_code", measure)
    assert shown == table("2025-26-Q1 | 2 | - | x | - | x | -")
    either.accept("2025-06-hertfordshire-street.csv", street_of("2025-06"))
    shown = periods(either, "csp_measure_quarter_v1", "quarter_code", measure)
    assert shown == table("2025-26-Q1 | 3 | 3 | - | - | x | -")


def street_of(month: str) -> bytes:
    return street(f"Month\n{month}")


def test_the_turn_of_a_century_is_no_obstacle(either: Desk):
    for quarter, year in (("1999-00-q1", "1999"), ("2000-01-q1", "2000")):
        row = f"41/1/{year[2:]} | 01/04/{year}"
        either.accept(
            f"police-crime-{quarter}.csv", police(f"Crime Reference | Date Recorded\n{row}")
        )
    shown = periods(either, "csp_measure_quarter_v1", "quarter_code", "all-crime")
    assert shown == table("""
        1999-00-Q1 | 3 | 1 | - | - | x | -
        2000-01-Q1 | 3 | 1 | - | 1 | - | 0
    """)


@pytest.mark.parametrize(
    ("view", "column", "read"),
    [
        ("csp_measure_quarter_v1", "quarter_code", parse_quarter),
        ("csp_measure_year_v1", "year_code", parse_year),
    ],
)
def test_view_and_report_add_up_by_one_rule(two_years: Desk, view, column, read):
    with two_years.engine.connect() as conn:
        lines = conn.execute(
            text(f"SELECT measure_code, area_code, {column}, value, previous FROM {view}")
        ).all()
    stored = month_values(two_years.engine, {line[0] for line in lines}, EVER)
    assert {line[1] for line in lines} >= {DISTRICT, COUNTY}
    for measure, area, code, value, previous in lines:
        span = read(code).span
        assert value == total_over(stored, measure, area, span), (measure, area, code)
        assert previous == total_over(stored, measure, area, span.year_before())


# --- facts ------------------------------------------------------------------------------------


def test_a_fact_view_shows_current_rows_only_and_texts_for_numbers(either: Desk):
    crimes(either)
    either.accept(
        "police-crime-2020-21-q1.csv",
        police("Crime Reference | HO Code\n41/1/20 | 34A"),
    )
    shown = either.shows("csp_police_crime_v1", "recorded_on offence_code status_code ward_name")
    assert shown[-1] == ["2020-04-14", "34A", "recorded", "Verulam"]
    assert len(shown) == 5
    with either.engine.connect() as conn:
        versions = conn.execute(text("SELECT count(*) FROM fact_police_crime")).scalar()
    assert versions == 6


def test_a_view_leaves_out_whatever_a_record_declares_as_personal(monkeypatch):
    def with_a_personal_ward(record):
        return {
            name: replace(info, privacy=Privacy.PERSONAL) if name == "ward_name" else info
            for name, info in fields_of(record).items()
        }

    assert "ward_name" in views.view_selects()["csp_police_crime_v1"].selected_columns
    monkeypatch.setattr(views, "fields_of", with_a_personal_ward)
    shown = views.view_selects()["csp_police_crime_v1"].selected_columns
    assert "ward_name" not in shown
    assert "ward_code" in shown


def test_no_view_holds_a_personal_field_or_the_workings_of_the_load(either: Desk):
    personal = {
        name
        for record in RECORDS.values()
        for name, info in fields_of(record).items()
        if info.privacy is Privacy.PERSONAL
    }
    workings = {"key_hash", "row_hash", "superseded_by"}
    inspector = inspect(either.engine)
    names = set(inspector.get_view_names())
    assert names == set(views.view_selects())
    for name in names:
        columns = {column["name"] for column in inspector.get_columns(name)}
        assert columns, name
        assert not columns & (personal | workings), name


def test_views_can_be_dropped_and_made_anew_with_the_same_answers(either: Desk):
    either.accept("cctv-log-2020-21-q1.xlsx", cctv("Arrests\n2"))
    before = either.shows("csp_measure_month_v1", "measure_code month value")
    with either.engine.begin() as conn:
        views.drop_views(conn)
        assert inspect(conn).get_view_names() == []
        views.create_views(conn)
        views.create_views(conn)
    assert either.shows("csp_measure_month_v1", "measure_code month value") == before
