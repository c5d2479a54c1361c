"""`csp serve` in a process of its own, with a real Prefect server, asked over HTTP.

Nothing here loads Prefect, and nothing of the product knows that it is tested: what a test needs
to happen soon it asks the server for.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from support.mail import COORDINATOR, HOST, Server
from support.runs import _command, descendants

WAIT_SECONDS = 120
"""How long anything may take before a test gives it up, on however busy a machine."""
SERVER, RUNNER = "flows.served_server", "flows.served_runner"
Answer = TypeVar("Answer")
SETTINGS = """
formats = []
[alerts]
coordinator = ["{to}"]
sender = "csp@csp.test"
mails_a_day = 100
[mail]
host = "{host}"
port = {mail}
security = "none"
timeout_seconds = 5
[server]
port = {port}
"""


def free_port() -> int:
    """Return a port of this machine that nobody uses."""
    with socket.create_server((HOST, 0)) as place:
        return int(place.getsockname()[1])


def until(ask: Callable[[], Answer], what: str) -> Answer:
    """Ask again and again until the answer is a yes; return it."""
    end = time.monotonic() + WAIT_SECONDS
    while not (answer := ask()):
        assert time.monotonic() < end, f"waited {WAIT_SECONDS} seconds in vain: {what}"
        time.sleep(0.2)
    return answer


@contextmanager
def held(lock: Path) -> Iterator[None]:
    """Hold the lock of a kind of run, as another run would."""
    import fcntl

    with lock.open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


class Prefect:
    """A Prefect server, asked over HTTP."""

    def __init__(self, port: int):
        self.address = f"http://{HOST}:{port}/api"

    def ask(self, path: str, body: dict[str, Any] | None = None, method: str = "POST") -> Any:
        data = None if method in ("GET", "DELETE") else json.dumps(body or {}).encode()
        head = {"Content-Type": "application/json"}
        request = Request(f"{self.address}{path}", data, head, method=method)

        def look() -> bytes | None:
            try:
                with urlopen(request) as answer:
                    return bytes(answer.read()) or b"null"
            except HTTPError as error:
                # Its database is busy: Prefect's own clients ask again, too.
                if error.code != 503:
                    raise
                return None

        return json.loads(until(look, f"an answer to {path}"))

    def is_up(self) -> bool:
        try:
            with urlopen(f"{self.address}/health"):
                return True
        except OSError:
            return False

    def deployments(self) -> dict[str, Any]:
        return {d["name"]: d for d in self.ask("/deployments/filter")}

    def start(self, kind: str, **state: Any) -> str:
        """Have a run started at once, or put into another state; return its number."""
        number = self.deployments()[kind]["id"]
        body = {"state": state} if state else {}
        return str(self.ask(f"/deployments/{number}/create_flow_run", body)["id"])

    def served_by_nobody(self, kind: str) -> str:
        """Make a deployment of a kind that no runner looks after, with a run that is long due."""
        flow = self.ask("/flows/", {"name": f"{kind}-elsewhere"})["id"]
        made = self.ask("/deployments/", {"name": kind, "flow_id": flow})["id"]
        due = datetime.now(UTC) - timedelta(minutes=11)
        details = {"scheduled_time": due.isoformat()}
        state = {"type": "SCHEDULED", "state_details": details}
        self.ask(f"/deployments/{made}/create_flow_run", {"state": state})
        return str(made)

    def schedule_soon(self, kind: str) -> str:
        """Give a deployment one more schedule, which comes due in some seconds, and again."""
        soon = datetime.now(UTC) + timedelta(seconds=10)
        schedule = {
            "interval": 45,
            "anchor_date": soon.isoformat(),
            "timezone": "UTC",
        }
        number = self.deployments()[kind]["id"]
        (made,) = self.ask(
            f"/deployments/{number}/schedules", [{"schedule": schedule, "active": True}]
        )
        return str(made["id"])

    def take_back(self, kind: str, schedule: str) -> None:
        number = self.deployments()[kind]["id"]
        self.ask(f"/deployments/{number}/schedules/{schedule}", method="DELETE")

    def runs(self, kind: str) -> list[dict[str, Any]]:
        """Return the runs of a kind that have started, the last first."""
        wanted = {
            "deployments": {"name": {"any_": [kind]}},
            "flow_runs": {"state": {"type": {"not_any_": ["SCHEDULED", "PENDING"]}}},
            "sort": "START_TIME_DESC",
        }
        return list(self.ask("/flow_runs/filter", wanted))

    def ended(self, run: str) -> str:
        """Wait until a run has ended; return the name of its state."""
        ends = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")

        def look() -> str:
            state = self.ask(f"/flow_runs/{run}", method="GET")["state"]
            return state["name"] if state["type"] in ends else ""

        return until(look, f"the end of the run {run}")

    def artifacts(self, run: str) -> dict[str, Any]:
        wanted = {"artifacts": {"flow_run_id": {"any_": [run]}}}
        return {a["key"]: a for a in self.ask("/artifacts/filter", wanted)}


def on_another_machine(folder: Path, prefect: Prefect, run: str) -> subprocess.Popen[bytes]:
    """Carry out one run as a worker elsewhere would: csp serve knows nothing of the process."""
    environment = environment_of(
        PREFECT_API_URL=prefect.address, PREFECT__FLOW_RUN_ID=run,
        PREFECT_FLOWS_HEARTBEAT_FREQUENCY="30", PREFECT_HOME=str(folder / "another"),
    )  # fmt: skip
    with (folder / "another.txt").open("ab") as said:
        return subprocess.Popen(
            [sys.executable, "-m", "prefect.engine"],
            cwd=folder, env=environment, stdout=said, stderr=said,
        )  # fmt: skip


SHORTER = """
import asyncio, sys
from datetime import timedelta
from flows.automations import lay_automations
asyncio.run(lay_automations(timedelta(seconds=10), timedelta(seconds=12)))
"""


def shorten_automations(folder: Path, prefect: Prefect) -> None:
    """Have the automations wait for some seconds, in place of minutes."""
    environment = environment_of(
        PREFECT_API_URL=prefect.address, PREFECT_HOME=str(folder / "another")
    )
    subprocess.run([sys.executable, "-c", SHORTER], env=environment, check=True)


def processes_in(folder: Path, module: str) -> list[int]:
    """Return the processes of a module that work in a folder."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and module in _command(int(entry.name)):
            with suppress(OSError):
                if (entry / "cwd").readlink() == folder:
                    found.append(int(entry.name))
    return found


