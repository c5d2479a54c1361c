"""Which references stand in a file more than once: what only its end can tell."""

import numpy as np
import pandas as pd

from schemas.fingerprint import Fingerprints
from schemas.issues import no_issues


class Ledger:
    """Remembers which references a file has used: 20 bytes a row, whatever the file holds."""

    def __init__(self) -> None:
        self._rows: list[np.ndarray] = []
        self._keys: list[np.ndarray] = []
        self._contents: list[np.ndarray] = []

    def enter(self, prints: Fingerprints) -> None:
        """Enter the accepted rows of a chunk that have a key."""
        keyed = prints.keyed
        self._rows.append(prints.rows[keyed].astype("int32"))
        self._keys.append(prints.keys[keyed])
        self._contents.append(prints.contents[keyed])

    def conflicts(self) -> pd.DataFrame:
        """Return an issue for every row whose reference stands in the file more than once.

        Same content: all but the first are repeats. Different contents: all of them conflict.
        """
        twice = self._keys_that_stand_twice()
        if not len(twice):
            return no_issues()
        found = [np.isin(keys, twice) for keys in self._keys]

        def of_these(parts: list[np.ndarray]) -> np.ndarray:
            return np.concatenate([part[one] for part, one in zip(parts, found, strict=True)])

        frame = pd.DataFrame(
            {
                "row": of_these(self._rows).astype("int64"),
                "key": of_these(self._keys),
                "content": of_these(self._contents),
            }
        ).sort_values("row")
        conflict = frame.groupby("key")["content"].transform("nunique") > 1
        repeat = ~conflict & frame["key"].duplicated()
        frame["rule"] = np.where(conflict, "key-conflict", "row-repeated")
        told = frame[conflict | repeat]
        return pd.DataFrame({"row": told["row"], "column": "", "rule": told["rule"]}).reset_index(
            drop=True
        )

    def _keys_that_stand_twice(self) -> np.ndarray:
        """Return each such key once; all that is made for it is the keys in their order."""
        keys = np.concatenate([np.array([], "int64"), *self._keys])
        keys.sort()
        return np.unique(keys[1:][keys[1:] == keys[:-1]])
