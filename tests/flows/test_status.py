"""`csp status`: the same facts on the terminal, on the page, as JSON; and what needs a person."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from support.command import FINE, REJECTED, WRONG_USE, csp, words
from support.desk import Desk, S, police, street
from support.files import put
from support.official import defra
from support.page import read

from flows.clock import clock_at
from flows.publish import publish
from flows.settings import Settings
from flows.show_status import show_status
from flows.status import standing_now, status_of
from flows.status_page import write_page
from reports.standing import About, Export, Standing, Word
from schemas.period import Quarter
from warehouse.runs import FAILED, HELD, running

NOW = datetime(2020, 7, 20, 9, 30)
Q1, NAME = Quarter(2020, 1), "police-crime-2020-21-q1.csv"
FINE_ROWS = police("Date Recorded\n14/04/2020\n14/05/2020\n14/06/2020\n")
ONE_BAD = police("Date Recorded\n14/04/2020\nFarah Nobody\n14/06/2020\n")
UNKNOWN = b"Colour,Size\nred,4\n"


def at(desk: Desk, moment: datetime = NOW) -> Standing:
    return status_of(desk.engine, owed(desk), moment)


def owed(desk: Desk) -> Settings:
    """Settings of a partnership that is owed the quarter, whenever its first file came."""
    return desk.settings.model_copy(update={"expected_from": Q1.code})


def export(desk: Desk, moment: datetime = NOW, source: str = "police_crime") -> Export:
    (state,) = [q for q in at(desk, moment).quarters if q.quarter == Q1]
    return next(each for each in state.exports if each.source == source)


def abouts(standing: Standing) -> list[str]:
    return [need.about.value for need in standing.needs]


def test_who_begins_today_is_not_owed_the_years_before(desk: Desk):
    """The first watch of a new folder told of 28 overdue exports in one letter."""
    with clock_at(datetime(2020, 11, 20, 9)):
        desk.accept(NAME, FINE_ROWS)
    began = status_of(desk.engine, desk.settings, datetime(2020, 11, 20, 9))
    assert About.OVERDUE not in [need.about for need in began.needs]
    (first,) = (q for q in began.quarters if q.quarter == Q1)
    assert {e.word for e in first.exports if not e.months} == {Word.NOTHING}
    assert next(e for e in began.quarters[-1].exports if e.months == 0).shown == "due 31 Dec 2020"
    later = status_of(desk.engine, desk.settings, datetime(2021, 1, 4, 9))
    told = [need.what for need in later.needs if need.about is About.OVERDUE]
    assert told
    assert all("Jul to Sep 2020, due since 31 Dec 2020." in what for what in told)


def test_a_partnership_may_say_from_when_exports_are_expected(desk: Desk):
    desk.accept(NAME, FINE_ROWS)
    settings = desk.settings.model_copy(update={"expected_from": "2020-21-Q3"})
    found = status_of(desk.engine, settings, datetime(2021, 4, 20, 9))
    told = [need.what for need in found.needs if need.about is About.OVERDUE]
    assert told
    assert all("Oct to Dec 2020, due since 31 Mar 2021." in what for what in told)


def test_after_a_bad_night_what_is_broken_comes_first_and_each_thing_can_be_acted_on(desk: Desk):
    """Holds stood below every overdue export, and no command said of which pack it was."""
    with running(desk.engine, "quarter-end", "vm", lambda: NOW, period_code=Q1.code) as run:
        run.ends(HELD, "The pack of Apr to Jun 2020 was not published.")
    with running(desk.engine, "csp receive", "vm", lambda: NOW) as run:
        run.ends(FAILED, "data/archive: the disk is full.")
    desk.accept(NAME, ONE_BAD)
    found = at(desk, datetime(2020, 10, 9, 9))
    order = list(dict.fromkeys(abouts(found)))
    assert order[0] == About.RUN
    assert order.index(About.HOLD) < order.index(About.OVERDUE)
    to_do = [need.to_do for need in found.needs if need.about is About.RUN]
    assert to_do == [
        "Answer the holds below (csp holds), then make the pack again: csp quarter 2020-21-Q1.",
        "Mend what it says, then give it again: csp receive. What it had done it does not do "
        "twice.",
    ]
    hold = next(need for need in found.needs if need.about is About.HOLD)
    assert hold.to_do.startswith("Ask Hertfordshire Constabulary. ")
    assert "csp holds release 1 --by NAME --because REASON." in hold.to_do


# --- one export of one quarter --------------------------------------------------------------------


def test_what_has_come_is_accepted_then_published_then_newer_than_the_pack(desk: Desk):
    desk.accept(NAME, FINE_ROWS)
    assert (export(desk).word, export(desk).accepted, export(desk).months) == (Word.ACCEPTED, 3, 3)
    publish(desk.engine, Q1, desk.settings)
    assert export(desk).word is Word.PUBLISHED
    desk.accept(NAME, police("Date Recorded\n14/04/2020\n15/05/2020\n14/06/2020\n"))
    assert export(desk).word is Word.AFTER
    publish(desk.engine, Q1, desk.settings)
    assert export(desk).word is not Word.ACCEPTED


def test_what_has_not_come_is_due_and_then_overdue(desk: Desk):
    desk.accept(NAME, FINE_ROWS)
    assert export(desk, source="fly_tips").shown == "due 30 Sep 2020"
    assert export(desk, datetime(2020, 9, 30, 9), "fly_tips").word is Word.DUE
    assert export(desk, datetime(2020, 10, 1, 9), "fly_tips").word is Word.OVERDUE
    assert export(desk, datetime(2020, 10, 1, 9), "street_crime").word is Word.NOTHING


def test_a_day_begins_at_midnight_in_london(desk: Desk):
    """In summer an export was an hour late before anybody said so: the day was that of UTC."""
    desk.accept(NAME, FINE_ROWS)
    assert export(desk, datetime(2020, 9, 30, 22, 59), "fly_tips").word is Word.DUE
    assert export(desk, datetime(2020, 9, 30, 23, 0), "fly_tips").word is Word.OVERDUE


def test_a_publication_of_ten_years_makes_no_partner_late_for_them(desk: Desk):
    """Defra's workbook begins in 2012-13: every partner was overdue for each quarter since."""
    desk.accept(NAME, FINE_ROWS)
    before = at(desk)
    desk.accept("defra.xlsx", defra("Year\n2018-19\n2019-20", "Year\n2018-19\n2019-20"))
    after = at(desk)
    assert [q.quarter for q in after.quarters] == [q.quarter for q in before.quarters] == [Q1]
    assert abouts(after) == abouts(before)


