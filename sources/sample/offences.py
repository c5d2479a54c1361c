"""What the sample's crimes are: weights of offence codes, outcomes and the manner of each row.

The weights follow the make-up of recorded crime in England and Wales in 2019 to 2021, roughly.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sources.sample.totals import RESIDUAL


@dataclass(frozen=True)
class Manner:
    """How crimes of one row of the police table look.

    `lag_days` is the mean delay from the deed to its record; `overnight` the share that can be
    placed only between two days. `outcomes` weighs Home Office outcome types; 0 stands for none
    yet. `season` names a profile of `shapes.py`, and `is_in_shops` says where it happens.
    """

    codes: Mapping[str, float]
    outcomes: Mapping[int, float]
    season: str
    lag_days: float = 2.0
    overnight: float = 0.03
    is_in_shops: bool = False


_UNSOLVED = {18: 88, 1: 5, 14: 2, 15: 2, 16: 1, 0: 2}
_DISPUTED = {16: 38, 18: 15, 15: 18, 14: 10, 1: 9, 3: 3, 8: 2, 21: 1, 0: 4}
_DETECTED = {1: 34, 8: 25, 3: 12, 7: 8, 15: 8, 18: 6, 2: 2, 0: 5}

MANNERS: Mapping[str, Manner] = {
    "violence-against-the-person": Manner(
        {
            "105A": 26.0, "8N": 24.0, "8R": 15.0, "8L": 12.0, "8Q": 6.0, "3B": 3.5, "8U": 3.0,
            "5D": 2.2, "104": 2.0, "8T": 1.5, "11A": 1.5, "8S": 1.0, "105B": 0.5, "8M": 0.6,
            "8P": 0.3, "36": 0.5, "13": 0.1, "5E": 0.1, "106": 0.2, "4/8": 0.1, "2": 0.05,
        },
        _DISPUTED, "violence", lag_days=4.0,
    ),
    "burglary-residential": Manner(
        {"28E": 74.0, "28F": 21.0, "28G": 3.0, "28H": 1.0, "29A": 1.0},
        _UNSOLVED, "acquisitive", lag_days=0.6, overnight=0.45,
    ),
    "burglary-business-and-community": Manner(
        {"30C": 80.0, "30D": 19.0, "31A": 1.0},
        _UNSOLVED, "acquisitive", lag_days=0.5, overnight=0.65,
    ),
    "vehicle-offences": Manner(
        {"45": 64.0, "48": 22.0, "126": 12.0, "37/2": 2.0},
        _UNSOLVED, "acquisitive", lag_days=0.8, overnight=0.60,
    ),
    "theft-from-person": Manner({"39": 1.0}, _UNSOLVED, "acquisitive", is_in_shops=True),
    "robbery": Manner({"34B": 88.0, "34A": 12.0}, _UNSOLVED, "acquisitive", lag_days=0.6),
    "criminal-damage": Manner(
        {"58C": 50.0, "58A": 24.0, "58D": 15.0, "58B": 10.0, "58J": 1.0},
        _UNSOLVED, "damage", lag_days=1.2, overnight=0.35,
    ),
    "drug-offences": Manner(
        {"92E": 62.0, "92D": 14.0, "92A": 20.0, "92C": 4.0}, _DETECTED, "drugs", lag_days=0.4
    ),
    "theft-from-shop": Manner(
        {"46": 1.0}, _UNSOLVED | {1: 16, 8: 5}, "acquisitive", lag_days=1.0, is_in_shops=True
    ),
    "possession-of-weapons": Manner(
        {"10D": 52.0, "10C": 32.0, "81": 12.0, "10B": 4.0}, _DETECTED, "violence", lag_days=0.4
    ),
    RESIDUAL: Manner(
        {
            "9A": 27.0, "9B": 2.5, "66": 3.0, "62A": 0.3, "49": 25.0, "40": 4.0, "49A": 6.0,
            "41": 1.5, "42": 0.8, "47": 0.3, "35": 0.6, "44": 7.0, "20A": 3.5, "19C": 3.2,
            "19D": 1.0, "88E": 1.6, "22B": 1.2, "17A": 0.7, "20B": 0.6, "88A": 0.5, "19F": 0.4,
            "56B": 2.2, "56A": 0.4, "54": 1.2, "79": 1.0, "33": 0.8, "86": 2.2, "59": 1.0,
            "61A": 0.3, "802": 1.2, "99": 1.0, "80": 0.2, "95": 0.2,
        },
        _DISPUTED | {18: 45}, "violence", lag_days=3.0, overnight=0.12,
    ),
}  # fmt: skip
"""By report row, in the order of the police table; "" is the residual."""

HISTORIC_CODES = frozenset({"19C", "19D", "19F", "17A", "20A", "20B", "22B"})
"""Sexual offences, some of which are reported many years after the deed."""

HISTORIC_SHARE = 0.25

AGGRAVATED_CODES: Mapping[str, float] = dict.fromkeys(("8M", "8P", "9B", "58J", "105B"), 1.0)
"""Racially or religiously aggravated: hate crimes by their definition."""

ONLINE_CODES: Mapping[str, float] = {"8R": 0.60, "8L": 0.20, "86": 0.70, "88A": 0.70, "35": 0.50}
"""Share flagged as cyber crime."""

BLADE_CODES: Mapping[str, float] = {"10D": 1.0, "34B": 0.18, "34A": 0.15, "5D": 0.25, "3B": 0.10}
"""Share flagged as knife crime."""

DOMESTIC_WEIGHTS: Mapping[str, float] = {"8U": 60.0, "8Q": 2.0, "46": 0.0, "104": 0.0, "8S": 0.0}
"""How likely a crime is to be flagged as domestic abuse, against 1 for others of its row."""

DOMESTIC_ROWS = ("criminal-damage", RESIDUAL)
"""Rows, besides violence, whose crimes can be domestic abuse."""
