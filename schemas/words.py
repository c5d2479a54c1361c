"""How lists, amounts and days are printed, the same in every locale and wherever they are said."""

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


PENCE = "pence"
"""The unit of amounts of money: they are whole pence, and printed in pounds."""
POUNDS = "pounds"
"""The unit of amounts that a partner states in whole pounds."""


def pounds(pence: int) -> str:
    """Return an amount, not below zero, as it is printed: "£15,940", "£15,940.50"."""
    rest = f".{pence % 100:02}" if pence % 100 else ""
    return f"£{pence // 100:,}{rest}"


def printed(value: int, unit: str) -> str:
    """Return a figure as it is printed without its unit: "7,846"; an amount says its own."""
    if unit != PENCE:
        return f"{value:,}"
    return f"-{pounds(-value)}" if value < 0 else pounds(value)


def printed_unit(unit: str) -> str:
    """Return the unit in which the figures of a unit are printed."""
    return POUNDS if unit == PENCE else unit


def day_label(day: date) -> str:
    """Return a day as it is printed: "9 Apr 2021"."""
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"
