"""The declarations: all records, layouts and sources, held against the rules of the house.

Every test walks all of them and reports every failure at once.
"""

import ast
import inspect
import re
from pathlib import Path

import pytest

from schemas.fields import Code, Privacy, Text, field
from schemas.records import RECORDS
from schemas.records.base import (
    FieldInfo,
    Record,
    fields_of,
    identity_of,
    personal_fields,
    schema_of,
)
from schemas.rules import RULES
from sources.headers import clean
from sources.partners import SOURCES
from sources.spec import Column, Layout, SourceSpec
from warehouse.cells import asked
from warehouse.tables import is_coded

FIELDS: list[tuple[str, FieldInfo]] = [
    (f"{source}.{name}", info)
    for source, record in RECORDS.items()
    for name, info in fields_of(record).items()
]
LAYOUTS: list[tuple[str, SourceSpec, Layout]] = [
    (f"{source.code} ({layout.name})", source, layout)
    for source in SOURCES
    for layout in source.layouts
]
UNIT_ENDINGS = {
    "metres": ("_m",), "pence": ("_pence",), "people": ("_count",), "discs": ("_count",),
    "incidents": ("_count",), "actions": ("_count",), "recorded crimes": ("_count",),
    "as the measure says": ("value", "numerator", "denominator"),
    "degrees": ("longitude", "latitude"),  # named for what they are; nothing else is in degrees
}  # fmt: skip


# --- records ----------------------------------------------------------------------------------


def test_every_field_has_a_sentence_and_a_privacy_class():
    faults = []
    for place, info in FIELDS:
        if not re.fullmatch(r"[A-Z].*\.", info.sentence):
            faults.append(f"{place}: '{info.sentence}' is no sentence")
        metadata = schema_of(RECORDS[place.split(".")[0]]).columns[info.name].metadata or {}
        if not isinstance(metadata.get("privacy"), Privacy):
            faults.append(f"{place} has no privacy class")
    assert faults == []


def test_no_field_is_personal_for_personal_data_stops_at_sources():
    assert [place for place, info in FIELDS if info.privacy is Privacy.PERSONAL] == []


def personal_faults(record: type[Record], known_by: set[str], looked_at: set[str]) -> list[str]:
    """Say which personal columns of a record retention could not blank without moving a figure."""
    return [
        f"{record.__name__}.{name}"
        for name in personal_fields(record)
        if fields_of(record)[name].required or name in known_by | looked_at
    ]


def test_a_personal_column_can_be_blanked_and_no_figure_moves():
    faults = []
    for source, record in RECORDS.items():
        known = identity_of(record)
        known_by = {*known.key, *known.located_by, known.dated_by, "lad_code", "month"}
        faults += personal_faults(record, known_by, set(asked(source)))
    assert faults == []


class ToyRecord(Record):
    """One person of a toy partner."""

    person_name: Code = field("Who it was.", privacy=Privacy.PERSONAL)
    phone: Text = field("By which to call.", privacy=Privacy.PERSONAL, required=True)
    colour: Text = field("Of the toy.")


def test_a_personal_column_that_could_not_be_blanked_is_noticed():
    assert personal_fields(ToyRecord) == ("person_name", "phone")
    assert personal_faults(ToyRecord, set(), set()) == ["ToyRecord.phone"]
    assert personal_faults(ToyRecord, {"person_name"}, set()) == [
        "ToyRecord.person_name",
        "ToyRecord.phone",
    ]


def test_a_personal_text_is_stored_in_its_own_row_and_goes_with_its_cell():
    """A text that rows share would outlive them all."""
    assert not is_coded(fields_of(ToyRecord)["person_name"])
    assert is_coded(fields_of(RECORDS["police_crime"])["offence_code"])


