"""The Prefect flows: tables of contents of plain functions, for runs that nobody watches.

Parameters are a period and nothing else; tasks return counts and codes. No frame, no cell value and
no path of a partner's file content ever reaches Prefect's own records; results are not persisted.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.logging import get_run_logger
from prefect.states import Completed

from flows.artifacts import last_delivery, show_pack, show_what_came
from flows.jobs import Job, job, look_for_cut_off, utc_now
from flows.late import late_runs
from flows.places import files_in
from flows.publish import publish, quarter_before, read_period, year_before
from flows.receipts import write_receipts
from flows.receive import Outcome, open_warehouse, receive_file
from flows.settings import load_settings
from flows.timetable import LONDON
from flows.trouble import Trouble, Unwritten
from flows.watch import watch
from reports.pack import Pack
from schemas.period import Month
from schemas.words import counted
from sources.inbox import LeftOut
from warehouse.engine import WarehouseError
from warehouse.outbox import raise_alerts
from warehouse.runs import AlreadyRunning

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


def after_the_end(flow: Any, flow_run: Any, state: Any) -> None:
    """See to it that a run that could not speak for itself is spoken for.

    Prefect calls it by the names of its parameters.
    """
    del flow, flow_run, state
    look_for_cut_off()


HOOKS: dict[str, Any] = {
    "on_failure": [after_the_end],
    "on_crashed": [after_the_end],
    "on_cancellation": [after_the_end],
}


class RunFailed(Exception):  # noqa: N818 - it says what happened
    """Something of the run went wrong here, not at a partner's; the others were dealt with."""


class Outage(RunFailed):
    """The machine or the warehouse is out; the files behind were not taken."""


def one_at_a_time(run: Callable[Given, Answer]) -> Callable[Given, Answer | State[Any]]:
    """Have a run that finds another one of its kind at work leave it to that one."""

    @wraps(run)
    def tried(*args: Given.args, **named: Given.kwargs) -> Answer | State[Any]:
        try:
            return run(*args, **named)
        except AlreadyRunning as error:
            return Completed(name="Skipped", message=str(error))

    return tried


@task(name="receive-delivery", task_run_name="receive {name}", cache_policy=NO_CACHE)
def receive_delivery(name: str) -> dict[str, int]:
    """Take one file of the inbox; return how many deliveries it gave, and of which outcome."""
    settings = load_settings()
    engine = open_warehouse(settings)
    counts = {"accepted": 0, "rejected": 0, "left out": 0, "trouble": 0, "known": 0}
    outcomes = list(receive_file(engine, settings.inbox / name, settings))
    for outcome in outcomes:
        counts[outcome_of(outcome)] += 1
    for place in write_receipts(engine, outcomes, settings):
        if isinstance(place, Unwritten):
            # The delivery stands, so the run goes on; csp receipt writes the page again.
            get_run_logger().warning("no receipt for %s: %s", place.file_name, place.reason)
    engine.dispose()
    if counts["trouble"]:
        is_outage = any(isinstance(o, Trouble) and o.is_outage for o in outcomes)
        failure = Outage if is_outage else RunFailed
        raise failure(f"{name} could not be dealt with; csp receive says where it failed.")
    return counts


def outcome_of(outcome: Outcome) -> str:
    """Return the one word that says what became of a file."""
    if isinstance(outcome, Trouble):
        return "trouble"
    if isinstance(outcome, LeftOut):
        return "left out"
    return "known" if outcome.is_known else outcome.status


@flow(name="receive", **HOOKS)
@one_at_a_time
def receive() -> dict[str, int]:
    """Take every file of the inbox, one task a delivery; only an outage stops the others."""
    with job("receive") as run:
        return take_inbox(run)


def take_inbox(run: Job) -> dict[str, int]:
    """Take every file of the inbox as a part of a run."""
    names = [str(path.relative_to(run.settings.inbox)) for path in files_in(run.settings)]
    total: dict[str, int] = {}
    dealt_with, before = 0, last_delivery(run.engine)
    for name in names:
        state = receive_delivery(name, return_state=True)
        if state.is_completed():
            dealt_with += 1
            for word, number in state.result().items():
                total[word] = total.get(word, 0) + number
        elif isinstance(state.result(raise_on_failure=False), Outage | WarehouseError):
            break
    get_run_logger().info("received: %s", total)
    show_what_came(run.engine, before)
    if dealt_with < len(names):
        raise RunFailed(
            f"{len(names) - dealt_with} of {counted(len(names), 'file')} could not be dealt with; "
            "csp receive says where each of them failed."
        )
    return total


@task(name="publish-pack", task_run_name="publish {period}", cache_policy=NO_CACHE)
def publish_pack(period: str) -> str:
    """Write the pack of a period and return its folder."""
    settings = load_settings()
    engine = open_warehouse(settings)
    pack: Pack = publish(engine, read_period(period), settings)
    engine.dispose()
    return str(pack.folder)


@flow(name="quarter-end", **HOOKS)
@one_at_a_time
def quarter_end(quarter: str = "") -> str:
    """Take the inbox and publish the pack of a quarter: the last that has ended, if none is named.

    Returns the folder of the pack.
    """
    return _make_pack("quarter-end", quarter or quarter_before(_today()).code)


@flow(name="year-end", **HOOKS)
@one_at_a_time
def year_end(year: str = "") -> str:
    """Take the inbox and publish the pack of a year: the last that has ended, if none is named.

    Returns the folder of the pack.
    """
    return _make_pack("year-end", year or year_before(_today()).code)


def _today() -> Month:
    return Month.of(datetime.now(LONDON).date())


def _make_pack(kind: str, period: str) -> str:
    with job(kind, read_period(period).code) as run:
        try:
            with run.also("receive"):
                take_inbox(run)
        except AlreadyRunning as error:
            # Waited for in vain: that is no other run of this kind, which would do its work.
            raise RunFailed(str(error)) from None
        folder = publish_pack(period)
        show_pack(Path(folder), read_period(period).label)
        return folder


@flow(name="watch", **HOOKS)
@one_at_a_time
def look_after() -> list[str]:
    """Look for what did not happen, and send what waits; returns what needs a person."""
    with job("watch") as run:
        now = utc_now()
        late = list(late_runs(now))
        raise_alerts(run.engine, late, now)
        told = [alert.detail for alert in late] + watch(run.engine, run.settings, now)
    for line in told:
        get_run_logger().warning(line)
    return told
