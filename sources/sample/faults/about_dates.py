"""Planted faults of dates and times: numbers 19, 20 and 21 of the catalogue."""

from datetime import datetime, timedelta

from schemas.period import Month, Quarter, Span
from sources.sample.faults import books
from sources.sample.faults.avon import avon, avon_name
from sources.sample.faults.fault import Fault, accepted, rejected, spoiled
from sources.sample.faults.page import Cell, Page
from sources.sample.faults.plant import (
    cells,
    each,
    encoded_as,
    everywhere,
    having,
    is_after_the_12th,
    ordinary_having,
)
from sources.sample.people import CANARY

POLICE, CCTV, FLY_TIPS, FIRE = "police_crime", "cctv_log", "fly_tips", "hfrs_incidents"
APRIL = Span(Month(2018, 4), Month(2018, 4))
DAY_0 = datetime(1899, 12, 30)


def _known(cell: Cell) -> datetime:
    if not isinstance(cell, datetime):
        raise TypeError("the cell to spoil is no date")
    return cell


def month_first(day: Cell) -> Cell:
    """Return 14/04/2018 as 04/14/2018."""
    text = str(day)
    return f"{text[3:5]}/{text[:2]}/{text[6:]}"


def as_serial(moment: Cell) -> Cell:
    """Return a moment as the number that a spreadsheet keeps for it."""
    return (_known(moment) - DAY_0) / timedelta(days=1)


def as_text(moment: Cell) -> Cell:
    """Return a moment of a workbook as text."""
    return f"{_known(moment):%d/%m/%Y %H:%M}"


def as_day_text(moment: Cell) -> Cell:
    """Return a day of a workbook as text."""
    return f"{_known(moment):%d/%m/%Y}"


def short_year(day: Cell) -> Cell:
    """Return 14/04/2018 as 14/04/18."""
    return f"{str(day)[:6]}{str(day)[8:]}"


def every_other(page: Page) -> list[int]:
    """Choose every second record."""
    return everywhere(page)[::2]


def since_1904(page: Page) -> bytes:
    """Write a workbook that counts its days from 1904."""
    return books.xlsx_bytes([books.Sheet("Export", page.grid)], since_1904=True)


