"""Retention: bytes and personal cells go, every number stays, and a run that broke off is healed.

Deliveries here come on a day of their own; what came before `THE_DAY` is past the agreed age.
"""

import os
import shutil
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select, text
from support.desk import DAY_ONE, DISTRICT, Desk, cctv, fire, police, street
from support.files import files_below, put, zip_bytes

from flows.publish import publish
from flows.purging import carry_out, look
from flows.receipts import write_again
from flows.receive import receive_file
from flows.tracing import trace_named
from schemas.fields import Privacy
from schemas.period import Quarter
from schemas.records import base
from warehouse.deliveries import Loaded
from warehouse.purge import Order
from warehouse.tables import DELIVERY, PURGE

pytestmark = pytest.mark.slow  # each opens warehouses

OLD, THE_DAY, YOUNG = DAY_ONE, date(2021, 3, 31), datetime(2021, 3, 31, 0, 0)
ORDER = Order(THE_DAY, "Ann Field", datetime(2023, 3, 31, 9))
CRIMES, LOG = "police-crime-2020-21-q1.csv", "cctv-log-2020-21-q1.xlsx"
THREE = (
    "Crime Reference | Date Recorded\n"
    "41/1/20 | 14/04/2020\n41/2/20 | 14/05/2020\n41/3/20 | 14/06/2020\n"
)


def came(desk: Desk, name: str, content: bytes, moment: datetime = OLD) -> Loaded:
    loaded = desk.hand_in(name, content)
    desk.stamp(loaded.delivery_id, moment)
    return loaded


def files(desk: Desk) -> set[str]:
    """Return the names of the files that lie in the archive."""
    return {path.name for path in desk.settings.archive.rglob("*") if path.is_file()}


def purge(desk: Desk):
    return carry_out(desk.engine, desk.settings, ORDER)


def recorded(desk: Desk) -> list[tuple[object, ...]]:
    """Return what is on record of purges, without their times."""
    columns = [c for c in PURGE.c if c.name not in ("id", "purged_at")]
    with desk.engine.connect() as conn:
        return [tuple(row) for row in conn.execute(select(*columns).order_by(PURGE.c.id))]


def removed(desk: Desk) -> dict[int, bool]:
    """Return for each delivery whether its bytes are recorded as removed."""
    query = select(DELIVERY.c.id, DELIVERY.c.bytes_removed_at).order_by(DELIVERY.c.id)
    with desk.engine.connect() as conn:
        return {number: moment is not None for number, moment in conn.execute(query)}


def pack(desk: Desk) -> dict[str, bytes]:
    folder = publish(desk.engine, Quarter(2020, 1), desk.settings, is_draft=True).folder
    return files_below(folder)


# --- what goes and what stays -------------------------------------------------------------------


def test_a_dry_run_says_what_would_go_and_changes_nothing(either: Desk):
    old = came(either, CRIMES, police(THREE))
    came(either, LOG, cctv("Arrests\n2\n"), YOUNG)
    before, lying = either.content(), files(either)
    found = look(either.engine, either.settings, THE_DAY).plan
    assert [(due.id, due.file_name, due.received_at) for due in found.going] == [
        (old.delivery_id, CRIMES, OLD)
    ]
    assert (found.needed, found.absent, found.leftover, found.strays, found.cells) == (
        (), (), frozenset(), frozenset(), (),
    )  # fmt: skip
    assert (either.content(), files(either)) == (before, lying)


def test_bytes_go_and_every_number_stays_to_the_byte(either: Desk):
    came(either, CRIMES, police(THREE))
    came(either, LOG, cctv("Arrests\n2\n"), YOUNG)
    before, printed = either.content("delivery", "purge"), pack(either)
    traced = trace_named(either.engine, "vehicle-offences", "2020-21-Q1", None, either.settings)
    receipt = write_again(either.engine, 1, either.settings)
    assert receipt is not None
    told = receipt.read_bytes()

    done = purge(either)

    assert done.is_fine
    assert removed(either) == {1: True, 2: False}
    assert [due.id for due in done.plan.going] == [1]
    assert len(files(either)) == 1
    assert either.content("delivery", "purge") == before
    assert pack(either) == printed
    again = trace_named(either.engine, "vehicle-offences", "2020-21-Q1", None, either.settings)
    assert [list(part.rows) for part in again.behind] == [list(p.rows) for p in traced.behind]
    assert again.behind[0].record.bytes_removed_at == ORDER.at
    assert write_again(either.engine, 1, either.settings) == receipt
    assert receipt.read_bytes() == told
    assert recorded(either) == [(THE_DAY, "Ann Field", 1, len(police(THREE)), 0)]


