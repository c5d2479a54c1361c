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


def views_as_text(folder: Path) -> str:
    """Return every view with its columns and their types as SQLite reports them."""
    from sqlalchemy import inspect
    from support.databases import SQLITE, engine_at, ready_database

    with ready_database(SQLITE, folder) as address, engine_at(address) as engine:
        found = inspect(engine)
        blocks = []
        for name in sorted(found.get_view_names()):
            columns = found.get_columns(name)
            width = max(len(column["name"]) for column in columns)
            lines = [f"  {c['name']:<{width}}  {type_of(c)}" for c in columns]
            blocks.append("\n".join([name, *lines]))
    return "\n\n".join(blocks) + "\n"


def type_of(column: dict) -> str:
    """Return a column's type; SQLite reports none for what is worked out, shown as "-"."""
    return str(column["type"]).lower().replace("null", "-")


def test_every_view_has_the_columns_and_types_that_readers_were_promised(tmp_path: Path):
    assert views_as_text(tmp_path) == PINNED.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "promised",
    ["csp_measure_month_v1", "csp_measure_quarter_v1", "csp_measure_year_v1", "csp_delivery_v1"],
)
def test_the_views_that_reports_are_made_from_are_on_the_list(promised):
    assert f"\n{promised}\n" in f"\n{PINNED.read_text(encoding='utf-8')}"


if __name__ == "__main__":
    sys.path[:0] = [str(PINNED.parents[2]), str(PINNED.parents[1])]
    with tempfile.TemporaryDirectory() as made:
        PINNED.write_text(views_as_text(Path(made)), encoding="utf-8")
