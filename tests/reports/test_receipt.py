"""What a receipt is: rows told as ranges, faults in order, a verdict in words, and six scores."""

import re
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal

import pytest

from reports.receipt import (
    Finding,
    Gravity,
    HoldLine,
    Receipt,
    RowNumbers,
    Status,
    in_order,
    share,
    show_share,
)
from reports.receipt_words import taken_for, where, words
from schemas.period import Month, Span
from schemas.rules import RULES, Dimension

FILE = Receipt(
    partnership="A Partnership", file_name="police.csv", version="1.2.3", source="police_crime",
    title="Police recorded crime", partner="The force", layout="extract",
    span=Span(Month(2020, 4), Month(2020, 6)), read=10, accepted=10,
)  # fmt: skip


def rows(*numbers: int) -> RowNumbers:
    return RowNumbers(numbers)


# --- row numbers --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ((), ""),
        ((7,), "7"),
        ((7, 8), "7, 8"),
        ((12, 13, 14, 15, 40), "12 to 15, 40"),
        ((40, 12, 14, 13, 15, 13), "12 to 15, 40"),
        ((2, 4, 6, 8), "2, 4, 6 and 1 more"),
        ((2, 4, *range(10, 20), *range(30, 342)), "2, 4, 10 to 19 and 312 more"),
    ],
)
def test_rows_are_told_as_ranges_in_order_each_once(numbers: tuple[int, ...], told: str):
    assert RowNumbers(numbers).shown(limit=3) == told


def test_all_rows_are_kept_however_few_are_told():
    kept = RowNumbers(range(2, 1_000_002, 2))
    assert len(kept) == 500_000
    assert kept.numbers.nbytes == 4_000_000
    assert kept.shown(1) == "2 and 499,999 more"


def test_the_same_rows_are_equal():
    assert rows(3, 2) == rows(2, 3)
    assert hash(rows(3, 2)) == hash(rows(2, 3))
    assert rows(3) != rows(4)


# --- what was found -----------------------------------------------------------------------------


def test_faults_stand_by_gravity_then_by_how_many_rows():
    found = in_order(
        [
            Finding("date-serial", "Date", rows=rows(*range(50))),
            Finding("offence-unmapped", rows=rows(9)),
            Finding("value-missing", "Date Recorded", rows=rows(3)),
            Finding("word-unknown", "Status", "Recorded", rows=rows(4, 5)),
            Finding("personal-data", "Ward", rows=rows(6)),
            Finding("months-missing", expected="May 2020"),
            Finding("header-missing", "DA"),
            Finding("sheet-hidden", expected="2"),
        ]
    )
    assert [(f.gravity, f.rule) for f in found] == [
        (Gravity.FILE, "sheet-hidden"),
        (Gravity.FILE, "header-missing"),
        (Gravity.SECURITY, "personal-data"),
        (Gravity.ROWS, "word-unknown"),
        (Gravity.ROWS, "value-missing"),
        (Gravity.HOLD, "months-missing"),
        (Gravity.WARNING, "offence-unmapped"),
        (Gravity.REPAIR, "date-serial"),
    ]


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_can_stand_on_a_receipt(rule: str):
    found = Finding(rule, "A heading", "a form", rows(2, 3))
    assert found.sentence
    assert found.remedy
    assert "{" not in found.sentence + found.remedy
    assert found.gravity in Gravity


def test_no_remedy_sends_the_partner_to_the_partner():
    """Keeps away: a receipt on which the partner reads that the partner should be asked."""
    told = [rule.code for rule in RULES.values() if re.search(r"the partner\b", rule.remedy)]
    assert told == []


def test_where_it_was_found_is_said_in_words():
    assert where(Finding("value-missing", "A"), 5) == "The whole file"
    assert where(Finding("value-missing", "A", rows=rows(3)), 5) == "Row 3"
    assert where(Finding("value-missing", "A", rows=rows(3, 4, 5)), 5) == "Rows 3 to 5"


# --- the verdict --------------------------------------------------------------------------------

HELD = HoldLine("Too few rows.")
FREED = HoldLine("Too few rows.", "released by A. Person", is_open=False)


