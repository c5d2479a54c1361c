"""`make bench`: check and load of a street file of a million rows, beside two other ways.

All three run one after the other on the same generated file, each in a process of its own, in one
run of this program: machines differ and are noisy, so only the ratios mean anything.

* csp: `csp receive` as it is, into a warehouse that is there already: archive, both passes of
  checks, fingerprints, load, history, mart.
* naive: pandas and Pandera with the same rules on object columns, `to_sql`, a count by month.
* import: the unchecked `.import` of the sqlite3 shell, all columns as text.
"""

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

from schemas.codes import STREET_CRIME_TYPES
from schemas.records.street_crime import ASB

FILE_NAME = "2025-04-hertfordshire-street.csv"
HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Crime type,Last outcome category,Context"
)
OUTCOMES = (
    "Investigation complete; no suspect identified",
    "Unable to prosecute suspect",
    "Status update unavailable",
    "Court result unavailable",
    "Local resolution",
)


def write_street_file(path: Path, rows: int, seed: int = 7) -> None:
    """Write a street file of realistic form: repeated places, unique ids, 1% without a location.

    What lies in St Albans has an LSOA of St Albans and a map point there, as in the real files.
    """
    rng = np.random.default_rng(seed)
    types = list(STREET_CRIME_TYPES.labels.values())
    places = 10_000
    lon = rng.uniform(-0.60, 0.10, places)
    lat = rng.uniform(51.60, 52.05, places)
    lsoa = rng.integers(0, 700, places)
    districts = ("St Albans", "Dacorum", "Hertsmere", "Three Rivers", "Watford", "Stevenage")
    at_home = lsoa % len(districts) == 0
    lon[at_home] = rng.uniform(-0.43, -0.25, int(at_home.sum()))
    lat[at_home] = rng.uniform(51.70, 51.84, int(at_home.sum()))
    code = np.where(at_home, 3664 + lsoa % 15, 4000 + lsoa)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(HEADER + "\n")
        for start in range(0, rows, 100_000):
            count = min(100_000, rows - start)
            kind = rng.choice(types, count, p=_shares(types))
            where = rng.integers(0, places, count)
            ids = rng.integers(0, 2**62, (count, 4))
            lines = []
            for i in range(count):
                asb = kind[i] == ASB
                crime_id = "" if asb else "".join(f"{n:016x}" for n in ids[i])
                p = where[i]
                if p % 100 == 0:
                    place = ",,No Location,,"
                else:
                    district = districts[lsoa[p] % len(districts)]
                    place = (
                        f"{lon[p]:.6f},{lat[p]:.6f},On or near Street {p},E0102{code[p]:04},"
                        f"{district} {lsoa[p] % 30 + 1:03}A"
                    )
                outcome = "" if asb else OUTCOMES[p % len(OUTCOMES)]
                force = "Hertfordshire Constabulary"
                lines.append(f"{crime_id},2025-04,{force},{force},{place},{kind[i]},{outcome},\n")
            file.writelines(lines)


def _shares(types: list[str]) -> list[float]:
    weights = [20.0 if kind == ASB else 6.0 for kind in types]
    return [w / sum(weights) for w in weights]


def naive(path: Path, database: Path) -> None:
    """Load the file as most scripts would: object columns, the same rules, `to_sql`."""
    import pandera.pandas as pa
    from sqlalchemy import create_engine

    from schemas.areas import district_codes

    frame = pd.read_csv(path, dtype=object).drop(columns="Context")
    frame = frame.apply(lambda column: column.str.strip())
    types = list(STREET_CRIME_TYPES.labels.values())
    schema = pa.DataFrameSchema(
        {
            "Crime ID": pa.Column(object, pa.Check.str_matches(r"^[0-9a-f]{64}$"), nullable=True),
            "Month": pa.Column(object, pa.Check.str_matches(r"^[0-9]{4}-[0-9]{2}$")),
            "Reported by": pa.Column(object),
            "Falls within": pa.Column(object, pa.Check.eq("Hertfordshire Constabulary")),
            "Longitude": pa.Column(
                object, pa.Check(lambda s: s.astype(float).between(-9, 2.5)), nullable=True
            ),
            "Latitude": pa.Column(
                object, pa.Check(lambda s: s.astype(float).between(49, 61)), nullable=True
            ),
            "Location": pa.Column(object, nullable=True),
            "LSOA code": pa.Column(
                object, pa.Check.str_matches(r"^[EW]01[0-9]{6}$"), nullable=True
            ),
            "LSOA name": pa.Column(object, nullable=True),
            "Crime type": pa.Column(object, pa.Check.isin(types)),
            "Last outcome category": pa.Column(object, nullable=True),
        },
        checks=pa.Check(lambda df: df["Crime ID"].notna() | df["Crime type"].eq(ASB)),
    )
    schema.validate(frame, lazy=True)
    keyed = frame[frame["Crime ID"].notna()]
    if keyed["Crime ID"].duplicated().any():
        raise ValueError("the generated file has an id twice")
    frame["Month"] = pd.to_datetime(frame["Month"], format="%Y-%m")
    frame["Longitude"] = frame["Longitude"].astype(float)
    frame["Latitude"] = frame["Latitude"].astype(float)
    names = frame["LSOA name"].str.replace(r" [0-9]{3}[A-Z]$", "", regex=True)
    frame["lad_code"] = names.str.lower().map(district_codes())
    engine = create_engine(f"sqlite:///{database}")
    with engine.begin() as conn:
        frame.to_sql("street", conn, index=False, chunksize=50_000)
        counts = frame.groupby(["Month", "lad_code", "Crime type"]).size().rename("value")
        counts.reset_index().to_sql("mart", conn, index=False)


