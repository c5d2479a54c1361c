"""Corrections on record: made to the text before all else, failing when they no longer fit.

A record knows the text that it is about by its SHA-256 alone.
"""

from datetime import date
from pathlib import Path

import pytest
from support.desk import P, avon, fly_tips, police
from support.files import put
from support.post import Outcome, Post, check, said, table

from schemas.issues import DeliveryRejected
from sources.corrections import digest, load_corrections
from sources.delivery import CorrectionError
from sources.inbox import Delivery, recognise, take
from sources.partners import SOURCES

ROWS = """
    Date Recorded | District
    14/04/2020    | St Albans
    99/99/2020    | Canary Parish
    15/04/2020    | Canary Parish
    """


def record(**changes: str) -> str:
    """A record in TOML: the district of every row that has the parish, unless changed."""
    lines = {
        "source": '"police_crime"',
        "file": f'"{P}"',
        "column": '"District"',
        "expected": f'"{digest("Canary Parish")}"',
        "becomes": '"St Albans"',
        "by": '"A. Clerk"',
        "on": "2026-06-01",
        "because": '"Agreed with the force."',
    } | changes
    return "[[correction]]\n" + "".join(f"{k} = {v}\n" for k, v in lines.items() if v)


def send(post: Post, name: str, content: bytes, *records: str) -> Outcome:
    for number, text in enumerate(records):
        put(post.folder / "corrections", f"{number}.toml", text.encode())
    (delivery,) = take(put(post.folder, name, content), post.archive, SOURCES, home())
    assert isinstance(delivery, Delivery)
    known = load_corrections(post.folder / "corrections", SOURCES)
    return check(recognise(delivery, SOURCES), corrections=known)


def home():
    from schemas.areas import ST_ALBANS

    return ST_ALBANS


def refused(post: Post, name: str, content: bytes, *records: str) -> list[str]:
    with pytest.raises(DeliveryRejected) as refusal:
        send(post, name, content, *records)
    return [issue.expected or said(issue) for issue in refusal.value.issues]


def test_every_cell_with_the_text_is_corrected_and_counted(post: Post):
    day = record(column='"Date Recorded"', expected=f'"{digest("99/99/2020")}"',
                 becomes='"14/04/2020"', row="3")  # fmt: skip
    got = send(post, P, police(ROWS), record(), day)
    assert got.issues == []
    assert got.shows("row recorded_on lad_code") == table("""
        2 | 2020-04-14 | E07000240
        3 | 2020-04-14 | E07000240
        4 | 2020-04-15 | E07000240
    """)
    assert got.file_issues == ["District: column-corrected", "Date Recorded: column-corrected"]


def test_what_is_told_of_a_correction_quotes_no_cell(post: Post):
    (delivery,) = take(put(post.folder, P, police(ROWS)), post.archive, SOURCES, home())
    put(post.folder / "corrections", "parish.toml", record().encode())
    from sources.gate import Gate

    assert isinstance(delivery, Delivery)
    known = load_corrections(post.folder / "corrections", SOURCES)
    gate = Gate.open(recognise(delivery, SOURCES), home(), date(2026, 7, 1), known)
    (issue,) = gate.file_issues
    assert issue.sentence == (
        "Cells of 'District' were corrected as agreed: 2 cells by parish.toml."
    )


def test_in_one_row_alone_and_to_a_blank(post: Post):
    got = send(post, P, police(ROWS), record(row="4"))
    assert got.issues == ["row 3: lad_code district-unknown", "row 3: recorded_on date-unreadable"]
    content = fly_tips("Size | Ward\nhuge | Verulam\nSingle item |")
    name = "fly-tips-2020-21-q1.ods"
    blank = record(source='"fly_tips"', file='"fly-tips-*.ods"', column='"Size"', row="2",
                   expected=f'"{digest("huge")}"', becomes='""')  # fmt: skip
    filled = record(source='"fly_tips"', file='"fly-tips-*.ods"', column='"Ward"', row="3",
                    expected=f'"{digest("")}"', becomes='"Clarence"')  # fmt: skip
    got = send(post, name, content, blank, filled)
    assert got.issues == []
    assert got.shows("size_code ward_name") == table("""
        -           | Verulam
        single_item | Clarence
    """)


