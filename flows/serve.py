"""`csp serve`: keeps a Prefect server and what starts its runs alive, and tells when either ended.

This process knows nothing of Prefect: it starts the two, sees within a second when one has gone,
starts it again and has a letter written. What is late or was cut off it looks for itself, too.
"""

import contextlib
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from urllib.error import URLError
from urllib.request import urlopen

from flows.alarm import alarm
from flows.children import Child
from flows.clock import utc_now
from flows.jobs import look_for_cut_off, runs_here, tell
from flows.prefect_env import API_URL, for_serving
from flows.receive import open_warehouse
from flows.serving_lock import CannotServe, serving
from flows.settings import Settings
from flows.timetable import next_runs, plans
from warehouse.engine import WarehouseError

LOOKS_EVERY_SECONDS = 0.5
ROUND_SECONDS = 300
"""How often it looks for runs that were cut off, and sends what waits."""
HEALTH_SECONDS = 15
DEAF_TIMES = 8
"""So many questions unanswered, one after the other, and the server is taken to hang."""
MOST_RESTARTS = 3
RESTARTS_WITHIN_SECONDS = 600
"""Where parts end more often than that, this process ends, too: it is not this one's to mend."""
SERVER_PULLS_RUNNER_SECONDS = 120
"""What starts the runs may come to grief by the end of the server: that is told once."""
WAITS_FOR_RUN_SECONDS = 60
"""How long a run under way is waited for when csp serve is stopped."""
SERVER, RUNNER = "Prefect's server", "The part that starts the runs"


class GivenUp(Exception):  # noqa: N818 - it says what happened
    """A part cannot be kept alive; the message is a sentence."""


class Serving:
    """Both parts, and the eye on them. `say` prints a line."""

    def __init__(self, settings: Settings, say: Callable[[str], None]):
        self.settings, self.say = settings, say
        self.is_own = not os.environ.get(API_URL)
        self.stops = threading.Event()
        self.is_hurried = False
        folder = settings.home / "prefect"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        environment = for_serving(settings, is_own=self.is_own)
        self.api = environment[API_URL]
        self._ready = folder / "runner.ready"
        at = settings.server
        self.server = Child(
            SERVER, ("flows.served_server", at.host, str(at.port)), environment,
            folder / "server.txt", self.answers,
        )  # fmt: skip
        self.runner = Child(
            RUNNER, ("flows.served_runner", str(self._ready)), environment,
            folder / "runner.txt", self._ready.exists,
        )  # fmt: skip
        self._restarts: list[float] = []
        self._server_back_at = -float(SERVER_PULLS_RUNNER_SECONDS)
        self._deaf = 0

    def answers(self) -> bool:
        """Say whether the server answers."""
        try:
            with urlopen(f"{self.api}/health", timeout=5) as answer:
                return bool(answer.status == 200)
        except (URLError, OSError, ValueError):
            return False

    # --- start and stop ---------------------------------------------------------------------------

    def start(self) -> None:
        """Start what is to be started; raises `CannotServe`."""
        if self.is_own:
            self._must_be_free()
            self.server.start()
            if not self._comes_up(self.server):
                raise CannotServe(
                    f"{SERVER} did not start; its own words are in {self._log('server')}."
                )
        elif not self._is_reached():
            raise CannotServe(
                f"No Prefect server answers at {API_URL}. Start it, or unset {API_URL}: then csp "
                "serve starts one of its own."
            )
        if not self._comes_up(self.runner):
            raise CannotServe(
                f"{RUNNER} did not start; its own words are in {self._log('runner')}."
            )

    def _must_be_free(self) -> None:
        at = self.settings.server
        try:
            with socket.socket(socket.AF_INET6 if ":" in at.host else socket.AF_INET) as place:
                place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                place.bind((at.host, at.port))
        except OSError:
            raise CannotServe(
                f"Port {at.port} of {at.host} cannot be had: another program uses it, perhaps "
                "another csp serve. Set another one in csp.toml: port, under [server]."
            ) from None

    def _is_reached(self) -> bool:
        """Wait for a server that is not ours: after a restart of the machine it may come later."""
        end = time.monotonic() + 90
        while not self.answers():
            if time.monotonic() > end or self.stops.wait(1):
                return False
        return True

    def _comes_up(self, child: Child) -> bool:
        self._ready.unlink(missing_ok=True)
        if not child.is_alive():
            child.start()
        return child.wait(lambda: not self.stops.is_set()) or self.stops.is_set()

    def _log(self, name: str) -> Path:
        return self.settings.home / "prefect" / f"{name}.txt"

    def stop(self) -> None:
        """Let a run under way come to its end, then end both parts."""
        end = time.monotonic() + WAITS_FOR_RUN_SECONDS
        under_way = self.runner.is_alive() and runs_here(self.settings)
        if under_way:
            self.say(
                f"A run of {under_way} is under way; it is waited for, up to "
                f"{WAITS_FOR_RUN_SECONDS} seconds. Ctrl-C again stops it."
            )
        while under_way and not self.is_hurried and time.monotonic() < end:
            time.sleep(LOOKS_EVERY_SECONDS)
            under_way = runs_here(self.settings)
        self.runner.stop()
        self.server.stop()
        if under_way:
            look_for_cut_off()

    def asked_to_stop(self, _signal: int, _frame: FrameType | None) -> None:
        """Take a signal; at the second one nothing is waited for."""
        self.is_hurried = self.stops.is_set()
        self.stops.set()

    # --- the eye on them --------------------------------------------------------------------------

    def keep_alive(self) -> None:
        """Look after both until asked to stop; raises `GivenUp`."""
        next_round = next_question = time.monotonic()
        while not self.stops.wait(LOOKS_EVERY_SECONDS):
            now = time.monotonic()
            if self.is_own and now >= next_question:
                self._deaf = 0 if self.answers() else self._deaf + 1
                next_question = now + HEALTH_SECONDS
            if self.is_own and self._deaf >= DEAF_TIMES and self.server.is_alive():
                self.server.kill()
            if self.is_own and not self.server.is_alive():
                self._restart(self.server)
                self._server_back_at, self._deaf = time.monotonic(), 0
            if not self.runner.is_alive():
                since = time.monotonic() - self._server_back_at
                self._restart(self.runner, is_told=since > SERVER_PULLS_RUNNER_SECONDS)
            if now >= next_round:
                look_for_cut_off()
                next_round = now + ROUND_SECONDS

    def _restart(self, child: Child, *, is_told: bool = True) -> None:
        at, how = utc_now(), child.ending
        now = time.monotonic()
        self._restarts = [t for t in self._restarts if now - t < RESTARTS_WITHIN_SECONDS] + [now]
        told = f"{child.title} {how}"
        if len(self._restarts) > MOST_RESTARTS or not self._comes_up(child):
            raise GivenUp(f"{told}, and cannot be kept running; csp serve has ended.")
        sentence = f"{told} at {at:%H:%M:%S} UTC, and was started again."
        self.say(sentence)
        if is_told:
            tell(self.settings, sentence)
            look_for_cut_off()


