"""`csp correct`: a correction on record without a hash being worked out by hand."""

import tomllib
from pathlib import Path

import pytest
from support.command import FINE, REJECTED, WRONG_USE, csp, words
from support.desk import police
from support.files import put

pytestmark = pytest.mark.slow  # each opens warehouses or reads big files

P = "police-crime-april.csv"  # its rows say that it is one month
FAULTY = police("District\nSt Albans\nCanary Parish\nCanary Parish")


def correct(path: Path, row: str, column: str, *more: str, to: str = "St Albans"):
    reason = ("--by", "A. Clerk", "--because", 'Agreed, "for now".')
    return csp("correct", path, row, column, "--to", to, *reason, *more)


def test_from_a_rejected_row_to_an_accepted_one_and_to_a_stale_record(home: Path):
    path = put(home, P, FAULTY)
    assert csp("check", path).exit_code == REJECTED
    done = correct(path, "3", "District", "--throughout", "--until", "2099-12-31")
    assert done.exit_code == FINE
    (record,) = (home / "data" / "corrections").iterdir()
    assert str(record.relative_to(home)) in done.stdout.replace("\n", "")
    content = record.read_text(encoding="utf-8")
    assert "Canary" not in content + done.stdout
    (table,) = tomllib.loads(content)["correction"]
    assert (table["because"], table["source"]) == ('Agreed, "for now".', "police_crime")

    assert csp("check", path).exit_code == FINE
    assert csp("receive", path).exit_code == FINE
    right = put(home / "resent", P, police("District\nSt Albans\nSt Albans"))
    assert csp("check", right).exit_code == REJECTED
    assert "no longer fits it" in words(csp("check", right).stdout)
    assert '"correction-stale"' in csp("check", right, "--json").stdout


def test_a_correction_made_after_the_file_was_received_is_loaded(home: Path):
    """The rejected row of a file that is there already would stay rejected for ever."""
    path = put(home, P, FAULTY)
    assert csp("receive", str(path)).exit_code == REJECTED
    assert correct(path, "3", "District", "--throughout").exit_code == FINE
    corrected = csp("receive", str(path))
    assert corrected.exit_code == FINE
    assert "accepted 3 3 0" in " ".join(corrected.stdout.split())
    again = csp("receive", str(path))
    assert "known already" in " ".join(again.stdout.split())


def test_each_row_by_itself(home: Path):
    path = put(home, P, FAULTY)
    assert correct(path, "3", "lad_code").exit_code == FINE
    assert correct(path, "4", "lad_code").exit_code == FINE
    assert len(list((home / "data" / "corrections").iterdir())) == 2
    assert csp("check", path).exit_code == FINE


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("3", "lad_code"), ("3", "District")),
        (("3", "District"), ("3", "District", "--throughout")),
        (("3", "District", "--throughout"), ("4", "District")),
    ],
)
def test_a_cell_is_corrected_by_one_record(home: Path, first: tuple[str, ...], second: tuple[str]):
    """Of two records for a cell one found nothing to correct, and the file was refused for it."""
    path = put(home, P, FAULTY)
    assert correct(path, *first).exit_code == FINE
    done = correct(path, *second, to="Watford")
    assert done.exit_code == WRONG_USE
    assert "corrects that already; A. Clerk put it on record on" in words(done.stderr)
    assert len(list((home / "data" / "corrections").iterdir())) == 1


@pytest.mark.parametrize(
    ("row", "column", "more", "sentence"),
    [
        ("99", "District", (), "has no record in row 99"),
        ("3", "Parish", (), "has no column 'Parish'. It has: Crime Reference,"),
        ("3", "District", ("--until", "soon"), "--until is a day such as 2026-12-31"),
        (
            "3",
            "District",
            ("--until", "2020-01-01"),
            "2020-01-01 is past: the correction would never",
        ),
        ("2", "Outcome Type", ("--throughout",), "in its own row only"),
        ("3", "District", ("--by", " "), "--by and --because must say something"),
    ],
)
def test_wrong_use_is_one_sentence(
    home: Path, *, row: str, column: str, more: tuple[str, ...], sentence: str
):
    path = put(home, P, police("District | Outcome Type\nSt Albans |\nCanary Parish |"))
    done = correct(path, row, column, *more)
    assert done.exit_code == WRONG_USE
    assert sentence in done.stderr
    assert "Canary" not in done.stderr
    assert not (home / "data").exists()


def test_a_file_that_is_no_export(home: Path):
    done = correct(put(home, "x.csv", b"a,b\n1,2\n"), "2", "a")
    assert (done.exit_code, "no export that this partnership" in done.stderr) == (WRONG_USE, True)


@pytest.mark.parametrize("command", ["check", "receive"])
def test_a_wrong_record_stops_the_command(home: Path, command: str):
    put(home / "data" / "corrections", "x.toml", b"[[correction]]\nby = 1\n")
    done = csp(command, put(home, P, FAULTY))
    assert done.exit_code == WRONG_USE
    assert "x.toml, correction 1: 'source' is missing." in done.stderr
