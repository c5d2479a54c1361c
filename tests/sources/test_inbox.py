"""The inbox: what is found, what is kept, and how a file is told by its headings."""

import hashlib
import zipfile
from pathlib import Path

import pytest
from support.files import csv_bytes, gz, put, xlsx_bytes, zip_bytes

from schemas.areas import ST_ALBANS
from schemas.issues import DeliveryRejected, Issue
from sources.inbox import Delivery, LeftOut, Refused, find, keep, recognise, take
from sources.partners import SOURCES
from sources.partners.police_crime import PARTNERSHIP_EXTRACT
from sources.partners.street_crime import STREET_CSV
from sources.spec import Layout


def headings(layout: Layout) -> list[str]:
    return list(dict.fromkeys(h for column in layout.columns for h in column.headers))


POLICE, STREET = headings(PARTNERSHIP_EXTRACT), headings(STREET_CSV)


def delivery(folder: Path, name: str, content: bytes) -> Delivery:
    (taken,) = take(put(folder, name, content), folder / "archive", SOURCES, ST_ALBANS)
    assert isinstance(taken, Delivery)
    return taken


def refused(folder: Path, name: str, content: bytes) -> list[Issue]:
    with pytest.raises(DeliveryRejected) as refusal:
        recognise(delivery(folder, name, content), SOURCES)
    return list(refusal.value.issues)


# --- finding and keeping ----------------------------------------------------------------------


def test_files_are_found_by_name_in_all_folders_but_hidden_ones(tmp_path: Path):
    for name in ("b.csv", "a/z.xlsx", "a/a.ods", ".hidden", ".git/c.csv", "a/.part/d.csv"):
        put(tmp_path, name, b"x")
    assert find(tmp_path) == [tmp_path / n for n in ("a/a.ods", "a/z.xlsx", "b.csv")]


def test_a_hidden_folder_above_the_inbox_hides_nothing(tmp_path: Path):
    put(tmp_path, ".data/inbox/a.csv", b"x")
    assert find(tmp_path / ".data/inbox") == [tmp_path / ".data/inbox/a.csv"]


def test_a_file_is_kept_byte_for_byte_under_its_sha_256(tmp_path: Path):
    content = b"\xff\x00 whatever it is\r\n"
    taken = delivery(tmp_path, "Police.CSV", content)
    digest = hashlib.sha256(content).hexdigest()
    assert (taken.name, taken.sha256, taken.size) == ("Police.CSV", digest, len(content))
    assert taken.path == tmp_path / "archive" / digest[:2] / digest
    assert taken.path.read_bytes() == content


def test_the_same_bytes_are_kept_once_whatever_they_are_called(tmp_path: Path):
    first = delivery(tmp_path, "a.csv", b"same")
    second = delivery(tmp_path, "b.csv", b"same")
    assert first.path == second.path
    assert (first.name, second.name) == ("a.csv", "b.csv")
    assert [p for p in (tmp_path / "archive").rglob("*") if p.is_file()] == [first.path]


class BrokenFile:
    """Gives some bytes and then fails, as a share does that goes away."""

    def __init__(self) -> None:
        self.blocks = [b"some bytes"]

    def read(self, size: int) -> bytes:
        del size
        if self.blocks:
            return self.blocks.pop()
        raise OSError("the share has gone")


def test_a_copy_that_fails_leaves_nothing_behind(tmp_path: Path):
    with pytest.raises(OSError, match="the share has gone"):
        keep(BrokenFile(), "a.csv", tmp_path / "archive")  # type: ignore[arg-type]
    assert list((tmp_path / "archive").iterdir()) == []


@pytest.mark.parametrize("name", ["nothing.csv", "nothing.zip", "folder"])
def test_a_path_without_a_file(tmp_path: Path, name: str):
    (tmp_path / "folder").mkdir()
    with pytest.raises(DeliveryRejected, match="no file at this place"):
        list(take(tmp_path / name, tmp_path / "archive", SOURCES, ST_ALBANS))


