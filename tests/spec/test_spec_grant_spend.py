"""Payments from grants, a CSV extract of the council's ledger: pounds in, whole pence out.

One row is one payment. Where a table shows only a few columns, the others hold what stands in
`USUAL`.
"""

from support.files import complete, csv_bytes, lines
from support.post import Post, table

from schemas.plausibility import judge_alone
from schemas.thresholds import Thresholds

USUAL = {
    "Payment Reference": "GR/{row}",
    "Payment Date": "15/04/2020",
    "Project": "Kicks programme",
    "Funder": "PCC",
    "Budget (£)": "15940.00",
    "Spend (£)": "1000.00",
}
Q1 = "grant-spend-2020-21-q1.csv"
LIMITS = Thresholds()


def payments(rows: str) -> bytes:
    return csv_bytes(complete(rows, USUAL))


def test_an_extract_as_the_ledger_writes_it(post: Post):
    got = post.send(
        Q1,
        lines("""
        Payment Reference,Payment Date,Project,Funder,Budget (£),Spend (£),Payee,Raised By
        GR/0001,01/04/2020,Premier League Kicks,PCC,15940.00,2277.14,A Canary,B Canary
        GR/0002,30/06/2020,Your Voice,Council,500,166.7,C Canary,B Canary
        """),
    )
    assert got.span.label == "Apr to Jun 2020"
    assert (got.read, got.issues, got.file_issues) == (2, [], [])
    assert got.shows("row month lad_code paid_on project_code funder_code") == table("""
        2 | 2020-04 | E07000240 | 2020-04-01 | kicks      | commissioner
        3 | 2020-06 | E07000240 | 2020-06-30 | your_voice | council
    """)
    assert got.shows("row budget_pence spend_pence") == table("""
        2 | 1594000 | 227714
        3 | 50000   | 16670
    """)
    assert "canary" not in got.accepted.to_csv().lower()


def test_an_amount_is_pounds_with_a_point_and_at_most_two_places(post: Post):
    got = post.send(
        Q1,
        payments("""
        Spend (£)
        £1,234.50
        £ 500
        0
        12,50
        1234.505
        -5
        about 100
        """),
    )
    assert got.issues == [
        "row 2: spend_pence number-with-commas",
        "row 5: spend_pence number-unreadable",  # a decimal comma could mean 12.50 or 1250
        "row 6: spend_pence number-unreadable",
        "row 7: spend_pence number-unreadable",
        "row 8: spend_pence number-unreadable",
    ]
    assert got.shows("row spend_pence") == table("""
        2 | 123450
        3 | 50000
        4 | 0
    """)


def test_a_payment_beyond_its_budget_is_counted_and_told(post: Post):
    got = post.send(
        Q1,
        payments("""
        Budget (£) | Spend (£)
        500        | 500.01
        500        | 500.00
                   | 500.00
        """),
    )
    assert got.issues == ["row 2: spend-over-budget"]
    assert got.shows("row budget_pence spend_pence") == table("""
        2 | 50000 | 50001
        3 | 50000 | 50000
        4 | -     | 50000
    """)


def of_the_whole(post: Post, rows: str) -> list[str]:
    """What a delivery shows of itself: rule and detail, as `csp check` tells it."""
    got = post.send(Q1, payments(rows))
    return [f"{f.rule}: {f.detail}" for f in judge_alone(got.closing.profile, got.span, LIMITS)]


def test_payments_of_one_grant_that_state_different_budgets(post: Post):
    assert of_the_whole(
        post,
        """
        Project    | Funder  | Budget (£)
        Kicks      | PCC     | 15940
        Kicks      | PCC     | 15490
        Kicks      | Council | 3000
        Kicks      | PCC     |
        Your Voice | Council | 1000
        Kicks      | PCC     | 15,940.00
        """,
    ) == [
        "budgets-differ: Kicks programme (Police and Crime Commissioner), Apr 2020 to Mar 2021: "
        "£15,940 in rows 2 and 7 and £15,490 in row 3"
    ]


def test_payments_that_come_to_more_than_was_granted(post: Post):
    """Each of them is within the budget; a rejected one and one that stands twice do not count."""
    rows = """
        Payment Reference | Project    | Funder  | Budget (£) | Spend (£)
        GR/1              | Your Voice | Council | 500        | 300
        GR/2              | Your Voice | Council | 500        | {}
        GR/2              | Your Voice | Council | 500        | {}
        GR/3              | Your Voice | Nobody  | 500        | 300
        """
    assert of_the_whole(post, rows.format("200.01", "200.01"))[-1] == (
        "budget-overspent: Your Voice Your Choice (District council), Apr 2020 to Mar 2021: "
        "£500.01 was paid, £500 was granted"
    )
    assert not any(
        told.startswith("budget") for told in of_the_whole(post, rows.format("200", "200"))
    )


def test_rows_that_are_rejected(post: Post):
    got = post.send(
        Q1,
        payments("""
        Payment Reference | Payment Date | Project | Funder      | Spend (£)
        GR/1              | 15/04/2020   | Kicks   | Council     | 1
        GR/2              | 01/07/2020   | Kicks   | Council     | 1
        GR/3              | 15/04/2020   | Judo    | Home Office | 1
        GR/4              | 15/04/2020   |         |             |
        gr 5              | 15/04/2020   | Kicks   | Council     | 1
        """),
    )
    assert got.issues == [
        "row 3: paid_on outside-months",
        "row 4: funder_code word-unknown",
        "row 4: project_code word-unknown",
        "row 5: funder_code value-missing",
        "row 5: project_code value-missing",
        "row 5: spend_pence value-missing",
        "row 6: payment_reference text-malformed",
    ]
    assert got.shows("row payment_reference") == table("2 | GR/1")


def test_a_payment_that_stands_twice(post: Post):
    got = post.send(
        Q1,
        payments("""
        Payment Reference | Spend (£)
        GR/01             | 1
        GR/02             | 1
        GR/01             | 1.00
        GR/02             | 2
        """),
    )
    assert got.issues == ["row 3: key-conflict", "row 4: row-repeated", "row 5: key-conflict"]
    assert got.shows("row payment_reference spend_pence") == table("2 | GR/01 | 100")


def test_a_quarter_in_which_nothing_was_paid(post: Post):
    got = post.send("grant-spend-2020-21-q1-nil.csv", payments("Project"))
    assert (got.read, got.issues, got.span.label) == (0, [], "Apr to Jun 2020")
