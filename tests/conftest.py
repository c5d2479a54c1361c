"""What all tests share: the way to the checkout and to `support`, and a few fixtures."""

import os
import sys
from pathlib import Path

import pytest
from hypothesis import Phase, settings

TESTS = Path(__file__).parent
ROOT = TESTS.parent
for folder in (str(TESTS), str(ROOT)):  # the checkout goes first: tests/schemas is no `schemas`
    if folder in sys.path:
        sys.path.remove(folder)
    sys.path.insert(0, folder)

# Packs of tests are pages and CSV alone where they ask for no more: a PDF takes seconds.
os.environ.setdefault("CSP_FORMATS", "none")

# The same examples on every machine, so that a red test means a change of ours. For a search with
# fresh ones: pytest tests/property --hypothesis-profile=search
settings.register_profile(
    "house", deadline=None, derandomize=True, database=None, max_examples=50,
    # A failing example is not made smaller: that takes minutes where one run takes tenths.
    phases=(Phase.explicit, Phase.generate),
)  # fmt: skip
settings.register_profile("search", deadline=None, database=None, max_examples=2_000)
settings.load_profile("house")


@pytest.fixture
def post(tmp_path: Path):
    """An empty inbox with its archive."""
    from support.post import Post

    return Post(tmp_path)


@pytest.fixture
def block(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """The size of the blocks in which CSV files are read: give it by `indirect=True`."""
    from sources import read

    monkeypatch.setattr(read, "BLOCK_BYTES", request.param)
    return request.param


@pytest.fixture
def desk(tmp_path: Path):
    """A desk with an empty warehouse of its own, on SQLite."""
    from support.desk import Desk

    with Desk.open("sqlite", tmp_path) as opened:
        yield opened


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def either(request: pytest.FixtureRequest, tmp_path: Path):
    """A desk with an empty warehouse of its own, on each database in turn."""
    from support.desk import Desk

    with Desk.open(request.param, tmp_path) as opened:
        yield opened


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the checkout."""
    return ROOT
