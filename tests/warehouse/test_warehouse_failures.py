"""What goes wrong on the way: a refused file, a fault in the middle, and two loads at once."""

import io
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from sqlalchemy import Engine
from support.databases import POSTGRESQL, empty_database, engine_at
from support.desk import CCTV, Desk, cctv, fire, police, street
from support.files import csv_bytes, gz
from support.post import table

from schemas.areas import ST_ALBANS
from schemas.issues import DeliveryRejected, Issue
from sources.gate import Gate
from sources.inbox import keep
from warehouse import prepare as prepare_module
from warehouse.load import load_delivery
from warehouse.prepare import prepare

Q1 = "police-crime-2020-21-q1.csv"
APRIL = "2025-04-hertfordshire-street.csv"
RECORD_OF_IT = ("delivery", "issue", "alert")
GOOD = "Crime Reference | HO Code\n41/1/20 | 28E\n41/2/20 | 34A\n"
HOPELESS = "Crime Reference | Easting\n41/7/20 | ca. 5\n41/8/20 | ca. 6\n"


def failing(gate: Gate, error: Exception) -> Iterator:
    """Give one chunk, and then fail as a file that is cut short or a fault of ours would."""
    yield from gate.chunks()
    raise error


# --- refused files ----------------------------------------------------------------------------


def test_a_file_that_cannot_be_recognised_is_recorded_and_nothing_else(either: Desk):
    either.accept(Q1, police(GOOD))
    before = either.content(*RECORD_OF_IT)
    refused = either.hand_in("budget-2020-21.csv", csv_bytes([["Cost", "Centre"], ["1", "2"]]))
    assert (refused.status, [issue.rule for issue in refused.issues]) == (
        "rejected", ["layout-unknown"],
    )  # fmt: skip
    assert either.content(*RECORD_OF_IT) == before
    assert either.shows(
        "csp_delivery_v1", "id source status extent first_month rows_read"
    ) == table(
        """
        1 | police_crime | accepted | E07000240 | 2020-04-01 | 2
        2 | -            | rejected | -         | -          | 0
        """
    )
    assert either.shows("csp_issue_v1", "delivery_id source_row rule response") == table("""
        2 | - | layout-unknown | reject file
    """)


def test_a_file_refused_twice_is_recorded_once(either: Desk):
    rubbish = csv_bytes([["Cost", "Centre"], ["1", "2"]])
    first = either.hand_in("budget.csv", rubbish)
    recorded = either.content()
    second = either.hand_in("budget.csv", rubbish)
    assert (first.delivery_id, second.delivery_id) == (1, 1)
    assert [issue.rule for issue in second.issues] == ["layout-unknown"]
    assert either.content() == recorded
    # Under another name it is another file that the partner must be told of.
    assert either.hand_in("budget-again.csv", rubbish).delivery_id == 2


def test_a_file_of_which_no_row_can_be_accepted_is_recorded_once_as_rejected(either: Desk):
    either.accept(Q1, police(GOOD))
    before = either.content(*RECORD_OF_IT)
    refused = either.hand_in(Q1, police(HOPELESS))
    assert (refused.status, [issue.rule for issue in refused.issues]) == (
        "rejected", ["nothing-accepted"],
    )  # fmt: skip
    assert either.content(*RECORD_OF_IT) == before
    again = either.hand_in(Q1, police(HOPELESS))
    assert (again.status, again.delivery_id) == ("rejected", refused.delivery_id)
    assert either.shows("csp_delivery_v1", "status") == [["accepted"], ["rejected"]]


def test_the_rows_of_a_refused_file_are_told_with_their_faults(either: Desk):
    refused = either.hand_in(Q1, police(HOPELESS))
    assert (refused.status, refused.rejected) == ("rejected", 2)
    assert either.shows("csp_issue_v1", "source_row header rule response") == table("""
        - | -       | nothing-accepted  | reject file
        2 | Easting | number-unreadable | reject row
        3 | Easting | number-unreadable | reject row
    """)
    assert either.count("rejected_row") == 0
    assert either.count("fact_police_crime") == 0
    assert either.months("all-crime") == {}


