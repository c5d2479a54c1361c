"""The workbook: each rule of the Analysis Function's list, and that breaking one is found."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from openpyxl import load_workbook
from openpyxl.chart import BarChart
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedName
from support.documents import document
from support.workbook_lint import lint

from reports.document import Table
from reports.figures import fill
from reports.formats.sheets import _figures, _table
from reports.formats.workbook import to_workbook
from reports.tables import GRANTS, NEIGHBOURHOOD, POLICE
from schemas.areas import ST_ALBANS
from schemas.period import FinancialYear, Quarter
from schemas.reported import Stated


@pytest.fixture(scope="module")
def made() -> bytes:
    return to_workbook(document())


@pytest.fixture(scope="module")
def book(made: bytes) -> Workbook:
    return load_workbook(io.BytesIO(made))


@pytest.mark.parametrize("period", [FinancialYear(2020), Quarter(2020, 4), Quarter(2020, 1)])
def test_a_workbook_keeps_every_rule(period):
    assert lint(to_workbook(document(period=period))) == []


def test_a_column_of_money_is_headed_with_its_unit(kept_shelf):
    """It was headed "(number)" over amounts in pounds."""
    kept_shelf.set("grant-spend", since_2020_04=(100,) * 12)
    kept_shelf.set("robbery", since_2020_04=(1,) * 12)
    headings = {
        spec.code: [heading for heading, _ in _figures(kept_shelf.fill(spec, FinancialYear(2020)))]
        for spec in (GRANTS[0], POLICE)
    }
    assert headings[GRANTS[0].code] == [
        "Apr 2020 to Mar 2021 (pounds)",
        "Apr 2019 to Mar 2020 (pounds)",
        "Change from Apr 2019 to Mar 2020 to Apr 2020 to Mar 2021 (pounds)",
        "Change from Apr 2019 to Mar 2020 to Apr 2020 to Mar 2021 (percent)",
    ]
    assert headings[POLICE.code][0] == "Apr 2020 to Mar 2021 (number)"


def test_amounts_have_pence_and_their_change_in_percent_one_place():
    """The percentages of money had a format of two points, in which 116.9 is shown as 116.90.0."""
    filled = fill({}, GRANTS[0], FinancialYear(2020), ST_ALBANS)
    sheet = _table(Table(filled, 1, "Spending from grants", "", "a.csv"), 0)
    assert list((sheet.formats or {}).values()) == [
        "#,##0.00", "#,##0.00", "+#,##0.00;-#,##0.00;0", "+#,##0.0;-#,##0.0;0.0",
    ]  # fmt: skip


def test_a_workbook_has_a_cover_the_contents_the_notes_and_a_sheet_a_table(book: Workbook):
    assert book.sheetnames == [
        "Cover", "Contents", "Notes", "Table_1", "Table_2", "Table_3", "Sent", "Trend",
        "Sources",
    ]  # fmt: skip
    assert book["Cover"]["A1"].value == "Annual tables It fell., Apr 2020 to Mar 2021"
    assert book.properties.title == "Draft: Annual tables It fell., Apr 2020 to Mar 2021: It fell."


def test_a_row_has_codes_and_unit_beside_its_label_and_numbers_as_numbers(book: Workbook):
    rows = list(book["Table_1"].iter_rows(values_only=True))
    start = next(n for n, row in enumerate(rows) if row[0] == "Offence")
    assert rows[start] == (
        "Offence", "Measure code", "Area", "Area code", "Unit",
        "Apr 2020 to Mar 2021 (number)", "Marks of: Apr 2020 to Mar 2021 (number)",
        "Apr 2019 to Mar 2020 (number)",
        "Change from Apr 2019 to Mar 2020 to Apr 2020 to Mar 2021 (number)",
        "Change from Apr 2019 to Mar 2020 to Apr 2020 to Mar 2021 (percent)",
    )  # fmt: skip
    assert rows[start + 1] == (
        "All crime", "all-crime", "St Albans", "E07000240", "recorded crimes", 7846, "none", 8876,
        -1030, -11.6,
    )  # fmt: skip
    # A mark stands where there is no number; that of a number stands beside it.
    assert rows[start + 3][5:] == ("[x]", "none", 5, "[x]", "[x]")
    assert rows[start + 5][5:] == (12, "[r]", 1, 11, 1100)


def test_what_a_partner_says_of_a_number_stands_beside_it():
    """Keeps away: "more than 25,000 (as at 31 Mar 2021)" stood in the workbook as 25,000 alone."""
    day, home = date(2021, 3, 31), ST_ALBANS
    stated = (40, Stated(25_000, "more_than", day), Stated(30, "", day), 40)
    figures = {
        (measure, home.district.code, "2020-21"): figure
        for measure, figure in zip(NEIGHBOURHOOD.measures, stated, strict=True)
    }
    filled = fill(figures, NEIGHBOURHOOD, FinancialYear(2020), home)
    sheet = _table(Table(filled, 1, "Neighbourhood policing", "", "a.csv"), 0)
    headings = list(sheet.columns)
    said = "Said of: Apr 2020 to Mar 2021 (number)"
    assert headings[headings.index(said) - 1] == "Apr 2020 to Mar 2021 (number)"
    assert sheet.columns[said] == ["none", "more than, as at 31 Mar 2021", "as at 31 Mar 2021",
                                   "none"]  # fmt: skip
    assert sheet.columns["Apr 2020 to Mar 2021 (number)"] == [40, 25_000, 30, 40]
    assert [heading for heading in headings if heading.startswith("Said of")] == [said]


def test_a_sheet_is_printed_wide_enough_to_be_read_with_its_headings_on_every_page(book: Workbook):
    """Thirteen columns on the width of one page were four points high."""
    for page in book.worksheets[2:]:
        rows = [row[0].row for row in page.iter_rows() if row[0].value == page_heading(page)]
        assert page.print_title_rows == f"${rows[0]}:${rows[0]}"
        assert page.print_title_cols == "$A:$A"
        width = sum(d.width * (d.max - d.min + 1) for d in page.column_dimensions.values())
        assert width / (page.page_setup.fitToWidth or 1) <= 230, page.title


def page_heading(page) -> str:
    """What heads the first column: the table of the sheet begins there."""
    (table,) = page.tables.values()
    return page[table.ref.partition(":")[0]].value


def test_marks_stand_at_the_right_like_the_figures_in_whose_place_they_are(book: Workbook):
    page = book["Table_1"]
    marks = [cell for row in page.iter_rows(min_col=6) for cell in row if cell.value == "[x]"]
    assert marks
    assert {cell.alignment.horizontal for cell in marks} == {"right"}


def test_notes_are_counted_on_from_table_to_table(book: Workbook):
    rows = list(book["Notes"].iter_rows(min_row=3, values_only=True))
    assert rows[0] == ("Note number", "Note text", "Table")
    assert [row[0] for row in rows[1:]] == [f"note {n}" for n in range(1, len(rows))]
    assert "[note 4]" in " ".join(str(c.value) for c in book["Table_2"]["A"])


def test_the_same_document_gives_the_same_bytes(made: bytes):
    assert to_workbook(document()) == made


def spoilt(made: bytes, change: Callable[[Workbook], object]) -> list[str]:
    """Return what is found in a workbook after one thing in it was changed."""
    book = load_workbook(io.BytesIO(made))
    book.properties.creator = None
    change(book)
    out = io.BytesIO()
    book.save(out)
    return lint(out.getvalue())


def first_number(book: Workbook):
    return next(
        cell for row in book["Table_1"].iter_rows() for cell in row if cell.value == 7846
    )  # fmt: skip


def _set(place: str, value: object) -> Callable[[Workbook], object]:
    return lambda book: setattr(book["Table_1"][place], "value", value)


BREAKS: dict[str, tuple[str, Callable[[Workbook], object]]] = {
    "merged cells": ("merged cells", lambda b: b["Table_1"].merge_cells("A1:C1")),
    "a hidden sheet": ("is hidden", lambda b: setattr(b["Table_2"], "sheet_state", "hidden")),
    "a hidden column": (
        "hides a row or a column",
        lambda b: setattr(b["Table_1"].column_dimensions["B"], "hidden", True),
    ),
    "frozen panes": ("frozen panes", lambda b: setattr(b["Table_1"], "freeze_panes", "B2")),
    "a formula": ("a formula", _set("A3", "=1+1")),
    "a chart": ("kind chart", lambda b: b["Table_1"].add_chart(BarChart(), "A40")),
    "a comment": (
        "kind comments", lambda b: setattr(b["Table_1"]["A3"], "comment", Comment("Who?", "Ann")),
    ),
    "a defined name": (
        "defined names",
        lambda b: b.defined_names.add(DefinedName("data", attr_text="Table_1!$A$1:$B$2")),
    ),
    "an author": ("names an author", lambda b: setattr(b.properties, "creator", "Ann Field")),
    "no title": ("has no title", lambda b: setattr(b.properties, "title", None)),
    "no language": ("has no language", lambda b: setattr(b.properties, "language", None)),
    "no cover": ("begin with cover", lambda b: b.remove(b["Cover"])),
    "no link": ("no link to Moved", lambda b: setattr(b["Table_2"], "title", "Moved")),
    "small letters": (
        "letters of 8", lambda b: setattr(first_number(b), "font", Font(size=8)),
    ),
    "a colour": (
        "a colour", lambda b: setattr(first_number(b), "fill", PatternFill("solid", "FFFF0000")),
    ),
    "a blank row": ("a blank row above", _set("A2", None)),
    "a blank cell": ("a blank cell", lambda b: setattr(first_number(b), "value", None)),
    "a number as text": (
        "a number kept as text", lambda b: setattr(first_number(b), "value", "7,846"),
    ),
    "words among numbers": (
        "words among numbers", lambda b: setattr(first_number(b), "value", "Fallen"),
    ),
    "a mark that is not explained": (
        "is not explained", lambda b: setattr(first_number(b), "value", "[c]"),
    ),
    "a dash for a figure": ("a sign in place", lambda b: setattr(first_number(b), "value", "-")),
    "no comma": (
        "without a comma", lambda b: setattr(first_number(b), "number_format", "0"),
    ),
    "a number at the left": (
        "not at the right",
        lambda b: setattr(first_number(b), "alignment", Alignment(horizontal="left")),
    ),
    "text at the right": (
        "text at the right",
        lambda b: setattr(b["Notes"]["B5"], "alignment", Alignment(horizontal="right")),
    ),
    "no unit": (
        "heading says no unit",
        lambda b: setattr(
            b["Table_1"].cell(first_number(b).row - 1, first_number(b).column), "value", "Now"
        ),
    ),
    "two tables": (
        "holds 0 tables", lambda b: b["Table_1"].tables.clear(),
    ),
    "cells below": ("beside or below", _set("A60", "Source: somebody")),
    "a quarter as Q1": ("not written out", _set("A2", "Q1 of the year")),
    "a year cut short": ("a year cut short", _set("A2", "2020-21")),
    "a dash between dates": ("a dash between dates", _set("A2", "Apr 2020 - Mar 2021")),
    "a note that is not listed": ("note 99 is referred to", _set("A2", "See [note 99]")),
    "a note without a reference": (
        "listed and not referred to", _set("A1", "Table 1: Police recorded crime"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("found", "change"), BREAKS.values(), ids=BREAKS)
def test_a_workbook_that_breaks_a_rule_is_found_out(made: bytes, found: str, change):
    assert any(found in fault for fault in spoilt(made, change))


def test_a_document_without_a_table_is_a_workbook_all_the_same():
    bare = replace(document(), opening=(), sections=document().sections[-1:])
    assert load_workbook(io.BytesIO(to_workbook(bare))).sheetnames == [
        "Cover", "Contents", "Sources",
    ]  # fmt: skip
