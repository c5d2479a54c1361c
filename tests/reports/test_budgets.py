"""Budgets beside what was spent of them: figures, sentences, and the files that have them."""

import csv
import io
from decimal import Decimal

import pytest

from reports.budgets import BUDGETS, BudgetTable, budget_tables, quotable_budgets, with_budgets
from reports.cells import (
    CONFIDENTIAL,
    NOT_APPLICABLE,
    UNAVAILABLE,
    Cell,
    Figure,
    Mark,
    percent_of,
)
from reports.document import Document, Download, Grid, Paragraph, Section
from reports.figures import fill
from reports.formats.csvs import budgets_csv
from reports.formats.workbook import sheets_of
from reports.narrative.references import Quotable
from reports.tables import GRANTS
from schemas.areas import ST_ALBANS
from schemas.issues import LawBroken
from schemas.period import FinancialYear, Period, Quarter

YEAR, Q3 = FinancialYear(2020), Quarter(2020, 3)
HERE = ST_ALBANS.district.code
SPENT = {"grant-spend": 1_660_000, "grant-kicks": 1_610_000, "grant-your-voice": 50_000,
         "grant-other-projects": 0}  # fmt: skip
GRANTED = {"grant-budget": 1_670_000, "grant-budget-kicks": 1_594_000,
           "grant-budget-your-voice": 76_000, "grant-budget-other-projects": None}  # fmt: skip


def printed(
    granted: dict[str, Figure] = GRANTED,
    spent: dict[str, Figure] = SPENT,
    period: Period = YEAR,
    code: str = "2020-21",
    revised: frozenset[tuple[str, str, str]] = frozenset(),
) -> BudgetTable:
    figures = {(m, HERE, code): value for m, value in (granted | spent).items()}
    table = fill(figures, GRANTS[0], period, ST_ALBANS)
    (found,) = budget_tables([table], figures, ST_ALBANS, revised)
    return found


def blocks(table: BudgetTable) -> list[object]:
    section = Section("Projects and funding", "projects", ())
    (found,) = with_budgets([section], [table])
    return list(found.blocks)


def grid(table: BudgetTable) -> Grid:
    return next(block for block in blocks(table) if isinstance(block, Grid))


def said(table: BudgetTable) -> list[str]:
    return [block.text for block in blocks(table) if isinstance(block, Paragraph)]


def test_each_row_says_what_was_granted_spent_and_left():
    shown = grid(printed())
    assert shown.header == ("Project", "Budget", "Spent", "Left", "Spent (%)")
    assert shown.rows == (
        ("All spending from grants", "£16,700", "£16,600", "£100", "99.4"),
        ("Kicks programme", "£15,940", "£16,100", "\u2212£160", "101.0"),
        ("Your Voice Your Choice", "£760", "£500", "£260", "65.8"),
        ("Other projects", "[x]", "£0", "[x]", "[x]"),
    )


def test_what_is_said_is_read_from_the_cells():
    legend, sentence, note = said(printed())
    assert legend.startswith("Shorthand: [x] not available: no payment up to then states a budget")
    assert sentence == (
        "Of £16,700 granted, £16,600 (99.4%) was spent by the end of Mar 2021; £100 is left. Kicks "
        "programme: overspent by £160."
    )
    assert note.startswith("Each grant of a project and a funder is taken once")


@pytest.mark.parametrize(
    ("granted", "sentence"),
    [
        (
            {"grant-budget": 1_660_000, "grant-budget-kicks": 1_610_000},
            "Of £16,600 granted, £16,600 (100.0%) was spent by the end of Mar 2021; nothing is "
            "left.",
        ),
        (
            {"grant-budget": 1_659_950, "grant-budget-kicks": 1_609_950},
            "Of £16,599.50 granted, £16,600 (100.0%) was spent by the end of Mar 2021; it is "
            "overspent by £0.50. Kicks programme: overspent by £0.50.",
        ),
        (
            {"grant-budget": None, "grant-budget-kicks": None},
            "What is left of all grants cannot be given [x]. No budget is stated for 'Kicks "
            "programme', from which payments were made.",
        ),
    ],
)
def test_nothing_left_overspent_and_not_known(granted: dict[str, Figure], sentence: str):
    usual = GRANTED | {"grant-budget-your-voice": 50_000}
    assert sentence in said(printed(usual | granted))


