"""`csp trace`: from a printed figure to the rows of the partners' files."""

from pathlib import Path
from typing import Annotated

import typer

from flows.commands import FINE, REJECTED, fail, reported, warehouse_as_at


def trace(
    measure: Annotated[
        str, typer.Argument(help="The measure, by its code or by the label that a table prints.")
    ],
    period: Annotated[
        str,
        typer.Argument(
            help='The period as printed or stored: "Apr to Jun 2020", 2020-21-Q1, 2020-21, '
            '"Apr 2020", 2020-04, "Apr to Sep 2020".'
        ),
    ],
    *,
    area: Annotated[
        str | None,
        typer.Option(help="The area, by code or name; the partnership's district without it."),
    ] = None,
    as_at: Annotated[
        str | None, typer.Option(help="As the figure stood at the end of a day, as 2021-03-31.")
    ] = None,
    show: Annotated[
        bool,
        typer.Option("--show", help="Print the rows as the partner wrote them, only here."),
    ] = False,
    csv: Annotated[
        Path | None, typer.Option("--csv", metavar="OUT", help="Write a line a row into this file.")
    ] = None,
) -> None:
    """Say which files and rows are behind a printed figure, and what they add up to.

    Exit codes: 0 the rows add up to the figure, or there is none and the reason is told; 1 they do
    not (a law is broken), or lines could not be shown; 2 wrong use.
    """
    with reported():
        from flows.settings import load_settings  # noqa: PLC0415
        from flows.tracing import area_label, show_trace, trace_named, write_trace  # noqa: PLC0415
        from schemas.named import NameUnclear  # noqa: PLC0415
        from schemas.words import counted  # noqa: PLC0415

        settings = load_settings()
        with warehouse_as_at(settings, as_at) as engine:
            try:
                found = trace_named(engine, measure, period, area, settings)
            except NameUnclear as error:
                fail(str(error))
            place = area_label(engine, found.figure, settings)
        is_sound = show_trace(found, place, as_at)
        if csv is not None:
            try:
                write_trace(csv, found, place)
            except OSError as error:
                fail(f"{csv} cannot be written: {error.strerror}.")
            typer.echo(f"Wrote {counted(found.rows, 'row')} to {csv}.")
        if show:
            from flows.show_lines import show_lines  # noqa: PLC0415

            is_sound = show_lines(found.lines, settings.archive) and is_sound
    raise typer.Exit(FINE if is_sound else REJECTED)
