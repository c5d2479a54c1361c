"""What an intruder has of one pack: its files as they were put in place, read from the folder.

Each figure that a table, a picture, the list of revisions or the comparison with official figures
prints; None where it says [c]. Page and CSV must say the same. The judge alone has the truth, by
which figures of several packs are known to be the same ones, and the date of a hidden one.
"""

import csv
import io
import json
import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from support.page import Tag, read

from reports.pack import Pack
from schemas.period import FinancialYear, Month, Span
from schemas.reported import Figure, Stated, value_of
from schemas.spans import code_of, span_of

Place = tuple[str, str, Span]
"""A measure, an area and a period; of what has a date, the month of the date."""

FLOWS = {
    "probation-accommodation", "trading-standards-interventions", "safe-and-well-visits",
    "shielding-visits", "thrive-patients",
}  # fmt: skip
TOTALS = {"echo-feedback", "call-blockers"}
STOCKS = {"neighbourhood-followers", "police-cadets", "fly-tips-under-investigation"}
STATED = FLOWS | TOTALS | STOCKS
"""What partners state of people."""
SHARES = {"thrive-mental-health-percent": "thrive-patients"}
OPEN = {
    "partner-agencies", "partnership-meetings", "partnership-priorities", "schools-funded",
    "neighbourhood-officers", "cctv-locations", "cctv-redeployable-systems",
    "rogue-trader-money-stopped", "respiratory-hubs",
}  # fmt: skip
"""What is of no people: a small figure of it may be shown."""
QUALIFIED = re.compile("^(more than|at least|about|nearly|fewer than) ")


@dataclass
class Read:
    """One pack: figures, how rows stand in each table, and what it says nothing of."""

    district: str
    county: str
    shown: dict[Place, int | None] = field(default_factory=dict)
    roles: dict[str, list[tuple[str, str, str]]] = field(default_factory=lambda: defaultdict(list))
    truth: dict[tuple[str, str], dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    stated: dict[Place, int] = field(default_factory=dict)
    official: dict[Place, int] = field(default_factory=dict)
    veiled: set[tuple[str, FinancialYear]] = field(default_factory=set)
    withheld: set[tuple[str, FinancialYear]] = field(default_factory=set)

    @property
    def rest(self) -> str:
        """The rest of the county, as tables call it."""
        return f"R{self.district[1:]}"

    def value(self, place: Place) -> int | None:
        """The true figure: for the judge."""
        measure, area, span = place
        if measure in STATED:
            return self.stated.get(place)
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
    _percentages(found)
    _official(found, folder)
    _kept_back(found, manifest, page)
    for (measure, area, period), figure in pack.edition.truth.items():
        value, span = value_of(figure), span_of(period)
        if value is None or measure in OPEN | SHARES.keys():
            continue
        if measure in STATED:
            if (place := place_of(measure, area, span, figure)) is not None:
                found.stated[place] = value
        elif len(span) == 1:
            found.truth[measure, area][span.first.ordinal] = value
    return _dated(found, pack)


def place_of(measure: str, area: str, span: Span, figure: Figure) -> Place | None:
    """Return by what a stated figure is known; None where it is not exact."""
    if not isinstance(figure, Stated):
        return measure, area, span
    if figure.qualifier:
        return None
    month = None if figure.as_at is None else Month.of(figure.as_at)
    return measure, area, span if month is None else Span(month, month)


def _dated(found: Read, pack: Pack) -> Read:
    """Have what is printed of stated figures by the dates at which they stand, exact ones alone.

    Percentages were held against what they are of, and stand in no sum.
    """
    shown: dict[Place, int | None] = {}
    for (measure, area, span), value in found.shown.items():
        place: Place | None = None if measure in SHARES else (measure, area, span)
        if measure in STATED:
            place = place_of(
                measure, area, span, pack.edition.truth.get((measure, area, code_of(span)))
            )
        if place is not None and shown.get(place) is None:
            shown[place] = value
    found.shown = shown
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
            for at, which in ((span, ""), (span.year_before(), "previous_")):
                value, mark = row["previous" if which else "value"], row[f"{which}mark"]
                _note(found, (*of, at), value, mark, row[f"{which}qualifier"])
            if (entry := (row["role"], *of)) not in found.roles[name]:
                found.roles[name].append(entry)
            marks = {*row["mark"].split(), *row["previous_mark"].split()}
            both = not {"c", "x"} & marks
            has_none = row["change_mark"] == "z" and row["measure"] in STATED | OPEN | SHARES.keys()
            assert (both and not has_none) == bool(row["change"]), (
                "a change tells of what is hidden"
            )
            assert (
                both
                or has_none
                or (row["percent_change"], row["percent_mark"]) == ("", row["change_mark"])
                or row["measure"] in SHARES
            )
            said += [row[n] for n in ("value", "previous", "change", "percent_change")]
        shown = [text.replace("\u2212", "-").split(" [")[0].split(" (as at")[0] for text in cells]
        shown = [QUALIFIED.sub("", text) for text in shown]
        plain = ["" if text.startswith("[") else text.strip("+").replace(",", "").replace("£", "")
                 for text in shown]  # fmt: skip
        assert plain == said, "the page shows another figure than the CSV"


def _percentages(found: Read) -> None:
    """Hold each percentage against what it is of: it must not say how many few people are."""
    for (measure, area, span), percent in found.shown.items():
        if measure not in SHARES or percent is None:
            continue
        whole = found.shown.get((SHARES[measure], area, span))
        assert whole is not None, "a percentage of what is not shown is shown"
        for few in range(1, 5):
            for part in (few, whole - few):
                is_it = 0 < part < whole and (200 * part + whole) // (2 * whole) == percent
                assert not is_it, "a percentage that tells a small count is shown"


def _official(found: Read, folder: Path) -> None:
    path = folder / "official.csv"
    for row in _rows(path) if path.exists() else ():
        place = row["measure"], row["area_code"], span_of(row["period"])
        _note(found, place, row["local"], row["local_mark"])
        assert (row["official"] == "") == (row["official_mark"] == "c")
        assert not (row["local_mark"] == "c" and row["official"]), "beside a hidden figure is shown"
        if row["official"]:
            found.official[place] = int(row["official"])
            assert not 0 < found.official[place] < 5, "a small official figure is shown"
        assert (row["local"] != "" and row["official"] != "") == (row["difference"] != "")


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
        has_both = row["is"] != "" and row["was"] != ""
        # Of what is not exact there is no difference.
        assert has_both == (row["difference"] != "") or row["measure"] in STATED | OPEN
        assert has_both or not row["difference"]


def _kept_back(found: Read, manifest: dict[str, Any], page: Tag) -> None:
    """Read where [c] may stand for 0; the page must say so in words."""
    for what, told in (("veiled", found.veiled), ("withheld", found.withheld)):
        told |= {(root, span_of(year).first.financial_year) for root, year in manifest[what]}
    text = page.text
    assert bool(found.veiled) == ("[c] may also stand for 0" in text), "not told in words"
    assert bool(found.withheld) == ("nothing is shown: together" in text), "not told in words"


def _rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))


def _note(found: Read, place: Place, value: str, mark: str, qualifier: str = "") -> None:
    if "x" in mark.split() or place[0] in OPEN:
        return
    if value:
        assert mark in {"", "r", "e", "e r"}
        number = int(value)
        few = 1 if place[0] in SHARES else 6 if qualifier else 5
        assert (number == 0 and not qualifier) or number >= few, "a small count is shown"
        assert found.shown.get(place, number) in {number, None}
        found.shown[place] = number
    else:
        assert mark == "c"
        found.shown.setdefault(place, None)