def test_a_file_that_breaks_off_in_the_middle_leaves_the_facts_as_they_were(either: Desk):
    either.accept(Q1, police(GOOD))
    before = either.content(*RECORD_OF_IT)
    parcel, gate = either.opened(Q1, police("Crime Reference | HO Code\n41/1/20 | 46\n"))
    cut = failing(gate, DeliveryRejected(Issue("file-unreadable", expected="a CSV file")))
    refused = load_delivery(either.engine, parcel, cut, gate.closing)
    assert (refused.status, [issue.rule for issue in refused.issues]) == (
        "rejected", ["file-unreadable"],
    )  # fmt: skip
    assert either.content(*RECORD_OF_IT) == before
    assert either.shows("csp_delivery_v1", "status") == [["accepted"], ["rejected"]]


def test_a_file_that_broke_off_may_be_sent_again_and_is_refused_again(desk: Desk):
    whole = street("Crime type\n" + "Drugs\n" * 50)
    cut = gz(whole)[:-20]
    first = desk.hand_in(f"{APRIL}.gz", cut)
    second = desk.hand_in(f"{APRIL}.gz", cut)
    assert (first.status, second.status) == ("rejected", "rejected")


def test_after_a_file_that_broke_off_the_whole_one_loads(either: Desk):
    whole = street("Crime ID | Crime type\na | Drugs\nb | Robbery\n")
    either.hand_in(f"{APRIL}.gz", gz(whole)[:-20])
    assert either.months("street-robbery") == {}
    either.accept(f"{APRIL}.gz", gz(whole))
    assert either.months("street-robbery") == {"2025-04": 1}


# --- faults of ours ---------------------------------------------------------------------------


def test_a_fault_in_the_middle_leaves_no_trace_at_all(either: Desk):
    either.accept(Q1, police(GOOD))
    before = either.content()
    parcel, gate = either.opened(Q1, police("Crime Reference | HO Code\n41/1/20 | 46\n"))
    with pytest.raises(RuntimeError, match="lightning"):
        load_delivery(either.engine, parcel, failing(gate, RuntimeError("lightning")), gate.closing)
    assert either.content() == before
    # And the next load of the very same file is a load like any other.
    parcel, gate = either.opened(Q1, police("Crime Reference | HO Code\n41/1/20 | 46\n"))
    loaded = load_delivery(either.engine, parcel, gate.chunks(), gate.closing)
    assert (loaded.status, loaded.superseded) == ("accepted", 2)


# --- two loads at once ------------------------------------------------------------------------


@pytest.fixture
def other(either: Desk) -> Iterator[Engine]:
    """A second program at the same warehouse."""
    with engine_at(either.address) as engine:
        yield engine


def together(*tasks: Callable[[], object]) -> list[object]:
    """Run tasks at the same time and return what they give, in their order."""
    with ThreadPoolExecutor(max_workers=len(tasks)) as pool:
        return [started.result(timeout=60) for started in [pool.submit(task) for task in tasks]]


def test_two_loads_of_a_source_wait_for_each_other(either: Desk, other: Engine):
    ours, gate = either.opened(Q1, police(GOOD))
    theirs, their_gate = either.opened(Q1, police("Crime Reference | HO Code\n41/2/20 | 46\n"))
    is_loading, order = threading.Event(), []

    def slowly() -> Iterator:
        is_loading.set()
        for chunk in gate.chunks():
            is_overtaken.wait(timeout=0.5)
            order.append("first")
            yield chunk

    is_overtaken = threading.Event()

    def overtaking() -> Iterator:
        order.append("second")
        is_overtaken.set()
        yield from their_gate.chunks()

    def first() -> object:
        return load_delivery(either.engine, ours, slowly(), gate.closing)

    def second() -> object:
        assert is_loading.wait(timeout=10)
        return load_delivery(other, theirs, overtaking(), their_gate.closing)

    one, two = together(first, second)
    assert order == ["first", "second"]
    assert (one.new, two.new, two.changed, two.superseded) == (2, 0, 1, 2)
    assert either.shows("csp_police_crime_v1", "crime_reference offence_code") == [
        ["41/2/20", "46"]
    ]


