"""After each delivery: the receipt in its folder, made from the warehouse."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from support.command import FINE, REJECTED, WRONG_USE, csp
from support.desk import FLY_TIPS, Desk, cctv, fire, fly_tips, police, street
from support.faulty import CANARY, FAULTY, NAME, write
from support.page import Tag, read

from flows.clock import clock_at
from flows.places import safe_name
from flows.receipts import receipt_of, write_again, write_receipts
from flows.trouble import Trouble, Unwritten
from reports.receipt import Receipt, Status
from schemas.issues import Issue
from sources.inbox import LeftOut
from warehouse.deliveries import Loaded
from warehouse.holds import Release, release
from warehouse.read import delivery_record

pytestmark = pytest.mark.slow  # each opens warehouses or reads big files

TODAY = "2026-11-02"


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with clock_at(datetime(2026, 11, 2, 9)):
        yield


def page(path: Path) -> Tag:
    return read(path.read_text(encoding="utf-8"))


def receipt(desk: Desk, number: int) -> Receipt:
    record = delivery_record(desk.engine, number)
    assert record is not None
    return receipt_of(desk.engine, record, desk.settings)


# --- csp receive --------------------------------------------------------------------------------


def test_a_delivery_gets_a_receipt_whose_place_is_said(home: Path):
    done = csp("receive", write(home, FAULTY))
    assert done.exit_code == REJECTED
    folder = Path(f"data/receipts/{TODAY}-0001-{NAME}")
    assert str(folder / "index.html") in done.stdout
    assert sorted(path.name for path in folder.iterdir()) == ["faults.csv", "index.html"]
    found = page(folder / "index.html")
    assert found.all("h2")[0].text == (
        "Accepted, but 3 of 6 rows were rejected and the figures are held back"
    )
    assert "'Date Recorded' is not a date written as 31/12/2020." in found.text
    assert "6,Date Recorded,date-unreadable" in (folder / "faults.csv").read_text("utf-8-sig")


def test_the_receipt_says_what_the_check_said(home: Path):
    """Keeps away: two answers to the same file, one before and one after it was sent."""
    path = write(home, FAULTY)
    csp("check", path, "--receipt", "check.html")
    csp("receive", path)
    (folder,) = Path("data/receipts").iterdir()
    checked, received = page(Path("check.html")), page(folder / "index.html")
    # What takes the figures of the quarter to know is all that a check leaves out.
    received_lines = (folder / "faults.csv").read_text("utf-8-sig").splitlines()
    assert [line for line in received_lines if ",rejected-in-small-category," not in line] == Path(
        "check.csv"
    ).read_text("utf-8-sig").splitlines()

    def rows(tree: Tag, place: int) -> list[str]:
        return [row.text for row in tree.all("table")[place].all("tbody")[0].all("tr") if
                row.all("td") and " held " not in row.text]  # fmt: skip

    for place in (0, 2):  # between them the scorecard, which counts the holds
        assert rows(checked, place) == rows(received, place)


def test_the_same_bytes_again_leave_the_receipt_alone(home: Path):
    path = write(home, FAULTY)
    first = csp("receive", path)
    (folder,) = Path("data/receipts").iterdir()
    before = {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in folder.iterdir()}
    second = csp("receive", path)
    assert {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in folder.iterdir()} == before
    assert str(folder) in first.stdout
    assert str(folder) in second.stdout


def test_a_rejected_delivery_gets_one_too(home: Path):
    done = csp("receive", write(home, b"Colour,Size\nred,4\n", "what is this?.csv"))
    assert done.exit_code == REJECTED
    found = page(Path(f"data/receipts/{TODAY}-0001-what-is-this-.csv/index.html"))
    assert found.all("h2")[0].text == "The file was rejected: nothing of it is counted"


def test_a_file_that_could_not_be_kept_gets_one_too(home: Path):
    done = csp("receive", write(home, b"no archive at all", "months.zip"))
    assert done.exit_code == REJECTED
    found = page(Path(f"data/receipts/{TODAY}-0001-months.zip/index.html"))
    assert "cannot be opened as a zip archive" in found.text


def test_a_receipt_that_cannot_be_written_is_told_and_undoes_nothing(home: Path):
    csp("init")
    Path("data/receipts").rmdir()
    write(home / "data", b"in the way", "receipts")
    done = csp("receive", write(home, FAULTY))
    assert done.exit_code == REJECTED
    assert "its receipt could not be written" in done.stdout
    assert "6         3         3" in " ".join(done.stdout.split("accepted")[1:])
    Path("data/receipts").unlink()
    again = csp("receipt", 1)
    assert again.exit_code == FINE
    assert Path(again.stdout.strip()).is_file()


def test_a_fault_of_ours_in_a_receipt_quotes_no_cell(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    loaded = desk.accept(NAME, FAULTY)

    def fails(*_arguments: object) -> None:
        raise ValueError(f"a cell said {CANARY}")

    monkeypatch.setattr("flows.receipts.receipt_of", fails)
    (told,) = write_receipts(desk.engine, [loaded], desk.settings)
    assert isinstance(told, Unwritten)
    assert told.reason.startswith("ValueError at test_receipts.py:")
    assert CANARY not in told.reason


def test_what_is_no_delivery_has_no_receipt(desk: Desk):
    others = [LeftOut("a.zip/notes.txt"), Trouble("b.csv", "ValueError at x.py:1.")]
    assert write_receipts(desk.engine, others, desk.settings) == []


# --- csp receipt --------------------------------------------------------------------------------


def test_a_receipt_can_be_written_again_to_the_same_bytes(home: Path):
    csp("receive", write(home, FAULTY))
    (folder,) = Path("data/receipts").iterdir()
    before = {p.name: p.read_bytes() for p in folder.iterdir()}
    for file in folder.iterdir():
        file.unlink()
    done = csp("receipt", 1)
    assert done.exit_code == FINE
    assert done.stdout.strip() == str(folder / "index.html")
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == before


def test_a_later_delivery_changes_no_earlier_receipt(desk: Desk):
    """Keeps away: rows by month and a trend that are those of today, not of the delivery."""
    old = "Date Recorded\n14/04/2020\n15/05/2020\n16/05/2020\n14/06/2020\n"
    new = "Date Recorded\n14/04/2020\n15/05/2020\n14/06/2020\n"
    desk.accept(NAME, police(_table(old)))
    place = write_again(desk.engine, 1, desk.settings)
    assert place is not None
    before = place.read_bytes()
    desk.accept("police-crime-2020-21-q1-again.csv", police(_table(new)))
    assert write_again(desk.engine, 1, desk.settings) == place
    assert place.read_bytes() == before


def test_a_number_that_no_delivery_has_is_wrong_use(home: Path):
    done = csp("receipt", 99)
    assert done.exit_code == WRONG_USE
    assert "There is no delivery 99" in done.stderr


# --- what it is made of -------------------------------------------------------------------------


def _table(lines: str) -> str:
    return lines.replace("\n", "\n            ")


def test_accepted_rows_by_month_are_those_of_the_delivery_new_or_not(desk: Desk):
    desk.accept(
        NAME, police(_table("Date Recorded\n14/04/2020\n15/05/2020\n16/05/2020\n14/06/2020\n"))
    )
    desk.accept(
        "police-crime-2020-21-q1-again.csv",
        police(_table("Date Recorded\n14/04/2020\n15/05/2020\n17/06/2020\n18/06/2020\n")),
    )
    told = [[(m.code, n) for m, n in receipt(desk, number).months] for number in (1, 2)]
    assert told == [
        [("2020-04", 1), ("2020-05", 2), ("2020-06", 1)],
        [("2020-04", 1), ("2020-05", 1), ("2020-06", 2)],
    ]


def test_every_source_has_its_rows_by_month_add_up(desk: Desk):
    files = {
        NAME: police("Date Recorded\n14/04/2020"),
        "2025-04-hertfordshire-street.csv": street("Month\n2025-04\n2025-04"),
        "cctv-2020-04.xlsx": cctv("Start | Log No\n2020-04-01 22:10 | C/1"),
        "fly-tips-2020-04.ods": fly_tips("Date Reported\n2020-04-01"),
        "fire-2020-04.xlsx": fire("Date and Time of Call\n2020-04-01 22:10"),
    }
    for name, content in files.items():
        loaded = desk.accept(name, content)
        made = receipt(desk, loaded.delivery_id)
        assert sum(rows for _, rows in made.months) == made.accepted == loaded.accepted, name
        assert made.partner, name
        assert made.layout, name


def test_the_trend_is_of_the_same_source_and_ends_with_the_delivery(desk: Desk):
    content = police("Date Recorded\n14/04/2020")
    desk.accept("police-crime-2020-04.csv", content)
    desk.accept("fly-tips-2020-04.ods", fly_tips("Date Reported\n2020-04-01"))
    desk.hand_in("police-crime-2020-21-q2.csv", content)
    desk.accept("police-crime-2020-04-again.csv", police("Date Recorded\n14/04/2020\n15/04/2020"))
    trend = receipt(desk, 4).trend
    assert [(line.delivery_id, line.status, line.read) for line in trend] == [
        (1, "accepted", 1), (3, "rejected", 1), (4, "accepted", 2),
    ]  # fmt: skip
    assert [line.delivery_id for line in receipt(desk, 1).trend] == [1]


def test_the_partner_is_named_as_the_settings_name_them(desk: Desk):
    desk.accept("fly-tips-2020-04.ods", fly_tips("Date Reported\n2020-04-01"))
    assert receipt(desk, 1).partner.startswith("St Albans City and District Council")
    named = desk.settings.model_copy(update={"partners": {"fly_tips": "The depot"}})
    record = delivery_record(desk.engine, 1)
    assert record is not None
    assert receipt_of(desk.engine, record, named).partner == "The depot"


def test_holds_are_shown_as_they_stand(desk: Desk):
    rows = "Date Recorded\n" + "14/04/2020\n" * 12 + "14/06/2020\n" * 12
    loaded = desk.accept(NAME, police(rows))
    (place,) = write_receipts(desk.engine, [loaded], desk.settings)
    assert isinstance(place, Path)
    assert page(place).all("h2")[0].text == "Accepted, but the figures are held back"
    assert "The file covers May 2020, but has no row for it." in page(place).text
    assert "Not answered yet." in page(place).text
    assert receipt(desk, 1).status is Status.HELD
    release(desk.engine, 1, Release("Ann Field", "It was quiet", datetime(2021, 4, 9)))
    write_again(desk.engine, 1, desk.settings)
    assert "Released by Ann Field, 9 Apr 2021: It was quiet." in page(place).text
    assert receipt(desk, 1).status is Status.ACCEPTED


def test_a_file_of_no_delivery_says_why(desk: Desk):
    outcome = Loaded(0, "a.zip", "", "rejected", None, issues=(Issue("file-locked"),))
    (place,) = write_receipts(desk.engine, [outcome], desk.settings)
    assert isinstance(place, Path)
    assert "protected by a password" in page(place).text
    assert "It was not kept." in page(place).text
    assert "only checked" not in page(place).text


def test_nothing_that_stands_in_a_cell_is_on_a_receipt(desk: Desk):
    bad = dict.fromkeys(FLY_TIPS, CANARY)
    heads, cells = " | ".join(bad), " | ".join(bad.values())
    desk.hand_in("fly-tips-2020-04.ods", fly_tips(f"{heads}\n{cells}"))
    desk.hand_in(NAME, FAULTY)
    for number in (1, 2):
        place = write_again(desk.engine, number, desk.settings)
        assert place is not None
        for file in place.parent.iterdir():
            assert CANARY.lower() not in file.read_text("utf-8").lower()


# --- names --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("police-crime-2020-21-q1.csv", "police-crime-2020-21-q1.csv"),
        ("2025-04.zip/2025-04/x-street.csv", "x-street.csv"),
        (r"a.zip/C:\temp\x.csv", "x.csv"),
        ("Straße & Café: Q1 (final).csv", "Strae-Cafe-Q1-final-.csv"),
        ("../../etc/passwd", "passwd"),
        ("..", "file"),
        ("日本", "file"),
        ("a" * 300 + ".csv", "a" * 80),
        ("-rf .csv ", "rf-.csv"),
        ("a\nb\0c", "a-b-c"),
    ],
)
def test_a_name_is_safe_for_any_file_system(name: str, safe: str):
    assert safe_name(name) == safe
