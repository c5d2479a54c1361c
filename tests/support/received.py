"""An installation that has received one extract, for tests of what is asked of it afterwards."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import text

from flows.receive import open_warehouse
from flows.settings import load_settings

CANARY = "Canary-77"
RECEIVED_AT = datetime(2026, 11, 2, 9)
CRIMES = "police-crime-2020-21-q1.csv"
ROWS = f"""
    Crime Reference | Date Recorded | HO Code | Ward
    41/1/20         | 14/04/2020    | 45      | {CANARY}
    41/2/20         | 14/05/2020    | 45      | Verulam
    41/3/20         | 14/06/2020    | 28E     | {CANARY}
"""


def archived(home: Path) -> Path:
    """Return the archived bytes of the one file received."""
    (path,) = (p for p in (home / "data/archive").rglob("*") if p.is_file())
    return path


def damage(home: Path, statement: str) -> None:
    """Change the warehouse behind the program's back."""
    engine = open_warehouse(load_settings())
    with engine.begin() as conn:
        conn.execute(text(statement))
    engine.dispose()
    assert home.exists()
