"""Desks with a warehouse of their own on both databases in turn."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.databases import POSTGRESQL, SQLITE
from support.desk import Desk

BOTH = (SQLITE, pytest.param(POSTGRESQL, marks=pytest.mark.slow))


@pytest.fixture(params=BOTH)
def either(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    """A desk on each database in turn."""
    with Desk.open(request.param, tmp_path) as opened:
        yield opened
