"""The published tables, in the order of the annual report."""

from reports.spec import Level, Role, Row, TableSpec
from reports.tables_stated import (
    CCTV_ESTATE,
    HEALTH,
    INVESTIGATIONS,
    NEIGHBOURHOOD,
    PARTNERSHIP,
    PROBATION,
    SAFE_AND_WELL,
    TRADING_STANDARDS,
)
from schemas.codes import (
    ASB_POLICE_TYPES,
    ASB_TYPOLOGIES,
    CCTV_INCIDENT_TYPES,
    FLY_TIP_ACTIONS,
    FLY_TIP_SIZES,
    GRANT_FUNDERS,
    LAND_TYPES,
    STREET_CRIME_TYPES,
    WASTE_TYPES,
    CodeList,
)
from schemas.measures import street_code

GRANTS = (
    TableSpec(
        code="grant-spend",
        section="Projects and funding",
        title="Spending from grants by project",
        stub="Project",
        source="grant_spend",
        rows=(
            Row("grant-spend", Role.TOTAL, budget="grant-budget"),
            Row("grant-kicks", Role.PART, budget="grant-budget-kicks"),
            Row("grant-your-voice", Role.PART, budget="grant-budget-your-voice"),
            Row("grant-other-projects", Role.RESIDUAL, budget="grant-budget-other-projects"),
        ),
        notes=("Payments are counted on the day on which they were made.",),
    ),
    TableSpec(
        code="grant-spend-funders",
        section="Projects and funding",
        title="Spending from grants by funder",
        stub="Funder",
        source="grant_spend",
        rows=(
            Row("grant-spend", Role.TOTAL, budget="grant-budget"),
            *(
                Row(f"grant-from-{code}", Role.PART, budget=f"grant-budget-from-{code}")
                for code in GRANT_FUNDERS.labels
            ),
        ),
    ),
)

POLICE = TableSpec(
    code="police-recorded-crime",
    section="Police recorded crime",
    title="Police recorded crime",
    stub="Offence",
    source="police_crime",
    rows=(
        Row("all-crime", Role.TOTAL),
        Row("violence-against-the-person", Role.PART),
        Row("burglary-residential", Role.PART),
        Row("burglary-business-and-community", Role.PART),
        Row("vehicle-offences", Role.PART),
        Row("theft-from-person", Role.PART),
        Row("robbery", Role.PART),
        Row("criminal-damage", Role.PART),
        Row("drug-offences", Role.PART),
        Row("theft-from-shop", Role.PART),
        Row("possession-of-weapons", Role.PART),
        Row("other-crime", Role.RESIDUAL),
        Row("domestic-abuse", Role.OF_WHICH, note=2),
    ),
    notes=(
        "Crimes are counted in the month in which they were recorded. Cancelled and transferred "
        "crimes are not counted. The offences from violence to other crime add up to all crime.",
        "Domestic abuse crime is a flag on crimes that are counted in the rows above as well; it "
        "is never added to them.",
        "Police recorded crime is not an accredited official statistic: it depends on what is "
        "reported and how it is recorded.",
    ),
)

STREET = TableSpec(
    code="street-level-crime",
    section="Street-level crime",
    title="Street-level crime published on data.police.uk",
    stub="Crime type",
    source="street_crime",
    rows=(
        Row("street-all-crime", Role.TOTAL),
        *(
            Row(street_code(code), Role.PART)
            for code in STREET_CRIME_TYPES.labels
            if code != "anti-social-behaviour"
        ),
        Row(street_code("anti-social-behaviour"), note=2),
        Row("street-location-unknown", level=Level.FORCE, note=3),
    ),
    notes=(
        "Another source than police recorded crime, with other categories and locations that were "
        "made anonymous: the two do not add up to each other and are never mixed.",
        "Anti-social behaviour incidents are no crimes and are not in all crime.",
        "Rows published without a location cannot be given to a district; they are shown for the "
        "whole force area and are in no other row.",
    ),
)

ASB_CASES = (
    TableSpec(
        code="asb-cases-typology",
        section="Anti-social behaviour",
        title="Anti-social behaviour cases by kind of behaviour",
        stub="Kind of behaviour (Home Office)",
        source="asb_cases",
        rows=(
            Row("asb-cases", Role.TOTAL),
            *(Row(f"asb-typology-{c.replace('_', '-')}", Role.PART) for c in ASB_TYPOLOGIES.labels),
            Row("asb-cases-to-trial", Role.OF_WHICH),
        ),
        notes=(
            "Cases of the council's Community Protection Team, counted in the month in which they "
            "were opened; one that goes to trial later is counted there too. A case may be about "
            "many incidents.",
            "The kinds of behaviour are those of the Home Office (2004).",
        ),
    ),
    TableSpec(
        code="asb-cases-police-type",
        section="Anti-social behaviour",
        title="Anti-social behaviour cases by the types that the police use",
        stub="Type (police)",
        source="asb_cases",
        rows=(
            Row("asb-cases", Role.TOTAL),
            *(Row(f"asb-police-{code}", Role.PART) for code in ASB_POLICE_TYPES.labels),
            Row("asb-police-not-given", Role.PART),
        ),
        notes=(
            "The same cases as in the table before, by the three types of the police (2011). "
            "Neither way of sorting them follows from the other.",
        ),
    ),
)

