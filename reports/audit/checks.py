"""What is checked of each figure of a table, and of its figures together.

Percentages are worked out exactly from the two figures and rounded half-up to as many places as
are printed; a qualified one ("over 11%") must be true as a sentence.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from reports.audit.layout import Entry, Layout, Place
from reports.audit.names import PUBLISHED_SUMS, measure_of, plain
from reports.audit.printed import Printed, Qualifier
from reports.audit.rules import RULES, Rule
from schemas.measures import MEASURES
from schemas.period import Span
from schemas.spans import TO_DATE
from schemas.words import counted

FIGURES = ("now", "before")
PERCENT_UNITS = frozenset({"percent", "per cent", "%"})
UNCLEAR = "Its months cannot be told from it."


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: where, what is published, and what follows from the numbers."""

    code: str
    place: Place
    label: str
    published: str
    follows: str

    @property
    def rule(self) -> Rule:
        """Which rule it is of."""
        return RULES[self.code]


def check_table(layout: Layout) -> list[Finding]:
    """Return all that is wrong with a table by its own numbers, in the order of its rows."""
    found = [
        finding
        for entry in _completed(layout.entries)
        if entry.is_figure
        for check in (_percent, _change, _words, _unchecked, _previous_period)
        for finding in check(entry)
    ]
    found += _units(layout.entries)
    found += _periods(layout)
    found += _sums(layout.entries)
    found += _twice(layout)
    found += _forms(layout.entries)
    return sorted(found, key=lambda finding: (finding.place.row, finding.rule.is_remark))


def _finding(
    code: str, entry: Entry, role: str, follows: str, published: str | None = None
) -> Finding:
    shown = entry.cell(role).text if published is None else published
    return Finding(code, entry.place(role), entry.label, shown, follows)


def half_up(value: Decimal, places: int) -> Decimal:
    """Round to some places, a half away from zero."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def signed(value: Decimal, unit: str = "") -> str:
    """Print a change: "-0.5%", "+95"."""
    return f"{value:+,}{unit}" if value else f"{value}{unit}"


def _completed(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Give a row that only says a percentage the figures of the row that prints its measure."""
    printed = {_key(entry): entry for entry in entries if _figures(entry) is not None}
    for entry in entries:
        other = printed.get(_key(entry))
        is_bare = all(entry.cell(role).is_blank for role in FIGURES)
        if other is None or not is_bare:
            yield entry
        else:
            yield replace(entry, cells={**entry.cells, **{r: other.cell(r) for r in FIGURES}})


def _key(entry: Entry) -> tuple[object, ...]:
    measure = measure_of(entry.label, entry.text("code"))
    return measure or plain(entry.label), _who(entry)[1], entry.period


# --- percentage and change --------------------------------------------------------------------


def _figures(entry: Entry) -> tuple[Decimal, Decimal] | None:
    """Return both figures, where both are exact: from "more than 500" nothing is worked out."""
    now, before = (_exactly(entry.cell(role)) for role in FIGURES)
    return None if now is None or before is None else (now, before)


def _exactly(said: Printed) -> Decimal | None:
    return said.value if said.qualifier is Qualifier.NONE else None


def _exact(entry: Entry) -> Decimal | None:
    """Return the exact change in percent; None where it is not known or there is none."""
    figures = _figures(entry)
    if figures is None or not figures[1]:
        return None
    return 100 * (figures[0] - figures[1]) / figures[1]


def _agrees(said: Printed, exact: Decimal) -> bool:
    """Say whether the sign, or the word, of a printed change is that of the change."""
    if said.value is None or not exact:
        return True
    if said.is_signed or (not said.direction and said.qualifier is Qualifier.NONE):
        return said.value == 0 or (said.value > 0) == (exact > 0)
    return not said.direction or (said.direction > 0) == (exact > 0)


def _is_true(said: Printed, exact: Decimal) -> bool:
    """Say whether the size of a percentage, qualified or not, is right."""
    size, shown = abs(exact), abs(said.value or Decimal(0))
    step = Decimal(1).scaleb(-said.places)
    match said.qualifier:
        case Qualifier.OVER:
            return size > shown
        case Qualifier.UNDER:
            return shown - step <= size < shown
        case Qualifier.ABOUT:
            return abs(size - shown) <= step
        case _:
            return half_up(size, said.places) == shown


def _percent(entry: Entry) -> Iterator[Finding]:
    said, figures = entry.cell("percent"), _figures(entry)
    if figures is None or said.value is None:
        return
    if said.is_points:
        points = figures[0] - figures[1]
        follows = f"{signed(half_up(points, said.places))} percentage points"
        if not _agrees(said, points):
            yield _finding("sign-wrong", entry, "percent", follows)
        if not _is_true(said, points):
            yield _finding("percent-wrong", entry, "percent", follows)
        return
    exact = _exact(entry)
    if exact is None:
        yield _finding("percent-from-zero", entry, "percent", "[z]")
        return
    follows = signed(half_up(exact, said.places), "%")
    if not _agrees(said, exact):
        yield _finding("sign-wrong", entry, "percent", follows)
    if not _is_true(said, exact):
        shown = follows if said.qualifier is Qualifier.NONE else signed(half_up(exact, 1), "%")
        if entry.cell("now").is_percent or entry.text("unit").casefold() in PERCENT_UNITS:
            shown += f", or {signed(figures[0] - figures[1])} percentage points"
        yield _finding("percent-wrong", entry, "percent", shown)


