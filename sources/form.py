"""The blank form of the partner return: a workbook that says itself how it is filled in.

Three sheets: the figures, how to fill them in, and the lists that cells are chosen from. None is
hidden, there are no macros and no formulas, and the same form gives the same bytes.
"""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from schemas.areas import Home, districts_of
from schemas.codes import FIGURE_KINDS, QUALIFIERS, REPORTERS
from schemas.measures import MEASURES
from schemas.period import FinancialYear
from sources.partners.partner_return import FIGURES, LISTS, NOTES
from sources.stated import AT, TO

HEADINGS = (
    "Partner", "Measure", "Area", "Period", "Date", "Kind", "Value", "Numerator", "Denominator",
    "Qualifier", "Previous value", "What is counted",
)  # fmt: skip
WIDTHS = (32, 44, 32, 26, 14, 26, 12, 12, 13, 14, 14, 70)
ROWS = 200
CREATED = datetime(2021, 4, 1, 9, 0)
TITLE = "Partner return to the Community Safety Partnership"
ZIP_TIME = (1980, 1, 1, 0, 0, 0)
LANGUAGE = "<dc:language>en-GB</dc:language>"

HOW = (
    "How to fill in the partner return",
    "One row of the sheet Figures is one figure. Fill in as many rows as you have figures.",
    "Partner: choose yourself from the list, the same in every row. One form is for one partner.",
    "Measure: choose it from the list. The sheet Lists says which measures are yours, what each of "
    "them counts and in which unit.",
    "Area: the area that the figure is for. A figure for the region is not one for the district: "
    "say what you have. An area that is not on the list may be written by its name or ONS code.",
    "Period: the month, quarter or financial year in which it happened. Choose 'at a date' for "
    "what stands at a date, and 'to date' for a running total; then fill in the date as well.",
    "Date: only beside 'at a date' and 'to date'. Write it as 31/03/2021.",
    "Kind: 'in the period' for what happened, 'at a date' for what stands, 'running total to a "
    "date' for what has added up. The sheet Lists gives the kind of each measure.",
    "Value: a whole number, digits only. Write 0 where you counted and there was none. Leave a "
    "figure out altogether where you do not know it; it is printed as not available. Write small "
    "numbers as they are: of people, 1 to 4 are left out of what is published.",
    "Numerator and Denominator: only of a percentage, and only if you have both counts.",
    "Qualifier: only where the figure is not exact, such as 'more than' 500.",
    "Previous value: the figure of a year before, if you state one. It helps us to notice errors; "
    "it is not printed.",
    "What is counted: in your own words, if it differs from the sheet Lists. No names, addresses "
    "or other personal data here or anywhere else in the form.",
    "Save the form under a name with its period: partner-return-probation-2020-21.xlsx for the "
    "financial year, partner-return-probation-2020-21-q1.xlsx for April to June.",
    "A form speaks for all months of the period in its name. If you send one again for the same "
    "period, fill in all your figures of that period: it takes the place of the one before.",
    "A figure of a year is used for the year alone, never divided into quarters or months.",
)


def write_form(
    path: Path,
    home: Home,
    years: Sequence[FinancialYear],
    filled: Sequence[Mapping[str, object]] = (),
    notice: str = "",
) -> None:
    """Write the form with periods of some years to choose from; `filled` are rows by heading."""
    lists = _lists(home, years)
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        title = f"{TITLE}: {notice}" if notice else TITLE
        book.set_properties({"title": title, "created": CREATED})
        look = {"font_name": "Arial", "font_size": 12}
        styles = {
            "bold": book.add_format(look | {"bold": True, "text_wrap": True, "valign": "top"}),
            "text": book.add_format(look),
            "wrapped": book.add_format(look | {"text_wrap": True, "valign": "top"}),
            "whole": book.add_format(look | {"num_format": "#,##0"}),
            "date": book.add_format(look | {"num_format": "dd/mm/yyyy"}),
        }
        _figures(book.add_worksheet(FIGURES), styles, lists, filled)
        notes = book.add_worksheet(NOTES)
        notes.set_column(0, 0, 110)
        for row, text in enumerate((*HOW, notice) if notice else HOW):
            notes.write_string(row, 0, text, styles["bold" if row == 0 else "wrapped"])
        _write_lists(book.add_worksheet(LISTS), styles, lists)
    _save(made, path)


