"""What readers are told of each view and column that no partner's record describes: data only.

The columns of a fact view are described in the record (`schemas/records/`); the two that every fact
has are here. A view or a column without a description fails a test. Where a column may be null, its
sentence says what a null means.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from schemas.dictionary import Column
from schemas.fields import FIRST_RELEASE, Privacy
from schemas.measures import Kind
from schemas.rules import Response


@dataclass(frozen=True)
class Described:
    """One view in words: see `schemas.dictionary.View`. `columns` are by name, in any order."""

    row: str
    columns: Mapping[str, Column]
    key: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    not_for: tuple[str, ...] = ()
    since: str = FIRST_RELEASE


PUBLIC = Privacy.PUBLIC
_DELIVERY = "csp_delivery_v1.id"
_MEASURE, _AREA, _PERIOD = "csp_measure_v1.code", "csp_area_v1.code", "csp_period_v1.code"
_YES_OR_NO: Mapping[str | int, str] = {0: "no", 1: "yes"}
_MARKS: Mapping[str | int, str] = {"": "there is a value", "x": "not available"}
_SOURCE = "Code of the source (the export that brings it), such as police_crime"
_FIRST_OF_MONTH = "First day of the month."

# --- facts --------------------------------------------------------------------------------------

FACT_KEY = ("delivery_id", "source_row")
FACT_COLUMNS: Mapping[str, Column] = {
    "delivery_id": Column("Delivery that brought the row as it stands.", refers_to=_DELIVERY),
    "source_row": Column("Number of the row in the partner's file, as a spreadsheet shows it."),
}
FACT_CAVEATS = (
    "Current rows only: a row that a later delivery replaced, or no longer has, is not here. A row "
    "that came again unchanged stays with the delivery that first brought it.",
    "A null says that the partner's cell was blank, or that the layout has no such column, unless "
    "the column says otherwise.",
)

# --- measures -----------------------------------------------------------------------------------

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


def _period_figures(period: str, months: int) -> Mapping[str, Column]:
    return {
        **_FIGURE,
        **_compared(period),
        "months_present": Column(
            f"Months of the {period} that are known, of {months}.",
            unit="months", low=0, high=months,
        ),
        "value": Column(
            f"The figure; null where a month of the {period} is not known. 0 is a true zero.",
            unit=_IN_ITS_UNIT, nullable=True,
        ),
    }  # fmt: skip


_PERIOD_CAVEAT = (
    "A period has a row as soon as one of its months has come; it has a value only when all have.",
)

# --- all views ----------------------------------------------------------------------------------

DESCRIBED: Mapping[str, Described] = {
    "csp_measure_month_v1": Described(
        row="A measure in an area and month that a delivery covers.",
        key=("measure_code", "area_code", "month"),
        columns={
            **_FIGURE,
            **_compared("month"),
            "month": Column(_FIRST_OF_MONTH, privacy=PUBLIC),
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
    "csp_measure_quarter_v1": Described(
        row="A measure in an area and financial quarter, beside the same quarter a year before.",
        key=("measure_code", "area_code", "quarter_code"),
        columns={
            **_period_figures("quarter", 3),
            "quarter_code": Column(
                "Financial quarter, such as 2020-21-Q4 for January to March 2021.",
                refers_to=_PERIOD, privacy=PUBLIC,
            ),
        },
        caveats=(*_PERIOD_CAVEAT, *_MEASURE_CAVEATS),
        not_for=_MEASURE_NOT_FOR,
    ),
    "csp_measure_year_v1": Described(
        row="A measure in an area and financial year, beside the year before.",
        key=("measure_code", "area_code", "year_code"),
        columns={
            **_period_figures("year", 12),
            "year_code": Column(
                "Financial year, such as 2020-21 for April 2020 to March 2021.",
                refers_to=_PERIOD, privacy=PUBLIC,
            ),
        },
        caveats=(*_PERIOD_CAVEAT, *_MEASURE_CAVEATS),
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
                },
                privacy=PUBLIC,
            ),
            "source": Column(f"{_SOURCE}.", privacy=PUBLIC),
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
                refers_to=_DELIVERY, nullable=True,
            ),
            "manifest": Column(
                "The manifest of the pack (JSON): its inputs by hash, and holds released by whom."
            ),
        },
        caveats=("The last release of a period is the one that stands.",),
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
                "Month, quarter or year by its code; a quarter's code with -YTD is the year to "
                "date.",
                privacy=PUBLIC,
            ),
            "value": Column(
                "The figure; null where there was none, for which see the mark.",
                unit=_OF_ITS_MEASURE, nullable=True, privacy=PUBLIC,
            ),
            "mark": Column("Why there was no value.", values=_MARKS, privacy=PUBLIC),
        },
        caveats=("What was published stays as it was: later figures are in the measure views.",),
    ),
    "csp_revision_v1": Described(
        row="A figure of a month that a delivery changed: what it was, and what it became.",
        key=("measure_code", "area_code", "month", "delivery_id"),
        columns={
            "measure_code": Column("Measure.", refers_to=_MEASURE, privacy=PUBLIC),
            "area_code": Column("Area (GSS code).", refers_to=_AREA, privacy=PUBLIC),
            "month": Column(_FIRST_OF_MONTH, privacy=PUBLIC),
            "quarter_code": Column(
                "Financial quarter of the month.", refers_to=_PERIOD, privacy=PUBLIC
            ),
            "year_code": Column("Financial year of the month.", refers_to=_PERIOD, privacy=PUBLIC),
            "was": Column("What it was.", unit=_OF_ITS_MEASURE),
            "became": Column(
                "What the delivery made of it; null where it is no longer known.",
                unit=_OF_ITS_MEASURE, nullable=True,
            ),
            "delivery_id": Column("Delivery that changed it.", refers_to=_DELIVERY),
        },
        caveats=("Of any change of a figure, whether it had been published or not.",),
    ),
    "csp_period_v1": Described(
        row="A month, financial quarter or financial year that a figure stands for.",
        key=("kind", "code"),
        columns={
            "code": Column(
                "Code of the period: 2021-03, 2020-21-Q4 or 2020-21.", privacy=PUBLIC
            ),
            "kind": Column(
                "What kind of period it is.",
                values={"month": "month", "quarter": "financial quarter", "year": "financial year"},
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
            "A month and a year may share a code (2011-12 is December 2011 and April 2011 to March "
            "2012): join on `kind` too.",
            "A period is here as soon as one of its months has a figure.",
        ),
    ),
    "csp_delivery_v1": Described(
        row="A file that was received, accepted or rejected.",
        key=("id",),
        columns={
            "id": Column("Number of the delivery, in the order of receipt.", low=1),
            "source": Column(f"{_SOURCE}; '' if it was not recognised."),
            "layout": Column("Layout that it was recognised by; '' if it was not."),
            "extent": Column("Area that the file speaks for (GSS code); '' if it is not known."),
            "file_name": Column("Name of the file as it came."),
            "sha256": Column(
                "SHA-256 of its bytes, by which the archive keeps them.", pattern="^[0-9a-f]{64}$"
            ),
            "size_bytes": Column("Its size.", unit="bytes", low=0),
            "received_at": Column("When it was received (UTC)."),
            "status": Column(
                "Whether its accepted rows were loaded, or nothing of it.",
                values={"accepted": "loaded", "rejected": "refused as a whole"},
            ),
            "first_month": Column("First month that it covers; null if not known.", nullable=True),
            "last_month": Column("Last month that it covers; null if not known.", nullable=True),
            "rows_read": Column("Rows read: accepted and rejected ones.", unit="rows", low=0),
            "rows_accepted": Column("Rows that every rule accepted.", unit="rows", low=0),
            "rows_rejected": Column("Rows that a rule rejected.", unit="rows", low=0),
            "rows_new": Column("Accepted rows whose record was not there.", unit="rows", low=0),
            "rows_unchanged": Column("Accepted rows that were there already.", unit="rows", low=0),
            "rows_superseded": Column("Earlier rows that it replaced.", unit="rows", low=0),
            "program_version": Column("Version of csp that took it."),
            "rows_changed": Column(
                "Accepted rows whose record was there, different; null where it was taken by a "
                "version that did not count them.",
                unit="rows", low=0, nullable=True,
            ),
            "rows_vanished": Column(
                "Earlier rows whose record the file has no more; null where it was taken by a "
                "version that did not count them.",
                unit="rows", low=0, nullable=True,
            ),
            "corrections_sha256": Column(
                "Fingerprint of the corrections on record that were made to it; blank if none."
            ),
            "bytes_removed_at": Column(
                "When retention removed the bytes (UTC); null while they are kept.", nullable=True
            ),
        },
        caveats=(
            "A rejected delivery changed nothing else: its rows are in no other view but "
            "`csp_issue_v1`.",
            "`first_month` and `last_month` are the first days of the months.",
        ),
    ),
    "csp_delivery_month_v1": Described(
        row="A month that an accepted delivery covers.",
        key=("delivery_id", "month"),
        columns={
            "delivery_id": Column("The delivery.", refers_to=_DELIVERY),
            "month": Column(_FIRST_OF_MONTH),
            "row_count": Column(
                "Rows of the month that were current once it was loaded.", unit="rows", low=0
            ),
        },
        not_for=("counting what is current now: a later delivery may have replaced the month.",),
    ),
    "csp_issue_v1": Described(
        row="A finding in a delivery: place and rule, never the value.",
        columns={
            "delivery_id": Column("The delivery.", refers_to=_DELIVERY),
            "source_row": Column(
                "Number of the row in the partner's file; null for the whole file.", nullable=True
            ),
            "field": Column("Our name of the column; '' for the whole row or file."),
            "header": Column("The partner's heading of the column; '' for the whole row or file."),
            "rule": Column("Code of the rule; see Rules."),
            "response": Column(
                "What was done about it.", values={r.value: r.value for r in Response}
            ),
            "expected": Column("What was expected there; '' where the rule says it."),
        },
        not_for=("counting rejected rows: a row may break several rules (`csp_rejected_row_v1`).",),
    ),
    "csp_rejected_row_v1": Described(
        row="A rejected row of an accepted file; its content is in the archived bytes only.",
        key=("delivery_id", "source_row"),
        columns={
            "delivery_id": Column("The delivery.", refers_to=_DELIVERY),
            "source_row": Column("Number of the row in the partner's file."),
        },
    ),
    "csp_hold_v1": Described(
        row="A finding that keeps figures from being published until a person decides.",
        key=("id",),
        columns={
            "id": Column("Number of the hold.", low=1),
            "delivery_id": Column("The delivery that raised it.", refers_to=_DELIVERY),
            "source": Column(f"{_SOURCE}."),
            "extent": Column("Area that the delivery speaks for (GSS code)."),
            "file_name": Column("Name of its file."),
            "rule": Column("Code of the rule; see Rules."),
            "detail": Column("What was counted; never a text of the file."),
            "first_month": Column("First month whose figures it holds (its first day)."),
            "last_month": Column("Last month whose figures it holds (its first day)."),
            "is_year_only": Column("It holds the packs of whole years only."),
            "raised_at": Column("When it was raised (UTC)."),
            "released_at": Column("When it was released (UTC); null: not released.", nullable=True),
            "released_by": Column("Who released it; null: not released.", nullable=True),
            "released_because": Column("Why; null: not released.", nullable=True),
        },
        caveats=(
            "A hold that was not released has ended all the same where later deliveries have "
            "replaced all of its months.",
        ),
    ),
}  # fmt: skip
"""Every view but those of the facts."""
