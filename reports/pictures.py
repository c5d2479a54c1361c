"""The sections of a pack that show pictures: months of each headline measure, and of all others."""

from collections.abc import Iterator, Sequence

from reports.cells import Mark
from reports.charts import small_multiples, trend_chart
from reports.document import Block, Chart, Download, Grid, Section, plain
from reports.edition import TRENDS_CSV
from reports.figures import Shown, span_drawn
from reports.spec import TableSpec
from reports.trend_words import describe, month_rows, side_by_side_told, signals_told
from reports.trends import TRENDS, Series, series_of, trends_of
from reports.ward_charts import labels, ordered, ward_bars
from reports.wards import WardTable
from schemas.areas import Home
from schemas.period import Period
from schemas.words import listed

WORDS = "-words"
"""What is added to the anchor of a picture for the id of its words."""
SIDE_BY_SIDE = 12
"""Small pictures in one: more would not fit on a sheet of paper."""
HOW_TO_READ = (
    "Figures go up and down from month to month. Between the limits that is chance: a month there "
    "is no news. A month is more than chance where it lies outside the limits, where seven or more "
    "in a row lie on one side of the mean, where six or more in a row rise or fall, or where two "
    "of three lie in the outer third. Limits are worked out from the months that are drawn, after "
    "the conventions of NHS England's Making Data Count (XmR charts)."
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


# --- wards ------------------------------------------------------------------------------------

BY_WARD = (
    "A ward is the one that the partner states for a row, or the one that its small area (LSOA) "
    "lies in by the best fit of the Office for National Statistics. Names are never matched: after "
    "a change they stand for other areas. These are counts, not rates: in some wards more people "
    "live, or come there. Small counts go up and down by chance. Figures by ward stand in drafts "
    "alone: small counts among them are not for publication."
)


def wards_section(tables: Sequence[WardTable], period: Period, home: Home) -> Section:
    """Return counts by ward, a picture a measure."""
    return Section(
        "By ward", "wards", (plain(BY_WARD), *(_wards(table, period, home) for table in tables))
    )


def _wards(table: WardTable, period: Period, home: Home) -> Chart:
    anchor = f"wards-{table.measure}"
    title = f"{_name(table)} by ward, {home.district.name}, {period.label}"
    return Chart(
        anchor=anchor,
        title=title,
        svg=ward_bars(table, anchor, title, anchor + WORDS),
        alternative=wards_told(table),
        data=Grid(
            anchor=f"{anchor}-data",
            title=title,
            header=("Ward", "Code", table.what.unit.capitalize()),
            rows=(
                *((labels(table.wards)[w.code], w.code, f"{w.value:,}") for w in ordered(table)),
                *((f"{w.name}, as it was before", w.code, f"{w.value:,}") for w in table.former),
                ("Ward not known", Mark.NOT_APPLICABLE.shown, f"{table.unplaced:,}"),
                (home.district.name, home.district.code, f"{table.total:,}"),
            ),
            right=frozenset({2}),
        ),
    )


def _name(table: WardTable) -> str:
    named = {trend.measure: trend.label for trend in TRENDS}
    return named.get(table.measure, table.what.label)


def wards_told(table: WardTable) -> str:
    """Say what the bars show: the highest and lowest wards, and what is in none of them."""
    wards, named = ordered(table), labels(table.wards)
    told = [f"{named[w.code]} ({w.value:,})" for w in wards]
    sentences = [f"The highest are {listed(told[:3])}; the lowest is {told[-1]}."]
    before = sum(w.value for w in table.former)
    if before:
        sentences.append(
            f"{before:,} were counted in wards as they were before a change; they stand in the "
            "table, and are not drawn."
        )
    sentences.append(
        f"Of {table.total:,} {table.what.unit} in all, no ward is known for {table.unplaced:,}."
    )
    return " ".join(sentences)
