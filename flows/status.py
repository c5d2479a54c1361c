"""How things stand, asked of the warehouse once: for the terminal, for the page, and for programs.

A warehouse that is older or newer than the program is read as far as it can be; where it is out,
that is what is said.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar

from flows import VERSION
from flows.clock import day_of
from flows.expected import Expected, began_on, due_day, expected, ours
from flows.needs import Findings, needs, shown_run
from flows.places import engine_of, unsent_alarms
from flows.settings import Settings
from reports.standing import (
    MONTHS,
    Alerts,
    Export,
    PackState,
    QuarterState,
    Standing,
)
from schemas.period import FinancialYear, Month, Quarter, Span
from schemas.reporters import extents_of
from schemas.spans import span_of
from sources.coverage import month_in_name, period_in_name
from sources.partners import SOURCES, is_publication
from warehouse.engine import Engine, WarehouseError
from warehouse.outbox import unsent
from warehouse.read import (
    DeliveryLine,
    HoldLine,
    accepted_by_month,
    changed_nothing,
    deliveries,
    holds,
    issues,
    standing_deliveries,
)
from warehouse.releases import ReleaseLine, releases
from warehouse.runs import CRASHED, CUT_OFF, RunLine, cut_off, last_runs, runs
from warehouse.state import Fit, State, look, reached

Answer = TypeVar("Answer")
FORMS = "partner_return"
"""The source whose files state figures of a quarter or of a year, and of nothing between."""


@dataclass
class _Desk:
    """The warehouse as far as it answers; `is_whole` ends with the first question it does not."""

    engine: Engine
    is_whole: bool = True

    def ask(self, question: Callable[[Engine], Answer]) -> Answer | None:
        try:
            with reached(self.engine):
                return question(self.engine)
        except WarehouseError:
            self.is_whole = False
            return None

    def lines(self, question: Callable[[Engine], list[Answer]]) -> list[Answer]:
        return self.ask(question) or []


@dataclass(frozen=True)
class _Came:
    """What was received, as the grid needs it. Files for other partnerships' areas are not in."""

    lines: Sequence[DeliveryLine]
    rows: dict[tuple[int, Month], int]
    standing: dict[tuple[str, str, Month], int]
    holds: Sequence[HoldLine]
    refused: Sequence[tuple[DeliveryLine, Span]]
    late: dict[tuple[str, Quarter], Expected]
    packs: dict[str, ReleaseLine]
    idle: Collection[int]


def standing_now(settings: Settings, now: datetime) -> Standing:
    """Return how things stand, whatever state the warehouse is in; an empty one is made first."""
    try:
        engine = engine_of(settings)
        try:
            if look(engine).fit is Fit.EMPTY:
                # Loading what reads files takes as long as all the rest.
                from flows.receive import areas_elsewhere  # noqa: PLC0415
                from warehouse.prepare import prepare  # noqa: PLC0415

                prepare(engine, settings.areas, areas_elsewhere())
            return status_of(engine, settings, now)
        finally:
            engine.dispose()
    except WarehouseError as error:
        return _out(settings, now, str(error))


def status_of(engine: Engine, settings: Settings, now: datetime) -> Standing:
    """Return how things stand at a moment (UTC)."""
    try:
        state = look(engine)
    except WarehouseError as error:
        return _out(settings, now, str(error))
    desk = _Desk(engine)
    received = desk.lines(deliveries)
    mine = ours(received, settings)
    refused = open_refusals(received)
    standing = desk.lines(holds)
    published = desk.lines(releases)
    done, gone = desk.lines(runs), {line.id for line in desk.lines(cut_off)}
    done = [_ended(line) if line.id in gone else line for line in done]
    late = expected(mine, settings, day_of(now))
    in_use = standing_deliveries(received)
    faulty = [d for d in received if d.id in in_use and d.rows_rejected]
    places = extents_of(settings.areas)
    packs = {line.period_code: line for line in published if line.audience == settings.audience}
    came = _Came(
        mine,
        desk.ask(accepted_by_month) or {},
        {
            (d.source, d.extent, month): d.id
            for d in mine
            if _is_accepted(d)
            for month in d.months()
        },
        [h for h in standing if h.stands and not h.is_year_only and h.extent in places],
        [(line, span) for line in refused if (span := _months_of(line))],
        {(each.source, each.quarter): each for each in late},
        packs,
        desk.ask(changed_nothing) or (),
    )
    alerts = _alerts(desk, settings)
    reasons = desk.lines(lambda asked: issues(asked, [d.id for d in refused]))
    return Standing(
        partnership=settings.partnership.name,
        at=now,
        version=VERSION,
        schema=state.sentence,
        titles={source.code: source.title for source in SOURCES},
        deliveries=len(received),
        rejected_rows=sum(d.rows_rejected for d in faulty),
        quarters=tuple(_quarter(quarter, came, settings, day_of(now)) for quarter in _shown(came)),
        years=_years(packs),
        runs=tuple(shown_run(line) for line in last_runs(done).values()),
        alerts=alerts,
        needs=needs(
            Findings(
                settings, now, state, received, refused, reasons,
                [hold for hold in standing if hold.stands], late, faulty, done, published, alerts,
                desk.is_whole,
            )
        ),
        is_whole=desk.is_whole,
    )  # fmt: skip


