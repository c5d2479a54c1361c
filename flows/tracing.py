"""`csp trace`: what is behind a printed figure, in words and as CSV. No cell of a file is in it."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from rich.console import Console

from flows.receive import reach_of
from flows.settings import Settings
from flows.show import console
from reports import cells
from reports.figures import area_at
from reports.formats.receipt_csv import neutral
from reports.row_numbers import RowNumbers
from reports.tables import KEY_FIGURES, TABLES
from reports.wards import ward_name
from schemas.geography import is_ward, wards_of
from schemas.measures import Measure, Scope, is_stated, siblings
from schemas.named import area_named, measure_named
from schemas.period import Month, Span, parse_span, period_code
from schemas.words import PENCE, counted, day_label, listed, printed
from sources.partners import source
from warehouse.engine import Engine
from warehouse.mart import Reach, areas_of
from warehouse.read import DeliveryLine, area_names
from warehouse.trace import trace
from warehouse.trace_parts import Behind, Figure, Gap, Trace, Why
from warehouse.trace_wards import trace_ward
from warehouse.wards import can_be_placed

RUNS_SHOWN = 40
"""How many runs of row numbers are printed of a delivery; --csv lists every row."""
CSV_COLUMNS = (
    "measure", "label", "area_code", "area_name", "period", "delivery", "file", "sha256",
    "received_on", "layout", "row", "adds",
)  # fmt: skip


def trace_named(
    engine: Engine, measure: str, period: str, area: str | None, settings: Settings
) -> Trace:
    """Trace the figure that a person names; without an area, that of the partnership's district.

    Raises `NameUnclear` or `PeriodError` for what names none.
    """
    found = measure_named(measure, {name: row.measure for name, row in KEY_FIGURES.items()})
    span = parse_span(period)
    if is_stated(found.code):
        code = area_named(area, _stated_areas(engine)) if area else area_stated(found, settings)
        return trace(engine, Figure(found, code, span), ())
    reaches = [reach_of(layout, settings) for layout in source(found.source).layouts]
    names, areas = area_names(engine), settings.areas
    known = {
        code: names.get(code, areas.name_of(code))
        for reach in reaches
        for code in areas_of(found, reach)
    }
    if not found.is_sensitive and can_be_placed(found):
        known |= {code: ward_name(code) for code in wards_of(areas.district.code)}
    code = area_named(area, known) if area else _usual_area(found, reaches, settings)
    if is_ward(code):
        return trace_ward(engine, Figure(found, code, span), areas.district.code, reaches)
    return trace(engine, Figure(found, code, span), reaches)


def _stated_areas(engine: Engine) -> dict[str, str]:
    """Return the areas of figures that partners state, and their names."""
    return {code: name for code, name in area_names(engine).items() if code[:1] in "ELW"}


def area_stated(measure: Measure, settings: Settings) -> str:
    """Return the area for which tables print a measure that partners state."""
    printed = [row for table in TABLES for row in table.rows if row.measure == measure.code]
    area = area_at(printed[0].level, settings.areas) if printed else None
    return (area or settings.areas.district).code


def area_label(engine: Engine, figure: Figure, settings: Settings) -> str:
    """Return the printed name of a figure's area."""
    code = figure.area_code
    if is_ward(code):
        return ward_name(code)
    return area_names(engine).get(code) or settings.areas.name_of(code)


def _usual_area(measure: Measure, reaches: Sequence[Reach], settings: Settings) -> str:
    """Return the district, or the whole area of the file for what is counted of a file alone."""
    if measure.scope is Scope.AREA:
        return settings.areas.district.code
    return next(reach.extent.code for reach in reaches if reach.focus)


# --- in words ---------------------------------------------------------------------------------


def _with_unit(figure: cells.Figure, unit: str) -> str:
    """Print a figure as the tables do, with what it counts; an amount of money says so itself."""
    shown = cells.show_count(cells.count(figure, unit=unit))
    return shown if unit == PENCE else f"{shown} {unit}"


def show_trace(found: Trace, area_name: str, as_at: str | None) -> bool:
    """Print what is behind a figure; return False where a law is broken."""
    out, figure = console(), found.figure
    measure = figure.measure
    stood = f", as it stood at the end of {as_at}" if as_at else ""
    value = "[x]" if found.printed is None else _with_unit(found.printed, measure.unit)
    _say(out, f"{measure.label}, {area_name}, {figure.span.label}{stood}: {value}", is_bold=True)
    _say(out, f"{measure.code}, {figure.area_code}, {period_code(figure.span)}")
    for sentence in _what_is_counted(measure):
        _say(out, sentence)
    for gap in found.gaps:
        _show_gap(out, gap, measure)
    for part in found.behind:
        _show_delivery(out, part, measure)
    if found.printed is not None:
        for line in found.repeated:
            _say(out, f"\n{_repeats(line, found)}")
        _say(out, f"\n{_sum(found)}")
    for fault in found.faults:
        _say(out, f"A LAW IS BROKEN. {fault}", is_bold=True)
    if found.faults:
        _say(
            out,
            "Rows and views disagree: do not use this figure. Keep the warehouse as it is and tell "
            "who looks after csp.",
        )
    return not found.faults


