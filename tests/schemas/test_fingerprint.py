"""Fingerprints: by what a record is known again. They are stored, so they must never change."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.fingerprint import fingerprint
from schemas.records import RECORDS
from schemas.records.base import fields_of
from schemas.records.fly_tip import FlyTip
from schemas.records.police_crime import PoliceCrime
from schemas.records.street_crime import StreetCrime

POLICE = {
    "month": "2020-04-01", "lad_code": "E07000240", "crime_reference": "41/12345/20",
    "recorded_on": "2020-04-14", "committed_from_on": "2020-04-13", "committed_to_on": None,
    "offence_code": "28E", "offence_name": "Burglary - residential", "offence_group": "Burglary",
    "offence_subgroup": "Residential burglary", "report_row_code": "burglary-residential",
    "outcome_type_code": 18, "status_code": "recorded", "ward_code": None, "ward_name": "Verulam",
    "lsoa_code": "E01023728", "easting_m": 514000, "northing_m": None, "is_domestic_abuse": False,
    "is_hate_crime": True, "is_knife_crime": None, "is_alcohol_related": False,
    "is_cyber_crime": False, "is_counted": True,
}  # fmt: skip
STREET = {
    "month": "2025-04-01", "lad_code": None, "crime_id": "a" * 64, "reported_by": "Herts",
    "falls_within": "Herts", "longitude": -0.336421, "latitude": None, "location_name": "Hill St",
    "lsoa_code": None, "lsoa_name": None, "crime_type": "Burglary", "last_outcome": None,
}  # fmt: skip


def typed(rows: list[dict], record: type, index: list[int] | None = None) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=list(fields_of(record)), index=index, dtype=object)
    return frame.astype(
        {n: "Int64" if i.dtype == "int64" else i.dtype for n, i in fields_of(record).items()}
    )


def test_golden_values():
    # Stored rows are compared by these: if a library hashes otherwise from now on, every row would
    # look changed. Then the warehouse needs a migration, not this test a new number.
    police = fingerprint(typed([POLICE], PoliceCrime, [418]), PoliceCrime)
    street = fingerprint(typed([STREET, STREET | {"crime_id": None}], StreetCrime), StreetCrime)
    assert police.rows.tolist() == [418]
    assert (police.keys.tolist(), police.contents.tolist()) == (
        [8860564662894433450],
        [495349714916828065],
    )
    assert street.keys.tolist() == [4618062319239605025, 0]
    assert street.contents.tolist() == [2445013316539395106, 9060968626646076328]
    assert street.keyed.tolist() == [True, False]


def test_any_other_value_is_another_content_under_the_same_key():
    fields = fields_of(PoliceCrime)
    other = {
        column: "2019-01-01" if fields[column].dtype.startswith("datetime")
        else not value if fields[column].dtype == "boolean"
        else 7 if fields[column].dtype.lower() == "int64"
        else "Z"
        for column, value in POLICE.items() if column != "crime_reference"
    }  # fmt: skip
    changed = [POLICE | {column: value} for column, value in other.items()]
    prints = fingerprint(typed([POLICE, *changed], PoliceCrime), PoliceCrime)
    assert set(prints.keys) == {prints.keys[0]}
    alike = [c for c, content in zip(other, prints.contents[1:], strict=True)
             if content == prints.contents[0]]  # fmt: skip
    assert alike == []
    assert len(set(prints.contents)) == len(POLICE)


def test_another_reference_is_another_key():
    rows = [POLICE, POLICE | {"crime_reference": "41/12346/20"}]
    prints = fingerprint(typed(rows, PoliceCrime), PoliceCrime)
    assert prints.keys[0] != prints.keys[1]


def test_absent_differs_from_nought_and_from_false():
    rows = [POLICE | {"outcome_type_code": v, "is_hate_crime": f} for v, f in
            [(0, False), (None, False), (0, None), (None, None)]]  # fmt: skip
    assert len(set(fingerprint(typed(rows, PoliceCrime), PoliceCrime).contents)) == 4


def test_values_that_change_places_are_another_content():
    swapped = POLICE | {"committed_from_on": None, "committed_to_on": "2020-04-13"}
    prints = fingerprint(typed([POLICE, swapped], PoliceCrime), PoliceCrime)
    assert prints.contents[0] != prints.contents[1]


def test_a_row_without_a_key_of_its_own_is_known_by_its_content():
    rows = [STREET | {"crime_id": None}, STREET | {"crime_id": None}, STREET]
    prints = fingerprint(typed(rows, StreetCrime), StreetCrime)
    assert prints.keyed.tolist() == [False, False, True]
    assert prints.keys.tolist()[:2] == [0, 0]
    assert prints.contents[0] == prints.contents[1] != prints.contents[2]


@pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS)
def test_an_empty_frame_has_no_fingerprints(record: type):
    prints = fingerprint(typed([], record), record)
    assert [len(a) for a in (prints.rows, prints.keys, prints.contents, prints.keyed)] == [0] * 4


CASE = {
    "month": "2020-04-01", "lad_code": "E07000240", "case_reference": "FT/1",
    "reported_on": "2020-04-01", "land_type_code": "highway", "waste_type_code": "green",
    "status_code": "open", "size_code": None, "easting_m": 515000, "is_investigated": True,
}  # fmt: skip
cases = st.fixed_dictionaries(
    {
        "case_reference": st.sampled_from(["FT/1", "FT/2", "FT/3"]),
        "size_code": st.sampled_from([None, "single_item", "car_boot_or_less"]),
        "ward_name": st.sampled_from([None, "Verulam", "Clarence"]),
        "easting_m": st.sampled_from([None, 515000, 516000]),
        "is_investigated": st.sampled_from([None, True, False]),
    }
).map(lambda cells: CASE | cells)


@settings(max_examples=6)
@given(st.lists(cases, min_size=1, max_size=8), st.data())
def test_the_same_whatever_the_order_of_rows_and_categories_and_the_cut_of_chunks(rows, data):
    whole = typed(rows, FlyTip)
    prints = fingerprint(whole, FlyTip)
    order = data.draw(st.permutations(range(len(rows))))
    moved = fingerprint(whole.iloc[order], FlyTip)
    assert np.array_equal(moved.contents, prints.contents[order])
    assert np.array_equal(moved.keys, prints.keys[order])
    cut = data.draw(st.integers(0, len(rows)))
    parts = [fingerprint(typed(part, FlyTip), FlyTip) for part in (rows[:cut], rows[cut:])]
    assert np.array_equal(np.concatenate([p.contents for p in parts]), prints.contents)
    renamed = whole.assign(
        ward_name=whole["ward_name"].cat.set_categories(["Unused", "Verulam", "Clarence"]),
        size_code=whole["size_code"].cat.set_categories(["car_boot_or_less", "single_item"]),
    )
    assert np.array_equal(fingerprint(renamed, FlyTip).contents, prints.contents)
