"""Which figures a rejected row would change: those that it belongs to, or may belong to.

A row is rejected for one cell; the others still say what it was about. A cell that could not be
read might have held anything, so it counts towards every figure that it could have.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from schemas.measures import Condition, Measure, Scope
from schemas.period import Month
from schemas.records.base import Record, identity_of


def doubtful(
    refused: pd.DataFrame,
    issues: pd.DataFrame,
    record: type[Record],
    measures: Iterable[Measure],
    lad_code: str,
) -> Counter[tuple[str, Month | None]]:
    """Count rejected rows of a district, or of an unreadable one, by measure and month.

    `refused` is typed and conformed, unreadable cells null; `issues` are those of its rows. The
    month is None where the date cannot be read.
    """
    counts: Counter[tuple[str, Month | None]] = Counter()
    if refused.empty:
        return counts
    unread = _unread(refused, issues, record)
    here = _may_hold(refused, Condition("lad_code", (lad_code,)), unread)
    months = refused["month"].to_numpy("datetime64[M]")
    for measure in measures:
        if measure.is_residual or measure.scope is Scope.FILE:
            continue
        touched = here.copy()
        for condition in measure.where:
            touched &= _may_hold(refused, condition, unread)
        stamps, rows = np.unique(months[touched], return_counts=True)
        for stamp, number in zip(stamps, rows, strict=True):
            month = None if np.isnat(stamp) else Month.of(stamp.astype(object))
            counts[measure.code, month] += int(number)
    return counts


def unknown(rows: int, measures: Iterable[Measure]) -> Counter[tuple[str, Month | None]]:
    """Count rows of which nothing can be read: they may belong to any figure of any month."""
    return Counter(
        {(m.code, None): rows for m in measures if not m.is_residual and m.scope is Scope.AREA}
    )


def _unread(
    refused: pd.DataFrame, issues: pd.DataFrame, record: type[Record]
) -> Mapping[str, np.ndarray]:
    """Say for each column which of its nulls stand for a cell that could not be read.

    Columns that are worked out from the same ones are known together: where one of them has a
    value, a null in another is an answer.
    """
    sources = identity_of(record).derived_from
    unread = {}
    for name in refused.columns:
        inputs = sources.get(name, ())
        blamed = issues["column"].isin((name, *inputs))
        faulty = refused.index.isin(issues.loc[blamed, "row"])
        together = [other for other, of in sources.items() if of == inputs] or [name]
        unread[name] = faulty & refused[together].isna().all(axis=1).to_numpy()
    return unread


def _may_hold(
    refused: pd.DataFrame, condition: Condition, unread: Mapping[str, np.ndarray]
) -> np.ndarray:
    column = refused[condition.column]
    wanted = [value for value in condition.values if value is not None]
    held = column.isin(wanted).to_numpy(dtype=bool) | unread[condition.column]
    return held | column.isna().to_numpy() if None in condition.values else held
