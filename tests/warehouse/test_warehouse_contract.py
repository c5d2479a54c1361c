"""The contract held against the data: types, lists, bounds, keys and references are as promised."""

import re
from datetime import date, datetime

import pytest
from sqlalchemy import text
from support.desk import Desk, avon, cctv, fire, fly_tips, police, street
from support.post import table
from support.small_samples import small_files

from flows.publish import publish
from schemas.dictionary import Column, View
from schemas.period import Month, Span, parse_quarter, parse_year
from warehouse.contract import contract
from warehouse.holds import Release, release
from warehouse.outbox import claim, mark_sent
from warehouse.read import holds
from warehouse.runs import running

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
    for name, content in (files | small_files()).items():
        desk.accept(name, content)
    desk.hand_in("unknown.csv", b"Colour,Size\nred,4\n")
    at = datetime(2025, 7, 2, 9, 30)
    for hold in holds(desk.engine)[:-1]:
        release(desk.engine, hold.id, Release("Ann Field", "Asked by telephone.", at))
    publish(desk.engine, parse_quarter("2019-20-Q1"), desk.settings)
    with running(desk.engine, "quarter-end", "here", lambda: at, period_code="2019-20-Q1"):
        mark_sent(desk.engine, claim(desk.engine, lambda kind: ("coordinator",), at)[:1], at)
    desk.accept("police-crime-2019-20-q1-again.csv", police("""
        Crime Reference | Date Recorded | HO Code
        41/1/19         | 14/04/2019    | 45
    """))  # fmt: skip


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
    pointing = {row[told.name] for row in rows} - {None}
    return not pointing <= {row[name] for row in all_rows[there]}


# --- periods ----------------------------------------------------------------------------------


def test_periods_are_those_of_the_figures_in_the_words_of_the_pack(either: Desk):
    either.accept("police-crime-2019-20-q4.csv", police("Date Recorded\n14/01/2020"))
    either.accept("police-crime-2020-21-q2.csv", police("Date Recorded\n14/07/2020"))
    columns = "kind code label first_month last_month year_code"
    assert sorted(either.shows("csp_period_v1", columns)) == table("""
        month   | 2020-01-01     | Jan 2020             | 2020-01-01 | 2020-01-01 | 2019-20
        month   | 2020-02-01     | Feb 2020             | 2020-02-01 | 2020-02-01 | 2019-20
        month   | 2020-03-01     | Mar 2020             | 2020-03-01 | 2020-03-01 | 2019-20
        month   | 2020-07-01     | Jul 2020             | 2020-07-01 | 2020-07-01 | 2020-21
        month   | 2020-08-01     | Aug 2020             | 2020-08-01 | 2020-08-01 | 2020-21
        month   | 2020-09-01     | Sep 2020             | 2020-09-01 | 2020-09-01 | 2020-21
        quarter | 2019-20-Q4     | Jan to Mar 2020      | 2020-01-01 | 2020-03-01 | 2019-20
        quarter | 2020-21-Q2     | Jul to Sep 2020      | 2020-07-01 | 2020-09-01 | 2020-21
        to date | 2020-21-Q2-YTD | Apr to Sep 2020      | 2020-04-01 | 2020-09-01 | 2020-21
        year    | 2019-20        | Apr 2019 to Mar 2020 | 2019-04-01 | 2020-03-01 | 2019-20
        year    | 2020-21        | Apr 2020 to Mar 2021 | 2020-04-01 | 2021-03-01 | 2020-21
    """)


def test_periods_say_what_the_program_says_of_their_months(either: Desk):
    """In all quarters, and in a century's turn too."""
    for quarter, day in (("1999-00-q4", "31/03/2000"), ("2020-21-q2", "01/09/2020"),
                         ("2020-21-q3", "31/12/2020"), ("2021-22-q1", "01/04/2021")):  # fmt: skip
        either.accept(f"police-crime-{quarter}.csv", police(f"Date Recorded\n{day}"))
    with either.engine.connect() as conn:
        periods = conn.execute(text("SELECT * FROM csp_period_v1")).all()
        for view in ("quarter", "year"):
            figures = conn.execute(text(f"SELECT DISTINCT {view}_code FROM csp_measure_{view}_v1"))
            assert {code for (code,) in figures} == {p.code for p in periods if p.kind == view}
    spans = {
        "month": lambda code: Span(Month.parse(code[:7]), Month.parse(code[:7])),
        "quarter": lambda code: parse_quarter(code).span,
        "to date": lambda code: parse_quarter(code.removesuffix("-YTD")).year_to_date,
        "year": lambda code: parse_year(code).span,
    }
    assert {p.kind for p in periods} == set(spans)
    for period in periods:
        span = spans[period.kind](period.code)
        assert period.label == span.label
        assert str(period.first_month) == str(span.first.start)
        assert str(period.last_month) == str(span.last.start)
        assert period.year_code == span.last.financial_year.code
