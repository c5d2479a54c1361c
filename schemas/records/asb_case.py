"""Cases of anti-social behaviour of the council's Community Protection Team."""

import pandas as pd
import pandera.pandas as pa

from schemas.codes import (
    ASB_CHANNELS,
    ASB_POLICE_TYPES,
    ASB_REPORTERS,
    ASB_STATUSES,
    ASB_TENURES,
    ASB_TYPOLOGIES,
)
from schemas.fields import Code, Day, Flag, Privacy, Text, field
from schemas.records.base import Record, identity


@identity(
    source="asb_cases",
    fact="asb_case",
    key=("case_reference",),
    dated_by="opened_on",
    located_by=("lsoa_code",),
    across={"dates-disordered": ("opened_on", "closed_on")},
    not_for=(
        "adding to anti-social behaviour of data.police.uk: those are incidents reported to the "
        "police, and many are known to both.",
        "turning one typology into the other: each is the judgement of whoever took the report.",
        "saying how many cases went to trial in a month: they count by when they were opened.",
    ),
)
class AsbCase(Record):
    """One case of anti-social behaviour, counted in the month in which the team opened it.

    A case, not an incident: it may be about many. It carries two typologies side by side, that of
    the Home Office (Development and Practice Report 26, 2004) and that of the police (2011);
    neither follows from the other, and nothing here maps them. The record is a live one: its
    status, and whether it went to trial, change in later exports.
    """

    case_reference: Text = field(
        "The council's reference of the case.", required=True, pattern=r"^[0-9A-Z/-]{3,20}$"
    )
    opened_on: Day = field("Day on which the team opened the case.", required=True)
    reported_by_code: Code = field("Who reported it.", codes=ASB_REPORTERS)
    reported_through_code: Code = field("Through which channel it came.", codes=ASB_CHANNELS)
    typology_code: Code = field(
        "What kind of behaviour it is by the four-way typology of the Home Office.",
        required=True,
        codes=ASB_TYPOLOGIES,
        privacy=Privacy.PUBLIC,
    )
    police_type_code: Code = field(
        "What kind it is by the three-way typology of the police; null where it was given none.",
        codes=ASB_POLICE_TYPES,
        privacy=Privacy.PUBLIC,
    )
    ward_code: Code = field("Ward (GSS code).", pattern=r"^E05[0-9]{6}$")
    ward_name: Code = field("Ward name; for people, never to join on.")
    lsoa_code: Code = field("LSOA (GSS code).", pattern=r"^[EW]01[0-9]{6}$")
    status_code: Code = field("State of the case.", required=True, codes=ASB_STATUSES)
    closed_on: Day = field("Day on which it was closed.")
    tenure_code: Code = field(
        "Tenure, hence the landlord, of the property that the case is about.", codes=ASB_TENURES
    )
    has_gone_to_trial: Flag = field("The case has gone to trial.", required=True)

    @pa.dataframe_check(error="dates-disordered")
    @classmethod
    def closes_after_it_opens(cls, frame: pd.DataFrame) -> pd.Series:
        """A case is closed on the day on which it was opened or later."""
        return ~(frame["closed_on"] < frame["opened_on"])
