"""What happened in which ward: counts of a few measures, for what is not for publication.

Wards and what is in none of them add up to the district's figure. Wards are those in force on the
last day of the period; what was counted in wards as they were before a change stands by itself.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from reports.cells import Cell, Figure, count, less
from reports.figures import Shown, places
from reports.spec import TableSpec
from schemas.areas import Area, Home
from schemas.geography import is_ward, wards, wards_of
from schemas.issues import LawBroken
from schemas.measures import MEASURES, Measure
from schemas.period import Period
from warehouse.engine import Engine
from warehouse.releases import FigureKey, Figures
from warehouse.wards import wards_over

WARD_MEASURES = ("all-crime", "street-anti-social-behaviour", "fly-tips")
"""What is counted by ward. Domestic abuse, sexual offences and hate crime never are."""


@dataclass(frozen=True)
class WardCount:
    """A ward with its count, or with the mark of why there is none."""

    code: str
    name: str
    value: Figure
    is_revised: bool = False

    @property
    def cell(self) -> Cell:
        """Its figure as every format prints it."""
        return count(self.value, is_revised=self.is_revised)

    @property
    def number(self) -> int:
        """Its count; 0 where there is none to be drawn."""
        return self.value if isinstance(self.value, int) else 0


@dataclass(frozen=True)
class WardTable:
    """One measure by ward over a period.

    `former` are wards of other boundaries than those in force at the end. What no ward is known of
    is the rest of `total`.
    """

    measure: str
    wards: tuple[WardCount, ...]
    former: tuple[WardCount, ...]
    total: int
    is_revised: bool = False
    """The total was published otherwise."""

    def __post_init__(self) -> None:
        if MEASURES[self.measure].is_sensitive:
            raise LawBroken(f"{self.measure}: nothing of it is told for less than the district")
        if sum(ward.number for ward in self.all) > self.total:
            raise LawBroken(f"{self.measure}: the wards add up to more than the district")

    @property
    def all(self) -> tuple[WardCount, ...]:
        """Its wards, and then those of before a change."""
        return *self.wards, *self.former

    @property
    def unplaced(self) -> Figure:
        """What no ward is known of; a mark where a ward has one."""
        rest: Figure = self.total
        for ward in self.all:
            rest = less(rest, ward.value)
        return rest

    @property
    def total_cell(self) -> Cell:
        """The district's figure, marked as in its own table."""
        return count(self.total, is_revised=self.is_revised)

    @property
    def what(self) -> Measure:
        """What is counted."""
        return MEASURES[self.measure]


def ward_figures(
    engine: Engine, figures: Shown, tables: Sequence[TableSpec], period: Period, home: Home
) -> Figures:
    """Count by ward what a pack prints for the district, where any ward is known.

    Every ward in force on the last day is there, with a 0 where nothing happened.
    """
    printed = places(tables, home)
    found: Figures = {}
    for code in WARD_MEASURES:
        key = (code, home.district.code)
        if key not in printed or not isinstance(figures.get((*key, period.code)), int):
            continue
        counts = wards_over(engine, MEASURES[code], home.district.code, period.span)
        if counts:
            listed = _in_force(period, home)
            found |= {(code, w, period.code): counts[w] for w in sorted({*listed, *counts})}
    return found


def ward_tables(
    figures: Shown, period: Period, home: Home, revised: Collection[FigureKey] = frozenset()
) -> tuple[WardTable, ...]:
    """Return what a pack says by ward; `revised` are figures that were published otherwise."""
    found = []
    for measure in WARD_MEASURES:
        whole = (measure, home.district.code, period.code)
        total = figures.get(whole)
        known = {
            key[1]: WardCount(key[1], ward_name(key[1]), value, key in revised)
            for key, value in sorted(figures.items(), key=lambda each: each[0])
            if key[0] == measure and is_ward(key[1]) and key[2] == period.code
        }
        if known and isinstance(total, int):
            # Of a district whose wards are not listed nobody knows which are in force.
            in_force = _in_force(period, home) or set(known)
            found.append(
                WardTable(
                    measure,
                    tuple(ward for code, ward in known.items() if code in in_force),
                    tuple(ward for code, ward in known.items() if code not in in_force),
                    total,
                    whole in revised,
                )
            )
    return tuple(found)


def without_wards(figures: Shown, period: Period, home: Home) -> tuple[str, ...]:
    """Return what is printed of the district, is not 0, and lies in no ward that is known."""
    placed = {measure for measure, area, code in figures if is_ward(area) and code == period.code}
    return tuple(
        measure
        for measure in WARD_MEASURES
        if measure not in placed and figures.get((measure, home.district.code, period.code))
    )


def ward_name(code: str) -> str:
    """Return the printed name of a ward; one that is not listed prints as its code."""
    listed = wards()
    return listed[code].name if code in listed else code


def ward_area(code: str) -> Area:
    """Return a ward as an area of figures."""
    return Area(code, ward_name(code))


def _in_force(period: Period, home: Home) -> set[str]:
    day = period.span.last.end
    listed = wards()
    return {
        code
        for code in wards_of(home.district.code)
        if listed[code].valid_from <= day <= listed[code].valid_to
    }
