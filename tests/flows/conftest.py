"""Folders to work in: nothing of the machine's own configuration reaches a test.

What many tests begin with is made once a run and copied for each of them.
"""

from pathlib import Path
from shutil import copytree

import pytest
from support.command import csp
from support.databases import ready_file
from support.desk import police
from support.files import put
from support.received import CRIMES, RECEIVED_AT, ROWS

from flows.clock import clock_at


def _work_in(folder: Path, patch: pytest.MonkeyPatch) -> None:
    patch.chdir(folder)
    for variable in ("CSP_HOME", "CSP_WAREHOUSE_URL", "CSP_CONFIG"):
        patch.delenv(variable, raising=False)


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, without any configuration."""
    _work_in(tmp_path, monkeypatch)
    return tmp_path


@pytest.fixture
def home(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, without csp.toml; what csp keeps goes into `data` below it."""
    monkeypatch.setenv("CSP_HOME", "data")
    return elsewhere


@pytest.fixture
def ready(home: Path) -> Path:
    """The same with an empty warehouse in it, so that no command has to make one."""
    put(home / "data", "warehouse.db", ready_file())
    return home


@pytest.fixture(scope="session")
def _received_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("received")
    put(folder / "data", "warehouse.db", ready_file())
    put(folder, CRIMES, police(ROWS))
    with pytest.MonkeyPatch.context() as patch:
        _work_in(folder, patch)
        patch.setenv("CSP_HOME", "data")
        with clock_at(RECEIVED_AT):
            csp("receive", CRIMES)
    return folder


@pytest.fixture
def received(home: Path, _received_once: Path) -> Path:
    """The same with the extract of `support.received` in it, and received."""
    copytree(_received_once, home, dirs_exist_ok=True)
    return home
