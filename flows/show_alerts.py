"""What `csp alerts` prints, and what `csp status` says of alerts and runs."""

from contextlib import suppress

from rich.console import Console

from flows.clock import utc_now
from flows.settings import Settings
from flows.show import console, grid
from schemas.alerts import TITLES
from schemas.words import counted, day_label
from sources.partners import SOURCES
from warehouse.engine import Engine, WarehouseError
from warehouse.outbox import alerts, sent_at, unsent
from warehouse.runs import DONE, RUNNING, last_runs, runs

MOST_LINES = 50


def show_alerts(engine: Engine) -> bool:
    """List the newest alerts; return True when none waits to be sent."""
    out = console()
    lines, sent = alerts(engine), sent_at(engine)
    if not lines:
        out.print("No alert was raised yet.")
        return True
    titles = {source.code: source.title for source in SOURCES}
    rows = [
        (
            str(line.id),
            f"{day_label(line.raised_at)}, {line.raised_at:%H:%M}",
            TITLES[line.alert.kind],
            titles.get(line.alert.source, ""),
            line.alert.period_code,
            f"{day_label(at)}, {at:%H:%M}" if (at := sent.get(line.id)) else "not yet",
        )
        for line in lines[-MOST_LINES:]
    ]
    heads = ("Alert", "Raised (UTC)", "What", "Source", "Period", "Sent (UTC)")
    out.print(grid("Alerts", heads, rows))
    return not show_unsent(out, engine)


def show_sent(engine: Engine, settings: Settings) -> None:
    """Send what waits, and say what came of it."""
    from flows.post import lines_of, send_waiting  # noqa: PLC0415 - csp status sends nothing

    # A warehouse that is out has been told of by then; what waits in it, waits on.
    with suppress(WarehouseError):
        for line in lines_of(send_waiting(engine, settings, utc_now())):
            console().print(line, markup=False)


def show_unsent(out: Console, engine: Engine) -> bool:
    """Say how many alerts wait, and why; return True when one does."""
    left = unsent(engine)
    if not left.count or left.since is None:
        return False
    waits = counted(left.count, "alert waits", "alerts wait")
    why = left.failure or "nobody is set for them in csp.toml ([alerts], [mail])."
    out.print(f"\n{waits} to be sent since {day_label(left.since)}: {why}", markup=False)
    return True


def show_runs(out: Console, engine: Engine) -> bool:
    """Say how the last run of each kind ended; return True when one of them needs a person."""
    last = last_runs(runs(engine))
    if not last:
        return False
    out.print("\nLast runs:")
    for run in last.values():
        about = f" of {run.period_code}" if run.period_code else ""
        when = f"{day_label(run.started_at)}, {run.started_at:%H:%M} UTC, on {run.host}"
        detail = f" {run.detail}" if run.detail else ""
        out.print(f"  {run.kind}{about}: {run.state}, {when}.{detail}", markup=False)
    return any(run.state not in (DONE, RUNNING) for run in last.values())
