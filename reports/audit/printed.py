"""Reads a figure as a table prints it: its number, and how it is written.

Nothing is guessed: a text with one number is that number, a text with none or with several is
words. Forms are those of published reports: "7,846", "- 39.2%", "+95", "£ 500", "more than 500",
"a decrease of nearly 30%", "- 6% (1103 to 1032)", "(10)" for what is below zero, "12 [r]", "[x]".
"<5" is less than 5, and "£1.5m" about as much.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

DASHES = "\u2010-\u2015\u2212-"
"""Hyphens, dashes and the true minus, as they stand in a class of a pattern."""
NUMBER = re.compile(
    rf"(?P<sign>(?<![\w.])[+{DASHES}])?(?P<gap>\s*)(?P<pound>£\s*)?"
    r"(?P<digits>[0-9]{1,3}(?:,[0-9]{3})+(?![0-9,])|[0-9]{1,3}(?: [0-9]{3})+(?![0-9])|[0-9]+)"
    r"(?:\.(?P<places>[0-9]+))?(?P<scale>\s?(?:thousand|million|billion|(?:k|m|bn)(?![a-z])))?"
    r"(?P<percent>\s*(?:%|per\s?cent))?",
    re.IGNORECASE,
)
MOST_DIGITS, MOST_PLACES = 15, 8
"""A number that is longer is no figure of a table, and none that can be reckoned with exactly."""
THOUSAND = 3
"""So many digits stand without a comma."""
IN_BRACKETS = re.compile(r"\(([^()]*)\)")
POINTS = re.compile(r"(?:\bpercentage|%|\bper cent) points?\b|\bpp\b", re.IGNORECASE)
LETTERS = frozenset({"k", "m", "bn"})
SCALES = {"k": 3, "thousand": 3, "m": 6, "million": 6, "bn": 9, "billion": 9}
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
    Qualifier.OVER: re.compile(r">|\b(?:over|more than|above|at least)\b", re.IGNORECASE),
    Qualifier.UNDER: re.compile(
        r"<|\b(?:nearly|almost|just under|under|less than|fewer than)\b", re.IGNORECASE
    ),
    Qualifier.ABOUT: re.compile(r"\b(?:about|around|approximately|some|roughly)\b", re.IGNORECASE),
}


@dataclass(frozen=True)
class Printed:
    """One figure as it is printed. `value` is None where the text is not one number.

    `places` are its decimals. `direction` is what its words say of it: 1 up, -1 down, 0 nothing.
    `is_points` says that it is a difference of percentages, `is_apart` that a blank stands between
    a sign and its number, `is_long` that there is a place for a comma. `now` and `before` are the
    figures in brackets, as in "- 6% (1103 to 1032)".
    """

    text: str
    value: Decimal | None = None
    places: int = 0
    is_percent: bool = False
    is_points: bool = False
    is_money: bool = False
    is_signed: bool = False
    is_apart: bool = False
    has_comma: bool = False
    is_long: bool = False
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
    bracketed = IN_BRACKETS.fullmatch(bare)
    numbers = list(NUMBER.finditer(bracketed[1] if bracketed else bare))
    if len(numbers) != 1 or not _is_figure(bracketed[1] if bracketed else bare, numbers[0]):
        return Printed(shown, has_mark=has_mark, direction=direction, now=now, before=before)
    found = numbers[0]
    decimals = found["places"] or ""
    scale = (found["scale"] or "").strip().casefold()
    size = Decimal(re.sub("[, ]", "", found["digits"]) + (f".{decimals}" if decimals else ""))
    # Brackets are how accountants write what is below zero.
    negative = found["sign"] not in (None, "+") or (bracketed and found["sign"] is None)
    qualifier = next((q for q, words in QUALIFIERS.items() if words.search(bare)), Qualifier.NONE)
    if scale and qualifier is Qualifier.NONE:
        qualifier = Qualifier.ABOUT
    size = size.scaleb(SCALES[scale]) if scale else size
    return Printed(
        shown,
        value=-size if negative else size,
        places=len(decimals),
        is_percent=found["percent"] is not None,
        is_points=POINTS.search(bare) is not None,
        is_money=found["pound"] is not None,
        is_signed=found["sign"] is not None or bracketed is not None,
        is_apart=(found["sign"] is not None and bool(found["gap"]))
        or "£ " in (found["pound"] or ""),
        has_comma="," in found["digits"],
        is_long=len(re.sub("[, ]", "", found["digits"])) > THOUSAND,
        has_mark=has_mark,
        qualifier=qualifier,
        direction=direction,
        now=now,
        before=before,
    )


def _is_figure(text: str, number: re.Match[str]) -> bool:
    """Say whether a number is one: no part of a name, as in "Y6", and none of too many digits.

    "12m" is money where a pound stands before it, and else nobody knows what.
    """
    start = number.start("digits")
    scale = (number["scale"] or "").strip().casefold()
    return (
        not (start > 0 and text[start - 1].isalpha())
        and not (scale in LETTERS and number["pound"] is None)
        and len(number["digits"]) <= MOST_DIGITS
        and len(number["places"] or "") <= MOST_PLACES
    )