@pytest.fixture
def locked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse to open any file for reading, as for a user without the right (root has it always)."""
    opened = Path.open

    def refuse(self: Path, mode: str = "r", *args, **kwargs):
        if "r" in mode:
            raise PermissionError(13, "Permission denied", str(self))
        return opened(self, mode, *args, **kwargs)

    class RefusingZip(zipfile.ZipFile):
        def __init__(self, file, *args, **kwargs):
            if isinstance(file, str | Path):
                raise PermissionError(13, "Permission denied", str(file))
            super().__init__(file, *args, **kwargs)

    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr(zipfile, "ZipFile", RefusingZip)


@pytest.mark.usefixtures("locked")
def test_a_file_that_may_not_be_opened(tmp_path: Path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"x")
    with pytest.raises(DeliveryRejected) as refusal:
        list(take(path, tmp_path / "archive", SOURCES, ST_ALBANS))
    assert [issue.rule for issue in refusal.value.issues] == ["file-unreadable"]


# --- zip archives -----------------------------------------------------------------------------

MEMBERS = {
    "2025-04/": b"",
    "2025-04/2025-04-hertfordshire-street.csv": b"April",
    "2025-03/2025-03-hertfordshire-street.csv": b"March",
    "2025-04/2025-04-hertfordshire-stop-and-search.csv": b"x",
    "2025-04/2025-04-essex-street.csv": b"x",
    "readme.txt": b"x",
}


def test_members_of_an_archive_in_the_order_of_their_names(tmp_path: Path):
    path = put(tmp_path, "latest.ZIP", zip_bytes(MEMBERS))
    taken = list(take(path, tmp_path / "archive", SOURCES, ST_ALBANS))
    assert [(type(t), t.name.removeprefix("latest.ZIP/")) for t in taken] == [
        (Delivery, "2025-03/2025-03-hertfordshire-street.csv"),
        (LeftOut, "2025-04/2025-04-essex-street.csv"),
        (LeftOut, "2025-04/2025-04-hertfordshire-stop-and-search.csv"),
        (Delivery, "2025-04/2025-04-hertfordshire-street.csv"),
        (LeftOut, "readme.txt"),
    ]
    assert [t.path.read_bytes() for t in taken if isinstance(t, Delivery)] == [b"March", b"April"]


def encrypted(content: bytes) -> bytes:
    """Set the flag of a password on every member of an archive."""
    flagged = bytearray(content)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = flagged.find(signature)
        while start >= 0:
            flagged[start + offset] |= 1
            start = flagged.find(signature, start + 4)
    return bytes(flagged)


@pytest.mark.parametrize(
    "damage",
    [
        lambda c: b"no archive at all",
        lambda c: c[:-30],
        lambda c: c.replace(b"April", b"Avril"),
    ],
    ids=["another kind", "cut short", "changed"],
)
def test_a_damaged_archive(tmp_path: Path, damage):
    path = put(tmp_path, "a.zip", damage(zip_bytes(MEMBERS)))
    (*_, refused) = take(path, tmp_path / "archive", SOURCES, ST_ALBANS)
    assert isinstance(refused, Refused)
    assert (refused.name, refused.size) == ("a.zip", path.stat().st_size)
    assert refused.issues[0].sentence.startswith(
        "The file cannot be opened as a zip archive: it is"
    )


def test_members_with_a_password_are_not_read(tmp_path: Path):
    path = put(tmp_path, "a.zip", encrypted(zip_bytes(MEMBERS)))
    taken = list(take(path, tmp_path / "archive", SOURCES, ST_ALBANS))
    locked = [t for t in taken if isinstance(t, Refused)]
    assert [issue.rule for t in locked for issue in t.issues] == ["file-locked"] * 2
    assert not (tmp_path / "archive").exists()


def test_an_archive_that_may_not_be_opened(tmp_path: Path, request: pytest.FixtureRequest):
    path = put(tmp_path, "a.zip", zip_bytes(MEMBERS))
    request.getfixturevalue("locked")
    with pytest.raises(DeliveryRejected):
        list(take(path, tmp_path / "archive", SOURCES, ST_ALBANS))


# --- recognising ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "layout"),
    [pytest.param(s, layout, id=layout.name) for s in SOURCES for layout in s.layouts],
)
def test_every_layout_is_told_by_its_own_headings(tmp_path: Path, source, layout: Layout):
    from support.files import ods_bytes

    write = {".csv": csv_bytes, ".xlsx": xlsx_bytes, ".ods": ods_bytes}[layout.format.suffixes[0]]
    spoken = [[layout.spoken_by[1][0]]] if layout.spoken_by else []
    content = write([["Title"], [], headings(layout), *spoken])
    found = recognise(delivery(tmp_path, "x" + layout.format.suffixes[0], content), SOURCES)
    assert (found.source, found.layout) == (source, layout)
    assert (found.header.row, found.match.fits) == (3, True)


def test_an_empty_file(tmp_path: Path):
    assert refused(tmp_path, "a.csv", b"") == [Issue("file-empty")]


@pytest.mark.parametrize(
    ("name", "content"), [("a.csv.gz", gz(b"")), ("a.xlsx", xlsx_bytes([]))], ids=["gzip", "sheet"]
)
def test_a_file_with_nothing_in_it(tmp_path: Path, name: str, content: bytes):
    assert refused(tmp_path, name, content) == [Issue("file-empty")]


@pytest.mark.parametrize("name", ["police.txt", "police", "police.xls", "police.csv.zip.bak"])
def test_another_kind_of_file(tmp_path: Path, name: str):
    (issue,) = refused(tmp_path, name, b"x")
    assert issue.rule == "layout-unknown"
    assert "Files end in .csv, .csv.gz, .ods, .xlsx or .zip." in issue.sentence


def test_headings_of_no_agreed_export(tmp_path: Path):
    (issue,) = refused(tmp_path, "survey.csv", b"Name,Telephone\nCanary,07700 900123\n")
    assert issue.rule == "layout-unknown"
    assert "Street-level crime; Anti-social behaviour cases" in issue.sentence
    assert "Canary" not in issue.sentence
    assert "Telephone" not in issue.sentence


def test_a_heading_that_has_changed_is_missed_and_the_nearest_named(tmp_path: Path):
    changed = [{"LSOA code": "LSOA codes", "Month": "Period"}.get(h, h) for h in STREET]
    assert [issue.sentence for issue in refused(tmp_path, "street.csv", csv_bytes([changed]))] == [
        "There is no column headed 'Month'.",
        "There is no column headed 'LSOA code'. The nearest is column H.",
    ]


def test_a_doubled_heading_is_told_before_a_missing_one(tmp_path: Path):
    changed = [h if h != "Knife" else "Ward" for h in POLICE]
    assert [(i.rule, i.column) for i in refused(tmp_path, "police.csv", csv_bytes([changed]))] == [
        ("header-doubled", "Ward"),
        ("header-missing", "Knife"),
    ]


def test_of_two_rows_of_headings_the_one_that_fits_is_taken(tmp_path: Path):
    almost = [h for h in POLICE if h != "Knife"]
    content = csv_bytes([almost, POLICE, almost])
    assert recognise(delivery(tmp_path, "police.csv", content), SOURCES).header.row == 2


def test_a_file_that_is_none_of_its_kind_tells_each_reason_once(tmp_path: Path):
    (issue,) = refused(tmp_path, "police.csv.gz", b"not compressed")
    assert issue.sentence == (
        "The file cannot be opened as a CSV file: its name says that it is compressed, but it is "
        "not."
    )
    (issue,) = refused(tmp_path, "cctv.xlsx", b"no workbook")
    assert issue.sentence == (
        "The file cannot be opened as an Excel workbook (.xlsx): it is text, such as a CSV file, "
        "under another name."
    )
