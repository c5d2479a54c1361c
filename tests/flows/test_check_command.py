"""`csp check`: what a partner's analyst reads, what a program reads, and the page to keep."""

import csv
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from support.command import FINE, REJECTED, WRONG_USE, csp
from support.faulty import CANARY, FAULTY, NAME, extract, write
from support.files import zip_bytes
from support.page import read

from flows.show_check import Line

pytestmark = pytest.mark.slow  # each opens warehouses or reads big files


# --- on a terminal ------------------------------------------------------------------------------


def test_the_verdict_comes_first_and_each_fault_says_where_and_what_to_do(home: Path):
    done = csp("check", write(home, FAULTY))
    assert done.exit_code == REJECTED
    assert done.stdout.splitlines() == [
        "police-crime-2020-21-q1.csv",
        "  Taken for: Police recorded crime (partnership extract), Apr to Jun 2020",
        "  Sent by:   Hertfordshire Constabulary",
        "",
        "  The file would be accepted, but 3 of 6 rows would be rejected and its figures held back",
        "  Correct the rejected rows in your system and export again. The figures would not be "
        "published before a person has confirmed what stands below under \u201cHeld until somebody "
        "has decided\u201d.",
        "  6 rows read, 3 accepted, 3 rejected",
        "",
        "  Rows that would be rejected",
        "  1. 'Date Recorded' is not a date written as 31/12/2020.",
        "     Rows 3, 6 (2 rows).",
        "     What to do: Write every date of the column as 31/12/2020.",
        "  2. 'Outcome Type' is higher than it can be.",
        "     Row 4.",
        "     What to do: Check the figure.",
        "  3. 'Status' holds a word that is not on its list: Recorded, Cancelled or Transferred.",
        "     Row 4.",
        "     What to do: Use a word of the list, or tell the data team about the new one.",
        "",
        "  Held until somebody has decided",
        "  4. Too many rows have a code that is on no list: 1 of 6 rows (16.7%).",
        "     What to do: To be confirmed: what the codes mean; the data team adds them to the "
        "list.",
        "  5. Too many rows were rejected: 3 of 6 rows (50.0%).",
        "     What to do: Send a corrected file; the receipt lists each row.",
        "",
        "  Warnings: nothing is rejected for them",
        "  6. The offence code is not on the list of notifiable offences of its date. The crime is "
        "counted in all crime and in other crime only.",
        "     Row 5.",
        "     What to do: Check the code; a new one is added to the list by the data team.",
        "  7. A column that is not part of the agreed layout (column S) was not read and not "
        "stored.",
        "     What to do: Leave it out, above all if it holds personal data.",
        "",
        "  Row numbers are those that a spreadsheet shows at the left; the row of the headings "
        "counts.",
    ]


def test_warnings_alone_are_no_failure(home: Path):
    done = csp("check", write(home, extract({"HO Code": "999Z"}, *[{}] * 300), "police-crime.csv"))
    assert done.exit_code == FINE
    assert "look at the warnings" in done.stdout


def test_a_refused_file_says_so_in_capitals(home: Path):
    done = csp("check", write(home, b"Colour,Size\nred,4\n"))
    assert done.exit_code == REJECTED
    assert "  THE FILE WOULD BE REJECTED: NOTHING OF IT WOULD BE COUNTED" in done.stdout
    assert "Taken for" not in done.stdout
    assert " read, " not in done.stdout


def test_a_file_none_of_whose_rows_can_be_taken_tells_their_faults_too(home: Path):
    done = csp("check", write(home, extract({"Status": CANARY}, {"Status": CANARY})))
    assert done.exit_code == REJECTED
    assert "Not one row of the file could be accepted." in done.stdout
    assert "2 rows read, 0 accepted, 2 rejected" in done.stdout
    assert "Rows 2, 3 (2 rows)." in done.stdout


def test_a_line_is_wrapped_to_a_terminal_under_its_own_beginning():
    line = Line("12. " + "word " * 12)
    assert line.fitted(44).splitlines() == [
        "  12. word word word word word word word",
        "      word word word word word",
    ]
    assert line.fitted(None) == "  " + line.text.rstrip()


# --- for programs -------------------------------------------------------------------------------


