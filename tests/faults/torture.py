"""`make torture`: every campaign against the gate and the warehouse, with its figures.

    make torture                                       all of them; some hours
    python -m tests.faults kills crowds --count 20     some of them, so many times
    python -m tests.faults cuts --database postgresql  on one database

A campaign works on a tally, which says what it came to; a new one is one more entry in `CAMPAIGNS`.
Stopped at the keyboard or by `kill`, a campaign says what it came to so far.
"""

import argparse
import signal
import tempfile
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any, Protocol

from support.databases import POSTGRESQL, SQLITE
from support.desk import POLICE, cctv, police
from support.files import zip_bytes
from support.hostile import gzip_bomb, with_entities, zip_bomb
from support.mounts import can_mount

from faults import attack, crowds, gates, kills, mutations, orders, outages, twins
from faults.inboxes import few, whole
from flows.examine import Verdict, examine
from schemas.areas import ST_ALBANS
from schemas.period import FinancialYear, Quarter
from sources.partners import SOURCES

KINDS = (SQLITE, POSTGRESQL)
MOST_SECONDS = 2.0


class Tally(Protocol):
    """What a campaign came to: it went well where there are no faults."""

    faults: list[str]

    def lines(self) -> list[str]:
        """Say it to people."""
        ...


@dataclass(frozen=True)
class Asked:
    """How often, from which seed and on which databases."""

    count: int
    seed: int
    databases: Sequence[str]


@dataclass(frozen=True)
class Campaign:
    """Something that is done often, and how often unless it is asked for otherwise."""

    title: str
    tally: Callable[[], Any]
    work: Callable[[Any, Asked], None]
    count: int = 1


@dataclass
class Figures:
    """A tally of lines, for campaigns that need no other one."""

    told: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """Say it to people."""
        return [*self.told, *(f"FAULT: {fault}" for fault in self.faults[:20])]


def damaged_files(tally: Figures, asked: Asked) -> None:
    """Check so many damaged files in this one process."""
    result = mutations.campaign(asked.count, asked.seed)
    tally.told += mutations.lines_of(result)
    tally.told += [f"  {files:6,} {rule}" for rule, files in result.rules.most_common()]
    tally.faults += result.raised
    if result.peak_bytes > mutations.MOST_BYTES:
        tally.faults.append(f"{result.peak_bytes >> 20} MB of memory")


