"""Orders: the same months sent in any order, split, joined, renamed, turned round, again and late.

The model is one line: of each month stands the version that was sent last, but for bytes that had
come before for the same months, which are no news.
"""

import random
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from support.databases import POSTGRESQL, SQLITE
from support.desk import Desk, police
from support.digest import Content, differences, standing_of

KINDS = (SQLITE, POSTGRESQL)
MONTHS = ("04", "05", "06", "07")
VERSIONS = 3
MOST_FILES = 8


@dataclass
class Tally:
    """What a campaign of orders came to."""

    runs: int = 0
    files: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """Say it to people."""
        return [
            f"{self.runs} sequences of {self.files.total()} files: "
            + ", ".join(f"{number} {what}" for what, number in self.files.most_common()),
            *(f"FAULT: {fault}" for fault in self.faults[:20]),
        ]


def campaign(count: int, seed: int, tally: Tally, kinds: Sequence[str] = KINDS) -> None:
    """Send so many sequences of files, on each database in turn."""
    for number in range(count):
        one_sequence(kinds[number % len(kinds)], random.Random(f"{seed}-{number}"), tally)


def one_sequence(kind: str, rng: random.Random, tally: Tally) -> None:
    """Send files at random, and hold what stands against each month's last version alone."""
    sent: list[tuple[str, bytes]] = []
    stands: dict[str, int] = {}
    known: set[tuple[bytes, tuple[str, ...]]] = set()
    for _ in range(rng.randint(2, MOST_FILES)):
        if sent and rng.random() < 0.25:
            name, content = rng.choice(sent)
            is_renamed = rng.random() < 0.5
            sent.append((f"{rng.randrange(1000)}-{name}" if is_renamed else name, content))
            tally.files["sent again" + " under another name" * is_renamed] += 1
            continue
        first = rng.randrange(len(MONTHS))
        months = MONTHS[first : rng.randint(first + 1, len(MONTHS))]
        versions = {month: rng.randrange(VERSIONS) for month in months}
        content = extract(versions, rng)
        sent.append((f"police-{rng.randrange(1000)}.csv", content))
        tally.files[f"of {len(months)} {'month' if len(months) == 1 else 'months'}"] += 1
        if (content, months) not in known:
            known.add((content, months))
            stands |= versions
    alone = [
        (f"police-{month}.csv", extract({month: version}, random.Random(0)))
        for month, version in sorted(stands.items())
    ]
    found = differences(standing(kind, sent), standing(SQLITE, alone))
    tally.faults += [f"{kind}, sequence {tally.runs}: {fault}" for fault in found]
    tally.runs += 1


def extract(versions: dict[str, int], rng: random.Random) -> bytes:
    """Return a file of some months, each in a version of it: crimes come, change and go."""
    rows = [
        f"41/{month}{number}/20 | {number:02}/{month}/2020 | {'28E' if number == version else '45'}"
        for month, version in versions.items()
        for number in range(1 + version, 6 + 2 * version)
    ]
    rng.shuffle(rows)
    return police("\n".join(["Crime Reference | Date Recorded | HO Code", *rows]))


def standing(kind: str, files: list[tuple[str, bytes]]) -> Content:
    """Return what stands in a warehouse once these files have come."""
    with tempfile.TemporaryDirectory() as folder, Desk.open(kind, Path(folder)) as desk:
        for name, content in files:
            desk.accept(name, content)
        return standing_of(desk.engine)
