"""`csp check`: one file through the whole gate, with no warehouse, no archive and no Prefect."""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

import pandas as pd

from schemas.areas import Home
from schemas.issues import DeliveryRejected, Issue
from schemas.period import Span
from schemas.rules import RULES, Response
from sources.corrections import Correction
from sources.gate import Gate
from sources.inbox import Delivery, LeftOut, Recognised, recognise, take
from sources.spec import Layout, SourceSpec

SHOWN_ROWS = 5


@dataclass
class Fault:
    """One rule broken in one column: how often, and in which rows first."""

    rule: str
    header: str
    expected: str
    count: int = 0
    first_rows: list[int] = field(default_factory=list)

    @property
    def issue(self) -> Issue:
        """The fault in words."""
        return Issue(self.rule, None, self.header, self.expected)

    @property
    def response(self) -> Response:
        """What it leads to."""
        return RULES[self.rule].response


@dataclass
class Verdict:
    """What the gate says of one file."""

    name: str
    source: str = ""
    layout: str = ""
    span: Span | None = None
    read: int = 0
    accepted: int = 0
    refusals: tuple[Issue, ...] = ()
    file_issues: tuple[Issue, ...] = ()
    faults: list[Fault] = field(default_factory=list)

    @property
    def rejected(self) -> int:
        """Rows that would not be counted."""
        return self.read - self.accepted

    @property
    def is_clean(self) -> bool:
        """True when the file is accepted with every row."""
        return not self.refusals and self.rejected == 0


def examine(
    path: Path,
    sources: Iterable[SourceSpec],
    home: Home,
    on_rows: Callable[[int], None] = lambda rows: None,
    *,
    today: date | None = None,
    corrections: Sequence[Correction] = (),
) -> Iterator[Verdict | LeftOut]:
    """Check a file, or each of our members of a zip archive, and say what was found.

    `today` is the clock's day, unless another is given; `corrections` are those on record.
    """
    sources = tuple(sources)
    open_gate = partial(Gate.open, home=home, today=today or date.today(), corrections=corrections)
    with tempfile.TemporaryDirectory(prefix="csp-check-") as folder:
        try:
            for found in _deliveries(path, Path(folder), sources, home):
                if isinstance(found, LeftOut):
                    yield found
                else:
                    yield _examine_one(found, sources, open_gate, on_rows)
        except DeliveryRejected as refusal:
            yield Verdict(path.name, refusals=refusal.issues)


def _deliveries(
    path: Path, folder: Path, sources: tuple[SourceSpec, ...], home: Home
) -> Iterator[Delivery | LeftOut]:
    if path.is_file() and path.suffix.lower() != ".zip":
        # Nothing is kept by a check, so the file is read where it lies.
        yield Delivery(path.name, path, "", path.stat().st_size)
    else:
        yield from take(path, folder, sources, home)


def _examine_one(
    delivery: Delivery,
    sources: tuple[SourceSpec, ...],
    open_gate: Callable[[Recognised], Gate],
    on_rows: Callable[[int], None],
) -> Verdict:
    verdict = Verdict(delivery.name)
    faults: dict[tuple[str, str], Fault] = {}
    try:
        found = recognise(delivery, sources)
        verdict.source, verdict.layout = found.source.title, found.layout.name
        verdict.file_issues = found.match.issues
        gate = open_gate(found)
        verdict.file_issues = gate.file_issues
        verdict.span = gate.span
        for checked, _ in gate.chunks():
            on_rows(checked.read)
            verdict.read = gate.read
            _gather(faults, checked.issues, found.layout)
        closing = gate.closing()
        _gather(faults, closing.issues, found.layout)
        verdict.accepted = gate.accepted
    except DeliveryRejected as refusal:
        verdict.refusals = refusal.issues
    verdict.faults = sorted(faults.values(), key=lambda f: (-f.count, f.rule, f.header))
    return verdict


def _gather(faults: dict[tuple[str, str], Fault], issues: pd.DataFrame, layout: Layout) -> None:
    columns = {column.field: column for column in layout.columns}
    for (name, rule), group in issues.groupby(["column", "rule"], sort=False):
        column = columns.get(str(name))
        header = " + ".join(column.headers) if column else str(name)
        key = (str(rule), header)
        expected = column.parser.expected if column else ""
        fault = faults.setdefault(key, Fault(str(rule), header, expected))
        fault.count += len(group)
        room = SHOWN_ROWS - len(fault.first_rows)
        fault.first_rows += [int(row) for row in group["row"].head(room)]