@pytest.mark.parametrize(
    ("changes", "status", "verdict"),
    [
        ({}, Status.ACCEPTED, "Accepted: all 10 rows"),
        ({"read": 1, "accepted": 1}, Status.ACCEPTED, "Accepted: its one row"),
        ({"read": 0, "accepted": 0}, Status.ACCEPTED, "Accepted: nothing happened"),
        ({"accepted": 7}, Status.PARTLY, "Accepted, but 3 of 10 rows were rejected"),
        ({"accepted": 9}, Status.PARTLY, "Accepted, but 1 of 10 rows was rejected"),
        ({"holds": (HELD,)}, Status.HELD, "Accepted, but the figures are held back"),
        ({"holds": (FREED,)}, Status.ACCEPTED, "Accepted: all 10 rows"),
        (
            {"is_rejected": True, "holds": (HELD,)},
            Status.REJECTED,
            "The file was rejected: nothing of it is counted",
        ),
        (
            {"is_check": True, "accepted": 7},
            Status.PARTLY,
            "The file would be accepted, but 3 of 10 rows would be rejected",
        ),
        (
            {"is_check": True, "is_rejected": True},
            Status.REJECTED,
            "The file would be rejected: nothing of it would be counted",
        ),
        ({"is_check": True}, Status.ACCEPTED, "The file would be accepted: all 10 rows"),
    ],
)
def test_the_verdict_is_one_line_of_words(changes: dict, status: Status, verdict: str):
    receipt = replace(FILE, **changes)
    assert receipt.status is status
    assert words(receipt).verdict == verdict
    assert words(receipt).then


def test_what_follows_depends_on_what_was_found():
    warned = replace(FILE, findings=(Finding("offence-unmapped", rows=rows(2)),))
    mended = replace(FILE, findings=(Finding("date-serial", "Date", rows=rows(2)),))
    assert words(FILE).then == "All 10 rows are counted. There is nothing to correct."
    assert "look at the warnings" in words(warned).then
    assert "mended" in words(mended).then
    assert warned.is_fine
    assert mended.is_fine
    assert "send the whole export again" in words(replace(FILE, accepted=9)).then


def test_a_file_that_was_not_recognised_was_taken_for_nothing():
    assert taken_for(FILE) == "Police recorded crime (extract), Apr to Jun 2020"
    assert taken_for(replace(FILE, title="", span=None)) == ""


# --- scores -------------------------------------------------------------------------------------


def test_a_row_with_two_faults_of_a_dimension_counts_once():
    receipt = replace(
        FILE,
        accepted=7,
        findings=(
            Finding("word-unknown", "Status", rows=rows(2, 3)),
            Finding("date-unreadable", "Date", rows=rows(3, 4)),
            Finding("value-missing", "Date", rows=rows(4)),
            Finding("number-with-commas", "Easting", rows=rows(5, 6)),
            Finding("text-damaged", "Ward"),
        ),
    )
    scores = {score.dimension: score for score in receipt.scorecard}
    assert set(scores) == set(Dimension)
    validity = scores[Dimension.VALIDITY]
    assert (validity.at_fault, validity.repaired, validity.of_file) == (3, 2, 1)
    assert validity.shown == "70.0%"
    assert scores[Dimension.COMPLETENESS].shown == "90.0%"
    assert scores[Dimension.UNIQUENESS].shown == "100.0%"


def test_a_file_without_rows_has_no_score():
    assert {score.shown for score in replace(FILE, read=0, accepted=0).scorecard} == {
        "not measured"
    }


@pytest.mark.parametrize(
    ("part", "whole", "exact", "shown"),
    [
        (1, 3, "33.3", "33.3%"),
        (25, 10_000, "0.3", "0.3%"),
        (9_985, 10_000, "99.9", "99.9%"),
        (1, 10_000, "0.0", "under 0.1%"),
        (9_999, 10_000, "100.0", "over 99.9%"),
        (0, 10_000, "0.0", "0.0%"),
        (10_000, 10_000, "100.0", "100.0%"),
    ],
)
def test_shares_are_rounded_half_up_and_never_to_all_or_none(part, whole, exact, shown):
    assert share(part, whole) == Decimal(exact)
    assert show_share(part, whole) == shown


# --- what it needs ------------------------------------------------------------------------------


def test_a_receipt_and_its_page_need_no_database(root):
    """Keeps away: `csp check --receipt` that asks for a warehouse's libraries."""
    program = (
        "import sys, reports.receipt, reports.receipt_words, reports.formats.receipt_html\n"
        "import reports.formats.receipt_csv, reports.formats.receipt_json\n"
        "print(sorted({'sqlalchemy', 'alembic', 'prefect', 'warehouse'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=root,
        env={"PYTHONPATH": str(root)},
    )  # fmt: skip
    assert done.stdout.strip() == "[]"
