"""`csp receive` of files that are all known: the short way says what the long one does, sooner."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from support.command import FINE, csp, words
from support.files import put
from support.received import CRIMES, archived, damage

from flows import known
from flows.known import known_already
from flows.settings import load_settings

pytestmark = pytest.mark.slow  # each opens a warehouse that has received a file


def files(home: Path) -> list[Path]:
    return [home / CRIMES]


def test_both_ways_say_the_same_to_the_letter(received: Path, monkeypatch):
    assert known_already(files(received), load_settings()) is not None
    short = csp("receive", CRIMES)
    monkeypatch.setattr(known, "known_already", lambda paths, settings: None)
    long = csp("receive", CRIMES)
    assert (short.exit_code, short.stdout) == (long.exit_code, long.stdout)
    assert "known already" in short.stdout
    assert str(Path("data/receipts")) in short.stdout


def test_a_file_that_was_replaced_since_is_said_to_be(received: Path):
    changed = (received / CRIMES).read_bytes().replace(b",45,", b",34A,", 1)
    csp("receive", put(received, "police-crime-2020-21-q1-resent.csv", changed))
    assert known_already(files(received), load_settings()) is not None
    assert "known already, replaced since" in words(csp("receive", CRIMES).stdout)


def test_the_short_way_loads_nothing_that_reads_or_checks_files(received: Path, root: Path):
    """Libraries that are not needed were two thirds of the time that a known file took."""
    program = (
        "import sys; sys.argv = ['csp', 'receive', *sys.argv[1:]]\n"
        "from flows.cli import main\n"
        "try: main()\n"
        "except SystemExit as end: code = end.code\n"
        "heavy = {'pandas', 'pandera', 'pyarrow', 'numpy', 'alembic', 'prefect', 'great_tables'}\n"
        "print(code, sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, CRIMES],
        capture_output=True, text=True, check=True, cwd=received,
        env=os.environ | {"PYTHONPATH": str(root)},
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == f"{FINE} []"


def test_bytes_that_came_again_count_as_kept_today(received: Path):
    """Retention goes by the day on which bytes last came."""
    path = archived(received)
    os.utime(path, (0, 0))
    assert known_already(files(received), load_settings()) is not None
    assert path.stat().st_mtime > 0


def record_a_correction(home: Path) -> None:
    put(home / "data/corrections", "some.toml", b"")


def damage_the_archive(home: Path) -> None:
    path = archived(home)
    path.write_bytes(path.read_bytes()[::-1])


def remove_the_receipt(home: Path) -> None:
    (page,) = (home / "data/receipts").rglob("index.html")
    page.unlink()


def send_it_changed(home: Path) -> None:
    (path,) = files(home)
    path.write_bytes(path.read_bytes()[::-1])


def by(statement: str) -> Callable[[Path], None]:
    return lambda home: damage(home, statement)


@pytest.mark.parametrize(
    "change",
    [
        record_a_correction,
        damage_the_archive,
        lambda home: archived(home).unlink(),
        remove_the_receipt,
        send_it_changed,
        by("UPDATE delivery SET bytes_removed_at = '2024-01-01 00:00:00.000000'"),
        by("UPDATE delivery SET program_version = 'another'"),
        by("UPDATE delivery SET corrections_sha256 = 'some'"),
        by("UPDATE delivery SET status = 'rejected'"),
        by("UPDATE delivery SET extent = 'E07000999'"),
        by("UPDATE alembic_version SET version_num = '0001'"),
        lambda home: (home / "data/warehouse.db").write_bytes(b"no database" * 999),
        lambda home: (home / CRIMES).rename(home / f"again-{CRIMES}"),
    ],
)
def test_what_is_not_beyond_doubt_goes_the_long_way(received: Path, change):
    assert known_already(files(received), load_settings()) is not None
    change(received)
    assert known_already(sorted(received.glob("*.csv")), load_settings()) is None


def test_one_file_that_is_new_takes_all_of_them_the_long_way(received: Path):
    other = put(received, "police-crime-2020-21-q2.csv", b"x")
    assert known_already([*files(received), other], load_settings()) is None


def test_an_alert_that_waits_takes_the_long_way_which_sends_it(received: Path):
    csp("receive", put(received, "unknown.csv", b"Colour,Size\nred,4\n"))
    assert known_already(files(received), load_settings()) is None


def test_an_installation_without_a_warehouse_is_not_given_one(home: Path):
    path = put(home, CRIMES, b"x")
    assert known_already([path], load_settings()) is None
    assert not (home / "data/warehouse.db").exists()
