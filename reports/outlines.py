"""Lays outlines of areas out for drawing: on a plane, small enough for a page, without gaps.

Longitudes and latitudes become places on a plane whose scale holds at the middle of the district
(equirectangular): over a few miles that is as good as any other. Every point is put on a grid, and
a line that two areas share is made simpler once for both, so that they go on sharing it.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reports.drawing import WIDTH

TALLEST = 460
MARGIN = 3
TENTHS = 10
"""Places are whole tenths of a unit of a picture: no more is printed of them."""
SIMPLER = 5
"""In tenths of a unit: a point that lies no further from the line without it is left out."""
GRID = 16
"""The figure of an area is put where, of a grid of so many by so many places, most room is."""
NARROWER = 2.4
"""How many times wider than high a figure is, for which there must be room."""

Degrees = list[tuple[float, float]]
Rings = list[Degrees]
"""Outlines of one area, each closed: its last point is its first."""
Point = tuple[int, int]
Line = tuple[Point, ...]
Edge = tuple[Point, Point]


@dataclass(frozen=True)
class Shape:
    """An area laid out: its outline as an SVG path, and where its figure stands, in tenths."""

    path: str
    x: int
    y: int


def laid_out(areas: Mapping[str, Rings]) -> tuple[dict[str, Shape], int]:
    """Return the areas as they lie in a picture, and its height."""
    placed, height = _placed(areas)
    corners = _corners(ring for rings in placed.values() for ring in rings)
    simpler: dict[Line, Line] = {}
    shapes = {}
    for code in sorted(placed):
        rings = [_simplified(ring, corners, simpler) for ring in placed[code]]
        # What is left of it is no area: too small to be drawn as one. No ward goes without any.
        drawn = [ring for ring in rings if len(ring) > 2] or [max(placed[code], key=len)]
        x, y = _roomiest(drawn)
        shapes[code] = Shape("".join(map(_path, drawn)), x, y)
    return shapes, height


def _placed(areas: Mapping[str, Rings]) -> tuple[dict[str, list[Line]], int]:
    """Put every point on the grid; outlines are given back open, without points that coincide."""
    points = [point for rings in areas.values() for ring in rings for point in ring]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    narrower = math.cos(math.radians((south + north) / 2))
    wide, tall = max((east - west) * narrower, 1e-9), max(north - south, 1e-9)
    scale = min((WIDTH - 2 * MARGIN) / wide, (TALLEST - 2 * MARGIN) / tall)
    left = (WIDTH - wide * scale) / 2

    def place(x: float, y: float) -> Point:
        return (
            round((left + (x - west) * narrower * scale) * TENTHS),
            round((MARGIN + (north - y) * scale) * TENTHS),
        )

    placed = {
        code: [_distinct([place(x, y) for x, y in ring]) for ring in rings]
        for code, rings in areas.items()
    }
    return placed, math.ceil(tall * scale + 2 * MARGIN)


def _distinct(ring: Sequence[Point]) -> Line:
    kept = [point for n, point in enumerate(ring) if n == 0 or point != ring[n - 1]]
    if len(kept) > 1 and kept[0] == kept[-1]:
        kept.pop()
    return tuple(kept)


def _edges(ring: Line) -> Iterator[Edge]:
    yield from zip(ring, (*ring[1:], ring[0]), strict=True)


# --- simpler lines ----------------------------------------------------------------------------


def _corners(rings: Iterator[Line]) -> set[Point]:
    """Return the points where lines meet: there more than two others are next to them."""
    beside: dict[Point, set[Point]] = defaultdict(set)
    for ring in rings:
        for a, b in _edges(ring):
            beside[a].add(b)
            beside[b].add(a)
    return {point for point, others in beside.items() if len(others) > 2}


def _simplified(ring: Line, corners: set[Point], simpler: dict[Line, Line]) -> Line:
    """Make an outline simpler from corner to corner, each line as it was made for its neighbour."""
    starts = [n for n, point in enumerate(ring) if point in corners]
    starts = starts or [ring.index(min(ring))]
    turned = (*ring[starts[0] :], *ring[: starts[0]], ring[starts[0]])
    met = {n for n, point in enumerate(turned) if point in corners}
    cuts = sorted(met | {0, len(turned) - 1})
    found: list[Point] = []
    for a, b in pairwise(cuts):
        line = turned[a : b + 1]
        one_way = min(line, line[::-1])
        if one_way not in simpler:
            simpler[one_way] = _thinned(one_way)
        kept = simpler[one_way] if line == one_way else simpler[one_way][::-1]
        found += kept[:-1]
    return tuple(found)


def _thinned(line: Line) -> Line:
    """Leave out the points that lie near the line without them (Douglas and Peucker)."""
    kept, waiting = {0, len(line) - 1}, [(0, len(line) - 1)]
    while waiting:
        first, last = waiting.pop()
        if last - first < 2:
            continue
        edge = line[first], line[last]
        apart, middle = max((_apart(line[n], edge), n) for n in range(first + 1, last))
        if apart > SIMPLER:
            kept.add(middle)
            waiting += [(first, middle), (middle, last)]
    return tuple(line[n] for n in sorted(kept))


def _apart(place: Point, edge: Edge) -> float:
    """Return how far a point is from a line between two others."""
    (x, y), ((x1, y1), (x2, y2)) = place, edge
    length = (x2 - x1) ** 2 + (y2 - y1) ** 2
    along = 0.0 if not length else ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length
    along = min(max(along, 0.0), 1.0)
    return math.hypot(x - x1 - along * (x2 - x1), y - y1 - along * (y2 - y1))


# --- where a figure stands --------------------------------------------------------------------


def _roomiest(rings: Sequence[Line]) -> Point:
    """Return a point within an area where a figure has most room, as can be found on a grid."""
    # Seen from the side, a figure that is wider than high is as wide as it is high.
    flat = [tuple((round(x / NARROWER), y) for x, y in ring) for ring in rings]
    edges = [edge for ring in flat for edge in _edges(ring)]
    xs = [x for ring in flat for x, _ in ring]
    ys = [y for ring in flat for _, y in ring]
    places = [
        (
            min(xs) + round((max(xs) - min(xs)) * (2 * i + 1) / (2 * GRID)),
            min(ys) + round((max(ys) - min(ys)) * (2 * j + 1) / (2 * GRID)),
        )
        for j in range(GRID)
        for i in range(GRID)
    ]
    inside = [place for place in places if _is_inside(place, edges)] or places[:1]
    x, y = max(inside, key=lambda place: min(_apart(place, edge) for edge in edges))
    return round(x * NARROWER), y


def _is_inside(place: Point, edges: Sequence[Edge]) -> bool:
    x, y = place
    crossed = False
    for (x1, y1), (x2, y2) in edges:
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            crossed = not crossed
    return crossed


def _path(ring: Line) -> str:
    return "M" + "L".join(f"{_at(x)} {_at(y)}" for x, y in ring) + "Z"


def _at(tenths: int) -> str:
    whole, rest = divmod(tenths, TENTHS)
    return f"{whole}.{rest}" if rest else str(whole)
