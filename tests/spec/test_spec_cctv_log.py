"""The council's CCTV control-room log, an Excel workbook: what is accepted, rejected and derived.

One row is one incident, not one log entry. The tables show cells as one types them into Excel:
2020-04-01 22:10 becomes a date-and-time cell, digits a number, a leading apostrophe makes text.
Where a table shows only a few columns, the others hold what stands in `USUAL`.
"""
# ruff: noqa: E501 - the files are shown as they are

from support.files import complete, grid, xlsx_bytes
from support.post import Post, table

USUAL = {
    "Log No": "C/{row}",
    "Start": "2020-04-01 22:10",
    "End": "2020-04-01 22:40",
    "Camera": "7",
    "Incident Type": "Drugs",
    "Reported By": "Police",
    "Police Called": "Y",
    "Arrests": "0",
    "Footage Reviewed": "N",
    "Discs Given to Police": "0",
}
Q1 = "cctv-log-2020-21-q1.xlsx"


def log(rows: str) -> bytes:
    return xlsx_bytes(complete(rows, USUAL))


def test_a_workbook_with_title_rows_personal_columns_and_a_second_sheet(post: Post):
    got = post.send(
        Q1,
        xlsx_bytes(
            grid("""
            CCTV control room: April to June 2020
            Printed     | 2020-07-02
            Log No      | Start            | End              | Camera | Incident Type | Reported By | Police Called | Arrests | Footage Reviewed | Discs Given to Police | Operator  | Narrative
            C/0001      | 2020-04-01 22:10 | 2020-04-02 01:30 | 7      | Shoplifting   | Shopwatch   | Y             | 2       | Y                | 3                     | J. Canary | Canary of 1 Hill St
            C/0002      | 2020-06-30 23:59 |                  | Clock Tower | Missing person | CCTV operator | N     |         |                  | 0                     | J. Canary | nil
            """),
            Notes=[["Reg", "Canary"]],
        ),
    )
    assert got.span.label == "Apr to Jun 2020"
    assert (got.read, got.issues) == (2, [])
    assert got.file_issues == ["header-below", "sheet-left-out"]
    # Row numbers count the title rows, as Excel does. An incident may cross midnight.
    assert got.shows("row month lad_code started_at ended_at") == table("""
        4 | 2020-04 | E07000240 | 2020-04-01 22:10 | 2020-04-02 01:30
        5 | 2020-06 | E07000240 | 2020-06-30 23:59 | -
    """)
    assert got.shows("incident_type_code reported_by_code camera_id is_police_called") == table("""
        theft_from_shop | shop_radio | 7           | yes
        missing_person  | proactive  | Clock Tower | no
    """)
    # Discs and arrests are counted apart from incidents.
    assert got.shows("arrest_count disc_count is_footage_reviewed") == table("""
        2 | 3 | yes
        - | 0 | -
    """)
    assert "canary" not in got.accepted.to_csv().lower()


def test_rows_that_are_rejected(post: Post):
    got = post.send(
        Q1,
        log("""
        Log No | Start             | End              | Incident Type | Arrests | Discs Given to Police | Reported By
        C/01   | 2020-04-01 22:10  | 2020-04-01 22:09 | Drugs         | 0       | 0                     | Police
        C/02   | 2020-04-01 22:10  |                  | Begging       | 0       | 0                     | Police
        C/03   | 2020-04-01 22:10  |                  | Drugs         | 2.5     | 0                     | Police
        C/04   | 2020-04-01 22:10  |                  | Drugs         | 101     | -1                    |
        c 05   | 2020-04-01 22:10  |                  | Drugs         | 0       | several               | Police
        C/06   | 2020-07-01 00:01  |                  | Drugs         | 0       | 0                     | Police
        C/07   | 2020-04-01 22:10  | 'about 23:00     | Drugs        | 0       | 0                     | Police
        C/08   | 2020-04-01 22:10  |                  |               | 0       | 0                     | Police
        C/09   | 2020-04-01 22:10  | 2020-04-01 22:10 | Drugs         | 0       | 0                     | Police
        """),
    )
    assert got.issues == [
        "row 2: dates-disordered",
        "row 3: incident_type_code word-unknown",
        "row 4: arrest_count number-unreadable",
        "row 5: arrest_count value-too-high",
        "row 5: disc_count value-too-low",
        "row 5: reported_by_code value-missing",
        "row 6: disc_count number-unreadable",
        "row 6: log_number text-malformed",
        "row 7: started_at outside-months",
        "row 8: ended_at time-unreadable",
        "row 9: incident_type_code value-missing",
    ]
    assert got.shows("row log_number") == table("10 | C/09")


def test_a_log_number_that_stands_twice(post: Post):
    got = post.send(
        Q1,
        log("""
        Log No | Arrests
        C/01   | 1
        C/02   | 1
        C/01   | 1
        C/02   | 2
        C/03   | 1
        """),
    )
    assert got.issues == ["row 3: key-conflict", "row 4: row-repeated", "row 5: key-conflict"]
    assert got.shows("row log_number") == table("""
        2 | C/01
        6 | C/03
    """)


def test_known_other_headings_and_a_missing_one(post: Post):
    head, row = complete("Arrests\n1", USUAL)
    other = {"Log No": "Log Number", "Camera": "Location"}
    got = post.send(Q1, xlsx_bytes([[other.get(h, h) for h in head], row]))
    assert got.file_issues == ["Log Number: header-alias", "Location: header-alias"]
    assert got.shows("log_number camera_id") == table("C/2 | 7")
    gone = [h if h != "Arrests" else "Arrested" for h in head]
    assert post.refused(Q1, xlsx_bytes([gone, row])) == ["Arrests: header-missing"]


def test_a_nil_return(post: Post):
    got = post.send("cctv-log-2020-21-q1-nil.xlsx", log("Arrests"))
    assert (got.read, got.issues, got.span.label) == (0, [], "Apr to Jun 2020")
    assert post.refused(Q1, log("Arrests")) == ["rows-none"]


def test_an_incident_that_started_at_midnight(post: Post):
    got = post.send(
        Q1,
        log("""
        Start            | End
        2020-04-01 00:01 | 2020-04-01 00:01
        2020-04-02 00:00 | 2020-04-03 00:00
        """),
    )
    assert got.shows("row started_at") == table("""
        2 | 2020-04-01 00:01
        3 | 2020-04-02 00:00
    """)
