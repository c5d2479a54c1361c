"""Grants: which payment says what a grant has, and what payments together cannot be."""

from datetime import date
from itertools import permutations

import pytest

from schemas.grants import Draw, granted, judge_grants, label_of, parts_of, standing
from schemas.measures import MEASURES
from schemas.period import FinancialYear, Month, Quarter, Span
from schemas.records import RECORDS
from schemas.records.base import identity_of

KICKS, COUNCIL_KICKS, VOICE, ONSIDE = (
    ("kicks", "commissioner"), ("kicks", "council"), ("your_voice", "council"),
    ("onside", "commissioner"),
)  # fmt: skip
RECORD = RECORDS["grant_spend"]
GRANTS = identity_of(RECORD).grants
NAMES = {grant: label_of(grant, RECORD) for grant in (KICKS, COUNCIL_KICKS, VOICE, ONSIDE)}
Q1, Q2 = Quarter(2020, 1).span, Quarter(2020, 2).span
A_BUDGET = "Kicks programme (Police and Crime Commissioner), Apr 2020 to Mar 2021: "


def pay(
    row: int, budget: int | None, paid: int = 100, *, grant: tuple[str, str] = KICKS, month: int = 5
) -> Draw:
    return Draw(grant, date(2020, month, 15), budget, paid, row)


def found(mine: list[Draw], others: list[Draw] | None = None, span: Span = Q1) -> dict[str, str]:
    return {f.rule: f.detail for f in judge_grants(mine, others or [], NAMES, span)}


# --- what was granted ---------------------------------------------------------------------------


def total(measure: str, *draws: Draw) -> tuple[int, tuple[int, ...]] | None:
    known = granted(MEASURES[measure], GRANTS, draws)
    return None if known is None else (known.figure.value, known.refs)


PAYMENTS = (
    pay(2, 1000), pay(3, 1000), pay(4, 300, grant=COUNCIL_KICKS), pay(5, 50, grant=VOICE),
    pay(6, 70, grant=ONSIDE),
)  # fmt: skip


@pytest.mark.parametrize(
    ("measure", "value"),
    [
        ("grant-budget", 1420), ("grant-budget-kicks", 1300), ("grant-budget-your-voice", 50),
        ("grant-budget-other-projects", 70), ("grant-budget-from-commissioner", 1070),
        ("grant-budget-from-council", 350),
    ],
)  # fmt: skip
def test_each_grant_is_taken_once_however_many_payments_it_has(measure: str, value: int):
    assert total(measure, *PAYMENTS)[0] == value


def test_the_budget_is_that_of_the_latest_payment_in_whatever_order_they_come():
    draws = (pay(2, 1000), pay(3, 1200, month=6), pay(4, None, month=6))
    assert {total("grant-budget-kicks", *order) for order in permutations(draws)} == {(1200, (3,))}


def test_of_a_days_payments_the_one_that_states_the_most_holds():
    assert standing([pay(2, 900), pay(3, 1000)]) == pay(3, 1000)


def test_a_payment_that_states_no_budget_leaves_what_others_say():
    assert total("grant-budget-kicks", pay(2, 1000), pay(3, None, month=6)) == (1000, (2,))


def test_where_a_grant_states_none_what_it_is_a_part_of_is_not_known_either():
    """A budget left out is not a budget of 0."""
    draws = (pay(2, 1000), pay(3, None, grant=VOICE))
    assert total("grant-budget", *draws) is None
    assert total("grant-budget-your-voice", *draws) is None
    assert total("grant-budget-kicks", *draws) == (1000, (2,))


def test_what_nobody_drew_on_is_not_known_and_no_0():
    assert total("grant-budget-other-projects", pay(2, 1000)) is None


def test_budgets_are_known_from_april_up_to_the_end_of_each_quarter():
    assert [part.label for part in parts_of(FinancialYear(2020))] == [
        "Apr to Jun 2020", "Apr to Sep 2020", "Apr to Dec 2020", "Apr 2020 to Mar 2021",
    ]  # fmt: skip


# --- whether it can be --------------------------------------------------------------------------


def test_payments_within_their_budget_raise_nothing():
    assert found([pay(2, 1000), pay(3, 1000, 900)]) == {}


def test_different_budgets_within_a_file_are_told_with_their_rows():
    draws = [pay(2, 159_400), pay(3, 160_000), pay(4, 159_400), pay(5, 159_400), pay(9, None)]
    assert found(draws) == {
        "budgets-differ": f"{A_BUDGET}£1,594 in rows 2 and 4 to 5 and £1,600 in row 3"
    }


def test_a_budget_that_is_another_one_than_before_is_told_of_the_file_that_changes_it():
    before, changed = [pay(901, 1000, month=4)], [pay(2, 1200, month=7)]
    assert found(changed, before, Q2) == {
        "budgets-differ": f"{A_BUDGET}£12 in row 2 and £10 on earlier payments"
    }
    assert found([pay(2, 1200, month=8)], [*before, *changed], Q2) == {}


def test_a_file_that_comes_after_later_ones_is_held_against_these():
    assert found([pay(2, 1000, month=4)], [pay(901, 1200, month=7)]) == {
        "budgets-differ": f"{A_BUDGET}£10 in row 2 and £12 on later payments"
    }


def test_each_year_has_a_budget_of_its_own():
    last_year = [Draw(KICKS, date(2020, 3, 15), 900, 10_000, 901)]
    assert found([pay(2, 1000)], last_year) == {}


def test_payments_of_several_quarters_that_go_beyond_the_budget_together():
    others = [pay(901, 100_000, 60_000, month=4)]
    assert found([pay(2, 100_000, 50_000, month=7)], others, Q2) == {
        "budget-overspent": f"{A_BUDGET}£1,100 was paid, £1,000 was granted"
    }
    assert found([pay(2, 100_000, 40_000, month=7)], others, Q2) == {}


def test_a_grant_from_which_the_file_pays_nothing_is_not_asked_about_again():
    others = [pay(901, 1000, 6000, month=4)]
    assert found([pay(2, 50, grant=VOICE, month=7, paid=1)], others, Q2) == {}


def test_a_finding_is_of_the_months_of_its_year_and_names_three_grants():
    mine = [
        pay(n, 1, 100, grant=grant) for n, grant in enumerate((KICKS, COUNCIL_KICKS, VOICE, ONSIDE))
    ]
    over = Span(Month(2020, 1), Month(2020, 6))
    (finding,) = judge_grants(mine, [], NAMES, over)
    assert finding.span == Q1
    assert finding.detail.count("was granted") == 3
    assert finding.detail.endswith("; and 1 more grant")


def test_many_rows_are_not_all_named():
    odd = [pay(row, 1000, 0) for row in range(3, 30, 2)]
    assert found([*odd, pay(2, 1200, 0)])["budgets-differ"].endswith(
        "£12 in row 2 and £10 in rows 3, 5, 7, 9, 11 and more"
    )
