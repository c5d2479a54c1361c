"""Local figures beside the official ones of the same year: both are shown, none is mended."""

from dataclasses import dataclass

from reports.cells import Cell, Figure, Mark, count, less
from reports.figures import Filled, Shown, fill
from reports.spec import Row, TableSpec
from schemas.areas import Area, Home
from schemas.measures import MEASURES, Measure
from schemas.measures_official import DEFRA
from schemas.official import official_measures, publication_of
from schemas.period import FinancialYear, Period

OFFICIAL_FIGURES = TableSpec(
    "official-figures", "Local and official figures", "Official figures", "Figure", DEFRA,
    tuple(Row(measure.code) for measure in official_measures()),
)  # fmt: skip
"""What texts may quote of publications; it is printed beside our own figures, not by itself."""


@dataclass(frozen=True)
class Reconciled:
    """One figure of a year as it is here and as an official publication gives it.

    `measure` is ours.
    """

    measure: Measure
    area: Area
    year: FinancialYear
    local: Figure
    official: Figure
    publication: str

    @property
    def cells(self) -> tuple[Cell, Cell, Cell]:
        """The local figure, the official one, and the first less the second."""
        return count(self.local), count(self.official), count(less(self.local, self.official))


def reconciled(figures: Shown, period: Period, home: Home) -> tuple[Reconciled, ...]:
    """Return the figures of a year that an official publication gives too; a quarter has none."""
    if not isinstance(period, FinancialYear):
        return ()
    place = home.district.code
    shown = _fit_to_stand_beside(figures)
    return tuple(
        Reconciled(
            MEASURES[official.counterpart], home.district, period,
            figures[official.counterpart, place, period.code], theirs, publication_of(official),
        )
        for official in official_measures()
        for theirs in (shown.get((official.code, place, period.code)),)
        if theirs is not None and (official.counterpart, place, period.code) in figures
    )  # fmt: skip


def quotable(figures: Shown, period: Period, home: Home, small_base: int) -> tuple[Filled, ...]:
    """Return the official figures of the pack of a year, for texts to refer to."""
    if not isinstance(period, FinancialYear):
        return ()
    shown = _fit_to_stand_beside(figures)
    return (fill(shown, OFFICIAL_FIGURES, period, home, small_base=small_base),)


def _fit_to_stand_beside(figures: Shown) -> Shown:
    """Hide what a publication says of a figure of ours that is hidden: it would tell it."""
    hidden = {
        (official.code, area, period)
        for official in official_measures()
        for measure, area, period in figures
        if measure == official.code
        and isinstance(figures.get((official.counterpart, area, period)), Mark)
    }
    return figures if not hidden else {**figures, **dict.fromkeys(hidden, Mark.CONFIDENTIAL)}
