"""An intruder who has every pack that was published, and wants the counts that they leave out.

He reads the files of all packs of a warehouse made at random, also those that were given again with
changed figures, writes down every sum that he knows to hold, and solves. He shares no line with
`reports.disclosure`.

**The standard.** Of every figure that a pack prints as [c], of every small count that is had by one
subtraction (the rest of the county, what a total has beyond a row "of which", a quarter of a year
of which the others are printed, what a running total has grown by between two dates, whichever
packs gave them), at least two values must stay possible for him. He is taken to know more than
packs say: which hidden figures are small (1 to 4) and which are not (5 and more), and, of every
figure that any pack prints, shown or as [c], in which of the other packs it is the same, also where
those are only made of it. He knows that a true zero is shown. Of an official figure he knows in
which packs ours is the same. Of what partners state he knows whether their year is the sum of their
quarters; where it is not, that each person was counted once in it; and the date of a hidden figure.
A percentage must not say of any count from 1 to 4 that it is that one.

What he is not held to, and why:

* That what no pack prints is the same behind two packs: nobody can say that of what he never saw.
* A narrower range than 1 to 4. [c] says that already; what must not be known is which one it is.
* The rest of the county where it is [c] and not small. It is printed as the difference of two rows,
  and is [c] wherever one of them is; that says nothing of it, not even that it is no 0.
* Years of a table of which a pack says that [c] may stand for 0: there he does not know it.
* Tables that a pack says to be withheld. It tells nothing of them, not even that a figure is what
  it was in an earlier pack, so that he learns nothing from them. (Two cannot be had at once: where
  earlier packs leave one value alone, that [c] stands there would tell it, and so would a 0.)
* Sums that no table prints (two rows together, July to December) and changes between two years or
  two releases: these are no counts of a row. None of the figures in them can be told from them. So
  it is with what stands at a date: 12 and then 10 says that there are two less, not how many left.
* Figures that partners say are not exact ("more than 9"): they stand in no sum. Up to 5 they are
  [c].
* How many people stand in several quarters of a year in which each is counted once: it is no row.
* What is of no people (agencies, meetings, cameras, money, posts): it is shown.
* Looks back to an earlier day (`--as-at`) and drafts: of the first there is none for the public,
  and the second say on each page that they are not for publication.
* What others publish (data.police.uk, the Home Office, Defra), who do not hide small counts.
* Working the choice backwards: trying for each possible table whether csp would have hidden just
  what it hid. That he knows which hidden figures are small is already more than this mostly tells.
"""

import random
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from faults.attack_reading import FLOWS, STATED, TOTALS, Place, Read, read_pack
from faults.attack_solving import ENDLESS, Answer, Solver
from faults.attack_worlds import packs_of
from schemas.period import FinancialYear, Span

Name = tuple[object, ...]
"""A figure by what it is of, and by its true value: the same one wherever it is the same."""


ORDERS = 4
"""In so many orders a question is asked, at most, until it is decided."""


def is_small(value: int) -> bool:
    """Say whether a count must not be known."""
    return 0 < value < 5


def _in_order(equation: dict[Name, int]) -> dict[Name, int]:
    """Return an equation with its figures in an order that is the same in every process."""
    return dict(sorted(equation.items(), key=str))


