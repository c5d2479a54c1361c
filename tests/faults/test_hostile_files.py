"""Files that no honest export is like, and honest ones that are something else than their name.

Each is refused with the rule that names it, before a row is read; what must not be kept is not.
"""

import zipfile
from pathlib import Path

import pytest
from support.desk import POLICE, STREET, Desk, cctv, complete, csv_bytes, fly_tips, police, street
from support.files import gz, ods_bytes, put, xlsx_bytes, zip_bytes
from support.hostile import (
    PIVOT_CACHE,
    gzip_bomb,
    lying,
    overlapping,
    rewritten,
    with_entities,
    with_hidden_ods_sheet,
    with_hidden_sheets,
    zip_bomb,
)

from flows.examine import Verdict, examine
from schemas.areas import ST_ALBANS
from sources.inbox import LeftOut
from sources.partners import SOURCES

pytestmark = pytest.mark.slow  # each opens warehouses or reads big files

LOG, CASES = cctv("Log No\nC/1\nC/2"), fly_tips("Case Reference\nFT/1\nFT/2")
CRIMES, MONTH = police("DA\nN\nN"), street("Crime ID\na\nb")
LOG_NAME, CASES_NAME = "cctv-log-2020-21-q1.xlsx", "fly-tips-2020-21-q1.ods"
CRIMES_NAME, MONTH_NAME = "police-2020-21-q1.csv", "2025-04-hertfordshire-street.csv"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def verdicts(folder: Path, name: str, content: bytes) -> list[Verdict | LeftOut]:
    return list(examine(put(folder, name, content), SOURCES, ST_ALBANS))


def refused(folder: Path, name: str, content: bytes) -> list[str]:
    (verdict,) = verdicts(folder, name, content)
    assert isinstance(verdict, Verdict)
    return [issue.rule for issue in verdict.refusals]


def said(folder: Path, name: str, content: bytes) -> str:
    (verdict,) = verdicts(folder, name, content)
    assert isinstance(verdict, Verdict)
    return " ".join(issue.sentence for issue in verdict.refusals)


@pytest.mark.parametrize(
    ("name", "content"),
    [(LOG_NAME, LOG), (CASES_NAME, CASES), (CRIMES_NAME, CRIMES), (MONTH_NAME, MONTH)],
)
def test_the_files_that_are_tampered_with_are_sound(tmp_path: Path, name: str, content: bytes):
    assert refused(tmp_path, name, content) == []


# --- hidden sheets, pivots, macros --------------------------------------------------------------

TWO_SHEETS = xlsx_bytes(complete("Log No\nC/1", {"Log No": ""}), People=[["Canary"]])


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_sheets_are_counted_and_not_named(tmp_path: Path, state: str):
    content = with_hidden_sheets(TWO_SHEETS, state)
    assert refused(tmp_path, LOG_NAME, content) == ["sheet-hidden"]
    assert "hidden sheets: 1." in said(tmp_path, LOG_NAME, content)
    assert "People" not in said(tmp_path, LOG_NAME, content)


def test_a_hidden_sheet_of_an_opendocument_spreadsheet(tmp_path: Path):
    assert refused(tmp_path, CASES_NAME, with_hidden_ods_sheet(CASES)) == ["sheet-hidden"]


def test_a_pivot_cache_carries_the_records_behind_it(tmp_path: Path):
    content = rewritten(LOG, more={"xl/pivotCache/pivotCacheRecords1.xml": PIVOT_CACHE})
    assert refused(tmp_path, LOG_NAME, content) == ["sheet-pivot"]


def test_a_pivot_table_of_an_opendocument_spreadsheet(tmp_path: Path):
    pivot = b"<table:data-pilot-tables><table:data-pilot-table/></table:data-pilot-tables>"
    end = b"</office:spreadsheet>"
    content = rewritten(CASES, {"content.xml": lambda part: part.replace(end, pivot + end)})
    assert refused(tmp_path, CASES_NAME, content) == ["sheet-pivot"]


