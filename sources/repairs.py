"""Texts that are at fault in a known way: what they are mended to, or why exactly they are refused.

Both are declared by the parser of a column and are looked for in distinct texts, before the text
pass. A repair never chooses between two readings, and a text that its parser can read as it stands
is never repaired ("Not known" is a word of some lists). Every repair is told, cell by cell.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Protocol

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from schemas.issues import no_issues

LONGEST = 60
"""No text that is mended or refused here is longer: longer ones (crime ids) are not looked at."""


@dataclass(frozen=True)
class Repair:
    """One fault that is mended: which rule says so, which texts have it, and what they become.

    `pattern` is of the whole text, in any case. `mend` answers for texts of that pattern: null is a
    blank cell, and a text that comes back as it went is left alone.
    """

    rule: str
    pattern: str
    mend: Callable[[pd.Series], pd.Series]


@dataclass(frozen=True)
class Refusal:
    """One way of being unreadable that has a rule of its own, in place of the parser's.

    `pattern` is of the whole text, in any case; `holds`, if given, is asked of texts of it.
    """

    rule: str
    pattern: str
    holds: Callable[[pd.Series], pd.Series] | None = None


class Repairable(Protocol):
    """What is asked here of a parser."""

    @property
    def repairs(self) -> tuple[Repair, ...]:
        """Faults that it mends, in order."""
        ...

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """Faults that it names."""
        ...

    def reads(self, texts: pd.Series) -> pd.Series:
        """Say for each text whether it is declared as it stands."""
        ...


@cache
def any_of(faults: tuple[Repair | Refusal, ...]) -> str:
    """Return one pattern for all the faults, so that clean columns cost one look."""
    return "|".join(f"(?:{fault.pattern})" for fault in faults)


def has_form(texts: pd.Series, pattern: str) -> pd.Series:
    """Say for each text whether the whole of it has a form, in any case; blanks have none."""
    return contains(texts, f"^(?:{pattern})$", in_any_case=True)


def contains(texts: pd.Series, pattern: str, *, in_any_case: bool = False) -> pd.Series:
    """Say for each text whether a pattern (RE2) is found in it; in blanks it is not.

    Asked of Arrow itself: pandas would have Python parse the long patterns anew for every column.
    """
    found = pc.match_substring_regex(
        pa.array(texts, type=pa.string(), from_pandas=True), pattern, ignore_case=in_any_case
    )
    return pd.Series(found.fill_null(False).to_numpy(zero_copy_only=False), index=texts.index)


def issue_frame(rows: pd.Index | np.ndarray, column: str, rule: str) -> pd.DataFrame:
    """Return one issue a row, of one rule in one column."""
    if not len(rows):
        return no_issues()
    return pd.DataFrame({"row": np.asarray(rows, "int64"), "column": column, "rule": rule})


def gathered(issues: list[pd.DataFrame]) -> pd.DataFrame:
    """Put issue frames together."""
    told = [frame for frame in issues if len(frame)]
    return pd.concat(told, ignore_index=True) if told else no_issues()


def repair(
    frame: pd.DataFrame, parsers: Mapping[str, Repairable]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Mend the texts of a frame; returns it with an issue for every cell that was mended."""
    mended: dict[str, pd.Series] = {}
    issues: list[pd.DataFrame] = []
    for name, parser in parsers.items():
        if parser.repairs:
            column, told = _repair_column(frame[name], parser)
            if told:
                mended[name] = column
                issues += told
    return frame.assign(**mended) if mended else frame, gathered(issues)


def _repair_column(column: pd.Series, parser: Repairable) -> tuple[pd.Series, list[pd.DataFrame]]:
    suspects = of_form(column, any_of(parser.repairs))
    if suspects.empty:
        return column, []
    suspects = suspects[~parser.reads(suspects)]
    becomes, issues = suspects.copy(), []
    for fault in parser.repairs:
        there = has_form(becomes, fault.pattern)
        if not there.any():
            continue
        before = becomes[there]
        after = fault.mend(before).astype("str")
        changed = after.isna() | (after != before)
        if changed.any():
            becomes = becomes.where(~there, after.reindex(becomes.index))
            # The first texts are named, not what an earlier repair made of them.
            rows = column.index[column.isin(suspects[changed.index[changed]])]
            issues.append(issue_frame(rows, str(column.name), fault.rule))
    became = dict(zip(suspects, becomes, strict=True))
    return (exchange_texts(column, became), issues) if issues else (column, [])


