"""Fingerprints of rows: by what a record is known again, and whether it has changed.

Both are 64-bit hashes of typed values, independent of row order and of how a file was cut into
chunks. Two different records of one file share a fingerprint by accident with a probability of
about 3 in 100 million for a million rows.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from schemas.records.base import Record, fields_of, identity_of

_ABSENT = np.uint64(0x9E3779B97F4A7C15)
_STEP = np.uint64(0x100000001B3)


@dataclass(frozen=True)
class Fingerprints:
    """Row number, key and content of each row of a frame, in its order (int64 arrays).

    `keyed` is false where a row has no key of its own: it is known by its content alone, and its
    key is 0.
    """

    rows: np.ndarray
    keys: np.ndarray
    contents: np.ndarray
    keyed: np.ndarray


def fingerprint(frame: pd.DataFrame, record: type[Record]) -> Fingerprints:
    """Return the fingerprints of the rows of a typed frame."""
    hashes = {name: _hash(frame[name]) for name in fields_of(record)}
    key = identity_of(record).key
    keyed = np.full(len(frame), bool(key))
    for name in key:
        keyed &= frame[name].notna().to_numpy()
    keys = _mix([hashes[name] for name in key], len(frame))
    return Fingerprints(
        rows=frame.index.to_numpy("int64"),
        keys=np.where(keyed, keys.view("int64"), 0),
        contents=_mix(list(hashes.values()), len(frame)).view("int64"),
        keyed=keyed,
    )


def _hash(column: pd.Series) -> np.ndarray:
    """Hash one column; equal values of equal type hash alike, nulls to one constant."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        distinct = pd.util.hash_array(column.cat.categories.to_numpy(object), categorize=False)
        return np.append(distinct, _ABSENT)[column.cat.codes.to_numpy()]
    missing = column.isna().to_numpy()
    values: np.ndarray
    if column.dtype.kind == "M":
        values = column.to_numpy("datetime64[ns]").view("uint64")
    elif column.dtype.kind in "iub":
        values = column.array.to_numpy("int64", na_value=0).view("uint64")
    elif column.dtype.kind == "f":
        values = column.to_numpy("float64").view("uint64")
    else:
        return np.where(
            missing, _ABSENT,
            pd.util.hash_array(column.fillna("").to_numpy(object), categorize=False),
        )  # fmt: skip
    return np.where(missing, _ABSENT, pd.util.hash_array(values.copy()))


def _mix(hashes: list[np.ndarray], rows: int) -> np.ndarray:
    """Combine the columns' hashes into one a row; the order of the columns counts."""
    mixed = np.full(rows, _ABSENT, dtype="uint64")
    with np.errstate(over="ignore"):
        for column in hashes:
            mixed = (mixed * _STEP) ^ column
            mixed ^= mixed >> np.uint64(29)
    return mixed
