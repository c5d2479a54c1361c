"""What an intruder has of one pack: its files as they were put in place, read from the folder.

Each figure that a table, a picture or the list of revisions prints; None where it says [c]. Page
and CSV must say the same. The judge alone has the truth, by which figures of several packs are
known to be the same ones.
"""

import csv
import io
import json
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from support.page import Tag, read

from reports.pack import Pack
from schemas.period import FinancialYear, Month, Span
from schemas.reported import value_of
from schemas.spans import span_of

Place = tuple[str, str, Span]


@dataclass
class Read:
    """One pack: figures, how rows stand in each table, and what it says nothing of."""

    district: str
    county: str
    shown: dict[Place, int | None] = field(default_factory=dict)
    roles: dict[str, list[tuple[str, str, str]]] = field(default_factory=lambda: defaultdict(list))
    truth: dict[tuple[str, str], dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    veiled: set[tuple[str, FinancialYear]] = field(default_factory=set)
    withheld: set[tuple[str, FinancialYear]] = field(default_factory=set)

    @property
    def rest(self) -> str:
        """The rest of the county, as tables call it."""
        return f"R{self.district[1:]}"

    def value(self, place: Place) -> int | None:
        """The true figure: for the judge."""
        measure, area, span = place
        if area == self.rest:
            whole = self.value((measure, self.county, span))
            part = self.value((measure, self.district, span))
            return None if whole is None or part is None else whole - part
        known = self.truth.get((measure, area), {})
        months = range(span.first.ordinal, span.last.ordinal + 1)
        found = [known[month] for month in months if month in known]
        return sum(found) if len(found) == len(months) else None


def read_pack(pack: Pack) -> Read:
    """Read the files of a pack, and then, for the judge, its truth."""
    folder = pack.folder
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    found = Read(manifest["areas"]["district"]["code"], manifest["areas"]["county"]["code"])
    page = read((folder / "index.html").read_text("utf-8"))
    _tables(found, folder, page)
    _months(found, folder)
    _revised(found, folder)
    _kept_back(found, manifest, page)
    for (measure, area, period), figure in pack.edition.truth.items():
        if (value := value_of(figure)) is not None and len(span_of(period)) == 1:
            found.truth[measure, area][span_of(period).first.ordinal] = value
    return found


def _tables(found: Read, folder: Path, page: Tag) -> None:
    printed = [[td.text for td in table.all("td")] for table in page.all("table")]
    names = [a.given["href"] or "" for a in page.all("a") if "href" in a.given]
    paths = [name for name in dict.fromkeys(names) if name.startswith("tables/")]
    assert set(paths) == {f"tables/{path.name}" for path in (folder / "tables").iterdir()}
    for name, cells in zip(paths, printed, strict=False):
        said = []
        for row in _rows(folder / name):
            span = span_of(row["period"])
            of = row["measure"], row["area_code"]
            _note(found, (*of, span), row["value"], row["mark"])
            _note(found, (*of, span.year_before()), row["previous"], row["previous_mark"])
            if (entry := (row["role"], *of)) not in found.roles[name]:
                found.roles[name].append(entry)
            marks = {*row["mark"].split(), *row["previous_mark"].split()}
            both = not {"c", "x"} & marks
            assert both == bool(row["change"]), "a change tells of what is hidden"
            assert both or (row["percent_change"], row["percent_mark"]) == ("", row["change_mark"])
            said += [row[n] for n in ("value", "previous", "change", "percent_change")]
        shown = [text.replace("\u2212", "-").split(" [")[0] for text in cells]
        plain = ["" if text.startswith("[") else text.strip("+").replace(",", "") for text in shown]
        assert plain == said, "the page shows another figure than the CSV"


def _months(found: Read, folder: Path) -> None:
    """Read what stands beside the pictures; limits are worked out from what is shown alone."""
    series: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in _rows(folder / "charts" / "trends.csv"):
        month = Month.of(date.fromisoformat(row["month"]))
        _note(found, (row["measure"], row["area_code"], Span(month, month)), row["value"],
              row["mark"])  # fmt: skip
        series[row["measure"]].append(row)
    for rows in series.values():
        values = [int(row["value"]) for row in rows if row["value"]]
        means = {row["mean"] for row in rows} - {""}
        if means and len(means) == 1:
            assert abs(float(means.pop()) - sum(values) / len(values)) <= 0.0501, "another mean"


def _revised(found: Read, folder: Path) -> None:
    for row in _rows(folder / "revisions.csv"):
        key = row["measure"], row["area_code"], span_of(row["period"])
        _note(found, key, row["is"], row["is_mark"])
        assert row["was_mark"] != "c"
        assert (row["is"] != "" and row["was"] != "") == (row["difference"] != "")


def _kept_back(found: Read, manifest: dict[str, Any], page: Tag) -> None:
    """Read where [c] may stand for 0; the page must say so in words."""
    for what, told in (("veiled", found.veiled), ("withheld", found.withheld)):
        told |= {(root, span_of(year).first.financial_year) for root, year in manifest[what]}
    text = page.text
    assert bool(found.veiled) == ("[c] may also stand for 0" in text), "not told in words"
    assert bool(found.withheld) == ("nothing is shown: together" in text), "not told in words"


def _rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))


def _note(found: Read, place: Place, value: str, mark: str) -> None:
    if "x" in mark.split():
        return
    if value:
        assert mark in {"", "r"}
        number = int(value)
        assert number == 0 or number > 4, "a small count is shown"
        assert found.shown.get(place, number) in {number, None}
        found.shown[place] = number
    else:
        assert mark == "c"
        found.shown.setdefault(place, None)
