"""Which months a file covers: what its name says, else what its rows say."""

from collections import Counter

import pytest

from schemas.issues import DeliveryRejected
from schemas.period import Month
from sources.coverage import month_in_name, period_in_name, span_from_rows


def label(span) -> str:
    return span.label if span else ""


@pytest.mark.parametrize(
    ("name", "months"),
    [
        ("2025-04-hertfordshire-street.csv", "Apr 2025"),
        ("street_2025_04.csv", "Apr 2025"),
        ("afrs_attended_incidents_july_2014.csv", "Jul 2014"),
        ("Incidents Jul 2014.csv", "Jul 2014"),
        ("incidents-December-2014.csv", "Dec 2014"),
        ("2020-21-avon.csv", ""),  # a year is no month
        ("1850-01.csv", ""),
        ("202504-street.csv", ""),
        ("12025-04.csv", ""),
        ("summer_2014.csv", ""),
        ("incidents_2014.csv", ""),
        ("incidents.csv", ""),
    ],
)
def test_a_month_in_a_name(name: str, months: str):
    assert label(month_in_name(name)) == months


@pytest.mark.parametrize(
    ("name", "months"),
    [
        ("police-crime-2020-21-q4.csv", "Jan to Mar 2021"),
        ("Police Crime 2020-21 Q1.csv", "Apr to Jun 2020"),
        ("police_2020-21_Q2_v2.csv", "Jul to Sep 2020"),
        ("2020-21.xlsx", "Apr 2020 to Mar 2021"),
        ("police-crime-2020-21-nil.csv", "Apr 2020 to Mar 2021"),
        ("police-2020-04-01.csv", ""),  # a date is no year
        ("police-2020-22.csv", ""),
        ("police-12020-21.csv", ""),
        ("police-2020-213.csv", ""),
        ("police.csv", ""),
    ],
)
def test_a_quarter_or_year_in_a_name(name: str, months: str):
    assert label(period_in_name(name)) == months


@pytest.mark.parametrize(
    "name",
    [
        "police-2020-21-q4v2.csv",
        "police-2020-21-Q5.csv",
        "police 2020-21 Q4final.csv",
        "police-q4-of-2020-21.csv",
        "police-2020-21-jan-to-mar.csv",
        "police-2020-21-quarter-4.csv",
        "police-2020-21-qtr4.csv",
    ],
)
def test_a_quarter_that_is_not_understood_never_widens_to_its_year(name: str):
    assert label(period_in_name(name)) != "Apr 2020 to Mar 2021"


def counted(**rows: int) -> Counter[Month]:
    return Counter({Month.parse(f"{code[1:5]}-{code[5:]}"): n for code, n in rows.items()})


def test_months_that_rows_speak_for():
    assert span_from_rows(counted(m202004=100, m202005=10, m202006=90)).label == "Apr to Jun 2020"


def test_a_few_stray_dates_do_not_widen_the_months():
    rows = counted(m201904=1, m202004=100, m202005=90, m202101=9)
    assert span_from_rows(rows).label == "Apr to May 2020"


def test_rows_without_a_single_date():
    with pytest.raises(DeliveryRejected, match="no row has a date"):
        span_from_rows(Counter())


@pytest.mark.parametrize(
    ("last", "left_out"),
    [
        ("m202006", "leave out May 2020 between Apr 2020 and Jun 2020"),
        ("m202009", "leave out May 2020, Jun 2020, Jul 2020 and others between"),
    ],
)
def test_months_with_a_gap_between_them(last: str, left_out: str):
    with pytest.raises(DeliveryRejected, match=left_out) as refused:
        span_from_rows(counted(m202004=100) + counted(**{last: 100}))
    assert [issue.rule for issue in refused.value.issues] == ["months-unknown"]
