"""Where a row says it lies: coordinates, small areas and districts held against each other.

A doubtful place never costs the row: its coordinates or its ward are left out, and the row counts
in its district. Coordinates that stand in each other's column throughout are exchanged.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from schemas.areas import Home
from schemas.geography import (
    ENGLAND_AND_WALES_DEGREES,
    ENGLAND_AND_WALES_METRES,
    Box,
    Dated,
    box_in_degrees,
    box_in_metres,
    lsoas,
    wards,
)
from sources.repairs import gathered, issue_frame, of_form
from sources.spec import Extent, Layout, extent_of

JUDGED_ROWS = 1_000
"""Whether coordinates are exchanged throughout is told from this many rows, the first that have
them."""
FEWEST_EXCHANGED = 3
EXCHANGED_SHARE = 0.99
PRECISION = "location_precision_m"
SQUARE_KILOMETRE = 1_000
DAY = pd.Timedelta(days=1)


@dataclass(frozen=True)
class Pair:
    """Two columns that give a place, and where it can lie: in the country, and in a district."""

    x: str
    y: str
    country: Box
    box_of: Callable[[str], Box | None]

    @property
    def fields(self) -> tuple[str, str]:
        """The two columns, x first."""
        return self.x, self.y


PAIRS = (
    Pair("easting_m", "northing_m", ENGLAND_AND_WALES_METRES, box_in_metres),
    Pair("longitude", "latitude", ENGLAND_AND_WALES_DEGREES, box_in_degrees),
)


def pair_of(layout: Layout) -> Pair | None:
    """Return the coordinates that a layout has, if it has both."""
    fields = {column.field for column in layout.columns}
    return next((pair for pair in PAIRS if set(pair.fields) <= fields), None)


def are_at_home(frame: pd.DataFrame, layout: Layout, home: Home) -> np.ndarray:
    """Say which rows name the partnership's own district; a layout of it need not name it."""
    if "lad_code" in frame.columns:
        return frame["lad_code"].eq(home.district.code).to_numpy(bool)
    return np.full(len(frame), layout.extent is Extent.DISTRICT)


@dataclass(frozen=True)
class Votes:
    """How many rows say that two columns hold each other's coordinates, and how many deny it.

    Only those rows speak that can be right in one order and not in the other.
    """

    exchanged: int
    declared: int

    @property
    def are_exchanged(self) -> bool:
        """True when at least 3 rows say so, and all but 1 in 100 of those that speak."""
        share = self.exchanged / max(1, self.exchanged + self.declared)
        return self.exchanged >= FEWEST_EXCHANGED and share >= EXCHANGED_SHARE

    @property
    def are_settled(self) -> bool:
        """True when so many rows deny it that no others of the judged ones can outvote them."""
        return self.declared > JUDGED_ROWS * (1 - EXCHANGED_SHARE)


def votes(frame: pd.DataFrame, at_home: np.ndarray, pair: Pair, home: Home) -> Votes:
    """Ask the rows of a frame in which order their coordinates can be right."""
    x, y = (numbers(frame[name]) for name in pair.fields)
    declared = ~_cannot_be(x, y, at_home, pair, home)
    exchanged = ~_cannot_be(y, x, at_home, pair, home)
    return Votes(int((exchanged & ~declared).sum()), int((declared & ~exchanged).sum()))


def numbers(column: pd.Series) -> np.ndarray:
    """Return a column of coordinates as plain floats, NaN where there is none."""
    return column.to_numpy("float64", na_value=np.nan)


def _cannot_be(
    x: np.ndarray, y: np.ndarray, at_home: np.ndarray, pair: Pair, home: Home
) -> np.ndarray:
    """Say where coordinates cannot be right: beyond the country, or far from the own district."""
    wrong = _beyond(x, y, pair.country)
    box = pair.box_of(home.district.code)
    return wrong if box is None else wrong | (at_home & _beyond(x, y, box))


def _beyond(x: np.ndarray, y: np.ndarray, box: Box) -> np.ndarray:
    return (x < box.x_low) | (x > box.x_high) | (y < box.y_low) | (y > box.y_high)