def test_json_is_one_document_and_nothing_else(home: Path):
    done = csp("check", write(home, FAULTY), "--json")
    assert done.exit_code == REJECTED
    assert done.stderr == ""
    document = json.loads(done.stdout)
    assert list(document) == ["version", "program", "files", "left_out"]
    assert document["version"] == 1
    (file,) = document["files"]
    issues = file.pop("issues")
    assert len(file.pop("sha256")) == 64
    assert file == {
        "name": NAME,
        "source": "police_crime",
        "source_title": "Police recorded crime",
        "layout": "partnership extract",
        "period": {"first": "2020-04", "last": "2020-06", "label": "Apr to Jun 2020"},
        "status": "held",
        "counts": {"read": 6, "accepted": 3, "rejected": 3},
    }
    assert issues[0] == {
        "rule": "date-unreadable",
        "response": "reject row",
        "dimension": "validity",
        "security": False,
        "heading": "Date Recorded",
        "scope": "rows",
        "rows": [3, 6],
        "sentence": "'Date Recorded' is not a date written as 31/12/2020.",
        "remedy": "Write every date of the column as 31/12/2020.",
    }
    assert [(i["rule"], i["scope"], i["rows"]) for i in issues[3:]] == [
        ("codes-unmapped-share", "file", []),
        ("rejected-share", "file", []),
        ("offence-unmapped", "rows", [5]),
        ("column-undeclared", "file", []),
    ]


def test_json_of_a_refused_file_has_the_same_keys(home: Path):
    done = csp("check", write(home, b"Colour,Size\nred,4\n"), "--json")
    assert done.exit_code == REJECTED
    (file,) = json.loads(done.stdout)["files"]
    assert list(file) == [
        "name", "sha256", "source", "source_title", "layout", "period", "status", "counts",
        "issues",
    ]  # fmt: skip
    assert (file["source"], file["period"], file["status"]) == ("", None, "rejected")
    assert file["counts"] == {"read": 0, "accepted": 0, "rejected": 0}
    assert [issue["rule"] for issue in file["issues"]] == ["layout-unknown"]


def test_json_lists_what_an_archive_holds_of_others(home: Path):
    done = csp("check", write(home, zip_bytes({"notes.txt": b"hello"}), "other.zip"), "--json")
    assert done.exit_code == REJECTED
    assert json.loads(done.stdout)["left_out"] == ["other.zip/notes.txt"]


def test_every_row_is_listed_however_many(home: Path):
    bad = [{"Status": CANARY}] * 3_000
    path = write(home, extract({}, *bad))
    (file,) = json.loads(csp("check", path, "--json").stdout)["files"]
    assert file["issues"][0]["rows"] == list(range(3, 3_003))
    assert "Rows 3 to 3002 (3,000 rows)." in csp("check", path).stdout


# --- the page -----------------------------------------------------------------------------------


def test_the_page_has_its_csv_beside_it(home: Path):
    done = csp("check", write(home, FAULTY), "--receipt", "out.html")
    assert done.exit_code == REJECTED
    assert "Receipt: out.html" in done.stdout
    page = read(Path("out.html").read_text(encoding="utf-8"))
    assert page.all("h2")[0].text.startswith("The file would be accepted, but 3 of 6 rows")
    assert "out.csv" in [a.given["href"] for a in page.all("a")]
    with Path("out.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    assert [(line["row"], line["heading"]) for line in lines] == [
        ("", ""), ("", ""), ("", "column S"), ("3", "Date Recorded"),
        ("4", "Outcome Type"), ("4", "Status"), ("5", ""), ("6", "Date Recorded"),
    ]  # fmt: skip
    assert sorted(path.name for path in home.iterdir()) == ["out.csv", "out.html", NAME]


def test_accepted_rows_are_counted_by_month_without_those_taken_back(home: Path):
    """Keeps away: a reference that stands twice, counted in its month and rejected all the same."""
    twice = {"Crime Reference": "41/77/20"}
    content = extract({}, twice, twice | {"Date Recorded": "15/05/2020"},
                     {"Date Recorded": "15/06/2020"})  # fmt: skip
    assert csp("check", write(home, content), "--receipt", "out.html").exit_code == REJECTED
    page = read(Path("out.html").read_text(encoding="utf-8"))
    (months,) = [t for t in page.all("table") if "by month" in t.children[0].text]
    rows = [[part.text for part in row.children] for row in months.all("tbody")[0].all("tr")]
    assert rows == [["Apr 2020", "1"], ["Jun 2020", "1"]]


