"""Small clean exports: a few dozen rows a month of the samples, dated back where that is needed.

The volumes swing a little from month to month, so that no two months are alike, and the make-up by
category is the same in all of them: a file of this kind raises nothing, whatever went before it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

import pandas as pd

from schemas.codes import offences
from schemas.period import FinancialYear, Month, Quarter, Span
from sources.sample import draw
from sources.sample.faults.page import Cell, Page, Row
from sources.sample.files import QUARTERLY, STREET, Sample
from sources.sample.people import CANARY

SAMPLES: Mapping[str, Sample] = {sample.code: sample for sample in (*QUARTERLY, STREET)}
EVEN_POOL, ODD_POOL = 2020, 2019
"""The sample years that rows are drawn from, for years with an even and an odd number."""

REDRAWN = ("E01023679", "E01023729")
"""LSOAs of St Albans that 2021 split or redrew: a clean file has none of them."""

VIOLENCE = "Violence and sexual offences"

SWING, WAVE = 0.08, 11
"""Volumes swing by as much at the most, in waves of so many months: no two quarters in
a row have the same total."""


@dataclass(frozen=True)
class Small:
    """How a source's sample is made small: a month's rows by stratum, and what tells the stratum.

    Rows of no stratum are left out. `redate` mends texts that speak of a year ("FT/2019-20/1").
    """

    rows: Mapping[str, int]
    stratum: Callable[[pd.DataFrame], pd.Series]
    redate: Callable[[pd.DataFrame, int], Mapping[str, list[str]]]


def _by_report_row(frame: pd.DataFrame) -> pd.Series:
    rows = {
        code: found.report_row or "other"
        for code, meanings in offences().items()
        for found in meanings
    }
    return frame["HO Code"].map(rows).mask(frame["LSOA"].isin(REDRAWN), "")


def _by_place(frame: pd.DataFrame) -> pd.Series:
    names = frame["LSOA name"].str.replace(r" [0-9]{3}[A-Z]$", "", regex=True).fillna("nowhere")
    kinds = {"St Albans": "home", "nowhere": "nowhere", "Barnet": "", "Enfield": ""}
    places = names.map(lambda name: kinds.get(name, "county"))
    is_common = (places == "home") & frame["Crime type"].isin(("Anti-social behaviour", VIOLENCE))
    return places.mask(is_common, frame["Crime type"]).mask(frame["LSOA code"].isin(REDRAWN), "")


def _by_kind(frame: pd.DataFrame) -> pd.Series:
    is_fire = frame["Fire Class"].notna()
    kind = frame["Fire Class"].astype("str") + " " + frame["Motive"].eq("Deliberate").astype("str")
    return kind.where(is_fire, frame["Incident Category"])


def _police_texts(frame: pd.DataFrame, years: int) -> Mapping[str, list[str]]:
    parts = zip(frame["Crime Reference"], frame["Date Recorded"], strict=True)
    return {"Crime Reference": [f"{ref[:-2]}{day.year % 100:02}" for ref, day in parts]}


def _fire_texts(frame: pd.DataFrame, years: int) -> Mapping[str, list[str]]:
    parts = zip(frame["Incident Number"], frame["Date and Time of Call"], strict=True)
    return {"Incident Number": [f"{ref[:6]}-{called:%d%m%Y}" for ref, called in parts]}


def _cctv_texts(frame: pd.DataFrame, years: int) -> Mapping[str, list[str]]:
    return {"Log No": [f"{int(ref[:4]) + years}{ref[4:]}" for ref in frame["Log No"]]}


def _case_texts(frame: pd.DataFrame, years: int) -> Mapping[str, list[str]]:
    refs = [ref.split("/") for ref in frame["Case Reference"]]
    return {
        "Case Reference": [
            f"{kind}/{FinancialYear(int(year[:4]) + years).code}/{number}"
            for kind, year, number in refs
        ]
    }


def _street_texts(frame: pd.DataFrame, years: int) -> Mapping[str, list[str]]:
    months = [f"{int(code[:4]) + years}{code[4:]}" for code in frame["Month"]]
    return {"Month": months, "Context": [CANARY] * len(frame)}


SMALL: Mapping[str, Small] = {
    "police_crime": Small(
        {
            "violence-against-the-person": 42, "burglary-residential": 6,
            "burglary-business-and-community": 4, "vehicle-offences": 14, "theft-from-person": 1,
            "robbery": 1, "criminal-damage": 14, "drug-offences": 5, "theft-from-shop": 14,
            "possession-of-weapons": 1, "other": 24,
        },
        _by_report_row, _police_texts,
    ),
    "asb_cases": Small(
        {
            "Disregard for community or personal wellbeing": 9, "Acts directed at people": 8,
            "Misuse of public space": 2, "Environmental damage": 2,
        },
        lambda frame: frame["ASB Typology"].mask(frame["LSOA"].isin(REDRAWN), ""), _case_texts,
    ),
    "hfrs_incidents": Small(
        {
            "Primary True": 6, "Secondary True": 12, "Primary False": 18, "Secondary False": 12,
            "Chimney False": 1, "False alarm": 44, "Special service": 22,
        },
        _by_kind, _fire_texts,
    ),
    "cctv_log": Small(
        {
            "Anti-social behaviour": 20, "Suspicious person": 14, "Theft from shop": 13,
            "Fear for welfare": 11, "Drunk and disorderly": 9, "Fighting and affray": 8,
            "Missing person": 7, "Drugs": 5, "Traffic": 5,
        },
        lambda frame: frame["Incident Type"], _cctv_texts,
    ),
    "fly_tips": Small(
        {"Highway": 42, "Council Land": 4}, lambda frame: frame["Land Type"], _case_texts
    ),
    "street_crime": Small(
        {VIOLENCE: 24, "Anti-social behaviour": 24, "home": 48, "county": 45, "nowhere": 1},
        _by_place, _street_texts,
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Bench:
    """Gives clean pages; the same seed gives the same cells."""

    seed: int = 2021

    def page(self, source: str, span: Span) -> Page:
        """Return a small clean export of a source for some months of one financial year."""
        return _page(self.seed, source, span).copy()

    def whole(self, source: str, quarter: Quarter) -> Page:
        """Return a quarter of the sample as it is, without its titles."""
        return _page(self.seed, source, quarter.span, is_whole=True).copy()


@cache
def _page(seed: int, source: str, span: Span, is_whole: bool = False) -> Page:
    sample = SAMPLES[source]
    frame = _of_year(seed, source, span.first.financial_year, is_whole)
    parts = [frame[frame["_month"] == month.code] for month in span]
    rows = pd.concat(parts)[sample.headings]
    cells = [_cells(rows[name], sample.suffix == ".csv") for name in sample.headings]
    records: list[Row] = [list(row) for row in zip(*cells, strict=True)]
    return Page(source, _stem(sample, span), span, list(sample.headings), records)


def _stem(sample: Sample, span: Span) -> str:
    if sample is STREET:
        return f"{span.first.code}-{sample.stem}-synthetic"
    return f"{sample.stem}-{span.first.quarter.slug}-synthetic"


@cache
def _of_year(seed: int, source: str, year: FinancialYear, is_whole: bool) -> pd.DataFrame:
    """Return a year's rows with the month of each in `_month`, thinned unless whole."""
    sample = SAMPLES[source]
    pool = FinancialYear(ODD_POOL if year.start_year % 2 else EVEN_POOL)
    drawn = sample.rows(pool, seed)
    years = year.start_year - pool.start_year
    frame = _moved(drawn, years)
    frame = frame.assign(**SMALL[source].redate(frame, years))
    when = frame[sample.dated_by]
    frame["_month"] = when if when.dtype.kind != "M" else when.dt.strftime("%Y-%m")
    if is_whole:
        return frame
    small, rng = SMALL[source], draw.generator(seed, f"small {source}", year)
    strata = small.stratum(frame)
    kept: list[int] = []
    for month in year.span:
        for name, rows in small.rows.items():
            there = frame.index[(frame["_month"] == month.code) & (strata == name)].to_numpy()
            wanted = min(_swung(rows, month), len(there))
            kept += sorted(rng.choice(there, size=wanted, replace=False).tolist())
    return frame.loc[sorted(kept)]


