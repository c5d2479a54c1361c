"""The form on which partners without a case system state figures: one layout a partner.

All have the same headings; whose form it is, the first row says. A partner may report its own
measures alone, so that no figure comes from two hands.
"""

import pandas as pd

from schemas.areas import Area, Home
from schemas.codes import FIGURE_KINDS, QUALIFIERS, REPORTERS
from schemas.records.partner_return import PartnerReturn
from schemas.reporters import measures_by, reporters
from sources.coverage import period_in_name
from sources.parse import integer, text, words
from sources.spec import Column, Layout, ReporterExtent, Sheet, SourceSpec
from sources.stated import area, last_day, one_of, period

FIGURES, NOTES, LISTS = "Figures", "How to fill it in", "Lists"
"""The sheets of the form."""


def conform(frame: pd.DataFrame, home: Home) -> pd.DataFrame:
    """Add the last day of each period, the date of what stands at one, month and district."""
    codes = frame["period_code"].astype("str")
    ends = pd.to_datetime(codes.map(last_day, na_action="ignore")).astype("datetime64[ns]")
    is_dated = codes.str.startswith("at ").fillna(False).astype(bool)
    areas = frame["area_code"].astype("str")
    is_district = areas.str.match("E0[6-9]").fillna(False).astype(bool)
    return frame.assign(
        ends_on=ends,
        as_at_on=ends.where(is_dated),
        month=ends.dt.to_period("M").dt.to_timestamp(),
        lad_code=areas.where(is_district, home.district.code).astype("category"),
    )


def _words_of(reporter: Area) -> tuple[str, ...]:
    """Return the words by which a partner may name itself, its printed name first."""
    also = [word for word, code in REPORTERS.words.items() if code == reporter.code]
    return (reporter.name, *also)


def layout_of(reporter: Area) -> Layout:
    """Return the layout of one partner's form."""
    own = measures_by(reporter.code)
    meanings = {m.label: m.code for m in own} | {m.code: m.code for m in own}
    return Layout(
        name=f"partner return: {reporter.name}",
        format=Sheet((".xlsx",), beside=(NOTES, LISTS)),
        columns=(
            Column(
                "reporter_code", "Partner",
                one_of(dict.fromkeys(_words_of(reporter), reporter.code), [reporter.name]),
            ),
            Column("measure_code", "Measure", one_of(meanings, [m.label for m in own])),
            Column("area_code", "Area", area()),
            Column("period_code", ("Period", "Date"), period()),
            Column("kind_code", "Kind", words(FIGURE_KINDS)),
            Column("value", "Value", integer()),
            Column("numerator", "Numerator", integer()),
            Column("denominator", "Denominator", integer()),
            Column("qualifier_code", "Qualifier", words(QUALIFIERS)),
            Column("previous_value", "Previous value", integer()),
            Column("definition", "What is counted", text()),
        ),
        extent=ReporterExtent(reporter),
        span_in_name=period_in_name,
        spoken_by=("Partner", _words_of(reporter)),
        must_name_months=True,
    )  # fmt: skip


PARTNER_RETURN = SourceSpec(
    code="partner_return",
    partner="Partners that report by form",
    title="Partner return",
    record=PartnerReturn,
    layouts=tuple(layout_of(reporter) for reporter in reporters()),
    conform=conform,
    due_days=0,
)