ASB_ACTIONS = TableSpec(
    code="asb-actions",
    section="Anti-social behaviour",
    title="Actions against anti-social behaviour",
    stub="Action",
    source="asb_actions",
    rows=(
        Row("asb-actions", Role.TOTAL),
        Row("asb-investigation-actions", Role.PART),
        Row("asb-perpetrator-warnings", Role.PART),
        Row("asb-tenancy-actions", Role.PART),
        Row("asb-closure-orders", Role.PART),
        Row("asb-injunctions", Role.PART),
        Row("asb-evictions", Role.PART),
        Row("asb-other-actions", Role.RESIDUAL),
        Row("asb-safeguarding-contacts"),
        Row("asb-marac-meetings"),
    ),
    notes=(
        "An action is counted on its own day, whenever its case was opened. The actions from "
        "investigation to other actions add up to all actions.",
        "Contacts with safeguarding services and MARAC (Multi-Agency Risk Assessment Conference) "
        "meetings are no actions against anti-social behaviour and are not in the total.",
    ),
)

CCTV = TableSpec(
    code="cctv",
    section="CCTV",
    title="CCTV control room",
    stub="Control-room log",
    source="cctv_log",
    rows=(
        Row("cctv-incidents", Role.TOTAL),
        *(Row(f"cctv-{c.replace('_', '-')}", Role.PART) for c in CCTV_INCIDENT_TYPES.labels),
        Row("cctv-police-called", Role.OF_WHICH),
        Row("cctv-arrests", note=1),
        Row("cctv-discs", note=1),
    ),
    notes=("One incident may lead to several arrests and to several discs of footage.",),
)


def _fly_tips(code: str, title: str, stub: str, rows: tuple[Row, ...], *notes: str) -> TableSpec:
    return TableSpec(code, "Fly-tipping", title, stub, "fly_tips", rows, notes)


def _parts(codes: CodeList, prefix: str) -> tuple[Row, ...]:
    return (
        Row("fly-tips", Role.TOTAL),
        *(Row(f"{prefix}-{code.replace('_', '-')}", Role.PART) for code in codes.labels),
    )


FLY_TIPPING = (
    _fly_tips(
        "fly-tipping-land", "Fly-tipping incidents by land type", "Land type",
        _parts(LAND_TYPES, "land"), "Land, waste and size are those of WasteDataFlow.",
    ),
    _fly_tips(
        "fly-tipping-waste", "Fly-tipping incidents by waste type", "Waste type",
        _parts(WASTE_TYPES, "waste"),
    ),
    _fly_tips(
        "fly-tipping-size", "Fly-tipping incidents by size", "Size",
        (*_parts(FLY_TIP_SIZES, "size"), Row("size-not-cleared", Role.PART)),
        "Size is judged when a fly-tip is cleared.",
    ),
    _fly_tips(
        "fly-tipping-actions", "Fly-tipping: enforcement actions", "Action",
        tuple(Row(f"action-{code.replace('_', '-')}") for code in FLY_TIP_ACTIONS.labels),
        "An action is counted in the period in which its fly-tip was reported. Community "
        "Protection Warnings and Notices are not part of WasteDataFlow.",
    ),
)  # fmt: skip

FIRE = TableSpec(
    code="fire-and-rescue",
    section="Fire and rescue",
    title="Fire and rescue incidents",
    stub="Measure",
    source="hfrs_incidents",
    rows=tuple(
        Row(measure, level=level)
        for level in (Level.COUNTY, Level.DISTRICT, Level.REST)
        for measure in ("deliberate-fires", "primary-fires", "fire-injuries")
    ),
    notes=(
        "A deliberate primary fire is counted both as deliberate and as primary: the two are "
        "never added.",
        "Fire injuries are people, whatever their injury; deaths are not in it.",
    ),
    county_notes=(
        "The county includes the district; the rest of the county is the county without it.",
    ),
)

TABLES: tuple[TableSpec, ...] = (
    PARTNERSHIP,
    *GRANTS,
    POLICE,
    NEIGHBOURHOOD,
    STREET,
    *ASB_CASES,
    ASB_ACTIONS,
    CCTV,
    CCTV_ESTATE,
    *FLY_TIPPING,
    INVESTIGATIONS,
    PROBATION,
    TRADING_STANDARDS,
    FIRE,
    SAFE_AND_WELL,
    HEALTH,
)
"""The published set."""

KEY_FIGURES: dict[str, Row] = {
    "All crime": Row("all-crime"),
    "Anti-social behaviour (data.police.uk)": Row("street-anti-social-behaviour"),
    "CCTV incidents": Row("cctv-incidents"),
    "Fly-tips": Row("fly-tips"),
    "Deliberate fires": Row("deliberate-fires"),
}
"""The headline measures shown at the top of a pack, with their short names."""
