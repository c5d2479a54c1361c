"""Rows below the headings that are no records: what is told apart, and what is never taken for it.

Every test of CSV runs at several block sizes: nothing may depend on where one ends.
"""

from pathlib import Path

import pytest
from support.desk import CCTV, complete, fly_tips, police
from support.files import put, xlsx_bytes
from support.post import TODAY, Post

from schemas.areas import ST_ALBANS
from schemas.issues import StatedTotal
from sources.gate import Gate
from sources.inbox import Delivery, recognise
from sources.partners import SOURCES

Q1 = "police-crime-2020-21-q1.csv"


at_any_block = pytest.mark.parametrize("block", [16 << 20, 150], indirect=True)


def stated(folder: Path, name: str, content: bytes) -> list[StatedTotal]:
    path = put(folder, name, content)
    found = recognise(Delivery(name, path, "", len(content)), SOURCES)
    gate = Gate.open(found, ST_ALBANS, TODAY)
    list(gate.chunks())
    return found.file.stated


@at_any_block
def test_trailers_and_totals_of_a_csv_file(block: int, post: Post, tmp_path: Path):
    content = police("DA\nN\nN") + b"\r\n".join(
        [
            b"Total,2",
            b"Grand Total" + b"," * 17,
            b"St Albans total,,,2",
            b'Year to date,"1,234"',
            b"END OF FILE 2 records",
            b"*** End of report ***",
        ]
    )
    got = post.send(Q1, content)
    assert (got.read, got.rejected) == (2, [])
    assert got.issues == [f"row {row}: row-no-record" for row in range(4, 10)]
    assert stated(tmp_path, Q1, content) == [
        StatedTotal(4, "rows", value=2),
        StatedTotal(7, "year-to-date", value=1234),
        StatedTotal(8, "rows", value=2),
    ]


@at_any_block
def test_blank_rows_between_records_are_told_and_those_at_the_end_are_not(block: int, post: Post):
    head, row, other = police("DA\nN\nN").splitlines(keepends=True)
    got = post.send(Q1, head + row + b"\r\n" + b"," * 17 + b"\r\n,,\r\n" + other + b"\r\n,,,\r\n")
    assert (got.read, got.rejected) == (2, [])
    assert got.issues == [f"row {row}: row-no-record" for row in (3, 4, 5)]


@pytest.mark.parametrize("block", [16 << 20, 600], indirect=True)
def test_a_repeated_row_of_headings_is_one_thing_to_say(block: int, post: Post):
    """Two exports pasted together got a finding a cell, and a row rejected for its headings."""
    numbers = "\n".join(f"41/{number}/20" for number in range(1, 32))
    head, *rows = police(f"Crime Reference\n{numbers}").splitlines(keepends=True)
    got = post.send(Q1, b"".join([head, *rows[:30], head, rows[30]]))
    assert (got.read, got.rejected) == (31, [])
    assert [issue for issue in got.issues if "repeated" in issue] == ["row 32: headings-repeated"]
    assert not [issue for issue in got.issues if "unreadable" in issue]


def test_a_word_that_is_a_heading_too_makes_no_row_of_headings(post: Post):
    got = post.send(Q1, police("Crime Reference | Ward\n41/1/20 | Ward\n41/2/20 | Verulam"))
    assert (got.read, got.rejected) == (2, [])
    assert not [issue for issue in got.issues if "headings" in issue]


def test_a_real_record_is_never_taken_for_a_total(post: Post):
    # "Total Lane" is a street, and a full row with a wrong reference is a record to be judged.
    got = post.send(
        Q1,
        police("""
        Crime Reference | Ward        | DA
        41/2/20         | Total Lane  | N
        Grand Total     | Verulam     | N
        """),
    )
    assert (got.read, got.rejected) == (2, [3])
    assert [issue for issue in got.issues if "no-record" in issue] == []


def test_a_row_without_a_date_that_is_otherwise_full_is_a_record(post: Post):
    got = post.send(Q1, police("Crime Reference | Date Recorded\nTotal | \n41/3/20 | 14/04/2020"))
    assert (got.read, got.rejected) == (2, [2])


def test_a_ragged_row_is_a_record_that_is_rejected(post: Post):
    got = post.send(Q1, police("DA\nN") + b"41/99/20,14/04/2020,,,45\r\nKindly note,x\r\n")
    assert (got.read, got.rejected) == (3, [3, 4])


def test_parts_by_the_codes_of_a_list(tmp_path: Path, post: Post):
    rows = complete("Log No\nC/2\nC/3", CCTV)
    width = len(rows[0])
    for label, number in (
        ("Shoplifting", "2"),
        ("Missing person", "1"),
        ("Total", "3"),
        ("Gossip", "4"),
    ):
        rows.append([label, number, *[""] * (width - 2)])
    content = xlsx_bytes(rows)
    assert stated(tmp_path, "cctv-log-2020-21-q1.xlsx", content)[:1] == [
        StatedTotal(4, "part", "theft_from_shop", 2, "incident_type_code")
    ]
    got = post.send("cctv-log-2020-21-q1.xlsx", content)
    assert [i for i in got.issues if "no-record" in i] == [
        f"row {row}: row-no-record" for row in (4, 5, 6)
    ]
    assert got.rejected == [7]


def test_a_sum_further_right_is_no_number_of_rows(tmp_path: Path):
    content = fly_tips("Case Reference | Clearance Cost (£)\nFT/2 | 85.5")
    assert stated(tmp_path, "fly-tips-2020-21-q1.ods", content) == []
    rows = complete("Log No | Arrests\nC/2 | 1", CCTV)
    rows.append(["Total", *("7" if h == "Arrests" else "" for h in rows[0][1:])])
    assert stated(tmp_path, "cctv-log-2020-21-q1.xlsx", xlsx_bytes(rows)) == []
