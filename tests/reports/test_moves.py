"""What changed most: the rule, its order, and what it leaves out."""

from reports.cells import SMALL_BASE
from reports.document import Grid, Paragraph
from reports.moves import largest_moves, moves_section
from reports.tables import FLY_TIPPING, POLICE
from schemas.period import Quarter

Q1 = Quarter(2020, 1)


def set_quarter(shelf, measure: str, now: int, before: int) -> None:
    shelf.set(measure, since_2020_04=(now, 0, 0), since_2019_04=(before, 0, 0))


def test_the_furthest_beyond_chance_comes_first(shelf):
    """900 from 1,000 is 2.3 standard deviations, 60 from 100 is 3.2; 95 from 100 is chance."""
    set_quarter(shelf, "theft-from-shop", 900, 1000)
    set_quarter(shelf, "drug-offences", 60, 100)
    set_quarter(shelf, "robbery", 95, 100)
    set_quarter(shelf, "possession-of-weapons", 5, 49)
    found = largest_moves([shelf.fill(POLICE, Q1)], SMALL_BASE)
    assert [move.line.measure.code for move in found] == ["drug-offences", "theft-from-shop"]


def test_a_total_that_stands_in_several_tables_is_told_once(shelf):
    set_quarter(shelf, "fly-tips", 200, 100)
    found = largest_moves([shelf.fill(spec, Q1) for spec in FLY_TIPPING], SMALL_BASE)
    assert [move.line.measure.code for move in found] == ["fly-tips"]


def test_the_section_says_its_rule_and_its_figures(shelf):
    set_quarter(shelf, "drug-offences", 60, 100)
    rule, table = moves_section([shelf.fill(POLICE, Q1)], SMALL_BASE).blocks
    assert isinstance(rule, Paragraph)
    assert isinstance(table, Grid)
    assert "more than 2 times the square root of both together" in rule.text
    assert table.rows == (
        (
            "Drug offences (recorded crimes)",
            "Table 1",
            "St Albans",
            "60",
            "100",
            "\u221240",
            "\u221240.0",
        ),
    )


def test_where_nothing_moved_it_says_so(shelf):
    _, said = moves_section([shelf.fill(POLICE, Q1)], SMALL_BASE).blocks
    assert said.text == "No figure changed by that much."
