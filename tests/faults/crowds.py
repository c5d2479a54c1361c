"""Crowds: many runs at once at one warehouse, of the same files and of different ones.

Nothing may be counted twice or lost, no two runs may wait for each other for ever, nobody may see
half a delivery, and each run ends as if it were alone, or says in a sentence what was in its way.
"""

import random
import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

from support.desk import Desk, cctv, street
from support.digest import Content, digest, seen_by
from support.files import csv_bytes
from support.onlooker import watched
from support.runs import Order, Run, run

from faults.course import Course, Site, course_of, hold_against, site
from faults.inboxes import Inbox, clean

CROWD = 8
SAME, DIFFERENT, FIRST_START = "the same files", "different files", "the same files at first start"
KINDS_OF_CROWD = (SAME, DIFFERENT, FIRST_START)

PERIODS = "csp_period_v1"
"""What several sources may bring is there once; any other row is of one source."""


def sources() -> tuple[Inbox, ...]:
    """Files of sources that have nothing to do with each other: one of them sends a resend."""
    log = "".join(
        f"C/{1000 + n} | 2020-0{4 + n % 3}-02 22:10 | 2020-0{4 + n % 3}-02 22:40\n"
        for n in range(20)
    )
    return (
        {"2025-04-hertfordshire-street.csv": street("Crime ID\na\nb\n")},
        {"budget.csv": csv_bytes([["Cost", "Centre"], ["1", "2"]])},
        {"cctv-log-2020-21-q1.xlsx": cctv(f"Log No | Start | End\n{log}")},
        clean(),
    )


@dataclass(frozen=True)
class Meeting:
    """What a crowd meets: files, what comes of them, and every state in which they may be seen."""

    files: tuple[Inbox, ...]
    course: Course
    states: frozenset[str]


def meeting(kind: str) -> Meeting:
    """Work out every state that may be seen while sources load side by side, each in its order."""
    files = sources()
    inbox = {name: content for part in files for name, content in part.items()}
    chains = [seen_one_by_one(kind, part) for part in files]
    nothing = chains[0][0]
    states = frozenset(digest(together(nothing, reached)) for reached in product(*chains))
    return Meeting(files, course_of(kind, inbox), states)


def seen_one_by_one(kind: str, inbox: Inbox) -> list[Content]:
    """Return what readers see of a warehouse that takes only these files, from none to all."""
    with tempfile.TemporaryDirectory() as folder, Desk.open(kind, Path(folder)) as desk:
        seen = [_seen(desk)]
        for name, content in sorted(inbox.items()):
            desk.hand_in(name, content)
            seen.append(_seen(desk))
        return seen


def _seen(desk: Desk) -> Content:
    with desk.engine.connect() as conn:
        return seen_by(conn)


def together(nothing: Content, parts: Iterable[Content]) -> Content:
    """Add up what several sources have brought to an empty warehouse."""
    whole = {name: Counter(lines) for name, lines in nothing.items()}
    for part in parts:
        for name, lines in part.items():
            if name == PERIODS:
                whole[name] |= lines
            else:
                whole[name] += lines - nothing[name]
    return whole


@dataclass
class Tally:
    """What crowds came to."""

    crowds: Counter[str] = field(default_factory=Counter)
    runs: int = 0
    told: Counter[str] = field(default_factory=Counter)
    looks: int = 0
    states: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """Say it to people."""
        return [
            *(f"{number} crowds with {what}" for what, number in self.crowds.items()),
            f"{self.runs:,} runs, of which {self.told.total()} ended with something in their way",
            *(f"  {number} times: {sentence}" for sentence, number in self.told.items()),
            f"readers looked {self.looks:,} times and saw {len(self.states)} states",
            *(f"FAULT: {fault}" for fault in self.faults[:20]),
        ]


def crowd(
    kind: str, what: str, seed: int, met: Meeting, tally: Tally, *, size: int = CROWD
) -> None:
    """Start runs at once, wait for all of them, and note what is not as it must be."""
    is_ready = what != FIRST_START
    with site(kind, met.course.inbox, is_ready=is_ready) as place:
        with watched(place.address, is_on=is_ready) as onlooker:
            started = [Run(order) for order in orders(place, what, seed, met.files, size)]
            ended = [one.wait() for one in started]
            in_the_way = [sentence for _, said in ended for sentence in sentences(said)]
            if in_the_way:
                run(place.order())
        faults = hold_against(met.course, place)
    faults += [
        f"a run ended with {code}: {said[-500:]}"
        for code, said in ended
        if code not in (0, 1, 2) or "Traceback" in said
    ]
    strange = onlooker.states.keys() - met.states
    faults += [f"readers saw {len(strange)} states that are none"] if strange else []
    tally.crowds[f"{what} on {kind}"] += 1
    tally.runs += size
    tally.told.update(in_the_way)
    tally.looks += onlooker.looks
    tally.states |= onlooker.states.keys()
    tally.faults += [f"{kind}, {what}, {seed}: {fault}" for fault in faults]


def orders(
    place: Site, what: str, seed: int, files: tuple[Inbox, ...], size: int
) -> Iterator[Order]:
    """Yield what each run of a crowd is to take: the inbox, or some sources in some order.

    The files of one source are taken in their order, as a correction follows what it corrects. The
    first run takes all, so that nothing is left.
    """
    rng = random.Random(f"{what}-{seed}")
    for number in range(size):
        if what != DIFFERENT:
            yield place.order()
            continue
        parts = rng.sample(files, len(files) if number == 0 else rng.randint(1, len(files)))
        paths = [str(place.settings.inbox / name) for part in parts for name in sorted(part)]
        yield place.order(arguments=("receive", *paths))


def sentences(said: str) -> list[str]:
    """Return the sentences in which a run says that something of ours was in its way."""
    found = re.findall(r"(?:^csp|could not be dealt with|could not be written)\W (.+)$", said, re.M)
    return [re.sub(r"/tmp/\S+|/csp_\d+", "…", sentence) for sentence in found]
