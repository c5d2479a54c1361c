"""`kill -9` at random moments and at every stage of a load: one more run puts all right.

After that run the warehouse must be, to the last issue, that of an undisturbed run, every file must
have its receipt, and nothing may lie about; and no reader may ever have seen half a delivery.
"""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from signal import SIGKILL
from tempfile import TemporaryDirectory

from support.databases import POSTGRESQL, SQLITE
from support.onlooker import watched
from support.runs import (
    APART,
    IN_PARTS,
    Point,
    Run,
    at,
    counting,
    descendants,
    die,
    line_of,
    run,
    seconds_until_gone,
)

from faults.course import Course, Site, course_of, hold_against, site
from faults.inboxes import few

KINDS = (SQLITE, POSTGRESQL)
MOST_SECONDS = 5.0
"""How long a process may outlive the other one of a load."""
APART_EVERY = 4
"""Every so many runs at random have their gate in a process of its own."""

AFTER, BEFORE = True, False
STAGES: dict[str, tuple[str, bool]] = {
    "nothing is taken yet": ("flows.places.files_in", AFTER),
    "bytes are copied, and not in their place": ("sources.archive.os.fsync", AFTER),
    "a file is written, and not in its place": ("pathlib.Path.replace", BEFORE),
    "a file is in its place": ("pathlib.Path.replace", AFTER),
    "the source is known": ("flows.receive.recognise", AFTER),
    "the gate is open": ("warehouse.load.lock", BEFORE),
    "the source is locked": ("warehouse.load.lock", AFTER),
    "the delivery is recorded": ("warehouse.load.insert_delivery", AFTER),
    "words are numbered": ("warehouse.terms.add_terms", AFTER),
    "some rows are stored": ("warehouse.bulk.insert", AFTER),
    "rows are superseded": ("warehouse.load._Load._supersede", AFTER),
    "figures are not worked out": ("warehouse.mart.refresh", BEFORE),
    "figures are worked out": ("warehouse.mart.refresh", AFTER),
    "months are noted": ("warehouse.load.note_months", AFTER),
    "holds are raised": ("warehouse.load.raise_holds", AFTER),
    "a refusal is recorded": ("warehouse.load.mark_refused", AFTER),
    "all is written, and not committed": ("warehouse.load._Load.finish", AFTER),
    "a delivery is committed": ("flows.receive.load_delivery", AFTER),
    "a refusal is committed": ("flows.receive.refuse_delivery", AFTER),
    "the receipt is not begun": ("flows.receipts.write_receipt", BEFORE),
    "all is done, and not said": ("flows.show_outcomes.show_outcomes", BEFORE),
}
FIRST_START: dict[str, tuple[str, bool]] = {
    "tables are not made": ("warehouse.migrate.upgrade", BEFORE),
    "tables are made": ("warehouse.migrate.upgrade", AFTER),
    "measures are not written": ("warehouse.prepare.sync_reference", BEFORE),
    "measures are written": ("warehouse.prepare.sync_reference", AFTER),
}


@dataclass
class Tally:
    """What a campaign of kills came to."""

    kills: int = 0
    too_late: int = 0
    reached: Counter[int] = field(default_factory=Counter)
    looks: int = 0
    with_children: int = 0
    longest: float = 0.0
    faults: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """Say it to people."""
        reached = ", ".join(f"{n}: {times}" for n, times in sorted(self.reached.items()))
        return [
            f"{self.kills} runs killed, {self.too_late} had ended before; readers looked "
            f"{self.looks:,} times",
            f"deliveries that stood when a run was killed, and how often: {reached}",
            f"{self.with_children} had a process of the gate, which outlived them by "
            f"{self.longest:.1f} s at most",
            *(f"FAULT: {fault}" for fault in self.faults[:20]),
        ]