class Serve:
    """`csp serve` under way in a folder."""

    def __init__(self, folder: Path, **environment: str):
        self.folder = folder
        self.words = folder / "said.txt"
        with self.words.open("ab") as said:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "flows.cli", "serve"],
                cwd=folder, env=environment_of(**environment), stdout=said, stderr=said,
                stdin=subprocess.DEVNULL,
            )  # fmt: skip

    @property
    def pid(self) -> int:
        return self._process.pid

    def said(self) -> str:
        return self.words.read_text(encoding="utf-8")

    def part(self, module: str) -> int:
        """Return the number of the process of a part."""
        return until(lambda: self._part(module), f"the process {module}")

    def _part(self, module: str) -> int:
        return next((n for n, _ in descendants(self.pid) if module in _command(n)), 0)

    def flow_process(self) -> int:
        """Return the number of the process in which a run goes on."""
        return self.part("prefect.engine")

    def has_flow_process(self) -> bool:
        """Say whether the process of a run is there, also of one that is just ending."""
        return self._part("prefect.engine") > 0

    def is_up(self, times: int = 1) -> bool:
        assert self._process.poll() is None, self.said()
        return self.said().count("It runs until it is stopped") >= times

    def signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def end(self) -> int:
        """Wait for its end; return its exit code."""
        return self._process.wait(WAIT_SECONDS)

    def stop(self) -> int:
        """Ask it to stop, if it is there; return its exit code."""
        if self._process.poll() is None:
            self.signal(signal.SIGTERM)
        return self.end()


def environment_of(**more: str) -> dict[str, str]:
    """Return an environment in which nothing is set of csp and Prefect but what is given."""
    root = Path(__file__).parents[2]
    kept = {n: v for n, v in os.environ.items() if not n.startswith(("CSP_", "PREFECT_"))}
    return kept | {"PYTHONPATH": str(root)} | more


def settings_in(folder: Path, mail: Server, port: int) -> None:
    """Write a csp.toml by which the coordinator is told, and the server has a port of its own."""
    text = SETTINGS.format(to=COORDINATOR, host=HOST, mail=mail.port, port=port)
    (folder / "csp.toml").write_text(text, encoding="utf-8")
