"""`prefect.yaml` says the same as `csp serve` and `csp deploy` do, in Prefect's own words."""

from datetime import timedelta
from pathlib import Path

import pytest
import yaml

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]


@pytest.fixture
def written(root: Path) -> dict[str, dict]:
    text = (root / "prefect.yaml").read_text(encoding="utf-8")
    return {each["name"]: each for each in yaml.safe_load(text)["deployments"]}


def test_the_deployments_are_those_of_csp_serve(written: dict[str, dict]):
    from flows.deployments import deployments
    from flows.settings import Settings

    made = {each.name: each for each in deployments(Settings(), "csp")}
    assert written.keys() == made.keys()
    for name, deployment in made.items():
        assert written[name]["entrypoint"] == deployment.entrypoint
        assert written[name]["tags"] == deployment.tags
        (schedule,) = deployment.schedules
        assert written[name]["schedules"] == [
            {"cron": schedule.schedule.cron, "timezone": schedule.schedule.timezone}
        ]


def test_the_triggers_of_watch_are_those_of_the_automations(written: dict[str, dict]):
    from prefect.events.schemas.automations import EventTrigger

    from flows.automations import triggers

    told = {each.pop("name"): each for each in written["watch"]["triggers"]}
    for trigger in told.values():
        trigger.pop("enabled", None)
        trigger["within"] = timedelta(seconds=trigger["within"])
    assert {name: EventTrigger.model_validate(each) for name, each in told.items()} == triggers()
