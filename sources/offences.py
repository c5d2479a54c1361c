"""What offence codes mean at a date: group, subgroup and row of the police table."""

import numpy as np
import pandas as pd

from schemas.codes import Offence, offences


def meanings(codes: pd.Series, days: pd.Series) -> dict[str, pd.Series]:
    """Look offence codes up in the list as at each row's date; unlisted ones give nulls."""
    listed: list[Offence] = []
    by_rank: list[dict[str, int]] = []
    for listed_code, meanings in offences().items():
        for rank, meaning in enumerate(meanings):
            if rank == len(by_rank):
                by_rank.append({})
            by_rank[rank][listed_code] = len(listed)
            listed.append(meaning)
    far_past, far_future = pd.Timestamp("1900-01-01"), pd.Timestamp("2199-12-31")
    starts = np.array([max(pd.Timestamp(o.valid_from), far_past) for o in listed], "datetime64[ns]")
    ends = np.array([min(pd.Timestamp(o.valid_to), far_future) for o in listed], "datetime64[ns]")
    when = days.to_numpy("datetime64[ns]")
    chosen = np.full(len(codes), -1)
    for ranked in by_rank:
        place = codes.map(ranked).astype("float64").fillna(-1).to_numpy().astype(int)
        valid = (place >= 0) & (when >= starts[place]) & (when <= ends[place])
        chosen = np.where(valid, place, chosen)
    # Where the date cannot be read, most codes still have but one meaning.
    steady = {offence: found[0] for offence, found in _places(listed, by_rank).items()}
    at_any_date = codes.map(steady).astype("float64").fillna(-1).to_numpy().astype(int)
    chosen = np.where(np.isnat(when), at_any_date, chosen)
    return {
        name: _spread([getattr(o, name) for o in listed], chosen, codes.index)
        for name in ("offence_name", "offence_group", "offence_subgroup", "report_row")
    }


def _places(listed: list[Offence], by_rank: list[dict[str, int]]) -> dict[str, list[int]]:
    """Return the places of the meanings of codes that lead to one report row at all dates."""
    places: dict[str, list[int]] = {}
    for ranked in by_rank:
        for offence, place in ranked.items():
            places.setdefault(offence, []).append(place)
    return {
        offence: found
        for offence, found in places.items()
        if len({listed[place].report_row for place in found}) == 1
    }


def _spread(values: list[str], chosen: np.ndarray, index: pd.Index) -> pd.Series:
    texts = pd.Series(values, dtype="str")
    numbers, distinct = pd.factorize(texts.mask(texts == ""))
    codes = np.append(numbers, -1)[chosen]
    dtype = pd.CategoricalDtype(pd.Index(distinct, dtype="str"))
    return pd.Series(pd.Categorical.from_codes(codes, dtype=dtype), index=index)
