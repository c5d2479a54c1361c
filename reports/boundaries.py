"""Reads the boundaries of wards from a GeoJSON file.

Only shapes and codes are taken; names are those of the lists. How they are laid out for drawing is
the work of `reports.outlines`.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from reports.outlines import Rings, Shape, laid_out
from schemas.areas import Area
from schemas.geography import is_ward, wards_of
from schemas.words import counted

LARGEST = 50_000_000
"""Bytes of a file; more is no file of one district's wards."""
FAULTS_TOLD = 5


class BoundaryError(Exception):
    """A boundary file cannot be drawn; the message says all that is wrong with it."""


@dataclass(frozen=True)
class Boundaries:
    """The wards of a file by code, as they lie in a picture of a height; `licence` is printed."""

    shapes: Mapping[str, Shape]
    height: int
    licence: str = ""

    @property
    def told(self) -> dict[str, object]:
        """What the manifest of a pack says of them: enough to draw the same map again."""
        shapes = {code: asdict(shape) for code, shape in sorted(self.shapes.items())}
        return {"licence": self.licence, "height": self.height, "shapes": shapes}


def boundaries_from(told: Mapping[str, Any] | None) -> Boundaries | None:
    """Return the boundaries that a manifest tells of; None where there was no map."""
    if told is None:
        return None
    shapes = {code: Shape(**shape) for code, shape in told["shapes"].items()}
    return Boundaries(shapes, told["height"], told["licence"])


def read_boundaries(
    content: bytes, name: str, code_property: str, district: Area, licence: str = ""
) -> Boundaries:
    """Read a GeoJSON file of wards; `code_property` holds the GSS code of each.

    Of a file of several districts the wards of `district` are taken, if its wards are listed.
    Raises `BoundaryError` with every fault of the file at once; `name` is what it is called there.
    """
    features = _features(content, name)
    faults: list[str] = []
    found: dict[str, Rings] = {}
    for number, feature in enumerate(features, start=1):
        try:
            code, rings = _ward(feature, code_property)
        except BoundaryError as fault:
            faults.append(f"Area {number} {fault}")
            continue
        if code in found:
            faults.append(f"Area {number} has the code of an earlier one, {code}.")
        found[code] = rings
    if len(faults) == len(features):
        # All alike: the file is of another kind, and one sentence says it.
        faults = [f.split(" ", 2)[2] for f in faults]
        faults = [f"Every area {fault}" for fault in dict.fromkeys(faults)]
    if faults:
        more = len(faults) - FAULTS_TOLD
        told = [*faults[:FAULTS_TOLD], f"{more} more areas are wrong."] if more > 0 else faults
        raise BoundaryError(f"{name}: {' '.join(told)}")
    return Boundaries(*laid_out(_of_district(found, name, district)), licence)


def _features(content: bytes, name: str) -> list[Any]:
    if len(content) > LARGEST:
        raise BoundaryError(
            f"{name} is larger than {LARGEST // 1_000_000} MB. Save the wards of the district in a "
            "file of their own."
        )
    try:
        told = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise BoundaryError(
            f"{name} is no GeoJSON: it cannot be read as JSON in UTF-8. Download the wards as "
            "GeoJSON, not as a shapefile or KML."
        ) from None
    features = told.get("features") if isinstance(told, dict) else None
    if not isinstance(features, list) or not features:
        raise BoundaryError(f"{name} is no GeoJSON of areas: it has no list of features.")
    return features


def _ward(feature: Any, code_property: str) -> tuple[str, Rings]:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        raise BoundaryError("has no properties.")
    code = properties.get(code_property)
    if not isinstance(code, str) or not is_ward(code):
        holding = [key for key, value in properties.items() if is_ward(str(value))]
        if holding:
            hint = f"Ward codes stand in '{holding[0]}': name that as code_property."
        elif code_property in properties:
            hint = "It holds codes of other areas, or none: the file must be of wards (E05...)."
        else:
            hint = f"It has {', '.join(sorted(map(str, properties))[:12]) or 'none'}."
        raise BoundaryError(f"has no ward code in the property '{code_property}'. {hint}")
    return code, _rings(feature.get("geometry"))


def _rings(geometry: Any) -> Rings:
    """Return the outlines of an area in degrees, holes and islands alike."""
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise BoundaryError("is drawn neither as a Polygon nor as a MultiPolygon.")
    coordinates = geometry.get("coordinates")
    polygons = [coordinates] if kind == "Polygon" else coordinates
    try:
        rings = [[_point(p) for p in ring] for polygon in polygons for ring in polygon]
    except (TypeError, ValueError, IndexError, OverflowError):
        raise BoundaryError("has coordinates that are no pairs of numbers.") from None
    if not rings or any(len(ring) < 4 for ring in rings):
        raise BoundaryError("has an outline of fewer than four points.")
    if not all(-180 <= x <= 180 and -90 <= y <= 90 for ring in rings for x, y in ring):
        raise BoundaryError(
            "has coordinates that are no degrees: save the file in longitude and latitude "
            "(WGS 84), not in eastings and northings."
        )
    return rings


def _point(told: Any) -> tuple[float, float]:
    return float(told[0]), float(told[1])


def _of_district(found: Mapping[str, Rings], name: str, district: Area) -> dict[str, Rings]:
    """Leave out wards of other districts; of one whose wards are not listed all are kept."""
    listed = wards_of(district.code)
    ours = {code: rings for code, rings in found.items() if code in listed or not listed}
    if not ours:
        raise BoundaryError(
            f"{name} holds {counted(len(found), 'ward')}, none of them of {district.name} "
            f"({district.code}): {', '.join(_told(found))}. It is of another district."
        )
    return ours


def _told(found: Mapping[str, Rings]) -> Iterator[str]:
    yield from sorted(found)[:3]
    if len(found) > 3:
        yield "and others"
