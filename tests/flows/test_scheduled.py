"""The Prefect flows, run by a real Prefect: one partner's failure stops no other partner.

One server for the whole module; everything else is tested without Prefect.
"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.desk import street
from support.files import put

from flows.own_server import TABLES
from flows.prefect_tables import tables_of

APRIL = "2025-04-hertfordshire-street.csv"
GOOD = street("Crime ID | Crime type\na | Burglary")

pytestmark = [
    pytest.mark.slow,
    # Prefect's own libraries warn of each other; none of it is ours to mend.
    pytest.mark.filterwarnings("ignore"),
]


@pytest.fixture(scope="module")
def prefect_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A Prefect server of our own for the tests of this module, with its files in one folder."""
    folder = tmp_path_factory.mktemp("prefect")
    settings = {
        "PREFECT_HOME": str(folder),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_LOGGING_LEVEL": "ERROR",
        "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, value in settings.items():
            patch.setenv(name, value)
        from prefect.testing.utilities import prefect_test_harness

        with prefect_test_harness(server_startup_timeout=90):
            yield folder


@pytest.fixture
def data(home: Path) -> Path:
    """What csp keeps, with an empty inbox."""
    (home / "data/inbox").mkdir(parents=True)
    return Path("data")


def test_quarter_end_receives_all_and_publishes(prefect_home: Path, data: Path):
    put(data / "inbox", APRIL, GOOD)
    put(data / "inbox", "bad.csv", b"Colour,Size\nred,4\n")
    from flows.scheduled import quarter_end

    folder = Path(quarter_end("2025-26-Q1"))
    assert folder == data / "packs/2025-26-q1"
    csv = (folder / "tables/street-level-crime.csv").read_text(encoding="utf-8")
    assert "street-burglary" in csv
    with sqlite3.connect(data / "warehouse.db") as database:
        states = dict(database.execute("SELECT file_name, status FROM csp_delivery_v1"))
        published = database.execute("SELECT id, period_code FROM csp_release_v1").fetchall()
    assert published == [(1, "2025-26-Q1")]
    assert states == {"2025-04-hertfordshire-street.csv": "accepted", "bad.csv": "rejected"}


def test_a_fault_of_our_own_fails_the_run_after_the_others_are_loaded(
    prefect_home: Path, data: Path, monkeypatch: pytest.MonkeyPatch
):
    put(data / "inbox", APRIL, GOOD)
    put(data / "inbox", "2025-05-x-street.csv", street("Month\n2025-05"))
    from flows import receive as plain
    from flows.scheduled import receive
    from flows.trouble import RunFailed

    real = plain.recognise

    def sometimes(delivery, sources):
        if delivery.name.startswith("2025-04"):
            raise ValueError("a cell said: Jane Doe")
        return real(delivery, sources)

    monkeypatch.setattr(plain, "recognise", sometimes)
    with pytest.raises(RunFailed, match="1 of 2 files"):
        receive()
    with sqlite3.connect(data / "warehouse.db") as database:
        names = [n for (n,) in database.execute("SELECT file_name FROM csp_delivery_v1")]
    assert names == ["2025-05-x-street.csv"]


def test_year_end_publishes_the_year(prefect_home: Path, data: Path):
    put(data / "inbox", APRIL, GOOD)
    from flows.scheduled import year_end

    folder = Path(year_end("2025-26"))
    assert (folder / "index.html").is_file()


def test_prefects_own_records_hold_no_cell(prefect_home: Path, data: Path):
    secret = "On or near Canary Row"
    rows = f"a | Burglary | {secret}\nc | Not a type of crime | Here"
    put(data / "inbox", APRIL, street(f"Crime ID | Crime type | Location\n{rows}"))
    from flows.scheduled import receive

    counts = receive()
    assert counts["accepted"] == 1
    kept = prefects_records(prefect_home)
    assert b"receive-delivery" in kept, "Prefect's database was not found, so nothing was shown"
    for text in (secret, "Not a type of crime", "a" * 64, "St Albans 014B"):
        assert text.encode() not in kept


def test_the_tables_of_a_new_home_are_those_that_prefects_migrations_leave(prefect_home: Path):
    # After an upgrade of Prefect: python -m flows.prefect_tables
    laid = TABLES.read_text(encoding="utf-8")
    assert in_any_order(laid) == in_any_order(tables_of(prefects_database()))


def in_any_order(script: str) -> list[list[str]]:
    """The lines of each statement, sorted: the order of constraints is not the same every time."""
    return [sorted(line.strip(" \t,") for line in part.split("\n")) for part in script.split(";\n")]


def prefects_records(folder: Path) -> bytes:
    """All that Prefect has written: its home, and the database of the test server."""
    database = prefects_database()
    places = [*folder.rglob("*"), *database.parent.glob(f"{database.name}*")]
    return b"".join(path.read_bytes() for path in places if path.is_file())


def prefects_database() -> Path:
    from prefect.settings import PREFECT_API_DATABASE_CONNECTION_URL

    address = str(PREFECT_API_DATABASE_CONNECTION_URL.value())
    return Path(address.split("///", 1)[1])
