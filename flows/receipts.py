"""After each delivery: the receipt that can be sent back to the partner.

A receipt is made from the warehouse, so that it can be written again at any time; the same delivery
gives the same bytes. A receipt that cannot be written undoes nothing of the load, and is told.
"""

from collections.abc import Iterable
from pathlib import Path

import numpy as np

from flows import VERSION
from flows.holding import remedy_of, state_of
from flows.places import PAGE, TABLE, receipt_folder, safe_name
from flows.receipt_files import write_receipt
from flows.receive import Outcome
from flows.settings import Settings
from flows.trouble import OUTAGES, Unwritten, trouble
from reports.receipt import (
    Finding,
    HoldLine,
    LoadCounts,
    Receipt,
    RowNumbers,
    TrendLine,
    in_order,
)
from schemas.issues import Issue
from schemas.period import Month, Span
from sources.locks import held
from sources.partners import SOURCES, is_download
from sources.spec import Layout, SourceSpec, sender_of
from warehouse.deliveries import Loaded
from warehouse.engine import Engine
from warehouse.read import (
    DeliveryLine,
    DeliveryRecord,
    deliveries_up_to,
    delivery_record,
    holds,
    issue_rows,
    rows_by_month,
)

TREND_LENGTH = 12


def holds_of(engine: Engine, delivery_id: int) -> tuple[HoldLine, ...]:
    """Return the holds of a delivery in the words of a receipt."""
    return tuple(
        HoldLine(
            Issue(hold.rule, expected=hold.detail).sentence,
            state_of(hold),
            remedy_of(hold),
            hold.stands,
            Finding(hold.rule, "", hold.detail, is_download=is_download(hold.source)),
        )
        for hold in holds(engine)
        if hold.delivery_id == delivery_id
    )


def write_receipts(
    engine: Engine,
    outcomes: Iterable[Outcome],
    settings: Settings,
) -> list[Path | Unwritten]:
    """Write the receipt of every delivery that has none yet, and return where each of them is.

    The same bytes again are the same delivery, whose receipt is there and stays as it is.
    """
    written: list[Path | Unwritten] = []
    for outcome in outcomes:
        if not isinstance(outcome, Loaded):
            continue
        try:
            written.append(_write(engine, outcome, settings))
        except OSError as error:
            # The name of the place is ours; the text of any other error may quote a cell.
            why = OUTAGES.get(error.errno or 0) or error.strerror or type(error).__name__
            written.append(Unwritten(outcome.file_name, f"{settings.receipts}: {why}"))
        except Exception as error:
            reason = trouble(outcome.file_name, error).reason.rstrip(".")
            written.append(Unwritten(outcome.file_name, reason))
    return written


def _write(
    engine: Engine,
    outcome: Loaded,
    settings: Settings,
) -> Path:
    record = delivery_record(engine, outcome.delivery_id)
    if record is None:
        return _put(receipt_without_delivery(outcome, settings), _unkept(outcome, settings))
    page = folder_of(record, settings) / PAGE
    if page.exists():
        return page
    return _put(receipt_of(engine, record, settings), page.parent)


def write_again(engine: Engine, delivery_id: int, settings: Settings) -> Path | None:
    """Write the receipt of a delivery anew; None if there is no delivery of this number."""
    record = delivery_record(engine, delivery_id)
    if record is None:
        return None
    return _put(receipt_of(engine, record, settings), folder_of(record, settings))


def _put(receipt: Receipt, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    # Two runs may have the same receipt to write, to the same bytes: one after the other.
    with held(folder, is_alone=True):
        write_receipt(receipt, folder / PAGE, folder / TABLE)
    return folder / PAGE


def folder_of(record: DeliveryRecord, settings: Settings) -> Path:
    """Return where the receipt of a delivery is kept."""
    line = record.line
    return receipt_folder(line.id, line.received_at, line.file_name, settings)


def _unkept(outcome: Loaded, settings: Settings) -> Path:
    """Return where the receipt of a file is kept that never became a delivery."""
    return settings.receipts / f"not-kept-{safe_name(outcome.file_name)}"


def receipt_without_delivery(outcome: Loaded, settings: Settings) -> Receipt:
    """Return the receipt of a file of which no bytes could be kept: its name, and why."""
    return Receipt(
        partnership=settings.partnership.name,
        file_name=outcome.file_name,
        version=VERSION,
        is_rejected=True,
        findings=tuple(Finding(i.rule, i.column, i.expected) for i in outcome.issues),
    )


def receipt_of(engine: Engine, record: DeliveryRecord, settings: Settings) -> Receipt:
    """Return the receipt of a delivery as the warehouse has it."""
    line = record.line
    source = next((s for s in SOURCES if s.code == line.source), None)
    accepted = line.status == "accepted"
    return Receipt(
        partnership=settings.partnership.name,
        file_name=line.file_name,
        version=record.program_version,
        source=line.source,
        title=source.title if source else "",
        partner=sender_of(source, record.layout, settings.senders),
        layout=record.layout,
        sha256=line.sha256,
        size_bytes=record.size_bytes,
        received=line.received_at.date(),
        delivery_id=line.id,
        span=_span(line),
        is_rejected=not accepted,
        read=line.rows_read,
        accepted=line.rows_accepted,
        loaded=(
            LoadCounts(record.rows_new, record.rows_unchanged, record.rows_superseded)
            if accepted
            else None
        ),
        again=record.again,
        is_download=source is not None and source.is_download,
        findings=_findings(engine, record, source),
        holds=holds_of(engine, line.id),
        months=tuple(rows_by_month(engine, line.id)) if accepted else (),
        trend=_trend(engine, line) if source else (),
    )


def _span(line: DeliveryLine) -> Span | None:
    if line.first_month is None or line.last_month is None:
        return None
    return Span(Month.of(line.first_month), Month.of(line.last_month))


def _findings(
    engine: Engine, record: DeliveryRecord, source: SourceSpec | None
) -> tuple[Finding, ...]:
    expected = _expected(source, record.layout)
    return in_order(
        [
            Finding(
                found.rule,
                found.header,
                found.expected or expected.get(found.field, ""),
                None if found.rows is None else RowNumbers(np.array(found.rows, "int64")),
                is_download=source is not None and source.is_download,
            )
            for found in issue_rows(engine, record.line.id)
        ]
    )


def _expected(source: SourceSpec | None, layout: str) -> dict[str, str]:
    """Return the declared form of each field; the warehouse does not repeat it for every row."""
    layouts: tuple[Layout, ...] = source.layouts if source else ()
    return {
        column.field: column.parser.expected
        for declared in layouts
        if declared.name == layout
        for column in declared.columns
    }


def _trend(engine: Engine, line: DeliveryLine) -> tuple[TrendLine, ...]:
    return tuple(
        TrendLine(
            d.id, d.file_name, d.received_at.date(), d.status, d.rows_read, d.rows_accepted,
            _span(d),
        )
        for d in deliveries_up_to(engine, line, TREND_LENGTH)
    )  # fmt: skip
