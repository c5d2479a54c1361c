"""What a command takes: seconds, and the most memory of it and all that it starts."""

import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

LOOK_EVERY_SECONDS = 0.1


@dataclass(frozen=True)
class Taken:
    """Seconds on the clock, seconds of processors, and the peak memory in MB."""

    seconds: float
    processor: float
    peak: float


def measured(command: list[str], **environment: str) -> Taken:
    """Run a command and measure it; memory that processes share is counted once."""
    before, start, peak = os.times(), time.perf_counter(), 0.0
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, env=os.environ | environment
    ) as running:
        while running.poll() is None:
            peak = max(peak, sum(_memory(pid) for pid in _family(running.pid)))
            time.sleep(LOOK_EVERY_SECONDS)
        seconds = time.perf_counter() - start
    if running.returncode:
        raise subprocess.CalledProcessError(running.returncode, command)
    after = os.times()
    processor = sum(after[2:4]) - sum(before[2:4])
    return Taken(seconds, processor, peak)


def _family(pid: int) -> list[int]:
    """Return a process and all that it has started, as Linux lists them."""
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    except OSError:
        return []
    return [pid, *(member for child in text.split() for member in _family(int(child)))]


def _memory(pid: int) -> float:
    """Return the memory in MB that a process holds now, its share of what it shares."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)
