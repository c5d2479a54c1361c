"""A partnership whose schedule is run with a moved clock: files come, days pass, letters are sent.

The runs are those that the schedule makes, by its own dates: `flows.rounds` at the moments of
`flows.timetable`. What a day brings is written in a test, and everything is read where a person
would read it: in letters, on the status, in packs.
"""

import csv
import io
import multiprocessing
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest
from support.mail import COORDINATOR, DATA_TEAM, HOST, OFFICER, Server

from flows.clock import clock_at
from flows.publish import HeldBack
from flows.rounds import pack_round, receive_round, watch_round
from flows.settings import Settings, load_settings
from flows.status import standing_now
from flows.timetable import moment, pack_runs
from reports.standing import Export, Standing
from schemas.period import Quarter
from sources.sample import write_samples
from sources.sample.files import BOTH_YEARS, QUARTERLY, _within

SEED = 2021
WATCHED = (1, 17)
"""The days of a month on which the watch is let go: reminders and what is overdue fall on them."""


def configure(home: Path, server: Server, patch: pytest.MonkeyPatch) -> Settings:
    """Write the csp.toml of a partnership that tells everybody by a server, and read it."""
    place = home / "csp.toml"
    place.write_text(
        f"""\
home = "{home / "data"}"
audience = "partnership"
formats = []
[alerts]
coordinator = ["{COORDINATOR}"]
data_team = ["{DATA_TEAM}"]
security = ["{OFFICER}"]
sender = "csp@csp.test"
[mail]
host = "{HOST}"
port = {server.port}
security = "none"
timeout_seconds = 2
""",
        encoding="utf-8",
    )
    patch.setenv("CSP_CONFIG", str(place))
    return load_settings()


def write_exports(folder: Path) -> None:
    """Write what the partners will send in two years.

    The samples of two sources know what was closed after the quarter that a file is about; an
    export that is sent right after it cannot, and has blank cells there.
    """
    write_samples(folder)
    for sample in QUARTERLY:
        if sample.code not in ("asb_cases", "fly_tips"):
            continue
        for year in BOTH_YEARS:
            rows = sample.rows(year, SEED)[sample.headings]
            later = [c for c in rows.select_dtypes("datetime").columns if c != sample.dated_by]
            for quarter in year.quarters:
                part = _within(rows, sample.dated_by, quarter.span)
                end = pd.Timestamp((quarter.span.last + 1).start)
                for column in later:
                    part[column] = part[column].where(part[column] < end)
                path = folder / f"{sample.stem}-{quarter.slug}-synthetic{sample.suffix}"
                sample.write(part, sample.titles(year, quarter.span), path)


