"""`csp migrate` and `csp dictionary`: the warehouse's upkeep, and what its readers may rely on."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from flows.commands import FINE, REJECTED, any_warehouse, fail, reported


def migrate(
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Say what there is to do, and do nothing.")
    ] = False,
    grant_readers: Annotated[
        str | None,
        typer.Option(metavar="ROLE", help="Let this role read the views (PostgreSQL)."),
    ] = None,
) -> None:
    """Bring the warehouse up to this program; make a backup first.

    Exit codes: 0 it is as this program needs, 1 there is something to do (--check), 2 it is newer
    than this program, or could not be brought up; nothing was changed then.
    """
    with reported():
        from flows.migrate import what_to_do, what_was_done  # noqa: PLC0415
        from flows.receive import areas_elsewhere  # noqa: PLC0415
        from flows.settings import load_settings  # noqa: PLC0415
        from warehouse.state import Fit, State, look  # noqa: PLC0415
        from warehouse.upkeep import bring_up  # noqa: PLC0415

        if check and grant_readers is not None:
            fail("--check changes nothing, so it cannot grant anything.")
        settings = load_settings()
        is_there = bool(settings.warehouse_url) or settings.database.exists()
        if check and not is_there:
            typer.echo(State(None).sentence)
            raise typer.Exit(FINE)
        with any_warehouse(settings) as engine:
            if not check:
                done = bring_up(engine, settings.areas, areas_elsewhere(), grant_readers)
                _say(what_was_done(done))
                return
            state = look(engine)
        if state.fit in (Fit.NEWER, Fit.FOREIGN):
            fail(state.sentence)
        _say(what_to_do(state))
    raise typer.Exit(REJECTED if state.fit is Fit.OLDER else FINE)


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        typer.echo(line)


def dictionary(
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="As a Frictionless Data Package, for programs.")
    ] = False,
    as_markdown: Annotated[
        bool, typer.Option("--markdown", help="As a document; so it is without either.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write it here instead of printing it.")
    ] = None,
) -> None:
    """Print the data dictionary: every view, column, unit, measure, code and rule."""
    if as_json and as_markdown:
        fail("--json and --markdown are two forms of the same: ask for one.")
    with reported():
        from schemas import dictionary_forms  # noqa: PLC0415
        from warehouse.contract import contract  # noqa: PLC0415

        form = dictionary_forms.as_datapackage if as_json else dictionary_forms.as_markdown
        text = form(contract())
        if out is None:
            typer.echo(text, nl=False)
            return
        try:
            out.write_text(text, encoding="utf-8", newline="\n")
        except OSError:
            fail(f"{out} cannot be written.")
        typer.echo(f"Wrote {out}.")
