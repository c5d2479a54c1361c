"""Every rule is said once, in the partner's language, and is used."""

import re
from pathlib import Path

import pytest

from schemas.issues import Issue
from schemas.rules import RULES, Dimension, Response, rule

PACKAGES = ("schemas", "sources", "warehouse", "reports", "flows")


def test_a_rule_by_its_code():
    assert rule("value-missing").response is Response.REJECT_ROW
    assert rule("value-missing").dimension is Dimension.COMPLETENESS
    with pytest.raises(KeyError):
        rule("made-up")


def test_every_rule_says_what_is_wrong_and_what_to_do():
    faults = []
    for code, declared in RULES.items():
        if code != declared.code or not re.fullmatch(r"[a-z]+(-[a-z]+)+", code):
            faults.append(f"{code}: no code of words")
        for name, text in (("sentence", declared.sentence), ("remedy", declared.remedy)):
            if not text.strip():
                faults.append(f"{code}: no {name}")
            elif not (text[0].isupper() or text[0] in "'{") or text[-1] not in ".}":
                faults.append(f"{code}: its {name} is no sentence")
            if set(re.findall(r"{(.*?)}", text)) - {"column", "expected"}:
                faults.append(f"{code}: its {name} names something unknown")
    assert faults == []


def test_sentences_take_column_and_expected_form():
    for code in RULES:
        issue = Issue(code, row=2, column="THE COLUMN", expected="THE FORM")
        for text, said in (
            (RULES[code].sentence, issue.sentence),
            (RULES[code].remedy, issue.remedy),
        ):
            assert "{" not in said
            assert ("THE COLUMN" in said) == ("{column}" in text)
            assert ("THE FORM" in said) == ("{expected}" in text)


@pytest.fixture(scope="module")
def uses(root: Path) -> set[str]:
    """Texts in quotation marks anywhere in the code that judges.

    Neither the list of rules itself nor the planted faults, which name them all, use a rule.
    """
    return {
        quoted
        for package in PACKAGES
        for path in (root / package).rglob("*.py")
        if path.parent.name not in ("rules", "faults")
        for quoted in re.findall(r'"([a-z]+(?:-[a-z]+)+)"', path.read_text("utf-8"))
    }


def test_every_rule_is_used(uses: set[str]):
    assert sorted(set(RULES) - uses) == []
