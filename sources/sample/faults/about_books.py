"""Planted faults of workbooks and archives: hidden sheets, pivots, locks, and what is mistaken.

Number 31 of the catalogue, and what of 26 is a matter of the file.
"""

from schemas.period import Month, Span
from sources.sample.faults import books
from sources.sample.faults.fault import Fault, accepted, rejected, spoiled
from sources.sample.faults.page import Page, Row
from sources.sample.faults.plant import beside, made, through, with_sheets
from sources.sample.people import CANARY

POLICE, STREET, CCTV = "police_crime", "street_crime", "cctv_log"
FLY_TIPS, FIRE = "fly_tips", "hfrs_incidents"
APRIL = Span(Month(2018, 4), Month(2018, 4))

DEFRA_HEADINGS = (
    "Year", "ONS Code", "LA Name", "Region", "Total Incidents", "Highway Incidents",
    "Footpath / Bridleway Incidents", "Back Alleyway Incidents", "Railway Incidents",
    "Council Land Incidents", "Agricultural Incidents", "Private / Residential Incidents",
    "Commercial / Industrial Incidents", "Watercourse / Bank Incidents",
    "Other (unidentified) Incidents",
)  # fmt: skip
"""The first headings of Defra's annual workbook, which stand in its third row."""

HOME_OFFICE_HEADINGS = (
    "Financial Year", "Financial Quarter", "Force Name", "CSP Name", "ONS Code",
    "Offence Description", "Offence Group", "Offence Subgroup", "Offence Code", "Offence Count",
)  # fmt: skip


def notes(page: Page) -> books.Sheet:
    """A sheet that is no export."""
    return books.Sheet("Notes", [["What is in here"], [f"Ask {CANARY} about it"]])


def copy_of(page: Page) -> books.Sheet:
    """The export a second time."""
    return books.Sheet("Export (2)", page.grid)


def hidden(page: Page) -> books.Sheet:
    """Names that nobody was meant to see."""
    return books.Sheet("Names", [["Name", "Telephone"], [CANARY, "07700 900123"]], is_hidden=True)


def covered(page: Page) -> bytes:
    """The export behind a cover sheet."""
    cover = books.Sheet("Cover", [["Synthetic sample data"]])
    return books.xlsx_bytes([cover, books.Sheet("Export", page.grid)])


def rota(page: Page) -> bytes:
    """A workbook that has nothing to do with the export."""
    grid: list[Row] = [["Week", "Early", "Late"], [1, CANARY, CANARY], [2, CANARY, CANARY]]
    return books.xlsx_bytes([books.Sheet("Rota", grid)])


def defra_table(page: Page) -> bytes:
    """One row an authority and year, under a title and a banner."""
    banner: Row = [None, None, None, None, "TOTAL", "Land type"]
    figures: Row = ["2018-19", "E07000240", "St Albans", "East", *range(11)]
    title: Row = [f"Fly-tipping incidents reported by local authorities {CANARY}"]
    width = len(DEFRA_HEADINGS)
    rows = [row + [None] * (width - len(row)) for row in (title, banner)]
    return books.csv_bytes([*rows, [*DEFRA_HEADINGS], figures])


def home_office_table(page: Page) -> bytes:
    """One row a partnership, quarter and offence."""
    figures: Row = [
        "2018/19", 1, "Hertfordshire", f"St Albans {CANARY}", "E07000240",
        "Shoplifting", "Theft offences", "Shoplifting", "46", 236,
    ]  # fmt: skip
    return books.csv_bytes([[*HOME_OFFICE_HEADINGS], figures])


def locked_archive(page: Page) -> bytes:
    """A zip archive with a password on its only member."""
    member = books.csv_bytes(page.grid)
    return books.locked_member(books.zip_bytes({"2018-04-hertfordshire-street.csv": member}))


def climbing_archive(page: Page) -> bytes:
    """A zip archive whose member wants to be put above the folder that it is unpacked in."""
    member = books.csv_bytes(page.grid)
    return books.zip_bytes({"../2018-04-hertfordshire-street.csv": member})


