"""However often files come, in whatever order, under whatever name and however split: what stands.

A file is a full extract of its months, so what came last for a month is what stands of it.
"""

import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import Engine
from support.databases import POSTGRESQL, SQLITE
from support.desk import Desk, police, street
from support.digest import Content, differences, record_of, standing_of

from warehouse.deliveries import Again

pytestmark = pytest.mark.slow

Files = list[tuple[str, bytes]]


def crimes(name: str, rows: str) -> Files:
    """One extract of the force: day, code and number of each crime, "14/04 45 1"."""
    lines = [row.split() for row in rows.split(",")]
    body = "".join(f"41/{number}/20 | {day}/2020 | {code}\n" for day, code, number in lines)
    return [(name, police(f"Crime Reference | Date Recorded | HO Code\n{body}"))]


def month(name: str, rows: str) -> Files:
    """One street file: an id and a type a row; "-" for a row without an id."""
    lines = [row.split(maxsplit=1) for row in rows.split(",")]
    body = "".join(f"{i.strip('-')} | {name} | {kind}\n" for i, kind in lines)
    return [(f"{name}-hertfordshire-street.csv", street(f"Crime ID | Month | Crime type\n{body}"))]


APRIL = "14/04 45 1, 15/04 28E 2, 16/04 45 3"
MAY = "14/05 45 4, 15/05 34A 5"
JUNE = "14/06 45 6"
JULY = "14/07 45 7, 15/07 45 8"
Q1, Q2 = "police-crime-2020-21-q1.csv", "police-crime-2020-21-q2.csv"
FIRST = crimes(Q1, f"{APRIL}, {MAY}, {JUNE}")
SECOND = crimes(Q2, f"{JULY}, 02/08 45 9, 02/09 45 10")
SPLIT = [
    *crimes("police-april.csv", APRIL),
    *crimes("police-may.csv", MAY),
    *crimes("police-june.csv", JUNE),
]
JOINED = crimes(
    "police-april-to-september.csv", f"{APRIL}, {MAY}, {JUNE}, {JULY}, 02/08 45 9, 02/09 45 10"
)
CORRECTED = crimes(Q1, f"14/04 45 1, 15/04 34A 2, {MAY}, {JUNE}, 17/06 45 11")
MAY_CORRECTED = crimes("police-may-corrected.csv", "14/05 28E 4, 20/05 45 12")
DATED_ANEW = crimes(Q2, f"{JULY}, 02/08 45 9, 02/09 45 10, 03/07 45 6")
ASB = "- Anti-social behaviour"
STREET = month("2025-04", f"a Drugs, {ASB}, {ASB}, b Robbery")
STREET_TURNED = month("2025-04", f"{ASB}, b Robbery, {ASB}, a Drugs")
STREET_FEWER = month("2025-04", f"a Drugs, {ASB}, b Robbery")
STREET_MAY = month("2025-05", "c Drugs")

SAME_TO_THE_LAST_ISSUE: dict[str, tuple[Files, Files]] = {
    "the same file ten times": (FIRST * 10, FIRST),
    "the same file under other names": (
        [*FIRST, ("police 2020-21 Q1 (2).csv", FIRST[0][1]), ("q1.csv", FIRST[0][1])], FIRST,
    ),
    "the old file again after its correction": ([*FIRST, *CORRECTED, *FIRST], [*FIRST, *CORRECTED]),
    "a month of identical rows ten times": (STREET * 10, STREET),
}  # fmt: skip
SAME_ROWS_AND_FIGURES: dict[str, tuple[Files, Files]] = {
    "rows in another order": (crimes(Q1, f"{JUNE}, {MAY}, {APRIL}"), FIRST),
    "rows in another order, after the first": (
        [*FIRST, *crimes(Q1, f"{JUNE}, {MAY}, {APRIL}")], FIRST,
    ),
    "a quarter split into months": (SPLIT, FIRST),
    "months in any order": ([SPLIT[2], SPLIT[0], SPLIT[1]], FIRST),
    "a quarter, then its months": ([*FIRST, *SPLIT], FIRST),
    "months, then their quarter": ([*SPLIT, *FIRST], FIRST),
    "two quarters joined": (JOINED, [*FIRST, *SECOND]),
    "two quarters, then both in one": ([*FIRST, *SECOND, *JOINED], [*FIRST, *SECOND]),
    "a corrected file replaces its months": ([*FIRST, *CORRECTED], CORRECTED),
    "a corrected month replaces that month": (
        [*FIRST, *MAY_CORRECTED], [SPLIT[0], *MAY_CORRECTED, SPLIT[2]],
    ),
    "an older quarter comes late": ([*SECOND, *FIRST], [*FIRST, *SECOND]),
    "an older version comes late, and is the last": ([*CORRECTED, *FIRST], FIRST),
    "a crime dated anew stands once": ([*FIRST, *DATED_ANEW, *DATED_ANEW], [*FIRST, *DATED_ANEW]),
    "identical rows in another order": ([*STREET, *STREET_TURNED], STREET),
    "one identical row less": ([*STREET, *STREET_FEWER], STREET_FEWER),
    "months of streets in any order": ([*STREET_MAY, *STREET], [*STREET, *STREET_MAY]),
}  # fmt: skip
NOT_THE_SAME: dict[str, tuple[Files, Files]] = {
    "a correction": (CORRECTED, FIRST),
    "an identical row less": (STREET_FEWER, STREET),
    "a crime dated anew": ([*FIRST, *DATED_ANEW], [*FIRST, *SECOND]),
}


