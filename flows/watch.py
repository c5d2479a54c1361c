"""`csp watch`: says what no run can say of itself, and sends what could not be sent.

It needs no server and can be called from any cron: it looks for runs that were cut off or did not
happen, for exports that are due or overdue, raises an alert for each, once, and empties the outbox.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from flows.alarm import alarm
from flows.clock import day_of
from flows.expected import expected, ours, overdue, owed_by_partner
from flows.log import note
from flows.missing import missing_runs
from flows.post import lines_of, send_waiting
from flows.serving_lock import cut_off
from flows.settings import Settings
from flows.timetable import Due
from schemas.alerts import AlertKind
from schemas.words import counted, day_label
from warehouse.engine import Engine
from warehouse.outbox import Alert, raise_alerts, unsent
from warehouse.read import DeliveryLine, deliveries
from warehouse.releases import releases
from warehouse.runs import look_for_crashed, runs

LONG_AGO = timedelta(days=366)
"""What was due longer ago than this is history, and csp status alone speaks of it."""


def watch(engine: Engine, settings: Settings, now: datetime) -> list[str]:
    """Look after everything once; return, in sentences, what needs a person.

    What is broken here comes first, then what partners owe, what is overdue the longest first.
    """
    crashed = look_for_crashed(engine, now)
    received = ours(deliveries(engine), settings)
    missing = missing_runs(runs(engine), releases(engine), received, settings, now)
    if interrupted := cut_off(settings):
        alarm(engine, settings, interrupted, now, AlertKind.SERVICE)
    raise_alerts(engine, [*_of_exports(received, settings, now), *map(_of_missing, missing)], now)
    done = send_waiting(engine, settings, now)
    told = [
        f"The run {run.kind} that started on {day_label(run.started_at)} was cut off."
        for run in crashed
    ]
    told += [due.missed for due in missing]
    told += [interrupted] if interrupted else []
    told += [line for line in lines_of(done) if "sent in" not in line]
    left = unsent(engine)
    if left.count and left.since and not done.waiting:
        told.append(
            f"{counted(left.count, 'alert waits', 'alerts wait')} to be sent since "
            f"{day_label(left.since)}: nobody is set for them in csp.toml ([alerts], [mail])."
        )
    today = day_of(now)
    told += owed_by_partner(overdue(expected(received, settings, today), today), settings, today)
    note(settings, *told)
    return told


def _of_exports(received: list[DeliveryLine], settings: Settings, now: datetime) -> Iterator[Alert]:
    """Yield reminders and alerts for what is due; of what is long past, none is raised anew."""
    today = day_of(now)
    for each in sorted(expected(received, settings, today), key=lambda each: each.due):
        if each.due < today - LONG_AGO:
            continue
        if each.due < today:
            kind = AlertKind.DELIVERY_OVERDUE
        elif (each.due - today).days <= settings.alerts.reminder_days:
            kind = AlertKind.DELIVERY_DUE
        else:
            continue
        code = each.quarter.code
        yield Alert(
            kind, f"{kind.value}:{each.source}:{code}", source=each.source, period_code=code
        )


def _of_missing(due: Due) -> Alert:
    kind = AlertKind.RUN_MISSING
    return Alert(
        kind,
        f"{kind.value}:{due.kind}:{due.period_code}",
        f"{due.kind}: It was due on {due.told}.",
        period_code=due.period_code,
    )
