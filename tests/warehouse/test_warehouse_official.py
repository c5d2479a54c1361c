"""Our figures held against the official ones: the same holds, whichever of the two came first."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import permutations
from pathlib import Path

import pytest
from support.databases import SQLITE
from support.desk import Desk, fly_tips, police
from support.official import FPN, defra, home_office

from schemas.period import FinancialYear, Quarter
from warehouse.as_at import engine_as_at
from warehouse.holds import Release, release
from warehouse.known import stated_figures
from warehouse.read import holds

pytestmark = pytest.mark.slow  # each opens warehouses

NOON = datetime(2020, 10, 1, 12)
YEAR = FinancialYear(2020)
HERE = "E07000240"
NOTICES = "Fixed penalty notice for fly-tipping, Apr 2020 to Mar 2021: {} here, {} in Defra fly-tipping statistics (WasteDataFlow)"  # noqa: E501
File = tuple[str, bytes]


def cases(quarter: Quarter, notices: int, more: int = 2) -> File:
    """A quarter of cases: so many that ended in a notice, and others, in each of its months."""
    lines = ["Case Reference | Date Reported | Action | Action Date"]
    for month in quarter.span:
        lines += [f"FT/{month.code}/{n} | {month.code}-02 | | " for n in range(more)]
    first = quarter.span.first.code
    lines += [
        f"FT/{first}/9{n} | {first}-03 | FPN fly-tipping | {first}-04" for n in range(notices)
    ]
    return f"fly-tips-{quarter.slug}.ods", fly_tips("\n".join(lines))


def year_of(*notices: int) -> list[File]:
    return [cases(quarter, n) for quarter, n in zip(YEAR.quarters, notices, strict=True)]


def official(notices: int = 15, incidents: int = 49) -> File:
    return (
        f"defra {notices} {incidents}.xlsx",
        defra(f"Total Incidents\n{incidents}", f"{FPN}\n{notices}"),
    )


LOCAL = year_of(7, 6, 6, 6)
"""25 notices in all, of 49 cases."""


def stand(desk: Desk) -> list[tuple[str, str, bool]]:
    """The holds of official figures that stand, in words."""
    return sorted(
        (h.rule, h.detail, h.is_year_only)
        for h in holds(desk.engine)
        if h.stands and h.rule.startswith("official")
    )


def known(desk: Desk) -> dict[tuple[str, str, str], object]:
    return stated_figures(
        desk.engine, ["official-fly-tips", "official-fpn-fly-tipping", "official-prosecution"]
    )


def after(files: Sequence[File], folder: Path) -> tuple[object, object]:
    folder.mkdir(exist_ok=True)
    with Desk.open(SQLITE, folder) as desk:
        for name, content in files:
            desk.accept(name, content)
        return stand(desk), known(desk)


HELD = [("official-differs", NOTICES.format(25, 15), True)]


def test_the_25_notices_of_the_council_and_the_15_of_defra_are_held(either: Desk):
    for name, content in LOCAL:
        assert either.accept(name, content).holds == ()
    loaded = either.accept(*official())
    assert [f.rule for f in loaded.holds] == ["official-differs"]
    (hold,) = holds(either.engine)
    assert (hold.source, hold.span.label) == ("official_fly_tips", "Apr 2020 to Mar 2021")
    assert stand(either) == HELD
    shown = either.shows("csp_measure_month_v1", "measure_code is_held")
    assert ["action-fpn-fly-tipping", "1"] not in shown


def test_every_order_of_both_sides_gives_the_same_holds_and_figures(tmp_path: Path):
    """Law 4: it was only asked when the council's own file came last."""
    orders = [
        (official(), *LOCAL),
        (*LOCAL, official()),
        (*LOCAL[:2], official(), *LOCAL[2:]),
        (*reversed(LOCAL), official()),
        (official(), *reversed(LOCAL)),
    ]
    found = [after(files, tmp_path / str(n)) for n, files in enumerate(orders)]
    assert all(one == found[0] for one in found[1:])
    assert found[0] == (
        HELD,
        {
            ("official-fly-tips", HERE, "2020-21"): 49,
            ("official-fpn-fly-tipping", HERE, "2020-21"): 15,
            ("official-prosecution", HERE, "2020-21"): 0,
        },
    )


def test_a_year_of_which_a_quarter_is_missing_is_not_held(either: Desk):
    either.accept(*official())
    for name, content in LOCAL[:2]:
        assert either.accept(name, content).issues == ()
    third = either.accept(*LOCAL[2])
    assert "official-differs-in-year" in {issue.rule for issue in third.issues}
    assert stand(either) == []


