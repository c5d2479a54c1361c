"""The inconsistencies of the annual report of 2020-21, and the test that would catch each of them.

Faults are those of `DOMAIN.md`, section 1.3, by their numbers. I19 and I20 are of the scanned copy
alone. A test that is renamed without this table fails here.
"""

import ast
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]

AUDIT = "reports/test_audit.py"
CELLS = "reports/test_report_cells.py"
FIGURES = "reports/test_report_figures.py"
PAGE = "reports/test_report_html.py"
TEXTS = "reports/test_narrative.py"
BACKTEST = "backtest/test_annual_report_2020_21.py"

CAUGHT: Mapping[str, tuple[str, ...]] = {
    # A percentage of another sign than its change.
    "I01": (f"{CELLS}::test_the_sign_of_the_percentage_is_the_sign_of_the_change",
            f"{AUDIT}::test_the_police_table_as_it_was_printed"),
    # A column headed with another period than its siblings.
    "I02": (f"{BACKTEST}::test_every_figure_stands_under_its_own_months",
            f"{AUDIT}::test_the_fire_table_as_it_was_printed"),
    # No % sign: the unit stands in the heading of every column.
    "I03": (f"{PAGE}::test_a_caption_says_where_when_and_in_what_unit",
            f"{AUDIT}::test_the_fire_table_as_it_was_printed"),
    # A word in place of a number.
    "I04": (f"{CELLS}::test_a_cell_is_a_number_or_a_reason_and_never_neither",
            f"{AUDIT}::test_the_fire_table_as_it_was_printed"),
    # Rows that do not reach their total.
    "I05": (f"{FIGURES}::test_parts_that_do_not_reach_their_total_are_never_printed",
            f"{AUDIT}::test_the_police_table_as_it_was_printed"),
    # A flag printed as if it were a part.
    "I06": (f"{PAGE}::test_a_rows_label_says_that_it_overlaps_and_what_else_it_counts",
            f"{AUDIT}::test_a_residual_row_and_a_flag_that_is_no_part_end_the_fault"),
    # A total of actions that its parts do not reach.
    "I07": (f"{AUDIT}::test_actions_that_do_not_reach_their_total",
            "reports/test_report_tables.py::test_a_table_with_a_total_prints_every_part_of_it"),
    # A claim about months that are not published; "cases" and "incidents" for the same thing.
    "I08": (f"{TEXTS}::test_a_reference_that_leads_nowhere_says_what_is_near",
            f"{PAGE}::test_a_caption_says_where_when_and_in_what_unit"),
    # A percentage without what it is a percentage of.
    "I09": (f"{AUDIT}::test_a_percentage_without_its_figures_is_a_remark",
            f"{CELLS}::test_there_is_no_comparison_with_what_is_not_available"),
    # Another figure than the official one.
    "I10": (f"{BACKTEST}::test_the_one_figure_that_defra_gives_otherwise_is_held",),
    # What stands at a day, printed without it among what happened in a year.
    "I11": (f"{AUDIT}::test_a_flow_without_a_readable_period_is_a_remark",),
    # No figure for the year before.
    "I12": (f"{FIGURES}::test_what_nobody_sent_is_marked_in_every_cell",),
    # Figures without an area.
    "I13": ("reports/test_report_csvs.py::test_every_figure_has_the_code_of_its_area",),
    # Several ways of rounding.
    "I14": (f"{CELLS}::test_percentages_are_rounded_half_up_to_one_place",),
    # This year first in one table, last year first in another.
    "I15": (f"{PAGE}::test_a_row_has_its_figures_in_the_order_of_the_headings",),
    # Several ways of writing a number.
    "I16": (f"{CELLS}::test_nothing_is_ever_printed_blank_or_with_a_hyphen_for_a_minus",
            f"{AUDIT}::test_ways_of_writing_numbers_are_a_remark"),
    # Several ways of writing a period.
    "I17": ("schemas/test_period.py::test_how_a_span_is_printed_and_stored",),
    # A table of contents that is not that of the report.
    "I18": (f"{PAGE}::test_every_id_is_used_once_and_every_link_within_the_page_leads_somewhere",
            "reports/test_annual_report.py::"
            "test_the_chapters_stand_in_the_order_of_the_report_and_are_numbered"),
    # Claims that no figure is stored for.
    "I21": (f"{TEXTS}::test_each_is_told_with_its_place",
            f"{TEXTS}::test_every_wrong_reference_is_told_at_once_with_file_and_line"),
    # A percentage of one thing beside a count of another.
    "I22": (f"{PAGE}::test_a_rows_label_says_that_it_overlaps_and_what_else_it_counts",
            f"{PAGE}::test_notes_and_source_stand_with_each_table"),
    # The same total under two names.
    "I23": ("reports/test_report_tables.py::"
            "test_every_row_names_a_measure_of_the_tables_source_once_at_each_level",),
    # A county that includes the district beside it.
    "I24": (f"{FIGURES}::test_the_rest_of_the_county_is_the_county_less_the_district",),
    # Events of after the year.
    "I25": (f"{TEXTS}::test_a_month_after_the_period_is_told_with_its_place",),
    # Labels that stand for codes.
    "I26": ("reports/test_report_tables.py::test_a_rows_role_is_what_its_measure_is",
            "reports/test_report_csvs.py::test_a_line_says_all_that_its_figures_are"),
    # Percentages of small figures.
    "I27": (f"{CELLS}::test_from_a_small_figure_no_percentage_is_given_but_its_mark",),
}  # fmt: skip
"""Each fault by its number, with the tests that keep it out of a report or find it in one."""

OF_THE_SCAN = ("I19", "I20")


@cache
def names_in(file: str) -> frozenset[str]:
    tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def test_every_fault_has_its_tests():
    assert sorted((*CAUGHT, *OF_THE_SCAN)) == [f"I{number:02}" for number in range(1, 28)]


@pytest.mark.parametrize("fault", CAUGHT)
def test_the_tests_that_would_catch_a_fault_are_there(fault: str):
    named = [name.partition("::") for name in CAUGHT[fault]]
    assert [test for file, _, test in named if test not in names_in(file)] == []
