"""What a rule is: its code, what happens when it is broken, and the sentence the partner reads."""

from dataclasses import dataclass
from enum import StrEnum


class Response(StrEnum):
    """What the pipeline does when a rule is broken."""

    REJECT_FILE = "reject file"
    REJECT_ROW = "reject row"
    HOLD = "hold publication"
    WARN = "warn"
    FIX = "fix and log"


class Dimension(StrEnum):
    """The six dimensions of the Government Data Quality Framework (December 2020)."""

    COMPLETENESS = "completeness"
    UNIQUENESS = "uniqueness"
    CONSISTENCY = "consistency"
    TIMELINESS = "timeliness"
    VALIDITY = "validity"
    ACCURACY = "accuracy"


@dataclass(frozen=True)
class Rule:
    """One thing that must hold, with the answer to its breach.

    `sentence` says what is wrong and `remedy` what to do about it, both for the partner's analyst;
    they may name `{column}` (the partner's own header) and `{expected}` (the declared form).
    `public_remedy` is what to do where the file is a publisher's, which nobody exports for us and
    nobody can be asked to correct; what is usual for the response, unless it is given. `security`
    marks a breach that a person must hear of at once: personal data was sent.
    """

    code: str
    response: Response
    dimension: Dimension
    sentence: str
    remedy: str
    security: bool = False
    public_remedy: str = ""
