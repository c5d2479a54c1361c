"""Two years of a partnership, told month by month: files come, runs are made, letters are sent.

The runs are those of the schedule, on its own dates, with a moved clock (`support.year`); the
samples are those of `csp sample`. Two files are faulty, one partner is late, the mail server is out
for a while. What the coordinator reads is held against what is so, all along.
"""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from support.command import FINE, REJECTED, csp, words
from support.mail import mail_server
from support.year import Partnership, american, configure, smudged, write_exports

from flows.clock import clock_at
from reports.standing import Word
from schemas.period import FinancialYear
from sources.partners import is_publication

pytestmark = pytest.mark.slow

FIRST, SECOND = FinancialYear(2019), FinancialYear(2020)
CANARY = "Farah Nobody"


@pytest.fixture
def partnership(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Partnership]:
    """A partnership that starts in July 2019, and what its partners will send in two years."""
    monkeypatch.delenv("CSP_HOME")
    samples = home / "samples"
    write_exports(samples)
    with mail_server() as server:
        settings = configure(home, server, monkeypatch)
        yield Partnership(settings, server, samples, datetime(2019, 7, 1, 12))


def _july_2019(us: Partnership, wrong: Path) -> None:
    """July 2019. All partners send; on the 15th the first pack is made, and told."""
    q1 = FIRST.quarters[0]
    us.partners_send(*us.exports_of(q1))
    us.until(date(2019, 7, 5))
    assert us.letters == []
    assert us.export(q1, "police_crime").word is Word.ACCEPTED
    us.until(date(2019, 7, 20))
    assert us.packs == ["2019-20-q1-partnership"]
    assert us.letters == ["Published: the pack of Apr to Jun 2019"]
    assert us.export(q1, "police_crime").word is Word.PUBLISHED
    assert us.status.needs == ()


def _october_2019(us: Partnership, wrong: Path) -> None:
    """October 2019. The second quarter, without anything to tell of but its pack."""
    q2 = FIRST.quarters[1]
    us.until(date(2019, 10, 4))
    us.partners_send(*us.exports_of(q2))
    us.until(date(2019, 10, 20))
    assert us.packs == ["2019-20-q2-partnership"]
    assert us.letters == ["Published: the pack of Jul to Sep 2019"]


def _january_2020(us: Partnership, wrong: Path) -> None:
    """January 2020.

    The force writes its days month first: the file is rejected as a whole, and the coordinator
    hears what to ask of whom by when. The corrected export comes in time.
    """
    q3 = FIRST.quarters[2]
    us.until(date(2020, 1, 5))
    extract = next(us.samples.glob(f"police-crime-{q3.slug}-*"))
    us.partners_send(*us.exports_of(q3, without="police"), american(extract, wrong))
    us.until(date(2020, 1, 6))
    assert us.letters == [f"File rejected: {extract.name}"]
    letter = us.server.text()
    assert "from Hertfordshire Constabulary on 6 Jan 2020, was rejected as a whole." in letter
    assert (
        "Ask Hertfordshire Constabulary for a corrected export, by 14 Jan 2020: the pack of "
        in (letter)
    )
    assert us.needs == ["file-rejected"]
    assert us.export(q3, "police_crime").refused == 1
    us.partners_send(extract)
    us.until(date(2020, 1, 20))
    assert us.needs == []
    assert us.packs == ["2019-20-q3-partnership"]
    assert us.letters == ["Published: the pack of Oct to Dec 2019"]


def _april_2020(us: Partnership, wrong: Path) -> None:
    """April 2020.

    One row in twenty of the force's extract has no day: the others are loaded, the quarter is
    held, and its pack is not made on the 15th.
    """
    q4 = FIRST.quarters[3]
    us.until(date(2020, 4, 5))
    extract = next(us.samples.glob(f"police-crime-{q4.slug}-*"))
    spoiled = smudged(extract, wrong, CANARY)
    us.partners_send(*us.exports_of(q4, without="police"), spoiled)
    us.until(date(2020, 4, 6))
    assert us.letters == [f"104 rows rejected: {extract.name}"]
    assert "more than can be left out without asking, so its figures are held" in us.server.text()
    assert us.export(q4, "police_crime").word is Word.HELD
    us.until(date(2020, 4, 16))
    assert us.packs == ["held: 2019-20-Q4"]
    assert us.letters == ["Not published: the pack of Jan to Mar 2020"]
    assert us.needs[0] == "run"
    assert us.needs[-1] == "rows-rejected"
    assert "The pack of Jan to Mar 2020 was not published" in us.page

    # The force sends the quarter again, put right. The hold ends by itself; the data team makes
    # the pack by hand.
    us.partners_send(extract)
    us.until(date(2020, 4, 20))
    assert us.export(q4, "police_crime").word is Word.ACCEPTED
    with clock_at(us.now):
        done = csp("quarter", q4.code)
    assert done.exit_code == FINE
    assert us.letters == ["Published: the pack of Jan to Mar 2020"]
    assert us.export(q4, "police_crime").word is Word.PUBLISHED
    assert us.needs == []


def _may_2020(us: Partnership, wrong: Path) -> None:
    """May 2020. The partners' forms for the year come, and the annual report is made."""
    us.until(date(2020, 5, 9))
    us.partners_send(*us.samples.glob(f"partner-return-*-{FIRST.slug}-*"))
    us.until(date(2020, 5, 20))
    assert us.packs == ["2019-20-partnership"]
    assert us.letters == ["Published: the pack of Apr 2019 to Mar 2020"]
    assert us.status.years[FIRST].release == 5
    assert us.needs == []


