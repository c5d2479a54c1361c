"""Planted faults of whole files: headings, furniture, encodings and truncation.

Numbers 8, 9, 10, 22 and 24 of the catalogue.
"""

from schemas.period import Month, Span
from sources.sample.faults import books
from sources.sample.faults.fault import Fault, accepted, rejected, spoiled
from sources.sample.faults.page import Page, Row
from sources.sample.faults.plant import (
    above,
    below,
    beside,
    cells,
    encoded_as,
    having,
    kept,
    made,
    renamed,
    reordered,
    separated_by,
    stating,
    through,
    without,
)
from sources.sample.people import CANARY

POLICE, STREET, CCTV = "police_crime", "street_crime", "cctv_log"
FLY_TIPS, FIRE = "fly_tips", "hfrs_incidents"
APRIL = Span(Month(2018, 4), Month(2018, 4))
SPREADSHEET_ROWS = 65_536
MANY_COLUMNS = 20_000
LETTER: list[Row] = [[f"Dear team, says {CANARY}"] for _ in range(24)]


def headings_twice(page: Page) -> None:
    """Put the row of headings in once more, above itself."""
    page.above.append([*page.headings])


def headings_amid(page: Page) -> None:
    """Put the row of headings in once more between two records, as if two exports were pasted."""
    place = len(page.rows) // 2
    page.rows.insert(place, [*page.headings])
    page.tell("headings-repeated", [place])


def subtotal_amid(page: Page) -> None:
    """Put a sub-total between two records."""
    place = len(page.rows) // 2
    page.rows.insert(place, ["Sub-total", *([None] * (len(page.headings) - 1))])
    page.tell("row-no-record", [place])


def whole_spreadsheet(page: Page) -> bytes:
    """As many lines as an old spreadsheet holds, all alike: incidents without a key may be."""
    (first, *_) = having("Crime ID", lambda cell: cell is None)(page)
    line = books.csv_bytes([page.rows[first]])
    return books.gz(books.csv_bytes([[*page.headings]]) + line * (SPREADSHEET_ROWS - 1))


def many_columns(page: Page) -> bytes:
    """Headings without end."""
    extra = [f"Column {n} {CANARY}" for n in range(MANY_COLUMNS)]
    return books.csv_bytes([[*page.headings, *extra], [*page.rows[0], *extra]])


HEADINGS = (
    Fault(
        "8a", "known-alias", POLICE,
        "The column 'HO Code' is headed 'HO Class', a name that is agreed for it.",
        (spoiled(renamed("HO Code", "HO Class")),),
        accepted("header-alias"),
    ),
    Fault(
        "8b", "column-missing", POLICE,
        "The column 'LSOA' is not there.",
        (spoiled(without("LSOA")),),
        rejected("header-missing"),
    ),
    Fault(
        "8c", "heading-misspelt", POLICE,
        "The column 'Status' is headed 'Satus': it is named as the nearest, and not guessed at.",
        (spoiled(renamed("Status", "Satus")),),
        rejected("header-missing"),
    ),
    Fault(
        "8d", "two-candidates", POLICE,
        "There is a column 'HO Code' and a column 'HO Class', and both may be the offence code.",
        (spoiled(beside("HO Class", copies="HO Code")),),
        rejected("header-ambiguous"),
    ),
    Fault(
        "8e", "heading-twice", POLICE,
        "Two columns are headed 'DA'.",
        (spoiled(beside("DA", copies="DA")),),
        rejected("header-doubled"),
    ),
    Fault(
        "8f", "other-order", POLICE,
        "The columns stand in the opposite order: nothing is wrong with that.",
        (spoiled(reordered),),
    ),
    Fault(
        "8g", "decorated-headings", POLICE,
        "Headings have other capitals, hard spaces and note marks: they are read all the same.",
        (
            spoiled(
                renamed("Date Recorded", "DATE\xa0Recorded [note 2]"),
                renamed("Ward Code", " ward  code"),
            ),
        ),
    ),
    Fault(
        "8h", "columns-without-end", POLICE,
        "There are 20,000 more columns than agreed.",
        (spoiled(pack=many_columns),),
        rejected("columns-too-many"),
    ),
    Fault(
        "9a", "title-above", POLICE,
        "A title and a blank line stand above the headings.",
        (spoiled(above([f"Recorded crime, printed by {CANARY}"], [])),),
        accepted("header-below"),
    ),
    Fault(
        "9b", "merged-banner-above", FIRE,
        "A banner of merged cells stands above the headings.",
        (spoiled(above(["INCIDENT", None, None, None, None, None, "PEOPLE", None, None])),),
        accepted("header-below"),
    ),
    Fault(
        "9c", "headings-in-two-rows", POLICE,
        "The row of headings stands there twice.",
        (spoiled(headings_twice),),
        rejected("header-rows-tie"),
    ),
    Fault(
        "9d", "headings-too-far-down", POLICE,
        "The headings stand in row 25, below a letter.",
        (spoiled(above(*LETTER)),),
        rejected("layout-unknown"),
    ),
    Fault(
        "10a", "total-and-end-of-report", FLY_TIPS,
        "A right total and the words 'End of report' stand below the records.",
        (spoiled(below(stating("Total", lambda p: len(p.rows)), lambda p: ["End of report"])),),
    ),
    Fault(
        "10b", "total-differs", FLY_TIPS,
        "The total below the records is 7 more than there are records.",
        (spoiled(below(stating("Total", lambda p: len(p.rows) + 7))),),
        accepted(holds=("total-differs",)),
    ),
    Fault(
        "10c", "total-in-csv", POLICE,
        "A short last line of the CSV file gives the right total.",
        (spoiled(below(stating("Total", lambda p: len(p.rows)))),),
    ),
    Fault(
        "10d", "sub-total-amid", FLY_TIPS,
        "A row 'Sub-total' stands between two records.",
        (spoiled(subtotal_amid),),
    ),
    Fault(
        "10e", "two-exports-pasted-together", POLICE,
        "The row of headings stands once more between two records.",
        (spoiled(headings_amid),),
    ),
    Fault(
        "10f", "two-workbooks-pasted-together", FIRE,
        "The row of headings stands once more between two records of the workbook.",
        (spoiled(headings_amid),),
    ),
)  # fmt: skip

