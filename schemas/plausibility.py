"""Whether a delivery as a whole can be right: held against its own statements and against history.

Nothing here stops a delivery from being loaded. What is found holds publication, or is told with
the figures, until a person has asked the partner. Every limit stands in `Thresholds`.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from statistics import median

from schemas.findings import Finding
from schemas.grants import Draw, judge_grants
from schemas.measures import MEASURES, siblings
from schemas.period import Month, Quarter, Span
from schemas.profile import Profile
from schemas.thresholds import Thresholds
from schemas.words import PENCE, counted, day_label, listed, printed

ROBUST = 1.4826
"""Makes the median absolute deviation comparable with a standard deviation (normal data)."""


@dataclass(frozen=True)
class History:
    """What the warehouse holds beside the delivery, all of the same source and area.

    `rows` and `unplaced` count the current rows of other months. `values` are the measures of the
    partnership's own district by month, the delivery's included; `before` are those that
    the months it touches had until now, where nothing stood against them. `draws` are the
    payments of its other months from grants of its years.
    """

    rows: Mapping[Month, int] = field(default_factory=dict)
    unplaced: Mapping[Month, int] = field(default_factory=dict)
    values: Mapping[tuple[str, Month], int] = field(default_factory=dict)
    before: Mapping[tuple[str, Month], int] = field(default_factory=dict)
    keys_before: int = 0
    keys_vanished: int = 0
    keys_moved: int = 0
    received_on: date | None = None
    due_days: int | None = None
    draws: Sequence[Draw] = ()


def judge_alone(profile: Profile, span: Span, limits: Thresholds) -> list[Finding]:
    """Return what a delivery shows of itself, without any history."""
    if profile.holds_figures:
        return list(_shares(profile, span, limits))
    return [
        *_months(profile, span, limits),
        *_shares(profile, span, limits),
        *_stated(profile, span),
        *judge_grants(profile.draws, (), profile.grants, span),
    ]


def judge(profile: Profile, span: Span, history: History, limits: Thresholds) -> list[Finding]:
    """Return all that is not plausible about a delivery; a rule and months are named once."""
    if profile.holds_figures:
        return [*judge_alone(profile, span, limits), *_late(span, history)]
    found = [
        *judge_grants(profile.draws, history.draws, profile.grants, span),
        *judge_alone(profile, span, limits),
        *_volume(profile, span, history, limits),
        *_places(profile, span, history, limits),
        *_keys(profile, span, history, limits),
        *_same_totals(span, history, limits),
        *_moved(history, limits),
        *_small_categories(profile, span, history, limits),
        *_breaks(span, history, limits),
        *_year_to_date(profile, span, history),
        *_late(span, history),
    ]
    return list({(f.rule, f.span): f for f in reversed(found)}.values())[::-1]


def _percent(part: int, whole: int) -> str:
    return f"{part:,} of {whole:,} rows ({100 * part / whole:.1f}%)"


# --- by itself ----------------------------------------------------------------------------------


def _months(profile: Profile, span: Span, limits: Thresholds) -> Iterable[Finding]:
    rows = {month: profile.rows[month] for month in span}
    empty = [month for month, count in rows.items() if not count]
    # Where a few rows a month are usual, one without any is nothing to ask about.
    if empty and sum(rows.values()) >= limits.few_rows * (len(rows) - len(empty)) > 0:
        yield Finding("months-missing", listed([m.label for m in empty]), Span(empty[0], empty[-1]))
    if len(span) >= 3:
        usual = median(rows.values())
        if usual >= limits.few_rows:
            for month, count in rows.items():
                if 0 < count < usual * limits.thin / 100:
                    yield _thin(month, count, usual)


def _thin(month: Month, count: int, usual: float) -> Finding:
    detail = f"{month.label} has {count:,}, where about {usual:,.0f} are usual"
    return Finding("months-thin", detail, Span(month, month))


def _shares(profile: Profile, span: Span, limits: Thresholds) -> Iterable[Finding]:
    if not profile.read:
        return
    broken = profile.broken
    repeated = broken["row-repeated"]
    for rule, count, limit in (
        ("rejected-share", profile.rejected - repeated, limits.rejected),
        ("repeated-share", repeated, limits.repeated),
        ("area-outside-share", broken["area-outside"], limits.outside_area),
        (
            "codes-unmapped-share",
            broken["offence-unmapped"] + broken["district-unmapped"],
            limits.unmapped,
        ),
    ):
        if 100 * count > limit * profile.read:
            yield Finding(rule, _percent(count, profile.read), span)
    outside = broken["outside-months"]
    if 100 * outside > limits.outside_months * profile.read and not (
        100 * (profile.rejected - repeated) > limits.rejected * profile.read
    ):
        detail = f"{_percent(outside, profile.read)} lie outside the months of the file"
        yield Finding("rejected-share", detail, span)


def _stated(profile: Profile, span: Span) -> Iterable[Finding]:
    """Hold the totals that a file states against each other and against its rows."""
    totals = [s.value for s in profile.stated if s.kind == "rows"]
    parts: Counter[str] = Counter()
    for part in profile.stated:
        if part.kind == "part":
            parts[part.field] += part.value
    for total in totals:
        aimed = total
        for added in parts.values():
            if added != total:
                yield Finding("parts-differ", f"parts {added:,}, total {total:,}", span)
                aimed = max(aimed, added)
        if aimed != profile.read:
            detail = f"stated {aimed:,}, rows {profile.read:,}"
            yield Finding("total-differs", detail, span)


# --- against history ----------------------------------------------------------------------------


def neighbours(month: Month, known: Collection[Month]) -> list[Month]:
    """Return up to twelve known months nearest to a month, none over two years away."""
    near = sorted(known, key=lambda other: (abs(other.ordinal - month.ordinal), other.ordinal))
    return [other for other in near if abs(other.ordinal - month.ordinal) <= 24][:12]


def _volume(
    profile: Profile, span: Span, history: History, limits: Thresholds
) -> Iterable[Finding]:
    for month in span:
        count = profile.rows[month]
        usual = [history.rows[other] for other in neighbours(month, history.rows)]
        if len(usual) < 3:
            continue
        middle = median(usual)
        one = Span(month, month)
        if middle < limits.few_rows:
            continue
        told = f"{month.label} has {count:,} rows, where about {middle:,.0f} are usual"
        if 100 * count < limits.thin * middle:
            if count or not any(profile.rows.values()):
                yield _thin(month, count, middle)
            else:
                yield Finding("months-missing", month.label, one)
        elif len(usual) >= limits.history_months:
            if not middle / limits.unit_ratio <= count <= middle * limits.unit_ratio:
                yield Finding("unit-changed", told, one)
                continue
            spread = ROBUST * median(abs(value - middle) for value in usual)
            room = max(
                limits.robust * spread,
                limits.usual_share / 100 * middle,
                limits.robust * middle**0.5,
            )
            if abs(count - middle) > room:
                low, high = max(0, middle - room), middle + room
                detail = (
                    f"{month.label} has {count:,} rows, where {low:,.0f} to {high:,.0f} are usual"
                )
                yield Finding("volume-unusual", detail, one)


def _places(
    profile: Profile, span: Span, history: History, limits: Thresholds
) -> Iterable[Finding]:
    """Find a jump in the share of rows without a location."""
    rows = sum(profile.rows[month] for month in span)
    earlier = [
        100 * history.unplaced[month] / history.rows[month]
        for month in neighbours(span.first, history.unplaced)
        if history.rows.get(month)
    ]
    if not rows or len(earlier) < 3:
        return
    blank = sum(profile.unplaced[month] for month in span)
    usual = median(earlier)
    share = 100 * blank / rows
    if share > usual + limits.unplaced_jump and share > 2 * usual:
        detail = f"{_percent(blank, rows)}, where {usual:.1f}% are usual"
        yield Finding("location-blank-jump", detail, span)


def _keys(profile: Profile, span: Span, history: History, limits: Thresholds) -> Iterable[Finding]:
    gone, there = history.keys_vanished, history.keys_before
    if there and gone >= limits.few_rows and 100 * gone > limits.vanished * there:
        detail = f"{gone:,} of {there:,} ({100 * gone / there:.1f}%)"
        yield Finding("keys-vanished", detail, span)
    moved, rows = history.keys_moved, sum(profile.rows.values())
    if rows and moved >= limits.few_rows and 100 * moved > limits.other_period * rows:
        yield Finding("keys-of-other-period", _percent(moved, rows), span)


def _totals(history: History, span: Span) -> dict[str, int] | None:
    """Add the measures of a span up; None where a month of it is not there."""
    there = {month for _, month in history.values}
    if not all(month in there for month in span):
        return None
    sums: dict[str, int] = {}
    for (code, month), value in history.values.items():
        if month in span:
            sums[code] = sums.get(code, 0) + value
    return sums


def _counts_of(history: History, span: Span) -> dict[str, int] | None:
    """Add up what is counted: instalments of money are alike, and its pence are never few."""
    sums = _totals(history, span)
    if sums is None:
        return None
    return {code: value for code, value in sums.items() if MEASURES[code].unit != PENCE}


def _same_totals(span: Span, history: History, limits: Thresholds) -> Iterable[Finding]:
    mine = _counts_of(history, span)
    if mine is None or sum(value > 0 for value in mine.values()) < 4:
        return
    if max(mine.values()) < 5 * limits.few_rows:
        return
    for first in sorted({month for _, month in history.values}):
        other = Span(first, first + (len(span) - 1))
        apart = abs(first.ordinal - span.first.ordinal)
        if apart >= len(span) and apart % len(span) == 0 and _counts_of(history, other) == mine:
            yield Finding("totals-of-other-period", other.label, span)


def _moved(history: History, limits: Thresholds) -> Iterable[Finding]:
    """Find quarterly figures that a delivery moves by more than a little, its own or others'."""
    months = sorted({month for _, month in history.before})
    for quarter in dict.fromkeys(month.quarter for month in months):
        inside = [month for month in quarter.span if month in months]
        told = []
        for code, measure in MEASURES.items():
            known = [month for month in inside if (code, month) in history.before]
            was = sum(history.before[code, month] for month in known)
            now = sum(history.values.get((code, month), 0) for month in known)
            change = abs(now - was)
            if change >= limits.moved_least and 100 * change > limits.moved * was:
                told.append(
                    f"{measure.label} {printed(was, measure.unit)} to {printed(now, measure.unit)}"
                )
        if told:
            more = f" and {len(told) - 3} more" if len(told) > 3 else ""
            detail = f"{quarter.label}: " + "; ".join(told[:3]) + more
            yield Finding("history-moved", detail, Span(inside[0], inside[-1]))


