"""`csp status`."""

from typing import Annotated

import typer

from flows.commands import FINE, REJECTED, fail, reported


def status(
    *,
    everything: Annotated[
        bool, typer.Option("--all", help="All financial years, not the last two alone.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON document and nothing else.")
    ] = False,
    page: Annotated[
        bool, typer.Option("--page", help="Write the status page beside the packs.")
    ] = False,
) -> None:
    """Say how things stand: what came of each quarter, and what needs a person.

    Works while the warehouse is out, and says so. Exit codes: 0 nothing needs a person, 1 something
    does, 2 wrong use or configuration.
    """
    with reported():
        from flows.clock import utc_now  # noqa: PLC0415
        from flows.settings import load_settings  # noqa: PLC0415
        from flows.status import standing_now  # noqa: PLC0415

        if as_json and page:
            fail("--json prints nothing else: write the page by a command of its own.")
        settings = load_settings()
        standing = standing_now(settings, utc_now())
        if as_json:
            from reports.formats.status_json import status_json  # noqa: PLC0415

            typer.echo(status_json(standing))
        elif page:
            from flows.status_page import put_page  # noqa: PLC0415

            typer.echo(f"Wrote {put_page(standing, settings)}.")
        else:
            from flows.show_status import show_status  # noqa: PLC0415

            show_status(standing, is_all=everything)
    raise typer.Exit(REJECTED if standing.needs_a_person else FINE)
