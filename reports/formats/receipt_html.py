"""A receipt as one accessible page, its tables made by great-tables.

Shares are drawn as bars, with the figure in words beside each bar: nothing is told by colour or
length alone. The page shows some of the row numbers of a fault; the CSV beside it has all.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from urllib.parse import quote

from reports.formats.great import great_table
from reports.formats.page import document, escape, scrolling, with_caption
from reports.receipt import (
    Finding,
    Gravity,
    Receipt,
    Score,
    Status,
    TrendLine,
    share,
    show_share,
)
from reports.receipt_words import (
    MEANINGS,
    ROW_NUMBERS,
    group_titles,
    taken_for,
    where,
    words,
)
from schemas.words import counted, day_label

ROWS_SHOWN = 12
TONE = {
    Status.ACCEPTED: "good",
    Status.PARTLY: "partly",
    Status.HELD: "partly",
    Status.REJECTED: "bad",
}
CHIPS = {
    Gravity.FILE: ("bad", "rejected", "file rejected"),
    Gravity.SECURITY: ("bad", "rejected", "security"),
    Gravity.ROWS: ("bad", "rejected", "rejected"),
    Gravity.HOLD: ("partly", "held", "held"),
    Gravity.WARNING: ("partly", "warned of", "warning"),
    Gravity.REPAIR: ("plain", "mended", "mended"),
}
"""For each gravity: its tone, and what became of rows and of a file."""
SIGN = {
    "good": '<path d="M5 13l5 5L20 7"/>',
    "partly": '<path d="M12 4v10M12 18.5v1"/>',
    "bad": '<path d="M6 6l12 12M18 6L6 18"/>',
}


def render_receipt(receipt: Receipt, csv_name: str) -> str:
    """Return the page as text; the same receipt gives the same bytes.

    `csv_name` is the name of the CSV that lies beside the page.
    """
    kind = "Check of a file" if receipt.is_check else "Receipt"
    return document(
        title=f"{kind}: {receipt.file_name}",
        skip="Skip to the verdict",
        header=(
            f"<p>{escape(receipt.partnership)}</p>",
            f"<h1>{kind}<span>{escape(receipt.file_name)}</span></h1>",
            f"<p>{escape(_about(receipt))}</p>",
        ),
        main=(
            *_security(receipt.security),
            *_verdict(receipt),
            *_counts(receipt),
            *_holds(receipt),
            *_faults(receipt, csv_name),
            *_scorecard(receipt),
            *_accepted(receipt),
            *_trend(receipt),
            *_file(receipt),
        ),
        footer=(
            f"<p>Made by csp {escape(receipt.version)}. This page names rows and headings, and "
            "repeats nothing that stands in a cell of the file.</p>",
        ),
        more="receipt.css",
    )


def _about(receipt: Receipt) -> str:
    taken = taken_for(receipt) or "It could not be told which export this is"
    if receipt.is_check:
        return f"{taken}. Checked only: nothing was sent or loaded."
    if receipt.received is None:
        return f"{taken}. It was not kept."
    return f"{taken}. Received {day_label(receipt.received)}."


def _security(notices: Sequence[Finding]) -> Iterable[str]:
    if not notices:
        return
    yield '<section class="security" aria-labelledby="security">'
    yield '<h2 id="security">Security notice</h2><ul>'
    for notice in notices:
        rows = "" if notice.rows is None else f"{where(notice, ROWS_SHOWN)}. "
        yield (
            f"<li><strong>{escape(notice.sentence)}</strong> {escape(rows)}"
            f"{escape(notice.remedy)}</li>"
        )
    yield "</ul></section>"


def _verdict(receipt: Receipt) -> Iterable[str]:
    said, tone = words(receipt), TONE[receipt.status]
    yield f'<section class="verdict {tone}" aria-labelledby="verdict">'
    yield f'<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">{SIGN[tone]}</svg>'
    yield f'<div><h2 id="verdict">{escape(said.verdict)}</h2><p>{escape(said.then)}</p></div>'
    yield "</section>"


def _counts(receipt: Receipt) -> Iterable[str]:
    if receipt.is_rejected and not receipt.read:
        return
    would = receipt.is_check
    yield '<ul class="key">'
    yield _figure("Rows read", receipt.read, "All that the file has")
    yield _figure("Accepted", receipt.accepted, "Would be counted" if would else "Counted")
    yield _figure("Rejected", receipt.rejected, "Would not be counted" if would else "Not counted")
    if receipt.loaded:
        yield _figure("New", receipt.loaded.new, "Accepted and not there before")
        yield _figure("Unchanged", receipt.loaded.unchanged, "Accepted, there already")
        yield _figure("Replaced", receipt.loaded.superseded, "Earlier rows that this file replaces")
    yield "</ul>"


def _figure(label: str, count: int, meaning: str) -> str:
    return f"<li><span>{label}</span><strong>{count:,}</strong><span>{meaning}</span></li>"


def _faults(receipt: Receipt, csv_name: str) -> Iterable[str]:
    titles = group_titles(receipt)
    listed = receipt.of(*Gravity)
    if not listed:
        return
    columns = {
        "group": [titles[finding.gravity] for finding in listed],
        "what": [finding.sentence for finding in listed],
        "outcome": [chip(finding) for finding in listed],
        "where": [where(finding, ROWS_SHOWN) for finding in listed],
        "remedy": [finding.remedy for finding in listed],
    }
    table = (
        great_table(columns, "faults", stub="what", groups="group")
        .tab_stubhead(label="What is wrong")
        .cols_label(outcome="Outcome", where="In which rows", remedy="What to do")
        .fmt(lambda drawn: drawn, columns="outcome")
    )
    yield '<section><h2 id="found">What was found</h2>'
    note = ROW_NUMBERS if any(finding.count for finding in listed) else ""
    captioned = with_caption(table.as_raw_html(), "Every fault, gravest first", note)
    yield from scrolling(captioned, "faults-table", "What was found")
    yield (
        f'<p class="download"><a href="{quote(csv_name)}">All faults as CSV, one line a row</a> '
        "(it opens in a spreadsheet)</p></section>"
    )


def _holds(receipt: Receipt) -> Iterable[str]:
    if not receipt.holds:
        return
    yield '<section><h2 id="held">Held until somebody has decided</h2><dl class="sources">'
    for hold in receipt.holds:
        mark = ' class="gap"' if hold.is_open else ""
        remedy = f" {escape(hold.remedy)}" if hold.remedy else ""
        yield f"<dt>{escape(hold.sentence)}</dt>"
        yield f"<dd{mark}>{escape(hold.state[:1].upper() + hold.state[1:])}.{remedy}</dd>"
    yield "</dl></section>"


def _scorecard(receipt: Receipt) -> Iterable[str]:
    if not receipt.read:
        return
    scores = receipt.scorecard
    columns = {
        "dimension": [score.dimension.value.capitalize() for score in scores],
        "share": [bar(share(s.good, s.read), s.shown) for s in scores],
        "found": [_found(score) for score in scores],
        "means": [MEANINGS[score.dimension] for score in scores],
    }
    table = (
        great_table(columns, "scores", stub="dimension")
        .tab_stubhead(label="Dimension")
        .cols_label(share="Rows without a fault", found="What was found", means="What is asked")
        .fmt(lambda drawn: drawn, columns="share")
    )
    yield '<section><h2 id="quality">Quality of the data</h2>'
    caption = with_caption(
        table.as_raw_html(),
        "The six dimensions of data quality",
        f"Of {counted(receipt.read, 'row')}. A fault is one that "
        "rejects a row or is warned of; what was mended on the way does not count against it.",
    )
    yield from scrolling(caption, "scores-table", "Quality of the data")
    yield "</section>"


def _found(score: Score) -> str:
    told = []
    if score.at_fault:
        told.append(f"{counted(score.at_fault, 'row')} with a fault")
    if score.repaired:
        told.append(f"{counted(score.repaired, 'row')} mended")
    if score.of_file:
        told.append(f"{score.of_file} {'remark' if score.of_file == 1 else 'remarks'} on the file")
    return "; ".join(told).capitalize() or "Nothing"


def _accepted(receipt: Receipt) -> Iterable[str]:
    if not receipt.months or receipt.is_rejected:
        return
    most = max(rows for _, rows in receipt.months)
    columns = {
        "month": [month.label for month, _ in receipt.months],
        "rows": [bar(share(rows, most), f"{rows:,}") for _, rows in receipt.months],
    }
    table = (
        great_table(columns, "months", stub="month")
        .tab_stubhead(label="Month")
        .cols_label(rows="Rows")
        .fmt(lambda drawn: drawn, columns="rows")
    )
    was = "would be" if receipt.is_check else "was"
    yield f'<section><h2 id="accepted">What {was} accepted</h2>'
    captioned = with_caption(table.as_raw_html(), "Accepted rows by month")
    yield from scrolling(captioned, "months-table", "Accepted rows by month")
    yield "</section>"


def _trend(receipt: Receipt) -> Iterable[str]:
    if len(receipt.trend) < 2:
        return
    lines = receipt.trend
    columns = {
        "delivery": [_name(line, receipt) for line in lines],
        "received": [day_label(line.received) for line in lines],
        "state": [line.status.capitalize() for line in lines],
        "read": [f"{line.read:,}" for line in lines],
        "accepted": [f"{line.accepted:,}" for line in lines],
        "share": [
            bar(share(line.rejected, line.read), show_share(line.rejected, line.read))
            for line in lines
        ],
    }
    table = (
        great_table(columns, "trend", stub="delivery")
        .tab_stubhead(label="Delivery")
        .cols_label(
            received="Received", state="State", read="Read", accepted="Accepted",
            share="Rejected rows",
        )
        .cols_align("right", columns=["read", "accepted"])
        .fmt(lambda drawn: drawn, columns="share")
    )  # fmt: skip
    yield '<section><h2 id="trend">Compared with earlier deliveries</h2>'
    captioned = with_caption(
        table.as_raw_html(), "Deliveries of this export", "The oldest first, this one last."
    )
    yield from scrolling(captioned, "trend-table", "Deliveries of this export")
    yield "</section>"


def _name(line: TrendLine, receipt: Receipt) -> str:
    period = f" ({line.span.label})" if line.span else ""
    this = ": this file" if line.delivery_id == receipt.delivery_id else ""
    return f"{line.file_name}{period}{this}"


def chip(finding: Finding) -> str:
    """Draw what became of the rows, in words: a colour says nothing that they do not."""
    tone, of_rows, of_file = CHIPS[finding.gravity]
    text = of_file if finding.rows is None else f"{finding.count:,} {of_rows}"
    return f'<span class="chip {tone}">{text}</span>'


def bar(percent: Decimal | None, text: str) -> str:
    """Draw a share and write beside it what it is."""
    if percent is None:
        return escape(text)
    return (
        '<span class="bar"><svg viewBox="0 0 100 10" preserveAspectRatio="none" '
        'aria-hidden="true" focusable="false"><rect class="all" width="100" height="10"/>'
        f'<rect class="part" width="{percent}" height="10"/></svg> '
        f"<span>{escape(text)}</span></span>"
    )


def _file(receipt: Receipt) -> Iterable[str]:
    size = "" if receipt.size_bytes is None else f"{receipt.size_bytes:,} bytes"
    received = day_label(receipt.received) if receipt.received else ""
    facts = {
        "File": receipt.file_name,
        "Taken for": taken_for(receipt) or "not known",
        "Sent by": receipt.partner,
        "Received": "not received, only checked" if receipt.is_check else received,
        "Taken again": receipt.again,
        "Delivery number": "" if receipt.delivery_id is None else str(receipt.delivery_id),
        "Size": size,
        "SHA-256": receipt.sha256,
    }
    yield '<section><h2 id="file">The file</h2><dl class="facts">'
    for name, fact in facts.items():
        if fact:
            yield f"<div><dt>{name}</dt><dd>{escape(fact)}</dd></div>"
    yield (
        '</dl><p class="legend">The SHA-256 is the file\'s fingerprint: two files with the same '
        "one are the same to the last byte.</p></section>"
    )
