"""What `csp releases` and `csp changes` print, and what `csp receive` says of published figures."""

from collections.abc import Sequence

from flows.receive import Outcome
from flows.show import console, grid
from reports.cells import change, count, show_change, show_count
from reports.wards import WARD_MEASURES
from schemas.areas import Home
from schemas.measures import MEASURES, unit_of
from schemas.period import parse_period
from schemas.words import counted, day_label
from sources.partners import source
from warehouse.changes import DeliveryCounts, Moved, delivery_counts, differing_now, moved_by
from warehouse.deliveries import Loaded
from warehouse.engine import Engine
from warehouse.read import area_names, deliveries, delivery_record
from warehouse.releases import releases


def show_releases(engine: Engine, home: Home) -> None:
    """Print every release, and how many of its figures are other ones now."""
    out = console()
    found = releases(engine)
    if not found:
        out.print("Nothing has been published yet.")
        return
    differing = differing_now(engine, home.district.code)
    rows = [
        (
            str(line.id), parse_period(line.period_code).label, line.period_code, line.audience,
            f"{day_label(line.published_at)}, {line.published_at:%H:%M} UTC",
            line.program_version, f"{differing.get(line.id, 0):,}",
        )
        for line in found
    ]  # fmt: skip
    heads = ("Release", "Period", "Code", "For", "Published", "By csp", "Figures that differ now")
    out.print(grid("What was published", heads, rows, numbers=1))


def show_published_moves(engine: Engine, outcomes: Sequence[Outcome]) -> None:
    """Print a line for each delivery just loaded that moved what was published."""
    if not releases(engine):
        return
    for loaded in outcomes:
        if isinstance(loaded, Loaded) and loaded.status == "accepted" and not loaded.is_known:
            moved = [m for m in moved_by(engine, loaded.delivery_id) if m.release_id is not None]
            if moved:
                number = len(moved)
                console().print(
                    f"\n{loaded.file_name}: {number:,} published "
                    f"{'figure moves' if number == 1 else 'figures move'}; "
                    f"csp changes {loaded.delivery_id} lists {'it' if number == 1 else 'them'}.",
                    markup=False,
                )


def show_changes(engine: Engine, home: Home, delivery_id: int | None, *, is_all: bool) -> bool:
    """Print what a delivery changed, the last one if none is named; False if there is none.

    Figures of areas that no pack prints are counted alone, unless `is_all`.
    """
    received = deliveries(engine)
    named = [d for d in received if delivery_id in (None, d.id)]
    if not named:
        return False
    line, out = named[-1], console()
    title = source(line.source).title if line.source else "not recognised"
    span = line.months()
    out.print(f"Delivery {line.id}: {line.file_name}", style="bold", markup=False)
    out.print(
        f"  {title}, {f'{span.label}; ' if span else ''}received {day_label(line.received_at)}",
        markup=False,
    )
    record = delivery_record(engine, line.id)
    if record is not None and record.again:
        out.print(f"  {record.again}", markup=False)
    if line.status != "accepted":
        out.print("  It was rejected, and changed nothing.")
        return True
    counts = delivery_counts(engine, [line.id])[line.id]
    out.print(
        f"  {counted(line.rows_read, 'row')} read, {line.rows_rejected:,} rejected. "
        f"{_records(counts)}",
        markup=False,
    )
    moved = moved_by(engine, line.id)
    ours = {home.district.code, home.county.code, home.force.code}
    shown = [m for m in moved if is_all or m.area in ours]
    if shown:
        out.print()
        out.print(_grid(shown, area_names(engine)))
    else:
        out.print("No figure that stood before was moved.")
    if len(shown) < len(moved):
        others = counted(len(moved) - len(shown), "figure")
        out.print(f"{others} of other areas moved as well (--all).")
    if moved and any(m.measure in WARD_MEASURES for m in moved):
        out.print(
            "What it moved by ward is not in this list: the next pack for the partnership says so "
            "under Revisions."
        )
    return True


def _records(counts: DeliveryCounts) -> str:
    told = f"Records: {counts.new:,} new, {counts.unchanged:,} unchanged"
    if counts.changed is None or counts.vanished is None:
        return f"{told}; how many changed was not counted then."
    return f"{told}, {counts.changed:,} changed, {counts.vanished:,} vanished."


def _grid(moved: Sequence[Moved], names: dict[str, str]) -> object:
    rows = [
        (
            MEASURES[m.measure].label if m.measure in MEASURES else m.measure,
            names.get(m.area, m.area),
            m.span.label,
            "" if m.release_id is None else f"release {m.release_id}",
            show_count(count(m.was, unit=unit_of(m.measure))),
            show_count(count(m.became, unit=unit_of(m.measure))),
            show_change(change(m.became, m.was, unit=unit_of(m.measure))),
        )
        for m in moved
    ]
    heads = ("Figure", "Area", "Period", "Published in", "Was", "Is", "Difference")
    return grid("Figures that it moved", heads, rows, numbers=3)
