"""One small parser a kind of cell: from the partner's text to a typed value.

A parser works on a column of distinct, non-blank, trimmed texts and gives null where a text cannot
be read; it never guesses between two readings. `parse_column` spreads its answers over the rows.
What it knows how to mend (`repairs.py`) is mended before. Dates are in `dates.py`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from schemas.areas import Home, district_codes, former_district_codes
from schemas.codes import CodeList
from schemas.words import listed
from sources.repairs import (
    AS_DATE,
    COMMAS,
    LONGEST,
    MASKED,
    SCIENTIFIC,
    SIGNS,
    SUPPRESSED,
    WORDS,
    Refusal,
    Repair,
    any_of,
    has_form,
)

CATEGORY, TEXT, INTEGER, NUMBER, FLAG, TIME = (
    "category", "str", "Int64", "float64", "boolean", "datetime64[ns]",
)  # fmt: skip
NOTHING = (SIGNS, WORDS)
MASKABLE = r"-?[0-9]{1,9}(?:\.[0-9]{1,15})?|[0-9]{3,4}\*{3}"
COUNTS = (*NOTHING, SUPPRESSED, COMMAS)


@dataclass(frozen=True)
class Parser:
    """How one kind of cell is read.

    `expected` completes the sentences of `rule` for the partner ("31/12/2020"); `convert` maps
    distinct texts to values of `dtype`, null for unreadable; None takes every text as it is, but
    for those that are refused. `is_day_first` marks dates of which day and month could be mistaken
    for each other. `at_home` gives the parser of a partnership, where what a cell may say follows
    from its areas.
    """

    dtype: str
    rule: str = ""
    expected: str = ""
    convert: Callable[[pd.Series], pd.Series] | None = None
    repairs: tuple[Repair, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    is_day_first: bool = False
    at_home: Callable[[Home], "Parser"] | None = None

    @property
    def can_refuse(self) -> bool:
        """True where not every text can be read."""
        return self.convert is not None or bool(self.refusals)

    def converted(self, texts: pd.Series) -> pd.Series:
        """Return the values of texts; null where one cannot be read."""
        return texts if self.convert is None else self.convert(texts)

    def readable(self, texts: pd.Series) -> pd.Series:
        """Say for each text whether it can be read."""
        if self.convert is not None:
            return self.convert(texts).notna()
        readable = pd.Series(True, index=texts.index)
        if self.refusals:
            short = texts[(texts.str.len() <= LONGEST).fillna(False).astype(bool)]
            readable[short.index[has_form(short, any_of(self.refusals))]] = False
        return readable

    def reads(self, texts: pd.Series) -> pd.Series:
        """Say for each text whether it has a meaning of its own, so that nothing is to be mended.

        Where any text is kept as it is, none has.
        """
        if self.convert is None:
            return pd.Series(False, index=texts.index)
        return self.readable(texts)


def parse_column(parser: Parser, column: pd.Series) -> pd.Series:
    """Turn a column of text (`str` or category, blanks null) into one of the parser's dtype."""
    if parser.convert is None:
        return column.astype(parser.dtype)
    if not isinstance(column.dtype, pd.CategoricalDtype):
        column = column.astype("category")
    values = parser.convert(pd.Series(column.cat.categories, dtype="str")).array
    codes = column.cat.codes.to_numpy()
    if parser.dtype == CATEGORY:
        meanings, distinct = pd.factorize(pd.Series(values))
        spread = np.append(meanings, -1)[codes]
        dtype = pd.CategoricalDtype(pd.Index(distinct, dtype="str"))
        return pd.Series(pd.Categorical.from_codes(spread, dtype=dtype), index=column.index)
    taken = pd.Series(values, dtype=parser.dtype).array.take(codes, allow_fill=True)
    return pd.Series(taken, index=column.index, dtype=parser.dtype)


def parse_frame(frame: pd.DataFrame, parsers: Mapping[str, Parser]) -> pd.DataFrame:
    """Turn the columns of text that have a parser into typed ones."""
    columns = {name: parse_column(parser, frame[name]) for name, parser in parsers.items()}
    return pd.DataFrame(columns, index=frame.index)


def text() -> Parser:
    """Read a reference as it is, unless a spreadsheet has made a number or a date of it."""
    return Parser(
        TEXT,
        "text-malformed",
        "a reference, as text",
        repairs=NOTHING,
        refusals=(SCIENTIFIC, AS_DATE),
    )


def category() -> Parser:
    """Read any text, kept as it is; for names and words, which repeat."""
    return Parser(CATEGORY, repairs=(SIGNS,))


def code() -> Parser:
    """Read any text, kept as it is; for codes, which repeat."""
    return Parser(CATEGORY, repairs=NOTHING)


def words(codes: CodeList, also: Mapping[str, str] | None = None) -> Parser:
    """Read a word of a code list, in any case, as its code; `also` adds this partner's words."""

    def convert(texts: pd.Series) -> pd.Series:
        known = dict(codes.words) | {word.lower(): code for word, code in (also or {}).items()}
        return texts.str.lower().map(known).astype("str")

    shown = list(codes.labels.values())
    expected = listed(shown, "or")
    return Parser(CATEGORY, "word-unknown", expected, convert, NOTHING)


