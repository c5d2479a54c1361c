"""Local figures beside the official ones of the same year: both are shown, none is mended."""

from collections.abc import Iterable
from dataclasses import dataclass

from reports.cells import Cell, Figure, count, less
from reports.figures import Shown
from schemas.areas import Area, Home
from schemas.measures import MEASURES
from schemas.official import OfficialFigure, official_figures
from schemas.period import Period


@dataclass(frozen=True)
class Reconciled:
    """One figure as it is here and as an official publication gives it."""

    official: OfficialFigure
    area: Area
    local: Figure

    @property
    def label(self) -> str:
        """The printed name of the measure."""
        return MEASURES[self.official.measure].label

    @property
    def cells(self) -> tuple[Cell, Cell, Cell]:
        """The local figure, the official one, and the first less the second."""
        difference = less(self.local, self.official.value)
        return count(self.local), count(self.official.value), count(difference)


def reconciled(
    figures: Shown,
    period: Period,
    home: Home,
    known: Iterable[OfficialFigure] | None = None,
) -> tuple[Reconciled, ...]:
    """Return the figures of a year that an official publication gives too; a quarter has none."""
    areas = {area.code: area for area in (home.district, home.county)}
    return tuple(
        Reconciled(official, areas[official.area_code], figures.get(key))
        for official in (official_figures() if known is None else known)
        if official.year == period and official.area_code in areas
        for key in ((official.measure, official.area_code, period.code),)
        if key in figures
    )