def _change(entry: Entry) -> Iterator[Finding]:
    said, figures = entry.cell("change"), _figures(entry)
    if figures is None or said.value is None:
        return
    exact = figures[0] - figures[1]
    if abs(said.value) != abs(exact):
        yield _finding("change-wrong", entry, "change", signed(exact))
    elif not _agrees(said, exact):
        yield _finding("sign-wrong", entry, "change", signed(exact))


def _words(entry: Entry) -> Iterator[Finding]:
    for role in ("percent", "change", *FIGURES):
        said = entry.cell(role)
        if said.is_words:
            yield _finding("word-for-number", entry, role, _in_place_of(entry, role))
        elif said.is_blank and role == "now" and entry.cell("now_shown").is_blank:
            yield _finding("blank", entry, role, "A figure or a mark belongs here.")


def _in_place_of(entry: Entry, role: str) -> str:
    figures, exact = _figures(entry), _exact(entry)
    if figures is None or role in FIGURES:
        return "a number"
    change = signed(figures[0] - figures[1])
    if role == "change":
        return change
    if exact is None:
        return f"[z] ({change})"
    return f"{signed(half_up(exact, 1), '%')} ({change})"


def _unchecked(entry: Entry) -> Iterator[Finding]:
    said = entry.cell("percent")
    if said.value is not None and _figures(entry) is None:
        is_a_change = said.direction or said.is_signed or not entry.cell("now").is_blank
        if is_a_change:
            is_rough = all(entry.cell(role).value is not None for role in FIGURES)
            needs = "a figure that is exact" if is_rough else "the figure of the year before"
            yield _finding("not-checked", entry, "percent", f"It needs {needs}.")


# --- units and forms --------------------------------------------------------------------------


def _units(entries: Sequence[Entry]) -> Iterator[Finding]:
    """A percentage or an amount that lacks the sign which others of its column have."""
    percents = [e for e in entries if e.cell("percent").value is not None]
    if any(e.cell("percent").is_percent for e in percents):
        for entry in percents:
            said, exact = entry.cell("percent"), _exact(entry)
            if not said.is_percent:
                lead = said.text.partition("(")[0].strip()
                follows = f"{lead}%" if exact is None else signed(half_up(exact, said.places), "%")
                yield _finding("unit-missing", entry, "percent", follows)
    for entry in entries:
        shown = entry.cell("now_shown")
        if entry.text("unit").upper() == "GBP" and shown.value is not None and not shown.is_money:
            yield _finding("unit-missing", entry, "now_shown", f"£{shown.text}")


_Form = tuple[str, Callable[[Printed], bool]]
_FORMS: tuple[tuple[_Form, _Form], ...] = (
    (
        ("with a blank between sign and number", lambda p: p.is_apart),
        ("with the sign directly before the number", lambda p: p.is_signed and not p.is_apart),
    ),
    (
        ("with a comma between thousands", lambda p: p.has_comma),
        (
            "without a comma between thousands",
            lambda p: p.value is not None and p.is_long and not p.has_comma,
        ),
    ),
)


def _forms(entries: Sequence[Entry]) -> Iterator[Finding]:
    """One remark a table and pair of forms, at the first figure of the rarer form."""
    roles = ("now_shown", "before_shown", "percent", "change")
    plain_roles = ("now", "before", "percent", "change")
    shown = [
        (entry, role)
        for entry in entries
        for role in (roles if entry.cell("now_shown").text else plain_roles)
        if not entry.cell(role).is_blank
    ]
    for pair in _FORMS:
        groups = [[(e, r) for e, r in shown if is_so(e.cell(r))] for _, is_so in pair]
        if all(groups):
            told = " and ".join(
                f"{counted(len(group), 'figure')} {form}"
                for group, (form, _) in zip(groups, pair, strict=True)
            )
            rarer = min(groups, key=len)
            yield _finding("number-form", *rarer[0], told)


# --- periods ----------------------------------------------------------------------------------


def _previous_period(entry: Entry) -> Iterator[Finding]:
    if entry.period is None or entry.before is None:
        if entry.text("period") and entry.period is None and entry.text("kind") == "flow":
            yield _finding("period-unclear", entry, "period", UNCLEAR, entry.text("period"))
        return
    expected = entry.period.year_before()
    if entry.before != expected:
        role = "previous_period" if entry.text("previous_period") else "before"
        yield _finding("period-not-year-before", entry, role, expected.label, entry.before.label)


