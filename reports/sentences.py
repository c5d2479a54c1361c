"""Says in a sentence what a table says, from the same cells: neutral, and never another figure."""

from collections import Counter
from collections.abc import Iterator

from reports.cells import MINUS, Cell, Comparison, Mark, show_change, show_count
from reports.figures import Filled, Line, Window
from reports.spec import Level, Role
from schemas.areas import Area
from schemas.measures import Kind
from schemas.words import counted, listed

REGION, WITHOUT_ARTICLE = "E12", frozenset({"London", "Yorkshire"})
"""Codes of regions of England, and the first words of those that have no article."""
ROWS_TOLD = 4
"""Of a table without a total, so many rows are told each: the district's, where it has any."""

_MISSING = {Mark.CONFIDENTIAL: "confidential", Mark.NOT_AVAILABLE: "not available"}
_STANDS = {Kind.FLOW: "came to", Kind.STOCK: "stood at", Kind.BUDGET: "stood at"}


def reason(cell: Cell) -> str:
    """Say why there is no figure: "not available [x]"."""
    mark = cell.mark or Mark.NOT_AVAILABLE
    return f"{_MISSING.get(mark, mark.meaning.partition(':')[0])} {mark.shown}"


def moved(compared: Comparison, kind: Kind = Kind.FLOW) -> str:
    """Say how a figure moved, to follow its name: "fell from 8,876 to 7,846, by 1,030 (11.6%)"."""
    now, before, change = compared.value, compared.previous, compared.change
    if now.value is None:
        return f"cannot be given: {reason(now)}"
    stands = _STANDS.get(kind, "had reached")
    if before.value is not None and change.value is None:
        told = f"{stands} {show_count(now)}, against {show_count(before)} the year before"
        return f"{told}; a change cannot be given: {reason(change)}"
    if before.value is None or change.value is None:
        return f"{stands} {show_count(now)}; the figure of the year before is {_earlier(before)}"
    if change.value == 0:
        return f"stayed at {show_count(now)}"
    verb = "rose" if change.value > 0 else "fell"
    size = show_change(change).lstrip(f"+{MINUS}")
    figures = f"from {show_count(before)} to {show_count(now)}, by {size}"
    return f"{verb} {figures}{_share(compared)}"


def _earlier(before: Cell) -> str:
    """Say why there is nothing to compare with: "not available [x]"."""
    reason = "confidential" if before.mark is Mark.CONFIDENTIAL else "not available"
    return f"{reason} {(before.mark or Mark.NOT_AVAILABLE).shown}"


def _share(compared: Comparison) -> str:
    percent = compared.percent
    match percent.mark:
        case Mark.LOW:
            return " (less than 0.05%)"
        case Mark.UNRELIABLE:
            return (
                f"; no percentage is given, because the earlier figure is small {_shown(percent)}"
            )
        case Mark.NOT_APPLICABLE if compared.previous.value:
            return ""
        case Mark.NOT_APPLICABLE:
            return f"; there is no percentage change from zero {_shown(percent)}"
        case _ if percent.value is None:
            return f"; a percentage is {reason(percent)}"
        case _:
            return f" ({abs(percent.value):,}%)"


def _shown(cell: Cell) -> str:
    return "".join(mark.shown for mark in cell.marks)


# --- under a table ----------------------------------------------------------------------------


def sentences_of(table: Filled) -> tuple[str, ...]:
    """Return what is said under a table: a paragraph a window, its period first where several."""
    return tuple(
        " ".join(_window(table, place, window)) for place, window in enumerate(table.windows)
    )


def _window(table: Filled, place: int, window: Window) -> Iterator[str]:
    told = [line for line in table.lines if line.row.role is Role.TOTAL]
    if not told:
        ours = [line for line in table.lines if line.row.level is Level.DISTRICT]
        told = ours or list(table.lines)
        told = told if len(told) <= ROWS_TOLD else []
    if len(table.windows) > 1:
        yield f"{window.heading}, {window.span.label}:"
    many_areas = len(table.spec.levels) > 1
    alike: dict[tuple[str, ...], list[Line]] = {}
    for line in told:
        alike.setdefault(_alike(line, place), []).append(line)
    for lines in alike.values():
        yield _told(lines, place, many_areas=many_areas)
    others = [line for line in table.lines if line not in told]
    if others:
        yield _others(others, place, is_all=not told)


def _alike(line: Line, place: int) -> tuple[str, ...]:
    """Return by what rows are told together: an area, and why they cannot be compared.

    A row with figures to compare is told by itself.
    """
    compared = line.comparisons[place]
    if compared.value.value is None:
        return line.area.code, "", reason(compared.value)
    if compared.previous.value is None:
        return line.area.code, _earlier(compared.previous)
    return line.area.code, "", "", line.row.measure


def _told(lines: list[Line], place: int, *, many_areas: bool) -> str:
    """Say how figures moved, or stand; why they cannot be compared is said once for all of them."""
    first = lines[0]
    compared = first.comparisons[place]
    if len(lines) == 1:
        said = f"{_name(first)} {moved(compared, first.measure.kind)}"
    elif compared.value.value is None:
        names = [_name(first), *(_within(_name(line)) for line in lines[1:])]
        said = f"{listed(names)} cannot be given: {reason(compared.value)}"
    else:
        stand = [
            f"{_name(line)} {_STANDS.get(line.measure.kind, 'had reached')} "
            f"{show_count(line.comparisons[place].value)}"
            for line in lines
        ]
        stand[1:] = map(_within, stand[1:])
        earlier = _earlier(compared.previous)
        said = f"{listed(stand)}; the figures of the year before are {earlier}"
    if many_areas or first.row.level is not Level.DISTRICT:
        said = f"In {_place(first.area)}, {_within(said)}"
    return f"{said}."


def _name(line: Line) -> str:
    """Return what a row counts; a percentage says that it is one."""
    unit = " (percent)" if line.measure.unit == "percent" else ""
    return f"{line.measure.label}{unit}"


def _place(area: Area) -> str:
    """Return an area as it stands after "in": most regions of England have an article."""
    is_region = area.code.startswith(REGION) and area.name.split()[0] not in WITHOUT_ARTICLE
    return f"the {area.name}" if is_region else area.name


def _within(label: str) -> str:
    """Return a label within a sentence: its capital goes, unless the word is a short form."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def _others(lines: list[Line], place: int, *, is_all: bool) -> str:
    ways = Counter(_way(line.comparisons[place]) for line in lines)
    order = ("rose", "fell", "stayed the same", "cannot be compared")
    told = [
        f"{'all' if ways[way] == len(lines) > 1 else ways[way]} {way}" for way in order if ways[way]
    ]
    if ways["cannot be compared"] == len(lines) > 1:
        told = ["none can be compared"]
    whole = f"Of its {counted(len(lines), 'row')}" if is_all else (
        f"Of the {counted(len(lines), 'other row')}"
    )  # fmt: skip
    return f"{whole}, {listed(told)}."


def _way(compared: Comparison) -> str:
    change = compared.change.value
    if change is None:
        return "cannot be compared"
    return "rose" if change > 0 else "fell" if change < 0 else "stayed the same"
