"""Brings the tables of a database to the state that this program was written for.

Views depend on tables and would stop changes to them, so they are dropped first and made anew
afterwards, in the same transaction. `python -m warehouse.migrate "What the step does."` writes the
next step from what the program declares and the steps before it do not make.
"""

import sys
from dataclasses import dataclass

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine

from warehouse.state import FOLDER
from warehouse.views import create_views, drop_views


@dataclass(frozen=True)
class Step:
    """One numbered change of the tables, and what it does in a sentence."""

    number: str
    words: str


def config(conn: Connection | None = None) -> Config:
    """Return Alembic's configuration for a connection."""
    made = Config()
    made.set_main_option("script_location", str(FOLDER))
    made.set_main_option("path_separator", "os")
    if conn is not None:
        made.attributes["connection"] = conn
    return made


def head() -> str:
    """Return the number of the newest step."""
    newest = ScriptDirectory.from_config(config()).get_current_head()
    if newest is None:
        raise RuntimeError("there are no migrations")
    return newest


def steps_after(number: str | None) -> tuple[Step, ...]:
    """Return the steps that a database at this number has not had, in their order."""
    found = reversed(list(ScriptDirectory.from_config(config()).walk_revisions()))
    return tuple(
        Step(step.revision, step.doc) for step in found if number is None or step.revision > number
    )


def upgrade(conn: Connection, to: str = "head") -> None:
    """Run the steps that a database has not had; the caller's transaction holds them all.

    The views are those of the newest state, so only that one gets them.
    """
    drop_views(conn)
    command.upgrade(config(conn), to)
    if to == "head":
        create_views(conn)


def downgrade(conn: Connection, to: str) -> None:
    """Go back to an earlier state; views are left out, being those of this program."""
    drop_views(conn)
    command.downgrade(config(conn), to)


def write_step(words: str) -> str:
    """Write the next step from what the tables lack, and return the place of its file.

    It is found on an empty SQLite database: read it before it is used, above all where columns
    change their type or rows must be carried over.
    """
    with create_engine("sqlite://").connect() as conn:
        command.upgrade(config(conn), "head")
        made = command.revision(
            config(conn), message=words, autogenerate=True, rev_id=f"{int(head()) + 1:04}"
        )
    if made is None or isinstance(made, list):
        raise RuntimeError("Alembic wrote no step, or several")
    return made.path


if __name__ == "__main__":
    write_step(sys.argv[1])
