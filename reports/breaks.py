"""From when a measure is counted in another way: where a comparison carries [b].

What lies before and after such a month is not alike, whatever the figures say. Each is a
declaration; pictures draw a line there, and tables say so of each comparison across it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from reports.spec import Row, TableSpec
from schemas.period import Month, Span


@dataclass(frozen=True)
class Break:
    """From this month on a measure is counted in another way; `why` is said after a colon."""

    month: Month
    why: str

    @property
    def note(self) -> str:
        """What is said of it, beside a picture and under a table with a comparison across it."""
        return f"From {self.month.label} figures are not like those before: {self.why}."


_BURGLARY_2017 = Break(
    Month(2017, 4), "burglary of sheds and garages of a home counts as residential from then on"
)
_BURGLARY_2023 = Break(
    Month(2023, 4), "residential burglary is recorded by home and unconnected building from then on"
)
BREAKS: Mapping[str, tuple[Break, ...]] = {
    "burglary-residential": (_BURGLARY_2017, _BURGLARY_2023),
    "burglary-business-and-community": (_BURGLARY_2017,),
}
"""By measure; those of burglary are of the Home Office's counting rules."""


def breaks_of(measure: str) -> tuple[Break, ...]:
    """Return the breaks of a measure, in the order of time."""
    return BREAKS.get(measure, ())


def break_between(measure: str, before: Span, now: Span) -> Break | None:
    """Return the last break that makes the figures of two periods unlike each other, if any."""
    found = [b for b in breaks_of(measure) if before.first < b.month <= now.last]
    return found[-1] if found else None


def noted(spec: TableSpec, spans: tuple[tuple[Span, Span], ...]) -> TableSpec:
    """Return a table with a note for each break between the periods that it compares.

    `spans` are those periods, the earlier one first. A row refers to the note; one that has a note
    of its own keeps that, and the note is said of the whole table.
    """
    notes = list(spec.notes)
    rows = tuple(_noted(row, spans, notes) for row in spec.rows)
    return spec if len(notes) == len(spec.notes) else replace(spec, rows=rows, notes=tuple(notes))


def _noted(row: Row, spans: Iterable[tuple[Span, Span]], notes: list[str]) -> Row:
    """Return a row with its note on a break, which is added to the notes of its table."""
    found = [broken for span in spans for broken in (break_between(row.measure, *span),) if broken]
    if not found:
        return row
    if found[0].note not in notes:
        notes.append(found[0].note)
    return row if row.note else replace(row, note=notes.index(found[0].note) + 1)
