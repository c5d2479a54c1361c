"""The contract held against the data: types, lists, bounds, keys and references are as promised."""

import re
from datetime import date, datetime

import pytest
from sqlalchemy import text
from support.desk import Desk, avon, cctv, fire, fly_tips, police, street

from schemas.dictionary import Column, View
from schemas.period import Month, parse_quarter, parse_year
from warehouse.contract import contract
from warehouse.holds import Release, release
from warehouse.read import holds

pytestmark = pytest.mark.slow  # each opens warehouses

VIEWS = {view.name: view for view in contract()}


def a_busy_year(desk: Desk) -> None:
    """Every view has rows: of each source, rejected rows, a rejected file, an answered hold."""
    files = {
        "police-crime-2019-20-q1.csv": police("""
            Crime Reference | Date Recorded | HO Code | DA
            41/1/19         | 14/04/2019    | 45      | Y
            41/2/19         | 30/06/2019    | 34A     | N
        """),
        "police-crime-2020-21-q1.csv": police("""
            Crime Reference | Date Recorded | HO Code | Status    | Easting
            41/1/20         | 14/04/2020    | 34A     | Recorded  | 514000
            41/2/20         | 14/05/2020    | 45      | Cancelled |
            41/3/20         | soon          | 45      | Recorded  | 514000
        """),
        "2025-04-hertfordshire-street.csv": street("""
            Crime ID | Crime type
            a        | Burglary
                     | Anti-social behaviour
        """),
        "cctv-log-2020-21-q1.xlsx": cctv("Arrests\n2\n1"),
        "fly-tips-2020-21-q1.ods": fly_tips("""
            Size        | Clearance Cost (£) | Action
            Single Item | 85.5               | Warning letter
                        |                    |
        """),
        "fire-incidents-2020-21-q1.xlsx": fire("""
            Casualties | District
            3          | St Albans
            1          | Dacorum
        """),
        "incidents-2014-15-q2.csv": avon("Day\n1"),
    }
    for name, content in files.items():
        desk.accept(name, content)
    desk.hand_in("unknown.csv", b"Colour,Size\nred,4\n")
    at = datetime(2025, 7, 2, 9, 30)
    release(desk.engine, holds(desk.engine)[0].id, Release("Ann Field", "Asked by telephone.", at))


SQLITE_FORMS = {"date": r"\d{4}-\d\d-\d\d", "datetime": r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}"}
PYTHON_TYPES = {"string": str, "integer": int, "number": float, "boolean": bool, "date": date,
                "datetime": datetime}  # fmt: skip


def is_of_type(value: object, kind: str, *, is_sqlite: bool) -> bool:
    """Say whether a driver's value is what a reader of this database was promised."""
    if is_sqlite and kind in SQLITE_FORMS:
        return isinstance(value, str) and bool(re.fullmatch(SQLITE_FORMS[kind], value))
    if is_sqlite and kind == "boolean":
        return value in (0, 1)
    return type(value) is PYTHON_TYPES[kind]


def value_fault(value: object, told: Column, *, is_sqlite: bool) -> str:  # noqa: PLR0911
    """Say what in a value is against its column's description; "" for nothing."""
    if value is None:
        return "" if told.nullable else "is null"
    if not is_of_type(value, told.type, is_sqlite=is_sqlite):
        return f"is no {told.type}"
    if told.values and value not in told.values:
        return "is on no list"
    if told.pattern and not re.match(told.pattern, str(value)):
        return "has another form"
    if told.low is not None and value < told.low:
        return "is too low"
    if told.high is not None and value > told.high:
        return "is too high"
    return ""


def test_what_is_promised_of_types_and_values_is_true(either: Desk):
    a_busy_year(either)
    is_sqlite, rows, faults = either.engine.dialect.name == "sqlite", {}, set()
    with either.engine.connect() as conn:
        for name, view in VIEWS.items():
            found = conn.execute(text(f"SELECT * FROM {name}")).mappings().all()
            assert found, f"{name} has no row: nothing is shown of it"
            rows[name] = found
            for told in view.columns:
                for row in found:
                    fault = value_fault(row[told.name], told, is_sqlite=is_sqlite)
                    faults |= {f"{name}.{told.name} {fault}"} if fault else set()
    assert faults == set()
    assert [name for name, view in VIEWS.items() if doubles(view, rows[name])] == []
    assert [
        f"{name}.{told.name}"
        for name, view in VIEWS.items()
        for told in view.columns
        if told.refers_to and dangling(told, rows[name], rows)
    ] == []


def doubles(view: View, rows: list) -> bool:
    keys = [tuple(row[name] for name in view.key) for row in rows]
    return bool(view.key) and len(set(keys)) < len(keys)


def dangling(told: Column, rows: list, all_rows: dict) -> bool:
    there, name = told.refers_to.split(".")
    return not {row[told.name] for row in rows} <= {row[name] for row in all_rows[there]}


# --- periods ----------------------------------------------------------------------------------


def test_periods_are_those_of_the_figures_in_the_words_of_the_pack(either: Desk):
    either.accept("police-crime-2019-20-q4.csv", police("Date Recorded\n14/01/2020"))
    either.accept("police-crime-2020-21-q1.csv", police("Date Recorded\n14/04/2020"))
    with either.engine.connect() as conn:
        found = conn.execute(text("SELECT * FROM csp_period_v1 ORDER BY kind, code")).all()
    assert [(row.kind, row.code) for row in found] == [
        *(("month", f"2020-{n:02}") for n in range(1, 7)),
        ("quarter", "2019-20-Q4"), ("quarter", "2020-21-Q1"),
        ("year", "2019-20"), ("year", "2020-21"),
    ]  # fmt: skip
    read = {"month": Month.parse, "quarter": parse_quarter, "year": parse_year}
    for row in found:
        period = read[row.kind](row.code)
        first, last = (period, period) if row.kind == "month" else (
            period.span.first, period.span.last
        )  # fmt: skip
        year = period if row.kind == "year" else period.financial_year
        assert row.label == period.label
        assert (str(row.first_month), str(row.last_month)) == (str(first.start), str(last.start))
        assert row.year_code == year.code


def test_every_period_of_a_figure_is_there(either: Desk):
    """Of all months and quarters, in a century's turn too; the figure's own codes lead to them."""
    for quarter, day in (("1999-00-q4", "31/03/2000"), ("2020-21-q2", "01/09/2020"),
                         ("2020-21-q3", "31/12/2020"), ("2021-22-q1", "01/04/2021")):  # fmt: skip
        either.accept(f"police-crime-{quarter}.csv", police(f"Date Recorded\n{day}"))
    with either.engine.connect() as conn:
        for view, kind in (("quarter", "quarter"), ("year", "year")):
            figures = conn.execute(text(f"SELECT DISTINCT {view}_code FROM csp_measure_{view}_v1"))
            periods = conn.execute(
                text("SELECT code, label FROM csp_period_v1 WHERE kind = :kind"), {"kind": kind}
            ).all()
            read = parse_quarter if kind == "quarter" else parse_year
            assert {code for (code,) in figures} == {row.code for row in periods}
            assert [row.label for row in periods] == [read(row.code).label for row in periods]
