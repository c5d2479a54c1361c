"""Letters about files that came: rejected, held, or with what must not be sent."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from flows.letter_parts import MOST_REASONS, Desk, Parts
from flows.places import PAGE, TABLE
from flows.receipts import folder_of, receipt_of, write_again
from reports.receipt import Finding
from reports.receipt_words import where
from schemas.alerts import REJECTED_ROWS
from schemas.issues import Issue
from schemas.period import Month, Span
from schemas.rules import RULES, Response
from schemas.words import counted, day_label, listed
from sources.partners import is_download
from warehouse.outbox import AlertLine
from warehouse.read import DeliveryRecord, HoldLine, delivery_record, holds


def _record(desk: Desk, line: AlertLine) -> DeliveryRecord:
    found = delivery_record(desk.engine, line.alert.delivery_id or 0)
    if found is None:
        raise LookupError(f"alert {line.id} is about a delivery that is not there")
    return found


def _file(desk: Desk, record: DeliveryRecord) -> str:
    line = record.line
    if not line.source:
        return f"The file {line.file_name}, received on {day_label(line.received_at)},"
    months = line.months()
    about = f", {months.label}" if months else ""
    return (
        f"The file {line.file_name} ({desk.title(line.source)}{about}), received from "
        f"{desk.partner(line.source)} on {day_label(line.received_at)},"
    )


def _receipt(desk: Desk, record: DeliveryRecord) -> tuple[Path, ...]:
    """Return the receipt of a delivery, written again where it is not there."""
    folder = folder_of(record, desk.settings)
    if not (folder / PAGE).is_file():
        write_again(desk.engine, record.line.id, desk.settings)
    return folder / PAGE, folder / TABLE


def _whole_file_reasons(desk: Desk, record: DeliveryRecord) -> list[str]:
    """Say why a file was rejected; where it was for its rows, what is wrong with them as well."""
    of_file = _findings(desk, record, Response.REJECT_FILE)
    told = [f"{found.sentence} {found.remedy}" for found in of_file]
    told += _row_reasons(desk, record)
    more = len(told) - MOST_REASONS
    return told[:MOST_REASONS] + (
        [f"And {counted(more, 'finding')} more: see the receipt."] if more > 0 else []
    )


def _row_reasons(desk: Desk, record: DeliveryRecord) -> list[str]:
    found = _findings(desk, record, Response.REJECT_ROW)
    return [f"{counted(each.count, 'row')}: {each.sentence}" for each in found]


def _findings(desk: Desk, record: DeliveryRecord, response: Response) -> list[Finding]:
    """Return what was found in a delivery, in the words of its receipt, the most rows first."""
    found = receipt_of(desk.engine, record, desk.settings).findings
    mine = [finding for finding in found if RULES[finding.rule].response is response]
    return sorted(mine, key=lambda finding: -finding.count)


def file_rejected(desk: Desk, line: AlertLine) -> Parts:
    """Say that a whole file was rejected, why, and what to ask for."""
    record = _record(desk, line)
    source = record.line.source
    months = record.line.months()
    figures = f"the figures of {months.label}" if months else "its figures"
    return Parts(
        f"File rejected: {record.line.file_name}",
        f"{_file(desk, record)} was rejected as a whole. Nothing of it is counted.",
        _whole_file_reasons(desk, record),
        "All that was loaded before stands as it was, and the other partners' figures are not "
        "concerned.",
        f"Download another from {desk.partner(source)} as is said above, {desk.answer_by(months)}, "
        "and put it into the inbox as it came. Nobody exports it for us: if it is rejected again, "
        "the data team must look whether its publisher has changed it. The receipt that is "
        "attached says what is wrong."
        if is_download(source)
        else f"Ask {desk.partner(source)} for a corrected export, {desk.answer_by(months)}. The "
        "receipt that is attached says what is wrong and where; it can be forwarded as it is.",
        f"Where nothing was received before, {figures} are printed as [x], not available; where "
        "an earlier file was, its figures are printed as they are.",
        _receipt(desk, record),
    )


def rows_rejected(desk: Desk, line: AlertLine) -> Parts:
    """Say that more rows were rejected than can be left out without asking."""
    record = _record(desk, line)
    counts = record.line
    mine = _holds(desk, record, lambda rule: rule in REJECTED_ROWS)
    return Parts(
        f"{counted(counts.rows_rejected, 'row')} rejected: {counts.file_name}",
        f"{_file(desk, record)} was loaded, but {counts.rows_rejected:,} of its "
        f"{counted(counts.rows_read, 'row')} {_verb(counts.rows_rejected)} not counted. That is "
        "more than can be left out without asking, so its figures are held.",
        [
            *_row_reasons(desk, record)[:MOST_REASONS],
            *(f"So it is held: {Issue(h.rule, expected=h.detail).sentence}" for h in mine),
        ],
        "The accepted rows are loaded, and packs of other months are not concerned.",
        f"{_correction(desk, record)} The receipt that is attached lists every row. If the rows "
        f"are rightly left out, the data team releases {_numbers(mine)} with a name and a reason "
        "(csp holds release).",
        f"No pack that prints {_months(record)} is published until somebody has answered for it.",
        _receipt(desk, record),
    )


def _correction(desk: Desk, record: DeliveryRecord) -> str:
    """Say what to ask for: nobody here can correct a row of a publication."""
    by = desk.answer_by(record.line.months())
    partner = desk.partner(record.line.source)
    if is_download(record.line.source):
        return (
            f"The data team must look, {by}, what {partner} has changed in its file: nobody can be "
            "asked to correct a row of it."
        )
    return f"Ask {partner} to correct the rows and to export again, {by}."


def _verb(number: int) -> str:
    return "was rejected and is" if number == 1 else "were rejected and are"


def _months(record: DeliveryRecord) -> str:
    months = record.line.months()
    return months.label if months else "its months"


def _holds(desk: Desk, record: DeliveryRecord, is_asked: Callable[[str], bool]) -> list[HoldLine]:
    """Return the holds of a delivery that stand, by their rules; all of them if none does."""
    mine = [h for h in holds(desk.engine) if h.delivery_id == record.line.id and is_asked(h.rule)]
    return [hold for hold in mine if hold.stands] or mine


def _numbers(standing: Sequence[HoldLine]) -> str:
    numbers = listed([str(hold.id) for hold in standing])
    return f"hold {numbers}" if len(standing) == 1 else f"holds {numbers}"


def _spans(months: Iterable[Month]) -> str:
    """Say months in as few words as can be: "Apr to Jun 2020 and Aug 2020"."""
    spans: list[Span] = []
    for month in sorted(set(months)):
        if spans and spans[-1].last + 1 == month:
            spans[-1] = Span(spans[-1].first, month)
        else:
            spans.append(Span(month, month))
    return listed([span.label for span in spans])


def hold_raised(desk: Desk, line: AlertLine) -> Parts:
    """Say what is not plausible about a file that was loaded, and whom to ask."""
    record = _record(desk, line)
    standing = _holds(desk, record, lambda rule: rule not in REJECTED_ROWS)
    spans = _spans(month for hold in standing for month in hold.span)
    which = _numbers(standing)
    return Parts(
        f"Please ask: {record.line.file_name} is held",
        f"{_file(desk, record)} was loaded, but something about it is not plausible. Somebody "
        f"must ask before figures of {spans} are published.",
        [
            " ".join((found.sentence, found.remedy))
            for found in (Issue(h.rule, expected=h.detail) for h in standing[:MOST_REASONS])
        ],
        "The file is loaded, and packs of other months are not concerned. The data team can print "
        "a draft of the pack meanwhile (csp quarter --draft).",
        f"{_question(desk, record)} If it is, the data team releases {which} with your name and "
        "the answer (csp holds release). If it is not, a corrected export ends it by itself.",
        f"No pack that prints figures of {spans} is published.",
        _receipt(desk, record),
    )


def _question(desk: Desk, record: DeliveryRecord) -> str:
    """Say whom to ask whether a file is right."""
    by = desk.answer_by(record.line.months())
    partner = desk.partner(record.line.source)
    if is_download(record.line.source):
        return f"Have the data team look on the pages of {partner} whether this is right, {by}."
    return f"Ask {partner} whether this is right, {by}."


def security(desk: Desk, line: AlertLine) -> Parts:
    """Say that something came that must not be sent, and what that asks for."""
    record = _record(desk, line)
    kept = (
        "Its bytes were not kept."
        if record.line.status == "rejected"
        else "The rows concerned were rejected; the file as it was received is in the archive, "
        "which only the data team can open."
    )
    found = receipt_of(desk.engine, record, desk.settings).findings
    return Parts(
        f"Security notice: {record.line.file_name}",
        f"{_file(desk, record)} holds what must not be sent to the partnership. {kept}",
        [
            f"{where(each, MOST_ROWS)}: {each.sentence}"
            for each in found
            if RULES[each.rule].security
        ],
        "Nothing of it reached the warehouse, a table, a log or this letter.",
        f"Tell {desk.partner(record.line.source)} at once, and ask for an export without it. "
        "Decide with your information governance lead whether this is a personal data breach that "
        "must be reported: within 72 hours of becoming aware of it (UK GDPR, article 33). Delete "
        "the file from the inbox and from the mail that brought it, and note that you did.",
        "Personal data stay where they must not be, and the time for a report runs out.",
    )


MOST_ROWS = 10
"""How many rows a security notice names."""
