"""Holding a folder, together with other processes or alone: a lock that ends with its process."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows, where a partner's analyst may run `csp check`
    fcntl = None  # type: ignore[assignment]


@contextmanager
def held(
    folder: Path, *, is_alone: bool, if_alone: Callable[[], None] = lambda: None
) -> Iterator[bool]:
    """Lock the folder itself, waiting for who is in the way: nothing is written.

    `if_alone` is called first where nobody else holds it at that moment. Gives False where there
    are no locks. A folder that is not there yet needs none.
    """
    if fcntl is None or not folder.is_dir():
        yield fcntl is not None
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        if _locked(number, fcntl.LOCK_EX | fcntl.LOCK_NB):
            if_alone()
        yield _locked(number, fcntl.LOCK_EX if is_alone else fcntl.LOCK_SH)
    finally:
        os.close(number)


def _locked(number: int, how: int) -> bool:
    """Lock an open folder in place of what was locked before; False where that is not to be had."""
    try:
        fcntl.flock(number, how)
    except OSError:
        return False
    return True
