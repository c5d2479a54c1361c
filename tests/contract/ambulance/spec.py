"""The ambulance service's calls: what is accepted, rejected and derived."""

from support.files import complete, csv_bytes
from support.post import Post, table

USUAL = {
    "Call Number": "A{row}",
    "Date of Call": "14/04/2020",
    "Date of Arrival": "14/04/2020",
    "Reason": "Assault",
    "Police Present": "N",
    "Patient": "J. Canary",
}
Q1 = "ambulance-calls-2020-21-q1.csv"


def test_calls_are_counted_in_the_month_of_the_call(post: Post):
    got = post.send(
        Q1,
        csv_bytes(
            complete(
                """
                Date of Call | Date of Arrival | Reason
                30/04/2020   | 01/05/2020      | Knife
                14/05/2020   | 13/05/2020      | Assault
                soon         |                 | Assault
                """,
                USUAL,
            )
        ),
    )
    assert got.shows("row month reason_code lad_code") == table("""
        2 | 2020-04 | stabbing | E07000240
    """)
    assert got.issues == ["row 3: dates-disordered", "row 4: called_on date-unreadable"]
    assert "canary" not in got.accepted.to_csv().lower()
