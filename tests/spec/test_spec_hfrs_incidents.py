"""Fire and rescue incidents: Hertfordshire's workbook and Avon's published CSV.

Both are the national Incident Recording System in different clothes. Where a table shows only a few
columns, the others hold what stands in `USUAL` (Hertfordshire) or `AVON_USUAL`.
"""
# ruff: noqa: E501 - the files are shown as they are

import pytest
from support.files import complete, csv_bytes, grid, xlsx_bytes
from support.post import Post, table

from schemas.areas import ST_ALBANS
from sources.spec import extent_of

USUAL = {
    "Incident Number": "H/000{row}",
    "Date and Time of Call": "2020-04-01 22:10",
    "Incident Category": "Fire",
    "Fire Class": "Primary",
    "Motive": "Accidental",
    "Property Category": "Dwelling",
    "Fatalities": "0",
    "Casualties": "0",
    "Rescues": "0",
    "District": "St Albans",
    "Ward Code": "E05009028",
    "Ward": "Verulam",
    "Easting": "515000",
    "Northing": "207000",
}
AVON_USUAL = {
    "Day": "1",
    "Month": "July",
    "Year": "2014",
    "Time of Call": "01:54:02",
    "Incident Number": "00553{row}-01072014",
    "X Coordinate": "376***",
    "Y Coordinate": "165***",
    "Unitary Authority": "BANES",
    "Ward": "ABBEY",
    "Origin of Call": "Person (mobile)",
    "Incident Category": "Fire",
    "Property Category": "Dwelling",
    "Is Primary Fire": "yes",
    "Cause of Fire": "Accidental",
    "Is Fire Confined to Chimney?": "no",
    "No. of fatalities": "",
    "No. of fire fatalities": "",
    "No. of injuries": "",
    "No. of rescues": "",
}
Q1 = "fire-incidents-2020-21-q1.xlsx"
JULY = "afrs_attended_incidents_july_2014.csv"


def herts(rows: str) -> bytes:
    return xlsx_bytes(complete(rows, USUAL))


def avon(rows: str) -> bytes:
    return csv_bytes(complete(rows, AVON_USUAL), encoding="cp1252")


# --- Hertfordshire ----------------------------------------------------------------------------


def test_a_workbook_as_the_service_sends_it(post: Post):
    got = post.send(
        Q1,
        xlsx_bytes(
            grid("""
            Hertfordshire Fire and Rescue Service
            Incident Number | Date and Time of Call | Incident Category | Fire Class     | Motive     | Property Category | Fatalities | Casualties | Rescues | District  | Ward Code | Ward    | Easting | Northing | Address   | Officer in Charge
            H/0001          | 2020-04-01 22:10      | Fire              | Primary fire   | Deliberate | Dwelling          | 1          | 3          | 2       | St Albans | E05009028 | Verulam | 515000  | 207000   | 1 Canary  | WM Canary
            H/0002          | 2020-05-02 00:01      | False alarm       |                |            | Non Residential   | 0          | 0          | 0       | E07000240 |           |         |         |          | 2 Canary  | WM Canary
            H/0003          | 2020-06-30 23:59      | Fire              | Secondary fire | Not known  | Outdoor           |            |            |         | Dacorum   |           |         |         |          | 3 Canary  | WM Canary
            """),
        ),
    )
    assert got.span.label == "Apr to Jun 2020"
    assert (got.read, got.issues, got.file_issues) == (3, [], ["header-below"])
    assert got.shows("row month lad_code category_code fire_class_code motive_code") == table("""
        3 | 2020-04 | E07000240 | fire        | primary   | deliberate
        4 | 2020-05 | E07000240 | false_alarm | -         | -
        5 | 2020-06 | E07000096 | fire        | secondary | not_known
    """)
    # People are counted, not incidents; a blank is not a nought.
    assert got.shows("fatality_count injury_count rescue_count") == table("""
        1 | 3 | 2
        0 | 0 | 0
        - | - | -
    """)
    assert "canary" not in got.accepted.to_csv().lower()
    assert extent_of(got.found.layout, ST_ALBANS)[0].name == "Hertfordshire"


def test_rows_that_are_rejected(post: Post):
    got = post.send(
        Q1,
        herts("""
        Incident Number | Incident Category | Fire Class | Casualties | District  | Date and Time of Call
        H/0001          | Fire              |            | 0          | St Albans | 2020-04-01 22:10
        H/0002          | Flood             | Primary    | 1.5        | St Albans | 2020-04-01 22:10
        H/0003          | Special service   |            | -1         | Camelot   | 2020-04-01 22:10
        H/0004          | Fire              | Chimney    | 0          |           | 2020-04-01 22:10
        H/5             | Fire              | Chimney    | 1001       | St Albans | 2020-07-01 00:01
        H/0006          | Fire              | Chimney    | 0          | St Albans | 2020-04-01 22:10
        """),
    )
    assert got.issues == [
        "row 2: fire-without-class",
        "row 3: category_code word-unknown",
        "row 3: injury_count number-unreadable",
        "row 4: injury_count value-too-low",
        "row 4: lad_code district-unknown",
        "row 5: lad_code value-missing",
        "row 6: called_at outside-months",
        "row 6: incident_number text-malformed",
        "row 6: injury_count value-too-high",
    ]
    assert got.shows("row fire_class_code") == table("7 | chimney")


