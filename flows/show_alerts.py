"""What `csp alerts` prints, and what a command says of the alerts that it sends at its end."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from rich.console import Console

from flows.clock import utc_now
from flows.places import SENT
from flows.settings import Settings
from flows.show import console, grid
from schemas.alerts import TITLES, AlertKind
from schemas.words import counted, day_label
from sources.partners import SOURCES
from warehouse.engine import Engine, WarehouseError
from warehouse.outbox import AlertLine, alerts, sent_at, unsent
from warehouse.read import deliveries

MOST_LINES = 50
OF_RUNS = (AlertKind.RUN_FAILED, AlertKind.RUN_CRASHED, AlertKind.RUN_MISSING)
"""Alerts whose detail begins with the name of the run."""


def show_alerts(engine: Engine, settings: Settings) -> bool:
    """List the newest alerts; return True when none waits to be sent.

    Those that were written into the home while disk or warehouse were out have no number yet.
    """
    from flows.alarm import spooled  # noqa: PLC0415 - it loads what letters are written with

    out = console()
    lines, sent = alerts(engine), sent_at(engine)
    kept = [(each, at) for place, each, at in spooled(settings) if not place.name.endswith(SENT)]
    if not lines and not kept:
        out.print("No alert was raised yet.")
        return True
    files = {delivery.id: delivery.file_name for delivery in deliveries(engine)}
    titles = {source.code: source.title for source in SOURCES}
    rows = [
        (
            str(line.id),
            f"{day_label(line.raised_at)}, {line.raised_at:%H:%M}",
            TITLES[line.alert.kind],
            files.get(line.alert.delivery_id or 0) or titles.get(line.alert.source) or _run(line),
            line.alert.period_code,
            f"{day_label(at)}, {at:%H:%M}" if (at := sent.get(line.id)) else "not yet",
        )
        for line in lines[-MOST_LINES:]
    ]
    rows += [
        ("-", f"{day_label(at)}, {at:%H:%M}", TITLES[each.kind], "", "", "not yet")
        for each, at in kept
    ]
    heads = ("Alert", "Raised (UTC)", "What", "About", "Period", "Sent (UTC)")
    out.print(grid("Alerts", heads, rows))
    return not show_unsent(out, engine, [at for _, at in kept])


def _run(line: AlertLine) -> str:
    """Return the run that an alert tells of; "" where it tells of none."""
    return line.alert.detail.partition(": ")[0] if line.alert.kind in OF_RUNS else ""


def show_sent(engine: Engine, settings: Settings) -> None:
    """Send what waits, and say what came of it."""
    from flows.post import lines_of, send_waiting  # noqa: PLC0415 - csp status sends nothing

    # A warehouse that is out has been told of by then; what waits in it, waits on.
    with suppress(WarehouseError):
        for line in lines_of(send_waiting(engine, settings, utc_now())):
            console().print(line, markup=False)


def show_unsent(out: Console, engine: Engine, kept: Sequence[datetime]) -> bool:
    """Say how many alerts wait, and why; return True when one does.

    `kept` is when those were raised that are not in the warehouse yet.
    """
    left = unsent(engine)
    since = min([*kept, *([left.since] if left.since else [])], default=None)
    if since is None:
        return False
    waits = counted(left.count + len(kept), "alert waits", "alerts wait")
    why = left.failure or (
        "csp watch tries again."
        if kept
        else "nobody is set for them in csp.toml ([alerts], [mail])."
    )
    out.print(f"\n{waits} to be sent since {day_label(since)}: {why}", markup=False)
    return True