def test_rejected_rows_are_counted_and_hold_the_quarter(desk: Desk):
    desk.accept(NAME, ONE_BAD)
    mine = export(desk)
    assert (mine.word, mine.rows, mine.holds) == (Word.HELD, "2/1", 2)
    assert abouts(at(desk))[-2:] == ["hold", "rows-rejected"]


def test_nobody_is_asked_for_another_street_file(desk: Desk):
    """Rejected rows of a public file were to be corrected by a partner who had not sent it."""
    desk.accept(S, street("Crime ID | Crime type\na | Burglary\nb | Burglery"))
    (need,) = (n for n in at(desk).needs if n.about is About.ROWS_REJECTED)
    assert need.what.startswith("1 row is rejected, and not counted, in public files")
    assert "Nothing can be corrected here: it is the publisher's file." in need.to_do
    desk.accept(NAME, ONE_BAD)
    told = [n.to_do for n in at(desk).needs if n.about is About.ROWS_REJECTED]
    assert ["ask for corrected exports" in todo for todo in told] == [True, False]


def test_a_file_that_was_rejected_stands_at_its_quarter_until_it_is_replaced(desk: Desk):
    desk.accept("police-crime-2020-21-q2.csv", police("Date Recorded\n14/07/2020\n"))
    american = police("Date Recorded\n04/14/2020\n05/14/2020\n06/14/2020\n")
    assert desk.hand_in(NAME, american).status == "rejected"
    (need,) = [n for n in at(desk).needs if n.about == "file-rejected"]
    assert need.to_do.startswith("Ask Hertfordshire Constabulary for a corrected export")
    (state, *_) = at(desk).quarters
    assert state.exports[1].refused == 1
    desk.accept(NAME, FINE_ROWS)
    assert "file-rejected" not in abouts(at(desk))