ABOUT_DATES = (
    Fault(
        "19a", "us-dates-throughout", POLICE,
        "All dates are written with the month first (12/31/2020).",
        (
            spoiled(
                each("Date Recorded", month_first),
                each("Committed From", month_first),
                each("Committed To", month_first),
            ),
        ),
        rejected("date-month-first-throughout"),
    ),
    Fault(
        "19b", "us-dates-mixed", POLICE,
        "Every other date of the record is written with the month first.",
        (spoiled(each("Date Recorded", month_first, among=every_other)),),
        rejected("date-orders-mixed"),
    ),
    Fault(
        "19c", "us-dates-stray", POLICE,
        "Two dates of the record are written with the month first.",
        (
            spoiled(
                cells(
                    "Date Recorded", month_first, month_first, rule="date-month-first",
                    among=ordinary_having("Date Recorded", is_after_the_12th),
                )
            ),
        ),
    ),
    Fault(
        "20a", "serials-in-a-workbook", CCTV,
        "Two moments stand in the workbook as bare numbers, without the format of a date.",
        (spoiled(cells("Start", as_serial, as_serial, rule="date-serial")),),
    ),
    Fault(
        "20b", "serials-in-csv", POLICE,
        "Two dates stand in the CSV file as a spreadsheet's numbers.",
        (spoiled(cells("Date Recorded", "43204", "43231", rule="date-serial-undeclared")),),
    ),
    Fault(
        "20c", "days-as-text", FLY_TIPS,
        "Two date cells of the spreadsheet hold text.",
        (spoiled(cells("Date Reported", as_day_text, as_day_text, rule="date-as-text")),),
    ),
    Fault(
        "20d", "moments-as-text", CCTV,
        "Two date-and-time cells of the workbook hold text.",
        (spoiled(cells("Start", as_text, as_text, rule="date-as-text")),),
    ),
    Fault(
        "20e", "two-digit-years", POLICE,
        "Two dates have a year of two digits.",
        (spoiled(cells("Date Recorded", short_year, short_year, rule="date-unreadable")),),
    ),
    Fault(
        "20f", "days-from-1904", CCTV,
        "The workbook counts its days from 1904, as old Macintosh versions did: that is no fault.",
        (spoiled(pack=since_1904),),
    ),
    Fault(
        "20g", "words-for-dates", POLICE,
        "Two dates are words.",
        (
            spoiled(
                cells("Date Recorded", f"soon {CANARY}", CANARY, rule="date-unreadable"),
            ),
        ),
    ),
    Fault(
        "20h", "words-for-moments", CCTV,
        "Two moments are words.",
        (spoiled(cells("Start", f"late {CANARY}", CANARY, rule="time-unreadable")),),
    ),
    Fault(
        "21a", "outside-the-quarter", POLICE,
        "Two crimes were recorded outside the quarter.",
        (
            spoiled(
                cells(
                    "Date Recorded", "14/07/2018", "02/03/2018", rule="outside-months",
                    also={"Committed From": None},
                )
            ),
        ),
    ),
    Fault(
        "21b", "many-outside-the-quarter", POLICE,
        "Six crimes, more than 1% of the file, were recorded outside the quarter.",
        (
            spoiled(
                cells(
                    "Date Recorded", *["14/07/2018"] * 6, rule="outside-months",
                    also={"Committed From": None},
                )
            ),
        ),
        accepted(holds=("rejected-share",)),
    ),
    Fault(
        "21c", "cleared-in-the-future", FLY_TIPS,
        "Two fly-tips were cleared in the year 2098.",
        (
            spoiled(
                cells("Date Cleared", *[datetime(2098, 5, 3)] * 2, rule="date-future"),
            ),
        ),
    ),
    Fault(
        "21d", "recorded-before-committed", POLICE,
        "Two crimes were recorded before they were committed.",
        (
            spoiled(
                cells(
                    "Committed From", "30/06/2018", "30/06/2018", rule="recorded-before-committed",
                    among=ordinary_having("Date Recorded", lambda c: str(c)[3:5] != "06"),
                )
            ),
        ),
    ),
    Fault(
        "21e", "committed-long-ago", POLICE,
        "A crime was committed in 1975 and recorded in the quarter: that is no fault.",
        (spoiled(cells("Committed From", "14/05/1975")),),
    ),
    Fault(
        "21f", "committed-backwards", POLICE,
        "The last day on which a crime can have been committed lies before the first.",
        (spoiled(cells("Committed To", "14/05/2016", rule="dates-disordered")),),
    ),
    Fault(
        "21g", "time-that-no-clock-showed", CCTV,
        "An incident started at half past one in the night in which that hour was left out.",
        (
            spoiled(
                cells(
                    "Start", datetime(2019, 3, 31, 1, 30), rule="time-skipped",
                    also={"End": datetime(2019, 3, 31, 2, 40)},
                ),
                span=Quarter(2018, 4).span,
            ),
        ),
    ),
    Fault(
        "21h", "twenty-four-hours", FIRE,
        "A call came at 24:00, says another county's export.",
        (
            spoiled(
                avon,
                cells(
                    "Time of Call", "24:00:00", rule="time-midnight",
                    among=having("Day", lambda c: c == "14"),
                ),
                span=APRIL, pack=encoded_as("cp1252"), name=avon_name(APRIL), suffix=".csv",
            ),
        ),
    ),
    Fault(
        "21i", "hour-that-came-twice", CCTV,
        "An incident started at 01:50 and ended at 01:10, in the night in which that hour came "
        "twice: that is no fault.",
        (
            spoiled(
                cells(
                    "Start", datetime(2018, 10, 28, 1, 50),
                    also={"End": datetime(2018, 10, 28, 1, 10)},
                ),
                span=Quarter(2018, 3).span,
            ),
        ),
    ),
)  # fmt: skip
