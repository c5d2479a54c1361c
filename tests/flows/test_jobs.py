"""What scheduled runs have in common, without Prefect."""

import socket
from datetime import datetime
from pathlib import Path

import pytest

from flows.clock import clock_at, utc_now
from flows.jobs import Started, look_for_cut_off, runs_here
from flows.receive import open_warehouse
from flows.settings import load_settings
from warehouse.outbox import alerts
from warehouse.runs import NEVER_BEGAN, running, runs

DUE = datetime(2026, 11, 24, 6, 30)


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


def test_a_run_that_died_before_it_had_a_record_is_recorded_and_told_of_once(ready: Path):
    """A process that was killed while it loaded Prefect left no record, and nobody was told."""
    with clock_at(datetime(2026, 11, 24, 6, 31)):
        look_for_cut_off(Started("quarter-end", "2026-27-Q2", DUE))
        look_for_cut_off(Started("quarter-end", "2026-27-Q2", DUE))
    engine = open_warehouse(load_settings())
    (run,) = runs(engine)
    (told,) = alerts(engine)
    engine.dispose()
    assert (run.kind, run.period_code, run.started_at) == ("quarter-end", "2026-27-Q2", DUE)
    assert (run.state, run.detail) == ("crashed", NEVER_BEGAN)
    assert (told.alert.kind, told.alert.period_code) == ("run-crashed", "2026-27-Q2")


def test_a_run_that_has_a_record_is_not_recorded_again(ready: Path):
    engine = open_warehouse(load_settings())
    with running(engine, "receive", "another-machine", lambda: DUE):
        look_for_cut_off(Started("receive", "", DUE))
    assert [run.state for run in runs(engine)] == ["done"]
    assert alerts(engine) == []
    engine.dispose()
