"""`csp migrate`, `csp dictionary`, and what other commands do with an older or newer warehouse."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from support.command import FINE, REJECTED, WRONG_USE, csp, words
from support.databases import engine_at
from support.desk import street
from support.files import put
from support.states import bring_to

from warehouse.engine import sqlite_address
from warehouse.state import REVISION

pytestmark = pytest.mark.slow  # each opens warehouses

APRIL = "2025-04-hertfordshire-street.csv"
OLDER = "0002"
"""The last state whose upgrade writes rows."""
STANDS = (
    f"The warehouse stands at {OLDER}, and this program needs {REVISION}: make a backup (with the "
    "csp that made it, or by the database's own means), then run csp migrate."
)


@pytest.fixture
def older(home: Path) -> Path:
    """The warehouse that the release before this one left."""
    path = home / "data/warehouse.db"
    path.parent.mkdir()
    with engine_at(sqlite_address(str(path))) as engine:
        bring_to(engine, OLDER)
    return path


def ask(path: Path, question: str) -> list[tuple]:
    """Put a question, or a change, to a SQLite file."""
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        return conn.execute(question).fetchall()


# --- commands and warehouses that do not fit ----------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [("receive", "FILE"), ("quarter", "2020-21-Q1"), ("holds",), ("rejected",), ("receipt", "1"),
     ("init",), ("demo",)],
    ids=lambda arguments: arguments[0],
)  # fmt: skip
def test_no_command_brings_an_older_warehouse_up_by_the_way(home: Path, older: Path, arguments):
    path = put(home, APRIL, street("Crime ID | Crime type\na | Drugs"))
    done = csp(*(path if argument == "FILE" else argument for argument in arguments))
    assert done.exit_code == WRONG_USE
    assert done.stderr == f"csp: {STANDS}\n"
    assert ask(older, "SELECT version_num FROM alembic_version") == [(OLDER,)]


def test_status_says_so_and_shows_what_it_can(older: Path):
    done = csp("status")
    assert done.exit_code == REJECTED
    said = words(done.stdout)
    assert f"1. {STANDS.partition(':')[0]}." in said
    assert f"What to do: M{STANDS.partition(': m')[2]}" in said
    assert "2/1" in said
    assert "7 deliveries" in done.stdout


def test_status_of_views_that_it_cannot_read_says_so(older: Path):
    ask(older, "DROP VIEW csp_hold_v1")
    done = csp("status")
    assert done.exit_code == REJECTED
    assert "7 deliveries" in done.stdout


def test_status_of_a_newer_warehouse_says_so_and_shows_what_it_can(ready: Path):
    assert (
        csp("receive", put(ready, APRIL, street("Crime ID | Crime type\na | Drugs"))).exit_code
        == FINE
    )
    ask(ready / "data/warehouse.db", "UPDATE alembic_version SET version_num = '9999'")
    done = csp("status")
    assert done.exit_code == REJECTED
    assert "1. The warehouse was made by a newer program (its tables stand at" in done.stdout
    assert "1 delivery" in done.stdout
    for command in (("migrate",), ("migrate", "--check"), ("holds",)):
        refused = csp(*command)
        assert refused.exit_code == WRONG_USE
        assert "was made by a newer program" in refused.stderr


def test_status_makes_an_empty_warehouse_as_every_command_does(home: Path):
    done = csp("status")
    assert done.exit_code == FINE
    assert "Nothing has been received yet." in done.stdout
    assert ask(home / "data/warehouse.db", "SELECT version_num FROM alembic_version")


# --- csp migrate --------------------------------------------------------------------------------


def test_what_there_is_to_do_is_told_without_doing_it(older: Path):
    before = older.read_bytes()
    done = csp("migrate", "--check")
    assert done.exit_code == REJECTED
    first, *steps = done.stdout.splitlines()
    assert first == STANDS
    assert [step.split()[0] for step in steps] == [
        f"{n:04}" for n in range(int(OLDER) + 1, int(REVISION) + 1)
    ]
    assert older.read_bytes() == before


def test_it_is_brought_up_and_what_was_done_is_told(older: Path):
    (figures,) = ask(older, "SELECT count(*) FROM measure_month")[0]
    done = csp("migrate")
    assert done.exit_code == FINE
    lines = done.stdout.splitlines()
    assert lines[0] == f"The warehouse stood at {OLDER} and now stands at {REVISION}."
    assert f"{figures:,} of measure_month" in lines[-1]
    assert csp("migrate", "--check").stdout == (
        f"The warehouse stands at {REVISION}, as this program needs.\n"
    )
    again = csp("migrate")
    assert (again.exit_code, again.stdout) == (
        FINE, f"The warehouse stands at {REVISION}, as this program needs: nothing was changed.\n",
    )  # fmt: skip
    assert csp("holds").exit_code == REJECTED


def test_where_there_is_nothing_it_is_made_but_not_by_a_question(home: Path):
    done = csp("migrate", "--check")
    assert (done.exit_code, done.stdout) == (
        FINE, "There is no warehouse yet; the next command that needs one makes it.\n",
    )  # fmt: skip
    assert not (home / "data").exists()
    done = csp("migrate")
    assert done.stdout == f"There was no warehouse: it was made, and stands at {REVISION}.\n"


def test_views_of_another_version_are_made_anew(ready: Path):
    ask(ready / "data/warehouse.db", "DROP VIEW csp_period_v1")
    assert "its views are those of another version" in words(csp("status").stdout)
    assert csp("migrate", "--check").exit_code == REJECTED
    assert csp("migrate").stdout == (
        f"The warehouse stands at {REVISION}; its views were made anew.\nNo row was written.\n"
    )
    assert csp("status").exit_code == FINE


def test_readers_are_no_question_of_sqlite(ready: Path):
    done = csp("migrate", "--grant-readers", "board")
    assert done.exit_code == WRONG_USE
    assert "SQLite has no roles" in done.stderr
    done = csp("migrate", "--check", "--grant-readers", "board")
    assert done.exit_code == WRONG_USE
    assert "--check changes nothing" in done.stderr


# --- csp dictionary -----------------------------------------------------------------------------


def test_the_dictionary_needs_no_warehouse_and_comes_in_two_forms(home: Path, root: Path):
    written = root / "warehouse"
    for arguments in ((), ("--markdown",)):
        assert csp("dictionary", *arguments).stdout == (written / "CONTRACT.md").read_text("utf-8")
    package = csp("dictionary", "--json").stdout
    assert package == (written / "datapackage.json").read_text("utf-8")
    assert json.loads(package)["name"] == "csp-warehouse"
    assert not (home / "data").exists()


def test_the_dictionary_is_written_where_it_is_wanted(home: Path):
    done = csp("dictionary", "--json", "--out", "datapackage.json")
    assert (done.exit_code, done.stdout) == (FINE, "Wrote datapackage.json.\n")
    assert json.loads((home / "datapackage.json").read_text("utf-8"))["resources"]
    done = csp("dictionary", "--out", "nowhere/CONTRACT.md")
    assert (done.exit_code, done.stderr) == (
        WRONG_USE, "csp: nowhere/CONTRACT.md cannot be written.\n",
    )  # fmt: skip
    both = csp("dictionary", "--json", "--markdown")
    assert both.exit_code == WRONG_USE
