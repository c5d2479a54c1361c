"""`csp check`: examines a file, prints what was found, and writes a page of it if one is wanted."""

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import typer

from flows import VERSION
from flows.examine import Verdict, examine
from flows.progress import counting
from flows.receipt_files import NotOurs, must_be_free, places, write_receipt
from flows.settings import load_settings
from flows.show_check import check_lines
from reports.formats.receipt_json import receipts_json
from reports.receipt import Receipt
from sources.corrections import load_corrections
from sources.inbox import LeftOut
from sources.partners import SOURCES

WIDEST = 100


@dataclass(frozen=True)
class Checked:
    """How a check ended. `trouble` says why its page could not be written."""

    is_fine: bool
    trouble: str = ""


def receipt_fault(file: Path, page: Path) -> str:
    """Say what is wrong with the place for a page before anything is read; "" if nothing is."""
    if page.suffix.lower() not in (".html", ".htm"):
        return f"{page}: the page's name must end in .html (the CSV is written beside it)."
    if page.is_dir():
        return f"{page} is a folder; name a file in it."
    if not page.parent.is_dir():
        return f"{page.parent}: there is no such folder."
    table = page.with_suffix(".csv")
    if file.resolve() in (page.resolve(), table.resolve()):
        return f"{table} is the file to be checked; give the page another name."
    return ""


def check_file(file: Path, page: Path | None, *, as_json: bool) -> Checked:
    """Examine a file and tell; writes nothing but the page and its CSV."""
    settings = load_settings()
    with counting("checking") as on_rows:
        corrections = load_corrections(settings.corrections, SOURCES)
        found = list(
            examine(
                file, SOURCES, settings.areas, on_rows,
                limits=settings.thresholds, corrections=corrections,
            )
        )  # fmt: skip
    receipts = [
        verdict.receipt(settings.partnership.name, settings.senders, VERSION)
        for verdict in found
        if isinstance(verdict, Verdict)
    ]
    left_out = [member.name for member in found if isinstance(member, LeftOut)]
    if as_json:
        typer.echo(receipts_json(receipts, left_out, VERSION))
    else:
        _tell(receipts, left_out)
    trouble = _write(receipts, page, quiet=as_json) if page else ""
    return Checked(bool(receipts) and all(r.is_fine for r in receipts), trouble)


def _tell(receipts: list[Receipt], left_out: list[str]) -> None:
    width = min(shutil.get_terminal_size().columns, WIDEST) if sys.stdout.isatty() else None
    for number, receipt in enumerate(receipts):
        if number:
            typer.echo()
        for line in check_lines(receipt):
            typer.secho(line.fitted(width), bold=line.strong)
    if not receipts:
        typer.echo("There is nothing of this partnership's in the archive.")
    for name in left_out:
        typer.echo(f"{name}: left out, it is not one of this partnership's exports.")


def _write(receipts: list[Receipt], page: Path, *, quiet: bool) -> str:
    """Write a page and a CSV for each file; return why that was not possible, or ""."""
    found = places(page, [receipt.file_name for receipt in receipts])
    try:
        for _, table in found:
            must_be_free(table)
        for receipt, (place, table) in zip(receipts, found, strict=True):
            write_receipt(receipt, place, table)
            if not quiet:
                typer.echo(f"\nReceipt: {place}\n         {table} (every row)")
    except NotOurs as error:
        return str(error)
    except OSError as error:
        return f"The page cannot be written to {page.parent}: {error.strerror}."
    return ""
