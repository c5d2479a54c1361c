"""Planted faults that only show in the whole of a delivery, or against what came before.

Numbers 1 to 7, 12, 14, 29, 30, 32 and 33 of the catalogue.
"""

from datetime import date

from schemas.period import FinancialYear, Month, Quarter, Span
from sources.sample.faults.fault import (
    QUARTER,
    Answer,
    Fault,
    Piece,
    Status,
    accepted,
    clean,
    rejected,
    spoiled,
)
from sources.sample.faults.page import Cell, Page
from sources.sample.faults.plant import (
    below,
    cells,
    each,
    everywhere,
    fewer,
    having,
    later,
    month_cut,
    more,
    ordinary_having,
    repeated,
    stating,
)
from sources.sample.files import NOTICE
from sources.sample.official import fly_tips_bytes

POLICE, STREET, CCTV, FLY_TIPS = "police_crime", "street_crime", "cctv_log", "fly_tips"
APRIL = Span(Month(2018, 4), Month(2018, 4))
MAY = Month(2018, 5)
NEXT = Quarter(2018, 2)
A_QUARTER_OF_DAYS = 91

YEAR_BEFORE = tuple(clean(quarter.span) for quarter in FinancialYear(2017).quarters)
"""Twelve clean months: history for what is judged by it."""


def defra_of_2020(page: Page) -> bytes:
    """Defra's workbook of 2020-21, which has 15 notices where the council has 25."""
    return fly_tips_bytes(FinancialYear(2020), NOTICE)


DEFRA_2020 = Piece(
    FinancialYear(2020).span, pack=defra_of_2020, name="official-fly-tips-2020-21-synthetic",
    suffix=".xlsx", of_file=("header-below", "rows-elsewhere"), received_on=date(2021, 4, 1),
)  # fmt: skip
QUARTERS_2020 = tuple(
    Piece(quarter.span, is_whole=True, of_file=told)
    for quarter, told in zip(
        FinancialYear(2020).quarters, ((), (), ("official-differs-in-year",), ()), strict=True
    )
)
"""The whole sample of 2020-21. Its 25 fixed penalties stand against the 15 that Defra publishes;
the first nine months have 18, so that the difference shows from the third quarter on."""

VEHICLE_CODES = frozenset({"45", "48", "126", "37/2"})


def as_damage(code: Cell) -> Cell:
    """Return a vehicle offence's code as that of damage to a vehicle."""
    return "58C" if code in VEHICLE_CODES else code


def outside(page: Page) -> None:
    """Note down that all rows lie outside the months of the file's name."""
    page.tell("outside-months", everywhere(page))


def all_but_two(page: Page) -> int:
    """A total that is two short."""
    return len(page.rows) - 2


def is_highway(land_type: Cell) -> bool:
    """Say whether a case lies on a highway."""
    return land_type == "Highway"


def is_other(land_type: Cell) -> bool:
    """Say whether a case lies elsewhere; in the small exports, on council land."""
    return land_type != "Highway"


