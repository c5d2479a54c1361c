"""Records that change their month, that conflict, or that are another area's, on both databases."""

from support.desk import COUNTY, DISTRICT, Desk, avon, fire, police, street
from support.loads import counts, versions
from support.post import table

Q1, Q2 = "police-crime-2020-21-q1.csv", "police-crime-2020-21-q2.csv"
APRIL, MAY = "2025-04-hertfordshire-street.csv", "2025-05-hertfordshire-street.csv"
JULY = "afrs_attended_incidents_july_2014.csv"


# --- a record that is dated anew --------------------------------------------------------------


def test_a_record_dated_anew_into_another_month_leaves_its_old_month(either: Desk):
    either.accept(
        Q1,
        police("""
        Crime Reference | HO Code | Date Recorded
        41/1/20         | 34A     | 30/06/2020
        41/2/20         | 34A     | 30/06/2020
        """),
    )
    later = either.accept(
        Q2,
        police("""
        Crime Reference | HO Code | Date Recorded
        41/1/20         | 34A     | 01/07/2020
        41/9/20         | 34A     | 01/09/2020
        """),
    )
    assert counts(later) == {"read": 2, "new": 1, "changed": 1, "superseded": 1}
    assert either.shows("csp_police_crime_v1", "crime_reference month") == table("""
        41/2/20 | 2020-06
        41/1/20 | 2020-07
        41/9/20 | 2020-09
    """)
    # Both months are counted again, the one that the file covers and the one that lost the record.
    for measure in ("robbery", "all-crime"):
        assert either.months(measure) == {
            "2020-04": 0, "2020-05": 0, "2020-06": 1, "2020-07": 1, "2020-08": 0, "2020-09": 1,
        }  # fmt: skip


def test_a_street_crime_id_in_two_months_is_two_records(desk: Desk):
    # data.police.uk gives an id anew; a month's file never reaches into another month.
    desk.accept(APRIL, street("Crime ID | Month | Crime type\na | 2025-04 | Robbery"))
    desk.accept(MAY, street("Crime ID | Month | Crime type\na | 2025-05 | Robbery"))
    assert desk.months("street-robbery") == {"2025-04": 1, "2025-05": 1}


# --- rows that only the whole file shows to be wrong ------------------------------------------


def test_references_that_conflict_are_taken_back_from_a_first_load(either: Desk):
    loaded = either.accept(
        Q1,
        police("""
        Crime Reference | HO Code
        41/1/20         | 28E
        41/2/20         | 34A
        41/1/20         | 45
        41/3/20         | 46
        41/3/20         | 46
        """),
    )
    assert counts(loaded) == {"read": 5, "rejected": 3, "new": 2}
    assert either.shows("csp_police_crime_v1", "source_row crime_reference") == table("""
        3 | 41/2/20
        5 | 41/3/20
    """)
    assert either.shows("csp_issue_v1", "source_row rule") == table("""
        2 | key-conflict
        4 | key-conflict
        6 | row-repeated
    """)
    assert either.shows("csp_rejected_row_v1", "source_row") == [["2"], ["4"], ["6"]]
    assert either.months("all-crime")["2020-04"] == 2
    assert either.months("burglary-residential")["2020-04"] == 0


def test_references_that_conflict_in_a_resend_are_taken_back_and_their_old_row_goes(either: Desk):
    either.accept(Q1, police("Crime Reference | HO Code\n41/1/20 | 28E\n41/2/20 | 34A"))
    again = either.accept(
        Q1,
        police("""
        Crime Reference | HO Code
        41/2/20         | 34A
        41/1/20         | 28E
        41/1/20         | 45
        """),
    )
    # Row 3 was there before; it is rejected all the same: nobody can say which one is right.
    assert counts(again) == {
        "read": 3, "rejected": 2, "unchanged": 1, "vanished": 1, "superseded": 1,
    }  # fmt: skip
    assert either.shows("csp_police_crime_v1", "crime_reference") == [["41/2/20"]]
    assert either.months("burglary-residential")["2020-04"] == 0


def test_a_repeated_row_in_a_resend_leaves_the_one_that_was_there(either: Desk):
    either.accept(Q1, police("Crime Reference | HO Code\n41/1/20 | 28E"))
    again = either.accept(Q1, police("Crime Reference | HO Code\n41/1/20 | 28E\n41/1/20 | 28E"))
    assert counts(again) == {"read": 2, "rejected": 1, "unchanged": 1}
    assert versions(either, "fact_police_crime") == [(1, 2, None)]


def test_more_conflicts_than_one_statement_can_name(desk: Desk):
    rows = "".join(f"41/{n}/20 | {code}\n" for n in range(300) for code in ("28E", "45"))
    loaded = desk.accept(Q1, police(f"Crime Reference | HO Code\n{rows}41/9999/20 | 46"))
    assert counts(loaded) == {"read": 601, "rejected": 600, "new": 1}
    assert desk.count("rejected_row") == 600


# --- other areas ------------------------------------------------------------------------------


def test_another_countys_file_touches_nothing_of_ours(either: Desk):
    def july(count: int) -> bytes:
        rows = "".join(f"H/{n:05} | 2014-07-0{n} 10:00 | 1\n" for n in range(1, count + 1))
        return fire(f"Incident Number | Date and Time of Call | Casualties\n{rows}")

    either.accept("fire-incidents-july_2014-2014-15-q2.xlsx", july(2))
    ours = either.months("primary-fires"), either.months("fire-injuries", COUNTY)
    assert ours == (
        {"2014-07": 2, "2014-08": 0, "2014-09": 0}, {"2014-07": 2, "2014-08": 0, "2014-09": 0},
    )  # fmt: skip
    loaded = either.accept(JULY, avon("No. of injuries\n3\n1\n"))
    assert counts(loaded) == {"read": 2, "new": 2}
    assert (either.months("primary-fires"), either.months("fire-injuries", COUNTY)) == ours
    # And the other way round: a resend of ours replaces none of theirs.
    again = either.accept("fire-incidents-july_2014-2014-15-q2.xlsx", july(1))
    assert counts(again) == {"read": 1, "unchanged": 1, "vanished": 1, "superseded": 1}
    assert either.months("fire-injuries", "E31000001") == {"2014-07": 4}


def test_another_countys_file_makes_no_zeros_for_us(either: Desk):
    either.accept(JULY, avon("Day\n1\n"))
    assert either.months("primary-fires", DISTRICT) == {}
    assert either.months("primary-fires", COUNTY) == {}
    assert either.months("primary-fires", "E31000001") == {"2014-07": 1}


def test_the_same_reference_in_another_countys_file_is_another_record(desk: Desk):
    desk.accept("fire-incidents-2014-15-q1.xlsx", fire("""
        Incident Number | Date and Time of Call
        005532-01072014 | 2014-06-30 23:59
    """))  # fmt: skip
    loaded = desk.accept(JULY, avon("Incident Number\n005532-01072014\n"))
    assert loaded.superseded == 0
    assert desk.shows("csp_hfrs_incident_v1", "month lad_code") == table("""
        2014-06 | E07000240
        2014-07 | E06000022
    """)
    assert desk.months("primary-fires", COUNTY) == {"2014-04": 0, "2014-05": 0, "2014-06": 1}
