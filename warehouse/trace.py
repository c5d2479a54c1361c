"""From a printed figure to the rows behind it: deliveries, and the partner's own row numbers.

The readers' views are asked and nothing else, so that the past can be traced as well, through an
engine of the past. What a row adds is worked out here from the row, by the measure's definition;
what is printed is read from the views: that the two agree is a law, and a trace says so where they
do not.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Date, Engine, Integer, column, select, table

from schemas.measures import MEASURES, Measure, is_stated, siblings
from schemas.period import FinancialYear, Month, Quarter, Span
from warehouse.cells import Asker, asked
from warehouse.mart import Reach, districts_behind
from warehouse.read import (
    DeliveryLine,
    deliveries,
    delivery_record,
    holds,
    standing_deliveries,
)
from warehouse.trace_parts import Behind, Figure, Gap, NotWorkedOut, Trace, Why
from warehouse.trace_stated import trace_stated
from warehouse.views import fact_view

_MONTHS = table(
    "csp_measure_month_v1",
    column("measure_code"), column("area_code"), column("month", Date), column("value", Integer),
)  # fmt: skip
_DELIVERIES = table("csp_delivery_v1", column("id", Integer), column("extent"))


def trace(engine: Engine, figure: Figure, reaches: Iterable[Reach]) -> Trace:
    """Return what is behind a figure; `reaches` are those of its source's layouts.

    Raises `NotWorkedOut` where no delivery of these reaches is counted in the area.
    """
    if is_stated(figure.measure.code):
        return trace_stated(engine, figure)
    places = {
        reach.extent.code: districts
        for reach in reaches
        if (districts := districts_behind(figure.measure, figure.area_code, reach)) is not None
    }
    if not places:
        raise NotWorkedOut
    received = [
        d
        for d in deliveries(engine)
        if d.source == figure.measure.source and d.extent in places and d.status == "accepted"
    ]
    found = _Found(engine, figure)
    for extent, districts in places.items():
        found.add(extent, districts)
    values = _values(engine, figure)
    printed = None if None in values.values() else sum(v for v in values.values() if v is not None)
    gaps, faults = _gaps(engine, figure, values, received, found)
    faults += _disagreements(engine, figure, values, printed, found)
    return Trace(
        figure, printed, found.behind() if printed is not None else (),
        _repeated(received, figure.span, found), gaps, tuple(faults),
    )  # fmt: skip


# --- the rows ---------------------------------------------------------------------------------


class _Adder:
    """What one row adds to a measure: of a residual, what its parent has beyond the other parts."""

    def __init__(self, measure: Measure):
        source = measure.source
        counted = MEASURES[measure.parent] if measure.is_residual else measure
        taken_off = siblings(measure) if measure.is_residual else ()
        self.counted = Asker(counted, source)
        self.taken_off = [Asker(part, source) for part in taken_off]
        self.known: dict[tuple[Any, ...], int | None] = {}

    def __call__(self, values: tuple[Any, ...]) -> int | None:
        if values not in self.known:
            self.known[values] = self._worked_out((None, None, None, *values))
        return self.known[values]

    def _worked_out(self, cell: tuple[Any, ...]) -> int | None:
        total = self.counted.value(cell, 1)
        parts = [part.value(cell, 1) for part in self.taken_off]
        if total is None or None in parts:
            return None
        return total - sum(part for part in parts if part is not None)


class _Found:
    """The rows behind a figure as they are found: by delivery, and what each month comes to."""

    def __init__(self, engine: Engine, figure: Figure):
        self.engine, self.figure = engine, figure
        self.by_month: Counter[Month] = Counter()
        self.blank_months: set[Month] = set()
        self.parts: dict[int, Behind] = {}
        self.blanks: dict[int, Behind] = {}

    def add(self, extent: str, districts: tuple[str, ...]) -> None:
        """Add the rows of an extent that lie in some districts, or all of them for ()."""
        adder = _Adder(self.figure.measure)
        for delivery_id, row, day, values in self._rows(extent, districts):
            adds = adder(values)
            if adds == 0:
                continue
            month = Month.of(day)
            if adds is None:
                self.blank_months.add(month)
                part = self._part(self.blanks, delivery_id)
            else:
                self.by_month[month] += adds
                part = self._part(self.parts, delivery_id)
            part.rows.append(row)
            part.adds.append(adds or 0)

    def _rows(self, extent: str, districts: tuple[str, ...]) -> Iterator[Any]:
        measure, span = self.figure.measure, self.figure.span
        names = asked(measure.source)
        rows = table(
            fact_view(measure.source),
            column("delivery_id", Integer), column("source_row", Integer), column("month", Date),
            column("lad_code"), *(column(name) for name in names),
        )  # fmt: skip
        query = (
            select(rows.c.delivery_id, rows.c.source_row, rows.c.month, *(rows.c[n] for n in names))
            .join(_DELIVERIES, _DELIVERIES.c.id == rows.c.delivery_id)
            .where(
                _DELIVERIES.c.extent == extent,
                rows.c.month >= span.first.start,
                rows.c.month <= span.last.start,
                *((rows.c.lad_code.in_(districts),) if districts else ()),
            )
            .order_by(rows.c.delivery_id, rows.c.source_row)
        )
        with self.engine.connect().execution_options(yield_per=50_000) as conn:
            for delivery_id, row, day, *values in conn.execute(query):
                yield delivery_id, row, day, tuple(values)

    def _part(self, parts: dict[int, Behind], delivery_id: int) -> Behind:
        if delivery_id not in parts:
            record = delivery_record(self.engine, delivery_id)
            if record is None:
                raise LookupError(f"rows of delivery {delivery_id}, which there is not")
            parts[delivery_id] = Behind(record)
        return parts[delivery_id]

    def behind(self) -> tuple[Behind, ...]:
        """Return the deliveries in the order of their receipt."""
        return tuple(self.parts[number] for number in sorted(self.parts))


def _repeated(
    received: Sequence[DeliveryLine], span: Span, found: _Found
) -> tuple[DeliveryLine, ...]:
    standing = standing_deliveries([d for d in received if d.covers(span)])
    return tuple(d for d in received if d.id in standing and d.id not in found.parts)


# --- what is printed --------------------------------------------------------------------------


def _values(engine: Engine, figure: Figure) -> dict[Month, int | None]:
    """Return the value of each month as the readers' view has it; None where it has none."""
    c = _MONTHS.c
    query = select(c.month, c.value).where(
        c.measure_code == figure.measure.code,
        c.area_code == figure.area_code,
        c.month >= figure.span.first.start,
        c.month <= figure.span.last.start,
    )
    with engine.connect() as conn:
        values = {Month.of(day): value for day, value in conn.execute(query)}
    return {month: values.get(month) for month in figure.span}


