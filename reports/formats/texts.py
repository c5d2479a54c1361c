"""Texts of partners as they may stand in a file: with nothing in them that is not printed."""

import re
import unicodedata

INSTEAD = "\ufffd"
SPACED = frozenset("\t\n\r\v\f\x85\u2028\u2029")
UNPRINTED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})

TOGETHER = re.compile(
    r"(?<=\[note) (?=[0-9])|(?<=[0-9]) (?=[A-Z][a-z]{2} [0-9]{4})|(?<=[A-Z][a-z]{2}) (?=[0-9]{4}\b)"
)
SHORT = 14
"""Letters: a text of a cell that is no longer stands on one line."""


def printable(text: str) -> str:
    """Return a text on one line, control characters and turns of direction replaced.

    Such characters make XML unreadable, act in a terminal, or show another order of letters than is
    there. A soft hyphen and a joiner are among them: no name that a pack prints needs one.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_shown, text))


def _shown(character: str) -> str:
    if character in SPACED:
        return " "
    return INSTEAD if unicodedata.category(character) in UNPRINTED else character


def kept_together(text: str, *, may_break: bool = False) -> str:
    """Return a text of a cell whose lines are not broken within a month, a date or "[note 1]".

    A short text is not broken at all, unless it may be, as the heading of a narrow column.
    """
    if len(text) <= SHORT and not may_break:
        return text.replace(" ", "\N{NO-BREAK SPACE}")
    return TOGETHER.sub("\N{NO-BREAK SPACE}", text)
