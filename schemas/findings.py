"""What is found to be implausible about a delivery as a whole."""

from dataclasses import dataclass

from schemas.period import Span


@dataclass(frozen=True)
class Finding:
    """One thing that is not plausible: the rule, what was counted, and for which months.

    `detail` holds counts, months and our own labels, never a text of the file.
    """

    rule: str
    detail: str
    span: Span
    only_year: bool = False
