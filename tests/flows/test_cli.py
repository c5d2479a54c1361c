"""The command line: what it prints, what it leaves behind, and its exit codes.

0 fine, 1 something was rejected, 2 wrong use or configuration; never a traceback for bad input.
"""

import os
import sqlite3
from datetime import datetime
from pathlib import Path
from typing import get_type_hints
from unittest.mock import patch

import pytest
from support.command import FINE, REJECTED, WRONG_USE, csp, words
from support.desk import street
from support.files import gz, put, zip_bytes

from flows.cli import app
from flows.clock import clock_at
from flows.own_server import NotStarted, OwnServer

STREET = "2025-04-hertfordshire-street.csv"
GOOD = street("Crime ID | Crime type\na | Burglary")


def write_street(folder: Path, content: bytes = GOOD, name: str = STREET) -> Path:
    return put(folder, name, content)


def test_a_good_file_is_checked_without_leaving_anything_behind(home: Path):
    done = csp("check", write_street(home))
    assert done.exit_code == FINE
    assert "Street-level crime (data.police.uk street file), Apr 2025" in done.stdout
    assert "1 row read, 1 accepted, 0 rejected" in done.stdout
    assert not (home / "data").exists()


def test_a_faulty_row_is_named_by_its_row_number_with_what_to_do(home: Path):
    path = write_street(home, street("Crime ID | Crime type\na | Burglary\nb | Burglery"))
    done = csp("check", path)
    assert done.exit_code == REJECTED
    assert "2 rows read, 1 accepted, 1 rejected" in done.stdout
    assert "Row 3." in done.stdout
    assert "'Crime type' holds a word that is not on its list" in done.stdout
    assert "Burglery" not in done.stdout


@pytest.mark.parametrize("command", ["check", "receive"])
def test_a_path_that_is_no_file_is_wrong_use(home: Path, command: str):
    for path, said in ((home / "nowhere.csv", "there is no such file"), (home, "is a folder")):
        done = csp(command, path)
        assert done.exit_code == WRONG_USE
        assert said in done.stderr
    assert not (home / "data").exists()


def bad_files(folder: Path) -> dict[str, Path]:
    whole = gz(street("Crime ID\n" + "a\n" * 500))
    contents = {
        "empty.csv": b"",
        "unknown.csv": b"Colour,Size\nred,4\n",
        "report.pdf": b"%PDF-1.7",
        f"{STREET}.gz": whole[: len(whole) // 2],
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return {name: folder / name for name in contents}


def test_bad_files_are_rejected_with_a_sentence_and_change_nothing(ready: Path):
    assert csp("receive", write_street(ready)).exit_code == FINE
    before = csp("quarter", "2025-26-Q1"), (ready / "data/packs/2025-26-q1/index.html").read_bytes()
    said = {
        "empty.csv": "The file is empty.",
        "unknown.csv": "The column headings are those of no export",
        "report.pdf": "Files end in",
        f"{STREET}.gz": "damaged, cut short or of another kind",
    }
    for name, path in bad_files(ready).items():
        done = csp("receive", path)
        assert done.exit_code == REJECTED, name
        assert said[name] in done.stdout
        assert "Traceback" not in done.output
    assert csp("quarter", "2025-26-Q1").exit_code == before[0].exit_code == FINE
    assert (ready / "data/packs/2025-26-q1/index.html").read_bytes() == before[1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("quarter", "2025-26-Q5"), "There is no quarter 5"),
        (("quarter", "May to Jul 2025"), "not a financial quarter"),
        (("quarter", "soon"), "A quarter is written like"),
        (("quarter", "2025-26"), "2025-26 is a financial year. A quarter is written like"),
        (("year", "2025-26-Q1"), "2025-26-Q1 is a quarter. A financial year is written like"),
        (
            ("quarter", "2099-00-Q1"),
            "Apr to Jun 2099 has not ended: its pack can be published after",
        ),
        (("year", "2098-99"), "can be published after 31 Mar 2099. --draft prints what there is."),
        (("year", "2025-27"), "is no financial year"),
        (("year", "2025"), "A financial year is written like"),
    ],
)
def test_a_wrong_period_is_wrong_use(home: Path, arguments: tuple[str, ...], said: str):
    done = csp(*arguments)
    assert done.exit_code == WRONG_USE
    assert said in done.stderr
    assert not list(home.glob("data/packs/*/index.html"))


