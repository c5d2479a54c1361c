"""Can a count be another one than it is? All of what it can be, or the proof that it cannot.

Equations between whole numbers, and from where to where each of them can be. Each question ends
with another table that fits everything (and is held against every equation), or with the proof that
there is none; where neither is found within so many steps, it is told as undecided.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

import numpy as np

Name = Hashable
Terms = tuple[tuple[int, int], ...]
"""Numbers of figures, each with how often it stands in a sum."""
Bounds = list[tuple[int, int]]
ENDLESS = 10**9
"""Greater than any count, and small enough to be added up."""
FEW_NODES, MOST_NODES, MOST_DEPTH = 60, 60_000, 400
"""How many steps a question may take: few, and more once all equations are taken together."""
PRIME = 2_147_483_647


class Answer(Enum):
    """What came of a question."""

    SAFE = auto()
    RECOVERED = auto()
    UNDECIDED = auto()


class _TooManyNodes(Exception):  # noqa: N818 - it says what happened
    """The search was given up."""


@dataclass
class Solver:
    """Equations that add up to a number, over figures of which he knows least and most.

    `truth` is used to look near it first, and decides nothing.
    """

    names: list[Name]
    truth: list[int]
    bounds: Bounds
    equations: list[tuple[Terms, int]]
    of: dict[int, list[int]] = field(default_factory=dict)
    safe: set[int] = field(default_factory=set)
    nodes: int = 0
    is_eliminated: bool = False

    @classmethod
    def over(
        cls,
        equations: Iterable[Mapping[Name, int]],
        known: Mapping[Name, int],
        truth: Mapping[Name, int],
        limits: Mapping[Name, tuple[int, int]],
    ) -> "Solver":
        """Put what is known into the equations; the rest is what they are about."""
        place: dict[Name, int] = {}
        found: dict[tuple[Terms, int], None] = {}
        for equation in equations:
            total, terms = 0, []
            for name, times in equation.items():
                if name in known:
                    total -= times * known[name]
                elif times:
                    terms.append((place.setdefault(name, len(place)), times))
            if terms:
                found[tuple(sorted(terms)), total] = None
        names = list(place)
        made = cls(
            names,
            [truth[name] for name in names],
            [limits.get(name, (0, ENDLESS)) for name in names],
            list(found),
        )
        of = defaultdict(list)
        for number, (terms, total) in enumerate(made.equations):
            assert sum(t * made.truth[n] for n, t in terms) == total, "a sum does not hold"
            for n, _ in terms:
                of[n].append(number)
        for n, (low, high) in enumerate(made.bounds):
            assert low <= made.truth[n] <= high, "what he takes for true cannot be"
        made.of = dict(of)
        narrowed = made._narrowed(made.bounds, range(len(made.equations)))
        assert narrowed is not None
        made.bounds = narrowed
        return made

    def ask(self, wanted: Sequence[Name]) -> dict[Name, Answer]:
        """Say of each figure whether it can be told."""
        place = {name: n for n, name in enumerate(self.names)}
        # What stands in no sum is bound by nothing but what is known of it by itself.
        answers = {name: self._of(place[name]) if name in place else Answer.SAFE for name in wanted}
        open_ones = [name for name, answer in answers.items() if answer is Answer.UNDECIDED]
        if open_ones and not self.is_eliminated:
            self._eliminate()
            answers |= self.ask(open_ones)
        return answers

    def _eliminate(self) -> None:
        """Add what follows from all equations together, so that each by itself says more."""
        self.is_eliminated = True
        known = set(self.equations)
        for terms, total in eliminated(self.equations, len(self.names)):
            if (terms, total) not in known:
                for n, _ in terms:
                    self.of[n].append(len(self.equations))
                self.equations.append((terms, total))
        narrowed = self._narrowed(self.bounds, range(len(self.equations)))
        assert narrowed is not None
        self.bounds = narrowed

    def _of(self, n: int) -> Answer:
        if n in self.safe:
            return Answer.SAFE
        low, high = self.bounds[n]
        true, is_decided = self.truth[n], True
        for sides in (
            ((true + 1, true + 1), (true - 1, true - 1)),
            ((true + 2, high), (low, true - 2)),
        ):
            for least, most in sides:
                if max(least, low) > min(most, high):
                    continue
                self.nodes = 0
                tried = list(self.bounds)
                tried[n] = max(least, low), min(most, high)
                try:
                    witness = self._searched(tried, [n])
                except _TooManyNodes:
                    is_decided = False
                    continue
                if witness is not None:
                    self._check(witness, n)
                    self.safe |= {m for m, v in enumerate(witness) if v != self.truth[m]}
                    return Answer.SAFE
        return Answer.RECOVERED if is_decided else Answer.UNDECIDED

    def _check(self, witness: Sequence[int], n: int) -> None:
        """Hold another table against everything that he knows."""
        assert witness[n] != self.truth[n]
        for terms, total in self.equations:
            assert sum(t * witness[m] for m, t in terms) == total
        for value, (low, high) in zip(witness, self.bounds, strict=True):
            assert low <= value <= high

    def _searched(self, bounds: Bounds, moved: Sequence[int], depth: int = 0) -> list[int] | None:
        """Return a table within bounds that fits, looking near the truth first; or None.

        Both halves of what a figure can be are tried, so that nothing is left out.
        """
        self.nodes += 1
        most = MOST_NODES if self.is_eliminated else FEW_NODES
        if self.nodes > most or depth > MOST_DEPTH:
            raise _TooManyNodes
        touched = dict.fromkeys(e for n in moved for e in self.of[n])
        narrowed = self._narrowed(bounds, touched)
        if narrowed is None:
            return None
        guess = [
            min(max(true, low), high)
            for true, (low, high) in zip(self.truth, narrowed, strict=True)
        ]
        fewest = self._worst(narrowed, guess)
        if fewest is None:
            return guess
        n, by = fewest
        if not by:
            return None
        low, high = narrowed[n]
        near, far = (guess[n] + 1, high), (low, guess[n])
        if by < 0:
            near, far = (low, guess[n] - 1), (guess[n], high)
        for least, most in (near, far):
            if least > most:
                continue
            tried = list(narrowed)
            tried[n] = least, most
            if (found := self._searched(tried, [n], depth + 1)) is not None:
                return found
        return None

    def _worst(self, bounds: Bounds, guess: Sequence[int]) -> tuple[int, int] | None:
        """Return a figure to move, and which way, of the sum that can be put right in fewest ways.

        No way (0) where a sum cannot be put right at all.
        """
        moved = [n for n, value in enumerate(guess) if value != self.truth[n]]
        best: tuple[int, int, int] | None = None
        for e in dict.fromkeys(e for n in moved for e in self.of[n]):
            terms, total = self.equations[e]
            off = total - sum(t * guess[m] for m, t in terms)
            if not off:
                continue
            ways = []
            for m, t in terms:
                by = 1 if off * t > 0 else -1
                room = bounds[m][1] - guess[m] if by > 0 else guess[m] - bounds[m][0]
                if room > 0:
                    ways.append((-room if room < ENDLESS // 2 else 0, m, by))
            if not ways:
                return e, 0
            ways.sort(key=lambda way: (len(self.of[way[1]]), way[0]))
            if best is None or len(ways) < best[0]:
                best = len(ways), ways[0][1], ways[0][2]
        return None if best is None else best[1:]

    def _narrowed(self, bounds: Bounds, first: Iterable[int]) -> Bounds | None:
        """Narrow what each count can be until nothing changes; None where nothing is left."""
        bounds = list(bounds)
        waiting = dict.fromkeys(first)
        steps = 0
        while waiting and steps < 20_000:
            e = next(iter(waiting))
            del waiting[e]
            steps += 1
            terms, total = self.equations[e]
            low = high = 0
            for n, t in terms:
                least, most = bounds[n]
                low += t * (least if t > 0 else most)
                high += t * (most if t > 0 else least)
            if low > total or high < total:
                return None
            if low == total == high:
                continue
            for n, t in terms:
                least, most = bounds[n]
                if least == most:
                    continue
                # From where to where it can be, given all that the others can be.
                if t > 0:
                    new_least = -((high - t * most - total) // t)
                    new_most = (total - low + t * least) // t
                else:
                    new_least = -((total - low + t * most) // -t)
                    new_most = (high - t * least - total) // -t
                if new_least > least or new_most < most:
                    new = max(least, new_least), min(most, new_most)
                    if new[0] > new[1]:
                        return None
                    low += (t * (new[0] - least)) if t > 0 else (t * (new[1] - most))
                    high += (t * (new[1] - most)) if t > 0 else (t * (new[0] - least))
                    bounds[n] = new
                    waiting |= dict.fromkeys(self.of[n])
        return bounds


def eliminated(equations: Sequence[tuple[Terms, int]], width: int) -> list[tuple[Terms, int]]:
    """Return the equations that elimination leaves and whose factors are small whole numbers.

    It reckons modulo a prime number: what it finds is held against the truth all the same.
    """
    matrix = np.zeros((len(equations), width + 1), dtype="int64")
    for row, (terms, total) in enumerate(equations):
        for n, times in terms:
            matrix[row, n] = times
        matrix[row, -1] = total
    matrix %= PRIME
    lead = 0
    for column in range(width):
        below = np.flatnonzero(matrix[lead:, column])
        if not len(below):
            continue
        pivot = lead + int(below[0])
        matrix[[lead, pivot]] = matrix[[pivot, lead]]
        matrix[lead] = matrix[lead] * pow(int(matrix[lead, column]), -1, PRIME) % PRIME
        others = np.flatnonzero(matrix[:, column])
        others = others[others != lead]
        matrix[others] = (matrix[others] - np.outer(matrix[others, column], matrix[lead])) % PRIME
        lead += 1
        if lead == len(matrix):
            break
    whole = np.where(matrix > PRIME // 2, matrix - PRIME, matrix)[:lead]
    return [
        (tuple((int(n), int(row[n])) for n in np.flatnonzero(row[:-1])), int(row[-1]))
        for row in whole
        if np.abs(row[:-1]).max() <= 3 and abs(row[-1]) < ENDLESS
    ]
