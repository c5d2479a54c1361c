"""What is found to be implausible about a delivery as a whole."""

from collections.abc import Iterable
from dataclasses import dataclass

from schemas.issues import Issue, response_of
from schemas.period import Span
from schemas.rules import Response


@dataclass(frozen=True)
class Finding:
    """One thing that is not plausible: the rule, what was counted, and for which months.

    `detail` holds counts, months and our own labels, never a text of the file.
    """

    rule: str
    detail: str
    span: Span
    only_year: bool = False


def by_response(findings: Iterable[Finding]) -> tuple[tuple[Finding, ...], tuple[Issue, ...]]:
    """Part findings into those that hold publication, and what is only told of the file."""
    holding, told = [], []
    for found in findings:
        if response_of(found.rule) is Response.HOLD:
            holding.append(found)
        else:
            told.append(Issue(found.rule, expected=found.detail))
    return tuple(holding), tuple(told)
