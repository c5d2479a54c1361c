"""Budgets in the warehouse: once a grant, for April up to each quarter, in any order of files.

Row 2 is the first below the headings. Amounts are in pounds in the files, in pence in the views.
"""

from itertools import permutations
from pathlib import Path

import pytest
from sqlalchemy import delete
from support.desk import DAY_ONE, HOUR, Desk
from support.files import complete, csv_bytes

from flows.tracing import trace_named
from schemas.areas import ST_ALBANS
from schemas.measures import Kind, budgets_of
from warehouse.as_at import engine_as_at
from warehouse.changes import moved_by
from warehouse.prepare import prepare
from warehouse.read import holds
from warehouse.tables import MEASURE, MEASURE_STATED
from warehouse.trace import Trace
from warehouse.trace_parts import Why

pytestmark = pytest.mark.slow  # each opens warehouses

USUAL = {
    "Payment Reference": "GR/{row}",
    "Payment Date": "15/04/2020",
    "Project": "Kicks programme",
    "Funder": "PCC",
    "Budget (£)": "1000",
    "Spend (£)": "100",
}
Q1 = (
    "grant-spend-2020-21-q1.csv",
    """
    Payment Reference | Payment Date | Project     | Funder  | Budget (£) | Spend (£)
    GR/1              | 15/04/2020   | Kicks       | PCC     | 1000       | 100
    GR/2              | 15/05/2020   | Kicks       | PCC     | 1000       | 200
    GR/3              | 15/05/2020   | Kicks       | Council | 300        | 50
    """,
)
Q2 = (
    "grant-spend-2020-21-q2.csv",
    """
    Payment Reference | Payment Date | Project     | Funder  | Budget (£) | Spend (£)
    GR/4              | 15/07/2020   | Your Voice  | Council | 500        | 500
    GR/5              | 15/08/2020   | Kicks       | PCC     | 1000       | 200
    """,
)
Q3 = (
    "grant-spend-2020-21-q3.csv",
    """
    Payment Reference | Payment Date | Project     | Funder  | Budget (£) | Spend (£)
    GR/6              | 15/10/2020   | Kicks       | PCC     | 1200       | 1
    """,
)


def payments(rows: str) -> bytes:
    return csv_bytes(complete(rows, USUAL))


def budgets(desk: Desk, measure: str = "grant-budget") -> dict[str, int]:
    columns = "measure_code kind area_code period_code value"
    lines = [line for line in desk.shows("csp_measure_stated_v1", columns) if line[0] == measure]
    assert {(kind, area) for _, kind, area, _, _ in lines} <= {("budget", "E07000240")}
    return {period: int(value) for *_, period, value in lines}


def traced(desk: Desk, measure: str, period: str) -> Trace:
    return trace_named(desk.engine, measure, period, None, desk.settings)


def test_a_budget_is_known_up_to_each_quarter_that_has_come(either: Desk):
    either.accept(Q1[0], payments(Q1[1]))
    assert budgets(either) == {"2020-21-Q1": 130_000}
    either.accept(Q2[0], payments(Q2[1]))
    assert budgets(either) == {"2020-21-Q1": 130_000, "2020-21-Q2-YTD": 180_000}
    assert budgets(either, "grant-budget-your-voice") == {"2020-21-Q2-YTD": 50_000}
    assert budgets(either, "grant-budget-kicks") == {
        "2020-21-Q1": 130_000, "2020-21-Q2-YTD": 130_000,
    }  # fmt: skip


def test_what_comes_later_changes_no_earlier_quarter(either: Desk):
    """A budget that is raised in October is not that of the pack of June."""
    for name, rows in (Q1, Q2, Q3):
        either.accept(name, payments(rows))
    assert budgets(either, "grant-budget-from-commissioner") == {
        "2020-21-Q1": 100_000, "2020-21-Q2-YTD": 100_000, "2020-21-Q3-YTD": 120_000,
    }  # fmt: skip


def test_without_every_month_up_to_then_there_is_none(desk: Desk):
    desk.accept(Q2[0], payments(Q2[1]))
    assert budgets(desk) == {}
    (gap,) = traced(desk, "grant-budget", "Apr to Sep 2020").gaps
    assert gap.why is Why.BUDGET_NOT_STATED


def test_in_whatever_order_files_come_the_budgets_are_the_same(tmp_path: Path):
    found = set()
    for number, order in enumerate(permutations((Q1, Q2, Q3))):
        folder = tmp_path / str(number)
        folder.mkdir()
        with Desk.open("sqlite", folder) as desk:
            for name, rows in order:
                desk.accept(name, payments(rows))
            found.add(
                tuple(
                    (m.code, *sorted(budgets(desk, m.code).items()))
                    for m in budgets_of("grant_spend")
                )
            )
    assert len(found) == 1


