"""The Community Protection Team's cases, a CSV file of its case system: what is accepted and derived.

One row is one case; it carries the Home Office's typology and the police's type side by side. Where a
table shows only a few columns, the others hold what stands in `USUAL`.
"""
# ruff: noqa: E501 - the files are shown as they are

from support.files import complete, csv_bytes, lines
from support.post import Post, table

USUAL = {
    "Case Reference": "ASB/{row}",
    "Date Opened": "14/04/2020",
    "Reported By": "Resident",
    "Reported Through": "Telephone",
    "ASB Typology": "Acts directed at people",
    "Police ASB Type": "Personal",
    "Ward Code": "E05004803",
    "Ward": "Verulam",
    "LSOA": "E01023742",
    "Status": "Open",
    "Date Closed": "",
    "Tenure": "Council tenancy",
    "Went to Trial": "N",
}
Q1 = "asb-cases-2020-21-q1.csv"


def cases(rows: str) -> bytes:
    return csv_bytes(complete(rows, USUAL))


def test_an_export_as_the_case_system_writes_it(post: Post):
    got = post.send(
        Q1,
        lines("""
        Case Reference,Date Opened,Reported By,Reported Through,ASB Typology,Police ASB Type,Ward Code,Ward,LSOA,Status,Date Closed,Tenure,Went to Trial,Case Officer,Complainant Name,Complainant Telephone,Complainant Address,Alleged Perpetrator,Summary
        ASB/20/0001,01/04/2020,Member of the public,Phone,Disregard for community/personal wellbeing,ASB Nuisance,E05004803,Verulam,E01023742,Resolved,30/09/2020,Registered provider,N,A Canary,B Canary,07700 900123,1 Canary Close,C Canary,"Canary, again"
        ASB/20/0002,30/06/2020,Police,SafetyNet,Environmental damage,,,,,New,,Public place,Y,A Canary,B Canary,,,,
        """),
    )
    assert got.span.label == "Apr to Jun 2020"
    assert (got.read, got.issues, got.file_issues) == (2, [], [])
    assert got.shows("row month lad_code opened_on closed_on") == table("""
        2 | 2020-04 | E07000240 | 2020-04-01 | 2020-09-30
        3 | 2020-06 | E07000240 | 2020-06-30 | -
    """)
    # The two typologies stand side by side; neither is worked out from the other.
    assert got.shows("typology_code police_type_code status_code tenure_code") == table("""
        disregard_for_wellbeing | nuisance | closed | housing_association
        environmental_damage    | -        | open   | no_property
    """)
    assert got.shows("reported_by_code reported_through_code ward_code lsoa_code") == table("""
        resident | telephone      | E05004803 | E01023742
        police   | partner_system | -         | -
    """)
    assert got.shows("has_gone_to_trial") == [["no"], ["yes"]]
    assert "canary" not in got.accepted.to_csv().lower()
    assert "900123" not in got.accepted.to_csv()


def test_rows_that_are_rejected(post: Post):
    got = post.send(
        Q1,
        cases("""
        Date Opened | Date Closed | ASB Typology           | Police ASB Type | Status | Went to Trial | Tenure
        14/04/2020  | 13/04/2020  | Acts directed at people | Personal        | Closed | N             | Council
        14/04/2020  | 14/04/2020  | Acts directed at people | Personal        | Closed | N             | Council
        14/04/2020  |             | Noise                  | Noise           | Lost   | perhaps       | Castle
        14/04/2020  |             |                        | Personal        |        |               |
        01/07/2020  |             | Misuse of public space | Personal        | Open   | N             |
        April       |             | Misuse of public space | Personal        | Open   | N             |
        """),
    )
    assert got.issues == [
        "row 2: dates-disordered",  # closed on the day before it was opened
        "row 4: has_gone_to_trial word-unknown",
        "row 4: police_type_code word-unknown",
        "row 4: status_code word-unknown",
        "row 4: tenure_code word-unknown",
        "row 4: typology_code word-unknown",
        # A blank is no "N": whether a case went to trial must be said.
        "row 5: has_gone_to_trial value-missing",
        "row 5: status_code value-missing",
        "row 5: typology_code value-missing",
        "row 6: opened_on outside-months",
        "row 7: opened_on date-unreadable",
    ]
    assert got.shows("row opened_on closed_on") == table("3 | 2020-04-14 | 2020-04-14")


def test_a_type_of_the_police_is_no_typology_and_the_other_way_round(post: Post):
    got = post.send(
        Q1,
        cases("""
        ASB Typology           | Police ASB Type
        Nuisance               | Nuisance
        Misuse of public space | Misuse of public space
        Misuse of public space | Nuisance
        """),
    )
    assert got.issues == [
        "row 2: typology_code word-unknown",
        "row 3: police_type_code word-unknown",
    ]
    assert got.shows("row typology_code police_type_code") == table("""
        4 | misuse_of_public_space | nuisance
    """)


def test_a_case_that_stands_twice(post: Post):
    got = post.send(
        Q1,
        cases("""
        Case Reference | Status
        ASB/01         | Open
        ASB/02         | Open
        ASB/01         | New
        ASB/02         | Closed
        """),
    )
    assert got.issues == ["row 3: key-conflict", "row 4: row-repeated", "row 5: key-conflict"]
    assert got.shows("row case_reference status_code") == table("2 | ASB/01 | open")


def test_known_other_headings_and_a_missing_one(post: Post):
    head, row = complete("Status\nOpen", USUAL)
    other = {"Case Reference": "Case Ref", "Tenure": "Landlord", "LSOA": "LSOA Code"}
    got = post.send(Q1, csv_bytes([[other.get(h, h) for h in head], row]))
    assert got.file_issues == [
        "Case Ref: header-alias",
        "LSOA Code: header-alias",
        "Landlord: header-alias",
    ]
    gone = [h if h != "ASB Typology" else "Typology" for h in head]
    assert post.refused(Q1, csv_bytes([gone, row])) == ["ASB Typology: header-missing"]


def test_a_nil_return(post: Post):
    got = post.send("asb-cases-2020-21-q1-nil.csv", cases("Status"))
    assert (got.read, got.issues, got.span.label) == (0, [], "Apr to Jun 2020")
    assert post.refused(Q1, cases("Status")) == ["rows-none"]
