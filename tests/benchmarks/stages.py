"""Where the time of one `csp receive` goes: seconds on the clock and of the processor, by stage.

Run as `python -m tests.benchmarks.stages FILE`; CSP_HOME and CSP_WAREHOUSE_URL say where. The
stages are those of the process that stores; the gate's own process is one of them as a whole.
"""

import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from flows.cli import main as csp

STAGES = {
    "bytes are kept": ("sources.inbox", "keep"),
    "what was there is fetched": ("warehouse.load", "Before"),
    "the gate is waited for": ("flows.apart", "GateApart._next"),
    "rows are matched with what was there": ("warehouse.before", "Before.is_new"),
    "texts are numbered": ("warehouse.load", "_Load._stored"),
    "rows are written": ("warehouse.bulk", "insert"),
    "figures are counted": ("warehouse.load", "of_frame"),
    "the delivery is closed": ("warehouse.load", "_Load.close"),
    "the receipt is written": ("flows.receipts", "_write"),
}
"""What is timed, by module and name; none of them calls another for long."""


@dataclass
class Spent:
    """Seconds on the clock and of the processor."""

    seconds: float = 0.0
    processor: float = 0.0


def timed(told: Callable[..., Any], spent: Spent) -> Callable[..., Any]:
    """Return the same function, or class, which adds up what its calls take."""

    def call(*given: Any, **named: Any) -> Any:
        start, processor = time.perf_counter(), time.process_time()
        try:
            return told(*given, **named)
        finally:
            spent.seconds += time.perf_counter() - start
            spent.processor += time.process_time() - processor

    return call


def watch() -> dict[str, Spent]:
    """Time every stage from now on."""
    spent = {}
    for stage, (module, name) in STAGES.items():
        *owners, last = name.split(".")
        place: Any = import_module(module)
        for owner in owners:
            place = getattr(place, owner)
        spent[stage] = Spent()
        setattr(place, last, timed(getattr(place, last), spent[stage]))
    return spent


def run(path: str) -> None:
    """Receive one file and print what each stage took."""
    start = time.perf_counter()
    spent = watch()
    sys.modules.setdefault("hypothesis", None)  # type: ignore[arg-type]
    sys.argv = ["csp", "receive", path]
    try:
        csp()
    except SystemExit as ended:
        if ended.code:
            raise
    seconds, times = time.perf_counter() - start, os.times()
    own = times.user + times.system
    spent["all else: start, commit, what is said"] = Spent(
        seconds - sum(s.seconds for s in spent.values()),
        own - sum(s.processor for s in spent.values()),
    )
    for stage, took in spent.items():
        print(f"{stage:40}{took.seconds:9.2f}{took.processor:8.2f}")
    print(f"{'the gate, in a process of its own':40}{'':9}{sum(times[2:4]):8.2f}", flush=True)


if __name__ == "__main__":
    run(sys.argv[1])
