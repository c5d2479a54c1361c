"""Desks with a warehouse on both databases in turn: one a test, or one for all tests of a file."""

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


@pytest.fixture(scope="module", params=BOTH)
def kept(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Desk]:
    """A desk on each database in turn, which a file fills once for those of its tests that read."""
    with Desk.open(request.param, tmp_path_factory.mktemp("kept")) as opened:
        yield opened
