"""Writes `prefect_tables.sql` anew: `python -m flows.prefect_tables`, for another Prefect."""

import os
import sqlite3
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from flows.own_server import TABLES


def tables_of(database: Path) -> str:
    """Return the statements that make a database's tables and indexes, and where it stands."""
    connection = sqlite3.connect(database)
    made = connection.execute(
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' "
        "ORDER BY type = 'index', name"
    ).fetchall()
    (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    connection.close()
    lines = [
        f"-- Prefect {version('prefect')}, whose migrations made these tables.",
        "BEGIN;",
        *(f"{statement};" for (statement,) in made),
        f"INSERT INTO alembic_version VALUES ('{revision}');",
        "COMMIT;",
        "",
    ]
    return "\n".join(line.rstrip() for text in lines for line in text.split("\n"))


def main() -> None:
    """Let Prefect migrate an empty database, and write down what it has made."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [sys.executable, "-m", "prefect", "server", "database", "upgrade", "-y"],
            env={**os.environ, "PREFECT_HOME": folder, "DO_NOT_TRACK": "1"},
            check=True,
        )
        TABLES.write_text(tables_of(Path(folder) / "prefect.db"), encoding="utf-8")


if __name__ == "__main__":
    main()
