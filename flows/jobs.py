"""What every scheduled run has in common: the right to run, its record, and word of its end."""

import contextlib
import socket
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from flows.alarm import alarm, send_spooled, take_in
from flows.clock import utc_now
from flows.log import note
from flows.post import send_waiting
from flows.publish import HeldBack
from flows.receive import open_warehouse
from flows.settings import Settings, load_settings
from flows.status_page import page_after
from flows.trouble import outage_of, told
from schemas.alerts import AlertKind
from schemas.words import listed
from warehouse.engine import Engine, WarehouseError
from warehouse.runs import (
    CRASHED,
    FAILED,
    HELD,
    RUNNING,
    RunLine,
    Running,
    cut_off,
    look_for_crashed,
    note_never_began,
    running,
    runs,
)

WAITS_SECONDS = 1800
"""How long a pack's run waits for another run that is taking the inbox."""


@dataclass(frozen=True)
class Job:
    """A run under way, with what it works on."""

    settings: Settings
    engine: Engine
    record: Running

    def also(self, kind: str) -> AbstractContextManager[Running]:
        """Hold the right to run another kind as well, waiting for who is at it."""
        return running(
            self.engine, kind, socket.gethostname(), utc_now, waits_seconds=WAITS_SECONDS
        )


@contextlib.contextmanager
def job(kind: str, period_code: str = "") -> Iterator[Job]:
    """Run something as the only one of its kind; whatever becomes of it, somebody hears of it.

    Raises `AlreadyRunning` where such a run is under way.
    """
    settings = load_settings()
    about = f"{kind} of {period_code}" if period_code else kind
    engine: Engine | None = None
    try:
        engine = open_warehouse(settings)
        take_in(engine, settings)
        with running(
            engine, kind, socket.gethostname(), utc_now, period_code=period_code
        ) as record:
            note(settings, f"{about}: started.")
            try:
                yield Job(settings, engine, record)
            except HeldBack as held:
                record.ends(HELD, str(held), cause=held.cause)
                raise
            except Exception as error:
                outage = outage_of(error)
                record.ends(FAILED, outage or told(error), is_told=not outage)
                raise
            finally:
                note(settings, f"{about}: {record.state}. {record.detail}")
    except Exception as error:
        outage = outage_of(error)
        if outage:
            alarm(engine, settings, outage, utc_now())
        raise
    finally:
        _send(engine, settings)
        page_after(engine, settings)
        if engine is not None:
            engine.dispose()


def _send(engine: Engine | None, settings: Settings) -> None:
    """Send what waits; a mail server that is out must not make a run fail that went well."""
    if engine is not None:
        with contextlib.suppress(WarehouseError):
            send_waiting(engine, settings, utc_now())
    send_spooled(settings, utc_now())


@dataclass(frozen=True)
class Started:
    """A run that was started in a process of its own: its kind, its period, when it was due."""

    kind: str
    period_code: str
    due_at: datetime


def look_for_cut_off(started: Started | None = None) -> None:
    """Find runs that ended without a word, say so, and send it.

    `started` has ended: where it left no record, it was cut off before it could make one.
    """
    settings = load_settings()
    try:
        engine = open_warehouse(settings)
    except WarehouseError as error:
        alarm(None, settings, str(error), utc_now())
        return
    now = utc_now()
    with contextlib.suppress(WarehouseError):
        look_for_crashed(engine, now)
        if started is not None:
            at = min(started.due_at, now)
            host = socket.gethostname()
            run = RunLine(0, started.kind, started.period_code, host, at, None, CRASHED, "")
            note_never_began(engine, run, now)
    _send(engine, settings)
    engine.dispose()


def tell(settings: Settings, detail: str) -> None:
    """Tell that something of `csp serve` was interrupted, whatever else is out."""
    engine: Engine | None = None
    with contextlib.suppress(WarehouseError):
        engine = open_warehouse(settings)
    alarm(engine, settings, detail, utc_now(), AlertKind.SERVICE)
    _send(engine, settings)
    if engine is not None:
        engine.dispose()


def runs_here(settings: Settings) -> str:
    """Return the kinds of run that are under way on this machine, in words; "" for none."""
    try:
        engine = open_warehouse(settings)
    except WarehouseError:
        return ""
    try:
        over = {run.id for run in cut_off(engine)}
        here = [run for run in runs(engine, state=RUNNING) if run.host == socket.gethostname()]
        return listed([run.kind for run in here if run.id not in over])
    except WarehouseError:
        return ""
    finally:
        engine.dispose()
