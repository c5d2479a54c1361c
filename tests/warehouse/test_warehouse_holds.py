"""Holds: raised with the delivery, released by name for ever, replaced by a better file."""

from datetime import datetime

import pytest
from support.desk import Desk, avon, cctv, fire, fly_tips, police
from support.official import defra

from warehouse.holds import Release, ReleaseRefused, release
from warehouse.read import holds, rejected_rows

pytestmark = pytest.mark.slow  # each opens warehouses or reads big files

NOON = datetime(2020, 10, 1, 12)


def quarter(*rows_of_months: int, spoiled: int = 0, code: str = "45") -> bytes:
    """An extract with so many vehicle crimes in April, May and June; some dates unreadable."""
    lines, number = [], 0
    for month, rows in enumerate(rows_of_months, start=4):
        for _ in range(rows):
            number += 1
            day = "31.02.2020" if number <= spoiled else f"14/{month:02}/2020"
            lines.append(f"41/{number}/20 | {day} | {code}")
    return police("Crime Reference | Date Recorded | HO Code\n" + "\n".join(lines) + "\n")


def stand(desk: Desk) -> dict[str, str]:
    return {h.rule: h.span.label for h in holds(desk.engine) if h.stands}


def test_a_good_file_raises_no_hold(either: Desk):
    assert either.accept("police-crime-2020-21-q1.csv", quarter(12, 12, 12)).holds == ()
    assert holds(either.engine) == []


def test_a_missing_month_is_loaded_held_and_not_zero(either: Desk):
    """Fault 2: whether May was empty or is missing nobody knows yet, so it has no figure."""
    loaded = either.accept("police-crime-2020-21-q1.csv", quarter(12, 0, 12))
    assert [f.rule for f in loaded.holds] == ["months-missing"]
    assert stand(either) == {"months-missing": "May 2020"}
    assert either.months("all-crime") == {"2020-04": 12, "2020-06": 12}
    quarters = either.shows("csp_measure_quarter_v1", "measure_code months_present value mark")
    assert ["all-crime", "2", "-", "x"] in quarters
    release(either.engine, 1, Release("Ann Field", "Nothing was recorded in May.", NOON))
    assert either.months("all-crime") == {"2020-04": 12, "2020-05": 0, "2020-06": 12}


def test_figures_that_move_to_another_quarter_are_held_in_both(either: Desk):
    """Fault 4: a file that carries another quarter's references takes that quarter's rows away."""
    either.accept("police-crime-2020-21-q1.csv", quarter(20, 20, 20))
    moved = quarter(20, 20, 20).replace(b"/04/2020", b"/07/2020").replace(b"/05/", b"/08/")
    either.accept("police-crime-2020-21-q2.csv", moved.replace(b"/06/", b"/09/"))
    spans = {h.span.label for h in holds(either.engine) if h.rule == "history-moved"}
    assert spans == {"Apr to Jun 2020"}


def test_readers_see_that_figures_moved_to_another_quarter_are_held(either: Desk):
    """Fault 4: the quarter that lost its rows is not covered by the file that took them."""
    either.accept("police-crime-2020-21-q1.csv", quarter(20, 20, 20))
    moved = quarter(20, 20, 20).replace(b"/04/2020", b"/07/2020").replace(b"/05/", b"/08/")
    either.accept("police-crime-2020-21-q2.csv", moved.replace(b"/06/", b"/09/"))
    quarters = either.shows("csp_measure_quarter_v1", "measure_code quarter_code is_held")
    assert ["all-crime", "2020-21-Q1", "1"] in quarters
    for hold in holds(either.engine):
        release(either.engine, hold.id, Release("Ann Field", "The force confirmed it.", NOON))
    quarters = either.shows("csp_measure_quarter_v1", "measure_code quarter_code is_held")
    assert ["all-crime", "2020-21-Q1", "0"] in quarters


def test_a_hold_on_another_countys_file_is_none_on_ours(either: Desk):
    """Avon's doubtful month was said to be a doubtful month of ours."""
    rows = "".join(f"H/{n:05} | 2014-07-01 10:00\n" for n in range(20))
    either.accept(
        "hfrs-incidents-2014-15-q2.xlsx", fire(f"Incident Number | Date and Time of Call\n{rows}")
    )
    for hold in holds(either.engine):
        release(either.engine, hold.id, Release("Ann Field", "All of it was in July.", NOON))
    theirs = either.accept(
        "avon-incidents-july_2014.csv", avon("Time of Call\n" + "01:54:02\n" * 12 + "noon\n" * 12)
    )
    assert theirs.holds
    shown = either.shows("csp_measure_month_v1", "area_code month is_held")
    july = {(area, held) for area, month, held in shown if month == "2014-07"}
    assert {("E07000240", "0"), ("E10000015", "0"), ("E31000001", "1")} <= july
    assert ("E07000240", "1") not in july


