"""Reading ahead: the next chunk is read and checked while the last one is being loaded."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def read_ahead(chunks: Iterable[T]) -> Iterator[T]:
    """Pass chunks on while the next one is being made in a second thread.

    Reading and checking leave the interpreter free for most of their time, and so does the
    database. An error over there is raised here, in its turn.
    """
    source = iter(chunks)
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="csp-read") as pool:
        ahead = pool.submit(lambda: list(_one(source)))
        while chunk := ahead.result():
            ahead = pool.submit(lambda: list(_one(source)))
            yield chunk[0]


def _one(source: Iterator[T]) -> Iterator[T]:
    """Give the next chunk, or nothing at the end."""
    for chunk in source:
        yield chunk
        return
