"""One `csp serve` a folder; one that ended without a word is told of, by it or by `csp watch`."""

import signal
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from support.command import REJECTED, WRONG_USE, csp, words
from support.serving import environment_of

from flows.places import OUTBOX
from flows.serving_lock import CannotServe, cut_off, serving
from flows.settings import Settings

KILLED = """
import os, signal
from pathlib import Path
from flows.serving_lock import serving
from flows.settings import Settings
with serving(Settings(home=Path("data"))):
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path)


def test_a_second_one_is_refused_and_told_which_is_there(settings: Settings):
    told = pytest.raises(CannotServe, match=r"running already .*process [0-9]+")
    with serving(settings), told, serving(settings):
        raise AssertionError("two at once")


def test_one_that_ended_in_peace_leaves_no_trace(settings: Settings):
    assert cut_off(settings) == ""
    with serving(settings) as before:
        assert before == ""
        assert cut_off(settings) == "", "it is there"
    assert cut_off(settings) == ""


def test_one_that_was_killed_is_told_of_by_watch_and_by_the_next(ready: Path):
    run = [sys.executable, "-c", KILLED]
    killed = subprocess.run(run, env=environment_of(), check=False)
    assert killed.returncode == -signal.SIGKILL
    said = "ended without being stopped: it was killed, or the machine went down."
    done = csp("watch")
    assert done.exit_code == REJECTED
    assert said in words(done.stdout)
    csp("watch")
    with sqlite3.connect("data/warehouse.db") as database:
        query = "SELECT count(*) FROM csp_alert_v1 WHERE kind = 'service'"
        assert database.execute(query).fetchone() == (1,)
    with serving(Settings(home=Path("data"))) as before:
        assert said in before


def test_a_port_that_is_in_use_is_told_with_what_to_do(ready: Path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        (ready / "csp.toml").write_text(f"[server]\nport = {port}\n", encoding="utf-8")
        done = csp("serve")
    assert done.exit_code == REJECTED
    assert words(done.stderr) == (
        f"csp: Port {port} of 127.0.0.1 cannot be had: another program uses it, perhaps another "
        "csp serve. Set another one in csp.toml: port, under [server]."
    )


def test_deploy_needs_to_be_told_of_a_server(ready: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    done = csp("deploy", "--pool", "team")
    assert done.exit_code == WRONG_USE
    assert "PREFECT_API_URL names no server." in words(done.stderr)


def test_a_warehouse_that_an_update_left_behind_is_told_of(ready: Path):
    """systemd started csp serve again and again, and nobody was told why it did not run."""
    with sqlite3.connect("data/warehouse.db") as database:
        database.execute("UPDATE alembic_version SET version_num = '0011'")
    for _ in range(2):
        done = csp("serve")
        assert done.exit_code == WRONG_USE
        assert "The warehouse stands at 0011" in words(done.stderr)
    (letter,) = (ready / "data" / OUTBOX).glob("trouble*")
    assert "by the database's own means), then run csp migrate" in letter.read_text("utf-8")