def labels(codes: CodeList) -> Parser:
    """Read a word of a code list as its printed label: for lists whose labels are the codes."""

    def convert(texts: pd.Series) -> pd.Series:
        known = {word: codes.labels[code] for word, code in codes.words.items()}
        return texts.str.lower().map(known).astype("str")

    return Parser(CATEGORY, "word-unknown", ", ".join(codes.labels.values()), convert, NOTHING)


def exactly(meanings: Mapping[str, str]) -> Parser:
    """Read only these words, in any case, as these values."""
    known = {word.lower(): value for word, value in meanings.items()}

    def convert(texts: pd.Series) -> pd.Series:
        return texts.str.lower().map(known).astype("str")

    return Parser(CATEGORY, "word-unknown", ", ".join(meanings), convert, NOTHING)


def district() -> Parser:
    """Read a district's name or GSS code as its current code; a former code is mended to it."""
    current, former = district_codes(), former_district_codes()

    def convert(texts: pd.Series) -> pd.Series:
        words = texts.str.lower()
        return words.map(current).mask(words.isin(list(former))).astype("str")

    def renumbered(texts: pd.Series) -> pd.Series:
        return texts.str.lower().map(former).astype("str")

    repairs = (*NOTHING, Repair("district-former", "|".join(former), renumbered))
    return Parser(CATEGORY, "district-unknown", "a district's name or ONS code", convert, repairs)


def flag() -> Parser:
    """Read Y, Yes, 1, X or True as true and N, No, 0 or False as false."""
    meanings = dict.fromkeys(("y", "yes", "1", "x", "true"), True) | dict.fromkeys(
        ("n", "no", "0", "false"), False
    )

    def convert(texts: pd.Series) -> pd.Series:
        return texts.str.lower().map(meanings).astype(FLAG)

    return Parser(FLAG, "word-unknown", "Y or N", convert, NOTHING)


def integer() -> Parser:
    """Read a whole number in digits."""

    def convert(texts: pd.Series) -> pd.Series:
        plain = texts.str.fullmatch(r"-?[0-9]{1,15}")
        return pd.to_numeric(texts.where(plain), errors="coerce").astype(INTEGER)

    return Parser(INTEGER, "number-unreadable", "a whole number in digits", convert, COUNTS)


def number() -> Parser:
    """Read a decimal number with a point."""

    def convert(texts: pd.Series) -> pd.Series:
        plain = texts.str.fullmatch(r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?")
        return pd.to_numeric(texts.where(plain), errors="coerce").astype(NUMBER)

    return Parser(NUMBER, "number-unreadable", "a number such as 51.75", convert, NOTHING)


def pounds_as_pence() -> Parser:
    """Read an amount in pounds (12, 12.5, £1234.50) as whole pence; 12,5 is none."""

    def convert(texts: pd.Series) -> pd.Series:
        parts = texts.str.extract(r"^£? ?([0-9]{1,9})(?:\.([0-9]{1,2}))?$")
        pounds = pd.to_numeric(parts[0]).astype(INTEGER)
        pence = pd.to_numeric(parts[1].str.ljust(2, "0").fillna("0")).astype(INTEGER)
        return pounds * 100 + pence

    return Parser(
        INTEGER, "number-unreadable", "an amount in pounds such as 85.50", convert, COUNTS
    )


def metres() -> Parser:
    """Read a grid coordinate; parts of a metre are left off.

    Degrees are read too, as the few metres that they would be: that they cannot be the row's place
    is found where all its coordinates are looked at (`places.py`), and the row is counted.
    """

    def convert(texts: pd.Series) -> pd.Series:
        plain = texts.str.fullmatch(r"-?[0-9]{1,9}(?:\.[0-9]{1,15})?")
        return _whole(texts.where(plain))

    repairs = (*NOTHING, COMMAS, MASKED)
    return Parser(INTEGER, "number-unreadable", "a grid coordinate in metres", convert, repairs)


def _whole(texts: pd.Series) -> pd.Series:
    values = pd.to_numeric(texts, errors="coerce").astype(NUMBER)
    return values.floordiv(1).astype(INTEGER)


def masked_metres() -> Parser:
    """Read a grid coordinate whose last digits may be masked (376***): the square's corner."""

    def convert(texts: pd.Series) -> pd.Series:
        plain = texts.str.fullmatch(MASKABLE)
        corner = texts.where(plain).str.replace("*", "0", regex=False)
        return _whole(corner)

    return Parser(INTEGER, "number-unreadable", "a grid coordinate in metres", convert, NOTHING)


def mask_precision() -> Parser:
    """Read a grid coordinate as its own precision: 1 metre, or 1,000 where it is masked."""

    def convert(texts: pd.Series) -> pd.Series:
        plain = texts.str.fullmatch(MASKABLE)
        precision = texts.str.endswith("***").map({True: 1000, False: 1})
        return precision.where(plain).astype(INTEGER)

    return Parser(INTEGER, "number-unreadable", "a grid coordinate in metres", convert, NOTHING)
