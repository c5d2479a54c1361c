"""Alerts: written with their cause, sent over a real mail server, once a cause, whatever is out."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from support.command import words
from support.desk import Desk, police, street
from support.mail import COORDINATOR, DATA_TEAM, OFFICER, Server, mail_server, told_by

from flows.alarm import alarm, send_spooled, take_in
from flows.post import ENOUGH_TODAY, send_waiting
from flows.publish import publish
from flows.settings import Settings
from flows.status import status_of
from flows.watch import watch
from schemas.alerts import AlertKind
from schemas.period import Quarter
from sources.partners import SOURCES
from warehouse.holds import Release, release
from warehouse.outbox import LEASE, alerts, claim, unsent
from warehouse.read import holds

pytestmark = pytest.mark.slow

NOW = datetime(2020, 7, 20, 9, 30)
Q1 = "police-crime-2020-21-q1.csv"
FINE = police("Date Recorded\n14/04/2020\n14/05/2020\n14/06/2020\n")
BAD = police("Date Recorded\n14/04/2020\nFarah Nobody\n14/06/2020\n")
UNKNOWN = b"Colour,Size\nred,4\n"


@pytest.fixture
def server() -> Iterator[Server]:
    with mail_server() as running:
        yield running


@pytest.fixture
def told(desk: Desk, server: Server) -> Settings:
    settings = desk.settings.model_copy(update={"expected_from": "2020-21-Q1"})
    return told_by(server, settings)


def kinds(desk: Desk) -> list[str]:
    return [line.alert.kind.value for line in alerts(desk.engine)]


# --- each kind: when it is raised, to whom it goes, and what it says ------------------------------


def test_a_rejected_file_is_told_with_what_to_ask_and_by_when(
    desk: Desk, server: Server, told: Settings
):
    desk.hand_in("budget.csv", UNKNOWN)
    assert kinds(desk) == ["file-rejected"]
    done = send_waiting(desk.engine, told, NOW)
    assert (done.letters, done.alerts, done.waiting) == (1, 1, 0)
    assert server.subjects == ["File rejected: budget.csv"]
    assert server.taken[0]["To"] == COORDINATOR
    text = server.text()
    assert "was rejected as a whole. Nothing of it is counted." in text
    assert "by 14 Oct 2020: the pack of Jul to Sep 2020 is made on the day after" in text
    assert "What still works" in text
    assert "If nothing is done" in text


def test_nobody_is_asked_to_correct_a_file_that_its_publisher_gives_to_everybody(
    desk: Desk, server: Server, told: Settings
):
    """Of a download it said: correct the rows in your system and export again."""
    desk.hand_in("2025-04-hertfordshire-street.csv", street("Crime ID | Month\na | soon\n"))
    send_waiting(desk.engine, told, NOW)
    text = server.text()
    assert "Download another from data.police.uk as is said above, by " in text
    assert "Nobody exports it for us" in text
    assert "Export again" not in text
    (page,) = desk.settings.receipts.glob("*street*/index.html")
    assert "download another as is said below" in page.read_text("utf-8")
    assert "in your system" not in page.read_text("utf-8")


def test_where_no_row_could_be_accepted_the_letter_says_what_is_wrong_with_them(
    desk: Desk, server: Server, told: Settings
):
    """It said to look at the faults of the rows, and named none."""
    desk.hand_in(Q1, police("Date Recorded | Status\nsoon | Recorded\nsoon | Farah Nobody"))
    send_waiting(desk.engine, told, NOW)
    text = server.text()
    assert "Not one row of the file could be accepted. Look at the faults of the rows" in text
    assert "* 2 rows: 'Date Recorded' is not a date written as " in text
    assert "* 1 row: 'Status' holds a word that is not on its list: Recorded, " in text
    assert "Farah" not in text


def test_of_a_file_of_another_force_the_right_one_is_asked_for(
    desk: Desk, server: Server, told: Settings
):
    """It said that no row could be accepted, and to download the same file again."""
    elsewhere = "Reported by | Falls within\n" + "Essex Police | Essex Police\n" * 2
    desk.hand_in("2025-04-hertfordshire-street.csv", street(elsewhere))
    send_waiting(desk.engine, told, NOW)
    assert (
        "Every row of the file falls within another police force than Hertfordshire Constabulary. "
        "Download the file of Hertfordshire Constabulary for the month, from the same place."
    ) in words(server.text())
    (need,) = status_of(desk.engine, told, NOW).needs[:1]
    assert "Download the file of Hertfordshire Constabulary" in need.to_do


def test_rejected_rows_over_the_threshold_and_other_holds_are_one_letter_each(
    desk: Desk, server: Server, told: Settings
):
    desk.accept(Q1, BAD)
    assert kinds(desk) == ["rows-rejected"]
    send_waiting(desk.engine, told, NOW)
    assert server.subjects == [f"1 row rejected: {Q1}"]
    assert "1 of its 3 rows was rejected and is not counted." in server.text()
    assert "Farah" not in server.taken[0].as_string()


def test_security_notices_go_to_the_officer_alone(desk: Desk, server: Server, told: Settings):
    desk.hand_in(
        Q1, police("Date Recorded | Ward\n14/04/2020 | ask farah@example.org\n14/05/2020 | Verulam")
    )
    assert "security" in kinds(desk)
    send_waiting(desk.engine, told, NOW)
    notices = [m for m in server.taken if "Security notice" in m["Subject"]]
    assert [m["To"] for m in notices] == [OFFICER]
    assert not [m for m in server.taken if "farah" in m.as_string()]


def test_a_published_pack_is_told(desk: Desk, server: Server, told: Settings):
    desk.accept(Q1, FINE)
    publish(desk.engine, Quarter(2020, 1), told, at=NOW)
    publish(desk.engine, Quarter(2020, 1), told, at=NOW)
    assert kinds(desk) == ["pack-published"]
    send_waiting(desk.engine, told, NOW)
    assert server.subjects == ["Published: the pack of Apr to Jun 2020"]


def test_a_published_pack_is_told_with_what_is_missing_and_what_has_changed(
    desk: Desk, server: Server, told: Settings
):
    """The letter asked to look for it, and named none."""
    desk.accept(Q1, FINE)
    publish(desk.engine, Quarter(2020, 1), told, at=NOW)
    desk.accept(f"again-{Q1}", police("Date Recorded\n14/04/2020\n14/05/2020\n"))
    publish(desk.engine, Quarter(2020, 1), told, at=NOW + timedelta(hours=1))
    send_waiting(desk.engine, told, NOW + timedelta(hours=2))
    first, last = (server.text(n) for n, m in enumerate(server.taken) if "Publ" in m["Subject"])
    for text in (first, last):
        assert (
            "Fly-tipping records, St Albans City and District Council (environmental enforcement): "
            "not complete for the period; its figures are shown as [x]."
        ) in text
        assert "And 7 more that are not complete: see the pack." in text
        assert "Police recorded crime" not in text
    assert "changed" not in first.partition("What to do")[0].replace("what has changed", "")
    assert "figures have changed since it was published: see Revisions in the pack." in last


def test_what_is_due_is_told_before_and_after_once(desk: Desk, server: Server, told: Settings):
    desk.accept(Q1, FINE)
    owing = sum(s.due_days != 0 and s.code != "police_crime" for s in SOURCES)
    soon = datetime(2020, 9, 20, 7)
    watch(desk.engine, told, soon)
    assert kinds(desk).count("delivery-due") == owing
    watch(desk.engine, told, soon + timedelta(days=1))
    assert kinds(desk).count("delivery-due") == owing
    said = watch(desk.engine, told, datetime(2020, 10, 9, 7))
    assert kinds(desk).count("delivery-overdue") == owing
    (line,) = [each for each in said if "Community Protection Team" in each]
    assert line == (
        "Overdue from St Albans City and District Council (Community Protection Team): "
        "Anti-social behaviour cases, Apr to Jun 2020 (9 days); Anti-social behaviour actions, "
        "Apr to Jun 2020 (9 days)."
    )
    assert len(said) == owing - 1, "a line a partner"
    assert "It is 9 days overdue" in server.text()


# --- many at once ---------------------------------------------------------------------------------


def test_many_at_once_are_one_letter(desk: Desk, server: Server, told: Settings):
    for number in range(5):
        desk.hand_in(f"budget-{number}.csv", UNKNOWN + b"%d" % number)
    done = send_waiting(desk.engine, told, NOW)
    assert (done.letters, done.alerts) == (1, 5)
    assert server.subjects == ["5 alerts, 20 Jul 2020"]
    assert "A file was rejected: 5" in server.text()


def test_a_digest_goes_kind_by_kind_and_partner_by_partner(
    desk: Desk, server: Server, told: Settings
):
    desk.accept(Q1, BAD)
    for number in range(2):
        desk.hand_in(f"budget-{number}.csv", UNKNOWN + b"%d" % number)
    desk.hand_in("2025-04-hertfordshire-street.csv", street("Crime ID | Month\na | soon\n"))
    desk.hand_in("budget-2.csv", UNKNOWN + b"2")
    send_waiting(desk.engine, told, NOW)
    told_of = [line for line in server.text().split() if line.endswith((".csv", ".csv."))]
    order = list(dict.fromkeys(name.strip(".,") for name in told_of))
    assert order == [
        "2025-04-hertfordshire-street.csv", "budget-0.csv", "budget-1.csv", "budget-2.csv", Q1,
    ]  # fmt: skip


def test_after_so_many_letters_a_day_the_rest_waits_for_the_next(
    desk: Desk, server: Server, told: Settings
):
    few = told.model_copy(update={"alerts": told.alerts.model_copy(update={"mails_a_day": 1})})
    desk.hand_in("budget-1.csv", UNKNOWN)
    send_waiting(desk.engine, few, NOW)
    desk.hand_in("budget-2.csv", UNKNOWN + b"2")
    put_off = send_waiting(desk.engine, few, NOW + timedelta(hours=1))
    assert (put_off.waiting, put_off.failures) == (1, [ENOUGH_TODAY])
    assert unsent(desk.engine).failure == ENOUGH_TODAY  # not "nobody is set for them"
    assert send_waiting(desk.engine, few, NOW + timedelta(days=1)).letters == 1
    assert len(server.taken) == 2


def test_a_letter_of_many_alerts_is_one_letter_of_the_day(
    desk: Desk, server: Server, told: Settings
):
    """Each of its alerts was counted: after one digest nothing patient went out for that day."""
    few = told.model_copy(update={"alerts": told.alerts.model_copy(update={"mails_a_day": 2})})
    for number in range(5):
        desk.hand_in(f"budget-{number}.csv", UNKNOWN + b"%d" % number)
    assert send_waiting(desk.engine, few, NOW).letters == 1
    desk.hand_in("budget-9.csv", UNKNOWN + b"9")
    assert send_waiting(desk.engine, few, NOW + timedelta(hours=1)).letters == 1
    assert len(server.taken) == 2


# --- a mail server that is out, slow, or refuses --------------------------------------------------


def test_nothing_is_lost_and_nothing_doubled_while_the_server_is_out(desk: Desk):
    with mail_server() as gone:
        settings = told_by(gone, desk.settings)
    desk.hand_in("budget.csv", UNKNOWN)
    done = send_waiting(desk.engine, settings, NOW)
    assert done.waiting == 1
    assert done.failures == [f"The mail server 127.0.0.1, port {gone.port}, cannot be reached."]
    assert unsent(desk.engine).failure == done.failures[0]
    with mail_server() as back:
        settings = told_by(back, desk.settings)
        assert send_waiting(desk.engine, settings, NOW).letters == 1
        assert send_waiting(desk.engine, settings, NOW).letters == 0
        assert len(back.taken) == 1
    assert unsent(desk.engine).count == 0


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("451 try again later", "refused the letter (code 451)."),
        ("554 no thanks", "refused the letter (code 554)."),
    ],
)
def test_a_server_that_refuses_is_named_and_tried_again(
    desk: Desk, server: Server, told: Settings, answer: str, said: str
):
    desk.hand_in("budget.csv", UNKNOWN)
    server.answers = answer
    assert send_waiting(desk.engine, told, NOW).failures[0].endswith(said)
    server.answers = "250 OK"
    assert send_waiting(desk.engine, told, NOW).letters == 1
    assert len(server.taken) == 1


def test_a_slow_server_is_not_waited_for_for_ever(desk: Desk, server: Server, told: Settings):
    desk.hand_in("budget.csv", UNKNOWN)
    server.is_slow = 3
    hasty = told.model_copy(update={"mail": told.mail.model_copy(update={"timeout_seconds": 1})})
    assert send_waiting(desk.engine, hasty, NOW).failures[0].endswith("did not answer in time.")
    assert unsent(desk.engine).count == 1


def test_an_unknown_recipient_is_told_and_kept(desk: Desk, server: Server, told: Settings):
    desk.hand_in("budget.csv", UNKNOWN)
    server.refuses = {COORDINATOR}
    (failure,) = send_waiting(desk.engine, told, NOW).failures
    assert "refuses 1 recipient (code 550): are the addresses under [alerts]" in failure
    assert COORDINATOR not in failure
    server.refuses = set()
    assert send_waiting(desk.engine, told, NOW).letters == 1


def test_one_of_two_recipients_refused_is_told_and_not_sent_twice(desk: Desk, server: Server):
    settings = told_by(server, desk.settings, coordinator=[COORDINATOR, "gone@csp.test"])
    desk.hand_in("budget.csv", UNKNOWN)
    server.refuses = {"gone@csp.test"}
    done = send_waiting(desk.engine, settings, NOW)
    assert (done.letters, len(done.failures)) == (1, 1)
    assert send_waiting(desk.engine, settings, NOW).letters == 0
    assert len(server.taken) == 1


def test_nothing_is_sent_unprotected_where_starttls_is_asked_for(
    desk: Desk, server: Server, told: Settings
):
    desk.hand_in("budget.csv", UNKNOWN)
    strict = told.model_copy(update={"mail": told.mail.model_copy(update={"security": "starttls"})})
    (failure,) = send_waiting(desk.engine, strict, NOW).failures
    assert "offers no STARTTLS" in failure
    assert server.taken == []


def test_a_user_without_a_password_is_told_before_any_server_is_asked(
    desk: Desk, server: Server, told: Settings, monkeypatch: pytest.MonkeyPatch
):
    """A server that is given an empty password may wait for ever: it was called slow."""
    monkeypatch.delenv("CSP_MAIL_PASSWORD", raising=False)
    desk.hand_in("budget.csv", UNKNOWN)
    named = told.model_copy(update={"mail": told.mail.model_copy(update={"user": "csp"})})
    (failure,) = send_waiting(desk.engine, named, NOW).failures
    assert "user is csp, and no password is set: put it into CSP_MAIL_PASSWORD" in failure
    assert server.taken == []


def test_a_sender_that_was_killed_leaves_its_letters_to_the_next(
    desk: Desk, server: Server, told: Settings
):
    desk.hand_in("budget.csv", UNKNOWN)
    assert len(claim(desk.engine, lambda kind: ("coordinator",), NOW)) == 1  # and is killed
    assert send_waiting(desk.engine, told, NOW + timedelta(seconds=1)).letters == 0
    assert send_waiting(desk.engine, told, NOW + LEASE + timedelta(seconds=1)).letters == 1
    assert server.taken[0]["Message-ID"] == "<csp-coordinator-1@csp.test>"


def test_alerts_wait_until_somebody_is_set_for_them(desk: Desk, server: Server, told: Settings):
    """A warehouse may be in use long before anybody has set up the mail."""
    desk.hand_in("budget.csv", UNKNOWN)
    assert send_waiting(desk.engine, desk.settings, NOW).letters == 0
    assert unsent(desk.engine).count == 1
    assert send_waiting(desk.engine, told, NOW).letters == 1


# --- when the warehouse is what is out ------------------------------------------------------------


def test_trouble_is_told_once_a_day_while_the_warehouse_is_out(
    desk: Desk, server: Server, told: Settings
):
    for hour in range(3):
        alarm(None, told, "The disk of the warehouse is full.", NOW + timedelta(hours=hour))
    assert server.subjects == ["The machine or the warehouse needs attention"]
    assert server.taken[0]["To"] == f"{COORDINATOR}, {DATA_TEAM}"
    take_in(desk.engine, told)
    assert kinds(desk) == ["trouble"]
    assert unsent(desk.engine).count == 0


def test_trouble_with_warehouse_and_mail_is_kept_in_a_file(desk: Desk):
    with mail_server() as gone:
        settings = told_by(gone, desk.settings)
    alarm(None, settings, "The disk of the warehouse is full.", NOW)
    with mail_server() as back:
        assert send_spooled(told_by(back, desk.settings), NOW) == []
        assert len(back.taken) == 1


def test_a_hold_that_was_answered_is_no_longer_asked_for(
    desk: Desk, server: Server, told: Settings
):
    desk.accept(Q1, police("Date Recorded\n" + "14/04/2020\n" * 12 + "14/06/2020\n" * 12))
    assert kinds(desk) == ["hold-raised"]
    for hold in holds(desk.engine):
        release(desk.engine, hold.id, Release("Ann Field", "Confirmed.", NOW))
    send_waiting(desk.engine, told, NOW)
    assert len(server.taken) == 1


def test_every_kind_has_a_writer_and_a_title():
    from flows.letters import WRITERS
    from schemas.alerts import TITLES

    assert set(WRITERS) == set(TITLES) == set(AlertKind)


def test_a_file_with_nothing_wrong_raises_none(desk: Desk):
    desk.accept(Q1, FINE)
    desk.accept(Q1, FINE)
    assert kinds(desk) == []
