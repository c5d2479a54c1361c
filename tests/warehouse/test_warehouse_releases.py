"""What was published is frozen once, by one at a time, and compared with what stands."""

import threading
from dataclasses import replace
from datetime import datetime

import pytest
from support.desk import COUNTY, DISTRICT, Desk, police

from schemas.period import FinancialYear, Quarter
from schemas.spans import code_of
from warehouse.changes import delivery_counts, differing_now, moved_by, movers
from warehouse.releases import (
    PublishedFigure,
    content_of,
    figures_of,
    last_published,
    publishing,
    releases,
)

pytestmark = pytest.mark.slow  # each opens warehouses

Q1, YEAR = Quarter(2020, 1), FinancialYear(2020)
NOON = datetime(2020, 7, 9, 12)
ROBBERY = ("robbery", DISTRICT, Q1.code)
HEAD = "Crime Reference | Date Recorded | HO Code\n"
FIRST = HEAD + "41/1/20 | 14/04/2020 | 34B\n41/2/20 | 14/05/2020 | 34B\n41/3/20 | 14/06/2020 | 45\n"


def freeze(desk: Desk, value: int | None, code: str = Q1.code, at: datetime = NOON) -> int:
    """Publish one figure, robbery in the district, of a period."""
    figures = {("robbery", DISTRICT, code): value}
    pack = code if code == YEAR.code else Q1.code
    with publishing(desk.engine) as press:
        line = replace(press.next(pack, figures, "1.2.3", at), manifest="{}")
        press.freeze(line, figures)
    return line.id


def test_a_release_stands_as_it_was_frozen(either: Desk):
    loaded = either.accept("police-crime-2020-21-q1.csv", police(FIRST))
    late = datetime(2100, 1, 1)
    assert freeze(either, 2, at=late) == 1
    assert freeze(either, None, YEAR.code) == 2
    first, second = releases(either.engine)
    assert (first.period_code, first.program_version, first.manifest) == (Q1.code, "1.2.3", "{}")
    assert (first.delivery_id, first.newest) == (loaded.delivery_id, loaded.delivery_id)
    # No release is older than the one before it, whatever the clock says.
    assert (first.published_at, second.published_at) == (late, late)
    assert figures_of(either.engine, 1) == {ROBBERY: 2}
    assert figures_of(either.engine, 2) == {("robbery", DISTRICT, YEAR.code): None}
    assert either.shows("csp_release_cell_v1", "release_id period_code value mark") == [
        ["1", "2020-21-Q1", "2", "-"], ["2", "2020-21", "-", "x"],
    ]  # fmt: skip


def test_a_release_before_anything_came_knows_no_delivery(either: Desk):
    freeze(either, None)
    (line,) = releases(either.engine)
    assert (line.delivery_id, line.newest, line.published_at) == (None, 0, NOON)


def test_a_publication_that_fails_freezes_nothing_and_uses_no_number(either: Desk):
    def broken_off() -> None:
        with publishing(either.engine) as press:
            press.freeze(press.next(Q1.code, {ROBBERY: 1}, "1", NOON), {ROBBERY: 1})
            raise RuntimeError("no page today")

    with pytest.raises(RuntimeError, match="no page"):
        broken_off()
    assert releases(either.engine) == []
    assert freeze(either, 1) == 1


