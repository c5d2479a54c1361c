"""Draws counts by ward as bars, the highest first, and on a map."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from reports.boundaries import Boundaries
from reports.cells import Mark, show_count
from reports.drawing import BLUE, INK, PAPER, SMALL, WASH, WIDTH, Picture, wrapped
from reports.outlines import TENTHS
from reports.wards import WardCount, WardTable
from schemas.words import counted

NAMES, VALUES = 178, 62
BAR, STEP, TOP = 15, 23, 6


def ordered(table: WardTable) -> tuple[WardCount, ...]:
    """Return the wards in the order in which they are drawn."""
    return tuple(sorted(table.wards, key=lambda w: (-w.number, w.name, w.code)))


def labels(wards: Sequence[WardCount]) -> dict[str, str]:
    """Return what each ward is called; where two have one name, with their codes."""
    times = Counter(w.name for w in wards)
    return {w.code: w.name if times[w.name] == 1 else f"{w.name} ({w.code})" for w in wards}


def ward_bars(table: WardTable, anchor: str, title: str, words: str) -> str:
    """Draw one bar a ward with its figure at its end."""
    wards, named = ordered(table), labels(table.wards)
    picture = Picture(anchor, title, TOP * 2 + STEP * len(wards), words)
    longest = max(max((w.number for w in wards), default=0), 1)
    room = WIDTH - NAMES - VALUES
    for number, ward in enumerate(wards):
        top = TOP + STEP * number
        lines = wrapped(named[ward.code], NAMES - 6)
        name = lines[0] if len(lines) == 1 else f"{lines[0]}\u2026"
        picture.words(NAMES - 8, top + SMALL, name, anchor="end")
        end = NAMES + room * ward.number / longest
        picture.box((NAMES, top), (NAMES + room, top + BAR), WASH)
        if ward.number:
            picture.box((NAMES, top), (end, top + BAR), BLUE)
        picture.words(WIDTH - VALUES + 6, top + SMALL, show_count(ward.cell))
    return picture.finish()


# --- the map ----------------------------------------------------------------------------------

SHADES = ("#ffffff", "#cfdeeb", "#8db3d3", "#2a689f")
"""From few to many: told apart by their lightness, in grey as well."""
SPREAD = ((0,), (0, 3), (0, 1, 3), (0, 1, 2, 3))
"""Which of them one, two, three and four classes have."""
MARK_WIDTH = 20
LEGEND_LINE, SAMPLE, GAP, LINE = 20, 22, 12, Fraction(8, 10)
NO_SHADE = ""
Class = tuple[int, int]


def without_shape(table: WardTable, boundaries: Boundaries) -> tuple[WardCount, ...]:
    """Return the wards that the boundary file does not have: without them there is no map."""
    return tuple(w for w in table.wards if w.code not in boundaries.shapes)


def classes(table: WardTable) -> tuple[Class, ...]:
    """Part the counts into up to four classes of about as many wards: least and greatest of each.

    Wards with one count are in one class.
    """
    values = sorted(w.value for w in table.wards if isinstance(w.value, int))
    found: list[Class] = []
    for number in range(len(SHADES)):
        ends = (len(values) * n // len(SHADES) for n in (number, number + 1))
        part = [v for v in values[slice(*ends)] if not found or v > found[-1][1]]
        if part:
            found.append((part[0], part[-1]))
    return tuple(found)


def ward_map(table: WardTable, boundaries: Boundaries, anchor: str, title: str, words: str) -> str:
    """Draw each ward in the shade of its class, with its figure in it.

    A ward without a figure is hatched and has its mark; one that the table does not have is [x].
    """
    parted, counts = classes(table), {w.code: w for w in table.wards}
    wards = [counts.get(code, WardCount(code, code, None)) for code in sorted(boundaries.shapes)]
    lines = _legend(table, wards, parted)
    height = boundaries.height + GAP + LEGEND_LINE * len(lines)
    picture = Picture(anchor, title, height, words)
    hatching = picture.hatching(f"{anchor}-none") if lines[-1][0] == NO_SHADE else ""
    for ward in wards:
        shade = _shade(ward, parted)
        picture.shape(boundaries.shapes[ward.code].path, shade or hatching, INK, LINE)
    for ward in wards:
        shape, shade = boundaries.shapes[ward.code], _shade(ward, parted)
        x, y = Fraction(shape.x, TENTHS), Fraction(shape.y, TENTHS)
        if shade == NO_SHADE:
            half = Fraction(MARK_WIDTH, 2)
            picture.box((x - half, y - 8), (x + half, y + 8), PAPER)
        colour = PAPER if shade == SHADES[-1] else INK
        picture.words(x, y + 4, show_count(ward.cell), anchor="middle", colour=colour)
    for number, (shade, told) in enumerate(lines):
        top = boundaries.height + GAP + LEGEND_LINE * number
        picture.box((2, top), (2 + SAMPLE, top + SMALL + 2), shade or hatching, INK)
        picture.words(2 + SAMPLE + 8, top + SMALL - 1, told)
    return picture.finish()


def _legend(
    table: WardTable, wards: Sequence[WardCount], parted: Sequence[Class]
) -> list[tuple[str, str]]:
    """Return the lines of the legend: a shade, and what it stands for in words; marks are last."""
    found = []
    for least, most in reversed(parted):
        told = f"{least:,}" if least == most else f"{least:,} to {most:,}"
        held = sum(isinstance(w.value, int) and least <= w.value <= most for w in wards)
        shade = SHADES[SPREAD[len(parted) - 1][parted.index((least, most))]]
        found.append((shade, f"{told} {table.what.unit} ({counted(held, 'ward')})"))
    marks = Counter(w.cell.mark for w in wards if w.cell.value is None)
    words = {Mark.CONFIDENTIAL: "confidential", Mark.NOT_AVAILABLE: "not available"}
    for mark, said in words.items():
        if marks[mark]:
            found.append((NO_SHADE, f"{mark.shown} {said} ({counted(marks[mark], 'ward')})"))
    return found


def _shade(ward: WardCount, parted: Sequence[Class]) -> str:
    if not isinstance(ward.value, int):
        return NO_SHADE
    place = next(n for n, (_, most) in enumerate(parted) if ward.value <= most)
    return SHADES[SPREAD[len(parted) - 1][place]]
