"""What the server itself looks after: runs that do not start, and runs that gave no sign of life.

Either has `watch` run, which finds what was cut off or is late, and tells a person by the outbox:
once, whoever else has found it.
"""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from prefect import get_client
from prefect.automations import AutomationCore
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.objects import StateType
from prefect.events.actions import ActionTypes, ChangeFlowRunState, RunDeployment
from prefect.events.schemas.automations import EventTrigger, Posture

from flows.late import LATE_AFTER, PACKS_AND_INBOX

LATE, SILENT = "csp: a run has not started", "csp: a run gives no sign of life"
SILENT_AFTER = timedelta(minutes=5)
"""How long a run may be silent: ten of its signs of life, which it gives every 30 seconds."""
WATCH = "watch"
TAG = "csp"
"""What all our deployments, and so their runs, are tagged with."""
_PACKS_AND_INBOX: dict[str, str | list[str]] = {
    "prefect.resource.role": "deployment",
    "prefect.resource.name": list(PACKS_AND_INBOX),
}
_ALL: dict[str, str | list[str]] = {
    "prefect.resource.role": "tag",
    "prefect.resource.id": f"prefect.tag.{TAG}",
}
"""All of our runs, by their tag: a sign of life names its deployment by number alone."""
_RUN = "prefect.flow-run"
_ENDS = {f"{_RUN}.{end}" for end in ("Completed", "Failed", "Crashed", "Cancelled", "TimedOut")}
_GOES_ON = {f"{_RUN}.{word}" for word in ("Scheduled", "Pending", "Running", "Skipped")}


def triggers(
    late_after: timedelta = LATE_AFTER, silent_after: timedelta = SILENT_AFTER
) -> dict[str, EventTrigger]:
    """Return what sets each automation off; a `watch` that is late itself does not."""
    return {
        LATE: _absence({f"{_RUN}.Late"}, _GOES_ON | _ENDS, _PACKS_AND_INBOX, late_after),
        SILENT: _absence(
            {f"{_RUN}.heartbeat"},
            {f"{_RUN}.heartbeat", f"{_RUN}.Skipped"} | _ENDS,
            _ALL,
            silent_after,
        ),
    }


def _absence(
    after: set[str], expect: set[str], related: dict[str, str | list[str]], within: timedelta
) -> EventTrigger:
    return EventTrigger(
        after=after,
        expect=expect,
        match={"prefect.resource.id": f"{_RUN}.*"},
        match_related=related,
        for_each={"prefect.resource.id"},
        posture=Posture.Proactive,
        threshold=1,
        within=within,
    )


async def lay_automations(
    late_after: timedelta = LATE_AFTER, silent_after: timedelta = SILENT_AFTER
) -> None:
    """Make the automations on the server, or bring those of the same name up to date."""
    async with get_client() as client:
        watch = await client.read_deployment_by_name(f"{WATCH}/{WATCH}")
        look = RunDeployment(
            source="selected", deployment_id=watch.id, parameters=None, job_variables=None
        )
        crashed = ChangeFlowRunState(
            state=StateType.CRASHED,
            name="Crashed",
            message="It gave no sign of life.",
            force=False,
        )
        actions: dict[str, list[ActionTypes]] = {LATE: [look], SILENT: [crashed, look]}
        for name, trigger in triggers(late_after, silent_after).items():
            wanted = AutomationCore(name=name, trigger=trigger, actions=actions[name])
            await _lay(client, wanted, [a.id for a in await client.read_automations_by_name(name)])


async def _lay(client: PrefectClient, wanted: AutomationCore, there: Sequence[UUID]) -> None:
    if not there:
        await client.create_automation(wanted)
        return
    await client.update_automation(there[0], wanted)
    for doubled in there[1:]:
        await client.delete_automation(doubled)
