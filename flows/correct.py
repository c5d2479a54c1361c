"""`csp correct`: writes a correction on record for one cell of a partner's file, without a hash."""

import json
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from schemas.issues import DeliveryRejected
from schemas.words import day_label
from sources.corrections import (
    Correction,
    column_of,
    corrections_of,
    digest,
    load_corrections,
)
from sources.delivery import CorrectionError
from sources.inbox import Delivery, Recognised, recognise
from sources.partners import SOURCES
from sources.spec import Column


@dataclass(frozen=True)
class Wish:
    """What a person wants corrected: in which cell, to what, and why.

    `throughout` means every cell of the column that holds the same text. `until` is the last day on
    which the correction is good.
    """

    row: int
    column: str
    becomes: str
    by: str
    because: str
    on: date
    until: date | None = None
    throughout: bool = False


def record_correction(path: Path, wish: Wish, folder: Path) -> Path:
    """Write the record of a correction of a file and return its path.

    It holds for files of the same name, so that it fails, as it must, when the partner has put the
    file right. Raises `CorrectionError` when there is no such cell, or it is corrected already.
    """
    found = _recognised(path)
    column = column_of(found.layout, wish.column)
    if column is None:
        headings = ", ".join(" + ".join(c.headers) for c in found.layout.columns)
        raise CorrectionError(
            f"{path.name} ({found.source.title}) has no column '{wish.column}'. It has: {headings}."
        )
    text = _text_at(found, wish.row, column)
    if wish.throughout and not text:
        raise CorrectionError("A blank cell can be corrected in its own row only.")
    for known in corrections_of(found, load_corrections(folder, SOURCES)).of_file:
        if column_of(found.layout, known.column) is column and _meets(known, wish, digest(text)):
            raise CorrectionError(
                f"{path.name}: {known.described} corrects that already; {known.by} put it on "
                f"record on {day_label(known.on)}. Should it say something else, take that record "
                f"out of {folder} first: of two, one would find nothing to correct, and the file "
                "would be refused."
            )
    lines: dict[str, str | int | date] = {
        "source": found.source.code,
        "file": found.delivery.own_name,
        "column": " + ".join(column.headers),
        **({} if wish.throughout else {"row": wish.row}),
        "expected": digest(text),
        "becomes": wish.becomes,
        "by": wish.by,
        "on": wish.on,
        "because": wish.because,
        **({"until": wish.until} if wish.until else {}),
    }
    folder.mkdir(parents=True, exist_ok=True)
    record = _free_name(folder, f"{wish.on}-{path.name}-{column.field}-row-{wish.row}")
    body = "\n".join(f"{name} = {_as_toml(value)}" for name, value in lines.items())
    record.write_text(f"[[correction]]\n{body}\n", encoding="utf-8")
    return record


def _meets(known: Correction, wish: Wish, expected: str) -> bool:
    """Say whether a correction on record is about a cell that a wish is about."""
    if known.row is not None and not wish.throughout:
        return known.row == wish.row
    return known.expected == expected


def _recognised(path: Path) -> Recognised:
    try:
        return recognise(Delivery(path.name, path, "", path.stat().st_size), SOURCES)
    except DeliveryRejected as refusal:
        raise CorrectionError(f"{path.name}: {refusal}") from None


def _text_at(found: Recognised, row: int, column: Column) -> str:
    """Return the text of a cell as the gate sees it, "" for a blank one."""
    try:
        for text in found.file.chunks(found.header, found.match.positions, found.layout):
            if row in text.frame.index:
                cell = text.frame.at[row, column.field]
                return "" if pd.isna(cell) else str(cell)
    except DeliveryRejected as refusal:
        raise CorrectionError(f"{found.delivery.name}: {refusal}") from None
    raise CorrectionError(f"{found.delivery.name} has no record in row {row}.")


def _free_name(folder: Path, wanted: str) -> Path:
    plain = re.sub(r"[^A-Za-z0-9]+", "-", wanted).strip("-").lower()
    number, place = 1, folder / f"{plain}.toml"
    while place.exists():
        number += 1
        place = folder / f"{plain}-{number}.toml"
    return place


def _as_toml(value: str | int | date) -> str:
    """Write a value as TOML; its texts are escaped as those of JSON are."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return str(value)
