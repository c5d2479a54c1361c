"""A document as a tagged PDF (PDF/UA-1), printed by WeasyPrint from the lines of its page.

WeasyPrint draws text with pango, a library of the system. Where that is missing there is no PDF:
`NoPdf` says so, and a pack is made without one.
"""

import hashlib
import logging
from dataclasses import replace
from typing import Any

from reports.document import Block, Chart, Document, Section, Table, travelling
from reports.formats.html import on_paper
from reports.formats.page import escape, sheet
from reports.formats.pdf_tags import finish


class NoPdf(Exception):  # noqa: N818 - it says what there is not
    """No PDF can be made on this machine; the message says what is missing."""


def can_print() -> bool:
    """Return whether this machine has what a PDF needs."""
    try:
        _weasyprint()
    except NoPdf:
        return False
    return True


def _weasyprint() -> Any:
    try:
        import weasyprint  # noqa: PLC0415 - it is loaded where a PDF is made, and nowhere else
    except OSError:
        raise NoPdf("the libraries pango and pangoft2 are not on this machine") from None
    return weasyprint


def to_pdf(told: Document) -> bytes:
    """Return a document as a PDF; the same document gives the same bytes on the same machine.

    Raises `NoPdf` where a library of the system is missing.
    """
    weasyprint = _weasyprint()
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    page = _page(for_paper(told))
    made: bytes = weasyprint.HTML(string=page, url_fetcher=_refuse).write_pdf(
        pdf_variant="pdf/ua-1",
        pdf_identifier=hashlib.sha256(page.encode()).digest()[:16],
        finisher=finish,
    )
    return made


def _refuse(address: str) -> dict[str, object]:
    """Load nothing: a printed page needs nothing from elsewhere, whatever a text of it asks for."""
    raise ValueError("a page loads nothing")


def _page(told: Document) -> str:
    return "\n".join(
        (
            "<!DOCTYPE html>",
            f'<html lang="{escape(told.language)}">',
            "<head>",
            '<meta charset="utf-8">',
            f"<title>{escape(told.full_title)}</title>",
            f'<meta name="author" content="{escape(told.publisher)}">',
            f"<style>\n{sheet('page.css')}{sheet('pack.css')}{sheet('print.css')}</style>",
            "</head>",
            '<body class="draft">' if told.is_draft else "<body>",
            f'<div class="running">{escape(told.publisher)}: {escape(told.title)}, '
            f"{escape(told.subtitle)}</div>",
            *([f'<div class="handling">{escape(told.handling)}</div>'] if told.handling else []),
            *on_paper(told),
            "</body></html>",
        )
    )


def for_paper(told: Document) -> Document:
    """Return a document without what paper cannot do: files to be opened, figures to be unfolded.

    The title within a picture is its alternative text; what it shows is printed under it.
    """
    return replace(
        told,
        opening=tuple(map(_for_paper, travelling(told.opening))),
        sections=tuple(map(_for_paper, travelling(told.sections))),
    )


def _for_paper(section: Section) -> Section:
    return replace(
        section,
        blocks=tuple(map(_printed, section.blocks)),
        subsections=tuple(map(_for_paper, section.subsections)),
    )


def _printed(block: Block) -> Block:
    match block:
        case Table():
            return replace(block, csv="")
        case Chart():
            return replace(block, data=replace(block.data, rows=(), groups=()))
        case _:
            return block