# --- runs, alerts, the warehouse itself -----------------------------------------------------------


def test_a_run_that_was_cut_off_is_told_before_anybody_has_noted_it(desk: Desk):
    """Keeps away: "running" of a run whose machine was switched off hours ago."""
    from warehouse.runs import _begin

    _begin(desk.engine, "quarter-end", "2020-21-Q1", "here", NOW - timedelta(hours=9))
    before = desk.content()
    standing = at(desk)
    assert [run.state for run in standing.runs] == ["crashed"]
    assert abouts(standing) == ["run"]
    assert desk.content() == before


def test_a_run_under_way_is_told_and_needs_nobody(desk: Desk):
    with running(desk.engine, "receive", "here", lambda: NOW):
        standing = at(desk)
    assert [run.state for run in standing.runs] == ["running"]
    assert standing.needs == ()


def test_a_run_that_did_not_happen_is_told_with_the_command_that_makes_it_good(desk: Desk):
    desk.came(NAME, FINE_ROWS, datetime(2020, 7, 9, 12))
    (need,) = [n for n in at(desk).needs if n.about == "run-missing"]
    assert need.what == (
        "The run quarter-end of Apr to Jun 2020 did not happen; it was due on 15 Jul 2020 at 06:00."
    )
    assert "csp quarter 2020-21-Q1" in need.to_do


def test_alerts_that_reach_nobody_are_counted(desk: Desk):
    desk.hand_in("budget.csv", UNKNOWN)
    standing = at(desk)
    assert standing.alerts.count == 1
    assert abouts(standing) == ["alerts", "file-rejected"]
    assert standing.needs[0].what.endswith("Nobody is set to whom they could go.")


def test_a_warehouse_that_is_out_is_what_is_said(home: Path):
    (home / "data").mkdir()
    (home / "data/warehouse.db").write_bytes(b"this is no database, however long it may be" * 40)
    (home / "data/outbox").mkdir()
    (home / "data/outbox/trouble.alert.json").write_text("{}", encoding="utf-8")
    for arguments in (("status",), ("status", "--page")):
        done = csp(*arguments)
        assert done.exit_code == REJECTED
        assert done.stderr == ""
    said = words(csp("status").stdout)
    assert "1. The warehouse data/warehouse.db" in said
    assert "Mend that first: until then nothing is received or published" in said
    assert "2. 1 alert waits to be sent." in said
    assert "The warehouse is out." in (home / "data/packs/status.html").read_text("utf-8")


# --- how it is shown ------------------------------------------------------------------------------


def test_it_fits_100_columns(desk: Desk, capsys: pytest.CaptureFixture[str]):
    for quarter in range(1, 5):
        rows = police("Date Recorded\n" + f"14/{(3 * quarter + 1) % 12 or 12:02}/2020\n" * 3)
        desk.hand_in(f"police-crime-2020-21-q{quarter}.csv", rows)
    show_status(at(desk, datetime(2021, 9, 20, 9)))
    printed = capsys.readouterr().out
    assert max(map(len, printed.splitlines())) <= 100
    assert "Jan to Mar 2021" in printed


