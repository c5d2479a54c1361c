"""Folders to work in: nothing of the machine's own configuration reaches a test."""

from pathlib import Path

import pytest
from support.databases import ready_file
from support.files import put


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, without any configuration."""
    monkeypatch.chdir(tmp_path)
    for variable in ("CSP_HOME", "CSP_WAREHOUSE_URL", "CSP_CONFIG"):
        monkeypatch.delenv(variable, raising=False)
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
