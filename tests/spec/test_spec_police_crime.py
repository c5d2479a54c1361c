"""The force's partnership extract: what is accepted, what is rejected, and what comes out of it.

Read it as a manual. Each test shows a file as the force would send it, and the rows and issues that
come out. Where only a few columns matter the table shows those; the others of the agreed layout
then hold what stands in `USUAL`, which has nothing wrong. Row numbers are those that Excel shows.
"""
# ruff: noqa: E501 - the files are shown as they are

from support.files import complete, csv_bytes, lines
from support.post import Post, table

USUAL = {
    "Crime Reference": "41/{row}/20",
    "Date Recorded": "14/04/2020",
    "Committed From": "13/04/2020",
    "Committed To": "14/04/2020",
    "HO Code": "45",
    "Outcome Type": "18",
    "Status": "Recorded",
    "District": "St Albans",
    "Ward Code": "E05009028",
    "Ward": "Verulam",
    "LSOA": "E01023728",
    "Easting": "514000",
    "Northing": "207000",
    "DA": "N",
    "Hate": "N",
    "Knife": "N",
    "Alcohol": "N",
    "Cyber": "N",
}
Q1 = "police-crime-2020-21-q1.csv"


def extract(rows: str) -> bytes:
    return csv_bytes(complete(rows, USUAL))


# --- what comes out ---------------------------------------------------------------------------


def test_an_extract_as_the_force_sends_it(post: Post):
    got = post.send(
        Q1,
        lines("""
        Crime Reference,Date Recorded,Time Recorded,Committed From,Committed To,HO Code,Offence,Outcome Type,Status,District,Ward Code,Ward,Beat,LSOA,Street,Postcode,Easting,Northing,DA,Hate,Knife,Alcohol,Cyber,MO Summary
        41/12345/20,14/04/2020,22:10,13/04/2020,14/04/2020,28E,Burglary residential,18,Recorded,St Albans,E05009028,Verulam,B1,E01023728,Hill Street,AL3 4XX,514000,207000,N,N,N,N,N,Forced the rear door of Mrs X
        41/12346/20,15/05/2020,09:00,15/05/2020,,8N,Assault,,Cancelled,E07000240,,,,,,,,,Y,,,X,,
        """),
    )
    assert got.span.label == "Apr to Jun 2020"
    assert (got.read, got.rejected, got.issues, got.file_issues) == (2, [], [], [])
    assert got.shows("row month lad_code offence_name report_row_code is_counted") == table("""
        2 | 2020-04 | E07000240 | Burglary - residential      | burglary-residential        | yes
        3 | 2020-05 | E07000240 | Assault with injury         | violence-against-the-person | no
    """)
    assert got.shows("crime_reference committed_to_on outcome_type_code ward_name easting_m") == (
        table("""
        41/12345/20 | 2020-04-14 | 18 | Verulam | 514000
        41/12346/20 | -          | -  | -       | -
        """)
    )


def test_what_can_identify_people_is_never_read(post: Post):
    rows = complete(
        "DA\nY",
        USUAL
        | {
            "Postcode": "AL3 4CANARY",
            "MO Summary": "Mrs Canary",
            "Victim": "Ann Canary",
            "Victim DOB": "canary",
        },
    )
    got = post.send(Q1, csv_bytes(rows))
    assert "canary" not in got.accepted.to_csv().lower()
    assert not {"Postcode", "MO Summary", "Victim"} & set(got.accepted.columns)
    # Columns that the layout knows pass in silence; others are named by letter, never by heading.
    assert got.file_issues == ["column U: column-undeclared", "column V: column-undeclared"]


def test_a_crime_counts_in_the_month_in_which_it_was_recorded_not_committed(post: Post):
    got = post.send(
        Q1,
        extract("""
        Date Recorded | Committed From | Committed To
        01/04/2020    | 01/01/1987     | 31/12/1989
        30/06/2020    | 30/06/2020     |
        30/06/2020    |                |
        """),
    )
    assert got.shows("row month recorded_on committed_from_on") == table("""
        2 | 2020-04 | 2020-04-01 | 1987-01-01
        3 | 2020-06 | 2020-06-30 | 2020-06-30
        4 | 2020-06 | 2020-06-30 | -
    """)


def test_cancelled_and_transferred_crimes_and_fraud_are_kept_but_not_counted(post: Post):
    got = post.send(
        Q1,
        extract("""
        Status      | HO Code
        Recorded    | 34B
        Cancelled   | 34B
        No crime    | 34B
        TRANSFERRED | 34B
        recorded    | NFIB9
        """),
    )
    assert got.rejected == []
    assert got.shows("row status_code report_row_code is_counted") == table("""
        2 | recorded    | robbery     | yes
        3 | cancelled   | robbery     | no
        4 | cancelled   | robbery     | no
        5 | transferred | robbery     | no
        6 | recorded    | not-counted | no
    """)