def _say(out: Console, text: str, *, is_bold: bool = False) -> None:
    out.print(text, markup=False, style="bold" if is_bold else "")


def _what_is_counted(measure: Measure) -> list[str]:
    told = [measure.definition] if measure.definition else []
    if measure.is_residual:
        parts = listed([part.code for part in siblings(measure)], "or")
        told.append(f"The rows are those of {measure.parent} that are not in {parts}.")
    return told


def _show_gap(out: Console, gap: Gap, measure: Measure) -> None:
    months = listed(_runs(gap.months))
    if gap.why is Why.NOT_STATED:
        _say(out, f"\nNo partner has stated it for {months}, or for all parts of that.")
    elif gap.why is Why.BUDGET_NOT_STATED:
        _say(
            out,
            f"\nNo payment of {months} states it, one from such a grant states none, or not all of "
            "these months were received.",
        )
    elif gap.why is Why.BUDGET_OF_YEAR:
        _say(out, "\nA budget is of the financial year: ask for April up to the end of a quarter.")
    elif gap.why is Why.NOT_RECEIVED:
        _say(out, f"\nNothing was received for {months}.")
    elif gap.why is Why.HELD:
        numbers = listed([str(hold.id) for hold in gap.holds])
        one = len(gap.holds) == 1
        _say(
            out,
            f"\n{months}: no row came where rows are usual, and nobody has said yet whether there "
            f"was nothing to count ({'hold' if one else 'holds'} {numbers}: csp holds).",
        )
    else:
        rows = sum(len(part.rows) for part in gap.behind)
        _say(
            out,
            f"\n{months}: the count of {counted(rows, 'row')} is blank or "
            f"suppressed, so that the sum of {measure.total} is not known.",
        )
        for part in gap.behind:
            _show_delivery(out, part, measure, is_blank=True)


def _runs(months: Sequence[Month]) -> list[str]:
    """Return months as the labels of their unbroken runs."""
    spans: list[Span] = []
    for month in months:
        if spans and spans[-1].last + 1 == month:
            spans[-1] = Span(spans[-1].first, month)
        else:
            spans.append(Span(month, month))
    return [span.label for span in spans]


def _show_delivery(out: Console, part: Behind, measure: Measure, *, is_blank: bool = False) -> None:
    line = part.record.line
    _say(out, f"\nDelivery {line.id}: {line.file_name}", is_bold=True)
    _say(out, f"  SHA-256 {line.sha256}")
    removed = part.record.bytes_removed_at
    gone = f"; its bytes were removed on {day_label(removed)}" if removed else ""
    _say(out, f"  received {day_label(line.received_at)}; layout: {part.record.layout}{gone}")
    if part.record.again:
        _say(out, f"  {part.record.again}")  # fmt: skip
    if is_blank or not (measure.total or is_stated(measure.code)):
        _say(out, f"  {_rows(part.rows)}")
        return
    rows, adds = np.array(part.rows), np.array(part.adds)
    _say(
        out, f"  {counted(len(rows), 'row adds', 'rows add')} {printed(part.total, measure.unit)}:"
    )
    for each in np.unique(adds).tolist():
        _say(out, f"  {printed(each, measure.unit)} each: {_rows(rows[adds == each])}")


def _rows(rows: Iterable[int]) -> str:
    numbers = RowNumbers(np.fromiter(rows, "int64"))
    one = len(numbers) == 1
    return f"{len(numbers):,} {'row' if one else 'rows'}: {numbers.shown(RUNS_SHOWN)}"


def _repeats(line: DeliveryLine, found: Trace) -> str:
    told = f"Delivery {line.id}, {line.file_name} (received {day_label(line.received_at)}), covers "
    months = listed(_runs([m for m in line.months() if m in found.figure.span]))
    if not found.rows:
        return f"{told}{months} and has no such row."
    return f"{told}{months}: it repeats such rows unchanged, and brought none anew."


def _sum(found: Trace) -> str:
    rows, number = found.rows, len(found.behind)
    if not rows:
        return "No row is behind it: it is a true 0, for every month was received."
    told = f"{counted(rows, 'row')} of "
    told += f"{counted(number, 'delivery', 'deliveries')}; they add up to "
    told += printed(found.total, found.figure.measure.unit)
    return f"{told}, the printed figure." if not found.faults else f"{told}."


# --- as CSV -----------------------------------------------------------------------------------


def write_trace(path: Path, found: Trace, area_name: str) -> None:
    """Write a line a row behind a figure; no text of it can be taken for a formula."""
    figure = found.figure
    names = (
        figure.measure.code, figure.measure.label, figure.area_code, area_name,
        period_code(figure.span),
    )  # fmt: skip
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(CSV_COLUMNS)
        for part in found.behind:
            line = part.record.line
            told = (
                *names, str(line.id), line.file_name, line.sha256,
                line.received_at.date().isoformat(), part.record.layout,
            )  # fmt: skip
            before = [neutral(cell) for cell in told]
            writer.writerows(
                [*before, row, adds] for row, adds in zip(part.rows, part.adds, strict=True)
            )
