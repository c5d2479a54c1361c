"""Code lists: what a coded column may hold, and what each code means.

The lists themselves are data, in `codes/*.csv`: `code`, `label` and, where partners use other words
for it, `also` (split by "|"). Sources: WasteDataFlow question 100 (land, waste, size, actions), the
Incident Recording System, data.police.uk, the Home Office notifiable offence list (April 2026) with
the burglary codes that it replaced in 2017 and 2023, the Home Office typology of anti-social
behaviour (Development and Practice Report 26, 2004) and the police's three types of it (2011), ONS
GSS codes. Contains public sector information licensed under the Open Government Licence v3.0.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "codes"


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of `codes/<name>.csv` as they stand."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@dataclass(frozen=True)
class CodeList:
    """A closed list of codes, read from `codes/<name>.csv` when first needed."""

    name: str

    @property
    def labels(self) -> Mapping[str, str]:
        """Code to printed label, in the order of the list."""
        return _labels(self.name)

    @property
    def words(self) -> Mapping[str, str]:
        """Every word that partners may use for a code (in lower case) to the code."""
        return _words(self.name)


@cache
def _labels(name: str) -> Mapping[str, str]:
    return {row["code"]: row["label"] for row in rows(name)}


@cache
def _words(name: str) -> Mapping[str, str]:
    words: dict[str, str] = {}
    for row in rows(name):
        for word in (row["code"], row["label"], *row["also"].split("|")):
            if word:
                words[word.lower()] = row["code"]
    return words


LAND_TYPES = CodeList("land_types")
WASTE_TYPES = CodeList("waste_types")
FLY_TIP_SIZES = CodeList("fly_tip_sizes")
FLY_TIP_ACTIONS = CodeList("fly_tip_actions")
FLY_TIP_STATUSES = CodeList("fly_tip_statuses")
FLY_TIP_REPORTERS = CodeList("fly_tip_reporters")
CCTV_INCIDENT_TYPES = CodeList("cctv_incident_types")
CCTV_REPORTERS = CodeList("cctv_reporters")
CRIME_STATUSES = CodeList("crime_statuses")
REPORTERS = CodeList("reporters")
FIGURE_KINDS = CodeList("figure_kinds")
OFFICIAL_TABLES = CodeList("official_tables")
QUALIFIERS = CodeList("qualifiers")
STREET_CRIME_TYPES = CodeList("street_crime_types")
ASB_ACTION_CLASSES = CodeList("asb_action_classes")
ASB_ACTION_KINDS = CodeList("asb_action_kinds")
ASB_TYPOLOGIES = CodeList("asb_typologies")
ASB_POLICE_TYPES = CodeList("asb_police_types")
ASB_REPORTERS = CodeList("asb_reporters")
ASB_CHANNELS = CodeList("asb_channels")
ASB_STATUSES = CodeList("asb_statuses")
ASB_TENURES = CodeList("asb_tenures")
GRANT_PROJECTS = CodeList("grant_projects")
GRANT_FUNDERS = CodeList("grant_funders")
IRS_CATEGORIES = CodeList("irs_categories")
IRS_FIRE_CLASSES = CodeList("irs_fire_classes")
IRS_MOTIVES = CodeList("irs_motives")


@dataclass(frozen=True)
class Offence:
    """One Home Office offence code over the time in which it stands for one thing.

    `report_row` is the row of the police table that it belongs to, "" for the residual, and
    "not-counted" for fraud, which is recorded nationally and is not in a force's all crime.
    """

    offence_code: str
    offence_name: str
    offence_group: str
    offence_subgroup: str
    report_row: str
    valid_from: date
    valid_to: date


@cache
def offences() -> Mapping[str, tuple[Offence, ...]]:
    """Return the offence code list: code to its meanings, each with its dates of validity."""
    found: dict[str, list[Offence]] = {}
    for row in rows("offences"):
        found.setdefault(row["offence_code"], []).append(
            Offence(
                row["offence_code"],
                row["offence_name"],
                row["offence_group"],
                row["offence_subgroup"],
                row["report_row"],
                date.fromisoformat(row["valid_from"] or "1900-01-01"),
                date.fromisoformat(row["valid_to"] or "9999-12-31"),
            )
        )
    return {code: tuple(meanings) for code, meanings in found.items()}
