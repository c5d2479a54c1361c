"""How faults get into a page: small edits, each of which notes down the rows that it touched."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from sources.sample.faults import books
from sources.sample.faults.bench import SAMPLES
from sources.sample.faults.fault import Edit, Pack, plain
from sources.sample.faults.page import Cell, Page, Row

Places = Callable[[Page], list[int]]
Change = Callable[[Cell], Cell]

VIOLENCE = frozenset({"8N", "8R", "8L", "105A"})


def _ordinary_crime(row: Mapping[str, Cell]) -> bool:
    flags = {row[name] for name in ("DA", "Hate", "Knife", "Alcohol", "Cyber")}
    return (
        row["HO Code"] in VIOLENCE
        and row["Status"] == "Recorded"
        and flags == {"N"}
        and row["LSOA"] is not None
        and row["Committed To"] is None
    )


def _ordinary_incident(row: Mapping[str, Cell]) -> bool:
    is_common = row["Incident Type"] == "Anti-social behaviour"
    return is_common and not row["Arrests"] and not row["Discs Given to Police"]


def _ordinary_fly_tip(row: Mapping[str, Cell]) -> bool:
    is_common = (row["Land Type"], row["Waste Type"]) == ("Highway", "Other Household Waste")
    return is_common and row["Status"] == "Cleared" and row["Action"] is None


def _ordinary_street_crime(row: Mapping[str, Cell]) -> bool:
    name = str(row["LSOA name"] or "")
    return name.startswith("St Albans") and row["Crime type"] == "Violence and sexual offences"


ORDINARY: Mapping[str, Callable[[Mapping[str, Cell]], bool]] = {
    "police_crime": _ordinary_crime,
    "street_crime": _ordinary_street_crime,
    "grant_spend": lambda row: True,
    "asb_cases": lambda row: row["ASB Typology"] == "Acts directed at people",
    "asb_actions": lambda row: row["Action"] == "Visit",
    "hfrs_incidents": lambda row: row["Incident Category"] == "False alarm",
    "cctv_log": _ordinary_incident,
    "fly_tips": _ordinary_fly_tip,
}
"""By source: the records in which a fault touches no figure that few cases make up.

