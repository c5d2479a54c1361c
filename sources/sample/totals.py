"""The published totals that the samples add up to, and those that are our own assumptions.

Sources: St Albans Community Safety Partnership, annual report 2020-21 (police, fire, anti-social
behaviour, CCTV, and of fly-tipping the fixed penalties, warnings, prosecutions and open
investigations); Defra, fly-tipping in England 2012-13 to 2021-22, WasteDataFlow (all else of
fly-tipping). Contains public sector information licensed under the Open Government Licence v3.0.
`ASSUMED_...` are published nowhere: they are plausible, and nothing may be concluded from them.

Every dictionary by year is keyed by the year's first calendar year: 2019 is April 2019 to March
2020.
"""

from collections.abc import Mapping
from typing import NamedTuple


class Grant(NamedTuple):
    """What a project had from a funder in a year, what was spent of it, and in which months.

    Months are counted from 0, which is April. Amounts are in pence.
    """

    project: str
    funder: str
    budget: int
    pence: int
    months: tuple[int, ...]


GRANTS: Mapping[int, tuple[Grant, ...]] = {
    # Of 2019-20 nothing is published: assumed.
    2019: (
        Grant("onside", "commissioner", 1_260_000, 1_260_000, tuple(range(12))),
        Grant("crucial_crew", "council", 300_000, 285_050, (2,)),
        Grant("chelseas_choice", "council", 240_000, 240_000, (7,)),
    ),
    2020: (
        Grant("kicks", "commissioner", 1_600_000, 1_594_000, (5, 6, 7, 8, 9, 10, 11)),
        Grant("your_voice", "council", 75_000, 50_000, (1, 2, 3)),
    ),
}
"""What was spent in 2020-21 is published; the budgets, and the months of payment, are assumed."""

YEARS = (2019, 2020)
"""The financial years that totals are known of."""

RESIDUAL = ""
"""The crimes of no row of the police table: `schemas/codes/offences.csv` leaves theirs blank."""

POLICE_ROWS: Mapping[str, Mapping[int, int]] = {
    "violence-against-the-person": {2019: 2597, 2020: 2583},
    "burglary-residential": {2019: 462, 2020: 281},
    "burglary-business-and-community": {2019: 206, 2020: 135},
    "vehicle-offences": {2019: 1040, 2020: 851},
    "theft-from-person": {2019: 134, 2020: 64},
    "robbery": {2019: 86, 2020: 51},
    "criminal-damage": {2019: 932, 2020: 758},
    "drug-offences": {2019: 236, 2020: 331},
    "theft-from-shop": {2019: 997, 2020: 916},
    "possession-of-weapons": {2019: 76, 2020: 48},
    RESIDUAL: {2019: 2110, 2020: 1828},
}
"""Recorded crimes of St Albans; the residual is all crime (8,876 and 7,846) less the rows."""

DOMESTIC_ABUSE: Mapping[int, int] = {2019: 1184, 2020: 1182}
"""Crimes flagged as domestic abuse: among the above, not beside them."""

DOMESTIC_ABUSE_VIOLENCE_SHARE = 0.77
"""Share of flagged crimes that are violence against the person (England and Wales, ONS)."""

ASSUMED_NOT_COUNTED_SHARE = 0.02
"""Cancelled and transferred crimes as a share of those that count."""

COUNTY_DELIBERATE_FIRES: Mapping[int, int] = {2019: 1103, 2020: 1032}
COUNTY_PRIMARY_FIRES: Mapping[int, int] = {2019: 1328, 2020: 1130}
COUNTY_FIRE_INJURIES: Mapping[int, int] = {2019: 83, 2020: 41}
HOME_DELIBERATE_FIRES: Mapping[int, int] = {2019: 99, 2020: 98}
HOME_PRIMARY_FIRES: Mapping[int, int] = {2019: 157, 2020: 137}
HOME_FIRE_INJURIES: Mapping[int, int] = {2019: 6, 2020: 4}
"""Fires of Hertfordshire and, within them, of St Albans; deliberate and primary ones overlap."""

ASSUMED_DELIBERATE_PRIMARY_SHARE = 0.24
"""Share of deliberate fires that are primary fires too."""

ASSUMED_OTHER_INCIDENTS: Mapping[int, Mapping[str, int]] = {
    2019: {"secondary": 640, "chimney": 48, "false alarm": 3560, "special service": 2040},
    2020: {"secondary": 690, "chimney": 52, "false alarm": 3410, "special service": 1930},
}
"""What else the service attends in the county; the secondary fires are those not deliberate."""

ASSUMED_HOME_SHARE = 0.12
"""Share of those in St Albans, by its share of the county's people."""

ASSUMED_FIRE_DEATHS: Mapping[int, int] = {2019: 4, 2020: 3}

ASB_CASES: Mapping[int, int] = {2019: 458, 2020: 578}
"""Cases opened by the Community Protection Team."""

ASSUMED_ASB_TYPOLOGIES: Mapping[int, Mapping[str, int]] = {
    2019: {
        "misuse_of_public_space": 78,
        "disregard_for_wellbeing": 172,
        "acts_directed_at_people": 158,
        "environmental_damage": 50,
    },
    2020: {
        "misuse_of_public_space": 61,
        "disregard_for_wellbeing": 241,
        "acts_directed_at_people": 224,
        "environmental_damage": 52,
    },
}
"""The report says only that "disregard" and "acts directed at people" rose significantly."""

ASSUMED_ASB_POLICE_TYPES: Mapping[int, Mapping[str, int]] = {
    2019: {"personal": 104, "nuisance": 276, "environmental": 40, "": 38},
    2020: {"personal": 139, "nuisance": 352, "environmental": 41, "": 46},
}
"""The same cases by the types of the police; some were given none."""

