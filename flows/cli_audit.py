"""`csp audit`: checks a published table."""

from pathlib import Path
from typing import Annotated

import typer

from flows.commands import FINE, REJECTED, fail, must_be_files, reported


def audit(
    file: Annotated[Path, typer.Argument(help="A published table, saved as CSV.")],
    *,
    period: Annotated[
        str | None,
        typer.Option(help="The months of rows that do not say theirs, as 2020-21."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON document and nothing else.")
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option("--csv", metavar="OUT", help="Also write the findings as CSV, a line each."),
    ] = None,
) -> None:
    """Check a published table: signs, percentages, sums, units, periods, and the warehouse.

    Exit codes: 0 no fault (remarks are told all the same), 1 a fault was found, 2 wrong use, or the
    file is no table that can be checked.
    """
    with reported():
        from flows.audit import (  # noqa: PLC0415
            CannotAudit,
            audit_csv,
            audit_file,
            audit_json,
            audit_lines,
        )
        from flows.settings import load_settings  # noqa: PLC0415
        from schemas.period import parse_span  # noqa: PLC0415

        must_be_files([file])
        span = parse_span(period) if period else None
        if out is not None and out.resolve() == file.resolve():
            fail("--csv would write over the file that is checked; name another.")
        try:
            found = audit_file(file, load_settings(), span)
        except CannotAudit as reason:
            fail(str(reason))
        if out is not None:
            try:
                out.write_text(audit_csv(found), encoding="utf-8", newline="\n")
            except OSError as error:
                fail(f"{out} cannot be written: {error.strerror}.")
        if as_json:
            typer.echo(audit_json(file.name, found))
        else:
            for line in audit_lines(file.name, found):
                typer.echo(line)
            if out is not None:
                typer.echo(f"  Wrote {out}.")
    raise typer.Exit(REJECTED if found.faults else FINE)
