"""`csp serve` and `csp deploy`."""

from typing import Annotated

import typer

from flows.commands import FINE, REJECTED, fail, reported


def serve() -> None:
    """Run everything by the timetable of csp.toml, until it is stopped.

    Starts a Prefect server of its own, or uses that of PREFECT_API_URL. Exit codes: 0 it was asked
    to stop, 1 it cannot be begun or cannot go on, 2 wrong configuration, or the warehouse is out.
    """
    with reported():
        from flows.serve import must_be_usable  # noqa: PLC0415
        from flows.serve import serve as serve_timetable  # noqa: PLC0415
        from flows.serving_lock import CannotServe  # noqa: PLC0415
        from flows.settings import load_settings  # noqa: PLC0415
        from warehouse.engine import WarehouseError  # noqa: PLC0415

        settings = load_settings()
        try:
            must_be_usable(settings)
        except WarehouseError as error:
            fail(str(error))
        try:
            is_fine = serve_timetable(settings, typer.echo)
        except CannotServe as error:
            typer.echo(f"csp: {error}", err=True)
            raise typer.Exit(REJECTED) from None
    raise typer.Exit(FINE if is_fine else REJECTED)


def deploy(
    pool: Annotated[str, typer.Option(help="The work pool on the server, of type process.")],
) -> None:
    """Put the timetable onto a Prefect server of your own, PREFECT_API_URL, for a work pool.

    A worker of the pool runs it then, in the folder that this command is called in. Called again,
    it brings the same deployments and automations up to date.
    """
    with reported():
        import os  # noqa: PLC0415

        from flows.prefect_env import API_URL  # noqa: PLC0415
        from flows.settings import load_settings  # noqa: PLC0415

        settings = load_settings()
        if not os.environ.get(API_URL):
            fail(
                f"{API_URL} names no server. Without one of your own, csp serve is all that is "
                "needed."
            )
        from flows.deploy import CannotDeploy, deploy_to  # noqa: PLC0415

        try:
            for line in deploy_to(settings, pool):
                typer.echo(line)
        except CannotDeploy as error:
            typer.echo(f"csp: {error}", err=True)
            raise typer.Exit(REJECTED) from None
    raise typer.Exit(FINE)