def came_of(kind: str, files: Files, looked_at: Callable[[Engine], Content]) -> Content:
    """Return what a warehouse holds once these files have come."""
    with tempfile.TemporaryDirectory() as folder, Desk.open(kind, Path(folder)) as desk:
        for name, content in files:
            desk.accept(name, content)
        return looked_at(desk.engine)


@cache
def _expected(files: tuple[tuple[str, bytes], ...], looked_at: Callable[[Engine], Content]):
    return came_of(SQLITE, list(files), looked_at)


@pytest.mark.parametrize("kind", [SQLITE, POSTGRESQL])
@pytest.mark.parametrize("case", SAME_TO_THE_LAST_ISSUE)
def test_the_whole_record_is_the_same(kind: str, case: str):
    came, as_if = SAME_TO_THE_LAST_ISSUE[case]
    assert differences(came_of(kind, came, record_of), _expected(tuple(as_if), record_of)) == []


@pytest.mark.parametrize("kind", [SQLITE, POSTGRESQL])
@pytest.mark.parametrize("case", SAME_ROWS_AND_FIGURES)
def test_rows_and_figures_are_the_same(kind: str, case: str):
    came, as_if = SAME_ROWS_AND_FIGURES[case]
    expected = _expected(tuple(as_if), standing_of)
    assert differences(came_of(kind, came, standing_of), expected) == []


@pytest.mark.parametrize("case", NOT_THE_SAME)
def test_what_is_another_thing_is_told_apart(case: str):
    one, other = NOT_THE_SAME[case]
    assert _expected(tuple(one), standing_of) != _expected(tuple(other), standing_of)


RIGHT = Again("Ann Field", "The file of 3 July was of another force.")
WRONG = crimes(Q1, "14/04 34A 20, 14/05 34A 21, 14/06 34A 22")


@pytest.mark.parametrize("kind", [SQLITE, POSTGRESQL])
def test_the_right_file_after_a_wrong_one_stands_again_on_decision_alone(kind: str, tmp_path: Path):
    """The right file, sent again after a wrong one, changed nothing: people had to alter it."""
    (name, right), (_, wrong) = FIRST[0], WRONG[0]
    with Desk.open(kind, tmp_path) as desk:
        first = desk.accept(name, right)
        stood = standing_of(desk.engine)
        desk.accept(name, wrong)
        assert desk.accept(name, right).is_replaced, "as it is, it changes nothing"
        assert standing_of(desk.engine) != stood
        again = desk.accept(name, right, RIGHT)
        assert standing_of(desk.engine) == stood
        assert again.delivery_id > first.delivery_id
        assert not again.is_known
        assert [f.rule for f in again.holds] == []
        assert not [i.rule for i in again.issues if i.rule == "delivery-late"], "it was in time"
        assert desk.shows("csp_delivery_v1", "id status again_by again_because") == [
            ["1", "accepted", "-", "-"],
            ["2", "accepted", "-", "-"],
            ["3", "accepted", RIGHT.by, RIGHT.because],
        ]
        record = record_of(desk.engine)
        for decision in (RIGHT, None, Again("Bob Hill", "Once more, to be sure.")):
            same = desk.accept(name, right, decision)
            assert (same.is_known, same.is_replaced) == (True, False)
        assert desk.accept(name, wrong).is_replaced
        assert record_of(desk.engine) == record, "what stands needs no decision, and gets none"


@pytest.mark.parametrize("kind", [SQLITE, POSTGRESQL])
def test_what_came_for_the_first_time_is_no_decision(kind: str, tmp_path: Path):
    with Desk.open(kind, tmp_path) as desk:
        loaded = desk.accept(*FIRST[0], RIGHT)
        assert loaded.again is None
        assert desk.shows("csp_delivery_v1", "again_by") == [["-"]]


def test_who_decides_against_the_decision_has_the_last_word(tmp_path: Path):
    (name, right), (_, wrong) = FIRST[0], WRONG[0]
    with Desk.open(SQLITE, tmp_path) as desk:
        desk.accept(name, right)
        desk.accept(name, wrong)
        stood = standing_of(desk.engine)
        desk.accept(name, right, RIGHT)
        desk.accept(name, wrong, Again("Bob Hill", "It was right after all."))
        assert standing_of(desk.engine) == stood
