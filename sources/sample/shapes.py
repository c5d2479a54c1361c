"""How the samples' rows lie over the months and the hours: assumptions, written down as weights.

A profile has twelve weights, April to March. The restrictions of the pandemic (from 23 March 2020)
pull acquisitive crime and town-centre incidents down and drug offences, fly-tips and outdoor fires
up, as national figures of those months do.
"""

from collections.abc import Mapping
from types import MappingProxyType

from schemas.period import FinancialYear

Profile = tuple[float, ...]

EVEN: Profile = (1.0,) * 12

_SEASONS: Mapping[str, Profile] = MappingProxyType(
    {
        #               Apr   May   Jun   Jul   Aug   Sep   Oct   Nov   Dec   Jan   Feb   Mar
        "acquisitive": (0.93, 0.95, 0.94, 0.98, 0.95, 0.98, 1.08, 1.12, 1.08, 1.05, 0.98, 0.96),
        "violence": (0.98, 1.04, 1.06, 1.10, 1.06, 1.00, 1.00, 0.96, 0.98, 0.93, 0.91, 0.98),
        "damage": (1.02, 1.04, 1.02, 1.04, 1.02, 0.98, 1.10, 1.06, 0.94, 0.92, 0.90, 0.96),
        "drugs": (1.00, 1.02, 1.00, 1.04, 1.02, 1.00, 1.00, 0.98, 0.92, 1.00, 1.00, 1.02),
        "town": (0.98, 1.02, 1.04, 1.06, 1.04, 1.00, 1.00, 1.00, 1.10, 0.92, 0.90, 0.94),
        "outdoor": (1.20, 1.15, 1.15, 1.35, 1.25, 1.00, 0.95, 1.05, 0.65, 0.65, 0.70, 0.90),
        "indoor": (0.98, 0.96, 0.92, 0.94, 0.94, 0.96, 1.02, 1.06, 1.12, 1.06, 1.00, 1.04),
        "waste": (1.05, 1.05, 1.02, 1.02, 1.02, 0.98, 0.98, 0.96, 0.94, 1.02, 0.96, 1.00),
        "asb": (1.02, 1.06, 1.10, 1.14, 1.10, 1.02, 1.00, 0.96, 0.86, 0.88, 0.90, 0.98),
        "even": EVEN,
    }
)

_RESTRICTIONS: Mapping[int, Mapping[str, Profile]] = MappingProxyType(
    {
        2019: {
            "acquisitive": (*EVEN[:11], 0.82),
            "violence": (*EVEN[:11], 0.92),
            "town": (*EVEN[:11], 0.70),
        },
        2020: {
            #               Apr   May   Jun   Jul   Aug   Sep   Oct   Nov   Dec   Jan   Feb   Mar
            "acquisitive": (0.50, 0.62, 0.80, 1.05, 1.15, 1.20, 1.20, 0.95, 1.05, 0.78, 0.80, 0.92),
            "violence": (0.80, 0.92, 1.02, 1.10, 1.12, 1.06, 1.02, 0.94, 0.96, 0.86, 0.88, 1.00),
            "damage": (0.80, 0.95, 1.05, 1.10, 1.10, 1.08, 1.02, 0.96, 0.98, 0.88, 0.90, 0.98),
            "drugs": (1.55, 1.75, 1.40, 1.05, 0.95, 0.90, 0.85, 0.90, 0.80, 0.95, 0.95, 1.00),
            "town": (0.76, 0.80, 0.95, 1.20, 1.25, 1.20, 1.15, 0.85, 1.05, 0.65, 0.70, 0.90),
            "outdoor": (1.30, 1.25, 1.00, 1.00, 1.00, 1.00, 0.95, 1.00, 0.90, 0.95, 1.00, 1.10),
            "asb": (1.22, 1.24, 1.16, 1.06, 1.06, 1.04, 0.95, 0.92, 0.86, 0.88, 0.90, 0.94),
            "waste": (1.20, 1.18, 1.12, 1.00, 0.95, 0.90, 0.90, 0.95, 0.95, 1.10, 1.00, 1.00),
        },
    }
)


def profile(kind: str, year: FinancialYear) -> Profile:
    """Return the weights of a year's months for one kind of event."""
    season = _SEASONS[kind]
    bent = _RESTRICTIONS[year.start_year].get(kind, EVEN)
    return tuple(a * b for a, b in zip(season, bent, strict=True))


#                   0    1    2    3    4    5    6    7    8    9    10   11
NIGHT_LIFE: Profile = (
    7.0, 6.0, 5.0, 3.5, 1.5, 0.8, 0.6, 0.8, 1.5, 2.5, 3.5, 4.5,
    5.0, 5.0, 5.0, 5.0, 5.0, 5.0, 5.5, 6.0, 6.5, 7.0, 7.5, 7.5,
)  # fmt: skip
"""Hours of the control room: shops by day, the night-time economy after ten."""

FIRE_CALLS: Profile = (
    2.6, 2.2, 1.9, 1.7, 1.5, 1.5, 1.9, 2.8, 3.6, 4.0, 4.3, 4.6,
    4.9, 5.0, 5.1, 5.3, 5.8, 6.4, 6.9, 6.8, 6.2, 5.4, 4.4, 3.4,
)  # fmt: skip
"""Hours at which the fire service is called: most in the early evening."""

OFFICE: Profile = (
    1.5, 1.0, 1.0, 1.0, 0.8, 0.8, 1.2, 2.5, 5.0, 7.0, 7.5, 7.5,
    7.0, 7.0, 7.0, 6.8, 6.5, 6.0, 5.0, 4.2, 3.6, 3.2, 2.8, 2.2,
)  # fmt: skip
"""Hours at which crimes are recorded."""
