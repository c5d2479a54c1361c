"""What is mended in a partner's cells, and told: signs for nothing, commas, spoilt references.

Each test shows the same fault in the exports in which it can occur. Columns that are not shown
hold what stands in `support.desk`, which has nothing wrong.
"""

from collections.abc import Callable

import pytest
from support.desk import avon, cctv, fire, fly_tips, police, street
from support.post import Post, table

P, S, C, F, H, A = (
    "police-crime-2020-21-q1.csv",
    "2025-04-hertfordshire-street.csv",
    "cctv-log-2020-21-q1.xlsx",
    "fly-tips-2020-21-q1.ods",
    "hfrs-incidents-2020-21-q1.xlsx",
    "afrs-july-2014.csv",
)
Write = Callable[[str], bytes]


# --- signs for a value that is not there ------------------------------------------------------


@pytest.mark.parametrize("sign", ["n/a", "N/A", "na", "-", "--", ":", "..", "NULL", "none",
                                  "Not known", "#N/A"])  # fmt: skip
def test_a_sign_for_nothing_is_a_blank_and_is_told(post: Post, sign: str):
    got = post.send(P, police(f"Outcome Type | Committed To\n{sign} | {sign}"))
    assert got.rejected == []
    assert got.shows("outcome_type_code committed_to_on") == table("- | -")
    assert got.issues == [
        "row 2: committed_to_on token-absent",
        "row 2: outcome_type_code token-absent",
    ]


@pytest.mark.parametrize(
    ("name", "write", "heading", "field"),
    [
        (P, police, "LSOA", "lsoa_code"),
        (P, police, "DA", "is_domestic_abuse"),
        (S, street, "Longitude", "longitude"),
        (S, street, "Last outcome category", "last_outcome"),
        (C, cctv, "End", "ended_at"),
        (C, cctv, "Arrests", "arrest_count"),
        (F, fly_tips, "Size", "size_code"),
        (F, fly_tips, "Clearance Cost (£)", "clearance_cost_pence"),
        (H, fire, "Casualties", "injury_count"),
        (A, avon, "X Coordinate", "easting_m"),
    ],
)
def test_in_every_export(post: Post, name: str, write: Write, heading: str, field: str):
    got = post.send(name, write(f"{heading}\nn/a"))
    assert (got.rejected, got.shows(field)) == ([], [["-"]])
    assert f"row 2: {field} token-absent" in got.issues


def test_a_blank_in_a_column_that_must_be_filled_rejects_the_row(post: Post):
    got = post.send(P, police("Status\nn/a\nRecorded"))
    assert got.issues == ["row 2: status_code token-absent", "row 2: status_code value-missing"]
    assert got.rejected == [2]


def test_a_word_that_means_something_in_its_column_is_left_alone(post: Post):
    # "Not known" is a motive of the national list; "None" may be what a property is called.
    got = post.send(H, fire("Motive | Property Category\nNot known | None"))
    assert got.issues == []
    assert got.shows("motive_code property_category") == table("not_known | None")


def test_parts_of_a_value_that_were_not_given_are_no_signs(post: Post):
    # Avon asks whether a fire kept to its chimney of buildings only.
    got = post.send(A, avon("Is Primary Fire | Is Fire Confined to Chimney?\nyes |\n"))
    assert (got.issues, got.shows("fire_class_code")) == ([], [["primary"]])


# --- numbers ----------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["'<5", "'< 10", "'fewer than 5"])
def test_a_suppressed_count_is_not_known_and_is_no_nought(post: Post, text: str):
    got = post.send(C, cctv(f"Arrests | Discs Given to Police\n{text} | 1"))
    assert got.issues == ["row 2: arrest_count count-suppressed"]
    assert got.shows("arrest_count disc_count") == table("- | 1")


@pytest.mark.parametrize(
    ("name", "write", "heading", "field", "value"),
    [
        (P, police, "Easting", "easting_m", "514000"),
        (F, fly_tips, "Easting", "easting_m", "514000"),
        (F, fly_tips, "Clearance Cost (£)", "clearance_cost_pence", "51400000"),
        (H, fire, "Easting", "easting_m", "514000"),
    ],
)
def test_commas_between_thousands_are_taken_out(
    post: Post, *, name: str, write: Write, heading: str, field: str, value: str
):
    got = post.send(name, write(f"{heading}\n'514,000".replace("'", "" if name == P else "'")))
    assert got.issues == [f"row 2: {field} number-with-commas"]
    assert got.shows(field) == [[value]]


@pytest.mark.parametrize("text", ["'1,2", "'0,500", "'12,34", "'1,234,5"])
def test_a_comma_that_stands_elsewhere_is_no_thousands_comma(post: Post, text: str):
    got = post.send(C, cctv(f"Arrests\n{text}\n0"))
    assert got.issues == ["row 2: arrest_count number-unreadable"]


# --- references -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "write", "heading", "field", "sound"),
    [
        (P, police, "Crime Reference", "crime_reference", "41/12345/20"),
        (C, cctv, "Log No", "log_number", "C/0001"),
        (F, fly_tips, "Case Reference", "case_reference", "FT/0001"),
        (H, fire, "Incident Number", "incident_number", "H/0001"),
        (A, avon, "Incident Number", "incident_number", "005538-01072014"),
    ],
)
def test_a_reference_that_a_spreadsheet_spoilt(
    post: Post, *, name: str, write: Write, heading: str, field: str, sound: str
):
    got = post.send(
        name,
        write(
            f"""
        {heading}
        4.1E+12
        '2020-04-05
        05-Apr
        '5/4/2020
        a?
        {sound}
        """.replace("'", "'" if name in (C, F, H) else "")
        ),
    )
    assert got.issues == [
        f"row 2: {field} reference-scientific",
        f"row 3: {field} reference-as-date",
        f"row 4: {field} reference-as-date",
        f"row 5: {field} reference-as-date",
        f"row 6: {field} text-malformed",
    ]
    assert got.shows(f"row {field}") == [["7", sound]]


def test_a_reference_that_became_a_date_cell(post: Post):
    got = post.send(F, fly_tips("Case Reference\n2020-04-05\nFT/1"))
    assert got.issues == ["row 2: case_reference reference-as-date"]


def test_a_crime_id_in_scientific_notation(post: Post):
    got = post.send(S, street("Crime ID | Crime type\n4.1E+12 | Robbery\na | Robbery"))
    assert got.issues == ["row 2: crime_id reference-scientific"]
