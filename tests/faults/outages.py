"""Outages: a full disk, a target that may not be written, a lock, a connection that is cut.

Whatever is out, the run ends with a sentence that says what it is, nobody sees half a delivery, and
the run after it, once that is put right, leaves the warehouse as if nothing had happened.
"""

import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, event
from support.databases import POSTGRESQL, SQLITE, administer, engine_at, own_by_server
from support.mounts import disk, write_protected
from support.onlooker import watched
from support.runs import run

from faults.course import Course, Site, course_of, hold_against, site
from faults.inboxes import clean

ROOM = 64 << 10
"""What is left free on a disk on which a warehouse cannot grow."""
IMPATIENT = {"changes": {"warehouse.engine.BUSY_SECONDS": 1}}


@dataclass(frozen=True)
class Situation:
    """A warehouse with something out, and how that is put right."""

    place: Site
    mend: Callable[[], object]
    order: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Outage:
    """Something that is out, and the sentence that must be said of it.

    `leaves` is how many deliveries stand after the run; -1 means all of them.
    """

    arranged: Callable[[], AbstractContextManager[Situation]]
    says: str
    code: int = 1
    leaves: int = 0
    needs_mounts: bool = False
    kind: str = SQLITE


# --- a target that is locked --------------------------------------------------------------------


@contextmanager
def locked_file(*, is_ready: bool = True) -> Iterator[Situation]:
    """Another program writes to the SQLite file for longer than is waited."""
    with site(SQLITE, clean(), is_ready=is_ready) as place:
        other = sqlite3.connect(place.settings.database, isolation_level=None)
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("BEGIN IMMEDIATE")
        try:
            yield Situation(place, partial(other.execute, "ROLLBACK"), IMPATIENT)
        finally:
            other.close()


@contextmanager
def locked_source() -> Iterator[Situation]:
    """Another program loads the same source into PostgreSQL for longer than is waited."""
    with (
        site(POSTGRESQL, clean()) as place,
        engine_at(place.address) as engine,
        engine.connect() as conn,
        conn.begin(),
    ):
        conn.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtext('csp:police_crime'))")
        database = place.address.database
        administer(f"ALTER ROLE postgres IN DATABASE {database} SET lock_timeout = '1s'")
        yield Situation(place, conn.rollback)


# --- disks that are full, or may only be read -----------------------------------------------------


@contextmanager
def full_disk_of_warehouse() -> Iterator[Situation]:
    """The disk of the SQLite file has no room for another file's rows."""
    with (
        TemporaryDirectory() as folder,
        disk(Path(folder), 64 << 20) as small,
        site(SQLITE, clean(), database_in=Path(folder)) as place,
    ):
        small.resize(shutil.disk_usage(folder).used + ROOM)
        yield Situation(place, partial(small.resize, 64 << 20))


@contextmanager
def full_disk(name: str) -> Iterator[Situation]:
    """The disk of one of our folders is full."""
    with site(SQLITE, clean()) as place, disk(place.settings.home / name) as small:
        small.fill()
        yield Situation(place, small.empty)


@contextmanager
def read_only_disk() -> Iterator[Situation]:
    """The disk of the SQLite file may only be read."""
    with (
        TemporaryDirectory() as folder,
        disk(Path(folder), 64 << 20) as small,
        site(SQLITE, clean(), database_in=Path(folder)) as place,
    ):
        small.write_protect()
        yield Situation(place, partial(small.write_protect, False))


@contextmanager
def read_only_file() -> Iterator[Situation]:
    """The SQLite file itself may only be read."""
    with site(SQLITE, clean()) as place, write_protected(place.settings.database) as mend:
        yield Situation(place, mend)


@contextmanager
def read_only_folder(name: str) -> Iterator[Situation]:
    """One of our folders may only be read."""
    with site(SQLITE, clean()) as place, disk(place.settings.home / name) as small:
        small.write_protect()
        yield Situation(place, partial(small.write_protect, False))


@contextmanager
def full_disk_of_server() -> Iterator[Situation]:
    """The disk of the PostgreSQL database is full."""
    with TemporaryDirectory() as folder, disk(Path(folder), 256 << 20) as small:
        own_by_server(folder)
        with site(POSTGRESQL, clean()) as place:
            name = place.address.database
            administer(f"CREATE TABLESPACE small_disk LOCATION '{folder}'")
            administer(f"ALTER DATABASE {name} SET TABLESPACE small_disk")
            place.state()  # the first who connects needs some room
            small.fill()
            yield Situation(place, small.empty)
        administer("DROP TABLESPACE small_disk")


@contextmanager
def read_only_server() -> Iterator[Situation]:
    """The PostgreSQL database may only be read, as a replica or one that is being moved."""
    with site(POSTGRESQL, clean()) as place:
        setting = f"ALTER DATABASE {place.address.database} SET default_transaction_read_only"
        administer(f"{setting} = on")
        yield Situation(place, partial(administer, f"{setting} = off"))


