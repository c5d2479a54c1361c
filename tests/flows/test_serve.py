"""`csp serve` with a real Prefect server: it runs by itself, and what is killed is told of once.

One installation for all tests, in the order in which they stand: starting takes the most time.
"""

import os
import signal
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.databases import ready_file
from support.desk import street
from support.files import put
from support.mail import Server, mail_server
from support.serving import (
    RUNNER,
    SERVER,
    WAIT_SECONDS,
    Prefect,
    Serve,
    free_port,
    held,
    on_another_machine,
    settings_in,
    shorten_automations,
    until,
)

pytestmark = pytest.mark.slow

INTERRUPTED = "What runs the timetable was interrupted"


class Installed:
    """One folder with its mail server, its Prefect server, and `csp serve` under way."""

    def __init__(self, folder: Path, mail: Server):
        self.folder, self.mail = folder, mail
        self.data = folder / "csp-data"
        port = free_port()
        settings_in(folder, mail, port)
        put(self.data, "warehouse.db", ready_file())
        self.prefect = Prefect(port)
        self.serve = Serve(folder)
        self.up()

    def up(self, times: int = 1) -> None:
        until(lambda: self.serve.is_up(times), "csp serve to be up")

    def again(self) -> None:
        """Start it once more."""
        times = self.serve.said().count("It runs until it is stopped")
        self.serve = Serve(self.folder)
        self.up(times + 1)

    def rows(self, query: str) -> list[tuple]:
        with sqlite3.connect(self.data / "warehouse.db") as database:
            return database.execute(query).fetchall()

    def letters(self, subject: str) -> list[int]:
        """The places of the letters whose subject begins like this."""
        return [n for n, each in enumerate(self.mail.subjects) if each.startswith(subject)]

    def letter(self, subject: str, number: int = 1) -> str:
        """Wait for the n-th letter of a subject; return its text."""
        until(lambda: len(self.letters(subject)) >= number, f"a letter: {subject}")
        return self.mail.text(self.letters(subject)[number - 1])


@pytest.fixture(scope="module")
def csp(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installed]:
    with mail_server() as mail:
        installed = Installed(tmp_path_factory.mktemp("served"), mail)
        try:
            yield installed
        finally:
            installed.serve.stop()


def test_the_timetable_stands_on_the_server(csp: Installed):
    made = csp.prefect.deployments()
    crons = {name: [s["schedule"] for s in d["schedules"]] for name, d in made.items()}
    assert {name: [s["cron"] for s in each] for name, each in crons.items()} == {
        "receive": ["30 6 * * *"],
        "watch": ["30 7 * * *"],
        "quarter-end": ["0 6 15 1,4,7,10 *"],
        "year-end": ["0 6 15 5 *"],
    }
    assert {s["timezone"] for each in crons.values() for s in each} == {"Europe/London"}
    assert not any(d["paused"] for d in made.values())
    said = csp.serve.said()
    assert "quarter-end  on 15 January, April, July and October at 06:00; next on 15 " in said
    assert csp.prefect.address.removesuffix("/api") in said


def test_a_run_that_the_server_scheduled_starts_finishes_and_publishes(csp: Installed):
    put(csp.data / "inbox", "2025-04-hertfordshire-street.csv", street("Crime ID\na\nb"))
    put(csp.data / "inbox", "bad.csv", b"Colour,Size\nred,4\n")
    soon = csp.prefect.schedule_soon("quarter-end")
    run = until(lambda: csp.prefect.runs("quarter-end"), "a run by the schedule")[0]
    assert run["auto_scheduled"]
    csp.prefect.take_back("quarter-end", soon)
    assert csp.prefect.ended(run["id"]) == "Completed"
    (pack,) = csp.data.glob("packs/*/index.html")
    assert csp.rows("SELECT kind, state FROM csp_run_v1 WHERE kind = 'quarter-end'") == [
        ("quarter-end", "done")
    ]
    csp.letter("Published: the pack")
    shown = csp.prefect.artifacts(run["id"])
    assert set(shown) == {"what-came", "scorecard", "holds", "pack"}
    assert pack.as_uri() in shown["pack"]["data"]
    table = shown["what-came"]["data"]
    assert '"rows read": 2, "accepted": 2' in table
    assert "headings-unknown" in table or "not recognised" in table


def test_two_machines_do_it_once_and_one_that_is_killed_is_told_of_once(csp: Installed):
    with held(csp.data / "warehouse.db.receive.lock"):
        run = csp.prefect.start("quarter-end")
        waits_for_the_inbox(csp)
        second = csp.prefect.start("quarter-end", type="PENDING")
        assert on_another_machine(csp.folder, csp.prefect, second).wait(WAIT_SECONDS) == 0
        assert csp.prefect.ended(second) == "Skipped"
        os.kill(csp.serve.flow_process(), signal.SIGKILL)
        text = csp.letter("A run was cut off: quarter-end")
    assert "The process or the machine ended before the run did." in text
    assert csp.prefect.ended(run) == "Crashed"
    assert csp.prefect.ended(csp.prefect.start("quarter-end")) == "Completed"
    assert csp.rows("SELECT count(*) FROM csp_release_v1") == [(1,)]


def test_a_run_that_is_killed_while_it_starts_is_told_of_once(csp: Installed):
    """It loads Prefect for seconds, and has no record of ours until then."""
    told = len(csp.letters("A run was cut off: receive"))
    until(lambda: not csp.serve.has_flow_process(), "the end of the process of the run before")
    run = csp.prefect.start("receive")
    os.kill(csp.serve.flow_process(), signal.SIGKILL)
    text = csp.letter("A run was cut off: receive", told + 1)
    assert "before the run had begun its work" in " ".join(text.split())
    assert csp.prefect.ended(run) == "Crashed"
    assert csp.prefect.ended(csp.prefect.start("receive")) == "Completed"
    assert len(csp.letters("A run was cut off: receive")) == told + 1


