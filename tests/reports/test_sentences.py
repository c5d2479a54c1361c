"""What is said under a table: the right words for every kind of cell, and no figure of its own."""

from dataclasses import replace
from decimal import Decimal

import pytest

from reports.cells import Cell, Comparison, Mark, compare
from reports.sentences import moved, sentences_of
from reports.spec import Level
from reports.tables import CCTV, FIRE, POLICE
from reports.tables_stated import PROBATION
from schemas.areas import ST_ALBANS
from schemas.measures import Kind
from schemas.period import FinancialYear, Quarter

YEAR = FinancialYear(2020)
SMALL = "no percentage is given, because the earlier figure is small [u]"
COUNTY = ST_ALBANS.county.code


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (7846, 8876, "fell from 8,876 to 7,846, by 1,030 (11.6%)"),
        (331, 236, "rose from 236 to 331, by 95 (40.3%)"),
        (60, 60, "stayed at 60"),
        (0, 0, "stayed at 0"),
        (4, 6, f"fell from 6 to 4, by 2; {SMALL}"),
        (5, 0, "rose from 0 to 5, by 5; there is no percentage change from zero [z]"),
        (100_001, 100_000, "rose from 100,000 to 100,001, by 1 (less than 0.05%)"),
        (None, 6, "cannot be given: not available [x]"),
        (6, None, "came to 6; the figure of the year before is not available [x]"),
        (Mark.CONFIDENTIAL, 60, "cannot be given: confidential [c]"),
        (60, Mark.CONFIDENTIAL, "came to 60; the figure of the year before is confidential [c]"),
    ],
)  # fmt: skip
def test_how_a_figure_moved(now, before, said):
    assert moved(compare(now, before)) == said


def test_what_stands_at_a_day_stood_at_its_figure():
    assert moved(compare(40, None), Kind.STOCK).startswith("stood at 40")


def test_a_change_that_has_no_meaning_is_not_taken_for_a_missing_figure():
    """A qualified figure ("more than 500") and a percentage have no change, or none in percent."""
    without = Cell(None, Mark.NOT_APPLICABLE)
    both = Comparison(Cell(Decimal(500)), Cell(Decimal(400)), without, without)
    assert moved(both) == (
        "came to 500, against 400 the year before; a change cannot be given: not applicable [z]"
    )
    share = Comparison(Cell(Decimal(96)), Cell(Decimal(90)), Cell(Decimal(6)), without)
    assert moved(share) == "rose from 90 to 96, by 6"


def test_a_total_is_told_and_its_rows_are_counted(shelf):
    for measure, now, before in (
        ("all-crime", 10, 12), ("robbery", 1, 2), ("drug-offences", 3, 2), ("domestic-abuse", 1, 1)
    ):  # fmt: skip
        shelf.set(measure, since_2020_04=(now,) * 12, since_2019_04=(before,) * 12)
    assert sentences_of(shelf.fill(POLICE, YEAR)) == (
        "All crime fell from 144 to 120, by 24 (16.7%). Of the 12 other rows, 1 rose, 1 fell, "
        "1 stayed the same and 9 cannot be compared.",
    )


def test_of_several_areas_each_sentence_names_its_own(shelf):
    """The fire table has no total: the district's rows are told, the others are counted."""
    shelf.set("deliberate-fires", since_2020_04=(8,) * 12, since_2019_04=(9,) * 12)
    (said,) = sentences_of(shelf.fill(FIRE, YEAR))
    assert said.startswith("In St Albans, deliberate fires fell from 108 to 96, by 12 (11.1%).")
    assert said.endswith("Of the 6 other rows, none can be compared.")


def test_a_row_of_a_larger_area_is_told_with_it(shelf):
    """It said "Of its 1 row, 1 cannot be compared", and no word of what the row is."""
    (said,) = sentences_of(shelf.fill(PROBATION, YEAR))
    assert said == (
        "In the East of England, people helped with accommodation cannot be given: "
        "not available [x]."
    )


def test_a_quarter_says_of_which_months_each_sentence_is(shelf):
    shelf.set("cctv-incidents", since_2020_04=(10,) * 6, since_2019_04=(20,) * 6)
    quarter, to_date = sentences_of(shelf.fill(CCTV, Quarter(2020, 2)))
    assert quarter.startswith("Quarter, Jul to Sep 2020: Incidents dealt with by the control room "
                              "fell from 60 to 30, by 30 (50.0%).")  # fmt: skip
    assert to_date.startswith("Year to date, Apr to Sep 2020:")


def test_figures_with_nothing_to_compare_are_told_together(shelf):
    """Four sentences of one table all ended in the same words."""
    shelf.set("primary-fires", COUNTY, since_2020_04=(10,) * 12)
    shelf.set("deliberate-fires", COUNTY, since_2020_04=(2,) * 12)
    county = tuple(row for row in FIRE.rows if row.level is Level.COUNTY)[:2]
    (said,) = sentences_of(shelf.fill(replace(FIRE, rows=county), YEAR))
    assert said == (
        "In Hertfordshire, deliberate fires came to 24 and primary fires came to 120; the "
        "figures of the year before are not available [x]."
    )
    (said,) = sentences_of(shelf.fill(replace(FIRE, rows=county), FinancialYear(2022)))
    assert said == (
        "In Hertfordshire, deliberate fires and primary fires cannot be given: not available [x]."
    )
