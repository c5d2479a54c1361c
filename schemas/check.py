"""The two passes through Pandera, and the only place that calls its `validate`.

The text pass asks of every cell whether it can be read at all; the typed pass asks whether what it
says can be true. Both run on whole columns, on categoricals wherever a column repeats itself.
Pandera's own errors quote the failing values, so they never leave this module: they become issue
frames of row, column and rule.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd
import pandera.pandas as pa
from pandera.config import ValidationDepth, get_config_context
from pandera.errors import SchemaErrors

from schemas.issues import ISSUE_COLUMNS, Checked, LawBroken, no_issues, rejects
from schemas.records.base import Record, fields_of, identity_of, schema_of
from schemas.rules import RULES

MISSING = "value-missing"
WHOLE = ValidationDepth.SCHEMA_AND_DATA


@dataclass(frozen=True)
class TextRule:
    """What the text of one column must satisfy before it is parsed.

    `readable` answers for a column of texts, whatever of blanks; None accepts any text.
    """

    required: bool
    rule: str = ""
    readable: Callable[[pd.Series], pd.Series] | None = None


def over_distinct(
    judge: Callable[[pd.Series], pd.Series],
) -> Callable[[pd.Series], pd.Series]:
    """Make a check ask once per distinct text of a categorical column, then spread the answers."""

    def judged(column: pd.Series) -> pd.Series:
        if not isinstance(column.dtype, pd.CategoricalDtype):
            return judge(column)
        used = column.cat.remove_unused_categories()
        answers = judge(pd.Series(used.cat.categories)).to_numpy(dtype=bool)
        return pd.Series(answers[used.cat.codes.to_numpy()], index=column.index)

    return judged


def text_schema(rules: Mapping[str, TextRule]) -> pa.DataFrameSchema:
    """Build the schema of the text pass: one check a column, blank cells by `required`."""
    columns = {}
    for name, text in rules.items():
        checks = (
            []
            if text.readable is None
            else [pa.Check(text.readable, error=text.rule, name=text.rule)]
        )
        columns[name] = pa.Column(None, checks=checks, nullable=not text.required)
    return pa.DataFrameSchema(columns)


def find_issues(frame: pd.DataFrame, schema: pa.DataFrameSchema) -> pd.DataFrame:
    """Validate a frame and return what breaks which rule, as an issue frame without values.

    Raises `LawBroken` when the frame itself, not a cell of it, has the wrong shape: that is a fault
    of the program or of a declaration, never of a partner. The same where Pandera's validation is
    switched off (PANDERA_VALIDATION_ENABLED): every row would pass.
    """
    config = get_config_context()
    if not config.validation_enabled or config.validation_depth is not WHOLE:
        raise LawBroken("Pandera's validation is switched off; nothing may pass unchecked")
    try:
        schema.validate(frame, lazy=True)
    except SchemaErrors as errors:
        cases = errors.failure_cases
    else:
        return no_issues()
    if cases["index"].isna().any():
        shape = sorted({str(c).split("(")[0] for c in cases.loc[cases["index"].isna(), "check"]})
        names = sorted({str(c) for c in cases.loc[cases["index"].isna(), "column"]})
        raise LawBroken(f"columns {', '.join(names)} do not fit their schema: {', '.join(shape)}")
    whole_row = cases["schema_context"].eq("DataFrameSchema")
    issues = pd.DataFrame(
        {
            "row": cases["index"].astype("int64"),
            "column": cases["column"].astype("str").mask(whole_row, ""),
            "rule": cases["check"].replace("not_nullable", MISSING).astype("str"),
        }
    ).drop_duplicates()
    unknown = set(issues["rule"].unique()) - set(RULES)
    if unknown:
        raise LawBroken(f"{len(unknown)} checks of {schema.name or 'a text schema'} name no rule")
    return issues.sort_values(list(ISSUE_COLUMNS), ignore_index=True)


def typed_issues(
    frame: pd.DataFrame, record: type[Record], text_issues: pd.DataFrame
) -> pd.DataFrame:
    """Return the issues of the typed pass, less those that may follow from an unreadable text.

    A cell that could not be read is null in `frame`: that it is missing is no second fault, and
    neither derived columns of its row nor rules across columns that look at it can be judged.
    """
    found = find_issues(frame, schema_of(record))
    if found.empty or text_issues.empty:
        return found
    told = pd.MultiIndex.from_frame(text_issues[["row", "column"]])
    follows = pd.MultiIndex.from_frame(found[["row", "column"]]).isin(told)
    derived = [name for name, info in fields_of(record).items() if info.derived]
    follows |= found["column"].isin(derived) & found["row"].isin(text_issues["row"])
    for rule, columns in identity_of(record).across.items():
        blind = text_issues.loc[text_issues["column"].isin(columns), "row"]
        follows |= found["rule"].eq(rule) & found["column"].eq("") & found["row"].isin(blind)
    return found[~follows].reset_index(drop=True)


def split(frame: pd.DataFrame, issues: pd.DataFrame) -> Checked:
    """Part a typed frame into accepted and rejected rows; nothing is lost between the two."""
    refused = pd.Index(issues.loc[rejects(issues["rule"]), "row"].unique())
    out = frame.index.isin(refused)
    return Checked(
        accepted=frame[~out] if out.any() else frame,
        rejected=frame.index[out],
        issues=issues,
        read=len(frame),
    )
