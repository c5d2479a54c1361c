"""`csp receive --again`: the right file stands again after a wrong one took its months."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from support.command import FINE, REJECTED, WRONG_USE, csp, words
from support.desk import police
from support.files import put
from support.runs import Order, Point, Run, at, die

pytestmark = pytest.mark.slow

NAME = "police-crime-2020-21-q1.csv"
RIGHT = police("Date Recorded | HO Code\n14/04/2020 | 45\n14/05/2020 | 45\n14/06/2020 | 45\n")
WRONG = police("Date Recorded | HO Code\n14/04/2020 | 34A\n14/05/2020 | 34A\n14/06/2020 | 34A\n")
DECISION = ("--by", "Ann Field", "--because", "The later file was of another force.")


def test_the_story_of_a_wrong_file(ready: Path):
    """The README told people to put a blank line into the partner's file."""
    right, wrong = put(ready / "a", NAME, RIGHT), put(ready / "b", NAME, WRONG)
    csp("receive", right)
    assert csp("quarter", "2020-21-Q1").exit_code == FINE
    csp("receive", wrong)
    plain = csp("receive", right)
    assert "known already, replaced since" in words(plain.stdout)
    assert (
        "A file that was replaced since changes nothing. Should it be the right one after all: csp "
        "receive --again FILE --by NAME --because REASON." in words(plain.stdout)
    )
    assert csp("quarter", "2020-21-Q1").exit_code == FINE

    done = csp("receive", "--again", right, *DECISION)
    assert done.exit_code == FINE, done.output
    assert (
        f"{NAME} was taken again, by decision of Ann Field, and replaces its months; csp changes "
        "3 says what that moved." in words(done.stdout)
    )
    assert "published figures move" in words(done.stdout)
    told = (
        "It had come before and was replaced; it was taken again by decision of Ann Field: The "
        "later file was of another force."
    )
    assert told in words(csp("changes", "3").stdout)
    (page,) = ready.glob("data/receipts/*-0003-*/index.html")
    assert told in words(page.read_text("utf-8"))
    traced = words(csp("trace", "Vehicle offences", "Apr to Jun 2020").stdout)
    assert f"Delivery 3: {NAME}" in traced
    assert told in traced

    assert csp("quarter", "2020-21-Q1").exit_code == FINE
    page = ready / "data/packs/2020-21-q1/index.html"
    assert "[r]" in page.read_text("utf-8")

    assert "known already" in words(csp("receive", right).stdout)
    once_more = csp("receive", "--again", right, *DECISION)
    assert once_more.exit_code == FINE
    assert (
        "stands as it came: no later file has replaced it. Nothing was to be decided, and no "
        "decision is on record." in words(once_more.stdout)
    )


def test_killed_amid_the_decision_it_is_taken_whole_or_not_at_all(ready: Path):
    """Law 4: a decision that was cut off is given again, and stands once."""
    right, wrong = put(ready / "a", NAME, RIGHT), put(ready / "b", NAME, WRONG)
    csp("receive", right)
    csp("receive", wrong)
    before = recorded(ready)
    arguments = ("receive", "--again", str(right), *DECISION)
    for is_after in (False, True):
        point = Point("warehouse.load.raise_holds", is_after=is_after)
        run = Run(Order(ready / "data", arguments=arguments, befalls=(at(point, die),)))
        assert run.wait()[0] == -9
        assert recorded(ready) == before
    assert csp("receive", "--again", right, *DECISION).exit_code == FINE
    assert csp("receive", "--again", right, *DECISION).exit_code == FINE
    assert [line[2:] for line in recorded(ready)] == [
        (None, None), (None, None), ("Ann Field", "The later file was of another force."),
    ]  # fmt: skip


def recorded(home: Path) -> list[tuple]:
    question = "SELECT id, status, again_by, again_because FROM csp_delivery_v1 ORDER BY id"
    with closing(sqlite3.connect(home / "data/warehouse.db")) as database:
        return database.execute(question).fetchall()


def test_a_file_that_never_came_is_taken_as_any_file(ready: Path):
    done = csp("receive", "--again", put(ready, NAME, RIGHT), *DECISION)
    assert done.exit_code == FINE
    assert f"{NAME} came for the first time, and was taken as any file is." in words(done.stdout)


def test_a_decision_that_raises_a_hold_is_held_like_any_file(ready: Path):
    few = police("Date Recorded\n14/04/2020\nsoon\n14/06/2020\n")
    right = put(ready / "a", NAME, few)
    csp("receive", right)
    csp("receive", put(ready / "b", NAME, WRONG))
    assert csp("holds").exit_code == FINE, "the later file had replaced what was held"
    assert csp("receive", "--again", right, *DECISION).exit_code == REJECTED
    assert csp("holds").exit_code == REJECTED


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("--again", NAME), "A file that is to stand again needs a name and a reason"),
        (("--again", NAME, "--by", "Ann", "--because", " "), "needs a name and a reason"),
        (("--again", *DECISION), "--again needs the names of the files"),
        ((NAME, *DECISION), "--by and --because go with --again."),
    ],
)
def test_half_a_decision_changes_nothing(ready: Path, given: tuple[str, ...], told: str):
    put(ready, NAME, RIGHT)
    done = csp("receive", *given)
    assert done.exit_code == WRONG_USE
    assert told in words(done.stderr)
