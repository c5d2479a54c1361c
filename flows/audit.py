"""`csp audit`: a published table checked, told on a terminal, as JSON or as CSV."""

import codecs
import csv
import io
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from flows.receive import open_warehouse
from flows.settings import Settings
from reports.audit.checks import Finding, check_table
from reports.audit.layout import Layout, NotUnderstood, read_layout
from reports.audit.stored import Compared, hold_against
from reports.formats.receipt_csv import neutral
from schemas.geography import is_ward, wards_of
from schemas.measures import MEASURES
from schemas.period import Span
from schemas.reported import Figure, value_of
from schemas.words import counted, listed
from warehouse.engine import Engine, WarehouseError
from warehouse.known import Known, known_over
from warehouse.read import area_names
from warehouse.wards import can_be_placed, wards_over

COLUMNS = (
    "row", "heading", "label", "rule", "is_fault", "published", "follows", "what_is_wrong",
    "what_to_do",
)  # fmt: skip
JSON_VERSION = 1
DELIMITERS = ",;\t"
"""What may part the cells: spreadsheets write a semicolon in other countries, and tabs as text."""


class CannotAudit(Exception):  # noqa: N818 - it says what happened
    """The file is no table that can be checked; the message says why."""


@dataclass(frozen=True)
class Audit:
    """All that was found in a table; `compared` is None where there is no warehouse to ask.

    `why_not` says, in a sentence, why the warehouse was not asked.
    """

    layout: Layout
    findings: tuple[Finding, ...]
    compared: Compared | None
    why_not: str = ""

    @property
    def faults(self) -> tuple[Finding, ...]:
        """What is wrong."""
        return tuple(f for f in self.findings if not f.rule.is_remark)

    @property
    def remarks(self) -> tuple[Finding, ...]:
        """Matters of form, and what cannot be checked."""
        return tuple(f for f in self.findings if f.rule.is_remark)


def audit_file(path: Path, settings: Settings, period: Span | None = None) -> Audit:
    """Check a table of a CSV file; raises `CannotAudit` where it is none.

    `period` is that of the rows which do not say theirs, for the warehouse to be asked.
    """
    layout = _layout(path)
    found = check_table(layout)
    compared, why_not = _compared(layout, settings, period)
    if compared is not None:
        found += compared.findings
    order = sorted(found, key=lambda f: (f.rule.is_remark, f.place.row))
    return Audit(layout, tuple(order), compared, why_not)


def _layout(path: Path) -> Layout:
    """Read a table, its cells parted by the first of `DELIMITERS` that makes one of it."""
    text = _text(path)
    refusal: NotUnderstood | None = None
    for delimiter in DELIMITERS:
        try:
            layout = read_layout(_rows(path, text, delimiter))
        except NotUnderstood as error:
            refusal = refusal or error
            continue
        if not layout.entries:
            raise CannotAudit(f"{path} has headings and no figure under them.")
        return layout
    raise CannotAudit(f"{path}: {refusal}")


def _text(path: Path) -> str:
    """Return what a file says: in UTF-8, in Excel's "Unicode text", or in its old encoding."""
    content = path.read_bytes()
    is_utf_16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if content.startswith(b"PK") or (b"\0" in content and not is_utf_16):
        raise CannotAudit(f"{path} is no CSV file. Save the table as CSV (UTF-8) and try again.")
    try:
        return content.decode("utf-16" if is_utf_16 else "utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _rows(path: Path, text: str, delimiter: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        raise CannotAudit(
            f"{path} cannot be read as CSV: a quotation mark is not closed, or stands within a "
            "cell. Save the table as CSV (UTF-8) again."
        ) from None


def _compared(
    layout: Layout, settings: Settings, period: Span | None
) -> tuple[Compared | None, str]:
    if not settings.warehouse_url and not settings.database.is_file():
        return None, f"There is no warehouse in {settings.home}."
    try:
        engine = open_warehouse(settings)
    except WarehouseError as error:
        return None, str(error)
    try:
        return _ask(engine, layout, settings, period), ""
    except WarehouseError as error:
        return None, str(error)
    finally:
        engine.dispose()


def _ask(engine: Engine, layout: Layout, settings: Settings, period: Span | None) -> Compared:
    home = settings.areas
    named = {area.code: area.name for area in (home.district, home.county, home.force)}
    stored = _Stored(engine, home.district.code)
    return hold_against(layout, stored.figure, home, area_names(engine) | named, period)