def test_budgets_that_do_not_add_up_are_not_printed():
    with pytest.raises(LawBroken, match="the budgets do not add up to their total"):
        printed(GRANTED | {"grant-budget": 1_670_001})


def test_a_quarters_pack_holds_the_year_to_date_against_the_years_budget():
    shown = grid(printed(period=Q3, code="2020-21-Q3-YTD"))
    assert shown.extent.startswith(
        "St Albans. Budget of Apr 2020 to Mar 2021, as payments up to Dec 2020 state it; spent: "
        "Apr to Dec 2020. Pounds."
    )
    assert shown.rows[0][1:] == ("£16,700", "£16,600", "£100", "99.4")


def test_what_is_confidential_is_so_in_all_that_follows_from_it():
    hidden = SPENT | {"grant-your-voice": Mark.CONFIDENTIAL}
    assert grid(printed(spent=hidden)).rows[2] == (
        "Your Voice Your Choice", "£760", "[c]", "[c]", "[c]",
    )  # fmt: skip


def test_a_budget_that_was_published_otherwise_is_marked():
    key = ("grant-budget-kicks", HERE, "2020-21")
    assert grid(printed(revised=frozenset({key}))).rows[1][1] == "£15,940 [r]"


def test_a_release_of_before_budgets_were_printed_has_none():
    figures = {(m, HERE, "2020-21"): value for m, value in SPENT.items()}
    table = fill(figures, GRANTS[0], YEAR, ST_ALBANS)
    assert budget_tables([table], figures, ST_ALBANS, frozenset()) == ()
    assert quotable_budgets([table], figures, YEAR, ST_ALBANS) == ()


def test_the_csv_has_the_same_cells():
    assert isinstance(blocks(printed())[-1], Download)
    assert blocks(printed())[-1].to == BUDGETS
    rows = list(csv.DictReader(io.StringIO(budgets_csv([printed()]))))
    assert [(r["budget"], r["spent"], r["left"], r["percent_spent"], r["role"]) for r in rows] == [
        ("16700.00", "16600.00", "100.00", "99.4", "total"),
        ("15940.00", "16100.00", "-160.00", "101.0", "part"),
        ("760.00", "500.00", "260.00", "65.8", "part"),
        ("", "0.00", "", "", "residual"),
    ]
    assert {(r["budget_mark"], r["left_mark"], r["percent_mark"]) for r in rows[-1:]} == {
        ("x", "x", "x")
    }


def test_in_the_workbook_amounts_are_numbers_under_a_heading_that_says_pounds():
    """A column of amounts stood there as texts, "£16,700"."""
    told = Document("T", "S", "P", sections=(Section("S", "s", tuple(blocks(printed()))),))
    (sheet,) = sheets_of(told)
    assert sheet.columns["Budget (pounds)"] == [16700, 15940, 760, "[x]"]
    assert sheet.columns["Left (pounds)"] == [100, -160, 260, "[x]"]
    assert sheet.columns["Spent (%)"] == [99.4, 101.0, 65.8, "[x]"]


def test_texts_of_the_annual_report_may_quote_a_budget():
    figures = {(m, HERE, "2020-21"): value for m, value in (GRANTED | SPENT).items()}
    table = fill(figures, GRANTS[0], YEAR, ST_ALBANS)
    quotable = Quotable([table, *quotable_budgets([table], figures, YEAR, ST_ALBANS)])
    assert quotable.expand("grant-budget-kicks.value") == "£15,940"
    assert quotable.expand("grant-budget-other-projects.value") == "[x]"


# --- the share that is spent --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spent", "budget", "cell"),
    [
        (1_594_000, 1_600_000, Cell(Decimal("99.6"))),
        (125, 1000, Cell(Decimal("12.5"))),
        (1001, 2000, Cell(Decimal("50.1"))),  # 50.05, half-up
        (0, 1000, Cell(Decimal("0.0"))),
        (1, 10_000, Cell(Decimal("0.0"), Mark.LOW)),
        (161, 159, Cell(Decimal("101.3"))),
        (5, 0, NOT_APPLICABLE),
        (None, 1000, UNAVAILABLE),
        (5, None, UNAVAILABLE),
        (Mark.CONFIDENTIAL, 1000, CONFIDENTIAL),
    ],
)
def test_the_share_of_a_budget_that_is_spent(spent, budget, cell: Cell):
    assert percent_of(spent, budget) == cell
