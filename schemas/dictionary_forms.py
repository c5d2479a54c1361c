"""The data dictionary in two forms: Markdown for people, a Frictionless Data Package for programs.

Both say the same of the same views; see https://datapackage.org for the second.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from schemas.dictionary import Column, View, counted_as, small_counts
from schemas.measures import MEASURES, Measure
from schemas.rules import RULES

Json = dict[str, Any]


# --- as a Data Package --------------------------------------------------------------------------

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_DATABASE = "sqlite:///warehouse.db"
"""Where a SQLite warehouse is, seen from `CSP_HOME`: tools that are run there read it as it is."""


def as_datapackage(views: Sequence[View]) -> str:
    """Return the dictionary as a Frictionless Data Package: a resource a view.

    Beyond the standard a view has `since`, `caveats` and `notFor`, a field `unit`, `privacy` and
    `since`, and the package its `measures` and `rules`.
    """
    facts = _fact_views(views)
    package = {
        "$schema": _PROFILE,
        "name": "csp-warehouse",
        "title": "What readers of a csp warehouse may rely on",
        "description": "The views csp_*_v1. `path` names the SQLite file in CSP_HOME; "
        "on PostgreSQL they have the same names and columns.",
        "resources": [_resource(view) for view in views],
        "measures": [_measure_line(m, facts[m.source]) for m in MEASURES.values()],
        "rules": [
            {
                "code": rule.code,
                "response": rule.response.value,
                "dimension": rule.dimension.value,
                "sentence": rule.sentence,
                "remedy": rule.remedy,
            }
            for rule in RULES.values()
        ],
    }
    return json.dumps(package, indent=1, ensure_ascii=False) + "\n"


def _fact_views(views: Sequence[View]) -> dict[str, str]:
    return {view.source: view.name for view in views if view.source}


def _resource(view: View) -> Json:
    schema: Json = {
        "fields": [_field(column) for column in view.columns],
        # An empty text says something in these views (no parent, no mark); only a null is none.
        "missingValues": [],
        "primaryKey": list(view.key),
        "foreignKeys": [
            {"fields": [column.name], "reference": {"resource": there, "fields": [name]}}
            for column in view.columns
            if column.refers_to
            for there, name in [column.refers_to.split(".")]
        ],
    }
    return {
        "name": view.name,
        "type": "table",
        "path": _DATABASE,
        "format": "sql",
        "dialect": {"sql": {"table": view.name}},
        "description": view.row,
        "since": view.since,
        "caveats": list(view.caveats),
        "notFor": list(view.not_for),
        "schema": {name: part for name, part in schema.items() if part or name == "missingValues"},
    }


def _field(column: Column) -> Json:
    number = int if column.type == "integer" else float
    constraints: Json = {"required": True} if not column.nullable else {}
    if column.values:
        constraints["enum"] = list(column.values)
    if column.pattern:
        constraints["pattern"] = column.pattern
    if column.low is not None:
        constraints["minimum"] = number(column.low)
    if column.high is not None:
        constraints["maximum"] = number(column.high)
    described: Json = {
        "name": column.name,
        "type": column.type,
        "description": column.sentence,
        "unit": column.unit,
        "privacy": column.privacy.value,
        "since": column.since,
        "constraints": constraints,
        "categories": [
            {"value": value, "label": label}
            for value, label in column.values.items()
            if value != label
        ],
    }
    return {name: part for name, part in described.items() if part}


def _measure_line(measure: Measure, view: str) -> Json:
    return {
        "code": measure.code,
        "label": measure.label,
        "unit": measure.unit,
        "source": measure.source,
        "kind": measure.kind.value,
        "grain": measure.grain.value,
        "scope": measure.scope.value,
        "parent": measure.parent,
        "breakdown": measure.breakdown,
        "isAdditive": measure.is_additive,
        "isResidual": measure.is_residual,
        "smallCounts": small_counts(measure),
        "countedAs": counted_as(measure, view),
        "definition": measure.definition,
    }


# --- as Markdown ------------------------------------------------------------------------------

_INTRODUCTION = """\
# Contract with readers

Written by `csp dictionary --markdown`; `csp dictionary --json` gives the same to programs, as a
Frictionless Data Package. Neither is edited by hand: a view's description stands in
`warehouse/descriptions.py`, that of a partner's columns in `schemas/records/`.

