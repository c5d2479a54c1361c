"""`csp watch` and `csp alerts`."""

from typing import Annotated

import typer

from flows.commands import FINE, REJECTED, fail, reported, warehouse


def watch() -> None:
    """Look for runs that did not happen and exports that are overdue, and send what waits.

    Needs no server: call it once a day from any cron as well. Exit codes: 0 nothing needs a person,
    1 something does (it is printed, and alerted once), 2 wrong use, or the warehouse is out.
    """
    with reported():
        from flows.clock import utc_now  # noqa: PLC0415
        from flows.jobs import job  # noqa: PLC0415
        from flows.settings import load_settings  # noqa: PLC0415
        from flows.watch import watch as look_after  # noqa: PLC0415
        from warehouse.engine import WarehouseError  # noqa: PLC0415
        from warehouse.runs import AlreadyRunning  # noqa: PLC0415

        settings = load_settings()
        try:
            with job("watch") as run:
                told = look_after(run.engine, settings, utc_now())
        except AlreadyRunning as error:
            typer.echo(str(error))
            raise typer.Exit(FINE) from None
        except WarehouseError as error:
            fail(str(error))
    for line in told:
        typer.echo(line)
    if not told:
        typer.echo("Nothing needs a person.")
    raise typer.Exit(REJECTED if told else FINE)


def alerts(
    test: Annotated[
        bool, typer.Option("--test", help="Send a test letter to everybody who is set.")
    ] = False,
    examples: Annotated[
        bool,
        typer.Option(
            "--examples", help="Print a letter of every kind, as it would arrive; sends nothing."
        ),
    ] = False,
) -> None:
    """List the alerts and whether they were sent; --test sends a letter to try the routes."""
    with reported():
        from flows.clock import utc_now  # noqa: PLC0415
        from flows.post import NotSent, send_test  # noqa: PLC0415
        from flows.settings import load_settings  # noqa: PLC0415
        from flows.show_alerts import show_alerts  # noqa: PLC0415

        if test and examples:
            fail("--test sends a letter and --examples sends none: ask for one of them.")
        settings = load_settings()
        if examples:
            from flows.letter_examples import everything  # noqa: PLC0415

            for text in everything(settings):
                typer.echo(text)
            raise typer.Exit(FINE)
        if test:
            try:
                routes = send_test(settings, utc_now())
            except NotSent as error:
                fail(str(error))
            if not routes:
                fail("Nobody is set for alerts in csp.toml: see [alerts] and [mail].")
            typer.echo(f"Sent a test letter: {', '.join(routes)}.")
            raise typer.Exit(FINE)
        with warehouse(settings) as engine:
            is_sent = show_alerts(engine, settings)
    raise typer.Exit(FINE if is_sent else REJECTED)
