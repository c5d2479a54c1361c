"""Runs that somebody makes by a command, at a terminal or by a cron of the machine.

They are on record as scheduled ones are, and whatever stops one of them reaches a person: a disk or
a database that is out, a fault of the program, and a process that was killed (the next run or `csp
watch` finds it). So the record is begun before anything heavy is loaded: what reads and checks
files takes seconds to load, and a process that was killed meanwhile left no trace. Two at once are
let be; the second is not on record.
"""

import contextlib
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn

import typer

from flows.clock import utc_now
from flows.commands import fail
from flows.log import note
from flows.places import engine_of
from flows.settings import Settings, SettingsError
from flows.timetable import BY_HAND
from flows.trouble import outage_of, told, trouble
from schemas.period import PeriodError
from sources.delivery import CorrectionError
from warehouse.engine import Engine, WarehouseError
from warehouse.runs import CRASHED, DONE, FAILED, AlreadyRunning, Running, running
from warehouse.state import REVISION, reached, revision_of

OF_USE = (CorrectionError, SettingsError, PeriodError, FileExistsError, NotADirectoryError)
"""Errors that the command itself puts into a sentence."""


@dataclass
class HandRun:
    """A run by hand under way, and the warehouse that it works on."""

    engine: Engine
    record: Running
    settings: Settings
    is_ready: bool = False

    def met(self, reason: str) -> None:
        """Tell of an outage that stopped the run, and that it has said itself."""
        from flows.alarm import alarm  # noqa: PLC0415

        self.record.ends(FAILED, reason, is_told=False)
        alarm(None, self.settings, reason, utc_now())


@contextlib.contextmanager
def by_hand(kind: str, settings: Settings, period_code: str = "") -> Iterator[HandRun]:
    """Keep the record of a run by hand, and see to it that its trouble is told.

    `kind` is receive, quarter-end or year-end. What stops it ends the command with a sentence and
    exit code 2; the text of an error that nobody foresaw may quote a cell, and is not shown. What
    the work itself needs is to be loaded within the block.
    """
    name = BY_HAND[kind]
    about = f"{name} of {period_code}" if period_code else name
    run: HandRun | None = None
    ending: BaseException | None = None
    try:
        run = HandRun(engine_of(settings), Running(0), settings)
        with contextlib.ExitStack() as record:
            if _is_there(run.engine):
                run.record = record.enter_context(_recorded(run.engine, name, period_code))
            try:
                _make_ready(run)
                if not run.record.number:
                    run.record = record.enter_context(_recorded(run.engine, name, period_code))
                note(settings, f"{about}: started.")
                yield run
            except (typer.Exit, BrokenPipeError, SystemExit) as told_already:
                # The command has said why it ends, or nobody listens any more: rich ends a program
                # whose reader has gone, as `csp receive | head` has.
                ending = told_already
            except OF_USE as error:
                run.record.ends(FAILED, told(error))
                ending = error
            except KeyboardInterrupt:
                run.record.ends(CRASHED, "It was stopped at the keyboard.", is_told=False)
                raise
            except Exception as error:
                outage = outage_of(error)
                reason = outage or trouble(name, error).reason
                run.record.ends(FAILED, reason, is_told=not outage)
                raise
        note(settings, f"{about}: {run.record.state}. {run.record.detail}")
        if run.record.state != DONE and run.record.is_told:
            _send(run)
    except Exception as error:
        _tell(about, error, run.engine if run and run.is_ready else None, settings)
    finally:
        _close(run, settings)
    if ending is not None:
        raise ending


def _is_there(engine: Engine) -> bool:
    """Say whether the warehouse keeps records as this program does; asked without loading much.

    Raises `WarehouseError` where it is out: then nothing heavy has to be loaded to find that out.
    """
    with reached(engine), engine.connect() as conn:
        return revision_of(conn) == REVISION


def _make_ready(run: HandRun) -> None:
    """Load what reads and checks files, make the warehouse ready, and take in what waits."""
    from flows.alarm import take_in  # noqa: PLC0415
    from flows.receive import make_ready  # noqa: PLC0415

    make_ready(run.engine, run.settings)
    run.is_ready = True
    with contextlib.suppress(WarehouseError):
        take_in(run.engine, run.settings)


def _send(run: HandRun) -> None:
    from flows.show_alerts import show_sent  # noqa: PLC0415

    show_sent(run.engine, run.settings)


def _close(run: HandRun | None, settings: Settings) -> None:
    """Write the status page, whatever came of the run, and close what it opened."""
    from flows.status_page import page_after  # noqa: PLC0415

    page_after(run.engine if run and run.is_ready else None, settings)
    if run is not None:
        run.engine.dispose()


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
    from flows.alarm import alarm, send_spooled  # noqa: PLC0415
    from flows.show_alerts import show_sent  # noqa: PLC0415

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
