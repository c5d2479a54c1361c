"""The steps that bring a database to what the program needs: up, down, and nothing else."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text
from support.databases import engine_at

from schemas.areas import ST_ALBANS
from warehouse import migrate
from warehouse.engine import WRITES, WarehouseError, sqlite_address
from warehouse.prepare import REVISION, prepare, revision_of
from warehouse.tables import all_tables
from warehouse.views import view_selects


@pytest.fixture
def file_engine(tmp_path: Path) -> Iterator[Engine]:
    """A SQLite file that is not there yet."""
    with engine_at(sqlite_address(str(tmp_path / "a.db"))) as engine:
        yield engine


def steps() -> list:
    """The steps from the first to the newest."""
    found = list(ScriptDirectory.from_config(migrate.config()).walk_revisions())
    return found[::-1]


# --- up and down ------------------------------------------------------------------------------


def test_all_steps_together_make_exactly_the_tables_of_the_program(empty: Engine):
    with empty.connect().execution_options(**WRITES) as conn, conn.begin():
        migrate.upgrade(conn)
    with empty.connect() as conn:
        context = MigrationContext.configure(conn, opts={"compare_type": True})
        assert compare_metadata(context, all_tables()) == []
        assert set(inspect(conn).get_view_names()) == set(view_selects())
        assert revision_of(conn) == REVISION


def test_down_to_the_start_leaves_nothing_of_ours(empty: Engine):
    with empty.connect().execution_options(**WRITES) as conn, conn.begin():
        conn.exec_driver_sql("CREATE TABLE somebody_elses (id INTEGER)")
        migrate.upgrade(conn)
        migrate.downgrade(conn, "base")
    with empty.connect() as conn:
        found = inspect(conn)
        assert set(found.get_table_names()) == {"somebody_elses", "alembic_version"}
        assert found.get_view_names() == []
        assert revision_of(conn) is None


def test_down_and_up_again_is_the_same_as_up(empty: Engine):
    for _ in range(2):
        with empty.connect().execution_options(**WRITES) as conn, conn.begin():
            migrate.upgrade(conn)
            migrate.downgrade(conn, "base")
    prepare(empty, ST_ALBANS, [])
    with empty.connect() as conn:
        assert conn.execute(text("SELECT count(*) FROM csp_measure_v1")).scalar()


def test_a_step_that_fails_leaves_the_database_as_it_was(empty: Engine, monkeypatch):
    def out_of_order(conn):
        raise RuntimeError("after the tables, before the views")

    monkeypatch.setattr(migrate, "create_views", out_of_order)
    with pytest.raises(RuntimeError, match="after the tables"):
        prepare(empty, ST_ALBANS, [])
    assert inspect(empty).get_table_names() == []


def test_what_is_ready_is_left_alone(file_engine: Engine, monkeypatch):
    prepare(file_engine, ST_ALBANS, [])

    def again(conn, to="head"):
        raise AssertionError("the tables are those of this program already")

    monkeypatch.setattr(migrate, "upgrade", again)
    prepare(file_engine, ST_ALBANS, [])
    with file_engine.connect() as conn:
        assert revision_of(conn) == REVISION


# --- data of the release before -----------------------------------------------------------------


def test_months_of_earlier_deliveries_are_counted_from_their_rows(empty: Engine):
    """0002: without them the first deliveries after it would have no history to be held against."""
    rows = (("E07000240", 1, 2, "2020-04-01"), ("E07000240", 1, 3, "2020-04-01"),
            ("E07000240", 2, 2, "2020-05-01"), ("E07000240", 2, 3, "2020-04-01"))  # fmt: skip
    with empty.connect().execution_options(**WRITES) as conn, conn.begin():
        migrate.upgrade(conn, "0001")
        for number in (1, 2):
            conn.exec_driver_sql(
                "INSERT INTO delivery VALUES "
                f"({number}, 'fly_tips', 'case export', 'E07000240', 'a.ods', 'ab', 1, "
                "'2021-04-09 10:30:00', 'accepted', '2020-04-01', '2020-05-01', 2, 2, 0, 2, 0, 0, "
                "'0.1')"
            )
        for area, delivery, row, month in rows:
            conn.execute(
                text(
                    "INSERT INTO fact_fly_tip (delivery_id, source_row, key_hash, row_hash, month, "
                    "lad_code, case_reference, reported_on, land_type_code, waste_type_code, "
                    "status_code) VALUES (:delivery, :row, 1, 1, :month, :area, 'x', :month, 1, 1, "
                    "1)"
                ),
                {"area": area, "delivery": delivery, "row": row, "month": month},
            )
        migrate.upgrade(conn)
        found = conn.execute(text("SELECT * FROM delivery_month ORDER BY month")).all()
    assert [(delivery, str(month), rows, blank) for delivery, month, rows, blank in found] == [
        (2, "2020-04-01", 3, None), (2, "2020-05-01", 1, None),
    ]  # fmt: skip


# --- the files --------------------------------------------------------------------------------


def test_the_program_knows_its_newest_step():
    assert migrate.head() == REVISION
    assert steps()[-1].revision == REVISION


def test_steps_are_numbered_one_after_the_other_and_named_in_plain_words():
    found = steps()
    assert [step.revision for step in found] == [f"{n:04}" for n in range(1, len(found) + 1)]
    assert [step.down_revision for step in found] == [None, *(s.revision for s in found[:-1])]
    for step in found:
        assert re.fullmatch(rf"{step.revision}(_[a-z]+)+\.py", Path(step.path).name)
        assert step.doc.endswith(".")


def test_a_folder_without_steps_is_a_fault_of_the_program(tmp_path: Path, monkeypatch):
    (tmp_path / "versions").mkdir()
    monkeypatch.setattr(migrate, "FOLDER", tmp_path)
    with pytest.raises(RuntimeError, match="there are no migrations"):
        migrate.head()


# --- databases that are not ours --------------------------------------------------------------


def stand_at(engine: Engine, revision: str) -> None:
    with engine.begin() as conn:
        conn.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32))")
        conn.execute(text("INSERT INTO alembic_version VALUES (:at)"), {"at": revision})


def test_a_database_of_a_newer_program_is_left_alone(empty: Engine):
    stand_at(empty, "9999")
    with pytest.raises(WarehouseError) as refused:
        prepare(empty, ST_ALBANS, [])
    assert str(refused.value) == (
        "The warehouse was made by a newer program (its tables stand at 9999, this program knows "
        f"{REVISION}). Use that program, or another warehouse."
    )
    assert inspect(empty).get_table_names() == ["alembic_version"]


def test_a_database_of_another_program_is_left_alone_whatever_its_number(file_engine: Engine):
    stand_at(file_engine, "0000")
    with pytest.raises(WarehouseError):
        prepare(file_engine, ST_ALBANS, [])


def test_a_file_that_is_no_database_is_said_to_be_none(tmp_path: Path):
    path = tmp_path / "holiday.db"
    path.write_bytes(b"Dear diary, " * 1000)
    with (
        engine_at(sqlite_address(str(path))) as engine,
        pytest.raises(WarehouseError) as refused,
    ):
        prepare(engine, ST_ALBANS, [])
    assert str(refused.value) == f"The warehouse {path} is damaged, or is no warehouse."
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__
    assert path.read_bytes() == b"Dear diary, " * 1000


def test_a_database_with_tables_of_our_names_is_not_taken_over(empty: Engine):
    with empty.begin() as conn:
        conn.exec_driver_sql("CREATE TABLE delivery (parcel INTEGER)")
    with pytest.raises(WarehouseError):
        prepare(empty, ST_ALBANS, [])
    assert inspect(empty).get_table_names() == ["delivery"]
