"""`csp receive` in a process of its own: to be killed, cut off, crowded, and to die by itself.

Each is forked from a process that has done such work before, so that it is at work at once, and a
moment drawn at random falls into its work. What it printed is in a file.
"""

import importlib
import multiprocessing
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from multiprocessing import forkserver
from pathlib import Path
from typing import Any
from unittest.mock import patch

WAIT_SECONDS = 600
"""How long a run may take before a test gives it up: a deadlock, on however slow a machine."""
_CONTEXT = multiprocessing.get_context("forkserver")


@cache
def _server() -> None:
    """Start the process that all others are forked from; it ends with this one."""
    # It is given the names of modules, and finds none that only this process knows the way to.
    with patch.dict(os.environ, PYTHONPATH=os.pathsep.join(path for path in sys.path if path)):
        _CONTEXT.set_forkserver_preload(["support.warm"])
        forkserver.ensure_running()


@dataclass(frozen=True)
class Order:
    """What a process is to run, and what is different about it.

    `scratch` is its folder for temporary files. `changes` gives other values to names of the
    program, as "flows.apart.WORTH_IT_BYTES". What `befalls` it is called in the process before the
    command.
    """

    home: Path
    address: str = ""
    scratch: Path | None = None
    arguments: tuple[str, ...] = ("receive",)
    changes: Mapping[str, object] = field(default_factory=dict)
    befalls: tuple[Callable[[], None], ...] = ()


class Run:
    """A process under way."""

    def __init__(self, order: Order):
        self._file = Path(tempfile.mkstemp(prefix="csp-run-", suffix=".txt")[1])
        self._process = _CONTEXT.Process(target=_live, args=(order, self._file))
        _server()
        self.started = time.monotonic()
        self._process.start()

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid or 0

    def child(self, command: str) -> int:
        """Wait until it has started a process whose command says this; return that one's number."""
        while time.monotonic() - self.started < WAIT_SECONDS:
            for number, _ in descendants(self.pid):
                if command in _command(number):
                    return number
            if not self.is_alive():
                break
            time.sleep(0.002)
        self.kill()
        _, said = self.wait()
        raise AssertionError(f"no process of {command}: {said[-600:]}")

    def kill(self) -> None:
        """End it as `kill -9` does; nothing happens where it has ended."""
        self._process.kill()

    def is_alive(self) -> bool:
        """Say whether it is still at work."""
        return self._process.is_alive()

    def end(self) -> None:
        """Wait for its end."""
        self._process.join(WAIT_SECONDS)
        if self._process.exitcode is None:
            self._process.kill()
            self._process.join()
            raise AssertionError(f"still at work after {WAIT_SECONDS} seconds")

    def wait(self) -> tuple[int, str]:
        """Wait for its end; return its exit code (-9 when it was killed) and what it printed."""
        self.end()
        self.seconds = time.monotonic() - self.started
        said = self._file.read_text(encoding="utf-8")
        self._file.unlink()
        return self._process.exitcode, said


def run(order: Order) -> tuple[int, str]:
    """Run a process to its end; return its exit code and what it printed."""
    return Run(order).wait()


def _live(order: Order, said: Path) -> None:
    """Be `csp`."""
    with said.open("w") as file:
        for stream in (sys.stdout, sys.stderr):
            os.dup2(file.fileno(), stream.fileno())
    os.environ["CSP_HOME"] = str(order.home)
    os.environ["CSP_WAREHOUSE_URL"] = order.address
    os.environ.pop("CSP_CONFIG", None)
    tempfile.tempdir = os.environ["TMPDIR"] = str(order.scratch or tempfile.gettempdir())
    os.chdir(order.home)
    for name, value in order.changes.items():
        owner, last = _found(name)
        setattr(owner, last, value)
    for befall in order.befalls:
        befall()
    sys.argv = ["csp", *order.arguments]
    from flows.cli import main

    main()


def _found(name: str) -> tuple[Any, str]:
    """Return what a dotted name is an attribute of, and the last part of the name."""
    parts = name.split(".")
    for length in range(len(parts) - 1, 0, -1):
        try:
            owner = importlib.import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for part in parts[length:-1]:
            owner = getattr(owner, part)
        return owner, parts[-1]
    raise ModuleNotFoundError(name)