def _swung(rows: int, month: Month) -> int:
    """Let a volume swing a little, all categories of a month alike."""
    step = (7 * month.ordinal * 5) % WAVE
    return rows + round(rows * SWING * (2 * step / (WAVE - 1) - 1))


def _moved(frame: pd.DataFrame, years: int) -> pd.DataFrame:
    """Move all dates by whole years; a time that no clock shows afterwards, by an hour more."""
    if not years:
        return frame.copy()
    moved = frame.copy()
    for name in frame.columns:
        if frame[name].dtype.kind == "M":
            times = frame[name] + pd.DateOffset(years=years)
            is_timed = bool((times.dropna() != times.dropna().dt.normalize()).any())
            if is_timed:
                times = pd.Series(
                    draw.local(times.to_numpy("datetime64[m]")), index=frame.index
                ).astype("datetime64[s]")
            moved[name] = times
    return moved


def _cells(column: pd.Series, is_text: bool) -> list[Cell]:
    """Return a column's cells: as text of a CSV file, or as a spreadsheet holds them."""
    blank = column.isna().tolist()
    cells: list[Cell]
    if column.dtype.kind == "M":
        days = [None if gone else day for gone, day in zip(blank, column, strict=True)]
        cells = [day and (f"{day:%d/%m/%Y}" if is_text else day.to_pydatetime()) for day in days]
    elif is_text:
        cells = [str(value) for value in column.tolist()]
    else:
        cells = list(column.tolist())
    return [None if gone else cell for gone, cell in zip(blank, cells, strict=True)]


def in_time(span: Span) -> date:
    """Return a day on which a file for some months comes in time: shortly before its date.

    The statutory date is the end of the following quarter (SI 2007/1831).
    """
    last = (span.last.quarter.span.last + 3).end
    return last.replace(day=last.day - 5)
