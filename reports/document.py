"""What a pack says, in order, without any format: every format prints the same document.

A document is made of sections, a section of blocks. A block holds texts and figures, never markup:
each format writes them in its own way. All of it is immutable.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from reports.figures import Filled
from reports.spec import refer

LANGUAGE = "en-GB"


class Style(StrEnum):
    """How a run of text stands out."""

    PLAIN = "plain"
    STRONG = "strong"
    EMPHASIS = "emphasis"
    CODE = "code"


@dataclass(frozen=True)
class Run:
    """A piece of text. `to` makes it a link: to "#anchor" in the document, a file or an address."""

    text: str
    style: Style = Style.PLAIN
    to: str = ""


@dataclass(frozen=True)
class Paragraph:
    """Running text; `is_small` is what explains a figure rather than says something of its own."""

    runs: tuple[Run, ...]
    is_small: bool = False

    @property
    def text(self) -> str:
        """Its words alone."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class Bullets:
    """A list, numbered where its items are referred to; `label` says what is listed, unseen."""

    items: tuple[Paragraph, ...]
    is_numbered: bool = False
    label: str = ""


@dataclass(frozen=True)
class KeyFigure:
    """One headline figure: its label, the figure, and how it moved."""

    label: str
    area: str
    value: str
    movement: str


@dataclass(frozen=True)
class KeyFigures:
    """Headline figures side by side."""

    figures: tuple[KeyFigure, ...]


@dataclass(frozen=True)
class Table:
    """A published table with all that must be said with it.

    `title` stands without its number, `extent` says where, when and in what unit, `source` who sent
    it, `legend` what its marks mean ("" where there is none); `csv` is its file in the pack.
    """

    filled: Filled
    number: int
    title: str
    extent: str
    csv: str
    source: str = ""
    legend: str = ""
    notes: tuple[str, ...] = ()

    @property
    def anchor(self) -> str:
        """Where links lead to."""
        return self.filled.spec.code

    @property
    def label(self) -> str:
        """Its name within the document: "Table 3"."""
        return f"Table {self.number}"

    @property
    def heading(self) -> str:
        """Its name and title, with what refers to the notes on the whole of it."""
        return f"{self.label}: {self.title}{refer(*self.filled.spec.heading_notes)}"


@dataclass(frozen=True)
class Grid:
    """A plain small table of texts: deliveries, revisions, scores.

    The first column heads its rows. `right` are the places of the columns that hold numbers (the
    first column is 0); `groups` holds, where there is one, the heading under which each row stands,
    and `grouped_by` says what they are.
    """

    anchor: str
    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    extent: str = ""
    right: frozenset[int] = frozenset()
    groups: tuple[str, ...] = ()
    grouped_by: str = "Group"

    def __post_init__(self) -> None:
        if any(len(row) != len(self.header) for row in self.rows):
            raise ValueError(f"{self.anchor}: every row has a cell under each heading")
        if self.groups and len(self.groups) != len(self.rows):
            raise ValueError(f"{self.anchor}: every row stands under a heading, or none does")


@dataclass(frozen=True)
class Chart:
    """A picture of figures, with what it shows in words and the figures themselves.

    `svg` is one whole `<svg>` element with a title; its ids begin with `anchor`, its size is given
    by a viewBox. It is described by an element of the page whose id is the anchor and "-words",
    which holds `alternative`.
    """

    anchor: str
    title: str
    svg: str
    alternative: str
    data: Grid


@dataclass(frozen=True)
class Definition:
    """A term, what is said of it, and the files it names; `is_gap` where something is missing."""

    term: str
    text: str
    files: tuple[str, ...] = ()
    is_gap: bool = False


@dataclass(frozen=True)
class Definitions:
    """Terms and what is said of each."""

    items: tuple[Definition, ...]


@dataclass(frozen=True)
class Download:
    """A file of the pack that holds more, or the same for programs; no part of a printed page."""

    text: str
    to: str


Block = Paragraph | Bullets | KeyFigures | Table | Grid | Chart | Definitions | Download


@dataclass(frozen=True)
class Section:
    """A part of a document under its heading. `number` is "3" or "3.1", "" where none is given."""

    title: str
    anchor: str
    blocks: tuple[Block, ...] = ()
    subsections: tuple["Section", ...] = ()
    number: str = ""

    @property
    def heading(self) -> str:
        """Its title with its number."""
        return f"{self.number} {self.title}" if self.number else self.title

    @property
    def tables(self) -> Iterator[Table]:
        """Its own tables, those of its subsections left out."""
        return (block for block in self.blocks if isinstance(block, Table))


@dataclass(frozen=True)
class Notice:
    """What must be read before anything else: a sentence, and the points under it."""

    text: str
    points: tuple[str, ...] = ()


@dataclass(frozen=True)
class Document:
    """All that a pack says.

    `title` and `subtitle` are what it is and of which months; `publisher` is the partnership.
    `lead` stands under the title, `opening` before the contents, `closing` at the end. `handling`
    says on every page who may have it, "" where anybody may.
    """

    title: str
    subtitle: str
    publisher: str
    lead: tuple[Paragraph, ...] = ()
    notices: tuple[Notice, ...] = ()
    opening: tuple[Section, ...] = ()
    sections: tuple[Section, ...] = ()
    closing: tuple[Paragraph, ...] = ()
    is_draft: bool = False
    handling: str = ""
    language: str = LANGUAGE

    @property
    def full_title(self) -> str:
        """Its title by which it is known among others."""
        draft = "Draft: " if self.is_draft else ""
        kept = " (not to be published)" if self.handling else ""
        return f"{draft}{self.title}, {self.subtitle}{kept}: {self.publisher}"

    @property
    def is_open(self) -> bool:
        """Whether anybody may have and use it."""
        return not (self.is_draft or self.handling)

    @property
    def tables(self) -> tuple[Table, ...]:
        """All its tables, in order."""
        return tuple(
            table
            for section in every_section((*self.opening, *self.sections))
            for table in section.tables
        )


def plain(text: str, *, is_small: bool = False) -> Paragraph:
    """Return a paragraph of one plain text."""
    return Paragraph((Run(text),), is_small)


def every_section(sections: Iterable[Section]) -> Iterator[Section]:
    """Return sections and their subsections, in the order in which they are read."""
    for section in sections:
        yield section
        yield from every_section(section.subsections)


def travelling(sections: Iterable[Section]) -> tuple[Section, ...]:
    """Return sections as they stand in a file that travels alone: without links to other files."""
    found = (
        replace(
            section,
            blocks=tuple(block for block in section.blocks if not isinstance(block, Download)),
            subsections=travelling(section.subsections),
        )
        for section in sections
    )
    return tuple(section for section in found if section.blocks or section.subsections)


def numbered(sections: Sequence[Section], before: str = "") -> tuple[Section, ...]:
    """Give sections the numbers 1, 2, ..., and their subsections 1.1, 1.2, ..."""
    return tuple(
        replace(
            section,
            number=f"{before}{place}",
            subsections=numbered(section.subsections, f"{before}{place}."),
        )
        for place, section in enumerate(sections, start=1)
    )
