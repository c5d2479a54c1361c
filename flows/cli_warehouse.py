"""`csp dictionary`: what readers of the warehouse may rely on."""

from pathlib import Path
from typing import Annotated

import typer

from flows.commands import fail, reported


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
