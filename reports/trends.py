"""What is drawn month by month: which measures, and whether less of them is better.

Each is a declaration. `reports.pictures` draws them from the figures of a pack.
"""

from dataclasses import dataclass
from enum import StrEnum

from reports.breaks import Break, breaks_of
from reports.cells import Figure
from reports.figures import Shown, places, span_drawn
from reports.signals import Reading, Side, Signal, read
from reports.spec import TableSpec
from schemas.areas import Home
from schemas.measures import MEASURES, Measure
from schemas.period import Month, Period, Span
from schemas.spans import code_of


class Better(StrEnum):
    """Which way of a measure is good. Neither: more of it may be more work done, or more harm."""

    LOWER = "lower"
    NEITHER = "neither"


class Verdict(StrEnum):
    """What a month that is more than chance is, in words."""

    CONCERN = "concern"
    IMPROVEMENT = "improvement"
    CHANGE = "change, neither good nor bad"


@dataclass(frozen=True)
class Trend:
    """One measure of the district to be drawn by month.

    A headline has a picture of its own, the others stand side by side. `title` is "" where the
    label of the measure says enough.
    """

    measure: str
    better: Better = Better.LOWER
    is_headline: bool = False
    title: str = ""

    @property
    def label(self) -> str:
        """What its picture is called."""
        return self.title or MEASURES[self.measure].label


_NEITHER = Better.NEITHER
TRENDS: tuple[Trend, ...] = (
    Trend("all-crime", is_headline=True),
    Trend("street-all-crime", is_headline=True, title="All crime on data.police.uk"),
    Trend("street-anti-social-behaviour", is_headline=True,
          title="Anti-social behaviour on data.police.uk"),
    Trend("asb-cases", _NEITHER, is_headline=True, title="Cases of anti-social behaviour"),
    Trend("cctv-incidents", _NEITHER, is_headline=True, title="CCTV incidents"),
    Trend("fly-tips", is_headline=True, title="Fly-tips"),
    Trend("deliberate-fires", is_headline=True),
    Trend("violence-against-the-person"),
    Trend("burglary-residential"),
    Trend("burglary-business-and-community"),
    Trend("vehicle-offences"),
    Trend("theft-from-person"),
    Trend("robbery"),
    Trend("criminal-damage"),
    Trend("drug-offences", _NEITHER),
    Trend("theft-from-shop"),
    Trend("possession-of-weapons", _NEITHER),
    Trend("other-crime", _NEITHER),
    Trend("domestic-abuse", _NEITHER),
    Trend("cctv-arrests", _NEITHER, title="CCTV: arrests"),
    Trend("action-fpn-fly-tipping", _NEITHER, title="Fly-tipping: penalty notices"),
    Trend("primary-fires"),
    Trend("fire-injuries"),
)  # fmt: skip
"""Drug and weapons offences, and what CCTV and enforcement find, follow what is looked for;
domestic abuse follows what is reported: of none of them is less simply better."""

MONTHLY: tuple[str, ...] = tuple(trend.measure for trend in TRENDS if trend.is_headline)
"""The measures of which a pack for the public shows months: of the others most are too small."""


@dataclass(frozen=True)
class Series:
    """A trend with its figures, and what an XmR chart says of them.

    `figures` are as they may be printed: a figure that is not shown counts as none.
    """

    trend: Trend
    months: tuple[Month, ...]
    figures: tuple[Figure, ...]
    reading: Reading

    @property
    def measure(self) -> Measure:
        """What is counted."""
        return MEASURES[self.trend.measure]

    @property
    def values(self) -> tuple[int | None, ...]:
        """The figures that are plain numbers: none that is hidden, qualified or of one date."""
        return tuple(f if isinstance(f, int) else None for f in self.figures)

    @property
    def breaks(self) -> tuple[tuple[int, Break], ...]:
        """The breaks within the series, each with its place."""
        found = {b.month: b for b in breaks_of(self.trend.measure)}
        return tuple((i, found[m]) for i, m in enumerate(self.months) if i and m in found)

    def verdict(self, signal: Signal) -> Verdict:
        """Say whether a signal is good or bad."""
        if self.trend.better is Better.NEITHER:
            return Verdict.CHANGE
        return Verdict.IMPROVEMENT if signal.side is Side.LOW else Verdict.CONCERN

    def verdict_at(self, place: int) -> Verdict | None:
        """Return what a month is by its strongest signal; None where it is no more than chance."""
        found = self.reading.signals[place]
        return self.verdict(found[0]) if found else None


def trends_of(tables: tuple[TableSpec, ...], home: Home) -> tuple[Trend, ...]:
    """Return the trends of the measures that a pack prints for the district."""
    printed = places(tables, home)
    return tuple(t for t in TRENDS if (t.measure, home.district.code) in printed)


def series_of(trend: Trend, figures: Shown, period: Period, home: Home) -> Series:
    """Return a trend with the figures of a pack."""
    months = tuple(span_drawn(period))
    found = tuple(
        figures.get((trend.measure, home.district.code, code_of(Span(m, m)))) for m in months
    )
    values = [f if isinstance(f, int) else None for f in found]
    starts = {b.month for b in breaks_of(trend.measure)}
    broken = [place for place, month in enumerate(months) if month in starts]
    return Series(trend, months, found, read(values, broken))