ASSUMED_ASB_CASES_TRIED: Mapping[int, int] = {2019: 2, 2020: 0}
"""None of 2020-21 is published; the 2 of 2019-20 are assumed."""

ASB_ACTIONS: Mapping[int, Mapping[str, int]] = {
    # Of 2019-20 the total alone, 907, is published; its parts are assumed.
    2019: {
        "telephone_call": 416,
        "interview": 176,
        "visit": 246,
        "advice": 1,
        "mediation": 3,
        "verbal_warning": 13,
        "written_warning": 20,
        "abc": 5,
        "cpw": 2,
        "cpn": 1,
        "injunction": 4,
        "closure_order": 2,
        "nosp": 10,
        "tenancy_action": 4,
        "eviction": 3,
        "case_review": 1,
    },
    # Published are 1,508 investigation actions, 34 warnings, 10 tenancy actions, 6 injunctions, 4
    # closure orders and 1,571 in all; what these are by kind, and the 9 of other kinds, is assumed.
    2020: {
        "telephone_call": 1040,
        "interview": 196,
        "visit": 272,
        "mediation": 1,
        "verbal_warning": 12,
        "written_warning": 22,
        "abc": 3,
        "cpw": 2,
        "cpn": 1,
        "injunction": 6,
        "closure_notice": 1,
        "closure_order": 4,
        "nosp": 7,
        "tenancy_action": 3,
        "case_review": 1,
    },
}
"""Investigation and enforcement of the Community Protection Team; MARAC meetings are 24 a year."""

ASSUMED_SAFEGUARDING_CONTACTS: Mapping[int, Mapping[str, int]] = {
    2019: {"childrens_services": 131, "adult_care": 165},
    2020: {"childrens_services": 158, "adult_care": 213},
}
"""The 371 of 2020-21 are published, how they part is not, nor anything of 2019-20."""

CCTV_INCIDENTS: Mapping[int, int] = {2019: 3690, 2020: 2601}
"""2,601 is published. 3,690 is our assumption: the report only says "a decrease of nearly 30%"."""

CCTV_DISCS: Mapping[int, int] = {2019: 424, 2020: 310}
"""Discs, not incidents; 310 is published, 424 is our assumption."""

FLY_TIP_LAND: Mapping[int, Mapping[str, int]] = {
    2019: {"highway": 684, "council_land": 62},
    2020: {"highway": 819, "footpath_bridleway": 1, "council_land": 90},
}

FLY_TIP_WASTE: Mapping[int, Mapping[str, int]] = {
    2019: {
        "green": 29,
        "vehicle_parts": 9,
        "white_goods": 61,
        "other_electrical": 18,
        "tyres": 36,
        "asbestos": 6,
        "construction_demolition_excavation": 118,
        "black_bags_household": 73,
        "chemical_drums_oil_fuel": 6,
        "other_household_waste": 181,
        "other_commercial_waste": 1,
        "other_unidentified": 208,
    },
    2020: {
        "green": 37,
        "vehicle_parts": 13,
        "white_goods": 76,
        "other_electrical": 17,
        "tyres": 29,
        "asbestos": 3,
        "construction_demolition_excavation": 124,
        "black_bags_household": 105,
        "chemical_drums_oil_fuel": 14,
        "other_household_waste": 302,
        "other_unidentified": 190,
    },
}

FLY_TIP_SIZES: Mapping[int, Mapping[str, int]] = {
    2019: {
        "single_black_bag": 4,
        "single_item": 2,
        "car_boot_or_less": 465,
        "small_van_load": 207,
        "transit_van_load": 57,
        "tipper_lorry_load": 10,
        "significant_multi_loads": 1,
    },
    2020: {
        "single_black_bag": 5,
        "single_item": 3,
        "car_boot_or_less": 385,
        "small_van_load": 409,
        "transit_van_load": 99,
        "tipper_lorry_load": 9,
    },
}
"""Weights, not totals: the council sized every incident, the samples leave some uncleared."""

FLY_TIPS_INVESTIGATED: Mapping[int, int] = {2019: 255, 2020: 337}

FLY_TIPS_UNDER_INVESTIGATION: Mapping[int, int] = {2019: 0, 2020: 120}
"""Still open when the report was written: 120 of 2020-21."""

ASSUMED_FLY_TIPS_OPEN: Mapping[int, int] = {2019: 6, 2020: 17}
"""Neither cleared nor investigated."""

FLY_TIP_ACTIONS: Mapping[int, Mapping[str, int]] = {
    2019: {
        "warning_letter": 22,
        "fpn_fly_tipping": 4,
        "fpn_duty_of_care": 1,
        "fpn_other": 2,
        "duty_of_care_inspection": 23,
        "formal_caution": 3,
        "prosecution": 2,
        # Community Protection Warnings are no WasteDataFlow action: assumed.
        "cpw": 4,
    },
    2020: {
        "warning_letter": 19,
        "statutory_notice": 11,
        # The report says 25, WasteDataFlow 15: the samples follow the report.
        "fpn_fly_tipping": 25,
        "duty_of_care_inspection": 25,
        "formal_caution": 1,
        "cpw": 6,
    },
}
"""Enforcement on records; investigations stand apart, in `FLY_TIPS_INVESTIGATED`."""

OFFICIAL_FLY_TIP_ACTIONS: Mapping[int, Mapping[str, int]] = {
    2019: {code: n for code, n in FLY_TIP_ACTIONS[2019].items() if code != "cpw"},
    2020: {code: n for code, n in FLY_TIP_ACTIONS[2020].items() if code != "cpw"}
    | {"fpn_fly_tipping": 15},
}
"""What Defra publishes of the same years (WasteDataFlow): all but the notices are the council's."""