def _periods(layout: Layout) -> Iterator[Finding]:
    """Columns that are headed with another period than the rest, and rows that are."""
    if layout.is_wide:
        usual = _usual(layout.periods.values())
        for heading, span in layout.periods.items():
            if span != usual:
                place = Place(layout.heading_row, heading)
                yield Finding("period-mixed", place, heading, span.label, usual.label)
        return
    sections: dict[str, list[Entry]] = {}
    for entry in layout.entries:
        if entry.is_figure and entry.text("period") and entry.period is not None:
            sections.setdefault(entry.text("section"), []).append(entry)
    for entries in sections.values():
        spans = [entry.period for entry in entries if entry.period is not None]
        usual = _usual(spans)
        told = {_who(entry) for entry in entries if entry.period == usual}
        for entry in entries:
            if entry.period is not None and entry.period != usual and _who(entry) not in told:
                yield _finding("period-mixed", entry, "period", usual.label, entry.period.label)


def _usual(spans: Iterable[Span]) -> Span:
    """Return the commonest period, the later one of two that are equally common."""
    counts = Counter(spans)
    return max(counts, key=lambda span: (counts[span], span.last.ordinal))


def _who(entry: Entry) -> tuple[str, str]:
    return plain(entry.label), entry.text("area_code") or entry.text("area")


# --- sums -------------------------------------------------------------------------------------


def _twice(layout: Layout) -> Iterator[Finding]:
    """Rows that stand there twice, and labels that two rows of other figures have.

    Where there are columns that were not read, these may tell rows of one label apart.
    """
    whole: dict[tuple[str, ...], int] = {}
    labels: dict[tuple[str, ...], int] = {}
    for entry in layout.entries if not layout.is_wide else ():
        told = (text for role, text in entry.texts.items() if role != "label")
        name = (plain(entry.label), *told)
        first = whole.get(entry.raw) or (None if layout.unread else labels.get(name))
        if first is not None:
            same = "the same row" if entry.raw in whole else "a row of the same label"
            yield _finding("label-twice", entry, "label", f"Row {first} is {same}.", entry.label)
        whole.setdefault(entry.raw, entry.row)
        labels.setdefault(name, entry.row)


def _sums(entries: Sequence[Entry]) -> Iterator[Finding]:
    """Totals that their parts do not reach, for each area and period of a section."""
    groups: dict[tuple[object, ...], list[Entry]] = {}
    for entry in entries:
        if entry.is_figure:
            period = entry.text("period")
            # Of a first quarter the year to date is the same months, and has rows of its own.
            to_date = period.upper().endswith(TO_DATE)
            place = (entry.text("section"), _who(entry)[1], entry.period or period, to_date)
            groups.setdefault(place, []).append(entry)
    for group in groups.values():
        for total, parts in _families(group):
            for role in FIGURES:
                yield from _sum(total, parts, role)
        there = {plain(entry.label) for entry in group}
        for entry in group:
            if entry.text("part_of") and plain(entry.text("part_of")) not in there:
                yield _finding(
                    "total-not-there", entry, "part_of", "No row has this label.",
                    entry.text("part_of"),
                )  # fmt: skip


def _families(group: Sequence[Entry]) -> Iterator[tuple[Entry, list[Entry]]]:
    """Totals with their parts: as the table declares them, or by the measures, or by name."""
    by_label = {plain(entry.label): entry for entry in group}
    by_code = {
        code: entry
        for entry in group
        if (code := measure_of(entry.label, entry.text("code")))
        and entry.cell("now").value is not None
    }
    families: dict[tuple[str, str], list[Entry]] = {}
    for entry in group:
        code = measure_of(entry.label, entry.text("code"))
        if entry.text("part_of"):
            families.setdefault((plain(entry.text("part_of")), "declared"), []).append(entry)
        elif code and MEASURES[code].parent in by_code and MEASURES[code].is_additive:
            measure = MEASURES[code]
            families.setdefault((measure.parent, f"measure {measure.breakdown}"), []).append(entry)
    published = {
        by_label[name].row: (by_label[name], [by_label[la] for la in labels if la in by_label])
        for name, labels in PUBLISHED_SUMS.items()
        if name in by_label
    }
    for (name, how), parts in families.items():
        total = by_label.get(name) if how == "declared" else by_code[name]
        # A sum that is known by the labels is told once, with all of its parts.
        if total is not None and (how == "declared" or total.row not in published):
            yield total, parts
    yield from ((total, parts) for total, parts in published.values() if parts)


def _sum(total: Entry, parts: Sequence[Entry], role: str) -> Iterator[Finding]:
    values = [_exactly(part.cell(role)) for part in parts]
    whole = _exactly(total.cell(role))
    if whole is None or len(parts) < 2 or any(value is None for value in values):
        return
    reached = sum((value for value in values if value is not None), Decimal(0))
    if reached != whole:
        left = abs(whole - reached)
        verb = "is" if left == 1 else "are"
        how = f"{left:,} {verb} not accounted for" if reached < whole else f"{left:,} too many"
        yield _finding(
            "parts-miss-total", total, role,
            f"{counted(len(parts), 'part adds', 'parts add')} up to {reached:,}: {how}",
        )  # fmt: skip
