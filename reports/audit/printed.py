"""Reads a figure as a table prints it: its number, and how it is written.

Nothing is guessed: a text with one number is that number, a text with none or with several is
words. Forms are those of published reports: "7,846", "- 39.2%", "+95", "£ 500", "more than 500",
"a decrease of nearly 30%", "- 6% (1103 to 1032)", "12 [r]", "[x]".
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

NUMBER = re.compile(
    r"(?P<sign>(?<![\w.])[-+\u2212\u2013])?(?P<gap>\s*)(?P<pound>£\s*)?"
    r"(?P<digits>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.(?P<places>[0-9]+))?"
    r"(?P<percent>\s*(?:%|per\s?cent))?"
)
MARK = re.compile(r"\[[a-z]+(?: [0-9]+)?\]")
MOVE = re.compile(r"^(?P<lead>.*?)\(\s*(?P<before>[0-9,]+)\s+to\s+(?P<now>[0-9,]+)\s*\)$")
UP = re.compile(r"\b(?:increased?|rise|risen|rose|up|more crimes?|grown?|higher)\b", re.IGNORECASE)
DOWN = re.compile(
    r"\b(?:decreased?|reduction|reduced|fall|fallen|fell|down|drop(?:ped)?|lower)\b", re.IGNORECASE
)


class Qualifier(StrEnum):
    """How a rounded figure stands to the exact one; the words of each are in `QUALIFIERS`."""

    NONE = ""
    OVER = "over"
    UNDER = "nearly"
    ABOUT = "about"


QUALIFIERS = {
    Qualifier.OVER: re.compile(r"\b(?:over|more than|above|at least)\b", re.IGNORECASE),
    Qualifier.UNDER: re.compile(
        r"\b(?:nearly|almost|just under|under|less than|fewer than)\b", re.IGNORECASE
    ),
    Qualifier.ABOUT: re.compile(r"\b(?:about|around|approximately|some|roughly)\b", re.IGNORECASE),
}


@dataclass(frozen=True)
class Printed:
    """One figure as it is printed. `value` is None where the text is not one number.

    `places` are its decimals. `direction` is what its words say of it: 1 up, -1 down, 0 nothing.
    `is_apart` says that a blank stands between a sign and its number. `now` and `before` are the
    figures in brackets, as in "- 6% (1103 to 1032)".
    """

    text: str
    value: Decimal | None = None
    places: int = 0
    is_percent: bool = False
    is_money: bool = False
    is_signed: bool = False
    is_apart: bool = False
    has_comma: bool = False
    has_mark: bool = False
    qualifier: Qualifier = Qualifier.NONE
    direction: int = 0
    now: Decimal | None = None
    before: Decimal | None = None

    @property
    def is_blank(self) -> bool:
        """True where nothing is printed."""
        return not self.text

    @property
    def is_words(self) -> bool:
        """True where words stand and neither a number nor a mark."""
        return bool(self.text) and self.value is None and not self.has_mark


BLANK = Printed("")


def read_printed(text: str) -> Printed:
    """Read a figure as it is printed; never raises: what is no number is words."""
    shown = " ".join(text.split())
    if move := MOVE.match(shown):
        before, now = _whole(move["before"]), _whole(move["now"])
        return _read(move["lead"].strip(), shown, now, before)
    return _read(shown, shown, None, None)


def _whole(digits: str) -> Decimal:
    return Decimal(digits.replace(",", ""))


def _read(lead: str, shown: str, now: Decimal | None, before: Decimal | None) -> Printed:
    bare = MARK.sub("", lead).strip()
    has_mark = bare != lead.strip()
    direction = 1 if UP.search(bare) else -1 if DOWN.search(bare) else 0
    numbers = list(NUMBER.finditer(bare))
    if len(numbers) != 1 or _is_name(bare, numbers[0]):
        return Printed(shown, has_mark=has_mark, direction=direction, now=now, before=before)
    found = numbers[0]
    decimals = found["places"] or ""
    size = Decimal(found["digits"].replace(",", "") + (f".{decimals}" if decimals else ""))
    negative = found["sign"] is not None and found["sign"] != "+"
    qualifier = next((q for q, words in QUALIFIERS.items() if words.search(bare)), Qualifier.NONE)
    return Printed(
        shown,
        value=-size if negative else size,
        places=len(decimals),
        is_percent=found["percent"] is not None,
        is_money=found["pound"] is not None,
        is_signed=found["sign"] is not None,
        is_apart=(found["sign"] is not None and bool(found["gap"]))
        or "£ " in (found["pound"] or ""),
        has_comma="," in found["digits"],
        has_mark=has_mark,
        qualifier=qualifier,
        direction=direction,
        now=now,
        before=before,
    )


def _is_name(text: str, number: re.Match[str]) -> bool:
    """Say whether a number is part of a name, as in "Y6"."""
    start = number.start("digits")
    return start > 0 and text[start - 1].isalpha()