def _lists(home: Home, years: Sequence[FinancialYear]) -> dict[str, list[str]]:
    stated = [m for m in MEASURES.values() if m.reporter]
    areas = [home.district, home.county, home.region, home.health, home.locality]
    names = list(dict.fromkeys(area.name for area in areas if area is not None))
    others = districts_of(home.county.code).items()
    names += [name for code, name in others if code != home.district.code]
    periods = [AT, TO]
    for year in years:
        periods += [year.label, *(quarter.label for quarter in year.quarters)]
        periods += [month.label for month in year.span]
    return {
        "Partner": list(REPORTERS.labels.values()),
        "Measure": [m.label for m in stated],
        "Reported by": [REPORTERS.labels[m.reporter] for m in stated],
        "Kind of the measure": [FIGURE_KINDS.labels[m.kind.value] for m in stated],
        "Unit": [m.unit for m in stated],
        "What it counts": [m.definition for m in stated],
        "Area": list(dict.fromkeys(names)),
        "Period": periods,
        "Kind": list(FIGURE_KINDS.labels.values()),
        "Qualifier": list(QUALIFIERS.labels.values()),
    }


def _figures(
    sheet: Any,
    styles: Mapping[str, Any],
    lists: Mapping[str, Sequence[str]],
    filled: Sequence[Mapping[str, object]],
) -> None:
    sheet.freeze_panes(1, 0)
    whole = ("Value", "Numerator", "Denominator", "Previous value")
    for place, (heading, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True)):
        style = "whole" if heading in whole else "date" if heading == "Date" else "text"
        sheet.set_column(place, place, width, styles[style])
        sheet.write_string(0, place, heading, styles["bold"])
        if rule := _validation(heading, lists, is_whole=heading in whole):
            sheet.data_validation(1, place, ROWS, place, rule)
        for row, figures in enumerate(filled, start=1):
            _write(sheet, row, place, figures.get(heading), styles[style])


def _write(sheet: Any, row: int, place: int, value: object, style: Any) -> None:
    if isinstance(value, date):
        sheet.write_datetime(row, place, datetime(value.year, value.month, value.day), style)
    elif isinstance(value, int):
        sheet.write_number(row, place, value, style)
    elif value is not None:
        sheet.write_string(row, place, str(value), style)


def _validation(
    heading: str, lists: Mapping[str, Sequence[str]], *, is_whole: bool
) -> dict[str, object] | None:
    """Return what a cell of a column may hold, and what Excel says of anything else."""
    told = {"error_title": heading, "ignore_blank": True}
    if is_whole:
        return told | {
            "validate": "integer", "criteria": ">=", "value": 0,
            "error_message": "Write a whole number in digits, such as 500.",
        }  # fmt: skip
    if heading == "Date":
        return told | {
            "validate": "date", "criteria": ">=", "value": date(2000, 1, 1),
            "error_message": "Write a date as 31/03/2021.",
        }  # fmt: skip
    if heading == "What is counted":
        return told | {
            "validate": "length", "criteria": "<=", "value": 500,
            "error_message": "Say it in at most 500 characters.",
        }  # fmt: skip
    place = list(lists).index(heading)
    letter = chr(ord("A") + place)
    is_open = heading == "Area"
    return told | {
        "validate": "list",
        "source": f"={LISTS}!${letter}$2:${letter}${len(lists[heading]) + 1}",
        "error_type": "warning" if is_open else "stop",
        "error_message": (
            "This area is not on the list. Is it written by its name or its ONS code?"
            if is_open
            else "Choose one of the list."
        ),
    }


def _write_lists(sheet: Any, styles: Mapping[str, Any], lists: Mapping[str, Sequence[str]]) -> None:
    sheet.freeze_panes(1, 0)
    for place, (heading, values) in enumerate(lists.items()):
        longest = max(len(value) for value in (heading, *values))
        sheet.set_column(place, place, min(longest + 4, 80))
        sheet.write_string(0, place, heading, styles["bold"])
        for row, value in enumerate(values, start=1):
            sheet.write_string(row, place, value, styles["wrapped"])


def _save(made: io.BytesIO, path: Path) -> None:
    """Write a workbook out, with its language stated: xlsxwriter has no word for it."""
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(path, "w") as new:
        for member in old.infolist():
            content = old.read(member)
            if member.filename == "docProps/core.xml":
                end = "</cp:coreProperties>"
                content = content.decode().replace(end, LANGUAGE + end).encode()
            info = zipfile.ZipInfo(member.filename, ZIP_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, content)
