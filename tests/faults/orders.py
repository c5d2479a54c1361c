"""Orders: the same months sent in any order, split, joined, renamed, turned round, again and late.

The model is two lines: of each month stands the version that was sent last, but for bytes that had
come before for the same months, which are no news. On somebody's decision they are: then those that
a later file has replaced stand again.
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

from warehouse.deliveries import Again

KINDS = (SQLITE, POSTGRESQL)
MONTHS = ("04", "05", "06", "07")
VERSIONS = 3
MOST_FILES = 8
DECISION = Again("Ann Field", "The later file was of another force.")
Sent = tuple[str, bytes, Again | None]
"""A file that is sent: its name, its bytes, and the decision that it is to stand again."""


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
    sent: list[Sent] = []
    stands: dict[str, int] = {}
    taken: list[bytes] = []  # the bytes of each delivery, in the order in which they were loaded
    of: dict[bytes, dict[str, int]] = {}
    for _ in range(rng.randint(2, MOST_FILES)):
        if sent and rng.random() < 0.4:
            name, content, _ = rng.choice(sent)
            is_renamed = rng.random() < 0.5
            again = DECISION if rng.random() < 0.5 else None
            sent.append((f"{rng.randrange(1000)}-{name}" if is_renamed else name, content, again))
            what = "taken again by decision" if again else "sent again"
            tally.files[what + " under another name" * is_renamed] += 1
            last = max(place for place, each in enumerate(taken) if each == content)
            if again and any(of[each].keys() & of[content].keys() for each in taken[last + 1 :]):
                taken.append(content)
                stands |= of[content]
            continue
        first = rng.randrange(len(MONTHS))
        months = MONTHS[first : rng.randint(first + 1, len(MONTHS))]
        versions = {month: rng.randrange(VERSIONS) for month in months}
        content = extract(versions, rng)
        sent.append((f"police-{rng.randrange(1000)}.csv", content, None))
        tally.files[f"of {len(months)} {'month' if len(months) == 1 else 'months'}"] += 1
        if content not in of:
            of[content] = versions
            taken.append(content)
            stands |= versions
    alone: list[Sent] = [
        (f"police-{month}.csv", extract({month: version}, random.Random(0)), None)
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


def standing(kind: str, files: list[Sent]) -> Content:
    """Return what stands in a warehouse once these files have come."""
    with tempfile.TemporaryDirectory() as folder, Desk.open(kind, Path(folder)) as desk:
        for name, content, again in files:
            desk.accept(name, content, again)
        return standing_of(desk.engine)
