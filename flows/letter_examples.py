"""One letter of every kind, as it would arrive: for those who will get them.

Nothing is made up: each cause is really brought about, in a warehouse of its own with synthetic
files, and goes the way that it would go. Nothing is sent, and nothing of the partnership's changed.
"""

import contextlib
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from email.message import EmailMessage
from errno import ENOSPC
from functools import partial
from pathlib import Path

from flows.alarm import alarm
from flows.clock import clock_at, utc_now
from flows.letter_parts import Desk, Letter
from flows.letters import digest, letter
from flows.post import TEST, message_of
from flows.publish import HeldBack, publish
from flows.receipts import write_receipts
from flows.receive import opened, receive_file
from flows.routes import recipients, routes_of
from flows.settings import Alerts, Mail, Settings
from flows.settings_areas import Partnership
from flows.trouble import outage_of
from flows.watch import watch
from schemas.alerts import TITLES, URGENT, AlertKind
from schemas.period import Quarter
from schemas.words import listed
from sources.partners import SOURCES
from sources.sample.faults import CATALOGUE, Bench
from sources.sample.faults.fault import Fault, clean
from warehouse.engine import Engine
from warehouse.outbox import AlertLine, alerts
from warehouse.runs import FAILED, HELD, RunLine, note_never_began, running

SEED = 2021
PLANTED = ("19a", "28c", "2a", "26e")
"""The faults of the catalogue that are sent: dates of another form, rows of no known kind, a month
without rows, and an e-mail address."""
OWED = "hfrs_incidents"
"""The one export that is owed in the example, and does not come."""
HELD_QUARTER, FREE_QUARTER = Quarter(2018, 1), Quarter(2017, 4)
IN_ORDER = Fault(
    "", "in-order", "asb_cases", "The export of the quarter before has nothing wrong.",
    (clean(FREE_QUARTER.span),),
)  # fmt: skip
CAME, SOON = datetime(2018, 7, 20, 9, 30), datetime(2018, 9, 20, 6, 30)
AFTER = datetime(2018, 10, 16, 6, 30)
"""When the files came, when the export is soon due, and when it is overdue and a run is missing."""
EXAMPLE = Alerts(
    coordinator=["coordinator@example.org"],
    data_team=["data-team@example.org"],
    security=["information-governance@example.org"],
    sender="csp@example.org",
)


@dataclass(frozen=True)
class Example:
    """One letter: what it is an example of, and how it leaves, once for each who gets it."""

    title: str
    messages: tuple[EmailMessage, ...]


def examples(settings: Settings) -> Iterator[Example]:
    """Yield a letter of each kind, then several in one, and the test letter.

    The addresses, partners' names and dates of packs are those of csp.toml, as far as it has any.
    """
    with tempfile.TemporaryDirectory(prefix="csp-letters-") as folder:
        trial = _trial(settings, Path(folder))
        with opened(trial) as engine:
            bring_about(engine, trial)
            desk = Desk(engine, trial, AFTER)
            written = partial(_written, engine, trial)
            first: dict[AlertKind, AlertLine] = {}
            for line in alerts(engine):
                first.setdefault(line.alert.kind, line)
            for kind in AlertKind:
                if kind in first:
                    yield _example(desk, TITLES[kind], kind, written(first[kind]))
            patient = [(line, written(line)) for line in first.values()]
            patient = [each for each in patient if each[0].alert.kind not in URGENT][:4]
            yield _example(
                desk, "Several things at once", AlertKind.FILE_REJECTED, digest(patient, desk)
            )
            yield _example(desk, "The test letter (csp alerts --test)", None, TEST)


def _written(engine: Engine, settings: Settings, line: AlertLine) -> Letter:
    """Write a letter as on the day on which it was raised; the trial has no folder to name."""
    made = letter(Desk(engine, settings, line.raised_at), line)
    return replace(made, text=made.text.replace(str(settings.home.resolve()), "/.../csp-data"))


def _trial(settings: Settings, home: Path) -> Settings:
    given = settings.alerts
    told = given if given.coordinator else EXAMPLE
    return Settings(
        home=home,
        formats=(),
        partnership=Partnership(name=settings.partnership.name),
        partners=settings.senders,
        due_days={source.code: 0 for source in SOURCES if source.code != OWED},
        expected_from=HELD_QUARTER.code,
        schedule=settings.schedule,
        alerts=told,
        mail=Mail(host=settings.mail.host or "smtp.example.org"),
    )


def bring_about(engine: Engine, settings: Settings) -> None:
    """Bring about what every kind of alert is told of, but for what needs a mail server."""
    with clock_at(CAME):
        for path in _files(settings):
            outcomes = list(receive_file(engine, path, settings))
            write_receipts(engine, outcomes, settings)
        _try_pack(engine, settings)
        publish(engine, FREE_QUARTER, settings)
        with running(engine, "receive", "example", utc_now) as run:
            run.ends(FAILED, "1 of 4 files could not be dealt with; csp receive says where.")
        line = RunLine(0, "year-end", "2017-18", "example", CAME, None, "", "")
        note_never_began(engine, line, AFTER)
        full = OSError(ENOSPC, "", str(Path("csp-data/archive")))
        alarm(engine, settings, outage_of(full), CAME)
        part = "The part that starts the runs was ended by the signal SIGKILL"
        told = f"{part} at 09:30:00 UTC, and was started again."
        alarm(engine, settings, told, CAME, AlertKind.SERVICE)
    for moment in (SOON, AFTER):
        with clock_at(moment):
            watch(engine, settings.model_copy(update={"mail": Mail()}), moment)


def _files(settings: Settings) -> Iterator[Path]:
    bench = Bench(SEED)
    faults = {fault.number: fault for fault in CATALOGUE}
    for fault in (*(faults[number] for number in PLANTED), IN_ORDER):
        for sent in fault.plant(bench).files:
            path = settings.inbox / fault.slug / sent.name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(sent.content)
            yield path


def _try_pack(engine: Engine, settings: Settings) -> None:
    with (
        running(engine, "quarter-end", "example", utc_now, period_code=HELD_QUARTER.code) as run,
        contextlib.suppress(HeldBack),
    ):
        try:
            publish(engine, HELD_QUARTER, settings)
        except HeldBack as held:
            run.ends(HELD, str(held), cause=held.cause)
            raise


def _example(desk: Desk, title: str, kind: AlertKind | None, made: Letter) -> Example:
    to = recipients(desk.settings)
    routes = tuple(to) if kind is None else routes_of(kind, to)
    return Example(
        title,
        tuple(
            message_of(made, to[route], desk.settings, desk.now, f"csp-example-{number}")
            for number, route in enumerate(routes, 1)
        ),
    )


def show(number: int, example: Example) -> str:
    """Return a letter as text, as somebody sees it who opens it."""
    first, *others = example.messages
    body = first.get_body(("plain",))
    files = [str(each.get_filename()) for each in first.iter_attachments()]
    heads = [
        f"From:     {first['From']}",
        f"To:       {first['To']}",
        *(f"          and in a letter of its own: {other['To']}" for other in others),
        f"Subject:  {first['Subject']}",
        *([f"Attached: {listed(files)}"] if files else []),
    ]
    said = body.get_content() if body is not None else ""
    rule = "=" * 78
    return "\n".join([rule, f"{number}. {example.title}", rule, *heads, "", said])


def everything(settings: Settings) -> Sequence[str]:
    """Return all letters as text."""
    return [show(number, each) for number, each in enumerate(examples(settings), 1)]
