"""The parsers: which texts each one reads, as what, and that it refuses all others."""

from datetime import date, datetime
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.codes import CRIME_STATUSES, STREET_CRIME_TYPES
from sources.dates import moment, month, sheet_date, sheet_date_time, uk_date
from sources.parse import (
    Parser,
    category,
    code,
    district,
    exactly,
    flag,
    integer,
    labels,
    mask_precision,
    masked_metres,
    metres,
    number,
    parse_column,
    pounds_as_pence,
    text,
    words,
)
from sources.repairs import repair

FEW = settings(max_examples=10)


def read(parser: Parser, *texts: str | None) -> list[object]:
    """Read texts as a column: as plain text and as categories, which must come to the same."""
    plain = parse_column(parser, pd.Series(texts, dtype="str"))
    repeated = parse_column(parser, pd.Series(texts, dtype="str").astype("category"))
    assert plain.dtype == repeated.dtype == parser.dtype
    values = [None if pd.isna(v) else v for v in plain]
    assert [None if pd.isna(v) else v for v in repeated] == values
    filled = pd.Series([t for t in texts if t is not None], dtype="str")
    readable = [v is not None for v, t in zip(values, texts, strict=True) if t is not None]
    assert parser.readable(filled).tolist() == readable
    return values


def mended(parser: Parser, *texts: str) -> list[object]:
    """Read texts in the way of the gate, which mends them first."""
    frame, _ = repair(pd.DataFrame({"cell": pd.Series(texts, dtype="str")}), {"cell": parser})
    return [None if pd.isna(v) else v for v in parse_column(parser, frame["cell"])]


