"""Corrections that were agreed with a partner: dated, reasoned records, applied to the text.

Each is a table of a TOML file in the folder `corrections`::

    [[correction]]
    source = "police_crime"
    file = "police-crime-2020-21-q1.csv"   # a pattern of the file's own name; or sha256 = "..."
    column = "District"                    # the agreed heading
    row = 418                              # left out: every cell of the column with that text
    expected = "9f86d081884c7d65..."       # SHA-256 of the text that stands there, as UTF-8
    becomes = "St Albans"                  # "" makes the cell blank
    by = "A. Clerk"
    on = 2026-07-13
    because = "The export of June wrote the parish. Agreed with the force by telephone."
    until = 2026-12-31                     # left out: without end

A correction fails when its file comes and it no longer fits: the text is not there (the partner has
put it right), or its time has ended. The file is then refused until the correction is taken away.
"""

import hashlib
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pandas as pd

from schemas.issues import DeliveryRejected, Issue
from schemas.words import day_label
from sources.delivery import CorrectionError
from sources.headers import clean
from sources.inbox import Recognised
from sources.repairs import exchange_texts
from sources.spec import Column, Layout, SourceSpec

NEEDED = {"source": str, "column": str, "expected": str, "becomes": str, "by": str, "on": date,
          "because": str}  # fmt: skip
OPTIONAL = {"file": str, "sha256": str, "row": int, "until": date}
SHA256_LENGTH = 64


@dataclass(frozen=True)
class Correction:
    """One agreed correction; `record` says where it stands. Fields are those of its TOML table."""

    record: str
    source: str
    column: str
    expected: str
    becomes: str
    by: str
    on: date
    because: str
    file: str = ""
    sha256: str = ""
    row: int | None = None
    until: date | None = None

    def is_for(self, found: Recognised) -> bool:
        """Say whether it is about this file."""
        if self.source != found.source.code:
            return False
        if self.sha256:
            return self.sha256 == found.delivery.sha256
        return fnmatchcase(found.delivery.own_name.lower(), self.file.lower())

    @property
    def described(self) -> str:
        """Which correction it is, in words for the partner."""
        where = f"row {self.row}" if self.row is not None else "all rows"
        return f"{self.record} ('{self.column}', {where})"


def digest(text: str) -> str:
    """Return the SHA-256 of a cell's text, by which a correction knows it again."""
    return hashlib.sha256(text.encode()).hexdigest()


# --- the records ------------------------------------------------------------------------------


def load_corrections(folder: Path, sources: Iterable[SourceSpec]) -> tuple[Correction, ...]:
    """Read all records of a folder, in the order of their files; no folder has none.

    Raises `CorrectionError` with every fault at once.
    """
    known = {source.code: source for source in sources}
    found: list[Correction] = []
    faults: list[str] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            content = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            faults.append(f"{path}: {error}")
            continue
        tables = content.get("correction", [])
        if set(content) != {"correction"} or not isinstance(tables, list):
            faults.append(f"{path}: it must hold tables headed [[correction]] and nothing else.")
            continue
        for number, table in enumerate(tables, start=1):
            place = f"{path}, correction {number}"
            wrong = list(_faults(table, known)) if isinstance(table, dict) else ["no table."]
            faults += [f"{place}: {fault}" for fault in wrong]
            if not wrong:
                name = path.name if len(tables) == 1 else f"{path.name}, no. {number}"
                found.append(Correction(record=name, **table))
    if faults:
        raise CorrectionError(" ".join(faults))
    return tuple(found)


