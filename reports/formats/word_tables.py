"""Tables of a Word file: columns as wide as they need, rows whole, headings repeated."""

import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from reports.formats.texts import printable

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.shared import Length
    from docx.table import Table as WordTable

TEXT_WIDTH, LABELS, WIDEST, NARROW = 17.4, 5.4, 2.6, 1.7
"""In centimetres: the page between its margins, what is left to labels, a column of figures, and
one beside many columns of texts."""
MANY = 3
SHORTEST, LONGEST = 9, 34
"""Letters: a column of texts has room as for no less and no more."""
LETTER, PADDING = 0.165, 0.4
"""In centimetres: about the width of a letter in a table, and what is left free beside a text."""
WHOLE = 24
"""Rows of a table that is kept on one page."""


def element(name: str, attributes: Mapping[str, str] = MappingProxyType({})) -> Any:
    """Return an element for which python-docx has no words."""
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(key), value)
    return made


def grid_table(
    page: "WordDocument",
    header: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    right: frozenset[int],
    title: str,
    groups: Sequence[str] = (),
    grouped_by: str = "Area",
    bold: frozenset[int] = frozenset(),
) -> None:
    """Write a table whose first row is its heading; a group's name is a column of its own."""
    if groups:
        header = (grouped_by, *header)
        rows = [(group, *row) for group, row in zip(groups, rows, strict=True)]
        right = frozenset(place + 1 for place in right)
    shown = [header, *rows]
    made = page.add_table(rows=len(shown), cols=len(header), style="Table Grid")
    made.autofit = False
    _described(made, title)
    widths = _widths(shown, right)
    for number, (row, texts) in enumerate(zip(made._tbl.tr_lst, shown, strict=True)):
        is_bold = number == 0 or number - 1 in bold
        for place, (cell, text) in enumerate(zip(row.tc_lst, texts, strict=True)):
            cell.width = widths[place]
            written = cell.p_lst[0]
            written.style = "TableNumber" if place in right else "TableText"
            run = written.add_r()
            run.text = printable(text)
            if is_bold:
                run.get_or_add_rPr().get_or_add_b()
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width
    _kept(made, is_whole=len(shown) <= WHOLE)
    page.add_paragraph(style="Table Text")


def _described(table: "WordTable", title: str) -> None:
    """Give a table its title for those who do not see it."""
    table._tbl.tblPr.append(element("w:tblCaption", {"w:val": printable(title)}))


def _kept(table: "WordTable", *, is_whole: bool) -> None:
    """Break no row over a page, and repeat the first one; `is_whole` keeps all on one page."""
    rows = table._tbl.tr_lst
    for number, row in enumerate(rows):
        properties = row.get_or_add_trPr()
        properties.append(element("w:cantSplit"))
        if number == 0:
            properties.append(element("w:tblHeader"))
        if number == 0 or (is_whole and number < len(rows) - 1):
            for cell in row.tc_lst:
                cell.p_lst[0].get_or_add_pPr().append(element("w:keepNext"))


def _widths(shown: Sequence[Sequence[str]], right: frozenset[int]) -> list["Length"]:
    """Give columns of figures about the same width, and what is left to the others.

    Of several columns of texts those with longer texts get more of it, up to a limit; no column is
    narrower than its longest word, unless all of them together are too wide.
    """
    from docx.shared import Cm  # noqa: PLC0415

    places = range(len(shown[0]))
    least = [_least(shown, place) for place in places]
    weights = [
        0 if place in right else min(max(SHORTEST, *(len(row[place]) for row in shown)), LONGEST)
        for place in places
    ]
    texts = len(places) - len(right)
    alike = TEXT_WIDTH / len(places)
    if texts:
        widest = WIDEST if texts < MANY else NARROW
        alike = min(widest, (TEXT_WIDTH - LABELS) / max(1, len(right)))
    wanted = [max(least[n], alike) if n in right else least[n] for n in places]
    spare = max(TEXT_WIDTH - sum(wanted), 0)
    total = max(sum(weights), 1)
    # Where there is too little room it is words that are broken, not figures.
    numbers = sum(wanted[n] for n in right)
    narrower = min((TEXT_WIDTH - numbers) / max(sum(wanted) - numbers, 0.1), 1)
    return [
        Cm(wanted[n] if n in right else wanted[n] * narrower + spare * weights[n] / total)
        for n in places
    ]


def _least(shown: Sequence[Sequence[str]], place: int) -> float:
    """Return the centimetres that the longest word of a column takes, up to a limit."""
    words = (word for row in shown for word in re.split(r"[ -]", row[place]))
    return min(max(map(len, words)), LONGEST) * LETTER + PADDING
