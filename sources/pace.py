"""Keeps who reads a file in blocks a few ahead of who takes its rows: memory stays flat.

Arrow reads up to 32 blocks ahead on a thread of its own, which were half a gigabyte of a big file.
"""

import atexit
from collections.abc import Callable, Iterable, Iterator
from threading import Condition
from time import monotonic
from typing import Any
from weakref import WeakSet

BLOCKS_AHEAD = 3
"""How many blocks are read before their rows are asked for; Arrow itself would read 32."""
STARVING_SECONDS = 0.5
"""After so long without a row, further blocks are read all the same: these may be all misfits."""
SECONDS_TO_STOP = 5
"""How long the end of the program waits for a reader that is in the middle of a block."""

_KEPT: "WeakSet[Pace]" = WeakSet()


class Pace:
    """How far the blocks of a file are ahead of its rows."""

    def __init__(self) -> None:
        self._change = Condition()
        self._ahead = 0
        self._awaited_since: float | None = None
        self._is_over = False
        self._reads_on = False
        _KEPT.add(self)

    def before_block(self) -> bool:
        """Wait until another block may be read; False when nobody wants one any more."""
        with self._change:
            while self._ahead >= BLOCKS_AHEAD and not self._is_over:
                if not self._change.wait(STARVING_SECONDS) and self._is_starving:
                    break
            self._ahead += 1
            self._reads_on = not self._is_over
            self._change.notify_all()
            return self._reads_on

    @property
    def _is_starving(self) -> bool:
        """True where rows are waited for that the blocks so far have not brought."""
        since = self._awaited_since
        return since is not None and monotonic() - since > STARVING_SECONDS

    def rows_of(self, opened: Callable[[], Iterable[Any]]) -> Iterator[Any]:
        """Open a reader and yield its batches of rows, one a block."""
        self._awaited_since = monotonic()
        for batch in opened():
            with self._change:
                self._awaited_since = None
                self._ahead -= 1
                self._change.notify_all()
            yield batch
            self._awaited_since = monotonic()
        with self._change:
            self._reads_on = False

    def end(self) -> None:
        """Let go who waits to read: no rows are wanted any more."""
        with self._change:
            self._is_over = True
            self._change.notify_all()

    def wait_for_reader(self, seconds: float) -> None:
        """Wait until the reader knows that no rows are wanted any more, or the time is over."""
        with self._change:
            self._change.wait_for(lambda: not self._reads_on, seconds)


@atexit.register
def _let_all_go() -> None:
    """Let every reader go before Python ends: a thread that still reads then is a crash."""
    for pace in list(_KEPT):
        pace.end()
    for pace in list(_KEPT):
        pace.wait_for_reader(SECONDS_TO_STOP)
