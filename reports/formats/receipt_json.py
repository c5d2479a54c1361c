"""Receipts as one JSON document, for programs: what `csp check --json` prints.

Version 1 of the document:

    version   1; a change that breaks readers makes it 2
    program   the version of csp
    files     one object a file that was checked (a zip archive may hold several):
      name          the file's name, within its archive where it came in one
      sha256        of its bytes
      source        code of the export that it was taken for; "" if unknown
      source_title, layout   the same in words; "" if unknown
      period        {"first": "2021-01", "last": "2021-03", "label": "Jan to Mar 2021"} or null
      status        "accepted", "accepted with rejected rows" or "rejected"
      counts        {"read", "accepted", "rejected"}: rows; all 0 if the file was refused before
                    its last row was read
      issues        one object a rule and heading, gravest first:
        rule, response, dimension   codes; response is "reject file", "reject row",
                    "hold publication", "warn" or "fix and log"
        security    true if a person must hear of it at once
        heading     the partner's heading, "column G" for one that is not declared, "" for none
        scope       "file" or "rows"
        rows        every row number, as a spreadsheet shows it; [] for the whole file
        sentence, remedy   what is wrong and what to do, in words
    left_out  names of members of an archive that are none of the partnership's exports

Keys may be added to version 1, so readers must pass over those that they do not know. No value of
a cell is ever in it.
"""

import json
from collections.abc import Iterable
from typing import Any

from reports.receipt import Finding, Receipt, in_order

VERSION = 1


def receipts_json(receipts: Iterable[Receipt], left_out: Iterable[str], program: str) -> str:
    """Return the document."""
    document = {
        "version": VERSION,
        "program": program,
        "files": [_file(receipt) for receipt in receipts],
        "left_out": list(left_out),
    }
    return json.dumps(document, ensure_ascii=False)


def _file(receipt: Receipt) -> dict[str, Any]:
    span = receipt.span
    return {
        "name": receipt.file_name,
        "sha256": receipt.sha256,
        "source": receipt.source,
        "source_title": receipt.title,
        "layout": receipt.layout,
        "period": (
            {"first": span.first.code, "last": span.last.code, "label": span.label}
            if span
            else None
        ),
        "status": receipt.status.value,
        "counts": {
            "read": receipt.read,
            "accepted": receipt.accepted,
            "rejected": receipt.rejected,
        },
        "issues": [_issue(finding) for finding in in_order(receipt.findings)],
    }


def _issue(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "response": finding.response.value,
        "dimension": finding.dimension.value,
        "security": finding.is_security,
        "heading": finding.heading,
        "scope": "file" if finding.rows is None else "rows",
        "rows": [] if finding.rows is None else list(finding.rows),
        "sentence": finding.sentence,
        "remedy": finding.remedy,
    }