def test_domestic_abuse_is_a_flag_on_any_crime_written_in_many_ways(post: Post):
    got = post.send(
        Q1,
        extract("""
        DA    | HO Code
        Y     | 8N
        yes   | 58A
        1     | 46
        X     | 105A
        True  | 39
        N     | 8N
        No    | 8N
        0     | 8N
        FALSE | 8N
              | 8N
        DV    | 8N
        """),
    )
    assert got.shows("row is_domestic_abuse report_row_code") == table("""
        2  | yes | violence-against-the-person
        3  | yes | criminal-damage
        4  | yes | theft-from-shop
        5  | yes | violence-against-the-person
        6  | yes | theft-from-person
        7  | no  | violence-against-the-person
        8  | no  | violence-against-the-person
        9  | no  | violence-against-the-person
        10 | no  | violence-against-the-person
        11 | -   | violence-against-the-person
    """)
    assert got.issues == ["row 12: is_domestic_abuse word-unknown"]


def test_every_row_of_the_police_table_and_the_residual(post: Post):
    got = post.send(
        Q1,
        extract("""
        HO Code
        1
        28E
        30C
        45
        39
        34A
        58A
        92E
        46
        10D
        56A
        19C
        44
        """),
    )
    assert got.issues == []
    assert got.shows("offence_code report_row_code") == table("""
        1   | violence-against-the-person
        28E | burglary-residential
        30C | burglary-business-and-community
        45  | vehicle-offences
        39  | theft-from-person
        34A | robbery
        58A | criminal-damage
        92E | drug-offences
        46  | theft-from-shop
        10D | possession-of-weapons
        56A | -
        19C | -
        44  | -
    """)


def test_a_burglary_code_stands_for_burglary_only_while_it_is_valid(post: Post):
    # Home Office codes changed with the counting rules of April 2017 and of April 2023.
    got = post.send(
        "police-crime-spring-2017.csv",
        extract("""
        Date Recorded | Committed From | Committed To | HO Code
        31/03/2017    |                |              | 28A
        01/04/2017    |                |              | 28A
        31/03/2017    |                |              | 28E
        01/04/2017    |                |              | 28E
        """),
    )
    assert got.span.label == "Mar to Apr 2017"
    assert got.shows("row offence_name report_row_code is_counted") == table("""
        2 | Burglary in a dwelling | burglary-residential | yes
        3 | -                      | -                    | yes
        4 | -                      | -                    | yes
        5 | Burglary - residential | burglary-residential | yes
    """)
    assert got.issues == ["row 3: offence-unmapped", "row 4: offence-unmapped"]

    got = post.send(
        "police-crime-spring-2023.csv",
        extract("""
        Date Recorded | Committed From | Committed To | HO Code | Ward Code
        31/03/2023    |                |              | 28E     | E05013966
        01/04/2023    |                |              | 28E     | E05013966
        31/03/2023    |                |              | 28I     | E05013966
        01/04/2023    |                |              | 28I     | E05013966
        """),
    )
    assert got.shows("row offence_name report_row_code") == table("""
        2 | Burglary - residential         | burglary-residential
        3 | -                              | -
        4 | -                              | -
        5 | Residential burglary of a home | burglary-residential
    """)
    assert got.issues == ["row 3: offence-unmapped", "row 4: offence-unmapped"]


def test_a_code_that_is_on_no_list_is_warned_of_kept_and_counted(post: Post):
    got = post.send(
        Q1,
        extract("""
        HO Code | Status
        999Z    | Recorded
        999Z    | Cancelled
        """),
    )
    assert got.issues == ["row 2: offence-unmapped", "row 3: offence-unmapped"]
    assert got.rejected == []
    assert got.shows("row offence_code offence_name offence_group report_row_code is_counted") == (
        table("""
        2 | 999Z | - | - | - | yes
        3 | 999Z | - | - | - | no
        """)
    )


def test_a_district_by_name_or_code_comes_out_as_its_code_of_today(post: Post):
    got = post.send(
        Q1,
        extract("""
        District
        St Albans
        ST ALBANS
        E07000240
        E07000100
        e07000100
        Dacorum
        Camelot
        """),
    )
    assert got.shows("row lad_code") == table("""
        2 | E07000240
        3 | E07000240
        4 | E07000240
        5 | E07000240
        6 | E07000240
        7 | E07000096
    """)
    assert got.issues == [
        "row 5: lad_code district-former",
        "row 6: lad_code district-former",
        "row 7: lad_code area-outside",
        "row 8: lad_code district-unknown",
    ]
