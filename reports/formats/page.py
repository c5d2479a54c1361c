"""The one template of every page: a self-contained, accessible document.

great-tables gives a table its header cells, scopes and `headers` attributes; the caption, which it
does not write, is put in here, and its per-table style is left out for the page's own sheet.
"""

import html
from collections.abc import Iterable
from pathlib import Path

from reports.formats.texts import printable

FOLDER = Path(__file__).parent


def escape(text: str) -> str:
    """Return a text as it must stand in a page to be read as text."""
    return html.escape(printable(text), quote=True)


def sheet(name: str) -> str:
    """Return a style sheet of this folder."""
    return (FOLDER / name).read_text(encoding="utf-8")


def document(
    *,
    title: str,
    skip: str,
    header: Iterable[str],
    main: Iterable[str],
    footer: Iterable[str],
    more: str,
    is_draft: bool = False,
    language: str = "en-GB",
) -> str:
    """Return a whole page. `title` and `skip` are texts, the others are lines of HTML.

    `more` names the style sheet in this folder that goes with the common one.
    """
    return "\n".join(
        (
            "<!DOCTYPE html>",
            f'<html lang="{escape(language)}">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(title)}</title>",
            f"<style>\n{sheet('page.css')}{sheet(more)}</style>",
            "</head>",
            '<body class="draft">' if is_draft else "<body>",
            f'<a class="skip" href="#main">{escape(skip)}</a>',
            "<header>",
            *header,
            "</header>",
            '<main id="main">',
            *main,
            "</main>",
            "<footer>",
            *footer,
            "</footer>",
            "</body>",
            "</html>",
            "",
        )
    )


def with_caption(raw: str, caption: str, more: str = "") -> str:
    """Cut the table element out of what great-tables gives and set its caption into it."""
    start, end = raw.index("<table"), raw.rindex("</table>") + len("</table>")
    opening = raw.index(">", start) + 1
    told = f"<span>{escape(more)}</span>" if more else ""
    # Within a region that scrolls the words stay where they are, and as wide as the screen.
    words = f"<div>{escape(caption)}{told}</div>"
    return f"{raw[start:opening]}\n<caption>{words}</caption>{raw[opening:end]}"


def scrolling(table: str, place: str, label: str, *, is_long: bool = False) -> Iterable[str]:
    """Put a table into a region that scrolls by itself where the screen is too narrow.

    On paper a long one may go on over the page; the others are kept whole.
    """
    yield f'<div class="{"table long" if is_long else "table"}" id="{place}" tabindex="0"'
    yield f' role="region" aria-label="{escape(label)}">'
    yield table
    yield "</div>"
