"""Measures of official figures, each with the measure of ours that it is held against.

An official figure is what a national publication says of our district. It is printed beside ours,
and takes the place of none. The tolerances are what the two may differ by without a question: none
where both come from the same returns, two per cent where the force goes on recording after the
Home Office has drawn its copy.
"""

from collections.abc import Iterable, Sequence

from schemas.codes import FLY_TIP_ACTIONS
from schemas.measure import Measure, where

DEFRA, HOME_OFFICE = "official_fly_tips", "official_crime"
PUBLICATIONS = {
    DEFRA: "Defra fly-tipping statistics (WasteDataFlow)",
    HOME_OFFICE: "Home Office police recorded crime open data",
}
"""How a publication is named where its figure is printed, by the code of its source."""

CRIME_TOLERANCE_PERCENT = 2
ACTIONS = (
    "warning_letter", "statutory_notice", "fpn_fly_tipping", "fpn_duty_of_care",
    "duty_of_care_inspection", "formal_caution", "prosecution", "injunction",
)  # fmt: skip
"""Actions against fly-tipping that both Defra and the council count, by our codes."""


def official_measures(police_rows: Sequence[tuple[str, str]]) -> Iterable[Measure]:
    """Return the measures of official figures; `police_rows` are code and label of ours."""
    yield Measure(
        "official-fly-tips", "All fly-tipping incidents (Defra)", "incidents", DEFRA,
        (where("table_code", "incidents"),), total="incident_count", counterpart="fly-tips",
        definition="Fly-tipping incidents that the council reported to WasteDataFlow, as Defra "
        "publishes them.",
    )  # fmt: skip
    for code in ACTIONS:
        name = code.replace("_", "-")
        yield Measure(
            f"official-{name}", f"{FLY_TIP_ACTIONS.labels[code]} (Defra)", "actions", DEFRA,
            (where("table_code", "actions"),), total=f"{code}_count",
            counterpart=f"action-{name}",
        )  # fmt: skip
    counted = where("is_counted", True)
    for code, label in (("all-crime", "All crime"), *police_rows):
        row = () if code == "all-crime" else (where("report_row_code", code),)
        yield Measure(
            f"official-{code}", f"{label} (Home Office)", "recorded crimes", HOME_OFFICE,
            (counted, *row), total="offence_count", counterpart=code,
            tolerance_percent=CRIME_TOLERANCE_PERCENT,
            definition="Offences that the Home Office publishes for the partnership's area, "
            "without fraud." if code == "all-crime" else "",
        )  # fmt: skip
