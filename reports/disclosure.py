"""Which figures must be left out so that no small count can be worked out from the others.

Pure: figures and the sums that hold between them in, the figures to hide out. A hidden figure is
safe when there is a witness: another table of whole numbers that agrees with everything shown, with
every sum and with all that is known of hidden figures, and in which the figure is another one. The
search builds such tables itself, cheapest first, and hides further figures where it must. Each one
proves of all the figures that it moves that they cannot be worked out, by whatever method.
"""

import heapq
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import count

LEAST_SHOWN = 5
"""Counts from 1 up to this one are not shown; a true zero is."""
STEP = 1
HASTE = ((20, 5_000), (1_000, 20_000))
"""How much nearer to adding up is preferred to less loss, and for how many tables: cheap first."""

Key = Hashable


class State(Enum):
    """What readers have of a figure."""

    SHOWN = auto()
    """They know it, and nothing can change that."""
    ZERO = auto()
    """They will read that it is 0, unless nothing else helps than to hide all."""
    OPEN = auto()
    """They will know it, unless it is hidden, at its cost."""
    HIDDEN = auto()
    """They know that it is there, and must not come to know it."""
    UNSEEN = auto()
    """It is printed nowhere; it need not be kept from them, but it gives freedom to the others."""


@dataclass(frozen=True)
class Item:
    """One figure: its true value, what readers have of it, and the loss if it is hidden.

    Hidden figures are known not to be 0, because a true zero is shown; where a release shows
    nothing at all (`is_blank`), they are not.
    """

    value: int
    state: State
    cost: int = 0
    is_blank: bool = False

    @property
    def least(self) -> int:
        """The least that it may be for who does not know it."""
        return 0 if self.state is State.UNSEEN or self.is_blank else 1

    @property
    def is_secret(self) -> bool:
        """Whether nobody must come to know it; where all is hidden, that is the small counts."""
        return is_primary(self.value) or not self.is_blank

    @property
    def most(self) -> int | None:
        """The greatest; a small count that is hidden may be known to be one."""
        is_small = self.state is State.HIDDEN and is_primary(self.value)
        return LEAST_SHOWN - 1 if is_small else None


@dataclass(frozen=True)
class Sum:
    """A whole is the sum of its parts."""

    whole: Key
    parts: tuple[Key, ...]


def is_primary(value: int | None) -> bool:
    """Say whether a count is too small to be shown."""
    return value is not None and 0 < value < LEAST_SHOWN


def suppressed(items: Mapping[Key, Item], sums: Collection[Sum]) -> set[Key]:
    """Return all that must be hidden: what is hidden already, and what would give it away.

    What was published before may leave no witness for a figure, as when a year came out before
    its quarters: that it is hidden would tell what it is. All figures of the release that sums link
    with it are hidden then, the zeros among them: nothing new is told.
    """
    search = _Search(items, sums)
    safe: set[int] = set()
    blank: set[int] = set()
    # The small ones first: what protects them protects most of what was hidden for them as well.
    order = sorted(search.hidden, key=lambda n: (not is_primary(search.items[n].value), n))
    for target in order:
        if target in safe:
            continue
        witness = search.any_witness(target)
        if witness is None and search.items[target].is_secret:
            # Of what is not shown at all nobody can even say whether it is what it was before.
            everything = search.linked(target)
            blank |= everything
            safe |= everything
        else:
            safe |= search.hide(witness or (target,))
    return {search.keys[n] for n in search.hidden | blank}


class _Search:
    """Looks for witnesses among figures by number, over the sums that they stand in."""

    def __init__(self, items: Mapping[Key, Item], sums: Iterable[Sum]):
        self.keys = list(items)
        self.items = [items[key] for key in self.keys]
        number = {key: n for n, key in enumerate(self.keys)}
        self.hidden = {n for n, item in enumerate(self.items) if item.state is State.HIDDEN}
        # A sum by number: the parts less the whole are 0.
        self.sums: list[dict[int, int]] = [
            {number[s.whole]: -1} | {number[part]: 1 for part in s.parts} for s in sums
        ]
        self.sums_of: dict[int, list[int]] = defaultdict(list)
        for place, terms in enumerate(self.sums):
            for n in terms:
                self.sums_of[n].append(place)

    def hide(self, numbers: Iterable[int]) -> set[int]:
        """Hide what is open among some figures; return all of them that are hidden now."""
        found = set()
        for n in numbers:
            if self.items[n].state in (State.OPEN, State.HIDDEN):
                self.hidden.add(n)
                found.add(n)
        return found

    def linked(self, target: int) -> set[int]:
        """Return all figures that sums link with one, directly or through others."""
        found, waiting = {target}, [target]
        while waiting:
            for place in self.sums_of[waiting.pop()]:
                new = set(self.sums[place]) - found
                found |= new
                waiting += new
        return found

    def any_witness(self, target: int) -> Collection[int] | None:
        """Return the figures that another possible table has otherwise, `target` among them."""
        found = (self.witness(target, haste, most) for haste, most in HASTE)
        return next((witness for witness in found if witness), None)

    def witness(self, target: int, haste: int, most: int) -> Collection[int] | None:
        """Look for one through so many tables at most."""
        ticket = count()
        seen: set[frozenset[tuple[int, int]]] = set()
        waiting: list[tuple[int, int, int, dict[int, int], dict[int, int]]] = []
        for by in (1, -1):
            if self._may_move(target, by):
                moved, off = {target: by}, self._off({}, target, by)
                heapq.heappush(waiting, (0, next(ticket), 0, moved, off))
        while waiting and len(seen) < most:
            _, _, loss, moved, off = heapq.heappop(waiting)
            if not off:
                return moved
            if (state := frozenset(moved.items())) in seen:
                continue
            seen.add(state)
            for n, by in self._ways(moved, off):
                more = loss + STEP + self._loss(n)
                after = self._off(off, n, by)
                entry = (more + haste * len(after), next(ticket), more, moved | {n: by}, after)
                heapq.heappush(waiting, entry)
        return None

    def _ways(self, moved: Mapping[int, int], off: Mapping[int, int]) -> Sequence[tuple[int, int]]:
        """Return how the sum with the fewest ways to be put right can be put right."""
        fewest: list[tuple[int, int]] | None = None
        for place, residual in off.items():
            ways = list(self._ways_of(place, residual, moved))
            if fewest is None or len(ways) < len(fewest):
                fewest = ways
            if not fewest:
                break
        return fewest or []

    def _ways_of(
        self, place: int, residual: int, moved: Mapping[int, int]
    ) -> Iterator[tuple[int, int]]:
        for n, sign in self.sums[place].items():
            if n not in moved and self._may_move(n, -residual * sign):
                yield n, -residual * sign

    def _off(self, off: Mapping[int, int], n: int, by: int) -> dict[int, int]:
        """Return by how much each sum is off once a figure is moved."""
        after = dict(off)
        for place in self.sums_of[n]:
            residual = after.get(place, 0) + by * self.sums[place][n]
            if residual:
                after[place] = residual
            else:
                after.pop(place, None)
        return after

    def _may_move(self, n: int, by: int) -> bool:
        item = self.items[n]
        value = item.value + by
        return (
            item.state not in (State.SHOWN, State.ZERO)
            and value >= item.least
            and (item.most is None or value <= item.most)
        )

    def _loss(self, n: int) -> int:
        return 0 if n in self.hidden else self.items[n].cost
