"""What a coordinator does with a hold: read it, ask, release it by name, publish.

The quarter here has no row in May 2020, which is loaded, held, and printed only as a draft.
"""

import csv
import json
from datetime import date, datetime, time
from pathlib import Path

import pytest
from support.command import FINE, REJECTED, WRONG_USE, csp, words
from support.desk import Desk, cctv, police, street
from support.files import put
from support.official import defra

from flows.holding import rejected_csv
from flows.publish import CannotPrint, HeldBack, holds_against, publish
from flows.status import status_of
from reports.standing import About
from schemas.period import FinancialYear, Quarter
from sources.partners import SOURCES
from warehouse.read import RejectedLine

pytestmark = pytest.mark.slow  # each opens warehouses or reads big files

NAME = "police-crime-2020-21-q1.csv"
HELD = "Crime Reference | Date Recorded\n" + "".join(
    f"41/{n}/20 | 14/0{4 if n < 20 else 6}/2020\n" for n in range(40)
)
SPOILED = HELD + "41/77/20 | 31.04.2020\n"


@pytest.fixture
def home(ready: Path) -> Path:
    """A folder to work in, with the quarter in it."""
    put(ready, NAME, police(SPOILED))
    return ready


def test_a_hold_from_receipt_to_publication(home: Path):
    received = csp("receive", NAME)
    assert received.exit_code == REJECTED
    assert (
        "police-crime-2020-21-q1.csv is loaded, but its figures are held: The file covers May 2020"
        in words(received.stdout)
    )
    listed = csp("holds")
    assert listed.exit_code == REJECTED
    assert words(listed.stdout).startswith(
        "Hold 1: police-crime-2020-21-q1.csv Police recorded crime, May 2020; raised"
    )
    refused = csp("quarter", "2020-21-Q1")
    assert refused.exit_code == REJECTED
    assert "The pack of Apr to Jun 2020 was not published" in refused.stdout
    assert not (home / "data/packs/2020-21-q1").exists()
    for hold in range(1, 1 + refused.stdout.count("  Hold ")):
        done = csp("holds", "release", hold, "--by", "Ann Field", "--because", "Confirmed.")
        assert done.stdout == f"Hold {hold} was released by Ann Field.\n"
    assert csp("holds").exit_code == FINE
    assert "No hold stands." in csp("holds").stdout
    assert "released by Ann Field" in csp("holds", "--all").stdout
    assert csp("quarter", "2020-21-Q1").exit_code == FINE
    assert (home / "data/packs/2020-21-q1/index.html").exists()


def test_of_a_national_publication_no_corrected_file_is_asked_for(home: Path):
    """Defra's `:` held Bristol's figures, and Defra was to correct its file."""
    put(home, "defra.xlsx", defra("Year | Total Incidents\n2019-20 | :\n2020-21 | 910"))
    asked = "To be confirmed by the data team: whether these rows can be left out."
    received = words(csp("receive", "defra.xlsx").stdout)
    assert f"What to do: {asked}" in received
    listed = words(csp("holds").stdout)
    assert f"What to do: {asked}" in listed
    status = words(csp("status").stdout)
    assert asked in status
    receipt = next((home / "data/receipts").rglob("*.csv")).read_text(encoding="utf-8-sig")
    csp("rejected", "--csv", "rejected.csv")
    rejected = (home / "rejected.csv").read_text(encoding="utf-8-sig")
    assert asked in receipt
    assert "Nothing can be corrected here: it is the publisher's file." in rejected
    told = received + listed + status + receipt + rejected
    assert "Send a corrected file" not in told
    assert "Ask Department" not in told


def test_a_draft_says_that_it_is_one_and_leaves_the_pack_alone(home: Path):
    csp("receive", NAME)
    done = csp("quarter", "2020-21-Q1", "--draft")
    assert done.exit_code == FINE
    folder = home / "data/packs/2020-21-q1-draft"
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert '<body class="draft">' in page
    assert "<title>Draft: Quarterly tables" in page
    assert "Draft: not for publication." in page
    assert "The file covers May 2020, but has no row for it." in page
    assert json.loads((folder / "manifest.json").read_text("utf-8"))["draft"]
    assert not (home / "data/packs/2020-21-q1").exists()


def test_a_release_needs_a_name_a_reason_and_a_hold(home: Path):
    csp("receive", NAME)
    nameless = csp("holds", "release", "1", "--by", " ", "--because", "x")
    assert (nameless.exit_code, nameless.stderr) == (
        WRONG_USE, "csp: A release needs a name and a reason: --by and --because.\n",
    )  # fmt: skip
    gone = csp("holds", "release", "99", "--by", "Ann", "--because", "x")
    assert (gone.exit_code, gone.stderr) == (
        WRONG_USE, "csp: There is no hold 99; csp holds lists them.\n",
    )  # fmt: skip


