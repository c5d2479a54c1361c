"""What Prefect's server is told to run: the four flows by the timetable of csp.toml."""

from datetime import UTC, datetime
from typing import Any, cast

from prefect import Flow, get_client
from prefect.client.schemas.sorting import FlowRunSort
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron
from prefect.states import Cancelled
from prefect.types.entrypoint import EntrypointType

from flows import VERSION
from flows.automations import TAG
from flows.clock import LONDON
from flows.late import deployment_of, due_before
from flows.scheduled import look_after, quarter_end, receive, year_end
from flows.settings import Settings
from flows.timetable import plans

FLOWS: dict[str, Flow[Any, Any]] = {
    flow.name: flow for flow in (receive, quarter_end, year_end, look_after)
}
MISSED = "It was missed while nothing ran; a later run of the kind does its work."
MOST_AT_ONCE = 200
"""The most runs that the server gives at one time."""


def deployments(
    settings: Settings, pool: str = "", job: dict[str, Any] | None = None
) -> list[RunnerDeployment]:
    """Return the deployments, named as their flows; for a work pool where one is named."""
    made: list[RunnerDeployment] = []
    for plan in plans(settings.schedule):
        deployment = FLOWS[plan.kind].to_deployment(
            name=plan.kind,
            schedules=[Cron(plan.cron, timezone=LONDON.key)],
            description=FLOWS[plan.kind].description,
            tags=[TAG],
            version=VERSION,
            work_pool_name=pool or None,
            job_variables=job,
            # A worker finds the flow as a module of csp, wherever it is run.
            entrypoint_type=EntrypointType.MODULE_PATH,
        )
        # Within an event loop it would be something to wait for.
        made.append(cast(RunnerDeployment, deployment))
    return made


async def leave_out_missed() -> None:
    """Cancel the runs that were missed, of each kind all but the last: that one is made up for."""
    async with get_client() as client:
        for kind in FLOWS:
            missed = await client.read_flow_runs(
                deployment_filter=deployment_of(kind),
                flow_run_filter=due_before(datetime.now(UTC)),
                sort=FlowRunSort.EXPECTED_START_TIME_DESC,
                limit=MOST_AT_ONCE,
            )
            for run in missed[1:]:
                await client.set_flow_run_state(run.id, Cancelled(message=MISSED), force=True)
