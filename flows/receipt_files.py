"""Puts receipts into files: a page, and beside it a CSV with every row."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import IO

from flows.places import safe_name
from reports.formats.receipt_csv import COLUMNS, receipt_csv
from reports.receipt import Receipt

_FIRST_LINE = ",".join(COLUMNS)


class NotOurs(Exception):  # noqa: N818 - it says what is in the way
    """A file is in the way that this program did not write; the message names it."""


def load_ahead() -> None:
    """Load what a page is made with while a big file is being kept, which leaves Python idle."""
    module = "reports.formats.receipt_html"
    Thread(target=import_module, args=(module,), name="pages", daemon=True).start()


def write_receipt(receipt: Receipt, page: Path, table: Path) -> None:
    """Write page and CSV; each is whole or not there. Raises `OSError` where that cannot be."""
    # great-tables takes a second to load, and only those who want a page need it.
    from reports.formats.receipt_html import render_receipt  # noqa: PLC0415

    text = render_receipt(receipt, table.name)
    with _replacing(table, "utf-8-sig") as out:
        out.writelines(receipt_csv(receipt))
    with _replacing(page, "utf-8") as out:
        out.write(text)


@contextmanager
def _replacing(path: Path, encoding: str) -> Iterator[IO[str]]:
    """Write beside the place of a file and move there what is complete."""
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("w", encoding=encoding, newline="\n") as out:
            yield out
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def places(page: Path, names: Iterable[str]) -> list[tuple[Path, Path]]:
    """Return page and CSV for each checked file: the named page for one, derived names for more."""
    names = list(names)
    if len(names) == 1:
        return [(page, page.with_suffix(".csv"))]
    found: list[tuple[Path, Path]] = []
    used: set[str] = set()
    for name in names:
        stem = f"{page.stem}-{safe_name(name)}"
        tried, number = stem, 1
        while tried.lower() in used:
            number += 1
            tried = f"{stem}-{number}"
        used.add(tried.lower())
        found.append((page.with_name(f"{tried}{page.suffix}"), page.with_name(f"{tried}.csv")))
    return found


def must_be_free(table: Path) -> None:
    """Raise `NotOurs` where a CSV lies that is no receipt: it may be the partner's own export."""
    if not table.exists():
        return
    try:
        with table.open(encoding="utf-8-sig", errors="replace") as file:
            first = file.readline(len(_FIRST_LINE) + 1).strip()
    except OSError:
        first = ""
    if first != _FIRST_LINE:
        raise NotOurs(f"{table} is there already and is no receipt; choose another name.")
