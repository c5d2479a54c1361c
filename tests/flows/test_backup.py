"""Backups: the warehouse and the archive of one moment, whole or not there, and brought back."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import make_url, text
from support.command import WRONG_USE, csp, words
from support.databases import POSTGRESQL, SQLITE, empty_database, engine_at
from support.desk import Desk, cctv, police
from support.digest import differences, record_of

from flows.backup import BackupRefused, back_up, backups, bring_back
from flows.settings import Settings
from warehouse.engine import WarehouseError

pytestmark = pytest.mark.slow

NOW = datetime(2026, 7, 1, 9)
Q1 = "police-crime-2020-21-q1.csv"


def filled(desk: Desk) -> Desk:
    """Two deliveries, one of them replaced, one refused."""
    desk.accept(Q1, police("Crime Reference | DA\n41/1/20 | Y\n41/2/20 | N\n"))
    desk.accept(Q1, police("Crime Reference | DA\n41/1/20 | N\n41/2/20 | N\n"))
    desk.accept("cctv-log-2020-21-q1.xlsx", cctv("Log No\nC/1\nC/2"))
    desk.hand_in("budget.csv", b"Colour,Size\nred,4\n")
    return desk


@pytest.mark.parametrize("into", [SQLITE, POSTGRESQL])
def test_what_is_brought_back_is_what_was_there(either: Desk, tmp_path: Path, into: str):
    desk = filled(either)
    made = back_up(desk.engine, desk.settings, tmp_path / "backups", NOW, keep=3)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    with empty_database(into, elsewhere) as address:
        url = make_url(address).render_as_string(hide_password=False)
        there = Settings(home=elsewhere, warehouse_url=url)
        assert bring_back(made.folder, there) == 4
        with engine_at(address) as engine:
            assert differences(record_of(desk.engine), record_of(engine)) == []
            back = Desk(engine, there, address)
            next_one = police("Date Recorded\n14/07/2020\n")
            assert back.accept("police-crime-2020-21-q2.csv", next_one).delivery_id == 5
    ours = {path.name for path in desk.settings.archive.glob("??/*")}
    assert ours <= {path.name for path in there.archive.glob("??/*")}


def test_a_warehouse_that_is_there_is_left_alone(desk: Desk, tmp_path: Path):
    made = back_up(filled(desk).engine, desk.settings, tmp_path / "backups", NOW, keep=3)
    before = record_of(desk.engine)
    with pytest.raises(BackupRefused, match="There is a warehouse already"):
        bring_back(made.folder, Settings(home=desk.settings.home))
    assert differences(before, record_of(desk.engine)) == []


def test_a_newer_program_says_how_an_older_warehouse_is_backed_up(either: Desk, tmp_path: Path):
    """It asked for a backup before csp migrate, and would not make one."""
    with either.engine.begin() as conn:
        conn.execute(text("UPDATE alembic_version SET version_num = '0011'"))
    with pytest.raises(WarehouseError, match=r"stands at 0011.*the csp that made it"):
        back_up(either.engine, either.settings, tmp_path / "backups", NOW, keep=1)
    assert backups(tmp_path / "backups") == []


def test_csp_backup_says_so_too(ready: Path):
    """The sentence of every other command sent people to csp backup, and csp backup to itself."""
    with sqlite3.connect("data/warehouse.db") as database:
        database.execute("UPDATE alembic_version SET version_num = '0011'")
    done = csp("backup")
    assert done.exit_code == WRONG_USE
    assert "by the database's own means), then run csp migrate." in words(done.stderr)


def test_so_many_are_kept_and_unfinished_ones_are_cleared_away(desk: Desk, tmp_path: Path):
    folder = tmp_path / "backups"
    (folder / ".part-2026-06-30T090000").mkdir(parents=True)
    for day in range(4):
        back_up(desk.engine, desk.settings, folder, NOW + timedelta(days=day), keep=2)
    assert [p.name for p in sorted(folder.iterdir())] == ["2026-07-03T090000", "2026-07-04T090000"]


def test_a_damaged_backup_is_not_brought_back(desk: Desk, tmp_path: Path):
    made = back_up(filled(desk).engine, desk.settings, tmp_path / "backups", NOW, keep=3)
    database = made.folder / "warehouse.db"
    database.write_bytes(database.read_bytes()[:20_000])
    with pytest.raises(BackupRefused, match="is damaged"):
        bring_back(made.folder, Settings(home=tmp_path / "elsewhere"))


CUT_OFF = """
import sys, time
from datetime import datetime
from pathlib import Path
import flows.backup as backup
from flows.receive import engine_of
from flows.settings import Settings

copy = backup.copy_out

def slow_copy(*given):
    copy(*given)
    print("copied", flush=True)
    time.sleep(5)

backup.copy_out = slow_copy
settings = Settings(home=Path(sys.argv[1]))
backup.back_up(engine_of(settings), settings, Path(sys.argv[2]), datetime(2026, 7, 2, 9), 3)
"""


def test_kill_9_leaves_the_backup_before_whole(desk: Desk, tmp_path: Path):
    """Issue 6: a half copy must never be taken for a backup."""
    folder = tmp_path / "backups"
    back_up(filled(desk).engine, desk.settings, folder, NOW, keep=3)
    root = str(Path(__file__).parents[2])
    with subprocess.Popen(
        [sys.executable, "-c", CUT_OFF, str(desk.settings.home), str(folder)],
        stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": root},
    ) as running:  # fmt: skip
        assert running.stdout is not None
        assert running.stdout.readline() == b"copied\n"
        time.sleep(0.1)
        running.send_signal(signal.SIGKILL)
    assert [path.name for path in backups(folder)] == ["2026-07-01T090000"]
    assert bring_back(backups(folder)[0], Settings(home=tmp_path / "elsewhere")) == 4
    back_up(desk.engine, desk.settings, folder, NOW + timedelta(days=2), keep=3)
    assert not list(folder.glob(".part-*"))
