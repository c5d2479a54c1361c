"""The README names every command, and no command that there is not."""

import re
from pathlib import Path

import pytest
import typer

from flows.cli import app


@pytest.fixture
def readme(root: Path) -> str:
    return (root / "README.md").read_text(encoding="utf-8")


def test_its_table_of_commands_has_each_of_them(readme: str):
    """Half of them had to be found by --help."""
    table = readme.partition("## All commands\n")[2].partition("\n## ")[0]
    told = set(re.findall(r"`csp ([a-z]+)", table))
    assert told == set(typer.main.get_command(app).commands)


def test_no_command_is_told_that_there_is_not(readme: str):
    told = set(re.findall(r"`csp ([a-z]+)\b", readme))
    assert told <= set(typer.main.get_command(app).commands)
