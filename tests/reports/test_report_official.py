"""Local figures beside official ones: both are shown, with their difference, and none is mended."""

import csv
import io

from reports.cells import Mark
from reports.formats.csvs import official_csv
from reports.narrative.references import Quotable
from reports.official import quotable, reconciled
from schemas.areas import ST_ALBANS
from schemas.period import FinancialYear, Quarter

YEAR = FinancialYear(2020)
HERE = ST_ALBANS.district.code
FPN = ("action-fpn-fly-tipping", HERE, "2020-21")
OFFICIAL = ("official-fpn-fly-tipping", HERE, "2020-21")


def lines(figures, period=YEAR) -> list[tuple[str, str, str, str]]:
    found = reconciled(figures, period, ST_ALBANS)
    rows = csv.DictReader(io.StringIO(official_csv(found)))
    return [
        (r["measure"], r["local"] or r["local_mark"], r["official"], r["difference"]) for r in rows
    ]


def test_the_25_fixed_penalty_notices_stand_beside_the_15_of_defra():
    assert lines({FPN: 25, OFFICIAL: 15}) == [("action-fpn-fly-tipping", "25", "15", "10")]


def test_a_local_figure_that_is_not_known_is_said_to_be_so():
    assert lines({FPN: None, OFFICIAL: 15}) == [("action-fpn-fly-tipping", "x", "15", "")]


def test_what_no_publication_has_said_has_no_line():
    assert lines({FPN: 25, OFFICIAL: None}) == []
    assert lines({FPN: 25}) == []


def test_a_quarter_and_a_figure_that_the_pack_does_not_print_have_no_line():
    assert lines({FPN: 25, OFFICIAL: 15}, Quarter(2020, 4)) == []
    assert lines({OFFICIAL: 15}) == []


def test_what_is_hidden_here_is_not_told_by_the_publication():
    """Defra's 1 formal caution beside our [c] would say what we had hidden."""
    ours = ("action-formal-caution", HERE, "2020-21")
    theirs = ("official-formal-caution", HERE, "2020-21")
    figures = {ours: Mark.CONFIDENTIAL, theirs: 1, FPN: 25, OFFICIAL: 15}
    assert lines(figures) == [
        ("action-fpn-fly-tipping", "25", "15", "10"), ("action-formal-caution", "c", "", ""),
    ]  # fmt: skip
    quoted = Quotable(quotable(figures, YEAR, ST_ALBANS, 50))
    assert quoted.expand("official-formal-caution.value") == "[c]"


def test_a_text_may_quote_a_publication():
    figures = {FPN: 25, OFFICIAL: 15, (*OFFICIAL[:2], "2019-20"): 60}
    quoted = Quotable(quotable(figures, YEAR, ST_ALBANS, 50))
    assert quoted.expand("official-fpn-fly-tipping.value") == "15"
    assert quoted.expand("official-fpn-fly-tipping.change_percent") == "\u221275.0%"
    unknown = Quotable(quotable({FPN: 25}, YEAR, ST_ALBANS, 50))
    assert unknown.expand("official-fpn-fly-tipping.value") == "[x]"
    assert quotable(figures, Quarter(2020, 4), ST_ALBANS, 50) == ()
