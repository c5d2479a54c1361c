"""Every rule once: its code, what happens when it is broken, and the sentence the partner reads.

The responses and the faults behind them are those of the fault catalogue (`DOMAIN.md` section 4).
Sentences never carry a cell's value: they name the column and what was expected there.
"""

from schemas.rules.deliveries import DELIVERY_RULES
from schemas.rules.figures import FIGURE_RULES
from schemas.rules.files import FILE_RULES
from schemas.rules.rows import ROW_RULES
from schemas.rules.rule import Dimension, Response, Rule

__all__ = ["RULES", "Dimension", "Response", "Rule", "rule"]

RULES: dict[str, Rule] = {
    r.code: r for r in (*FILE_RULES, *ROW_RULES, *FIGURE_RULES, *DELIVERY_RULES)
}
"""All rules by code."""


def rule(code: str) -> Rule:
    """Return a rule by its code; an unknown code is a fault of the program."""
    return RULES[code]
