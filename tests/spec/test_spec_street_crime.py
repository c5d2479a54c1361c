"""Street-level crime as data.police.uk publishes it: what is accepted, rejected and derived.

Known to the month, at anonymised points. Anti-social behaviour has no id and is full of rows that
are alike; a third of it would be lost if they were taken for duplicates. Where a table shows only a
few columns, the others hold what stands in `USUAL`.
"""
# ruff: noqa: E501 - the files are shown as they are

from support.files import complete, csv_bytes, gz, lines, put, zip_bytes
from support.post import Post, check, table

from schemas.areas import ST_ALBANS
from sources.inbox import Delivery, LeftOut, recognise, take
from sources.partners import SOURCES

HERTS, BTP = "Hertfordshire Constabulary", "British Transport Police"
USUAL = {
    "Crime ID": "",
    "Month": "2025-04",
    "Reported by": HERTS,
    "Falls within": HERTS,
    "Longitude": "-0.336",
    "Latitude": "51.752",
    "Location": "On or near Hill Street",
    "LSOA code": "E01023728",
    "LSOA name": "St Albans 014B",
    "Crime type": "Anti-social behaviour",
    "Last outcome category": "",
    "Context": "",
}
APRIL = "2025-04-hertfordshire-street.csv"
ID = {letter: letter * 64 for letter in "abcdef"}


def street(rows: str) -> bytes:
    """Complete rows to the agreed layout; a letter alone stands for an id of 64 such letters."""
    head, *body = complete(rows, USUAL)
    return csv_bytes([head, *([ID.get(row[0], row[0]), *row[1:]] for row in body)])


def test_a_file_as_it_is_published(post: Post):
    got = post.send(
        APRIL,
        lines(f"""
        Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,Last outcome category,Context
        {ID["a"]},2025-04,{HERTS},{HERTS},-0.336421,51.752100,On or near Hill Street,E01023728,St Albans 014B,Burglary,Under investigation,
        ,2025-04,{HERTS},{HERTS},-0.470000,51.750000,On or near Parking Area,E01023310,Dacorum 011C,Anti-social behaviour,,
        """),
    )
    assert got.span.label == "Apr 2025"
    assert (got.read, got.issues, got.file_issues) == (2, [], [])
    assert got.shows("row month lad_code crime_type longitude last_outcome") == table("""
        2 | 2025-04 | E07000240 | Burglary              | -0.336421 | Under investigation
        3 | 2025-04 | E07000096 | Anti-social behaviour | -0.47     | -
    """)
    assert list(got.accepted["crime_id"].isna()) == [False, True]
    assert "Context" not in got.accepted.columns


def test_anti_social_behaviour_has_no_id_and_its_identical_rows_are_all_kept(post: Post):
    got = post.send(
        APRIL,
        street("""
        Crime ID | Crime type
                 | Anti-social behaviour
                 | Anti-social behaviour
                 | anti-social behaviour
        """),
    )
    assert got.issues == []
    assert got.shows("row crime_type") == table("""
        2 | Anti-social behaviour
        3 | Anti-social behaviour
        4 | Anti-social behaviour
    """)


def test_a_crime_without_an_id_is_rejected_unless_british_transport_police_recorded_it(post: Post):
    got = post.send(
        APRIL,
        street(f"""
        Crime ID | Reported by | Crime type
                 | {HERTS}     | Robbery
                 | {BTP}       | Robbery
                 | {BTP}       | Robbery
        a        | {HERTS}     | Robbery
        41/12/20 | {HERTS}     | Robbery
        """),
    )
    assert got.issues == ["row 2: crime-without-id", "row 6: crime_id text-malformed"]
    assert got.shows("row reported_by") == table(f"""
        3 | {BTP}
        4 | {BTP}
        5 | {HERTS}
    """)


def test_a_row_of_another_force_is_rejected(post: Post):
    got = post.send(
        APRIL,
        street(f"""
        Falls within | Reported by
        Essex Police | Essex Police
        {HERTS}      | Essex Police
        {HERTS}      | {HERTS}
        """),
    )
    assert got.issues == ["row 2: falls_within force-unexpected"]
    assert got.shows("row") == [["3"], ["4"]]


def test_a_file_of_another_force_is_refused_as_such(post: Post):
    """It said that no row could be accepted, which is true of any file with one fault throughout."""
    essex = "Essex Police | Essex Police\n" * 3
    assert post.refused(APRIL, street("Falls within | Reported by\n" + essex)) == ["force-other"]
    early = "Essex Police | Essex Police | 2025-03\n" + f"{HERTS} | {HERTS} | 2025-03\n"
    mixed = street("Falls within | Reported by | Month\n" + early)
    assert post.refused(APRIL, mixed) == ["nothing-accepted"]


def test_the_district_leads_the_name_of_the_lsoa(post: Post):
    got = post.send(
        APRIL,
        street("""
        LSOA code | LSOA name
        E01023728 | St Albans 014B
        E01024002 | Welwyn Hatfield 003A
        E01000200 | Barnet 001C
        W01001690 | Cardiff 032D
        E01099999 | Camelot 001A
        """),
    )
    # Rows of other areas are kept; which of them a figure counts is decided by their district.
    assert got.rejected == []
    assert got.issues == [
        "row 4: lad_code area-outside",
        "row 5: lad_code area-outside",
        "row 6: district-unmapped",
    ]
    assert got.shows("row lad_code") == table("""
        2 | E07000240
        3 | E07000241
        4 | E09000003
        5 | W06000015
        6 | -
    """)


