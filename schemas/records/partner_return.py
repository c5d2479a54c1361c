"""What partners without a case system report on the partnership's form, figure by figure."""

import pandas as pd
import pandera.pandas as pa

from schemas.codes import FIGURE_KINDS, QUALIFIERS, REPORTERS
from schemas.fields import Code, Count, Day, Privacy, Text, field
from schemas.measures import MEASURES, PERCENT, Kind
from schemas.records.base import Record, identity

OF_ITS_MEASURE = "as the measure says"


@identity(
    source="partner_return",
    fact="partner_return",
    key=("measure_code", "area_code", "period_code"),
    dated_by="ends_on",
    holds_figures=True,
    across={
        "kind-not-of-measure": ("measure_code", "kind_code"),
        "kind-without-its-period": ("kind_code", "period_code"),
        "percent-too-high": ("measure_code", "value"),
        "percent-differs": ("value", "numerator", "denominator"),
    },
    derived_from={"ends_on": ("period_code",), "as_at_on": ("period_code",)},
    not_for=(
        "adding up: a figure stands for its own period and area, and many are no parts of a whole.",
    ),
)
class PartnerReturn(Record):
    """One figure that a partner states: a measure in an area and period, as it is to be printed.

    It is counted in the month in which its period ends, or in that of its date.
    """

    reporter_code: Code = field(
        "Partner that states the figure.", required=True, codes=REPORTERS, privacy=Privacy.PUBLIC
    )
    measure_code: Code = field(
        "Measure, one of those that the partner reports.",
        required=True,
        pattern=r"^[a-z]+(-[a-z]+)*$",
        privacy=Privacy.PUBLIC,
    )
    area_code: Code = field(
        "Area that the figure is for: its GSS code, or one of our own (L) for a locality.",
        required=True,
        pattern=r"^[EWL][0-9]{8}$",
        privacy=Privacy.PUBLIC,
    )
    period_code: Text = field(
        "Period of the figure: a month by its first day, a quarter (2020-21-Q1), a year (2020-21), "
        "or the date at or to which it stands (at 2021-03-31).",
        required=True,
        pattern=r"^(at )?[0-9]{4}-[0-9]{2}(-(Q[1-4]|[0-9]{2}))?$",
        privacy=Privacy.PUBLIC,
    )
    ends_on: Day = field(
        "Last day of the period, or the date.", required=True, derived=True, privacy=Privacy.PUBLIC
    )
    as_at_on: Day = field(
        "Date at or to which the figure stands; null for what happened in a period.",
        derived=True,
        privacy=Privacy.PUBLIC,
    )
    kind_code: Code = field(
        "Whether it happened in the period, stands at a date, or is a total up to one.",
        required=True,
        codes=FIGURE_KINDS,
        privacy=Privacy.PUBLIC,
    )
    value: Count = field(
        "The figure.",
        unit=OF_ITS_MEASURE,
        required=True,
        low=0,
        high=2_000_000_000,
        privacy=Privacy.PUBLIC,
    )
    numerator: Count = field(
        "Of a percentage: how many of the whole.", unit=OF_ITS_MEASURE, low=0, high=2_000_000_000
    )
    denominator: Count = field(
        "Of a percentage: the whole.", unit=OF_ITS_MEASURE, low=1, high=2_000_000_000
    )
    qualifier_code: Code = field(
        "What the partner says of the figure (more than, about); null where it is exact.",
        codes=QUALIFIERS,
        privacy=Privacy.PUBLIC,
    )
    previous_value: Count = field(
        "The figure of a year before, as the partner remembers it; it is printed nowhere.",
        unit=OF_ITS_MEASURE,
        low=0,
        high=2_000_000_000,
    )
    definition: Text = field("What the partner counts, in its own words.")

    @pa.dataframe_check(error="kind-not-of-measure")
    @classmethod
    def has_the_kind_of_its_measure(cls, frame: pd.DataFrame) -> pd.Series:
        """A flow is reported as a flow, a stock as a stock."""
        wanted = frame["measure_code"].astype("str").map({c: m.kind for c, m in MEASURES.items()})
        kind = frame["kind_code"].astype("str")
        return wanted.isna() | kind.isna() | kind.eq(wanted)

    @pa.dataframe_check(error="kind-without-its-period")
    @classmethod
    def has_the_period_of_its_kind(cls, frame: pd.DataFrame) -> pd.Series:
        """What happens has a period; what stands has a date."""
        is_flow = frame["kind_code"].astype("str").eq(Kind.FLOW.value)
        is_dated = frame["period_code"].astype("str").str.startswith("at ").fillna(False)
        return is_flow != is_dated.astype(bool)

    @pa.dataframe_check(error="percent-too-high")
    @classmethod
    def is_at_most_all(cls, frame: pd.DataFrame) -> pd.Series:
        """No share is above 100 percent."""
        return ~(_is_percent(frame) & frame["value"].gt(100).fillna(False).astype(bool))

    @pa.dataframe_check(error="percent-differs")
    @classmethod
    def is_the_share_of_its_parts(cls, frame: pd.DataFrame) -> pd.Series:
        """A percentage is its numerator of its denominator, both or neither given."""
        above, below = frame["numerator"].astype("float64"), frame["denominator"].astype("float64")
        has_both, has_none = above.notna() & below.notna(), above.isna() & below.isna()
        near = (100 * above - frame["value"].astype("float64") * below).abs() <= below / 2
        return has_none | (has_both & near)


def _is_percent(frame: pd.DataFrame) -> pd.Series:
    shares = [code for code, measure in MEASURES.items() if measure.unit == PERCENT]
    return frame["measure_code"].astype("str").isin(shares)
