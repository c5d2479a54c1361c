"""Databases with nothing in them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from support.databases import BOTH, empty_database, engine_at


@pytest.fixture(params=BOTH)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database with nothing in it, each of the two in turn."""
    with empty_database(request.param, tmp_path) as address, engine_at(address) as engine:
        yield engine
