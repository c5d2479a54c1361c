"""Loading: what a delivery adds, keeps and replaces, on both databases.

A file is a full extract of the months that it covers: rows that are there already stay, rows that
are new are added, rows that the months had and the file has not are superseded, never deleted.
"""

from dataclasses import replace

import pytest
from sqlalchemy import text
from support.desk import COUNTY, DISTRICT, FORCE, Desk, cctv, fire, police, street
from support.loads import counts, versions
from support.post import table

from schemas.issues import LawBroken
from warehouse.deliveries import Parcel
from warehouse.load import load_delivery

Q1, Q2 = "police-crime-2020-21-q1.csv", "police-crime-2020-21-q2.csv"
APRIL, MAY = "2025-04-hertfordshire-street.csv", "2025-05-hertfordshire-street.csv"
JULY = "afrs_attended_incidents_july_2014.csv"


# --- a first load -----------------------------------------------------------------------------


def test_a_first_load_stores_the_accepted_rows_and_remembers_the_numbers_of_the_rejected(
    either: Desk,
):
    loaded = either.accept(
        Q1,
        police("""
        Crime Reference | Date Recorded | HO Code | Status    | Easting | DA
        41/1/20         | 14/04/2020    | 28E     | Recorded  | 514000  | Y
        41/2/20         | 30/06/2020    | 34A     | Cancelled | 514000  | N
        41/3/20         | 14/04/2020    | 45      | Recorded  | ca. 5   | N
        41/4/20         | 01/07/2020    | 45      | Recorded  | 514000  | N
        41/5/20         | 01/05/2020    | 999Z    | Recorded  | 514000  | N
        """),
    )
    assert counts(loaded) == {"read": 5, "rejected": 2, "new": 3}
    shown = "source_row crime_reference month offence_code report_row_code is_domestic_abuse"
    assert either.shows("csp_police_crime_v1", f"{shown} is_counted ward_name") == table("""
        2 | 41/1/20 | 2020-04 | 28E  | burglary-residential | yes | yes | Verulam
        3 | 41/2/20 | 2020-06 | 34A  | robbery              | no  | no  | Verulam
        6 | 41/5/20 | 2020-05 | 999Z | -                    | no  | yes | Verulam
    """)
    assert either.shows("csp_rejected_row_v1", "delivery_id source_row") == table("""
        1 | 4
        1 | 5
    """)
    assert either.shows("csp_issue_v1", "source_row field header rule response") == table("""
        4 | easting_m   | Easting       | number-unreadable | reject row
        5 | recorded_on | Date Recorded | outside-months    | reject row
        6 | -           | -             | offence-unmapped  | warn
    """)


def test_a_delivery_is_kept_with_all_that_is_known_of_it(either: Desk):
    content = police("HO Code\n45\n45\n")
    loaded = either.accept(Q1, content)
    stored = either.shows(
        "csp_delivery_v1",
        "id source layout extent file_name status first_month last_month rows_read rows_accepted "
        "rows_rejected rows_new rows_changed rows_unchanged rows_vanished rows_superseded",
    )
    assert stored == [
        ["1", "police_crime", "partnership extract", DISTRICT, Q1, "accepted", "2020-04-01",
         "2020-06-01", "2", "2", "0", "2", "0", "0", "0", "0"]
    ]  # fmt: skip
    ((sha256, size),) = either.shows("csp_delivery_v1", "sha256 size_bytes")
    archived = either.settings.archive / sha256[:2] / sha256
    assert archived.read_bytes() == content
    assert int(size) == len(content)
    assert (loaded.delivery_id, loaded.is_known) == (1, False)


def test_what_there_is_to_say_of_the_headings_is_kept_without_a_row(either: Desk):
    head, body = police("HO Code\n45\n").decode().splitlines()
    either.accept(Q1, f"{head},Suspect\n{body},Canary\n".encode())
    assert either.shows("csp_issue_v1", "source_row rule response header") == table("""
        - | column-undeclared | warn | column S
    """)


def test_a_nil_return_is_a_delivery_that_says_that_nothing_happened(either: Desk):
    loaded = either.accept("police-crime-2020-21-q1-nil.csv", police("HO Code"))
    assert counts(loaded) == {}
    assert either.months("all-crime") == {"2020-04": 0, "2020-05": 0, "2020-06": 0}
    assert either.months("other-crime") == {"2020-04": 0, "2020-05": 0, "2020-06": 0}