ABOUT_BOOKS = (
    Fault(
        "26a", "hidden-sheet", CCTV,
        "The workbook has a hidden sheet with names.",
        (spoiled(pack=with_sheets(hidden)),),
        rejected("sheet-hidden", is_kept=False),
    ),
    Fault(
        "26b", "hidden-sheet-ods", FLY_TIPS,
        "The OpenDocument spreadsheet has a hidden sheet with names.",
        (spoiled(pack=with_sheets(hidden)),),
        rejected("sheet-hidden", is_kept=False),
    ),
    Fault(
        "26c", "pivot-cache", FIRE,
        "The workbook carries the cache of a pivot table.",
        (spoiled(pack=through(books.with_pivot_cache)),),
        rejected("sheet-pivot", is_kept=False),
    ),
    Fault(
        "26d", "personal-column", POLICE,
        "There is a column of telephone numbers, whose heading is itself a name.",
        (spoiled(beside(f"Telephone of {CANARY}", f"07700 900123 {CANARY}")),),
        accepted("column-undeclared"),
    ),
    Fault(
        "31a", "password", CCTV,
        "The workbook has a password.",
        (spoiled(pack=made(books.locked_workbook)),),
        rejected("file-locked"),
    ),
    Fault(
        "31b", "password-on-an-archive", STREET,
        "The zip archive has a password.",
        (spoiled(span=APRIL, pack=locked_archive, name="2018-04-synthetic", suffix=".zip"),),
        rejected("file-locked"),
    ),
    Fault(
        "31c", "wrong-sheet", CCTV,
        "The workbook holds a rota and no log.",
        (spoiled(pack=rota),),
        rejected("layout-unknown"),
    ),
    Fault(
        "31d", "two-exports-in-a-workbook", CCTV,
        "Two sheets of the workbook have the agreed headings.",
        (spoiled(pack=with_sheets(copy_of)),),
        rejected("sheet-ambiguous"),
    ),
    Fault(
        "31e", "sheet-of-notes", CCTV,
        "Behind the log there is a sheet of notes.",
        (spoiled(pack=with_sheets(notes)),),
        accepted("sheet-left-out"),
    ),
    Fault(
        "31f", "cover-sheet", CCTV,
        "The log stands behind a cover sheet.",
        (spoiled(pack=covered),),
        accepted("sheet-left-out"),
    ),
    Fault(
        "31g", "defra-table", FLY_TIPS,
        "A sheet of Defra's annual workbook was saved as CSV and sent as the case export.",
        (spoiled(pack=defra_table, suffix=".csv"),),
        rejected("source-mistaken"),
    ),
    Fault(
        "31h", "home-office-table", POLICE,
        "The Home Office's table of partnerships was sent in place of the extract.",
        (spoiled(pack=home_office_table),),
        rejected("source-mistaken"),
    ),
    Fault(
        "31i", "text-called-workbook", CCTV,
        "A text file was given the name of a workbook.",
        (spoiled(pack=lambda page: books.csv_bytes(page.grid)),),
        rejected("file-unreadable"),
    ),
    Fault(
        "31j", "workbook-called-text", POLICE,
        "A workbook was given the name of a CSV file.",
        (spoiled(pack=lambda page: books.xlsx_bytes([books.Sheet("Export", page.grid)])),),
        rejected("file-binary"),
    ),
    Fault(
        "31k", "archive-that-climbs", STREET,
        "A member of the zip archive wants to be unpacked above its folder.",
        (spoiled(span=APRIL, pack=climbing_archive, name="2018-04-synthetic", suffix=".zip"),),
        rejected("file-dangerous", is_kept=False),
    ),
    Fault(
        "31l", "export-saved-as-csv", FLY_TIPS,
        "The council's workbook was opened in a spreadsheet and saved as CSV.",
        (spoiled(pack=lambda page: books.csv_bytes(page.grid), suffix=".csv"),),
        rejected("format-not-agreed"),
    ),
    Fault(
        "31m", "workbook-of-another-name", FLY_TIPS,
        "The council's OpenDocument spreadsheet was given the name of an Excel workbook.",
        (spoiled(suffix=".xlsx"),),
        rejected("format-not-agreed"),
    ),
)  # fmt: skip
