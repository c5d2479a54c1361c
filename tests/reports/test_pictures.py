"""Pictures of months: what is drawn, and what is said of it from the same figures."""

import csv
import io
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from support.geometry import outside, overlapping
from support.page import read

from reports import breaks
from reports.breaks import Break
from reports.cells import Mark
from reports.charts import small_multiples, trend_chart
from reports.drawing import at, steps, wrapped
from reports.figures import months_shown, span_drawn
from reports.formats.csvs import TREND_COLUMNS, trends_csv
from reports.pictures import all_series, trends_section
from reports.tables import FLY_TIPPING, POLICE, TABLES
from reports.trend_words import describe, month_rows, signals_told
from reports.trends import TRENDS, Series, Trend, series_of, trends_of
from schemas.areas import ST_ALBANS
from schemas.measures import MEASURES
from schemas.period import FinancialYear, Month, Quarter, Span
from schemas.spans import code_of

YEAR = FinancialYear(2020)
DISTRICT = ST_ALBANS.district.code
SVG = "{http://www.w3.org/2000/svg}"
ROBBERY = Trend("robbery")
STEADY = (10, 12) * 12
FALLEN = (*(20, 22) * 6, *(8, 10) * 6)


def drawn(figures, trend=ROBBERY) -> Series:
    """A trend with the figures of two years, from April 2019 on."""
    known = {
        (trend.measure, DISTRICT, code_of(Span(month, month))): figure
        for month, figure in zip(span_drawn(YEAR), figures, strict=True)
    }
    return series_of(trend, known, YEAR, ST_ALBANS)


def svg_of(series: Series) -> ElementTree.Element:
    return ElementTree.fromstring(trend_chart(series, "robbery", "robbery-words"))


def words_in(svg: ElementTree.Element) -> list[str]:
    return [text.text for text in svg.iter(f"{SVG}text")]


def shapes(svg: ElementTree.Element, name: str) -> int:
    return len(list(svg.iter(f"{SVG}{name}")))


# --- what is drawn ----------------------------------------------------------------------------


def test_a_picture_is_named_and_described_and_scales_with_the_page():
    svg = svg_of(drawn(STEADY))
    assert (svg.get("role"), svg.get("aria-labelledby"), svg.get("aria-describedby")) == (
        "img", "robbery-title", "robbery-words",
    )  # fmt: skip
    (title,) = svg.iter(f"{SVG}title")
    assert (title.get("id"), title.text) == ("robbery-title", "Robbery")
    assert svg.get("viewBox").startswith("0 0 400 ")
    assert svg.get("width") is None


def test_nothing_in_a_picture_needs_a_script_a_style_sheet_or_a_font_from_elsewhere():
    for text in (
        trend_chart(drawn(FALLEN), "a", "b"),
        small_multiples([drawn(FALLEN), drawn(STEADY)], "a", "T", "b"),
    ):
        assert not re.search(
            r"<(script|style|filter|foreignObject|image|use)|var\(|href|url\(", text
        )
        assert min(int(size) for size in re.findall(r'font-size="(\d+)"', text)) >= 12


def test_a_month_is_a_dot_and_a_special_one_a_mark_of_its_own_form():
    """Diamonds are concerns, squares improvements: no two differ in colour alone."""
    plain, fallen = svg_of(drawn(STEADY)), svg_of(drawn(FALLEN))
    assert (shapes(plain, "circle"), shapes(plain, "polygon")) == (24, 0)
    # Twelve months above the mean, twelve below it, and a sample of either in the legend.
    assert (shapes(fallen, "circle"), shapes(fallen, "polygon")) == (0, 24 + 2)
    assert {"concern", "improvement"} <= set(words_in(fallen))
    assert not {"concern", "improvement"} & set(words_in(plain))


def test_of_what_is_neither_good_nor_bad_no_month_is_a_concern():
    told = words_in(svg_of(drawn(FALLEN, Trend("drug-offences", TRENDS[3].better))))
    assert "change, neither good nor bad" in told
    assert not {"concern", "improvement"} & set(told)


