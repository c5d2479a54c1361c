"""`csp receive`, `csp quarter` and `csp year`: on record, in the log, and their trouble told."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from support.command import FINE, REJECTED, WRONG_USE, csp, words
from support.desk import police
from support.files import put
from support.mail import COORDINATOR, DATA_TEAM, mail_server
from support.year import configure

from flows.clock import clock_at
from flows.log import KEPT, note
from flows.settings import load_settings

pytestmark = pytest.mark.slow

NAME = "police-crime-2020-21-q1.csv"
GOOD = police("Date Recorded\n14/04/2020\n14/05/2020\n14/06/2020\n")
CANARY = "Farah Nobody"
BAD = police(f"Date Recorded | Ward\n14/04/2020 | {CANARY}\n{CANARY} | x\n14/06/2020 | x\n")


@pytest.fixture
def server(ready: Path, monkeypatch: pytest.MonkeyPatch):
    """A partnership whose people are told by mail, with an empty warehouse."""
    with mail_server() as running:
        configure(ready, running, monkeypatch)
        yield running


def asked(home: Path, question: str) -> list[tuple]:
    with closing(sqlite3.connect(home / "data/warehouse.db", isolation_level=None)) as database:
        return database.execute(question).fetchall()


def logged(home: Path) -> str:
    return "".join(p.read_text("utf-8") for p in sorted((home / "data/log").glob("*.log")))


def test_a_run_is_on_record_in_the_log_and_on_the_page(ready: Path, server):
    put(ready / "data/inbox", NAME, GOOD)
    assert csp("receive").exit_code == FINE
    assert csp("quarter", "2020-21-Q1").exit_code == FINE
    assert asked(ready, "SELECT kind, period_code, state FROM run ORDER BY id") == [
        ("csp receive", "", "done"),
        ("csp quarter", "2020-21-Q1", "done"),
    ]
    events = [line.partition(" ")[2] for line in logged(ready).splitlines()]
    assert events == [
        "csp receive: started.",
        f"{NAME}: accepted, 3 rows read, 0 rejected.",
        "csp receive: done.",
        "csp quarter of 2020-21-Q1: started.",
        "The pack of Apr to Jun 2020 is release 1.",
        "Alerts: 1 alert sent in 1 letter.",
        "csp quarter of 2020-21-Q1: done.",
    ]
    assert "release 1" in (ready / "data/packs/status.html").read_text("utf-8")


def test_no_cell_is_in_the_log(ready: Path, server):
    put(ready / "data/inbox", NAME, BAD)
    assert csp("receive").exit_code == REJECTED
    assert f"{NAME}: accepted, 3 rows read, 1 rejected, held (" in logged(ready)
    assert "Farah" not in logged(ready)


def test_a_pack_that_is_held_is_told_once_however_often_it_is_tried(ready: Path, server):
    put(ready / "data/inbox", NAME, BAD)
    csp("receive")
    for _ in range(3):
        done = csp("quarter", "2020-21-Q1")
        assert done.exit_code == REJECTED
    assert server.subjects == [
        f"1 row rejected: {NAME}",
        "Not published: the pack of Apr to Jun 2020",
    ]
    assert asked(ready, "SELECT state FROM run ORDER BY id") == [("done",), *[("held",)] * 3]


def test_a_warehouse_that_is_out_is_told_by_mail_at_once(ready: Path, server):
    put(ready / "data/inbox", NAME, GOOD)
    (ready / "data/warehouse.db").write_bytes(b"no database, however long it may be" * 99)
    done = csp("receive")
    assert done.exit_code == WRONG_USE
    assert "is damaged, or is no warehouse" in done.stderr
    assert server.subjects == ["The machine or the warehouse needs attention"]
    assert server.taken[0]["To"] == f"{COORDINATOR}, {DATA_TEAM}"
    assert "is damaged, or is no warehouse" in server.text()
    assert "Trouble: The warehouse" in logged(ready)
    assert "The warehouse is out." in (ready / "data/packs/status.html").read_text("utf-8")
    csp("receive")
    assert len(server.taken) == 1, "told once a day for the same thing"


def test_what_is_told_of_a_full_disk_is_listed_while_it_waits(ready: Path, server, monkeypatch):
    """csp status said that an alert waits, and csp alerts knew of none: it was not loaded yet."""
    put(ready / "data/inbox", NAME, GOOD)
    server.answers = "451 later"

    def full(*_given, **_named):
        raise OSError(28, "No space left on device", "data/archive")

    with monkeypatch.context() as patch:
        patch.setattr("flows.receive.take", full)
        csp("receive")
    listed = csp("alerts")
    assert listed.exit_code == REJECTED
    assert "The machine or the warehouse needs attention" in listed.stdout
    assert "1 alert waits to be sent since" in listed.stdout
    server.answers = "250 OK"
    assert csp("watch").exit_code == FINE
    assert csp("alerts").exit_code == FINE
    assert server.subjects == ["The machine or the warehouse needs attention"] * 2
    assert [m["To"] for m in server.taken] == [COORDINATOR, DATA_TEAM], "once each"


def test_an_outage_that_a_file_meets_is_told(ready: Path, server, monkeypatch):
    put(ready / "data/inbox", NAME, GOOD)

    def full(*_given, **_named):
        raise OSError(28, "No space left on device", "data/archive")

    with monkeypatch.context() as patch:
        patch.setattr("flows.receive.take", full)
        done = csp("receive")
    assert done.exit_code == REJECTED
    assert "data/archive: the disk is full." in words(done.stdout)
    assert server.subjects == ["The machine or the warehouse needs attention"]
    assert "data/archive: the disk is full." in server.text()
    csp("receive")
    assert asked(ready, "SELECT state FROM run ORDER BY id") == [("failed",), ("done",)]
    assert asked(ready, "SELECT kind FROM alert") == [("trouble",)]


def test_a_fault_of_the_program_is_told_without_its_text(ready: Path, server, monkeypatch):
    def broken(*_given, **_named):
        raise ValueError(f"a cell said: {CANARY}")

    assert csp("receive", put(ready, NAME, GOOD)).exit_code == FINE
    monkeypatch.setattr("flows.publish.publish_pack", broken)
    done = csp("quarter", "2020-21-Q1")
    assert done.exit_code == WRONG_USE
    assert (
        "csp quarter of 2020-21-Q1 broke off by a fault of the program: ValueError at"
        in done.stderr
    )
    assert server.subjects == ["A run failed: csp quarter of Apr to Jun 2020"] * 2
    assert {m["To"] for m in server.taken} == {COORDINATOR, DATA_TEAM}
    assert CANARY not in done.output + logged(ready) + server.text()


@pytest.mark.parametrize("why", ["Nothing has come of", "There is no file wards.geojson"])
def test_a_pack_that_could_not_be_printed_is_on_record_as_failed(ready: Path, server, why: str):
    """It was on record as done, so that a pack that was never made was not missed."""
    if "wards" in why:
        given = (ready / "csp.toml").read_text("utf-8")
        more = '[map]\nboundaries = "wards.geojson"\ncode_property = "WD18CD"\n'
        (ready / "csp.toml").write_text(given + more, "utf-8")
    done = csp("quarter", "2020-21-Q1", "--audience", "partnership")
    assert done.exit_code == WRONG_USE
    assert why in done.stderr
    ((state, detail),) = asked(ready, "SELECT state, detail FROM run")
    assert state == "failed"
    assert why in detail
    assert server.subjects == [], "who typed it has read it"
    assert why in words(csp("status").stdout)


def test_a_run_that_was_killed_is_told_by_the_next(ready: Path, server):
    from support.runs import Order, Run

    put(ready / "data/inbox", NAME, GOOD)
    from support.runs import Point, at, die

    point = Point("flows.receive.load_delivery", is_after=True)
    run = Run(Order(ready / "data", befalls=(at(point, die),)))
    assert run.wait()[0] == -9
    assert csp("status").exit_code == REJECTED
    assert "csp receive: crashed" in words(csp("status").stdout)
    csp("watch")
    assert "A run was cut off: csp receive" in server.subjects
    assert csp("receive").exit_code == FINE


def test_who_stops_it_at_the_keyboard_needs_no_letter(ready: Path, server, monkeypatch):
    put(ready / "data/inbox", NAME, GOOD)

    def stopped(*_given, **_named):
        raise KeyboardInterrupt

    monkeypatch.setattr("flows.receive.take", stopped)
    assert csp("receive").exit_code not in (FINE, REJECTED, WRONG_USE)
    assert server.subjects == []
    assert asked(ready, "SELECT state, detail FROM run") == [
        ("crashed", "It was stopped at the keyboard.")
    ]


def test_the_log_is_a_file_a_month_and_old_ones_go(ready: Path):
    settings = load_settings()
    for month in range(1, 13):
        for year in (2020, 2021):
            with clock_at(datetime(year, month, 3)):
                note(settings, "Something\nin two lines.")
    files = sorted(p.name for p in settings.log.iterdir())
    assert len(files) == KEPT
    assert files[-1] == "csp-2021-12.log"
    assert (settings.log / files[-1]).read_text("utf-8") == (
        "2021-12-03T00:00:00Z Something in two lines.\n"
    )


def test_a_log_that_cannot_be_written_stops_nothing(ready: Path, server):
    put(ready / "data/inbox", NAME, GOOD)
    put(ready / "data", "log", b"a file is in the way")
    assert csp("receive").exit_code == FINE


def test_a_reader_who_has_seen_enough_cuts_no_run_off(ready: Path, server):
    """`csp receive | head -1` loaded all, and wrote to the coordinator that it had been cut off."""
    put(ready / "data/inbox", NAME, GOOD)
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as nobody:
        subprocess.run(
            [sys.executable, "-m", "flows.cli", "receive"], cwd=ready, stdout=nobody, check=False
        )
    assert asked(ready, "SELECT kind, state FROM run") == [("csp receive", "done")]
    assert asked(ready, "SELECT status FROM delivery") == [("accepted",)]
    assert server.subjects == []


DIES_WHILE_LOADING = """
import os, signal, sys
class Death:
    def find_spec(self, name, *_more):
        if name == "pandas":
            os.kill(os.getpid(), signal.SIGKILL)
sys.meta_path.insert(0, Death())
sys.argv = ["csp", *sys.argv[1:]]
from flows.cli import main
main()
"""


@pytest.mark.parametrize(
    ("command", "named"),
    [
        (("receive", NAME), "csp receive"),
        (("quarter", "2020-21-Q1"), "csp quarter of Apr to Jun 2020"),
        (("year", "2020-21"), "csp year of Apr 2020 to Mar 2021"),
    ],
)
def test_a_run_that_was_killed_while_it_loaded_its_libraries_is_told(
    ready: Path, server, command: tuple[str, ...], named: str
):
    """The record was begun after seconds of loading: whoever was killed by then left no trace."""
    put(ready, NAME, GOOD)
    done = subprocess.run(
        [sys.executable, "-c", DIES_WHILE_LOADING, *command], cwd=ready, check=False
    )
    assert done.returncode == -9
    assert csp("status").exit_code == REJECTED
    csp("watch")
    assert f"A run was cut off: {named}" in server.subjects
