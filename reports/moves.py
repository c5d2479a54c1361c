"""What changed most: the figures of a pack that moved further than chance alone would move them.

The rule: the change is more than twice the square root of the two figures together (two standard
deviations of the difference of two independent counts), and the earlier figure is not small. Rows
that overlap others, stand for several areas at once or are no counts of the period are left out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from reports.cells import Comparison, show_change, show_count
from reports.document import Block, Grid, Section, plain
from reports.figures import Filled, Line
from reports.spec import Level
from schemas.measures import Kind

MOVES_SHOWN = 10
DEVIATIONS = 2
ANCHOR = "changed-most"
NO_COUNTS = frozenset({"pence", "pounds", "percent"})
"""Units of what is no number of things: chance moves it in another way."""


@dataclass(frozen=True)
class Move:
    """One figure that moved; `force` is the square of its change in standard deviations.

    `table` is the number of the first table that prints it.
    """

    table: int
    line: Line
    compared: Comparison
    force: Fraction


def largest_moves(tables: Sequence[Filled], small_base: int) -> tuple[Move, ...]:
    """Return what moved further than chance in the first window, the furthest first."""
    found: dict[tuple[str, str], Move] = {}
    for number, table in enumerate(tables, start=1):
        for line in table.lines:
            move = _move(number, line, small_base)
            if move is not None:
                found.setdefault((line.measure.code, line.area.code), move)
    order = sorted(found.values(), key=lambda m: (-m.force, m.line.measure.code, m.line.area.code))
    return tuple(order[:MOVES_SHOWN])


def _move(table: int, line: Line, small_base: int) -> Move | None:
    compared = line.comparisons[0]
    now, before = compared.value.value, compared.previous.value
    is_count = line.measure.kind is Kind.FLOW and line.measure.unit not in NO_COUNTS
    if not is_count or line.row.level is Level.REST:
        return None
    is_compared = compared.change.value is not None
    if now is None or before is None or not is_compared or before < max(small_base, 1):
        return None
    force = Fraction((now - before) ** 2) / Fraction(now + before)
    return Move(table, line, compared, force) if force > DEVIATIONS**2 else None


def moves_section(tables: Sequence[Filled], small_base: int) -> Section:
    """Return the section "What changed most"."""
    return Section("What changed most", ANCHOR, tuple(_blocks(tables, small_base)))


def _blocks(tables: Sequence[Filled], small_base: int) -> Iterator[Block]:
    window = tables[0].windows[0] if tables else None
    if window is None:
        return
    moves = largest_moves(tables, small_base)
    yield plain(
        f"Figures of {window.span.label} that differ from those of {window.before.label} by more "
        f"than {DEVIATIONS} times the square root of both together, which chance alone seldom "
        f"does. Earlier figures below {small_base} are left out. A change does not tell its cause.",
        is_small=True,
    )
    if not moves:
        yield plain("No figure changed by that much.")
        return
    yield Grid(
        anchor=f"{ANCHOR}-table",
        title=f"The {len(moves)} largest changes" if len(moves) > 1 else "The largest change",
        header=("Figure", "Table", "Area", window.span.label, window.before.label, "Change",
                "Change (%)"),
        rows=tuple(
            (
                f"{move.line.measure.label} ({move.line.measure.unit})",
                f"Table {move.table}", move.line.area.name,
                show_count(move.compared.value), show_count(move.compared.previous),
                show_change(move.compared.change), show_change(move.compared.percent),
            )
            for move in moves
        ),
        right=frozenset({3, 4, 5, 6}),
    )  # fmt: skip
