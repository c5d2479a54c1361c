"""The Community Protection Team's actions, an Excel workbook: what is accepted, rejected, derived.

One row is one action; a case has many. The tables show cells as one types them into Excel. Where a
table shows only a few columns, the others hold what stands in `USUAL`.
"""
# ruff: noqa: E501 - the files are shown as they are

from support.files import complete, grid, xlsx_bytes
from support.post import Post, table

USUAL = {
    "Action Reference": "ACT/{row}",
    "Case Reference": "ASB/0001",
    "Case Opened": "2020-04-01",
    "Action Date": "2020-04-14",
    "Action": "Visit",
}
Q1 = "asb-actions-2020-21-q1.xlsx"


def actions(rows: str) -> bytes:
    return xlsx_bytes(complete(rows, USUAL))


def test_a_workbook_as_the_case_system_writes_it(post: Post):
    got = post.send(
        Q1,
        xlsx_bytes(
            grid("""
            Actions of the Community Protection Team
            Action Reference | Case Reference | Case Opened | Action Date | Action         | Officer  | Person Contacted | Contact Telephone | Notes
            ACT/0001         | ASB/0001       | 2019-12-30  | 2020-04-01  | Phone call     | A Canary | B Canary         | 07700 900123      | canary
            ACT/0002         | ASB/0001       | 2019-12-30  | 2020-06-30  | Warning letter | A Canary | B Canary         |                   |
            ACT/0003         |                |             | 2020-04-08  | MARAC          | A Canary |                  |                   | canary
            """),
        ),
    )
    assert got.span.label == "Apr to Jun 2020"
    assert (got.read, got.issues, got.file_issues) == (3, [], ["header-below"])
    # An action is counted on its own day; its case may have been opened in another year.
    assert got.shows("row month lad_code case_reference case_opened_on action_on") == table("""
        3 | 2020-04 | E07000240 | ASB/0001 | 2019-12-30 | 2020-04-01
        4 | 2020-06 | E07000240 | ASB/0001 | 2019-12-30 | 2020-06-30
        5 | 2020-04 | E07000240 | -        | -          | 2020-04-08
    """)
    assert got.shows("kind_code action_class_code") == table("""
        telephone_call  | investigation
        written_warning | enforcement
        marac_meeting   | marac
    """)
    assert "canary" not in got.accepted.to_csv().lower()
    assert "900123" not in got.accepted.to_csv()


def test_investigation_enforcement_and_what_is_neither(post: Post):
    got = post.send(
        Q1,
        actions("""
        Action
        Interview
        Home visit
        Mediation
        ABC
        CPN
        NOSP
        PSPO FPN
        Community trigger
        Children's Services
        Adult Care
        """),
    )
    assert got.issues == []
    assert got.shows("kind_code action_class_code") == table("""
        interview          | investigation
        visit              | investigation
        mediation          | enforcement
        abc                | enforcement
        cpn                | enforcement
        nosp               | enforcement
        pspo_fpn           | enforcement
        case_review        | enforcement
        childrens_services | safeguarding
        adult_care         | safeguarding
    """)


def test_rows_that_are_rejected(post: Post):
    got = post.send(
        Q1,
        actions("""
        Action Reference | Action     | Action Date | Case Opened
        ACT/1            | Visit      | 2020-04-01  | 2020-04-02
        ACT/2            | Visit      | 2020-04-02  | 2020-04-02
        ACT/3            | Sanction   | 2020-04-02  |
        ACT/4            |            | 2020-04-02  |
        ACT/5            | Visit      | 2020-07-01  |
        ACT/6            | Visit      | 'in April   |
        act 7            | Visit      | 2020-04-02  |
        """),
    )
    assert got.issues == [
        "row 2: dates-disordered",  # the visit on the day before the case was opened
        "row 4: kind_code word-unknown",
        "row 5: kind_code value-missing",
        "row 6: action_on outside-months",
        "row 7: action_on date-unreadable",
        "row 8: action_reference text-malformed",
    ]
    assert got.shows("row action_on case_opened_on") == table("3 | 2020-04-02 | 2020-04-02")


def test_an_action_that_names_no_case_is_counted_and_told_unless_it_is_a_marac_meeting(post: Post):
    got = post.send(
        Q1,
        actions("""
        Case Reference | Case Opened | Action
                       |             | Visit
                       |             | MARAC meeting attended
        ASB/0009       |             | Adult Care
        """),
    )
    assert got.issues == ["row 2: action-without-case"]
    assert got.shows("row case_reference") == table("""
        2 | -
        3 | -
        4 | ASB/0009
    """)


def test_an_action_that_stands_twice(post: Post):
    got = post.send(
        Q1,
        actions("""
        Action Reference | Action
        ACT/01           | Visit
        ACT/02           | Visit
        ACT/01           | Site visit
        ACT/02           | Interview
        """),
    )
    assert got.issues == ["row 3: key-conflict", "row 4: row-repeated", "row 5: key-conflict"]
    assert got.shows("row action_reference kind_code") == table("2 | ACT/01 | visit")


def test_a_nil_return(post: Post):
    got = post.send("asb-actions-2020-21-q1-nil.xlsx", actions("Action"))
    assert (got.read, got.issues, got.span.label) == (0, [], "Apr to Jun 2020")
