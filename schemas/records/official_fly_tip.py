"""What Defra publishes of the district's fly-tipping: a row a table and financial year."""

import pandas as pd
import pandera.pandas as pa

from schemas.codes import OFFICIAL_TABLES
from schemas.fields import Code, Count, Day, Privacy, Text, field
from schemas.records.base import Record, identity


def _count(sentence: str, unit: str = "actions") -> Count:
    found: Count = field(sentence, unit=unit, low=0, high=1_000_000, privacy=Privacy.PUBLIC)
    return found


@identity(
    source="official_fly_tips",
    fact="official_fly_tip",
    key=("table_code", "lad_code", "period_code"),
    dated_by="ends_on",
    holds_figures=True,
    across={"table-unclear": ("incident_count", "action_count")},
    derived_from={
        "period_code": ("ends_on",),
        "table_code": ("incident_count", "action_count"),
    },
    not_for=(
        "adding to the council's own records: both count the same fly-tips.",
        "comparing years without Defra's notes: how councils report has changed over time.",
    ),
)
class OfficialFlyTip(Record):
    """One row of one of Defra's two tables: incidents, or actions, of a financial year.

    The counts are those that the council reported to WasteDataFlow. Each row has the columns of its
    own table; the others are null, as is what Defra prints as not available. A row is counted in
    the month in which its year ends.
    """

    ends_on: Day = field("Last day of the financial year.", required=True, privacy=Privacy.PUBLIC)
    period_code: Text = field(
        "Financial year of the figures (2020-21).",
        required=True,
        derived=True,
        pattern=r"^[0-9]{4}-[0-9]{2}$",
        privacy=Privacy.PUBLIC,
    )
    table_code: Code = field(
        "Which of the two tables the row stands in; it is never null.",
        derived=True,
        codes=OFFICIAL_TABLES,
        privacy=Privacy.PUBLIC,
    )
    incident_count: Count = _count("All incidents.", "incidents")
    action_count: Count = _count("All actions, investigations included.")
    investigation_count: Count = _count("Investigations.")
    warning_letter_count: Count = _count("Warning letters.")
    statutory_notice_count: Count = _count("Statutory notices.")
    fpn_fly_tipping_count: Count = _count(
        "Fixed penalty notices issued specifically for fly-tipping; null before 2018-19, when they "
        "were not told apart."
    )
    fpn_duty_of_care_count: Count = _count("Fixed penalty notices for household duty of care.")
    duty_of_care_inspection_count: Count = _count("Duty of care inspections.")
    formal_caution_count: Count = _count("Formal cautions.")
    prosecution_count: Count = _count("Prosecutions.")
    injunction_count: Count = _count("Injunctions.")

    @pa.dataframe_check(error="table-unclear")
    @classmethod
    def is_of_one_table(cls, frame: pd.DataFrame) -> pd.Series:
        """A row has the total of one table: of incidents, or of actions."""
        return frame["incident_count"].notna() != frame["action_count"].notna()
