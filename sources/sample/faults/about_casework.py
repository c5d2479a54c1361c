"""Planted faults of single rows in the council's casework.

Numbers 21, 23 and 28 of the catalogue, as they come in cases of anti-social behaviour and actions.
"""

from datetime import datetime

from sources.sample.faults.fault import Fault, accepted, spoiled
from sources.sample.faults.plant import cells
from sources.sample.people import CANARY

CASES, ACTIONS = "asb_cases", "asb_actions"

ABOUT_CASEWORK = (
    Fault(
        "21j", "action-before-its-case", ACTIONS,
        "A visit is dated before the day on which its case was opened.",
        (
            spoiled(
                cells(
                    "Case Opened", datetime(2018, 6, 30), rule="dates-disordered",
                )
            ),
        ),
    ),
    Fault(
        "23k", "action-without-case", ACTIONS,
        "Two visits name no case: they are counted, and told.",
        (spoiled(cells("Case Reference", None, None, rule="action-without-case")),),
    ),
    Fault(
        "23l", "one-typology-in-the-column-of-the-other", CASES,
        "The Home Office's typology of a case is given in a word of the police.",
        (spoiled(cells("ASB Typology", "Nuisance", rule="word-unknown")),),
        accepted(holds=("rejected-in-small-category",)),
    ),
    Fault(
        "28e", "kind-of-action-on-no-list", ACTIONS,
        "Two actions are of a kind that is on no list; they may be of those that are few.",
        (spoiled(cells("Action", CANARY, f"Sanction {CANARY}", rule="word-unknown")),),
        accepted(holds=("rejected-in-small-category",)),
    ),
)  # fmt: skip
