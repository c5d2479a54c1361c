"""Draws counts by ward as bars, the highest first."""

from collections import Counter
from collections.abc import Sequence

from reports.drawing import BLUE, SMALL, WASH, WIDTH, Picture, wrapped
from reports.wards import WardCount, WardTable

NAMES, VALUES = 190, 48
BAR, STEP, TOP = 15, 23, 6


def ordered(table: WardTable) -> tuple[WardCount, ...]:
    """Return the wards in the order in which they are drawn."""
    return tuple(sorted(table.wards, key=lambda w: (-w.value, w.name, w.code)))


def labels(wards: Sequence[WardCount]) -> dict[str, str]:
    """Return what each ward is called; where two have one name, with their codes."""
    times = Counter(w.name for w in wards)
    return {w.code: w.name if times[w.name] == 1 else f"{w.name} ({w.code})" for w in wards}


def ward_bars(table: WardTable, anchor: str, title: str, words: str) -> str:
    """Draw one bar a ward with its figure at its end."""
    wards, named = ordered(table), labels(table.wards)
    picture = Picture(anchor, title, TOP * 2 + STEP * len(wards), words)
    longest = max(max((w.value for w in wards), default=0), 1)
    room = WIDTH - NAMES - VALUES
    for number, ward in enumerate(wards):
        top = TOP + STEP * number
        lines = wrapped(named[ward.code], NAMES - 6)
        name = lines[0] if len(lines) == 1 else f"{lines[0]}\u2026"
        picture.words(NAMES - 8, top + SMALL, name, anchor="end")
        end = NAMES + room * ward.value / longest
        picture.box((NAMES, top), (NAMES + room, top + BAR), WASH)
        if ward.value:
            picture.box((NAMES, top), (end, top + BAR), BLUE)
        picture.words(WIDTH - VALUES + 6, top + SMALL, f"{ward.value:,}")
    return picture.finish()