def _value_of_period(engine: Engine, figure: Figure) -> tuple[str, int | None] | None:
    """Return the view that adds up just these months, and its value; None where there is none."""
    last = figure.span.last
    periods: dict[Span, tuple[str, Quarter | FinancialYear]] = {
        last.quarter.span: ("quarter", last.quarter),
        last.financial_year.span: ("year", last.financial_year),
    }
    if figure.span not in periods:
        return None
    kind, period = periods[figure.span]
    view = table(
        f"csp_measure_{kind}_v1",
        column("measure_code"), column("area_code"), column(f"{kind}_code"),
        column("value", Integer),
    )  # fmt: skip
    query = select(view.c.value).where(
        view.c.measure_code == figure.measure.code,
        view.c.area_code == figure.area_code,
        view.c[f"{kind}_code"] == period.code,
    )
    with engine.connect() as conn:
        return view.name, conn.execute(query).scalar()


def _disagreements(
    engine: Engine,
    figure: Figure,
    values: dict[Month, int | None],
    printed: int | None,
    found: _Found,
) -> list[str]:
    faults = [
        f"{month.label}: the rows add up to {found.by_month[month]:,}, but csp_measure_month_v1 "
        f"has {value:,}."
        for month, value in values.items()
        if value is not None and value != found.by_month[month]
    ]
    faults += [
        f"{month.label}: a row's count is not known, but csp_measure_month_v1 has {value:,}."
        for month, value in values.items()
        if value is not None and month in found.blank_months
    ]
    of_period = _value_of_period(engine, figure)
    if of_period is not None and of_period[1] != printed:
        view, value = of_period
        faults.append(
            f"{figure.span.label}: the months come to {_shown(printed)}, but {view} has "
            f"{_shown(value)}."
        )
    return faults


def _shown(value: int | None) -> str:
    return "no figure" if value is None else f"{value:,}"


# --- why there is no figure -------------------------------------------------------------------


def _gaps(
    engine: Engine,
    figure: Figure,
    values: dict[Month, int | None],
    received: Sequence[DeliveryLine],
    found: _Found,
) -> tuple[tuple[Gap, ...], list[str]]:
    """Say of every month without a figure why it has none; what nothing explains is a fault."""
    empty = [month for month, value in values.items() if value is None]
    if not empty:
        return (), []
    standing = [
        hold
        for hold in holds(engine)
        if hold.stands and hold.rule == "months-missing" and hold.source == figure.measure.source
    ]
    months: dict[Why, list[Month]] = {why: [] for why in Why}
    faults = []
    for month in empty:
        is_covered = any(d.covers_month(month) for d in received)
        if is_covered and month in found.blank_months:
            months[Why.BLANK_COUNT].append(month)
        elif is_covered and any(month in hold.span for hold in standing):
            months[Why.HELD].append(month)
        elif not is_covered and not found.by_month[month]:
            months[Why.NOT_RECEIVED].append(month)
        else:
            faults.append(f"{month.label}: there is no figure, and nothing says why.")
    blanks = tuple(found.blanks[number] for number in sorted(found.blanks))
    gaps = []
    for why, concerned in months.items():
        if concerned:
            answer = [h for h in standing if any(month in h.span for month in concerned)]
            gaps.append(
                Gap(
                    why, tuple(concerned),
                    tuple(answer) if why is Why.HELD else (),
                    blanks if why is Why.BLANK_COUNT else (),
                )
            )  # fmt: skip
    return tuple(gaps), faults