@pytest.mark.parametrize(
    ("first", "second", "covered"),
    [
        ("2020-21-q1", "2020-21-q2", 6),
        ("2020-21-q1", "2020-21", 12),
        ("2020-21-q4", "2020-21", 12),
    ],
)
def test_a_nil_return_of_other_months_is_no_repetition_though_its_bytes_are_the_same(
    desk: Desk, first, second, covered
):
    for period in (first, second):
        loaded = desk.accept(f"police-crime-{period}-nil.csv", police("HO Code"))
        assert not loaded.is_known
    assert list(desk.months("all-crime").values()) == [0] * covered


# --- the same again ---------------------------------------------------------------------------


def test_the_same_bytes_twice_change_nothing_whatever_they_are_called(either: Desk):
    content = street("Crime type\nAnti-social behaviour\n")
    first = either.accept(APRIL, content)
    before = either.content()
    second = either.accept(APRIL, content)
    third = either.accept(f"copy-of-{APRIL}", content)
    assert (first.is_known, second.is_known, third.is_known) == (False, True, True)
    assert (second.delivery_id, third.delivery_id) == (1, 1)
    assert counts(second) == counts(first)
    assert second.span == first.span
    assert either.content() == before


def test_the_same_rows_in_another_order_and_other_bytes_are_all_unchanged(either: Desk):
    either.accept(
        APRIL, street("Crime ID | Crime type\na | Robbery\nb | Drugs\n | Anti-social behaviour")
    )
    before = either.months("street-robbery"), versions(either, "fact_street_crime")
    again = either.accept(
        APRIL, street("Crime ID | Crime type\n | Anti-social behaviour\nb | Drugs\na | Robbery")
    )
    assert counts(again) == {"read": 3, "unchanged": 3}
    assert (either.months("street-robbery"), versions(either, "fact_street_crime")) == before


# --- a resend ---------------------------------------------------------------------------------


def test_a_resend_with_one_row_changed_one_gone_and_one_new(either: Desk):
    either.accept(
        Q1,
        police("""
        Crime Reference | HO Code | Date Recorded
        41/1/20         | 28E     | 14/04/2020
        41/2/20         | 34A     | 15/04/2020
        41/3/20         | 46      | 16/04/2020
        """),
    )
    again = either.accept(
        Q1,
        police("""
        Crime Reference | HO Code | Date Recorded
        41/1/20         | 28E     | 14/04/2020
        41/2/20         | 49      | 15/04/2020
        41/4/20         | 46      | 17/05/2020
        """),
    )
    assert counts(again) == {
        "read": 3, "new": 1, "changed": 1, "unchanged": 1, "vanished": 1, "superseded": 2,
    }  # fmt: skip
    assert either.shows("csp_police_crime_v1", "crime_reference offence_code month") == table("""
        41/1/20 | 28E | 2020-04
        41/2/20 | 49  | 2020-04
        41/4/20 | 46  | 2020-05
    """)
    # All versions are kept: who replaced what can be read off, and nothing was deleted.
    assert versions(either, "fact_police_crime") == [
        (1, 2, None), (1, 3, 2), (1, 4, 2), (2, 3, None), (2, 4, None),
    ]  # fmt: skip
    assert either.months("robbery") == {"2020-04": 0, "2020-05": 0, "2020-06": 0}
    assert either.months("theft-from-shop") == {"2020-04": 0, "2020-05": 1, "2020-06": 0}
    assert either.months("all-crime") == {"2020-04": 2, "2020-05": 1, "2020-06": 0}


def test_a_resend_of_one_month_leaves_the_others_alone(either: Desk):
    either.accept(APRIL, street("Crime ID | Month | Crime type\na | 2025-04 | Robbery"))
    either.accept(MAY, street("Crime ID | Month | Crime type\nb | 2025-05 | Robbery"))
    again = either.accept(APRIL, street("Crime ID | Month | Crime type\nc | 2025-04 | Drugs"))
    assert counts(again) == {"read": 1, "new": 1, "vanished": 1, "superseded": 1}
    assert either.months("street-robbery") == {"2025-04": 0, "2025-05": 1}
    assert either.months("street-drugs") == {"2025-04": 1, "2025-05": 0}


def test_five_identical_rows_then_four_supersede_one(either: Desk):
    alike = " | Anti-social behaviour\n"
    first = either.accept(APRIL, street("Crime ID | Crime type\n" + alike * 5))
    assert counts(first) == {"read": 5, "new": 5}
    fewer = either.accept(APRIL, street("Crime ID | Crime type\n" + alike * 4))
    assert counts(fewer) == {"read": 4, "unchanged": 4, "vanished": 1, "superseded": 1}
    assert either.months("street-anti-social-behaviour") == {"2025-04": 4}
    more = either.accept(APRIL, street("Crime ID | Crime type\n" + alike * 7))
    assert counts(more) == {"read": 7, "unchanged": 4, "new": 3}
    assert either.months("street-anti-social-behaviour") == {"2025-04": 7}


