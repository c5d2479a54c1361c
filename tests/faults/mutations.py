"""A seeded campaign of damaged files through the whole check, in one process.

Small valid files of all five sources, made by the project's own sample generator, are damaged in
the ways in which files are: bytes flipped, files cut short, cells shuffled, encodings mixed, blocks
doubled, quotation marks put in, parts of workbooks and archives broken. Whatever comes of it must
be a verdict: accepted or refused for a reason that has a name, in good time and little memory.
"""

import io
import random
import resource
import tempfile
import time
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pandas as pd
from support.files import gz, zip_bytes

from flows.examine import Verdict, examine
from schemas.areas import ST_ALBANS
from schemas.period import FinancialYear
from schemas.rules import RULES
from sources.inbox import LeftOut
from sources.partners import SOURCES
from sources.sample.files import QUARTERLY, STREET, Sample

ROWS = 30
MOST_SECONDS = 10.0
MOST_BYTES = 512 << 20
Base = tuple[str, bytes]
Mutation = Callable[[bytes, random.Random], bytes]


@dataclass
class Result:
    """What became of a campaign."""

    runs: int = 0
    accepted: int = 0
    refused: int = 0
    left_out: int = 0
    slowest: float = 0.0
    rules: Counter[str] = field(default_factory=Counter)
    raised: list[str] = field(default_factory=list)

    @property
    def peak_bytes(self) -> int:
        """The most memory that the process has had so far."""
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


# --- the files that are damaged -----------------------------------------------------------------


@cache
def bases() -> tuple[Base, ...]:
    """Return small valid files: every source, every way in which it may be packed."""
    year = FinancialYear(2020)
    made: list[Base] = []
    with tempfile.TemporaryDirectory() as folder:
        for sample in (*QUARTERLY, STREET):
            rows = sample.rows(year, 2021)[sample.headings]
            stem = f"{sample.stem}-2020-21-q1"
            if sample is STREET:
                rows, stem = rows[rows["Month"] == "2020-04"], f"2020-04-{sample.stem}"
            path = Path(folder) / f"{stem}{sample.suffix}"
            sample.write(_few(sample, rows), sample.titles(year, year.quarters[0].span), path)
            made.append((path.name, path.read_bytes()))
    csvs = [(name, content) for name, content in made if name.endswith(".csv")]
    made += [(f"{name}.gz", gz(content)) for name, content in csvs]
    made += [("latest.zip", zip_bytes({f"2020-04/{n}": c for n, c in csvs}))]
    # The faults of a text file are the most various, so that it is drawn more often.
    return (*made, *csvs, *csvs)


def _few(sample: Sample, rows: pd.DataFrame) -> pd.DataFrame:
    return rows.head(ROWS).reset_index(drop=True)


# --- ways to damage them ----------------------------------------------------------------------


def flip(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice((1, 1, 3, 10, 100))):
        if changed:
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def behead(content: bytes, chance: random.Random) -> bytes:
    return content[chance.randrange(len(content) + 1) :]


def double(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content) + 1)
    stop = chance.randrange(start, len(content) + 1)
    return content[:stop] + content[start:stop] * chance.choice((1, 1, 2, 20)) + content[stop:]


def drop(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content) + 1)
    return content[:start] + content[start + chance.choice((1, 2, 10, 500)) :]


ODDITIES = (
    b'"', b'""', b"\n", b"\r", b"\r\n", b",", b";", b"\t", b"\0", b"\xff", b"\xe2\x80",
    b"\xef\xbf\xbd", "â€“".encode(), "Ã©".encode(), b"\xe9", b"\xef\xbb\xbf", b"=CMD()", b"<5",
    b"n/a", b":", b"-", b"44185", b"9" * 400, b"1e308", b"-1", b"31/02/2020", b"12/31/2020",
    b"24:00", b"0001-01-01", b"\nTotal,12\n", b"\nEnd of report\n", b"\n,,,,,\n",
    "\u202e\u0000\U0001f600".encode(), b"NaN", b"inf", b"None", b"%s{}",
)  # fmt: skip


def insert(content: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.choice((1, 1, 5, 30))):
        place = chance.randrange(len(content) + 1)
        content = content[:place] + chance.choice(ODDITIES) + content[place:]
    return content


def shuffle(content: bytes, chance: random.Random) -> bytes:
    rows = [line.split(b",") for line in content.split(b"\n")]
    for _ in range(chance.choice((1, 3, 30))):
        one, other = chance.choice(rows), chance.choice(rows)
        i, j = chance.randrange(len(one)), chance.randrange(len(other))
        one[i], other[j] = other[j], one[i]
    if chance.random() < 0.3:
        chance.shuffle(rows)
    return b"\n".join(b",".join(row) for row in rows)


def replace_cells(content: bytes, chance: random.Random) -> bytes:
    rows = [line.split(b",") for line in content.split(b"\n")]
    for _ in range(chance.choice((1, 5, 40))):
        row = chance.choice(rows)
        row[chance.randrange(len(row))] = chance.choice(ODDITIES)
    return b"\n".join(b",".join(row) for row in rows)


def encode(content: bytes, chance: random.Random) -> bytes:
    text = content.decode("utf-8", "replace")
    half = chance.randrange(len(text) + 1)
    codec = chance.choice(("utf-16", "utf-16-le", "utf-32", "cp1252", "utf-7", "utf-8-sig"))
    return text[:half].encode("utf-8") + text[half:].encode(codec, "replace") if (
        chance.random() < 0.5
    ) else text.encode(codec, "replace")  # fmt: skip


