"""`csp purge`: what is past the agreed age is shown, and on demand removed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from rich.console import Console

from flows.settings import Settings
from flows.show import console, grid
from schemas.period import Month
from schemas.words import counted, day_label
from sources.archive import Kept, alone, kept_files
from sources.inbox import find
from sources.partners import source
from warehouse.engine import Engine
from warehouse.purge import Due, InArchive, Order, Plan, plan, record


class AgeError(ValueError):
    """An age is not written as one, or lies in the future; the message says how to write it."""


def day_before_which(age: str, today: date) -> date:
    """Return the day before which a file must have come to be of an age: 2y, 24m, 730d, or a day.

    Raises `AgeError` for anything else.
    """
    try:
        day = _day(age.strip().lower(), today)
    except (ValueError, OverflowError):
        raise AgeError("An age is written 2y, 24m or 730d, or as a day: 2021-03-31.") from None
    if day > today:
        raise AgeError(f"{age} is still to come: nothing can be older than that.")
    return day


def _day(age: str, today: date) -> date:
    match = re.fullmatch(r"([1-9][0-9]{0,4})([ymd])", age)
    if match is None:
        return date.fromisoformat(age)
    number, unit = int(match[1]), match[2]
    if unit == "d":
        return today - timedelta(days=number)
    month = Month.of(today) + -number * (12 if unit == "y" else 1)
    return month.start.replace(day=min(today.day, month.end.day))


@dataclass(frozen=True)
class Done:
    """What a purge found and, unless it was a dry run, did; `failed` are files that still lie."""

    plan: Plan
    archived: dict[str, Kept]
    failed: tuple[Path, ...] = ()

    @property
    def is_fine(self) -> bool:
        """False where bytes are missing, or could not be removed."""
        return not (self.plan.absent or self.failed)


def look(engine: Engine, settings: Settings, older_than: date) -> Done:
    """Return what would go, and change nothing."""
    archived = _archived(settings)
    return Done(plan(engine, older_than, _as_stored(archived)), archived)


def carry_out(engine: Engine, settings: Settings, order: Order) -> Done:
    """Record what goes, then remove the files; after a `kill -9` the next run does the rest.

    Raises `ArchiveLocked` where nobody can know whether a file is just being received.
    """
    with alone(settings.archive):
        archived = _archived(settings)
        found = record(engine, order, _as_stored(archived))
        failed = [path for name in found.names if not _is_gone(path := archived[name].path)]
    return Done(found, archived, tuple(failed))


def _archived(settings: Settings) -> dict[str, Kept]:
    return {kept.path.name: kept for kept in kept_files(settings.archive)}


def _as_stored(archived: dict[str, Kept]) -> dict[str, InArchive]:
    return {name: InArchive(kept.size, kept.kept_on) for name, kept in archived.items()}


def _is_gone(path: Path) -> bool:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return False
    return True


# --- in words ---------------------------------------------------------------------------------


def show_plan(done: Done, older_than: date, settings: Settings) -> None:
    """Print a dry run: exactly what would go."""
    out, found = console(), done.plan
    out.print(f"What was received before {day_label(older_than)}:", style="bold")
    _show_what(out, done)
    if _is_nothing(found):
        return
    out.print(
        "\nThis was a dry run: nothing was changed. With --yes --by YOUR-NAME it is done. Counts, "
        "rows, figures, packs and receipts stay as they are.",
        markup=False,
    )
    _show_inbox(out, settings)


def show_done(done: Done, order: Order, settings: Settings) -> None:
    """Print what was removed, and what could not be."""
    out = console()
    day = day_label(order.older_than)
    out.print(f"What was received before {day} is removed, by {order.by}:", markup=False)
    _show_what(out, done)
    for path in done.failed:
        out.print(
            f"{path} could not be removed; it is recorded as removed, and the next csp purge tries "
            "again.",
            markup=False,
        )
    _show_inbox(out, settings)


def _show_what(out: Console, done: Done) -> None:
    found = done.plan
    if found.going:
        heads = ("Delivery", "Received", "File", "SHA-256", "Bytes")
        rows = [_line(due, done) for due in found.going]
        out.print(grid("Deliveries whose archived bytes go", heads, rows, numbers=1))
    for names, what in (
        (found.files, "of these deliveries"),
        (found.strays, "of no delivery: left by a run that broke off"),
        (found.leftover, "recorded as removed by an earlier purge that broke off"),
    ):
        if names:
            out.print(f"{_files(names, done)}, {what}.", markup=False)
    for cells in found.cells:
        out.print(
            f"{cells.count:,} cells of the personal column {cells.column} of "
            f"{source(cells.source).title}, which are blanked.",
            markup=False,
        )
    if _is_nothing(found):
        out.print("Nothing: no archived bytes are that old.")
    if not found.cells:
        out.print("No personal column holds anything of that age.")
    for due in found.needed:
        out.print(
            f"Delivery {due.id}, {due.file_name}: its bytes stay, for delivery {due.needed_by} is "
            "of the same bytes and younger.",
            markup=False,
        )
    for due in found.absent:
        out.print(
            f"Delivery {due.id}, {due.file_name}: its bytes are not in the archive, and no purge "
            f"removed them. Look for {due.sha256} in the backups.",
            markup=False,
        )


def _is_nothing(found: Plan) -> bool:
    return not (found.has_something_to_record or found.leftover)


def _line(due: Due, done: Done) -> tuple[str, ...]:
    size = f"{done.archived[due.sha256].size:,}"
    return str(due.id), day_label(due.received_at), due.file_name, due.sha256[:12], size


def _files(names: Iterable[str], done: Done) -> str:
    sizes = [done.archived[name].size for name in names]
    files = counted(len(sizes), "file")
    return f"{files} of {sum(sizes):,} bytes"


def _show_inbox(out: Console, settings: Settings) -> None:
    left = len(find(settings.inbox)) if settings.inbox.is_dir() else 0
    if left:
        out.print(
            f"{counted(left, 'file still lies', 'files still lie')} in "
            f"{settings.inbox}, which is yours to empty: csp removes no file there.",
            markup=False,
        )
