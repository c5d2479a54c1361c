"""Where the words of a picture lie, as wide as they are in Arial or a little wider."""

from itertools import combinations
from xml.etree import ElementTree

SVG = "{http://www.w3.org/2000/svg}"
DIGIT, LETTER, ASCENT, DESCENT = 0.556, 0.5, 0.72, 0.2
"""Parts of the size of letters: widths, and how far they reach above and below their line."""
SIZE = 13

Box = tuple[float, float, float, float]


def boxes(svg: ElementTree.Element) -> list[tuple[str, Box]]:
    """Each line of words with its left, top, right and bottom."""
    found = []
    for element in svg.iter(f"{SVG}text"):
        text, size = element.text or "", float(element.get("font-size", SIZE))
        width = sum(DIGIT if c.isdigit() else LETTER for c in text) * size
        x, y = float(element.get("x", 0)), float(element.get("y", 0))
        left = x - {"end": width, "middle": width / 2}.get(element.get("text-anchor", ""), 0)
        found.append((text, (left, y - ASCENT * size, left + width, y + DESCENT * size)))
    return found


def overlapping(svg: ElementTree.Element) -> list[tuple[str, str]]:
    """Words that lie on one another."""
    return [
        (one, other)
        for (one, a), (other, b) in combinations(boxes(svg), 2)
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]


def outside(svg: ElementTree.Element) -> list[str]:
    """Words that the edge of the picture cuts off."""
    _, _, width, height = map(float, svg.get("viewBox", "").split())
    return [
        text for text, (left, top, right, bottom) in boxes(svg)
        if left < -1 or top < -1 or right > width + 1 or bottom > height + 1
    ]  # fmt: skip