def kind_fault(info: FieldInfo) -> str:  # noqa: PLR0911 - one return a rule
    """Say what in a field's name does not agree with its type, unit or list; "" for nothing."""
    name, dtype = info.name, info.dtype
    is_time = dtype.startswith("datetime")
    if is_time and name != "month" and not name.endswith(("_on", "_at")):
        return "a date ends in _on, a local date-time in _at"
    if name.endswith(("_on", "_at")) and not is_time:
        return "_on is a date and _at a local date-time"
    if (dtype == "boolean") != name.startswith(("is_", "has_")):
        return "a flag begins with is_ or has_"
    # The types of data.police.uk are kept by their labels, which are their codes.
    listed = info.codes not in ("", "street_crime_types") and dtype == "category"
    if listed and not name.endswith("_code"):
        return "what holds the codes of a list ends in _code"
    if name.endswith("_name") and (dtype != "category" or info.codes):
        return "_name is a text for people"
    if info.unit and not name.endswith(UNIT_ENDINGS.get(info.unit, ())):
        return f"its unit, {info.unit}, stands last"
    if not info.unit and name.endswith(("_m", "_pence", "_gbp", "_count")):
        return "its name has a unit that is not stated"
    if not re.fullmatch(r"[a-z]+(_[a-z]+)*", name):
        return "names are words in lower case"
    return ""


def test_names_of_fields_tell_their_kind():
    assert [f"{place}: {fault}" for place, i in FIELDS if (fault := kind_fault(i))] == []


def info(name: str, dtype: str, unit: str = "", codes: str = "") -> FieldInfo:
    return FieldInfo(name, dtype, "A.", unit, Privacy.PUBLIC, False, False, codes)


@pytest.mark.parametrize(
    "field",
    [
        info("called", "datetime64[ns]"),
        info("called_at", "str"),
        info("counted", "boolean"),
        info("is_counted", "category"),
        info("size", "category", codes="fly_tip_sizes"),
        info("ward_name", "Int64"),
        info("m_easting", "Int64", unit="metres"),
        info("easting_m", "Int64"),
        info("wardCode", "category"),
    ],
    ids=lambda i: i.name,
)
def test_a_name_that_does_not_tell_is_noticed(field: FieldInfo):
    assert kind_fault(field) != ""


def test_every_code_is_restricted_by_a_list_a_pattern_or_bounds():
    free = [
        f"{source}.{name}"
        for source, record in RECORDS.items()
        for name, column in schema_of(record).columns.items()
        if name.endswith("_code") and not column.checks and not fields_of(record)[name].derived
    ]
    assert free == []


def test_every_check_of_a_record_names_a_rule_that_rejects_or_warns_of_a_row():
    faults = [
        f"{source}: {check.error}"
        for source, record in RECORDS.items()
        for checks in (
            schema_of(record).checks,
            *(c.checks for c in schema_of(record).columns.values()),
        )
        for check in checks
        if check.error not in RULES or RULES[check.error].response not in ("reject row", "warn")
    ]
    assert faults == []


def columns_looked_at(record: type[Record]) -> dict[str, set[str]]:
    """Return for each rule across columns of a record the columns that its code names."""
    looked_at: dict[str, set[str]] = {}
    for node in ast.walk(ast.parse(Path(inspect.getfile(record)).read_text("utf-8"))):
        rules = [
            keyword.value.value
            for decorator in getattr(node, "decorator_list", [])
            if isinstance(decorator, ast.Call) and "dataframe_check" in ast.unparse(decorator.func)
            for keyword in decorator.keywords
            if keyword.arg == "error" and isinstance(keyword.value, ast.Constant)
        ]
        for rule in rules:
            looked_at[rule] = {
                name.value
                for name in ast.walk(node)
                if isinstance(name, ast.Constant) and name.value in fields_of(record)
            }
    return looked_at


def test_every_rule_across_columns_says_which_columns_it_looks_at():
    faults = []
    for source, record in RECORDS.items():
        stated, looked_at = identity_of(record).across, columns_looked_at(record)
        faults += [f"{source}: {rule} is not checked" for rule in stated.keys() - looked_at]
        for rule, columns in looked_at.items():
            derived = {name for name in columns if fields_of(record)[name].derived}
            unsaid = columns - derived - set(stated.get(rule, ()))
            faults += [f"{source}: {rule} looks at {name} too" for name in sorted(unsaid)]
        faults += [
            f"{source}: {rule} names no column {name}"
            for rule, columns in stated.items()
            for name in columns
            if name not in fields_of(record)
        ]
    assert faults == []


def test_every_pattern_states_its_own_end():
    open_ended = [
        f"{source}.{name}"
        for source, record in RECORDS.items()
        for name, column in schema_of(record).columns.items()
        for check in column.checks
        if check.name == "str_matches"
        and not re.compile(check.statistics["pattern"]).pattern.endswith("$")
    ]
    assert open_ended == []


