"""Where rows say they lie: what is put right, what is left out of the row, and what is only told.

A doubtful place never costs the row its count in the district. Rows that a test does not show lie
in the middle of St Albans.
"""

import pytest
from support.desk import A, C, F, H, P, S, avon, cctv, fire, fly_tips, police, street
from support.post import Post, table

# --- coordinates ------------------------------------------------------------------------------


def test_metres_that_cannot_be_right_for_the_row_are_left_out_and_the_row_counts(post: Post):
    got = post.send(
        P,
        police("""
        Easting | Northing | District
        514000  | 207000   | St Albans
        0       | 0        | St Albans
        207000  | 514000   | St Albans
        -0.336  | 51.752   | St Albans
        414000  | 207000   | St Albans
        414000  | 207000   | Dacorum
        514000  | 999999   | Dacorum
        514000  |          | St Albans
        """),
    )
    assert got.rejected == []
    assert [i for i in got.issues if "area-outside" not in i] == [
        f"row {row}: location-doubtful" for row in (3, 4, 5, 6, 8)
    ]
    # Of a district whose bounds are not listed, only those of the country are known.
    assert got.shows("row easting_m northing_m") == table("""
        2 | 514000 | 207000
        3 | -      | -
        4 | -      | -
        5 | -      | -
        6 | -      | -
        7 | 414000 | 207000
        8 | -      | -
        9 | 514000 | -
    """)


@pytest.mark.parametrize(
    ("name", "write"), [(F, fly_tips), (H, fire), (A, avon)], ids=["fly-tips", "fire", "avon"]
)
def test_in_the_other_exports_with_metres(post: Post, name: str, write):
    x, y = ("X Coordinate", "Y Coordinate") if write is avon else ("Easting", "Northing")
    got = post.send(name, write(f"{x} | {y}\n0 | 0\n-0.3 | 51.7\n515000 | 207000"))
    assert got.issues == ["row 2: location-doubtful", "row 3: location-doubtful"]
    assert got.shows("row easting_m") == [["2", "-"], ["3", "-"], ["4", "515000"]]
    if write is avon:
        assert got.shows("location_precision_m") == [["-"], ["-"], ["1"]]


def test_degrees_that_cannot_be_right(post: Post):
    got = post.send(
        S,
        street("""
        Longitude | Latitude | LSOA code | LSOA name
        -0.336    | 51.752   | E01023728 | St Albans 014B
        0         | 0        | E01023728 | St Albans 014B
        51.752    | -0.336   | E01023728 | St Albans 014B
        514000    | 207000   | E01023728 | St Albans 014B
        -0.9      | 51.752   | E01023728 | St Albans 014B
        -0.9      | 51.752   | E01023310 | Dacorum 011C
        -8        | 55       | E01023310 | Dacorum 011C
        """),
    )
    assert got.rejected == []
    assert got.issues == [f"row {row}: location-doubtful" for row in (3, 4, 5, 6, 8)]
    assert got.shows("row longitude lad_code") == table("""
        2 | -0.336 | E07000240
        3 | -      | E07000240
        4 | -      | E07000240
        5 | -      | E07000240
        6 | -      | E07000240
        7 | -0.9   | E07000096
        8 | -      | E07000096
    """)


@pytest.mark.parametrize("block", [16 << 20, 5_000], indirect=True)
def test_coordinates_in_each_others_column_throughout_are_exchanged(block: int, post: Post):
    rows = "Easting | Northing\n" + "207000 | 514000\n" * 120 + "|\n"
    got = post.send(P, police(rows + "514000 | 207000\n"))
    assert got.file_issues == ["coordinates-exchanged"]
    assert got.issues == ["row 123: location-doubtful"]
    assert got.shows("easting_m northing_m")[0] == ["514000", "207000"]


def test_degrees_in_each_others_column_throughout(post: Post):
    got = post.send(S, street("Longitude | Latitude\n" + "51.752 | -0.336\n" * 3))
    assert (got.file_issues, got.issues) == (["coordinates-exchanged"], [])
    assert got.shows("longitude latitude")[0] == ["-0.336", "51.752"]


