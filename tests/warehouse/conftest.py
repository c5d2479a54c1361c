"""Warehouses for all tests of a file."""

from collections.abc import Iterator

import pytest
from support.databases import BOTH
from support.desk import Desk


@pytest.fixture(scope="module", params=BOTH)
def kept(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Desk]:
    """A desk on each database in turn, which a file fills once for those of its tests that read."""
    with Desk.open(request.param, tmp_path_factory.mktemp("kept")) as opened:
        yield opened