# --- what may befall a process --------------------------------------------------------------------

_WHEN = {True: "after", False: "before"}


@dataclass(frozen=True)
class Point:
    """A point in a run: before or after the n-th call of a function."""

    place: str
    is_after: bool
    turn: int = 1

    def __str__(self) -> str:
        return f"{line_of(self.place, is_after=self.is_after)} ({self.turn})"


def at(point: Point, happens: Callable[[], None]) -> Callable[[], None]:
    """Return what makes something happen at a point."""
    return partial(_at, point, happens)


def _at(point: Point, happens: Callable[[], None]) -> None:
    turns = 0

    def reached() -> None:
        nonlocal turns
        turns += 1
        if turns == point.turn:
            happens()

    _around(point.place, **{_WHEN[point.is_after]: reached})


def counting(points: Iterable[tuple[str, bool]], into: Path) -> Callable[[], None]:
    """Return what writes down how often a run comes to some points, a line each time.

    A point is a function, and whether it lies after its end: one that raises does not come there.
    """
    return partial(_counting, tuple(points), into)


def _counting(points: tuple[tuple[str, bool], ...], into: Path) -> None:
    def note(line: str) -> None:
        with into.open("a") as file:
            file.write(f"{line}\n")

    for place, is_after in points:
        _around(place, **{_WHEN[is_after]: partial(note, line_of(place, is_after=is_after))})


def line_of(place: str, *, is_after: bool) -> str:
    """Return the line that `counting` writes when a run comes to a point."""
    return f"{_WHEN[is_after]} {place}"


def _around(
    place: str,
    before: Callable[[], None] = lambda: None,
    after: Callable[[], None] = lambda: None,
) -> None:
    owner, name = _found(place)
    real = getattr(owner, name)

    def call(*args: Any, **named: Any) -> Any:
        before()
        given = real(*args, **named)
        after()
        return given

    setattr(owner, name, call)


def die() -> None:
    """End this very process as `kill -9` does."""
    os.kill(os.getpid(), signal.SIGKILL)


# --- processes of processes -----------------------------------------------------------------------


def descendants(pid: int) -> list[tuple[int, str]]:
    """Return the processes that a process has started, and theirs: number and time of start."""
    parents = {number: stat for number in _numbers() if (stat := _stat(number))}
    found, look = [], [pid]
    while look:
        parent = look.pop()
        mine = [n for n, (ppid, _) in parents.items() if ppid == parent]
        found += [(n, parents[n][1]) for n in mine]
        look += mine
    return found


def seconds_until_gone(processes: Iterable[tuple[int, str]]) -> float:
    """Wait until processes have ended and return how long that took."""
    started = time.monotonic()
    left = list(processes)
    while left and time.monotonic() - started < WAIT_SECONDS:
        left = [(n, start) for n, start in left if (stat := _stat(n)) and stat[1] == start]
        if left:
            time.sleep(0.01)
    return time.monotonic() - started


def _command(number: int) -> str:
    try:
        return Path(f"/proc/{number}/cmdline").read_text(encoding="utf-8").replace("\0", " ")
    except (FileNotFoundError, ProcessLookupError):
        return ""


def _numbers() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def _stat(number: int) -> tuple[int, str] | None:
    """Return the parent and the time of start of a process; None where it has ended."""
    try:
        line = Path(f"/proc/{number}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return None
    state, parent, *rest = line.rpartition(")")[2].split()
    return None if state == "Z" else (int(parent), rest[17])


# --- files that come in many parts ----------------------------------------------------------------

PART_BYTES = 32 << 10
IN_PARTS: Mapping[str, object] = {"sources.read.BLOCK_BYTES": PART_BYTES}
"""Changes by which even small files come in several parts."""


def work_in_parts(line: Any) -> None:
    """Be the gate in a process of its own, with small parts."""
    from flows import lifeline

    lifeline.follow()
    from sources import read

    read.BLOCK_BYTES = PART_BYTES
    lifeline.work(line)


APART: Mapping[str, object] = {
    "flows.apart.WORTH_IT_BYTES": 50_000, "flows.apart.work": work_in_parts, **IN_PARTS,
}  # fmt: skip
"""Changes by which a file of some hundred rows gets a process of its own, and comes in parts."""
