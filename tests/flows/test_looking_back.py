"""A pack as it stood on a day that is over: what was published then, or would have been."""

import json

import pytest
from support.desk import Desk, police
from support.files import files_below
from support.story import (
    FIRST,
    HEAD,
    HOUR,
    JULY,
    OCTOBER,
    Q1,
    Q1_FILE,
    RESENT,
    RESENT_FILE,
    YEAR,
    end,
    figures,
    reasons,
    story,
    tables,
)

from flows.publish import CannotPrint, HeldBack, look_back, print_release, publish
from reports.edition import Order
from reports.pack import Caveat
from reports.publication import print_now
from schemas.audience import Audience
from schemas.issues import LawBroken
from warehouse.releases import releases

pytestmark = pytest.mark.slow  # each opens warehouses


def test_looking_back_gives_the_tables_of_that_day_to_the_byte(either: Desk):
    either.came(Q1_FILE, police(FIRST), JULY)
    first = publish(either.engine, Q1, either.settings, at=JULY + HOUR)
    then = tables(first.folder)
    either.came(RESENT_FILE, police(RESENT), OCTOBER)
    publish(either.engine, Q1, either.settings, at=OCTOBER + HOUR)
    pack = look_back(either.engine, Q1, either.settings, end(2020, 7, 9))
    assert pack.folder.name == "2020-21-q1-partnership-as-at-2020-07-09"
    assert tables(pack.folder) == then
    assert "Looking back: these are the tables as they stood at the end of 9 Jul 2020. They are " \
        "those of release 1." in (pack.folder / "index.html").read_text("utf-8")  # fmt: skip
    assert json.loads(files_below(pack.folder)["manifest.json"])["as_at"] == "2020-07-09"
    later = look_back(either.engine, Q1, either.settings, end(2020, 10, 8))
    assert tables(later.folder) == tables(either.settings.packs / "2020-21-q1-partnership")
    assert [line.id for line in releases(either.engine)] == [1, 2]


def test_looking_back_to_what_was_never_published(either: Desk):
    story(either)
    pack = look_back(either.engine, Q1, either.settings, end(2020, 10, 8))
    assert figures(pack.folder)["robbery"] == "2 r"
    assert reasons(pack.folder) == {
        "police-crime-2020-21-q1 again.csv, received 8 Oct 2020: 2 records changed"
    }
    assert "They were not published in this form." in (pack.folder / "index.html").read_text(
        "utf-8"
    )
    assert len(releases(either.engine)) == 1


def test_nothing_is_looked_back_to_for_the_public(desk: Desk):
    """It would be a published file that no later pack reckons with."""
    desk.came(Q1_FILE, police(FIRST), JULY)
    public = desk.settings.model_copy(update={"audience": Audience.PUBLIC})
    for is_draft in (False, True):
        with pytest.raises(CannotPrint, match=r"^--as-at looks back for the partnership alone: "):
            look_back(desk.engine, Q1, public, end(2020, 7, 9), is_draft=is_draft)
    order = Order(Q1, public.areas, "A Partnership", (), "1.2.3", audience=Audience.PUBLIC)
    with pytest.raises(LawBroken, match="no pack for the public looks back"):
        print_now(desk.engine, order, public.packs, Caveat(as_at=JULY.date()))
    assert not list(public.packs.glob("*as-at*"))


def test_a_hold_that_stood_then_holds_it_then(desk: Desk):
    months = ["04"] * 12 + ["06"] * 12
    rows = "".join(f"41/{n}/20 | 14/{m}/2020 | 45 | Recorded\n" for n, m in enumerate(months, 1))
    desk.came(Q1_FILE, police(HEAD + rows), JULY)
    day = end(2020, 7, 9)
    with pytest.raises(HeldBack):
        look_back(desk.engine, Q1, desk.settings, day)
    pack = look_back(desk.engine, Q1, desk.settings, day, is_draft=True)
    assert pack.folder.name == "2020-21-q1-partnership-as-at-2020-07-09-draft"
    assert '<body class="draft">' in (pack.folder / "index.html").read_text("utf-8")


def test_what_cannot_be_printed_says_why(desk: Desk):
    def refused(action) -> str:
        with pytest.raises(CannotPrint) as reason:
            action()
        return str(reason.value)

    engine, settings = desk.engine, desk.settings
    assert refused(lambda: look_back(engine, Q1, settings, end(2020, 7, 9))) == (
        "Nothing has been received yet, so there is nothing to look back to."
    )
    desk.came(Q1_FILE, police(FIRST), JULY)
    assert refused(lambda: look_back(engine, Q1, settings, end(2020, 7, 8))) == (
        "By 8 Jul 2020 nothing had been received: the first file came on 9 Jul 2020."
    )
    publish(engine, Q1, settings)
    assert refused(lambda: print_release(engine, YEAR, settings, 1)) == (
        "Release 1 is of Apr to Jun 2020, not of Apr 2020 to Mar 2021."
    )
    assert refused(lambda: print_release(engine, Q1, settings, 2)) == (
        "There is no release 2; csp releases lists them."
    )
