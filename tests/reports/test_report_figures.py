"""Filling tables: which months are compared with which, and when there is no figure."""

from dataclasses import replace
from decimal import Decimal

import pytest

from reports.breaks import noted
from reports.cells import UNAVAILABLE, Mark
from reports.figures import area_at, title_of, windows
from reports.spec import Level, Row
from reports.tables import FIRE, POLICE, STREET
from schemas.areas import ST_ALBANS
from schemas.issues import LawBroken
from schemas.period import FinancialYear, Month, Quarter, Span
from warehouse.known import total_over

Q4, YEAR = Quarter(2020, 4), FinancialYear(2020)
COUNTY, FORCE = ST_ALBANS.county.code, ST_ALBANS.force.code


def line(filled, measure: str, area: str = "St Albans"):
    (found,) = [
        each for each in filled.lines if (each.measure.code, each.area.name) == (measure, area)
    ]
    return found


def test_a_quarter_is_compared_and_the_year_to_date_beside_it():
    quarter, to_date = windows(Q4)
    assert (quarter.code, quarter.heading) == ("2020-21-Q4", "Quarter")
    assert (quarter.span.label, quarter.before.label) == ("Jan to Mar 2021", "Jan to Mar 2020")
    assert (to_date.code, to_date.heading) == ("2020-21-Q4-YTD", "Year to date")
    assert to_date.span.label == "Apr 2020 to Mar 2021"
    assert to_date.before.label == "Apr 2019 to Mar 2020"


def test_a_year_is_compared_with_the_year_before():
    (year,) = windows(YEAR)
    assert (year.code, year.heading) == ("2020-21", "Year")
    assert (year.span.label, year.before.label) == ("Apr 2020 to Mar 2021", "Apr 2019 to Mar 2020")
    assert title_of(YEAR) == "Annual report"
    assert title_of(Q4) == "Quarterly tables"


def test_months_are_added_up_and_one_that_is_missing_leaves_no_total():
    values = {("robbery", "E", Month(2020, n)): n for n in (4, 5, 6)}
    april_to_june = Span(Month(2020, 4), Month(2020, 6))
    assert total_over(values, "robbery", "E", april_to_june) == 15
    assert total_over(values, "robbery", "E", Span(Month(2020, 4), Month(2020, 7))) is None
    assert total_over(values, "robbery", "W", april_to_june) is None
    assert total_over({}, "robbery", "E", april_to_june) is None


def test_a_total_of_zeros_is_zero_and_not_missing():
    values = {("robbery", "E", Month(2020, n)): 0 for n in (4, 5, 6)}
    assert total_over(values, "robbery", "E", Quarter(2020, 1).span) == 0


def test_levels_are_the_partnerships_own_areas():
    assert [area_at(level, ST_ALBANS).name for level in Level] == [
        "St Albans", "Hertfordshire", "Rest of Hertfordshire", "Hertfordshire Constabulary",
        "East of England", "NHS Herts Valleys CCG", "St Albans and Harpenden locality",
    ]  # fmt: skip


def test_a_table_is_filled_with_each_window_and_its_year_before(shelf):
    shelf.set("robbery", since_2019_04=(19,) * 12, since_2020_04=(14,) * 12)
    filled = shelf.fill(POLICE, Q4)
    quarter, to_date = line(filled, "robbery").comparisons
    assert [cell.value for cell in quarter.cells] == [42, 57, -15, Decimal("-26.3")]
    assert [cell.value for cell in to_date.cells] == [168, 228, -60, Decimal("-26.3")]
    assert [each.measure.code for each in filled.lines] == list(POLICE.measures)


def test_part_of_a_period_is_not_available_and_never_a_smaller_figure(shelf):
    shelf.set("robbery", since_2019_04=(9,) * 12, since_2020_04=(4,) * 11)
    quarter, to_date = line(shelf.fill(POLICE, Q4), "robbery").comparisons
    assert (quarter.value, quarter.change, quarter.percent) == (UNAVAILABLE,) * 3
    assert quarter.previous.value == 27
    assert to_date.value == UNAVAILABLE
    first = shelf.fill(POLICE, Quarter(2020, 3))
    assert [c.value.value for c in line(first, "robbery").comparisons] == [12, 36]


