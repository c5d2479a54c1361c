"""Counts by ward: which rows count where, what stands apart, and how they are drawn and told."""

from xml.etree import ElementTree

import pytest
from support.desk import Desk, P, police, street

from reports.formats.csvs import wards_csv
from reports.tables import CCTV, TABLES
from reports.ward_charts import labels, ordered, ward_bars
from reports.ward_sections import rows_of, wards_section, wards_told
from reports.wards import (
    WARD_MEASURES,
    WardCount,
    WardTable,
    ward_figures,
    ward_tables,
    without_wards,
)
from schemas.areas import ST_ALBANS
from schemas.geography import ward_of, wards
from schemas.issues import LawBroken
from schemas.measures import MEASURES
from schemas.period import FinancialYear, Month, Quarter
from warehouse.wards import can_be_placed, ward_counts

Q1 = Quarter(2020, 1)
DISTRICT = ST_ALBANS.district.code
ASHLEY, VERULAM, OLD_BATCHWOOD, BATCHWOOD = "E05004785", "E05004803", "E05004786", "E05013947"


def table(*counts: tuple[str, str, int], former=(), unplaced: int = 0) -> WardTable:
    known = tuple(WardCount(*count) for count in counts)
    before = tuple(WardCount(*count) for count in former)
    total = sum(w.value for w in (*known, *before)) + unplaced
    return WardTable("fly-tips", known, before, total)


def by_ward(desk: Desk, measure: str, period, total: int) -> WardTable:
    figures = {(measure, DISTRICT, period.code): total}
    (found,) = of_desk(desk, figures, period)
    return found


def of_desk(desk: Desk, figures, period, tables=TABLES) -> tuple[WardTable, ...]:
    counted = ward_figures(desk.engine, figures, tables, period, ST_ALBANS)
    return ward_tables(figures | counted, period, ST_ALBANS)


def known(found: WardTable) -> dict[str, int]:
    return {w.code: w.value for w in found.wards if w.value}


# --- which rows count where -------------------------------------------------------------------


def test_a_row_counts_in_the_ward_that_its_partner_states(desk):
    """Not in that of its name, nor in that of its LSOA (of Batchwood here)."""
    desk.accept(
        P,
        police("""
        Ward Code | Ward    | LSOA      | Status
        E05004785 | Verulam | E01023669 | Recorded
        E05004785 | Ashley  | E01023664 | Recorded
        E05004803 | Verulam |           | Recorded
        E05004803 | Verulam |           | Cancelled
        """),
    )
    assert known(by_ward(desk, "all-crime", Q1, 3)) == {ASHLEY: 2, VERULAM: 1}


def test_without_a_ward_a_row_counts_in_that_of_its_lsoa_or_in_none(desk):
    """A name alone places no row (fault 17)."""
    desk.accept(
        P,
        police("""
        Ward Code | Ward    | LSOA      | Easting | Northing
                  | Verulam | E01023664 |         |
                  | Verulam |           |         |
        E05004803 | Verulam |           |         |
        """),
    )
    found = by_ward(desk, "all-crime", Q1, 3)
    assert known(found) == {ASHLEY: 1, VERULAM: 1}
    assert found.unplaced == 1
    assert found.total == 3


def test_every_ward_in_force_stands_there_with_a_zero_where_nothing_happened(desk):
    desk.accept(P, police("Ward Code | LSOA\nE05004785 | E01023664"))
    found = by_ward(desk, "all-crime", Q1, 1)
    assert len(found.wards) == 20
    assert {w.code for w in found.wards} == {
        code for code, ward in wards().items() if ward.valid_from.year < 2020
    }


def test_a_figure_that_is_not_known_has_no_wards(desk):
    desk.accept(P, police("Ward Code | LSOA\nE05004785 | E01023664"))
    for figures in ({}, {("all-crime", DISTRICT, Q1.code): None}):
        assert of_desk(desk, figures, Q1) == ()
    figures = {("all-crime", DISTRICT, Q1.code): 1}
    assert of_desk(desk, figures, Q1, (CCTV,)) == ()


def test_where_no_row_says_where_there_is_no_table_and_the_pack_says_so(desk):
    """Packs of 2025 had no section by ward, and no word of it."""
    desk.accept(P, police("Ward Code | Ward | LSOA\n | |"))
    figures = {("all-crime", DISTRICT, Q1.code): 1, ("fly-tips", DISTRICT, Q1.code): 0}
    assert of_desk(desk, figures, Q1) == ()
    missing = without_wards(figures, Q1, ST_ALBANS)
    assert missing == ("all-crime",)
    (said,) = wards_section((), Q1, ST_ALBANS, None, missing).blocks
    assert said.text.startswith("Not shown by ward: All crime. No row of Apr to Jun 2020 is in a ")
    both = {**figures, ("all-crime", ASHLEY, Q1.code): 1}
    assert without_wards(both, Q1, ST_ALBANS) == ()


@pytest.mark.parametrize(
    ("lsoa", "month", "ward"),
    [
        ("E01023664", Month(2020, 4), ASHLEY),
        ("E01023664", Month(2022, 4), ASHLEY),
        # In May 2022 the wards changed: nothing is put into one of another vintage.
        ("E01023664", Month(2022, 5), None),
        ("E01023664", Month(2025, 1), None),
        # An LSOA of 2021 that is another one than in 2011 (change indicator other than U).
        ("E01035566", Month(2021, 6), None),
        ("E01000001", Month(2020, 4), None),
    ],
)
def test_an_lsoa_lies_in_a_ward_of_its_own_vintage_or_in_none(lsoa, month, ward):
    assert ward_of(lsoa, month) == ward


