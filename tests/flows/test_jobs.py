"""What scheduled runs have in common, without Prefect."""

import socket
from pathlib import Path

import pytest

from flows.clock import utc_now
from flows.jobs import runs_here
from flows.receive import open_warehouse
from flows.settings import load_settings
from warehouse.runs import running


@pytest.mark.parametrize(
    ("host", "waited_for"), [(socket.gethostname(), "receive"), ("another-machine", "")]
)
def test_a_stop_waits_for_runs_of_this_machine_alone(home: Path, host: str, waited_for: str):
    """On a warehouse of several machines `csp serve` waited a minute for runs of the others."""
    settings = load_settings()
    engine = open_warehouse(settings)
    with running(engine, "receive", host, utc_now):
        assert runs_here(settings) == waited_for
    engine.dispose()
