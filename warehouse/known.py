"""What is known of measures, whichever way: counted by month, or stated for a period."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Date, Engine, Integer, column, select, table, union

from schemas.measures import is_stated
from schemas.period import Month, Quarter, Span
from schemas.reported import Figure, said
from schemas.spans import code_of
from warehouse.read import MonthValues, month_values, total_over

StatedFigures = dict[tuple[str, str, str], Figure]
"""Measure, area and code of the period to what a partner states of it."""

_MONTHS = table("csp_measure_month_v1", column("month", Date))
_MEASURE_STATED = table(
    "csp_measure_stated_v1",
    column("measure_code"), column("area_code"), column("period_code"), column("value", Integer),
    column("qualifier"), column("as_at_on", Date), column("last_month", Date),
)  # fmt: skip


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


def quarters_loaded(engine: Engine) -> list[Quarter]:
    """Return the financial quarters that hold any measure."""
    counted, stated = _MONTHS.c.month, _MEASURE_STATED.c.last_month
    with engine.connect() as conn:
        months = conn.execute(union(select(counted), select(stated))).scalars()
        return sorted({Month.of(day).quarter for day in months})
