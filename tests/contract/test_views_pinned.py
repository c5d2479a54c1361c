"""The views are a contract: their columns and types are those of `views_pinned.txt`.

A column may be added to a view of a version. One that is renamed, retyped or taken away breaks its
readers: leave the view as it is and make a `_v2` beside it. To write the list anew after an
addition: `python tests/contract/test_views_pinned.py`, and read what changed.
"""

import sys
import tempfile
from pathlib import Path

import pytest

PINNED = Path(__file__).with_name("views_pinned.txt")
HEAD = "# column, type in SQLite (- where the view works it out), type in PostgreSQL"
KINDS = ("sqlite", "postgresql")
ANEW = "python tests/contract/test_views_pinned.py"

Columns = dict[str, dict[str, str]]
"""View to column to type."""


def columns_found(kind: str, folder: Path) -> Columns:
    """Return every view with its columns and their types as a database reports them."""
    from sqlalchemy import inspect
    from support.databases import engine_at, ready_database

    with ready_database(kind, folder) as address, engine_at(address) as engine:
        found = inspect(engine)
        return {
            name: {c["name"]: type_of(c) for c in found.get_columns(name)}
            for name in sorted(found.get_view_names())
        }


def type_of(column: dict) -> str:
    """Return a column's type; SQLite reports none for what is worked out, shown as "-"."""
    return str(column["type"]).lower().replace("null", "-")


def as_text(sqlite: Columns, postgresql: Columns) -> str:
    blocks = [HEAD]
    for view, columns in sqlite.items():
        width, next_width = max(map(len, columns)), max(map(len, columns.values()))
        blocks.append(
            "\n".join(
                [view]
                + [
                    f"  {name:<{width}}  {kind:<{next_width}}  {postgresql[view][name]}"
                    for name, kind in columns.items()
                ]
            )
        )
    return "\n\n".join(blocks) + "\n"


def pinned(kind: str) -> Columns:
    """Return what readers were promised."""
    promised: Columns = {}
    for line in PINNED.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith((" ", "#")):
            promised[line] = {}
        elif line.startswith(" "):
            name, sqlite, postgresql = line.split(maxsplit=2)
            promised[list(promised)[-1]][name] = {"sqlite": sqlite, "postgresql": postgresql}[kind]
    return promised


def broken(promised: Columns, found: Columns) -> list[str]:
    """Return what readers would miss, or find to be of another kind."""
    faults = [f"{view} is gone" for view in promised if view not in found]
    for view in promised.keys() & found.keys():
        for name, kind in promised[view].items():
            if name not in found[view]:
                faults.append(f"{view}.{name} is gone")
            elif found[view][name] != kind:
                faults.append(f"{view}.{name} was {kind} and is {found[view][name]}")
    return sorted(faults)


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def test_every_view_has_the_columns_and_types_that_readers_were_promised(kind, tmp_path: Path):
    promised, found = pinned(kind), columns_found(kind, tmp_path)
    assert broken(promised, found) == [], "make a _v2 of the view beside it"
    assert found == promised, f"there is more than was promised: {ANEW}"


@pytest.mark.parametrize(
    ("found", "fault"),
    [
        ({}, "csp_x_v1 is gone"),
        ({"csp_x_v1": {"b": "date"}}, "csp_x_v1.a is gone"),
        ({"csp_x_v1": {"a": "text", "b": "date"}}, "csp_x_v1.a was integer and is text"),
    ],
)
def test_what_breaks_a_reader_is_noticed(found: Columns, fault: str):
    assert fault in broken({"csp_x_v1": {"a": "integer", "b": "date"}}, found)


def test_an_addition_breaks_nobody():
    more = {"csp_x_v1": {"a": "integer", "c": "text"}, "csp_y_v1": {"a": "text"}}
    assert broken({"csp_x_v1": {"a": "integer"}}, more) == []


@pytest.mark.parametrize(
    "promised",
    ["csp_measure_month_v1", "csp_measure_quarter_v1", "csp_measure_year_v1", "csp_delivery_v1"],
)
def test_the_views_that_reports_are_made_from_are_on_the_list(promised):
    assert promised in pinned("sqlite")


if __name__ == "__main__":
    sys.path[:0] = [str(PINNED.parents[2]), str(PINNED.parents[1])]
    with tempfile.TemporaryDirectory() as made:
        columns = [columns_found(kind, Path(made)) for kind in KINDS]
        PINNED.write_text(as_text(*columns), encoding="utf-8")