def settle(
    frame: pd.DataFrame, layout: Layout, home: Home, dated_by: str, exchanged: bool
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Put the places of a conformed frame right, or leave them out; returns it with the issues."""
    at_home = are_at_home(frame, layout, home)
    fields = {column.field for column in layout.columns}
    changed: dict[str, pd.Series] = {}
    issues = [_outside_the_extent(frame, layout, home)]
    if pair := pair_of(layout):
        x, y = (frame[name] for name in (reversed(pair.fields) if exchanged else pair.fields))
        doubtful = _cannot_be(numbers(x), numbers(y), at_home, pair, home)
        if exchanged or doubtful.any():
            changed |= {pair.x: x, pair.y: y}
            changed |= without_place(frame.assign(**changed), pair, doubtful)
        issues.append(issue_frame(frame.index[doubtful], "", "location-doubtful"))
    if "lsoa_code" in fields:
        issues += _check_lsoas(frame["lsoa_code"], at_home, frame[dated_by], home)
    if "ward_code" in fields:
        ward_code, told = _settle_wards(frame, at_home, frame[dated_by], home)
        changed["ward_code"] = ward_code
        issues += told
    return frame.assign(**changed) if changed else frame, gathered(issues)


def without_place(frame: pd.DataFrame, pair: Pair, rows: np.ndarray) -> dict[str, pd.Series]:
    """Return the columns of a frame that tell its coordinates, blank in some rows."""
    told = [name for name in (*pair.fields, PRECISION) if name in frame.columns]
    return {name: frame[name].mask(rows) for name in told}


def settle_masked(
    frame: pd.DataFrame, layout: Layout, has_precision: bool, masked: pd.Index
) -> pd.DataFrame:
    """Say how coarse masked coordinates are, or leave them out where the record cannot say it.

    `masked` are rows whose coordinates are masked although the layout does not declare it.
    """
    pair = pair_of(layout)
    if pair is None or masked.empty:
        return frame
    rows = frame.index.isin(masked)
    if not has_precision:
        return frame.assign(**without_place(frame, pair, rows))
    known = frame.get(PRECISION, pd.Series(pd.NA, index=frame.index, dtype="Int64"))
    return frame.assign(**{PRECISION: known.mask(rows, SQUARE_KILOMETRE)})


def _outside_the_extent(frame: pd.DataFrame, layout: Layout, home: Home) -> pd.DataFrame:
    _, ours = extent_of(layout, home)
    lad_code = frame["lad_code"]
    rows = frame.index[lad_code.notna() & ~lad_code.isin(ours)]
    return issue_frame(rows, "lad_code", "area-outside")


def _check_lsoas(
    codes: pd.Series, at_home: np.ndarray, days: pd.Series, home: Home
) -> list[pd.DataFrame]:
    listed = _of_home(lsoas(), home)
    if not listed:
        return []
    has_form = _are_of_form(codes, "[EW]01[0-9]{6}")
    elsewhere = at_home & has_form & ~codes.isin(list(listed))
    former = days >= DAY + _day_of(codes, {c: area.valid_to for c, area in listed.items()})
    return [
        issue_frame(codes.index[elsewhere], "lsoa_code", "lsoa-elsewhere"),
        issue_frame(codes.index[former], "lsoa_code", "lsoa-former"),
    ]


def _are_of_form(codes: pd.Series, pattern: str) -> pd.Series:
    texts = codes.cat.categories
    return codes.isin(texts[texts.str.fullmatch(pattern)])


def _settle_wards(
    frame: pd.DataFrame, at_home: np.ndarray, days: pd.Series, home: Home
) -> tuple[pd.Series, list[pd.DataFrame]]:
    """Leave out ward codes that were not in force; tell the rows that have a name alone."""
    codes = frame["ward_code"]
    by_name_only = codes.isna() & frame["ward_name"].notna()
    issues = [issue_frame(codes.index[by_name_only], "ward_code", "ward-by-name-only")]
    listed = _of_home(wards(), home)
    if not listed:
        return codes, issues
    in_force = (days >= _day_of(codes, {c: area.valid_from for c, area in listed.items()})) & (
        days < DAY + _day_of(codes, {c: area.valid_to for c, area in listed.items()})
    )
    has_form = _are_of_form(codes, "E05[0-9]{6}")
    wrong = at_home & has_form & days.notna() & ~in_force
    issues.append(issue_frame(codes.index[wrong], "ward_code", "ward-not-of-date"))
    return codes.mask(wrong) if wrong.any() else codes, issues


def _of_home(areas: Mapping[str, Dated], home: Home) -> dict[str, Dated]:
    return {code: area for code, area in areas.items() if area.lad_code == home.district.code}


def _day_of(codes: pd.Series, days: Mapping[str, date]) -> pd.Series:
    """Return each code's day; null where it has none."""
    by_category = [np.datetime64(days.get(code), "ns") for code in codes.cat.categories]
    never = np.datetime64("NaT", "ns")
    spread = np.array([*by_category, never])[codes.cat.codes.to_numpy()]
    return pd.Series(spread, index=codes.index)


# --- codes and names in each other's column ---------------------------------------------------

NAMED = (
    ("lsoa_code", "lsoa_name", "[EW]01[0-9]{6}", ".*[a-z].* [0-9]{3}[a-z]", lsoas),
    ("ward_code", "ward_name", "E05[0-9]{6}", "[a-z][a-z '’&.,()/-]{2,}", wards),
)
"""Code and name of an area: their columns, their forms in any case, and the list of them."""


def sort_codes_and_names(frame: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Put codes and names that stand in each other's column where they belong.

    A cell that holds something else already is not overwritten. A code that comes without a name
    gets the name of the list.
    """
    issues: list[pd.DataFrame] = []
    changed: dict[str, pd.Series] = {}
    for code, name, code_form, name_form, listed in NAMED:
        if not {code, name} <= set(frame.columns):
            continue
        codes_in_name, names_in_code = (
            of_form(frame[name], code_form),
            of_form(frame[code], name_form),
        )
        if codes_in_name.empty and names_in_code.empty:
            continue
        is_code = frame[name].isin(codes_in_name)
        is_name = frame[code].isin(names_in_code)
        codes, names = (frame[column].astype("str") for column in (code, name))
        new_codes = codes.mask(is_name)
        new_codes = new_codes.where(new_codes.notna() | ~is_code, names.str.upper())
        new_names = names.mask(is_code)
        new_names = new_names.where(new_names.notna() | ~is_name, codes)
        from_list = new_codes.map({c: area.name for c, area in listed().items()})
        new_names = new_names.where(new_names.notna() | ~is_code, from_list)
        changed |= {code: new_codes.astype("category"), name: new_names.astype("category")}
        issues.append(issue_frame(frame.index[is_code], name, "code-in-name-column"))
        issues.append(issue_frame(frame.index[is_name], code, "code-in-name-column"))
    return frame.assign(**changed) if changed else frame, gathered(issues)
