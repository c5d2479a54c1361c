"""What readers are told of the views of figures: measures, areas, periods, releases, revisions.

Data only, as in `descriptions.py`, which has the views of what came.
"""

from collections.abc import Mapping

from schemas.codes import QUALIFIERS
from schemas.dictionary import Column, Described
from schemas.fields import Privacy
from schemas.measures import Grain, Kind

PUBLIC = Privacy.PUBLIC
DELIVERY = "csp_delivery_v1.id"
_MEASURE, _AREA, _PERIOD = "csp_measure_v1.code", "csp_area_v1.code", "csp_period_v1.code"
_YES_OR_NO: Mapping[str | int, str] = {0: "no", 1: "yes"}
_MARKS: Mapping[str | int, str] = {"": "there is a value", "x": "not available"}
_SHOWN_MARKS: Mapping[str | int, str] = {**_MARKS, "c": "confidential: it was not shown"}
SOURCE = "Code of the source (the export that brings it), such as police_crime"
FIRST_OF_MONTH = "First day of the month."
_MEASURE_CAVEATS = (
    "`measure_label` is not unique: all crime of the force's extract and all crime of "
    "data.police.uk are `all-crime` and `street-all-crime`. Street-level crime is not police "
    "recorded crime: another source, with other categories and anonymous places.",
    "Domestic abuse crime is a flag on crimes that are counted under other measures too; of "
    "`csp_measure_v1`, only what `is_additive` adds up to its parent.",
    "The county contains the district: areas are never added to each other.",
    "Figures change when a partner sends months again.",
)
_MEASURE_NOT_FOR = (
    "publication as it stands: a figure with `is_held` = 1 waits for a person's answer, and small "
    "counts are not suppressed here.",
)
_FIGURE: Mapping[str, Column] = {
    "measure_code": Column("Measure.", refers_to=_MEASURE, privacy=PUBLIC),
    "measure_label": Column("Its printed name; for people, never to join on.", privacy=PUBLIC),
    "unit": Column("What is counted: recorded crimes, incidents, people.", privacy=PUBLIC),
    "area_code": Column(
        "Area (GSS code) that it is counted in.", refers_to=_AREA, privacy=PUBLIC
    ),
    "area_name": Column("Its printed name.", privacy=PUBLIC),
    "is_held": Column(
        "1 while a hold stands against a month of the figure: not to be published.",
        values=_YES_OR_NO,
    ),
    "is_provisional": Column(
        "1 until the year-end pack of its financial year has been published.",
        values=_YES_OR_NO, privacy=PUBLIC,
    ),
    "is_revised": Column(
        "1 where the value is not the one that the last release with this figure printed.",
        values=_YES_OR_NO, privacy=PUBLIC,
    ),
}  # fmt: skip
_QUALIFIERS: dict[str | int, str] = {"": "exact"}
_QUALIFIERS.update(QUALIFIERS.labels)
_QUALIFIER = Column(
    "What a partner says of its figure; '' where it is exact.",
    values=_QUALIFIERS, privacy=PUBLIC,
)  # fmt: skip
_AS_AT = Column(
    "Date at or to which the figure stands; null for what happened in the period.",
    nullable=True, privacy=PUBLIC,
)  # fmt: skip
_IN_ITS_UNIT = "as column `unit` says"
_OF_ITS_MEASURE = "as `unit` of csp_measure_v1 says"


def _compared(period: str) -> Mapping[str, Column]:
    return {
        "mark": Column("Why there is no value.", values=_MARKS, privacy=PUBLIC),
        "previous": Column(
            f"The figure of the same {period} of the year before; null where it is not known.",
            unit=_IN_ITS_UNIT, nullable=True,
        ),
        "previous_mark": Column("Why there is no previous value.", values=_MARKS, privacy=PUBLIC),
        "change": Column(
            "Value less previous value; null where either is not known.",
            unit=_IN_ITS_UNIT, nullable=True,
        ),
    }  # fmt: skip


