"""`field()`: what one statement says of a column, and which rule its checks lead to."""

import pandas as pd
import pytest

from schemas.check import find_issues
from schemas.codes import CRIME_STATUSES, STREET_CRIME_TYPES
from schemas.fields import Code, Count, Day, Flag, Privacy, Text, field
from schemas.records.base import FieldInfo, Record, fields_of, schema_of


class Toy(Record):
    """One toy."""

    toy_reference: Text = field("What it is called.", required=True, pattern=r"^T[0-9]+$")
    status_code: Code = field("State.", codes=CRIME_STATUSES, privacy=Privacy.PUBLIC)
    crime_type: Code = field("Kind.", labels=STREET_CRIME_TYPES)
    height_m: Count = field("Height.", unit="metres", low=1, high=9)
    seen_on: Day = field("Seen.", privacy=Privacy.PERSONAL)
    is_new: Flag = field("New.", derived=True)


GOOD = {
    "month": pd.Timestamp("2020-04-01"), "lad_code": "E07000240", "toy_reference": "T1",
    "status_code": "recorded", "crime_type": "Drugs", "height_m": 5,
    "seen_on": pd.Timestamp("2020-04-02"), "is_new": True,
}  # fmt: skip
DTYPES = {
    "month": "datetime64[ns]", "lad_code": "category", "toy_reference": "str",
    "status_code": "category", "crime_type": "category", "height_m": "Int64",
    "seen_on": "datetime64[ns]", "is_new": "boolean",
}  # fmt: skip


def found(**cells: object) -> list[tuple[str, str]]:
    frame = pd.DataFrame([GOOD, GOOD | cells], index=[2, 3]).astype(DTYPES)
    issues = find_issues(frame, schema_of(Toy))
    return list(zip(issues["column"], issues["rule"], strict=True))


def test_what_the_rest_of_the_house_reads_of_a_column():
    fields = fields_of(Toy)
    assert list(fields)[:2] == ["month", "lad_code"]
    assert fields["height_m"] == FieldInfo(
        name="height_m", dtype="Int64" if fields["height_m"].dtype == "Int64" else "int64",
        sentence="Height.", unit="metres", privacy=Privacy.INTERNAL, required=False,
        derived=False, codes="", low=1, high=9,
    )  # fmt: skip
    assert fields["status_code"].codes == "crime_statuses"
    assert fields["crime_type"].codes == "street_crime_types"
    assert fields["seen_on"].privacy is Privacy.PERSONAL
    assert (fields["seen_on"].is_date, fields["month"].is_date) == (True, True)
    assert fields["height_m"].is_date is False
    assert (fields["toy_reference"].required, fields["is_new"].derived) == (True, True)


@pytest.mark.parametrize(
    ("column", "value", "rule"),
    [
        ("toy_reference", None, "value-missing"),
        ("toy_reference", "T1 and more", "text-malformed"),
        ("status_code", "Recorded", "code-unlisted"),
        ("crime_type", "drugs", "code-unlisted"),
        ("height_m", 0, "value-too-low"),
        ("height_m", 10, "value-too-high"),
        ("lad_code", "S12000036", "text-malformed"),
    ],
)
def test_the_rule_behind_each_constraint(column: str, value: object, rule: str):
    assert found(**{column: value}) == [(column, rule)]


@pytest.mark.parametrize("column", ["status_code", "crime_type", "height_m", "seen_on", "is_new"])
def test_what_is_not_required_may_be_blank(column: str):
    assert found(**{column: None}) == []