def test_wards_of_both_vintages_are_never_mixed(desk):
    """Batchwood is a ward before and after May 2022, with other boundaries."""
    desk.accept(
        "police-crime-2022-23-q1.csv",
        police("""
        Crime Reference | Date Recorded | Ward Code | Ward      | LSOA
        41/1/22         | 04/05/2022    | E05004786 | Batchwood |
        41/2/22         | 05/05/2022    | E05013947 | Batchwood |
        """),
    )
    found = by_ward(desk, "all-crime", Quarter(2022, 1), 2)
    assert known(found) == {BATCHWOOD: 1}
    assert found.former == (WardCount(OLD_BATCHWOOD, "Batchwood", 1),)
    assert "Counted in wards as they were before a change: 1." in wards_told(found)


def test_a_total_that_was_published_otherwise_is_marked_as_in_its_own_table():
    """By ward it stood unmarked, in sentence and CSV, beside 1,723 [r] in the police table."""
    whole, ashley = ("fly-tips", DISTRICT, Q1.code), ("fly-tips", ASHLEY, Q1.code)
    revised = frozenset({whole, ashley})
    (found,) = ward_tables({whole: 1723, ashley: 1700}, Q1, ST_ALBANS, revised)
    assert list(rows_of(found, ST_ALBANS))[-1] == ("St Albans", DISTRICT, "1,723 [r]")
    assert wards_told(found).endswith("Of 1,723 [r] incidents in all, no ward is known for 23.")
    lines = wards_csv([found], Q1, ST_ALBANS.district).split("\n")
    assert next(line for line in lines if ",total," in line).split(",")[6:9] == [
        "1723",
        "r",
        "total",
    ]


def test_wards_never_add_up_to_more_than_the_district():
    with pytest.raises(LawBroken, match="add up to more than the district"):
        WardTable("fly-tips", (WardCount(ASHLEY, "Ashley", 3),), (), 2)


def test_domestic_abuse_is_never_told_by_ward():
    with pytest.raises(LawBroken, match="less than the district"):
        WardTable("domestic-abuse", (WardCount(ASHLEY, "Ashley", 30),), (), 300)


def test_sums_and_residuals_are_not_counted_by_ward(desk):
    for measure in ("cctv-incidents", "other-crime", "fire-injuries"):
        assert not can_be_placed(MEASURES[measure])
        with pytest.raises(ValueError, match="cannot be counted by ward"):
            ward_counts(desk.engine, MEASURES[measure], DISTRICT, Q1.span)


def test_every_measure_by_ward_can_be_placed_and_none_is_domestic_abuse():
    assert all(can_be_placed(MEASURES[code]) for code in WARD_MEASURES)
    assert "domestic-abuse" not in WARD_MEASURES


def test_street_level_rows_count_by_their_lsoa(desk):
    desk.accept(
        "2020-04-hertfordshire-street.csv",
        street("""
        Month   | LSOA code | LSOA name      | Crime type
        2020-04 | E01023664 | St Albans 013A | Anti-social behaviour
        2020-04 | E01023664 | St Albans 013A | Burglary
        """),
    )
    measure = MEASURES["street-anti-social-behaviour"]
    assert ward_counts(desk.engine, measure, DISTRICT, Q1.span) == {(ASHLEY, Month(2020, 4)): 1}


# --- how they are drawn and told --------------------------------------------------------------


def test_bars_stand_in_order_with_name_and_figure():
    found = table((ASHLEY, "Ashley", 3), (VERULAM, "Verulam", 1200), (BATCHWOOD, "Batchwood", 0))
    svg = ElementTree.fromstring(ward_bars(found, "w", "Fly-tips by ward", "w-words"))
    words = [t.text for t in svg.iter("{http://www.w3.org/2000/svg}text")]
    assert words == ["Verulam", "1,200", "Ashley", "3", "Batchwood", "0"]
    assert len(list(svg.iter("{http://www.w3.org/2000/svg}rect"))) == 3 + 2


def test_two_wards_of_one_name_are_told_apart_by_their_codes():
    found = table(("E05013959", "Marshalswick West", 2), ("E05015802", "Marshalswick West", 1))
    assert list(labels(found.wards).values()) == [
        "Marshalswick West (E05013959)", "Marshalswick West (E05015802)",
    ]  # fmt: skip


def test_the_words_name_the_highest_and_the_lowest_and_what_is_in_no_ward():
    found = table((ASHLEY, "Ashley", 3), (VERULAM, "Verulam", 9), unplaced=2)
    assert [w.name for w in ordered(found)] == ["Verulam", "Ashley"]
    assert wards_told(found) == (
        "The highest are Verulam (9) and Ashley (3); the lowest is Ashley (3). "
        "Of 14 incidents in all, no ward is known for 2."
    )


def test_the_table_beside_bars_adds_up_to_the_district():
    found = table((ASHLEY, "Ashley", 3), former=((OLD_BATCHWOOD, "Batchwood", 4),), unplaced=2)
    section = wards_section((found,), FinancialYear(2022), ST_ALBANS)
    rows = section.blocks[1].data.rows
    assert rows == (
        ("Ashley", ASHLEY, "3"),
        ("Batchwood, as it was before", OLD_BATCHWOOD, "4"),
        ("Ward not known", "[z]", "2"),
        ("St Albans", DISTRICT, "9"),
    )
