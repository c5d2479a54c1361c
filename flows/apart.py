"""The gate in a process of its own: a big file is checked while its earlier rows are being stored.

Checking and storing each keep one processor busy. In one process they take turns, since Python
runs one of them at a time; in two they overlap, at most a few chunks apart. What comes through is
the same as from the gate itself, chunk by chunk. When either process dies the other one ends, and
the load changes nothing.
"""

import multiprocessing
import pickle
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path
from queue import SimpleQueue
from threading import Semaphore, Thread
from types import TracebackType
from typing import Any, Literal, Self

from flows.lifeline import work
from flows.trouble import GateFailed, GateKilled
from schemas.areas import Home
from schemas.fingerprint import Fingerprints
from schemas.issues import Checked, Closing, DeliveryRejected, Issue
from schemas.period import Span
from sources.corrections import Correction
from sources.gate import Gate
from sources.inbox import Delivery, recognise
from sources.partners import SOURCES

WORTH_IT_BYTES = 24 << 20
"""Below this a second process takes longer to start than it saves."""
SECONDS_TO_END = 2
"""How long is waited for a process that has closed its line, to say how it ended."""
CHUNKS_AHEAD = 4
"""How many chunks, still packed, wait for a load that has other things to do at its start."""
GZIP_FACTOR = 8
"""Text of this kind is about so many times as large as its gzip file."""


@dataclass(frozen=True)
class Task:
    """What the gate is to check, by what it needs to know."""

    delivery: Delivery
    home: Home
    today: date
    corrections: Sequence[Correction] = ()


def is_worth_it(path: Path) -> bool:
    """Say whether a file is big enough for a process of its own."""
    name = path.name.lower()
    if not name.endswith((".csv", ".csv.gz")):
        return False
    size = path.stat().st_size if path.is_file() else 0
    return size * (GZIP_FACTOR if name.endswith(".gz") else 1) >= WORTH_IT_BYTES


class GateApart:
    """A gate in another process, with the face of `sources.gate.Gate`.

    It is started before there is anything to check, so that it is ready once the bytes are kept.
    Leaving the context ends the process, whatever it is doing.
    """

    span: Span
    file_issues: tuple[Issue, ...]
    corrections_sha256: str

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._line, far_end = context.Pipe()
        self._process = context.Process(target=work, args=(far_end,), daemon=True)
        self._process.start()
        far_end.close()
        self._room = Semaphore(CHUNKS_AHEAD)
        self._came: SimpleQueue[bytes | None] = SimpleQueue()
        Thread(target=self._take_in, name="gate", daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> Literal[False]:
        self._process.terminate()
        self._process.join()
        self._room.release()
        self._line.close()
        return False

    def open(self, task: Task) -> None:
        """Hand a delivery over; raises `DeliveryRejected` as the gate itself does."""
        try:
            self._line.send(task)
        except OSError:
            raise self._killed() from None
        self.span, self.file_issues, self.corrections_sha256 = self._next("opened")

    def chunks(self) -> Iterator[tuple[Checked, Fingerprints]]:
        """Yield the rows, checked, with the fingerprints of the accepted ones."""
        while True:
            found = self._next("chunk")
            if found is None:
                return
            yield found

    def closing(self) -> Closing:
        """Return what only the whole file could tell; raises as the gate itself does."""
        closing: Closing = self._next("closing")
        return closing

    def _next(self, awaited: str) -> Any:
        packed = self._came.get()
        if packed is None:
            self._came.put(None)
            raise self._killed()
        self._room.release()
        word, content = pickle.loads(packed)
        if word == "refused":
            raise DeliveryRejected(*content)
        if word == "failed":
            raise GateFailed(*content)
        if word != awaited:
            raise GateFailed(f"{word} for {awaited}", "the gate's process")
        return content

    def _take_in(self) -> None:
        """Take in what comes, so that the gate goes on; None tells that nothing more will."""
        try:
            while self._room.acquire():
                self._came.put(self._line.recv_bytes())
        except (EOFError, OSError):
            return
        finally:
            self._came.put(None)

    def _killed(self) -> GateKilled:
        self._process.join(SECONDS_TO_END)
        return GateKilled(self._process.exitcode)


def check_what_comes(line: Connection) -> None:
    """Check what is handed over and send it back, until there is nobody to take it."""
    try:
        task: Task = line.recv()
        try:
            _check(task, line)
        except DeliveryRejected as refusal:
            line.send(("refused", refusal.issues))
        except (BrokenPipeError, ConnectionResetError):
            raise
        except Exception as error:
            last = traceback.extract_tb(error.__traceback__)[-1]
            place = f"{Path(last.filename).name}:{last.lineno}"
            line.send(("failed", (type(error).__name__, place)))
    except (EOFError, OSError):
        # The other side has gone: nobody is left to tell.
        return


def _check(task: Task, line: Connection) -> None:
    found = recognise(task.delivery, SOURCES)
    gate = Gate.open(found, task.home, task.today, task.corrections)
    line.send(("opened", (gate.span, gate.file_issues, gate.corrections_sha256)))
    for chunk in gate.chunks():
        line.send(("chunk", chunk))
    line.send(("chunk", None))
    line.send(("closing", gate.closing()))
