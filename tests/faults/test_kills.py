"""A slice of the campaigns of kills; `make torture` has hundreds, and every stage."""

import pytest

from faults import gates, kills
from faults.course import course_of
from faults.inboxes import few

pytestmark = pytest.mark.slow

SOME = ("some rows are stored", "all is written, and not committed", "a delivery is committed")
STAGES = {what: kills.STAGES[what] for what in SOME}


@pytest.mark.parametrize("kind", kills.KINDS)
def test_a_kill_at_any_moment_is_put_right_by_the_next_run(kind: str):
    tally = kills.Tally()
    kills.at_random(kind, 2, 1, tally)
    assert tally.faults == []
    assert tally.kills == 2
    assert tally.looks > 2


@pytest.mark.parametrize("kind", kills.KINDS)
def test_a_kill_at_a_stage_is_put_right_by_the_next_run(kind: str):
    tally = kills.Tally()
    kills.at_stages(kind, few(), STAGES, tally, most=1)
    assert tally.faults == []
    assert tally.kills == len(STAGES)


def test_a_kill_while_the_warehouse_is_made_is_put_right_by_the_next_run():
    tally = kills.Tally()
    kills.at_stages(kills.SQLITE, few(), kills.FIRST_START, tally, most=1)
    assert tally.faults == []
    assert tally.kills == len(kills.FIRST_START)


@pytest.mark.parametrize("kind", kills.KINDS)
def test_a_run_that_waits_for_a_lock_ends_when_its_gate_is_killed(kind: str):
    """Kept away: a run that noticed it only once the lock was free, up to a minute later."""
    tally = gates.Tally()
    gates.at_a_lock(kind, course_of(kind, few(6000)), tally)  # still checked at the lock
    assert tally.faults == []
    assert 0 < tally.longest < kills.MOST_SECONDS