def test_what_nobody_sent_is_marked_in_every_cell(shelf):
    filled = shelf.fill(POLICE, YEAR)
    assert set(filled.cells) == {UNAVAILABLE}
    assert len(filled.cells) == 4 * len(POLICE.rows)
    assert filled.marks == [Mark.NOT_AVAILABLE]


def test_each_level_has_its_own_area(shelf):
    for area, value in ((ST_ALBANS.district.code, 8), (COUNTY, 86)):
        shelf.set("deliberate-fires", area, since_2020_04=(value,) * 12)
    filled = shelf.fill(FIRE, YEAR)
    assert line(filled, "deliberate-fires").comparisons[0].value.value == 96
    assert line(filled, "deliberate-fires", "Hertfordshire").comparisons[0].value.value == 1032


def test_the_rest_of_the_county_is_the_county_less_the_district(shelf):
    """The county's row includes the district (I24)."""
    for area, values in ((ST_ALBANS.district.code, (8, 7)), (COUNTY, (86, 90))):
        shelf.set(
            "deliberate-fires", area,
            since_2019_04=(values[1],) * 12, since_2020_04=(values[0],) * 12,
        )  # fmt: skip
    rest = line(shelf.fill(FIRE, YEAR), "deliberate-fires", "Rest of Hertfordshire")
    (compared,) = rest.comparisons
    assert [cell.value for cell in compared.cells] == [936, 996, -60, Decimal("-6.0")]
    unitary = replace(ST_ALBANS, county=ST_ALBANS.district)
    assert {each.area.name for each in shelf.fill(FIRE, YEAR, unitary).lines} == {"St Albans"}


def test_parts_that_do_not_reach_their_total_are_never_printed(shelf):
    """Eleven rows did not reach all crime, and no word was said of it (I05)."""
    for measure in POLICE.measures:
        shelf.set(measure, since_2020_04=(1,) * 12)
    with pytest.raises(LawBroken, match="Police recorded crime: the parts do not add up"):
        shelf.fill(POLICE, YEAR)


def test_rows_without_a_place_stand_for_the_force_area(shelf):
    shelf.set("street-location-unknown", FORCE, since_2020_04=(7,) * 12)
    filled = shelf.fill(STREET, YEAR)
    found = line(filled, "street-location-unknown", "Hertfordshire Constabulary")
    assert found.comparisons[0].value.value == 84
    assert Mark.NOT_APPLICABLE not in filled.marks


def test_the_marks_of_a_table_are_those_that_its_cells_carry(shelf):
    shelf.set("robbery", since_2019_04=(0,) * 12, since_2020_04=(1,) * 12)
    shelf.set("all-crime", since_2019_04=(10**6,) * 12, since_2020_04=(10**6,) * 11 + (10**6 + 1,))
    filled = shelf.fill(POLICE, YEAR)
    assert filled.marks == [Mark.NOT_AVAILABLE, Mark.NOT_APPLICABLE, Mark.LOW]


def test_a_comparison_across_a_break_carries_b_and_its_note(shelf):
    """Pictures drew the break, and the table beside them compared the two years as if alike."""
    shelf.set("burglary-residential", since_2022_04=(20,) * 12, since_2023_04=(15,) * 12)
    shelf.set("robbery", since_2022_04=(6,) * 12, since_2023_04=(5,) * 12)
    filled = shelf.fill(POLICE, FinancialYear(2023))
    burglary, robbery = (line(filled, code) for code in ("burglary-residential", "robbery"))
    assert [cell.marks for cell in burglary.comparisons[0].cells] == [
        (), (), (Mark.BREAK,), (Mark.BREAK,)
    ]  # fmt: skip
    assert burglary.row.note == len(POLICE.notes) + 1
    assert filled.spec.note_of(burglary.row) == (
        "From Apr 2023 figures are not like those before: residential burglary is recorded by home "
        "and unconnected building from then on."
    )
    assert Mark.BREAK in filled.marks
    assert robbery.comparisons[0].change.marks == ()
    # A year that lies after the break altogether is compared as ever.
    assert shelf.fill(POLICE, FinancialYear(2024)).spec is POLICE


def test_a_row_with_a_note_of_its_own_keeps_it_beside_that_of_a_break():
    police = replace(POLICE, rows=(Row("burglary-residential", note=2),))
    year = FinancialYear(2023).span
    told = noted(police, ((year.year_before(), year),))
    assert (told.rows[0].note, len(told.notes)) == (2, len(POLICE.notes) + 1)
    assert told.heading_notes[-1] == len(told.notes)
