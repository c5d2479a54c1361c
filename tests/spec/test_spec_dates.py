"""Dates and times: what is mended, what rejects its row, and what rejects the file.

Never guessed: 03/04/2020 is the third of April because the layout says so, and where the file
itself says otherwise it is refused as a whole.
"""

import io
from datetime import date, datetime

import pytest
import xlsxwriter
from support.desk import CCTV, C, F, H, P, avon, cctv, fire, fly_tips, police
from support.files import complete
from support.post import TODAY, Post, table

# --- what a spreadsheet does to dates ---------------------------------------------------------


def test_numbers_and_texts_in_date_columns_of_a_workbook(post: Post):
    got = post.send(
        C,
        cctv("""
        Start                | End
        43922.5              | 43923
        '01/04/2020 22:10    | '02/04/2020 01:30:30
        '01/04/2020          |
        29999                |
        '31/04/2020 10:00    |
        """),
    )
    assert got.shows("row started_at ended_at") == table("""
        2 | 2020-04-01 12:00 | 2020-04-02 00:00
        3 | 2020-04-01 22:10 | 2020-04-02 01:30
        4 | 2020-04-01 00:00 | -
    """)
    assert got.issues == [
        "row 2: ended_at date-serial",
        "row 2: started_at date-serial",
        "row 3: ended_at date-as-text",
        "row 3: started_at date-as-text",
        "row 4: started_at date-as-text",
        "row 5: started_at time-unreadable",
        "row 6: started_at time-unreadable",
    ]


def test_in_the_other_workbooks_too(post: Post):
    got = post.send(F, fly_tips("Date Reported\n43922\n'02/04/2020"))
    assert got.shows("reported_on") == [["2020-04-01"], ["2020-04-02"]]
    assert got.issues == ["row 2: reported_on date-serial", "row 3: reported_on date-as-text"]
    got = post.send(H, fire("Date and Time of Call\n43922.25\n'02/04/2020 10:00"))
    assert got.shows("called_at") == [["2020-04-01 06:00"], ["2020-04-02 10:00"]]


def test_a_number_for_a_date_in_a_csv_file_is_not_read(post: Post):
    got = post.send(P, police("Date Recorded\n43922\n14/04/2020"))
    assert got.issues == ["row 2: recorded_on date-serial-undeclared"]


def test_a_file_without_a_period_in_its_name_is_dated_by_its_mended_dates(post: Post):
    got = post.send("cctv.xlsx", cctv("Start | End\n43922.5 |\n'05/05/2020 10:00 |"))
    assert got.span.label == "Apr to May 2020"


def log_of_1904(serial: float) -> bytes:
    """A log in a workbook that numbers its days from 1904; one start is a bare number."""
    head, *_ = complete("Log No\nC/1", CCTV)
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed, {"in_memory": True, "date_1904": True}) as book:
        sheet, form = book.add_worksheet(), book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        sheet.write_row(0, 0, head)
        for row in (1, 2):
            sheet.write_row(
                row, 0, [f"C/{row}", None, None, "7", "Drugs", "Police", "Y", 0, "N", 0]
            )
        sheet.write_datetime(1, 1, datetime(2020, 4, 1, 22, 10), form)
        sheet.write_number(2, 1, serial)
    return packed.getvalue()


def test_a_workbook_that_counts_from_1904(post: Post):
    """Date cells come out right; a bare number would be four years off, so it is refused."""
    got = post.send(C, log_of_1904(43922.5 - 1462))
    assert got.shows("row started_at") == table("2 | 2020-04-01 22:10")
    assert got.issues == ["row 3: started_at date-serial-undeclared"]


def test_another_form_is_not_read(post: Post):
    got = post.send(
        P,
        police("""
        Date Recorded
        14/04/20
        14 April 2020
        2020-04-14
        14.04.2020
        14/04/2020
        """),
    )
    assert got.issues == [f"row {row}: recorded_on date-unreadable" for row in (2, 3, 4, 5)]


# --- day and month ----------------------------------------------------------------------------


def recorded(*days: str) -> bytes:
    return police("Date Recorded\n" + "\n".join(days))


def test_a_stray_date_with_the_month_first_rejects_its_row(post: Post):
    got = post.send(P, recorded("14/04/2020", "04/15/2020", "16/04/2020", "05/04/2020"))
    assert got.issues == ["row 3: recorded_on date-month-first"]
    assert got.shows("row recorded_on")[-1] == ["5", "2020-04-05"]


def test_the_month_first_throughout_rejects_the_file_and_names_the_column(post: Post):
    content = recorded("04/05/2020", "04/15/2020", "05/06/2020")
    assert post.refused(P, content) == ["Date Recorded: date-month-first-throughout"]


def test_as_american_programs_write_it(post: Post):
    content = recorded("4/5/2020", "4/15/2020", "5/6/2020")
    assert post.refused(P, content) == ["Date Recorded: date-month-first-throughout"]


def test_the_month_first_is_told_even_where_no_day_is_above_12(post: Post):
    """With the day first these would be of January, July and September: outside the file."""
    content = recorded(*["04/01/2020", "05/07/2020", "06/09/2020", "04/11/2020"] * 3)
    assert post.refused(P, content) == ["Date Recorded: date-month-first-throughout"]


