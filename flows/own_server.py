"""Prefect's server for one run: a process of its own that starts at once and ends with the run.

Prefect would start one itself, but only when the first flow runs; it then loads the whole server
into the run as well, and brings an empty database through all its migrations. That took a third of
the processor time of a run, and nothing else could be done meanwhile.
"""

import contextlib
import logging
import multiprocessing
import os
import signal
import socket
import sqlite3
import threading
from importlib.metadata import version
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Literal, Self

if TYPE_CHECKING:
    import uvicorn

TABLES = Path(__file__).with_name("prefect_tables.sql")
"""The tables that the migrations of one version of Prefect leave; `flows.prefect_tables` wrote it.

Of another version it is not used: that one makes its own.
"""
STARTS_WITHIN_SECONDS = 90
ENDS_WITHIN_SECONDS = 10
LOOPBACK = "127.0.0.1"


class NotStarted(RuntimeError):  # noqa: N818 - it says what happened
    """Prefect's server did not start; the message says what a person can do about it."""


class OwnServer:
    """A server in a process of its own, for the time of a `with` block.

    It has the settings of the environment; `home` is Prefect's. The address is known at once, so
    that Prefect can be told of it before it is imported; `wait` returns when there is an answer.
    """

    def __init__(self, home: Path) -> None:
        context = multiprocessing.get_context("spawn")
        self._line, far_end = context.Pipe()
        self._process = context.Process(target=_work, args=(far_end, home), daemon=True)
        self._process.start()
        far_end.close()

    @property
    def address(self) -> str:
        """Where Prefect finds it; raises `NotStarted`."""
        return f"http://{LOOPBACK}:{self._next()}/api"

    def wait(self) -> None:
        """Return once the server answers; raises `NotStarted`."""
        self._next()

    def _next(self) -> object:
        try:
            if self._line.poll(STARTS_WITHIN_SECONDS):
                return self._line.recv()
            why = f"has not started within {STARTS_WITHIN_SECONDS} seconds"
        except (EOFError, OSError):
            why = "ended as it started"
        raise NotStarted(
            f"Prefect's server {why}. Is there room on the disk, and is the machine not too busy? "
            "PREFECT_API_URL can name a server that runs already."
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> Literal[False]:
        self._line.close()
        self._process.join(ENDS_WITHIN_SECONDS)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        return False


def _work(line: Connection, home: Path) -> None:
    """Serve until the run that asked for it has gone, in whatever way."""
    # Who stops the run at the keyboard stops the other process, and it is the end of this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    serving = _Serving(line, home)
    serving.start()
    with contextlib.suppress(EOFError, OSError):
        line.recv()
    serving.end()
    os._exit(0)


class _Serving(threading.Thread):
    """The server, beside a thread that waits for the end of the run."""

    def __init__(self, line: Connection, home: Path) -> None:
        super().__init__(daemon=True)
        self._line, self._home = line, home
        self._server: uvicorn.Server | None = None

    def run(self) -> None:
        try:
            self._serve()
        except BaseException:
            # The other side sees the line break, and says so.
            os._exit(1)

    def _serve(self) -> None:
        with socket.create_server((LOOPBACK, 0)) as place:
            self._line.send(place.getsockname()[1])
            lay_tables(self._home)

            import uvicorn  # noqa: PLC0415 - the address is told first
            from prefect.server.api.server import create_app  # noqa: PLC0415

            line = self._line

            class Server(uvicorn.Server):
                async def startup(self, sockets: list[socket.socket] | None = None) -> None:
                    await super().startup(sockets)
                    line.send("ready")

            app = create_app(ephemeral=True, final=True)
            form = uvicorn.Config(app, log_level="critical", timeout_graceful_shutdown=1)
            self._server = Server(form)
            self._server.run([place])

    def end(self) -> None:
        """Let the server write down what it still has, and stop."""
        # What it calls off now is not asked for by anybody, and it says so at length.
        logging.disable()
        if self._server is not None:
            self._server.should_exit = True
            self.join(ENDS_WITHIN_SECONDS)


def lay_tables(home: Path) -> None:
    """Give a new home its tables, as Prefect's own hundred migrations would leave them.

    It is left to Prefect where there is a database already, or where its version is another than
    the tables were taken from.
    """
    database, script = home / "prefect.db", TABLES.read_text(encoding="utf-8")
    if database.exists() or not script.startswith(f"-- Prefect {version('prefect')},"):
        return
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = database.with_suffix(".part")
    part.unlink(missing_ok=True)
    with contextlib.closing(sqlite3.connect(part)) as connection:
        connection.executescript(script)
    part.replace(database)
