"""Code lists are data: these tests read every list that the package holds."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from schemas import codes
from schemas.codes import CRIME_STATUSES, FOLDER, CodeList, offences, rows
from schemas.measures import MEASURES

LISTS = {name: value for name, value in vars(codes).items() if isinstance(value, CodeList)}
NO_LISTS = {"lsoa_wards",   # of another shape, tested for themselves
    "district_boxes", "districts", "forces", "lsoas", "offences", "official_figures", "wards",
    "stated_areas", "stated_measures",
}  # fmt: skip


def test_a_list_gives_labels_by_code_and_codes_by_word():
    assert dict(CRIME_STATUSES.labels) == {
        "recorded": "Recorded",
        "cancelled": "Cancelled",
        "transferred": "Transferred",
    }
    assert CRIME_STATUSES.words["no crime"] == "cancelled"
    assert CRIME_STATUSES.words["recorded"] == "recorded"


def test_every_file_is_declared_and_every_declared_list_has_a_file():
    files = {path.stem for path in FOLDER.glob("*.csv")} - NO_LISTS
    assert files == {code_list.name for code_list in LISTS.values()}


def test_all_lists_are_well_formed():
    faults = []
    for name, code_list in LISTS.items():
        codes_of = [row["code"] for row in rows(code_list.name)]
        if len(set(codes_of)) < len(codes_of):
            faults.append(f"{name}: a code stands twice")
        if "" in codes_of or "" in code_list.labels.values():
            faults.append(f"{name}: a code or label is blank")
        if len(set(code_list.labels.values())) < len(codes_of):
            faults.append(f"{name}: two codes have one label")
        said: dict[str, str] = {}
        for row in rows(code_list.name):
            for word in {row["code"], row["label"].lower(), *row["also"].lower().split("|")} - {""}:
                if said.setdefault(word, row["code"]) != row["code"]:
                    faults.append(f"{name}: '{word}' means {said[word]} and {row['code']}")
        if any(word != word.strip() for word in said):
            faults.append(f"{name}: a word begins or ends with a blank")
    assert faults == []


def test_an_offence_code_means_one_thing_at_a_time():
    faults = []
    for code, meanings in offences().items():
        for earlier, later in pairwise(meanings):
            if later.valid_from <= earlier.valid_to:
                faults.append(f"{code} means two things on {later.valid_from}")
        faults += [f"{code} ends before it begins" for m in meanings if m.valid_to < m.valid_from]
        faults += [
            f"{code} lacks a name or group"
            for m in meanings
            if not m.offence_name or not m.offence_group
        ]
    assert faults == []


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("28A", date(1900, 1, 1), date(2017, 3, 31)),
        ("28E", date(2017, 4, 1), date(2023, 3, 31)),
        ("28I", date(2023, 4, 1), date(9999, 12, 31)),
    ],
)
def test_the_burglary_codes_follow_each_other_without_gap(code: str, first: date, last: date):
    (meaning,) = offences()[code]
    assert (meaning.valid_from, meaning.valid_to) == (first, last)
    assert meaning.report_row == "burglary-residential"


def test_on_every_day_some_code_stands_for_residential_burglary():
    changes = {m.valid_from for ms in offences().values() for m in ms} - {date(1900, 1, 1)}
    days = [day for change in changes for day in (change - timedelta(days=1), change)]
    uncovered = [
        day
        for day in days
        for row in ("burglary-residential", "burglary-business-and-community")
        if not any(
            m.report_row == row and m.valid_from <= day <= m.valid_to
            for meanings in offences().values()
            for m in meanings
        )
    ]
    assert days
    assert uncovered == []


def test_every_report_row_of_an_offence_is_a_row_of_the_police_table():
    named = {m.report_row for meanings in offences().values() for m in meanings}
    police = {code for code, measure in MEASURES.items() if measure.source == "police_crime"}
    assert named - {"", "not-counted"} <= police
    assert {"", "not-counted"} <= named


def test_fraud_alone_is_not_counted():
    groups = {
        meaning.offence_group
        for meanings in offences().values()
        for meaning in meanings
        if meaning.report_row == "not-counted"
    }
    assert groups == {"Fraud offences"}