def test_a_file_of_another_period_is_not_taken_for_one_with_the_month_first(post: Post):
    content = recorded("01/10/2020", "02/11/2020", "03/12/2020")
    assert post.refused(P, content) == ["nothing-accepted"]


def test_both_orders_in_one_column_reject_the_file(post: Post):
    content = recorded(*["14/04/2020"] * 6, *["04/15/2020"] * 3, "05/04/2020")
    assert post.refused(P, content) == ["Date Recorded: date-orders-mixed"]


def test_few_of_many_are_strays(post: Post):
    """Up to 1 in 100 of the dates that state an order, and 2 in any case, reject their rows."""
    got = post.send(P, recorded(*["14/04/2020"] * 300, *["04/15/2020"] * 3))
    assert len(got.rejected) == 3
    content = recorded(*["14/04/2020"] * 290, *["04/15/2020"] * 3)
    assert post.refused(P, content) == ["Date Recorded: date-orders-mixed"]


def test_every_column_is_told_at_once(post: Post):
    content = police("""
        Date Recorded | Committed From | Committed To
        04/15/2020    | 04/14/2020     | 14/04/2020
        """)
    assert post.refused(P, content) == [
        "Date Recorded: date-month-first-throughout",
        "Committed From: date-month-first-throughout",
    ]


def test_texts_in_a_workbook_with_the_month_first(post: Post):
    content = fly_tips("Date Reported\n'04/15/2020\n2020-04-16")
    assert post.refused(F, content) == ["Date Reported: date-month-first-throughout"]


def test_without_a_period_in_the_name_the_cause_is_told_and_not_its_consequence(post: Post):
    content = recorded("04/15/2020", "05/16/2020", "06/17/2020")
    assert post.refused("extract.csv", content) == ["Date Recorded: date-month-first-throughout"]


@pytest.mark.parametrize("block", [16 << 20, 700], indirect=True)
def test_the_size_of_a_block_decides_nothing(block: int, post: Post):
    content = recorded(*["14/04/2020"] * 6, *["05/04/2020"] * 6, *["04/15/2020"] * 6)
    assert post.refused(P, content) == ["Date Recorded: date-orders-mixed"]


# --- time -------------------------------------------------------------------------------------


def test_what_lies_in_the_future(post: Post):
    name = "police-crime-2026-27-q2.csv"  # July to September 2026
    assert date(2026, 7, 1) == TODAY
    got = post.send(
        name,
        police("""
        Date Recorded | Committed From | Committed To | Ward Code
        01/07/2026    | 01/07/2026     | 01/07/2026   | E05013966
        02/07/2026    |                |              | E05013966
        01/07/2026    |                | 01/08/2026   | E05013966
        """),
    )
    assert got.issues == ["row 3: recorded_on date-future", "row 4: committed_to_on date-future"]
    # One fault of a date is told once: that it also lies outside the months is no second one.
    rows = "14/04/2099 | E05015801\n01/07/2026 | E05015801"
    got = post.send(name, police(f"Date Recorded | Ward Code\n{rows}"))
    assert got.issues == ["row 2: recorded_on date-future"]


def test_a_time_of_today_is_not_in_the_future(post: Post):
    got = post.send("cctv-2026-27-q2.xlsx", cctv("Start | End\n2026-07-01 23:59 |"))
    assert got.issues == []


def test_a_crime_of_long_ago_is_legitimate(post: Post):
    got = post.send(P, police("Date Recorded | Committed From\n14/04/2020 | 01/01/1957"))
    assert got.issues == []


def test_the_hour_that_summer_time_leaves_out(post: Post):
    name = "cctv-log-2019-20-q4.xlsx"
    got = post.send(name, cctv("Start | End\n2020-03-29 01:30 | 2020-03-29 02:10"))
    assert (got.issues, got.rejected) == (["row 2: started_at time-skipped"], [])
    name = "hfrs-incidents-2019-20-q4.xlsx"
    got = post.send(name, fire("Date and Time of Call\n2020-03-29 01:30"))
    assert (got.issues, got.rejected) == (["row 2: called_at time-skipped"], [])


def test_an_incident_in_the_hour_that_is_shown_twice(post: Post):
    got = post.send(
        "cctv-log-2020-21-q3.xlsx",
        cctv("""
        Start            | End
        2020-10-25 01:50 | 2020-10-25 01:10
        2020-10-24 01:50 | 2020-10-24 01:10
        """),
    )
    assert got.issues == ["row 3: dates-disordered"]


def test_24_o_clock_is_midnight_of_the_next_day(post: Post):
    got = post.send(C, cctv("Start | End\n2020-04-30 22:00 | '30/04/2020 24:00"))
    assert got.shows("ended_at") == [["2020-05-01 00:00"]]
    assert got.issues == ["row 2: ended_at date-as-text", "row 2: ended_at time-midnight"]
    got = post.send(
        "afrs-2014.csv", avon("Day | Month | Year | Time of Call\n30 | June | 2014 | 24:00:00")
    )
    assert (got.span.label, got.shows("called_at")) == ("Jul 2014", [["2014-07-01 00:00"]])
    assert got.issues == ["row 2: called_at time-midnight"]