def _faults(table: dict[str, Any], known: dict[str, SourceSpec]) -> Iterable[str]:
    kinds = {str: "a text", int: "a number", date: "a date such as 2026-07-13"}
    known_names: dict[str, type] = {**NEEDED, **OPTIONAL}
    yield from (f"'{name}' is missing." for name in NEEDED if name not in table)
    for name, value in table.items():
        if name not in known_names:
            yield f"'{name}' is not known."
        elif type(value) is not known_names[name]:
            yield f"'{name}' must be {kinds[known_names[name]]}."
        elif value == "" and name != "becomes":
            yield f"'{name}' is blank."
    if ("file" in table) == ("sha256" in table):
        yield "give either 'file' or 'sha256'."
    for name in ("expected", "sha256"):
        value = str(table.get(name, "0" * SHA256_LENGTH))
        if len(value) != SHA256_LENGTH or set(value) - set("0123456789abcdef"):
            yield f"'{name}' must be a SHA-256: 64 of 0-9 and a-f."
    source = known.get(str(table.get("source")))
    if source is None and "source" in table:
        yield f"'source' must be one of {', '.join(known)}."
    if source and not any(column_of(lay, str(table.get("column"))) for lay in source.layouts):
        yield f"'column' is no heading of {source.title}."


def column_of(layout: Layout, heading: str) -> Column | None:
    """Return the column of a layout that is meant by a heading or by our name of the field."""
    for column in layout.columns:
        names = (column.field, " + ".join(column.headers), *column.headers)
        if clean(heading) in {clean(name) for name in names}:
            return column
    return None


# --- their use --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Corrections:
    """The corrections of one file."""

    of_file: tuple[Correction, ...]
    layout: Layout

    @property
    def fields(self) -> set[str]:
        """The fields that they are about."""
        found = (column_of(self.layout, c.column) for c in self.of_file)
        return {column.field for column in found if column is not None}

    @property
    def sha256(self) -> str:
        """Fingerprint of what they change, whoever recorded it; "" where there is none."""
        changes = sorted(repr((c.row, c.column, c.expected, c.becomes)) for c in self.of_file)
        return digest("".join(changes)) if changes else ""

    def apply(self, frame: pd.DataFrame, count: Counter[Correction] | None = None) -> pd.DataFrame:
        """Return a frame of text with the corrections made; `count` is told the cells of each."""
        for correction in self.of_file:
            column = column_of(self.layout, correction.column)
            if column is not None:
                texts, cells = _corrected(frame[column.field], correction)
                if cells:
                    frame = frame.assign(**{column.field: texts})
                    if count is not None:
                        count[correction] += cells
        return frame

    def settle(self, found: Recognised, today: date) -> tuple[Issue, ...]:
        """Try them on the whole file; returns what is corrected.

        Raises `DeliveryRejected` with every correction that no longer fits. The file is read once
        more for it, which only files with corrections pay for.
        """
        if not self.of_file:
            return ()
        count: Counter[Correction] = Counter()
        for text in found.file.chunks(found.header, found.match.positions, self.layout):
            self.apply(text.frame, count)
        stale = [
            Issue("correction-stale", expected=f"{c.described} {why}")
            for c in self.of_file
            if (why := _why_stale(c, count[c], today))
        ]
        if stale:
            raise DeliveryRejected(*stale)
        return tuple(
            Issue("column-corrected", None, c.column, f"{_cells(count[c])} by {c.record}")
            for c in self.of_file
        )


def corrections_of(found: Recognised, known: Sequence[Correction]) -> Corrections:
    """Return those of all corrections that are about a file."""
    return Corrections(tuple(c for c in known if c.is_for(found)), found.layout)


def _why_stale(correction: Correction, cells: int, today: date) -> str:
    if correction.until and today > correction.until:
        return f"was good until {day_label(correction.until)}"
    return "" if cells else "finds nothing to correct"


def _cells(count: int) -> str:
    return f"{count:,} cell{'s' if count != 1 else ''}"


def _corrected(texts: pd.Series, correction: Correction) -> tuple[pd.Series, int]:
    """Return a column with a correction made, and in how many cells."""
    becomes = correction.becomes or None
    if correction.row is not None:
        if correction.row not in texts.index:
            return texts, 0
        before = texts[correction.row]
        if digest("" if pd.isna(before) else str(before)) != correction.expected:
            return texts, 0
        plain = texts.astype("str")
        plain[correction.row] = becomes
        return plain.astype(texts.dtype if texts.dtype == "str" else "category"), 1
    meant = [text for text in texts.dropna().unique() if digest(str(text)) == correction.expected]
    if not meant:
        return texts, 0
    return exchange_texts(texts, dict.fromkeys(meant, becomes)), int(texts.isin(meant).sum())