def kill_and_run_again(
    place: Site,
    course: Course,
    tally: Tally,
    what: str,
    killing: Callable[[Run], None],
    *,
    is_ready: bool = True,
    **order: object,
) -> None:
    """Start a run, kill it, run once more, and note what is not as it must be.

    A warehouse that is not ready has no views yet that a reader could look at.
    """
    with watched(place.address, is_on=is_ready) as onlooker:
        started = Run(place.order(**order))
        killing(started)
        children = descendants(started.pid)
        started.kill()
        code, _ = started.wait()
        outlived = seconds_until_gone(children)
        faults = []
        if is_ready:
            reached = place.state()
            if reached not in course.states:
                faults.append("half a delivery stood")
        again, said = run(place.order())
    faults += hold_against(course, place, onlooker)
    faults += ["the next run failed"] if again != course.code or "Traceback" in said else []
    faults += [f"a process outlived it by {outlived:.1f} s"] if outlived > MOST_SECONDS else []
    tally.faults += [f"{place.kind}, {what}: {fault}" for fault in faults]
    tally.looks += onlooker.looks
    if code != -SIGKILL:
        tally.too_late += 1
        return
    tally.kills += 1
    tally.longest = max(tally.longest, outlived)
    tally.with_children += bool(children)
    if is_ready and reached in course.states:
        tally.reached[course.states.index(reached)] += 1


def at_random(kind: str, count: int, seed: int, tally: Tally) -> None:
    """Kill so many runs, each at a moment drawn at random from the time that a run takes."""
    course, usual = course_of(kind, few()), {True: 0.0, False: 0.0}
    goal = tally.kills + count
    for number in range(3 * count):
        if tally.kills == goal:
            return
        rng, is_apart = random.Random(f"{kind}-{seed}-{number}"), number % APART_EVERY == 0
        changes = APART if is_apart else IN_PARTS
        if not usual[is_apart]:
            usual[is_apart] = undisturbed_seconds(kind, course, changes, tally)
        moment = rng.uniform(0, usual[is_apart])
        late = tally.too_late
        with site(kind, course.inbox) as place:
            kill_and_run_again(
                place, course, tally, f"run {number}", partial(wait, moment), changes=changes
            )
        # The machine has other work at times: what a run takes is learnt as it goes.
        usual[is_apart] *= 0.9 if tally.too_late > late else 1.01


def wait(seconds: float, _under_way: Run) -> None:
    """Let a run go on for some time."""
    time.sleep(seconds)


def undisturbed_seconds(
    kind: str, course: Course, changes: Mapping[str, object], tally: Tally
) -> float:
    """Return how long a run takes to which nothing happens; it must be the course, too."""
    with site(kind, course.inbox) as place:
        untouched = Run(place.order(changes=changes))
        code, _ = untouched.wait()
        faults = hold_against(course, place) + (["it failed"] if code != course.code else [])
    tally.faults += [f"{kind}, undisturbed: {fault}" for fault in faults]
    return untouched.seconds


def points(
    kind: str, inbox: Mapping[str, bytes], stages: Mapping[str, tuple[str, bool]], most: int
) -> Iterator[tuple[str, Point]]:
    """Yield each stage at some of its turns in a run: spread over all of them, at most so many."""
    is_ready = stages is not FIRST_START
    with TemporaryDirectory() as folder, site(kind, inbox, is_ready=is_ready) as place:
        calls = Path(folder) / "calls"
        counted = counting(set(stages.values()), calls)
        _, said = run(place.order(changes=IN_PARTS, befalls=(counted,)))
        if not calls.exists():
            raise AssertionError(f"the run to count did nothing: {said[-600:]}")
        turns = Counter(calls.read_text(encoding="utf-8").splitlines())
    for what, (function, is_after) in stages.items():
        count = turns[line_of(function, is_after=is_after)]
        if not count:
            raise AssertionError(f"{what}: no run comes to it, so it shows nothing")
        chosen = {round(n * (count - 1) / max(most - 1, 1)) + 1 for n in range(min(most, count))}
        for turn in sorted(chosen):
            yield f"{what} ({turn} of {count})", Point(function, is_after, turn)


def at_stages(
    kind: str,
    inbox: Mapping[str, bytes],
    stages: Mapping[str, tuple[str, bool]],
    tally: Tally,
    most: int = 4,
) -> None:
    """Have runs die at every stage, at some of the times that they come to it."""
    course, is_ready = course_of(kind, inbox), stages is not FIRST_START
    for what, point in points(kind, inbox, stages, most):
        kills = tally.kills
        with site(kind, inbox, is_ready=is_ready) as place:
            kill_and_run_again(
                place, course, tally, what, Run.end, is_ready=is_ready,
                changes=IN_PARTS, befalls=(at(point, die),),
            )  # fmt: skip
        if tally.kills == kills:
            tally.faults.append(f"{kind}, {what}: was never reached")