@dataclass
class Attack:
    """All that he knows: names of figures, and equations between those that he does not know."""

    packs: list[Read] = field(default_factory=list)
    known: dict[Name, int] = field(default_factory=dict)
    truth: dict[Name, int] = field(default_factory=dict)
    limits: dict[Name, tuple[int, int]] = field(default_factory=dict)
    wanted: dict[Name, None] = field(default_factory=dict)
    equations: list[dict[Name, int]] = field(default_factory=list)

    def answers(self) -> dict[Name, Answer]:
        """Say of every hidden figure whether he can tell it from all packs together."""
        told = [_Told(pack, number) for number, pack in enumerate(self.packs)]
        printed = {name for pack in told for name in pack.printed()}
        for pack in told:
            pack.seen = printed
            self._learn(pack)
        self._learn_growth(told)
        given = self._given_away()
        answers: dict[Name, Answer] = {}
        asked = sorted((name for name in self.wanted if name not in self.known), key=str)
        equations = sorted((_in_order(each) for each in self.equations), key=str)
        for order in range(ORDERS):
            # A search that loses its way in one order finds it in another; each answer is a proof.
            if order:
                random.Random(order).shuffle(equations)
            solver = Solver.over(equations, self.known, self.truth, self.limits)
            answers |= solver.ask(asked)
            asked = [name for name in asked if answers[name] is Answer.UNDECIDED]
            if not asked:
                break
        return answers | dict.fromkeys(given, Answer.RECOVERED)

    def _learn(self, told: "_Told") -> None:
        """Add what a pack says."""
        pack = told.pack
        for place, shown in pack.shown.items():
            if told.is_among(place, pack.withheld):
                assert shown is None, "a withheld table shows a figure"
                continue
            name, value = told.named(place)
            assert name is not None
            if shown is not None:
                assert shown == value, "another figure than the true one is shown"
                self.known[name] = self.truth[name] = value
            elif place[1] == pack.rest:
                self._hide(name, value, is_printed=False)
            else:
                can_be_none = told.is_among(place, pack.veiled)
                assert value or can_be_none, "a true zero is hidden"
                self._hide(name, value, is_printed=True, can_be_none=can_be_none)
        for whole, parts, is_all in told.sums():
            self._add(told, whole, parts, is_all=is_all)
        for whole, parts in told.fewer():
            self._add_fewer(told, whole, parts)

    def _learn_growth(self, packs: Iterable["_Told"]) -> None:
        """Take running totals from each other: those of every two dates, as they stand by then."""
        latest: dict[tuple[str, str], dict[Span, tuple[Name, int]]] = defaultdict(dict)
        for told in packs:
            dated = [place for place in told.pack.stated if place[0] in TOTALS]
            for place in dated:
                totals = latest[place[:2]]
                name, value = told.named(place)
                if name is not None and name in told.seen:
                    totals[place[2]] = name, value
                elif place[2] in totals and totals[place[2]][1] != told.pack.stated[place]:
                    del totals[place[2]]
            for totals in latest.values():
                self._take_from_each_other([totals[month] for month in sorted(totals, key=_first)])

    def _take_from_each_other(self, totals: list[tuple[Name, int]]) -> None:
        for place, (earlier, least) in enumerate(totals):
            for later, most in totals[place + 1 :]:
                grown: Name = ("grown", earlier, later)
                if most >= least and grown not in self.truth:
                    for name, value in ((earlier, least), (later, most), (grown, most - least)):
                        if name not in self.known:
                            self._hide(name, value, is_printed=False)
                    self.equations.append({later: -1, earlier: 1, grown: 1})

    def _given_away(self) -> list[Name]:
        """Take official figures for ours where they are the same: what is hidden, is told then."""
        found = []
        for pack in self.packs:
            for place, value in pack.official.items():
                name: Name = (*place, value)
                if name in self.truth and name not in self.known:
                    self.known[name] = value
                    found += [name] if name in self.wanted else []
        return found

    def _hide(self, name: Name, value: int, *, is_printed: bool, can_be_none: bool = False) -> None:
        self.truth[name] = value
        least, most = self.limits.get(name, (0, ENDLESS))
        if is_printed and is_small(value):
            most = 4
        if is_printed and not can_be_none:
            least = max(least, 1 if is_small(value) else 5)
        if is_printed or is_small(value):
            self.wanted[name] = None
        self.limits[name] = least, most

    def _add(self, told: "_Told", whole: Place, parts: Iterable[Place], *, is_all: bool) -> None:
        """Note that parts add up to a whole, or to no more than it; what is beyond is a count."""
        named = [told.named(place) for place in (whole, *parts)]
        equation: dict[Name, int] = defaultdict(int)
        beyond = 0
        for number, (name, value) in enumerate(named):
            if name is None:
                return
            sign = 1 if number else -1
            equation[name] += sign
            beyond -= sign * value
            if name not in self.known:
                # What is printed nowhere, and small, must not be had either.
                self._hide(name, value, is_printed=False)
        if not is_all:
            rest: Name = ("beyond", *(name for name, _ in named))
            equation[rest] += 1
            self._hide(rest, beyond, is_printed=False)
        self.equations.append(equation)

    def _add_fewer(self, told: "_Told", whole: Place, parts: Iterable[Place]) -> None:
        """Note that a whole is less than its parts together, and no more than that."""
        named = [told.named(place) for place in (whole, *parts)]
        again: Name = ("again", *(name for name, _ in named))
        equation: dict[Name, int] = {again: 1}
        self.truth[again] = sum(value for _, value in named[1:]) - named[0][1]
        for number, (name, value) in enumerate(named):
            if name is None:
                return
            equation[name] = -1 if number else 1
            if name not in self.known:
                self._hide(name, value, is_printed=False)
        self.equations.append(equation)


