"""The short way of `csp receive` where all files are known: look, say so, and change nothing.

Nine times of ten an inbox holds what it held before. To find that out takes no library that reads
or checks files. What is not beyond doubt goes the long way, which says the same at more length.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from flows import VERSION
from flows.clock import utc_now
from flows.places import PAGE, engine_of, receipt_folder
from flows.settings import Settings
from sources.archive import in_use, kept_already
from sources.delivery import Delivery, Refused
from warehouse.deliveries import (
    Loaded,
    Parcel,
    find_unchanged,
    has_name_and_size,
    received_at,
    removed_at,
)
from warehouse.engine import Engine, WarehouseError
from warehouse.outbox import unsent
from warehouse.state import REVISION, reached, revision_of


def parcel_of(delivery: Delivery | Refused) -> Parcel:
    """Return what is known of a file before it is looked into."""
    return Parcel(
        file_name=delivery.name,
        sha256=delivery.sha256,
        size_bytes=delivery.size,
        received_at=utc_now(),
        program_version=VERSION,
    )


@dataclass(frozen=True)
class Known:
    """Files that are all known: what became of them then, and where their receipts are."""

    outcomes: list[Loaded]
    receipts: list[Path]


def known_already(paths: Sequence[Path], settings: Settings) -> Known | None:
    """Return what is known of files; None unless the long way would change nothing for any.

    The views are not looked at: a delivery that this version of the program has loaded says that
    they fit it.
    """
    if any(settings.corrections.glob("*.toml")):
        return None
    if not settings.warehouse_url and not settings.database.is_file():
        return None
    try:
        engine = engine_of(settings)
        try:
            with reached(engine), in_use(settings.archive):
                return _known(engine, paths, settings)
        finally:
            engine.dispose()
    except (OSError, WarehouseError):
        return None


def _known(engine: Engine, paths: Sequence[Path], settings: Settings) -> Known | None:
    with engine.connect() as conn:
        if revision_of(conn) != REVISION:
            return None
    # An alert that waits is sent, or said to wait, by the long way; and bytes are read only where
    # name and size of all files speak for it.
    if unsent(engine).count or not all(
        has_name_and_size(engine, path.name, path.stat().st_size) for path in paths
    ):
        return None
    known = Known([], [])
    for path in paths:
        found = _found(engine, path, settings)
        if found is None:
            return None
        known.outcomes.append(found[0])
        known.receipts.append(found[1])
    return known


def _found(engine: Engine, path: Path, settings: Settings) -> tuple[Loaded, Path] | None:
    """Return what became of a file that is known, and its receipt."""
    kept = kept_already(path, settings.archive)
    if kept is None or removed_at(engine, kept.sha256):
        return None
    home = settings.areas
    extents = {area.code for area in (home.district, home.county, home.force)}
    loaded = find_unchanged(engine, parcel_of(kept), extents)
    if loaded is None:
        return None
    came = received_at(engine, loaded.delivery_id)
    page = receipt_folder(loaded.delivery_id, came, loaded.file_name, settings) / PAGE
    return (loaded, page) if page.exists() else None
