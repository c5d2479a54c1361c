"""Where things are: warehouse, inbox, and receipts. Nothing heavy is loaded for it."""

import re
import unicodedata
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from flows.settings import Settings
from reports.pages import STATUS
from sources.archive import find

if TYPE_CHECKING:
    from warehouse.engine import Engine

LONGEST = 80
PAGE, TABLE = "index.html", "faults.csv"
OUTBOX = "outbox"
ALARM, SENT = ".alert.json", ".sent.json"
"""How alarms end that were written while the warehouse was out: to be sent, and sent."""


def engine_of(settings: Settings) -> "Engine":
    """Return an engine for the warehouse, in whatever state it is."""
    # csp check needs the names of places, and no database.
    from warehouse.engine import make_engine, sqlite_address  # noqa: PLC0415

    if not settings.warehouse_url:
        settings.home.mkdir(parents=True, exist_ok=True)
    return make_engine(settings.warehouse_url or sqlite_address(str(settings.database)))


def files_in(settings: Settings) -> list[Path]:
    """Return the files of the inbox in the order in which they are taken."""
    settings.inbox.mkdir(parents=True, exist_ok=True)
    return find(settings.inbox)


def receipt_folder(
    delivery_id: int, received_at: datetime, file_name: str, settings: Settings
) -> Path:
    """Return where the receipt of a delivery is kept: by day, number and name."""
    return settings.receipts / f"{received_at:%Y-%m-%d}-{delivery_id:04}-{safe_name(file_name)}"


def safe_name(name: str) -> str:
    """Return a file's own name in signs that every file system takes: letters, digits, . _ -"""
    own = name.replace("\\", "/").rsplit("/", 1)[-1]
    plain = unicodedata.normalize("NFKD", own).encode("ascii", "ignore").decode()
    cleaned = re.sub(r"[^A-Za-z0-9._-]+", "-", plain)
    return re.sub(r"\.{2,}", ".", cleaned).strip("-._")[:LONGEST].rstrip("-._") or "file"


def unsent_alarms(settings: Settings) -> list[Path]:
    """Return the alarms that were written while the warehouse was out, and not sent yet."""
    return sorted((settings.home / OUTBOX).glob(f"*{ALARM}"))


def status_page(settings: Settings) -> Path:
    """Return where the status page is: beside the packs, and in none of them."""
    return settings.packs / STATUS
