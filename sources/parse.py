"""One small parser a kind of cell: from the partner's text to a typed value.

A parser works on a column of distinct, non-blank, trimmed texts and gives null where a text cannot
be read; it never guesses between two readings. `parse_column` spreads its answers over the rows.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from schemas.areas import district_codes
from schemas.codes import CodeList

CATEGORY, TEXT, INTEGER, NUMBER, FLAG, TIME = (
    "category", "str", "Int64", "float64", "boolean", "datetime64[ns]",
)  # fmt: skip


# Nothing that a partner counts happened outside these: 31/12/9999 and the year 20 are no dates.
EARLIEST, LATEST = pd.Timestamp("1900-01-01"), pd.Timestamp("2199-12-31")


@dataclass(frozen=True)
class Parser:
    """How one kind of cell is read.

    `expected` completes the sentences of `rule` for the partner ("31/12/2020"); `convert` maps
    distinct texts to values of `dtype`, null for unreadable; None takes every text as it is.
    """

    dtype: str
    rule: str = ""
    expected: str = ""
    convert: Callable[[pd.Series], pd.Series] | None = None

    def readable(self, texts: pd.Series) -> pd.Series:
        """Say for each text whether it can be read."""
        if self.convert is None:
            return pd.Series(True, index=texts.index)
        return self.convert(texts).notna()


def _converted(parser: Parser, texts: pd.Series) -> pd.Series:
    return texts if parser.convert is None else parser.convert(texts)


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


def text() -> Parser:
    """Read any text, kept as it is; for references, most of which stand once."""
    return Parser(TEXT)


def category() -> Parser:
    """Read any text, kept as it is; for names and codes, which repeat."""
    return Parser(CATEGORY)


def words(codes: CodeList, also: Mapping[str, str] | None = None) -> Parser:
    """Read a word of a code list, in any case, as its code; `also` adds this partner's words."""

    def convert(texts: pd.Series) -> pd.Series:
        known = dict(codes.words) | {word.lower(): code for word, code in (also or {}).items()}
        return texts.str.lower().map(known).astype("str")

    shown = list(codes.labels.values())
    expected = ", ".join(shown[:-1]) + " or " + shown[-1]
    return Parser(CATEGORY, "word-unknown", expected, convert)


def labels(codes: CodeList) -> Parser:
    """Read a word of a code list as its printed label: for lists whose labels are the codes."""

    def convert(texts: pd.Series) -> pd.Series:
        known = {word: codes.labels[code] for word, code in codes.words.items()}
        return texts.str.lower().map(known).astype("str")

    return Parser(CATEGORY, "word-unknown", ", ".join(codes.labels.values()), convert)


def exactly(meanings: Mapping[str, str]) -> Parser:
    """Read only these words, in any case, as these values."""
    known = {word.lower(): value for word, value in meanings.items()}

    def convert(texts: pd.Series) -> pd.Series:
        return texts.str.lower().map(known).astype("str")

    return Parser(CATEGORY, "word-unknown", ", ".join(meanings), convert)


def district() -> Parser:
    """Read a district's name or GSS code, former codes included, as its current code."""

    def convert(texts: pd.Series) -> pd.Series:
        return texts.str.lower().map(district_codes()).astype("str")

    return Parser(CATEGORY, "district-unknown", "a district's name or ONS code", convert)


def flag() -> Parser:
    """Read Y, Yes, 1, X or True as true and N, No, 0 or False as false."""
    meanings = dict.fromkeys(("y", "yes", "1", "x", "true"), True) | dict.fromkeys(
        ("n", "no", "0", "false"), False
    )

    def convert(texts: pd.Series) -> pd.Series:
        return texts.str.lower().map(meanings).astype(FLAG)

    return Parser(FLAG, "word-unknown", "Y or N", convert)


def integer() -> Parser:
    """Read a whole number in digits, with or without thousands commas."""

    def convert(texts: pd.Series) -> pd.Series:
        plain = texts.str.fullmatch(r"-?[0-9]{1,15}|-?[0-9]{1,3}(?:,[0-9]{3}){1,4}")
        digits = texts.str.replace(",", "", regex=False)
        return pd.to_numeric(digits.where(plain), errors="coerce").astype(INTEGER)

    return Parser(INTEGER, "number-unreadable", "a whole number in digits", convert)