@dataclass
class Partnership:
    """A partnership on a day, with the samples that its partners will send."""

    settings: Settings
    server: Server
    samples: Path
    now: datetime
    is_sent: bool = False
    read: int = 0
    made: list[str] = field(default_factory=list)

    def partners_send(self, *files: Path) -> None:
        """Put files into the inbox, in place of those that were taken before."""
        shutil.rmtree(self.settings.inbox, ignore_errors=True)
        self.settings.inbox.mkdir(parents=True)
        for file in files:
            shutil.copy(file, self.settings.inbox)
        self.is_sent = True

    def exports_of(self, quarter: Quarter, without: str = "no export at all") -> list[Path]:
        """Return the samples of a quarter: a file of each export, and three street files."""
        names = [f"*-{quarter.slug}-*", *(f"{month.code}-*" for month in quarter.span)]
        found = [path for name in names for path in sorted(self.samples.glob(name))]
        return [path for path in found if not path.name.startswith(without)]

    def until(self, day: date) -> None:
        """Let the days pass up to the end of one, with the runs that the schedule makes on them."""
        end = datetime.combine(day + timedelta(days=1), datetime.min.time())
        for at, kind, period in sorted(self._due(end)):
            self.run(kind, at, period)
        self.now = end - timedelta(hours=12)

    def _due(self, end: datetime) -> Iterator[tuple[datetime, str, str]]:
        schedule = self.settings.schedule
        for due in pack_runs(schedule, self.now, end):
            yield due.at, due.kind, due.period_code
        day = self.now.date() + timedelta(days=1)
        if self.is_sent and day < end.date():
            # On all other mornings it finds what it has found before.
            self.is_sent = False
            yield moment(day, schedule.receive), "receive", ""
        while day < end.date():
            if day.day in WATCHED:
                yield moment(day, schedule.watch), "watch", ""
            day += timedelta(days=1)

    def run(self, kind: str, at: datetime, period: str = "") -> None:
        """Make one run as the schedule does; a pack that is held back ends it, and no more."""
        with clock_at(at):
            if kind == "receive":
                receive_round()
            elif kind == "watch":
                watch_round()
            else:
                try:
                    self.made.append(Path(pack_round(kind)).name)
                except HeldBack:
                    self.made.append(f"held: {period}")

    @property
    def letters(self) -> list[str]:
        """The subjects of the letters that came since this was last asked."""
        came = self.server.subjects[self.read :]
        self.read = len(self.server.subjects)
        return came

    @property
    def packs(self) -> list[str]:
        """The packs that were made since this was last asked."""
        made, self.made = self.made, []
        return made

    @property
    def status(self) -> Standing:
        """How things stand, as everybody sees it now."""
        return standing_now(self.settings, self.now)

    def export(self, quarter: Quarter, source: str) -> Export:
        """One export of one quarter on the status."""
        (state,) = [state for state in self.status.quarters if state.quarter == quarter]
        return next(each for each in state.exports if each.source == source)

    @property
    def needs(self) -> list[str]:
        """What needs a person, by a word each."""
        return [need.about.value for need in self.status.needs]

    @property
    def page(self) -> str:
        """The status page, as the last run has written it."""
        return (self.settings.packs / "status.html").read_text("utf-8")

    def pack(self, name: str) -> str:
        """The page of a pack."""
        return (self.settings.packs / name / "index.html").read_text("utf-8")


def american(export: Path, folder: Path) -> Path:
    """Return an export of the force with its days written month first."""
    return _rewritten(export, folder, lambda row, day: "/".join((day[1], day[0], day[2])))


def smudged(export: Path, folder: Path, text: str) -> Path:
    """Return an export of the force in which every twentieth day is another text."""
    return _rewritten(export, folder, lambda row, day: text if row % 20 == 0 else "/".join(day))


def _rewritten(export: Path, folder: Path, write: Callable[[int, list[str]], str]) -> Path:
    folder.mkdir(exist_ok=True)
    rows = list(csv.reader(io.StringIO(export.read_text("utf-8"))))
    head = next(n for n, row in enumerate(rows) if "Date Recorded" in row)
    place = rows[head].index("Date Recorded")
    for number, row in enumerate(rows[head + 1 :], 1):
        row[place] = write(number, row[place].split("/"))
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    made = folder / export.name
    made.write_text(out.getvalue(), encoding="utf-8")
    return made


# --- runs in processes of their own ---------------------------------------------------------------


@dataclass(frozen=True)
class Step:
    """One run: its moment, what it is, and the files that lie in the inbox then."""

    at: datetime
    kind: str
    files: dict[str, bytes] = field(default_factory=dict)


def take_step(step: Step) -> None:
    """Make a run in this process, with what lies in the inbox."""
    with clock_at(step.at):
        if step.kind == "receive":
            receive_round()
        elif step.kind == "watch":
            watch_round()
        else:
            with suppress(HeldBack):
                pack_round(step.kind)


def in_process(step: Step) -> "multiprocessing.process.BaseProcess":
    """Start a run in a process of its own, forked from one that has its libraries loaded."""
    context = multiprocessing.get_context("forkserver")
    process = context.Process(target=_live, args=(step, dict(os.environ)))
    process.start()
    return process


def _live(step: Step, environment: dict[str, str]) -> None:
    os.environ.clear()
    os.environ.update(environment)
    take_step(step)


def lay(settings: Settings, files: dict[str, bytes]) -> None:
    """Put files into the inbox in place of those before."""
    shutil.rmtree(settings.inbox, ignore_errors=True)
    settings.inbox.mkdir(parents=True)
    for name, content in files.items():
        (settings.inbox / name).write_bytes(content)


def pages(settings: Settings) -> dict[str, bytes]:
    """Return all files of all packs; the status says when it was written, and is left out."""
    return {
        str(path.relative_to(settings.packs)): path.read_bytes()
        for path in sorted(settings.packs.rglob("*"))
        if path.is_file() and path.name != "status.html"
    }
