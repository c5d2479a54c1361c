"""What `csp status` says: what has come for each quarter, and what was rejected."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TypeVar

from rich.console import Console

from flows.expected import expected, ours
from flows.holding import said
from flows.settings import Settings
from flows.show import console, grid
from flows.show_alerts import show_runs, show_unsent
from schemas.issues import Issue
from schemas.period import Quarter
from schemas.words import counted, day_label
from sources.partners import SOURCES
from warehouse.engine import Engine, WarehouseError
from warehouse.read import (
    DeliveryLine,
    IssueLine,
    deliveries,
    holds,
    issues,
    standing_deliveries,
)
from warehouse.state import Fit, look, reached

Answer = TypeVar("Answer")


def show_status(engine: Engine, settings: Settings, today: date) -> bool:
    """Print the state of the warehouse; return True when something needs a person.

    A database that is older or newer than the program is shown as far as it can be read. Files that
    speak for another partnership's areas count as received, but not in the grid.
    """
    out = console()
    state = look(engine)
    is_ready = state.fit is Fit.READY
    if not is_ready:
        out.print(f"{state.sentence}\n", markup=False)
    try:
        return _show_parts(out, engine, settings, today) or not is_ready
    except WarehouseError:
        out.print("\nThe rest cannot be read with this program as it stands.")
        return True


def _show_parts(out: Console, engine: Engine, settings: Settings, today: date) -> bool:
    received = _read(deliveries, engine)
    mine = ours(received, settings)
    if not received:
        out.print("Nothing has been received yet.")
        return False
    _show_grid(out, mine)
    refused = open_refusals(received)
    _show_refusals(out, refused, _read(issues, engine, [d.id for d in refused]))
    late = overdue(mine, settings, today)
    if late:
        out.print("\nOverdue (their figures are shown as [x], not as 0):", markup=False)
        for line in late:
            out.print(f"  {line}", markup=False)
    in_use = standing_deliveries(received)
    rejected = sum(d.rows_rejected for d in received if d.id in in_use)
    out.print(
        f"\n{counted(len(received), 'delivery', 'deliveries')}; "
        f"{counted(rejected, 'rejected row')} in those that stand"
        + (" (csp rejected)." if rejected else ".")
    )
    standing = [hold for hold in _read(holds, engine) if hold.stands]
    if standing:
        out.print(f"\nHolds that keep figures from being published (csp holds): {len(standing)}")
        for hold in standing:
            out.print(f"  {said(hold)}", markup=False)
    needs = [_read(partial(show, out), engine) for show in (show_runs, show_unsent)]
    return bool(refused or rejected or late or standing or any(needs))


def _read(ask: Callable[..., Answer], engine: Engine, *what: object) -> Answer:
    """Ask the warehouse; raises `WarehouseError` where its views are not those that are read."""
    with reached(engine):
        return ask(engine, *what)


def _show_grid(out: Console, mine: list[DeliveryLine]) -> None:
    accepted = [d for d in mine if d.status == "accepted"]
    quarters = sorted({month.quarter for d in accepted for month in d.months()})
    heads = ("Quarter", *(source.title for source in SOURCES))
    rows = [
        (quarter.label, *(_state(mine, source.code, quarter) for source in SOURCES))
        for quarter in quarters
        if any(d.covers(quarter.span) for d in mine)
    ]
    out.print(grid("Months received of each quarter, and rows rejected", heads, rows))


def _show_refusals(out: Console, refused: list[DeliveryLine], reasons: list[IssueLine]) -> None:
    if refused:
        out.print("\nRejected files that have not been replaced:")
    for delivery in refused:
        out.print(
            f"{delivery.file_name} (received {day_label(delivery.received_at)})", markup=False
        )
        for reason in reasons:
            if reason.delivery_id == delivery.id and reason.first_row is None:
                issue = Issue(reason.rule, None, reason.header, reason.expected)
                out.print(f"  {issue.sentence}", markup=False)


def overdue(received: list[DeliveryLine], settings: Settings, today: date) -> list[str]:
    """Say for each source which ended quarters are not whole after the day they were due."""
    lines = []
    for source in SOURCES:
        late = [e for e in expected(received, settings, today) if e.source == source.code]
        late = [e for e in late if e.due < today]
        if late:
            partner = settings.partners.get(source.code, source.partner)
            first = late[0].quarter.label
            which = first if len(late) == 1 else f"{len(late)} quarters, the first {first}"
            lines.append(f"{source.title} ({partner}): {which}, due since {day_label(late[0].due)}")
    return lines


def _state(received: list[DeliveryLine], source: str, quarter: Quarter) -> str:
    months = [
        month
        for month in quarter.span
        if any(d.source == source and d.covers_month(month) for d in received)
    ]
    mine = [d for d in received if d.source == source and d.covers(quarter.span)]
    if not months:
        return "nothing"
    rejected = sum(d.rows_rejected for d in mine)
    return f"{len(months)} of 3" + (f", {rejected:,} rejected" if rejected else "")


def open_refusals(received: list[DeliveryLine]) -> list[DeliveryLine]:
    """Return rejected deliveries after which no file of the same name was accepted."""
    accepted = {d.file_name: d.id for d in received if d.status == "accepted"}
    return [d for d in received if d.status == "rejected" and accepted.get(d.file_name, 0) < d.id]
