"""Small official workbooks of our own making, in the layouts of Defra and of the Home Office.

The figures of St Albans are those that the real publications have of the sample years, as far as
ours can be held against them; the other areas are there to be left out, and their numbers are made
up. Crimes are parted by offence and quarter as the samples of the force are, at random.
"""

import io
from collections.abc import Mapping, Sequence

import numpy as np
import xlsxwriter

from schemas.areas import ST_ALBANS, districts_of
from schemas.codes import offences
from schemas.period import FinancialYear
from sources.partners.official_fly_tips import HEADINGS, LOOKUP
from sources.sample import draw
from sources.sample.offences import MANNERS
from sources.sample.people import CANARY
from sources.sample.shapes import profile
from sources.sample.totals import (
    FLY_TIP_LAND,
    FLY_TIPS_INVESTIGATED,
    OFFICIAL_FLY_TIP_ACTIONS,
    POLICE_ROWS,
)
from sources.sample.write import CREATED

Cells = list[str | int | None]
Grid = Sequence[Sequence[str | int | None]]
NOT_AVAILABLE = ":"
REGION = "East of England"
NEIGHBOURS = ("E07000096", "E07000098")
"""Dacorum and Hertsmere, whose numbers here are made up."""


def fly_tips_bytes(year: FinancialYear, notice: str) -> bytes:
    """Return Defra's workbook for one year: two tables, notes, and the list that it hides."""
    title = f"{notice}: fly-tipping by local authority, {year.label}"
    return _workbook(
        {
            "Notes": [[title], [f"':' stands for what is not available. {CANARY}"]],
            "LA_incidents": [[title], [None, None, None, None, "TOTAL"], *_incidents(year)],
            "LA_actions": [[title], [None, None, None, None, "TOTAL"], *_actions(year)],
            LOOKUP.name: [[heading for heading, _ in LOOKUP.columns], *_lookup()],
        },
        hidden=(LOOKUP.name,),
    )


def _places(year: FinancialYear) -> list[Cells]:
    names = districts_of(ST_ALBANS.county.code)
    neighbours: list[Cells] = [[year.code, code, names[code], REGION] for code in NEIGHBOURS]
    return [
        [year.code, "*Total", "*Total", REGION],
        *neighbours,
        # Defra's own table has this name with a blank after it in some years.
        [year.code, ST_ALBANS.district.code, f"{ST_ALBANS.district.name} ", REGION],
    ]


def _incidents(year: FinancialYear) -> Grid:
    ours = FLY_TIP_LAND[year.start_year]
    land = [ours["highway"], ours.get("footpath_bridleway", 0), ours["council_land"]]
    own: Cells = [sum(land), *land, "All incidents"]
    *others, home = _places(year)
    head = [
        "Year", "ONS Code", "LA Name", "Region", "Total Incidents", "Highway Incidents",
        "Footpath / Bridleway Incidents", "Council Land Incidents", "Reporting basis",
    ]  # fmt: skip
    made_up: list[Cells] = [
        [*place, 3 * n, n, n, n, "All incidents"] for n, place in enumerate(others, start=300)
    ]
    return [head, *made_up, [*home, *own]]


def _actions(year: FinancialYear) -> Grid:
    ours = OFFICIAL_FLY_TIP_ACTIONS[year.start_year]
    investigated = FLY_TIPS_INVESTIGATED[year.start_year]
    own: Cells = [investigated + sum(ours.values()), investigated]
    own += [ours.get(code, 0) for code in HEADINGS]
    *others, home = _places(year)
    head = ["Year", "ONS Code", "LA Name", "Region", "Total Actions", "Investigation Actions"]
    head += [*HEADINGS.values(), "Fixed Penalty Notice Action Costs (£)"]
    made_up: list[Cells] = [
        [*place, 9 * n, n, *(n for _ in HEADINGS), NOT_AVAILABLE]
        for n, place in enumerate(others, start=40)
    ]
    return [head, *made_up, [*home, *own, NOT_AVAILABLE]]


def _lookup() -> Grid:
    names = districts_of(ST_ALBANS.county.code)
    region = ("E12000006", REGION)
    return [[code, names[code], *region] for code in sorted(names)]


def crime_bytes(year: FinancialYear, seed: int, notice: str) -> bytes:
    """Return the Home Office's workbook for one year: an offence, area and quarter a row."""
    title = f"{notice}: recorded crime by community safety partnership, {year.label}"
    head = [
        "Financial Year", "Financial Quarter", "Force Name", "CSP Name", "Offence Description",
        "Offence Group", "Offence Subgroup", "Offence Code", "Offence Count",
    ]  # fmt: skip
    rows: list[Cells] = [
        [
            year.code.replace("-", "/"), quarter.number, "Hertfordshire", area, *_names(code),
            code, count,
        ]
        for area, home in (("Dacorum", False), (ST_ALBANS.district.name, True))
        for code, counts in _crimes(year, seed).items()
        for quarter, count in zip(year.quarters, counts, strict=True)
        for count in ([count] if home else [7])
    ]  # fmt: skip
    return _workbook({"Notes": [[title], [CANARY]], year.code.replace("-", "_"): [head, *rows]})


def _crimes(year: FinancialYear, seed: int) -> Mapping[str, list[int]]:
    """Return how many crimes of each offence every quarter has; they add up to the rows."""
    rng = draw.generator(seed, "official-crime", year)
    found: dict[str, list[int]] = {}
    for row, totals in POLICE_ROWS.items():
        manner = MANNERS[row]
        shape = np.array(profile(manner.season, year)).reshape(4, 3).sum(axis=1).tolist()
        each = draw.share_out(rng, totals[year.start_year], list(manner.codes.values()))
        for code, total in zip(manner.codes, each, strict=True):
            found[code] = draw.share_out(rng, total, shape)
    return found


def _names(code: str) -> tuple[str, str, str]:
    meaning = offences()[code][-1]
    return meaning.offence_name, meaning.offence_group, meaning.offence_subgroup


def _workbook(sheets: Mapping[str, Grid], hidden: Sequence[str] = ()) -> bytes:
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed, {"in_memory": True}) as book:
        book.set_properties({"title": "Synthetic sample data", "created": CREATED})
        for name, grid in sheets.items():
            sheet = book.add_worksheet(name)
            if name in hidden:
                sheet.hide()
            for r, row in enumerate(grid):
                for c, cell in enumerate(row):
                    if isinstance(cell, str):
                        sheet.write_string(r, c, cell)
                    elif cell is not None:
                        sheet.write_number(r, c, cell)
    return packed.getvalue()
