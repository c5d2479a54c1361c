"""A receipt as CSV: one line a fault and row, so that the rows can be worked through.

Lines about the whole file come first, with an empty row number; then the rows in their order. No
cell begins with a sign that a spreadsheet would take for a formula.
"""

import csv
import io
from collections.abc import Iterator

import numpy as np

from reports.formats.texts import printable
from reports.receipt import Finding, Receipt
from schemas.rules import Response

COLUMNS = ("file", "row", "heading", "rule", "what_happened", "what_is_wrong", "what_to_do")
LINES_AT_ONCE = 50_000

HAPPENED = {
    Response.REJECT_FILE: "file rejected",
    Response.REJECT_ROW: "row rejected",
    Response.HOLD: "publication held",
    Response.WARN: "warning",
    Response.FIX: "mended",
}


def neutral(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula, on one line, all of it printable."""
    plain = " ".join(printable(text).split())
    return f"'{plain}" if plain.startswith(("=", "+", "-", "@")) else plain


def receipt_csv(receipt: Receipt) -> Iterator[str]:
    """Yield the CSV piece by piece: a file may have a million faults."""
    yield _line(COLUMNS)
    findings = receipt.everything
    for finding in findings:
        if finding.rows is None:
            before, after = _around(receipt, finding)
            yield f"{before}{after}"
    found = [finding for finding in findings if finding.rows is not None]
    if not found:
        return
    numbers = [f.rows.numbers for f in found if f.rows is not None]
    rows = np.concatenate(numbers)
    which = np.repeat(np.arange(len(found)), [len(n) for n in numbers])
    order = np.argsort(rows, kind="stable")
    rows, which = rows[order], which[order]
    around = [_around(receipt, finding) for finding in found]
    for start in range(0, len(rows), LINES_AT_ONCE):
        part = slice(start, start + LINES_AT_ONCE)
        yield "".join(
            f"{around[n][0]}{row}{around[n][1]}"
            for row, n in zip(rows[part].tolist(), which[part].tolist(), strict=True)
        )


def _around(receipt: Receipt, finding: Finding) -> tuple[str, str]:
    """Return what stands before and after the row number: it is the same for every row."""
    before = _line((receipt.file_name,)).removesuffix("\n")
    after = _line(
        (
            finding.heading, finding.rule, HAPPENED[finding.response], finding.sentence,
            finding.remedy,
        )
    )  # fmt: skip
    return f"{before},", f",{after}"


def _line(cells: tuple[str, ...]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(neutral(cell) for cell in cells)
    return out.getvalue()
