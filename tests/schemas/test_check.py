"""The two passes: every fault of a frame as row, column and rule, never as a value."""

import pandas as pd
import pandera.pandas as pa
import pytest
from pandera.config import ValidationDepth, config_context

from schemas.check import TextRule, find_issues, over_distinct, split, text_schema, typed_issues
from schemas.issues import ISSUE_COLUMNS, LawBroken, no_issues
from schemas.records.base import schema_of
from schemas.records.cctv_log import CctvLog

ROWS = [2, 3, 4]


def good(**columns: list[object]) -> pd.DataFrame:
    """Three log rows with nothing wrong, and whatever columns are given instead."""
    cells = {
        "month": pd.Timestamp("2020-04-01"), "lad_code": "E07000240", "log_number": "C/01",
        "started_at": pd.Timestamp("2020-04-01 22:10"), "ended_at": pd.NaT, "camera_id": "7",
        "incident_type_code": "drugs", "reported_by_code": "police", "is_police_called": True,
        "arrest_count": 0, "is_footage_reviewed": False, "disc_count": 0,
    }  # fmt: skip
    dtypes = {
        "month": "datetime64[ns]", "started_at": "datetime64[ns]", "ended_at": "datetime64[ns]",
        "log_number": "str", "is_police_called": "boolean", "is_footage_reviewed": "boolean",
        "arrest_count": "Int64", "disc_count": "Int64",
    }  # fmt: skip
    frame = pd.DataFrame({n: columns.get(n, [v] * 3) for n, v in cells.items()}, index=ROWS)
    return frame.astype({n: dtypes.get(n, "category") for n in cells})


def lines(issues: pd.DataFrame) -> list[tuple[int, str, str]]:
    return list(issues.itertuples(index=False, name=None))


def even(texts: pd.Series) -> pd.Series:
    return texts.isin(["2", "4"])


TEXT = text_schema({
    "number": TextRule(required=True, rule="number-unreadable", readable=even),
    "name": TextRule(required=False),
})  # fmt: skip


@pytest.mark.parametrize("dtype", ["str", "category"])
def test_the_text_pass_asks_what_can_be_read_and_what_is_missing(dtype: str):
    frame = pd.DataFrame(
        {
            "number": pd.Series(["2", "3", None], dtype=dtype),
            "name": pd.Series([None] * 3, dtype="str"),
        }
    ).set_axis(ROWS)
    assert lines(find_issues(frame, TEXT)) == [
        (3, "number", "number-unreadable"),
        (4, "number", "value-missing"),
    ]


def test_a_judge_is_asked_once_a_distinct_text_that_is_in_use():
    asked: list[list[str]] = []

    def judge(texts: pd.Series) -> pd.Series:
        asked.append(texts.tolist())
        return texts == "a"

    column = pd.Series(pd.Categorical(list("abab"), categories=list("abc")), index=[5, 6, 7, 8])
    assert over_distinct(judge)(column).to_dict() == {5: True, 6: False, 7: True, 8: False}
    assert asked == [["a", "b"]]
    assert over_distinct(judge)(pd.Series(["b", "b"])).tolist() == [False, False]


def test_the_typed_pass_names_the_column_or_the_whole_row():
    frame = good(
        ended_at=[pd.Timestamp("2020-04-01 22:09"), pd.NaT, pd.NaT],
        incident_type_code=["drugs", "secret type", "drugs"],
        arrest_count=[0, 101, pd.NA],
        log_number=["C/01", "?", None],
    )
    issues = find_issues(frame, schema_of(CctvLog))
    assert lines(issues) == [
        (2, "", "dates-disordered"),
        (3, "arrest_count", "value-too-high"),
        (3, "incident_type_code", "code-unlisted"),
        (3, "log_number", "text-malformed"),
        (4, "log_number", "value-missing"),
    ]
    assert tuple(issues.columns) == ISSUE_COLUMNS
    assert issues["row"].dtype == "int64"
    assert "secret" not in issues.to_csv()


