"""Which sheet of a workbook is read, and how several are."""

from pathlib import Path

import pytest
from support.files import grid, put, xlsx_bytes

from schemas.issues import DeliveryRejected
from schemas.records.cctv_log import CctvLog
from sources import sheets
from sources.coverage import period_in_name
from sources.inbox import Delivery, Recognised, recognise
from sources.parse import category, text
from sources.spec import Column, Extent, Layout, Sheet, SourceSpec

COLUMNS = (Column("log_number", "Ref", text()), Column("camera_id", "Ward", category()))


def toy(*, stacks: bool) -> SourceSpec:
    layout = Layout(
        "toy", Sheet((".xlsx",), stacks=stacks), COLUMNS, Extent.DISTRICT, period_in_name
    )
    return SourceSpec("toy", "toy", "Toy", CctvLog, (layout,), lambda frame, home: frame)


RECORDS = grid("""
    Ref | Ward
    A2  | Verulam
    A3  | Ashley
""")
OTHERS = grid("""
    Records of the south |
    Ward    | Ref
    Clarence| A3
""")
NOTES = [["Printed on 3 July"]]
BLANK: list[list[str]] = []


def opened(folder: Path, content: bytes, *, stacks: bool = False) -> Recognised:
    path = put(folder, "toy-2020-21-q1.xlsx", content)
    return recognise(Delivery(path.name, path, "", len(content)), [toy(stacks=stacks)])


def rows_of(found: Recognised) -> list[list[str]]:
    return [
        [str(row), *cells]
        for chunk in found.file.chunks(found.header, found.match.positions, found.layout)
        for row, *cells in chunk.frame.astype("str").itertuples(name=None)
    ]


def test_the_sheet_that_has_the_headings_is_read_and_others_are_named_by_number(tmp_path: Path):
    found = opened(tmp_path, xlsx_bytes(NOTES, Empty=BLANK, Data=RECORDS))
    assert rows_of(found) == [["2", "A2", "Verulam"], ["3", "A3", "Ashley"]]
    assert [i.sentence for i in found.issues] == [
        "The workbook has other sheets (sheet 1), which were not read."
    ]


def test_two_sheets_with_the_headings_cannot_be_told_apart(tmp_path: Path):
    with pytest.raises(DeliveryRejected, match=r"agreed headings \(sheet 1 and sheet 3\)"):
        opened(tmp_path, xlsx_bytes(RECORDS, Notes=NOTES, South=OTHERS))


def test_no_sheet_with_the_headings_tells_what_the_nearest_lacks(tmp_path: Path):
    lacking = [row[:1] for row in RECORDS]
    with pytest.raises(DeliveryRejected, match="no column headed 'Ward'"):
        opened(tmp_path, xlsx_bytes(NOTES, Data=lacking))


@pytest.mark.parametrize("chunk", [50_000, 1])
def test_stacked_sheets_are_read_one_after_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chunk: int
):
    monkeypatch.setattr(sheets, "CHUNK_ROWS", chunk)
    found = opened(tmp_path, xlsx_bytes(RECORDS, Notes=NOTES, South=OTHERS), stacks=True)
    assert rows_of(found) == [
        ["10000002", "A2", "Verulam"],
        ["10000003", "A3", "Ashley"],
        ["30000003", "A3", "Clarence"],
    ]
    assert [i.rule for i in found.issues] == ["sheet-left-out"]


def test_a_workbook_is_read_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sheets, "CHUNK_ROWS", 1)
    found = opened(tmp_path, xlsx_bytes(RECORDS))
    assert rows_of(found) == [["2", "A2", "Verulam"], ["3", "A3", "Ashley"]]


@pytest.mark.parametrize("limit", [(3, 9), (2, 3)])
def test_a_sheet_that_ends_at_its_limit_is_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: tuple[int, ...]
):
    monkeypatch.setattr("sources.frames.SPREADSHEET_LIMITS", limit)
    found = opened(tmp_path, xlsx_bytes(RECORDS))
    with pytest.raises(DeliveryRejected, match="ends exactly at row 3"):
        rows_of(found)