Each belongs to a category with ten or more cases in the quarter, and to no flag or sum.
"""


def ordinary(page: Page) -> list[int]:
    """Return the ordinary records of a page."""
    return page.where(ORDINARY[page.source])


def everywhere(page: Page) -> list[int]:
    """Return all records."""
    return list(range(len(page.rows)))


def having(heading: str, holds: Callable[[Cell], bool]) -> Places:
    """Choose among the records whose cell is of some kind."""
    return lambda page: page.where(lambda row: holds(row[heading]))


def ordinary_having(heading: str, holds: Callable[[Cell], bool]) -> Places:
    """Choose among the ordinary records whose cell is of some kind."""

    def places(page: Page) -> list[int]:
        fitting = set(having(heading, holds)(page))
        return [place for place in ordinary(page) if place in fitting]

    return places


def is_after_the_12th(day: Cell) -> bool:
    """Say of a date as text whether it can be read in one way only."""
    return isinstance(day, str) and int(day[:2]) > 12


def spread(places: Sequence[int], count: int) -> list[int]:
    """Return some of the places, evenly from the first to the last."""
    if len(places) < count:
        raise ValueError(f"{count} records to spoil, but the page has only {len(places)} such")
    return [places[i * len(places) // count] for i in range(count)]


def cells(
    heading: str,
    *values: Cell | Change,
    rule: str = "",
    among: Places = ordinary,
    also: Mapping[str, Cell] | None = None,
) -> Edit:
    """Put each value into the cell of another record, and `also` the same ones beside all.

    A function in the place of a value changes the cell that stands there.
    """

    def edit(page: Page) -> None:
        places = spread(among(page), len(values))
        for place, value in zip(places, values, strict=True):
            new = value(page.get(place, heading)) if callable(value) else value
            page.put(place, heading, new)
            for beside, cell in (also or {}).items():
                page.put(place, beside, cell)
        page.tell(rule, places)

    return edit


def each(heading: str, change: Change, rule: str = "", among: Places = everywhere) -> Edit:
    """Change the cell of every record; blank ones stay blank."""

    def edit(page: Page) -> None:
        places = [p for p in among(page) if page.get(p, heading) is not None]
        for place in places:
            page.put(place, heading, change(page.get(place, heading)))
        page.tell(rule, places)

    return edit


def exchanged(one: str, other: str, count: int = 0, rule: str = "") -> Edit:
    """Exchange two cells in some ordinary records, or in all that there are."""

    def edit(page: Page) -> None:
        places = spread(ordinary(page), count) if count else everywhere(page)
        for place in places:
            a, b = page.get(place, one), page.get(place, other)
            page.put(place, one, b)
            page.put(place, other, a)
        page.tell(rule, places)

    return edit


def renamed(heading: str, to: str) -> Edit:
    """Give a column another heading."""

    def edit(page: Page) -> None:
        page.headings[page.column(heading)] = to

    return edit


def without(heading: str) -> Edit:
    """Leave a column out."""

    def edit(page: Page) -> None:
        place = page.column(heading)
        for row in (page.headings, *page.rows):
            del row[place]  # type: ignore[attr-defined]

    return edit


def beside(heading: str, cell: Cell = None, copies: str = "") -> Edit:
    """Add a column at the end: the same cell in all rows, or a copy of another column."""

    def edit(page: Page) -> None:
        for place, row in enumerate(page.rows):
            row.append(page.get(place, copies) if copies else cell)
        page.headings.append(heading)

    return edit


def put_beside(heading: str, to: str, count: int, rule: str = "") -> Edit:
    """Put the cells of one column into the wrong one in some ordinary records."""

    def edit(page: Page) -> None:
        places = spread(ordinary(page), count)
        for place in places:
            page.put(place, to, page.get(place, heading))
            page.put(place, heading, None)
        page.tell(rule, places)

    return edit


def reordered(page: Page) -> None:
    """Turn the order of the columns around."""
    page.headings.reverse()
    for row in page.rows:
        row.reverse()


def above(*rows: Row) -> Edit:
    """Put rows over the headings; to be the first edit, since it moves all row numbers."""

    def edit(page: Page) -> None:
        if page.told:
            raise ValueError("rows above move the numbers of what is told already")
        page.above += [list(row) for row in rows]

    return edit


def below(*rows: Callable[[Page], Row], rule: str = "row-no-record") -> Edit:
    """Put rows that are no records under the last record."""

    def edit(page: Page) -> None:
        made = [row(page) for row in rows]
        first = page.number(len(page.rows) + len(page.below))
        page.below += made
        page.told.setdefault(rule, set()).update(range(first, first + len(made)))

    return edit


def stating(label: str, value: Callable[[Page], int]) -> Callable[[Page], Row]:
    """A row of a label and a number."""
    return lambda page: [label, value(page)]


def repeated(
    count: int, rule: str, changes: Mapping[str, Cell] | None = None, among: Places = ordinary
) -> Edit:
    """Put some records in again at the end: the same, or with changes.

    Of the same ones the later rows are told of; of different ones, both. A count of 0 takes all.
    """

    def edit(page: Page) -> None:
        places = spread(among(page), count) if count else among(page)
        copies = []
        for place in places:
            page.rows.append(list(page.rows[place]))
            copies.append(len(page.rows) - 1)
            for heading, cell in (changes or {}).items():
                page.put(copies[-1], heading, cell)
        page.tell(rule, [*places, *copies] if changes else copies)

    return edit


def kept(holds: Callable[[Page, int], bool]) -> Edit:
    """Leave out the records of which something does not hold."""

    def edit(page: Page) -> None:
        page.rows = [row for place, row in enumerate(page.rows) if holds(page, place)]

    return edit


def later(days: int) -> Edit:
    """Move every date of every record by some days."""

    def moved(cell: Cell) -> Cell:
        if isinstance(cell, datetime):
            return cell + timedelta(days=days)
        if isinstance(cell, str) and re.fullmatch(r"[0-9]{2}/[0-9]{2}/[0-9]{4}", cell):
            day = datetime.strptime(cell, "%d/%m/%Y") + timedelta(days=days)
            return f"{day:%d/%m/%Y}"
        return cell

    def edit(page: Page) -> None:
        page.rows = [[moved(cell) for cell in row] for row in page.rows]

    return edit


def month_of(page: Page, place: int) -> int:
    """Return the calendar month that a record is dated in."""
    when = page.get(place, SAMPLES[page.source].dated_by)
    if isinstance(when, datetime):
        return when.month
    text = str(when)
    return int(text[3:5]) if "/" in text else int(text[5:7])


def month_cut(number: int, to: int) -> Edit:
    """Leave only the first few records of a calendar month; 0 leaves none."""

    def edit(page: Page) -> None:
        there = [p for p in everywhere(page) if month_of(page, p) == number]
        gone = set(there[to:])
        page.rows = [row for place, row in enumerate(page.rows) if place not in gone]

    return edit


def fewer(share: float) -> Edit:
    """Leave out about a share of the records, evenly."""

    def edit(page: Page) -> None:
        gone = set(spread(everywhere(page), round(len(page.rows) * share)))
        page.rows = [row for place, row in enumerate(page.rows) if place not in gone]

    return edit


def more(times: float, heading: str) -> Edit:
    """Add records like those that are there, each under a reference of its own."""

    def edit(page: Page) -> None:
        records = len(page.rows)
        place = page.column(heading)
        for extra in range(round(records * (times - 1))):
            row = list(page.rows[extra % records])
            row[place] = f"{row[place]}/{extra // records + 1}"
            page.rows.append(row)

    return edit


# --- how a page is written ------------------------------------------------------------------


def separated_by(delimiter: str) -> Pack:
    """Write CSV with another sign between the cells."""
    return lambda page: books.csv_bytes(page.grid, delimiter=delimiter)


def encoded_as(encoding: str) -> Pack:
    """Write CSV in another encoding."""
    return lambda page: books.csv_bytes(page.grid, encoding=encoding)


def through(change: Callable[[bytes], bytes]) -> Pack:
    """Write the usual file and change its bytes."""
    return lambda page: change(plain(page))


def made(content: Callable[[], bytes]) -> Pack:
    """Send something else."""
    return lambda page: content()


def with_sheets(*others: Callable[[Page], books.Sheet]) -> Pack:
    """Write a workbook with more sheets behind the export."""

    def pack(page: Page) -> bytes:
        sheets = [books.Sheet("Export", page.grid), *(other(page) for other in others)]
        is_excel = SAMPLES[page.source].suffix == ".xlsx"
        return books.xlsx_bytes(sheets) if is_excel else books.ods_bytes(sheets)

    return pack
