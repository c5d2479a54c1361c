"""How lists and days are printed, the same in every locale and wherever they are said."""

from collections.abc import Sequence
from datetime import date

from schemas.period import MONTH_NAMES


def listed(words: Sequence[str], link: str = "and") -> str:
    """Return words as a list: "rows 2, 5 and 9"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {link} {words[-1]}"


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with what it counts: "1 row", "2,140 rows", "3 holds stand"."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def day_label(day: date) -> str:
    """Return a day as it is printed: "9 Apr 2021"."""
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"
