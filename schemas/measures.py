"""Every measure once: what is counted, of which source, in which unit, and how it adds up.

Mart, tables, charts, dictionary and sentences all read the definitions here. A measure counts rows
of a fact, or adds up one of its columns, where all its conditions hold; a residual is what its
parent has beyond the additive measures under the same parent.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

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
    rows,
)
from schemas.measure import (
    PERCENT,
    Condition,
    Disclosure,
    Grain,
    Kind,
    Measure,
    Scope,
    Value,
)
from schemas.measure import where as _is
from schemas.measures_official import official_measures

__all__ = [
    "MEASURES", "PERCENT", "Condition", "Disclosure", "Grain", "Kind", "Measure", "Scope", "Value",
    "budgets_of", "is_stated", "measures_of", "siblings", "street_code", "unit_of",
]  # fmt: skip


_GRANT_PROJECTS = (
    ("grant-kicks", "Kicks programme", "kicks"),
    ("grant-your-voice", "Your Voice Your Choice", "your_voice"),
)


def _grants() -> Iterable[Measure]:
    unit, source, total, column = "pence", "grant_spend", "grant-spend", "spend_pence"
    yield Measure(
        total, "All spending from grants", unit, source, total=column,
        definition="Payments for projects of the partnership out of grants, by the day of payment.",
    )  # fmt: skip
    for code, label, project in _GRANT_PROJECTS:
        yield Measure(
            code, label, unit, source, (_is("project_code", project),), total=column, parent=total
        )
    yield Measure(
        "grant-other-projects", "Other projects", unit, source, parent=total, is_residual=True,
        definition="All spending less that on the projects above.",
    )  # fmt: skip
    for code, label in GRANT_FUNDERS.labels.items():
        yield Measure(
            f"grant-from-{code}", label, unit, source, (_is("funder_code", code),), total=column,
            parent=total, breakdown="grant-from",
        )  # fmt: skip
    yield from _budgets()


def _budgets() -> Iterable[Measure]:
    """Return what was granted, parted as the spending from it is."""
    unit, source, total, column = "pence", "grant_spend", "grant-budget", "budget_pence"
    kind = Kind.BUDGET
    yield Measure(
        total, "Budget: all grants", unit, source, total=column, kind=kind,
        definition="What was granted for the financial year to projects for which a payment was "
        "made in it, each grant of a project and funder once: the budget that its latest payment "
        "states. A grant that no payment was made from is not known.",
    )  # fmt: skip
    for code, label, project in _GRANT_PROJECTS:
        yield Measure(
            code.replace("grant-", "grant-budget-"), f"Budget: {label}", unit, source,
            (_is("project_code", project),), total=column, kind=kind, parent=total,
        )  # fmt: skip
    yield Measure(
        "grant-budget-other-projects", "Budget: other projects", unit, source, total=column,
        kind=kind, parent=total, is_residual=True,
        definition="The grants of all projects but those above.",
    )  # fmt: skip
    for code, label in GRANT_FUNDERS.labels.items():
        yield Measure(
            f"grant-budget-from-{code}", f"Budget: {label}", unit, source,
            (_is("funder_code", code),), total=column, kind=kind, parent=total,
            breakdown="grant-from",
        )  # fmt: skip


_COUNTED = _is("is_counted", True)
_POLICE_ROWS = (
    ("violence-against-the-person", "Violence against the person"),
    ("burglary-residential", "Burglary: residential"),
    ("burglary-business-and-community", "Burglary: business and community"),
    ("vehicle-offences", "Vehicle offences"),
    ("theft-from-person", "Theft from the person"),
    ("robbery", "Robbery"),
    ("criminal-damage", "Criminal damage"),
    ("drug-offences", "Drug offences"),
    ("theft-from-shop", "Shoplifting"),
    ("possession-of-weapons", "Possession of weapons"),
)


def _police() -> Iterable[Measure]:
    unit, source = "recorded crimes", "police_crime"
    yield Measure(
        "all-crime", "All crime", unit, source, (_COUNTED,),
        definition="All notifiable offences recorded by the force, without fraud, which is "
        "recorded nationally, and without anti-social behaviour, which is no crime.",
    )  # fmt: skip
    for code, label in _POLICE_ROWS:
        yield Measure(
            code, label, unit, source, (_COUNTED, _is("report_row_code", code)),
            parent="all-crime",
        )  # fmt: skip
    yield Measure(
        "other-crime", "Other crime", unit, source, parent="all-crime", is_residual=True,
        definition="All crime less the rows above: sexual offences, public order, other theft, "
        "bicycle theft, arson, miscellaneous crimes, and codes that are on no list.",
    )  # fmt: skip
    yield Measure(
        "domestic-abuse", "Domestic abuse crime", unit, source,
        (_COUNTED, _is("is_domestic_abuse", True)), parent="all-crime", is_additive=False,
        definition="Crimes of any kind flagged as domestic abuse at the date of the extract.",
        is_sensitive=True,
    )  # fmt: skip


def street_code(crime_type: str) -> str:
    """Return the measure code of a data.police.uk crime type."""
    return f"street-{crime_type}"


def _street() -> Iterable[Measure]:
    source = "street_crime"
    asb = "anti-social-behaviour"
    yield Measure(
        "street-all-crime", "All crime", "crimes", source,
        (_is("crime_type", *(v for k, v in STREET_CRIME_TYPES.labels.items() if k != asb)),),
        definition="The 13 crime types of data.police.uk; anti-social behaviour is no crime.",
    )  # fmt: skip
    for code, label in STREET_CRIME_TYPES.labels.items():
        if code != asb:
            yield Measure(
                street_code(code), label, "crimes", source, (_is("crime_type", label),),
                parent="street-all-crime",
            )  # fmt: skip
    yield Measure(
        street_code(asb), "Anti-social behaviour", "incidents", source,
        (_is("crime_type", STREET_CRIME_TYPES.labels[asb]),),
        definition="Incidents of anti-social behaviour; not crimes, and no part of all crime.",
    )  # fmt: skip
    yield Measure(
        "street-location-unknown", "Location unknown", "crimes and incidents", source,
        (_is("lsoa_code", None),), scope=Scope.FILE,
        definition="Crimes and incidents of the whole force area that are published without a "
        "location: some of them may belong to the district.",
    )  # fmt: skip


def _each(codes: CodeList, prefix: str, column: str, total: Measure) -> Iterable[Measure]:
    """Part what a total counts by each code of a column."""
    for code, label in codes.labels.items():
        yield Measure(
            f"{prefix}-{code.replace('_', '-')}", label, total.unit, total.source,
            (_is(column, code),),
            parent=total.code, breakdown=prefix,
        )  # fmt: skip


def _asb_cases() -> Iterable[Measure]:
    total = Measure(
        "asb-cases", "Anti-social behaviour cases", "cases", "asb_cases",
        definition="Cases reported to the council's Community Protection Team, by the day on which "
        "they were opened. Not incidents, of which a case may have many.",
    )  # fmt: skip
    yield total
    yield from _each(ASB_TYPOLOGIES, "asb-typology", "typology_code", total)
    yield from _each(ASB_POLICE_TYPES, "asb-police", "police_type_code", total)
    yield Measure(
        "asb-police-not-given", "Given no type", total.unit, total.source,
        (_is("police_type_code", None),), parent=total.code, breakdown="asb-police",
    )  # fmt: skip
    yield Measure(
        "asb-cases-to-trial", "Went to trial", total.unit, total.source,
        (_is("has_gone_to_trial", True),), parent=total.code, is_additive=False,
        definition="Cases opened in the period that had gone to trial when they were exported.",
    )  # fmt: skip


_ASB_ACTION_ROWS: tuple[tuple[str, str, Condition], ...] = (
    (
        "asb-investigation-actions", "Investigation: calls, interviews and visits",
        _is("action_class_code", "investigation"),
    ),
    (
        "asb-perpetrator-warnings", "Perpetrator warnings, verbal and written",
        _is("kind_code", "verbal_warning", "written_warning"),
    ),
    (
        "asb-tenancy-actions", "Tenancy actions, with Notices of Seeking Possession",
        _is("kind_code", "nosp", "tenancy_action"),
    ),
    ("asb-closure-orders", "Closure orders", _is("kind_code", "closure_order")),
    ("asb-injunctions", "Civil injunctions", _is("kind_code", "injunction")),
    ("asb-evictions", "Evictions", _is("kind_code", "eviction")),
)  # fmt: skip


def _asb_actions() -> Iterable[Measure]:
    unit, source, total = "actions", "asb_actions", "asb-actions"
    yield Measure(
        total, "All actions", unit, source,
        (_is("action_class_code", "investigation", "enforcement"),),
        definition="Investigation and enforcement of the council's Community Protection Team, by "
        "the day of the action. Contacts with safeguarding services and MARAC meetings are not in "
        "it.",
    )  # fmt: skip
    for code, label, condition in _ASB_ACTION_ROWS:
        yield Measure(code, label, unit, source, (condition,), parent=total)
    yield Measure(
        "asb-other-actions", "Other actions", unit, source, parent=total, is_residual=True,
        definition="All actions less the rows above: advice, mediation, acceptable behaviour "
        "contracts, Community Protection Warnings and Notices, criminal behaviour orders, closure "
        "notices, fixed penalty notices and case reviews.",
    )  # fmt: skip
    yield Measure(
        "asb-safeguarding-contacts", "Contacts with Children's Services and Adult Care",
        "contacts", source, (_is("action_class_code", "safeguarding"),),
        definition="Contacts of the team to refer or discuss a case; no part of all actions.",
    )  # fmt: skip
    yield Measure(
        "asb-marac-meetings", "MARAC meetings attended", "meetings", source,
        (_is("action_class_code", "marac"),),
        definition="Multi-Agency Risk Assessment Conferences on domestic abuse that the team went "
        "to; no part of all actions.",
    )  # fmt: skip


def _cctv() -> Iterable[Measure]:
    source = "cctv_log"
    total = Measure(
        "cctv-incidents", "Incidents dealt with by the control room", "incidents", source,
        definition="Incidents in the control room's log, not log entries.",
    )  # fmt: skip
    yield total
    yield from _each(CCTV_INCIDENT_TYPES, "cctv", "incident_type_code", total)
    yield Measure(
        "cctv-police-called", "Incidents reported to the police", "incidents", source,
        (_is("is_police_called", True),), parent="cctv-incidents", is_additive=False,
    )  # fmt: skip
    yield Measure(
        "cctv-discs", "Discs of footage given to the police", "discs", source, total="disc_count"
    )
    yield Measure(
        "cctv-arrests", "Arrests", "people", source, total="arrest_count",
        definition="Arrests at the scene that the control room logged.",
    )  # fmt: skip


def _fly_tips() -> Iterable[Measure]:
    source = "fly_tips"
    total = Measure("fly-tips", "All fly-tipping incidents", "incidents", source)
    yield total
    yield from _each(LAND_TYPES, "land", "land_type_code", total)
    yield from _each(WASTE_TYPES, "waste", "waste_type_code", total)
    yield from _each(FLY_TIP_SIZES, "size", "size_code", total)
    yield Measure(
        "size-not-cleared", "Not cleared, so not sized", "incidents", source,
        (_is("size_code", None),), parent=total.code, breakdown="size",
    )  # fmt: skip
    yield from (
        Measure(
            f"action-{code.replace('_', '-')}", label, "actions", source,
            (_is("action_code", code),),
        )
        for code, label in FLY_TIP_ACTIONS.labels.items()
    )  # fmt: skip


def _hfrs() -> Iterable[Measure]:
    source = "hfrs_incidents"
    fire = _is("category_code", "fire")
    yield Measure(
        "deliberate-fires", "Deliberate fires", "fires", source,
        (fire, _is("motive_code", "deliberate")),
        definition="Fires of any class whose motive is deliberate or suspected to be; a "
        "deliberate primary fire is a primary fire too.",
    )  # fmt: skip
    yield Measure(
        "primary-fires", "Primary fires", "fires", source,
        (fire, _is("fire_class_code", "primary")),
        definition="Fires in buildings, vehicles or outdoor structures, or with casualties or "
        "rescues, or attended by five or more appliances.",
    )  # fmt: skip
    yield Measure(
        "fire-injuries", "Fire injuries", "people", source, (fire,), total="injury_count",
        definition="People injured in fires, whatever their injury; deaths are not in it.",
    )  # fmt: skip


def _stated() -> Iterable[Measure]:
    """Return the measures that partners without a case system report (`codes/stated_measures.csv`).

    A figure of a year stands for the year alone; it is no twelve months and no four quarters. What
    each tells of people the column `disclosure` says (see `Disclosure`), and `reason` why.
    """
    for row in rows("stated_measures"):
        yield Measure(
            row["code"], row["label"], row["unit"], "partner_return", kind=Kind(row["kind"]),
            definition=row["definition"], reporter=row["reporter"],
            disclosure=Disclosure(row["disclosure"]), share_of=row["share_of"],
        )  # fmt: skip


MEASURES: dict[str, Measure] = {
    measure.code: measure
    for measure in (
        *(replace(grant, disclosure=Disclosure.OPEN) for grant in _grants()),  # money
        *_police(), *_street(), *_asb_cases(), *_asb_actions(), *_cctv(),
        *_fly_tips(), *_hfrs(), *_stated(), *official_measures(_POLICE_ROWS),
    )
}  # fmt: skip
"""All measures by code, in the order of the report."""


def is_stated(code: str) -> bool:
    """Say whether partners state the figures of a measure; one that is no more was counted."""
    return code in MEASURES and MEASURES[code].grain is Grain.STATED


def unit_of(code: str) -> str:
    """Return the unit of a measure; "" for one that the program knows no more."""
    return MEASURES[code].unit if code in MEASURES else ""


def measures_of(source: str) -> tuple[Measure, ...]:
    """Return the measures of a source, residuals after what they are the rest of.

    Budgets, which rows state but do not add to, are not among them (`budgets_of`).
    """
    found = [m for m in MEASURES.values() if m.source == source and m.kind is not Kind.BUDGET]
    return tuple(sorted(found, key=lambda m: m.is_residual))


def budgets_of(source: str) -> tuple[Measure, ...]:
    """Return the measures of what was granted, as the rows of a source state it."""
    return tuple(m for m in MEASURES.values() if m.source == source and m.kind is Kind.BUDGET)


def siblings(measure: Measure) -> Sequence[Measure]:
    """Return the additive measures that a residual is the rest of."""
    return [
        m
        for m in MEASURES.values()
        if (m.parent, m.breakdown) == (measure.parent, measure.breakdown)
        and m.is_additive
        and not m.is_residual
    ]
