"""What a tagged PDF needs beyond what WeasyPrint writes: heads of tables, page numbers, links.

WeasyPrint names the headings of a cell of figures where each heads one column and no groups of rows
are; a heading over several columns reaches its first alone, that of a group of rows none, and none
says whether it heads a column or a row. Running lines and page numbers are marked as text in no
place of the document. `finish` mends that in the objects of the PDF before they are written, by
PDF/UA-1 (ISO 14289-1, 7.5, 7.8) and PDF 1.7 (ISO 32000-1, 14.7 and 14.8).
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Element = Any
"""A structure element as WeasyPrint holds it: a dictionary with what it is (S) and holds (K)."""

PRINTED = 4
"""The flag of an annotation that is printed as it is shown (ISO 32000-1, table 165)."""


def finish(_document: object, pdf: Any) -> None:
    """Mend the tags of a PDF that is about to be written; WeasyPrint calls it as a finisher."""
    tree = _Tree(pdf)
    for table in tree.all("Table"):
        _name_headings(tree, table)
    _list_names(tree)
    _set_apart_margins(tree)
    for found in pdf.objects:
        if isinstance(found, dict) and found.get("Subtype") == "/Link":
            found["F"] = PRINTED


class _Tree:
    """The structure elements that lie in the document of a PDF, in the order of reading."""

    def __init__(self, pdf: Any) -> None:
        self.pdf = pdf
        self._objects = {found.reference: found for found in pdf.objects}
        self.root = self._objects[pdf.catalog["StructTreeRoot"]]
        self.elements = list(self._below(self.root))

    def at(self, reference: bytes) -> Any:
        """Return the object that a reference is to."""
        return self._objects[reference]

    def all(self, role: str) -> Iterator[Element]:
        """Return the elements of one role."""
        return (found for found in self.elements if found["S"] == f"/{role}")

    def within(self, element: Element) -> Iterator[Element]:
        """Return the elements that lie directly in another one."""
        for kid in element["K"]:
            found = self._objects.get(kid) if isinstance(kid, bytes) else None
            if found is not None and "S" in found:
                yield found

    def _below(self, element: Element) -> Iterator[Element]:
        for found in self.within(element):
            yield found
            yield from self._below(found)


# --- tables -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Cell:
    """A cell of a table with the columns and rows that it stands in."""

    element: Element
    columns: range
    rows: range

    @property
    def is_heading(self) -> bool:
        return bool(self.element["S"] == "/TH")


def _name_headings(tree: _Tree, table: Element) -> None:
    """Say of each heading what it heads, and of each other cell all of its headings.

    What heads a group of rows stands in a row by itself, and is the heading of the columns below it
    down to the next one.
    """
    heads: defaultdict[int, list[Any]] = defaultdict(list)
    row_heads: defaultdict[int, list[Any]] = defaultdict(list)
    group: list[Any] = []
    for cells, is_head in _rows(tree, table):
        if is_head:
            for cell in (c for c in cells if c.is_heading):
                cell.element["A"]["Scope"] = "/Column"
                for column in cell.columns:
                    heads[column].append(cell.element["ID"])
        elif len(cells) == 1 and cells[0].is_heading:
            cells[0].element["A"]["Scope"] = "/Column"
            group = [cells[0].element["ID"]]
        else:
            for cell in (c for c in cells if c.is_heading):
                cell.element["A"]["Scope"] = "/Row"
                for row in cell.rows:
                    row_heads[row].append(cell.element["ID"])
            for cell in (c for c in cells if not c.is_heading):
                above = [each for column in cell.columns for each in heads[column]]
                beside = [each for row in cell.rows for each in row_heads[row]]
                named = dict.fromkeys((*group, *beside, *above))
                cell.element["A"]["Headers"] = _pydyf().Array(named)


def _rows(tree: _Tree, table: Element) -> Iterator[tuple[list[_Cell], bool]]:
    """Return the cells of each row, and whether it is one of the rows that head the table."""
    taken: set[tuple[int, int]] = set()
    for row, (element, is_head) in enumerate(_row_elements(tree, table)):
        cells, column = [], 0
        for found in tree.within(element):
            while (row, column) in taken:
                column += 1
            said = found["A"]
            columns = range(column, column + int(said.get("ColSpan", 1)))
            rows = range(row, row + int(said.get("RowSpan", 1)))
            taken |= {(r, c) for r in rows for c in columns}
            cells.append(_Cell(found, columns, rows))
        yield cells, is_head


def _row_elements(
    tree: _Tree, element: Element, is_head: bool = False
) -> Iterator[tuple[Element, bool]]:
    for found in tree.within(element):
        if found["S"] == "/TR":
            yield found, is_head
        elif found["S"] != "/Caption":
            yield from _row_elements(tree, found, is_head or found["S"] == "/THead")


def _list_names(tree: _Tree) -> None:
    """Write the list in which the names of headings are looked up: with names it must be there."""
    named = {found["ID"].data: found for found in tree.elements if "ID" in found}
    if named:
        pairs = [each for name in sorted(named) for each in (name, named[name].reference)]
        pydyf = _pydyf()
        ends = pydyf.Array([pairs[0], pairs[-2]])
        names = pydyf.Dictionary({"Limits": ends, "Names": pydyf.Array(pairs)})
        tree.pdf.add_object(names)
        tree.root["IDTree"] = pydyf.Dictionary({"Kids": pydyf.Array([names.reference])})


# --- what stands in the margins -----------------------------------------------------------------


def _set_apart_margins(tree: _Tree) -> None:
    """Mark what is printed in the margins as such: it is no part of what the document says.

    WeasyPrint numbers it as text of the page, by elements that are in no place of the tree.
    """
    known = {found.reference for found in tree.elements}
    parents = tree.at(tree.root["ParentTree"])["Nums"]
    for number, page in enumerate(tree.pdf.page_references):
        elements = parents[2 * number + 1]
        apart = {mcid for mcid, found in enumerate(elements) if found not in known}
        for mcid in apart:
            tree.at(elements[mcid]).clear()
            elements[mcid] = "null"
        drawn = tree.at(tree.at(page)["Contents"]).stream
        for place, said in enumerate(drawn):
            if isinstance(said, dict) and said.get("MCID") in apart:
                drawn[place - 1] = "/Artifact"
                drawn[place] = _pydyf().Dictionary({"Type": "/Pagination"})


def _pydyf() -> Any:
    import pydyf  # noqa: PLC0415 - it is loaded where a PDF is made, and nowhere else

    return pydyf
