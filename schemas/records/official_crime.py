"""What the Home Office publishes of crime in the partnership's area, by offence and quarter."""

import pandas as pd
import pandera.pandas as pa

from schemas.fields import Code, Count, Day, Flag, Privacy, Text, field
from schemas.records.base import Record, identity


@identity(
    source="official_crime",
    fact="official_crime",
    key=("lad_code", "period_code", "offence_code"),
    dated_by="ends_on",
    holds_figures=True,
    across={"offence-unmapped": ("offence_code", "ends_on")},
    derived_from={
        "period_code": ("ends_on",),
        "offence_name": ("offence_code", "ends_on"),
        "report_row_code": ("offence_code", "ends_on"),
        "is_counted": ("offence_code", "ends_on"),
    },
    not_for=(
        "adding to the force's own records: both count the same crimes.",
        "months: the Home Office publishes quarters.",
    ),
)
class OfficialCrime(Record):
    """One number of crimes: an offence in the partnership's area and a financial quarter.

    The Home Office draws its copy from the force's records at one moment and revises it later. A
    row is counted in the month in which its quarter ends. Groups and rows of the police table are
    those of our own list, as the publication's labels have changed from year to year.
    """

    ends_on: Day = field("Last day of the quarter.", required=True, privacy=Privacy.PUBLIC)
    period_code: Text = field(
        "Financial quarter of the figure (2020-21-Q1).",
        required=True,
        derived=True,
        pattern=r"^[0-9]{4}-[0-9]{2}-Q[1-4]$",
        privacy=Privacy.PUBLIC,
    )
    offence_code: Code = field(
        "Home Office offence code.",
        required=True,
        pattern=r"^[0-9A-Z/]{1,8}$",
        privacy=Privacy.PUBLIC,
    )
    offence_name: Code = field(
        "Name of the offence on the code list of its date; null where the code is not listed.",
        derived=True,
        privacy=Privacy.PUBLIC,
    )
    report_row_code: Code = field(
        "Row of the police table that the offence belongs to; null for the residual.",
        derived=True,
        privacy=Privacy.PUBLIC,
    )
    offence_count: Count = field(
        "Offences recorded in the quarter; below 0 where more were taken back than recorded.",
        unit="recorded crimes",
        required=True,
        low=-100_000,
        high=1_000_000,
        privacy=Privacy.PUBLIC,
    )
    is_counted: Flag = field(
        "Counted as recorded crime: it is not fraud.",
        required=True,
        derived=True,
        privacy=Privacy.PUBLIC,
    )

    @pa.dataframe_check(error="offence-unmapped")
    @classmethod
    def offence_is_mapped(cls, frame: pd.DataFrame) -> pd.Series:
        """The offence code is on the list of notifiable offences as at the quarter's end."""
        return (
            frame["offence_name"].notna() | frame["offence_code"].isna() | frame["ends_on"].isna()
        )
