"""The first thing that the gate's process does: it sees to it that it never outlives the other one.

Nothing heavy is loaded here: a process that dies while this one is still loading its libraries must
not leave it behind either.
"""

import ctypes
import multiprocessing
import os
import signal
import sys
import threading
from multiprocessing.connection import Connection

DEATH_SIGNAL = 1
"""PR_SET_PDEATHSIG of Linux: which signal a process gets when the one that started it ends."""


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
    other = multiprocessing.parent_process()
    if other is None:
        return
    end_with(other.pid)
    threading.Thread(target=_end_with_the_other, daemon=True).start()


def end_with(parent: int | None) -> None:
    """Have the system end this process when the one that started it ends (on Linux alone)."""
    if sys.platform == "linux":
        # A thread of this process would have to wait for its turn, which on a busy machine took
        # more than five seconds.
        ctypes.CDLL(None).prctl(DEATH_SIGNAL, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)


def _end_with_the_other() -> None:
    other = multiprocessing.parent_process()
    if other is not None:
        other.join()
        os._exit(1)