def _is_read_here() -> bool:
    """Say whether somebody sits before it; what a machine has started nobody reads."""
    return sys.stdin.isatty()


def must_be_usable(settings: Settings) -> None:
    """Raise `WarehouseError` where the warehouse cannot be used; a person hears of it.

    After an update that nobody completed, systemd started csp serve again and again, and only its
    journal knew why.
    """
    try:
        open_warehouse(settings).dispose()
    except WarehouseError as error:
        if not _is_read_here():
            alarm(None, settings, str(error), utc_now())
        raise


def serve(settings: Settings, say: Callable[[str], None]) -> bool:
    """Serve the timetable until asked to stop; False where it had to be given up.

    Raises `CannotServe` where it cannot be begun.
    """
    try:
        with serving(settings) as cut_off:
            _serve(Serving(settings, say), cut_off)
    except GivenUp as error:
        say(str(error))
        tell(settings, str(error))
        return False
    return True


def _serve(parts: Serving, cut_off: str) -> None:
    with _signals(parts.asked_to_stop):
        parts.say("Starting ...")
        try:
            parts.start()
            if not parts.stops.is_set():
                _say_what_is_served(parts)
            if cut_off:
                tell(parts.settings, cut_off)
            parts.keep_alive()
        except CannotServe as error:
            if not _is_read_here():
                tell(parts.settings, str(error))
            raise
        finally:
            parts.stop()
        parts.say("csp serve has stopped. Nothing is run until it is started again.")


@contextlib.contextmanager
def _signals(handler: Callable[[int, FrameType | None], None]) -> Iterator[None]:
    before = {each: signal.signal(each, handler) for each in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for each, earlier in before.items():
            signal.signal(each, earlier)


def _say_what_is_served(parts: Serving) -> None:
    settings, say = parts.settings, parts.say
    coming = next_runs(settings.schedule, utc_now())
    say(f"csp serve runs these by itself for {settings.partnership.name}, in London time:")
    for plan in plans(settings.schedule):
        due = coming[plan.kind]
        about = f", for {due.label}" if due.label else ""
        say(f"  {plan.kind:<12} {plan.words}; next on {due.told}{about}")
    where = settings.server.address if parts.is_own else parts.api.removesuffix("/api")
    say(f"Each run and what came of it: {where} (Prefect's pages)")
    say(f"Put partners' files into {settings.inbox}.")
    if not settings.mail.host or not settings.alerts.coordinator:
        say("Nobody is told of anything: set [alerts] and [mail] in csp.toml.")
    say("It runs until it is stopped: Ctrl-C, or systemctl stop.")
    sys.stdout.flush()