def test_the_same_file_from_two_sides_at_once_is_loaded_once(either: Desk, other: Engine):
    content = street("Crime type\nAnti-social behaviour\nAnti-social behaviour\n")
    parcel, gate = either.opened(APRIL, content)
    same, same_gate = either.opened(APRIL, content)
    start = threading.Barrier(2, timeout=10)

    def load(engine, what, opened) -> object:
        start.wait()
        return load_delivery(engine, what, opened.chunks(), opened.closing)

    loaded = together(
        lambda: load(either.engine, parcel, gate), lambda: load(other, same, same_gate)
    )
    assert sorted(load.is_known for load in loaded) == [False, True]
    assert either.months("street-anti-social-behaviour") == {"2025-04": 2}


def test_the_bytes_of_two_files_taken_at_once_are_both_kept(tmp_path):
    inner = []

    class InTheMiddle(io.BytesIO):
        """A file during whose copying another thread takes another file."""

        def read(self, size: int | None = -1) -> bytes:
            if not inner:
                inner.append(keep(io.BytesIO(b"theirs"), "theirs.csv", tmp_path))
            return super().read(size)

    outer = keep(InTheMiddle(b"ours"), "ours.csv", tmp_path)
    assert (outer.path.read_bytes(), inner[0].path.read_bytes()) == (b"ours", b"theirs")


@pytest.mark.slow
def test_two_sources_that_bring_the_same_new_words_both_load(tmp_path):
    with Desk.open(POSTGRESQL, tmp_path) as desk, engine_at(desk.address) as second:
        # Both have brought their first word before either brings the other's; the one that must
        # wait for the other does not come.
        meet = threading.Barrier(2, timeout=1)
        logs = [
            desk.opened("cctv-log-2020-21-q1.xlsx", cctv(f"Log No | Camera\n{row}"))
            for row in ("C/1000 | Alpha", "C/2000 | Beta")
        ]
        fires = [
            desk.opened("fire-incidents-2020-21-q1.xlsx", fire(f"Incident Number | Ward\n{row}"))
            for row in ("H/1000 | Beta", "H/2000 | Alpha")
        ]

        def load(engine, parts: list) -> object:
            (parcel, first), (_, last) = parts

            def chunks() -> Iterator:
                yield from first.chunks()
                with suppress(threading.BrokenBarrierError):
                    meet.wait()
                yield from last.chunks()

            return load_delivery(engine, parcel, chunks(), last.closing)

        outcomes = together(lambda: load(desk.engine, logs), lambda: load(second, fires))
        assert [outcome.status for outcome in outcomes] == ["accepted", "accepted"]


@pytest.mark.slow
def test_two_programs_may_start_on_an_empty_database_at_once(tmp_path, monkeypatch):
    made, may_finish, plain = threading.Event(), threading.Event(), prepare_module.sync_reference

    def pausing(*args) -> None:
        if not made.is_set():
            made.set()
            assert may_finish.wait(timeout=10)
        plain(*args)

    monkeypatch.setattr(prepare_module, "sync_reference", pausing)
    with (
        empty_database(POSTGRESQL, tmp_path) as address,
        engine_at(address) as one,
        engine_at(address) as two,
        engine_at(address) as onlooker,
    ):

        def second() -> None:
            assert made.wait(timeout=10)
            prepare(two, ST_ALBANS, [])

        def watch() -> None:
            try:
                wait_until_one_waits(onlooker)
            finally:
                may_finish.set()

        together(lambda: prepare(one, ST_ALBANS, []), second, watch)
        with onlooker.connect() as conn:
            assert prepare_module.revision_of(conn) == prepare_module.REVISION


def wait_until_one_waits(engine) -> None:
    """Return as soon as a transaction of the database waits for another."""
    for _ in range(100):
        with engine.connect() as conn:
            if conn.exec_driver_sql("SELECT count(*) FROM pg_locks WHERE NOT granted").scalar():
                return
        time.sleep(0.05)
    raise AssertionError("the second program waited for nothing")


def test_an_empty_log_without_the_word_nil_is_refused(desk: Desk):
    refused = desk.hand_in("cctv-log-2020-21-q1.xlsx", cctv("|".join(CCTV)))
    assert [issue.rule for issue in refused.issues] == ["rows-none"]
    assert desk.months("cctv-incidents") == {}