## What may be relied on

* Within a version (`_v1`) columns are added, at the end of a view or between others, and never
  renamed, retyped or taken away. Name the columns that you read; do not count on their order.
* What would break a reader becomes a view of the next version beside the old one, and stands in the
  changelog with a way over.
* SQLite and PostgreSQL hold the same views with the same columns and values. SQLite has no types
  for dates and truth: a date is text (2020-04-01), a date-time text (2020-04-01 22:10:00.000000),
  true is 1 and false 0.
* A load is one transaction: readers see the warehouse as it was before a delivery, or after it, and
  never wait for it.
* A row that a later delivery replaced is no longer in a view. Figures of past months change when a
  partner sends them again.
* The tables below the views are nobody's to read: they change without notice.
* *internal* columns are for the partnership, *public* ones say nothing that is not published
  already. Nobody of whom a partner's record speaks is named or described in any column.
"""


def as_markdown(views: Sequence[View]) -> str:
    """Return the dictionary as a Markdown document."""
    facts = _fact_views(views)
    overview = _table(
        ("View", "One row is", "Since"),
        [(f"[`{v.name}`](#{v.name})", _after_is(v.row), v.since) for v in views],
    )
    parts = [_INTRODUCTION, "## Views\n", overview]
    for view in views:
        parts += [f"## {view.name}\n", _about(view), _columns(view)]
    parts += ["## Measures\n", _measures(facts), "## Code lists\n", *_code_lists(views)]
    parts += ["## Rules\n", _rules()]
    return "\n".join(parts).rstrip("\n") + "\n"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(_in_cell(text) for text in line)} |\n" for line in lines)


def _in_cell(text: str) -> str:
    return text.replace("|", "\\|")


def _after_is(sentence: str) -> str:
    """Return a sentence so that it can follow "One row is"."""
    return sentence[0].lower() + sentence[1:]


def _about(view: View) -> str:
    lines = [f"**One row** is {_after_is(view.row)}\n"]
    if view.key:
        lines.append(f"* No two rows have the same {', '.join(f'`{name}`' for name in view.key)}.")
    lines += [f"* {caveat}" for caveat in view.caveats]
    lines += [f"* **Not for** {use}" for use in view.not_for]
    lines.append(f"* Since {view.since}.")
    return "\n".join(lines) + "\n"


def _columns(view: View) -> str:
    return _table(
        ("Column", "Type", "Unit", "Null", "For", "What it is"),
        [
            (
                f"`{column.name}`",
                column.type,
                column.unit,
                "yes" if column.nullable else "",
                column.privacy.value,
                _what(column, view),
            )
            for column in view.columns
        ],
    )


def _what(column: Column, view: View) -> str:
    parts = [column.sentence]
    if column.codes:
        parts.append(f"One of [{column.codes}](#{column.codes}).")
    elif column.values:
        parts.append(f"One of {', '.join(f'`{value}`' for value in column.values)}.")
    if column.refers_to:
        parts.append(f"See `{column.refers_to}`.")
    if column.since != view.since:
        parts.append(f"Since {column.since}.")
    return " ".join(parts)


def _measures(facts: dict[str, str]) -> str:
    return _table(
        (
            "Code",
            "Label",
            "Unit",
            "Part of",
            "Adds up",
            "1 to 4 in public packs",
            "Counted as",
            "What it is",
        ),
        [
            (
                f"`{m.code}`",
                m.label,
                m.unit,
                f"`{m.parent}`" if m.parent else "",
                ("yes" if m.is_additive else "no") if m.parent else "",
                small_counts(m),
                counted_as(m, facts[m.source]),
                m.definition,
            )
            for m in MEASURES.values()
        ],
    )


def _code_lists(views: Sequence[View]) -> list[str]:
    """Return a table a list; where readers see the label itself it stands as the code."""
    used = {column.codes: column for view in views for column in view.columns if column.codes}
    return [
        f"### {name}\n\n"
        + _table(("Code", "Label"), [(f"`{v}`", label) for v, label in column.values.items()])
        for name, column in sorted(used.items())
    ]


def _rules() -> str:
    return _table(
        ("Code", "What happens", "What is wrong"),
        [(f"`{rule.code}`", rule.response.value, rule.sentence) for rule in RULES.values()],
    )