def test_a_file_sent_again_replaces_what_it_said(either: Desk):
    either.accept(Q1[0], payments(Q1[1]))
    again = either.accept(Q1[0], payments(Q1[1].replace("| 300 ", "| 350 ")))
    assert budgets(either) == {"2020-21-Q1": 135_000}
    moved = {(m.measure, m.span.label): (m.was, m.became)
             for m in moved_by(either.engine, again.delivery_id)}  # fmt: skip
    assert moved["grant-budget", "Apr to Jun 2020"] == (130_000, 135_000)
    either.accept(Q1[0], payments("Payment Reference | Budget (£)\nGR/1 |\n"))
    assert budgets(either) == {}


def test_a_budget_is_traced_to_the_payment_that_states_it(either: Desk):
    first = either.accept(Q1[0], payments(Q1[1]))
    second = either.accept(Q2[0], payments(Q2[1]))
    found = traced(either, "Budget: all grants", "Apr to Sep 2020")
    assert (found.printed, found.total, found.rows, found.faults) == (180_000, 180_000, 3, ())
    assert {part.record.line.id: list(zip(part.rows, part.adds, strict=True))
            for part in found.behind} == {
        first.delivery_id: [(4, 30_000)],
        second.delivery_id: [(2, 50_000), (3, 100_000)],
    }  # fmt: skip
    (gap,) = traced(either, "grant-budget", "Jul to Sep 2020").gaps
    assert gap.why is Why.BUDGET_OF_YEAR


def test_the_past_has_its_own_budget(either: Desk):
    either.came(Q1[0], payments(Q1[1]))
    either.accept(Q1[0], payments(Q1[1].replace("| 300 ", "| 350 ")))
    then = engine_as_at(either.engine, DAY_ONE + HOUR)
    found = trace_named(then, "grant-budget", "2020-21-Q1", None, either.settings)
    assert (found.printed, found.total, found.faults) == (130_000, 130_000, ())
    then.dispose()


# --- what is held -------------------------------------------------------------------------------


def held(desk: Desk) -> list[tuple[str, str, str]]:
    return [(h.rule, h.span.label, h.detail) for h in holds(desk.engine) if h.stands]


def test_more_than_a_grant_has_is_held_across_quarters(either: Desk):
    """Every payment was within its budget, and what they came to was looked at nowhere."""
    either.accept(Q1[0], payments("Spend (£)\n600\n"))
    assert held(either) == []
    q2 = "grant-spend-2020-21-q2.csv"
    row = "Payment Reference | Payment Date | Spend (£)\nGR/9 | 15/07/2020 | {}\n"
    either.accept(q2, payments(row.format("500")))
    assert held(either) == [
        (
            "budget-overspent", "Jul to Sep 2020",
            "Kicks programme (Police and Crime Commissioner), Apr 2020 to Mar 2021: £1,100 was "
            "paid, £1,000 was granted",
        )
    ]  # fmt: skip
    either.accept(q2, payments(row.format("400")))
    assert held(either) == []


def test_a_payment_that_stands_in_the_file_twice_is_not_counted_twice(either: Desk):
    """A row taken back as a repeat went on to count towards what was spent."""
    either.accept(
        Q1[0], payments("Payment Reference | Spend (£)\nGR/1 | 600\nGR/1 | 600\nGR/2 | 1\n")
    )
    assert "budget-overspent" not in {rule for rule, _, _ in held(either)}


def test_a_changed_budget_is_asked_about_once(either: Desk):
    either.accept(Q1[0], payments(Q1[1]))
    either.accept(Q2[0], payments(Q2[1]))
    assert held(either) == []
    either.accept(Q3[0], payments(Q3[1]))
    assert held(either) == [
        (
            "budgets-differ", "Oct to Dec 2020",
            "Kicks programme (Police and Crime Commissioner), Apr 2020 to Mar 2021: £1,200 in row "
            "2 and £1,000 on earlier payments",
        )
    ]  # fmt: skip


# --- a warehouse of before ----------------------------------------------------------------------


def test_a_warehouse_of_before_there_were_budgets_has_them_at_the_next_start(either: Desk):
    either.accept(Q1[0], payments(Q1[1]))
    second = either.accept(Q2[0], payments(Q2[1]))
    with either.engine.begin() as conn:
        conn.execute(delete(MEASURE).where(MEASURE.c.kind == Kind.BUDGET.value))
        conn.execute(delete(MEASURE_STATED))
    prepare(either.engine, ST_ALBANS, [])
    assert budgets(either) == {"2020-21-Q1": 130_000, "2020-21-Q2-YTD": 180_000}
    with either.engine.connect() as conn:
        came = conn.execute(MEASURE_STATED.select()).mappings().all()
    assert {row["delivery_id"] for row in came} == {second.delivery_id}
