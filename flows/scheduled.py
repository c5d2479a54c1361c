"""The Prefect flows: tables of contents of plain functions, for runs that nobody watches.

Parameters are a period and nothing else; tasks return counts and codes. No frame, no cell value and
no path of a partner's file content ever reaches Prefect's own records; results are not persisted.
"""

from collections.abc import Callable
from datetime import UTC
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.logging import get_run_logger
from prefect.states import Completed

from flows.artifacts import show_pack, show_what_came
from flows.jobs import Started, look_for_cut_off
from flows.late import late_runs
from flows.rounds import (
    pack_round,
    period_of,
    print_pack,
    receive_round,
    take_file,
    watch_round,
)
from warehouse.runs import AlreadyRunning

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


def after_the_end(flow: Any, flow_run: Any, state: Any) -> None:
    """See to it that a run that could not speak for itself is spoken for.

    One that was killed while its process was starting has no record of ours: the part that started
    it calls this, and has it recorded. Prefect calls it by the names of its parameters.
    """
    is_without_record = state.is_crashed() and flow_run.expected_start_time is not None
    look_for_cut_off(_started(flow, flow_run) if is_without_record else None)


def _started(flow: Any, flow_run: Any) -> Started:
    """Return what was to run: its period is the one parameter that a flow has, if it was named."""
    period = next(iter((flow_run.parameters or {}).values()), "")
    at = flow_run.expected_start_time.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    return Started(flow.name, period_of(flow.name, period), at)


HOOKS: dict[str, Any] = {
    "on_failure": [after_the_end],
    "on_crashed": [after_the_end],
    "on_cancellation": [after_the_end],
}


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
    return take_file(name)


@flow(name="receive", **HOOKS)
@one_at_a_time
def receive() -> dict[str, int]:
    """Take every file of the inbox, one task a delivery; only an outage stops the others."""
    return receive_round(receive_delivery, show_what_came)


@task(name="publish-pack", task_run_name="publish {period}", cache_policy=NO_CACHE)
def publish_pack(period: str) -> str:
    """Write the pack of a period and return its folder."""
    folder = print_pack(period)
    show_pack(Path(folder), period)
    return folder


@flow(name="quarter-end", **HOOKS)
@one_at_a_time
def quarter_end(quarter: str = "") -> str:
    """Take the inbox and publish the pack of a quarter: the last that has ended, if none is named.

    Returns the folder of the pack.
    """
    return pack_round("quarter-end", quarter, receive_delivery, publish_pack, show_what_came)


@flow(name="year-end", **HOOKS)
@one_at_a_time
def year_end(year: str = "") -> str:
    """Take the inbox and publish the pack of a year: the last that has ended, if none is named.

    Returns the folder of the pack.
    """
    return pack_round("year-end", year, receive_delivery, publish_pack, show_what_came)


@flow(name="watch", **HOOKS)
@one_at_a_time
def look_after() -> list[str]:
    """Look for what did not happen, and send what waits; returns what needs a person."""
    told = watch_round(late_runs)
    for line in told:
        get_run_logger().warning(line)
    return told