ABOUT_DELIVERIES = (
    Fault(
        "1a", "nothing-sent", POLICE,
        "The council has sent its log of the quarter; the police have sent nothing.",
        (clean(source=CCTV),),
        Answer(
            Status.NOTHING,
            absent=tuple(("all-crime", month) for month in QUARTER.span),
            says=("Hertfordshire Constabulary", "overdue", "30 Sep 2018"),
        ),
    ),
    Fault(
        "1b", "late", POLICE,
        "The file comes on 12 November, six weeks after its statutory date.",
        (spoiled(received_on=date(2018, 11, 12)),),
        accepted("delivery-late"),
    ),
    Fault(
        "2a", "month-without-rows", POLICE,
        "The quarter's file has no row for May.",
        (spoiled(month_cut(5, 0)),),
        accepted(holds=("months-missing",), absent=(("all-crime", MAY),)),
    ),
    Fault(
        "2b", "month-of-few-rows", POLICE,
        "May has 12 rows, a tenth of what a month has had before.",
        (*YEAR_BEFORE, spoiled(month_cut(5, 12))),
        accepted(holds=("months-thin",)),
    ),
    Fault(
        "2c", "months-in-doubt", POLICE,
        "The name gives no period, and the rows leave out May.",
        (spoiled(month_cut(5, 0), name="police-crime-synthetic"),),
        rejected("months-unknown"),
    ),
    Fault(
        "3a", "leak-from-neighbours", POLICE,
        "May has one row, which a neighbour sent: it looks like data and is none.",
        (*YEAR_BEFORE, spoiled(month_cut(5, 1))),
        accepted(holds=("months-thin",)),
    ),
    Fault(
        "4a", "same-file-again", POLICE,
        "The same file is sent twice.",
        (clean(), clean()),
        Answer(Status.KNOWN),
    ),
    Fault(
        "4b", "under-another-name", POLICE,
        "The quarter's file is sent again under the name of the next quarter.",
        (clean(), spoiled(outside, name=f"police-crime-{NEXT.slug}-synthetic")),
        rejected("nothing-accepted"),
    ),
    Fault(
        "4c", "references-of-another-quarter", POLICE,
        "The next quarter's file has references that stood in this quarter's, so that these crimes "
        "move from one to the other.",
        (
            clean(),
            spoiled(
                later(A_QUARTER_OF_DAYS), fewer(0.4), name=f"police-crime-{NEXT.slug}-synthetic",
                received_on=date(2018, 12, 20),
            ),
        ),
        accepted(holds=("keys-of-other-period", "history-moved")),
    ),
    Fault(
        "4d", "figures-of-another-quarter", FLY_TIPS,
        "The next quarter's file has other references and dates, but the same figures throughout.",
        (
            clean(),
            spoiled(
                later(A_QUARTER_OF_DAYS),
                each("Case Reference", lambda c: f"{str(c)[:-5]}9{str(c)[-4:]}"),
                name=f"fly-tips-{NEXT.slug}-synthetic", received_on=date(2018, 12, 20),
            ),
        ),
        accepted(holds=("totals-of-other-period",)),
    ),
    Fault(
        "5a", "history-moves", POLICE,
        "The quarter is sent again, with crimes that the first file did not have: a seventh more.",
        (spoiled(fewer(0.15)), clean()),
        accepted(holds=("history-moved",)),
    ),
    Fault(
        "6a", "reclassified-and-cancelled", POLICE,
        "The quarter is sent again: two crimes have another code of the same row, one is flagged "
        "as domestic abuse, one is cancelled.",
        (
            clean(),
            spoiled(
                cells(
                    "Status", "Cancelled", among=ordinary_having("HO Code", lambda c: c == "105A")
                ),
                cells("DA", "Y", among=ordinary_having("HO Code", lambda c: c == "8R")),
                cells(
                    "HO Code", "105A", "105A",
                    among=ordinary_having("HO Code", lambda c: c == "8N"),
                ),
            ),
        ),
        accepted(replaced=4),
    ),
    Fault(
        "6b", "references-vanish", POLICE,
        "The quarter is sent again without three crimes in ten.",
        (clean(), spoiled(fewer(0.3))),
        accepted(holds=("history-moved", "keys-vanished")),
    ),
    Fault(
        "7a", "year-to-date-differs", POLICE,
        "The last line states a year to date that is not the sum of the months.",
        (
            clean(),
            spoiled(below(stating("Year to date", lambda page: 700)), span=NEXT.span),
        ),
        accepted("year-to-date-differs"),
    ),
    Fault(
        "12a", "alike-without-a-key", STREET,
        "Three incidents of anti-social behaviour are exactly like others: all are counted.",
        (
            spoiled(
                repeated(
                    3, "", among=having("Crime type", lambda c: c == "Anti-social behaviour")
                ),
                span=APRIL,
            ),
        ),
    ),
    Fault(
        "14a", "location-blank", POLICE,
        "One crime in seven has no location, where one in a hundred had none before.",
        (
            *YEAR_BEFORE,
            spoiled(
                cells(
                    "LSOA", *[None] * 56, among=having("LSOA", lambda c: c is not None),
                    also=dict.fromkeys(("Ward Code", "Ward", "Easting", "Northing")),
                )
            ),
        ),
        accepted("location-blank-jump"),
    ),
    Fault(
        "29a", "series-breaks", POLICE,
        "All vehicle offences are coded as damage to vehicles, after a year in which none was.",
        (*YEAR_BEFORE, spoiled(each("HO Code", as_damage))),
        accepted("series-break"),
    ),
    Fault(
        "30a", "unit-changes", CCTV,
        "The log lists every entry in place of every incident: four times as many rows.",
        (*YEAR_BEFORE, spoiled(more(4.0, "Log No"))),
        accepted(holds=("unit-changed",)),
    ),
    Fault(
        "30b", "volume-unusual", CCTV,
        "The log has 70% more rows than it ever had.",
        (*YEAR_BEFORE, spoiled(more(1.7, "Log No"))),
        accepted(holds=("volume-unusual",)),
    ),
    Fault(
        "32a", "parts-differ", FLY_TIPS,
        "The totals by land type add up to two more than the total that is stated; the rows bear "
        "out the parts.",
        (
            spoiled(
                below(
                    stating("Highway", lambda page: len(having("Land Type", is_highway)(page))),
                    stating("Council Land", lambda page: len(having("Land Type", is_other)(page))),
                    stating("Total", all_but_two),
                )
            ),
        ),
        accepted("parts-differ"),
    ),
    Fault(
        "33a", "official-figure-differs", FLY_TIPS,
        "The year is complete: it has 25 fixed penalties for fly-tipping, Defra has 15.",
        (DEFRA_2020, *QUARTERS_2020),
        accepted(holds=("official-differs",)),
    ),
    Fault(
        "33b", "official-figure-differs-in-year", FLY_TIPS,
        "Nine months have 18 fixed penalties for fly-tipping, Defra has 15 for the whole year.",
        (DEFRA_2020, *QUARTERS_2020[:3]),
        accepted("official-differs-in-year"),
    ),
)  # fmt: skip