def test_rejected_rows_are_listed_and_exported(home: Path):
    assert csp("rejected").exit_code == FINE
    csp("receive", NAME)
    listed = csp("rejected")
    assert listed.exit_code == REJECTED
    assert "Date Recorded" in listed.stdout
    assert "1 row in all" in listed.stdout
    csp("rejected", "--csv", "out.csv")
    with (home / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["row"], row["heading"], row["rule"]) == ("42", "Date Recorded", "date-unreadable")
    assert "31.04" not in (home / "out.csv").read_text("utf-8-sig")
    assert csp("rejected", "--csv", "nowhere/out.csv").exit_code == WRONG_USE


def test_no_cell_of_the_export_is_a_formula():
    text = rejected_csv([RejectedLine(1, "=cmd.csv", "police_crime", 2, "@x", "value-missing", "")])
    assert ",'=cmd.csv," in text
    assert ",'@x," in text


def test_status_names_what_is_held_and_overdue(home: Path):
    put(home, "csp.toml", b'expected_from = "2020-21-Q1"\n')
    csp("receive", NAME)
    done = csp("status")
    assert done.exit_code == REJECTED
    said = words(done.stdout)
    assert "If it is right: csp holds release 1 --by NAME --because REASON." in said
    assert "Overdue: Fire and rescue incidents," in said
    assert "Ask Hertfordshire Fire and Rescue Service for it." in said


def test_personal_data_in_a_row_is_told_at_once_and_not_repeated(home: Path):
    rows = "Log No | Camera\nC/1 | 7\nC/2 | canary@example.org\nC/3 | 8\n"
    done = csp("receive", put(home, "cctv-log.xlsx", cctv(rows)))
    said = words(done.stdout)
    assert "SECURITY: cctv-log.xlsx: 1 row holds what must not be sent, and was rejected" in said
    assert "information governance officer" in said
    assert "canary" not in done.output


# --- which packs a hold stands against ------------------------------------------------------------


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """A desk with the quarter loaded and held."""
    desk.accept(NAME, police(HELD))
    return desk


@pytest.mark.parametrize(
    ("period", "is_held"),
    [
        (Quarter(2020, 1), True),
        (Quarter(2020, 2), True),  # in its year to date
        (Quarter(2021, 1), True),  # compared with
        (FinancialYear(2020), True),
        (FinancialYear(2021), True),
        (Quarter(2019, 4), False),
        (Quarter(2022, 1), False),
    ],
)
def test_a_hold_stands_against_every_pack_that_prints_its_months(desk: Desk, period, is_held):
    assert bool(holds_against(desk.engine, period, desk.settings)) is is_held
    if is_held:
        with pytest.raises(HeldBack, match="1 hold stands against its figures"):
            publish(desk.engine, period, desk.settings)
        assert not desk.settings.packs.exists()
    else:
        with pytest.raises(CannotPrint, match="Nothing has come of"):
            publish(desk.engine, period, desk.settings)


def test_a_draft_without_a_hold_says_so(desk: Desk):
    pack = publish(desk.engine, Quarter(2019, 4), desk.settings, is_draft=True)
    assert "Nothing stands against its figures." in (pack.folder / "index.html").read_text("utf-8")


# --- overdue ------------------------------------------------------------------------------------


def late(desk: Desk, today: date, **due_days: int) -> list[str]:
    settings = desk.settings.model_copy(
        update={"due_days": due_days, "expected_from": "2020-21-Q1"}
    )
    standing = status_of(desk.engine, settings, datetime.combine(today, time(9)))
    return [need.what for need in standing.needs if need.about is About.OVERDUE]


def test_what_is_not_whole_after_its_day_is_overdue_and_not_before(desk: Desk):
    assert late(desk, date(2020, 9, 30)) == []
    lines = late(desk, date(2020, 10, 1))
    owing = [s.title for s in SOURCES if s.due_days != 0 and s.code != "police_crime"]
    assert [line.removeprefix("Overdue: ").partition(",")[0] for line in lines] == owing
    assert "Overdue: Fly-tipping records, Apr to Jun 2020, due since 30 Sep 2020." in lines


def test_a_partner_may_owe_another_day_or_nothing(desk: Desk):
    nobody = {source.code: 0 for source in SOURCES}
    assert late(desk, date(2020, 7, 31), **nobody | {"cctv_log": 30}) == [
        "Overdue: CCTV control-room log, Apr to Jun 2020, due since 30 Jul 2020.",
    ]
    assert late(desk, date(2026, 1, 1), **nobody) == []


def test_part_of_a_quarter_is_still_owed(desk: Desk):
    desk.accept("cctv-2020-21.xlsx", cctv("Log No | Start\nC/1 | 2020-04-01 22:10\n"))
    assert not [line for line in late(desk, date(2020, 10, 1)) if "CCTV" in line]
    desk.accept("2025-04-hertfordshire-street.csv", street("Crime ID\na\n"))
    assert "later quarter" not in " ".join(late(desk, date(2020, 10, 1)))


def test_nothing_is_overdue_before_anything_was_received(tmp_path: Path):
    with Desk.open("sqlite", tmp_path) as empty:
        standing = status_of(empty.engine, empty.settings, datetime(2026, 1, 1, 9))
        assert About.OVERDUE not in [need.about for need in standing.needs]
