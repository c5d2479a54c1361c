"""What published tables call the partnership's measures, and which of their rows add up.

The labels are those of the partnership's annual reports, in lower case. A label that stands in no
list here is looked for among the codes and labels of the measures.
"""

import re
from collections.abc import Mapping
from functools import cache

from schemas.measures import MEASURES

PUBLISHED_NAMES: Mapping[str, str] = {
    "all crime": "all-crime",
    "narrative: reduction in all crime": "all-crime",
    "violence against person": "violence-against-the-person",
    "domestic abuse crime": "domestic-abuse",
    "burglary residential": "burglary-residential",
    "burglary business & community": "burglary-business-and-community",
    "vehicle offences": "vehicle-offences",
    "theft from person": "theft-from-person",
    "robbery": "robbery",
    "criminal damage": "criminal-damage",
    "drug offences": "drug-offences",
    "theft from shop": "theft-from-shop",
    "possession of weapons": "possession-of-weapons",
    "other crime": "other-crime",
    "control-room incidents dealt with": "cctv-incidents",
    "footage discs given to police": "cctv-discs",
    "fly-tipping prosecutions": "action-prosecution",
    "fixed penalty notices for fly-tipping": "action-fpn-fly-tipping",
    "community protection warnings (waste-related)": "action-cpw",
    "kicks programme (spend)": "grant-kicks",
    "your voice your choice (spend)": "grant-your-voice",
    "total spending": "grant-spend",
    "schools funded for 'your voice your choice' packs": "schools-funded",
    "specific priorities identified": "partnership-priorities",
    "partner agencies listed": "partner-agencies",
    "snt constables and pcsos": "neighbourhood-officers",
    "snt social-media/owl followers": "neighbourhood-followers",
    "echo feedback pieces": "echo-feedback",
    "asb cases reported to the team": "asb-cases",
    "investigation actions": "asb-investigation-actions",
    "perpetrator warnings served": "asb-perpetrator-warnings",
    "tenancy actions (include notices of seeking possession)": "asb-tenancy-actions",
    "closure orders": "asb-closure-orders",
    "injunctions": "asb-injunctions",
    "evictions": "asb-evictions",
    "cases to trial": "asb-cases-to-trial",
    "total actions completed": "asb-actions",
    "safeguarding contacts (children's services / adult care)": "asb-safeguarding-contacts",
    "fly-tips currently being investigated": "fly-tips-under-investigation",
    "people helped with accommodation": "probation-accommodation",
    "young patients seen by gp thrive service": "thrive-patients",
    "presentations involving mental health": "thrive-mental-health-percent",
}
"""Label in lower case to the code of its measure."""

PUBLISHED_SUMS: Mapping[str, tuple[str, ...]] = {
    "total actions completed": (
        "investigation actions",
        "perpetrator warnings served",
        "tenancy actions (include notices of seeking possession)",
        "tenancy actions",
        "closure orders",
        "injunctions",
        "evictions",
    ),
    "total spending": ("kicks programme (spend)", "your voice your choice (spend)"),
}
"""Totals of the annual report and what they are made of, by label in lower case."""


_NOTES = re.compile(r"[\[(]note [0-9]+[\])]", re.IGNORECASE)


def plain(label: str) -> str:
    """Return a label without its case, its runs of blanks, and what refers to notes."""
    return " ".join(_NOTES.sub(" ", label).split()).casefold()


@cache
def _labels() -> Mapping[str, str]:
    """Every label that is that of one measure alone."""
    found: dict[str, list[str]] = {}
    for measure in MEASURES.values():
        found.setdefault(plain(measure.label), []).append(measure.code)
    return {label: codes[0] for label, codes in found.items() if len(codes) == 1}


def measure_of(label: str, code: str = "") -> str | None:
    """Return the code of the measure that a row is of; None where its name is not known."""
    if code in MEASURES:
        return code
    wanted = plain(label)
    known = PUBLISHED_NAMES.get(wanted) or (wanted if wanted in MEASURES else _labels().get(wanted))
    return known if known in MEASURES else None