def test_readers_see_which_figures_are_held(either: Desk):
    either.accept("police-crime-2020-21-q1.csv", quarter(12, 0, 12))
    shown = either.shows("csp_measure_month_v1", "measure_code month is_held")
    months = [(month, held) for code, month, held in shown if code == "all-crime"]
    assert sorted(months) == [("2020-04", "0"), ("2020-05", "1"), ("2020-06", "0")]
    quarters = either.shows("csp_measure_quarter_v1", "measure_code is_held")
    assert ["all-crime", "1"] in quarters


def test_a_suppressed_count_makes_its_sum_unknown(either: Desk):
    """Fault 23: "<5" arrests are not 0, and a sum over them is not known."""
    rows = "Log No | Start | End | Arrests\n"
    for number, day, arrests in ((1, "04-01", "<5"), (2, "05-01", "2"), (3, "04-02", "1")):
        rows += f"C/{number} | 2020-{day} 22:10 | 2020-{day} 22:30 | {arrests}\n"
    either.accept("cctv-log-april-may.xlsx", cctv(rows))
    assert either.months("cctv-arrests") == {"2020-05": 2}
    assert either.months("cctv-incidents") == {"2020-04": 2, "2020-05": 1}


def test_the_same_bytes_again_raise_nothing_more(either: Desk):
    content = quarter(12, 0, 12)
    either.accept("police-crime-2020-21-q1.csv", content)
    assert either.accept("police-crime-2020-21-q1.csv", content).is_known
    assert len(holds(either.engine)) == 1


def test_a_corrected_resend_replaces_the_hold_and_moves_no_history(either: Desk):
    either.accept("police-crime-2020-21-q1.csv", quarter(12, 0, 12))
    again = either.accept("police-crime-2020-21-q1 corrected.csv", quarter(12, 12, 12))
    assert [f.rule for f in again.holds] == []
    (hold,) = holds(either.engine)
    assert hold.is_replaced
    assert not hold.stands


def test_a_resend_that_moves_figures_that_were_good_is_held(either: Desk):
    either.accept("police-crime-2020-21-q1.csv", quarter(40, 40, 40))
    more = either.accept("police-crime-2020-21-q1 again.csv", quarter(40, 40, 60))
    (finding,) = more.holds
    assert finding.rule == "history-moved"
    assert finding.detail == ("Apr to Jun 2020: All crime 120 to 140; Vehicle offences 120 to 140")


def test_a_hold_that_a_later_file_answered_excuses_no_later_move(either: Desk):
    """May was missing, came, and moved: only the first of these may pass without a question."""
    either.accept("police-crime-2020-21-q1.csv", quarter(40, 0, 40))
    either.accept("police-crime-2020-21-q1 corrected.csv", quarter(40, 40, 40))
    moved = either.accept("police-crime-2020-21-q1 third.csv", quarter(40, 20, 40))
    assert {f.rule for f in moved.holds} >= {"history-moved"}


def test_references_that_vanish_are_held(either: Desk):
    either.accept("police-crime-2020-21-q1.csv", quarter(100, 100, 100))
    fewer = either.accept("police-crime-2020-21-q1 again.csv", quarter(100, 100, 80))
    assert {f.rule for f in fewer.holds} == {"keys-vanished", "history-moved"}
    assert {f.rule: f.detail for f in fewer.holds}["keys-vanished"] == "20 of 300 (6.7%)"


def test_a_reference_whose_content_changed_has_not_vanished(either: Desk):
    """Fault 6: a crime that is classified anew keeps its reference."""
    either.accept("police-crime-2020-21-q1.csv", quarter(100, 100, 100))
    anew = either.accept("police-crime-2020-21-q1 again.csv", quarter(100, 100, 100, code="34A"))
    assert {f.rule for f in anew.holds} == {"history-moved"}


def test_the_quarter_before_under_new_dates_is_held(either: Desk):
    either.accept("police-crime-2020-21-q1.csv", quarter(20, 20, 20))
    moved = quarter(20, 20, 20).replace(b"/04/2020", b"/07/2020").replace(b"/05/", b"/08/")
    again = either.accept("police-crime-2020-21-q2.csv", moved.replace(b"/06/", b"/09/"))
    assert "keys-of-other-period" in {f.rule for f in again.holds}


