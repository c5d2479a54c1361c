"""Builds files that no honest export is like: bombs, lies, hidden sheets, endless quotes.

Each is made from a small valid workbook or archive by changing its parts.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping

Change = Callable[[bytes], bytes]


def rewritten(
    content: bytes,
    changes: Mapping[str, Change] | None = None,
    more: Mapping[str, bytes] | None = None,
) -> bytes:
    """Return an archive with some of its parts changed and others added."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for member in old.infolist():
            change = (changes or {}).get(member.filename, lambda part: part)
            new.writestr(member.filename, change(old.read(member)))
        for name, part in (more or {}).items():
            new.writestr(name, part)
    return packed.getvalue()


def with_hidden_sheets(xlsx: bytes, state: str = "hidden") -> bytes:
    """Hide all sheets of an Excel workbook but the first."""

    def hide(part: bytes) -> bytes:
        first, *others = part.split(b"<sheet ")[1:]
        before = part.split(b"<sheet ")[0]
        mark = f'state="{state}" '.encode()
        return before + b"".join([b"<sheet " + first, *(b"<sheet " + mark + o for o in others)])

    return rewritten(xlsx, {"xl/workbook.xml": hide})


def with_hidden_ods_sheet(ods: bytes) -> bytes:
    """Add a hidden sheet to an OpenDocument spreadsheet."""

    def hide(part: bytes) -> bytes:
        style = (
            b'<style:style xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
            b'style:name="gone" style:family="table"><style:table-properties '
            b'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
            b'table:display="false"/></style:style>'
        )
        sheet = (
            b'<table:table table:name="Hidden" table:style-name="gone"><table:table-row>'
            b'<table:table-cell office:value-type="string"><text:p>Canary</text:p>'
            b"</table:table-cell></table:table-row></table:table></office:spreadsheet>"
        )
        part = part.replace(b"<office:automatic-styles/>", b"<office:automatic-styles>" + style
                            + b"</office:automatic-styles>")  # fmt: skip
        return part.replace(b"</office:spreadsheet>", sheet)

    return rewritten(ods, {"content.xml": hide})


PIVOT_CACHE = (
    b'<pivotCacheRecords xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
)

LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">%s]>""" % b"".join(
    b'<!ENTITY lol%d "%s">' % (n, b"&lol%s;" % (str(n - 1).encode() if n > 1 else b"") * 10)
    for n in range(1, 10)
)


def with_entities(workbook: bytes, part: str) -> bytes:
    """Put the "billion laughs" before one part of a workbook."""

    def laugh(content: bytes) -> bytes:
        return LAUGHS + content[content.index(b"?>") + 2 :]

    return rewritten(workbook, {part: laugh})


def zip_bomb(name: str, unpacked: int) -> bytes:
    """Return an archive of one member that unpacks to so many zero digits."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open(name, "w", force_zip64=True) as member,
    ):
        block = b"0" * (1 << 20)
        for _ in range(unpacked >> 20):
            member.write(block)
    return packed.getvalue()


def lying(content: bytes, name: str, size: int) -> bytes:
    """State another unpacked size of one member in the directory of an archive and before it."""
    changed = bytearray(content)
    mark = name.encode()
    for signature, size_at, name_at in ((b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)):
        start = changed.find(signature)
        while start >= 0:
            if changed[start + name_at : start + name_at + len(mark)] == mark:
                changed[start + size_at : start + size_at + 4] = struct.pack("<I", size)
            start = changed.find(signature, start + 4)
    return bytes(changed)


def overlapping(name: str) -> bytes:
    """Return an archive whose two directory entries lead to the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(f"a/{name}", b"0" * 1000)
        second = archive.NameToInfo[f"a/{name}"]
        twin = zipfile.ZipInfo(f"b/{name}")
        for slot in ("CRC", "compress_size", "file_size", "header_offset"):
            setattr(twin, slot, getattr(second, slot))
        archive.filelist.append(twin)
        archive.NameToInfo[twin.filename] = twin
    return packed.getvalue()


def gzip_bomb(unpacked: int, stated: int | None = None) -> bytes:
    """Return a gzip file of so many zero digits; `stated` is what its end says of its size."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    block = b"0" * (1 << 20)
    body = b"".join(deflate.compress(block) for _ in range(unpacked >> 20)) + deflate.flush()
    tail = struct.pack("<II", 0, unpacked if stated is None else stated)
    return b"\x1f\x8b\x08" + b"\0" * 6 + b"\xff" + body + tail