def test_mean_and_limits_are_lines_with_their_figures_beside_them():
    """Mean 11, every moving range 2: limits 5.7 and 16.3."""
    svg = svg_of(drawn(STEADY))
    assert {"11.0", "5.7", "16.3"} <= set(words_in(svg))
    dashed = [line for line in svg.iter(f"{SVG}line") if line.get("stroke-dasharray")]
    assert len(dashed) == 2 + 1


def test_a_gap_is_drawn_as_a_gap():
    """No line leads across months without a figure, and the reason stands in them."""
    figures = [*STEADY[:10], None, None, *STEADY[12:]]
    svg = svg_of(drawn(figures))
    assert shapes(svg, "polyline") == 2
    assert shapes(svg, "circle") == 22
    assert words_in(svg).count("[x]") == 1
    hidden = svg_of(drawn([*STEADY[:10], Mark.CONFIDENTIAL, None, *STEADY[12:]]))
    assert (words_in(hidden).count("[c]"), words_in(hidden).count("[x]")) == (1, 1)


def test_a_figure_that_is_not_shown_is_nowhere_in_a_picture_or_its_words():
    figures = [*STEADY[:10], Mark.CONFIDENTIAL, *STEADY[11:]]
    series = drawn(figures)
    assert series.values[10] is None
    assert month_rows(series)[10][1] == "[c]"
    told = "No figure is shown for Feb 2020 ([c]); mean and limits are worked out without them."
    assert told in describe(series)


def test_a_break_in_the_series_is_marked_and_told(monkeypatch):
    broken = Break(Month(2020, 4), "robberies are counted by day")
    monkeypatch.setattr(breaks, "BREAKS", {"robbery": (broken,)})
    series = drawn(FALLEN, Trend("robbery"))
    assert [stage.limits.mean for stage in series.reading.stages] == [21, 9]
    assert "[b]" in words_in(svg_of(series))
    told = describe(series)
    assert "From Apr 2020 figures are not like those before: robberies are counted by day." in told
    assert "In Apr 2019 to Mar 2020 the mean is 21.0;" in told


def test_with_too_few_months_a_picture_has_no_limits_and_says_so():
    series = drawn([None] * 13 + [5] * 11)
    assert "no limits: fewer than 12 months" in words_in(svg_of(series))
    assert "There are no limits: they need 12 months with a figure." in describe(series)
    assert list(signals_told(series)) == []
    assert month_rows(series)[-1] == ("Mar 2021", "5", "[z]", "[z]", "[z]", "[z]")


def test_a_month_that_is_high_within_a_fall_is_told_as_both():
    """Keeps away: under the one word "concern" the fall stood as well, an improvement."""
    falling = drawn([*[5, 3] * 9, 30, 28, 26, 24, 22, 20])
    told = [row[-1] for row in month_rows(falling)]
    assert told[-1] == "Concern: outside a limit. Improvement: in a trend"
    assert told[0] == "Improvement: in a run on one side of the mean"


def test_an_axis_that_does_not_begin_at_zero_says_so():
    assert "axis from 550" in words_in(svg_of(drawn([600, 620] * 12)))
    assert not [text for text in words_in(svg_of(drawn(STEADY))) if text.startswith("axis")]


@pytest.mark.parametrize("figures", [(0,) * 24, (7,) * 24, (0, 0, 3) * 8, (123_456, 1) * 12])
def test_all_of_a_picture_lies_within_it(figures):
    svg = svg_of(drawn(figures))
    _, _, width, height = map(float, svg.get("viewBox").split())
    for mark in svg.iter(f"{SVG}circle"):
        assert 0 <= float(mark.get("cx")) <= width
        assert 0 <= float(mark.get("cy")) <= height


@pytest.mark.parametrize(
    "figures",
    [
        STEADY, FALLEN, (0,) * 24, (7,) * 24, (0, 0, 3) * 8, (123_456, 1) * 12, [600, 620] * 12,
        [*STEADY[:5], *[Mark.CONFIDENTIAL] * 3, *STEADY[8:]], [None] * 20 + [1, 2, 3, 4],
    ],
)  # fmt: skip
def test_no_words_of_a_picture_lie_on_others_or_are_cut_off(figures):
    """Mean and limits that lie close together once wrote their figures on one another."""
    svg = svg_of(drawn(figures))
    assert (overlapping(svg), outside(svg)) == ([], [])