def test_what_came_on_the_day_itself_is_not_older_than_it(either: Desk):
    came(either, CRIMES, police(THREE), YOUNG)
    assert purge(either).plan.going == ()
    assert (removed(either), recorded(either)) == ({1: False}, [])


def test_bytes_of_refused_files_and_of_members_of_archives_go_too(either: Desk):
    came(either, "unknown.csv", b"Colour,Size\nred,4\n")
    member = "2025-04/2025-04-hertfordshire-street.csv"
    packed = zip_bytes(
        {member: street("Crime ID | Crime type\na | Robbery\n"), "x/readme.csv": b"x"}
    )
    came_in = [
        found
        for found in receive_file(
            either.engine, put(either.settings.inbox, "2025-04.zip", packed), either.settings
        )
        if isinstance(found, Loaded)
    ]
    either.stamp(came_in[0].delivery_id, OLD)
    done = purge(either)
    assert [due.file_name for due in done.plan.going] == ["unknown.csv", f"2025-04.zip/{member}"]
    assert (files(either), removed(either)) == (set(), {1: True, 2: True})


def test_bytes_that_a_younger_delivery_needs_stay(either: Desk):
    """The same bytes under another name are refused for their months: a delivery of its own."""
    came(either, CRIMES, police(THREE))
    other = came(either, "police-crime-2020-21-q3.csv", police(THREE), YOUNG)
    assert other.status == "rejected"
    done = purge(either)
    assert [(due.id, due.needed_by) for due in done.plan.needed] == [(1, 2)]
    assert (len(files(either)), removed(either), recorded(either)) == (1, {1: False, 2: False}, [])
    either.stamp(2, OLD)
    assert [due.id for due in purge(either).plan.going] == [1, 2]
    assert (files(either), removed(either)) == (set(), {1: True, 2: True})
    assert [row[2] for row in recorded(either)] == [1]


def test_a_second_run_finds_nothing_and_records_nothing(either: Desk):
    came(either, CRIMES, police(THREE))
    purge(either)
    once = either.content()
    assert purge(either).plan.names == []
    assert either.content() == once


# --- bytes that are not there -------------------------------------------------------------------


def test_missing_bytes_are_damage_unless_retention_removed_them(either: Desk):
    came(either, CRIMES, police(THREE))
    shutil.rmtree(either.settings.archive)
    done = purge(either)
    assert not done.is_fine
    assert [due.id for due in done.plan.absent] == [1]
    assert (removed(either), recorded(either)) == ({1: False}, [])
    either.hand_in(CRIMES, police(THREE))
    assert [due.id for due in purge(either).plan.going] == [1]
    assert files(either) == set()
    assert purge(either).is_fine


