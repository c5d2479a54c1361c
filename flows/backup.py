"""`csp backup` and `csp restore`: the warehouse and the archive, as they are at one moment.

A backup is a folder that is put into its place whole: a run that is killed leaves those before it
as they were, and nothing that could be taken for a backup.
"""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flows.places import engine_of
from flows.settings import Settings
from sources.locks import held
from warehouse.backup import copy_in, copy_out, is_sound
from warehouse.engine import Engine, WarehouseError

DATABASE, ARCHIVE = "warehouse.db", "archive"
UNFINISHED = ".part-"


class BackupRefused(Exception):  # noqa: N818 - it says what happened
    """A backup cannot be made or brought back; the message says why."""


@dataclass(frozen=True)
class Made:
    """A backup: its folder, its files and bytes, and how many older ones were removed."""

    folder: Path
    files: int
    size: int
    removed: int


def back_up(engine: Engine, settings: Settings, folder: Path, now: datetime, keep: int) -> Made:
    """Write a backup into a new folder of `folder`, and remove all but the `keep` newest.

    Bytes of the archive never change, so they are shared with the backup before where the file
    system can share them.
    """
    place = folder / f"{now:%Y-%m-%dT%H%M%S}"
    if place.exists():
        raise BackupRefused(f"{place} is there already.")
    part = folder / f"{UNFINISHED}{place.name}"
    folder.mkdir(parents=True, exist_ok=True)
    with held(folder, is_alone=True):
        for left in folder.glob(f"{UNFINISHED}*"):
            shutil.rmtree(left)
        before = backups(folder)
        part.mkdir()
        # The database first: all bytes that it speaks of are in the archive by then.
        copy_out(engine, part / DATABASE)
        if not is_sound(part / DATABASE):
            raise BackupRefused("The copy of the warehouse could not be read again; try once more.")
        _copy_archive(settings.archive, part / ARCHIVE, before[-1] / ARCHIVE if before else None)
        for path in (part / DATABASE, part):
            _to_disk(path)
        part.rename(place)
        _to_disk(folder)
        old = backups(folder)[:-keep]
        for each in old:
            gone = each.with_name(f"{UNFINISHED}{each.name}")
            each.rename(gone)
            shutil.rmtree(gone)
    files = [path for path in place.rglob("*") if path.is_file()]
    return Made(place, len(files), sum(path.stat().st_size for path in files), len(old))


def backups(folder: Path) -> list[Path]:
    """Return the whole backups of a folder, the oldest first."""
    return sorted(p for p in folder.glob("[0-9]*T[0-9]*") if (p / DATABASE).is_file())


def bring_back(place: Path, settings: Settings) -> int:
    """Bring a backup back into an empty warehouse; return how many archived files came with it."""
    if not (place / DATABASE).is_file():
        raise BackupRefused(f"{place} is no backup: there is no {DATABASE} in it.")
    if not is_sound(place / DATABASE):
        raise BackupRefused(f"{place / DATABASE} is damaged, or of another version of csp.")
    engine = engine_of(settings)
    try:
        copy_in(place / DATABASE, engine)
    except WarehouseError as error:
        raise BackupRefused(str(error)) from None
    finally:
        engine.dispose()
    return _copy_archive(place / ARCHIVE, settings.archive, None)


def _copy_archive(source: Path, target: Path, before: Path | None) -> int:
    """Copy archived files that are not there yet; share those that an earlier backup has."""
    count = 0
    target.mkdir(parents=True, exist_ok=True)
    for path in _kept(source):
        name = path.relative_to(source)
        place = target / name
        if place.exists():
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        shared = before / name if before else None
        if shared is None or not shared.is_file() or not _linked(shared, place):
            fresh = place.with_name(f"{UNFINISHED}{place.name}")
            shutil.copy2(path, fresh)
            _to_disk(fresh)
            fresh.rename(place)
        count += 1
    return count


def _kept(archive: Path) -> Iterator[Path]:
    """Yield the whole files of an archive: those that bear their SHA-256 as their name."""
    return (p for p in sorted(archive.glob("??/*")) if p.is_file() and len(p.name) == 64)


def _linked(there: Path, place: Path) -> bool:
    try:
        os.link(there, place)
    except OSError:
        return False
    return True


def _to_disk(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
