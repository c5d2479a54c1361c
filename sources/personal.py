"""Personal data in columns that are kept: looked for by its patterns, never quoted.

Names and words are looked through wherever they are kept as the partner wrote them; of all other
columns only those cells that turned out unreadable or malformed, for the rest can hold nothing but
what their list or pattern allows. Patterns are narrow, because a row is rejected for them and a
person is called: a street may be Doctor's Commons Road and lie on the B651.
"""

from collections.abc import Iterable

import pandas as pd

from sources.repairs import contains, gathered, issue_frame

PATTERNS = {
    "e-mail address": r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}",
    "UK telephone number": (
        r"(?:^|[^0-9A-Za-z/.-])(?:\+44[ -]?(?:\(0\)[ -]?)?|0044[ -]?|\(?0)[1-9]"
        r"(?:[ ()-]{0,2}[0-9]){8,9}(?:$|[^0-9A-Za-z])"
    ),
    "full postcode": (
        r"\b[A-PR-UWYZ][A-HK-Y]?[0-9][0-9A-HJKMNP-Y]? ?[0-9][ABD-HJLNP-UW-Z]{2}\b"
        # In small letters 1st, 2nd, 3rd and 4th look like the end of one.
        r"|\b[a-pr-uwyz][a-hk-y]?[0-9][0-9a-hjkmnp-y]? ?[0-9][abd-hjlpquw-z][abd-hjlnp-uw-z]\b"
    ),
    # The current style, and older ones where they are said to be registrations.
    "vehicle registration": (
        r"(?i:\b[a-hj-pr-y]{2}(?:0[2-9]|[125-7][0-9]) ?[a-hj-pr-z]{3}\b)"
        r"|(?i:\b(?:vrm|vrn|reg(?:istration)?)(?: (?:no|number|plate)\.?)? ?[:.]? ?"
        r"(?:[a-z]{1,3} ?[0-9]{1,4} ?[a-z]{0,3}|[0-9]{1,4} ?[a-z]{1,3})\b)"
    ),
    "National Insurance number": (
        r"(?i:\b[a-ceghj-prstw-z][a-ceghj-nprstw-z](?: ?[0-9]{2}){3} ?[a-d]\b)"
    ),
    "date of birth": (r"(?i:\bd\.?o\.?b\b|\bdate of birth\b|\bborn (?:on |in )?[0-9])"),
    "name": r"\b(?:Mr|Mrs|Ms|Dr|MR|MRS|MS|DR)\.? [A-Z](?:[A-Za-z]+|\.? [A-Z])",
}
"""What is looked for, each by its pattern (RE2); the search is case-sensitive where a name is."""

ANY = "|".join(f"(?:{pattern})" for pattern in PATTERNS.values())
FORMULA = r"^(?:[=@]|[+-][^0-9.,]|[+-][0-9.,]*[^0-9.,])"
"""What a spreadsheet would take for a formula; a plain number with its sign is none."""


def holds_personal(texts: pd.Series) -> pd.Series:
    """Say for each text whether it looks like personal data; blanks do not."""
    return contains(texts, ANY)


def search(frame: pd.DataFrame, words: Iterable[str], at_fault: pd.DataFrame) -> pd.DataFrame:
    """Return issues for what looks like personal data, and for what looks like a formula.

    `words` are the columns of names and words; `at_fault` the issues of cells that are refused.
    """
    issues: list[pd.DataFrame] = []
    words = list(words)
    for name in words:
        column = frame[name]
        if not isinstance(column.dtype, pd.CategoricalDtype):
            column = column.astype("category")
        texts = pd.Series(column.cat.categories, dtype="str")
        for rule, found in (
            ("personal-data", texts[holds_personal(texts)]),
            ("text-formula", texts[contains(texts, FORMULA)]),
        ):
            if len(found):
                issues.append(issue_frame(frame.index[column.isin(found)], name, rule))
    for name, group in at_fault.groupby("column", sort=False):
        if name in frame.columns and name not in words:
            texts = frame.loc[group["row"].unique(), name].astype("str")
            rows = texts.index[holds_personal(texts)]
            issues.append(issue_frame(rows, str(name), "personal-data"))
    return gathered(issues)
