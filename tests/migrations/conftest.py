"""Databases with nothing in them, of both kinds or of one."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from support.databases import BOTH, POSTGRESQL, SQLITE, empty_database, engine_at


@pytest.fixture(params=BOTH)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database with nothing in it, each of the two in turn."""
    with empty_database(request.param, tmp_path) as address, engine_at(address) as engine:
        yield engine


@pytest.fixture
def empty_file(tmp_path: Path) -> Iterator[Engine]:
    """A database with nothing in it, on SQLite."""
    with empty_database(SQLITE, tmp_path) as address, engine_at(address) as engine:
        yield engine


@pytest.fixture
def empty_server(tmp_path: Path) -> Iterator[Engine]:
    """A database with nothing in it, on PostgreSQL."""
    with empty_database(POSTGRESQL, tmp_path) as address, engine_at(address) as engine:
        yield engine
