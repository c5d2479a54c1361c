"""The sections of a pack that show pictures: months of each headline measure, and of all others."""

from collections.abc import Iterator, Sequence

from reports.charts import small_multiples, trend_chart
from reports.document import Block, Chart, Download, Grid, Section, plain
from reports.edition import TRENDS_CSV
from reports.figures import Shown, span_drawn
from reports.spec import TableSpec
from reports.trend_words import describe, month_rows, side_by_side_told, signals_told
from reports.trends import Series, series_of, trends_of
from schemas.areas import Home
from schemas.period import Period

WORDS = "-words"
"""What is added to the anchor of a picture for the id of its words."""
SIDE_BY_SIDE = 12
"""Small pictures in one: more would not fit on a sheet of paper."""
HOW_TO_READ = (
    "Figures go up and down from month to month. Between the limits that is chance: a month there "
    "is no news. A month is more than chance where it lies outside the limits, where seven or more "
    "in a row lie on one side of the mean, where figures rise, or fall, over six or more in a row, "
    "or where of three in a row, all on one side of the mean, two lie in the outer third. Limits "
    "are worked out from the months that are drawn, after the conventions of NHS England's Making "
    "Data Count (XmR charts). Months are drawn as they are counted now: they carry no [r], and "
    "what has changed of a quarter or a year stands under Revisions."
)


def all_series(
    figures: Shown, tables: tuple[TableSpec, ...], period: Period, home: Home
) -> tuple[Series, ...]:
    """Return every trend of a pack with its figures, those without any left out."""
    found = (series_of(trend, figures, period, home) for trend in trends_of(tables, home))
    return tuple(s for s in found if any(value is not None for value in s.values))


def trends_section(series: Sequence[Series], period: Period, home: Home) -> Section:
    """Return the pictures of months; without any figure, a sentence that says so."""
    title, anchor = "Month by month", "trends"
    if not series:
        none = f"There are no figures by month for {span_drawn(period).label}."
        return Section(title, anchor, (plain(none),))
    return Section(
        title,
        anchor,
        (
            plain(HOW_TO_READ),
            *(_trend(s, home) for s in series if s.trend.is_headline),
            *_others([s for s in series if not s.trend.is_headline], period, home),
            Download("All months drawn here, as CSV", TRENDS_CSV),
        ),
    )


def _trend(series: Series, home: Home) -> Chart:
    anchor = f"trend-{series.trend.measure}"
    return Chart(
        anchor=anchor,
        title=f"{series.trend.label}: {series.measure.unit} each month, {home.district.name}",
        svg=trend_chart(series, anchor, anchor + WORDS),
        alternative=describe(series),
        data=Grid(
            anchor=f"{anchor}-data",
            title=f"{series.trend.label} by month",
            header=("Month", series.measure.unit.capitalize(), "Mean", "Lower limit",
                    "Upper limit", "More than chance"),
            rows=month_rows(series),
            right=frozenset({1, 2, 3, 4}),
        ),
    )  # fmt: skip


def _others(series: Sequence[Series], period: Period, home: Home) -> Iterator[Block]:
    groups = [series[i : i + SIDE_BY_SIDE] for i in range(0, len(series), SIDE_BY_SIDE)]
    for number, group in enumerate(groups, start=1):
        anchor = "trends-side-by-side" + (f"-{number}" if number > 1 else "")
        title = f"Other measures month by month, {home.district.name}, {span_drawn(period).label}"
        if len(groups) > 1:
            title += f" ({number} of {len(groups)})"
        yield Chart(
            anchor=anchor,
            title=title,
            svg=small_multiples(group, anchor, title, anchor + WORDS),
            alternative=side_by_side_told(group),
            data=Grid(
                anchor=f"{anchor}-data",
                title=title,
                header=("Measure", "Latest month", "Mean", "Lower limit", "Upper limit",
                        "More than chance"),
                rows=tuple(_latest(s) for s in group),
                right=frozenset({1, 2, 3, 4}),
            ),
        )  # fmt: skip


def _latest(series: Series) -> tuple[str, ...]:
    _, figure, mean, lower, upper, _ = month_rows(series)[-1]
    told = " ".join(signals_told(series))
    return f"{series.trend.label} ({series.measure.unit})", figure, mean, lower, upper, told
