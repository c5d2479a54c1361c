"""Runs that Prefect's server has on its list, and that nobody has started in time."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from prefect import get_client
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterName,
    FlowRunFilter,
    FlowRunFilterExpectedStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import StateType

from flows.timetable import Due
from schemas.alerts import AlertKind
from warehouse.outbox import Alert

LATE_AFTER = timedelta(minutes=10)
"""How long after its time a run may start before somebody is told."""
PACKS_AND_INBOX = ("receive", "quarter-end", "year-end")
"""The kinds of run whose lateness is told; `watch` is the one that tells it."""


def due_before(moment: datetime, *more: StateType) -> FlowRunFilter:
    """Return the filter for runs that should have started by a moment and have not."""
    states = [StateType.SCHEDULED, *more]
    return FlowRunFilter(
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=states)),
        expected_start_time=FlowRunFilterExpectedStartTime.model_validate({"before_": moment}),
    )


def deployment_of(kind: str) -> DeploymentFilter:
    """Return the filter for the deployment of a kind of run."""
    return DeploymentFilter(name=DeploymentFilterName(any_=[kind]))


def late_runs(now: datetime) -> Iterator[Alert]:
    """Yield an alert for each kind of run that should have started by now (UTC), once a day.

    One that was taken up and never began is among them: the machine that did so has gone.
    """
    with get_client(sync_client=True) as client:
        for kind in PACKS_AND_INBOX:
            late = client.read_flow_runs(
                deployment_filter=deployment_of(kind),
                flow_run_filter=due_before(now.replace(tzinfo=UTC) - LATE_AFTER, StateType.PENDING),
                limit=1,
            )
            for run in late:
                at = (run.expected_start_time or now).astimezone(UTC).replace(tzinfo=None)
                due = Due(kind, "", "", at)
                cause = f"{AlertKind.RUN_MISSING.value}:late:{kind}:{at:%Y-%m-%d}"
                detail = f"{kind}: It was due on {due.told} and has not started."
                yield Alert(AlertKind.RUN_MISSING, cause, detail)
