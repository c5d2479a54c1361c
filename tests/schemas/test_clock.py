"""The two changes of the clock: an hour that no clock shows, and one that is shown twice."""

import pandas as pd
import pytest

from schemas.clock import comes_before, is_repeated, is_skipped


def times(*texts: str | None) -> pd.Series:
    return pd.Series(pd.to_datetime(list(texts)), dtype="datetime64[ns]")


@pytest.mark.parametrize(
    ("time", "skipped"),
    [
        ("2020-03-29 00:59:59", False),
        ("2020-03-29 01:00", True),
        ("2020-03-29 01:59:59", True),
        ("2020-03-29 02:00", False),
        ("2020-03-22 01:30", False),  # a Sunday of March, but not the last
        ("2021-03-28 01:30", True),
        ("2021-03-31 01:30", False),  # the last day of March, but no Sunday
        ("2020-10-25 01:30", False),
        (None, False),
    ],
)
def test_the_hour_that_no_clock_shows_in_march(time: str | None, skipped: bool):
    assert is_skipped(times(time)).tolist() == [skipped]


@pytest.mark.parametrize(
    ("time", "repeated"),
    [("2020-10-25 01:00", True), ("2020-10-25 02:00", False), ("2020-03-29 01:30", False)],
)
def test_the_hour_that_is_shown_twice_in_october(time: str, repeated: bool):
    assert is_repeated(times(time)).tolist() == [repeated]


@pytest.mark.parametrize(
    ("earlier", "later", "disordered"),
    [
        ("2020-10-25 01:50", "2020-10-25 01:10", False),  # ten past one the second time
        ("2020-10-25 02:10", "2020-10-25 01:50", True),
        ("2020-10-26 01:50", "2020-10-26 01:10", True),
        ("2020-10-25 01:10", "2020-10-25 01:50", False),
        ("2020-10-25 01:10", None, False),
    ],
)
def test_what_is_surely_before(earlier: str, later: str | None, disordered: bool):
    assert comes_before(times(later), times(earlier)).tolist() == [disordered]
