"""Row numbers of a file: kept as an array, told as ranges ("12 to 15, 40 and 312 more")."""

from collections.abc import Iterable, Iterator

import numpy as np


class RowNumbers:
    """Row numbers in order, each once: eight bytes a row, so that a million stay small."""

    __slots__ = ("numbers",)

    def __init__(self, numbers: Iterable[int] | np.ndarray = ()):
        given = numbers if isinstance(numbers, np.ndarray) else np.array(list(numbers), "int64")
        self.numbers = np.unique(given.astype("int64", copy=False))
        self.numbers.setflags(write=False)

    def __len__(self) -> int:
        return len(self.numbers)

    def __iter__(self) -> Iterator[int]:
        return iter(self.numbers.tolist())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RowNumbers) and np.array_equal(self.numbers, other.numbers)

    def __hash__(self) -> int:
        return hash(self.numbers.tobytes())

    def __repr__(self) -> str:
        return f"RowNumbers({self.shown(5)})"

    def ranges(self) -> list[tuple[int, int]]:
        """Return the first and last number of each unbroken run."""
        if not len(self):
            return []
        breaks = np.flatnonzero(np.diff(self.numbers) != 1)
        firsts = self.numbers[np.concatenate([[0], breaks + 1])]
        lasts = self.numbers[np.concatenate([breaks, [len(self) - 1]])]
        return list(zip(firsts.tolist(), lasts.tolist(), strict=True))

    def shown(self, limit: int) -> str:
        """Return the rows in words, no more than `limit` runs of them."""
        runs = self.ranges()
        told = runs[:limit]
        text = ", ".join(_run(first, last) for first, last in told)
        left = len(self) - sum(last - first + 1 for first, last in told)
        return f"{text} and {left:,} more" if left else text


def _run(first: int, last: int) -> str:
    if first == last:
        return str(first)
    return f"{first}, {last}" if last == first + 1 else f"{first} to {last}"
