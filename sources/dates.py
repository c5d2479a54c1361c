"""Parsers of dates and times, each of exactly one declared form; and whether day or month is first.

Times are local (Europe/London). What is not declared is refused, but for what can be read in one
way only and is mended: a spreadsheet's number for a date, a date as text in a workbook, 24:00.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from schemas.period import Span
from sources.parse import NOTHING, TIME, Parser
from sources.repairs import Refusal, Repair, has_form

# Nothing that a partner counts happened outside these: 31/12/9999 and the year 20 are no dates.
EARLIEST, LATEST = pd.Timestamp("1900-01-01"), pd.Timestamp("2199-12-31")

SLASHED = r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}"
SLASHED_TIME = rf"{SLASHED}(?: [0-9]{{1,2}}:[0-9]{{2}}(?::[0-9]{{2}})?)?"
EPOCH = pd.Timestamp("1899-12-30")
"""Day 0 of a spreadsheet's numbers for dates, which count a 29 February 1900 that never was."""


def _read(texts: pd.Series, form: str) -> pd.Series:
    read = pd.to_datetime(texts, format=form, errors="coerce")
    return read.where(read.between(EARLIEST, LATEST)).astype(TIME)


def _day(texts: pd.Series) -> pd.Series:
    return texts.str.split(" ", n=1).str[0]


