"""The README names every command, and no command that there is not."""

import re
from pathlib import Path

import typer

from flows.cli import app

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


def test_its_table_of_commands_has_each_of_them():
    """Half of them had to be found by --help."""
    table = README.partition("## All commands\n")[2].partition("\n## ")[0]
    told = set(re.findall(r"`csp ([a-z]+)", table))
    assert told == set(typer.main.get_command(app).commands)


def test_no_command_is_told_that_there_is_not():
    told = set(re.findall(r"`csp ([a-z]+)\b", README))
    assert told <= set(typer.main.get_command(app).commands)