def test_too_many_rejected_rows_hold_and_name_no_value(either: Desk):
    loaded = either.accept("police-crime-2020-21-q1.csv", quarter(40, 40, 40, spoiled=3))
    assert [f.rule for f in loaded.holds] == ["rejected-share"]
    (hold,) = holds(either.engine)
    assert hold.detail == "3 of 120 rows (2.5%)"


def test_one_rejected_row_of_a_small_category_holds(either: Desk):
    rows = "Crime Reference | HO Code | Outcome Type\n"
    rows += "".join(f"41/{n}/20 | 45 | 1\n" for n in range(1, 200))
    rows += "41/300/20 | 34A | 1\n41/301/20 | 34A | x9\n"
    loaded = either.accept("police-crime-2020-21-q1.csv", police(rows))
    small = {f.rule: f.detail for f in loaded.holds}["rejected-in-small-category"]
    assert small == "Apr to Jun 2020: Robbery (1 accepted, 1 rejected)"


def test_references_that_conflict_count_towards_what_they_would_change(either: Desk):
    rows = "Crime Reference | HO Code\n"
    rows += "".join(f"41/{n}/20 | 45\n" for n in range(1, 200))
    rows += "41/300/20 | 34A\n41/300/20 | 34B\n"
    loaded = either.accept("police-crime-2020-21-q1.csv", police(rows))
    small = {f.rule: f.detail for f in loaded.holds}["rejected-in-small-category"]
    assert small == "Apr to Jun 2020: Robbery (0 accepted, 2 rejected)"


def test_the_official_figure_of_a_whole_year_holds_packs_of_the_year_alone(either: Desk):
    rows = (
        "Case Reference | Date Reported\n"
        + "".join(f"FT/{n} | 2020-{4 + n % 9:02}-01\n" for n in range(30))
        + "".join(f"FT/9{n} | 2021-0{1 + n % 3}-01\n" for n in range(9))
    )
    either.accept("defra.xlsx", defra("Total Incidents\n910"))
    either.accept("fly-tips-2020-21.ods", fly_tips(rows))
    held = {h.rule: h for h in holds(either.engine)}
    assert held["official-differs"].is_year_only
    assert held["official-differs"].span.label == "Apr 2020 to Mar 2021"
    shown = either.shows("csp_measure_month_v1", "measure_code is_held")
    assert ["fly-tips", "1"] not in shown


# --- release ------------------------------------------------------------------------------------


def test_a_release_is_recorded_with_name_and_reason(either: Desk):
    either.accept("police-crime-2020-21-q1.csv", quarter(12, 0, 12))
    release(either.engine, 1, Release("Ann Field", "Nothing was recorded in May.", NOON))
    (hold,) = holds(either.engine)
    assert (hold.released_by, hold.released_because) == (
        "Ann Field", "Nothing was recorded in May.",
    )  # fmt: skip
    assert not hold.stands
    assert ["all-crime", "1"] not in either.shows("csp_measure_month_v1", "measure_code is_held")


def test_a_release_stands_for_ever(either: Desk):
    either.accept("police-crime-2020-21-q1.csv", quarter(12, 0, 12))
    release(either.engine, 1, Release("Ann Field", "Confirmed.", NOON))
    with pytest.raises(ReleaseRefused) as refused:
        release(either.engine, 1, Release("Bob Hill", "No.", NOON))
    assert str(refused.value) == ("Hold 1 was released by Ann Field on 1 Oct 2020; that stands.")


def test_a_hold_that_is_not_there_cannot_be_released(either: Desk):
    with pytest.raises(ReleaseRefused, match="There is no hold 7; csp holds lists them"):
        release(either.engine, 7, Release("Ann Field", "Confirmed.", NOON))


# --- rejected rows ------------------------------------------------------------------------------


def test_rejected_rows_are_listed_until_a_corrected_file_replaces_them(either: Desk):
    either.accept("police-crime-2020-21-q1.csv", quarter(12, 12, 12, spoiled=2))
    lines = [(r.source_row, r.header, r.rule) for r in rejected_rows(either.engine)]
    assert lines == [
        (2, "Date Recorded", "date-unreadable"), (3, "Date Recorded", "date-unreadable"),
    ]  # fmt: skip
    either.accept("police-crime-2020-21-q1 corrected.csv", quarter(12, 12, 12))
    assert rejected_rows(either.engine) == []
    assert len(rejected_rows(either.engine, is_open=False)) == 2
