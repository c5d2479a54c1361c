"""Personal data and formulas in columns that are kept: found, told by column, never quoted."""

import os
from pathlib import Path

import pandas as pd
import pytest
from support.desk import C, F, H, P, S, cctv, fire, fly_tips, police, street
from support.post import Post, table

from schemas.issues import Issue
from schemas.rules import RULES
from sources.personal import holds_personal

PERSONAL = [
    "ann.canary@example.org", "tel 01727 866100", "07700 900123", "+44 7700 900123",
    "(01727) 866100", "AL3 4XX", "home at al3 4jx", "AB12 CDE", "red Ford AB12CDE", "reg: K123",
    "VRM ABC 123D", "AB 12 34 56 C", "AB123456C", "DOB 1/1/80", "d.o.b. 01/01/80", "born 1980",
    "Mr Canary", "Mrs. Canary", "DR CANARY", "outside Ms Canary's house",
]  # fmt: skip
HARMLESS = [
    "On or near Doctor's Commons Road", "On or near St Albans Road", "On or near B651",
    "M25 J21A", "B651 The Ridgeway", "Verulam", "Camera 12", "Clock Tower", "North-2",
    "Harpenden North & Rural", "St Albans 014B", "Level 4, 3rd floor", "Block B4 1st floor",
    "Non Residential", "Register office", "Dr", "Car park (3)", "E01023728", "2020/04/00123",
    "41/12345/20", "005538-01072014", "a" * 64,
]  # fmt: skip


@pytest.mark.parametrize("text", PERSONAL)
def test_what_looks_like_personal_data(text: str):
    assert holds_personal(pd.Series([text], dtype="str")).tolist() == [True]


def test_what_does_not():
    found = holds_personal(pd.Series([*HARMLESS, None], dtype="str"))
    assert [text for text, is_found in zip(HARMLESS, found, strict=False) if is_found] == []


@pytest.mark.parametrize(
    ("name", "write", "heading", "field"),
    [
        (P, police, "Ward", "ward_name"),
        (S, street, "Location", "location_name"),
        (S, street, "Last outcome category", "last_outcome"),
        (C, cctv, "Camera", "camera_id"),
        (F, fly_tips, "Ward", "ward_name"),
        (H, fire, "Property Category", "property_category"),
    ],
)
def test_in_every_column_of_words_the_row_is_rejected(post: Post, name, write, heading, field):
    got = post.send(name, write(f"{heading}\nnext to Mrs Canary\nnowhere"))
    assert got.issues == [f"row 2: {field} personal-data"]
    assert got.rejected == [2]


def test_in_a_cell_that_cannot_be_read_it_is_told_beside_the_fault(post: Post):
    got = post.send(
        P,
        police("""
        Crime Reference | Date Recorded       | Ward Code
        41/1/20         | ann@example.org     | E05009028
        Mr A Canary     | 14/04/2020          | E05009028
        41/3/20         | 14/04/2020          | AL3 4XX
        41/4/20         | 14/04/2020          | E05009028
        """),
    )
    assert got.issues == [
        "row 2: recorded_on date-unreadable",
        "row 2: recorded_on personal-data",
        "row 3: crime_reference personal-data",
        "row 3: crime_reference text-malformed",
        "row 4: ward_code personal-data",
        "row 4: ward_code text-malformed",
    ]
    assert got.shows("row") == [["5"]]


def test_the_rule_calls_a_person_and_quotes_nothing():
    assert RULES["personal-data"].security
    issue = Issue("personal-data", 2, "Ward")
    assert issue.sentence == "'Ward' holds what looks like personal data."


def test_a_text_that_a_spreadsheet_would_run(post: Post):
    got = post.send(
        C,
        cctv("""
        Camera
        '=1+1
        '+A1
        '@sum
        '-Gate 4
        '-5
        '+44
        7
        """),
    )
    assert got.rejected == []
    assert got.issues == [f"row {row}: camera_id text-formula" for row in (2, 3, 4, 5)]
    assert got.shows("camera_id")[0] == ["=1+1"]


def test_a_formula_in_a_name_of_a_csv_file(post: Post):
    got = post.send(P, police('Ward\n=HYPERLINK("x")\nVerulam'))
    assert got.issues == ["row 2: ward_name text-formula"]
    assert got.shows("row ward_name") == table("""
        2 | =HYPERLINK("x")
        3 | Verulam
    """)


REAL = Path(os.environ.get("CSP_REALDATA") or "nowhere") / "police_street"


@pytest.mark.slow
@pytest.mark.skipif(not REAL.is_dir(), reason="CSP_REALDATA names no folder of real files")
def test_no_street_and_no_outcome_of_the_real_files_is_taken_for_personal_data():
    columns = ["Crime ID", "Location", "LSOA name", "Last outcome category", "Reported by"]
    found = {}
    for path in sorted(REAL.glob("*.csv.gz")):
        frame = pd.read_csv(path, dtype="str", usecols=columns)
        for name in columns:
            texts = pd.Series(frame[name].dropna().unique(), dtype="str")
            if count := int(holds_personal(texts).sum()):
                found[path.name, name] = count
    assert found == {}