def _both_orders(texts: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Read slashed texts with the day first and with the month first; null where one cannot be."""
    days = _day(texts)
    return _read(days, "%d/%m/%Y"), _read(days, "%m/%d/%Y")


def _only_month_first(texts: pd.Series) -> pd.Series:
    day_first, month_first = _both_orders(texts)
    return day_first.isna() & month_first.notna()


SERIAL = Refusal("date-serial-undeclared", r"(?:[3-5][0-9]{4}|60000)(?:\.[0-9]+)?")
MONTH_FIRST = Refusal("date-month-first", SLASHED_TIME, _only_month_first)


def moment(form: str, expected: str, *, shape: str, is_day: bool = False) -> Parser:
    """Read a date or a local date and time in exactly one declared form.

    `shape` is the pattern of the text: the parser underneath would take fewer digits than a form
    states, and what is not declared is refused.
    """

    def convert(texts: pd.Series) -> pd.Series:
        return _read(texts.where(texts.str.fullmatch(shape)), form)

    is_day_first = form.startswith("%d/%m/%Y")
    return Parser(
        TIME,
        "date-unreadable" if is_day else "time-unreadable",
        expected,
        convert,
        repairs=NOTHING if is_day or "%H" not in form else (*NOTHING, _midnight(form, shape)),
        refusals=(SERIAL, MONTH_FIRST) if is_day_first else (SERIAL,),
        is_day_first=is_day_first,
    )


def _midnight(form: str, shape: str) -> Repair:
    """Mend 24:00 to 00:00 of the next day, in the same form."""
    (day_form, _, time_form), (day_shape, _, _) = form.rpartition(" "), shape.rpartition(" ")
    end = " " + time_form.replace("%H", "24").replace("%M", "00").replace("%S", "00")

    def next_day(texts: pd.Series) -> pd.Series:
        days = _read(texts.str.removesuffix(end), day_form)
        later = (days + pd.Timedelta(days=1)).dt.strftime(form).astype("str")
        return later.where(days.notna(), texts)

    return Repair("time-midnight", day_shape + end, next_day)


def uk_date() -> Parser:
    """Read 31/12/2020."""
    return moment("%d/%m/%Y", "31/12/2020", shape=r"[0-9]{2}/[0-9]{2}/[0-9]{4}", is_day=True)


def month() -> Parser:
    """Read 2020-12 as the first day of the month."""
    return moment("%Y-%m", "2020-12", shape=r"[0-9]{4}-[0-9]{2}", is_day=True)


# --- date cells of workbooks ------------------------------------------------------------------


def sheet_date(*, has_serials: bool = False) -> Parser:
    """Read a date cell of a workbook (the reader gives it as 2020-12-31).

    `has_serials` declares that the column may hold a spreadsheet's numbers for dates.
    """
    shape = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    plain = moment("%Y-%m-%d", "a date cell (31/12/2020)", shape=shape, is_day=True)
    serial = Repair("date-serial", "[3-5][0-9]{4}|60000", _from_serial("%Y-%m-%d"))
    as_text = Repair("date-as-text", "[0-9]{2}/[0-9]{2}/[0-9]{4}", _iso_day)
    return _of_a_sheet(plain, as_text, serial if has_serials else None)


def sheet_date_time(*, has_serials: bool = False) -> Parser:
    """Read a date-and-time cell of a workbook (the reader gives it as 2020-12-31 23:59:00).

    Midnight comes as the day alone (2020-12-31): in the cell, the two are one number. `has_serials`
    is as in `sheet_date`.
    """
    shape = r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}"
    timed = moment("%Y-%m-%d %H:%M:%S", "a date and time cell (31/12/2020 23:59)", shape=shape)

    def convert(texts: pd.Series) -> pd.Series:
        at_midnight = texts.str.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
        return timed.converted(texts.mask(at_midnight, texts + " 00:00:00"))

    serial = Repair(
        "date-serial", r"(?:[3-5][0-9]{4}|60000)(?:\.[0-9]+)?", _from_serial("%Y-%m-%d %H:%M:%S")
    )
    as_text = Repair(
        "date-as-text",
        r"[0-9]{2}/[0-9]{2}/[0-9]{4}(?: (?:(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?"
        r"|24:00(?::00)?))?",
        _iso_day_and_time,
    )
    return _of_a_sheet(replace(timed, convert=convert), as_text, serial if has_serials else None)


def _of_a_sheet(plain: Parser, as_text: Repair, serial: Repair | None) -> Parser:
    return replace(
        plain,
        # A text that becomes a date may say 24:00, so it goes before the repair of that.
        repairs=(as_text, *((serial,) if serial else ()), *plain.repairs),
        refusals=(SERIAL, MONTH_FIRST),
        is_day_first=True,
    )


def without_serials(parser: Parser) -> Parser:
    """Return a parser that refuses a spreadsheet's numbers for dates."""
    repairs = tuple(fault for fault in parser.repairs if fault.rule != "date-serial")
    return replace(parser, repairs=repairs)


def _from_serial(form: str) -> Callable[[pd.Series], pd.Series]:
    def mend(texts: pd.Series) -> pd.Series:
        seconds = (pd.to_numeric(texts) * 86_400).round()
        return (EPOCH + pd.to_timedelta(seconds, unit="s")).dt.strftime(form).astype("str")

    return mend


def _iso_day(texts: pd.Series) -> pd.Series:
    """Write dates as the reader writes date cells; what is no day of the calendar stays."""
    days = _read(texts, "%d/%m/%Y")
    return days.dt.strftime("%Y-%m-%d").astype("str").where(days.notna(), texts)


def _iso_day_and_time(texts: pd.Series) -> pd.Series:
    parts = texts.str.split(" ", n=1)
    days, times = _iso_day(parts.str[0]), parts.str[1].fillna("00:00")
    whole = days + " " + times.where(times.str.len() == 8, times + ":00")
    return whole.where(days != parts.str[0], texts)


# --- which of day and month is first, over a whole file ---------------------------------------


@dataclass
class Orders:
    """How many rows of a column have dates that can be read in only one order, and where both lead.

    `inside_*` count the rows that lie in the file's months when read in an order.
    """

    day_first_only: int = 0
    month_first_only: int = 0
    both: int = 0
    inside_day_first: int = 0
    inside_month_first: int = 0

    @property
    def verdict(self) -> str:
        """The rule that the column breaks as a whole, or "".

        An order that is stated by fewer than 3 rows, or by at most 1% of those that state one, is
        taken for strays: those rows are rejected one by one, if the other order is stated too.
        """
        stated = self.day_first_only + self.month_first_only
        if self.month_first_only and not self.day_first_only:
            return "date-month-first-throughout"
        if not self._is_strays(self.month_first_only, stated):
            strays = self._is_strays(self.day_first_only, stated)
            return "date-month-first-throughout" if strays else "date-orders-mixed"
        rows = stated + self.both
        if (
            rows >= FEWEST
            and self.inside_day_first <= rows * 0.1
            and self.inside_month_first >= rows * 0.9
        ):
            return "date-month-first-throughout"
        return ""

    @staticmethod
    def _is_strays(rows: int, stated: int) -> bool:
        return rows < FEWEST or rows <= stated * STRAY_SHARE


FEWEST = 3
STRAY_SHARE = 0.01


@dataclass
class DateOrders:
    """Watches the dates of a file go by, chunk after chunk; the size of a chunk decides nothing."""

    parsers: Mapping[str, Parser]
    dated_by: str
    span: Span | None
    columns: dict[str, Orders] = field(default_factory=dict)

    def look(self, frame: pd.DataFrame) -> None:
        """Count the dates of a chunk, as the partner wrote them."""
        for name, parser in self.parsers.items():
            if parser.is_day_first:
                texts, rows = _counted(frame[name])
                if len(texts):
                    self._count(name, texts, rows)

    def _count(self, name: str, texts: pd.Series, rows: np.ndarray) -> None:
        day_first, month_first = _both_orders(texts)
        can_day, can_month = day_first.notna().to_numpy(), month_first.notna().to_numpy()
        orders = self.columns.setdefault(name, Orders())
        orders.day_first_only += int(rows[can_day & ~can_month].sum())
        orders.month_first_only += int(rows[can_month & ~can_day].sum())
        orders.both += int(rows[can_day & can_month].sum())
        if name == self.dated_by:
            orders.inside_day_first += int(rows[self._inside(day_first)].sum())
            orders.inside_month_first += int(rows[self._inside(month_first)].sum())

    def _inside(self, days: pd.Series) -> np.ndarray:
        """Say which days lie in the months that the file's name states; none, if it states none."""
        if self.span is None:
            return np.zeros(len(days), dtype=bool)
        first, end = pd.Timestamp(self.span.first.start), pd.Timestamp((self.span.last + 1).start)
        return ((days >= first) & (days < end)).to_numpy()

    def verdicts(self) -> list[tuple[str, str]]:
        """Return the columns that cannot be read, each with the rule that says why."""
        found = [(name, orders.verdict) for name, orders in self.columns.items()]
        return [(name, rule) for name, rule in found if rule]


def _counted(column: pd.Series) -> tuple[pd.Series, np.ndarray]:
    """Return the distinct slashed texts of a column, and how many rows have each."""
    if not isinstance(column.dtype, pd.CategoricalDtype):
        column = column.astype("category")
    texts = pd.Series(column.cat.categories, dtype="str")
    codes = column.cat.codes.to_numpy()
    rows = np.bincount(codes[codes >= 0], minlength=len(texts))
    slashed = has_form(texts, SLASHED_TIME) & (rows > 0)
    return texts[slashed], rows[slashed.to_numpy()]
