"""Planted faults of single rows in the council's casework and ledger.

Numbers 21, 23 and 28 of the catalogue, as they come in cases of anti-social behaviour, actions and
payments.
"""

from datetime import datetime

from sources.sample.faults.fault import Fault, accepted, spoiled
from sources.sample.faults.plant import cells, each
from sources.sample.people import CANARY

CASES, ACTIONS, GRANTS = "asb_cases", "asb_actions", "grant_spend"

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
        "23m", "payment-over-its-budget", GRANTS,
        "A payment is greater than the budget that it is made from: it is counted, and told.",
        (spoiled(cells("Budget (£)", "1.50", rule="spend-over-budget")),),
        accepted(holds=("budgets-differ",)),
    ),
    Fault(
        "23n", "budget-of-a-grant-in-two-ways", GRANTS,
        "Two payments from one grant state different budgets.",
        (spoiled(cells("Budget (£)", "99999.00")),),
        accepted(holds=("budgets-differ",)),
    ),
    Fault(
        "23o", "payments-over-the-budget-together", GRANTS,
        "Each payment is within its budget, and the year's together are not.",
        (spoiled(each("Spend (£)", lambda cell: "400.00")),),
        accepted(holds=("budget-overspent",)),
    ),
    Fault(
        "28e", "kind-of-action-on-no-list", ACTIONS,
        "Two actions are of a kind that is on no list; they may be of those that are few.",
        (spoiled(cells("Action", CANARY, f"Sanction {CANARY}", rule="word-unknown")),),
        accepted(holds=("rejected-in-small-category",)),
    ),
)  # fmt: skip