def test_terminal_page_and_json_say_the_same(desk: Desk, capsys: pytest.CaptureFixture[str]):
    from reports.formats.status_json import status_json

    desk.accept(NAME, ONE_BAD)
    desk.hand_in("budget.csv", UNKNOWN)
    standing = at(desk, datetime(2020, 10, 9, 9))
    show_status(standing)
    terminal = words(capsys.readouterr().out)
    page = read(write_page(desk.engine, owed(desk), standing.at).read_text("utf-8")).text
    told = json.loads(status_json(standing))
    for need in told["needs"]:
        assert need["what"] in terminal
        assert need["what"] in page
        assert need["to_do"] in page
    assert len(told["needs"]) == len(standing.needs) > 4
    shown = {e["state"] for q in told["quarters"] for e in q["exports"]}
    assert all(state in page and state in terminal for state in shown)


def test_no_cell_is_in_any_of_them(desk: Desk, capsys: pytest.CaptureFixture[str]):
    from reports.formats.status_json import status_json

    desk.accept(NAME, ONE_BAD)
    show_status(at(desk))
    page = write_page(desk.engine, desk.settings, NOW).read_text("utf-8")
    assert "Farah" not in capsys.readouterr().out + page + status_json(at(desk))


def test_the_page_is_the_same_but_for_its_moment(desk: Desk):
    desk.accept(NAME, ONE_BAD)
    first = write_page(desk.engine, desk.settings, NOW).read_text("utf-8")
    later = write_page(desk.engine, desk.settings, NOW + timedelta(days=1)).read_text("utf-8")
    assert later == first.replace("20 Jul 2020, 09:30 UTC", "21 Jul 2020, 09:30 UTC")


def test_the_page_lies_beside_the_packs_and_their_list_leads_to_it(desk: Desk):
    desk.accept(NAME, FINE_ROWS)
    pack = publish(desk.engine, Q1, desk.settings)
    listed = desk.settings.packs / "index.html"
    assert "status.html" not in listed.read_text("utf-8")
    page = write_page(desk.engine, desk.settings, NOW)
    assert page == desk.settings.packs / "status.html"
    assert 'href="status.html"' in listed.read_text("utf-8")
    assert not list(pack.folder.rglob("status*"))
    assert "not for publication" in page.read_text("utf-8")
    publish(desk.engine, Q1, desk.settings)
    assert 'href="status.html"' in listed.read_text("utf-8")
    assert [p.name for p in desk.settings.packs.glob(".*")] == []


def test_exit_codes_and_options(received: Path):
    put(received, "csp.toml", b'expected_from = "2020-21-Q1"\n')
    assert csp("status", "--json", "--page").exit_code == WRONG_USE
    done = csp("status", "--json")
    assert json.loads(done.stdout)["version"] == 1
    assert done.exit_code == REJECTED
    assert csp("status", "--all").exit_code == REJECTED


def test_nothing_needs_a_person_where_nothing_came(ready: Path):
    with clock_at(NOW):
        done = csp("status")
    assert done.exit_code == FINE
    assert "Nothing needs a person." in done.stdout
    assert done.stdout.startswith("St Albans Community Safety Partnership, 20 Jul 2020, 09:30 UTC")


def test_it_starts_without_what_reads_and_prints_files(ready: Path, root: Path):
    """Keeps away: a status that takes seconds, which a monitor asks for every minute."""
    import subprocess
    import sys

    heavy = "[m for m in ('flows.receive', 'flows.apart', 'flows.post', 'great_tables', 'prefect', "
    code = (
        "import sys; from flows.settings import load_settings; from flows.clock import utc_now; "
        "from flows.status import standing_now; import flows.show_status; "
        f"standing_now(load_settings(), utc_now()); print({heavy}'alembic') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True,
        env={"PYTHONPATH": str(root), "CSP_HOME": "data", "PATH": ""},
    )  # fmt: skip
    assert done.stdout.strip() == "[]"
    assert standing_now is not None