def test_the_same_file_gives_the_same_bytes(home: Path):
    path = write(home, FAULTY)
    csp("check", path, "--receipt", "one.html")
    before = Path("one.html").read_bytes(), Path("one.csv").read_bytes()
    csp("check", path, "--receipt", "one.html")
    assert (Path("one.html").read_bytes(), Path("one.csv").read_bytes()) == before


def test_json_and_page_go_together(home: Path):
    done = csp("check", write(home, FAULTY), "--json", "--receipt", "out.html")
    assert json.loads(done.stdout)["version"] == 1
    assert Path("out.html").exists()


def test_each_member_of_an_archive_has_a_page_of_its_own(home: Path):
    heads = (
        "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
        "Crime type,Last outcome category,Context\n"
    )
    row = ",2025-0{},Hertfordshire Constabulary,Hertfordshire Constabulary,,,,,,"
    row += "Anti-social behaviour,,\n"
    members = {
        f"2025-0{n}/2025-0{n}-hertfordshire-street.csv": (heads + row.format(n)).encode()
        for n in (4, 5)
    }
    path = write(home, zip_bytes(members), "months.zip")
    assert csp("check", path, "--receipt", "out.html").exit_code == FINE
    assert sorted(p.name for p in home.glob("out*")) == [
        "out-2025-04-hertfordshire-street.csv.csv", "out-2025-04-hertfordshire-street.csv.html",
        "out-2025-05-hertfordshire-street.csv.csv", "out-2025-05-hertfordshire-street.csv.html",
    ]  # fmt: skip


def test_nothing_that_stands_in_a_cell_is_repeated_anywhere(home: Path):
    path = write(home, FAULTY)
    told = csp("check", path, "--receipt", "out.html").output
    told += csp("check", path, "--json").output
    told += Path("out.html").read_text("utf-8") + Path("out.csv").read_text("utf-8")
    assert CANARY not in told
    assert CANARY.lower() not in told.lower()


# --- wrong use ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("out.pdf", "must end in .html"),
        ("out", "must end in .html"),
        ("nowhere/out.html", "there is no such folder"),
        ("folder.html", "is a folder"),
        (NAME.replace(".csv", ".html"), "is the file to be checked"),
        ("other.html", "is there already and is no receipt"),
    ],
)
def test_a_place_where_no_page_can_be_is_wrong_use(home: Path, page: str, said: str):
    """Keeps away: `--receipt q1.html` beside q1.csv, which would replace the partner's export."""
    path = write(home, FAULTY)
    write(home, b"somebody's,own\n", "other.csv")
    (home / "folder.html").mkdir()
    done = csp("check", path, "--receipt", page)
    assert done.exit_code == WRONG_USE
    assert said in done.stderr
    assert path.read_bytes() == FAULTY
    assert (home / "other.csv").read_bytes() == b"somebody's,own\n"
    assert not list(home.glob("*.part"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_wrong_use(home: Path):
    locked = home / "locked"
    locked.mkdir(mode=stat.S_IRUSR | stat.S_IXUSR)
    done = csp("check", write(home, FAULTY), "--receipt", locked / "out.html")
    assert done.exit_code == WRONG_USE
    assert "cannot be written" in done.stderr


def test_a_full_disk_is_said_in_a_sentence(home: Path, monkeypatch: pytest.MonkeyPatch):
    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("flows.check.write_receipt", full)
    done = csp("check", write(home, FAULTY), "--receipt", "out.html")
    assert done.exit_code == WRONG_USE
    assert "cannot be written to .: No space left on device." in done.stderr


# --- what it needs ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "heavy"), [([], []), (["--json"], []), (["--receipt", "o.html"], ["great_tables"])]
)
def test_no_check_loads_a_database_or_prefect_and_only_a_page_loads_its_tables(
    home: Path, root: Path, more: list[str], heavy: list[str]
):
    """A partner's analyst is given `csp check` alone, and it must start fast."""
    program = (
        "import sys; sys.argv = ['csp', 'check', *sys.argv[1:]]\n"
        "from flows.cli import main\n"
        "try: main()\n"
        "except SystemExit as end: code = end.code\n"
        "heavy = {'sqlalchemy', 'alembic', 'prefect', 'great_tables'} & set(sys.modules)\n"
        "print(code, sorted(heavy))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(write(home, extract({}))), *more],
        capture_output=True, text=True, check=True, cwd=home,
        env=os.environ | {"PYTHONPATH": str(root)},
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == f"0 {heavy}"
