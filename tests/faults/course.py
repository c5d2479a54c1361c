"""What comes of an inbox when nothing disturbs it, and how a disturbed run is held against that."""

import hashlib
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, make_url
from support.databases import empty_database, engine_at, ready_database
from support.desk import Desk
from support.digest import Content, differences, digest, record_of, seen_by
from support.onlooker import Onlooker
from support.runs import Order

from faults.inboxes import Inbox, lay
from flows.commands import FINE, REJECTED
from flows.places import files_in
from flows.receipts import write_receipts
from flows.receive import receive_file
from flows.settings import Settings
from flows.show_outcomes import is_fine
from warehouse.engine import sqlite_address


@dataclass(frozen=True)
class Course:
    """The undisturbed course of an inbox.

    `states` are the digests of what readers see, from the empty warehouse on, one a delivery;
    `code` is the exit code of the run.
    """

    inbox: Inbox
    code: int
    record: Content
    states: tuple[str, ...]
    receipts: dict[str, bytes]


def course_of(kind: str, inbox: Inbox) -> Course:
    """Take an inbox file by file, and look at the warehouse after each."""
    with tempfile.TemporaryDirectory() as folder, Desk.open(kind, Path(folder)) as desk:
        lay(inbox, desk.settings.home)
        outcomes, states = [], [_seen(desk)]
        for path in files_in(desk.settings):
            for outcome in receive_file(desk.engine, path, desk.settings):
                write_receipts(desk.engine, [outcome], desk.settings)
                outcomes.append(outcome)
                states.append(_seen(desk))
        return Course(
            inbox,
            FINE if is_fine(outcomes) else REJECTED,
            record_of(desk.engine),
            tuple(dict.fromkeys(states)),
            receipts(desk.settings),
        )


def _seen(desk: Desk) -> str:
    with desk.engine.connect() as conn:
        return digest(seen_by(conn))


def receipts(settings: Settings) -> dict[str, bytes]:
    """Return the table of each receipt by the file's name; a page that is not whole is named."""
    found = {}
    for page in settings.receipts.glob("*/index.html"):
        name = re.sub(r"^[0-9-]{10}-[0-9]{4}-", "", page.parent.name)
        whole = page.read_bytes().rstrip().endswith(b"</html>")
        found[name if whole else f"{name}, cut short"] = (page.parent / "faults.csv").read_bytes()
    return found


@dataclass(frozen=True)
class Site:
    """A warehouse and its folders, to be disturbed."""

    kind: str
    settings: Settings
    address: URL
    scratch: Path

    def order(self, **different: object) -> Order:
        """Return the order of a run at this warehouse."""
        is_usual = self.address == sqlite_address(str(self.settings.database))
        address = "" if is_usual else self.address.render_as_string(hide_password=False)
        return Order(self.settings.home, address, scratch=self.scratch, **different)

    def record(self) -> Content:
        """Return all that the tables hold now."""
        with engine_at(self.address) as engine:
            return record_of(engine)

    def state(self) -> str:
        """Return the digest of what readers see now."""
        with engine_at(self.address) as engine, engine.connect() as conn:
            return digest(seen_by(conn))

    def litter(self) -> list[str]:
        """Return what lies about that no run should leave behind."""
        return [*_strays(self.settings), *(f"temporary {p.name}" for p in self.scratch.iterdir())]


@contextmanager
def site(
    kind: str, inbox: Inbox, *, is_ready: bool = True, database_in: Path | None = None
) -> Iterator[Site]:
    """Give a warehouse, ready or an empty database, with these files in its inbox.

    A SQLite file lies in the home, or in another folder.
    """
    database = ready_database if is_ready else empty_database
    with (
        tempfile.TemporaryDirectory(prefix="csp-site-") as folder,
        tempfile.TemporaryDirectory(prefix="csp-scratch-") as scratch,
        database(kind, database_in or Path(folder)) as address,
    ):
        lay(inbox, Path(folder))
        yield Site(kind, Settings(home=Path(folder)), make_url(address), Path(scratch))


def _strays(settings: Settings) -> Iterator[str]:
    for path in settings.archive.rglob("*"):
        if path.is_file() and path.name != hashlib.sha256(path.read_bytes()).hexdigest():
            yield f"archive/{path.relative_to(settings.archive)}"
    for path in settings.receipts.rglob("*"):
        if path.is_file() and path.name not in ("index.html", "faults.csv"):
            yield f"receipts/{path.relative_to(settings.receipts)}"


def hold_against(course: Course, place: Site, onlooker: Onlooker | None = None) -> list[str]:
    """Return in what a warehouse and its folders differ from the undisturbed course."""
    faults = differences(course.record, place.record())
    faults += [f"left behind: {name}" for name in place.litter()]
    written = receipts(place.settings)
    faults += [f"receipt: {n}" for n in {*written, *course.receipts}
               if written.get(n) != course.receipts.get(n)]  # fmt: skip
    inbox = {p.name: p.read_bytes() for p in files_in(place.settings)}
    faults += ["the inbox was changed"] if inbox != dict(course.inbox) else []
    if onlooker:
        strange = [c for d, c in onlooker.states.items() if d not in course.states]
        faults += [f"a reader saw {len(strange)} partial states"] if strange else []
    return faults
