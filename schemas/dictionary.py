"""The data dictionary: what readers' views hold, column by column, for people and for programs.

A record's columns are described by its own statements; what a view has beyond a record is described
where the view is declared (`warehouse/descriptions.py`). `dictionary_forms.py` renders both.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from inspect import cleandoc

from schemas.codes import REPORTERS, CodeList
from schemas.fields import FIRST_RELEASE, Privacy
from schemas.measures import Condition, Disclosure, Kind, Measure, siblings
from schemas.records.base import FieldInfo, Record, fields_of, identity_of
from schemas.words import listed


@dataclass(frozen=True)
class Column:
    """One column of a view, in the terms of Table Schema.

    `values` are all that it may hold, each with its meaning; `codes` is the code list that they
    come from. `refers_to` names the view and column that it points to. `low` and `high` are the
    least and the greatest value possible.
    """

    sentence: str
    name: str = ""
    type: str = ""
    unit: str = ""
    nullable: bool = False
    values: Mapping[str | int, str] = field(default_factory=dict)
    codes: str = ""
    refers_to: str = ""
    pattern: str = ""
    low: float | None = None
    high: float | None = None
    privacy: Privacy = Privacy.INTERNAL
    since: str = FIRST_RELEASE


@dataclass(frozen=True)
class View:
    """One view: what a row is, by what a row is known, and what must be borne in mind.

    `row` is a sentence, `caveats` are paragraphs; each of `not_for` completes "Not for ...".
    `source` is the code of the source whose rows these are; "" for what is no partner's record.
    """

    name: str
    row: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    caveats: tuple[str, ...] = ()
    not_for: tuple[str, ...] = ()
    source: str = ""
    since: str = FIRST_RELEASE


@dataclass(frozen=True)
class Described:
    """A view in words, as it is declared; `columns` are by name, in any order, without types."""

    row: str
    columns: Mapping[str, Column]
    key: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    not_for: tuple[str, ...] = ()
    since: str = FIRST_RELEASE


_TYPES = {
    "category": "string",
    "string[pyarrow]": "string",
    "int64": "integer",
    "float64": "number",
    "boolean": "boolean",
}


def columns_of(record: type[Record]) -> dict[str, Column]:
    """Return the columns of a record that readers may see, by name."""
    return {
        name: _column_of(info)
        for name, info in fields_of(record).items()
        if info.privacy is not Privacy.PERSONAL
    }


def _column_of(info: FieldInfo) -> Column:
    meanings = CodeList(info.codes).labels if info.codes else {}
    return Column(
        info.sentence,
        name=info.name,
        type=_TYPES.get(info.dtype) or ("date" if info.is_date else "datetime"),
        unit=info.unit,
        nullable=not info.required,
        values={value: meanings.get(value, value) for value in info.values},
        codes=info.codes,
        pattern=info.pattern,
        low=info.low,
        high=info.high,
        privacy=info.privacy,
        since=info.since,
    )


def row_of(record: type[Record]) -> str:
    """Return what one row of a record is, in a sentence."""
    return cleandoc(record.__doc__ or "").split("\n")[0]


def caveats_of(record: type[Record]) -> tuple[str, ...]:
    """Return what must be borne in mind of a record, a paragraph each."""
    paragraphs = cleandoc(record.__doc__ or "").split("\n\n")[1:]
    known_by = identity_of(record).key
    again = "A record is known again in a later file by "
    again += _listed(known_by) if known_by else "its whole content"
    unsure = [name for name in known_by if not fields_of(record)[name].required]
    if unsure:
        again += f"; where {_listed(unsure)} is null, by its whole content"
    return (*(" ".join(p.split()) for p in paragraphs), f"{again}.")


def _listed(names: Sequence[str]) -> str:
    return listed([f"`{name}`" for name in names])


def counted_as(measure: Measure, view: str) -> str:
    """Say how a measure comes from the rows of its source's view."""
    if measure.kind is Kind.BUDGET:
        return _granted_as(measure, view)
    if measure.is_residual:
        parts = ", ".join(f"`{part.code}`" for part in siblings(measure))
        return f"`{measure.parent}` less {parts}"
    if measure.reporter:
        who = REPORTERS.labels[measure.reporter]
        return f"Stated by {who} in `{view}`; its figures are in `csp_measure_stated_v1`"
    what = f"Sum of `{measure.total}` over rows" if measure.total else "Rows"
    where = " and ".join(_said(condition) for condition in measure.where)
    counted = f"{what} of `{view}`" + (f" where {where}" if where else "")
    if measure.counterpart:
        counted += f", by period in `csp_measure_stated_v1`; held against `{measure.counterpart}`"
    return counted


def small_counts(measure: Measure) -> str:
    """Say what packs for the public do with a figure from 1 to 4."""
    match measure.disclosure:
        case Disclosure.PEOPLE:
            return "[c]"
        case Disclosure.SHARE:
            return f"[c] where it is of few, or where `{measure.share_of}` is not shown"
        case Disclosure.OPEN:
            return "shown"


def _granted_as(measure: Measure, view: str) -> str:
    """Say how a budget comes from the rows that state it."""
    where = " and ".join(_said(condition) for condition in measure.where)
    mine = f" of rows where {where}" if where else ""
    if measure.is_residual:
        mine = f" of the grants that are not in {_listed([m.code for m in siblings(measure)])}"
    return (
        f"`{measure.total}` of `{view}`{mine}, once a grant: the budget that the latest payment of "
        "the financial year states; in `csp_measure_stated_v1`, for April up to the end of each "
        "quarter"
    )


def _said(condition: Condition) -> str:
    words = {True: "true", False: "false", None: "null"}
    values = [words[v] if v is None or isinstance(v, bool) else f"'{v}'" for v in condition.values]
    if len(values) == 1:
        return f"`{condition.column}` is {values[0]}"
    return f"`{condition.column}` is one of {', '.join(values)}"