def test_a_fire_whose_class_cannot_be_read_has_one_fault(post: Post):
    got = post.send(Q1, herts("Fire Class\nTertiary\nPrimary"))
    assert got.issues == ["row 2: fire_class_code word-unknown"]


def test_a_quarter_without_a_single_fire(post: Post):
    got = post.send(Q1, herts("Incident Category | Fire Class | Motive\nFalse alarm | |"))
    assert got.shows("row category_code fire_class_code") == table("2 | false_alarm | -")


# --- Avon -------------------------------------------------------------------------------------


def test_avon_writes_the_date_in_parts_and_masks_its_coordinates(post: Post):
    got = post.send(
        JULY,
        avon("""
        Day | Time of Call | X Coordinate | Y Coordinate | Unitary Authority | No. of injuries
        1   | 01:54:02     | 376***       | 165***       | BANES             |
        31  | 23:59:59     | 358712       | 173555       | Bristol           | 2
        09  | 00:00:00     | 376***       | 165***       | S GLOS            | 0
        """),
    )
    assert (got.span.label, got.issues) == ("Jul 2014", [])
    # Avon leaves the numbers blank where it answers that nobody was involved.
    assert got.shows("row month called_at lad_code injury_count") == table("""
        2 | 2014-07 | 2014-07-01 01:54 | E06000022 | 0
        3 | 2014-07 | 2014-07-31 23:59 | E06000023 | 2
        4 | 2014-07 | 2014-07-09 00:00 | E06000025 | 0
    """)
    # The corner of the kilometre square, and how wide the square is.
    assert got.shows("easting_m northing_m location_precision_m") == table("""
        376000 | 165000 | 1000
        358712 | 173555 | 1
        376000 | 165000 | 1000
    """)
    area, districts = extent_of(got.found.layout, ST_ALBANS)
    assert area.name == "Avon Fire and Rescue Service"
    assert "E07000240" not in districts


def test_avon_gives_the_class_of_a_fire_in_two_answers_and_the_motive_in_more_words(post: Post):
    got = post.send(
        JULY,
        avon("""
        Incident Category | Is Primary Fire | Is Fire Confined to Chimney? | Cause of Fire
        Fire              | yes             | no                           | Accidental
        Fire              | yes             |                              | Deliberate – own property
        Fire              | no              |                              | Deliberate – unknown owner
        Fire              | No              | no                           | Not known
        Fire              | no              | yes                          | Deliberate – others property
        False Alarm       |                 |                              |
        Fire              |                 |                              | Accidental
        Fire              | yes             | yes                          | Arson
        """),
    )
    assert got.shows("row category_code fire_class_code motive_code") == table("""
        2 | fire        | primary   | accidental
        3 | fire        | primary   | deliberate
        4 | fire        | secondary | deliberate
        5 | fire        | secondary | not_known
        6 | fire        | chimney   | deliberate
        7 | false_alarm | -         | -
    """)
    assert got.issues == [
        "row 8: fire-without-class",
        "row 9: fire_class_code word-unknown",
        "row 9: motive_code word-unknown",
    ]
    assert got.rejected == [8, 9]


def test_avon_rows_that_are_rejected(post: Post):
    got = post.send(
        JULY,
        avon("""
        Incident Number | Day | Month | Time of Call | X Coordinate | Unitary Authority
        0001-01072014   | 32  | July  | 01:54:02     | 376***       | BANES
        0002-01072014   | 1   | 7     | 01:54:02     | 376***       | BANES
        0003-01072014   | 1   | July  | 01:54        | 376***       | BANES
        0004-01072014   | 1   | July  | 01:54:02     | 3761**       | BANES
        0005-01072014   | 1   | July  | 01:54:02     | 376***       | BATH
        0006-01072014   | 1   | June  | 01:54:02     | 376***       | BANES
        0007-01072014   | 1   | July  | 01:54:02     | 376***       | BANES
        """),
    )
    assert got.rejected == [2, 3, 4, 5, 6, 7]
    assert got.issues == [
        "row 2: called_at time-unreadable",
        "row 3: called_at time-unreadable",
        "row 4: called_at time-unreadable",
        "row 5: easting_m number-unreadable",
        "row 5: location_precision_m number-unreadable",
        "row 6: lad_code word-unknown",
        "row 7: called_at outside-months",
    ]


@pytest.mark.parametrize("chimney", ["yes", "no"])
def test_an_answer_that_was_not_given_is_not_taken_from_its_neighbour(post: Post, chimney: str):
    got = post.send(
        JULY,
        avon(f"""
        Is Primary Fire | Is Fire Confined to Chimney?
        yes             | no
                        | {chimney}
        """),
    )
    assert got.shows("row fire_class_code")[1:] == []
    assert got.rejected == [3]
