"""National publications, whose workbooks come as they are: the one exception for hidden sheets.

A partner can be asked to delete what its workbook hides; Defra cannot. A layout may declare what
its publication hides, down to the pattern of every cell: then, and only then, the workbook is
taken, and the hidden sheet is still never read as data. A workbook that has another hidden sheet,
or anything else on that one, or that does not show the publication's own headings, is refused as
before.
"""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from schemas.issues import DeliveryRejected
from sources.delivery import own_name
from sources.headers import match_headers
from sources.sheets import SheetFile, Unopened, cell_text, hidden_files, sheet_files
from sources.spec import HiddenSheet, Layout, Sheet, SourceSpec


def hides_what_is_declared(path: Path, name: str, sources: Iterable[SourceSpec]) -> bool:
    """Say whether all that a workbook hides is what the layout that it has declares."""
    return any(
        _hides_only(path, layout.format) and _is_of(path, layout)
        for source in sources
        for layout in source.layouts
        if isinstance(layout.format, Sheet)
        and layout.format.hidden
        and own_name(name).lower().endswith(layout.format.suffixes)
    )


def _hides_only(path: Path, form: Sheet) -> bool:
    declared = {sheet.name: sheet for sheet in form.hidden}
    try:
        return all(
            file.name in declared and _is_as_declared(file, declared[file.name])
            for file in hidden_files(path, form)
        )
    except (Unopened, DeliveryRejected):
        return False


def _is_as_declared(file: SheetFile, declared: HiddenSheet) -> bool:
    """Say whether a sheet has the declared headings, and below them nothing of another form."""
    rows = ([cell_text(cell).strip() for cell in row] for row in file.rows())
    headings = [heading for heading, _ in declared.columns]
    patterns = [pattern for _, pattern in declared.columns]
    return _filled(next(rows, [])) == headings and all(
        len(_filled(row)) <= len(patterns)
        and all(
            re.fullmatch(pattern, cell)
            for pattern, cell in zip(patterns, row, strict=False)
            if cell
        )
        for row in rows
    )


def _filled(row: Sequence[str]) -> list[str]:
    """Return a row up to its last cell that is not blank."""
    last = max((place for place, cell in enumerate(row, start=1) if cell), default=0)
    return list(row[:last])


def _is_of(path: Path, layout: Layout) -> bool:
    """Say whether a sheet that is shown has the headings of a layout."""
    if not isinstance(layout.format, Sheet):
        return False
    try:
        return any(
            match_headers(row.cells, layout).fits
            for file in sheet_files(path, layout.format)
            for row in file.head()
        )
    except DeliveryRejected:
        return False
