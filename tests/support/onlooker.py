"""A reader who looks at the views all the time, and remembers every state that it saw."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import URL
from support.databases import engine_at
from support.digest import Content, digest, seen_by

from warehouse.engine import is_sqlite

PAUSE_SECONDS = 0.05
"""Between two looks, so that what is looked at gets on with its work."""


class Onlooker:
    """What was seen so far, each state once by its digest, and how often it was looked."""

    def __init__(self) -> None:
        self.states: dict[str, Content] = {}
        self.looks = 0
        self.ended = threading.Event()
        self.trouble: Exception | None = None

    def look(self, address: str | URL) -> None:
        """Look until it is ended; each look is one transaction: all its views are of one moment."""
        try:
            with engine_at(address) as engine:
                level = {} if is_sqlite(engine) else {"isolation_level": "REPEATABLE READ"}
                while not self.ended.is_set():
                    with engine.connect().execution_options(**level) as conn, conn.begin():
                        seen = seen_by(conn)
                    self.states.setdefault(digest(seen), seen)
                    self.looks += 1
                    self.ended.wait(PAUSE_SECONDS)
        except Exception as error:
            self.trouble = error


@contextmanager
def watched(address: str | URL, *, is_on: bool = True) -> Iterator[Onlooker]:
    """Have a warehouse watched; what went wrong for the reader is raised at the end."""
    onlooker = Onlooker()
    if not is_on:
        yield onlooker
        return
    thread = threading.Thread(target=onlooker.look, args=(address,))
    thread.start()
    try:
        yield onlooker
    finally:
        onlooker.ended.set()
        thread.join()
    if onlooker.trouble:
        raise onlooker.trouble
