"""`make torture`: every campaign against the gate, with its figures.

A campaign is a function that returns lines to print and whether all went well; a new one is one
more entry in `CAMPAIGNS`.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

TESTS = Path(__file__).parent.parent
sys.path[:0] = [str(TESTS), str(TESTS.parent)]

from support.desk import POLICE, cctv, police  # noqa: E402
from support.files import zip_bytes  # noqa: E402
from support.hostile import gzip_bomb, with_entities, zip_bomb  # noqa: E402

from faults import attack, mutations  # noqa: E402
from flows.examine import Verdict, examine  # noqa: E402
from schemas.areas import ST_ALBANS  # noqa: E402
from sources.partners import SOURCES  # noqa: E402

Campaign = Callable[[int, int], tuple[list[str], bool]]
MOST_SECONDS = 2.0


def damaged_files(count: int, seed: int) -> tuple[list[str], bool]:
    """Check so many damaged files in this one process."""
    result = mutations.campaign(count, seed)
    lines = [*mutations.lines_of(result)]
    lines += [f"  {files:6,} {rule}" for rule, files in result.rules.most_common()]
    return lines, not result.raised and result.peak_bytes <= mutations.MOST_BYTES


def hostile_files(count: int, seed: int) -> tuple[list[str], bool]:
    """Time the refusal of files that are made to do harm."""
    del count, seed
    head, row, *_ = police("DA\nN\nN").splitlines(keepends=True)
    rows = row * ((50 << 20) // len(row))
    wide = ",".join([*POLICE, *(f"Column {n}" for n in range(20_000))]).encode()
    street = "2025-04-hertfordshire-street.csv"
    files = {
        "latest.zip": zip_bomb(street, 1 << 30),
        f"{street}.gz": gzip_bomb(1 << 30),
        "cctv-log-2020-21-q1.xlsx": with_entities(cctv("Log No\nC/1"), "xl/workbook.xml"),
        "climbs.zip": zip_bytes({f"../../{street}": b"x"}),
        "police-2020-21-q1-wide.csv": wide + b"\n" + b"," * 20_000,
        "police-2020-21-q1-quote.csv": head + b'"' + rows,
        "police-2020-21-q1-late-quote.csv": head + row * 30_000 + b'"' + rows,
    }
    lines, is_well = [], True
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            path = Path(folder) / name
            path.write_bytes(content)
            started = time.perf_counter()
            verdicts = list(examine(path, SOURCES, ST_ALBANS))
            taken = time.perf_counter() - started
            rules = [i.rule for v in verdicts if isinstance(v, Verdict) for i in v.refusals]
            lines.append(f"{taken:5.2f} s  {', '.join(rules):20} {name}")
            is_well = is_well and bool(rules) and taken < MOST_SECONDS
            path.unlink()
    return lines, is_well


def hidden_figures(count: int, seed: int) -> tuple[list[str], bool]:
    """Try to work out what packs for the public leave out: a warehouse for every ten files."""
    result = attack.campaign(count // 10, seed)
    return attack.lines_of(result), not result.recovered


CAMPAIGNS: dict[str, Campaign] = {
    "Hostile files": hostile_files,
    "Damaged files": damaged_files,
    "Hidden figures": hidden_figures,
}


def main() -> None:
    """Run all campaigns and end with 1 if one did not go well."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=2021)
    asked = parser.parse_args()
    failed = False
    for title, run in CAMPAIGNS.items():
        started = time.perf_counter()
        lines, is_well = run(asked.count, asked.seed)
        print(
            f"\n{title}: {'well' if is_well else 'NOT WELL'}, {time.perf_counter() - started:.0f} s"
        )
        print("\n".join(lines))
        failed = failed or not is_well
    raise SystemExit(failed)


if __name__ == "__main__":
    main()