# --- sources and layouts ----------------------------------------------------------------------


def test_every_record_has_its_source_and_every_source_its_record():
    assert {s.code: s.record for s in SOURCES} == RECORDS
    assert [s.code for s in SOURCES if not (s.partner and s.title and s.layouts)] == []
    assert len({place for place, _, _ in LAYOUTS}) == len(LAYOUTS)


def test_every_column_of_a_layout_is_a_field_of_the_record_once():
    faults = []
    for place, source, layout in LAYOUTS:
        named = [column.field for column in layout.columns]
        faults += [f"{place}: no field {f}" for f in named if f not in fields_of(source.record)]
        faults += [f"{place}: {f} stands twice" for f in set(named) if named.count(f) > 1]
    assert faults == []


def test_every_field_that_a_row_needs_is_in_every_layout():
    faults = [
        f"{place}: no column for {name}"
        for place, source, layout in LAYOUTS
        for name, info in fields_of(source.record).items()
        if info.required and not info.derived and name not in {c.field for c in layout.columns}
    ]
    assert faults == []


def test_what_a_layout_does_not_bring_may_be_null_or_is_derived():
    # The column that dates a row must be read from the file: months are counted before all else,
    # unless the file's name must state them.
    faults = [
        place
        for place, source, layout in LAYOUTS
        if not layout.must_name_months
        and identity_of(source.record).dated_by not in {c.field for c in layout.columns}
    ]
    assert faults == []


def named(column: Column) -> list[str]:
    return [clean(name) for name in (*column.headers, *column.other_names)]


def test_headings_are_unique_after_cleaning():
    # One heading may bring two fields (a masked coordinate and its precision); two headings or
    # other names that clean to the same text could not be told apart.
    faults = []
    for place, _, layout in LAYOUTS:
        declared: dict[str, str] = {}
        for column in layout.columns:
            for name in (*column.headers, *column.other_names):
                if declared.setdefault(clean(name), name) != name:
                    faults.append(f"{place}: '{name}' and '{declared[clean(name)]}' are the same")
        for column in layout.columns:
            others = {h for c in layout.columns if c is not column for h in named(c)}
            faults += [
                f"{place}: other name '{alias}' of {column.field} is taken"
                for alias in column.other_names
                if clean(alias) in others
            ]
            if len(set(named(column))) < len(named(column)):
                faults.append(f"{place}: {column.field} names a heading twice")
            if not all(named(column)):
                faults.append(f"{place}: {column.field} has a blank heading")
    assert faults == []


def test_what_is_left_out_is_never_read():
    faults = []
    for place, _, layout in LAYOUTS:
        read = {h for column in layout.columns for h in named(column)}
        left_out = [clean(h) for h in layout.left_out]
        faults += [f"{place}: '{h}' is read and left out" for h in left_out if h in read]
        faults += [f"{place}: '{h}' stands twice" for h in set(left_out) if left_out.count(h) > 1]
    assert faults == []


def test_parsers_bring_the_types_of_the_record_and_name_rules_that_reject_a_row():
    faults = []
    for place, source, layout in LAYOUTS:
        for column in layout.columns:
            wanted = fields_of(source.record)[column.field].dtype
            brought = column.parser.dtype
            if brought != {"string[pyarrow]": "str", "int64": "Int64"}.get(wanted, wanted):
                faults.append(f"{place}: {column.field} is {wanted}, its parser brings {brought}")
            rule = column.parser.rule
            if rule and RULES[rule].response != "reject row":
                faults.append(f"{place}: {column.field} cites {rule}")
            if bool(rule) != column.parser.can_refuse:
                faults.append(f"{place}: {column.field} can refuse without a rule")
    assert faults == []


def test_layouts_that_share_a_kind_of_file_can_be_told_apart():
    faults = []
    for place, _, layout in LAYOUTS:
        mine = {h for c in layout.columns if c.required for h in named(c)}
        for other_place, _, other in LAYOUTS:
            if layout is not other and set(layout.format.suffixes) & set(other.format.suffixes):
                theirs = {h for c in other.columns if c.required for h in named(c)}
                words = (layout.spoken_by, other.spoken_by)
                if all(words) and not set(words[0][1]) & set(words[1][1]):
                    continue  # told apart by what the first row says
                if mine <= theirs:
                    faults.append(f"a file of {other_place} fits {place}")
    assert faults == []