def test_a_correction_of_the_council_renews_the_hold_and_then_ends_it(either: Desk):
    """Only single quarters come again: the months of the year are never replaced altogether."""
    for name, content in (official(notices=16), *LOCAL):
        either.accept(name, content)
    fewer = either.accept("first again.ods", cases(YEAR.quarters[0], 1, more=4)[1])
    assert stand(either) == [("official-differs", NOTICES.format(19, 16), True)]
    fewest = either.accept("second again.ods", cases(YEAR.quarters[1], 3, more=3)[1])
    assert stand(either) == []
    ends = [h.ended_by_id for h in holds(either.engine) if h.rule == "official-differs"]
    assert ends == [fewer.delivery_id, fewest.delivery_id]


def test_a_correction_of_defra_ends_the_hold_or_renews_it(either: Desk):
    for name, content in (*LOCAL, official()):
        either.accept(name, content)
    either.accept(*official(notices=20))
    assert stand(either) == [("official-differs", NOTICES.format(25, 20), True)]
    either.accept(*official(notices=25))
    assert stand(either) == []
    assert [h.ended_by_id is not None for h in holds(either.engine)] == [True, True]


def test_an_answer_holds_while_the_figures_are_what_it_was_given_for(either: Desk):
    for name, content in (*LOCAL, official()):
        either.accept(name, content)
    release(either.engine, 1, Release("Ann Field", "The two count different notices.", NOON))
    # Another edition, of more years, with the same figures of this one.
    incidents = "Year | Total Incidents\n2020-21 | 49\n2021-22 | 60"
    actions = f"Year | {FPN}\n2020-21 | 15\n2021-22 | 2"
    either.accept("defra 2021-22.xlsx", defra(incidents, actions))
    assert stand(either) == []
    either.accept(*official(notices=14))
    assert stand(either) == [("official-differs", NOTICES.format(25, 14), True)]


def test_a_hold_stands_again_as_it_stood_on_a_day(desk: Desk):
    """Looking back, a hold that ended since must hold: nobody knew then how it would end."""
    for name, content in LOCAL:
        desk.came(name, content, NOON)
    desk.came(*official(), at=NOON)
    desk.came(*official(notices=25), at=NOON + timedelta(days=9))
    assert not any(hold.stands for hold in holds(desk.engine))
    then = engine_as_at(desk.engine, NOON + timedelta(days=1))
    try:
        assert [hold.stands for hold in holds(then) if hold.rule == "official-differs"] == [True]
    finally:
        then.dispose()


def test_both_sides_of_two_publications_are_asked_apart(either: Desk):
    """A file of crimes must not end what is held for fly-tips of the same year."""
    for name, content in (*LOCAL, official()):
        either.accept(name, content)
    rows = "Crime Reference | Date Recorded | HO Code\n" + "\n".join(
        f"41/{n}/20 | 14/{month.number:02}/{month.year} | 46" for n, month in enumerate(YEAR.span)
    )
    either.accept("police-crime-2020-21.csv", police(rows))
    assert stand(either) == HELD
    quarters = "\n".join(f"2020/21 | {n} | 5" for n in (1, 2, 3, 4))
    head = "Financial Year | Financial Quarter | Offence Count\n"
    either.accept("csp.xlsx", home_office(y2020_21=head + quarters))
    assert [d.partition(",")[0] for _, d, _ in stand(either)] == [
        "All crime", "Fixed penalty notice for fly-tipping", "Shoplifting",
    ]  # fmt: skip


def test_a_tolerance_of_the_settings_counts(desk: Desk):
    limits = desk.settings.limits.model_copy(update={"official": {"action-fpn-fly-tipping": 70.0}})
    lenient = Desk(desk.engine, desk.settings.model_copy(update={"limits": limits}), desk.address)
    for name, content in (*LOCAL, official()):
        lenient.accept(name, content)
    assert stand(lenient) == []


def test_a_quarter_that_the_publication_lacks_leaves_the_year_unknown(desk: Desk):
    head = "Financial Year | Financial Quarter | Offence Count\n"
    desk.accept("csp.xlsx", home_office(y2020_21=head + "2020/21 | 1 | 5\n2020/21 | 2 | 4"))
    found = stated_figures(desk.engine, ["official-theft-from-shop", "official-robbery"])
    assert found == {
        ("official-theft-from-shop", HERE, "2020-21-Q1"): 5,
        ("official-theft-from-shop", HERE, "2020-21-Q2"): 4,
        ("official-theft-from-shop", HERE, "2020-21-Q2-YTD"): 9,
    }


@pytest.mark.parametrize("order", list(permutations(range(3)))[:4])
def test_editions_of_a_publication_in_any_order_leave_the_last_one(tmp_path: Path, order):
    editions = [official(notices=n) for n in (15, 20, 25)]
    _, figures = after([editions[n] for n in order], tmp_path)
    last = (15, 20, 25)[order[-1]]
    assert figures[("official-fpn-fly-tipping", HERE, "2020-21")] == last
