"""What Prefect is told through the environment: where its files are, and to send nothing out."""

import os
from pathlib import Path

from flows.settings import Settings

API_URL = "PREFECT_API_URL"


def quiet(settings: Settings) -> dict[str, str]:
    """Return what holds for every way in which we use Prefect: a home of our own, no telemetry."""
    return {
        "PREFECT_HOME": str((settings.home / "prefect").resolve()),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
    }


def for_serving(settings: Settings, *, is_own: bool) -> dict[str, str]:
    """Return the environment of the parts of `csp serve`; what is set there already stays.

    `is_own`: the server is started by it. A server of the team's keeps the settings of the team's
    Prefect profile.
    """
    wanted = {
        "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30",
        "PREFECT_LOGGING_COLORS": "false",
        "DO_NOT_TRACK": "1",
    }
    if is_own:
        own = quiet(settings)
        wanted |= own | {
            API_URL: f"{settings.server.address}/api",
            "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
            "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
            # Where the program lies it may be forbidden to write.
            "PREFECT_SERVER_UI_STATIC_DIRECTORY": str(Path(own["PREFECT_HOME"]) / "pages"),
        }
    given = {name: value for name, value in os.environ.items() if value or name != API_URL}
    return wanted | {"PYTHONUNBUFFERED": "1"} | given
