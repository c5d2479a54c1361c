"""Tidy CSV: one row a measure, area and period, for tools. Its columns are a contract."""

import csv
import io

from reports.figures import Filled

COLUMNS = (
    "table", "measure", "label", "area_code", "area_name", "period", "period_label", "value",
    "mark", "previous", "previous_mark", "change", "percent_change", "percent_mark",
)  # fmt: skip


def to_csv(table: Filled) -> str:
    """Return a table as tidy CSV text: plain numbers, marks in columns of their own.

    `change` is blank where either figure is; `period_label` names the months of `value`, and
    `previous` is of the same months of the year before.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for line in table.lines:
        for window, compared in zip(table.windows, line.comparisons, strict=True):
            writer.writerow(
                (
                    table.spec.code, line.measure.code, line.measure.label, line.area.code,
                    line.area.name, window.code, window.span.label,
                    compared.value.plain, compared.value.mark or "",
                    compared.previous.plain, compared.previous.mark or "",
                    compared.change.plain,
                    compared.percent.plain, compared.percent.mark or "",
                )
            )  # fmt: skip
    return out.getvalue()
