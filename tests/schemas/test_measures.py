"""Measures: unique, whole, and about columns that there are."""

from schemas.codes import rows
from schemas.measures import (
    MEASURES,
    Disclosure,
    Grain,
    Kind,
    Scope,
    budgets_of,
    measures_of,
    siblings,
    street_code,
)
from schemas.records import RECORDS
from schemas.records.base import fields_of, schema_of


def allowed(source: str, column: str) -> list[object] | None:
    """Return the values that a column is restricted to, None for any."""
    for check in schema_of(RECORDS[source]).columns[column].checks:
        if check.name == "isin":
            return check.statistics["allowed_values"]
    return None


def test_codes_are_unique_and_labels_are_unique_under_one_parent():
    made = [m for s in RECORDS for m in (*measures_of(s), *budgets_of(s))]
    assert sorted(m.code for m in made) == sorted(MEASURES)
    assert all(code == measure.code for code, measure in MEASURES.items())
    printed = [(m.source, m.parent, m.breakdown, m.label) for m in MEASURES.values()]
    assert len(set(printed)) == len(printed)


def test_parents_exist_and_are_of_the_same_source():
    faults = [
        f"{m.code}: {m.parent}"
        for m in MEASURES.values()
        if m.parent and (m.parent not in MEASURES or MEASURES[m.parent].source != m.source)
    ]
    assert faults == []
    assert all(not MEASURES[m.parent].parent for m in MEASURES.values() if m.parent)


def test_conditions_and_totals_name_columns_of_the_record_and_values_that_can_occur():
    faults = []
    for measure in MEASURES.values():
        fields = fields_of(RECORDS[measure.source])
        for condition in measure.where:
            if condition.column not in fields:
                faults.append(f"{measure.code}: no column {condition.column}")
                continue
            info = fields[condition.column]
            listed = allowed(measure.source, condition.column)
            for value in condition.values:
                if value is None and info.required:
                    faults.append(f"{measure.code}: {condition.column} is never null")
                if isinstance(value, bool) != (info.dtype == "boolean") and value is not None:
                    faults.append(f"{measure.code}: {condition.column} is {info.dtype}")
                if isinstance(value, str) and listed is not None and value not in listed:
                    faults.append(f"{measure.code}: {condition.column} is never {value}")
        if measure.total and (measure.total not in fields or not fields[measure.total].unit):
            faults.append(f"{measure.code}: {measure.total} is no column with a unit")
    assert faults == []


def test_what_adds_up_a_column_has_the_unit_of_the_column():
    assert {m.code: m.unit for m in MEASURES.values() if m.total} == {
        m.code: fields_of(RECORDS[m.source])[m.total].unit for m in MEASURES.values() if m.total
    }


def test_every_code_of_a_breakdown_has_its_measure():
    for breakdown, column in {
        "land": "land_type_code",
        "waste": "waste_type_code",
        "size": "size_code",
    }.items():
        parts = [m for m in MEASURES.values() if m.breakdown == breakdown]
        counted = [v for m in parts for c in m.where for v in c.values if c.column == column]
        missing = [None] if not fields_of(RECORDS["fly_tips"])[column].required else []
        assert counted == [*allowed("fly_tips", column), *missing]


def test_all_crime_is_the_13_types_without_anti_social_behaviour():
    (condition,) = MEASURES["street-all-crime"].where
    assert len(condition.values) == 13
    assert "Anti-social behaviour" not in condition.values
    assert MEASURES[street_code("anti-social-behaviour")].parent == ""


def test_residuals_come_after_what_they_are_the_rest_of():
    police = measures_of("police_crime")
    assert police[-1].code == "other-crime"
    rest_of = siblings(MEASURES["other-crime"])
    assert len(rest_of) == 10
    assert MEASURES["domestic-abuse"] not in rest_of  # an "of which", never a part of a sum
    assert MEASURES["other-crime"] not in rest_of
    assert {m.parent for m in rest_of} == {"all-crime"}


def test_what_is_counted_is_a_flow_and_only_the_unplaced_are_of_a_whole_file():
    unstated = [m for m in MEASURES.values() if not m.reporter and m.kind is not Kind.BUDGET]
    assert {m.kind for m in unstated} == {Kind.FLOW}
    counted = [m for m in unstated if not m.counterpart]
    assert {m.grain for m in counted} == {Grain.MONTH}
    assert [m.code for m in MEASURES.values() if m.scope is Scope.FILE] == [
        "street-location-unknown"
    ]


def test_budgets_are_parted_as_the_spending_from_them_is():
    spending = {m.code: m for m in measures_of("grant_spend")}
    budgets = {m.code.replace("-budget", "-spend" if m.code == "grant-budget" else ""): m
               for m in budgets_of("grant_spend")}  # fmt: skip
    assert budgets.keys() == spending.keys()
    for code, budget in budgets.items():
        of = spending[code]
        assert (budget.where, budget.breakdown, budget.is_residual) == (
            of.where, of.breakdown, of.is_residual,
        )  # fmt: skip
        assert (budget.grain, budget.adds_up) == (Grain.STATED, False)


def test_only_what_stands_as_recorded_is_counted_in_police_tables():
    faults = [
        m.code
        for m in measures_of("police_crime")
        if not m.is_residual and not any(c.column == "is_counted" for c in m.where)
    ]
    assert faults == []


# --- what figures tell of people ----------------------------------------------------------------

OF_NO_PEOPLE = {
    "partner-agencies", "partnership-priorities", "partnership-meetings", "schools-funded",
    "neighbourhood-officers", "cctv-locations", "cctv-redeployable-systems",
    "rogue-trader-money-stopped", "respiratory-hubs",
}  # fmt: skip


def test_of_every_stated_measure_it_is_decided_whether_it_is_of_people_and_why():
    declared = rows("stated_measures")
    assert all(row["reason"].endswith(".") for row in declared)
    found = {row["code"] for row in declared if row["disclosure"] == Disclosure.OPEN}
    assert found == OF_NO_PEOPLE


def test_what_is_counted_is_taken_to_be_of_people_and_a_percentage_is_of_such_a_measure():
    money = {m.code for m in MEASURES.values() if m.source == "grant_spend"}
    found = {m.code for m in MEASURES.values() if m.disclosure is Disclosure.OPEN}
    assert found == OF_NO_PEOPLE | money
    for measure in MEASURES.values():
        assert (measure.disclosure is Disclosure.SHARE) == bool(measure.share_of)
        if measure.share_of:
            assert MEASURES[measure.share_of].disclosure is Disclosure.PEOPLE
