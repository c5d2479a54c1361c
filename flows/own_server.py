"""Prefect's server for one run: a process of its own that starts at once and ends with the run.

Prefect would start one itself, but only when the first flow runs; it then loads the whole server
into the run as well, and brings an empty database through all its migrations. This takes a third of
the processor time, and starts while the run does other things.
"""

import multiprocessing
import socket
import sqlite3
import threading
from importlib.metadata import version
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

TABLES = Path(__file__).with_name("prefect_tables.sql")
"""The tables that the migrations of one version of Prefect leave; `flows.prefect_tables` wrote it.

Of another version it is not used: that one makes its own.
"""
STARTS_WITHIN_SECONDS = 90
ENDS_WITHIN_SECONDS = 5
LOOPBACK = "127.0.0.1"


class NotStarted(RuntimeError):  # noqa: N818 - it says what happened
    """Prefect's server did not start."""

    def __init__(self) -> None:
        super().__init__(
            f"Prefect's server did not start within {STARTS_WITHIN_SECONDS} seconds. Is the disk "
            "full, or the machine very busy?"
        )


class OwnServer:
    """A server in a process of its own, for the time of a `with` block.

    It has the settings of the environment. `home` is Prefect's. The address is known at once, so
    that Prefect can be told of it before it is imported; `wait` returns when there is an answer.
    """

    def __init__(self, home: Path) -> None:
        context = multiprocessing.get_context("spawn")
        self._line, far_end = context.Pipe()
        self._process = context.Process(target=_serve, args=(far_end, home), daemon=True)
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
        except (EOFError, OSError):
            pass
        raise NotStarted

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


def _serve(line: Connection, home: Path) -> None:
    """Serve until the run that asked for it has gone, in whatever way."""
    with socket.create_server((LOOPBACK, 0)) as place:
        line.send(place.getsockname()[1])
        lay_tables(home / "prefect.db")

        import uvicorn  # noqa: PLC0415 - the address is told first
        from prefect.server.api.server import create_app  # noqa: PLC0415

        class Server(uvicorn.Server):
            async def startup(self, sockets: list[socket.socket] | None = None) -> None:
                await super().startup(sockets)
                line.send("ready")

        app = create_app(ephemeral=True, final=True)
        server = Server(
            uvicorn.Config(app, log_level="critical", lifespan="on", timeout_graceful_shutdown=1)
        )

        def watch() -> None:
            try:
                line.recv()
            except (EOFError, OSError):
                server.should_exit = True

        threading.Thread(target=watch, daemon=True).start()
        server.run([place])


def lay_tables(database: Path) -> None:
    """Give a new home its tables, as Prefect's own hundred migrations would leave them.

    They are left to Prefect where there is a database already, and where its version is another
    than the tables were taken from.
    """
    script = TABLES.read_text(encoding="utf-8")
    if database.exists() or not script.startswith(f"-- Prefect {version('prefect')},"):
        return
    database.parent.mkdir(parents=True, exist_ok=True)
    part = database.with_suffix(".part")
    part.unlink(missing_ok=True)
    connection = sqlite3.connect(part)
    connection.executescript(script)
    connection.close()
    part.replace(database)