DAY = pd.Timestamp("2020-12-31")
UK_DATE_TIME = moment(
    "%d/%m/%Y %H:%M", "31/12/2020 23:59", shape="[0-9]{2}/[0-9]{2}/[0-9]{4} [0-9]{2}:[0-9]{2}"
)
CASES = [
    pytest.param(category(), {"Verulam": "Verulam"}, (), id="category"),
    pytest.param(code(), {"E05009028": "E05009028"}, (), id="code"),
    pytest.param(
        words(CRIME_STATUSES, also={"No Further Crime": "cancelled"}),
        {"Recorded": "recorded", "CANCELLED": "cancelled", "no crime": "cancelled",
         "no further crime": "cancelled"},
        ("record", "recorded.", "0"), id="words",
    ),
    pytest.param(
        labels(STREET_CRIME_TYPES),
        {"Drugs": "Drugs", "drugs": "Drugs", "OTHER THEFT": "Other theft",
         "other-theft": "Other theft"},
        ("Fraud",), id="labels",
    ),
    pytest.param(
        exactly({"yes": "primary", "No": "secondary"}),
        {"yes": "primary", "YES": "primary", "no": "secondary"}, ("y", "yes no"), id="exactly",
    ),
    pytest.param(
        district(),
        {"St Albans": "E07000240", "E07000240": "E07000240", "welwyn hatfield": "E07000241"},
        ("Hertfordshire", "E07009999", "E07000100"), id="district",
    ),
    pytest.param(
        flag(),
        {"Y": True, "yes": True, "1": True, "X": True, "TRUE": True, "n": False, "No": False,
         "0": False, "false": False},
        ("yn", "2", "-", "DA"), id="flag",
    ),
    pytest.param(
        integer(),
        {"0": 0, "-7": -7, "007": 7, "123456789012345": 123_456_789_012_345},
        ("1.0", "1,234", "1,23", "12,34", "1e3", "", "+1", "one", "<5", "1 234", "1,234x", "x1",
         "1234567890123456"),
        id="integer",
    ),
    pytest.param(
        number(), {"51.75": 51.75, "-0.336421": -0.336421, "5": 5.0},
        ("51,75", ".5", "5.", "1e3", "nan", "inf", "51.7.5"), id="number",
    ),
    pytest.param(
        pounds_as_pence(),
        {"12": 1200, "12.5": 1250, "12.05": 1205, "£1234.50": 123450, "£ 7": 700, "0": 0},
        ("-1", "12.345", "1,234", "free", "12.", "£", "12 pounds", "1.2.3"), id="pounds",
    ),
    pytest.param(
        metres(),
        {"514000": 514_000, "514000.9": 514_000, "51.75": 51, "-0.336421": -1, "0": 0},
        ("514***", "514,000", "1e5", "E", "5140000000"), id="metres",
    ),
    pytest.param(
        masked_metres(),
        {"376***": 376_000, "376123": 376_123, "1765***": 1_765_000, "0": 0, "51.75": 51},
        ("376**", "376**1", "*****", "376***0", "376,123"), id="masked metres",
    ),
    pytest.param(
        mask_precision(), {"376***": 1000, "376123": 1}, ("376**", "***"), id="precision",
    ),
    pytest.param(
        uk_date(), {"31/12/2020": DAY},
        ("12/31/2020", "31/12/20", "1/1/2020", "2020-12-31", "31/12/2020 10:00", "31/02/2020",
         "31-12-2020", "44196", "31/12/2020x"), id="uk date",
    ),
    pytest.param(
        UK_DATE_TIME, {"31/12/2020 23:59": pd.Timestamp("2020-12-31 23:59")},
        ("31/12/2020", "31/12/2020 24:00", "31/12/2020 9:00", "31/12/2020 23:59:00"),
        id="uk date and time",
    ),
    pytest.param(
        month(), {"2020-12": pd.Timestamp("2020-12-01")}, ("2020-13", "2020-1", "12/2020"),
        id="month",
    ),
    pytest.param(
        sheet_date(), {"2020-12-31": DAY}, ("31/12/2020", "2020-12-31 00:00:01", "2020-02-30"),
        id="sheet date",
    ),
    pytest.param(
        sheet_date_time(),
        {"2020-12-31 23:59:00": pd.Timestamp("2020-12-31 23:59"), "2020-12-31": DAY},
        ("2020-12-31 23:59", "31/12/2020 23:59", "2020-02-30", "2020-12-31 24:00:00"),
        id="sheet date and time",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("parser", "readable", "unreadable"), CASES)
def test_what_a_parser_reads_and_what_it_refuses(
    parser: Parser, readable: dict[str, object], unreadable: tuple[str, ...]
):
    values = read(parser, *readable, None, *unreadable, *readable)
    good = list(readable.values())
    assert values == [*good, None, *[None] * len(unreadable), *good]


@pytest.mark.parametrize(("parser", "readable", "unreadable"), CASES)
def test_a_parser_that_can_refuse_says_which_rule_and_what_it_expected(
    parser: Parser, readable: dict[str, object], unreadable: tuple[str, ...]
):
    del readable
    assert bool(parser.rule) == bool(parser.expected) == bool(unreadable)
    assert bool(parser.convert) == bool(unreadable)


@pytest.mark.parametrize(("parser", "readable", "unreadable"), CASES)
def test_rows_keep_their_numbers(
    parser: Parser, readable: dict[str, object], unreadable: tuple[str, ...]
):
    del unreadable
    column = pd.Series(list(readable), index=range(418, 418 + len(readable)), dtype="str")
    assert parse_column(parser, column).index.tolist() == column.index.tolist()


def test_the_expected_words_are_listed():
    assert words(CRIME_STATUSES).expected == "Recorded, Cancelled or Transferred"
    assert exactly({"yes": "a", "no": "b"}).expected == "yes, no"


EVERY = pytest.mark.parametrize("parser", [pytest.param(c.values[0], id=c.id) for c in CASES])


@EVERY
def test_a_column_that_is_blank_from_top_to_bottom(parser: Parser):
    assert read(parser, None, None) == [None, None]


@EVERY
def test_a_column_without_rows(parser: Parser):
    assert read(parser) == []


@pytest.mark.parametrize(
    "parser",
    [pytest.param(case.values[0], id=case.id) for case in CASES if case.values[2]],
)
def test_a_column_in_which_nothing_can_be_read(parser: Parser):
    assert read(parser, "?", None, "!") == [None, None, None]


@pytest.mark.parametrize("amount", ["1,50", "12,5", "12£50", "1,2,3", "££5"])
def test_an_amount_that_could_mean_two_things(amount: str):
    assert read(pounds_as_pence(), "1.00", amount) == [100, None]


@pytest.mark.parametrize("day", ["31/12/9999", "01/01/0020", "31/12/1899", "01/01/2200"])
def test_a_year_that_nobody_can_mean(day: str):
    assert read(uk_date(), "31/12/2020", day) == [DAY, None]


def test_a_reference_that_a_spreadsheet_spoilt_is_not_readable():
    spoilt = ("4.1E+12", "4e+12", "2020-04-05", "05-Apr", "5-apr-20", "Apr-20", "5/4/2020")
    sound = ("41/12345/20", "FT/0012", "20200405", "C-1/4", "2020/04/123", "a" * 64, "12E4")
    texts = pd.Series([*spoilt, *sound], dtype="str")
    assert text().readable(texts).tolist() == [False] * len(spoilt) + [True] * len(sound)


# --- parse(write(x)) = x ----------------------------------------------------------------------

days = st.dates(date(1900, 1, 1), date(2199, 12, 31))
moments = st.datetimes(datetime(1900, 1, 1), datetime(2199, 12, 30))


@FEW
@given(st.lists(days, min_size=1))
def test_days_survive_being_written_and_read(written: list[date]):
    want = [pd.Timestamp(day) for day in written]
    assert read(uk_date(), *(day.strftime("%d/%m/%Y") for day in written)) == want
    assert read(sheet_date(), *(day.isoformat() for day in written)) == want
    starts = [pd.Timestamp(day.replace(day=1)) for day in written]
    assert read(month(), *(day.strftime("%Y-%m") for day in written)) == starts


@FEW
@given(st.lists(moments, min_size=1))
def test_moments_survive_being_written_and_read(written: list[datetime]):
    minutes = [m.replace(second=0, microsecond=0) for m in written]
    assert read(UK_DATE_TIME, *(m.strftime("%d/%m/%Y %H:%M") for m in minutes)) == minutes
    seconds = [m.replace(microsecond=0) for m in written]
    assert read(sheet_date_time(), *(m.strftime("%Y-%m-%d %H:%M:%S") for m in seconds)) == seconds


@FEW
@given(st.lists(st.integers(-(10**15) + 1, 10**15 - 1), min_size=1))
def test_whole_numbers_survive_being_written_and_read(written: list[int]):
    assert read(integer(), *map(str, written)) == written
    assert mended(integer(), *(f"{n:,}" for n in written)) == written


@FEW
@given(st.lists(st.integers(0, 10**11 - 1), min_size=1))
def test_pounds_survive_being_written_and_read(pence: list[int]):
    pounds = [Decimal(p) / 100 for p in pence]
    assert read(pounds_as_pence(), *(f"{p:.2f}" for p in pounds)) == pence
    assert mended(pounds_as_pence(), *(f"£{p:,.2f}" for p in pounds)) == pence