def test_what_was_refused_at_the_door_was_never_kept_and_is_not_missed(either: Desk):
    came(either, "locked.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"EncryptedPackage" * 40)
    assert files(either) == set()
    done = purge(either)
    assert (done.is_fine, done.plan.going, removed(either)) == (True, (), {1: False})


# --- the same file again ------------------------------------------------------------------------


def test_the_same_file_again_is_known_and_its_bytes_do_not_come_back(either: Desk):
    came(either, CRIMES, police(THREE))
    purge(either)
    before = either.content()
    again = either.hand_in(CRIMES, police(THREE))
    assert (again.is_known, again.delivery_id, again.bytes_removed_at) == (True, 1, ORDER.at)
    assert (either.content(), files(either)) == (before, set())


def test_a_refused_file_again_does_not_come_back_either(either: Desk):
    came(either, "unknown.csv", b"Colour,Size\nred,4\n")
    purge(either)
    again = either.hand_in("unknown.csv", b"Colour,Size\nred,4\n")
    assert (again.status, again.bytes_removed_at, files(either)) == ("rejected", ORDER.at, set())


def test_the_same_bytes_as_another_delivery_are_kept(either: Desk):
    """A new delivery of old bytes is on record by itself, and younger than any agreed age."""
    came(either, CRIMES, police(THREE))
    purge(either)
    other = either.hand_in("police-crime-2020-21-q3.csv", police(THREE))
    assert (other.delivery_id, other.bytes_removed_at, len(files(either))) == (2, None, 1)
    assert purge(either).plan.names == []
    assert removed(either) == {1: True, 2: False}


def test_a_corrected_file_after_the_purge_replaces_its_months_as_ever(either: Desk):
    came(either, CRIMES, police(THREE))
    purge(either)
    rows = THREE + "41/4/20 | 15/06/2020\n"
    later = either.accept("police-crime-2020-21-q1 corrected.csv", police(rows))
    assert (later.new, later.unchanged, later.bytes_removed_at) == (1, 3, None)
    assert either.months("all-crime", DISTRICT) == {"2020-04": 1, "2020-05": 1, "2020-06": 2}


# --- a run that breaks off ----------------------------------------------------------------------


class PowerCut(BaseException):
    """Stands for `kill -9`: nothing of ours catches it."""


def test_between_database_and_files_the_next_run_heals(
    either: Desk, monkeypatch: pytest.MonkeyPatch
):
    came(either, CRIMES, police(THREE))
    came(either, LOG, cctv("Arrests\n2\n"))

    def cut(_path: Path) -> bool:
        raise PowerCut

    with monkeypatch.context() as broken:
        broken.setattr("flows.purging._is_gone", cut)
        with pytest.raises(PowerCut):
            purge(either)
    assert len(files(either)) == 2
    once = either.content()
    assert removed(either) == {1: True, 2: True}
    found = purge(either)
    assert (found.plan.going, len(found.plan.leftover), found.is_fine) == ((), 2, True)
    assert files(either) == set()
    assert either.content() == once
    assert [row[2] for row in recorded(either)] == [2]


def test_before_the_database_is_written_nothing_has_happened(
    either: Desk, monkeypatch: pytest.MonkeyPatch
):
    came(either, CRIMES, police(THREE))
    before, lying = either.content(), files(either)

    def cut(_table: object) -> object:
        raise PowerCut

    with monkeypatch.context() as broken:
        broken.setattr("warehouse.purge.insert", cut)
        with pytest.raises(PowerCut):
            purge(either)
    assert (either.content(), files(either)) == (before, lying)
    assert [due.id for due in purge(either).plan.going] == [1]


def test_a_file_that_cannot_be_removed_is_told_and_tried_again(
    either: Desk, monkeypatch: pytest.MonkeyPatch
):
    came(either, CRIMES, police(THREE))

    def refuse(_path: Path, missing_ok: bool = False) -> None:
        raise PermissionError

    with monkeypatch.context() as broken:
        broken.setattr(Path, "unlink", refuse)
        done = purge(either)
    assert (done.is_fine, len(done.failed)) == (False, 1)
    assert (purge(either).is_fine, files(either)) == (True, set())


def test_bytes_of_a_load_that_broke_off_are_past_the_age_by_their_own_day(either: Desk):
    came(either, CRIMES, police(THREE), YOUNG)
    archive = either.settings.archive
    old = [put(archive, f"ab/{'ab' * 32}", b"12345"), put(archive, ".incoming-x", b"123")]
    young = put(archive, f"cd/{'cd' * 32}", b"1")
    for path in old:
        touch(path, datetime(2021, 3, 30))
    touch(young, datetime(2021, 4, 1))
    done = purge(either)
    assert done.plan.strays == {path.name for path in old}
    assert [path.exists() for path in (*old, young)] == [False, False, True]
    assert recorded(either) == [(THE_DAY, "Ann Field", 2, 8, 0)]


def touch(path: Path, moment: datetime) -> None:
    os.utime(path, (moment.timestamp(), moment.timestamp()))


# --- personal columns ---------------------------------------------------------------------------

CANARY = "Canaryville"


def declare_personal(monkeypatch: pytest.MonkeyPatch, column: str) -> None:
    """Declare a column personal for a test: none of ours is."""
    usual = base.fields_of

    def declared(record: type[base.Record]) -> dict[str, base.FieldInfo]:
        return {
            name: replace(info, privacy=Privacy.PERSONAL) if name == column else info
            for name, info in usual(record).items()
        }

    monkeypatch.setattr(base, "fields_of", declared)


@pytest.fixture
def personal(monkeypatch: pytest.MonkeyPatch) -> None:
    declare_personal(monkeypatch, "property_category")


FIRES = f"Property Category | Casualties\n{CANARY} | 2\nDwelling | 1\n | 0\n"


@pytest.mark.usefixtures("personal")
def test_personal_cells_are_blanked_and_no_figure_moves(either: Desk):
    came(either, "fire-incidents-2020-21-q1.xlsx", fire(FIRES))
    came(either, "fire-incidents-2020-21-q2.xlsx", fire_of_july(), YOUNG)
    before, printed = either.content("delivery", "purge", "fact_hfrs_incident"), pack(either)
    (cells,) = look(either.engine, either.settings, THE_DAY).plan.cells
    assert (cells.source, cells.column, cells.count) == ("hfrs_incidents", "property_category", 2)
    purge(either)
    with either.engine.connect() as conn:
        found = conn.execute(
            text(
                "SELECT delivery_id, source_row, property_category IS NULL, injury_count "
                "FROM fact_hfrs_incident ORDER BY 1, 2"
            )
        ).all()
    assert [(d, row, bool(blank), n) for d, row, blank, n in found] == [
        (1, 2, True, 2), (1, 3, True, 1), (1, 4, True, 0), (2, 2, False, 0),
    ]  # fmt: skip
    assert either.content("delivery", "purge", "fact_hfrs_incident") == before
    assert pack(either) == printed
    assert [row[4] for row in recorded(either)] == [2]
    assert purge(either).plan.cells == ()
    assert len(recorded(either)) == 1


def fire_of_july() -> bytes:
    return fire(f"Date and Time of Call | Property Category\n2020-07-01 22:10 | {CANARY}\n")


@pytest.mark.usefixtures("personal")
def test_the_same_file_again_brings_no_personal_cell_back(either: Desk):
    came(either, "fire-incidents-2020-21-q1.xlsx", fire(FIRES))
    purge(either)
    before = either.content()
    either.hand_in("fire-incidents-2020-21-q1.xlsx", fire(FIRES))
    more = fire(FIRES + "Dwelling | 4\n")
    either.accept("fire-incidents-2020-21-q1 more.xlsx", more)
    facts = either.content()["fact_hfrs_incident"]
    assert before["fact_hfrs_incident"] - facts == {}
    assert (facts - before["fact_hfrs_incident"]).total() == 1


def test_a_blanked_text_is_not_left_in_the_file_of_the_database(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
):
    """SQLite keeps what was overwritten until its place is used again, unless it is told not to."""
    declare_personal(monkeypatch, "crime_id")
    rows = "".join(f"{sign} | Robbery\n" for sign in "abcdef")
    came(desk, "2020-04-hertfordshire-street.csv", street_of_april(rows))
    assert remains(desk) == list("abcdef")
    purge(desk)
    assert remains(desk) == []
    assert desk.months("street-robbery") == {"2020-04": 6}


def remains(desk: Desk) -> list[str]:
    """Return the crime ids of which a quarter can still be read in the files of the database."""
    content = b"".join(p.read_bytes() for p in sorted(desk.settings.home.glob("warehouse.db*")))
    return [sign for sign in "abcdef" if sign.encode() * 16 in content]


def street_of_april(rows: str) -> bytes:
    lines = "".join(f"2020-04 | {row}\n" for row in rows.splitlines())
    return street("Month | Crime ID | Crime type\n" + lines)