def _parts(content: bytes, change: Mutation, chance: random.Random) -> bytes:
    """Change one member of an archive and pack it again, so that the damage reaches the reader."""
    packed = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as old:
            names = old.namelist()
            chosen = chance.choice(names)
            with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
                for name in names:
                    part = old.read(name)
                    new.writestr(name, change(part, chance) if name == chosen else part)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, ValueError):
        return change(content, chance)
    return packed.getvalue()


WHOLE: tuple[Mutation, ...] = (flip, cut, behead, double, drop, insert)
TEXT: tuple[Mutation, ...] = (*WHOLE, shuffle, replace_cells, encode)


def _xml(part: bytes, chance: random.Random) -> bytes:
    """Exchange texts, numbers and elements of an XML part, often without breaking its form."""
    pieces = part.split(b">")
    if chance.random() < 0.5:
        for _ in range(chance.choice((1, 5, 30))):
            i = chance.randrange(len(pieces))
            text, bracket, tag = pieces[i].partition(b"<")
            if text.strip():
                odd = chance.choice(ODDITIES).decode("utf-8", "ignore")
                plain = "".join(c for c in odd if c >= " ").replace("<", "&lt;").encode()
                pieces[i] = plain + bracket + tag
        return b">".join(pieces)
    for _ in range(chance.choice((1, 5, 50))):
        i = chance.randrange(len(pieces))
        text, bracket, tag = pieces[i].partition(b"<")
        match chance.randrange(3):
            case 0 if text.strip():
                plain = chance.choice(ODDITIES).replace(b"\0", b"").replace(b"<", b"&lt;")
                pieces[i] = plain + bracket + tag
            case 1:
                pieces[i] = text + bracket + tag.replace(b'"1', b'"99999')
            case _:
                other = chance.randrange(len(pieces))
                pieces[i], pieces[other] = pieces[other], pieces[i]
    return b">".join(pieces)


def mutate(base: Base, chance: random.Random) -> Base:
    """Return a file damaged in one to three ways, sometimes under another name."""
    name, content = base
    for _ in range(chance.choice((1, 1, 2, 3))):
        if name.endswith(".csv"):
            content = chance.choice(TEXT)(content, chance)
        elif name.endswith(".gz") and chance.random() < 0.9:
            try:
                content = gz(chance.choice(TEXT)(zlib.decompress(content, 31), chance))
            except zlib.error:
                content = chance.choice(WHOLE)(content, chance)
        elif name.endswith((".xlsx", ".ods")) and chance.random() < 0.95:
            content = _parts(content, chance.choice((*WHOLE, *[_xml] * 9)), chance)
        elif name.endswith(".zip") and chance.random() < 0.9:
            content = _parts(content, chance.choice(TEXT), chance)
        else:
            content = chance.choice(WHOLE)(content, chance)
    if chance.random() < 0.05:
        name = name.rpartition(".")[0] + chance.choice((".csv", ".xlsx", ".ods", ".zip", ".csv.gz"))
    return name, content


# --- the campaign -----------------------------------------------------------------------------


def campaign(count: int, seed: int, keep: Path | None = None) -> Result:
    """Damage so many files and check each; `keep` is a folder for those over which it stumbles."""
    result = Result()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(count):
            chance = random.Random(f"{seed}-{number}")
            name, content = mutate(chance.choice(bases()), chance)
            path = Path(folder) / name
            path.write_bytes(content)
            started = time.perf_counter()
            try:
                for verdict in examine(path, SOURCES, ST_ALBANS):
                    _note(result, verdict)
            except Exception as error:
                _stumbled(result, f"run {number}, {name}: {type(error).__name__}", path, keep)
            result.runs += 1
            taken = time.perf_counter() - started
            result.slowest = max(result.slowest, taken)
            if taken > MOST_SECONDS:
                _stumbled(result, f"run {number}, {name}: {taken:.1f} s", path, keep)
            path.unlink()
    return result


def _note(result: Result, verdict: Verdict | LeftOut) -> None:
    if isinstance(verdict, LeftOut):
        result.left_out += 1
        return
    told = [issue.rule for issue in (*verdict.refusals, *verdict.file_issues)]
    told += [fault.rule for fault in verdict.faults]
    unknown = [rule for rule in told if rule not in RULES]
    if unknown:
        raise KeyError(unknown[0])
    for issue in verdict.refusals:
        assert issue.sentence
        assert issue.remedy
    result.rules.update(set(told))
    if verdict.refusals:
        result.refused += 1
    else:
        result.accepted += 1


def _stumbled(result: Result, what: str, path: Path, keep: Path | None) -> None:
    result.raised.append(what)
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        (keep / f"{what.split(',', maxsplit=1)[0].replace(' ', '-')}-{path.name}").write_bytes(
            path.read_bytes()
        )


def lines_of(result: Result) -> Iterator[str]:
    """Say what became of a campaign."""
    yield f"{result.runs:,} damaged files: {result.accepted:,} accepted, {result.refused:,} refused"
    yield f"{len(result.raised):,} without a verdict; slowest {result.slowest:.2f} s"
    yield f"most memory {result.peak_bytes >> 20} MB; {len(result.rules)} rules met"
    yield from result.raised
