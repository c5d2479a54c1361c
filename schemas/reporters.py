"""Partners that state figures on the partnership's form, and what deliveries speak for."""

from schemas.areas import JOINT_SERVICES, Area, Home
from schemas.codes import REPORTERS
from schemas.measures import MEASURES, Measure, measures_of


def reporters() -> tuple[Area, ...]:
    """Return the partners that report by form, by code and name: each speaks for itself alone."""
    return tuple(Area(code, label) for code, label in REPORTERS.labels.items())


def measures_by(reporter: str) -> tuple[Measure, ...]:
    """Return the measures that a partner reports, in the order of the report."""
    return tuple(m for m in MEASURES.values() if m.reporter == reporter)


def stated_by(source: str, extent: str) -> tuple[Measure, ...]:
    """Return the measures whose figures a source states in what it sends for an extent."""
    return tuple(m for m in measures_of(source) if m.reporter in ("", extent))


def extents_of(home: Home) -> set[str]:
    """Return the codes of all that a partnership's deliveries speak for: areas, and partners."""
    places = {home.district.code, home.county.code, home.force.code}
    places |= {one.area.code for one in JOINT_SERVICES if home.district.code in one.lad_codes}
    return places | {reporter.code for reporter in reporters()}
