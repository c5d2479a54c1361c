"""What a receipt says in words: the same on the page and on a terminal.

Written for somebody who has never heard of this program. A file that was only checked has not been
sent, so everything is said of what would become of it.
"""

from dataclasses import dataclass

from reports.receipt import Finding, Gravity, Receipt, Status
from schemas.rules import Dimension
from schemas.words import counted

ROW_NUMBERS = (
    "Row numbers are those that a spreadsheet shows at the left; the row of the headings counts."
)

MEANINGS = {
    Dimension.COMPLETENESS: "Nothing that is needed is left blank.",
    Dimension.UNIQUENESS: "Every record stands in the file once.",
    Dimension.CONSISTENCY: "What stands in one place agrees with what stands in another.",
    Dimension.TIMELINESS: "The rows are of the months that the file is about.",
    Dimension.VALIDITY: "Every cell is written as agreed.",
    Dimension.ACCURACY: "What the cells say can be true.",
}
"""Each dimension in plain words."""


@dataclass(frozen=True)
class Words:
    """The verdict: one line, and what follows from it."""

    verdict: str
    then: str


CORRECT = "Correct the rejected rows in your system and export again. "
DOWNLOAD = (
    "It is a public file, which nobody exports for the partnership: download another as is said "
    "below, and hand it in as it came. If it is rejected again, the data team must look at it."
)
PUBLISHED = (
    "It is a public file, in which nobody here can correct a row: tell the data team if it is more "
    "than a few."
)


def words(receipt: Receipt) -> Words:
    """Return the verdict on a file."""
    return _of_check(receipt) if receipt.is_check else _of_delivery(receipt)


def _of_delivery(r: Receipt) -> Words:
    if r.status is Status.REJECTED:
        then = DOWNLOAD if r.is_download else "Put right what stands below and send the file again."
        return Words(
            "The file was rejected: nothing of it is counted",
            f"What was loaded from earlier files stays as it was. {then}",
        )
    if r.status is Status.HELD:
        return Words(
            f"Accepted, but {_of_all(r)} {_were(r.rejected)} rejected and the figures are held back"
            if r.rejected
            else "Accepted, but the figures are held back",
            f"{_taken(r)} Before its figures are published, a person has to confirm what stands "
            "below under \u201cHeld until somebody has decided\u201d.",
        )
    if r.status is Status.PARTLY:
        then = (
            PUBLISHED
            if r.is_download
            else f"To have {'it' if r.rejected == 1 else 'them'} counted, correct "
            f"{'the row' if r.rejected == 1 else 'the rows'} in your system and send the whole "
            "export again: it replaces this one."
        )
        return Words(
            f"Accepted, but {_of_all(r)} {_were(r.rejected)} rejected", f"{_taken(r)} {then}"
        )
    if not r.read:
        return Words("Accepted: nothing happened", _nil(r, "is counted as"))
    return Words(
        f"Accepted: {_all(r.read)}", f"{_all(r.read, capital=True)} counted. {_remarks(r)}"
    )


def _of_check(r: Receipt) -> Words:
    if r.status is Status.REJECTED:
        return Words(
            "The file would be rejected: nothing of it would be counted",
            DOWNLOAD if r.is_download else "Put right what stands below before you send it.",
        )
    if r.status is Status.HELD:
        what = f"{_of_all(r)} would be rejected and its figures" if r.rejected else "its figures"
        return Words(
            f"The file would be accepted, but {what} held back"
            if r.rejected
            else f"The file would be accepted, but {what} would be held back",
            f"{_correct(r)}The figures would not be published before a person "
            "has confirmed what stands below under \u201cHeld until somebody has decided\u201d.",
        )
    if r.status is Status.PARTLY:
        return Words(
            f"The file would be accepted, but {_of_all(r)} would be rejected",
            "A rejected row is not counted. "
            + (
                PUBLISHED
                if r.is_download
                else f"Correct {'it' if r.rejected == 1 else 'the rows'} in your system and export "
                "again."
            ),
        )
    if not r.read:
        return Words("The file would be accepted: nothing happened", _nil(r, "would count as"))
    return Words(f"The file would be accepted: {_all(r.read)}", _remarks(r))


def _correct(r: Receipt) -> str:
    if not r.rejected:
        return ""
    return f"{PUBLISHED} " if r.is_download else CORRECT


def _nil(r: Receipt, counts: str) -> str:
    months = f" for {r.span.label}" if r.span else ""
    return f"The file has no rows and says so in its name. It {counts} a nil return{months}."


def _of_all(r: Receipt) -> str:
    return f"{r.rejected:,} of {counted(r.read, 'row')}"


def _were(count: int) -> str:
    return "was" if count == 1 else "were"


def _all(count: int, *, capital: bool = False) -> str:
    if count == 1:
        return "The one row is" if capital else "its one row"
    return f"All {count:,} rows are" if capital else f"all {count:,} rows"


def _taken(r: Receipt) -> str:
    if r.accepted == r.read:
        return f"{_all(r.read, capital=True)} loaded." if r.read else "The file has no rows."
    return (
        f"{counted(r.accepted, 'row is', 'rows are')} counted, "
        f"{counted(r.rejected, 'is', 'are')} not."
    )


def _remarks(r: Receipt) -> str:
    if not r.findings:
        return "There is nothing to correct."
    if r.of(Gravity.WARNING, Gravity.HOLD):
        return "Nothing was rejected; please look at the warnings below."
    return "There is nothing to correct; what was mended on the way stands below."


def group_titles(receipt: Receipt) -> dict[Gravity, str]:
    """Return the heading over the findings of each gravity."""
    would = receipt.is_check
    return {
        Gravity.FILE: "Why the file would be rejected" if would else "Why the file was rejected",
        Gravity.SECURITY: (
            "Security: rows that would be rejected" if would else "Security: rejected rows"
        ),
        Gravity.ROWS: "Rows that would be rejected" if would else "Rejected rows",
        Gravity.HOLD: "Held until somebody has decided",
        Gravity.WARNING: "Warnings: nothing is rejected for them",
        Gravity.REPAIR: "Repairs: mended on the way, nothing is rejected for them",
    }


def where(finding: Finding, limit: int) -> str:
    """Say in which rows something was found: "Rows 12 to 15 and 40 (5 rows)"."""
    if finding.rows is None:
        return "The whole file"
    if finding.count == 1:
        return f"Row {finding.rows.shown(1)}"
    return f"Rows {finding.rows.shown(limit)}"


def taken_for(receipt: Receipt) -> str:
    """Say what a file was taken for; "" where that could not be told."""
    if not receipt.title:
        return ""
    period = f", {receipt.span.label}" if receipt.span else ""
    return f"{receipt.title} ({receipt.layout}){period}"