LOOK_EVERY_SECONDS = 0.05


def peak_of(command: list[str], **environment: str) -> tuple[float, float]:
    """Run a command; return its seconds and the peak memory in MB of it and its children at once.

    Memory that processes share is counted for each of them.
    """
    start, peak = time.perf_counter(), 0.0
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, env=os.environ | environment
    ) as running:
        while running.poll() is None:
            peak = max(peak, sum(_resident(pid) for pid in _family(running.pid)))
            time.sleep(LOOK_EVERY_SECONDS)
        seconds = time.perf_counter() - start
    if running.returncode:
        raise subprocess.CalledProcessError(running.returncode, command)
    return seconds, peak


def _family(pid: int) -> list[int]:
    """Return a process and all that it has started, as Linux lists them."""
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    except OSError:
        return []
    return [pid, *(member for child in text.split() for member in _family(int(child)))]


def _resident(pid: int) -> float:
    """Return the memory in MB that a process holds now."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * resource.getpagesize() / (1 << 20)


def bench(rows: int, with_naive: bool) -> None:
    """Run the routes and print seconds, ratios and peaks."""
    with tempfile.TemporaryDirectory(prefix="csp-bench-") as name:
        folder = Path(name)
        path = folder / FILE_NAME
        write_street_file(path, rows)
        print(f"{rows:,} rows, {path.stat().st_size / 1e6:,.0f} MB\n")
        results: dict[str, tuple[float, float]] = {}
        if shutil.which("sqlite3"):
            script = folder / "import.sql"
            script.write_text(f".mode csv\n.import {path} street\n", encoding="utf-8")
            results["import"] = peak_of(
                ["sqlite3", "-init", str(script), str(folder / "import.db"), ".quit"]
            )
        else:
            print("The sqlite3 shell is not installed: no comparison with .import.\n")
        here = {"CSP_HOME": str(folder / "csp"), "CSP_WAREHOUSE_URL": ""}
        subprocess.run(
            [sys.executable, "-m", "flows.cli", "status"],
            check=True, stdout=subprocess.DEVNULL, env=os.environ | here,
        )  # fmt: skip
        csp = [sys.executable, "-m", "flows.cli", "receive", str(path)]
        results["csp"] = peak_of(csp, **here)
        if with_naive:
            command = [sys.executable, "-m", "tests.benchmarks.street_load", "--naive", str(path)]
            results["naive"] = peak_of([*command, str(folder / "naive.db")])
        report(results)


def report(results: dict[str, tuple[float, float]]) -> None:
    """Print the table of results."""
    print(f"{'route':8}{'seconds':>9}{'peak MB':>9}{'× import':>10}{'× csp':>8}")
    for route, (seconds, peak) in sorted(results.items(), key=lambda item: item[1][0]):
        base = results["import"][0] if "import" in results else float("nan")
        print(
            f"{route:8}{seconds:9.1f}{peak:9.0f}{seconds / base:10.2f}"
            f"{seconds / results['csp'][0]:8.2f}"
        )


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--without-naive", action="store_true")
    parser.add_argument("--naive", nargs=2, metavar=("FILE", "DATABASE"))
    chosen = parser.parse_args()
    if chosen.naive:
        naive(Path(chosen.naive[0]), Path(chosen.naive[1]))
    else:
        bench(chosen.rows, not chosen.without_naive)


if __name__ == "__main__":
    main()
