"""What programs must know of the CSV files of a pack: a Frictionless Data Package.

Standard: https://datapackage.org (version 1 of its specifications). What it has no words for stands
under keys of our own: `period`, `marks`, `notes`, `measures`, and `handling`, which says who may
have what is not for everybody. A licence stands there for what anybody may use, and for no other.
"""

import json
from collections.abc import Collection, Iterable

from reports.document import Document, Table
from reports.formats.csvs import (
    BUDGET_COLUMNS,
    COLUMNS,
    OFFICIAL_COLUMNS,
    REVISION_COLUMNS,
    TREND_COLUMNS,
    WARD_COLUMNS,
)
from reports.formats.texts import printable
from schemas.period import Period
from schemas.words import PENCE, printed_unit

OPEN_GOVERNMENT_LICENCE = {
    "name": "OGL-UK-3.0",
    "path": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    "title": "Open Government Licence v3.0",
}

MARKS_APART = "marks of the legend without their brackets, with a space between two of them"

MEANINGS: dict[str, tuple[str, str]] = {
    "table": ("string", "Code of the table."),
    "measure": ("string", "Code of the measure: what is counted."),
    "label": ("string", "The measure as the table prints it."),
    "area_code": ("string", "GSS code of the area; empty where no area is known."),
    "area_name": ("string", "Name of the area."),
    "period": (
        "string",
        "Code of the months of the figure: a financial quarter (2020-21-Q4), the year up to its "
        "end (2020-21-Q4-YTD), or a financial year (2020-21).",
    ),
    "period_label": ("string", "The months in words."),
    "value": ("integer", "The figure, in `unit`; blank where there is none."),
    "mark": ("string", f"Why there is no figure, or what is said of it: {MARKS_APART}."),
    "previous": ("integer", "The figure of the same months of the year before."),
    "previous_mark": ("string", f"Of the earlier figure: {MARKS_APART}."),
    "change": ("integer", "The figure less the earlier one."),
    "change_mark": ("string", f"Of the change: {MARKS_APART}."),
    "percent_change": (
        "number",
        "The change as a percentage of the earlier figure, rounded half up to one place.",
    ),
    "percent_mark": ("string", f"Of the percentage: {MARKS_APART}."),
    "role": (
        "string",
        "How the row stands to the others: total, part, residual, of which, or alone. Parts and "
        "residual add up to the total; nothing else may be added.",
    ),
    "note": ("string", "What must be known of the row alone."),
    "qualifier": ("string", "What a partner says of its figure: more than, about. Else blank."),
    "as_at": ("date", "Date at or to which the figure stands; blank where it is of the period."),
    "previous_qualifier": ("string", "What a partner says of the earlier figure."),
    "previous_as_at": ("date", "Date at or to which the earlier figure stands."),
    "local": ("integer", "The figure as the tables print it; blank where there is none."),
    "local_mark": ("string", f"Why there is no local figure: {MARKS_APART}."),
    "official": ("integer", "The figure of the official publication; blank where it is hidden."),
    "publication": ("string", "The official publication."),
    "official_mark": ("string", f"Why there is no official figure: {MARKS_APART}."),
    "budget_measure": ("string", "Code of the measure of the budget."),
    "budget": ("number", "What was granted for the financial year; blank where nobody states it."),
    "budget_mark": ("string", f"Of the budget: {MARKS_APART}."),
    "spent": ("number", "What was spent in the months of the figure."),
    "spent_mark": ("string", f"Of what was spent: {MARKS_APART}."),
    "left": ("number", "The budget less what was spent; negative where it was overspent."),
    "left_mark": ("string", f"Of what is left: {MARKS_APART}."),
    "percent_spent": (
        "number",
        "What was spent as a percentage of the budget, rounded half up to one place.",
    ),
    "unit": ("string", "What is counted, or pounds."),
    "was": ("number", "The figure as it was published."),
    "was_mark": ("string", f"Of the figure as it was published: {MARKS_APART}."),
    "is": ("number", "The figure now."),
    "is_mark": ("string", f"Of the figure now: {MARKS_APART}."),
    "difference": (
        "number",
        "The figure now less the one that was published; the local less the official one.",
    ),
    "release": ("integer", "Number of the release that published the earlier figure."),
    "deliveries": ("string", "Numbers of the deliveries that moved it, with a space between."),
    "why": ("string", "Why it is another figure now."),
    "month": ("date", "First day of the month."),
    "mean": ("number", "Mean of the months that are drawn, rounded half up to one place."),
    "lower_limit": ("number", "Lower limit of what is chance; blank where months are too few."),
    "upper_limit": ("number", "Upper limit of what is chance; blank where months are too few."),
    "signals": (
        "string",
        "Names of the rules that find the month to be more than chance, with a space between.",
    ),
    "verdict": ("string", "What the month is then: improvement, concern, or neither."),
}
"""Type and meaning of every column, by its name."""