def test_nothing_wrong_is_an_empty_issue_frame():
    assert find_issues(good(), schema_of(CctvLog)).equals(no_issues())


def test_a_column_missing_or_too_many_is_a_fault_of_the_program():
    with pytest.raises(LawBroken, match="do not fit their schema"):
        find_issues(good().drop(columns="disc_count"), schema_of(CctvLog))
    with pytest.raises(LawBroken, match="do not fit their schema") as broken:
        find_issues(good().assign(note="Mrs Canary"), schema_of(CctvLog))
    assert "Canary" not in str(broken.value)


def test_a_column_of_another_type_is_a_fault_of_the_program():
    frame = good().assign(arrest_count=["one canary", "2", "3"])
    with pytest.raises(LawBroken, match="columns arrest_count do not fit their schema") as broken:
        find_issues(frame, schema_of(CctvLog))
    assert "canary" not in str(broken.value)


def test_a_check_that_names_no_rule_is_a_fault_of_the_program():
    schema = pa.DataFrameSchema({"a": pa.Column(int, pa.Check.lt(1, error="made-up"))}, name="toy")
    with pytest.raises(LawBroken, match="1 checks of toy name no rule"):
        find_issues(pd.DataFrame({"a": [5]}), schema)
    with pytest.raises(LawBroken, match="1 checks of a text schema name no rule"):
        find_issues(
            pd.DataFrame({"number": ["3"]}),
            text_schema({"number": TextRule(required=True, rule="made-up", readable=even)}),
        )


def test_what_could_not_be_read_is_not_also_missing():
    frame = good(log_number=[None, None, "C/03"])
    text_issues = pd.DataFrame({"row": [2], "column": ["log_number"], "rule": ["text-malformed"]})
    assert lines(typed_issues(frame, CctvLog, text_issues)) == [(3, "log_number", "value-missing")]
    assert len(typed_issues(frame, CctvLog, no_issues())) == 2
    assert typed_issues(good(), CctvLog, text_issues).empty


def test_a_rule_across_columns_is_silent_only_where_it_cannot_see():
    early = [pd.Timestamp("2020-04-01 22:09")] * 3
    text_issues = pd.DataFrame(
        {"row": [2, 3], "column": ["ended_at", "camera_id"], "rule": "text-malformed"}
    )
    assert lines(typed_issues(good(ended_at=early), CctvLog, text_issues)) == [
        (3, "", "dates-disordered"),  # the camera is unreadable there, which is no concern of it
        (4, "", "dates-disordered"),
    ]


def test_a_derived_column_is_not_missing_where_a_text_of_its_row_is_unreadable():
    frame = good(month=[pd.NaT, pd.NaT, pd.Timestamp("2020-04-01")])
    text_issues = pd.DataFrame({"row": [2], "column": ["started_at"], "rule": ["time-unreadable"]})
    assert lines(typed_issues(frame, CctvLog, text_issues)) == [(3, "month", "value-missing")]


def test_rows_are_parted_and_none_is_lost():
    frame = good()
    issues = pd.DataFrame(
        {
            "row": [3, 3, 4],
            "column": "",
            "rule": ["dates-disordered", "value-missing", "offence-unmapped"],
        }
    )
    checked = split(frame, issues)
    assert checked.accepted.index.tolist() == [2, 4]  # a warning rejects no row
    assert checked.rejected.tolist() == [3]
    assert checked.read == 3
    assert split(frame, no_issues()).accepted is frame


def test_with_validation_switched_off_nothing_passes():
    """Pandera's environment variable turns `validate` into a function that finds nothing."""
    with config_context(validation_enabled=False), pytest.raises(LawBroken, match="switched off"):
        find_issues(good(), schema_of(CctvLog))
    shallow = config_context(validation_depth=ValidationDepth.SCHEMA_ONLY)
    with shallow, pytest.raises(LawBroken, match="switched off"):
        find_issues(good(), schema_of(CctvLog))
