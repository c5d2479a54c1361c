"""Which files the samples are made of, and the one function that writes them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from schemas.areas import ST_ALBANS
from schemas.period import FinancialYear, Span
from schemas.records.base import identity_of
from sources.form import write_form
from sources.partners import source
from sources.sample import (
    asb_actions,
    asb_cases,
    cctv,
    fire,
    fly_tips,
    grants,
    official,
    police,
    returns,
    street,
)
from sources.sample.totals import YEARS
from sources.sample.write import write_csv, write_ods, write_xlsx
from sources.spec import Layout

NOTICE = "SYNTHETIC SAMPLE DATA - every record is made up"
BOTH_YEARS = tuple(FinancialYear(year) for year in YEARS)


@dataclass(frozen=True)
class Sample:
    """One source's sample: which source, how a quarter's file is called, and who makes the rows.

    `subject` completes the title; "" for a file that must stand exactly as published, without one.
    """

    code: str
    stem: str
    suffix: str
    subject: str
    rows: Callable[[FinancialYear, int], pd.DataFrame]
    write: Callable[[pd.DataFrame, Sequence[str], Path], None]
    note: Callable[[FinancialYear], str] = lambda year: ""

    @property
    def layout(self) -> Layout:
        """The declared layout that the files follow: the first of the source's."""
        return source(self.code).layouts[0]

    @property
    def headings(self) -> list[str]:
        """All headings of the layout, those included that are never read."""
        declared = [header for column in self.layout.columns for header in column.headers]
        return [*declared, *self.layout.left_out]

    @property
    def dated_by(self) -> str:
        """The heading of the column that decides which month a row is counted in."""
        field = identity_of(source(self.code).record).dated_by
        return next(column.headers[0] for column in self.layout.columns if column.field == field)

    def titles(self, year: FinancialYear, span: Span) -> list[str]:
        """The rows above the headings: what the file is, what it leaves open, and a blank one."""
        if not self.subject:
            return []
        return [f"{NOTICE}: {self.subject}, {span.label}", *filter(None, [self.note(year)]), ""]


STREET = Sample("street_crime", "hertfordshire-street", ".csv", "", street.rows, write_csv)

QUARTERLY = (
    Sample(
        "grant_spend", "grant-spend", ".csv",
        "spending from grants in St Albans", grants.rows, write_csv,
    ),
    Sample(
        "police_crime", "police-crime", ".csv",
        "police recorded crime in St Albans", police.rows, write_csv,
    ),
    Sample(
        "asb_cases", "asb-cases", ".csv",
        "cases of anti-social behaviour in St Albans", asb_cases.rows, write_csv,
    ),
    Sample(
        "asb_actions", "asb-actions", ".xlsx",
        "actions against anti-social behaviour in St Albans", asb_actions.rows, write_xlsx,
    ),
    Sample(
        "hfrs_incidents", "hfrs-incidents", ".xlsx",
        "incidents attended by the fire and rescue service in Hertfordshire", fire.rows, write_xlsx,
    ),
    Sample(
        "cctv_log", "cctv-log", ".xlsx",
        "log of the CCTV control room in St Albans", cctv.rows, write_xlsx, cctv.note,
    ),
    Sample(
        "fly_tips", "fly-tips", ".ods",
        "fly-tipping cases in St Albans", fly_tips.rows, write_ods,
    ),
)  # fmt: skip


def write_samples(
    folder: Path,
    years: Sequence[FinancialYear] = BOTH_YEARS,
    seed: int = 2021,
    on_file: Callable[[Path], None] | None = None,
) -> list[Path]:
    """Write the samples of some financial years into a folder and return their paths.

    Quarter by quarter: a file of every source, then the three monthly street files; after a
    year's quarters the forms on which partners state its figures, and the official tables. The
    same seed gives the same bytes, whichever other years are written; `on_file` hears of every
    file when it is done. Raises `ValueError` for a year without published totals.
    """
    _require_totals(years)
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []

    def done(path: Path) -> None:
        written.append(path)
        if on_file is not None:
            on_file(path)

    def put(sample: Sample, name: str, frame: pd.DataFrame, titles: list[str]) -> None:
        path = folder / f"{name}-synthetic{sample.suffix}"
        sample.write(frame, titles, path)
        done(path)

    for year in years:
        streets = STREET.rows(year, seed)[STREET.headings]
        tables = [(sample, sample.rows(year, seed)[sample.headings]) for sample in QUARTERLY]
        for quarter in year.quarters:
            for sample, frame in tables:
                part = _within(frame, sample.dated_by, quarter.span)
                put(
                    sample, f"{sample.stem}-{quarter.slug}", part,
                    sample.titles(year, quarter.span),
                )  # fmt: skip
            for month in quarter.span:
                part = streets[streets[STREET.dated_by] == month.code]
                put(STREET, f"{month.code}-{STREET.stem}", part, [])
        for reporter, figures in returns.forms(year).items():
            path = folder / f"partner-return-{reporter}-{year.slug}-synthetic.xlsx"
            write_form(path, ST_ALBANS, (year,), figures, NOTICE)
            done(path)
        for name, content in (
            ("crime", official.crime_bytes(year, seed, NOTICE)),
            ("fly-tips", official.fly_tips_bytes(year, NOTICE)),
        ):
            path = folder / f"official-{name}-{year.slug}-synthetic.xlsx"
            path.write_bytes(content)
            done(path)
    return written


def _require_totals(years: Sequence[FinancialYear]) -> None:
    unknown = [year.code for year in years if year not in BOTH_YEARS]
    if unknown:
        raise ValueError(
            f"Samples can be written for {' and '.join(y.code for y in BOTH_YEARS)}, whose totals "
            f"are published; asked for was {', '.join(unknown)}."
        )


def _within(frame: pd.DataFrame, dated_by: str, span: Span) -> pd.DataFrame:
    """Return the rows of some months, numbered from 0."""
    first, after = pd.Timestamp(span.first.start), pd.Timestamp((span.last + 1).start)
    when = frame[dated_by]
    return frame[(when >= first) & (when < after)].reset_index(drop=True)
