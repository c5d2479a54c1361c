"""Local figures beside official ones: both are shown, with their difference, and none is mended."""

import csv
import io

from reports.formats.csvs import official_csv
from reports.official import reconciled
from schemas.areas import ST_ALBANS
from schemas.official import OfficialFigure
from schemas.period import FinancialYear, Quarter

YEAR = FinancialYear(2020)
FPN = ("action-fpn-fly-tipping", ST_ALBANS.district.code, "2020-21")


def lines(figures, period=YEAR, known=None) -> list[tuple[str, str, str, str]]:
    found = reconciled(figures, period, ST_ALBANS, known)
    rows = csv.DictReader(io.StringIO(official_csv(found)))
    return [
        (r["measure"], r["local"] or r["local_mark"], r["official"], r["difference"]) for r in rows
    ]


def test_the_25_fixed_penalty_notices_stand_beside_the_15_of_defra():
    assert lines({FPN: 25}) == [("action-fpn-fly-tipping", "25", "15", "10")]


def test_a_local_figure_that_is_not_known_is_said_to_be_so():
    assert lines({FPN: None}) == [("action-fpn-fly-tipping", "x", "15", "")]


def test_a_quarter_and_a_figure_that_the_pack_does_not_print_have_no_line():
    assert lines({FPN: 25}, Quarter(2020, 4)) == []
    assert lines({}) == []
    elsewhere = OfficialFigure("fly-tips", "E07000098", YEAR, 1, 0, "Somewhere")
    assert lines({("fly-tips", "E07000098", "2020-21"): 2}, known=[elsewhere]) == []
