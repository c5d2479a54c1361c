"""Prefect's server as `csp serve` runs it: `python -m flows.served_server PARENT HOST PORT`."""

import os
import sys
from pathlib import Path

from flows.lifeline import end_with

ENDS_WITHIN_SECONDS = 5


def main() -> None:
    """Serve until asked to stop, or until the process that started this one has gone."""
    parent, host, port = sys.argv[1:]
    os.setsid()  # who stops csp serve at the keyboard stops this one through it, and not by itself
    end_with(int(parent))
    from flows.own_server import lay_tables  # noqa: PLC0415 - first of all the lifeline

    lay_tables(Path(os.environ["PREFECT_HOME"]))

    import uvicorn  # noqa: PLC0415
    from prefect.server.api.server import create_app  # noqa: PLC0415

    uvicorn.run(
        create_app(final=True), host=host, port=int(port), log_level="warning",
        timeout_graceful_shutdown=ENDS_WITHIN_SECONDS,
    )  # fmt: skip


if __name__ == "__main__":
    main()
