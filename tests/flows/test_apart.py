"""The gate in a process of its own: the same answers, and no harm when the process dies."""

import os
import signal
from pathlib import Path

import pytest
from support.databases import SQLITE
from support.desk import Desk, police, street
from support.files import put

from flows import apart
from flows.apart import GateApart, GateFailed, Task, is_worth_it
from flows.receive import receive_file
from flows.trouble import Trouble
from schemas.areas import ST_ALBANS
from schemas.issues import DeliveryRejected
from schemas.period import Month, Span
from sources.inbox import Delivery

pytestmark = pytest.mark.slow

MONTH = "2025-04-hertfordshire-street.csv"
ROWS = (
    "Crime ID | Month | Crime type\na | 2025-04 | Drugs\n | 2025-04 | Anti-social behaviour\n"
    "b | 2025-03 | Robbery\nc | 2025-04 | Robbery\nc | 2025-04 | Drugs\n"
)


@pytest.fixture
def always(monkeypatch: pytest.MonkeyPatch):
    """Give every file a process of its own."""
    monkeypatch.setattr(apart, "WORTH_IT_BYTES", 0)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (MONTH, street(ROWS)),
        ("police-crime-2020-21-q1.csv", police("Crime Reference\n41/1/20\n41/2/20\n")),
        ("police-crime-latest.csv", police("Crime Reference\n41/1/20\n41/2/20\n")),
        (MONTH, street("Crime ID | Month | Crime type\nb | 2025-03 | Robbery\n")),
        ("police-crime-2020-21-q1.csv", police("Crime Reference | Status\n41/1/20 | odd\n")),
        ("police-crime.csv", police("Date Recorded\n\n")),
    ],
)
def test_the_warehouse_is_the_same_as_with_one_process(tmp_path: Path, monkeypatch, name, content):
    seen = []
    for limit in (0, 1 << 40):
        monkeypatch.setattr(apart, "WORTH_IT_BYTES", limit)
        folder = tmp_path / str(limit)
        folder.mkdir()
        with Desk.open(SQLITE, folder) as desk:
            loaded = desk.hand_in(name, content)
            seen.append((desk.content("delivery", "hold", "alert"), loaded.status, loaded.issues))
    assert seen[0] == seen[1]


def test_small_files_and_workbooks_are_checked_in_the_process_that_is_there(tmp_path: Path):
    small = put(tmp_path, MONTH, b"x" * 1000)
    packed = put(tmp_path, "2025-04-hertfordshire-street.csv.gz", b"x" * (4 << 20))
    book = put(tmp_path, "cctv-2020-21-q1.xlsx", b"x" * (30 << 20))
    assert not is_worth_it(small)
    assert is_worth_it(packed)
    assert not is_worth_it(book)
    assert not is_worth_it(tmp_path / "gone.csv")


def delivery(folder: Path, name: str = MONTH, content: bytes | None = None) -> Delivery:
    path = put(folder, name, street(ROWS) if content is None else content)
    return Delivery(name, path, "0" * 64, path.stat().st_size)


def task(folder: Path, **changes) -> Task:
    return Task(delivery(folder, **changes), ST_ALBANS, Month(2025, 7).start)


def test_months_chunks_and_closing_come_through(tmp_path: Path):
    with GateApart() as gate:
        april = Month(2025, 4)
        gate.open(task(tmp_path))
        assert gate.span == Span(april, april)
        (chunk,) = gate.chunks()
        assert chunk[0].read == 5
        assert list(gate.closing().issues["rule"]) == ["key-conflict", "key-conflict"]


def test_a_refusal_comes_through_with_its_reasons(tmp_path: Path):
    with GateApart() as gate, pytest.raises(DeliveryRejected) as refused:
        gate.open(task(tmp_path, name="police-crime.csv", content=police("Date Recorded\n\n")))
    assert [issue.rule for issue in refused.value.issues] == ["months-unknown"]


def test_a_fault_of_the_program_names_its_kind_and_place_and_no_value(tmp_path: Path):
    gone = Delivery(MONTH, tmp_path / "gone.csv", "0" * 64, 9)
    with GateApart() as gate, pytest.raises((GateFailed, DeliveryRejected)) as failed:
        gate.open(Task(gone, ST_ALBANS, Month(2025, 7).start))
    assert "gone" not in str(failed.value)


def test_a_process_that_is_killed_ends_the_load_and_changes_nothing(
    desk: Desk, always, monkeypatch
):
    desk.accept(MONTH, street("Crime ID | Crime type\na | Drugs\n"))
    before = desk.content()
    path = put(desk.settings.inbox, MONTH, street(ROWS))
    opened = GateApart.open

    def killed(self, given):
        os.kill(self._process.pid, signal.SIGKILL)
        self._process.join()
        opened(self, given)

    monkeypatch.setattr(GateApart, "open", killed)
    (outcome,) = receive_file(desk.engine, path, desk.settings)
    assert outcome == Trouble(
        MONTH,
        "The process that checks it got SIGKILL before it was done; when memory runs out, a system "
        "kills what uses most of it.",
        is_outage=True,
    )
    assert desk.content() == before
