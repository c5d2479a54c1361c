"""A slice of the campaigns of outages, crowds and orders; `make torture` runs all of them."""

import pytest
from support.databases import POSTGRESQL, SQLITE
from support.mounts import can_mount

from faults import crowds, orders, outages

pytestmark = pytest.mark.slow

SOME = (
    "another program writes to the SQLite file",
    "the disk of the SQLite file is full",
    "the disk of the receipts is full",
    "the SQLite file may only be read",
    "PostgreSQL may only be read",
)


@pytest.mark.parametrize("what", SOME)
def test_an_outage_is_told_and_the_next_run_puts_all_right(what: str):
    outage = outages.OUTAGES[what]
    if outage.needs_mounts and not can_mount():
        pytest.skip("this user may not mount a file system")
    faults, _ = outages.suffer(outage)
    assert faults == []


def test_a_cut_connection_is_told_and_the_next_run_puts_all_right():
    points, of_how_many = outages.points_to_cut(2, seed=1)
    assert len(points) == 2
    assert of_how_many > 50
    assert [fault for point in points for fault in outages.cut(point)] == []


@pytest.mark.parametrize(
    ("kind", "what"), [(SQLITE, crowds.FIRST_START), (POSTGRESQL, crowds.DIFFERENT)]
)
def test_runs_at_once_count_nothing_twice_and_lose_nothing(kind: str, what: str):
    tally = crowds.Tally()
    crowds.crowd(kind, what, 1, crowds.meeting(kind), tally, size=4)
    assert tally.faults == []
    assert tally.runs == 4


def test_what_stands_is_what_was_sent_last_in_whatever_order():
    tally = orders.Tally()
    orders.campaign(4, 3, tally)
    assert tally.faults == []
    assert tally.files.total() > 10
