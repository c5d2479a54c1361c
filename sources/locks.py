"""Who may write in a folder at a time: locks that end with the process that holds them.

A file system that knows no locks gives none; nothing is worse there than without these.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

if sys.platform != "win32":
    import fcntl


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Write in a folder while no other process does; wait for those that do."""
    with _opened(folder) as number:
        _lock(number, "alone")
        yield


@contextmanager
def together_in(folder: Path, if_alone: Callable[[], None]) -> Iterator[None]:
    """Write in a folder beside other processes; `if_alone` is called first if there is none."""
    with _opened(folder) as number:
        if _lock(number, "alone now"):
            if_alone()
        _lock(number, "together")
        yield


@contextmanager
def _opened(folder: Path) -> Iterator[int]:
    if sys.platform == "win32":
        yield -1
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        yield number
    finally:
        os.close(number)


def _lock(number: int, how: str) -> bool:
    """Lock an open folder, giving up what was locked before; False where that is not to be had."""
    if sys.platform != "win32":
        kinds = {
            "alone": fcntl.LOCK_EX,
            "alone now": fcntl.LOCK_EX | fcntl.LOCK_NB,
            "together": fcntl.LOCK_SH,
        }
        with suppress(OSError):
            fcntl.flock(number, kinds[how])
            return True
    return False