AMOUNTS = frozenset({"value", "previous", "change"})
"""Columns that are whole numbers where something is counted."""


OTHERS: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "revisions.csv": (
        "Figures that were published before and have changed",
        REVISION_COLUMNS,
        ("measure", "area_code", "period"),
    ),
    "budgets.csv": (
        "Budgets beside what was spent of them",
        BUDGET_COLUMNS,
        ("table", "measure", "area_code", "period"),
    ),
    "official.csv": (
        "Local figures beside official ones",
        OFFICIAL_COLUMNS,
        ("measure", "area_code", "period"),
    ),
    "charts/trends.csv": (
        "Months of each measure that is drawn, with the limits of what is chance",
        TREND_COLUMNS,
        ("measure", "area_code", "month"),
    ),
    "charts/wards.csv": (
        "Counts by ward",
        WARD_COLUMNS,
        ("measure", "area_code", "role"),
    ),
}
"""Title, columns and key of the CSV files that are no table."""


def data_package(told: Document, period: Period, name: str, files: Collection[str]) -> str:
    """Return the description of the CSV files of a pack as JSON; `files` names all its files."""
    resources = [_table(table, period) for table in told.tables]
    for path, (title, columns, key) in OTHERS.items():
        if path in files:
            code = path.rsplit("/", 1)[-1].removesuffix(".csv")
            resources.append(_resource(code, path, title) | {"schema": _schema(columns, key)})
    package = {
        "profile": "tabular-data-package",
        "name": name,
        "title": told.full_title,
        "description": " ".join((*(n.text for n in told.notices), *(p.text for p in told.lead))),
        **({"licenses": [OPEN_GOVERNMENT_LICENCE]} if told.is_open else {}),
        **({"handling": told.handling} if told.handling else {}),
        "contributors": [{"title": told.publisher, "role": "publisher"}],
        "languages": [told.language],
        "period": _period(period),
        "resources": resources,
    }
    lines = json.dumps(package, indent=2, ensure_ascii=False).split("\n")
    return "".join(f"{printable(line)}\n" for line in lines)


def _period(period: Period) -> dict[str, str]:
    first, last = period.span.first, period.span.last
    return {
        "code": period.code,
        "label": period.label,
        "start": first.start.isoformat(),
        "end": last.end.isoformat(),
    }


def _resource(name: str, path: str, title: str) -> dict[str, object]:
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "path": path,
        "title": title,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
    }


def _table(table: Table, period: Period) -> dict[str, object]:
    filled = table.filled
    measures = {line.measure.code: line.measure for line in filled.lines}
    told = _resource(table.anchor, table.csv, f"{table.label}: {table.title}")
    told["description"] = table.extent
    if table.source:
        told["sources"] = [{"title": table.source.removeprefix("Source: ")}]
    return told | {
        "period": _period(period),
        "notes": list(table.notes),
        "marks": {mark.value: mark.meaning for mark in filled.marks},
        "measures": [
            {"code": code, "label": measure.label, "unit": printed_unit(measure.unit)}
            for code, measure in measures.items()
        ],
        "schema": _schema(
            COLUMNS,
            ("measure", "area_code", "period"),
            is_money=any(measure.unit == PENCE for measure in measures.values()),
        ),
    }


def _schema(
    columns: Iterable[str], key: tuple[str, ...], *, is_money: bool = False
) -> dict[str, object]:
    """Describe the columns; amounts of money have two places, where counts are whole."""
    places = AMOUNTS if is_money else frozenset()
    fields = [
        {"name": name, "type": "number" if name in places else kind, "description": sentence}
        for name in columns
        for kind, sentence in (MEANINGS[name],)
    ]
    return {"fields": fields, "missingValues": [""], "primaryKey": list(key)}