def _small_categories(
    profile: Profile, span: Span, history: History, limits: Thresholds
) -> Iterable[Finding]:
    for quarter in dict.fromkeys(month.quarter for month in span):
        told = []
        for code, measure in MEASURES.items():
            missing = sum(
                count
                for (of, month), count in profile.doubtful.items()
                if of == code and (month is None or month.quarter == quarter)
            )
            have = [history.values[code, m] for m in quarter.span if (code, m) in history.values]
            if missing and have and sum(have) < limits.small_category:
                told.append(f"{measure.label} ({sum(have):,} accepted, {missing:,} rejected)")
        if told:
            more = f" and {len(told) - 3} more" if len(told) > 3 else ""
            inside = [month for month in quarter.span if month in span]
            yield Finding(
                "rejected-in-small-category",
                f"{quarter.label}: " + "; ".join(told[:3]) + more,
                Span(inside[0], inside[-1]),
            )


def _breaks(span: Span, history: History, limits: Thresholds) -> Iterable[Finding]:
    """Find one category that falls while a sibling rises by about as much."""
    months = {month for _, month in history.values} - set(span)
    usual = neighbours(span.first, months)
    if len(usual) < limits.history_months:
        return
    now = _averages(history, list(span))
    was = _averages(history, usual)
    changes = {code: now[code] - was[code] for code in now if code in was}
    for code, change in changes.items():
        fell = -change * len(span)
        is_money = MEASURES[code].unit == PENCE
        if is_money or change >= 0 or fell < 2 * limits.few_rows or -change < was[code] / 2:
            continue
        for other in siblings(MEASURES[code]):
            rise = changes.get(other.code, 0)
            as_much = 0.7 <= rise / -change <= 1.3
            if other.code != code and as_much and rise > was[other.code] / 2:
                detail = (
                    f"{MEASURES[code].label} from about {_about(was, code)} to {_about(now, code)} "
                    f"a month, {other.label} from about {_about(was, other.code)} to "
                    f"{_about(now, other.code)}"
                )
                yield Finding("series-break", detail, span)


