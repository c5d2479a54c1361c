"""The planted faults as folders: the same bytes on every run, and a truth for programs as well."""

import tomllib
from pathlib import Path

import pytest
from support.command import FINE, csp
from support.files import files_below

from schemas.rules import RULES
from sources.sample.faults import CATALOGUE
from sources.sample.faults.write import write_faults

pytestmark = pytest.mark.slow  # each opens warehouses or reads big files

CHOSEN = [f for f in CATALOGUE if f.number in ("1a", "4b", "6a", "10d", "21h", "26c", "31b")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("faults")
    write_faults(made, faults=CHOSEN)
    return made


def test_a_folder_holds_the_files_in_order_and_the_truth(folder: Path) -> None:
    assert sorted(path.name for path in (folder / "4b-under-another-name").iterdir()) == [
        "1-police-crime-2018-19-q1-synthetic.csv",
        "2-police-crime-2018-19-q2-synthetic.csv",
        "truth.toml",
    ]


def test_the_truth_can_be_read_by_a_person_and_by_a_program(folder: Path) -> None:
    text = (folder / "10d-sub-total-amid" / "truth.toml").read_text("utf-8")
    assert text.startswith("# SYNTHETIC")
    told = tomllib.loads(text)
    assert told["sentence"] == "A row 'Sub-total' stands between two records."
    assert told["answer"]["status"] == "accepted"
    assert told["answer"]["rows_rejected"] == 0
    ((rule, rows),) = told["rows"].items()
    assert (rule, len(rows)) == ("row-no-record", 1)
    assert [file["source"] for file in told["file"]] == ["fly_tips"]


def test_every_truth_names_rules_that_there_are(folder: Path) -> None:
    for path in folder.glob("*/truth.toml"):
        told = tomllib.loads(path.read_text("utf-8"))
        named = {*told["rows"], *told["answer"]["rules_of_the_file"], *told["answer"]["holds"]}
        assert named <= set(RULES), path


def test_rows_are_numbered_as_a_spreadsheet_does(folder: Path) -> None:
    place = folder / "4b-under-another-name"
    rows = tomllib.loads((place / "truth.toml").read_text("utf-8"))["rows"]["outside-months"]
    lines = (place / "2-police-crime-2018-19-q2-synthetic.csv").read_text("utf-8").splitlines()
    assert rows == list(range(2, len(lines) + 1))


def test_the_same_seed_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    write_faults(tmp_path, faults=CHOSEN)
    assert files_below(tmp_path) == files_below(folder)


def test_another_run_leaves_nothing_of_the_one_before(tmp_path: Path) -> None:
    (first,) = write_faults(tmp_path, faults=CHOSEN[:1])
    (first / "9-of-an-older-program.csv").write_text("x")
    write_faults(tmp_path, faults=CHOSEN[:1])
    assert not (first / "9-of-an-older-program.csv").exists()


def test_the_command_writes_them_and_says_that_they_are_synthetic(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # All of them take ten seconds.
    monkeypatch.setattr(write_faults, "__defaults__", (2021, CHOSEN, lambda fault: None))
    run = csp("sample", "--faults", tmp_path / "out")
    assert run.exit_code == FINE, run.output
    assert f"Wrote {len(CHOSEN)} planted faults" in run.output
    assert "synthetic" in run.output
    assert "SYNTHETIC" in (tmp_path / "out" / "README.txt").read_text("utf-8")
