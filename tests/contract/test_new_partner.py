"""A partner that nobody has thought of, from its file to a printed table.

The checkout is copied, and in the copy is done what a developer does: the record, the source, its
code list, its measures, its table, one spec, and a generated migration. What had to be touched is
what the design promises, and it is all: nothing of the load, the gate, the reports or the flows.
"""

import csv
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from support.databases import POSTGRESQL, SQLITE, empty_database

from warehouse.state import REVISION

pytestmark = pytest.mark.slow  # starts programs

PIECES = Path(__file__).with_name("ambulance")
COPIED = ("schemas", "sources", "warehouse", "reports", "flows", "deploy", "tests",
          "pyproject.toml", "README.md", ".gitignore")  # fmt: skip

NEW = {
    "record.py": "schemas/records/ambulance_call.py",
    "reasons.csv": "schemas/codes/ambulance_reasons.csv",
    "source.py": "sources/partners/ambulance_calls.py",
    "spec.py": "tests/spec/test_spec_ambulance_calls.py",
}
MIGRATION = (
    f"warehouse/migrations/versions/{int(REVISION) + 1:04}_calls_of_the_ambulance_service.py"
)
EXTENDED = ("sources/partners/__init__.py", "schemas/measures.py", "reports/tables.py")
WRITTEN_ANEW = (
    "warehouse/CONTRACT.md",
    "warehouse/datapackage.json",
    "tests/contract/views_pinned.txt",
)

CALLS = """\
Call Number,Date of Call,Date of Arrival,Reason,Police Present,Patient
A1,03/04/2020,03/04/2020,Assault,Y,J. Canary
A2,30/04/2020,01/05/2020,Knife,Y,J. Canary
A3,09/05/2020,,Assault,N,J. Canary
A4,30/06/2020,30/06/2020,Assault,N,J. Canary
"""
CALLS_OF_2019 = """\
Call Number,Date of Call,Date of Arrival,Reason,Police Present,Patient
A5,03/04/2019,03/04/2019,Assault,Y,J. Canary
A6,03/05/2019,03/05/2019,Assault,N,J. Canary
A7,03/06/2019,03/06/2019,Stabbing,N,J. Canary
"""


def put_into(path: Path, place: str, text: str) -> None:
    """Put a text before a place in a file that has the place once."""
    content = path.read_text(encoding="utf-8")
    assert content.count(place) == 1, f"{path.name} has no place for it: {place}"
    path.write_text(content.replace(place, text + place), encoding="utf-8")


def run(checkout: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a Python program in a checkout; what it printed goes with a failure."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("CSP_")}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=checkout, env=inherited | {"PYTHONPATH": str(checkout), **environment},
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip


def add_the_partner(checkout: Path) -> None:
    for piece, place in NEW.items():
        shutil.copy(PIECES / piece, checkout / place)
    sources, measures, tables = (checkout / place for place in EXTENDED)
    put_into(sources, "from sources.partners.cctv_log",
             "from sources.partners.ambulance_calls import AMBULANCE_CALLS\n")  # fmt: skip
    put_into(sources, "    FLY_TIPS,\n", "    AMBULANCE_CALLS,\n")
    put_into(measures, "MEASURES: dict", (PIECES / "measures.txt").read_text("utf-8"))
    put_into(measures, "*_fly_tips(), *_hfrs()", "*_ambulance(), ")
    put_into(tables, "TABLES: tuple", (PIECES / "table.txt").read_text("utf-8"))
    put_into(tables, "    FIRE,\n", "    AMBULANCE,\n")
    done = run(checkout, "-m", "warehouse.migrate", "Calls of the ambulance service.")
    assert done.returncode == 0, done.stderr


def contents(checkout: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(checkout)): path.read_bytes()
        for path in checkout.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


@dataclass
class Copy:
    """A copy of this checkout, and what was in it before anything was touched."""

    folder: Path
    before: dict[str, bytes]

    def touched(self) -> set[str]:
        now = contents(self.folder)
        return {name for name in now | self.before if now.get(name) != self.before.get(name)}


@pytest.fixture(scope="module")
def copy(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """A copy of this checkout with the partner in it."""
    folder = tmp_path_factory.mktemp("checkout")
    for name in COPIED:
        if (root / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__", ".*", "*.egg-info")
            shutil.copytree(root / name, folder / name, ignore=ignored)
        else:
            shutil.copy(root / name, folder / name)
    made = Copy(folder, contents(folder))
    add_the_partner(folder)
    return made


def test_a_partner_is_what_the_design_says_it_is_and_nothing_more(copy: Copy):
    named = {*NEW.values(), *EXTENDED, MIGRATION}
    assert copy.touched() - set(WRITTEN_ANEW) == named


@pytest.mark.parametrize("kind", [SQLITE, POSTGRESQL])
def test_its_file_becomes_a_printed_table(copy: Copy, tmp_path: Path, kind: str):
    (tmp_path / "ambulance-calls-2020-21-q1.csv").write_text(CALLS)
    (tmp_path / "ambulance-calls-2019-20-q1.csv").write_text(CALLS_OF_2019)
    files = sorted(str(path) for path in tmp_path.glob("*.csv"))
    with empty_database(kind, tmp_path) as address:
        url = address if isinstance(address, str) else ""
        where = {"CSP_HOME": str(tmp_path), "CSP_WAREHOUSE_URL": url}
        received = run(copy.folder, "-m", "flows.cli", "receive", *files, **where)
        assert received.returncode == 0, received.stdout + received.stderr
        published = run(
            copy.folder,
            "-m",
            "flows.cli",
            "quarter",
            "2020-21-Q1",
            "--audience",
            "partnership",
            **where,
        )
        assert published.returncode == 0, published.stdout + published.stderr
    pack = tmp_path / "packs/2020-21-q1-partnership"
    with (pack / "tables/ambulance-calls.csv").open(encoding="utf-8", newline="") as file:
        lines = [line for line in csv.DictReader(file) if line["period"] == "2020-21-Q1"]
    assert [(line["label"], line["value"], line["previous"]) for line in lines] == [
        ("Ambulance calls because of violence", "4", "3"),
        ("Assault", "3", "2"),
        ("Stabbing", "1", "1"),
        ("Police were at the scene", "2", "1"),
    ]
    page = (pack / "index.html").read_text(encoding="utf-8")
    assert "A call is no crime." in page
    assert "Canary" not in page


def test_it_keeps_the_rules_of_the_house(copy: Copy):
    """Its own spec, the rules of declarations, and the contract, once that is written anew."""
    for arguments in (
        ("-m", "flows.cli", "dictionary", "--out", "warehouse/CONTRACT.md"),
        ("-m", "flows.cli", "dictionary", "--json", "--out", "warehouse/datapackage.json"),
        ("tests/contract/test_views_pinned.py",),
    ):
        done = run(copy.folder, *arguments)
        assert done.returncode == 0, done.stderr
    assert copy.touched() == {*NEW.values(), *EXTENDED, MIGRATION, *WRITTEN_ANEW}
    said = (copy.folder / "warehouse/CONTRACT.md").read_text(encoding="utf-8")
    assert "## csp_ambulance_call_v1" in said
    assert "Rows of `csp_ambulance_call_v1` where `reason_code` is 'stabbing'" in said
    done = run(
        copy.folder, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "not slow",
        NEW["spec.py"], "tests/contract", "tests/schemas/test_measures.py",
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
