"""`field()`: a column's sentence, unit, privacy class and constraints in one statement.

The type is the annotation beside it; the kind (a date, a local date-time) follows from the naming
law: `_on` a date, `_at` a local date-time, `_code` from a list, `_name` for people, `is_`/`has_`.
"""

from enum import StrEnum
from typing import Any, cast

import pandera.pandas as pa
from pandera.typing.pandas import BOOL, Category, DateTime, Int64, Series

from schemas.codes import CodeList

Text = Series[str]
Code = Series[Category]
Day = Series[DateTime]
LocalTime = Series[DateTime]
Count = Series[Int64]
Flag = Series[BOOL]
Number = Series[float]

FIRST_RELEASE = "0.1.0"
"""The version of the program in which readers could first rely on anything."""


class Privacy(StrEnum):
    """Who may see a column: everybody, the partnership, or nobody beyond `sources`."""

    PUBLIC = "public"
    INTERNAL = "internal"
    PERSONAL = "personal"


def field(
    sentence: str,
    *,
    unit: str = "",
    privacy: Privacy = Privacy.INTERNAL,
    required: bool = False,
    derived: bool = False,
    codes: CodeList | None = None,
    labels: CodeList | None = None,
    pattern: str | None = None,
    low: float | None = None,
    high: float | None = None,
    since: str = FIRST_RELEASE,
) -> Any:
    """State all there is to know of a column but its type.

    `codes` restricts it to the codes of a list, `labels` to the labels; `pattern` is matched from
    the start and states its own end; `low` and `high` are the least and the greatest value
    possible. `derived` columns are worked out by the source's `conform` and are in no file. `since`
    is the version of the program that first had the column, for its readers.
    """
    listed = codes or labels
    values = tuple(codes.labels) if codes else tuple(labels.labels.values()) if labels else ()
    checks: dict[str, dict[str, Any]] = {}
    if listed is not None:
        checks["isin"] = {"allowed_values": list(values), "error": "code-unlisted"}
    if pattern is not None:
        checks["str_matches"] = {"pattern": pattern, "error": "text-malformed"}
    if low is not None:
        checks["ge"] = {"min_value": low, "error": "value-too-low"}
    if high is not None:
        checks["le"] = {"max_value": high, "error": "value-too-high"}
    return pa.Field(
        nullable=not required,
        description=sentence,
        metadata={
            "unit": unit,
            "privacy": privacy,
            "derived": derived,
            "codes": listed.name if listed else "",
            "values": values,
            "pattern": pattern or "",
            "low": low,
            "high": high,
            "since": since,
        },
        **cast("dict[str, Any]", checks),
    )
