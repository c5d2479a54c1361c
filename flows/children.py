"""A part of `csp serve` that runs as a process of its own: started, looked after, and stopped."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

STARTS_WITHIN_SECONDS = 300
"""A machine that has just been started has other things to do as well."""
ENDS_WITHIN_SECONDS = 30
MOST_LOG_BYTES = 5_000_000


class Child:
    """One process. `title` is what people are told of; `log` is where its own words go."""

    def __init__(
        self,
        title: str,
        command: Sequence[str],
        environment: Mapping[str, str],
        log: Path,
        is_ready: Callable[[], bool],
    ):
        self.title, self._is_ready = title, is_ready
        self._command, self._environment, self._log = command, environment, log
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; it may take a while until it is ready."""
        if self._log.exists() and self._log.stat().st_size > MOST_LOG_BYTES:
            self._log.replace(self._log.with_suffix(".old.txt"))
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", self._command[0], str(os.getpid()), *self._command[1:]],
                env=dict(self._environment), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip

    def wait(self, goes_on: Callable[[], bool] = lambda: True) -> bool:
        """Wait until it is ready; False where it ended, took too long, or is not waited for."""
        end = time.monotonic() + STARTS_WITHIN_SECONDS
        while time.monotonic() < end and self.is_alive() and goes_on():
            if self._is_ready():
                return True
            time.sleep(0.2)
        return False

    def is_alive(self) -> bool:
        """Say whether the process is there."""
        return self._process is not None and self._process.poll() is None

    @property
    def ending(self) -> str:
        """How it ended, in words."""
        code = self._process.poll() if self._process else None
        if code is None or code >= 0:
            return f"ended by itself (exit code {code})"
        return f"was ended by the signal {signal.Signals(-code).name}"

    def stop(self) -> None:
        """Ask it to end; where it does not, end it."""
        if self._process is None or not self.is_alive():
            return
        self._process.terminate()
        try:
            self._process.wait(ENDS_WITHIN_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """End it at once."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
