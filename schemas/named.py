"""Finds a measure or an area by what a person calls it: its code, or the name that tables print."""

import difflib
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from schemas.areas import district_codes
from schemas.measures import MEASURES, Measure
from schemas.words import listed

NO_NAMES: Mapping[str, str] = MappingProxyType({})


class NameUnclear(ValueError):  # noqa: N818 - it says what the name is
    """A name stands for nothing, or for several things; the message says what is near."""


def measure_named(text: str, short_names: Mapping[str, str] = NO_NAMES) -> Measure:
    """Return the measure of a code or label; `short_names` are further names to codes.

    Raises `NameUnclear` for a name of no measure and for a label of several.
    """
    names = [(code, code) for code in MEASURES]
    names += [(measure.label, code) for code, measure in MEASURES.items()]
    return MEASURES[_found(text, "measure", (*names, *short_names.items()), _described)]


def _described(code: str) -> str:
    measure = MEASURES[code]
    return f"{code} ({measure.label}: {measure.unit} of {measure.source})"


def area_named(text: str, areas: Mapping[str, str]) -> str:
    """Return the code of an area, one of `areas` (code to printed name).

    Former codes and short names of districts are understood. Raises `NameUnclear` for what is no
    such area.
    """
    names = [(code, code) for code in areas] + [(name, code) for code, name in areas.items()]
    district = district_codes().get(_plain(text), "")
    if district in areas:
        names.append((text, district))
    return _found(text, "area", names, lambda code: f"{areas[code]} ({code})")


def _found(
    text: str,
    kind: str,
    names: Iterable[tuple[str, str]],
    described: Callable[[str], str],
) -> str:
    """Return the code of the one thing of a name; case and runs of blanks do not count.

    A code as it is written goes before a label: "robbery" is one measure, "Robbery" two.
    """
    wanted = _plain(text)
    codes: dict[str, dict[str, None]] = {}
    for name, code in names:
        if text == code:
            return code
        codes.setdefault(_plain(name), {})[code] = None
    meant = list(codes.get(wanted, ()))
    if len(meant) == 1:
        return meant[0]
    if meant:
        told = listed([described(code) for code in meant])
        raise NameUnclear(
            f"'{text}' stands for {len(meant)} {kind}s: {told}. Name one by its code."
        )
    close = difflib.get_close_matches(wanted, codes, n=3, cutoff=0.6)
    near = dict.fromkeys(code for name in close for code in codes[name])
    hint = "Write it as a table prints it, or its code."
    if near:
        hint = f"Nearest: {listed([described(code) for code in near], 'or')}."
    raise NameUnclear(f"There is no {kind} '{text}'. {hint}")


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
