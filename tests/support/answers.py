"""Sends planted faults down the whole way into a warehouse, and reads which answer they got.

The clock of the house stands on the day on which a file is said to have come, since lateness and
dates in the future depend on it.
"""

import inspect
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from sqlalchemy import select
from support.databases import SQLITE
from support.desk import DISTRICT, Desk
from support.files import put

from flows import VERSION
from flows.clock import clock_at, utc_now
from flows.examine import Verdict, examine
from flows.receive import receive_file
from flows.show_outcomes import show_outcomes
from flows.show_status import show_status
from flows.status import status_of
from flows.trouble import Trouble
from schemas.period import Month, Span
from sources.partners import SOURCES
from sources.sample import CANARY
from sources.sample.faults import Fault, Planted, Sent, Status
from sources.sample.faults.write import rejected_rows
from warehouse.deliveries import Loaded
from warehouse.known import month_values
from warehouse.tables import ISSUE, REJECTED_ROW

BY_ITS_ROWS = {"nothing-accepted", "force-other"}
"""What a file is refused for by its rows, which are told; of any other refusal none is."""


@contextmanager
def today_is(day: date) -> Iterator[None]:
    """Let it be half past nine of a day."""

    with clock_at(datetime.combine(day, time(9, 30))):
        yield


def asked(call: Callable[..., Any], **offers: Any) -> Any:
    """Call a function with those of the offers that it has a parameter for."""
    return call(
        **{name: offers[name] for name in inspect.signature(call).parameters if name in offers}
    )


@dataclass(frozen=True)
class Told:
    """An answer: what became of a file, which rules are named, where, and what it leads to.

    `rows` are the row numbers by rule; `rejected` those that are not counted, where others are.
    """

    status: str
    of_file: list[str] = field(default_factory=list)
    rows: dict[str, list[int]] = field(default_factory=dict)
    rejected: list[int] = field(default_factory=list)
    holds: list[str] = field(default_factory=list)


def due(fault: Fault, planted: Planted) -> Told:
    """Return the answer that a fault must get."""
    answer = fault.answer
    if answer.status is Status.KNOWN:
        return Told(str(answer.status))
    is_rejected = answer.status is Status.REJECTED
    return Told(
        str(answer.status),
        sorted(answer.of_file),
        {rule: list(rows) for rule, rows in planted.rows.items()},
        [] if is_rejected else sorted(rejected_rows(planted)),
        sorted(answer.holds),
    )


def given(desk: Desk, loaded: Loaded) -> Told:
    """Return the answer that a delivery got, as it stands in the warehouse.

    Of a file that is rejected as a whole, rows are told only where all of them are at fault.
    """
    from warehouse.read import holds

    if loaded.is_known:
        return Told(str(Status.KNOWN))
    mine = loaded.delivery_id
    raised = {line.rule for line in holds(desk.engine) if line.delivery_id == mine}
    with desk.engine.connect() as conn:
        found = conn.execute(
            select(ISSUE.c.rule, ISSUE.c.source_row).where(ISSUE.c.delivery_id == mine)
        ).all()
        refused = conn.execute(
            select(REJECTED_ROW.c.source_row).where(REJECTED_ROW.c.delivery_id == mine)
        ).scalars()
        rejected = sorted(refused)
    of_file = {rule for rule, row in found if row is None} - raised
    rows: dict[str, set[int]] = {}
    for rule, row in found:
        if row is not None:
            rows.setdefault(rule, set()).add(row)
    whole = loaded.status == "rejected" and of_file.isdisjoint(BY_ITS_ROWS)
    return Told(
        loaded.status,
        sorted(of_file),
        {} if whole else {rule: sorted(numbers) for rule, numbers in sorted(rows.items())},
        [] if loaded.status == "rejected" else rejected,
        sorted(raised),
    )


def hand_in(desk: Desk, sent: Sent) -> Loaded:
    """Hand in one file on its day, as `csp receive` does; it has one outcome, whatever is wrong."""
    from flows.receipts import write_receipts
    from flows.show_outcomes import show_receipts

    path = put(desk.settings.inbox, sent.name, sent.content)
    with today_is(sent.received_on):
        outcomes = list(
            asked(
                receive_file,
                engine=desk.engine, path=path, settings=desk.settings, today=sent.received_on,
            )
        )  # fmt: skip
        show_outcomes(outcomes)
        assert show_receipts(write_receipts(desk.engine, outcomes, desk.settings)), "no receipt"
    (outcome,) = outcomes
    assert not isinstance(outcome, Trouble), outcome
    assert isinstance(outcome, Loaded), "the file was left out without a word"
    return outcome


