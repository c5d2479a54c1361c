"""Markdown into the blocks of a document, by markdown-it-py (CommonMark).

Headings begin subsections; paragraphs, lists, emphasis, code and links are kept; of a picture its
description. HTML is inert: it is printed as the text that it is.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

from reports.document import Block, Bullets, Paragraph, Run, Section, Style
from reports.narrative.references import REFERENCE

FIRST_PRIVATE, LAST_PRIVATE = "\ue000", "\uf8ff"
_OPEN, _CLOSE = "\ue000", "\ue001"
_STYLES = {"strong_open": Style.STRONG, "em_open": Style.EMPHASIS}
_LINKS = ("http://", "https://", "mailto:")


@dataclass
class _Part:
    """The blocks under one heading, while they are gathered."""

    title: str = ""
    blocks: list[Block] = field(default_factory=list)


def to_blocks(
    content: str, expand: Callable[[str], str], anchor: str
) -> tuple[tuple[Block, ...], tuple[Section, ...]]:
    """Return the blocks of a text before its first heading, and a subsection a heading.

    `expand` gives what is printed for a reference. It is put in after Markdown has been read, so
    that no figure or mark is ever taken for markup.
    """
    printed: list[str] = []

    def keep(found: re.Match[str]) -> str:
        printed.append(expand(found[1]))
        return f"{_OPEN}{len(printed) - 1}{_CLOSE}"

    clean = "".join(c for c in content if not FIRST_PRIVATE <= c <= LAST_PRIVATE)
    tokens = MarkdownIt("commonmark", {"html": False}).parse(REFERENCE.sub(keep, clean))
    parts = [_Part()]
    _walk(tokens, parts, _Figures(tuple(printed)))
    first, *rest = parts
    return tuple(first.blocks), tuple(
        Section(part.title, f"{anchor}-{place}", tuple(part.blocks))
        for place, part in enumerate(rest, start=1)
    )


@dataclass(frozen=True)
class _Figures:
    """What is printed in the places that were kept for references."""

    printed: tuple[str, ...]

    def fill(self, text: str) -> str:
        """Put them in."""
        pieces = text.split(_OPEN)
        filled = pieces[0]
        for piece in pieces[1:]:
            number, _, after = piece.partition(_CLOSE)
            filled += self.printed[int(number)] + after
        return filled


def _walk(tokens: Sequence[Token], parts: list[_Part], figures: _Figures) -> None:
    place = 0
    while place < len(tokens):
        token = tokens[place]
        if token.type == "heading_open":
            title = "".join(run.text for run in _runs(tokens[place + 1], figures))
            parts.append(_Part(title))
            place += 3
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            end = _end(tokens, place)
            items = _items(tokens[place + 1 : end], figures)
            is_numbered = token.type == "ordered_list_open"
            parts[-1].blocks.append(Bullets(tuple(items), is_numbered))
            place = end + 1
        else:
            if token.type == "inline":
                parts[-1].blocks.append(Paragraph(_runs(token, figures)))
            elif token.type in ("fence", "code_block"):
                told = figures.fill(token.content.rstrip("\n"))
                parts[-1].blocks.append(Paragraph((Run(told, Style.CODE),)))
            place += 1


def _end(tokens: Sequence[Token], start: int) -> int:
    depth = 0
    for place in range(start, len(tokens)):
        depth += tokens[place].nesting
        if depth == 0:
            return place
    raise ValueError("markdown-it closes every list that it opens")


def _items(tokens: Sequence[Token], figures: _Figures) -> list[Paragraph]:
    """Return the items of a list; those of a list within it follow as items of their own."""
    return [Paragraph(_runs(token, figures)) for token in tokens if token.type == "inline"]


def _runs(inline: Token, figures: _Figures) -> tuple[Run, ...]:
    runs: list[Run] = []
    styles: list[Style] = []
    target = ""
    for token in inline.children or ():
        if token.type in _STYLES:
            styles.append(_STYLES[token.type])
        elif token.type in ("strong_close", "em_close"):
            styles.pop()
        elif token.type == "link_open":
            href = str(token.attrs.get("href", ""))
            target = href if href.startswith(_LINKS) else ""
        elif token.type == "link_close":
            target = ""
        else:
            is_code = token.type == "code_inline"
            text = " " if token.type in ("softbreak", "hardbreak") else token.content
            style = Style.CODE if is_code else styles[-1] if styles else Style.PLAIN
            if text:
                runs.append(Run(figures.fill(text), style, target))
    return tuple(runs)
