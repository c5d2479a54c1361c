"""Runs of the pipeline: each is a row from its first moment on, and one of a kind goes at a time.

Who runs holds a lock that ends with the process, however that ends: an advisory lock of PostgreSQL,
or a lock on a file beside the SQLite file. A row that says "running" while nobody holds its lock
was cut off; the next who looks says so, and alerts.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Select, insert, select, text, update

from schemas.alerts import AlertKind
from schemas.issues import LawBroken
from warehouse.engine import WRITES, is_sqlite, lock
from warehouse.outbox import Alert, raise_alert
from warehouse.tables import RUN

try:
    import fcntl
except ImportError:  # Windows, where a partner's analyst may run `csp check`, and nothing is run
    fcntl = None  # type: ignore[assignment]

RUNNING, DONE, HELD, FAILED, CRASHED = "running", "done", "held", "failed", "crashed"
ALERT_OF = {
    HELD: AlertKind.PACK_HELD,
    FAILED: AlertKind.RUN_FAILED,
    CRASHED: AlertKind.RUN_CRASHED,
}
"""What a person is told of a run that ended in a state; of the others nothing."""
CUT_OFF = "The process or the machine ended before the run did."
NEVER_BEGAN = "The process ended while it was starting, before the run had begun its work."
LOOK_AGAIN_SECONDS = 0.5

Clock = Callable[[], datetime]
"""Gives the moment (UTC, without a time zone)."""


class AlreadyRunning(Exception):  # noqa: N818 - it says what is so
    """A run of this kind is under way; the message names it."""


@dataclass(frozen=True)
class RunLine:
    """One run. Times are UTC; `ended_at` is None while it goes on, or if it was cut off."""

    id: int
    kind: str
    period_code: str
    host: str
    started_at: datetime
    ended_at: datetime | None
    state: str
    detail: str


class Running:
    """A run under way; how it ends is said here before its block ends."""

    def __init__(self, number: int):
        self.number = number
        self.state, self.detail = DONE, ""
        self.is_told, self.cause = True, str(number)

    def ends(self, state: str, detail: str, *, is_told: bool = True, cause: str = "") -> None:
        """Say how the run ends, in a sentence without any text of a file.

        It raises an alert unless somebody is told otherwise; `cause` is what that is told once of,
        where it is not this run alone.
        """
        self.state, self.detail, self.is_told = state, detail, is_told
        self.cause = cause or self.cause


@contextmanager
def running(
    engine: Engine,
    kind: str,
    host: str,
    clock: Clock,
    *,
    period_code: str = "",
    waits_seconds: float = 0,
) -> Iterator[Running]:
    """Hold the right to run a kind, and keep the record of the run, whatever becomes of it.

    An error that leaves the block makes it a failed run, which is told by the kind of the error
    alone unless the run said itself how it `ends`. Raises `AlreadyRunning` where another run of the
    kind goes on for longer than is waited.
    """
    with _alone(engine, kind, waits_seconds) as is_alone:
        if not is_alone:
            raise AlreadyRunning(_under_way(engine, kind))
        run = Running(_begin(engine, kind, period_code, host, clock()))
        try:
            yield run
        except Exception as error:
            if run.state == DONE:
                run.ends(FAILED, f"{type(error).__name__}.")
            _end(engine, run, clock())
            raise
        except BaseException:
            if run.state != CRASHED:
                run.ends(CRASHED, "It was stopped.")
            _end(engine, run, clock())
            raise
        _end(engine, run, clock())


def look_for_crashed(engine: Engine, now: datetime) -> list[RunLine]:
    """Find runs that were cut off, say so in their rows, and alert; return those found anew."""
    found: list[RunLine] = []
    for kind in dict.fromkeys(line.kind for line in runs(engine, state=RUNNING)):
        with _alone(engine, kind) as is_alone:
            if is_alone:
                with _writing(engine) as conn:
                    found += _note_crashed(conn, kind, now)
    return found


def note_never_began(engine: Engine, run: RunLine, now: datetime) -> bool:
    """Record a run whose process ended before it had a record of its own, and alert.

    What started it says so, with when it was due. False where the kind has run since: then there is
    a record, or another one does its work.
    """
    with _writing(engine) as conn:
        since = _lines().where(RUN.c.kind == run.kind, RUN.c.started_at >= run.started_at)
        if conn.execute(since).first():
            return False
        number = _insert(conn, run.kind, run.period_code, run.host, run.started_at)
        line = RunLine(*conn.execute(_lines().where(RUN.c.id == number)).one())
        _write_end(conn, line, (CRASHED, NEVER_BEGAN), now, str(number))
    return True


def cut_off(engine: Engine) -> list[RunLine]:
    """Return runs that say they go on while nobody runs them; nothing is changed."""
    found: list[RunLine] = []
    for line in runs(engine, state=RUNNING):
        with _alone(engine, line.kind) as is_alone:
            found += [line] if is_alone else []
    return found


def runs(engine: Engine, *, state: str = "") -> list[RunLine]:
    """Return every run, or those in one state, in the order in which they started."""
    query = _lines()
    if state:
        query = query.where(RUN.c.state == state)
    with engine.connect() as conn:
        return [RunLine(*row) for row in conn.execute(query)]


def _lines() -> Select[Any]:
    r = RUN.c
    return select(
        r.id, r.kind, r.period_code, r.host, r.started_at, r.ended_at, r.state, r.detail
    ).order_by(r.id)


@contextmanager
def _writing(engine: Engine) -> Iterator[Connection]:
    with engine.connect().execution_options(**WRITES) as conn, conn.begin():
        lock(conn, "outbox")
        yield conn


def _begin(engine: Engine, kind: str, period_code: str, host: str, now: datetime) -> int:
    with _writing(engine) as conn:
        _note_crashed(conn, kind, now)
        return _insert(conn, kind, period_code, host, now)


def _insert(conn: Connection, kind: str, period_code: str, host: str, at: datetime) -> int:
    made = conn.execute(
        insert(RUN).values(
            kind=kind, period_code=period_code, host=host, started_at=at, state=RUNNING, detail=""
        )
    ).inserted_primary_key
    if made is None:
        raise LawBroken("the database gave a run no number")
    return int(made[0])


def _end(engine: Engine, run: Running, now: datetime) -> None:
    with _writing(engine) as conn:
        line = RunLine(*conn.execute(_lines().where(RUN.c.id == run.number)).one())
        _write_end(conn, line, (run.state, run.detail), now, run.cause if run.is_told else "")


def _note_crashed(conn: Connection, kind: str, now: datetime) -> list[RunLine]:
    """End the runs of a kind that nobody runs any more; whoever asks holds the lock of the kind."""
    open_runs = conn.execute(_lines().where(RUN.c.kind == kind, RUN.c.state == RUNNING)).all()
    found = [RunLine(*row) for row in open_runs]
    for line in found:
        _write_end(conn, line, (CRASHED, CUT_OFF), now, str(line.id))
    return found


def _write_end(
    conn: Connection, line: RunLine, end: tuple[str, str], now: datetime, told_once_of: str
) -> None:
    state, detail = end
    conn.execute(
        update(RUN).where(RUN.c.id == line.id).values(ended_at=now, state=state, detail=detail)
    )
    kind = ALERT_OF.get(state)
    if kind is not None and told_once_of:
        cause = f"{kind.value}:{told_once_of}"
        told = Alert(kind, cause, f"{line.kind}: {detail}", period_code=line.period_code)
        raise_alert(conn, told, now)


def _under_way(engine: Engine, kind: str) -> str:
    going = [line for line in runs(engine, state=RUNNING) if line.kind == kind]
    if not going:
        return f"Another run of {kind} is just starting or ending."
    line = going[-1]
    return (
        f"A run of {kind} is under way on {line.host} since {line.started_at:%H:%M} UTC on "
        f"{line.started_at:%Y-%m-%d}."
    )


def _alone(engine: Engine, kind: str, waits_seconds: float = 0) -> AbstractContextManager[bool]:
    """Hold the lock of a kind; gives False where somebody else has it for longer than is waited."""
    if not is_sqlite(engine):
        return _alone_on_server(engine, kind, waits_seconds)
    return _alone_beside_file(engine.url.database or "", kind, waits_seconds)


@contextmanager
def _alone_on_server(engine: Engine, kind: str, waits_seconds: float) -> Iterator[bool]:
    # Outside transactions: one that stays open for the length of a run keeps old rows from being
    # cleared away.
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
        name = {"name": f"csp-run:{kind}"}
        ask = text("SELECT pg_try_advisory_lock(hashtext(:name))")
        is_alone = _within(waits_seconds, lambda: bool(conn.execute(ask, name).scalar()))
        try:
            yield is_alone
        finally:
            if is_alone:
                conn.execute(text("SELECT pg_advisory_unlock(hashtext(:name))"), name)


@contextmanager
def _alone_beside_file(database: str, kind: str, waits_seconds: float) -> Iterator[bool]:
    if fcntl is None or database in ("", ":memory:"):
        yield True
        return
    with Path(f"{database}.{kind.replace(' ', '-')}.lock").open("ab") as file:

        def is_locked() -> bool:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            return True

        # The file stays: to remove it would let a third one lock another file of the same name.
        yield _within(waits_seconds, is_locked)


def _within(seconds: float, is_so: Callable[[], bool]) -> bool:
    """Ask again and again until something is so, or the time is over."""
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() >= end:
            return False
        time.sleep(LOOK_AGAIN_SECONDS)
    return True


def last_runs(lines: Iterable[RunLine]) -> dict[str, RunLine]:
    """Return the last run of each kind."""
    return {line.kind: line for line in lines}
