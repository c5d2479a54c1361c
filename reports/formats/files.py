"""The files of a pack that are printed from its document, beside its page."""

from collections.abc import Callable, Iterable

from reports.document import Document
from reports.formats.pdf import can_print, to_pdf
from reports.formats.word import to_word
from reports.formats.workbook import to_workbook

PRINTERS: dict[str, Callable[[Document], bytes]] = {
    "pdf": to_pdf,
    "xlsx": to_workbook,
    "docx": to_word,
}
"""What prints each format of `reports.spec.FORMATS`."""


def missing_here(formats: Iterable[str]) -> tuple[str, ...]:
    """Return which of some formats this machine cannot make."""
    return tuple(form for form in formats if form == "pdf" and not can_print())