def test_a_county_file_is_judged_by_the_rows_that_can_tell(post: Post):
    """Exchanged, a place in Dacorum is still somewhere in the country: only St Albans can tell."""
    rows = "District | Easting | Northing\n"
    got = post.send(
        H, fire(rows + "Dacorum | 207000 | 505000\n" * 5 + "St Albans | 207000 | 514000\n" * 3)
    )
    assert got.file_issues == ["coordinates-exchanged"]
    assert got.shows("easting_m")[0] == ["505000"]
    got = post.send(H, fire(rows + "Dacorum | 207000 | 505000\n" * 5))
    assert (got.file_issues, got.issues) == ([], [])


def test_two_rows_are_not_throughout_and_neither_is_a_half(post: Post):
    got = post.send(P, police("Easting | Northing\n207000 | 514000\n207000 | 514000"))
    assert (got.file_issues, len(got.issues)) == ([], 2)
    rows = "207000 | 514000\n514000 | 207000\n" * 5
    got = post.send(P, police("Easting | Northing\n" + rows))
    assert (got.file_issues, len(got.issues)) == ([], 5)


def test_masked_coordinates(post: Post):
    """Avon masks as agreed. Elsewhere it is told, and kept where the record can say how coarse."""
    got = post.send(A, avon("X Coordinate | Y Coordinate\n376*** | 165***"))
    assert got.issues == []
    assert got.shows("easting_m location_precision_m") == table("376000 | 1000")
    told = ["row 2: easting_m coordinates-masked", "row 2: northing_m coordinates-masked"]
    got = post.send(H, fire("Easting | Northing\n514*** | 207***\n514000 | 207000"))
    assert got.issues == told
    assert got.shows("easting_m location_precision_m") == table("""
        514000 | 1000
        514000 | -
    """)
    got = post.send(P, police("Easting | Northing\n514*** | 207***"))
    assert (got.issues, got.shows("easting_m northing_m")) == (told, [["-", "-"]])


# --- small areas ------------------------------------------------------------------------------


def test_an_lsoa_that_was_redrawn(post: Post):
    dates = "Date Recorded | LSOA | Ward Code\n"
    got = post.send(P, police(dates + "14/04/2020 | E01023679 | E05009028"))
    assert got.issues == []  # it was right at the time
    got = post.send(
        "police-crime-2022-23-q1.csv",
        police(dates + "14/06/2022 | E01023679 | E05013966\n14/06/2022 | E01035566 | E05013966"),
    )
    assert got.issues == ["row 2: lsoa_code lsoa-former"]
    assert got.shows("lsoa_code") == [["E01023679"], ["E01035566"]]
    got = post.send(S, street("LSOA code | LSOA name\nE01023729 | St Albans 012D"))
    assert got.issues == ["row 2: lsoa_code lsoa-former"]


def test_an_lsoa_of_another_district(post: Post):
    got = post.send(
        P,
        police("""
        District  | LSOA
        St Albans | E01023310
        Dacorum   | E01023310
        St Albans | E0102331
        St Albans |
        """),
    )
    assert got.issues == [
        "row 2: lsoa_code lsoa-elsewhere",
        "row 3: lad_code area-outside",
        "row 4: lsoa_code text-malformed",
    ]


def test_a_ward_that_was_not_there_at_the_time(post: Post):
    """Ward names stay the same over a boundary change and mean other areas; codes tell."""
    got = post.send(
        "police-crime-2022-23-q1.csv",
        police("""
        Date Recorded | Ward Code | District
        04/05/2022    | E05004803 | St Albans
        05/05/2022    | E05004803 | St Albans
        05/05/2022    | E05013966 | St Albans
        04/05/2022    | E05013966 | St Albans
        05/05/2022    | E05004722 | St Albans
        05/05/2022    | E05004722 | Dacorum
        """),
    )
    assert got.rejected == []
    assert [i for i in got.issues if "area-outside" not in i] == [
        f"row {row}: ward_code ward-not-of-date" for row in (3, 5, 6)
    ]
    assert got.shows("row ward_code ward_name") == table("""
        2 | E05004803 | Verulam
        3 | -         | Verulam
        4 | E05013966 | Verulam
        5 | -         | Verulam
        6 | -         | Verulam
        7 | E05004722 | Verulam
    """)