def test_no_words_of_small_pictures_lie_on_others_or_are_cut_off():
    figures = (STEADY, FALLEN, [600, 620] * 12, [1_234, 1_200] * 12)
    series = [drawn(f, trend) for trend in TRENDS[:4] for f in figures]
    svg = ElementTree.fromstring(small_multiples(series, "a", "T", "b"))
    assert (overlapping(svg), outside(svg)) == ([], [])


def test_small_pictures_say_where_their_axis_begins():
    told = words_in(
        ElementTree.fromstring(
            small_multiples([drawn(STEADY), drawn([600, 620] * 12)], "a", "T", "b")
        )
    )
    assert [word for word in told if word.startswith("from")] == ["from 0", "from 550"]


def test_marks_of_small_pictures_are_not_cut_off_at_the_edge():
    """The first month lay so near to the edge that its mark was cut in two."""
    svg = ElementTree.fromstring(small_multiples([drawn(FALLEN)], "a", "T", "b"))
    corners = [p for mark in svg.iter(f"{SVG}polygon") for p in mark.get("points").split()]
    assert corners
    assert min(float(corner.split(",")[0]) for corner in corners) >= 0


def test_small_pictures_show_the_latest_figure_of_each():
    series = [drawn(FALLEN), drawn([None] * 24), drawn([*STEADY[:23], 1234])]
    told = words_in(ElementTree.fromstring(small_multiples(series, "a", "T", "b")))
    assert [word for word in told if word in ("10", "[x]", "1,234")] == ["10", "[x]", "1,234"]


def test_the_same_figures_give_the_same_bytes():
    assert trend_chart(drawn(FALLEN), "a", "b") == trend_chart(drawn(FALLEN), "a", "b")


def test_whatever_a_name_holds_comes_out_as_text():
    nasty = replace(ROBBERY, title='"><script>alert(1)</script>')
    text = trend_chart(drawn(STEADY, nasty), "a", "b")
    assert "<script" not in text
    assert next(ElementTree.fromstring(text).iter(f"{SVG}title")).text == nasty.title


# --- what is said -----------------------------------------------------------------------------


def test_the_words_say_what_the_picture_shows():
    assert describe(drawn((*STEADY[:22], 60, 9))) == (
        "Apr 2019 to Mar 2021. The lowest is 9 (Mar 2021), the highest 60 (Feb 2021), the latest "
        "9 (Mar 2021). The mean is 13.0; by chance alone a month lies between 0.0 and 29.3. "
        "22 months in a row lie below the mean (Apr 2019 to Jan 2021): improvement. "
        "Feb 2021 lies above the upper limit: concern."
    )


@pytest.mark.parametrize(
    ("figures", "told"),
    [
        ((*STEADY[:23], 60), "Mar 2021 lies above the upper limit: concern."),
        (STEADY, "No month is more than chance."),
        (FALLEN, "12 months in a row lie below the mean (Apr 2020 to Mar 2021): improvement."),
        (
            (*(10, 34, 16, 32, 12, 30) * 3, 15, 16, 17, 18, 19, 20),
            "Figures rise over 6 months in a row (Oct 2020 to Mar 2021): concern.",
        ),
        (
            (*STEADY[:12], *STEADY[:9], 16, 12, 16),
            "Two of three months lie near the upper limit (Jan 2021 and Mar 2021): concern.",
        ),
    ],
)
def test_each_signal_is_a_sentence(figures, told):
    assert told in list(signals_told(drawn(figures)))


def test_months_alike_are_said_in_one_sentence():
    assert "Every month has 7." in describe(drawn([7] * 24))
    assert "There is no figure for any of these months." in describe(drawn([None] * 24))


# --- declarations -----------------------------------------------------------------------------


def test_every_trend_is_of_a_measure_that_a_table_prints_for_the_district():
    assert [t.measure for t in trends_of(TABLES, ST_ALBANS)] == [t.measure for t in TRENDS]
    assert len({t.measure for t in TRENDS}) == len(TRENDS)
    assert all(t.measure in MEASURES for t in TRENDS)


