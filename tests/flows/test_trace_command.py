"""`csp trace`: what the data team reads of a figure, and the partner's own lines on demand.

The lines may hold personal data: `--show` puts them on the terminal, and nothing else ever does.
"""

import csv
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
from support.command import FINE, REJECTED, WRONG_USE, csp, words
from support.desk import cctv, police, street
from support.files import gz, put
from support.received import CANARY, CRIMES, RECEIVED_AT, ROWS, archived, damage

from flows.commands import end_of_day
from schemas.words import day_label

pytestmark = pytest.mark.slow  # each opens warehouses or reads big files


@pytest.fixture
def home(received: Path) -> Path:
    """A folder to work in, with one file received."""
    return received


# --- a figure -----------------------------------------------------------------------------------


def test_a_figure_names_delivery_file_bytes_day_layout_and_rows(home: Path):
    done = csp("trace", "Vehicle offences", "Apr to Jun 2020")
    assert done.exit_code == FINE
    assert done.stdout.splitlines()[:4] == [
        "Vehicle offences, St Albans, Apr to Jun 2020: 2 recorded crimes",
        "vehicle-offences, E07000240, 2020-21-Q1",
        "",
        f"Delivery 1: {CRIMES}",
    ]
    said = words(done.stdout)
    assert f"SHA-256 {archived(home).name} received " in said
    assert "; layout: partnership extract 2 rows: 2, 3 " in said
    assert said.endswith("2 rows of 1 delivery; they add up to 2, the printed figure.")


def test_a_residual_says_of_what_it_is_the_rest(home: Path):
    said = words(csp("trace", "other-crime", "2020-21-Q1").stdout)
    assert "The rows are those of all-crime that are not in violence-against-the-person," in said
    assert said.endswith(
        f"Delivery 1, {CRIMES} (received {day_label(RECEIVED_AT)}), covers Apr to Jun 2020 and has "
        "no such row. No row is behind it: it is a true 0, for every month was received."
    )


def test_a_sum_says_how_much_each_row_adds(home: Path):
    put(home, "cctv-log-2020-21-q1.xlsx", cctv("Arrests\n2\n0\n1\n1\n"))
    csp("receive", "cctv-log-2020-21-q1.xlsx")
    said = words(csp("trace", "Arrests", "Apr 2020").stdout)
    assert "3 rows add 4: 1 each: 2 rows: 4, 5 2 each: 1 row: 2 3 rows of 1 delivery" in said


def test_of_no_figure_the_reason_is_told(home: Path):
    done = csp("trace", "all-crime", "Apr to Dec 2020")
    assert done.exit_code == FINE
    assert "Apr to Dec 2020: [x]" in done.stdout
    assert "Nothing was received for Jul to Dec 2020." in done.stdout


def test_a_month_that_is_held_names_the_hold(home: Path):
    months = ["07"] * 12 + ["09"] * 12
    many = "".join(f"41/{n}/20 | 14/{m}/2020\n" for n, m in enumerate(months, start=7))
    content = police("Crime Reference | Date Recorded\n" + many)
    put(home, "police-crime-2020-21-q2.csv", content)
    csp("receive", "police-crime-2020-21-q2.csv")
    said = words(csp("trace", "all-crime", "Jul to Sep 2020").stdout)
    assert "Aug 2020: no row came where rows are usual, and nobody has said yet whether" in said
    assert "csp holds)." in said


def test_a_broken_law_is_said_loudly(home: Path):
    damage(home, "UPDATE measure_month SET value = 9 WHERE measure_code = 'vehicle-offences'")
    done = csp("trace", "vehicle-offences", "2020-21-Q1")
    assert done.exit_code == REJECTED
    said = words(done.stdout)
    assert (
        "A LAW IS BROKEN. Apr 2020: the rows add up to 1, but csp_measure_month_v1 has 9." in said
    )
    assert "do not use this figure" in said
    assert "the printed figure." not in said


