"""What `csp check` prints: readable for somebody who has never seen it, and when piped."""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from reports.receipt import Finding, Gravity, Receipt
from reports.receipt_words import ROW_NUMBERS, group_titles, taken_for, where, words
from schemas.words import counted

RANGES_SHOWN = 8


@dataclass(frozen=True)
class Line:
    """One line, indented where it is continued; `strong` ones stand out on a terminal."""

    text: str
    indent: int = 2
    strong: bool = False

    def fitted(self, width: int | None) -> str:
        """Return the line as it is printed; None does not wrap it."""
        room = " " * self.indent
        if width is None:
            return f"{room}{self.text}".rstrip()
        lead, text = self._lead()
        filled = textwrap.fill(
            text, max(width, 40), initial_indent=room + lead,
            subsequent_indent=room + " " * len(lead),
            break_long_words=False, break_on_hyphens=False,
        )  # fmt: skip
        return filled or ""

    def _lead(self) -> tuple[str, str]:
        """Part a number such as "12. " from the sentence that it stands before."""
        number, dot, rest = self.text.partition(". ")
        return (f"{number}. ", rest) if dot and number.isdigit() else ("", self.text)


def check_lines(receipt: Receipt) -> Iterator[Line]:
    """Yield all that a check has to say of one file: the verdict first, then why."""
    said = words(receipt)
    yield Line(receipt.file_name, 0, strong=True)
    if receipt.title:
        yield Line(f"Taken for: {taken_for(receipt)}")
        yield Line(f"Sent by:   {receipt.partner}")
    yield Line("")
    yield Line(said.verdict.upper() if receipt.is_rejected else said.verdict, strong=True)
    yield Line(said.then)
    if receipt.read:
        yield Line(
            f"{counted(receipt.read, 'row')} read, "
            f"{receipt.accepted:,} accepted, {receipt.rejected:,} rejected"
        )
    titles, number = group_titles(receipt), 0
    for gravity in Gravity:
        found = receipt.of(gravity)
        if found:
            yield Line("")
            yield Line(titles[gravity], strong=True)
        for finding in found:
            number += 1
            yield from _finding_lines(number, finding)
    if any(finding.count for finding in receipt.findings):
        yield Line("")
        yield Line(ROW_NUMBERS)


def _finding_lines(number: int, finding: Finding) -> Iterator[Line]:
    mark = "SECURITY: " if finding.is_security and finding.gravity is Gravity.FILE else ""
    yield Line(f"{number}. {mark}{finding.sentence}")
    inner = 2 + len(f"{number}. ")
    if finding.rows is not None:
        count = f" ({counted(finding.count, 'row')})" if finding.count > 1 else ""
        yield Line(f"{where(finding, RANGES_SHOWN)}{count}.", inner)
    yield Line(f"What to do: {finding.remedy}", inner)
