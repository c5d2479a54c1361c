"""What all partner records have in common."""

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

import pandera.pandas as pa

from schemas.fields import FIRST_RELEASE, Code, Day, Privacy, field


class Record(pa.DataFrameModel):
    """One partner record; its subclasses say what one row is."""

    month: Day = field(
        "First day of the month that the row is counted in.",
        required=True,
        derived=True,
        privacy=Privacy.PUBLIC,
    )
    lad_code: Code = field(
        "Local authority district (GSS code) of the row.",
        required=True,
        privacy=Privacy.PUBLIC,
        pattern=r"^[EW][0-9]{8}$",
        derived=True,
    )

    class Config:
        """Only declared columns exist beyond this point, in the declared order."""

        strict = True
        ordered = False


RecordT = TypeVar("RecordT", bound=Record)


@dataclass(frozen=True)
class Grants:
    """That rows draw on grants: what was granted for a financial year stands on each of them.

    The values of the columns `per` are one grant together; `granted` is the column that states its
    budget, `drawn` the one that is taken from it.
    """

    per: tuple[str, ...]
    granted: str
    drawn: str


@dataclass(frozen=True)
class Identity:
    """How the rows of a record are stored and known again.

    `source` is the code of the export that brings it; `fact` names its table (`fact_<fact>`) and
    view (`csp_<fact>_v1`). `key` names the columns by
    which a partner's record is known again in a later file; where one of them is null in a row (or
    the key is empty) the row is known by its content, and identical rows are counted. `dated_by`
    is the column whose date decides the month that a row is counted in. `across` names, for each
    rule across columns, the columns that it looks at: it cannot be judged where one is unreadable.
    `located_by` names the columns that say where it was: a row in which all are null has no
    location. `derived_from` names the columns that a derived one is worked out from. `not_for` says
    what the rows must not be used for: each completes the sentence "Not for ...".
    `holds_figures` says that a row is no event but a figure that a partner states. `grants` says
    that rows are payments from grants.
    """

    source: str
    fact: str
    key: tuple[str, ...]
    dated_by: str
    across: Mapping[str, tuple[str, ...]]
    located_by: tuple[str, ...] = ()
    derived_from: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    not_for: tuple[str, ...] = ()
    holds_figures: bool = False
    grants: Grants | None = None


_IDENTITIES: dict[type[Record], Identity] = {}


def identity(
    *,
    source: str,
    fact: str,
    key: tuple[str, ...] = (),
    dated_by: str,
    across: Mapping[str, tuple[str, ...]] | None = None,
    located_by: tuple[str, ...] = (),
    derived_from: Mapping[str, tuple[str, ...]] | None = None,
    not_for: tuple[str, ...] = (),
    holds_figures: bool = False,
    grants: Grants | None = None,
) -> Callable[[type[RecordT]], type[RecordT]]:
    """Decorate a record class with its `Identity`."""

    def decorate(record: type[RecordT]) -> type[RecordT]:
        _IDENTITIES[record] = Identity(
            source,
            fact,
            key,
            dated_by,
            across or {},
            located_by,
            derived_from or {},
            not_for,
            holds_figures,
            grants,
        )
        return record

    return decorate


def records() -> dict[str, type[Record]]:
    """Return every record that has an identity, by the code of its source."""
    return {known.source: record for record, known in _IDENTITIES.items()}


def identity_of(record: type[Record]) -> Identity:
    """Return how the rows of a record are stored and known again."""
    return _IDENTITIES[record]


@dataclass(frozen=True)
class FieldInfo:
    """One column as the rest of the house reads it from its single statement."""

    name: str
    dtype: str
    sentence: str
    unit: str
    privacy: Privacy
    required: bool
    derived: bool
    codes: str
    pattern: str = ""
    values: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    since: str = FIRST_RELEASE

    @property
    def is_free_text(self) -> bool:
        """True where a partner's own words are kept: no list and no pattern says what they are."""
        words = self.dtype in {"str", "category", "string[pyarrow]"}
        return words and not self.derived and not self.codes and not self.pattern

    @property
    def is_date(self) -> bool:
        """True for a calendar day, by the naming law."""
        return self.name.endswith("_on") or self.name == "month"


@cache
def schema_of(record: type[Record]) -> pa.DataFrameSchema:
    """Return the typed schema of a record (built once)."""
    return record.to_schema()


@cache
def fields_of(record: type[Record]) -> dict[str, FieldInfo]:
    """Return every column of a record by name, inherited ones first."""
    found: dict[str, FieldInfo] = {}
    for name, column in schema_of(record).columns.items():
        meta: dict[str, Any] = column.metadata or {}
        found[name] = FieldInfo(
            name=name,
            dtype=str(column.dtype),
            sentence=column.description or "",
            unit=meta.get("unit", ""),
            privacy=meta.get("privacy", Privacy.INTERNAL),
            required=not column.nullable,
            derived=bool(meta.get("derived")),
            codes=meta.get("codes", ""),
            pattern=meta.get("pattern", ""),
            values=meta.get("values", ()),
            low=meta.get("low"),
            high=meta.get("high"),
            since=meta.get("since", FIRST_RELEASE),
        )
    return found


def personal_fields(record: type[Record]) -> tuple[str, ...]:
    """Return the columns of privacy class personal, which retention blanks.

    They can be blanked without a figure moving: none of them is required, part of the key or
    looked at by a measure (a test holds every declaration against that).
    """
    return tuple(
        name for name, info in fields_of(record).items() if info.privacy is Privacy.PERSONAL
    )
