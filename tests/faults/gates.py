"""The gate's process killed: the other one says so and ends, whatever it is waiting for.

One more run then makes the warehouse that of an undisturbed run.
"""

import os
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from signal import SIGKILL

from support.databases import engine_at
from support.onlooker import watched
from support.runs import APART, Point, Run, at, run

from faults.course import Course, Site, course_of, hold_against, site
from faults.inboxes import few
from faults.kills import BEFORE, MOST_SECONDS
from warehouse.engine import WRITES, lock

KILLED = "could not be dealt with: The process that checks it got SIGKILL before it was done"
WAITS_SECONDS = 0.5


@dataclass
class Tally:
    """What a campaign against the gate's process came to."""

    kills: int = 0
    at_locks: int = 0
    too_late: int = 0
    looks: int = 0
    longest: float = 0.0
    faults: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """Say it to people."""
        return [
            f"{self.kills} processes of the gate killed at a random moment, {self.at_locks} while "
            f"the other one waited for a lock; {self.too_late} had ended before",
            f"the other process lived on for {self.longest:.1f} s at most; readers looked "
            f"{self.looks:,} times",
            *(f"FAULT: {fault}" for fault in self.faults[:20]),
        ]


@dataclass(frozen=True)
class End:
    """How a run ended whose gate was killed, and what readers saw then."""

    seconds: float
    code: int
    said: str
    reached: str

    def faults(self, course: Course) -> list[str]:
        """Return what is not as it must be."""
        faults = [] if KILLED in self.said else [f"it said: {self.said[-500:]}"]
        faults += ["it ended as if all were well"] if self.code == 0 else []
        faults += ["a traceback"] if "Traceback" in self.said else []
        faults += ["the warehouse was changed"] if self.reached != course.states[0] else []
        faults += [f"it lived on: {self.seconds:.1f} s"] if self.seconds > MOST_SECONDS else []
        return faults


def campaign(kind: str, count: int, seed: int, tally: Tally) -> None:
    """Kill the process of the gate at so many random moments, and half as often at a lock."""
    course, usual = course_of(kind, few()), 3.0
    goal = tally.kills + count
    for number in range(3 * count):
        if tally.kills == goal:
            break
        rng = random.Random(f"gate-{kind}-{seed}-{number}")
        late = tally.too_late
        at_random(kind, course, tally, rng.uniform(0, usual))
        usual *= 0.8 if tally.too_late > late else 1.05
    for _ in range(max(1, count // 2)):
        at_a_lock(kind, course, tally)


def at_random(kind: str, course: Course, tally: Tally, moment: float) -> None:
    """Kill the gate's process some time after its start, run once more, and note the faults."""
    with site(kind, course.inbox) as place:
        with watched(place.address) as onlooker:
            started = Run(place.order(changes=APART))
            gate = started.child("spawn_main")
            time.sleep(moment)
            end = kill(place, started, gate)
            run(place.order())
        if KILLED not in end.said and end.reached != course.states[0]:
            tally.too_late += 1
            return
        faults = end.faults(course) + hold_against(course, place, onlooker)
    tally.kills += 1
    tally.looks += onlooker.looks
    note(kind, f"after {moment:.2f} s", end, faults, tally)


def at_a_lock(kind: str, course: Course, tally: Tally) -> None:
    """Kill the gate's process while the other one waits for a lock, and note the faults."""
    with site(kind, course.inbox) as place:
        mark = place.scratch / "waits"
        point = Point("flows.receive.load_delivery", BEFORE)
        with locked(place):
            slowly = APART | {"flows.apart.CHUNKS_AHEAD": 1}
            started = Run(place.order(changes=slowly, befalls=(at(point, mark.touch),)))
            gate = started.child("spawn_main")
            while not mark.exists() and started.is_alive():
                time.sleep(0.05)
            time.sleep(WAITS_SECONDS)
            if is_over(gate):
                # On a fast machine it has checked all and ended well before there is a lock to get.
                started.kill()
                started.wait()
                tally.too_late += 1
                return
            end = kill(place, started, gate)
        mark.unlink()
        run(place.order())
        faults = end.faults(course) + hold_against(course, place)
    tally.at_locks += 1
    note(kind, "at a lock", end, faults, tally)


def is_over(process: int) -> bool:
    """Say whether a process has ended, whether or not anybody has asked how."""
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2]
    except FileNotFoundError:
        return True
    return state.split()[0] in "ZX"


def kill(place: Site, started: Run, gate: int) -> End:
    """Kill the gate's process and see the other one end."""
    with suppress(ProcessLookupError):
        os.kill(gate, SIGKILL)
    killed = time.monotonic()
    code, said = started.wait()
    seconds = time.monotonic() - killed
    return End(seconds, code, " ".join(said.split()), place.state())


def note(kind: str, what: str, end: End, faults: list[str], tally: Tally) -> None:
    """Note what came of a run whose gate was killed."""
    tally.faults += [f"{kind}, {what}: {fault}" for fault in faults]
    tally.longest = max(tally.longest, end.seconds)


@contextmanager
def locked(place: Site) -> Iterator[None]:
    """Hold the lock that a load of the street source needs, and let go of it at the end."""
    with engine_at(place.address) as engine, engine.connect() as conn:
        writing = conn.execution_options(**WRITES)
        with writing.begin() as transaction:
            lock(writing, "street_crime")
            yield
            transaction.rollback()
