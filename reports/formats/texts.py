"""Texts of partners as they may stand in a file: with nothing in them that is not printed."""

import unicodedata

INSTEAD = "\ufffd"
SPACED = frozenset("\t\n\r\v\f\x85\u2028\u2029")
UNPRINTED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


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
