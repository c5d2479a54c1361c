"""What a file is by its first bytes, whatever its name says."""

from pathlib import Path

from schemas.issues import DeliveryRejected, Issue

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
GZIP = b"\x1f\x8b"
DAMAGED = "it is damaged, cut short or of another kind"
_START = 4096

_BOMS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
_MAGICS = (
    (b"PK\x03\x04", "it is a workbook or a zip archive under another name"),
    (OLE[:4], "it is an old Office file (such as .xls) under another name"),
    (b"%PDF", "it is a PDF document under another name"),
    (GZIP, "it is compressed (gzip), which its name does not say"),
    (b"{\\rtf", "it is a Word document (RTF) under another name"),
    (b"<!DOCTYPE", "it is a web page under another name"),
    (b"<html", "it is a web page under another name"),
    (b"<?xml", "it is an XML document under another name"),
)
_MARKUP = "it is a web page or an XML document under another name"
_NO_WORKBOOKS = (
    (b"pk", DAMAGED),
    (OLE[:4], "it is an old Excel file (.xls) or another Office file under a new name"),
    (b"%pdf", "it is a PDF document under another name"),
    *((mark, _MARKUP) for mark in (b"<html", b"<!doctype html", b"<table", b"<?xml")),
)


def start_of(path: Path) -> bytes:
    """Return the first bytes of a file."""
    with path.open("rb") as file:
        return file.read(_START)


def unreadable(described: str, why: str = DAMAGED) -> DeliveryRejected:
    """Return the refusal of a file that cannot be opened as what its name says."""
    return DeliveryRejected(Issue("file-unreadable", expected=f"{described}: {why}"))


def wide_encoding(start: bytes) -> str:
    """Name the encoding of text that takes two or four bytes a letter; "" when it is not such."""
    for mark, name in _BOMS:
        if start.startswith(mark) and not (name == "UTF-16" and not _has_nuls(start)):
            return name
    if len(start) >= 16:
        for shift in (0, 1):
            zeros = start[shift::2]
            others = start[1 - shift :: 2]
            if zeros.count(0) > 0.8 * len(zeros) and others.count(0) < 0.2 * len(others):
                return "UTF-16"
    return ""


def _has_nuls(start: bytes) -> bool:
    # Two letters of another encoding may look like the mark; nearly all text in UTF-16 has NULs.
    return len(start) < 16 or b"\x00" in start


def refuse_if_no_text(start: bytes) -> None:
    """Raise `DeliveryRejected` when a file that should be text is none, saying what it is."""
    for magic, what in _MAGICS:
        if start.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(magic):
            raise DeliveryRejected(Issue("file-binary", expected=what))
    if wide := wide_encoding(start):
        raise DeliveryRejected(Issue("file-encoding", expected=f"UTF-8 but {wide}"))
    if b"\x00" in start:
        raise no_text()


def no_text() -> DeliveryRejected:
    """Return the refusal of a file that has NUL bytes in it."""
    return DeliveryRejected(
        Issue("file-binary", expected="it has NUL bytes in it, as damaged files and programs do")
    )


def why_no_workbook(start: bytes) -> str:
    """Say what a file is that should be a workbook and is none."""
    for magic, what in _NO_WORKBOOKS:
        if start.lstrip().lower().startswith(magic):
            return what
    if wide_encoding(start) or (b"\x00" not in start and _is_text(start)):
        return "it is text, such as a CSV file, under another name"
    return DAMAGED


def _is_text(start: bytes) -> bool:
    try:
        start[:-4].decode("utf-8")
    except UnicodeDecodeError:
        printable = sum(byte >= 32 or byte in b"\t\r\n" for byte in start)
        return printable > 0.95 * len(start)
    return sum(byte < 32 and byte not in b"\t\r\n" for byte in start) < 0.05 * len(start)
