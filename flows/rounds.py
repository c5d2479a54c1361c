"""What the schedule does, as plain functions: take the inbox, make a pack, look after everything.

The Prefect flows call these with tasks of theirs in place of the two small functions that do the
work, so that each file and each pack shows as a step of its own.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from flows.clock import today, utc_now
from flows.jobs import Job, job
from flows.log import note
from flows.places import files_in
from flows.publish import publish
from flows.receipts import write_receipts
from flows.receive import Outcome, opened, receive_file
from flows.settings import load_settings
from flows.timetable import quarter_before, year_before
from flows.trouble import Outage, RunFailed, Trouble, Unwritten
from flows.watch import watch
from schemas.period import Month, parse_period
from schemas.words import counted
from sources.inbox import LeftOut
from warehouse.engine import Engine, WarehouseError
from warehouse.outbox import Alert, raise_alerts
from warehouse.read import deliveries
from warehouse.runs import AlreadyRunning

Counts = dict[str, int]
"""How many deliveries came to which end; the words are those of `outcome_of`."""


def take_file(name: str) -> Counts:
    """Take one file of the inbox and write its receipts; raises `RunFailed` for a fault here."""
    settings = load_settings()
    counts = {"accepted": 0, "rejected": 0, "left out": 0, "trouble": 0, "known": 0}
    with opened(settings) as engine:
        outcomes = list(receive_file(engine, settings.inbox / name, settings))
        for outcome in outcomes:
            counts[outcome_of(outcome)] += 1
        for place in write_receipts(engine, outcomes, settings):
            if isinstance(place, Unwritten):
                # The delivery stands, so the run goes on; csp receipt writes the page again.
                note(settings, f"{place.file_name}: no receipt could be written. {place.reason}")
    for outcome in outcomes:
        if isinstance(outcome, Trouble) and outcome.is_outage:
            raise Outage(f"{name} could not be dealt with. {outcome.reason}")
    if counts["trouble"]:
        raise RunFailed(f"{name} could not be dealt with; csp receive says where it failed.")
    return counts


def outcome_of(outcome: Outcome) -> str:
    """Return the one word that says what became of a file."""
    if isinstance(outcome, Trouble):
        return "trouble"
    if isinstance(outcome, LeftOut):
        return "left out"
    return "known" if outcome.is_known else outcome.status


def print_pack(period: str) -> str:
    """Publish the pack of a period and return its folder."""
    settings = load_settings()
    with opened(settings) as engine:
        return str(publish(engine, parse_period(period), settings).folder)


def show_nothing(_engine: Engine, _after: int) -> None:
    """Show nothing of the deliveries behind a number; a run on a terminal has its own words."""


def take_inbox(
    run: Job,
    take: Callable[[str], Counts] = take_file,
    show: Callable[[Engine, int], None] = show_nothing,
) -> Counts:
    """Take every file of the inbox as a part of a run; only an outage stops the others.

    What came, the deliveries behind a number, is shown by `show`.
    """
    before = max((d.id for d in deliveries(run.engine)), default=0)
    names = [str(path.relative_to(run.settings.inbox)) for path in files_in(run.settings)]
    total: Counts = {}
    dealt_with, outage = 0, ""
    for name in names:
        try:
            counts = take(name)
        except (Outage, WarehouseError) as error:
            outage = str(error)
            break
        except Exception:
            # It is counted below, and said by name where the file was taken.
            continue
        dealt_with += 1
        for word, number in counts.items():
            total[word] = total.get(word, 0) + number
    if outage:
        raise Outage(outage)
    show(run.engine, before)
    if dealt_with < len(names):
        raise RunFailed(
            f"{len(names) - dealt_with} of {counted(len(names), 'file')} could not be dealt with; "
            "csp receive says where each of them failed."
        )
    return total


def receive_round(
    take: Callable[[str], Counts] = take_file,
    show: Callable[[Engine, int], None] = show_nothing,
) -> Counts:
    """Take the inbox, as the only one who does."""
    with job("receive") as run:
        return take_inbox(run, take, show)


def pack_round(
    kind: str,
    period: str = "",
    take: Callable[[str], Counts] = take_file,
    print_it: Callable[[str], str] = print_pack,
    show: Callable[[Engine, int], None] = show_nothing,
) -> str:
    """Take the inbox and publish the pack of a quarter's or a year's end; return its folder.

    `kind` is quarter-end or year-end; without a period it is the last one that has ended.
    """
    code = period_of(kind, period)
    with job(kind, code) as run:
        try:
            with run.also("receive"):
                take_inbox(run, take, show)
        except AlreadyRunning as error:
            # Waited for in vain: that is no other run of this kind, which would do its work.
            raise RunFailed(str(error)) from None
        return print_it(code)


def period_of(kind: str, period: str) -> str:
    """Return the code of the period that a run is about, the last that has ended if none is named.

    "" for the kinds that are about none.
    """
    if kind not in ("quarter-end", "year-end"):
        return ""
    if period:
        return parse_period(period).code
    month = Month.of(today())
    return (quarter_before(month) if kind == "quarter-end" else year_before(month)).code


def watch_round(late: Callable[[datetime], Iterable[Alert]] = lambda _now: ()) -> list[str]:
    """Look for what did not happen, and send what waits; return what needs a person.

    `late` says which runs have not started though they should have by a moment.
    """
    with job("watch") as run:
        now = utc_now()
        alerts = list(late(now))
        raise_alerts(run.engine, alerts, now)
        return [alert.detail for alert in alerts] + watch(run.engine, run.settings, now)
