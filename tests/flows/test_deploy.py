"""`csp deploy` onto a team's own Prefect server: a worker runs it, and tells of a run it lost."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.databases import ready_file
from support.files import put
from support.mail import Server, mail_server
from support.serving import (
    Prefect,
    environment_of,
    free_port,
    held,
    processes_in,
    settings_in,
    until,
)

pytestmark = pytest.mark.slow

A_SERVER = """
import os, subprocess, sys
command = [sys.executable, "-m", "flows.served_server", str(os.getpid()), "127.0.0.1", sys.argv[1]]
sys.exit(subprocess.call(command))
"""


class Team:
    """A Prefect server that is not ours, a folder of csp's, and processes for a test."""

    def __init__(self, folder: Path, mail: Server):
        self.folder, self.mail = folder, mail
        port = free_port()
        self.prefect = Prefect(port)
        self.environment = environment_of(
            PREFECT_API_URL=self.prefect.address, PREFECT_HOME=str(folder / "prefect"),
            PREFECT_SERVER_ANALYTICS_ENABLED="false", DO_NOT_TRACK="1", COLUMNS="200",
        )  # fmt: skip
        settings_in(folder, mail, port)
        put(folder / "csp-data", "warehouse.db", ready_file())
        self.processes = [self.begin(folder, "-c", A_SERVER, str(port))]
        until(self.prefect.is_up, "the server")

    def begin(self, where: Path, *command: str) -> subprocess.Popen[bytes]:
        with (self.folder / "said.txt").open("ab") as said:
            return subprocess.Popen(
                [sys.executable, *command],
                cwd=where,
                env=self.environment,
                stdout=said,
                stderr=said,
            )

    def csp(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "flows.cli", *command], cwd=self.folder, env=self.environment,
            capture_output=True, text=True, check=False,
        )  # fmt: skip


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    with mail_server() as mail:
        made = Team(tmp_path, mail)
        try:
            yield made
        finally:
            for process in reversed(made.processes):
                process.terminate()
                try:
                    process.wait(30)
                except subprocess.TimeoutExpired:
                    # Prefect's worker does not end at times, though it says that it will.
                    process.kill()
                    process.wait()


def test_a_worker_runs_what_was_deployed_and_tells_of_a_run_that_is_killed(team: Team):
    refused = team.csp("deploy", "--pool", "team")
    assert refused.returncode == 1
    assert "There is no work pool team. Make it: prefect work-pool create team" in refused.stderr

    team.prefect.ask("/work_pools/", {"name": "team", "type": "process"})
    for _ in range(2):
        done = team.csp("deploy", "--pool", "team")
        assert done.returncode == 0, done.stderr
    assert "receive: every day at 06:30 (London time)" in done.stdout
    made = team.prefect.deployments()
    assert {name: len(d["schedules"]) for name, d in made.items()} == dict.fromkeys(
        ("receive", "quarter-end", "year-end", "watch"), 1
    )
    assert len(team.prefect.ask("/automations/filter")) == 2

    (team.folder / "elsewhere").mkdir()
    start = ("-m", "prefect", "worker", "start", "--type", "process", "--pool", "team")
    team.processes.append(team.begin(team.folder / "elsewhere", *start))
    with held(team.folder / "csp-data/warehouse.db.receive.lock"):
        run = team.prefect.start("quarter-end")
        until(lambda: is_running(team), "a run of quarter-end")
        (process,) = processes_in(team.folder, "prefect.engine")
        os.kill(process, signal.SIGKILL)
        until(lambda: team.mail.subjects, "a letter")
    assert team.prefect.ended(run) == "Crashed"
    assert [each.partition(" of ")[0] for each in team.mail.subjects] == [
        "A run was cut off: quarter-end"
    ]


def is_running(team: Team) -> bool:
    with sqlite3.connect(team.folder / "csp-data/warehouse.db") as database:
        return bool(database.execute("SELECT 1 FROM csp_run_v1 WHERE state = 'running'").fetchone())
