"""What the commands print: plain tables and sentences, readable when piped."""

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from flows.examine import Fault, Verdict
from schemas.issues import Issue
from sources.inbox import LeftOut


def console(*, error: bool = False) -> Console:
    """Return a console; output that is no terminal is not wrapped to one's width."""
    made = Console(stderr=error, highlight=False, soft_wrap=False)
    if not made.is_terminal:
        made = Console(stderr=error, highlight=False, width=200)
    return made


def grid(
    title: str, heads: Sequence[str], rows: Iterable[Sequence[str]], numbers: int = 0
) -> Table:
    """Return a table whose last `numbers` columns are right-aligned."""
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
    for place, head in enumerate(heads):
        is_number = place >= len(heads) - numbers
        table.add_column(head, justify="right" if is_number else "left", overflow="fold")
    for row in rows:
        table.add_row(*(escape(cell) for cell in row))
    return table


def issue_lines(issues: Iterable[Issue]) -> Iterable[str]:
    """Return a sentence and a remedy for each issue about a whole file."""
    for issue in issues:
        yield f"  {issue.sentence}\n    What to do: {issue.remedy}"


def fault_lines(fault: Fault) -> str:
    """Return what is wrong with some rows, which ones, and what to do."""
    rows = ", ".join(str(row) for row in fault.first_rows)
    more = (
        f" and {fault.count - len(fault.first_rows):,} more"
        if fault.count > len(fault.first_rows)
        else ""
    )
    noun = "row" if fault.count == 1 else "rows"
    return (
        f"  {fault.count:,} {noun} ({fault.response}): {fault.issue.sentence}\n"
        f"    {'Row' if fault.count == 1 else 'Rows'} {rows}{more}. "
        f"What to do: {fault.issue.remedy}"
    )


def verdict_lines(verdict: Verdict | LeftOut) -> Iterable[str]:
    """Return all that a check has to say of one file."""
    if isinstance(verdict, LeftOut):
        yield f"{verdict.name}: left out, it is not one of this partnership's exports."
        return
    yield verdict.name
    if verdict.source:
        period = f", {verdict.span.label}" if verdict.span else ""
        yield f"  Read as: {verdict.source} ({verdict.layout}){period}"
    if verdict.refusals:
        yield "  THE FILE IS REJECTED. Nothing of it would be counted."
        yield from issue_lines(verdict.refusals)
    else:
        yield (
            f"  {verdict.read:,} rows read, {verdict.accepted:,} accepted, "
            f"{verdict.rejected:,} rejected"
        )
    yield from issue_lines(verdict.file_issues)
    yield from (fault_lines(fault) for fault in verdict.faults)
    if verdict.is_clean and not verdict.faults:
        yield "  Nothing to correct."
