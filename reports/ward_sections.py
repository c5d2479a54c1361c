"""The section of a pack that says what happened in which ward: bars, a map, and the table."""

from collections.abc import Iterator, Sequence

from reports.boundaries import Boundaries
from reports.cells import Mark, count, show_count
from reports.document import Block, Chart, Download, Grid, Section, plain
from reports.edition import WARDS_CSV
from reports.pictures import WORDS
from reports.trends import TRENDS
from reports.ward_charts import labels, ordered, ward_bars, ward_map, without_shape
from reports.wards import WardCount, WardTable
from schemas.areas import Home
from schemas.measures import MEASURES
from schemas.period import Period
from schemas.words import counted, listed

BY_WARD = (
    "A ward is the one that the partner states for a row, or the one that its small area (LSOA) "
    "lies in by the best fit of the Office for National Statistics. Names are never matched: after "
    "a change they stand for other areas. These are counts, not rates: in some wards more people "
    "live, or come there. Small counts go up and down by chance."
)
SAME_FIGURES = "Its figures are those of the bars."


def wards_section(
    tables: Sequence[WardTable],
    period: Period,
    home: Home,
    boundaries: Boundaries | None = None,
    without: Sequence[str] = (),
) -> Section:
    """Return counts by ward: bars a measure, and a map where there are boundaries of its wards.

    Of the measures `without` a row in a known ward it says that they are not shown.
    """
    missing = [plain(_why_no_wards(without, period))] if without else []
    if not tables:
        return Section("By ward", "wards", tuple(missing))
    blocks: list[Block] = [plain(BY_WARD), *missing]
    lacking: dict[str, None] = {}
    for table in tables:
        blocks.append(_bars(table, period, home))
        if boundaries is not None:
            shapeless = without_shape(table, boundaries)
            if shapeless:
                lacking[_why_no_map(shapeless, period)] = None
            else:
                blocks.append(_map(table, period, home, boundaries))
    blocks += [plain(why, is_small=True) for why in lacking]
    blocks.append(Download("All figures by ward, as CSV", WARDS_CSV))
    return Section("By ward", "wards", tuple(blocks))


def _why_no_wards(without: Sequence[str], period: Period) -> str:
    names = listed([_titles().get(measure, MEASURES[measure].label) for measure in without])
    return (
        f"Not shown by ward: {names}. No row of {period.label} is in a ward that is known: the "
        "partner states none, and its small areas (LSOA), if any, are not in the list that this "
        "program has of the wards in force then."
    )


def _why_no_map(without: Sequence[WardCount], period: Period) -> str:
    first = without[0]
    return (
        f"There is no map: the boundary file does not have {counted(len(without), 'ward')} of "
        f"{period.span.last.label}, such as {first.name} ({first.code}). Boundaries of another "
        "time are not drawn."
    )


def _title(table: WardTable, period: Period, home: Home) -> str:
    return f"{name_of(table)} by ward, {home.district.name}, {period.label}"


def _bars(table: WardTable, period: Period, home: Home) -> Chart:
    anchor, title = f"wards-{table.measure}", _title(table, period, home)
    return Chart(
        anchor=anchor,
        title=title,
        svg=ward_bars(table, anchor, title, anchor + WORDS),
        alternative=wards_told(table),
        data=Grid(
            anchor=f"{anchor}-data",
            title=title,
            header=("Ward", "Code", table.what.unit.capitalize()),
            rows=tuple(rows_of(table, home)),
            right=frozenset({2}),
        ),
    )


def rows_of(table: WardTable, home: Home) -> Iterator[tuple[str, str, str]]:
    """Return the rows of the table beside the bars, which add up to its last one."""
    named = labels(table.wards)
    for ward in ordered(table):
        yield named[ward.code], ward.code, show_count(ward.cell)
    for ward in table.former:
        yield f"{ward.name}, as it was before", ward.code, show_count(ward.cell)
    unplaced = show_count(count(table.unplaced))
    yield "Ward not known", Mark.NOT_APPLICABLE.shown, unplaced
    yield home.district.name, home.district.code, show_count(table.total_cell)


def _map(table: WardTable, period: Period, home: Home, boundaries: Boundaries) -> Chart:
    anchor = f"map-{table.measure}"
    title = f"Map: {_title(table, period, home)}"
    return Chart(
        anchor=anchor,
        title=title,
        svg=ward_map(table, boundaries, anchor, title, anchor + WORDS),
        alternative=(
            f"A map of the wards, the darker the more {table.what.unit}, with the figure in each: "
            f"counts, not rates, so that large or busy wards are dark. {SAME_FIGURES} "
            f"{boundaries.licence}"
        ).rstrip(),
        data=Grid(f"{anchor}-data", title, ("Ward", "Code", table.what.unit.capitalize()), ()),
    )


def name_of(table: WardTable) -> str:
    """Return what a measure is called where its months are drawn."""
    return _titles().get(table.measure, table.what.label)


def _titles() -> dict[str, str]:
    return {trend.measure: trend.label for trend in TRENDS}


def wards_told(table: WardTable) -> str:
    """Say what the bars show: the highest and lowest wards, and what is in none of them."""
    wards, named = ordered(table), labels(table.wards)
    told = [f"{named[w.code]} ({show_count(w.cell)})" for w in wards if w.cell.value is not None]
    sentences = []
    if told:
        sentences.append(f"The highest are {listed(told[:3])}; the lowest is {told[-1]}.")
    before = sum(w.number for w in table.former)
    if before:
        sentences.append(
            f"Counted in wards as they were before a change: {before:,}. The table has them; they "
            "are not drawn."
        )
    unplaced = show_count(count(table.unplaced))
    total = show_count(table.total_cell)
    sentences.append(
        f"Of {total} {table.what.unit} in all, no ward is known for {unplaced}."
        if table.unplaced
        else f"Of all {total} {table.what.unit} the ward is known."
    )
    return " ".join(sentences)