def test_every_row_as_csv(home: Path):
    done = csp("trace", "vehicle-offences", "2020-21-Q1", "--csv", "out.csv")
    assert "Wrote 2 rows to out.csv." in done.stdout
    with (home / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(r["delivery"], r["file"], r["row"], r["adds"]) for r in rows] == [
        ("1", CRIMES, "2", "1"),
        ("1", CRIMES, "3", "1"),
    ]
    assert rows[0]["sha256"] == archived(home).name
    assert (rows[0]["period"], rows[0]["area_name"]) == ("2020-21-Q1", "St Albans")
    assert csp("trace", "robbery", "2020-21-Q1", "--csv", "no/out.csv").exit_code == WRONG_USE


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("All crime", "2020-21"), "stands for 2 measures"),
        (("vehicle", "2020-21"), "There is no measure 'vehicle'"),
        (("robbery", "soon"), "A period is written like"),
        (("robbery", "2020-21", "--area", "Hertfordshire"), "There is no area 'Hertfordshire'"),
        (("robbery", "2020-21", "--as-at", "soon"), "--as-at is a day such as 2021-03-31"),
        (("robbery", "2020-21", "--as-at", "2999-01-01"), "is still to come"),
    ],
)
def test_what_names_no_figure_is_wrong_use(home: Path, arguments: tuple[str, ...], said: str):
    done = csp("trace", *arguments)
    assert (done.exit_code, done.stdout) == (WRONG_USE, "")
    assert said in words(done.stderr)


def test_a_figure_as_it_stood(home: Path):
    damage(home, "UPDATE delivery SET received_at = '2020-07-09 12:00:00.000000'")
    put(home, "police-crime-2020-21-q1 again.csv", police(ROWS.replace("| 45 ", "| 28E")))
    csp("receive", "police-crime-2020-21-q1 again.csv")
    assert ": 0 recorded crimes" in csp("trace", "vehicle-offences", "2020-21-Q1").stdout
    then = csp("trace", "vehicle-offences", "2020-21-Q1", "--as-at", "2020-07-09")
    assert "as it stood at the end of 2020-07-09: 2 recorded crimes" in words(then.stdout)
    assert "again.csv" not in then.stdout
    before = csp("trace", "vehicle-offences", "2020-21-Q1", "--as-at", "2020-07-08")
    assert "Nothing was received for Apr to Jun 2020." in before.stdout


def test_a_day_lasts_to_its_end():
    assert str(end_of_day("2020-07-09")) == "2020-07-09 23:59:59.999999"


# --- the lines themselves -----------------------------------------------------------------------


def test_lines_are_shown_as_the_partner_wrote_them(home: Path):
    done = csp("trace", "vehicle-offences", "2020-21-Q1", "--show")
    assert done.exit_code == FINE
    heading, *rows = police(ROWS).decode().splitlines()
    shown = done.stdout.splitlines()
    place = shown.index(f"Delivery 1, {CRIMES}:")
    assert shown[place + 1 :] == [f"{'':>9}  {heading}", f"{2:>9}  {rows[0]}", f"{3:>9}  {rows[1]}"]
    assert "may hold personal data" in done.stdout


def test_without_show_no_cell_is_printed(home: Path):
    for arguments in ((), ("--csv", "out.csv"), ("--as-at", f"{RECEIVED_AT:%Y-%m-%d}")):
        done = csp("trace", "vehicle-offences", "2020-21-Q1", *arguments)
        assert done.exit_code == FINE
        assert CANARY not in done.output
    assert CANARY not in (home / "out.csv").read_text("utf-8-sig")


