"""Filled forms of the partner return, with the figures of the annual report of 2020-21.

The report gives no date of what stands and no period of what has added up: 31 March of the year is
our assumption. All other years are blank, but for the hubs of March 2020, which the report names.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from schemas.areas import ST_ALBANS, Area
from schemas.codes import FIGURE_KINDS, QUALIFIERS, REPORTERS
from schemas.measures import MEASURES, Kind
from schemas.period import FinancialYear
from sources.stated import AT, TO

Figure = tuple[str, int, str, str]
"""Measure, value, code of the qualifier, and what the partner says of it."""

NO_DENOMINATOR = (
    "Of all presentations in the year. The share is given as the service reports it: the report "
    "has no count of presentations, and patients are counted apart from them."
)
STATED: Mapping[int, Sequence[Figure]] = {
    2019: (("respiratory-hubs", 4, "", "At the start of the pandemic."),),
    2020: (
        ("partner-agencies", 9, "", ""),
        ("partnership-meetings", 4, "", "Quarterly meetings."),
        ("partnership-priorities", 5, "", ""),
        ("schools-funded", 3, "", ""),
        ("neighbourhood-officers", 40, "", ""),
        ("neighbourhood-followers", 25000, "more_than", ""),
        ("echo-feedback", 1100, "more_than", ""),
        ("police-cadets", 30, "", ""),
        ("cctv-locations", 99, "", ""),
        ("cctv-redeployable-systems", 4, "", ""),
        ("fly-tips-under-investigation", 120, "", ""),
        ("probation-accommodation", 500, "more_than", ""),
        ("call-blockers", 34, "", ""),
        ("rogue-trader-money-stopped", 85500, "more_than", ""),
        ("trading-standards-interventions", 5, "", ""),
        ("safe-and-well-visits", 294, "", ""),
        ("shielding-visits", 97, "", ""),
        ("thrive-patients", 241, "", ""),
        ("thrive-mental-health-percent", 96, "", NO_DENOMINATOR),
        ("respiratory-hubs", 2, "", "From four to two hubs since the start of the pandemic."),
    ),
}
PREVIOUS = {("respiratory-hubs", 2020): 4}
REGION = ("probation-accommodation",)
COUNTY = ("call-blockers", "rogue-trader-money-stopped", "trading-standards-interventions")
LOCALITY = ("thrive-patients", "thrive-mental-health-percent")


def _area(measure: str) -> Area | None:
    if measure in COUNTY:
        return ST_ALBANS.county
    if measure in REGION:
        return ST_ALBANS.region
    if measure in LOCALITY:
        return ST_ALBANS.locality
    return ST_ALBANS.health if measure == "respiratory-hubs" else ST_ALBANS.district


def forms(year: FinancialYear) -> dict[str, list[dict[str, object]]]:
    """Return the filled rows of each partner that states figures of a year, by its code."""
    found: dict[str, list[dict[str, object]]] = {}
    for measure, value, qualifier, words in STATED[year.start_year]:
        kind, area = MEASURES[measure].kind, _area(measure)
        period = {Kind.FLOW: year.label, Kind.STOCK: AT, Kind.CUMULATIVE: TO}[kind]
        reporter = MEASURES[measure].reporter
        found.setdefault(reporter, []).append(
            {
                "Partner": REPORTERS.labels[reporter],
                "Measure": MEASURES[measure].label,
                "Area": area.name if area else "",
                "Period": period,
                "Date": None if kind is Kind.FLOW else date(year.start_year + 1, 3, 31),
                "Kind": FIGURE_KINDS.labels[kind.value],
                "Value": value,
                "Qualifier": QUALIFIERS.labels.get(qualifier),
                "Previous value": PREVIOUS.get((measure, year.start_year)),
                "What is counted": words or None,
            }
        )
    return found
