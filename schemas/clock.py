"""Local time in Europe/London at the two changes of the clock.

Clocks go from 01:00 to 02:00 on the last Sunday of March, and from 02:00 back to 01:00 on the last
Sunday of October: one hour is shown by no clock, the other is shown twice. So since 1981 and 1996.
"""

import pandas as pd

HOUR = pd.Timedelta(hours=1)


def is_skipped(times: pd.Series) -> pd.Series:
    """Say of each local time whether no clock showed it; a null is not skipped."""
    return _in_change_hour(times, month=3)


def is_repeated(times: pd.Series) -> pd.Series:
    """Say of each local time whether clocks showed it twice; a null is not repeated."""
    return _in_change_hour(times, month=10)


def _in_change_hour(times: pd.Series, month: int) -> pd.Series:
    days = times.dt
    last_sunday = days.month.eq(month) & days.day_of_week.eq(6) & days.day.ge(25)
    return last_sunday & days.hour.eq(1)


def comes_before(later: pd.Series, earlier: pd.Series) -> pd.Series:
    """Say of each pair of local times whether `later` is surely before `earlier`.

    Within the hour that is shown twice it cannot be: 01:10 may be the second 01:10.
    """
    same_hour = is_repeated(later) & is_repeated(earlier) & (earlier - later < HOUR)
    return (later < earlier) & ~same_hour
