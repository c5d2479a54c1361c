"""`csp holds` and `csp rejected`: what waits for a person, and what partners have to correct."""

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from io import StringIO
from pathlib import Path

from flows.show import console, grid
from reports.formats.receipt_csv import neutral
from schemas.issues import Issue
from schemas.words import counted, day_label
from sources.partners import is_download, source
from warehouse.read import HoldLine, RejectedLine

REJECTED_COLUMNS = (
    "delivery", "file", "source", "row", "heading", "rule", "what is wrong", "what to do",
)  # fmt: skip


def said(hold: HoldLine) -> str:
    """Say a hold in one sentence, with its number."""
    return f"Hold {hold.id}, {hold.file_name}: {Issue(hold.rule, expected=hold.detail).sentence}"


def said_to_all(hold: HoldLine) -> str:
    """Say a hold without what was counted: rows and figures are not for the public."""
    sentence = Issue(hold.rule, expected=hold.detail).sentence
    return f"Hold {hold.id}, {hold.file_name}: {sentence.partition(':')[0].rstrip('.')}."


def remedy_of(hold: HoldLine) -> str:
    """Say what to ask, and of a public file what to look at."""
    issue = Issue(hold.rule, expected=hold.detail)
    return issue.remedy_for(is_download=is_download(hold.source))


def state_of(hold: HoldLine) -> str:
    """Say in a few words what became of a hold."""
    if hold.released_at is not None:
        when = day_label(hold.released_at)
        return f"released by {hold.released_by}, {when}: {hold.released_because}"
    return "replaced by a later file" if hold.is_replaced else "not answered yet"


def show_holds(holds: Sequence[HoldLine], *, is_all: bool) -> bool:
    """Print holds with what to ask of whom; return True when one stands."""
    standing = [hold for hold in holds if hold.stands]
    out = console()
    for hold in holds if is_all else standing:
        out.print(f"Hold {hold.id}: {hold.file_name}", style="bold", markup=False)
        out.print(
            f"  {source(hold.source).title}, {hold.span.label}; "
            f"raised {day_label(hold.raised_at)}; {state_of(hold)}",
            markup=False,
        )
        out.print(f"  {Issue(hold.rule, expected=hold.detail).sentence}", markup=False)
        out.print(f"  What to do: {remedy_of(hold)}", markup=False)
    if standing:
        count = len(standing)
        out.print(
            f"{counted(count, 'hold stands', 'holds stand')}. When the partner has "
            "answered: csp holds release NUMBER --by YOUR-NAME --because REASON"
        )
    elif not is_all:
        out.print("No hold stands.")
    return bool(standing)


def show_rejected(lines: Sequence[RejectedLine]) -> None:
    """Print how many rows of each file were rejected by each rule."""
    counts = Counter((r.delivery_id, r.file_name, r.header, r.rule) for r in lines)
    rows = [
        (str(number), name, header, rule, f"{count:,}")
        for (number, name, header, rule), count in counts.items()
    ]
    heads = ("Delivery", "File", "Heading", "Rule", "Rows")
    console().print(grid("Rejected rows that no later file has replaced", heads, rows, numbers=1))
    total = len({(r.delivery_id, r.source_row) for r in lines})
    console().print(f"{counted(total, 'row')} in all. With --csv FILE each of them is listed.")


def rejected_csv(lines: Iterable[RejectedLine]) -> str:
    """Return rejected rows as CSV, a line a reason; no cell can be taken for a formula."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(REJECTED_COLUMNS)
    for line in lines:
        issue = Issue(line.rule, line.source_row, line.header, line.expected)
        cells = (
            str(line.delivery_id), line.file_name, line.source, str(line.source_row), line.header,
            line.rule, issue.sentence, issue.remedy_for(is_download=is_download(line.source)),
        )  # fmt: skip
        writer.writerow([neutral(cell) for cell in cells])
    return text.getvalue()


def write_rejected(path: Path, lines: Iterable[RejectedLine]) -> None:
    """Write rejected rows as a CSV file that Excel opens as UTF-8."""
    path.write_text(rejected_csv(lines), encoding="utf-8-sig", newline="")