class Histories:
    """Warehouses in which the clean files before a fault are loaded, each made once a test run.

    A clean file that is told anything of makes every fault after it fail: rules must stay silent.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: dict[tuple[Sent, ...], bytes] = {}

    @contextmanager
    def after(self, earlier: Sequence[Sent], folder: Path) -> Iterator[Desk]:
        """Open a desk of one's own, with these files loaded."""
        with Desk.open(SQLITE, folder) as desk:
            desk.engine.dispose()
            (folder / "warehouse.db").write_bytes(self._database(tuple(earlier)))
            yield desk

    def _database(self, files: tuple[Sent, ...]) -> bytes:
        if files not in self._made:
            place = Path(mkdtemp(dir=self._folder))
            if not files:
                with Desk.open(SQLITE, place):
                    pass
            else:
                before = self._database(files[:-1])
                with Desk.open(SQLITE, place) as desk:
                    desk.engine.dispose()
                    (place / "warehouse.db").write_bytes(before)
                    last = files[-1]
                    found = given(desk, hand_in(desk, last))
                    assert found == Told("accepted", sorted(last.of_file)), last.name
            self._made[files] = (place / "warehouse.db").read_bytes()
        return self._made[files]


@dataclass(frozen=True)
class Heard:
    """All that can be heard of a run: what is printed, and what is logged."""

    capsys: pytest.CaptureFixture[str]
    caplog: pytest.LogCaptureFixture

    def printed(self) -> str:
        """Return what was printed since the last time."""
        out, err = self.capsys.readouterr()
        return out + err


def leaks(desk: Desk, printed: str, records: Sequence[logging.LogRecord]) -> list[str]:
    """Return where the canary turned up beyond the partners' own bytes."""
    sign = CANARY.lower()
    places = [
        f"table {name}"
        for name, rows in desk.content().items()
        if any(sign in str(row).lower() for row in rows)
    ]
    if sign in printed.lower():
        places.append("printed")
    for record in records:
        if sign in f"{record.getMessage()} {record.exc_info}".lower():
            places.append(f"log {record.name}")
    home = desk.settings.home
    partners_own = (desk.settings.inbox, desk.settings.archive)
    for path in home.rglob("*"):
        is_theirs = any(path.is_relative_to(own) for own in partners_own)
        # The database is looked at by table: its file may hold pages of rows that were taken back.
        if is_theirs or path.is_dir() or path.name.startswith("warehouse.db"):
            continue
        if sign in path.name.lower() or sign.encode() in path.read_bytes().lower():
            places.append(str(path.relative_to(home)))
    return places


def checked(desk: Desk, sent: Sent) -> bool:
    """Give out all that `csp check` says of a file: to read, as JSON, as a page with its CSV.

    Returns whether it would take the file.
    """
    from flows.receipt_files import write_receipt
    from flows.show_check import check_lines
    from reports.formats.receipt_json import receipts_json

    path = put(desk.settings.inbox, sent.name, sent.content)
    with today_is(sent.received_on):
        found = list(
            asked(
                examine,
                path=path, sources=SOURCES, home=desk.settings.areas, settings=desk.settings,
                today=sent.received_on,
            )
        )  # fmt: skip
    verdicts = [verdict for verdict in found if isinstance(verdict, Verdict)]
    name = desk.settings.partnership.name
    receipts = [verdict.receipt(name, desk.settings.senders, VERSION) for verdict in verdicts]
    left_out = [other.name for other in found if not isinstance(other, Verdict)]
    told = [line.fitted(None) for receipt in receipts for line in check_lines(receipt)]
    print(*told, receipts_json(receipts, left_out, VERSION), sep="\n")  # noqa: T201 - as the command
    place = desk.settings.home / "checked"
    place.mkdir(exist_ok=True)
    for receipt in receipts:
        write_receipt(receipt, place / "page.html", place / "page.csv")
    return bool(verdicts) and not any(verdict.refusals for verdict in verdicts)


def status_on(desk: Desk, day: date) -> None:
    """Print what `csp status` says on a day."""
    with today_is(day):
        show_status(status_of(desk.engine, desk.settings, utc_now()), is_all=True)


def figures_there(desk: Desk, figures: Sequence[tuple[str, Month]]) -> list[str]:
    """Return which of some figures of the district have a value."""
    return [
        f"{measure} {month.code}"
        for measure, month in figures
        if (measure, DISTRICT, month) in month_values(desk.engine, [measure], Span(month, month))
    ]


def is_archived(desk: Desk, sent: Sent) -> bool:
    """Say whether a file's bytes lie in the archive."""
    digest = sha256(sent.content).hexdigest()
    return any(path.name == digest for path in desk.settings.archive.rglob("*"))


def fires(code: str, fault: Fault, planted: Planted) -> bool:
    """Say whether a fault is declared to fire a rule."""
    answer = fault.answer
    return code in (*answer.of_file, *answer.holds) or bool(planted.rows.get(code))
