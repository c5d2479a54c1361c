"""The totals of two years that the samples must have, 2019-20 first.

They are those of the annual report of 2020-21, and of Defra for fly-tips.
"""

POLICE = {
    "all-crime": (8876, 7846),
    "violence-against-the-person": (2597, 2583),
    "domestic-abuse": (1184, 1182),
    "burglary-residential": (462, 281),
    "burglary-business-and-community": (206, 135),
    "vehicle-offences": (1040, 851),
    "theft-from-person": (134, 64),
    "robbery": (86, 51),
    "criminal-damage": (932, 758),
    "drug-offences": (236, 331),
    "theft-from-shop": (997, 916),
    "possession-of-weapons": (76, 48),
    "residual": (2110, 1828),
}
FIRE = {
    ("county", "deliberate"): (1103, 1032),
    ("county", "primary"): (1328, 1130),
    ("county", "injuries"): (83, 41),
    ("home", "deliberate"): (99, 98),
    ("home", "primary"): (157, 137),
    ("home", "injuries"): (6, 4),
}
ASB_CASES = (458, 578)
ASB_ACTIONS = (907, 1571)
CONTACTS_2020_21 = 371
CCTV_INCIDENTS = (3690, 2601)
DISCS_2020_21 = 310
LAND = (
    {"highway": 684, "council_land": 62},
    {"highway": 819, "footpath_bridleway": 1, "council_land": 90},
)
FLY_TIPS = (746, 910)
ACTIONS_2020_21 = {"fpn_fly_tipping": 25, "cpw": 6, "prosecution": 0}
