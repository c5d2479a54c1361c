"""Prefect's server for one run: it answers, and never outlives the run."""

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from flows import own_server
from flows.own_server import NotStarted, OwnServer, lay_tables

LEFT_BEHIND = """
import os, sys
from pathlib import Path
from flows.own_server import OwnServer
server = OwnServer(Path(sys.argv[1]))
server.address
print(server._process.pid, flush=True)
os._exit(9)
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path / "prefect"))
    monkeypatch.setenv("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
    monkeypatch.setenv("DO_NOT_TRACK", "1")
    return tmp_path / "prefect"


@pytest.mark.slow
def test_it_answers_and_is_gone_with_the_block(home: Path):
    with OwnServer(home) as server:
        address = server.address
        server.wait()
        with urlopen(f"{address}/health") as answer:
            assert answer.read() == b"true"
    with pytest.raises(URLError):
        urlopen(f"{address}/health")


@pytest.mark.slow
def test_one_that_cannot_start_is_told_in_a_sentence(tmp_path: Path):
    (tmp_path / "prefect").write_text("in the way")
    with OwnServer(tmp_path / "prefect/home") as server:
        assert server.address.startswith("http://127.0.0.1:")
        with pytest.raises(NotStarted, match="ended as it started"):
            server.wait()


@pytest.mark.slow
def test_it_ends_with_the_run_however_that_ends(home: Path):
    run = subprocess.run(
        [sys.executable, "-c", LEFT_BEHIND, str(home)], stdout=subprocess.PIPE, check=False
    )
    assert run.returncode == 9
    assert within(30, lambda: not is_alive(int(run.stdout)))


def within(seconds: int, holds: Callable[[], bool]) -> bool:
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_new_home_gets_its_tables(tmp_path: Path):
    lay_tables(tmp_path / "new")
    with sqlite3.connect(tmp_path / "new/prefect.db") as database:
        tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
        assert {"flow_run", "task_run", "alembic_version"} <= tables
        assert database.execute("SELECT count(*) FROM alembic_version").fetchone() == (1,)


def test_a_home_that_has_a_database_is_left_alone(tmp_path: Path):
    (tmp_path / "prefect.db").write_bytes(b"of an earlier run")
    lay_tables(tmp_path)
    assert (tmp_path / "prefect.db").read_bytes() == b"of an earlier run"


def test_another_prefect_makes_its_own_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(own_server, "version", lambda name: "3.8.80")
    lay_tables(tmp_path)
    assert not (tmp_path / "prefect.db").exists()
