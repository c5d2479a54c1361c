"""Payments from the community safety grants, from the council's ledger."""

import pandas as pd

from schemas.areas import Home
from schemas.codes import GRANT_FUNDERS, GRANT_PROJECTS
from schemas.records.grant_spend import GrantSpend
from sources.coverage import period_in_name
from sources.dates import uk_date
from sources.parse import pounds_as_pence, text, words
from sources.spec import Column, Csv, Extent, Layout, SourceSpec


def conform(frame: pd.DataFrame, home: Home) -> pd.DataFrame:
    """Add the month, and the district, whose projects they are."""
    return frame.assign(
        month=frame["paid_on"].dt.to_period("M").dt.to_timestamp(),
        lad_code=pd.Series(home.district.code, index=frame.index, dtype="category"),
    )


LEDGER_EXTRACT = Layout(
    name="ledger extract",
    format=Csv(),
    columns=(
        Column("payment_reference", "Payment Reference", text(), aliases=("Payment Ref",)),
        Column("paid_on", "Payment Date", uk_date()),
        Column("project_code", "Project", words(GRANT_PROJECTS)),
        Column("funder_code", "Funder", words(GRANT_FUNDERS)),
        Column("budget_pence", "Budget (£)", pounds_as_pence(), aliases=("Budget",)),
        Column("spend_pence", "Spend (£)", pounds_as_pence(), aliases=("Spend",)),
    ),
    extent=Extent.DISTRICT,
    span_in_name=period_in_name,
    left_out=("Payee", "Raised By", "Description"),
)

GRANT_SPEND = SourceSpec(
    code="grant_spend",
    partner="St Albans City and District Council (finance)",
    elsewhere="the council (finance)",
    title="Spending from grants",
    record=GrantSpend,
    layouts=(LEDGER_EXTRACT,),
    conform=conform,
)