@pytest.mark.parametrize(("name", "write"), [(P, police), (F, fly_tips), (H, fire)])
def test_a_ward_by_its_name_alone(post: Post, name: str, write):
    got = post.send(name, write("Ward Code | Ward\n | Verulam\n |\nE05009028 | Colney Heath"))
    assert got.issues == ["row 2: ward_code ward-by-name-only"]
    assert got.shows("ward_name ward_code") == table("""
        Verulam      | -
        -            | -
        Colney Heath | E05009028
    """)


def test_a_layout_that_has_no_ward_codes_is_not_asked_for_them(post: Post):
    assert post.send(A, avon("Ward\nABBEY")).issues == []


# --- codes and names in each other's column ---------------------------------------------------


def test_codes_and_names_are_put_where_they_belong(post: Post):
    got = post.send(
        P,
        police("""
        Ward Code | Ward
        Verulam   | E05004803
                  | E05004803
        Verulam   |
        E05004803 | E05004803
        E05004803 | Verulam
        """),
    )
    assert got.rejected == []
    assert got.shows("row ward_code ward_name") == table("""
        2 | E05004803 | Verulam
        3 | E05004803 | Verulam
        4 | -         | Verulam
        5 | E05004803 | Verulam
        6 | E05004803 | Verulam
    """)
    assert got.issues == [
        "row 2: ward_code code-in-name-column",
        "row 2: ward_name code-in-name-column",
        "row 3: ward_name code-in-name-column",
        "row 4: ward_code code-in-name-column",
        "row 4: ward_code ward-by-name-only",
        "row 5: ward_name code-in-name-column",
    ]


def test_an_lsoa_code_in_the_column_of_its_name_still_leads_to_the_district(post: Post):
    got = post.send(
        S,
        street("""
        LSOA code      | LSOA name
        E01023728      | E01023728
        St Albans 014B | E01023728
                       | E01023310
        """),
    )
    assert got.shows("row lad_code lsoa_code") == table("""
        2 | E07000240 | E01023728
        3 | E07000240 | E01023728
        4 | -         | E01023310
    """)
    assert [i.split()[-1] for i in got.issues] == ["code-in-name-column"] * 4


# --- districts --------------------------------------------------------------------------------


def test_a_former_code_of_the_district(post: Post):
    got = post.send(H, fire("District\nE07000100\ne07000104\nSt Albans"))
    assert got.issues == ["row 2: lad_code district-former", "row 3: lad_code district-former"]
    assert got.shows("lad_code") == table("""
        E07000240
        E07000241
        E07000240
    """)


def test_a_row_outside_the_area_that_its_file_is_about(post: Post):
    got = post.send(P, police("District\nDacorum\nSt Albans"))
    assert (got.issues, got.rejected) == (["row 2: lad_code area-outside"], [])
    got = post.send(H, fire("District\nDacorum\nBarnet"))
    assert got.issues == ["row 3: lad_code area-outside"]
    got = post.send(S, street("LSOA code | LSOA name\nE01000200 | Barnet 001C\n |"))
    assert got.issues == ["row 2: lad_code area-outside"]


def test_what_has_no_place_in_it_is_not_asked_for_one(post: Post):
    assert post.send(C, cctv("Camera\n7")).issues == []


def test_a_long_text_is_no_name_whatever_way_its_column_is_held(post: Post):
    """Found by the differential law: columns of categories were asked about longer texts."""
    got = post.send(P, police(f"Ward Code | Ward\n{'a' * 64} | Verulam\nE05009028 | Verulam"))
    assert got.issues == ["row 2: ward_code text-malformed"]
