"""Planted faults of single rows: references, values and personal data.

Numbers 11, 23, 25, 27 and 28 of the catalogue, and what of 26 is a matter of rows.
"""

from datetime import datetime

from schemas.period import Month, Span
from sources.sample.faults.fault import Fault, accepted, spoiled
from sources.sample.faults.page import Cell, Page
from sources.sample.faults.plant import (
    cells,
    each,
    everywhere,
    having,
    ordinary_having,
    repeated,
)
from sources.sample.people import CANARY

POLICE, STREET, CCTV = "police_crime", "street_crime", "cctv_log"
FLY_TIPS, FIRE = "fly_tips", "hfrs_incidents"
APRIL = Span(Month(2018, 4), Month(2018, 4))


def with_commas(number: Cell) -> Cell:
    """Return 514123 as 514,123."""
    return f"{int(str(number)):,}"


def in_april(page: Page) -> list[int]:
    """Choose ordinary records that start in April."""
    return ordinary_having("Start", lambda c: isinstance(c, datetime) and c.month == 4)(page)


REFERENCES = (
    Fault(
        "11a", "row-twice", POLICE,
        "Two rows stand in the file twice, with the same content.",
        (spoiled(repeated(2, "row-repeated")),),
    ),
    Fault(
        "11b", "reference-twice", POLICE,
        "A crime reference stands in the file twice, with different outcomes.",
        (spoiled(repeated(1, "key-conflict", {"Outcome Type": "2"})),),
    ),
    Fault(
        "11c", "robbery-twice", POLICE,
        "A robbery stands in the file twice, with different outcomes; there are few robberies.",
        (
            spoiled(
                repeated(
                    1, "key-conflict", {"Outcome Type": "2"},
                    among=having("HO Code", lambda c: c in ("34A", "34B")),
                )
            ),
        ),
        accepted(holds=("rejected-in-small-category",)),
    ),
    Fault(
        "11d", "pasted-twice", POLICE,
        "All rows stand in the file twice.",
        (spoiled(repeated(0, "row-repeated", among=everywhere)),),
        accepted(holds=("repeated-share",)),
    ),
    Fault(
        "11e", "crime-id-in-two-districts", STREET,
        "A crime id stands in the file twice, in different districts.",
        (
            spoiled(
                repeated(
                    1, "key-conflict",
                    {"LSOA code": "E01023398", "LSOA name": "Dacorum 015D",
                     "Longitude": "-0.473", "Latitude": "51.75"},
                ),
                span=APRIL,
            ),
        ),
    ),
    Fault(
        "25a", "scientific-references", POLICE,
        "A spreadsheet has turned two references into numbers (4.12E+12).",
        (spoiled(cells("Crime Reference", "4.12E+12", "4.1E+11", rule="reference-scientific")),),
    ),
    Fault(
        "25b", "references-as-dates", POLICE,
        "A spreadsheet has turned two references into dates.",
        (spoiled(cells("Crime Reference", "05-Apr", "2018-04-05", rule="reference-as-date")),),
    ),
    Fault(
        "25c", "malformed-references", POLICE,
        "Two references do not look as agreed.",
        (
            spoiled(
                cells("Crime Reference", CANARY, f"41/{CANARY}/18", rule="text-malformed"),
            ),
        ),
    ),
    Fault(
        "25d", "crime-without-id", STREET,
        "Two crimes have no id.",
        (spoiled(cells("Crime ID", None, None, rule="crime-without-id"), span=APRIL),),
    ),
)  # fmt: skip

