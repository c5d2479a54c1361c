"""Twins: warehouses made from the same deliveries in different ways, and their packs.

Neither the database, nor how many parts a file is read in, nor whether it is checked in a process
of its own may change a byte; nor may the order of the rows of a file change a figure.
"""

import random
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from support.databases import POSTGRESQL, SQLITE, engine_at
from support.digest import Content, differences, record_of, standing_of
from support.runs import APART, IN_PARTS, run

from faults.course import site
from faults.inboxes import Inbox
from flows.publish import publish
from schemas.period import Period
from sources.sample import write_samples

EVERYTHING_APART = APART | {"flows.apart.WORTH_IT_BYTES": 0}
WAYS: dict[str, tuple[str, Mapping[str, object]]] = {
    "SQLite": (SQLITE, {}),
    "SQLite, files in many parts": (SQLITE, IN_PARTS),
    "SQLite, files in many parts and processes of their own": (SQLITE, EVERYTHING_APART),
    "PostgreSQL": (POSTGRESQL, {}),
    "PostgreSQL, files in many parts and processes of their own": (POSTGRESQL, EVERYTHING_APART),
}


@dataclass(frozen=True)
class Made:
    """What came of an inbox in one way: the warehouse, and the files of its packs by their path."""

    record: Content
    standing: Content
    packs: dict[str, bytes]

    @property
    def size(self) -> str:
        """Say how much there is to hold against another one."""
        rows = sum(lines.total() for lines in self.record.values())
        return f"{rows:,} rows of all tables, {len(self.packs)} files of packs"


def made(way: str, inbox: Inbox, periods: Sequence[Period]) -> Made:
    """Receive an inbox in one way, and print the packs of some periods."""
    kind, changes = WAYS[way]
    with site(kind, inbox) as place, engine_at(place.address) as engine:
        code, said = run(place.order(changes=changes))
        assert code in (0, 1), said
        assert "could not" not in said, said
        packs = {}
        for period in periods:
            folder = publish(engine, period, place.settings, is_draft=True).folder
            for path in sorted(p for p in folder.rglob("*") if p.is_file()):
                packs[str(path.relative_to(place.settings.packs))] = path.read_bytes()
        return Made(record_of(engine), standing_of(engine), packs)


def faults_of(one: Made, other: Made) -> list[str]:
    """Return in what two warehouses of the same deliveries and their packs differ."""
    return differences(one.record, other.record) + _different(one.packs, other.packs)


def faults_of_figures(one: Made, other: Made) -> list[str]:
    """Return in what the rows, the figures and the tables of two warehouses differ.

    Pages name the files that figures were made from by their SHA-256, which is another one.
    """
    tables = [
        {name: content for name, content in each.packs.items() if name.endswith(".csv")}
        for each in (one, other)
    ]
    return differences(one.standing, other.standing) + _different(*tables)


def _different(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return [f"pack: {n}" for n in sorted({*one, *other}) if one.get(n) != other.get(n)]


def reordered(inbox: Inbox, seed: int) -> Inbox:
    """Return an inbox with the rows of its text files in another order; headings stay first."""
    return {
        name: _reordered(content, f"{seed}-{name}") if name.endswith(".csv") else content
        for name, content in inbox.items()
    }


def _reordered(content: bytes, seed: str) -> bytes:
    head, *rows = content.splitlines(keepends=True)
    if rows and not rows[-1].endswith(b"\n"):
        rows[-1] += b"\n"
    random.Random(seed).shuffle(rows)
    return b"".join([head, *rows])


def samples() -> Inbox:
    """Return two years of sample exports of every source."""
    with tempfile.TemporaryDirectory() as folder:
        return {path.name: path.read_bytes() for path in write_samples(Path(folder))}
