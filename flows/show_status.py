"""What `csp status` prints: what needs a person first, then what came of each quarter."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from reports.standing import LEGEND, QuarterState, Standing, by_year, is_blank
from schemas.words import day_label, listed

WIDTH = 100
"""Columns that it fits, on a terminal that is as wide, and in a pipe."""
YEARS_SHOWN = 2
_SOURCE, _QUARTER = 29, 16


def show_status(standing: Standing, *, is_all: bool = False) -> None:
    """Print how things stand; of financial years only the last two, unless all are asked for."""
    out = Console(highlight=False)
    out = Console(highlight=False, width=min(out.width, WIDTH) if out.is_terminal else WIDTH)

    def say(text: str = "") -> None:
        out.print(text, markup=False)

    say(f"{standing.partnership}, {day_label(standing.at)}, {standing.at:%H:%M} UTC")
    _show_needs(out, standing)
    left = YEARS_SHOWN
    blank: list[str] = []
    for year, quarters in by_year(standing.quarters).items():
        pack = standing.years.get(year)
        if not (left or is_all):
            say("\nEarlier years are shown by csp status --all.")
            break
        if not pack and is_blank(quarters):
            blank.append(year.code)
            continue
        left -= 1
        about = f"pack of the year: {pack.shown}" if pack else "no pack of the year yet"
        say()
        out.print(_grid(f"{year.label} ({about})", quarters, standing.titles))
    if blank:
        say(f"\nNothing has come of {listed(blank)}.")
    if standing.words:
        say("\nNumbers are rows: accepted/rejected.")
        for word in standing.words:
            out.print(_hanging(f"  {word.value:14}  ", LEGEND[word]))
    say(f"\n{standing.came}" if standing.schema else "")
    if standing.runs:
        say("\nLast runs of each kind:")
        for run in standing.runs:
            out.print(_hanging("  ", run.shown))
    say(f"\nAlerts to be sent: {standing.alerts.count or 'none'}.")
    say(f"csp {standing.version}. {standing.schema or 'The warehouse is out.'}")


def _show_needs(out: Console, standing: Standing) -> None:
    if not standing.needs:
        out.print("\nNothing needs a person.", markup=False)
        return
    out.print("\nWhat needs a person:", markup=False)
    for number, need in enumerate(standing.needs, 1):
        out.print(_hanging(f"{number:3}. ", need.what))
        out.print(_hanging("     ", f"What to do: {need.to_do}"))


def _hanging(lead: str, text: str) -> Table:
    """Return a text that stands behind its lead, and is wrapped there."""
    made = Table.grid(padding=0)
    made.add_column(width=len(lead), no_wrap=True)
    made.add_column(overflow="fold")
    made.add_row(Text(lead), Text(text))
    return made


def _grid(title: str, quarters: Sequence[QuarterState], titles: dict[str, str]) -> Table:
    """Return a year: a line of two a source, a column a quarter."""
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
    table.add_column("", width=_SOURCE, overflow="fold")
    for state in quarters:
        table.add_column(state.quarter.label, width=_QUARTER, overflow="fold")
    for code, name in titles.items():
        cells = [next(e for e in state.exports if e.source == code) for state in quarters]
        table.add_row(Text(name), *(Text(f"{each.shown}\n{each.rows}".rstrip()) for each in cells))
    packs = [
        Text(state.pack.shown.replace(", ", "\n") if state.pack else "not made")
        for state in quarters
    ]
    table.add_row(Text("Pack of the quarter"), *packs)
    return table