def test_the_part_that_starts_runs_is_started_again_and_told_of_once(csp: Installed):
    before, told = csp.serve.part(RUNNER), len(csp.letters(INTERRUPTED))
    os.kill(before, signal.SIGKILL)
    text = csp.letter(INTERRUPTED, told + 1)
    assert "The part that starts the runs was ended by the signal SIGKILL" in text
    assert "and was started again." in text
    assert csp.serve.part(RUNNER) != before


def test_the_server_is_started_again_and_told_of_once(csp: Installed):
    before, told = csp.serve.part(SERVER), len(csp.letters(INTERRUPTED))
    os.kill(before, signal.SIGKILL)
    text = csp.letter(INTERRUPTED, told + 1)
    assert "Prefect's server was ended by the signal SIGKILL" in text
    assert csp.serve.part(SERVER) != before
    run = csp.prefect.start("watch")
    assert csp.prefect.ended(run) == "Completed"
    assert len(csp.letters(INTERRUPTED)) == told + 1


def test_another_one_in_the_same_folder_is_refused_in_a_sentence(csp: Installed):
    other = Serve(csp.folder)
    assert other.end() == 1
    assert "csp: csp serve is running already for csp-data (process " in csp.serve.said()


def test_a_part_that_cannot_start_is_told_of_and_nothing_is_said_to_run(
    csp: Installed, tmp_path: Path
):
    # On a machine where Prefect's folder belonged to another user, it said that all was well.
    settings_in(tmp_path, csp.mail, free_port())
    put(tmp_path / "csp-data", "warehouse.db", ready_file())
    put(tmp_path / "csp-data/prefect", "runs", b"in the way")
    told = len(csp.letters(INTERRUPTED))
    other = Serve(tmp_path, PREFECT_API_URL=csp.prefect.address)
    assert other.end() == 1
    assert "csp: The part that starts the runs did not start" in other.said()
    assert "runs these by itself" not in other.said()
    assert "did not start" in csp.letter(INTERRUPTED, told + 1)


def test_what_no_hook_can_see_the_server_looks_after(csp: Installed):
    # A run on a machine that dies, and one that nobody starts: either has watch run.
    cut_off = len(csp.letters("A run was cut off"))
    shorten_automations(csp.folder, csp.prefect)
    csp.prefect.served_by_nobody("year-end")
    with held(csp.data / "warehouse.db.receive.lock"):
        run = csp.prefect.start("quarter-end", type="PENDING")
        elsewhere = on_another_machine(csp.folder, csp.prefect, run)
        waits_for_the_inbox(csp)
        elsewhere.kill()
        elsewhere.wait()
    assert csp.prefect.ended(run) == "Crashed"
    text = csp.letter("A run did not happen: year-end")
    assert "It was due on" in text
    assert "and has not started." in text
    csp.letter("A run was cut off", cut_off + 1)
    assert len(csp.letters("A run was cut off")) == cut_off + 1
    assert len(csp.letters("A run did not happen")) == 1


def test_killed_itself_it_takes_its_parts_with_it_and_goes_on_when_it_is_back(csp: Installed):
    parts = [csp.serve.part(SERVER), csp.serve.part(RUNNER)]
    told = len(csp.letters(INTERRUPTED))
    csp.serve.signal(signal.SIGKILL)
    csp.serve.end()
    until(lambda: not any(map(is_there, parts)), "the end of its parts")
    csp.again()
    assert "ended without being stopped" in csp.letter(INTERRUPTED, told + 1)
    made = csp.prefect.ask("/deployments/filter")
    schedules = [(d["name"], len(d["schedules"])) for d in made if d["schedules"]]
    assert sorted(schedules) == [(k, 1) for k in ("quarter-end", "receive", "watch", "year-end")]
    names = [a["name"] for a in csp.prefect.ask("/automations/filter")]
    assert sorted(names) == ["csp: a run gives no sign of life", "csp: a run has not started"]


def test_asked_to_stop_twice_it_ends_the_run_under_way_and_says_so(csp: Installed):
    cut_off = len(csp.letters("A run was cut off"))
    with held(csp.data / "warehouse.db.receive.lock"):
        csp.prefect.start("quarter-end")
        waits_for_the_inbox(csp)
        csp.serve.signal(signal.SIGTERM)
        until(lambda: "A run of quarter-end is under way" in csp.serve.said(), "word of the run")
        csp.serve.signal(signal.SIGTERM)
        assert csp.serve.end() == 0
    assert "Traceback" not in csp.serve.said()
    assert "csp serve has stopped." in csp.serve.said()
    assert len(csp.letters("A run was cut off")) == cut_off + 1
    # A daily run may have begun since: the question is of the run that was ended.
    query = (
        "SELECT state, detail FROM csp_run_v1 WHERE kind = 'quarter-end' ORDER BY id DESC LIMIT 1"
    )
    assert csp.rows(query) == [("crashed", "It was stopped.")]


def waits_for_the_inbox(csp: Installed) -> None:
    """Wait until a run of a quarter's end is under way; it waits for the inbox."""
    query = "SELECT id FROM csp_run_v1 WHERE kind = 'quarter-end' AND state = 'running'"
    until(lambda: csp.rows(query), "a run of quarter-end")


def is_there(pid: int) -> bool:
    return Path(f"/proc/{pid}/exe").exists() and Path(f"/proc/{pid}/cmdline").read_bytes() != b""
