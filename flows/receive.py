"""Takes what lies in the inbox into the warehouse: one delivery after the other.

A delivery that fails stops no other one, unless it is the machine or the warehouse that is out.
What a partner did wrong comes back as a `Loaded` with its issues; what went wrong here comes back
as `Trouble`, without any content of the file.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path

from flows.apart import GateApart, Task, is_worth_it
from flows.clock import today
from flows.known import parcel_of
from flows.log import note
from flows.places import engine_of
from flows.settings import Settings
from flows.trouble import Trouble, trouble
from schemas.areas import Area
from schemas.issues import DeliveryRejected, Issue
from schemas.rules import RULES, Response
from sources.corrections import Correction, load_corrections
from sources.gate import Gate
from sources.inbox import Delivery, LeftOut, Refused, discard, recognise, take
from sources.partners import SOURCES
from sources.spec import (
    ElsewhereExtent,
    Extent,
    Layout,
    ReporterExtent,
    SourceSpec,
    extent_of,
)
from warehouse.deliveries import (
    Again,
    Judging,
    Loaded,
    Parcel,
    find_unchanged,
    has_name_and_size,
    removed_at,
)
from warehouse.engine import Engine
from warehouse.load import Rows, load_delivery, refuse_delivery
from warehouse.mart import Reach
from warehouse.prepare import prepare

Outcome = Loaded | LeftOut | Trouble


def open_warehouse(settings: Settings) -> Engine:
    """Return the warehouse, made ready; raises `WarehouseError` when that is not possible."""
    engine = engine_of(settings)
    try:
        make_ready(engine, settings)
    except BaseException:
        engine.dispose()
        raise
    return engine


def make_ready(engine: Engine, settings: Settings) -> None:
    """Make a warehouse ready; raises `WarehouseError` when that is not possible."""
    prepare(engine, settings.areas, areas_elsewhere())


@contextmanager
def opened(settings: Settings) -> Iterator[Engine]:
    """Open the warehouse for a block, and close its connections whatever ends it."""
    engine = open_warehouse(settings)
    try:
        yield engine
    finally:
        engine.dispose()


def areas_elsewhere() -> list[Area]:
    """Return the areas of other partnerships that layouts speak for."""
    return [
        layout.extent.area
        for source in SOURCES
        for layout in source.layouts
        if isinstance(layout.extent, ElsewhereExtent)
    ]


def receive_files(
    engine: Engine,
    paths: Sequence[Path],
    settings: Settings,
    on_rows: Callable[[int], None] = lambda rows: None,
    again: Again | None = None,
) -> Iterator[list[Outcome]]:
    """Take files in their order, and give the outcomes of each; `again`: as `receive_file` does.

    An outage ends the run: the files behind would fare no better, and a file that is taken up
    later than one which replaces its months would replace them in turn.
    """
    for path in paths:
        outcomes = list(receive_file(engine, path, settings, on_rows, again))
        yield outcomes
        if any(isinstance(outcome, Trouble) and outcome.is_outage for outcome in outcomes):
            return


def receive_file(
    engine: Engine,
    path: Path,
    settings: Settings,
    on_rows: Callable[[int], None] = lambda rows: None,
    again: Again | None = None,
) -> Iterator[Outcome]:
    """Take one file: keep it, check it, load it. An archive gives an outcome a member.

    With the decision `again`, what came before and was replaced since is loaded once more.
    Raises `CorrectionError` when a correction on record is wrong: nothing is taken then.
    """
    for outcome in _taken(engine, path, settings, on_rows, again):
        note(settings, event_of(outcome))
        yield outcome


def event_of(outcome: Outcome) -> str:
    """Say what became of a file in a line of the log: its name, counts, and rules by their code."""
    if isinstance(outcome, LeftOut):
        return f"{outcome.name}: left out, being none of this partnership's exports."
    if isinstance(outcome, Trouble):
        return f"{outcome.file_name}: could not be dealt with. {outcome.reason}"
    if outcome.is_known:
        return f"{outcome.file_name}: known already."
    if outcome.status == "rejected":
        rules = dict.fromkeys(
            issue.rule for issue in outcome.issues
            if RULES[issue.rule].response is Response.REJECT_FILE
        )  # fmt: skip
        return f"{outcome.file_name}: rejected as a whole ({', '.join(rules)})."
    again = ", taken again by decision" if outcome.again else ""
    held = f", held ({', '.join(hold.rule for hold in outcome.holds)})" if outcome.holds else ""
    return (
        f"{outcome.file_name}: accepted, {outcome.read:,} rows read, {outcome.rejected:,} "
        f"rejected{held}{again}."
    )


def _taken(
    engine: Engine,
    path: Path,
    settings: Settings,
    on_rows: Callable[[int], None],
    again: Again | None,
) -> Iterator[Outcome]:
    corrections = load_corrections(settings.corrections, SOURCES)
    try:
        with _gate_apart(engine, path) as apart:
            for found in take(path, settings.archive, SOURCES, settings.areas):
                if isinstance(found, LeftOut):
                    yield found
                elif isinstance(found, Refused):
                    yield refuse_delivery(engine, parcel_of(found), found.issues)
                elif (
                    not corrections
                    and (known := find_unchanged(engine, parcel_of(found), _extents(settings)))
                    and not (again and known.is_replaced)
                ):
                    yield _not_kept(engine, found, known)
                else:
                    yield _receive(
                        engine, found, settings, on_rows, apart=apart, corrections=corrections,
                        again=again,
                    )  # fmt: skip
    except DeliveryRejected as refusal:
        yield Loaded(0, path.name, "", "rejected", None, issues=refusal.issues)
    except Exception as error:
        yield trouble(path.name, error)


def _gate_apart(engine: Engine, path: Path) -> AbstractContextManager[GateApart | None]:
    """Start the gate of a big file while its bytes are being kept, unless it may be known."""
    if not is_worth_it(path) or has_name_and_size(engine, path.name, path.stat().st_size):
        return nullcontext()
    return GateApart()


def _extents(settings: Settings) -> set[str]:
    """Return the areas that deliveries speak for, here and in layouts of other partnerships."""
    return {extent_of(layout, settings.areas)[0].code for s in SOURCES for layout in s.layouts}


def _receive(
    engine: Engine,
    delivery: Delivery,
    settings: Settings,
    on_rows: Callable[[int], None],
    *,
    apart: GateApart | None,
    corrections: Sequence[Correction],
    again: Again | None,
) -> Outcome:
    parcel = replace(parcel_of(delivery), again=again)
    try:
        found = recognise(delivery, SOURCES)
        parcel = _described(parcel, found.source, found.layout, settings, found.issues)
        gate: Gate | GateApart
        if apart is None:
            gate = Gate.open(found, settings.areas, today(), corrections)
        else:
            gate = apart
            apart.open(Task(delivery, settings.areas, today(), corrections))
    except DeliveryRejected as refusal:
        return _not_kept(engine, delivery, refuse_delivery(engine, parcel, refusal.issues))
    parcel = replace(
        parcel,
        span=gate.span,
        file_issues=gate.file_issues,
        corrections_sha256=gate.corrections_sha256,
    )

    def counted() -> Rows:
        for checked, prints in gate.chunks():
            on_rows(checked.read)
            yield checked, prints

    return _not_kept(engine, delivery, load_delivery(engine, parcel, counted(), gate.closing))


def _not_kept(engine: Engine, delivery: Delivery, loaded: Loaded) -> Loaded:
    """Take bytes out of the archive again that must not be in it.

    Those are bytes that are refused as dangerous only once they are read, and bytes that retention
    had removed: the delivery is known, and to keep them again would undo what was agreed.
    """
    rules = {issue.rule for issue in loaded.issues if RULES[issue.rule].security}
    removed = removed_at(engine, delivery.sha256)
    if removed is not None or (loaded.status == "rejected" and rules):
        discard(delivery)
    return loaded if removed is None else replace(loaded, bytes_removed_at=removed)


def _described(
    parcel: Parcel,
    source: SourceSpec,
    layout: Layout,
    settings: Settings,
    issues: tuple[Issue, ...],
) -> Parcel:
    return replace(
        parcel,
        source=source.code,
        layout=layout.name,
        reach=reach_of(layout, settings),
        judging=Judging(settings.thresholds, settings.due_days.get(source.code, source.due_days)),
        headers={column.field: " + ".join(column.headers) for column in layout.columns},
        file_issues=issues,
    )


def reach_of(layout: Layout, settings: Settings) -> Reach:
    """Return the areas that a layout's files speak for, and what they add up to."""
    area, lad_codes = extent_of(layout, settings.areas)
    return Reach(area, lad_codes, _rollup(layout, area, settings), _focus(lad_codes, settings))


def _focus(lad_codes: tuple[str, ...], settings: Settings) -> str:
    """Return the district whose figures are published, if the layout speaks for it."""
    home = settings.areas.district.code
    return home if home in lad_codes else ""


def _rollup(layout: Layout, area: Area, settings: Settings) -> Area | None:
    """Return the area that the districts of a layout's extent add up to."""
    if layout.extent is Extent.DISTRICT or isinstance(layout.extent, ReporterExtent):
        return None
    return area if isinstance(layout.extent, ElsewhereExtent) else settings.areas.county
