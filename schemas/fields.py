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
) -> Any:
    """State all there is to know of a column but its type.

    `codes` restricts it to the codes of a list, `labels` to the labels; `pattern` is matched from
    the start and states its own end; `low` and `high` are the least and the greatest value
    possible. `derived` columns are worked out by the source's `conform` and are in no file.
    """
    checks: dict[str, dict[str, Any]] = {}
    if codes is not None:
        checks["isin"] = {"allowed_values": list(codes.labels), "error": "code-unlisted"}
    if labels is not None:
        checks["isin"] = {"allowed_values": list(labels.labels.values()), "error": "code-unlisted"}
    if pattern is not None:
        checks["str_matches"] = {"pattern": pattern, "error": "text-malformed"}
    if low is not None:
        checks["ge"] = {"min_value": low, "error": "value-too-low"}
    if high is not None:
        checks["le"] = {"max_value": high, "error": "value-too-high"}
    listed = codes or labels
    return pa.Field(
        nullable=not required,
        description=sentence,
        metadata={
            "unit": unit,
            "privacy": privacy,
            "derived": derived,
            "codes": listed.name if listed else "",
            "pattern": pattern or "",
        },
        **cast("dict[str, Any]", checks),
    )