def test_the_inbox_is_received_and_the_same_bytes_again_change_nothing(ready: Path):
    write_street(ready / "data/inbox")
    first, second = csp("receive"), csp("receive")
    assert (first.exit_code, second.exit_code) == (FINE, FINE)
    assert "accepted" in first.stdout
    assert "known already" in second.stdout


def test_one_bad_file_does_not_stop_the_good_one(ready: Path):
    write_street(ready / "data/inbox")
    (ready / "data/inbox/a-bad-one.csv").write_bytes(b"Colour,Size\nred,4\n")
    done = csp("receive")
    assert done.exit_code == REJECTED
    assert "a-bad-one.csv was rejected" in done.stdout
    status = csp("status")
    assert status.exit_code == REJECTED
    assert "1 of 3" in status.stdout
    assert "a-bad-one.csv" in status.stdout


def test_an_unexpected_fault_stops_only_its_own_file(ready: Path, monkeypatch: pytest.MonkeyPatch):
    write_street(ready / "data/inbox")
    write_street(ready / "data/inbox", street("Month\n2025-05"), "2025-05-x-street.csv")
    real = __import__("flows.receive", fromlist=["recognise"]).recognise

    def sometimes(delivery, sources):
        if delivery.name.startswith("2025-05"):
            raise ValueError("a cell said: Jane Doe")
        return real(delivery, sources)

    monkeypatch.setattr("flows.receive.recognise", sometimes)
    done = csp("receive")
    assert done.exit_code == REJECTED
    assert "2025-05-x-street.csv could not be dealt with: ValueError at test_cli.py" in done.stdout
    assert "Jane Doe" not in done.output
    assert "Apr 2025" in done.stdout


def test_an_empty_inbox_is_said_to_be_empty(ready: Path):
    done = csp("receive")
    assert done.exit_code == FINE
    assert "There is nothing in" in done.stdout
    assert "Nothing has been received yet." in csp("status").stdout


def test_init_writes_a_configuration_that_can_be_read_and_leaves_one_that_is_there(home: Path):
    assert "Wrote csp.toml" in csp("init").stdout
    assert csp("status").exit_code == FINE
    assert "was there already. Put partners' files into" in csp("init").stdout
    Path("csp.toml").write_text('[partnership]\nname = "Dacorum CSP"\n', encoding="utf-8")
    assert "is there already" in csp("init").stdout
    assert "Dacorum" in Path("csp.toml").read_text(encoding="utf-8")


def test_a_wrong_configuration_is_wrong_use_with_every_fault_at_once(home: Path):
    Path("csp.toml").write_text(
        'colour = "red"\n[partnership]\ndistrict_code = "St Albans"\n', encoding="utf-8"
    )
    done = csp("status")
    assert done.exit_code == WRONG_USE
    assert "colour" in done.stderr
    assert "partnership.district_code" in done.stderr


def test_a_warehouse_that_cannot_be_opened_is_wrong_use(home: Path):
    (home / "data").mkdir()
    (home / "data/warehouse.db").write_bytes(b"this is no database, however long it may be" * 40)
    done = csp("holds")
    assert done.exit_code == WRONG_USE
    assert "warehouse.db" in done.stderr
    assert "Traceback" not in done.output


def test_a_newer_warehouse_is_left_alone(ready: Path):
    with sqlite3.connect(ready / "data/warehouse.db") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    done = csp("holds")
    assert done.exit_code == WRONG_USE
    assert "newer program" in done.stderr