TEXTS = (
    Fault(
        "22a", "cp1252", POLICE,
        "The text is in the encoding of old Windows programs, and a letter has an accent.",
        (spoiled(cells("Ward", f"Café {CANARY}"), pack=encoded_as("cp1252")),),
        rejected("file-encoding"),
    ),
    Fault(
        "22b", "replacement-sign-in-key", POLICE,
        "A crime reference holds the sign that stands for a lost character.",
        (spoiled(cells("Crime Reference", "41/24\ufffd14/18")),),
        rejected("text-damaged-key"),
    ),
    Fault(
        "22c", "semicolons", POLICE,
        "The cells are separated by semicolons.",
        (spoiled(pack=separated_by(";")),),
        rejected("delimiter-wrong"),
    ),
    Fault(
        "22d", "mojibake", POLICE,
        "The apostrophe of a ward's name was saved in one encoding and read in another.",
        (spoiled(cells("Ward", "St Peterâ€™s", "St Peterâ€™s")),),
        accepted("text-damaged"),
    ),
    Fault(
        "22e", "utf-16", POLICE,
        "The text is what Excel calls Unicode text (UTF-16).",
        (spoiled(pack=encoded_as("utf-16")),),
        rejected("file-encoding"),
    ),
    Fault(
        "22f", "byte-order-mark", POLICE,
        "The file begins with a byte order mark, as Excel writes it: nothing is wrong with that.",
        (spoiled(pack=encoded_as("utf-8-sig")),),
    ),
    Fault(
        "22g", "line-break-in-a-cell", POLICE,
        "A cell runs over two lines.",
        (spoiled(cells("Ward", f"St Peters\n{CANARY}")),),
        rejected("lines-unreconciled"),
    ),
    Fault(
        "22h", "comma-in-a-cell", POLICE,
        "A name with a comma has no quotation marks, so that its row has a cell too many. Nobody "
        "can tell what the row is: it may be one of few robberies.",
        (
            spoiled(
                cells("Ward", "COMMA HERE", rule="row-width"),
                pack=through(lambda text: text.replace(b"COMMA HERE", f"St, {CANARY}".encode())),
            ),
        ),
        accepted(holds=("rejected-in-small-category",)),
    ),
    Fault(
        "22i", "picture", POLICE,
        "The file is a picture under the name of a CSV file.",
        (spoiled(pack=made(books.picture)),),
        rejected("file-binary"),
    ),
    Fault(
        "22j", "tabs", POLICE,
        "The cells are separated by tabs.",
        (spoiled(pack=separated_by("\t")),),
        rejected("delimiter-wrong"),
    ),
    Fault(
        "24a", "rows-of-an-old-spreadsheet", STREET,
        "The file has exactly the 65,536 lines that an old spreadsheet holds.",
        (spoiled(span=APRIL, pack=whole_spreadsheet, suffix=".csv.gz"),),
        rejected("rows-truncated"),
    ),
    Fault(
        "24b", "compressed-and-cut", STREET,
        "A compressed file was cut in the middle.",
        (
            spoiled(
                span=APRIL, pack=through(lambda text: books.cut_short(books.gz(text))),
                suffix=".csv.gz",
            ),
        ),
        rejected("file-unreadable"),
    ),
    Fault(
        "24c", "workbook-cut", CCTV,
        "A workbook was cut in the middle.",
        (spoiled(pack=through(books.cut_short)),),
        rejected("file-unreadable"),
    ),
    Fault(
        "24d", "empty", POLICE,
        "The file has no bytes.",
        (spoiled(pack=made(bytes)),),
        rejected("file-empty"),
    ),
    Fault(
        "24e", "headings-only", POLICE,
        "The file has its headings, but not one row, and its name does not say nil.",
        (spoiled(kept(lambda page, place: False)),),
        rejected("rows-none"),
    ),
)  # fmt: skip

ABOUT_FILES = (*HEADINGS, *TEXTS)
