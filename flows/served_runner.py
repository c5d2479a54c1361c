"""Starts the runs of `csp serve` when they are due: `python -m flows.served_runner PARENT READY`.

It writes the file READY once the deployments stand on the server and it looks for runs.
"""

import asyncio
import os
import signal
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from flows.lifeline import end_with

if TYPE_CHECKING:
    from prefect.deployments.runner import RunnerDeployment


def main() -> None:
    """Look for runs until asked to stop, or until the process that started this one has gone."""
    parent, ready = sys.argv[1:]
    os.setsid()  # who stops csp serve at the keyboard stops this one through it, and not by itself
    end_with(int(parent))
    from flows.deployments import deployments  # noqa: PLC0415 - first of all the lifeline
    from flows.settings import load_settings  # noqa: PLC0415

    # Prefect's own folder for this, in that of the machine, belongs to whoever came first.
    tempfile.tempdir = str(Path(ready).parent.resolve() / "runs")
    made = deployments(load_settings())
    asyncio.run(_look_for_runs(made, Path(ready)))


async def _look_for_runs(made: "list[RunnerDeployment]", ready: Path) -> None:
    from prefect.runner import Runner  # noqa: PLC0415

    from flows.automations import lay_automations  # noqa: PLC0415
    from flows.deployments import leave_out_missed  # noqa: PLC0415

    runner = Runner(name="csp", pause_on_shutdown=False, limit=len(made))
    for deployment in made:
        await runner.aadd_deployment(deployment)
    await lay_automations()
    await leave_out_missed()
    looking = asyncio.create_task(runner.start())
    while not runner.started and not looking.done():
        await asyncio.sleep(0.1)
    if looking.done():
        await looking

    stopping = asyncio.Event()
    # Prefect's own handler, which this replaces, leaves the event loop by an exception.
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopping.set)
    asked = asyncio.create_task(stopping.wait())
    ready.touch()
    await asyncio.wait({looking, asked}, return_when=asyncio.FIRST_COMPLETED)
    if not looking.done():
        await runner.astop()
    await looking


if __name__ == "__main__":
    main()
