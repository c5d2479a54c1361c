"""Publishing: freezes what a pack prints, puts the pack in place, and prints it again.

The warehouse is first, the folder second: where a run is cut off between the two, publishing again
finds the figures published already and puts the pack in place, to the same bytes.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from reports.audience import slug_of
from reports.edition import Order
from reports.gathering import as_it_is
from reports.manifest import manifest_of, restored
from reports.pack import Caveat, Pack, equipped, files_of, put
from reports.packs_index import MANIFEST, write_index
from schemas.audience import Audience
from schemas.issues import LawBroken
from schemas.period import Period
from warehouse.engine import Engine
from warehouse.releases import Press, ReleaseLine, publishing


class NotInPlace(Exception):  # noqa: N818 - it says what happened
    """A release is frozen, but the folder of its pack could not be written."""

    def __init__(self, release: int, folder: Path, reason: str):
        super().__init__(
            f"Release {release} is published, but its pack could not be put into {folder}: "
            f"{reason}. Give the same command again once that is mended."
        )


def publish(
    engine: Engine, order: Order, packs: Path, at: datetime, allow: Callable[[], None]
) -> Pack:
    """Publish the pack of a period into `packs/<slug>/`; the same figures again are no new release.

    `allow` raises where something stands against it, while nothing can change; nothing is frozen
    or written then.
    """
    with publishing(engine) as press:
        allow()
        frozen, files = _freeze(engine, press, order, at)
    # Of two at once the later release stays in place, whoever comes here last.
    with publishing(engine) as press:
        latest = press.last(order.period.code, order.audience)
        if latest is None:
            raise LawBroken("a release that was frozen a moment ago is not there")
        folder = packs / slug_of(order.period, order.audience)
        made = files if latest == frozen else None
        try:
            pack = _put_again(engine, latest, order.period, folder, made)
        except OSError as error:
            raise NotInPlace(latest.id, folder, error.strerror or type(error).__name__) from None
    return replace(pack, is_new=frozen is not None)


def _freeze(
    engine: Engine, press: Press, order: Order, at: datetime
) -> tuple[ReleaseLine | None, dict[str, bytes] | None]:
    """Freeze what a pack prints now, with its files; nothing where it is published already."""
    edition = equipped(as_it_is(engine, order))
    if edition.release is not None:
        return None, None
    line = press.next(
        order.period.code, edition.truth, order.version, at,
        audience=edition.audience, rules=edition.rules,
    )  # fmt: skip
    edition = replace(edition, release=line.id, published_at=line.published_at)
    files = files_of(edition)
    line = replace(line, manifest=manifest_of(edition, digests(files)))
    press.freeze(line, edition.truth, edition.hidden, edition.names)
    return line, files


def print_now(engine: Engine, order: Order, packs: Path, caveat: Caveat) -> Pack:
    """Write what a pack says now, or said then, without publishing it.

    Raises `LawBroken` where one for the public looks back: no later pack would know what it shows.
    """
    if caveat.as_at is not None and order.audience is Audience.PUBLIC:
        raise LawBroken("no pack for the public looks back")
    edition = equipped(as_it_is(engine, order))
    if caveat.as_at is None:
        edition = replace(edition, release=None, published_at=None)
    files = files_of(edition, caveat)
    files[MANIFEST] = manifest_of(edition, digests(files), caveat.told).encode()
    folder = packs / f"{slug_of(order.period, order.audience)}{caveat.suffix}"
    put(folder, files)
    write_index(packs, edition.partnership)
    return Pack(folder, edition)


def print_again(engine: Engine, line: ReleaseLine, period: Period, packs: Path) -> Pack:
    """Write a release as it was published into `packs/<slug>-release-N/`."""
    slug = slug_of(period, Audience(line.audience))
    return _put_again(engine, line, period, packs / f"{slug}-release-{line.id}")


def _put_again(
    engine: Engine,
    line: ReleaseLine,
    period: Period,
    folder: Path,
    made: dict[str, bytes] | None = None,
) -> Pack:
    """Put a release in place from what is frozen of it, or as it was `made` a moment ago."""
    edition = equipped(restored(engine, line, period))
    files = dict(made or files_of(edition))
    now, published = digests(files), json.loads(line.manifest)["files"]
    differing = tuple(
        name for name in sorted({*now, *published}) if now.get(name) != published.get(name)
    )
    # A manifest vouches for the files beside it: for others than were published it is another.
    manifest = (
        manifest_of(edition, now, {"differing": list(differing)}) if differing else line.manifest
    )
    files[MANIFEST] = manifest.encode()
    put(folder, files)
    write_index(folder.parent, edition.partnership)
    return Pack(folder, edition, differing=differing)


def digests(files: Mapping[str, bytes]) -> dict[str, str]:
    """Return the SHA-256 of each file."""
    return {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
