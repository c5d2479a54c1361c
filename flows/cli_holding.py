"""`csp holds`, `csp holds release` and `csp rejected`."""

from pathlib import Path
from typing import Annotated

import typer

from flows.commands import FINE, REJECTED, fail, reported, warehouse

holds_app = typer.Typer(
    invoke_without_command=True,
    help="What keeps figures from being published until somebody has asked the partner.",
)


@holds_app.callback()
def list_holds(
    context: typer.Context,
    everything: Annotated[
        bool, typer.Option("--all", help="Also those that were released or replaced.")
    ] = False,
) -> None:
    """List the holds that stand; exit code 1 if there is one."""
    if context.invoked_subcommand is not None:
        return
    with reported():
        from flows.holding import show_holds  # noqa: PLC0415
        from flows.settings import load_settings  # noqa: PLC0415
        from warehouse.read import holds  # noqa: PLC0415

        with warehouse(load_settings()) as engine:
            is_standing = show_holds(holds(engine), is_all=everything)
    raise typer.Exit(REJECTED if is_standing else FINE)


@holds_app.command("release")
def release_hold(
    number: Annotated[int, typer.Argument(help="The number of the hold, as csp holds lists it.")],
    by: Annotated[str, typer.Option("--by", help="Your name; it is recorded for ever.")],
    because: Annotated[str, typer.Option("--because", help="What the partner said.")],
) -> None:
    """Release a hold, so that its figures can be published."""
    with reported():
        from flows.clock import utc_now  # noqa: PLC0415
        from flows.receipts import write_again  # noqa: PLC0415
        from flows.settings import load_settings  # noqa: PLC0415
        from warehouse.holds import Release, ReleaseRefused, release  # noqa: PLC0415

        if not by.strip() or not because.strip():
            fail("A release needs a name and a reason: --by and --because.")
        at = utc_now()
        settings = load_settings()
        with warehouse(settings) as engine:
            try:
                delivery_id = release(engine, number, Release(by.strip(), because.strip(), at))
            except ReleaseRefused as refusal:
                fail(str(refusal))
            # The partner's receipt said that this was open.
            write_again(engine, delivery_id, settings)
        typer.echo(f"Hold {number} was released by {by.strip()}.")


def rejected(
    csv: Annotated[
        Path | None, typer.Option("--csv", help="Write each rejected row with its reason here.")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Also rows of files that later ones have replaced.")
    ] = False,
) -> None:
    """List the rows that were rejected: file, row, heading and rule."""
    with reported():
        from flows.holding import show_rejected, write_rejected  # noqa: PLC0415
        from flows.settings import load_settings  # noqa: PLC0415
        from warehouse.read import rejected_rows  # noqa: PLC0415

        with warehouse(load_settings()) as engine:
            lines = rejected_rows(engine, is_open=not everything)
        if csv is not None:
            try:
                write_rejected(csv, lines)
            except OSError:
                fail(f"{csv} cannot be written.")
            typer.echo(f"Wrote {len(lines):,} lines to {csv}.")
        elif lines:
            show_rejected(lines)
        else:
            typer.echo("No row is rejected.")
    raise typer.Exit(REJECTED if lines else FINE)
