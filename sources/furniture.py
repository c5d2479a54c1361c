"""Rows below the headings that are no records: totals, footers, trailers, blank rows, headings.

They are told by the first cell that is not blank, and only where the row has no date and lacks at
least half of what a record must have: a record is never taken for furniture because of a word in
it ("Total Lane", or "Grand Total" in a row that is otherwise full). A number that such a row states
of the file is passed on, to be held against the rows. A row of headings is one that repeats the
headings of the file in every column that is read: two exports were pasted together.
"""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

import numpy as np
import pandas as pd

from schemas.codes import CodeList
from schemas.issues import StatedTotal
from schemas.records.base import fields_of, identity_of
from sources.spec import Layout, SourceSpec

_THINGS = "(?:rows|records|entries|cases|incidents|crimes|offences|fly-tips|lines)"
_IN_FILE = "(?: (?:in|on|of) (?:this |the )?(?:file|export|report|extract))?"

LABELS: tuple[tuple[str, str], ...] = (
    ("year-to-date", r"(?:financial )?year[- ]to[- ]date(?: totals?)?|ytd(?: totals?)?"),
    ("year-to-date", r"totals? (?:for the )?(?:year[- ]to[- ]date|ytd)"),
    ("rows", rf"(?:grand |overall )?totals?(?: (?:number of )?{_THINGS})?{_IN_FILE}"),
    ("rows", rf"(?:number of |no\. of |total )?{_THINGS}{_IN_FILE}"),
    ("rows", r"(?:row|record|line) ?count"),
    ("rows", rf"\**-* ?end of (?:file|report|export|data|list|extract|{_THINGS})[ .*-]*"),
    ("", r"\*? ?(?:sub|part)[- ]?totals?\b.*"),
    ("", r".*\b(?:sub[- ]?)?totals?"),
    ("", r"\*? ?(?:grand )?totals?[ ,:-]+(?:for|of|in|england|wales|county|district|region)\b.*"),
    ("", r"regions?(?:al)?\b.*"),
    ("", r"e00000000|no relevant la"),
    ("", r"notes?\b.*|source\b.*|©.*|crown copyright.*|page [0-9]+(?: of [0-9]+)?"),
    ("", r"(?:(?:report|export|data|file) )?(?:produced|printed|generated|extracted|run)\b.*"),
    ("", r"\**-* ?end\b.*"),
)  # fmt: skip
"""How such rows are labelled (in lower case), and what a number beside the label counts."""

_NUMBER = r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,12}"


@dataclass(frozen=True)
class Marks:
    """What tells the records of a source from other rows.

    `needed` are the fields that every record has; `words` gives for each word of the layout's code
    lists (in lower case) the field and the code that it stands for.
    """

    dated_by: str
    needed: tuple[str, ...]
    words: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def marks_of(source: SourceSpec, layout: Layout) -> Marks:
    """Return what tells the records of a source from other rows."""
    infos = fields_of(source.record)
    fields = [column.field for column in layout.columns]
    words: dict[str, tuple[str, str]] = {}
    for name in fields:
        if infos[name].codes:
            for word, code in CodeList(infos[name].codes).words.items():
                # A word of several lists tells its code where they agree, but not its list.
                field_name = name if word not in words else ""
                words[word] = (field_name, code)
    known = identity_of(source.record)
    dated_by = known.derived_from.get(known.dated_by, (known.dated_by,))[0]
    return Marks(
        dated_by,
        tuple(name for name in fields if infos[name].required),
        words,
    )


@dataclass(frozen=True)
class _Meaning:
    """What a label says: `kind` as in `StatedTotal`, "" for a row that only is no record."""

    kind: str
    label_is: str = ""
    field: str = ""
    number: int | None = None


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    inline = rf"(?:[ ,:=-]*(?P<n>{_NUMBER}) ?{_THINGS}?)?"
    before = re.compile(rf"(?P<n>{_NUMBER}) (?:rows|records){_IN_FILE}")
    return (
        ("rows", before),
        *((kind, re.compile(rf"(?:{label})[ .:=]*{inline}")) for kind, label in LABELS),
    )


def _meaning(label: str, marks: Marks) -> _Meaning | None:
    """Return what the first cell of a row says; None when it is that of a record."""
    word = re.sub(r"\s+", " ", label).strip().lower()[:200]
    if known := marks.words.get(word.rstrip(" :")):
        return _Meaning("part", known[1], known[0])
    for kind, pattern in _patterns():
        if match := pattern.fullmatch(word):
            number = match["n"]
            return _Meaning(kind, number=int(number.replace(",", "")) if number else None)
    return None


