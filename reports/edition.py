"""An edition: all that a pack says, as data. Printing it is the work of `reports.pack`.

It is made from the warehouse as it is now (`reports.gathering`), or restored from what was frozen
of a release: its figures, and its manifest, which holds the rest (`reports.manifest`).
"""

from dataclasses import dataclass, field
from datetime import datetime

from reports.boundaries import Boundaries
from reports.cells import SMALL_BASE, Mark
from reports.figures import Shown
from reports.papers import NO_PAPERS, Papers
from reports.quality import NO_LOG, QualityLog
from reports.relations import Family
from reports.revisions import Revision
from reports.sources import Partner, SourceLine
from reports.spec import TableSpec
from reports.tables import TABLES
from reports.wards import WardTable, ward_name, ward_tables
from schemas.areas import Home
from schemas.audience import Audience
from schemas.geography import is_ward
from schemas.issues import LawBroken
from schemas.period import Period
from warehouse.releases import FigureKey, Figures

TABLE_FOLDER = "tables/"
TRENDS_CSV, WARDS_CSV = "charts/trends.csv", "charts/wards.csv"


@dataclass(frozen=True)
class Order:
    """What a pack is to be made of, and for whom; `boundaries` are those to draw wards in."""

    period: Period
    home: Home
    partnership: str
    partners: tuple[Partner, ...]
    version: str
    tables: tuple[TableSpec, ...] = TABLES
    small_base: int = SMALL_BASE
    audience: Audience = Audience.PARTNERSHIP
    papers: Papers = NO_PAPERS
    formats: tuple[str, ...] = ()
    boundaries: Boundaries | None = None


@dataclass(frozen=True)
class Input:
    """One file that figures were made from."""

    source: str
    file_name: str
    sha256: str


@dataclass(frozen=True)
class Answer:
    """One hold that was released before publication: by whom, when (UTC) and why."""

    hold: int
    file_name: str
    rule: str
    detail: str
    months: str
    released_by: str
    released_at: str
    released_because: str


@dataclass(frozen=True)
class Edition:
    """All that a pack says. `release` and `published_at` are None for what is not published.

    `figures` are those that may be printed; `truth` has them all, and is for keeping alone. From an
    earlier figure below `small_base` no percentage is given. `formats` are those it is printed in
    beside its page, `lacking` those that this machine cannot make. `has_pictures` is false for a
    release of before there were any. Only what is not for publication has figures of wards, and
    `boundaries` to draw them in. In the families of measures that are `veiled` [c] may stand for 0;
    nothing is told of `withheld` ones.

    Raises `LawBroken` where one for the public has any.
    """

    period: Period
    home: Home
    partnership: str
    version: str
    tables: tuple[TableSpec, ...]
    figures: Shown
    inputs: tuple[Input, ...]
    sources: tuple[SourceLine, ...]
    answers: tuple[Answer, ...]
    revisions: tuple[Revision, ...] = ()
    release: int | None = None
    published_at: datetime | None = None
    small_base: int = SMALL_BASE
    audience: Audience = Audience.PARTNERSHIP
    truth: Figures = field(default_factory=dict)
    papers: Papers = NO_PAPERS
    log: QualityLog = NO_LOG
    formats: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    has_pictures: bool = True
    boundaries: Boundaries | None = None
    veiled: frozenset[Family] = frozenset()
    withheld: frozenset[Family] = frozenset()

    def __post_init__(self) -> None:
        if self.audience is Audience.PUBLIC and any(is_ward(area) for _, area, _ in self.figures):
            raise LawBroken("a pack for the public has no figure of a ward")

    @property
    def wards(self) -> tuple[WardTable, ...]:
        """What it says by ward."""
        revised = {revision.key for revision in self.revisions}
        return ward_tables(self.figures, self.period, self.home, revised)

    @property
    def names(self) -> dict[str, str]:
        """The names of the wards that it has figures of, by code."""
        return {area: ward_name(area) for _, area, _ in self.figures if is_ward(area)}

    @property
    def hidden(self) -> frozenset[FigureKey]:
        """The figures that are known and not shown."""
        return frozenset(key for key, value in self.figures.items() if isinstance(value, Mark))

    @property
    def rules(self) -> tuple[str, ...]:
        """What makes another release of the same figures."""
        return (f"audience {self.audience.value}", f"small base {self.small_base}")

    @property
    def gaps(self) -> tuple[str, ...]:
        """The sources that are not complete for the period, each with its partner."""
        return tuple(f"{s.title}, {s.partner}" for s in self.sources if not s.is_complete)
