"""Official figures that ours are reconciled with, once a year is whole.

Either side may be right, or both count different things: a difference is never mended, it is put
before a person.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from schemas.findings import Finding
from schemas.measures import MEASURES, Measure
from schemas.measures_official import PUBLICATIONS
from schemas.period import FinancialYear, Month, Span
from schemas.words import printed

DIFFERS, DIFFERS_IN_YEAR = "official-differs", "official-differs-in-year"


def official_measures() -> tuple[Measure, ...]:
    """Return the measures of official figures, in the order of the report."""
    return tuple(m for m in MEASURES.values() if m.counterpart)


def is_reconciled(source: str) -> bool:
    """Say whether figures of a source are held against official ones, or are official."""
    return any(source in (m.source, MEASURES[m.counterpart].source) for m in official_measures())


def publication_of(measure: Measure) -> str:
    """Return the name of the publication that an official measure comes from."""
    return PUBLICATIONS[measure.source]


def differences(
    ours: Mapping[tuple[str, Month], int],
    official: Mapping[tuple[str, FinancialYear], int],
    years: Iterable[FinancialYear],
    tolerances: Mapping[str, float],
    measures: Sequence[Measure] | None = None,
) -> Iterator[Finding]:
    """Hold our figures of some years against the official ones.

    `ours` are by our measure and month, `official` by the official measure and year. `tolerances`
    are percentages of the official figure, by our measure, where not the declared one is meant;
    `measures` are the official ones to look at, all of them where none are given. A
    whole year that differs is held; a year under way is told of once it is past its figure.
    """
    for year in years:
        for measure in official_measures() if measures is None else measures:
            theirs = official.get((measure.code, year))
            known = [m for m in year.span if (measure.counterpart, m) in ours]
            if theirs is None or not known:
                continue
            here = sum(ours[measure.counterpart, month] for month in known)
            tolerance = tolerances.get(measure.counterpart, measure.tolerance_percent)
            if 100 * abs(here - theirs) <= tolerance * theirs:
                continue
            local = MEASURES[measure.counterpart]
            detail = (
                f"{local.label}, {year.label}: {printed(here, local.unit)} here, "
                f"{printed(theirs, local.unit)} in {publication_of(measure)}"
            )
            if len(known) == len(year.span):
                yield Finding(DIFFERS, detail, year.span, only_year=True)
            elif here > theirs:
                yield Finding(DIFFERS_IN_YEAR, detail, Span(known[0], known[-1]))
