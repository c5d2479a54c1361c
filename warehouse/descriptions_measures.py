"""What readers are told of the views of figures: measures, areas, periods, releases, revisions.

Data only, as in `descriptions.py`, which has the views of what came.
"""

from collections.abc import Mapping

from schemas.dictionary import Column, Described
from schemas.fields import Privacy
from schemas.measures import Kind

PUBLIC = Privacy.PUBLIC
DELIVERY = "csp_delivery_v1.id"
SOURCE = "Code of the source (the export that brings it), such as police_crime"
FIRST_OF_MONTH = "First day of the month."
_MEASURE, _AREA, _PERIOD = "csp_measure_v1.code", "csp_area_v1.code", "csp_period_v1.code"
_YES_OR_NO: Mapping[str | int, str] = {0: "no", 1: "yes"}
_MARKS: Mapping[str | int, str] = {"": "there is a value", "x": "not available"}
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
        "1 until the pack of its financial year has been published.", values=_YES_OR_NO
    ),
    "is_revised": Column(
        "1 where it is another figure now than when it was last published.", values=_YES_OR_NO
    ),
    "mark": Column("Why there is no value.", values=_MARKS, privacy=PUBLIC),
    "previous_mark": Column("Why there is no previous value.", values=_MARKS, privacy=PUBLIC),
}  # fmt: skip
_IN_ITS_UNIT = "as column `unit` says"


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
        "previous": Column(
            f"The figure of the same {period} of the year before; null where it is not known.",
            unit=_IN_ITS_UNIT, nullable=True,
        ),
        "change": Column(
            "Value less previous value; null where either is not known.",
            unit=_IN_ITS_UNIT, nullable=True,
        ),
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
            "previous": Column(
                "The figure of the same month of the year before; null where it is not known.",
                unit=_IN_ITS_UNIT, nullable=True,
            ),
            "change": Column(
                "Value less previous value; null where either is not known.",
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
        row="An area that measures are worked out for.",
        key=("code",),
        columns={
            "code": Column(
                "GSS code of a district, county, police force or fire service.", privacy=PUBLIC
            ),
            "name": Column("Its printed name.", privacy=PUBLIC),
        },
    ),
    "csp_period_v1": Described(
        row="A month, financial quarter, year to date or financial year that a figure stands for.",
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
        row="A pack that was published; the same figures published again are no new one.",
        key=("id",),
        columns={
            "id": Column("Number of the release, in the order of publication.", low=1),
            "period_code": Column("Quarter or year of the pack, such as 2020-21-Q4 or 2020-21."),
            "published_at": Column("When it was published (UTC)."),
            "program_version": Column("Version of csp that published it."),
            "content_sha256": Column(
                "SHA-256 of all its figures.", pattern="^[0-9a-f]{64}$"
            ),
            "delivery_id": Column(
                "Newest delivery that it knew; null where nothing had come.", nullable=True,
                refers_to=DELIVERY,
            ),
            "manifest": Column("The manifest of the pack, as JSON: inputs by hash, and holds."),
        },
    ),
    "csp_release_cell_v1": Described(
        row="A figure of a release, as it was published.",
        key=("release_id", "measure_code", "area_code", "period_code"),
        columns={
            "release_id": Column("The release.", refers_to="csp_release_v1.id"),
            "measure_code": Column("Measure, as it was named then.", privacy=PUBLIC),
            "area_code": Column("Area (GSS code) that it was counted in.", privacy=PUBLIC),
            "period_code": Column(
                "Code of the period, as in `csp_period_v1`; it is not there while nothing is "
                "loaded for it.",
                privacy=PUBLIC,
            ),
            "value": Column(
                "The figure; null where there was none: see the mark.",
                unit="as csp_measure_v1.unit says", nullable=True, privacy=PUBLIC,
            ),
            "mark": Column("Why there was no value.", values=_MARKS, privacy=PUBLIC),
        },
        caveats=("A release never changes; what its figures are now is in the views of measures.",),
    ),
    "csp_revision_v1": Described(
        row="A version of a measure's month that a later delivery took the place of.",
        columns={
            "measure_code": Column("Measure.", refers_to=_MEASURE),
            "area_code": Column("Area (GSS code) that it is counted in.", refers_to=_AREA),
            "month": Column(FIRST_OF_MONTH),
            "quarter_code": Column("Financial quarter of the month.", refers_to=_PERIOD),
            "year_code": Column("Financial year of the month.", refers_to=_PERIOD),
            "was": Column("The figure before.", unit="as csp_measure_v1.unit says"),
            "became": Column(
                "What the delivery made of it; null where it is no longer known.",
                unit="as csp_measure_v1.unit says", nullable=True,
            ),
            "delivery_id": Column("The delivery that changed it.", refers_to=DELIVERY),
        },
        not_for=("what was published and then changed: that is `is_revised`, and a pack's [r].",),
    ),
}  # fmt: skip
"""Every view of figures."""
