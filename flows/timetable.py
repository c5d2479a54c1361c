"""When runs are due: the days of packs, and the moments of all runs, in Europe/London."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from flows.clock import LONDON, day_of, today
from flows.settings import Schedule
from schemas.period import FinancialYear, Month, Period, Quarter
from schemas.words import day_label, listed

QUARTER_MONTHS = (1, 4, 7, 10)
"""The months after the ends of the financial quarters, in which their packs are made."""

MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
A_YEAR = timedelta(days=367)
BY_HAND = {
    "receive": "csp receive", "quarter-end": "csp quarter", "year-end": "csp year",
}  # fmt: skip
"""What a run is called that somebody, or a cron of the machine, makes by a command."""
RUN_OF = {command: kind for kind, command in BY_HAND.items()}
"""The kind of a run by its name where somebody made it by a command."""


def command_for(kind: str, period_code: str) -> str:
    """Return the commands by which what a run was to do is made good, in words."""
    kind = RUN_OF.get(kind, kind)
    first = "csp receive, then " if kind in ("quarter-end", "year-end") else ""
    return f"{first}{last_command_for(kind, period_code)}"


def last_command_for(kind: str, period_code: str) -> str:
    """Return the command that does what a run was to do, where all files have been taken."""
    kind = RUN_OF.get(kind, kind)
    return f"{BY_HAND.get(kind, f'csp {kind}')} {period_code}".rstrip()


@dataclass(frozen=True)
class Due:
    """One run that the timetable asks for: what, of which period, and when (UTC)."""

    kind: str
    period_code: str
    label: str
    at: datetime

    @property
    def told(self) -> str:
        """The moment in words, in local time: "15 Jul 2020 at 06:00"."""
        local = self.at.replace(tzinfo=UTC).astimezone(LONDON)
        return f"{day_label(local)} at {local:%H:%M}"

    @property
    def missed(self) -> str:
        """The sentence on it where it did not happen."""
        return f"The run {self.kind} of {self.label} did not happen; it was due on {self.told}."


@dataclass(frozen=True)
class Plan:
    """One kind of run by the timetable: its cron line (local time), and the same in words."""

    kind: str
    cron: str
    words: str


def plans(schedule: Schedule) -> tuple[Plan, ...]:
    """Return what is run by itself, and when."""
    months = [MONTH_NAMES[number - 1] for number in QUARTER_MONTHS]
    day, year_day, year_month = (
        schedule.quarter_end_day, schedule.year_end_day, schedule.year_end_month,
    )  # fmt: skip
    return (
        Plan("receive", _cron(schedule.receive), f"every day at {schedule.receive}"),
        Plan(
            "quarter-end",
            _cron(schedule.quarter_end, f"{day} {','.join(map(str, QUARTER_MONTHS))}"),
            f"on {day} {listed(months)} at {schedule.quarter_end}",
        ),
        Plan(
            "year-end",
            _cron(schedule.year_end, f"{year_day} {year_month}"),
            f"on {year_day} {MONTH_NAMES[year_month - 1]} at {schedule.year_end}",
        ),
        Plan("watch", _cron(schedule.watch), f"every day at {schedule.watch}"),
    )


def _cron(clock: str, days: str = "* *") -> str:
    hour, minute = map(int, clock.split(":"))
    return f"{minute} {hour} {days} *"


def next_runs(schedule: Schedule, now: datetime) -> dict[str, Due]:
    """Return the next run of each kind after a moment (UTC)."""
    found: dict[str, Due] = {}
    packs = {due.kind: due for due in reversed(pack_runs(schedule, now, now + A_YEAR))}
    for kind, clock in (("receive", schedule.receive), ("watch", schedule.watch)):
        today = day_of(now)
        moments = [moment(today + timedelta(days=n), clock) for n in (0, 1)]
        found[kind] = Due(kind, "", "", next(at for at in moments if at > now))
    return {plan.kind: (found | packs)[plan.kind] for plan in plans(schedule)}


def pack_runs(schedule: Schedule, since: datetime, until: datetime) -> list[Due]:
    """Return the runs that make packs, of the moments after `since` and up to `until` (UTC)."""
    days = _days(since.date() - timedelta(days=1), until.date() + timedelta(days=1))
    found = [due for day in days for due in _on(day, schedule)]
    return [due for due in found if since < due.at <= until]


def next_pack(schedule: Schedule, now: datetime) -> Due:
    """Return the next run of a quarter's end."""
    coming = pack_runs(schedule, now, now + timedelta(days=120))
    return next(due for due in coming if due.kind == "quarter-end")


def too_early(period: Period) -> str:
    """Say that a pack cannot be frozen yet: most likely another period was meant. "" if it can."""
    end = period.span.last.end
    if today() > end:
        return ""
    return (
        f"{period.label} has not ended: its pack can be published after {day_label(end)}. "
        "--draft prints what there is."
    )


def quarter_before(today: Month) -> Quarter:
    """Return the last quarter that has ended by a month."""
    return (today.quarter.span.first + -1).quarter


def year_before(today: Month) -> FinancialYear:
    """Return the last financial year that has ended by a month."""
    return (today.financial_year.span.first + -1).financial_year


def _days(first: date, last: date) -> Iterator[date]:
    for number in range(first.toordinal(), last.toordinal() + 1):
        yield date.fromordinal(number)


def _on(day: date, schedule: Schedule) -> Iterator[Due]:
    month = Month(day.year, day.month)
    if day.month in QUARTER_MONTHS and day.day == schedule.quarter_end_day:
        quarter: Quarter = (month + -1).quarter
        yield Due("quarter-end", quarter.code, quarter.label, moment(day, schedule.quarter_end))
    if (day.month, day.day) == (schedule.year_end_month, schedule.year_end_day):
        year: FinancialYear = Month(day.year, 3).financial_year
        yield Due("year-end", year.code, year.label, moment(day, schedule.year_end))


def moment(day: date, clock: str) -> datetime:
    """Return a local time of a day as UTC, without a time zone, as the warehouse keeps it."""
    hour, minute = map(int, clock.split(":"))
    local = datetime.combine(day, time(hour, minute), LONDON)
    return local.astimezone(UTC).replace(tzinfo=None)