def hostile_files(tally: Figures, _: Asked) -> None:
    """Time the refusal of files that are made to do harm."""
    head, row, *_rest = police("DA\nN\nN").splitlines(keepends=True)
    rows = row * ((50 << 20) // len(row))
    wide = ",".join([*POLICE, *(f"Column {n}" for n in range(20_000))]).encode()
    street = "2025-04-hertfordshire-street.csv"
    files = {
        "latest.zip": zip_bomb(street, 1 << 30),
        f"{street}.gz": gzip_bomb(1 << 30),
        "cctv-log-2020-21-q1.xlsx": with_entities(cctv("Log No\nC/1"), "xl/workbook.xml"),
        "climbs.zip": zip_bytes({f"../../{street}": b"x"}),
        "police-2020-21-q1-wide.csv": wide + b"\n" + b"," * 20_000,
        "police-2020-21-q1-quote.csv": head + b'"' + rows,
        "police-2020-21-q1-late-quote.csv": head + row * 30_000 + b'"' + rows,
    }
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            path = Path(folder) / name
            path.write_bytes(content)
            started = time.perf_counter()
            verdicts = list(examine(path, SOURCES, ST_ALBANS))
            taken = time.perf_counter() - started
            rules = [i.rule for v in verdicts if isinstance(v, Verdict) for i in v.refusals]
            tally.told.append(f"{taken:5.2f} s  {', '.join(rules):20} {name}")
            if not rules or taken >= MOST_SECONDS:
                tally.faults.append(name)
            path.unlink()


def random_kills(tally: kills.Tally, asked: Asked) -> None:
    """Kill so many runs on each database at moments drawn at random."""
    for kind in asked.databases:
        kills.at_random(kind, asked.count, asked.seed, tally)


def stage_kills(tally: kills.Tally, asked: Asked) -> None:
    """Have runs die at every stage, at so many of the times that they come to it."""
    for kind in asked.databases:
        kills.at_stages(kind, whole(400), kills.STAGES, tally, asked.count)
        kills.at_stages(kind, few(), kills.FIRST_START, tally, asked.count)


def gate_kills(tally: gates.Tally, asked: Asked) -> None:
    """Kill the gate's process, so many times on each database."""
    for kind in asked.databases:
        gates.campaign(kind, asked.count, asked.seed, tally)


def many_crowds(tally: crowds.Tally, asked: Asked) -> None:
    """Have so many crowds, of each kind in turn, on each database in turn."""
    meetings = {kind: crowds.meeting(kind) for kind in asked.databases}
    for number in range(asked.count):
        turn, which = divmod(number, len(asked.databases))
        kind = asked.databases[which]
        what = crowds.KINDS_OF_CROWD[turn % len(crowds.KINDS_OF_CROWD)]
        crowds.crowd(kind, what, asked.seed + number, meetings[kind], tally)


def cut_connections(tally: Figures, asked: Asked) -> None:
    """Cut the connection to PostgreSQL at so many points of a run."""
    if POSTGRESQL not in asked.databases:
        return
    points, of_how_many = outages.points_to_cut(asked.count, asked.seed)
    tally.told.append("no connection cut")
    for cut, point in enumerate(points, 1):
        tally.faults += [f"at {point}: {fault}" for fault in outages.cut(point)]
        tally.told[0] = f"{cut} connections cut, each at another of {of_how_many} points of a run"


def all_outages(tally: Figures, asked: Asked) -> None:
    """Let runs meet every outage, so many times each."""
    for what, outage in outages.OUTAGES.items():
        if outage.kind not in asked.databases:
            continue
        if outage.needs_mounts and not can_mount():
            tally.told.append(f"not tried, as this user may not mount: {what}")
            continue
        before = len(tally.faults)
        for _ in range(asked.count):
            faults, sentence = outages.suffer(outage)
            tally.faults += [f"{what}: {fault}" for fault in faults]
        verdict = "well" if len(tally.faults) == before else "NOT WELL"
        tally.told.append(f"{verdict:8} {what}: {sentence}")


def random_orders(tally: orders.Tally, asked: Asked) -> None:
    """Send so many sequences of files, on each database in turn."""
    orders.campaign(asked.count, asked.seed, tally, asked.databases)


def all_twins(tally: Figures, asked: Asked) -> None:
    """Make warehouses and packs of two sample years in every way, and hold them together."""
    inbox = {**twins.samples(), **whole(400)}
    inbox = {name: content for name, content in inbox.items() if name != "archive.zip"}
    periods = [FinancialYear(2019), FinancialYear(2020)]
    periods += [Quarter(2020, number) for number in (1, 2, 3, 4)]
    ways = [way for way, (kind, _) in twins.WAYS.items() if kind in asked.databases]
    made = {}
    for way in ways:
        made[way] = twins.made(way, inbox, periods)
        tally.told.append(f"made: {way}; {made[way].size}")
    for one, other in combinations(ways, 2):
        tally.faults += [f"{one} / {other}: {f}" for f in twins.faults_of(made[one], made[other])]
    tally.told.append(f"{len(list(combinations(ways, 2)))} pairs of them held together to the byte")
    for number in range(asked.count):
        turned = twins.made(ways[0], twins.reordered(inbox, asked.seed + number), periods)
        tally.faults += twins.faults_of_figures(made[ways[0]], turned)
    tally.told.append(f"{asked.count} times with all rows in another order: the same figures")


def hidden_figures(tally: Figures, asked: Asked) -> None:
    """Try to work out what packs for the public leave out, of so many warehouses."""
    result = attack.campaign(asked.count, asked.seed)
    tally.told += attack.lines_of(result)
    tally.faults += [str(each) for each in (*result.recovered, *result.undecided)]


CAMPAIGNS: dict[str, Campaign] = {
    "hostile": Campaign("Hostile files", Figures, hostile_files),
    "damaged": Campaign("Damaged files", Figures, damaged_files, 10_000),
    "kills": Campaign("Killed at a random moment", kills.Tally, random_kills, 200),
    "stages": Campaign("Killed at every stage", kills.Tally, stage_kills, 4),
    "gates": Campaign("The gate's process killed", gates.Tally, gate_kills, 25),
    "crowds": Campaign("Eight runs at once", crowds.Tally, many_crowds, 100),
    "cuts": Campaign("Connections cut", Figures, cut_connections, 50),
    "outages": Campaign("Outages", Figures, all_outages),
    "orders": Campaign("Files in any order", orders.Tally, random_orders, 200),
    "twins": Campaign("Twins", Figures, all_twins),
    "attacks": Campaign("Hidden figures", Figures, hidden_figures, 1_000),
}


def main() -> None:
    """Run campaigns and end with 1 if one did not go well."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.faults",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("campaigns", nargs="*", metavar="campaign", help=", ".join(CAMPAIGNS))
    parser.add_argument("--count", type=int, help="how often, in place of the usual")
    parser.add_argument("--seed", type=int, default=2021)
    parser.add_argument("--database", choices=KINDS, help="only this one, in place of both")
    given = parser.parse_args()
    unknown = set(given.campaigns) - CAMPAIGNS.keys()
    if unknown:
        parser.error(f"no campaign {', '.join(sorted(unknown))}: there are {', '.join(CAMPAIGNS)}")
    databases = (given.database,) if given.database else KINDS
    # Also where it runs in the background, to which the keyboard means nothing.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    is_well = True
    for name in given.campaigns or CAMPAIGNS:
        campaign = CAMPAIGNS[name]
        asked = Asked(given.count or campaign.count, given.seed, databases)
        is_well = run(campaign, asked) and is_well
    raise SystemExit(not is_well)


def run(campaign: Campaign, asked: Asked) -> bool:
    """Run one campaign, print what it came to, and say whether it went well."""
    started, tally, end = time.perf_counter(), campaign.tally(), ""
    try:
        campaign.work(tally, asked)
    except KeyboardInterrupt:
        end = ", cut short"
    except Exception as error:  # the other campaigns still have something to say
        traceback.print_exc()
        tally.faults.append(f"it broke off: {type(error).__name__}")
    verdict = "NOT WELL" if tally.faults else "well"
    taken = time.perf_counter() - started
    print(f"\n{campaign.title}: {verdict}{end}, {taken:,.0f} s (seed {asked.seed})")
    print("\n".join(tally.lines()), flush=True)
    return not tally.faults and not end
