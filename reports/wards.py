"""What happened in which ward: counts of a few measures, for what is not for publication.

Wards and what is in none of them add up to the district's figure. Wards are those in force on the
last day of the period; what was counted in wards as they were before a change stands by itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from reports.figures import Shown, places
from reports.spec import TableSpec
from schemas.areas import Home
from schemas.geography import wards
from schemas.issues import LawBroken
from schemas.measures import MEASURES, Measure
from schemas.period import Period
from warehouse.engine import Engine
from warehouse.wards import ward_counts

WARD_MEASURES = ("all-crime", "street-anti-social-behaviour", "fly-tips")
"""What is counted by ward. Domestic abuse, sexual offences and hate crime never are."""


@dataclass(frozen=True)
class WardCount:
    """A ward with its count."""

    code: str
    name: str
    value: int


@dataclass(frozen=True)
class WardTable:
    """One measure by ward over a period.

    `former` are wards of other boundaries than those in force at the end, `unplaced` is what no
    ward is known of. All of them add up to `total`.
    """

    measure: str
    wards: tuple[WardCount, ...]
    former: tuple[WardCount, ...]
    unplaced: int
    total: int

    def __post_init__(self) -> None:
        placed = sum(w.value for w in (*self.wards, *self.former))
        if placed + self.unplaced != self.total or self.unplaced < 0:
            raise LawBroken(f"{self.measure}: the wards do not add up to the district")

    @property
    def what(self) -> Measure:
        """What is counted."""
        return MEASURES[self.measure]


def ward_tables(
    engine: Engine, figures: Shown, tables: Sequence[TableSpec], period: Period, home: Home
) -> tuple[WardTable, ...]:
    """Return the measures that a pack prints for the district by ward, where any ward is known."""
    printed = places(tables, home)
    found = []
    for code in WARD_MEASURES:
        total = figures.get((code, home.district.code, period.code))
        if (code, home.district.code) not in printed or not isinstance(total, int):
            continue
        counts: dict[str, int] = {}
        rows = ward_counts(engine, MEASURES[code], home.district.code, period.span)
        for (ward, _), number in rows.items():
            counts[ward] = counts.get(ward, 0) + number
        if counts:
            found.append(_table(code, counts, total, period.span.last.end, home))
    return tuple(found)


def _table(measure: str, counts: Mapping[str, int], total: int, day: date, home: Home) -> WardTable:
    listed = {c: w for c, w in wards().items() if w.lad_code == home.district.code}
    # Of a district whose wards are not listed nobody knows which are in force.
    in_force = {c for c, w in listed.items() if w.valid_from <= day <= w.valid_to} or set(counts)
    named = {c: listed[c].name if c in listed else c for c in in_force | set(counts)}
    count = {c: WardCount(c, named[c], counts.get(c, 0)) for c in sorted(named)}
    return WardTable(
        measure,
        tuple(count[c] for c in count if c in in_force),
        tuple(count[c] for c in count if c not in in_force),
        total - sum(counts.values()),
        total,
    )