def number() -> Parser:
    """Read a decimal number with a point."""

    def convert(texts: pd.Series) -> pd.Series:
        plain = texts.str.fullmatch(r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?")
        return pd.to_numeric(texts.where(plain), errors="coerce").astype(NUMBER)

    return Parser(NUMBER, "number-unreadable", "a number such as 51.75", convert)


def pounds_as_pence() -> Parser:
    """Read an amount in pounds (12, 12.5, £1,234.50) as whole pence; 12,5 is none."""

    def convert(texts: pd.Series) -> pd.Series:
        parts = texts.str.extract(
            r"^£? ?([0-9]{1,9}|[0-9]{1,3}(?:,[0-9]{3}){1,2})(?:\.([0-9]{1,2}))?$"
        )
        pounds = pd.to_numeric(parts[0].str.replace(",", "", regex=False)).astype(INTEGER)
        pence = pd.to_numeric(parts[1].str.ljust(2, "0").fillna("0")).astype(INTEGER)
        return pounds * 100 + pence

    return Parser(INTEGER, "number-unreadable", "an amount in pounds such as 85.50", convert)


def masked_metres() -> Parser:
    """Read a grid coordinate whose last digits may be masked (376***): the square's corner."""

    def convert(texts: pd.Series) -> pd.Series:
        plain = texts.str.fullmatch(r"[0-9]{6,7}|[0-9]{3,4}\*{3}")
        return pd.to_numeric(
            texts.where(plain).str.replace("*", "0", regex=False), errors="coerce"
        ).astype(INTEGER)

    return Parser(INTEGER, "number-unreadable", "a grid coordinate in metres", convert)


def mask_precision() -> Parser:
    """Read a grid coordinate as its own precision: 1 metre, or 1,000 where it is masked."""

    def convert(texts: pd.Series) -> pd.Series:
        plain = texts.str.fullmatch(r"[0-9]{6,7}|[0-9]{3,4}\*{3}")
        precision = texts.str.endswith("***").map({True: 1000, False: 1})
        return precision.where(plain).astype(INTEGER)

    return Parser(INTEGER, "number-unreadable", "a grid coordinate in metres", convert)


def moment(form: str, expected: str, *, shape: str, is_day: bool = False) -> Parser:
    """Read a date or a local date and time in exactly one declared form.

    `shape` is the pattern of the text: the parser underneath would take fewer digits than a form
    states, and what is not declared is refused.
    """

    def convert(texts: pd.Series) -> pd.Series:
        shaped = texts.where(texts.str.fullmatch(shape))
        read = pd.to_datetime(shaped, format=form, errors="coerce")
        return read.where(read.between(EARLIEST, LATEST)).astype(TIME)

    rule = "date-unreadable" if is_day else "time-unreadable"
    return Parser(TIME, rule, expected, convert)


def uk_date() -> Parser:
    """Read 31/12/2020."""
    return moment("%d/%m/%Y", "31/12/2020", shape=r"[0-9]{2}/[0-9]{2}/[0-9]{4}", is_day=True)


def uk_date_time() -> Parser:
    """Read 31/12/2020 23:59."""
    return moment(
        "%d/%m/%Y %H:%M", "31/12/2020 23:59", shape=r"[0-9]{2}/[0-9]{2}/[0-9]{4} [0-9]{2}:[0-9]{2}"
    )


def month() -> Parser:
    """Read 2020-12 as the first day of the month."""
    return moment("%Y-%m", "2020-12", shape=r"[0-9]{4}-[0-9]{2}", is_day=True)


def sheet_date() -> Parser:
    """Read a date cell of a workbook (the reader gives it as 2020-12-31)."""
    return moment(
        "%Y-%m-%d", "a date cell (31/12/2020)", shape=r"[0-9]{4}-[0-9]{2}-[0-9]{2}", is_day=True
    )


def sheet_date_time() -> Parser:
    """Read a date-and-time cell of a workbook (the reader gives it as 2020-12-31 23:59:00).

    Midnight comes as the day alone (2020-12-31): in the cell, the two are one number.
    """
    shape = r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}"
    timed = moment("%Y-%m-%d %H:%M:%S", "a date and time cell (31/12/2020 23:59)", shape=shape)

    def convert(texts: pd.Series) -> pd.Series:
        at_midnight = texts.str.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
        return _converted(timed, texts.mask(at_midnight, texts + " 00:00:00"))

    return replace(timed, convert=convert)
