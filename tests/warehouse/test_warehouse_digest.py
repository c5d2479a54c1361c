"""The digest by which whole warehouses are held against each other: what changes it, what not."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Column, Connection, Table, func, insert, literal_column, select, update
from sqlalchemy.exc import IntegrityError
from support.databases import POSTGRESQL, SQLITE
from support.desk import Desk, cctv, fire, fly_tips, police, street
from support.digest import (
    MOMENTS,
    NUMBERS,
    WORDS,
    content_of,
    differences,
    digest,
    record_of,
    standing_of,
)
from support.files import csv_bytes
from support.small_samples import small_files

from warehouse.tables import (
    ALERT_SENDING,
    DELIVERY,
    PURGE,
    RELEASE,
    RELEASE_CELL,
    RUN,
    all_tables,
)

pytestmark = pytest.mark.slow

NOON = datetime(2026, 7, 1, 12)
Q1, Q1_AGAIN = "police-crime-2020-21-q1.csv", "police-crime-2020-21-q1-corrected.csv"
FILES = {
    "2025-04-hertfordshire-street.csv": street("Crime ID\na\nb\n"),
    "cctv-log-2020-21-q1.xlsx": cctv("Log No | Camera\nC/1 | 7\nC/2 | 8"),
    "fire-incidents-2020-21-q1.xlsx": fire("Incident Number | Ward\nH/1000 | Alpha\nH/2000 | Beta"),
    "fly-tips-2020-21-q1.ods": fly_tips("Case Reference\nFT/1\nFT/2"),
    Q1: police("Crime Reference | Easting\n41/1/20 | 514000\n41/2/20 | far\n"),
    Q1_AGAIN: police("Crime Reference | Easting\n41/1/20 | 514001\n"),
    "budget.csv": csv_bytes([["Cost", "Centre"], ["1", "2"]]),
}
LEFT_OUT = (*NUMBERS, *MOMENTS)
COMPARED = [table for table in all_tables().sorted_tables if table.name != RUN.name]
"""The tables that a digest is of: how often, and when, runs were made says nothing of what came."""


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A warehouse in which every table has a row."""
    with Desk.open(SQLITE, tmp_path_factory.mktemp("full")) as desk:
        for name, content in (FILES | small_files()).items():
            desk.hand_in(name, content)
        with desk.engine.begin() as conn:
            for table, values in publications():
                conn.execute(insert(table), [values])
        yield desk


def publications() -> Iterator[tuple[Table, dict[str, object]]]:
    for number, period in ((1, "2020-21-Q1"), (2, "2020-21-Q2")):
        yield (
            RELEASE,
            {"id": number, "period_code": period, "published_at": NOON, "program_version": "1",
             "content_sha256": "0" * 64, "manifest": "{}"},
        )  # fmt: skip
    yield (
        RELEASE_CELL,
        {"release_id": 1, "measure_code": "all-crime", "area_code": "E07000240",
         "period_code": "2020-21-Q1", "value": 1, "mark": ""},
    )  # fmt: skip
    yield (
        PURGE,
        {"purged_at": NOON, "older_than": NOON.date(), "purged_by": "Ann Field",
         "files_removed": 0, "bytes_removed": 0, "cells_blanked": 0},
    )  # fmt: skip
    yield (
        RUN,
        {"kind": "receive", "period_code": "", "host": "here", "started_at": NOON,
         "state": "done", "detail": ""},
    )  # fmt: skip
    yield ALERT_SENDING, {"alert_id": 1, "route": "coordinator", "tries": 0, "failure": ""}


def others(conn: Connection, column: Column[object], value: object) -> list[object]:
    """Return values that a cell might hold in place of its own."""
    pointed = {
        "superseded_by": DELIVERY, "delivery_id": DELIVERY, "ended_by_id": DELIVERY,
        "release_id": RELEASE,
    }  # fmt: skip
    if column.name in pointed:
        numbers = conn.execute(select(pointed[column.name].c.id)).scalars()
        return [number for number in numbers if number != value]
    match value:
        case None:
            usual = {str: "x", bool: True, datetime: NOON, date: NOON.date()}
            found = [usual.get(column.type.python_type, 1)]
        case bool():
            found = [not value]
        case str():
            found = [f"{value}x"]
        case date():
            found = [value + timedelta(days=1000)]
        case _:
            found = [value + 0.5 if isinstance(value, float) else value + 1000]
    return found


