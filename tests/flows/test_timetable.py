"""The timetable: which days and times of csp.toml become which runs, in London time."""

from datetime import datetime

import pytest

from flows.settings import Schedule, SettingsError, load_settings
from flows.timetable import next_runs, plans


def crons(**schedule: object) -> dict[str, str]:
    return {plan.kind: plan.cron for plan in plans(Schedule.model_validate(schedule))}


def test_the_defaults_are_those_of_the_readme():
    assert crons() == {
        "receive": "30 6 * * *",
        "quarter-end": "0 6 15 1,4,7,10 *",
        "year-end": "0 6 15 5 *",
        "watch": "30 7 * * *",
    }


def test_days_and_times_are_those_of_csp_toml():
    made = crons(
        receive="18:05", quarter_end="00:30", quarter_end_day=3, year_end_day=1, year_end_month=12
    )
    assert made["receive"] == "5 18 * * *"
    assert made["quarter-end"] == "30 0 3 1,4,7,10 *"
    assert made["year-end"] == "0 6 1 12 *"


def test_the_next_run_of_each_kind_is_told_in_london_time():
    coming = next_runs(Schedule(), datetime(2026, 7, 15, 5, 10))
    assert {kind: due.told for kind, due in coming.items()} == {
        "receive": "15 Jul 2026 at 06:30",
        "quarter-end": "15 Oct 2026 at 06:00",
        "year-end": "15 May 2027 at 06:00",
        "watch": "15 Jul 2026 at 07:30",
    }
    assert coming["quarter-end"].label == "Jul to Sep 2026"


def test_a_run_of_today_that_is_over_comes_tomorrow():
    assert next_runs(Schedule(), datetime(2026, 7, 15, 5, 30))["receive"].told == (
        "16 Jul 2026 at 06:30"
    )


@pytest.mark.usefixtures("elsewhere")
@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('receive = "6.30"', "schedule.receive: a time of day is written as 06:30."),
        ('watch = "01:30"', "schedule.watch: not between 01:00 and 02:00, when clocks are changed"),
        ("quarter_end_day = 31", "schedule.quarter_end_day: Input should be less than or equal"),
        ("year_end_month = 2", "schedule.year_end_month: Input should be greater than or equal"),
        ('weekly = "06:30"', "schedule.weekly"),
    ],
)
def test_a_wrong_timetable_is_refused_in_a_sentence(tmp_path, line: str, said: str):
    (tmp_path / "csp.toml").write_text(f"[schedule]\n{line}\n", encoding="utf-8")
    with pytest.raises(SettingsError) as told:
        load_settings()
    assert said in str(told.value)