def test_rows_without_a_location_are_kept_with_no_district(post: Post):
    unplaced = """
        Longitude | Latitude | Location    | LSOA code | LSOA name
                  |          | No Location |           |
        """
    got = post.send(
        APRIL, street(unplaced + "        -0.3 | 51.7 | Here | E01023728 | St Albans 014B")
    )
    assert got.issues == []
    assert got.shows("row lad_code lsoa_code longitude location_name") == table("""
        2 | -         | -         | -    | No Location
        3 | E07000240 | E01023728 | -0.3 | Here
    """)
    alone = post.send(APRIL, street(unplaced))
    assert alone.shows("row lad_code") == [["2", "-"]]


def test_cells_that_are_not_what_their_column_holds(post: Post):
    got = post.send(
        APRIL,
        street("""
        Crime ID | Month   | Longitude | Latitude | LSOA code | Crime type | Reported by
        a        | 2025-4  | -0.3      | 51.7     | E01023728 | Robbery    | Essex Police
        b        | 2025-04 | 51.7      | -0.3     | E01023728 | Robbery    | Essex Police
        c        | 2025-04 | 0,3       | 51.7     | E0102     | Fraud      | Essex Police
        d        | 2025-04 | -0.3      | 51.7     | E01023728 |            |
        e        | 2025-05 | -0.3      | 51.7     | E01023728 | Robbery    | Essex Police
        f        | 2025-04 | -0.3      | 51.7     | E01023728 | Robbery    | Essex Police
        """),
    )
    assert got.issues == [
        "row 2: month date-unreadable",
        "row 3: location-doubtful",
        "row 4: crime_type word-unknown",
        "row 4: longitude number-unreadable",
        "row 4: lsoa_code text-malformed",
        "row 5: crime_type value-missing",
        "row 5: reported_by value-missing",
        "row 6: month outside-months",
    ]
    # Coordinates that cannot be right cost the row its place, not its count.
    assert got.shows("row longitude") == [["3", "-"], ["7", "-0.3"]]


def test_a_repeated_id_is_counted_once_and_contradicting_rows_not_at_all(post: Post):
    got = post.send(
        APRIL,
        street("""
        Crime ID | Crime type | Last outcome category
        a        | Drugs      | Local resolution
        b        | Drugs      | Local resolution
        a        | Drugs      | Local resolution
        b        | Drugs      | Under investigation
        c        | Drugs      |
        """),
    )
    assert got.issues == ["row 3: key-conflict", "row 4: row-repeated", "row 5: key-conflict"]
    assert got.shows("row") == [["2"], ["6"]]


def test_an_id_that_stands_twice_in_different_districts_counts_in_neither(post: Post):
    """Real files of other months have such; which of the two is right, only the force can say."""
    got = post.send(
        APRIL,
        street("""
        Crime ID | LSOA code | LSOA name      | Longitude | Latitude
        a        | E01023728 | St Albans 014B | -0.336    | 51.752
        b        | E01023728 | St Albans 014B | -0.336    | 51.752
        a        | E01023310 | Dacorum 011C   | -0.47     | 51.75
        b        | E01023728 | St Albans 014B | -0.336    | 51.752
        """),
    )
    assert got.issues == ["row 2: key-conflict", "row 4: key-conflict", "row 5: row-repeated"]
    assert got.shows("row lad_code") == table("3 | E07000240")


def test_the_layout_of_2012_with_eastings_is_refused(post: Post):
    content = lines(f"""
        Month,Reported by,Falls within,Easting,Northing,Location,LSOA code,LSOA name,Crime type,Context
        2012-01,{HERTS},{HERTS},514000,207000,On or near Hill Street,E01023728,St Albans 014B,Burglary,
        """)
    assert post.refused("2012-01-hertfordshire-street.csv", content) == [
        "Crime ID: header-missing",
        "Longitude: header-missing",
        "Latitude: header-missing",
        "Last outcome category: header-missing",
    ]


def test_a_compressed_file_is_the_same_file(post: Post):
    got = post.send(APRIL + ".gz", gz(street("Location\nOn or near Hill Street\n")))
    assert (got.span.label, got.shows("row lad_code")) == ("Apr 2025", [["2", "E07000240"]])


MONTHLY = {
    "2025-04/": b"",
    "2025-04/2025-04-hertfordshire-street.csv": street("Month\n2025-04"),
    "2025-04/2025-04-hertfordshire-outcomes.csv": b"Crime ID,Month\n",
    "2025-04/2025-04-essex-street.csv": b"Crime ID,Month\n",
}


def test_of_the_monthly_archive_only_the_street_file_of_the_force_is_taken(post: Post):
    path = put(post.folder, "2025-04.zip", zip_bytes(MONTHLY))
    *left_out, ours = take(path, post.archive, SOURCES, ST_ALBANS)
    assert left_out == [
        LeftOut("2025-04.zip/2025-04/2025-04-essex-street.csv"),
        LeftOut("2025-04.zip/2025-04/2025-04-hertfordshire-outcomes.csv"),
    ]
    assert isinstance(ours, Delivery)
    assert ours.name == "2025-04.zip/2025-04/2025-04-hertfordshire-street.csv"
    got = check(recognise(ours, SOURCES))
    assert (got.span.label, got.shows("row month")) == ("Apr 2025", [["2", "2025-04"]])


def test_a_member_of_an_archive_covers_the_month_in_its_own_name(post: Post):
    path = put(post.folder, "2025-12.zip", zip_bytes(MONTHLY))
    *_, ours = take(path, post.archive, SOURCES, ST_ALBANS)
    assert isinstance(ours, Delivery)
    assert check(recognise(ours, SOURCES)).span.label == "Apr 2025"
