"""What the commands print: plain tables and sentences, readable when piped."""

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from schemas.issues import Issue
from schemas.rules import RULES


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


def issue_lines(issues: Iterable[Issue], *, is_download: bool = False) -> Iterable[str]:
    """Return a sentence and a remedy for each issue about a whole file."""
    for issue in issues:
        alarm = "SECURITY: " if RULES[issue.rule].security else ""
        todo = issue.remedy_for(is_download=is_download)
        yield f"  {alarm}{issue.sentence}\n    What to do: {todo}"
