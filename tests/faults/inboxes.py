"""Folders of files as they may lie in an inbox, for what goes wrong while they are taken."""

import random
from collections.abc import Mapping
from pathlib import Path

from support.desk import cctv, fly_tips, police, street
from support.files import csv_bytes, put, zip_bytes

Inbox = Mapping[str, bytes]
"""Files by name; they are taken in the order of their names."""
FIRST_AND_RESEND = ("police-crime-2020-21-q1-1.csv", "police-crime-2020-21-q1-2.csv")
TYPES = ("Burglary", "Drugs", "Robbery", "Anti-social behaviour", "Vehicle crime")


def street_rows(month: str, rows: int, seed: int = 1) -> bytes:
    """A street file: rows with and without an id, a few that cannot be read or contradict."""
    rng = random.Random(f"{month}-{seed}")
    lines = []
    for number in range(1, rows + 1):
        kind = rng.choice(TYPES)
        crime_id = "" if kind == TYPES[3] else f"{number:064x}"
        lines.append(f"{crime_id} | {month} | {kind} | -0.3{rng.randint(10, 50)}")
    lines[5:5] = [f"{2:064x} | {month} | Drugs | -0.336", f"{2:064x} | {month} | Robbery | -0.336"]
    lines[9:9] = [f"{3:064x} | {month} | Burglery | -0.336", f" | {month} | Drugs | far away"]
    return street("\n".join(["Crime ID | Month | Crime type | Longitude", *lines]))


def crimes(numbers: range, code: str = "45", day: str = "14/04/2020", more: str = "") -> bytes:
    """The force's extract: one crime a number."""
    rows = "".join(f"41/{n}/20 | {code} | {day}\n" for n in numbers)
    return police(f"Crime Reference | HO Code | Date Recorded\n{rows}{more}")


def whole(rows: int = 1500) -> Inbox:
    """All that an inbox may hold: a big file, an archive, a refused file, a resend, a late word.

    The second file of the quarter changes crimes of the first, leaves some out and brings new
    ones; the file of the next quarter dates a crime of the first anew.
    """
    logs = "Log No | Start | End\n" + "".join(
        f"C/{n} | 2020-0{4 + n % 3}-02 22:10 | 2020-0{4 + n % 3}-02 22:40\n"
        for n in range(1000, 1040)
    )
    tips = "Case Reference | Date Reported | Size\n" + "".join(
        f"FT/{n} | 2020-0{4 + n % 3}-02 | Single Item\n" for n in range(1, 20)
    )
    return {
        "2025-04-hertfordshire-street.csv": street_rows("2025-04", rows),
        "archive.zip": zip_bytes(
            {
                "2025-05/2025-05-hertfordshire-street.csv": street_rows("2025-05", 60),
                "2025-05/2025-05-essex-street.csv": street_rows("2025-05", 3),
            }
        ),
        "budget.csv": csv_bytes([["Cost", "Centre"], ["1", "2"]]),
        "cctv-log-2020-21-q1.xlsx": cctv(f"{logs}C/2000 | some day | 2020-04-02 22:40\n"),
        "fly-tips-2020-21-q1.ods": fly_tips(tips),
        "police-crime-2020-21-q1-1.csv": crimes(range(1, 60), more="41/70/20 | 45 | 31/02/2020\n"),
        "police-crime-2020-21-q1-2.csv": crimes(range(5, 50), more="".join(
            f"41/{n}/20 | 28E | 14/05/2020\n" for n in range(50, 66)
        )),
        "police-crime-2020-21-q2.csv": crimes(
            range(200, 220), day="14/07/2020", more="41/9/20 | 45 | 02/07/2020\n"
        ),
    }  # fmt: skip


def few(rows: int = 400) -> Inbox:
    """The least that has all kinds of outcome: a file of many parts, a refused one, a resend."""
    names = ("2025-04-hertfordshire-street.csv", "budget.csv", *FIRST_AND_RESEND)
    return {name: content for name, content in whole(rows).items() if name in names}


def lay(inbox: Inbox, home: Path) -> None:
    """Put the files into the inbox of a home."""
    for name, content in inbox.items():
        put(home / "inbox", name, content)


def clean() -> Inbox:
    """Files in which nothing is wrong: a quarter, its resend, and the next quarter."""
    return {
        "police-crime-2020-21-q1-1.csv": _quarter(range(1, 40), "04", "05", "06"),
        "police-crime-2020-21-q1-2.csv": _quarter(range(2, 41), "04", "05", "06"),
        "police-crime-2020-21-q2.csv": _quarter(range(41, 80), "07", "08", "09"),
    }


def _quarter(numbers: range, *months: str) -> bytes:
    rows = "".join(f"41/{n}/20 | 02/{months[n % 3]}/2020\n" for n in numbers)
    return police(f"Crime Reference | Date Recorded\n{rows}")
