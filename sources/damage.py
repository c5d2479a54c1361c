"""Text that was saved in one encoding and read in another, before it came to us.

What was lost stands as U+FFFD; what was read wrongly stands as two or three letters in place of
one ("â€“" for a dash, "Ã©" for é). Such pairs stand in no word: "Ã" and "Â" are followed by what
the second byte of a UTF-8 letter looks like in cp1252, which no spelling has.
"""

import pyarrow as pa
import pyarrow.compute as pc

_SECOND = "\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
DAMAGE = f"\ufffd|â€|ï¿½|ï»¿|[ÂÃ][{_SECOND}]|â[€„‚][{_SECOND}]"

TRACES = ("\ufffd".encode(), "â".encode(), "Ã".encode(), "Â".encode(), "ï".encode())
"""Bytes of UTF-8 text, one of which stands wherever `DAMAGE` does: quickly looked for."""


def may_be_damaged(data: bytes) -> bool:
    """Say whether it is worth looking for damage among some bytes of UTF-8 text."""
    return any(trace in data for trace in TRACES)


def is_damaged(texts: pa.Array) -> bool:
    """Say whether one of some texts (best the distinct ones) is damaged."""
    return bool(pc.any(pc.match_substring_regex(texts, DAMAGE)).as_py())
