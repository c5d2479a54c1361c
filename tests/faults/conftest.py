"""What the planted faults are tried with, and the table of their answers.

    pytest tests/faults/test_catalogue.py -k 19c-          one fault
    pytest tests/faults/test_catalogue.py -v               all, and the table below the run

The table has a line a planted fault: the answer that is due, the answer given, and whether they
agree. It is printed with -v only.
"""

import logging
from typing import Any

import pytest

FAULT, DUE, GIVEN = "fault", "answer due", "answer given"


@pytest.fixture(scope="session")
def histories(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Warehouses with clean files in them, made once."""
    from support.answers import Histories

    return Histories(tmp_path_factory.mktemp("histories"))


@pytest.fixture
def heard(capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> Any:
    """What is printed and logged from now on."""
    from support.answers import Heard

    caplog.set_level(logging.INFO)
    return Heard(capsys, caplog)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print the table of the faults, with -v."""
    if terminalreporter.config.get_verbosity() < 1:
        return
    lines = {}
    for reports in terminalreporter.stats.values():
        for report in reports:
            told = dict(getattr(report, "user_properties", ()))
            if DUE in told and report.when == "call":
                lines[told[FAULT]] = (told[DUE], told[GIVEN], report.outcome)
    if not lines:
        return
    terminalreporter.section("the fault catalogue")
    for fault, (due, given, outcome) in sorted(lines.items(), key=lambda line: _order(line[0])):
        agrees = "agree" if outcome == "passed" else "DIFFER"
        terminalreporter.write_line(f"{fault:<38} {agrees:<7} due: {due}")
        if outcome != "passed":
            terminalreporter.write_line(f"{'':<46} given: {given}")


def _order(fault: str) -> tuple[int, str]:
    number = fault.split("-", maxsplit=1)[0]
    return int(number.rstrip("abcdefghijklmnopqrstuvwxyz")), number