def _out(settings: Settings, now: datetime, why: str) -> Standing:
    """Return what can be said while the warehouse is out."""
    alerts = Alerts(len(unsent_alarms(settings)))
    nothing = Findings(settings, now, State(None), alerts=alerts, out=why)
    return Standing(
        settings.partnership.name, now, VERSION, "", {s.code: s.title for s in SOURCES}, 0, 0, (),
        {}, (), alerts, needs(nothing), is_whole=False,
    )  # fmt: skip


def open_refusals(received: Sequence[DeliveryLine]) -> list[DeliveryLine]:
    """Return rejected deliveries after which no file of the same name was accepted."""
    accepted = {d.file_name: d.id for d in received if _is_accepted(d)}
    return [d for d in received if d.status == "rejected" and accepted.get(d.file_name, 0) < d.id]


def _is_accepted(line: DeliveryLine) -> bool:
    return line.status == "accepted"


def _months_of(line: DeliveryLine) -> Span | tuple[()]:
    """Return the months of a file that was refused: as they were noted, or by its name."""
    by_name = period_in_name(line.file_name) or month_in_name(line.file_name)
    return line.months() or by_name or ()


def _is_of_a_year(line: DeliveryLine) -> bool:
    is_yearly = line.source == FORMS or is_publication(line.source)
    return is_yearly and len(line.months()) > MONTHS


def _shown(came: _Came) -> list[Quarter]:
    """Return the quarters that anything is to be said of, the oldest first."""
    found = {
        month.quarter
        for d in came.lines
        if _is_accepted(d) and not is_publication(d.source)
        for month in d.months()
    }
    found |= {quarter for _, quarter in came.late}
    found |= {month.quarter for line, span in came.refused if line.source for month in span}
    return sorted(found, key=lambda quarter: quarter.span.first)


def _quarter(quarter: Quarter, came: _Came, settings: Settings, today: date) -> QuarterState:
    pack = came.packs.get(quarter.code)
    exports = []
    began = began_on(came.lines)
    for source in SOURCES:
        late = came.late.get((source.code, quarter))
        months = {
            (extent, month): number
            for (code, extent, month), number in came.standing.items()
            if code == source.code and month in quarter.span
        }
        files = set(months.values())
        # A form or a publication of a year is no part of the packs of its quarters.
        printed = {d.id for d in came.lines if d.id in files and not _is_of_a_year(d)}
        exports.append(
            Export(
                source=source.code,
                due=due_day(source, quarter, settings, began),
                months=min(MONTHS, len({month for _, month in months})),
                accepted=sum(came.rows.get((n, month), 0) for (_, month), n in months.items()),
                rejected=sum(d.rows_rejected for d in came.lines if d.id in files),
                refused=sum(
                    line.source == source.code and not set(span).isdisjoint(quarter.span)
                    for line, span in came.refused
                ),
                holds=sum(
                    hold.source == source.code and not set(hold.span).isdisjoint(quarter.span)
                    for hold in came.holds
                ),
                is_overdue=late is not None and late.due < today,
                has_pack=pack is not None,
                is_in_pack=pack is not None
                and all(n <= pack.newest or n in came.idle for n in printed),
            )
        )
    return QuarterState(quarter, tuple(exports), _pack(pack) if pack else None)


def _years(packs: dict[str, ReleaseLine]) -> dict[FinancialYear, PackState]:
    return {
        span_of(code).first.financial_year: _pack(line)
        for code, line in packs.items()
        if len(span_of(code)) > MONTHS
    }


def _pack(line: ReleaseLine) -> PackState:
    return PackState(line.id, line.published_at, line.audience)


def _ended(line: RunLine) -> RunLine:
    """Return a run that was cut off, and that nobody has said so of yet."""
    return replace(line, state=CRASHED, detail=CUT_OFF)


def _alerts(desk: _Desk, settings: Settings) -> Alerts:
    left = desk.ask(unsent)
    kept = len(unsent_alarms(settings))
    if left is None:
        return Alerts(kept)
    return Alerts(left.count + kept, left.since, left.failure)
