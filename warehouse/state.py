"""In which state a database is: empty, as this program needs it, older, newer, or another's.

Alembic is not asked: its steps are numbered files, and it takes longer to load than all of this.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from warehouse.engine import WarehouseError, shown

FOLDER = Path(__file__).parent / "migrations"
STEPS = tuple(sorted(path.name[:4] for path in (FOLDER / "versions").glob("[0-9]*.py")))
"""The numbers of the migrations, the oldest first."""

REVISION = STEPS[-1]
"""The newest migration: what this program needs."""


class Fit(Enum):
    """How a database fits this program."""

    EMPTY = "empty"
    READY = "ready"
    OLDER = "older"
    NEWER = "newer"
    FOREIGN = "foreign"


@dataclass(frozen=True)
class State:
    """Where the tables stand (None: there are none), and whether the views are this program's."""

    found: str | None
    has_our_views: bool = True

    @property
    def fit(self) -> Fit:
        """How it fits this program."""
        if self.found is None:
            return Fit.EMPTY
        if self.found not in STEPS:
            is_number = re.fullmatch("[0-9]{4}", self.found) is not None
            return Fit.NEWER if is_number and self.found > REVISION else Fit.FOREIGN
        return Fit.READY if self.found == REVISION and self.has_our_views else Fit.OLDER

    @property
    def sentence(self) -> str:
        """What is so, and what to do about it."""
        stands = f"The warehouse stands at {self.found}"
        if self.fit is Fit.EMPTY:
            return "There is no warehouse yet; the next command that needs one makes it."
        if self.fit is Fit.READY:
            return f"{stands}, as this program needs."
        if self.fit is Fit.NEWER:
            return (
                "The warehouse was made by a newer program (its tables stand at "
                f"{self.found}, this program knows {REVISION}). Use that program, or another "
                "warehouse."
            )
        if self.fit is Fit.FOREIGN:
            return (
                f"The tables stand at {self.found}, which this program does not know: the "
                "database is another program's, or was made by a trial of this one."
            )
        if self.found == REVISION:
            stands += ", as this program needs, but its views are those of another version"
        else:
            stands += f", and this program needs {REVISION}"
        return (
            f"{stands}: make a backup (with the csp that made it, or by the database's own means), "
            "then run csp migrate."
        )


def state_of(conn: Connection) -> State:
    """Return the state of a database."""
    from warehouse.views import views_fit  # noqa: PLC0415 - it loads every record

    found = revision_of(conn)
    return State(found, found != REVISION or views_fit(conn))


def revision_of(conn: Connection) -> str | None:
    """Return the migration that a database stands at; None for an empty one."""
    if not inspect(conn).has_table("alembic_version"):
        return None
    return conn.execute(text("SELECT version_num FROM alembic_version")).scalar()


def look(engine: Engine) -> State:
    """Return the state of a database without changing anything or waiting for anybody."""
    with reached(engine), engine.connect() as conn:
        return state_of(conn)


@contextmanager
def reached(engine: Engine) -> Iterator[None]:
    """Say in a sentence that a database is no warehouse, or why it is out, and nothing else.

    A driver's own message may quote what it was given.
    """
    try:
        yield
    except WarehouseError as error:
        raise WarehouseError(str(error)) from None
    except DBAPIError as error:
        kind = type(error.orig).__name__
        name = shown(engine).removeprefix("the warehouse ")
        raise WarehouseError(f"{name} is no warehouse ({kind}).") from None
