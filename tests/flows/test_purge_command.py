"""`csp purge`: a dry run first, by name, and what is said of it; a real `kill -9` in between."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from support.command import FINE, REJECTED, WRONG_USE, csp, words
from support.desk import police
from support.files import put
from support.received import CRIMES, archived, damage

from flows.purging import AgeError, day_before_which

pytestmark = pytest.mark.slow  # each opens warehouses or reads big files

TODAY = date(2024, 2, 29)
DOORS = ("purge", "--older-than", "2021-03-31", "--by", "Ann Field", "--yes")


@pytest.fixture
def old(received: Path) -> Path:
    """A folder to work in, its one delivery received in July 2020."""
    damage(received, "UPDATE delivery SET received_at = '2020-07-09 12:00:00.000000'")
    return received


@pytest.mark.parametrize(
    ("age", "day"),
    [
        ("2y", date(2022, 2, 28)),
        ("4Y", date(2020, 2, 29)),
        ("24m", date(2022, 2, 28)),
        ("1m", date(2024, 1, 29)),
        ("730d", date(2022, 3, 1)),
        (" 2021-03-31 ", date(2021, 3, 31)),
        ("2024-02-29", TODAY),
    ],
)
def test_an_age_counts_back_from_today(age: str, day: date):
    assert day_before_which(age, TODAY) == day


@pytest.mark.parametrize("age", ["", "2", "0d", "-1y", "two years", "31/03/2021", "999y", "99999m"])
def test_no_age(age: str):
    with pytest.raises(AgeError, match="An age is written 2y, 24m or 730d, or as a day"):
        day_before_which(age, TODAY)


def test_a_day_to_come_is_no_age():
    with pytest.raises(AgeError, match="2024-03-01 is still to come"):
        day_before_which("2024-03-01", TODAY)


def test_the_dry_run_lists_what_would_go(old: Path):
    path = archived(old)
    done = csp("purge", "--older-than", "2021-03-31")
    assert done.exit_code == FINE
    said, size = words(done.stdout), path.stat().st_size
    assert said.startswith("What was received before 31 Mar 2021: Deliveries whose archived bytes")
    assert f"1 9 Jul 2020 {CRIMES} {path.name[:12]} {size:,} 1 file of {size:,} bytes" in said
    assert "No personal column holds anything of that age. This was a dry run" in said
    assert path.exists()


def test_what_is_done_is_said_and_the_next_run_has_nothing_to_do(old: Path):
    put(old / "data/inbox", "later.csv", b"x")
    done = csp(*DOORS)
    assert done.exit_code == FINE
    said = words(done.stdout)
    assert said.startswith("What was received before 31 Mar 2021 is removed, by Ann Field:")
    assert "1 file still lies in" in said
    assert [p for p in (old / "data/archive").rglob("*") if p.is_file()] == []
    again = csp(*DOORS)
    assert (again.exit_code, "Nothing: no archived bytes" in again.stdout) == (FINE, True)


def test_the_agreed_age_of_csp_toml_is_taken(old: Path):
    said = "Say from which age on, as --older-than 2y, or agree on it in csp.toml"
    assert said in csp("purge").stderr
    (old / "csp.toml").write_text("[retention]\nmonths = 24\n", encoding="utf-8")
    done = csp("purge")
    assert (done.exit_code, CRIMES in done.stdout) == (FINE, True)
    (old / "csp.toml").write_text("[retention]\nmonths = -1\n", encoding="utf-8")
    wrong = csp("purge")
    assert (wrong.exit_code, "retention.months" in wrong.stderr) == (WRONG_USE, True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--older-than", "soon"), "An age is written"),
        (("--older-than", "2y", "--yes"), "--yes needs --by"),
        (("--older-than", "2y", "--yes", "--by", " "), "--yes needs --by"),
    ],
)
def test_wrong_use_removes_nothing(old: Path, arguments: tuple[str, ...], said: str):
    done = csp("purge", *arguments)
    assert (done.exit_code, said in done.stderr) == (WRONG_USE, True)
    assert archived(old).exists()


def test_missing_bytes_are_told(old: Path):
    archived(old).unlink()
    done = csp(*DOORS)
    assert done.exit_code == REJECTED
    assert "its bytes are not in the archive, and no purge removed them" in words(done.stdout)


def test_without_locks_nothing_is_removed(old: Path, monkeypatch: pytest.MonkeyPatch):
    def no_locks(_folder: int, _how: int) -> None:
        raise OSError

    monkeypatch.setattr("sources.locks.fcntl.flock", no_locks)
    done = csp(*DOORS)
    assert (done.exit_code, "cannot be locked" in done.stderr) == (WRONG_USE, True)
    assert archived(old).exists()


def test_the_file_again_is_told_and_status_is_as_it_was(old: Path):
    before = json.loads(csp("status", "--json").stdout)
    csp(*DOORS)
    done = csp("receive", CRIMES)
    assert done.exit_code == FINE
    assert "known already" in done.stdout
    assert "came before; its bytes were removed on" in words(done.stdout)
    assert "and were not kept again." in words(done.stdout)
    assert [p for p in (old / "data/archive").rglob("*") if p.is_file()] == []
    after = json.loads(csp("status", "--json").stdout)
    for part in ("needs", "quarters", "deliveries", "rejected_rows"):
        assert after[part] == before[part]


def test_a_run_that_is_killed_between_database_and_files_is_healed(old: Path, root: Path):
    put(old, "police-crime-2020-21-q2.csv", police("Date Recorded\n14/07/2020"))
    csp("receive", "police-crime-2020-21-q2.csv")
    damage(old, "UPDATE delivery SET received_at = '2020-07-09 12:00:00.000000'")
    code = (
        "import os, signal, sys\nfrom pathlib import Path\nfrom flows.cli import main\n"
        "unlink, seen = Path.unlink, []\n"
        "def fatal(path, missing_ok=False):\n"
        "    seen.append(path)\n"
        "    if len(seen) == 2:\n        os.kill(os.getpid(), signal.SIGKILL)\n"
        "    unlink(path, missing_ok)\n"
        "Path.unlink = fatal\n"
        f"sys.argv = ['csp', *{DOORS!r}]\nmain()\n"
    )
    killed = subprocess.run(
        [sys.executable, "-c", code], check=False, cwd=old,
        env={**os.environ, "PYTHONPATH": str(root)},
    )  # fmt: skip
    assert killed.returncode == -9
    assert archived(old).exists()
    healed = csp(*DOORS)
    assert healed.exit_code == FINE
    assert "recorded as removed by an earlier purge that broke off" in words(healed.stdout)
    assert [p for p in (old / "data/archive").rglob("*") if p.is_file()] == []
    assert "Nothing: no archived bytes" in csp(*DOORS).stdout
