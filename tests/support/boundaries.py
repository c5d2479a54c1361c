"""Boundary files of our own making: wards as patches of a quilt, none of them a real one."""

import json
import math
import random
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from schemas.geography import wards

Point = tuple[float, float]
COLUMNS = 4
WEST, NORTH = -0.44, 51.85
WIDE, HIGH = 0.2, 0.165
CODE = "WD18CD"


def wards_in(year: int, district: str = "E07000240") -> list[str]:
    """Return the codes of the wards that a district had at the end of a financial year."""
    return sorted(
        code
        for code, ward in wards().items()
        if ward.lad_code == district and ward.valid_from.year <= year < ward.valid_to.year
    )


def square(x: float, y: float, size: float = 0.01) -> list[list[Point]]:
    """Return the rings of a square."""
    corners = [(x, y), (x + size, y), (x + size, y + size), (x, y + size), (x, y)]
    return [corners]


def feature(code: str, rings: object, kind: str = "Polygon", **more: object) -> dict[str, object]:
    """Return one area of a GeoJSON file."""
    return {
        "type": "Feature",
        "properties": {CODE: code, "LAD18CD": "E07000240"} | more,
        "geometry": {"type": kind, "coordinates": rings},
    }


def geojson(*features: object) -> bytes:
    """Return a GeoJSON file."""
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def quilt(codes: Sequence[str], seed: int = 7) -> bytes:
    """Return a GeoJSON file in which wards lie side by side, with wavy lines between them."""
    rows = math.ceil(len(codes) / COLUMNS)
    chance = random.Random(seed)
    step_x, step_y = WIDE / COLUMNS, HIGH / rows
    corners = {
        (i, j): (
            WEST + step_x * (i + chance.uniform(-0.25, 0.25)),
            NORTH - step_y * (j + chance.uniform(-0.25, 0.25)),
        )
        for j in range(rows + 1)
        for i in range(COLUMNS + 1)
    }
    lines = {}
    for (i, j), start in corners.items():
        for end in ((i + 1, j), (i, j + 1)):
            if end in corners:
                lines[(i, j), end] = _wavy(start, corners[end], chance)

    def side(a: tuple[int, int], b: tuple[int, int]) -> list[Point]:
        line = lines[(a, b)] if (a, b) in lines else lines[(b, a)][::-1]
        return line[:-1]

    features = []
    for number, code in enumerate(codes):
        i, j = number % COLUMNS, number // COLUMNS
        around = [(i, j), (i + 1, j), (i + 1, j + 1), (i, j + 1), (i, j)]
        ring = [p for a, b in pairwise(around) for p in side(a, b)]
        features.append(feature(code, [[*ring, ring[0]]]))
    return geojson(*features)


def _wavy(start: Point, end: Point, chance: random.Random, steps: int = 8) -> list[Point]:
    (x1, y1), (x2, y2) = start, end
    across = (-(y2 - y1), x2 - x1)
    inner = [
        (x1 + (x2 - x1) * t + across[0] * off, y1 + (y2 - y1) * t + across[1] * off)
        for n in range(1, steps)
        for t, off in ((n / steps, chance.uniform(-0.07, 0.07)),)
    ]
    return [start, *inner, end]


def write_quilt(place: Path, year: int = 2020) -> Path:
    """Write a quilt of the wards of St Albans as they were in a year, and return where it is."""
    place.write_bytes(quilt(wards_in(year)))
    return place
