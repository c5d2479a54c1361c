"""Laws of loading, for any sequence of small deliveries, held against a model of a few lines.

The model is what a partner would expect: what was sent last for a month is what stands, the other
months stay as they were, and sending something twice is sending it once.
"""

import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.databases import SQLITE
from support.desk import Desk, police, street

pytestmark = pytest.mark.slow

ASB = "Anti-social behaviour"
MONTHS = ("2025-04", "2025-05")
QUARTERS = {"q1": ("04", "05", "06"), "q2": ("07", "08", "09")}
# An example is several loads: a quarter as many of them as of the others.
FEW = settings(max_examples=settings().max_examples // 4)

# An id and a type; rows without an id are anti-social behaviour and may well be alike.
street_row = st.one_of(
    st.just(("", ASB)),
    st.tuples(st.sampled_from("abcd"), st.sampled_from(["Robbery", "Drugs"])),
)
street_deliveries = st.lists(
    st.tuples(st.sampled_from(MONTHS), st.lists(street_row, max_size=6)), min_size=1, max_size=4
)
police_deliveries = st.lists(
    st.tuples(
        st.sampled_from(sorted(QUARTERS)),
        st.dictionaries(st.integers(1, 6), st.integers(0, 2), min_size=1, max_size=4),
    ),
    min_size=1,
    max_size=4,
)
StreetRow = tuple[str, str]


@contextmanager
def open_desk() -> Iterator[Desk]:
    """An empty warehouse for one example."""
    with tempfile.TemporaryDirectory() as folder, Desk.open(SQLITE, Path(folder)) as desk:
        yield desk


def street_file(month: str, rows: list[StreetRow]) -> tuple[str, bytes]:
    body = "".join(f"{crime_id} | {month} | {kind}\n" for crime_id, kind in rows)
    return (
        f"{month}-hertfordshire-street.csv", street(f"Crime ID | Month | Crime type\n{body}")
    )  # fmt: skip


def acceptable(rows: list[StreetRow]) -> Counter[StreetRow]:
    """The rows that count: all without an id; with one, once, and not if they contradict."""
    kinds: dict[str, set[str]] = {}
    for crime_id, kind in rows:
        kinds.setdefault(crime_id, set()).add(kind)
    kept = Counter({("", ASB): sum(not crime_id for crime_id, _ in rows)})
    kept.update((i, next(iter(k))) for i, k in kinds.items() if i and len(k) == 1)
    return +kept


def current(desk: Desk, month: str) -> Counter[StreetRow]:
    shown = desk.shows("csp_street_crime_v1", "month crime_id crime_type")
    return Counter(
        (crime_id[0].replace("-", ""), kind) for when, crime_id, kind in shown if when == month
    )


@FEW
@given(deliveries=street_deliveries)
def test_what_was_sent_last_for_a_month_is_what_stands(deliveries):
    expected: dict[str, Counter[StreetRow]] = {}
    seen: set[bytes] = set()
    with open_desk() as desk:
        for month, rows in deliveries:
            name, content = street_file(month, rows)
            loaded = desk.hand_in(name, content)
            counts = acceptable(rows)
            assert loaded.status == ("accepted" if counts else "rejected")
            assert loaded.read == loaded.accepted + loaded.rejected
            if counts and content not in seen:  # the same bytes are no news
                expected[month] = counts
                seen.add(content)
                assert (loaded.read, loaded.accepted) == (len(rows), counts.total())
            for each in MONTHS:
                assert current(desk, each) == expected.get(each, Counter())


@FEW
@given(deliveries=street_deliveries)
def test_figures_follow_the_rows_and_other_months_stay_as_they_were(deliveries):
    measures = ("street-robbery", "street-drugs", "street-anti-social-behaviour")
    with open_desk() as desk:
        for month, rows in deliveries:
            before = {m: desk.months(m) for m in measures}
            desk.hand_in(*street_file(month, rows))
            there = current(desk, month)
            by_type = Counter(kind for _, kind in there.elements())
            for measure, kind in zip(measures, ("Robbery", "Drugs", ASB), strict=True):
                after = desk.months(measure)
                assert after.get(month, 0) == by_type[kind]
                assert without(month, after) == without(month, before[measure])


def without(month: str, months: dict[str, int]) -> dict[str, int]:
    return {when: value for when, value in months.items() if when != month}


@FEW
@given(deliveries=street_deliveries)
def test_loading_twice_is_loading_once(deliveries):
    with open_desk() as desk:
        for month, rows in deliveries:
            first = desk.hand_in(*street_file(month, rows))
            after = desk.content()
            second = desk.hand_in(*street_file(month, rows))
            assert desk.content() == after
            assert (second.status, second.delivery_id) == (first.status, first.delivery_id)


@FEW
@given(rows=st.lists(street_row, min_size=1, max_size=8), order=st.randoms())
def test_the_order_of_the_rows_of_a_file_makes_no_difference(rows, order):
    shuffled = rows.copy()
    order.shuffle(shuffled)
    with open_desk() as desk:
        desk.hand_in(*street_file(MONTHS[0], rows))
        before = current(desk, MONTHS[0])
        desk.hand_in(*street_file(MONTHS[0], shuffled))
        assert current(desk, MONTHS[0]) == before


@FEW
@given(deliveries=police_deliveries)
def test_a_crime_stands_once_in_the_month_that_was_told_last(deliveries):
    stands: dict[int, str] = {}
    covered: set[str] = set()
    seen: set[tuple[str, tuple]] = set()
    with open_desk() as desk:
        for quarter, crimes in deliveries:
            months = QUARTERS[quarter]
            body = "".join(f"41/{ref}/20 | 15/{months[n]}/2020\n" for ref, n in crimes.items())
            desk.accept(
                f"police-crime-2020-21-{quarter}.csv",
                police(f"Crime Reference | Date Recorded\n{body}"),
            )
            if (quarter, tuple(crimes.items())) not in seen:
                seen.add((quarter, tuple(crimes.items())))
                covered |= set(months)
                stands = {ref: month for ref, month in stands.items() if month not in months}
                stands |= {ref: months[n] for ref, n in crimes.items()}
            shown = desk.shows("csp_police_crime_v1", "crime_reference month")
            assert sorted(map(tuple, shown)) == sorted(
                (f"41/{ref}/20", f"2020-{month}") for ref, month in stands.items()
            )
            by_month = Counter(stands.values())
            assert desk.months("all-crime") == {f"2020-{m}": by_month[m] for m in sorted(covered)}
