"""`csp check`: one file through the whole gate, with no warehouse, no archive and no Prefect."""

import hashlib
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd

from flows import clock
from reports.receipt import Finding, Receipt, RowNumbers, in_order
from schemas.areas import Home
from schemas.issues import Checked, DeliveryRejected, Issue
from schemas.period import Month, Span
from schemas.plausibility import judge_alone
from schemas.thresholds import Thresholds
from sources.corrections import Correction
from sources.gate import Gate
from sources.inbox import Delivery, LeftOut, Recognised, Refused, recognise, screened, take
from sources.spec import Layout, SourceSpec, sender_of

USUAL = Thresholds()
_YEAR_0 = 1970 * 12
"""Months up to the one that numpy counts from."""


@dataclass
class Verdict:
    """What the gate says of one file.

    `read` stays 0 for a file that was refused before its last row. `months` counts accepted rows.
    """

    name: str
    sha256: str = ""
    size: int | None = None
    source: str = ""
    layout: str = ""
    spec: SourceSpec | None = None
    span: Span | None = None
    read: int = 0
    accepted: int = 0
    refusals: tuple[Issue, ...] = ()
    file_issues: tuple[Issue, ...] = ()
    faults: tuple[Finding, ...] = ()
    months: tuple[tuple[Month, int], ...] = ()

    @property
    def rejected(self) -> int:
        """Rows that would not be counted."""
        return self.read - self.accepted

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All that was found, gravest first."""
        of_file = [Finding(i.rule, i.column, i.expected) for i in self.refusals + self.file_issues]
        found = [*dict.fromkeys(of_file), *self.faults]
        return in_order([replace(each, is_download=self.is_download) for each in found])

    @property
    def is_download(self) -> bool:
        """Whether it is a file that its publisher gives to everybody."""
        return self.spec is not None and self.spec.is_download

    def receipt(self, partnership: str, partners: dict[str, str], version: str) -> Receipt:
        """Return the verdict as a receipt; `partners` names senders by source code."""
        spec = self.spec
        return Receipt(
            partnership=partnership,
            file_name=self.name,
            version=version,
            source=spec.code if spec else "",
            title=self.source,
            partner=sender_of(spec, self.layout, partners),
            layout=self.layout,
            sha256=self.sha256,
            size_bytes=self.size,
            span=self.span,
            is_rejected=bool(self.refusals),
            read=self.read,
            accepted=self.accepted,
            is_download=self.is_download,
            findings=self.findings,
            months=self.months,
            is_check=True,
        )


@dataclass
class _Tally:
    """Gathers row numbers while a file is read: arrays of numbers, whatever the file holds."""

    layout: Layout
    faults: dict[tuple[str, str, str], list[np.ndarray]] = field(default_factory=dict)
    rows: list[np.ndarray] = field(default_factory=list)
    months: list[np.ndarray] = field(default_factory=list)

    def add(self, checked: Checked) -> None:
        """Note one chunk."""
        self.note(checked.issues)
        self.rows.append(checked.accepted.index.to_numpy("int64"))
        days = checked.accepted["month"].to_numpy("datetime64[M]")
        self.months.append(days.astype("int64").astype("int32"))

    def note(self, issues: pd.DataFrame) -> None:
        """Note which rows break which rule under which heading."""
        columns = {column.field: column for column in self.layout.columns}
        for (name, rule), group in issues.groupby(["column", "rule"], sort=False, observed=True):
            column = columns.get(str(name))
            heading = " + ".join(column.headers) if column else str(name)
            expected = column.parser.expected if column else ""
            place = self.faults.setdefault((str(rule), heading, expected), [])
            place.append(group["row"].to_numpy("int64"))

    def findings(self) -> tuple[Finding, ...]:
        """Return what was noted, gravest first."""
        return in_order(
            [
                Finding(rule, heading, expected, RowNumbers(np.concatenate(rows)))
                for (rule, heading, expected), rows in self.faults.items()
            ]
        )

    def accepted_by_month(self, withdrawn: pd.Index) -> tuple[tuple[Month, int], ...]:
        """Count the accepted rows of each month, without those that were taken back."""
        counts: Counter[int] = Counter()
        gone = withdrawn.to_numpy("int64")
        for rows, months in zip(self.rows, self.months, strict=True):
            left = months[~np.isin(rows, gone)] if len(gone) else months
            ordinals, times = np.unique(left, return_counts=True)
            counts.update(dict(zip(ordinals.tolist(), times.tolist(), strict=True)))
        return tuple((Month.from_ordinal(o + _YEAR_0), n) for o, n in sorted(counts.items()))


def examine(
    path: Path,
    sources: Iterable[SourceSpec],
    home: Home,
    on_rows: Callable[[int], None] = lambda rows: None,
    *,
    limits: Thresholds = USUAL,
    today: date | None = None,
    corrections: Sequence[Correction] = (),
) -> Iterator[Verdict | LeftOut]:
    """Check a file, or each of our members of a zip archive, and say what was found.

    `today` is the clock's day, unless another is given; `corrections` are those on record.
    """
    sources = tuple(sources)
    open_gate = partial(Gate.open, home=home, today=today or clock.today(), corrections=corrections)
    with tempfile.TemporaryDirectory(prefix="csp-check-") as folder:
        try:
            for found in _deliveries(path, Path(folder), sources, home):
                if isinstance(found, LeftOut):
                    yield found
                elif isinstance(found, Refused):
                    yield Verdict(found.name, found.sha256, found.size, refusals=found.issues)
                else:
                    yield _examine_one(found, sources, open_gate, on_rows, limits)
        except DeliveryRejected as refusal:
            yield Verdict(path.name, refusals=refusal.issues)


def _deliveries(
    path: Path, folder: Path, sources: tuple[SourceSpec, ...], home: Home
) -> Iterator[Delivery | Refused | LeftOut]:
    if path.is_file() and path.suffix.lower() != ".zip":
        # Nothing is kept by a check, so the file is read where it lies.
        issues = screened(path, path.name, sources)
        size, sha256 = path.stat().st_size, _fingerprint(path)
        yield (
            Refused(path.name, sha256, size, issues)
            if issues
            else Delivery(path.name, path, sha256, size)
        )
    else:
        yield from take(path, folder, sources, home)


def _fingerprint(path: Path) -> str:
    """Return the SHA-256 of a file; "" where it may not be read, which is told elsewhere."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _examine_one(
    delivery: Delivery,
    sources: tuple[SourceSpec, ...],
    open_gate: Callable[[Recognised], Gate],
    on_rows: Callable[[int], None],
    limits: Thresholds,
) -> Verdict:
    verdict = Verdict(delivery.name, delivery.sha256, delivery.size)
    tally: _Tally | None = None
    gate: Gate | None = None
    is_read = False
    try:
        found = recognise(delivery, sources)
        verdict.spec, verdict.source, verdict.layout = (
            found.source, found.source.title, found.layout.name,
        )  # fmt: skip
        verdict.file_issues = found.issues
        tally = _Tally(found.layout)
        gate = open_gate(found)
        verdict.file_issues = gate.file_issues
        verdict.span = gate.span
        for checked, _ in gate.chunks():
            on_rows(checked.read)
            tally.add(checked)
        is_read = True
        closing = gate.closing()
        tally.note(closing.issues)
        verdict.file_issues += closing.file_issues
        verdict.file_issues += tuple(
            Issue(found.rule, expected=found.detail)
            for found in judge_alone(gate.profile, gate.span, limits)
        )
        verdict.accepted = gate.accepted
        verdict.months = tally.accepted_by_month(closing.withdrawn)
    except DeliveryRejected as refusal:
        verdict.refusals = refusal.issues
    if gate is not None and is_read:
        verdict.read = gate.read
    if tally is not None:
        verdict.faults = tally.findings()
    return verdict