def test_what_follows_police_activity_or_reporting_is_neither_good_nor_bad():
    neither = {t.measure for t in TRENDS if t.better.value == "neither"}
    assert {"drug-offences", "possession-of-weapons", "domestic-abuse"} <= neither


def test_a_pack_shows_24_months_up_to_its_last_one():
    assert span_drawn(YEAR).label == "Apr 2019 to Mar 2021"
    assert span_drawn(Quarter(2020, 1)).label == "Jul 2018 to Jun 2020"
    assert [m.label for m in months_shown(Quarter(2020, 1))][::23] == ["Jul 2018", "Jun 2020"]


# --- in a pack --------------------------------------------------------------------------------


def test_a_pack_has_a_picture_a_headline_and_the_others_side_by_side(shelf):
    for measure in ("all-crime", "robbery", "drug-offences"):
        shelf.set(measure, since_2019_04=FALLEN)
    pack = shelf.publish(YEAR, tables=(POLICE,))
    page = read((pack.folder / "index.html").read_text(encoding="utf-8"))
    assert [f.given["id"] for f in page.all("figure")] == ["trend-all-crime", "trends-side-by-side"]
    ids = [tag.given["id"] for tag in page.all() if "id" in tag.given]
    assert len(ids) == len(set(ids))
    for svg in page.all("svg"):
        assert {svg.given["aria-labelledby"], svg.given["aria-describedby"]} <= set(ids)


def test_the_months_that_a_picture_shows_are_frozen_with_its_release(shelf):
    """A quarter's picture shows months that no table of it adds up."""
    shelf.set("all-crime", since_2018_07=FALLEN)
    before = shelf.publish(Quarter(2020, 1), tables=(POLICE,))
    page = (before.folder / "index.html").read_bytes()
    shelf.set("robbery", since_2018_07=(1,) * 24)
    assert "all-crime,All crime,E07000240,St Albans,2018-07-01,20," in (
        before.folder / "charts" / "trends.csv"
    ).read_text(encoding="utf-8")
    again = shelf.reprint(before)
    assert again.differing == ()
    assert (again.folder / "index.html").read_bytes() == page


def test_a_pack_without_a_figure_says_so(shelf):
    section = trends_section(all_series({}, FLY_TIPPING, YEAR, ST_ALBANS), YEAR, ST_ALBANS)
    (told,) = section.blocks
    assert told.text == "There are no figures by month for Apr 2019 to Mar 2021."


def test_the_csv_of_trends_has_a_line_a_month_with_limits_and_signals():
    text = trends_csv([drawn([*STEADY[:22], None, 60])], ST_ALBANS.district)
    rows = list(csv.DictReader(io.StringIO(text)))
    assert tuple(rows[0]) == TREND_COLUMNS
    assert len(rows) == 24
    assert (rows[22]["value"], rows[22]["mark"]) == ("", "x")
    assert (rows[23]["value"], rows[23]["signals"], rows[23]["verdict"]) == (
        "60", "outside", "concern",
    )  # fmt: skip
    short = trends_csv([drawn([None] * 20 + [1] * 4)], ST_ALBANS.district)
    assert [r["mean"] for r in csv.DictReader(io.StringIO(short))] == [""] * 24


# --- drawing ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (0, 846, [0, 200, 400, 600, 800, 1000]),
        (0, 1, [0, 1]),
        (0, 3, [0, 1, 2, 3]),
        (0, 100, [0, 20, 40, 60, 80, 100]),
        (528, 865, [500, 600, 700, 800, 900]),
    ],
)
def test_an_axis_has_round_steps(low, high, ticks):
    assert steps(low, high) == ticks


def test_places_are_printed_to_a_tenth():
    assert [at(value) for value in (12, 12.25, 0.04, -3.5)] == ["12", "12.3", "0", "-3.5"]


def test_long_names_are_broken_between_words():
    assert wrapped("Burglary: business and community", 150) == [
        "Burglary: business",
        "and community",
    ]
    assert wrapped("Unbreakablelongword", 10) == ["Unbreakablelongword"]
