"""Issues: a place and a rule, never a value; and the law read = accepted + rejected."""

import pandas as pd
import pytest

from schemas.issues import (
    ISSUE_COLUMNS,
    Checked,
    Closing,
    DeliveryRejected,
    Issue,
    LawBroken,
    no_issues,
    rejects,
    response_of,
)
from schemas.rules import Response


def frame(*found: tuple[int, str, str]) -> pd.DataFrame:
    return pd.DataFrame(found, columns=list(ISSUE_COLUMNS))


def test_an_issue_says_what_is_wrong_and_what_to_do():
    issue = Issue("date-unreadable", row=418, column="Date Recorded", expected="31/12/2020")
    assert issue.sentence == "'Date Recorded' is not a date written as 31/12/2020."
    assert issue.remedy == "Write every date of the column as 31/12/2020."


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("header-missing", "Download the file again from its publisher, "),
        ("date-unreadable", "Nothing can be corrected here: it is the publisher's file."),
        ("rejected-share", "To be confirmed by the data team: whether these rows can be left out."),
        ("months-missing", "To be confirmed: "),
        ("force-other", "Download the file of 2021-03 for the month, "),
        ("area-outside", "Nothing to do: "),
        ("headings-repeated", "Download each of the two files, "),
    ],
)
def test_of_a_public_file_nobody_is_asked_for_a_corrected_one(rule: str, told: str):
    issue = Issue(rule, column="Month", expected="2021-03")
    assert issue.remedy_for(is_download=True).startswith(told)
    assert issue.remedy_for(is_download=False) == issue.remedy


def test_what_must_not_be_sent_is_told_alike_of_a_public_file():
    issue = Issue("personal-data", column="Notes")
    assert issue.remedy_for(is_download=True) == issue.remedy


def test_a_sentence_without_its_last_part_ends_where_it_ends():
    assert Issue("header-missing", column="DA").sentence == "There is no column headed 'DA'."


def test_a_refusal_carries_all_its_reasons():
    reasons = (Issue("header-missing", column="DA"), Issue("header-doubled", column="Ward"))
    refusal = DeliveryRejected(*reasons)
    assert refusal.issues == reasons
    assert str(refusal) == "There is no column headed 'DA'. Two columns are headed 'Ward'."


@pytest.mark.parametrize(("accepted", "rejected", "read"), [(2, 1, 4), (2, 1, 2), (0, 0, 1)])
def test_read_is_accepted_and_rejected_or_nothing_goes_on(accepted: int, rejected: int, read: int):
    # Raised and not asserted, so that it holds under `python -O` too.
    with pytest.raises(
        LawBroken, match=f"read {read} rows, but {accepted} accepted and {rejected}"
    ):
        Checked(pd.DataFrame(index=range(accepted)), pd.Index(range(rejected)), no_issues(), read)


def test_the_law_holds():
    checked = Checked(pd.DataFrame(index=[2, 3]), pd.Index([4]), no_issues(), 3)
    assert checked.read == 3


def test_an_empty_issue_frame_has_the_columns_and_types_of_any_other():
    empty = no_issues()
    assert tuple(empty.columns) == ISSUE_COLUMNS
    assert [str(t) for t in empty.dtypes] == ["int64", "str", "str"]


def test_which_rules_reject_a_row():
    rules = pd.Series(["value-missing", "offence-unmapped", "value-missing"])
    assert rejects(rules).tolist() == [True, False, True]
    assert rejects(no_issues()["rule"]).tolist() == []
    assert rejects(no_issues()["rule"]).dtype == bool


def test_the_response_behind_a_code():
    assert response_of("offence-unmapped") is Response.WARN


def test_what_the_whole_file_takes_back():
    closing = Closing(
        frame((5, "", "key-conflict"), (5, "", "row-repeated"), (9, "", "offence-unmapped"))
    )
    assert closing.withdrawn.tolist() == [5]
    assert Closing().withdrawn.tolist() == []
