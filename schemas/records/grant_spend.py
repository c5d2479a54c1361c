"""What was spent of the grants that the partnership's projects are paid from."""

import pandas as pd
import pandera.pandas as pa

from schemas.codes import GRANT_FUNDERS, GRANT_PROJECTS
from schemas.fields import Code, Count, Day, Privacy, Text, field
from schemas.records.base import Grants, Record, identity


@identity(
    source="grant_spend",
    fact="grant_payment",
    key=("payment_reference",),
    dated_by="paid_on",
    across={"spend-over-budget": ("budget_pence", "spend_pence")},
    grants=Grants(per=("project_code", "funder_code"), granted="budget_pence", drawn="spend_pence"),
    not_for=(
        "adding budgets up: the budget of a grant stands on each of its payments. The measures "
        "`grant-budget` and those under it, in `csp_measure_stated_v1`, take it once.",
        "saying what a project cost: other funders and work that nobody paid for are not in it.",
    ),
)
class GrantSpend(Record):
    """One payment for a project out of one funder's grant, counted in the month of the payment.

    Amounts are whole pence. A project, a funder and a financial year are one grant. `budget_pence`
    is what was granted; it stands on every payment from the grant and is never added. Where
    payments state different budgets the one of the latest payment holds. A payment of 0 states a
    budget from which nothing was paid yet. A payment beyond its budget is told with a warning, and
    counted; a grant from which more was paid than it has holds publication.
    """

    payment_reference: Text = field(
        "The ledger's reference of the payment.", required=True, pattern=r"^[0-9A-Z/-]{3,20}$"
    )
    paid_on: Day = field("Day of the payment.", required=True)
    project_code: Code = field(
        "Project that was paid for.", required=True, codes=GRANT_PROJECTS, privacy=Privacy.PUBLIC
    )
    funder_code: Code = field(
        "Who gave the grant.", required=True, codes=GRANT_FUNDERS, privacy=Privacy.PUBLIC
    )
    budget_pence: Count = field(
        "What the funder granted the project for the financial year, in whole pence.",
        unit="pence",
        low=0,
        high=10_000_000_000,
    )
    spend_pence: Count = field(
        "What was paid, in whole pence.",
        unit="pence",
        required=True,
        privacy=Privacy.PUBLIC,
        low=0,
        high=10_000_000_000,
    )

    @pa.dataframe_check(error="spend-over-budget")
    @classmethod
    def is_within_its_budget(cls, frame: pd.DataFrame) -> pd.Series:
        """No payment is greater than the budget that it is made from."""
        return ~(frame["spend_pence"] > frame["budget_pence"]).fillna(False).astype(bool)