class _Stored:
    """What the warehouse holds, asked once for each period and each measure by ward."""

    def __init__(self, engine: Engine, district: str) -> None:
        self._engine, self._district = engine, district
        self._known: dict[Span, Known] = {}
        self._by_ward: dict[tuple[str, Span], Counter[str]] = {}

    def figure(self, measure: str, area: str, span: Span) -> int | Decimal | None:
        """Return a figure as it is printed; None where there is none."""
        if is_ward(area):
            return self._in_ward(measure, area, span)
        # Of what stands at a date, or is more than so much, the number is compared.
        stored = value_of(self._over(measure, area, span))
        is_money = stored is not None and MEASURES[measure].unit == "pence"
        return Decimal(stored).scaleb(-2) if is_money and stored is not None else stored

    def _over(self, measure: str, area: str, span: Span) -> Figure:
        if span not in self._known:
            self._known[span] = known_over(self._engine, MEASURES, span)
        return self._known[span].over(measure, area, span)

    def _in_ward(self, measure: str, ward: str, span: Span) -> int | None:
        what = MEASURES[measure]
        if not can_be_placed(what) or self._over(measure, self._district, span) is None:
            return None
        if (measure, span) not in self._by_ward:
            counts = wards_over(self._engine, what, self._district, span)
            self._by_ward[measure, span] = counts
        counts = self._by_ward[measure, span]
        # Of a ward of elsewhere, or where no ward is known of any row, 0 would be no count.
        is_counted = counts and (ward in counts or ward in wards_of(self._district))
        return counts[ward] if is_counted else None


# --- what is told -----------------------------------------------------------------------------


def audit_lines(name: str, audit: Audit) -> Iterator[str]:
    """Yield what a terminal shows: the verdict first, then each fault, then the remarks."""
    faults, remarks = audit.faults, audit.remarks
    yield name
    rows = counted(len(audit.layout.entries), "figure")
    if faults:
        yield f"  {rows} read: {counted(len(faults), 'fault')} found."
    else:
        yield f"  {rows} read: no fault found."
    if audit.layout.unread:
        quoted = [f"'{heading}'" for heading in audit.layout.unread]
        word = "column is" if len(quoted) == 1 else "columns are"
        yield f"  The {word} not checked: {listed(quoted)}."
    yield ""
    number = 0
    for title, found in (("Faults", faults), ("Remarks: these are no faults", remarks)):
        if found:
            yield f"  {title}"
        for finding in found:
            number += 1
            room = " " * (4 + len(str(number)))
            yield f"  {number}. {_where(finding)}: {finding.rule.sentence}"
            yield f"{room}Published: {finding.published or '(nothing)'}"
            yield f"{room}{'Detail' if finding.rule.is_remark else 'Follows'}: {finding.follows}"
            yield f"{room}What to do: {finding.rule.remedy}"
        if found:
            yield ""
    yield from _comparison_lines(audit)


def _where(finding: Finding) -> str:
    heading = f", '{finding.place.heading}'" if finding.place.heading else ""
    what = f" ({finding.label})" if finding.label != finding.place.heading else ""
    return f"Row {finding.place.row}{heading}{what}"


def _comparison_lines(audit: Audit) -> Iterator[str]:
    compared = audit.compared
    if compared is None:
        yield f"  Nothing was compared with the warehouse. {audit.why_not}"
        return
    differ = len(compared.findings)
    same = compared.compared - differ
    yield (
        f"  Compared with the warehouse: {counted(compared.compared, 'figure')}, of which "
        f"{same:,} {'is' if same == 1 else 'are'} the same and {differ:,} "
        f"{'is' if differ == 1 else 'are'} not."
    )
    if compared.not_compared:
        left = sum(compared.not_compared.values())
        why = "; ".join(f"{reason} ({n:,})" for reason, n in compared.not_compared.items())
        yield f"  Not compared: {left:,}, because {why}."


def audit_json(name: str, audit: Audit) -> str:
    """Return one JSON document: `version` 1, to which keys may be added."""
    compared = audit.compared
    told: dict[str, object] = {
        "version": JSON_VERSION,
        "file": name,
        "figures": len(audit.layout.entries),
        "columns_not_checked": list(audit.layout.unread),
        "faults": [_told(finding) for finding in audit.faults],
        "remarks": [_told(finding) for finding in audit.remarks],
        "warehouse": None
        if compared is None
        else {
            "compared": compared.compared,
            "different": len(compared.findings),
            "not_compared": dict(compared.not_compared),
        },
    }
    return json.dumps(told, indent=2, ensure_ascii=False)


def _told(finding: Finding) -> dict[str, object]:
    return {
        "row": finding.place.row,
        "heading": finding.place.heading,
        "label": finding.label,
        "rule": finding.code,
        "published": finding.published,
        "follows": finding.follows,
        "what_is_wrong": finding.rule.sentence,
        "what_to_do": finding.rule.remedy,
    }


def audit_csv(audit: Audit) -> str:
    """Return one line a finding, faults first; no cell that a spreadsheet takes for a formula."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for finding in audit.findings:
        told = _told(finding) | {"is_fault": "" if finding.rule.is_remark else "1"}
        writer.writerow({name: neutral(str(value)) for name, value in told.items()})
    return out.getvalue()
