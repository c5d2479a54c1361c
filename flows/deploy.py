"""`csp deploy`: the timetable on a team's own Prefect server, for a work pool of processes."""

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path

import httpx
from prefect import get_client
from prefect.exceptions import ObjectNotFound, PrefectHTTPStatusError

from flows.automations import LATE, SILENT, lay_automations
from flows.deployments import deployments
from flows.settings import CONFIG_NAME, Settings
from flows.timetable import plans


class CannotDeploy(Exception):  # noqa: N818 - it says what is so
    """The server or the pool is not there; the message says what to do."""


def deploy_to(settings: Settings, pool: str) -> Iterator[str]:
    """Make the deployments and automations, or bring them up to date; yield what was done."""
    try:
        _must_have(pool)
        for made, plan in zip(
            deployments(settings, pool, _job(settings)), plans(settings.schedule), strict=True
        ):
            made.apply()
            yield f"{plan.kind}: {plan.words} (London time)"
        asyncio.run(lay_automations())
    except (httpx.HTTPError, PrefectHTTPStatusError):
        raise CannotDeploy(
            "The Prefect server of PREFECT_API_URL does not answer as it should."
        ) from None
    yield f"Automations: {LATE}; {SILENT}."
    yield f"Now start a worker here: prefect worker start --type process --pool {pool}"


def _must_have(pool: str) -> None:
    with get_client(sync_client=True) as client:
        try:
            client.read_work_pool(pool)
        except ObjectNotFound:
            raise CannotDeploy(
                f"There is no work pool {pool}. Make it: prefect work-pool create {pool} --type "
                "process"
            ) from None


def _job(settings: Settings) -> dict[str, object]:
    """Return what a worker needs to find folder and configuration from wherever it stands."""
    environment = {
        "CSP_HOME": str(settings.home.resolve()),
        "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30",
    }
    config = Path(os.environ.get("CSP_CONFIG", CONFIG_NAME))
    if config.is_file():
        environment["CSP_CONFIG"] = str(config.resolve())
    return {"working_dir": str(Path.cwd()), "env": environment}
