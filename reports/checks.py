"""The checks that are run on a pack when it is made, and told in it."""

import csv
import io
from collections.abc import Iterator, Sequence

from reports.audit.checks import check_table
from reports.audit.layout import read_layout
from reports.edition import Edition
from reports.figures import Filled
from reports.formats.csvs import to_csv
from reports.narrative.written import references_in, unbound
from reports.quality import Check
from reports.spec import Role
from schemas.words import counted


def checks_of(tables: Sequence[Filled], edition: Edition) -> tuple[Check, ...]:
    """Run every check on a pack, and return what came of each."""
    return tuple(_checks(tables, edition))


def _checks(tables: Sequence[Filled], edition: Edition) -> Iterator[Check]:
    papers, log = edition.papers, edition.log
    files = counted(len(log.deliveries), "file")
    yield Check(
        "Rows read are rows accepted and rows rejected, in every file",
        f"{files}, {log.unbalanced} with a difference",
        not log.unbalanced,
    )
    yield Check(
        "Parts and rest add up to the total, wherever all are numbers",
        f"{counted(_sums(tables), 'sum')}; a pack in which one is wrong is not made",
        is_passed=True,
    )
    faults = audit_faults(tables)
    audited = sum(len(table.lines) * len(table.windows) for table in tables)
    yield Check(
        "The finished tables, read again and checked as csp audit does",
        f"{counted(audited, 'row')}, {counted(len(faults), 'fault')}",
        not faults,
    )
    if papers.texts:
        yield Check(
            "References in texts lead to figures of the tables",
            f"{counted(references_in(papers.texts), 'reference')}; a wrong one stops the pack",
            is_passed=True,
        )
        loose = unbound(papers.texts, edition.period.span.last)
        yield Check(
            "Numbers in texts are references, and no month is after the period",
            " ".join(loose) or "Nothing was found.",
            not loose,
        )


def _sums(tables: Sequence[Filled]) -> int:
    """Count the totals whose parts are all numbers."""
    held = 0
    for table in tables:
        totals = [line for line in table.lines if line.row.role is Role.TOTAL]
        parts = [line for line in table.lines if line.row.role in (Role.PART, Role.RESIDUAL)]
        for total in totals:
            mine = [line for line in parts if line.area == total.area]
            for place in range(len(table.windows)):
                for what in ("value", "previous"):
                    cells = [getattr(x.comparisons[place], what) for x in (total, *mine)]
                    held += bool(mine) and all(cell.value is not None for cell in cells)
    return held


def audit_faults(tables: Sequence[Filled]) -> tuple[str, ...]:
    """Check the tables as they are printed for tools; return each fault in words."""
    return tuple(
        f"{table.spec.title}, {found.label}: {found.rule.sentence}"
        for table in tables
        for found in check_table(read_layout(list(csv.reader(io.StringIO(to_csv(table))))))
        if not found.rule.is_remark
    )
