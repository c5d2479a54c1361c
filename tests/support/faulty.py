"""A police extract with a fault of every response: what `csp check` and receipts are tried with."""

from pathlib import Path

from support.desk import POLICE
from support.files import csv_bytes, put

CANARY = "Canary"
"""What stands in every cell that is at fault; nothing that is told may repeat it."""

NAME = "police-crime-2020-21-q1.csv"


def extract(*changes: dict[str, str], extra: str = "") -> bytes:
    """Write a police extract with a row for each dict, which says what differs from a good one."""
    head = [*POLICE, extra] if extra else list(POLICE)
    rows = []
    for number, change in enumerate(changes, start=2):
        cells = {h: v.replace("{row}", str(number)) for h, v in (POLICE | change).items()}
        rows.append([*cells.values()] + [CANARY] * bool(extra))
    return csv_bytes([head, *rows])


FAULTY = extract(
    {},
    {"Date Recorded": CANARY},
    {"Status": CANARY, "Outcome Type": "77"},
    {"HO Code": "999Z"},
    {"Date Recorded": "31/31/2020"},
    {"Date Recorded": "15/05/2020"},
    extra=CANARY,
)


def write(folder: Path, content: bytes, name: str = NAME) -> Path:
    """Put a file into a folder under the name of the extract, or another."""
    return put(folder, name, content)
