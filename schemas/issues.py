"""What was found wrong, where, and by which rule: never the value itself.

Row-level issues of a delivery are held as a frame (they may be many), file-level ones as `Issue`.
Pandas is loaded by who has rows: it takes longer than to say that a file is known already.
"""

from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from schemas.period import Month
from schemas.rules import RULES, Response

if TYPE_CHECKING:
    import pandas as pd

    from schemas.profile import Profile

ISSUE_COLUMNS = ("row", "column", "rule")


class LawBroken(RuntimeError):  # noqa: N818 - a broken law is no ordinary error
    """A law of the pipeline does not hold; nothing of the delivery may be stored."""


@dataclass(frozen=True)
class Issue:
    """One finding about a whole file or column (`row` is None) or about one row.

    `column` is the partner's own header and `expected` the declared form; neither is a cell's text.
    """

    rule: str
    row: int | None = None
    column: str = ""
    expected: str = ""

    @property
    def sentence(self) -> str:
        """What is wrong, in the partner's words."""
        return RULES[self.rule].sentence.format(column=self.column, expected=self.expected).strip()

    @property
    def remedy(self) -> str:
        """What to do about it, in the partner's words."""
        return RULES[self.rule].remedy.format(column=self.column, expected=self.expected)

    def remedy_for(self, *, is_download: bool) -> str:
        """Return what to do; nobody here can correct what a publisher gives to everybody."""
        rule = RULES[self.rule]
        if not is_download or rule.security:
            return self.remedy
        remedy = rule.public_remedy or PUBLIC_REMEDIES.get(rule.response, rule.remedy)
        return remedy.format(column=self.column, expected=self.expected)


PUBLIC_REMEDIES = {
    Response.REJECT_FILE: "Download the file again from its publisher, and hand it in as it came, "
    "without opening it in a spreadsheet. If it is rejected again, tell the data team: the "
    "publisher may have changed it.",
    Response.REJECT_ROW: "Nothing can be corrected here: it is the publisher's file. Tell the data "
    "team if it is more than a few rows.",
}
"""What to do about a public file, where its rule says nothing else of such files."""


@dataclass(frozen=True)
class StatedTotal:
    """A number that a file states of itself, in a row that is no record.

    `kind` says of what: "rows" of the whole file, "year-to-date", or a "part": the rows of one code
    of a list. `label_is` is then our code, never the partner's text, and `field` the field whose
    list it is from ("" where several lists have the word).
    """

    row: int
    kind: str
    label_is: str = ""
    value: int = 0
    field: str = ""


class DeliveryRejected(Exception):  # noqa: N818 - it says what happened to the delivery
    """The whole file is refused; carries every reason at once."""

    def __init__(self, *issues: Issue):
        super().__init__(" ".join(issue.sentence for issue in issues))
        self.issues = issues


def no_issues() -> "pd.DataFrame":
    """Return an empty issue frame: columns row (int64), column (text), rule (text)."""
    return _no_issues().copy(deep=False)


@cache
def _no_issues() -> "pd.DataFrame":
    import pandas as pd  # noqa: PLC0415

    types = {"row": "int64", "column": "str", "rule": "str"}
    return pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in types.items()})


def response_of(code: str) -> Response:
    """Return what a breach of the rule leads to."""
    return RULES[code].response


def rejects(rules: "pd.Series") -> "pd.Series":
    """Say for each rule code whether it rejects its row."""
    verdict = {code: response_of(code) is Response.REJECT_ROW for code in rules.unique()}
    return rules.map(verdict).astype(bool)


@dataclass(frozen=True)
class Checked:
    """One chunk of a delivery after the gate: rows taken and rows refused, with every reason.

    `accepted` is typed as the record's model says, its index the partner's own row numbers.
    `issues` has the columns of `ISSUE_COLUMNS`; `column` there is our field name ("" for the row).
    `doubtful` counts the rejected rows that belong to a measure, or may, by measure and month.
    """

    accepted: "pd.DataFrame"
    rejected: "pd.Index"
    issues: "pd.DataFrame"
    read: int
    doubtful: Counter[tuple[str, Month | None]] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        if self.read != len(self.accepted) + len(self.rejected):
            raise LawBroken(
                f"read {self.read} rows, but {len(self.accepted)} accepted and "
                f"{len(self.rejected)} rejected"
            )


@dataclass(frozen=True)
class Closing:
    """What only the whole file can tell: rows to take back, why, and what it amounts to.

    `file_issues` are findings about the whole file that only its end brought out.
    """

    issues: "pd.DataFrame" = field(default_factory=no_issues)
    profile: "Profile | None" = None
    file_issues: tuple[Issue, ...] = ()

    @property
    def withdrawn(self) -> "pd.Index":
        """Row numbers that were accepted at first and are rejected after all."""
        import pandas as pd  # noqa: PLC0415

        return pd.Index(self.issues.loc[rejects(self.issues["rule"]), "row"].unique())
