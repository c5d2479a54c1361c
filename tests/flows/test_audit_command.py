"""`csp audit` as it is typed: what a coordinator reads, what a program reads, exit codes."""

import csv
import io
import json
from pathlib import Path

import pytest
from support.command import FINE, REJECTED, WRONG_USE, csp

TABLE = """label,this,previous,percent change,change
All crime,"7,846","8,876",-11.6%,"-1,030"
Violence,"2,583","2,597",0.5,-14
"""


@pytest.fixture
def home(elsewhere: Path) -> Path:
    """A folder to work in, without a warehouse."""
    return elsewhere


def table(home: Path, text: str = TABLE, name: str = "report.csv") -> Path:
    path = home / name
    path.write_text(text, encoding="utf-8")
    return path


def test_each_fault_says_where_what_follows_and_what_to_do(home: Path):
    done = csp("audit", table(home))
    assert done.exit_code == REJECTED
    assert done.stdout.splitlines() == [
        "report.csv",
        "  2 figures read: 2 faults found.",
        "",
        "  Faults",
        "  1. Row 3, 'percent change' (Violence): The sign is not that of the change.",
        "     Published: 0.5",
        "     Follows: -0.5%",
        "     What to do: Print the sign that follows from the two figures.",
        "  2. Row 3, 'percent change' (Violence): The unit is missing.",
        "     Published: 0.5",
        "     Follows: -0.5%",
        "     What to do: Print it as its siblings do.",
        "",
        "  Nothing was compared with the warehouse. There is no warehouse in csp-data.",
    ]
    assert not (home / "csp-data").exists()


def test_a_table_without_a_fault_ends_with_0(home: Path):
    done = csp("audit", table(home, TABLE.replace(",0.5,", ",-0.5%,")))
    assert done.exit_code == FINE
    assert "2 figures read: no fault found." in done.stdout


def test_json_for_programs_and_csv_that_no_spreadsheet_takes_for_a_formula(home: Path):
    path = table(home, TABLE.replace("-14", "- 15"))
    out = home / "found.csv"
    done = csp("audit", path, "--json", "--csv", out)
    assert done.exit_code == REJECTED
    told = json.loads(done.stdout)
    assert told["version"] == 1
    assert [fault["rule"] for fault in told["faults"]] == [
        "sign-wrong", "change-wrong", "unit-missing",
    ]  # fmt: skip
    assert told["warehouse"] is None
    written = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"))))
    assert [row["published"] for row in written if row["rule"] == "change-wrong"] == ["'- 15"]
    assert [row["is_fault"] for row in written] == ["1", "1", "1", ""]


def test_a_figure_that_the_warehouse_holds_otherwise(home: Path):
    """An empty warehouse has no figure: nothing is compared, and it is said why."""
    assert csp("init").exit_code == FINE
    done = csp("audit", table(home), "--period", "2020-21")
    assert "Compared with the warehouse: 0 figures" in done.stdout
    assert "Not compared: 3, because the warehouse has no figure for it (2)" in done.stdout


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"name,number\nA,1\n", "The columns are not recognised."),
        (b"PK\x03\x04", "is no CSV file. Save the table as CSV (UTF-8)"),
        (b"", "The columns are not recognised."),
        (b"label,this\n", "has headings and no figure under them."),
        (b'label,this,previous\n"A,90,100\n', "a quotation mark is not closed"),
        (b"label,this\n" + b"A" * 200_000 + b",1\n", "cannot be read as CSV"),
    ],
)
def test_a_file_that_is_no_such_table(home: Path, content: bytes, sentence: str):
    path = home / "other.csv"
    path.write_bytes(content)
    done = csp("audit", path)
    assert done.exit_code == WRONG_USE
    assert sentence in " ".join(done.stderr.split())


SAVED = "label,this,previous,% change\nÄrger – rise,90,100,10%\n"


@pytest.mark.parametrize(
    "content",
    [
        SAVED.encode(),
        SAVED.encode("utf-8-sig"),
        SAVED.encode("cp1252"),
        SAVED.replace(",", ";").encode("cp1252"),
        SAVED.replace(",", "\t").encode("utf-16"),
        b"\xfe\xff" + SAVED.encode("utf-16-be"),
        SAVED.replace("\n", "\r").encode(),
    ],
)
def test_a_table_is_read_as_spreadsheets_save_it(home: Path, content: bytes):
    """Semicolons, tabs and Excel's Unicode text were told to be no table."""
    path = home / "saved.csv"
    path.write_bytes(content)
    done = csp("audit", path, "--json")
    assert done.exit_code == REJECTED
    (fault,) = json.loads(done.stdout)["faults"]
    assert (fault["label"], fault["rule"]) == ("Ärger – rise", "sign-wrong")


def test_what_cannot_be_done_is_said(home: Path):
    path = table(home)
    assert csp("audit", home / "nothing.csv").exit_code == WRONG_USE
    assert csp("audit", path, "--csv", path).exit_code == WRONG_USE
    assert csp("audit", path, "--period", "last year").exit_code == WRONG_USE
    # A folder that is not there ended in a traceback.
    done = csp("audit", path, "--csv", home / "nowhere/out.csv")
    assert done.exit_code == WRONG_USE
    assert "out.csv cannot be written: No such file or directory." in done.stderr