def _first(span: Span) -> int:
    return span.first.ordinal


class _Told:
    """The sums that he knows to hold in one pack."""

    def __init__(self, pack: Read, number: int):
        self.pack, self.number = pack, number
        self.families = self._families()
        self.seen: Collection[Name] = ()

    def printed(self) -> Iterable[Name]:
        """Return what the pack prints, shown or as [c]; the rest of the county is a difference."""
        for place in self.pack.shown:
            value = self.pack.value(place)
            if not self.is_among(place, self.pack.withheld) and place[1] != self.pack.rest:
                yield (*place, value)

    def named(self, place: Place) -> tuple[Name | None, int]:
        """Return the name of a figure and its true value; none where nothing is known of it."""
        value = self.pack.value(place)
        if value is None or self.is_among(place, self.pack.withheld):
            return None, 0
        name = (*place, value)
        return name if name in self.seen else (*name, self.number), value

    def is_among(self, place: Place, families: Collection[tuple[str, FinancialYear]]) -> bool:
        """Say whether a figure is of a family of which the pack says more."""
        measure, _, span = place
        of = self.families.get(measure, {measure})
        return any((m, span.first.financial_year) in families for m in of)

    def _families(self) -> dict[str, set[str]]:
        """Return the measures that stand in tables with the total of each."""
        found: dict[str, set[str]] = defaultdict(set)
        for rows in self.pack.roles.values():
            total = [m for role, m, _ in rows if role == "total"]
            for role, measure, _ in rows:
                found[measure].add(measure)
                if role != "alone":
                    found[measure] |= set(total)
                if measure.startswith("action-"):
                    found[measure].add("fly-tips")
        return found

    def sums(self) -> Iterable[tuple[Place, list[Place], bool]]:
        """Return wholes with their parts, and whether they are all of it."""
        for measure, area in {key[:2] for key in self.pack.shown}:
            if measure in STATED:
                yield from self._of_quarters(measure, area)
                continue
            spans = {key[2] for key in self.pack.shown if key[:2] == (measure, area)}
            yield from self._of_time(measure, area, spans)
        for rows in self.pack.roles.values():
            yield from self._of_rows(rows)

    def _of_quarters(self, measure: str, area: str) -> Iterable[tuple[Place, list[Place], bool]]:
        """Return what a partner states of a year, with what is stated of its quarters."""
        for whole, parts, known in self._years(measure, area):
            together = sum(self.pack.stated[part] for part in known)
            if together <= self.pack.stated[whole]:
                yield whole, known, known == parts and together == self.pack.stated[whole]

    def fewer(self) -> Iterable[tuple[Place, list[Place]]]:
        """Return years that are less than their quarters together: each person is in once."""
        for measure, area in {key[:2] for key in self.pack.shown if key[0] in FLOWS}:
            for whole, parts, known in self._years(measure, area):
                together = sum(self.pack.stated[part] for part in known)
                if known == parts and together > self.pack.stated[whole]:
                    yield whole, parts

    def _years(self, measure: str, area: str) -> Iterable[tuple[Place, list[Place], list[Place]]]:
        if measure not in FLOWS:
            return
        for place in self.pack.stated:
            if place[:2] == (measure, area) and len(place[2]) > 3:
                quarters = dict.fromkeys(m.quarter.span for m in place[2])
                parts = [(measure, area, quarter) for quarter in quarters]
                yield place, parts, [part for part in parts if part in self.pack.stated]

    def _of_time(
        self, measure: str, area: str, spans: set[Span]
    ) -> Iterable[tuple[Place, list[Place], bool]]:
        for span in spans:
            quarters = sorted({m.quarter for m in span})
            if len(span) > 3:
                yield (measure, area, span), [(measure, area, q.span) for q in quarters], True
        if any(len(span) == 1 for span in spans):
            for quarter in {m.quarter for span in spans for m in span}:
                months = [(measure, area, Span(m, m)) for m in quarter.span]
                yield (measure, area, quarter.span), months, True

    def _of_rows(
        self, rows: list[tuple[str, str, str]]
    ) -> Iterable[tuple[Place, list[Place], bool]]:
        pack = self.pack
        shown = {key[2] for key in pack.shown if len(key[2]) > 1}
        for span in shown | {m.quarter.span for months in shown for m in months}:
            for area in dict.fromkeys(area for _, _, area in rows):
                here = [(role, m) for role, m, a in rows if a == area]
                totals = [m for role, m in here if role == "total"]
                parts = [(m, area, span) for role, m in here if role in {"part", "residual"}]
                if totals and parts:
                    yield (totals[0], area, span), parts, True
                for role, measure in here:
                    if role == "of which":
                        yield (totals[0], area, span), [(measure, area, span)], False
                actions = [(m, area, span) for _, m in here if m.startswith("action-")]
                if actions:
                    yield ("fly-tips", area, span), actions, False
            for _, measure, area in rows:
                if area == pack.rest:
                    parts = [(measure, pack.district, span), (measure, pack.rest, span)]
                    yield (measure, pack.county, span), parts, True