def _by_period(period: str, months: int, example: str) -> Described:
    """Describe the view of a kind of period; the views of all kinds have the same columns."""
    columns = {
        **_FIGURE,
        f"{period}_code": Column(
            f"Financial {period}, such as {example}.", refers_to=_PERIOD, privacy=PUBLIC
        ),
        "months_present": Column(
            f"Months of the {period} that are known, of {months}.",
            unit="months", low=0, high=months,
        ),
        "value": Column(
            f"The figure; null where a month of the {period} is not known. 0 is a true zero.",
            unit=_IN_ITS_UNIT, nullable=True,
        ),
        **_compared(period),
    }  # fmt: skip
    return Described(
        row=f"A measure in an area and financial {period}, beside that of twelve months before.",
        key=("measure_code", "area_code", f"{period}_code"),
        columns=columns,
        caveats=(
            f"A {period} has a row as soon as one of its months has come, and a value only when "
            "all have.",
            *_MEASURE_CAVEATS,
        ),
        not_for=_MEASURE_NOT_FOR,
    )


FIGURES: Mapping[str, Described] = {
    "csp_measure_month_v1": Described(
        row="A measure in an area and month that a delivery covers.",
        key=("measure_code", "area_code", "month"),
        columns={
            **_FIGURE,
            **_compared("month"),
            "month": Column(FIRST_OF_MONTH, privacy=PUBLIC),
            "quarter_code": Column(
                "Financial quarter of the month, such as 2020-21-Q4.", refers_to=_PERIOD,
                privacy=PUBLIC,
            ),
            "year_code": Column(
                "Financial year of the month, such as 2020-21.", refers_to=_PERIOD, privacy=PUBLIC
            ),
            "value": Column(
                "The figure; null while nobody knows whether the month was empty or is missing. "
                "0 is a true zero.",
                unit=_IN_ITS_UNIT, nullable=True,
            ),
        },
        caveats=(
            "A month that no delivery covers has no row: it is not available, and never 0.",
            *_MEASURE_CAVEATS,
        ),
        not_for=_MEASURE_NOT_FOR,
    ),
    "csp_measure_quarter_v1": _by_period("quarter", 3, "2020-21-Q4 for January to March 2021"),
    "csp_measure_year_v1": _by_period("year", 12, "2020-21 for April 2020 to March 2021"),
    "csp_measure_stated_v1": Described(
        row="A measure in an area and period, as a partner states it or as it follows from that.",
        key=("measure_code", "area_code", "period_code"),
        columns={
            **_FIGURE,
            "kind": Column(
                "As in csp_measure_v1.", values={kind.value: kind.value for kind in Kind},
                privacy=PUBLIC,
            ),
            "period_code": Column(
                "Quarter or year by its code, a month by its first day (2020-04-01). The code of "
                "a second or third quarter with -YTD is April up to its end.",
                privacy=PUBLIC,
            ),
            "first_month": Column("First day of its first month.", privacy=PUBLIC),
            "last_month": Column("First day of its last month.", privacy=PUBLIC),
            "year_code": Column("Financial year that it lies in.", privacy=PUBLIC),
            "value": Column("The figure; 0 is a true zero.", unit=_IN_ITS_UNIT),
            "qualifier": _QUALIFIER,
            "as_at_on": _AS_AT,
            "previous": Column(
                "The figure of the same period of the year before; null where it is not known.",
                unit=_IN_ITS_UNIT, nullable=True,
            ),
            "previous_qualifier": Column(
                "What is said of the previous figure; '' where it is exact or not known.",
                values=_QUALIFIERS, privacy=PUBLIC,
            ),
            "previous_as_at_on": Column(
                "Date at or to which it stands; null for what happened, and where it is not known.",
                nullable=True, privacy=PUBLIC,
            ),
            "change": Column(
                "Value less previous value; null where either is not known or is qualified, and "
                "for totals up to a date.",
                unit=_IN_ITS_UNIT, nullable=True,
            ),
        },
        caveats=(
            "A figure of a quarter or a year stands for that alone: it is never divided. Flows of "
            "months come to the quarter, those of quarters to the year, where all are there and "
            "none is qualified. Of what stands at a date the last one within the period is its "
            "figure. What is not stated, and does not follow, has no row: it is not available.",
            "A budget (`kind` is budget) is what was granted for the financial year, as the "
            "payments up to the end of the period state it; each grant of a project and a funder "
            "is taken once, however many payments it has. Budgets of parts of a year are never "
            "added. One that no payment states has no row, nor has what it is a part of.",
            "Figures change when a partner sends its form, or the ledger its payments, again.",
        ),
        not_for=_MEASURE_NOT_FOR,
    ),
    "csp_measure_v1": Described(
        row="A measure, as the program defines it.",
        key=("code",),
        columns={
            "code": Column("Code of the measure.", privacy=PUBLIC),
            "position": Column("Its place in the order of the report.", low=1, privacy=PUBLIC),
            "label": Column("Its printed name; for people, never to join on.", privacy=PUBLIC),
            "unit": Column("What is counted: recorded crimes, incidents.", privacy=PUBLIC),
            "kind": Column(
                "Whether months add up to a year, or each is a state at its end.",
                values={
                    Kind.FLOW.value: "happens over time: months add up",
                    Kind.STOCK.value: "stands at a moment",
                    Kind.CUMULATIVE.value: "a total since it began, up to a date",
                    Kind.BUDGET.value: "granted for a financial year: never added over time",
                },
                privacy=PUBLIC,
            ),
            "grain": Column(
                "For which periods it has figures, and so which view they are in.",
                values={
                    Grain.MONTH.value: "every month: csp_measure_month_v1, _quarter_v1, _year_v1",
                    Grain.STATED.value: "those that are stated: csp_measure_stated_v1",
                },
                privacy=PUBLIC,
            ),
            "source": Column(f"{SOURCE}.", privacy=PUBLIC),
            "parent": Column(
                "Code of the measure that this is a part of; '' where there is none.",
                privacy=PUBLIC,
            ),
            "breakdown": Column(
                "By what its parent is parted, where that is done in several ways (land, waste, "
                "size); else ''.",
                privacy=PUBLIC,
            ),
            "is_additive": Column(
                "It adds up to its parent with the others of the same breakdown; false for an "
                "\"of which\", which overlaps them.",
                privacy=PUBLIC,
            ),
            "definition": Column(
                "What is and is not counted; '' where the label says it.", privacy=PUBLIC
            ),
        },
    ),
    "csp_area_v1": Described(
        row="An area that measures are worked out for, or a release has a figure of.",
        key=("code",),
        columns={
            "code": Column(
                "GSS code of a district, county, region, police force, fire service, health area "
                "or ward; L and eight digits: one of our own, for a locality.", privacy=PUBLIC
            ),
            "name": Column("Its printed name.", privacy=PUBLIC),
        },
    ),
    "csp_period_v1": Described(
        row="A month, financial quarter, year to date or financial year of figures by month.",
        key=("code",),
        columns={
            "code": Column(
                "Code of the period: 2021-03-01 for a month, 2020-21-Q4, 2020-21-Q3-YTD, 2020-21.",
                privacy=PUBLIC,
            ),
            "kind": Column(
                "What kind of period it is.",
                values={
                    "month": "month", "quarter": "financial quarter",
                    "to date": "financial year to date", "year": "financial year",
                },
                privacy=PUBLIC,
            ),
            "label": Column(
                "As it is printed: Mar 2021, Jan to Mar 2021, Apr 2020 to Mar 2021.",
                privacy=PUBLIC,
            ),
            "first_month": Column("First day of its first month.", privacy=PUBLIC),
            "last_month": Column("First day of its last month.", privacy=PUBLIC),
            "year_code": Column("Financial year that it lies in.", privacy=PUBLIC),
        },
        caveats=(
            "A period is here as soon as one of its months has a figure.",
            "Years to date are those of the second and third quarter: that of the first is the "
            "quarter itself, that of the fourth the year. Only releases have figures of them.",
        ),
    ),
    "csp_release_v1": Described(
        row="A pack that was published; the same figures again are no new release.",
        key=("id",),
        columns={
            "id": Column("Number of the release, as packs print it.", privacy=PUBLIC),
            "period_code": Column(
                "Period of the pack: 2020-21-Q4 or 2020-21.", refers_to=_PERIOD, privacy=PUBLIC
            ),
            "published_at": Column("When it was published (UTC).", privacy=PUBLIC),
            "program_version": Column("Version of csp that made it.", privacy=PUBLIC),
            "content_sha256": Column("Fingerprint of all its figures.", privacy=PUBLIC),
            "delivery_id": Column(
                "Newest delivery that it knew of; null where there was none.",
                refers_to=DELIVERY, nullable=True,
            ),
            "manifest": Column(
                "The manifest of the pack (JSON): its inputs by hash, and holds released by whom."
            ),
            "audience": Column(
                "For whom it was made.", privacy=PUBLIC,
                values={
                    "public": "small counts and what tells them are left out",
                    "partnership": "with every figure; not for publication",
                },
            ),
        },
        caveats=("The last release of a period for an audience is the one that stands.",),
    ),
    "csp_release_cell_v1": Described(
        row="A figure of a release, as it was published.",
        key=("release_id", "measure_code", "area_code", "period_code"),
        columns={
            "release_id": Column(
                "Release that printed it.", refers_to="csp_release_v1.id", privacy=PUBLIC
            ),
            "measure_code": Column("Measure.", refers_to=_MEASURE, privacy=PUBLIC),
            "area_code": Column("Area (GSS code).", refers_to=_AREA, privacy=PUBLIC),
            "period_code": Column(
                "Quarter or year by its code, a month by its first day (2020-04-01). The code of "
                "a second or third quarter with -YTD is April up to its end.",
                privacy=PUBLIC,
            ),
            "value": Column(
                "The figure; null where there was none, for which see the mark.",
                unit=_OF_ITS_MEASURE, nullable=True, privacy=PUBLIC,
            ),
            "mark": Column("Why there was no value.", values=_SHOWN_MARKS, privacy=PUBLIC),
            "qualifier": _QUALIFIER,
            "as_at_on": _AS_AT,
        },
        caveats=(
            "What was published stays as it was: later figures are in the measure views.",
            "A release for the public has no value where it printed [c], nor for months, and "
            "quarters of what is stated of people, that it did not print: the mark is c there.",
            "Releases for the partnership have figures of wards: all crime, anti-social behaviour "
            "and fly-tips, of the period itself. With what is in no known ward they add up to the "
            "district's. No measure view has wards.",
        ),
    ),
    "csp_revision_v1": Described(
        row="A figure of a month that a delivery changed: what it was, and what it became.",
        key=("measure_code", "area_code", "month", "delivery_id"),
        columns={
            "measure_code": Column("Measure.", refers_to=_MEASURE, privacy=PUBLIC),
            "area_code": Column("Area (GSS code).", refers_to=_AREA, privacy=PUBLIC),
            "month": Column(FIRST_OF_MONTH, privacy=PUBLIC),
            "quarter_code": Column(
                "Financial quarter of the month.", refers_to=_PERIOD, privacy=PUBLIC
            ),
            "year_code": Column("Financial year of the month.", refers_to=_PERIOD, privacy=PUBLIC),
            "was": Column("What it was.", unit=_OF_ITS_MEASURE),
            "became": Column(
                "What the delivery made of it; null where it is no longer known.",
                unit=_OF_ITS_MEASURE, nullable=True,
            ),
            "delivery_id": Column("Delivery that changed it.", refers_to=DELIVERY),
        },
        caveats=("Of any change of a figure, whether it had been published or not.",),
    ),
}  # fmt: skip
"""Every view of figures."""
