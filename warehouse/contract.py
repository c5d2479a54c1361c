"""The contract with readers: every view, with a type and a sentence for every column.

Types follow from the views themselves, sentences from the records and from `descriptions.py`. What
is not described cannot be rendered, so it cannot be published either.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Date,
    DateTime,
    Float,
    Integer,
    Select,
    String,
    Text,
)
from sqlalchemy.sql import ColumnElement

from schemas.dictionary import Column, View, caveats_of, columns_of, row_of
from schemas.records import RECORDS
from schemas.records.base import identity_of
from warehouse.descriptions import (
    DESCRIBED,
    FACT_CAVEATS,
    FACT_COLUMNS,
    FACT_KEY,
    Described,
)
from warehouse.views import fact_view, view_selects

TYPES: Mapping[type[Any], str] = {
    Integer: "integer", BigInteger: "integer", Float: "number", Boolean: "boolean", Date: "date",
    DateTime: "datetime", String: "string", Text: "string",
}  # fmt: skip


class Undescribed(LookupError):  # noqa: N818 - it says what was found
    """Views, columns or descriptions that have no counterpart; the message names them all."""


def contract() -> tuple[View, ...]:
    """Return every view that readers may rely on, in the order in which they are declared.

    Raises `Undescribed` when a view or a column has no description, or a description no view.
    """
    facts = {fact_view(source): source for source in RECORDS}
    queries = view_selects()
    described = {name: _fact(source) for name, source in facts.items()} | dict(DESCRIBED)
    faults = [f"{name} is described and is no view" for name in described.keys() - queries.keys()]
    views = []
    for name, query in queries.items():
        if name not in described:
            faults.append(f"{name} has no description")
            continue
        view, missing = _view(name, query, described[name], facts.get(name, ""))
        faults += missing
        views.append(view)
    if faults:
        raise Undescribed(
            f"{'; '.join(sorted(faults))}: describe it in warehouse/descriptions.py or its record."
        )
    return tuple(views)


def _fact(source: str) -> Described:
    record = RECORDS[source]
    return Described(
        row=row_of(record),
        key=FACT_KEY,
        columns={**columns_of(record), **FACT_COLUMNS},
        caveats=(*caveats_of(record), *FACT_CAVEATS),
        not_for=identity_of(record).not_for,
    )


def _view(name: str, query: Select[Any], told: Described, source: str) -> tuple[View, list[str]]:
    there = {column.name: column for column in query.selected_columns}
    faults = [f"{name}.{column} has no description" for column in there.keys() - told.columns]
    faults += [
        f"{name}.{column} is described and not there" for column in told.columns - there.keys()
    ]
    columns = tuple(
        _typed(told.columns[column], column, sql)
        for column, sql in there.items()
        if column in told.columns
    )
    view = View(name, told.row, told.key, columns, told.caveats, told.not_for, source, told.since)
    return view, faults


def _typed(told: Column, name: str, sql: ColumnElement[Any]) -> Column:
    """Give a description the name and the type of the column that it describes."""
    kind = TYPES.get(type(sql.type))
    if kind is None:
        raise Undescribed(f"{name} has no type: cast it where the view is declared.")
    return replace(told, name=name, type=kind)
