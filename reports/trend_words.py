"""Says in words what a picture of months shows, from the same figures."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from reports.cells import Mark, count, show_count
from reports.signals import LEAST_POINTS, Rule, Side, Signal, rounded
from reports.trends import Series, Verdict
from schemas.period import Month, Span
from schemas.words import counted, listed


def shown(value: Fraction) -> str:
    """Print a mean or a limit: to a whole from 100 on, else to one place, half-up."""
    return f"{Decimal(rounded(value, 0 if value >= 100 else 1)):,}"


def describe(series: Series) -> str:
    """Say what a series shows: extremes, mean and limits, signals, gaps and breaks."""
    return " ".join(
        (
            f"{Span(series.months[0], series.months[-1]).label}.",
            *_extremes(series),
            *_limits(series),
            *signals_told(series),
            *_gaps(series),
            *_breaks(series),
        )
    )


def side_by_side_told(all_series: Sequence[Series]) -> str:
    """Say what many small pictures show: of which measures the latest month is more than chance."""
    last = all_series[0].months[-1].label
    special = [
        f"{s.trend.label} ({s.verdict(s.reading.signals[-1][0]).value})"
        for s in all_series
        if s.reading.signals[-1]
    ]
    told = (
        f"{last} is more than chance for {listed(special)}."
        if special
        else (f"For none of them {last} is more than chance.")
    )
    return (
        f"{counted(len(all_series), 'measure')} by month, each on a scale of its own, which begins "
        f"at the number under its middle, with the figure of {last} at its right. {told} The table "
        "has the limits of each, and every signal."
    )


def _extremes(series: Series) -> Iterator[str]:
    known = [
        (value, month)
        for value, month in zip(series.values, series.months, strict=True)
        if value is not None
    ]
    if not known:
        yield "There is no figure for any of these months."
        return
    least, when_least = min(known)
    most, when_most = max(known, key=lambda k: (k[0], -k[1].ordinal))
    last, when_last = known[-1]
    if least == most:
        yield f"Every month has {least:,}."
        return
    yield (
        f"The lowest is {least:,} ({when_least.label}), the highest {most:,} ({when_most.label}), "
        f"the latest {last:,} ({when_last.label})."
    )


def _limits(series: Series) -> Iterator[str]:
    many = len(series.reading.stages) > 1
    for stage in series.reading.stages:
        within = Span(series.months[stage.start], series.months[stage.stop - 1]).label
        where = f"In {within} " if many else ""
        if stage.limits is None:
            there = "there" if many else "There"
            yield f"{where}{there} are no limits: they need {LEAST_POINTS} months with a figure."
        else:
            the = "the" if many else "The"
            yield (
                f"{where}{the} mean is {shown(stage.limits.mean)}; by chance alone a month lies "
                f"between {shown(stage.limits.lower)} and {shown(stage.limits.upper)}."
            )


def signals_told(series: Series) -> Iterator[str]:
    """Say which months are more than chance, and why, in the order of time."""
    if all(stage.limits is None for stage in series.reading.stages):
        return
    told = [sentence for _, sentence in sorted(_signals(series))]
    if not told:
        yield "No month is more than chance."
    yield from told


def _signals(series: Series) -> Iterator[tuple[int, str]]:
    for rule in Rule:
        for side in Side:
            signal = Signal(rule, side)
            places = [i for i, found in enumerate(series.reading.signals) if signal in found]
            apart = 1 if rule in (Rule.RUN, Rule.TREND) else len(series.months)
            for together in _together(places, apart):
                yield together[0], _told(series, signal, together)


def _together(places: Sequence[int], apart: int) -> Iterator[list[int]]:
    """Split places wherever the next one is further away."""
    found: list[int] = []
    for place in places:
        if found and place - found[-1] > apart:
            yield found
            found = []
        found.append(place)
    if found:
        yield found


def _told(series: Series, signal: Signal, places: list[int]) -> str:
    months = [series.months[place] for place in places]
    span, high = Span(months[0], months[-1]).label, signal.side is Side.HIGH
    match signal.rule:
        case Rule.OUTSIDE:
            verb = "lies" if len(months) == 1 else "lie"
            beyond = "above the upper" if high else "below the lower"
            what = f"{listed(_labels(months))} {verb} {beyond} limit"
        case Rule.RUN:
            side = "above" if high else "below"
            what = f"{counted(len(months), 'month')} in a row lie {side} the mean ({span})"
        case Rule.TREND:
            way = "rise" if high else "fall"
            what = f"figures {way} over {counted(len(months), 'month')} in a row ({span})"
        case Rule.NEAR:
            side = "upper" if high else "lower"
            what = f"two of three months lie near the {side} limit ({listed(_labels(months))})"
    sentence = f"{what}: {series.verdict(signal).value}."
    return sentence[0].upper() + sentence[1:]


def _labels(months: list[Month]) -> list[str]:
    return [month.label for month in months]


def _gaps(series: Series) -> Iterator[str]:
    for mark in (Mark.NOT_AVAILABLE, Mark.CONFIDENTIAL):
        hidden = [
            month
            for figure, month in zip(series.figures, series.months, strict=True)
            if count(figure).mark is mark
        ]
        if hidden and len(hidden) < len(series.months):
            spans = [
                Span(group[0], group[-1]).label
                for _, found in groupby(enumerate(hidden), key=lambda p: p[1].ordinal - p[0])
                for group in ([month for _, month in found],)
            ]
            told = f"No figure is shown for {listed(spans)} ({mark.shown})"
            is_limited = any(stage.limits is not None for stage in series.reading.stages)
            without = "; mean and limits are worked out without them" if is_limited else ""
            yield f"{told}{without}."


def _breaks(series: Series) -> Iterator[str]:
    for _, broken in series.breaks:
        yield broken.note


def month_rows(series: Series) -> tuple[tuple[str, ...], ...]:
    """Return the table beside a picture: month, figure, mean, limits, and what is special."""
    rows = []
    for place, month in enumerate(series.months):
        limits = series.reading.limits_at(place)
        without = Mark.NOT_APPLICABLE.shown
        told = _told_of(series, place)
        rows.append(
            (
                month.label,
                show_count(count(series.figures[place])),
                without if limits is None else shown(limits.mean),
                without if limits is None else shown(limits.lower),
                without if limits is None else shown(limits.upper),
                told or ("no" if limits is not None else without),
            )
        )
    return tuple(rows)


def _told_of(series: Series, place: int) -> str:
    """Say what a month is and why, the strongest first: in a fall it may still lie high."""
    rules: dict[Verdict, dict[str, None]] = {}
    for signal in series.reading.signals[place]:
        rules.setdefault(series.verdict(signal), {})[signal.rule.value] = None
    told = (f"{verdict.value}: {'; '.join(found)}" for verdict, found in rules.items())
    return ". ".join(each[0].upper() + each[1:] for each in told)
