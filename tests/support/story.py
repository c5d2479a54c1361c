"""A story of two quarters: of crimes of the first, one is classified anew and another cancelled.

The file that says so comes with the second quarter's.
"""

import csv
import re
from datetime import date, datetime, time, timedelta
from pathlib import Path

from support.desk import Desk, police
from support.files import files_below

from flows.publish import publish
from schemas.period import FinancialYear, Quarter

Q1, Q2, YEAR = Quarter(2020, 1), Quarter(2020, 2), FinancialYear(2020)
JULY, OCTOBER = datetime(2020, 7, 9, 12), datetime(2020, 10, 8, 12)
HOUR = timedelta(hours=1)
HEAD = "Crime Reference | Date Recorded | HO Code | Status\n"
FIRST = HEAD + "".join(
    f"41/{n}/20 | 14/0{month}/2020 | {code} | Recorded\n"
    for n, (month, code) in enumerate([(m, c) for m in (4, 5, 6) for c in ("45", "34B", "28E")], 1)
)
RESENT = FIRST.replace("41/1/20 | 14/04/2020 | 45", "41/1/20 | 14/04/2020 | 28E").replace(
    "41/5/20 | 14/05/2020 | 34B | Recorded", "41/5/20 | 14/05/2020 | 34B | Cancelled"
)
SECOND = HEAD + "".join(f"41/{n}/20 | 14/0{n - 13}/2020 | 45 | Recorded\n" for n in (20, 21, 22))
Q1_FILE, RESENT_FILE = "police-crime-2020-21-q1.csv", "police-crime-2020-21-q1 again.csv"


def end(year: int, month: int, day: int) -> datetime:
    """The last moment of a day."""
    return datetime.combine(date(year, month, day), time.max)


def story(desk: Desk) -> dict[str, bytes]:
    """Load and publish the first quarter, then load the second and the first again."""
    desk.came(Q1_FILE, police(FIRST), JULY)
    first = publish(desk.engine, Q1, desk.settings, at=JULY + HOUR)
    published = files_below(first.folder)
    desk.came("police-crime-2020-21-q2.csv", police(SECOND), OCTOBER)
    desk.came(RESENT_FILE, police(RESENT), OCTOBER)
    return published


def figures(folder: Path) -> dict[str, str]:
    """The quarter's figures of a pack with their marks: "4", "4 r"."""
    with (folder / "tables/police-recorded-crime.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["measure"]: f"{row['value']} {row['mark']}".strip()
            for row in csv.DictReader(file)
            if not row["period"].endswith("YTD")
        }


def revisions(folder: Path) -> list[tuple[str, ...]]:
    with (folder / "revisions.csv").open(encoding="utf-8", newline="") as file:
        return [
            (row["period"], row["measure"], row["was"], row["is"], row["difference"])
            for row in csv.DictReader(file)
        ]


def reasons(folder: Path) -> set[str]:
    with (folder / "revisions.csv").open(encoding="utf-8", newline="") as file:
        return {row["why"] for row in csv.DictReader(file)}


def tables(folder: Path) -> dict[str, object]:
    """What must be the same to the byte: every CSV, and every table of the page."""
    found: dict[str, object] = {
        name: content for name, content in files_below(folder).items() if name.endswith(".csv")
    }
    page = (folder / "index.html").read_text("utf-8")
    return found | {"tables": re.findall(r"<table.*?</table>", page, re.DOTALL)}
