"""What `csp status` says: what has come for each quarter, and what was rejected."""

from flows.show import console, grid
from schemas.areas import Home
from schemas.issues import Issue
from schemas.period import Quarter
from sources.partners import SOURCES
from warehouse.engine import Engine
from warehouse.read import DeliveryLine, deliveries, issues, quarters_loaded


def show_status(engine: Engine, home: Home) -> bool:
    """Print the state of the warehouse; return True when something needs a person.

    Files that speak for another partnership's areas count as received, but not in the grid.
    """
    out = console()
    received = deliveries(engine)
    ours = [
        d for d in received if d.extent in (home.district.code, home.county.code, home.force.code)
    ]
    if not received:
        out.print("Nothing has been received yet.")
        return False
    heads = ("Quarter", *(source.title for source in SOURCES))
    rows = [
        (quarter.label, *(_state(ours, source.code, quarter) for source in SOURCES))
        for quarter in quarters_loaded(engine)
        if any(d.covers(quarter.span) for d in ours)
    ]
    out.print(grid("Months received of each quarter, and rows rejected", heads, rows))
    refused = open_refusals(received)
    if refused:
        out.print("\nRejected files that have not been replaced:")
        reasons = issues(engine, [d.id for d in refused])
        for delivery in refused:
            out.print(
                f"{delivery.file_name} (received {delivery.received_at:%d %B %Y})", markup=False
            )
            for reason in reasons:
                if reason.delivery_id == delivery.id and reason.first_row is None:
                    issue = Issue(reason.rule, None, reason.header, reason.expected)
                    out.print(f"  {issue.sentence}", markup=False)
    rejected = sum(d.rows_rejected for d in received if d.status == "accepted")
    out.print(f"\n{len(received)} deliveries, {rejected:,} rejected rows in accepted ones.")
    return bool(refused or rejected)


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
