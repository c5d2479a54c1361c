"""Draws SVG: plain shapes and words, the same bytes for the same picture.

Only what every reader draws alike is used (browsers, WeasyPrint, Word processors): attributes on
elements, no style sheet, no script, no filter. A picture has a width of 400 units, and no word in
it is smaller than 13, so that it can be read on a telephone. Marks differ in form and lightness,
never in colour alone.
"""

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from reports.formats.page import escape

WIDTH = 400
SMALL = 13
INK, SOFT, PALE, WASH, PAPER = "#14202b", "#46535f", "#8794a0", "#e9eef2", "#ffffff"
BLUE, ORANGE, PURPLE = "#1d5f9e", "#b4470b", "#63389c"
FONT = "Arial, 'Liberation Sans', 'Helvetica Neue', sans-serif"
EM = Fraction(58, 100)
"""About how much wider a line gets by a letter, in units of its size."""

Exact = int | Fraction
Number = Exact | float
Point = tuple[Number, Number]


def at(number: Number) -> str:
    """Return a place or length to a tenth of a unit: "12", "12.5"."""
    exact = Fraction(number)
    tenth = Decimal(exact.numerator) / Decimal(exact.denominator)
    return f"{tenth.quantize(Decimal('0.1'), rounding=ROUND_HALF_UP):f}".removesuffix(".0")


class Picture:
    """A picture in the making. `anchor` begins every id in it, `title` names it to who hears it.

    `words` is the id of the element that says what it shows.
    """

    def __init__(self, anchor: str, title: str, height: Number, words: str):
        self._opening = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {at(height)}" '
            f'role="img" aria-labelledby="{escape(anchor)}-title" '
            f'aria-describedby="{escape(words)}" '
            f'font-family="{FONT}" font-size="{SMALL}" fill="{INK}">'
            f'<title id="{escape(anchor)}-title">{escape(title)}</title>'
        )
        self._parts: list[str] = []

    def finish(self) -> str:
        """Return the whole element."""
        return "\n".join((self._opening, *self._parts, "</svg>"))

    def _add(self, name: str, text: str | None = None, **attributes: Number | str) -> None:
        told = "".join(
            f' {key.rstrip("_").replace("_", "-")}="'
            f'{escape(value) if isinstance(value, str) else at(value)}"'
            for key, value in attributes.items()
        )
        closing = "/>" if text is None else f">{escape(text)}</{name}>"
        self._parts.append(f"<{name}{told}{closing}")

    def line(
        self, start: Point, stop: Point, colour: str = INK, width: Number = 1, dash: str = ""
    ) -> None:
        """Draw a line; `dash` is "" for a solid one."""
        (x1, y1), (x2, y2) = start, stop
        more = {"stroke_dasharray": dash} if dash else {}
        self._add("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=colour, stroke_width=width, **more)

    def polyline(self, points: Sequence[Point], colour: str = INK, width: Number = 1.5) -> None:
        """Draw lines from point to point."""
        told = " ".join(f"{at(x)},{at(y)}" for x, y in points)
        self._add("polyline", points=told, fill="none", stroke=colour, stroke_width=width)

    def box(self, corner: Point, opposite: Point, fill: str, edge: str = "") -> None:
        """Draw a rectangle from its upper left to its lower right corner."""
        (x, y), (right, bottom) = corner, opposite
        more = {"stroke": edge} if edge else {}
        width, height = Fraction(right) - Fraction(x), Fraction(bottom) - Fraction(y)
        self._add("rect", x=x, y=y, width=width, height=height, fill=fill, **more)

    def shape(self, path: str, fill: str, edge: str = PAPER, width: Number = 1) -> None:
        """Draw an area that was made of lines before."""
        self._add("path", d=path, fill=fill, stroke=edge, stroke_width=width, fill_rule="evenodd")

    def hatching(self, name: str) -> str:
        """Make thin lines aslant, and return what an area is filled with to have them."""
        self._parts.append(
            f'<defs><pattern id="{escape(name)}" width="7" height="7" '
            'patternUnits="userSpaceOnUse"><path d="M0 7L7 0M-1 1L1 -1M6 8L8 6" fill="none" '
            f'stroke="{SOFT}" stroke-width="0.8"/></pattern></defs>'
        )
        return f"url(#{name})"

    def words(
        self, x: Number, y: Number, text: str, *,
        anchor: str = "start", size: int = SMALL, colour: str = INK, is_bold: bool = False,
    ) -> None:  # fmt: skip
        """Write a line of text on its base line; `anchor` is start, middle or end."""
        more: dict[str, Number | str] = {}
        if anchor != "start":
            more["text_anchor"] = anchor
        if size != SMALL:
            more["font_size"] = size
        if colour != INK:
            more["fill"] = colour
        if is_bold:
            more["font_weight"] = "bold"
        self._add("text", text, x=x, y=y, **more)

    def dot(self, x: Number, y: Number) -> None:
        """Draw the mark of a figure that is no more than chance."""
        self._add("circle", cx=x, cy=y, r=2.4, fill=SOFT)

    def diamond(self, x: Number, y: Number, size: Number = 5) -> None:
        """Draw the mark of a concern: a filled diamond."""
        self._polygon(((x, y - size), (x + size, y), (x, y + size), (x - size, y)), ORANGE)

    def square(self, x: Number, y: Number, size: Number = 3.8) -> None:
        """Draw the mark of an improvement: a filled square."""
        self._polygon(
            (
                (x - size, y - size),
                (x + size, y - size),
                (x + size, y + size),
                (x - size, y + size),
            ),
            BLUE,
        )

    def triangle(self, x: Number, y: Number, size: Number = 4.6) -> None:
        """Draw the mark of a change that is neither: a hollow triangle."""
        self._polygon(
            ((x, y - size), (x + size, y + size * 0.8), (x - size, y + size * 0.8)),
            PAPER, edge=PURPLE, width=1.6,
        )  # fmt: skip

    def _polygon(
        self, points: Iterable[Point], fill: str, edge: str = PAPER,
        width: Number = 0.8,
    ) -> None:  # fmt: skip
        told = " ".join(f"{at(x)},{at(y)}" for x, y in points)
        self._add("polygon", points=told, fill=fill, stroke=edge, stroke_width=width)


def wrapped(text: str, width: Number, size: int = SMALL) -> list[str]:
    """Break a text into lines that are about as wide as there is room."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and len(longer) * size * EM <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def steps(low: Exact, high: Exact, most: int = 6) -> list[int]:
    """Return round whole numbers from at most `low` to at least `high`, for an axis."""
    for size in (factor * 10**power for power in range(12) for factor in (1, 2, 5)):
        first, last = int(low // size), int(-(-high // size))
        if last - first < most:
            return [number * size for number in range(first, max(last, first + 1) + 1)]
    raise ValueError("no figure is this large")