def test_two_at_once_come_one_after_the_other(either: Desk):
    """The second one finds what the first has frozen, and so has nothing to freeze."""
    frozen, waiting = [], threading.Barrier(2)

    def publish_once() -> None:
        waiting.wait()
        with publishing(either.engine) as press:
            last = press.last(Q1.code)
            if last is None or last.content_sha256 != content_of({ROBBERY: 2}):
                line = replace(press.next(Q1.code, {ROBBERY: 2}, "1", NOON), manifest="{}")
                press.freeze(line, {ROBBERY: 2})
                frozen.append(line.id)

    threads = [threading.Thread(target=publish_once) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert frozen == [1]
    assert [line.id for line in releases(either.engine)] == [1]


def test_the_content_of_a_release_is_its_figures_in_any_order():
    other = ("robbery", COUNTY, Q1.code)
    assert content_of({ROBBERY: 1, other: 2}) == content_of({other: 2, ROBBERY: 1})
    assert content_of({ROBBERY: 1}) != content_of({ROBBERY: 2})
    assert content_of({ROBBERY: 0}) != content_of({ROBBERY: None})


def test_a_figure_is_that_of_the_last_release_that_printed_it(either: Desk):
    for value in (5, 6):
        freeze(either, value)
    freeze(either, 60, YEAR.code)
    assert last_published(either.engine, ["robbery"]) == {
        ROBBERY: PublishedFigure(2, 6),
        ("robbery", DISTRICT, YEAR.code): PublishedFigure(3, 60),
    }
    assert last_published(either.engine, ["all-crime"]) == {}


# --- what deliveries moved --------------------------------------------------------------------


def moved(desk: Desk, delivery_id: int, area: str = DISTRICT) -> list[tuple]:
    return [
        (m.measure, code_of(m.span), m.was, m.became, m.release_id)
        for m in moved_by(desk.engine, delivery_id)
        if m.area == area
    ]


def test_a_delivery_moves_figures_that_stood_before_it(either: Desk):
    first = either.accept("police-crime-2020-21-q1.csv", police(FIRST))
    assert moved_by(either.engine, first.delivery_id) == []
    again = FIRST.replace("41/2/20 | 14/05/2020 | 34B", "41/2/20 | 14/05/2020 | 45")
    second = either.accept("police-crime-2020-21-q1 again.csv", police(again))
    assert moved(either, second.delivery_id) == [
        ("vehicle-offences", "2020-05-01", 0, 1, None),
        ("vehicle-offences", "2020-21-Q1", 1, 2, None),
        ("robbery", "2020-05-01", 1, 0, None),
        ("robbery", "2020-21-Q1", 2, 1, None),
    ]
    # The first one moved nothing still: what came later does not change what it did.
    assert moved_by(either.engine, first.delivery_id) == []


def test_what_was_published_as_not_known_moves_when_it_is_known(either: Desk):
    freeze(either, None)
    freeze(either, None, "2020-21-Q2-YTD")
    first = either.accept("police-crime-2020-21-q1.csv", police(FIRST))
    assert moved(either, first.delivery_id) == [("robbery", Q1.code, None, 2, 1)]
    # A release that knew the delivery already was not moved by it.
    freeze(either, 2)
    assert moved(either, first.delivery_id) == [("robbery", Q1.code, None, 2, 1)]
    rows = HEAD + "41/9/20 | 14/07/2020 | 34B\n41/10/20 | 14/08/2020 | 45\n"
    second = either.accept("police-crime-2020-21-q2.csv", police(rows))
    assert moved(either, second.delivery_id) == [("robbery", "2020-21-Q2-YTD", None, 3, 2)]


def test_a_figure_is_moved_by_every_delivery_since(either: Desk):
    first = either.accept("police-crime-2020-21-q1.csv", police(FIRST))
    ids = [first.delivery_id]
    for number, code in enumerate(("45", "28E", "34B")):
        rows = FIRST.replace("41/1/20 | 14/04/2020 | 34B", f"41/1/20 | 1{number}/04/2020 | {code}")
        ids.append(either.accept(f"police-crime-2020-21-q1 {number}.csv", police(rows)).delivery_id)
        if code == "28E":
            assert movers(either.engine, {ROBBERY: ids[0]}) == {ROBBERY: (ids[1],)}
            burglary = ("burglary-residential", DISTRICT, Q1.code)
            assert movers(either.engine, {burglary: ids[0]}) == {burglary: (ids[2],)}
    # It is a robbery again: between the first file and now nothing has moved.
    assert movers(either.engine, {ROBBERY: ids[0]}) == {ROBBERY: ()}
    assert movers(either.engine, {ROBBERY: ids[1]}) == {ROBBERY: (ids[3],)}
    assert movers(either.engine, {ROBBERY: 0}) == {ROBBERY: (ids[0], ids[1], ids[3])}
    counts = delivery_counts(either.engine, ids)
    assert (counts[ids[1]].changed, counts[ids[1]].new, counts[ids[1]].unchanged) == (1, 0, 2)


def test_releases_count_the_figures_that_are_other_ones_now(either: Desk):
    assert differing_now(either.engine, DISTRICT) == {}
    freeze(either, 2)
    assert differing_now(either.engine, DISTRICT) == {1: 1}
    either.accept("police-crime-2020-21-q1.csv", police(FIRST))
    freeze(either, 3)
    assert differing_now(either.engine, DISTRICT) == {2: 1}


# --- the views --------------------------------------------------------------------------------


def flags(desk: Desk, view: str, period: str, code: str) -> list[str]:
    found = desk.shows(view, f"measure_code area_code {period} value is_provisional is_revised")
    (row,) = [r[3:] for r in found if r[:3] == ["robbery", DISTRICT, code]]
    return row


def test_figures_are_provisional_until_their_year_is_published_and_revised_if_they_differ(
    either: Desk,
):
    either.accept("police-crime-2020-21-q1.csv", police(FIRST))
    month, quarter = ("csp_measure_month_v1", "month"), ("csp_measure_quarter_v1", "quarter_code")
    assert flags(either, *month, "2020-05") == ["1", "1", "0"]
    assert flags(either, *quarter, Q1.code) == ["2", "1", "0"]
    freeze(either, 2)
    freeze(either, 0, "2020-05-01")
    assert flags(either, *month, "2020-05") == ["1", "1", "1"]
    assert flags(either, *quarter, Q1.code) == ["2", "1", "0"]
    freeze(either, 3)
    freeze(either, 1, "2020-05-01")
    freeze(either, 7, YEAR.code)
    assert flags(either, *month, "2020-05") == ["1", "0", "0"]
    assert flags(either, *quarter, Q1.code) == ["2", "0", "1"]
    # Published as seven, and not known now.
    assert flags(either, "csp_measure_year_v1", "year_code", YEAR.code) == ["-", "0", "1"]


def test_a_month_stands_beside_the_same_month_of_the_year_before(either: Desk):
    either.accept("police-crime-2020-21-q1.csv", police(FIRST))
    rows = HEAD + "41/1/21 | 14/04/2021 | 34B\n41/2/21 | 15/04/2021 | 34B\n"
    either.accept("police-crime-2021-04.csv", police(rows))
    found = either.shows(
        "csp_measure_month_v1",
        "measure_code area_code month value mark previous previous_mark change",
    )
    assert sorted(r[2:] for r in found if r[:2] == ["robbery", DISTRICT]) == [
        ["2020-04", "1", "-", "-", "x", "-"],
        ["2020-05", "1", "-", "-", "x", "-"],
        ["2020-06", "0", "-", "-", "x", "-"],
        ["2021-04", "2", "-", "1", "-", "1"],
    ]


def test_each_version_that_was_replaced_is_a_line(either: Desk):
    either.accept("police-crime-2020-21-q1.csv", police(FIRST))
    assert either.shows("csp_revision_v1", "measure_code") == []
    again = FIRST.replace("41/2/20 | 14/05/2020 | 34B", "41/2/20 | 14/05/2020 | 45")
    second = either.accept("police-crime-2020-21-q1 again.csv", police(again))
    found = either.shows("csp_revision_v1", "measure_code area_code month was became delivery_id")
    number = str(second.delivery_id)
    assert sorted(found) == [
        ["robbery", DISTRICT, "2020-05", "1", "0", number],
        ["vehicle-offences", DISTRICT, "2020-05", "0", "1", number],
    ]