OUTAGES: dict[str, Outage] = {
    "another program writes to the SQLite file": Outage(
        locked_file,
        "The warehouse {warehouse} is in use: another program was writing to it and had not ended "
        "after 1 seconds.",
    ),
    "another program makes the SQLite file": Outage(
        partial(locked_file, is_ready=False),
        "csp: The warehouse {warehouse} is in use: another program was writing to it and had not "
        "ended after 1 seconds.",
        code=2,
    ),
    "another program loads the source into PostgreSQL": Outage(
        locked_source,
        "The warehouse {warehouse} broke off what took too long: another program may be holding "
        "it.",
        kind=POSTGRESQL,
    ),
    "the disk of the SQLite file is full": Outage(
        full_disk_of_warehouse, "The disk of the warehouse {warehouse} is full.", needs_mounts=True
    ),
    "the disk of the archive is full": Outage(
        partial(full_disk, "archive"),
        "{home}/archive: the disk is full.",
        needs_mounts=True,
    ),
    "the disk of the receipts is full": Outage(
        partial(full_disk, "receipts"),
        "its receipt could not be written ({home}/receipts: the disk is full).",
        leaves=-1,
        needs_mounts=True,
    ),
    "the disk of the SQLite file may only be read": Outage(
        read_only_disk,
        "csp: The warehouse {warehouse} cannot be opened: its folder is not there, or this user "
        "may not write to that folder.",
        code=2,
        needs_mounts=True,
    ),
    "the SQLite file may only be read": Outage(
        read_only_file,
        "The warehouse {warehouse} may only be read from here, not written to.",
        needs_mounts=True,
    ),
    "the archive may only be read": Outage(
        partial(read_only_folder, "archive"),
        "{home}/archive: it may only be read, not written to.",
        needs_mounts=True,
    ),
    "the receipts may only be read": Outage(
        partial(read_only_folder, "receipts"),
        "its receipt could not be written ({home}/receipts: it may only be read, not written to).",
        leaves=-1,
        needs_mounts=True,
    ),
    "the disk of PostgreSQL is full": Outage(
        full_disk_of_server,
        "The disk of the warehouse {warehouse} is full.",
        needs_mounts=True,
        kind=POSTGRESQL,
    ),
    "PostgreSQL may only be read": Outage(
        read_only_server,
        "The warehouse {warehouse} may only be read from here, not written to.",
        kind=POSTGRESQL,
    ),
}


@cache
def course(kind: str) -> Course:
    """Return the undisturbed course of the files that all outages meet."""
    return course_of(kind, clean())


def suffer(outage: Outage) -> tuple[list[str], str]:
    """Let a run meet an outage, put it right, run again; return the faults, and what was said."""
    with outage.arranged() as situation:
        place = situation.place
        undisturbed = course(place.kind)
        code, said = run(place.order(**situation.order))
        situation.mend()
        faults = [] if code == outage.code else [f"exit code {code}"]
        faults += ["a traceback"] if "Traceback" in said else []
        sentence = outage.says.format(warehouse=named(place), home=place.settings.home)
        faults += [] if sentence in " ".join(said.split()) else [f"it said: {said[-600:]}"]
        if outage.code == 1 and place.state() != undisturbed.states[outage.leaves]:
            faults.append("the warehouse was changed")
        again, _ = run(place.order())
        faults += [] if again == undisturbed.code else [f"the next run ended with {again}"]
        return faults + hold_against(undisturbed, place), sentence


def named(place: Site) -> str:
    """Return what messages call a warehouse."""
    if place.kind == SQLITE:
        return str(place.address.database)
    return place.address.set(query={}).render_as_string()


# --- a connection that is cut ---------------------------------------------------------------------


def cut_before(number: int) -> Callable[[], None]:
    """Return what cuts the connection right before the n-th thing that is asked of PostgreSQL."""
    return partial(_cutting, number, None)


def counting(into: Path) -> Callable[[], None]:
    """Return what counts the things that are asked of PostgreSQL."""
    return partial(_cutting, 0, into)


def _cutting(number: int, into: Path | None) -> None:
    asked = 0

    def ask(driver: psycopg.Connection) -> None:
        nonlocal asked
        asked += 1
        if into:
            into.write_text(str(asked), encoding="utf-8")
        if asked == number:
            with psycopg.connect(driver.info.dsn, autocommit=True) as other:
                other.execute("SELECT pg_terminate_backend(%s, 5000)", [driver.info.backend_pid])

    def of_engine(conn: Connection, *_: Any) -> None:
        driver: Any = conn.connection.driver_connection
        ask(driver)

    def in_the_middle(copy: psycopg.Copy, rows: Any) -> None:
        ask(copy.connection)
        write(copy, rows)

    write, psycopg.Copy.write = psycopg.Copy.write, in_the_middle
    event.listen(Engine, "before_cursor_execute", of_engine)
    event.listen(Engine, "commit", of_engine)


def points_to_cut(count: int, seed: int) -> tuple[list[int], int]:
    """Draw so many of the things that a run asks of PostgreSQL; return them, and of how many."""
    with TemporaryDirectory() as folder, site(POSTGRESQL, clean()) as place:
        run(place.order(befalls=(counting(Path(folder) / "asked"),)))
        asked = int((Path(folder) / "asked").read_text(encoding="utf-8"))
    return sorted(random.Random(seed).sample(range(1, asked + 1), min(count, asked))), asked


def cut(number: int) -> list[str]:
    """Cut the connection of a run, run again, and return the faults."""
    undisturbed = course(POSTGRESQL)
    with site(POSTGRESQL, clean()) as place:
        with watched(place.address) as onlooker:
            code, said = run(place.order(befalls=(cut_before(number),)))
            faults = ["a traceback"] if "Traceback" in said else []
            # A connection that is cut while nobody uses it is made anew, and the run goes on.
            is_carried_on = code == undisturbed.code and place.record() == undisturbed.record
            if not is_carried_on:
                faults += [] if code in (1, 2) else [f"exit code {code}"]
                sentence = f"he connection to the warehouse {named(place)} was lost"
                faults += [] if sentence in " ".join(said.split()) else [f"it said: {said[-600:]}"]
            again, _ = run(place.order())
            faults += [] if again == undisturbed.code else [f"the next run ended with {again}"]
        return faults + hold_against(undisturbed, place, onlooker)
