"""Runs that somebody makes by a command, at a terminal or by a cron of the machine.

They are on record as scheduled ones are, and whatever stops one of them reaches a person: a disk or
a database that is out, a fault of the program, and a process that was killed (the next run or `csp
watch` finds it). Two at once are let be; the second is not on record.
"""

import contextlib
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn

import typer

from flows.alarm import alarm, send_spooled, take_in
from flows.clock import utc_now
from flows.commands import fail
from flows.log import note
from flows.missing import BY_HAND
from flows.receive import open_warehouse
from flows.settings import Settings, SettingsError
from flows.show_alerts import show_sent
from flows.status_page import page_after
from flows.trouble import outage_of, told, trouble
from schemas.period import PeriodError
from sources.delivery import CorrectionError
from warehouse.engine import Engine, WarehouseError
from warehouse.runs import CRASHED, DONE, FAILED, AlreadyRunning, Running, running

OF_USE = (CorrectionError, SettingsError, PeriodError, FileExistsError, NotADirectoryError)
"""Errors that the command itself puts into a sentence."""


@dataclass(frozen=True)
class HandRun:
    """A run by hand under way, and the warehouse that it works on."""

    engine: Engine
    record: Running
    settings: Settings

    def met(self, reason: str) -> None:
        """Tell of an outage that stopped the run, and that it has said itself."""
        self.record.ends(FAILED, reason, is_told=False)
        alarm(None, self.settings, reason, utc_now())


@contextlib.contextmanager
def by_hand(kind: str, settings: Settings, period_code: str = "") -> Iterator[HandRun]:
    """Keep the record of a run by hand, and see to it that its trouble is told.

    `kind` is receive, quarter-end or year-end. What stops it ends the command with a sentence and
    exit code 2; the text of an error that nobody foresaw may quote a cell, and is not shown.
    """
    name = BY_HAND[kind]
    about = f"{name} of {period_code}" if period_code else name
    engine: Engine | None = None
    ending: BaseException | None = None
    try:
        engine = open_warehouse(settings)
        with contextlib.suppress(WarehouseError):
            take_in(engine, settings)
        note(settings, f"{about}: started.")
        with _recorded(engine, name, period_code) as record:
            try:
                yield HandRun(engine, record, settings)
            except (typer.Exit, BrokenPipeError, SystemExit) as told_already:
                # The command has said why it ends, or nobody listens any more: rich ends a program
                # whose reader has gone, as `csp receive | head` has.
                ending = told_already
            except OF_USE as error:
                record.ends(FAILED, told(error))
                ending = error
            except KeyboardInterrupt:
                record.ends(CRASHED, "It was stopped at the keyboard.", is_told=False)
                raise
            except Exception as error:
                outage = outage_of(error)
                record.ends(FAILED, outage or trouble(name, error).reason, is_told=not outage)
                raise
        note(settings, f"{about}: {record.state}. {record.detail}")
        if record.state != DONE and record.is_told:
            show_sent(engine, settings)
    except Exception as error:
        _tell(about, error, engine, settings)
    finally:
        page_after(engine, settings)
        if engine is not None:
            engine.dispose()
    if ending is not None:
        raise ending


@contextlib.contextmanager
def _recorded(engine: Engine, name: str, period_code: str) -> Iterator[Running]:
    """Keep the record where that is possible; where it is not, the run goes on without."""
    with contextlib.ExitStack() as stack:
        try:
            record = stack.enter_context(
                running(engine, name, socket.gethostname(), utc_now, period_code=period_code)
            )
        except (AlreadyRunning, WarehouseError):
            record = Running(0)
        yield record


def _tell(about: str, error: Exception, engine: Engine | None, settings: Settings) -> NoReturn:
    """Raise the alarm for what stopped a run, send it, and end the command with a sentence."""
    is_out = engine is None or isinstance(error, WarehouseError)
    outage = outage_of(error)
    said = outage or (
        f"{about} broke off by a fault of the program: {trouble(about, error).reason} "
        "What was loaded and published before stands as it was. It is on record, and the data team "
        "is told."
    )
    note(settings, f"{about}: broke off. {said}")
    if outage:
        # A warehouse that is out is not waited for again.
        alarm(None if is_out else engine, settings, outage, utc_now())
    send_spooled(settings, utc_now())
    if engine is not None and not is_out:
        show_sent(engine, settings)
    fail(said)