def _july_2020(us: Partnership, wrong: Path) -> None:
    """July 2020. The fire service is late.

    Its table says [x] in a pack that is made all the same.
    """
    q1 = SECOND.quarters[0]
    us.until(date(2020, 7, 5))
    us.partners_send(*us.exports_of(q1, without="hfrs"))
    us.until(date(2020, 7, 20))
    assert us.packs == ["2020-21-q1-partnership"]
    assert us.letters == ["Published: the pack of Apr to Jun 2020"]
    assert "Hertfordshire Fire and Rescue Service" in us.pack("2020-21-q1-partnership")
    assert us.export(q1, "hfrs_incidents").shown == "due 30 Sep 2020"


def _september_2020(us: Partnership, wrong: Path) -> None:
    """September 2020. Two weeks before the day by which it is due the coordinator is reminded."""
    us.until(date(2020, 9, 18))
    assert us.letters == ["Due on 30 Sep 2020: Fire and rescue incidents, Apr to Jun 2020"]
    assert "Remind Hertfordshire Fire and Rescue Service to send it by 30 Sep 2020." in (
        us.server.text()
    )
    assert us.needs == []


def _october_2020(us: Partnership, wrong: Path) -> None:
    """October 2020.

    It is overdue: told once, and a thing for a person until it comes.
    """
    q1 = SECOND.quarters[0]
    q2 = SECOND.quarters[1]
    us.until(date(2020, 10, 3))
    assert us.letters == ["Overdue: Fire and rescue incidents, Apr to Jun 2020"]
    assert "It is 1 day overdue" in us.server.text()
    assert us.needs == ["overdue"]
    assert us.export(q1, "hfrs_incidents").word is Word.OVERDUE
    late = next(us.samples.glob(f"hfrs-incidents-{q1.slug}-*"))
    us.partners_send(late, *us.exports_of(q2))
    us.until(date(2020, 10, 20))
    assert us.needs == []
    assert us.export(q1, "hfrs_incidents").word is Word.AFTER
    assert us.packs == ["2020-21-q2-partnership"]
    assert us.letters == ["Published: the pack of Jul to Sep 2020"]
    with clock_at(us.now):
        assert csp("quarter", q1.code).exit_code == FINE
    assert us.export(q1, "hfrs_incidents").word is Word.PUBLISHED
    assert us.letters == ["Published: the pack of Apr to Jun 2020"]


def _january_2021(us: Partnership, wrong: Path) -> None:
    """January 2021.

    The mail server is out when the pack is made: the letter waits, and the status says so; once
    the server takes letters again, the next watch sends it.
    """
    q3 = SECOND.quarters[2]
    us.until(date(2021, 1, 5))
    us.partners_send(*us.exports_of(q3))
    us.server.answers = "451 not now"
    us.until(date(2021, 1, 16))
    assert us.packs == ["2020-21-q3-partnership"]
    assert us.letters == []
    assert us.needs == ["alerts"]
    assert "1 alert waits to be sent since 15 Jan 2021." in us.page
    assert "refused the letter (code 451)" in us.page
    us.server.answers = "250 OK"
    us.until(date(2021, 1, 17))
    assert us.letters == ["Published: the pack of Oct to Dec 2020"]
    assert us.needs == []


def _april_2021(us: Partnership, wrong: Path) -> None:
    """April 2021. The last quarter of the second year."""
    q4 = SECOND.quarters[3]
    us.until(date(2021, 4, 5))
    us.partners_send(*us.exports_of(q4))
    us.until(date(2021, 4, 20))
    assert us.packs == ["2020-21-q4-partnership"]
    assert "Published: the pack of Jan to Mar 2021" in us.letters


def _may_2021(us: Partnership, wrong: Path) -> None:
    """May 2021.

    Defra prints another number of penalty notices than the council counts: the year is held
    until somebody has answered for it, and then published.
    """
    us.until(date(2021, 5, 9))
    forms = us.samples.glob(f"partner-return-*-{SECOND.slug}-*")
    (defra,) = us.samples.glob(f"official-fly-tips-{SECOND.slug}-*")
    us.partners_send(*forms, defra)
    us.until(date(2021, 5, 10))
    assert us.letters == [f"Please ask: {defra.name} is held"]
    us.until(date(2021, 5, 16))
    assert us.packs == ["held: 2020-21"]
    assert us.letters == ["Not published: the pack of Apr 2020 to Mar 2021"]
    assert us.needs == ["run", "hold"]
    with clock_at(us.now):
        number = us.status.needs[-1].what.partition(",")[0].removeprefix("Hold ")
        answer = ("--by", "Ann Field", "--because", "The council counts notices, Defra payments.")
        assert csp("holds", "release", number, *answer).exit_code == FINE
        assert csp("status").exit_code == REJECTED
        assert csp("year", SECOND.code).exit_code == FINE
        told = csp("status")
    assert us.letters == ["Published: the pack of Apr 2020 to Mar 2021"]
    assert "7,846" in us.pack("2020-21-partnership")

    # At the end everything is published, nothing waits, and no letter, page or log holds a cell.
    assert told.exit_code == FINE
    exports = [e for state in us.status.quarters for e in state.exports]
    sent = {e.word for e in exports if not is_publication(e.source)}
    assert sent == {Word.PUBLISHED}
    assert "Nothing needs a person." in words(told.stdout)
    written = "".join(message.as_string() for message in us.server.taken) + us.page
    written += "".join(p.read_text("utf-8") for p in us.settings.log.glob("*.log"))
    assert CANARY not in written


CHAPTERS = (
    _july_2019,
    _october_2019,
    _january_2020,
    _april_2020,
    _may_2020,
    _july_2020,
    _september_2020,
    _october_2020,
    _january_2021,
    _april_2021,
    _may_2021,
)


def test_two_years_of_a_partnership(partnership: Partnership, tmp_path: Path):
    for chapter in CHAPTERS:
        chapter(partnership, tmp_path / "wrong")