def test_a_row_that_went_and_came_back_is_stored_anew(either: Desk):
    for ids in ("a\nb", "a", "b\na"):
        either.accept(
            APRIL, street("Crime ID | Crime type\n" + ids.replace("\n", " | Drugs\n") + " | Drugs")
        )
    assert versions(either, "fact_street_crime") == [(1, 2, None), (1, 3, 2), (3, 2, None)]


def test_what_was_received_before_changes_nothing_even_when_it_has_been_replaced_since(
    either: Desk,
):
    # Otherwise an inbox that holds both files would change the warehouse at every run.
    wrong, right = (police(f"Crime Reference | HO Code\n41/1/20 | {c}") for c in ("28E", "34A"))
    either.accept(Q1, wrong)
    either.accept(Q1, right)
    before = either.content()
    again, latest = either.accept(Q1, wrong), either.accept(Q1, right)
    assert (again.delivery_id, again.is_known, again.is_replaced) == (1, True, True)
    assert (latest.delivery_id, latest.is_known, latest.is_replaced) == (2, True, False)
    assert either.content() == before


# --- laws -------------------------------------------------------------------------------------


def test_a_delivery_of_unknown_source_or_months_cannot_be_loaded(desk: Desk):
    parcel, gate = desk.opened(APRIL, street("Crime type\nDrugs"))
    before = desk.content()
    for lacking in ({"reach": None}, {"span": None}):
        incomplete = Parcel(**(vars(parcel) | lacking))
        with pytest.raises(LawBroken, match="source and months"):
            load_delivery(desk.engine, incomplete, gate.chunks(), gate.closing)
    assert desk.content() == before


def test_rows_that_are_neither_accepted_nor_rejected_stop_the_load(desk: Desk):
    parcel, gate = desk.opened(Q1, police("Crime Reference\n41/1/20\n41/2/20"))
    before = desk.content()

    def losing_a_row():
        for checked, prints in gate.chunks():
            object.__setattr__(checked, "read", checked.read + 1)
            yield checked, prints

    with pytest.raises(LawBroken, match="read 3 rows, but 2 accepted and 0 rejected"):
        load_delivery(desk.engine, parcel, losing_a_row(), gate.closing)
    assert desk.content() == before


def test_texts_are_numbered_once_and_shared_by_all_sources(either: Desk):
    either.accept(Q1, police("Ward | Status\nVerulam | Recorded\nClarence | Recorded"))
    either.accept("fire-incidents-2020-21-q1.xlsx", fire("Ward\nVerulam\nBatchwood"))
    either.accept("cctv-log-2020-21-q1.xlsx", cctv("Camera\nVerulam\n"))
    with either.engine.connect() as conn:
        texts = conn.execute(text("SELECT text, count(*) FROM term GROUP BY text")).all()
    assert all(times == 1 for _, times in texts)
    assert {"Verulam", "Clarence", "Batchwood", "recorded"} <= {word for word, _ in texts}
    assert either.shows("csp_hfrs_incident_v1", "ward_name") == [["Verulam"], ["Batchwood"]]
    assert either.shows("csp_cctv_log_v1", "camera_id") == [["Verulam"]]


def test_a_force_area_file_counts_rows_of_no_place_for_the_whole_area_only(either: Desk):
    either.accept(
        APRIL,
        street("""
        Crime ID | LSOA name      | LSOA code
        a        | St Albans 014B | E01023728
        b        | Dacorum 011C   | E01023310
        c        | Barnet 001C    | E01000200
        d        |                |
        """),
    )
    assert either.months("street-location-unknown", FORCE) == {"2025-04": 1}
    assert either.months("street-location-unknown", DISTRICT) == {}
    assert either.months("street-anti-social-behaviour", DISTRICT) == {"2025-04": 1}
    assert either.months("street-anti-social-behaviour", COUNTY) == {"2025-04": 2}


def test_a_file_in_several_chunks_is_loaded_like_one(desk: Desk):
    parcel, gate = desk.opened(
        APRIL, street("Crime ID | Crime type\na | Drugs\nb | Robbery\na | Robbery")
    )
    ((checked, prints),) = gate.chunks()

    def one_row_at_a_time():
        for place in range(len(checked.accepted)):
            here = slice(place, place + 1)
            yield (
                replace(
                    checked,
                    accepted=checked.accepted[here],
                    read=1,
                    issues=checked.issues[:0],
                ),
                type(prints)(*(part[here] for part in vars(prints).values())),
            )

    loaded = load_delivery(desk.engine, parcel, one_row_at_a_time(), gate.closing)
    assert counts(loaded) == {"read": 3, "rejected": 2, "new": 1}
    assert desk.shows("csp_street_crime_v1", "source_row crime_type") == table("3 | Robbery")