VALUES = (
    Fault(
        "23a", "signs-for-nothing", POLICE,
        "Three cells hold a sign for a value that is not there.",
        (spoiled(cells("Outcome Type", "n/a", "-", ":", rule="token-absent")),),
    ),
    Fault(
        "23b", "suppressed-count", CCTV,
        "A number of arrests is given as <5: it is not known, and is no 0.",
        (spoiled(cells("Arrests", "<5", rule="count-suppressed", among=in_april)),),
        accepted(absent=(("cctv-arrests", Month(2018, 4)),)),
    ),
    Fault(
        "23c", "thousands-commas", POLICE,
        "Two numbers have commas between their thousands.",
        (spoiled(cells("Easting", with_commas, with_commas, rule="number-with-commas")),),
    ),
    Fault(
        "23d", "trailing-blanks", POLICE,
        "The district's name ends in a blank everywhere: nothing is wrong with that.",
        (spoiled(each("District", lambda c: f"{c} ")),),
    ),
    Fault(
        "23e", "words-for-numbers", POLICE,
        "Two outcome types are words.",
        (spoiled(cells("Outcome Type", f"two {CANARY}", CANARY, rule="number-unreadable")),),
    ),
    Fault(
        "23f", "blank-where-needed", POLICE,
        "Two crimes have no district.",
        (spoiled(cells("District", None, None, rule="value-missing")),),
    ),
    Fault(
        "23g", "word-not-on-the-list", POLICE,
        "The status of two crimes is none of those agreed.",
        (spoiled(cells("Status", CANARY, f"Filed by {CANARY}", rule="word-unknown")),),
    ),
    Fault(
        "23h", "too-high", POLICE,
        "Two outcome types are higher than there are any.",
        (spoiled(cells("Outcome Type", "99", "107", rule="value-too-high")),),
    ),
    Fault(
        "23i", "too-low", FIRE,
        "A number of people is less than nothing.",
        (spoiled(cells("Fatalities", -1, rule="value-too-low")),),
    ),
    Fault(
        "23j", "fire-without-class", FIRE,
        "A fire is not said to be primary, secondary or chimney.",
        (
            spoiled(
                cells(
                    "Fire Class", None, rule="fire-without-class",
                    among=lambda page: page.where(
                        lambda row: row["Fire Class"] == "Primary"
                        and row["Motive"] == "Accidental"
                        and row["District"] != "St Albans"
                        and not row["Casualties"]
                    ),
                )
            ),
        ),
    ),
    Fault(
        "26e", "e-mail-in-a-kept-column", CCTV,
        "The camera's column holds an e-mail address in two rows.",
        (
            spoiled(
                cells(
                    "Camera", f"{CANARY}@example.org", f"ask {CANARY}@example.org",
                    rule="personal-data",
                )
            ),
        ),
    ),
    Fault(
        "26f", "telephone-postcode-registration", CCTV,
        "The camera's column holds a telephone number, a full postcode and a registration.",
        (
            spoiled(
                cells(
                    "Camera", f"{CANARY} 07700 900123", f"AL1 3JE {CANARY}", f"AB12 CDE {CANARY}",
                    rule="personal-data",
                )
            ),
        ),
    ),
    Fault(
        "26g", "insurance-birth-name", CCTV,
        "The camera's column holds a National Insurance number, a date of birth and a name.",
        (
            spoiled(
                cells(
                    "Camera", f"AB123456C {CANARY}", f"dob 01/02/1990 {CANARY}",
                    f"Mr Alex Sampleton {CANARY}", rule="personal-data",
                )
            ),
        ),
    ),
    Fault(
        "27a", "formulas", POLICE,
        "Two cells of text begin with a sign that a spreadsheet takes for a formula.",
        (spoiled(cells("Ward", "=1+1", "@SUM(1)", rule="text-formula")),),
    ),
    Fault(
        "28a", "offence-code-on-no-list", POLICE,
        "One crime has an offence code that is on no list.",
        (spoiled(cells("HO Code", "9Z9", rule="offence-unmapped")),),
    ),
    Fault(
        "28b", "many-codes-on-no-list", POLICE,
        "Four crimes, more than 0.5% of the file, have offence codes that are on no list.",
        (spoiled(cells("HO Code", "9Z9", "9Z9", "9Z8", "9Z7", rule="offence-unmapped")),),
        accepted(holds=("codes-unmapped-share",)),
    ),
    Fault(
        "28c", "new-waste-type", FLY_TIPS,
        "A waste type is new: it may be one of those of which there are few.",
        (spoiled(cells("Waste Type", CANARY, rule="word-unknown")),),
        accepted(holds=("rejected-in-small-category",)),
    ),
    Fault(
        "28d", "new-district", STREET,
        "An LSOA's name leads to no district that is known: in a file as small as this, one row is "
        "more than 0.5%.",
        (
            spoiled(
                cells("LSOA name", "Newly Made 001A", rule="district-unmapped"), span=APRIL,
            ),
        ),
        accepted(holds=("codes-unmapped-share",)),
    ),
)  # fmt: skip

ABOUT_ROWS = (*REFERENCES, *VALUES)