def changed(conn: Connection, table: Table, column: Column[object]) -> bool:
    """Change one cell of a table; False where no other value fits."""
    first = select(func.min(literal_column("rowid"))).select_from(table).scalar_subquery()
    cell = literal_column("rowid") == first
    value = conn.execute(select(column).where(cell)).scalar_one()
    for other in others(conn, column, value):
        with suppress(IntegrityError), conn.begin_nested():
            conn.execute(update(table).where(cell).values({column: other}))
            return True
    return False


def test_a_change_of_any_cell_changes_the_digest(full: Desk):
    unseen = []
    with full.engine.connect() as conn:
        before = digest(content_of(conn))
        for table in COMPARED:
            for column in table.c:
                if column.name in LEFT_OUT:
                    continue
                outer = conn.begin_nested()
                assert changed(conn, table, column), f"{table}.{column.name}"
                if digest(content_of(conn)) == before:
                    unseen.append(f"{table}.{column.name}")
                outer.rollback()
        assert digest(content_of(conn)) == before
    assert unseen == []


def test_a_row_more_or_less_changes_the_digest(full: Desk):
    unseen = []
    with full.engine.connect() as conn:
        before = content_of(conn)
        conn.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        for table in COMPARED:
            outer = conn.begin_nested()
            conn.exec_driver_sql(
                f"DELETE FROM {table.name} WHERE rowid = (SELECT max(rowid) FROM {table.name})"
            )
            if table.name != WORDS and not differences(before, content_of(conn)):
                unseen.append(table.name)
            outer.rollback()
    assert unseen == []


def test_that_something_was_done_counts_and_when_does_not(full: Desk):
    with full.engine.connect() as conn:
        before = digest(content_of(conn))
        conn.execute(update(DELIVERY).values(received_at=NOON))
        assert digest(content_of(conn)) == before
        conn.execute(update(DELIVERY).values(bytes_removed_at=NOON))
        assert digest(content_of(conn)) != before


def test_database_numbers_and_the_order_of_sources_do_not_count(tmp_path: Path, full: Desk):
    with Desk.open(POSTGRESQL, tmp_path) as desk:
        files = FILES | small_files()
        for name in sorted(files, key=lambda name: (name != "budget.csv", name != Q1, name)):
            desk.hand_in(name, files[name])
        with desk.engine.begin() as conn:
            for table, values in publications():
                conn.execute(insert(table), [values])
        numbers = [one.shows("csp_delivery_v1", "id file_name") for one in (full, desk)]
        assert numbers[0] != numbers[1]
        assert differences(record_of(full.engine), record_of(desk.engine)) == []
        assert digest(record_of(full.engine)) == digest(record_of(desk.engine))


def test_what_stands_says_nothing_of_who_brought_it(tmp_path: Path):
    with Desk.open(SQLITE, tmp_path) as desk:
        desk.accept(Q1, police("Crime Reference | HO Code\n41/1/20 | 45\n41/2/20 | 28E\n"))
        record, standing = record_of(desk.engine), standing_of(desk.engine)
        desk.accept(Q1, police("Crime Reference | HO Code\n41/2/20 | 28E\n41/1/20 | 45\n"))
        assert standing_of(desk.engine) == standing
        assert differences(record, record_of(desk.engine)) != []
        desk.accept(Q1, police("Crime Reference | HO Code\n41/1/20 | 45\n41/2/20 | 34A\n"))
        assert differences(standing, standing_of(desk.engine)) != []


def test_every_pointer_of_the_tables_is_known(full: Desk):
    with full.engine.connect() as conn:
        lines = [line for counted in content_of(conn).values() for line in counted]
    pointing = {c.name for t in all_tables().sorted_tables for c in t.c if c.foreign_keys}
    assert pointing == {"delivery_id", "ended_by_id", "release_id", "alert_id"}
    assert not [line for line in lines if "of no row" in line]