@pytest.mark.parametrize("part", ["xl/vbaProject.bin", "xl/embeddings/oleObject1.bin"])
def test_macros_and_files_within_the_file(tmp_path: Path, part: str):
    assert refused(tmp_path, LOG_NAME, rewritten(LOG, more={part: b"x"})) == ["file-dangerous"]


def test_what_must_not_be_kept_is_recorded_and_not_kept(desk: Desk):
    loaded = desk.hand_in(LOG_NAME, with_hidden_sheets(TWO_SHEETS))
    assert (loaded.status, [i.rule for i in loaded.issues]) == ("rejected", ["sheet-hidden"])
    assert loaded.delivery_id > 0
    assert [p for p in desk.settings.archive.rglob("*") if p.is_file()] == []


def test_a_bomb_that_is_found_only_while_it_is_read_is_not_kept_either(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("sources.read.RATIO_FROM", 1 << 20)
    monkeypatch.setattr("sources.read.MOST_RATIO", 50)
    head = CRIMES.splitlines(keepends=True)
    content = gz(head[0] + head[1] * 20_000)
    loaded = desk.hand_in(CRIMES_NAME + ".gz", content[:-4] + b"\0\1\0\0")
    assert [i.rule for i in loaded.issues] == ["file-bomb"]
    assert [p for p in desk.settings.archive.rglob("*") if p.is_file()] == []


# --- locked -----------------------------------------------------------------------------------


def test_a_workbook_with_a_password(tmp_path: Path):
    locked = OLE + b"\0" * 1000 + "EncryptedPackage".encode("utf-16-le")
    assert refused(tmp_path, LOG_NAME, locked) == ["file-locked"]
    assert refused(tmp_path, LOG_NAME, OLE + b"\0" * 504) == ["file-locked"]


def test_an_opendocument_spreadsheet_with_a_password(tmp_path: Path):
    entry = (
        b"<manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manif"
    )
    content = rewritten(
        CASES,
        {
            "META-INF/manifest.xml": lambda part: part.replace(b"</manifest:manif", entry),
            "content.xml": lambda part: bytes(range(256)) * 9,
        },
    )
    assert refused(tmp_path, CASES_NAME, content) == ["file-locked"]


# --- bombs and lies ---------------------------------------------------------------------------


def test_a_zip_bomb(tmp_path: Path):
    assert refused(tmp_path, "latest.zip", zip_bomb(MONTH_NAME, 200 << 20)) == ["file-bomb"]


def test_members_that_lie_over_each_other(tmp_path: Path):
    assert refused(tmp_path, "latest.zip", overlapping(MONTH_NAME)) == ["file-bomb"]


def test_archives_within_an_archive(tmp_path: Path):
    content = zip_bytes({"1.zip": zip_bytes({"2.zip": b""})})
    assert refused(tmp_path, "42.zip", content) == ["file-bomb"]


def test_too_many_members(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sources.containers.MOST_MEMBERS", 3)
    content = zip_bytes({f"{n}.txt": b"" for n in range(4)})
    assert refused(tmp_path, "latest.zip", content) == ["file-bomb"]


@pytest.mark.parametrize("stated", [None, 100])
def test_a_gzip_bomb_whatever_it_states_of_its_size(tmp_path: Path, stated: int | None):
    content = gzip_bomb(200 << 20, stated)
    # One that states too little is found out at its headings: they are a cell without end.
    assert refused(tmp_path, MONTH_NAME + ".gz", content) in (["file-bomb"], ["file-unreadable"])


def test_a_workbook_bomb(tmp_path: Path):
    content = rewritten(LOG, more={"xl/media/x.xml": b"<a>" + b" " * (100 << 20) + b"</a>"})
    assert refused(tmp_path, LOG_NAME, content) == ["file-bomb"]


def test_a_part_that_holds_more_than_its_directory_states(tmp_path: Path):
    assert refused(tmp_path, LOG_NAME, lying(LOG, "xl/styles.xml", 10)) == ["file-bomb"]


def test_two_cells_that_span_a_sheet_of_thousands_of_millions(tmp_path: Path):
    far = b'<row r="1048576"><c r="NA1048576"><v>1</v></c></row></sheetData>'
    content = rewritten(
        LOG, {"xl/worksheets/sheet1.xml": lambda part: part.replace(b"</sheetData>", far)}
    )
    assert refused(tmp_path, LOG_NAME, content) == ["file-bomb"]


def test_a_cell_that_is_repeated_over_a_whole_sheet(tmp_path: Path):
    cell = (
        b'<table:table-row table:number-rows-repeated="1000000"><table:table-cell '
        b'table:number-columns-repeated="400" office:value-type="string"><text:p>x</text:p>'
        b"</table:table-cell></table:table-row></table:table>"
    )
    content = rewritten(CASES, {"content.xml": lambda p: p.replace(b"</table:table>", cell)})
    assert refused(tmp_path, CASES_NAME, content) == ["file-bomb"]


def test_blank_cells_repeated_to_the_end_of_the_sheet_are_usual(tmp_path: Path):
    blank = (
        b'<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
        b'table:number-columns-repeated="16384"/></table:table-row></table:table>'
    )
    content = rewritten(CASES, {"content.xml": lambda p: p.replace(b"</table:table>", blank)})
    assert refused(tmp_path, CASES_NAME, content) == []


@pytest.mark.parametrize(
    ("name", "content", "part"),
    [(LOG_NAME, LOG, "xl/worksheets/sheet1.xml"), (CASES_NAME, CASES, "content.xml")],
)
def test_billion_laughs(tmp_path: Path, name: str, content: bytes, part: str):
    assert refused(tmp_path, name, with_entities(content, part)) == ["file-dangerous"]


@pytest.mark.parametrize(
    "member", ["../2025-04-hertfordshire-street.csv", "/etc/passwd", "C:/x.csv", "a\\..\\..\\x.csv"]
)
def test_a_member_that_climbs_out_of_its_archive(tmp_path: Path, member: str):
    content = zip_bytes({MONTH_NAME: MONTH, member: MONTH})
    assert refused(tmp_path, "latest.zip", content) == ["file-dangerous"]


def test_a_member_that_is_a_link(tmp_path: Path):
    link = zipfile.ZipInfo(MONTH_NAME)
    link.create_system, link.external_attr = 3, 0o120777 << 16
    path = tmp_path / "latest.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert refused(tmp_path, "latest.zip", path.read_bytes()) == ["file-dangerous"]


def test_a_file_larger_than_any_export(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sources.containers.MOST_FILE_BYTES", 1000)
    monkeypatch.setattr("sources.containers.MOST_WORKBOOK_BYTES", 1000)
    for name, content in ((CRIMES_NAME, CRIMES + b"x" * 900), (LOG_NAME, LOG), ("a.zip", LOG)):
        assert refused(tmp_path, name, content) == ["file-too-large"]


def test_twenty_thousand_columns(tmp_path: Path):
    wide = ",".join([*POLICE, *(f"Column {n}" for n in range(20_000))]).encode()
    assert refused(tmp_path, CRIMES_NAME, wide + b"\n" + b"," * 20_000) == ["columns-too-many"]
    assert refused(tmp_path, LOG_NAME, xlsx_bytes([["x"] * 600])) == ["columns-too-many"]


@pytest.mark.parametrize("line", [2, 40, 30_000])
def test_a_quotation_mark_that_is_never_closed(tmp_path: Path, line: int):
    head, row, *_ = CRIMES.splitlines(keepends=True)
    rows = [row] * 400_000
    rows[line - 2] = b'"' + row
    assert refused(tmp_path, CRIMES_NAME, head + b"".join(rows)) == ["lines-unreconciled"]


# --- something else than its name ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "rule", "words"),
    [
        (CRIMES_NAME, LOG, "file-binary", "a workbook or a zip archive under another name"),
        (CRIMES_NAME, OLE + b"\0" * 600, "file-binary", "an old Office file"),
        (CRIMES_NAME, b"%PDF-1.7 x", "file-binary", "a PDF document"),
        (CRIMES_NAME, gz(CRIMES), "file-binary", "compressed (gzip), which its name does not say"),
        (CRIMES_NAME, CRIMES[:200] + b"\0" + CRIMES, "file-binary", "NUL bytes"),
        (CRIMES_NAME, CRIMES + b"x\n" * 200_000 + b"\0", "file-binary", "NUL bytes"),
        (CRIMES_NAME, CRIMES.decode().encode("utf-16"), "file-encoding", "not UTF-8 but UTF-16."),
        (CRIMES_NAME, CRIMES.decode().encode("utf-16-le"), "file-encoding", "UTF-16."),
        (CRIMES_NAME, CRIMES.decode().encode("utf-32"), "file-encoding", "UTF-32."),
        (CRIMES_NAME, CRIMES.replace(b",", b";"), "delimiter-wrong", "by semicolons, not"),
        (CRIMES_NAME, CRIMES.replace(b",", b"\t"), "delimiter-wrong", "by tabs, not"),
        (CRIMES_NAME, CRIMES.replace(b",", b"|"), "delimiter-wrong", "by vertical bars, not"),
        (LOG_NAME, CRIMES, "file-unreadable", "it is text, such as a CSV file"),
        (LOG_NAME, OLE + "Workbook\0".encode("utf-16-le"), "file-unreadable", "old Excel file"),
        (LOG_NAME, LOG[:900], "file-unreadable", "damaged, cut short"),
        (CASES_NAME, b"<html><table>", "file-unreadable", "a web page"),
        ("crimes.zip", LOG, "file-unreadable", "a workbook under another name"),
        ("police.doc", b"x", "layout-unknown", "Files end in"),
    ],
)  # fmt: skip
def test_a_file_that_is_something_else(
    tmp_path: Path, name: str, content: bytes, rule: str, words: str
):
    assert refused(tmp_path, name, content) == [rule]
    assert words in said(tmp_path, name, content)


DEFRA = ["Year", "ONS Code", "LA Name", "Region", "Total Incidents", "Highway Incidents"]
HOME_OFFICE = [
    "Financial Year", "Financial Quarter", "Force Name", "CSP Name", "ONS Code",
    "Offence Description", "Offence Group", "Offence Subgroup", "Offence Code", "Offence Count",
]  # fmt: skip


@pytest.mark.parametrize("name", ["fly-tips.ods", "fly-tips.xlsx", "fly-tips.csv"])
@pytest.mark.parametrize(
    ("headings", "words"),
    [(DEFRA, "Defra's yearly publication"), (HOME_OFFICE, "Home Office's open data table")],
)
def test_a_publication_that_was_cut_up_is_none_of_our_sources(
    tmp_path: Path, name: str, headings, words: str
):
    """As it was published it is taken, to hold ours against; a part of it says what it is."""
    headings = [h for h in headings if h not in ("Year", "Financial Year")]
    rows = [["Fly-tipping", *[""] * (len(headings) - 1)], headings, ["2012-13"] * len(headings)]
    write = {".ods": ods_bytes, ".xlsx": xlsx_bytes, ".csv": csv_bytes}["." + name.split(".")[1]]
    assert refused(tmp_path, name, write(rows)) == ["source-mistaken"]
    assert words in said(tmp_path, name, write(rows))


def test_a_publication_with_a_hidden_sheet_is_told_for_both(tmp_path: Path):
    content = with_hidden_sheets(xlsx_bytes([DEFRA], Lookup=[["x"]]))
    assert refused(tmp_path, "fly-tips.xlsx", content) == ["sheet-hidden", "source-mistaken"]


# --- truncation -------------------------------------------------------------------------------


@pytest.mark.parametrize(("lines", "rules"), [(65_536, ["rows-truncated"]), (65_535, [])])
def test_a_file_that_ends_at_the_limit_of_a_spreadsheet(tmp_path: Path, lines: int, rules):
    rows = [",".join(STREET).encode()]
    usual = ",".join(STREET.values()).partition(",")[2].encode()
    rows += [b"%064x,%s" % (n, usual) for n in range(lines - 1)]
    assert refused(tmp_path, MONTH_NAME, b"\n".join(rows) + b"\n") == rules
