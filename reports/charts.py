"""Draws series of months: one picture a measure, and many small ones side by side.

A month is a dot; one that is more than chance has a mark of its own form. The mean is a line, the
limits are dashed, and months without a figure are a grey stretch with the reason in it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from reports.cells import Mark
from reports.drawing import EM, INK, PALE, SMALL, SOFT, WASH, WIDTH, Exact, Picture, steps, wrapped
from reports.signals import Limits
from reports.trend_words import shown
from reports.trends import Series, Verdict
from schemas.period import MONTH_NAMES, Month

TOP, HEIGHT, LEFT, RIGHT = 12, 170, 44, 48
LEGEND_TOP, LEGEND_LINE = 232, 19
FROM_ZERO_BELOW = Fraction(1, 2)
"""An axis begins at 0 unless the least figure is more than this part of the greatest."""
DASH = "5 3"
SAMPLE = 26
PANEL, PANEL_GAP, PANEL_HEIGHT = 190, 20, 116


@dataclass(frozen=True)
class Frame:
    """Where months and figures of one drawing lie."""

    left: Exact
    right: Exact
    top: Exact
    bottom: Exact
    low: Exact
    high: Exact
    months: int

    def x(self, place: Exact) -> Fraction:
        """Return where a month is drawn."""
        return self.left + Fraction(self.right - self.left) * Fraction(place) / (self.months - 1)

    def y(self, value: Exact) -> Fraction:
        """Return where a figure is drawn."""
        share = Fraction(value - self.low) / Fraction(self.high - self.low)
        return self.bottom - Fraction(self.bottom - self.top) * share


def trend_chart(series: Series, anchor: str, words: str) -> str:
    """Draw one series; `words` is the id of the text that says what the picture shows."""
    ticks = steps(*_range(series))
    rows = _rows(list(_legend(series, ticks[0])))
    height = LEGEND_TOP + LEGEND_LINE * len(rows)
    picture = Picture(anchor, series.trend.label, height, words)
    left = max(Fraction(LEFT), _room([f"{tick:,}" for tick in ticks]))
    right = WIDTH - max(Fraction(RIGHT), _room(_told_beside(series)))
    frame = Frame(left, right, TOP, TOP + HEIGHT, ticks[0], ticks[-1], len(series.months))
    _axes(picture, frame, ticks, series.months)
    _gaps(picture, frame, series)
    _limits(picture, frame, series)
    _beside(picture, frame, series.reading.stages[-1].limits)
    _breaks(picture, frame, series)
    _line(picture, frame, series)
    for number, row in enumerate(rows):
        _legend_row(picture, row, LEGEND_TOP + LEGEND_LINE * number)
    return picture.finish()


def _room(words: Sequence[str]) -> Fraction:
    """Return the width of figures that stand beside the frame, and of what is left free."""
    return max((len(word) for word in words), default=0) * SMALL * EM + 8


def _told_beside(series: Series) -> list[str]:
    limits = series.reading.stages[-1].limits
    return [] if limits is None else list(map(shown, (limits.upper, limits.mean, limits.lower)))


def _range(series: Series) -> tuple[Exact, Exact]:
    """Return the ends of what is drawn: from 0, unless all of it lies far above."""
    known: list[Exact] = [value for value in series.values if value is not None]
    for stage in series.reading.stages:
        if stage.limits is not None:
            known += [stage.limits.lower, stage.limits.upper]
    least, most = (min(known), max(known)) if known else (0, 1)
    is_from_zero = least == most or least <= most * FROM_ZERO_BELOW
    return (0 if is_from_zero else least), max(most, 1)


def _axes(picture: Picture, frame: Frame, ticks: Sequence[int], months: Sequence[Month]) -> None:
    for tick in ticks:
        y = frame.y(tick)
        picture.line((frame.left, y), (frame.right, y), WASH)
        picture.words(frame.left - 6, y + 4, f"{tick:,}", anchor="end", colour=SOFT)
    for place, month in enumerate(months):
        if month.number in (4, 10):
            x = frame.x(place)
            picture.line((x, frame.bottom), (x, frame.bottom + 5), SOFT)
            name = MONTH_NAMES[month.number - 1]
            picture.words(x, frame.bottom + 18, name, anchor="middle", colour=SOFT)
            picture.words(x, frame.bottom + 32, str(month.year), anchor="middle", colour=SOFT)
    picture.line((frame.left, frame.bottom), (frame.right, frame.bottom), SOFT)


def _gaps(picture: Picture, frame: Frame, series: Series) -> None:
    """Draw months without a figure as a grey stretch that says why there is none."""
    for mark, places in _stretches_without(series):
        start = max(frame.x(places[0] - Fraction(1, 2)), Fraction(frame.left))
        stop = min(frame.x(places[-1] + Fraction(1, 2)), Fraction(frame.right))
        picture.box((start, frame.top), (stop, frame.bottom), WASH)
        middle = (start + stop) / 2
        picture.words(middle, frame.top + 14, mark.shown, anchor="middle", colour=SOFT)


def _stretches_without(series: Series) -> Iterator[tuple[Mark, list[int]]]:
    def reason(place: int) -> Mark | None:
        figure = series.figures[place]
        if isinstance(figure, Mark):
            return figure
        return Mark.NOT_AVAILABLE if figure is None else None

    for mark, places in groupby(range(len(series.figures)), key=reason):
        if mark is not None:
            yield mark, list(places)


def _limits(picture: Picture, frame: Frame, series: Series) -> None:
    for stage in series.reading.stages:
        if stage.limits is None:
            continue
        # A stage reaches to the middle between its last month and the next.
        half = Fraction(1, 2)
        start = frame.x(stage.start - (half if stage.start else 0))
        stop = frame.x(stage.stop - (half if stage.stop < frame.months else 1))
        for value in (stage.limits.upper, stage.limits.lower):
            y = frame.y(value)
            picture.line((start, y), (stop, y), INK, 1.1, DASH)
        y = frame.y(stage.limits.mean)
        picture.line((start, y), (stop, y), INK, 1.1)


def _beside(picture: Picture, frame: Frame, limits: Limits | None) -> None:
    """Write the mean and the limits that hold now beside their lines, far enough apart to read."""
    if limits is None:
        return
    y: Exact = frame.top - SMALL
    for value in (limits.upper, limits.mean, limits.lower):
        y = max(frame.y(value) + 4, Fraction(y) + SMALL)
        picture.words(frame.right + 6, y, shown(value))


def _breaks(picture: Picture, frame: Frame, series: Series) -> None:
    for place, _ in series.breaks:
        x = frame.x(place - Fraction(1, 2))
        picture.line((x, frame.top), (x, frame.bottom), SOFT, 1.2, "1 3")
        picture.words(x + 3, frame.bottom - 5, Mark.BREAK.shown, colour=SOFT)


def _line(picture: Picture, frame: Frame, series: Series, *, is_small: bool = False) -> None:
    """Join neighbouring months, and mark each; nothing is drawn across a gap."""
    points = [
        None if value is None else (frame.x(place), frame.y(value))
        for place, value in enumerate(series.values)
    ]
    for has_figure, places in groupby(range(len(points)), key=lambda i: points[i] is not None):
        joined = [point for place in places if (point := points[place]) is not None]
        if has_figure and len(joined) > 1:
            picture.polyline(joined, PALE)
    for place, point in enumerate(points):
        if point is None:
            continue
        verdict = series.verdict_at(place)
        if verdict is not None:
            _mark(picture, verdict, *point, is_small=is_small)
        elif not is_small:
            picture.dot(*point)
    if is_small and points and (last := points[-1]) is not None and not series.verdict_at(-1):
        picture.dot(*last)


def _mark(
    picture: Picture, verdict: Verdict, x: Exact, y: Exact, *, is_small: bool = False
) -> None:
    smaller = Fraction(3, 4) if is_small else 1
    match verdict:
        case Verdict.CONCERN:
            picture.diamond(x, y, 5 * smaller)
        case Verdict.IMPROVEMENT:
            picture.square(x, y, Fraction(38, 10) * smaller)
        case Verdict.CHANGE:
            picture.triangle(x, y, Fraction(46, 10) * smaller)


# --- the legend -------------------------------------------------------------------------------


def _legend(series: Series, axis_from: int) -> Iterator[tuple[str, str]]:
    """Return what occurs in a picture, and what it is."""
    if any(stage.limits is not None for stage in series.reading.stages):
        yield "mean", "mean"
        yield "limits", "limits of chance"
    else:
        yield "", "no limits: fewer than 12 months"
    yield from _verdicts([series])
    if series.breaks:
        yield "break", f"{Mark.BREAK.shown} counted in another way"
    if axis_from:
        yield "", f"axis from {axis_from:,}"


def _verdicts(all_series: Sequence[Series]) -> Iterator[tuple[str, str]]:
    found = {s.verdict_at(place) for s in all_series for place in range(len(s.months))}
    yield from ((verdict.name, verdict.value) for verdict in Verdict if verdict in found)


def _width(entry: tuple[str, str]) -> Fraction:
    sample, text = entry
    return (SAMPLE if sample else 0) + Fraction(len(text) * SMALL * 52, 100) + 14


def _rows(entries: Sequence[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    rows: list[list[tuple[str, str]]] = [[]]
    room = Fraction(WIDTH)
    for entry in entries:
        if rows[-1] and _width(entry) > room:
            rows.append([])
            room = Fraction(WIDTH)
        rows[-1].append(entry)
        room -= _width(entry)
    return rows


def _legend_row(picture: Picture, row: Sequence[tuple[str, str]], y: Exact) -> None:
    x: Exact = 6
    for sample, text in row:
        middle, line = x + Fraction(SAMPLE - 6, 2), y - 4
        match sample:
            case "mean":
                picture.line((x, line), (x + SAMPLE - 6, line), INK, 1.1)
            case "limits":
                picture.line((x, line), (x + SAMPLE - 6, line), INK, 1.1, DASH)
            case "band":
                picture.box((x, line - 6), (x + SAMPLE - 6, line + 6), WASH, PALE)
            case "break":
                picture.line((middle, line - 8), (middle, line + 6), SOFT, 1.2, "1 3")
            case "":
                pass
            case verdict:
                _mark(picture, Verdict[verdict], middle, line)
        picture.words(x + (SAMPLE if sample else 0), y, text)
        x += _width((sample, text))


# --- many side by side ------------------------------------------------------------------------


def small_multiples(all_series: Sequence[Series], anchor: str, title: str, words: str) -> str:
    """Draw many series two and two, each on a scale of its own, which begins where it says."""
    rows = _rows([("band", "within the limits"), ("mean", "mean"), *_verdicts(all_series)])
    top = LEGEND_LINE * len(rows) + 8
    lines = -(-len(all_series) // 2)
    picture = Picture(anchor, title, top + lines * PANEL_HEIGHT, words)
    for number, row in enumerate(rows):
        _legend_row(picture, row, 14 + LEGEND_LINE * number)
    for number, series in enumerate(all_series):
        left = (number % 2) * (PANEL + PANEL_GAP)
        _panel(picture, series, left, top + number // 2 * PANEL_HEIGHT)
    return picture.finish()


def _panel(picture: Picture, series: Series, left: Exact, top: Exact) -> None:
    for number, line in enumerate(wrapped(series.trend.label, PANEL - 45)[:2]):
        picture.words(left, top + 12 + 14 * number, line)
    figure = series.figures[-1]
    last = Mark.NOT_AVAILABLE if figure is None else figure
    told = last.shown if isinstance(last, Mark) else f"{last:,}"
    picture.words(left + PANEL, top + 12, told, anchor="end", size=SMALL + 2, is_bold=True)
    low, high = _range(series)
    low = steps(low, high)[0]
    frame = Frame(left + 6, left + PANEL - 6, top + 36, top + 86, low, high, len(series.months))
    for stage in series.reading.stages:
        if stage.limits is not None:
            start, stop = frame.x(stage.start), frame.x(stage.stop - 1)
            upper, lower = frame.y(stage.limits.upper), frame.y(stage.limits.lower)
            picture.box((start, upper), (stop, lower), WASH, PALE)
            mean = frame.y(stage.limits.mean)
            picture.line((start, mean), (stop, mean), INK, 0.9)
    picture.line((left, frame.bottom), (left + PANEL, frame.bottom), SOFT)
    _line(picture, frame, series, is_small=True)
    first, final = series.months[0].label, series.months[-1].label
    picture.words(left, frame.bottom + 14, first, colour=SOFT)
    middle = left + Fraction(PANEL, 2)
    picture.words(middle, frame.bottom + 14, f"from {low:,}", anchor="middle", colour=SOFT)
    picture.words(left + PANEL, frame.bottom + 14, final, anchor="end", colour=SOFT)