def judge(
    row: int, cells: Sequence[tuple[int, str]], marks: Marks
) -> tuple[bool, StatedTotal | None]:
    """Say of a row that is no full record whether it is none at all, and what number it states.

    `cells` are its cells that are not blank, each with its place. A number counts only right beside
    the label: further right it may be the sum of a column.
    """
    if not cells:
        return True, None
    (place, label), *others = cells
    meaning = _meaning(label, marks)
    if meaning is None:
        return False, None
    number = meaning.number
    if number is None and len(others) == 1 and others[0][0] == place + 1:
        text = others[0][1].strip()
        if re.fullmatch(_NUMBER, text):
            number = int(text.replace(",", ""))
    if meaning.kind == "part" and (number is None or len(others) != 1):
        return False, None
    if not meaning.kind or number is None:
        return True, None
    return True, StatedTotal(row, meaning.kind, meaning.label_is, number, meaning.field)


def judge_line(
    row: int, line: str, delimiter: str, marks: Marks
) -> tuple[bool, StatedTotal | None]:
    """Judge a line of a CSV file that has more or fewer cells than the headings."""
    if len(line) > 1_000:
        return False, None
    try:
        texts = next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return False, None
    cells = [(i, text.strip()) for i, text in enumerate(texts) if text.strip()]
    if len(cells) > max(3, len(marks.needed) // 2):
        return False, None
    return judge(row, cells, marks)


def _undated(days: pd.Series) -> pd.Series:
    """Say which cells hold no date: blank ones and bare numbers (a total beside its label)."""
    if isinstance(days.dtype, pd.CategoricalDtype):
        texts = pd.Series(days.cat.categories, dtype="str")
        is_number = np.append(texts.str.fullmatch(_NUMBER).to_numpy(dtype=bool), True)
        return pd.Series(is_number[days.cat.codes.to_numpy()], index=days.index)
    return days.isna() | days.str.fullmatch(_NUMBER).fillna(False).astype(bool)


@dataclass
class Sieve:
    """Parts rows that are no records from the others, chunk after chunk of one file.

    Blank rows count as found only once a record follows: those at the end are the sheet's, not the
    partner's. `headings` gives what stands over the column of each field.
    """

    marks: Marks
    places: Mapping[str, int]
    delimiter: str = ","
    headings: Mapping[str, str] = field(default_factory=dict)
    stated: list[StatedTotal] = field(default_factory=list)
    _blank: list[int] = field(default_factory=list)

    def sift(
        self, frame: pd.DataFrame, misfits: Mapping[int, str]
    ) -> tuple[pd.DataFrame, tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
        """Return the records of a chunk, the misfits among its lines, and the rows that are none.

        Rows that repeat the headings come last, apart from the others.

        `misfits` gives the lines that do not fit the headings by row number.
        """
        none: list[int] = []
        repeats = self._repeats(frame)
        if len(repeats):
            frame = frame.drop(index=repeats)
        frame = self._sift_frame(frame, none)
        kept: list[int] = []
        for row, line in misfits.items():
            is_none, stated = judge_line(row, line, self.delimiter, self.marks)
            if not is_none:
                kept.append(row)
            elif line.strip(' \t\r\n";|,'):
                none.append(row)
            else:
                self._blank.append(row)
            if stated:
                self.stated.append(stated)
        last = max([*kept[-1:], *(int(row) for row in frame.index[-1:])], default=0)
        none += [row for row in self._blank if row < last]
        self._blank = [row for row in self._blank if row > last]
        return frame, tuple(kept), tuple(sorted(none)), tuple(int(row) for row in repeats)

    def _repeats(self, frame: pd.DataFrame) -> pd.Index:
        """Return the rows that say in every column what stands over it."""
        first, *others = self.headings or ("",)
        if not first or frame.empty:
            return frame.index[:0]
        suspects = frame[frame[first].eq(self.headings[first]).fillna(False).to_numpy(dtype=bool)]
        for name in others:
            same = suspects[name].eq(self.headings[name]).fillna(False).to_numpy(dtype=bool)
            suspects = suspects[same]
        return suspects.index

    def _sift_frame(self, frame: pd.DataFrame, none: list[int]) -> pd.DataFrame:
        undated = _undated(frame[self.marks.dated_by])
        if not undated.any():
            return frame
        suspects = frame[undated]
        lacking = sum(suspects[name].isna().astype(int) for name in self.marks.needed)
        suspects = suspects[lacking * 2 >= len(self.marks.needed)]
        fields = sorted((name for name in frame.columns if name in self.places), key=self._place)
        texts = [suspects[name].astype("str") for name in fields]
        first = pd.Series(np.nan, index=suspects.index, dtype="str")
        for text in texts:
            first = first.fillna(text)
        blank = first.isna()
        self._blank += [int(row) for row in first.index[blank]]
        known = {label: _meaning(label, self.marks) for label in first.dropna().unique()}
        labelled = first.index[~blank & first.map(lambda t: known.get(t) is not None).astype(bool)]
        out = list(first.index[blank])
        for row in labelled:
            cells = [
                (self.places[name], str(text.at[row]))
                for name, text in zip(fields, texts, strict=True)
                if not pd.isna(text.at[row])
            ]
            is_none, stated = judge(int(row), cells, self.marks)
            if is_none:
                out.append(row)
                none.append(int(row))
            if stated:
                self.stated.append(stated)
        return frame.drop(index=out) if out else frame

    def _place(self, name: str) -> int:
        return self.places[name]
