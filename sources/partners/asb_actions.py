"""The Community Protection Team's actions, from the same case system as its cases."""

import pandas as pd

from schemas.areas import Home
from schemas.codes import ASB_ACTION_KINDS, rows
from schemas.records.asb_action import AsbAction
from sources.coverage import period_in_name
from sources.dates import sheet_date
from sources.parse import text, words
from sources.spec import Column, Extent, Layout, Sheet, SourceSpec


def conform(frame: pd.DataFrame, home: Home) -> pd.DataFrame:
    """Add the month, the class of the action, and the district: the team works in its own only."""
    classes = {row["code"]: row["class"] for row in rows(ASB_ACTION_KINDS.name)}
    return frame.assign(
        month=frame["action_on"].dt.to_period("M").dt.to_timestamp(),
        lad_code=pd.Series(home.district.code, index=frame.index, dtype="category"),
        action_class_code=frame["kind_code"].astype("str").map(classes).astype("category"),
    )


ACTION_EXPORT = Layout(
    name="action export",
    format=Sheet((".xlsx",)),
    columns=(
        Column("action_reference", "Action Reference", text(), aliases=("Action Ref",)),
        Column("case_reference", "Case Reference", text(), aliases=("Case Ref",)),
        Column("case_opened_on", "Case Opened", sheet_date(has_serials=True)),
        Column("action_on", "Action Date", sheet_date(has_serials=True)),
        Column("kind_code", "Action", words(ASB_ACTION_KINDS), aliases=("Action Type",)),
    ),
    extent=Extent.DISTRICT,
    span_in_name=period_in_name,
    left_out=("Officer", "Person Contacted", "Contact Telephone", "Notes"),
)

ASB_ACTIONS = SourceSpec(
    code="asb_actions",
    partner="St Albans City and District Council (Community Protection Team)",
    elsewhere="the council (Community Protection Team)",
    title="Anti-social behaviour actions",
    record=AsbAction,
    layouts=(ACTION_EXPORT,),
    conform=conform,
)
