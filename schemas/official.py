"""Official figures that ours are reconciled with, once a year is whole.

Either side may be right, or both count different things: a difference is never mended, it is put
before a person. The figures are data, in `codes/official_figures.csv`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from schemas.codes import rows
from schemas.findings import Finding
from schemas.measures import MEASURES
from schemas.period import FinancialYear, Month, Span, parse_year
from schemas.words import printed


@dataclass(frozen=True)
class OfficialFigure:
    """One figure that an official publication gives for an area and a financial year."""

    measure: str
    area_code: str
    year: FinancialYear
    value: int
    tolerance_percent: float
    publication: str

    def agrees(self, ours: int) -> bool:
        """Say whether our figure is near enough."""
        return 100 * abs(ours - self.value) <= self.tolerance_percent * self.value


@cache
def official_figures() -> tuple[OfficialFigure, ...]:
    """Return every official figure on the list."""
    return tuple(
        OfficialFigure(
            row["measure"],
            row["area_code"],
            parse_year(row["period"]),
            int(row["value"]),
            float(row["tolerance_percent"]),
            row["publication"],
        )
        for row in rows("official_figures")
    )


def reconcile(
    values: Mapping[tuple[str, Month], int],
    area_code: str,
    span: Span,
    figures: Iterable[OfficialFigure] | None = None,
) -> Iterable[Finding]:
    """Hold the figures of an area against the official ones of the years that a delivery touches.

    A whole year that differs is held; a year under way is told of once it is past its figure.
    """
    for figure in official_figures() if figures is None else figures:
        year = figure.year
        if figure.area_code != area_code or not any(month in year.span for month in span):
            continue
        known = [
            values[figure.measure, month]
            for month in year.span
            if (figure.measure, month) in values
        ]
        if not known:
            continue
        ours, is_whole = sum(known), len(known) == len(year.span)
        unit = MEASURES[figure.measure].unit
        detail = (
            f"{MEASURES[figure.measure].label}, {year.label}: {printed(ours, unit)} here, "
            f"{printed(figure.value, unit)} in "
            f"{figure.publication}"
        )
        if is_whole and not figure.agrees(ours):
            yield Finding("official-differs", detail, year.span, only_year=True)
        elif not is_whole and ours > figure.value and not figure.agrees(ours):
            inside = [month for month in span if month in year.span]
            yield Finding("official-differs-in-year", detail, Span(inside[0], inside[-1]))