# --- a campaign -------------------------------------------------------------------------------


@dataclass
class Result:
    """What came of attacks on several warehouses."""

    warehouses: int = 0
    packs: int = 0
    shown: int = 0
    small: int = 0
    others: int = 0
    veiled: int = 0
    withheld: int = 0
    recovered: list[tuple[int, Name]] = field(default_factory=list)
    undecided: list[tuple[int, Name]] = field(default_factory=list)


def campaign(count: int, seed: int) -> Result:
    """Attack so many warehouses."""
    result = Result()
    for n in range(seed, seed + count):
        attack = Attack()
        for pack in packs_of(n):
            attack.packs.append(read_pack(pack))
        answers = attack.answers()
        small = {name for name in answers if is_small(attack.truth[name])}
        result.warehouses += 1
        result.shown += len(attack.known)
        result.small += len(small)
        result.others += len(answers) - len(small)
        result.packs += len(attack.packs)
        result.veiled += sum(len(pack.veiled) for pack in attack.packs)
        result.withheld += sum(len(pack.withheld) for pack in attack.packs)
        for name, answer in answers.items():
            if answer is Answer.RECOVERED:
                result.recovered.append((n, name))
            elif answer is Answer.UNDECIDED:
                result.undecided.append((n, name))
    return result


def lines_of(result: Result) -> list[str]:
    """Say what came of it."""
    return [
        f"{result.warehouses:,} warehouses, {result.packs:,} packs for the public",
        f"{result.shown:,} figures shown, {result.small:,} small ones and {result.others:,} others "
        f"hidden; in {result.veiled:,} years of tables [c] may stand for 0, {result.withheld:,} "
        "are withheld",
        f"{len(result.recovered):,} hidden figures worked out, {len(result.undecided):,} undecided",
        *(f"  warehouse {n}: {name}" for n, name in (*result.recovered, *result.undecided)[:10]),
    ]