def test_lines_reach_the_terminal_and_nothing_else(
    home: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PREFECT_HOME", str(home / "prefect"))
    (home / CRIMES).unlink()
    with caplog.at_level(logging.DEBUG):
        done = csp("trace", "all-crime", "2020-21-Q1", "--show", "--csv", "out.csv")
    assert done.stdout.count(CANARY) == 2
    assert CANARY not in done.stderr
    assert CANARY not in caplog.text
    held = [p for p in home.rglob("*") if p.is_file() and CANARY.encode() in p.read_bytes()]
    # The ward is a declared column, so that the warehouse has it; beside that the archive alone.
    assert {p.name.split("-wal")[0] for p in held} == {archived(home).name, "warehouse.db"}


def test_trace_loads_no_prefect(home: Path, root: Path):
    code = (
        "import sys\nfrom flows.cli import main\n"
        "sys.argv = ['csp', 'trace', 'robbery', '2020-21-Q1', '--show']\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert end.code == 0, end.code\n"
        "print('prefect' in sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True, text=True, check=True, cwd=home,
        env={**os.environ, "PYTHONPATH": str(root)},
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == "False"


def test_an_error_over_a_line_does_not_quote_it(home: Path, monkeypatch: pytest.MonkeyPatch):
    def broken(*_given: object):
        raise ValueError(f"cannot read {CANARY}")

    monkeypatch.setattr("flows.show_lines.written", broken)
    done = csp("trace", "vehicle-offences", "2020-21-Q1", "--show")
    assert done.exit_code == REJECTED
    assert "The file could not be read: ValueError at test_trace_command.py:" in done.stdout
    assert CANARY not in done.output


def test_a_damaged_archive_is_told_and_not_shown(home: Path):
    path = archived(home)
    path.write_bytes(path.read_bytes().replace(b"41/2/20", b"41/9/20"))
    done = csp("trace", "vehicle-offences", "2020-21-Q1", "--show")
    assert done.exit_code == REJECTED
    assert "is not what was received: its SHA-256 is another. It is not shown." in words(
        done.stdout
    )
    assert "41/9/20" not in done.stdout
    path.unlink()
    gone = csp("trace", "vehicle-offences", "2020-21-Q1", "--show")
    assert gone.exit_code == REJECTED
    assert "nothing says that they were removed" in words(gone.stdout)
    assert "2 rows of 1 delivery; they add up to 2, the printed figure." in gone.stdout


def test_bytes_past_the_agreed_age_are_not_shown(home: Path):
    damage(home, "UPDATE delivery SET received_at = '2020-07-09 12:00:00.000000'")
    csp("purge", "--older-than", "2021-03-31", "--by", "Ann Field", "--yes")
    done = csp("trace", "vehicle-offences", "2020-21-Q1", "--show")
    assert done.exit_code == REJECTED
    assert "past the agreed age (csp purge): there is nothing left to show." in words(done.stdout)
    assert "2 rows: 2, 3" in done.stdout
    assert CANARY not in done.output


def test_rows_whose_count_is_blank_can_be_looked_at(home: Path):
    put(home, "cctv-log-2020-21-q1.xlsx", cctv(f"Camera | Arrests\n{CANARY} |\n7 | 1\n"))
    csp("receive", "cctv-log-2020-21-q1.xlsx")
    done = csp("trace", "Arrests", "Apr 2020", "--show")
    assert done.exit_code == FINE
    assert "the count of 1 row is blank or suppressed" in words(done.stdout)
    assert f" | {CANARY} | " in done.stdout


def test_compressed_files_are_shown_too(home: Path):
    name = "2025-04-hertfordshire-street.csv.gz"
    put(home, name, gz(street("Crime ID | Crime type\na | Robbery\n")))
    csp("receive", name)
    done = csp("trace", "street-robbery", "Apr 2025", "--show")
    assert f"{2:>9}  {'a' * 64},2025-04," in done.stdout


def test_a_layout_that_is_no_longer_declared_is_told(home: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("flows.show_lines.SOURCES", ())
    done = csp("trace", "vehicle-offences", "2020-21-Q1", "--show")
    assert done.exit_code == REJECTED
    assert "no layout that this program declares fits them any more" in words(done.stdout)
