"""The first thing that the gate's process does: it sees to it that it never outlives the other one.

Nothing heavy is loaded here: a process that dies while this one is still loading its libraries must
not leave it behind either.
"""

import multiprocessing
import os
import signal
import sys
import threading
from multiprocessing.connection import Connection


def work(line: Connection) -> None:
    """Be the gate's process, until there is nobody to work for."""
    follow()
    # Who stops the command at the keyboard stops the other process, which ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # As in the command itself: Pandera would load what only tests need.
    sys.modules.setdefault("hypothesis", None)  # type: ignore[arg-type]
    from flows.apart import check_what_comes  # noqa: PLC0415 - loading it takes a second

    check_what_comes(line)


def follow() -> None:
    """End this process as soon as the one that started it has ended, whatever it is doing."""
    threading.Thread(target=_end_with_the_other, daemon=True).start()


def _end_with_the_other() -> None:
    other = multiprocessing.parent_process()
    if other is not None:
        other.join()
        os._exit(1)