def test_the_last_ended_quarter_is_the_default(ready: Path):
    with clock_at(datetime(2025, 7, 20, 9)):
        csp("receive", write_street(ready))
        done = csp("quarter")
    assert done.exit_code == FINE
    assert done.stdout.startswith("Apr to Jun 2025: ")
    assert "shown as [x]" in done.stdout


@pytest.mark.parametrize("command", [("quarter", "1999-00-Q1"), ("year", "1999-00")])
def test_a_pack_of_which_nothing_has_come_is_not_published(ready: Path, command: tuple[str, str]):
    """A wrong year was frozen as a release in which every figure was [x]."""
    assert "so there is nothing to publish." in csp(*command).stderr
    csp("receive", write_street(ready))
    done = csp(*command)
    assert done.exit_code == WRONG_USE
    assert words(done.stderr).endswith("What has come is of Apr 2025.")
    assert not list(ready.glob("data/packs/*/index.html"))
    assert csp(*command, "--draft").exit_code == FINE


def test_an_archive_gives_our_member_and_lists_the_others(ready: Path):
    members = {
        f"2025-04/{STREET}": GOOD,
        "2025-04/2025-04-kent-street.csv": GOOD,
        "2025-04/2025-04-hertfordshire-outcomes.csv": b"Crime ID\n",
    }
    path = put(ready, "2025-04.zip", zip_bytes(members))
    checked = csp("check", path)
    assert checked.exit_code == FINE
    assert checked.stdout.count("left out") == 2
    done = csp("receive", path)
    assert done.exit_code == FINE
    assert f"2025-04.zip/2025-04/{STREET}" in done.stdout
    assert "exports: 2" in done.stdout


def test_an_archive_with_nothing_of_ours_is_no_success(home: Path):
    done = csp("check", put(home, "other.zip", zip_bytes({"notes.txt": b"hello"})))
    assert done.exit_code == REJECTED
    assert "nothing of this partnership's" in done.stdout


def test_the_demonstration_does_not_mix_with_real_files(home: Path):
    write_street(home / "data/inbox")
    done = csp("demo")
    assert done.exit_code == WRONG_USE
    assert "does not mix" in done.stderr


def test_a_demonstration_without_a_server_says_so(home: Path, monkeypatch: pytest.MonkeyPatch):
    def ended(_server: OwnServer) -> None:
        raise NotStarted("Prefect's server ended as it started.")

    monkeypatch.setattr(OwnServer, "__init__", lambda _server, _home: None)
    monkeypatch.setattr(OwnServer, "__exit__", lambda _server, *_error: False)
    monkeypatch.setattr(OwnServer, "address", property(ended))
    with patch.dict(os.environ):
        os.environ.pop("PREFECT_API_URL", None)
        done = csp("demo")
    assert done.exit_code == WRONG_USE
    assert done.stderr == "csp: Prefect's server ended as it started.\n"


def test_help_and_version_are_there(ready: Path):
    from flows import VERSION

    assert csp("--version").stdout.strip() == f"csp {VERSION}"
    listed = csp("--help").stdout
    for command in ("check", "demo", "init", "quarter", "receive", "sample", "status", "year"):
        assert command in listed
        assert csp(command, "--help").exit_code == FINE


def test_no_help_has_words_in_square_brackets():
    """Keeps away: `[x]` and `[retention]`, which the help took for marks of style and left out."""
    for command in app.registered_commands:
        texts = [command.callback.__doc__ or ""]
        for hint in get_type_hints(command.callback, include_extras=True).values():
            texts += [str(more.help) for more in getattr(hint, "__metadata__", ())]
        assert not [text for text in texts if "[" in text]


def test_lines_that_end_in_a_carriage_return_alone_are_not_taken_for_a_nil_return(home: Path):
    """Keeps away: a full file of old Macintosh line ends, answered with advice to call it nil."""
    done = csp("check", write_street(home, GOOD.replace(b"\r\n", b"\r")))
    assert done.exit_code == REJECTED
    assert "The file has more lines than rows" in done.stdout
    assert "nil" not in done.stdout
