"""Which figures must be left out so that no small count can be worked out from the others.

Pure: figures and the sums that hold between them in, the figures to hide out. A hidden figure is
safe when there is a witness: another table of whole numbers that agrees with everything shown, with
every sum and with all that is known of hidden figures, and in which the figure is another one. The
search builds such tables itself, cheapest first, and hides further figures where it must. Each one
proves of all the figures that it moves that they cannot be worked out, by whatever method.

The standard: of every hidden figure at least two values stay possible, for a reader who has all
that was ever published, reckons with every sum, and knows which hidden figures are small (1 to 4)
and which are not (5 and more). What `[c]` says by itself, that a count is one of 1 to 4, is no more
than that.
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
HASTE = ((20, 3_000), (1_000, 4_000))
"""How much nearer to adding up is preferred to less loss, and for how many tables: cheap first."""

NARROWINGS = 20
"""How often each sum is looked at, at most, to see what cannot move."""
ENDLESS = 10**12
"""More than any figure."""

Key = Hashable


class State(Enum):
    """What readers have of a figure."""

    SHOWN = auto()
    """They know it, and nothing can change that."""
    ZERO = auto()
    """They will read that it is 0."""
    OPEN = auto()
    """They will know it, unless it is hidden, at its cost."""
    HIDDEN = auto()
    """They know that it is there, and must not come to know it."""
    UNSEEN = auto()
    """It is printed nowhere; it need not be kept from them, but it gives freedom to the others."""


@dataclass(frozen=True)
class Item:
    """One figure: its true value, what readers have of it, and the loss if it is hidden.

    Of what is printed readers are taken to know whether it is small. It is not 0 then, because a
    true zero is shown, unless a release says that it may be (`is_veiled`).
    """

    value: int
    state: State
    cost: int = 0
    is_printed: bool = True
    is_veiled: bool = False

    @property
    def least(self) -> int:
        """The least that it may be for who does not know it."""
        if not self.is_printed or self.is_veiled:
            return 0
        return 1 if is_primary(self.value) else LEAST_SHOWN

    @property
    def most(self) -> int | None:
        """The greatest that it may be; None: there is no end."""
        return LEAST_SHOWN - 1 if self.is_printed and is_primary(self.value) else None


@dataclass(frozen=True)
class Sum:
    """A whole is the sum of its parts."""

    whole: Key
    parts: tuple[Key, ...]


def is_primary(value: int | None) -> bool:
    """Say whether a count is too small to be shown."""
    return value is not None and 0 < value < LEAST_SHOWN


def state_of(
    value: int, *, is_printed: bool, is_hidden: bool, is_veiled: bool, is_open: bool
) -> State:
    """Return what readers have of a figure of a release, or will have of one that is still open.

    What is printed nowhere, as the rest of the county, or the quarter that a year has beyond its
    first three, is had by taking away; a small one must not be. An open zero is shown, unless it is
    said that [c] may stand for it.
    """
    if not is_printed:
        return State.HIDDEN if is_primary(value) else State.UNSEEN
    if not is_open:
        return State.HIDDEN if is_hidden else State.SHOWN
    if value == 0:
        return State.OPEN if is_veiled else State.ZERO
    return State.HIDDEN if is_primary(value) or is_hidden else State.OPEN


@dataclass(frozen=True)
class Hiding:
    """What must be hidden, and all figures that are linked with one which nothing can hide."""

    hidden: frozenset[Key]
    told: frozenset[Key]


def suppressed(items: Mapping[Key, Item], sums: Collection[Sum]) -> Hiding:
    """Return all that must be hidden: what is hidden already, and what would give it away.

    What was published before may leave no witness for a figure, as when a year came out before
    its quarters: that it is hidden would tell what it is. All figures that sums link with it are
    returned as `told`: for them something else must be done.
    """
    search = _Search(items, sums)
    safe: set[int] = set()
    told: set[int] = set()
    # The small ones first: what protects them protects most of what was hidden for them as well.
    order = sorted(search.hidden, key=lambda n: (not is_primary(search.items[n].value), n))
    for target in order:
        if target in safe:
            continue
        witness = search.any_witness(target)
        if witness is None:
            linked = search.linked(target)
            told |= linked
            safe |= linked
        else:
            safe |= search.hide(witness)
    return Hiding(
        frozenset(search.keys[n] for n in search.hidden),
        frozenset(search.keys[n] for n in told),
    )


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
        # How far each figure may move, down and up, at most.
        self.room = [_room(item) for item in self.items]
        self._narrow()

    def _narrow(self) -> None:
        """Take from each figure's room what no other figure of a sum could ever make up for."""
        waiting = dict.fromkeys(range(len(self.sums)))
        for _ in range(NARROWINGS * len(self.sums)):
            if not waiting:
                return
            terms = self.sums[place := next(iter(waiting))]
            del waiting[place]
            # How far all together can move the parts less the whole: down, and up.
            ways = {n: self.room[n][::sign] for n, sign in terms.items()}
            down, up = (sum(way[side] for way in ways.values()) for side in (0, 1))
            for n, sign in terms.items():
                able = min(ways[n][0], up - ways[n][1]), min(ways[n][1], down - ways[n][0])
                if able != ways[n]:
                    self.room[n] = able[::sign]
                    waiting |= dict.fromkeys(self.sums_of[n])
                    down, up = down - ways[n][0] + able[0], up - ways[n][1] + able[1]
                    ways[n] = able

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
            by = -residual * sign
            down, up = self.room[n]
            if -down <= by <= up and n not in moved:
                yield n, by

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
        down, up = self.room[n]
        return -down <= by <= up

    def _loss(self, n: int) -> int:
        # What is printed nowhere is no loss; and the rest of the county goes with the district.
        is_free = n in self.hidden or self.items[n].state is State.UNSEEN
        return 0 if is_free else self.items[n].cost


def _room(item: Item) -> tuple[int, int]:
    if item.state in (State.SHOWN, State.ZERO):
        return 0, 0
    return item.value - item.least, ENDLESS if item.most is None else item.most - item.value
