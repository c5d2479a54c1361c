"""What is known of measures, whichever way: counted by month, or stated for a period."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Date, Engine, Integer, column, select, table

from schemas.measures import is_stated
from schemas.period import Month, Span
from schemas.reported import Figure, said
from schemas.spans import code_of

MonthValues = dict[tuple[str, str, Month], int]
"""Measure, area and month to value; what is not in it is not available."""
StatedFigures = dict[tuple[str, str, str], Figure]
"""Measure, area and code of the period to what a partner states of it."""

_MEASURE_MONTH = table(
    "csp_measure_month_v1",
    column("measure_code"), column("area_code"), column("month", Date), column("value", Integer),
)  # fmt: skip
_MEASURE_STATED = table(
    "csp_measure_stated_v1",
    column("measure_code"), column("area_code"), column("period_code"), column("value", Integer),
    column("qualifier"), column("as_at_on", Date),
)  # fmt: skip


def month_values(engine: Engine, measures: Collection[str], span: Span) -> MonthValues:
    """Return the values of some measures for the months of a span, in every area."""
    view = _MEASURE_MONTH.c
    query = select(view.measure_code, view.area_code, view.month, view.value).where(
        view.measure_code.in_(measures),
        view.month >= span.first.start,
        view.month <= span.last.start,
        view.value.is_not(None),
    )
    with engine.connect() as conn:
        return {(m, a, Month.of(day)): value for m, a, day, value in conn.execute(query)}


def total_over(values: MonthValues, measure: str, area: str, span: Span) -> int | None:
    """Add the months of a span up; None when one of them is not there."""
    months = [values.get((measure, area, month)) for month in span]
    return None if None in months else sum(m for m in months if m is not None)


def stated_figures(engine: Engine, measures: Collection[str]) -> StatedFigures:
    """Return the figures of some measures that partners state, of every area and period."""
    view = _MEASURE_STATED.c
    query = select(
        view.measure_code, view.area_code, view.period_code, view.value, view.qualifier,
        view.as_at_on,
    ).where(view.measure_code.in_(measures))  # fmt: skip
    with engine.connect() as conn:
        return {(m, a, period): said(*rest) for m, a, period, *rest in conn.execute(query)}


@dataclass(frozen=True)
class Known:
    """All that is known of some measures: by month what is counted, by period what is stated."""

    months: MonthValues
    stated: StatedFigures

    def over(self, measure: str, area: str, span: Span) -> Figure:
        """Return the figure of a period; None where it is not available."""
        if is_stated(measure):
            return self.stated.get((measure, area, code_of(span)))
        return total_over(self.months, measure, area, span)


def known_over(engine: Engine, measures: Collection[str], span: Span) -> Known:
    """Return all that is known of some measures for the months of a span, in every area."""
    stated = [code for code in measures if is_stated(code)]
    return Known(month_values(engine, measures, span), stated_figures(engine, stated))
