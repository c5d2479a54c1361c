"""What reports and flows ask: months, deliveries, issues."""

from datetime import date, datetime

import pytest
from support.desk import DISTRICT, Desk, cctv, police
from support.files import csv_bytes

from schemas.period import Month, Span
from warehouse.known import month_values
from warehouse.read import (
    DeliveryLine,
    area_names,
    deliveries,
    issues,
)  # fmt: skip

APR, MAY, JUN, JUL = (Month(2020, n) for n in (4, 5, 6, 7))
Q1 = "police-crime-2020-21-q1.csv"


def line(status: str = "accepted", first: Month | None = APR, last: Month | None = JUN):
    return DeliveryLine(
        1, "police_crime", DISTRICT, Q1, "0" * 64, datetime(2020, 7, 1), status,
        first.start if first else None, last.start if last else None, 1, 1, 0,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("span", "is_covered"),
    [
        (Span(APR, JUN), True),
        (Span(JUN, JUL), True),
        (Span(MAY, MAY), True),
        (Span(Month(2020, 1), APR), True),
        (Span(JUL, JUL), False),
        (Span(Month(2020, 1), Month(2020, 3)), False),
    ],
)
def test_a_delivery_covers_a_span_when_they_have_a_month_in_common(span, is_covered):
    assert line().covers(span) is is_covered


def test_what_was_rejected_or_has_no_months_covers_nothing():
    assert not line(status="rejected").covers_month(MAY)
    assert not line(first=None).covers_month(MAY)
    assert not line(last=None).covers_month(MAY)
    assert line().covers_month(JUN)
    assert not line().covers_month(JUL)


def test_months_are_returned_for_the_measures_and_the_span_asked_for(either: Desk):
    either.accept(Q1, police("HO Code\n34A"))
    got = month_values(either.engine, ["robbery", "all-crime"], Span(APR, MAY))
    assert got == {
        ("robbery", DISTRICT, APR): 1,
        ("robbery", DISTRICT, MAY): 0,
        ("all-crime", DISTRICT, APR): 1,
        ("all-crime", DISTRICT, MAY): 0,
    }
    assert month_values(either.engine, [], Span(APR, MAY)) == {}
    assert month_values(either.engine, ["robbery"], Span(JUL, JUL)) == {}


def test_deliveries_come_in_the_order_of_receipt(either: Desk):
    either.accept(Q1, police("Easting\n514000\nca. 5"))
    either.hand_in("budget.csv", csv_bytes([["Cost", "Centre"], ["1", "2"]]))
    first, second = deliveries(either.engine)
    assert (first.id, first.file_name, first.status) == (1, Q1, "accepted")
    assert (first.first_month, first.last_month) == (date(2020, 4, 1), date(2020, 6, 1))
    assert (first.rows_read, first.rows_accepted, first.rows_rejected) == (2, 1, 1)
    assert isinstance(first.received_at, datetime)
    assert (second.id, second.status, second.first_month) == (2, "rejected", None)


def test_issues_are_gathered_by_rule_and_heading_the_most_frequent_first(either: Desk):
    either.accept(
        Q1,
        police("""
        Crime Reference | Easting | Northing | HO Code
        41/1/20         | 514000  | 207000   | 45
        41/2/20         | 514000  | north    | 45
        41/3/20         | east    | 207000   | 45
        41/4/20         | east    | 207000   | 45
        41/5/20         | 514000  | 207000   | 999Z
        """),
    )
    either.accept("cctv-log-2020-21-q1.xlsx", cctv("Arrests\n1\nmany"))
    found = issues(either.engine, [1])
    assert [(i.delivery_id, i.rule, i.header, i.rows, i.first_row) for i in found] == [
        (1, "number-unreadable", "Easting", 2, 4),
        (1, "number-unreadable", "Northing", 1, 3),
        (1, "offence-unmapped", "", 1, 6),
    ]
    assert {i.delivery_id for i in issues(either.engine, [1, 2])} == {1, 2}
    assert issues(either.engine, []) == []


def test_areas_have_their_printed_names(either: Desk):
    names = area_names(either.engine)
    assert names[DISTRICT] == "St Albans"
    assert names["E10000015"] == "Hertfordshire"
    assert names["E07000096"] == "Dacorum"
    assert names["E38000079"] == "NHS Herts Valleys CCG"
    beyond = ("county", "police force", "fire service", "region", "health body", "locality")
    assert len(names) == 10 + len(beyond)
