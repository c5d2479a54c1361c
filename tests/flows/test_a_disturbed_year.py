"""A year whose runs are killed, and one whose packs are made by two machines at once.

Whatever is done to the runs, warehouse and packs come to be those of a year that nothing disturbed.
"""

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import make_url
from support.databases import ready_database
from support.desk import fire, fly_tips, police
from support.digest import differences, record_of
from support.mail import mail_server
from support.year import Step, configure, in_process, lay, pages, take_step

from flows.places import engine_of
from flows.settings import Settings, load_settings
from flows.timetable import moment, pack_runs
from warehouse.releases import releases
from warehouse.runs import runs

pytestmark = pytest.mark.slow

SINCE, UNTIL = datetime(2020, 7, 1), datetime(2021, 5, 31)


@cache
def files_of(quarter: int) -> dict[str, bytes]:
    """What three partners send for a quarter of 2020-21: a row or two a month."""
    months = [f"{m:02}/{2020 if m > 3 else 2021}" for m in _months(quarter)]
    crimes = "".join(
        f"41/{quarter}{n}/20 | {n % 9 + 10}/{month}\n"
        for n, month in enumerate([*months, *months], 1)
    )
    days = [f"{month[3:]}-{month[:2]}-03" for month in months]
    slug = f"2020-21-q{quarter}"
    return {
        f"police-crime-{slug}.csv": police(f"Crime Reference | Date Recorded\n{crimes}"),
        f"fly-tips-{slug}.ods": fly_tips(
            "Case Reference | Date Reported\n" + "\n".join(f"FT/{d} | {d}" for d in days)
        ),
        f"hfrs-incidents-{slug}.xlsx": fire(
            "Incident Number | Date and Time of Call\n"
            + "\n".join(f"H/{day} | {day} 12:00" for day in days)
        ),
    }


def _months(quarter: int) -> list[int]:
    return [(quarter * 3 + n) % 12 + 1 for n in range(3)]


def year_of(settings: Settings) -> list[Step]:
    """The runs of a year by the timetable: files come a week before each pack."""
    steps = []
    for due in pack_runs(settings.schedule, SINCE, UNTIL):
        files = files_of(int(due.period_code[-1])) if due.kind == "quarter-end" else {}
        if files:
            day = due.at.date().replace(day=8)
            steps.append(Step(moment(day, settings.schedule.receive), "receive", files))
        steps.append(Step(due.at, due.kind, files))
    return steps


@pytest.fixture(params=["sqlite", "postgresql"])
def site(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch) -> Iterator[Settings]:
    """A partnership with an empty warehouse, on each database in turn."""
    with open_site(request.param, tmp_path / "here", monkeypatch) as settings:
        yield settings


@contextmanager
def open_site(kind: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """Open a partnership with an empty warehouse of its own."""
    (folder / "data").mkdir(parents=True)
    for name in ("CSP_HOME", "CSP_WAREHOUSE_URL"):
        monkeypatch.delenv(name, raising=False)
    with mail_server() as server, ready_database(kind, folder / "data") as address:
        if kind != "sqlite":
            plain = make_url(address).render_as_string(hide_password=False)
            monkeypatch.setenv("CSP_WAREHOUSE_URL", plain)
        configure(folder, server, monkeypatch)
        yield load_settings()


def test_a_year_of_killed_runs_comes_to_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    with open_site("sqlite", tmp_path / "undisturbed", monkeypatch) as settings:
        started = time.monotonic()
        for step in year_of(settings):
            lay(settings, step.files)
            take_step(step)
        longest = (time.monotonic() - started) / len(year_of(settings))
        wanted = record_of(engine_of(settings)), pages(settings)
    made = [name.partition("/")[0] for name in wanted[1] if name.endswith("manifest.json")]
    assert made == [f"2020-21{quarter}-partnership" for quarter in ("", "-q1", "-q2", "-q3", "-q4")]
    draw, killed = random.Random(2021), 0
    with open_site("sqlite", tmp_path / "disturbed", monkeypatch) as settings:
        for step in year_of(settings):
            lay(settings, step.files)
            for _ in range(2):
                process = in_process(step)
                process.join(draw.uniform(0.2, 1.5) * longest)
                if process.is_alive():
                    process.kill()
                    process.join()
                    killed += 1
            take_step(step)
        found = record_of(engine_of(settings)), pages(settings)
        told = [run.state for run in runs(engine_of(settings))]
    assert killed > 4
    assert differences(wanted[0], found[0]) == []
    assert found[1] == wanted[1]
    assert "running" not in told


def test_two_machines_at_a_quarters_end_do_it_once(site: Settings):
    (first, second, *_) = year_of(site)
    lay(site, first.files)
    take_step(first)
    pair = [in_process(second), in_process(second)]
    for process in pair:
        process.join(120)
    engine = engine_of(site)
    assert [line.period_code for line in releases(engine)] == ["2020-21-Q1"]
    done = [run.state for run in runs(engine) if run.kind == "quarter-end"]
    assert set(done) == {"done"}
    assert (site.packs / "2020-21-q1-partnership/index.html").is_file()
    assert sorted(process.exitcode for process in pair) in ([0, 0], [0, 1])
    engine.dispose()
