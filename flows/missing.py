"""Which runs of the timetable did not happen, though there was something to do."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from flows.settings import Settings
from flows.timetable import BY_HAND, Due, pack_runs
from warehouse.read import DeliveryLine
from warehouse.releases import ReleaseLine
from warehouse.runs import DONE, HELD, RUNNING, RunLine

GRACE = timedelta(hours=6)
"""How long after its time a run may start or end before it is said to be missing."""
EARLY = timedelta(days=1)
"""How long before its time a run may have been made by hand in its place."""
LOOKS_BACK = timedelta(days=100)
"""How far back the timetable is held against the runs: a quarter and some days."""


def missing_runs(
    done: Sequence[RunLine],
    published: Sequence[ReleaseLine],
    received: Sequence[DeliveryLine],
    settings: Settings,
    now: datetime,
) -> list[Due]:
    """Return the runs of the timetable that nothing came of, though there was something to do.

    Nothing is asked of the time before the first file came or the first run was made. A run that
    was held has happened; so has one that is under way, and one that was made good by hand.
    """
    starts = [d.received_at for d in received] + [run.started_at for run in done]
    if not starts:
        return []
    since = max(min(starts), now - LOOKS_BACK)
    happened = {DONE, HELD, RUNNING}
    return [
        due
        for due in pack_runs(settings.schedule, since, now - GRACE)
        if not any(
            run.kind in (due.kind, BY_HAND[due.kind])
            and run.period_code == due.period_code
            and run.started_at >= due.at - EARLY
            and run.state in happened
            for run in done
        )
        and not any(
            release.period_code == due.period_code and release.published_at >= due.at - EARLY
            for release in published
        )
    ]