def _about(averages: Mapping[str, float], code: str) -> str:
    return printed(round(averages[code]), MEASURES[code].unit)


def _averages(history: History, months: list[Month]) -> dict[str, float]:
    sums: dict[str, int] = {}
    for (code, month), value in history.values.items():
        if month in months and MEASURES[code].parent and MEASURES[code].is_additive:
            sums[code] = sums.get(code, 0) + value
    return {code: total / len(months) for code, total in sums.items()}


def _year_to_date(profile: Profile, span: Span, history: History) -> Iterable[Finding]:
    stated = [s.value for s in profile.stated if s.kind == "year-to-date"]
    if not stated:
        return
    year = span.last.financial_year
    months = [month for month in year.span if month <= span.last]
    counted = [
        profile.rows[month] if month in span else history.rows.get(month) for month in months
    ]
    known = [number for number in counted if number is not None]
    if len(known) == len(months) and sum(known) not in stated:
        detail = f"stated {stated[0]:,}, months added {sum(known):,}"
        yield Finding("year-to-date-differs", detail, span)


def due_on(quarter: Quarter, days: int | None) -> date | None:
    """Return the last day on which a quarter's export is in time.

    By SI 2007/1831 that is the end of the next quarter; `days` after the quarter's end where the
    partnership has agreed otherwise, and None where nothing is expected (`days` is 0).
    """
    if days is None:
        return (quarter.span.last + 3).end
    return date.fromordinal(quarter.span.last.end.toordinal() + days) if days else None


def _late(span: Span, history: History) -> Iterable[Finding]:
    """Tell of a file after its date; one that is over a year late is history sent afterwards."""
    due = due_on(span.last.quarter, history.due_days)
    if due is None or history.received_on is None:
        return
    days = (history.received_on - due).days
    if 0 < days <= 366:
        detail = f"it was due by {day_label(due)} and came {counted(days, 'day')} later"
        yield Finding("delivery-late", detail, span)
