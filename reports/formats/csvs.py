"""Tidy CSV: one row a measure, area and period, for tools. Its columns are a contract."""

import csv
import io
from collections.abc import Iterable

from reports.budgets import BudgetTable
from reports.cells import Cell, change, count
from reports.figures import Filled
from reports.formats.receipt_csv import neutral
from reports.official import Reconciled
from reports.revisions import Revision
from reports.signals import Limits, rounded
from reports.trends import Series
from reports.wards import WardTable
from schemas.areas import Area
from schemas.codes import QUALIFIERS
from schemas.measures import unit_of
from schemas.period import Period
from schemas.words import printed_unit

COLUMNS = (
    "table", "measure", "label", "area_code", "area_name", "period", "period_label", "value",
    "mark", "previous", "previous_mark", "change", "percent_change", "percent_mark", "change_mark",
    "role", "note", "qualifier", "as_at", "previous_qualifier", "previous_as_at",
    "unit",
)  # fmt: skip

OFFICIAL_COLUMNS = (
    "period", "measure", "label", "area_code", "area_name", "local", "local_mark", "official",
    "difference", "publication", "official_mark",
)  # fmt: skip

BUDGET_COLUMNS = (
    "table", "measure", "budget_measure", "label", "area_code", "area_name", "period",
    "period_label", "budget", "budget_mark", "spent", "spent_mark", "left", "left_mark",
    "percent_spent", "percent_mark", "role", "unit",
)  # fmt: skip

REVISION_COLUMNS = (
    "period", "period_label", "measure", "label", "area_code", "area_name", "was", "was_mark", "is",
    "is_mark", "difference", "release", "deliveries", "why",
)  # fmt: skip

TREND_COLUMNS = (
    "measure", "label", "area_code", "area_name", "month", "value", "mark", "mean", "lower_limit",
    "upper_limit", "signals", "verdict",
)  # fmt: skip

WARD_COLUMNS = (
    "measure", "label", "area_code", "area_name", "period", "period_label", "value", "mark", "role",
    "note", "unit",
)  # fmt: skip


def to_csv(table: Filled) -> str:
    """Return a table as tidy CSV text: plain numbers, marks in columns of their own.

    Several marks stand with a space between them. `change` is blank where either figure is;
    `period_label` names the months of `value`, and `previous` is of the same months of the year
    before. `role` says how the row stands to the others, `note` what must be known of it alone. A
    `qualifier` stands with the number that it is said of (more than), `as_at` is its date. Amounts
    of money are in pounds; `unit` says so.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for line in table.lines:
        for window, compared in zip(table.windows, line.comparisons, strict=True):
            writer.writerow(
                (
                    table.spec.code, line.measure.code, neutral(line.measure.label),
                    line.area.code, neutral(line.area.name), window.code, window.span.label,
                    compared.value.plain, _marks(compared.value),
                    compared.previous.plain, _marks(compared.previous),
                    compared.change.plain,
                    compared.percent.plain, _marks(compared.percent), _marks(compared.change),
                    line.row.role.value, neutral(table.spec.note_of(line.row)),
                    *_said(compared.value), *_said(compared.previous),
                    printed_unit(line.measure.unit),
                )
            )  # fmt: skip
    return out.getvalue()


def _said(cell: Cell) -> tuple[str, str]:
    """Return what is said of a number that a partner states: its qualifier, and its date."""
    as_at = cell.as_at.isoformat() if cell.as_at else ""
    return QUALIFIERS.labels.get(cell.qualifier, ""), as_at


def _marks(cell: Cell) -> str:
    return " ".join(cell.marks)


def official_csv(found: Iterable[Reconciled]) -> str:
    """Return local figures beside official ones; `difference` is the local less the official."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(OFFICIAL_COLUMNS)
    for one in found:
        local, official, difference = one.cells
        writer.writerow(
            (
                one.year.code, one.measure.code, one.measure.label, one.area.code, one.area.name,
                local.plain, _marks(local), official.plain, difference.plain,
                neutral(one.publication), _marks(official),
            )
        )  # fmt: skip
    return out.getvalue()


def budgets_csv(tables: Iterable[BudgetTable]) -> str:
    """Return budgets beside what was spent of them; `left` is negative where it was overspent."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(BUDGET_COLUMNS)
    for table in tables:
        for row in table.rows:
            line, window = row.line, table.window
            figures = [text for cell in row.cells for text in (cell.plain, _marks(cell))]
            writer.writerow(
                (
                    table.code, line.measure.code, line.row.budget, neutral(line.measure.label),
                    line.area.code, neutral(line.area.name), window.code, window.span.label,
                    *figures, line.row.role.value, printed_unit(line.measure.unit),
                )
            )  # fmt: skip
    return out.getvalue()


def revisions_csv(revisions: Iterable[Revision]) -> str:
    """Return the figures that were published before and are other ones now, one a line.

    `period` is the code of its months, `release` the one that printed `was`; the numbers of several
    deliveries stand with a space between them.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(REVISION_COLUMNS)
    for revision in revisions:
        unit = unit_of(revision.measure)
        was, now = count(revision.was, unit=unit), count(revision.now, unit=unit)
        writer.writerow(
            (
                revision.period, revision.span.label, revision.measure,
                neutral(revision.label), revision.area.code, neutral(revision.area.name),
                was.plain, _marks(was), now.plain, _marks(now),
                change(revision.now, revision.was, unit=unit).plain, revision.release,
                " ".join(str(number) for number in revision.deliveries), neutral(revision.why),
            )
        )  # fmt: skip
    return out.getvalue()


def trends_csv(all_series: Iterable[Series], area: Area) -> str:
    """Return the months that pictures show, one a line, with what an XmR chart says of them.

    `month` is its first day. Limits are blank where there are too few months for any; `signals` are
    the names of the rules that find a month to be more than chance, with a space between them, and
    `verdict` is what it is then.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(TREND_COLUMNS)
    for series in all_series:
        for place, month in enumerate(series.months):
            cell, limits = count(series.figures[place]), series.reading.limits_at(place)
            verdict = series.verdict_at(place)
            writer.writerow(
                (
                    series.trend.measure, neutral(series.trend.label),
                    area.code, neutral(area.name),
                    month.start.isoformat(), cell.plain, _marks(cell),
                    *_limits(limits),
                    " ".join(s.rule.name.lower() for s in series.reading.signals[place]),
                    "" if verdict is None else verdict.name.lower(),
                )
            )  # fmt: skip
    return out.getvalue()


def wards_csv(tables: Iterable[WardTable], period: Period, district: Area) -> str:
    """Return counts by ward, one a line: wards are parts, the district is their total.

    What no ward is known of is the residual, and has no code of an area: under the district's it
    would be a second figure of the district. `note` says which wards are those of before a change.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(WARD_COLUMNS)
    for table in tables:
        rows = [(w.code, w.name, w.cell, "part", "") for w in table.wards]
        rows += [(w.code, w.name, w.cell, "part", "As it was before a change.")
                 for w in table.former]  # fmt: skip
        rows.append(("", "Ward not known", count(table.unplaced), "residual", ""))
        rows.append((district.code, district.name, table.total_cell, "total", ""))
        for code, name, cell, role, note in rows:
            writer.writerow(
                (
                    table.measure, neutral(table.what.label), code, neutral(name), period.code,
                    period.label, cell.plain, _marks(cell), role, note, table.what.unit,
                )
            )  # fmt: skip
    return out.getvalue()


def _limits(limits: Limits | None) -> tuple[str, str, str]:
    if limits is None:
        return "", "", ""
    return rounded(limits.mean), rounded(limits.lower), rounded(limits.upper)