def of_form(column: pd.Series, pattern: str) -> pd.Series:
    """Return the distinct texts of a column that have a form."""
    is_category = isinstance(column.dtype, pd.CategoricalDtype)
    texts = pa.array(
        column.cat.categories if is_category else column, pa.string(), from_pandas=True
    )
    short = texts.filter(pc.less_equal(pc.utf8_length(texts), LONGEST))
    found = short.filter(pc.match_substring_regex(short, f"^(?:{pattern})$", ignore_case=True))
    return pd.Series(found.unique().to_pandas() if len(found) else [], dtype="str")


def exchange_texts(column: pd.Series, becomes: Mapping[str, str | None]) -> pd.Series:
    """Return a column of text with some of its distinct texts exchanged; null is a blank."""
    if not isinstance(column.dtype, pd.CategoricalDtype):
        there = column.isin(list(becomes))
        return column.mask(there, column[there].map(dict(becomes)).reindex(column.index))
    old = pd.Series(column.cat.categories, dtype="str")
    there = old.isin(list(becomes))
    new = old.mask(there, old[there].map(dict(becomes)).reindex(old.index))
    codes, distinct = pd.factorize(new)
    spread = np.append(codes, -1)[column.cat.codes.to_numpy()]
    dtype = pd.CategoricalDtype(pd.Index(distinct, dtype="str"))
    return pd.Series(
        pd.Categorical.from_codes(spread, dtype=dtype), index=column.index, name=column.name
    )


def refine(
    issues: pd.DataFrame, frame: pd.DataFrame, parsers: Mapping[str, Repairable]
) -> pd.DataFrame:
    """Give unreadable cells the more exact rule where their text shows which it is."""
    if issues.empty:
        return issues
    rules = issues["rule"].copy()
    for name, parser in parsers.items():
        if not parser.refusals:
            continue
        at = issues.index[issues["column"].eq(name) & issues["rule"].ne("value-missing")]
        texts = frame.loc[issues.loc[at, "row"], name].astype("str")
        texts.index = at
        for refusal in reversed(parser.refusals):
            rules[at[refused(texts, refusal)]] = refusal.rule
    return issues.assign(rule=rules)


def refused(texts: pd.Series, refusal: Refusal) -> pd.Series:
    """Say for each text whether it is at fault in this way."""
    there = has_form(texts, refusal.pattern)
    if refusal.holds is not None and there.any():
        there[there] = refusal.holds(texts[there])
    return there


# --- signs for a value that is not there, and suppressed counts -------------------------------


def _blank(texts: pd.Series) -> pd.Series:
    return texts.where(pd.Series(False, index=texts.index))


SIGNS = Repair("token-absent", r"n/a|n\.a\.|-{1,3}|–|—|:|\.{2,3}|#n/a|\(?null\)?|\(blank\)", _blank)
"""Signs that no column has any use for."""

WORDS = Repair("token-absent", r"na|nan|none|not known|not available|unknown", _blank)
"""Words that stand for nothing in dates, numbers, references and codes, but may be meant as words
where words are kept."""

SUPPRESSED = Repair("count-suppressed", r"(?:<|&lt;|less than|fewer than) ?[0-9]{1,3}", _blank)


# --- numbers ----------------------------------------------------------------------------------


def _without_commas(texts: pd.Series) -> pd.Series:
    return texts.str.replace(",", "", regex=False)


COMMAS = Repair(
    "number-with-commas",
    r"-?(?:£ ?)?[1-9][0-9]{0,2}(?:,[0-9]{3}){1,4}(?:\.[0-9]+)?",
    _without_commas,
)


def _unmasked(texts: pd.Series) -> pd.Series:
    return texts.str.replace("*", "0", regex=False)


MASKED = Repair("coordinates-masked", r"[0-9]{2,4}\*{3}", _unmasked)
"""A grid coordinate whose last digits are masked, where no one said that it would be."""


# --- references -------------------------------------------------------------------------------

_MONTH = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_DAY = "(?:0?[1-9]|[12][0-9]|3[01])"

SCIENTIFIC = Refusal(
    "reference-scientific", r"[0-9](?:\.[0-9]+)?e\+[0-9]{1,3}|[0-9]\.[0-9]+e-?[0-9]{1,3}"
)
AS_DATE = Refusal(
    "reference-as-date",
    r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])(?: [0-9]{2}:[0-9]{2}:[0-9]{2})?"
    rf"|{_DAY}[- ](?:{_MONTH})(?:[- ][0-9]{{2,4}})?|(?:{_MONTH})[- ](?:[0-9]{{2}}|[0-9]{{4}})"
    rf"|{_DAY}/(?:0?[1-9]|1[0-2])/(?:19|20)[0-9]{{2}}",
)