def test_a_correction_fails_when_the_partner_has_put_it_right(post: Post):
    right = police("District\nSt Albans")
    assert refused(post, P, right, record(), record(row="2")) == [
        "0.toml ('District', all rows) finds nothing to correct",
        "1.toml ('District', row 2) finds nothing to correct",
    ]


def test_a_correction_fails_when_its_time_has_ended(post: Post):
    assert refused(post, P, police(ROWS), record(until="2026-06-30")) == [
        "0.toml ('District', all rows) was good until 30 Jun 2026"
    ]
    assert send(post, P, police(ROWS), record(until="2026-07-01")).rejected == [3]


def test_other_files_are_not_touched(post: Post):
    other = "police-crime-2020-21-q1-again.csv"
    got = send(post, other, police(ROWS), record(), record(source='"fly_tips"', column='"Ward"'))
    assert (got.file_issues, got.rejected) == ([], [3, 4])
    assert send(post, "Police-Crime-2020-21-Q1.CSV", police(ROWS), record()).rejected == [3]


def test_a_file_may_be_named_by_its_sha_256(post: Post):
    import hashlib

    sha = hashlib.sha256(police(ROWS)).hexdigest()
    got = send(post, "any-2020-21-q1.csv", police(ROWS), record(file="", sha256=f'"{sha}"'))
    assert got.file_issues == ["District: column-corrected"]


def test_a_value_in_parts_is_corrected_as_a_whole(post: Post):
    expected = digest("1 July 2014 99:99:99")
    day = record(source='"hfrs_incidents"', file='"afrs*"', becomes='"1 July 2014 09:00:00"',
                 column='"called_at"', expected=f'"{expected}"')  # fmt: skip
    content = avon("Day | Month | Year | Time of Call\n1 | July | 2014 | 99:99:99")
    got = send(post, "afrs-july-2014.csv", content, day)
    assert got.shows("called_at") == [["2014-07-01 09:00"]]


@pytest.mark.parametrize("block", [16 << 20, 700], indirect=True)
def test_the_size_of_a_block_decides_nothing(block: int, post: Post):
    got = send(post, P, police("District\n" + "Canary Parish\nSt Albans\n" * 10), record())
    assert (got.issues, len(got.accepted)) == ([], 20)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[[correction", "0.toml: "),
        ("a = 1", "it must hold tables headed [[correction]] and nothing else."),
        ("correction = [1]", "correction 1: no table."),
        (record(by=""), "correction 1: 'by' is missing."),
        (record(because='""'), "'because' is blank."),
        (record(reason='"x"'), "'reason' is not known."),
        (record(row='"3"'), "'row' must be a number."),
        (record(on='"2026-06-01"'), "'on' must be a date such as 2026-07-13."),
        (record(expected='"Canary Parish"'), "'expected' must be a SHA-256"),
        (record(file=""), "give either 'file' or 'sha256'."),
        (record(source='"police"'), "'source' must be one of grant_spend, police_crime"),
        (record(column='"Parish"'), "'column' is no heading of Police recorded crime."),
    ],
)
def test_a_wrong_record_is_a_clear_error(post: Post, text: str, sentence: str):
    put(post.folder / "corrections", "0.toml", text.encode())
    with pytest.raises(CorrectionError) as error:
        load_corrections(post.folder / "corrections", SOURCES)
    assert sentence in str(error.value)
    assert "Canary" not in str(error.value)


def test_all_wrong_records_are_told_at_once(tmp_path: Path):
    put(tmp_path, "a.toml", record(by="", on="").encode())
    put(tmp_path, "b.toml", b"\xff")
    with pytest.raises(CorrectionError) as error:
        load_corrections(tmp_path, SOURCES)
    for place in ("a.toml, correction 1: 'by'", "a.toml, correction 1: 'on'", "b.toml: "):
        assert place in str(error.value)


def test_no_folder_has_no_corrections(tmp_path: Path):
    assert load_corrections(tmp_path / "nowhere", SOURCES) == ()
