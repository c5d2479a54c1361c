"""What the council's Community Protection Team did about anti-social behaviour."""

import pandas as pd
import pandera.pandas as pa

from schemas.codes import ASB_ACTION_CLASSES, ASB_ACTION_KINDS
from schemas.fields import Code, Day, Privacy, Text, field
from schemas.records.base import Record, identity

MARAC = "marac"


@identity(
    source="asb_actions",
    fact="asb_action",
    key=("action_reference",),
    dated_by="action_on",
    derived_from={"action_class_code": ("kind_code",)},
    across={
        "dates-disordered": ("case_opened_on", "action_on"),
        "action-without-case": ("case_reference", "kind_code"),
    },
    not_for=(
        "counting cases: one case has many actions, and a few actions belong to none.",
        "adding all rows up: safeguarding contacts and MARAC meetings are no actions.",
        "the council's fly-tipping enforcement, which is in the fly-tipping records.",
    ),
)
class AsbAction(Record):
    """One action of the team, counted in the month of the action, whenever its case was opened.

    Investigation (calls, interviews, visits) stands apart from enforcement; `asb_action_kinds.csv`
    says of each kind which it is. Contacts with safeguarding services and MARAC meetings attended
    are kept beside them and are in neither. A case has many actions. An action that names no case
    is told with a warning, unless it is a MARAC meeting. Whether the case that it names came in a
    file of `asb_cases` is not checked: sources are checked one by one, and a case may have been
    opened before csp knew of any. Join on `case_reference` to find those without.
    """

    action_reference: Text = field(
        "The council's reference of the action.", required=True, pattern=r"^[0-9A-Z/-]{3,20}$"
    )
    case_reference: Text = field(
        "Reference of the case that it belongs to, as in `asb_cases`; null for a MARAC meeting.",
        pattern=r"^[0-9A-Z/-]{3,20}$",
    )
    case_opened_on: Day = field("Day on which that case was opened.")
    action_on: Day = field("Day of the action.", required=True)
    kind_code: Code = field(
        "What was done.", required=True, codes=ASB_ACTION_KINDS, privacy=Privacy.PUBLIC
    )
    action_class_code: Code = field(
        "Whether that is investigation, enforcement, a safeguarding contact or a MARAC meeting.",
        required=True,
        derived=True,
        codes=ASB_ACTION_CLASSES,
        privacy=Privacy.PUBLIC,
    )

    @pa.dataframe_check(error="dates-disordered")
    @classmethod
    def follows_its_case(cls, frame: pd.DataFrame) -> pd.Series:
        """An action comes on the day on which its case was opened or later."""
        return ~(frame["action_on"] < frame["case_opened_on"])

    @pa.dataframe_check(error="action-without-case")
    @classmethod
    def names_its_case(cls, frame: pd.DataFrame) -> pd.Series:
        """Only a MARAC meeting belongs to no single case."""
        return frame["case_reference"].notna() | frame["action_class_code"].isin([MARAC])
