"""The annual report: its chapters in order, each with its partner's text and its tables."""

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reports.document import Block, Paragraph, Run, Section, Style, plain
from reports.narrative.references import Quotable
from reports.narrative.written import written
from reports.papers import ASSUMPTIONS, Papers
from reports.sources import SourceLine
from schemas.words import listed


@dataclass(frozen=True)
class Chapter:
    """One chapter of the annual report.

    `code` names its text (`<code>.md`), `author` who writes it; where a source is named, its sender
    does. `sections` are the sections of tables that stand in it.
    """

    code: str
    title: str
    author: str
    source: str = ""
    sections: tuple[str, ...] = ()


CHAPTERS: tuple[Chapter, ...] = (
    Chapter("partnership", "The partnership and its priorities", "the partnership's office",
            sections=("The partnership", "Partnership")),
    Chapter("projects", "Projects and funding", "the partnership's office",
            sections=("Projects and funding",)),
    Chapter("police", "Police recorded crime and neighbourhood policing", "the police",
            "police_crime",
            ("Police recorded crime", "Street-level crime", "Neighbourhood policing")),
    Chapter("anti-social-behaviour", "Anti-social behaviour", "the Community Protection Team",
            "asb_cases", ("Anti-social behaviour",)),
    Chapter("cctv", "CCTV", "the CCTV control room", "cctv_log", ("CCTV",)),
    Chapter("fly-tipping", "Fly-tipping", "environmental enforcement", "fly_tips",
            ("Fly-tipping",)),
    Chapter("probation", "Probation", "the Probation Service", sections=("Probation",)),
    Chapter("trading-standards", "Trading standards", "Trading Standards",
            sections=("Trading standards",)),
    Chapter("fire-and-rescue", "Fire and rescue", "the fire and rescue service", "hfrs_incidents",
            ("Fire and rescue",)),
    Chapter("young-people", "Young people", "services for young people",
            sections=("Young people",)),
    Chapter("health", "Health", "health services", sections=("Health",)),
)  # fmt: skip
"""The chapters in the order of the published report."""

TEXT_NAMES = (*(chapter.code for chapter in CHAPTERS), ASSUMPTIONS)
"""The texts that may lie in the folder of a year, without their ".md"."""


def name_fault(name: str) -> str:
    """Say what is wrong with the name of a text's file, without its ".md"; "" if nothing is."""
    if name in TEXT_NAMES:
        return ""
    near = difflib.get_close_matches(name, TEXT_NAMES, n=1, cutoff=0.5)
    hint = f"Nearest: {near[0]}.md" if near else f"Chapters are {listed(TEXT_NAMES)}"
    return f"no chapter has this name. {hint}."


def chapter_sections(
    papers: Papers,
    tables: Sequence[Section],
    sources: Iterable[SourceLine],
    figures: Quotable,
) -> tuple[Section, ...]:
    """Return the chapters; sections of tables that none of them names follow after them."""
    by_title: dict[str, list[Section]] = {}
    for section in tables:
        by_title.setdefault(section.title, []).append(section)
    senders = {source.source: source.partner for source in sources}
    placed = {title for chapter in CHAPTERS for title in chapter.sections}
    return (
        *(_chapter(chapter, papers, by_title, senders, figures) for chapter in CHAPTERS),
        *(section for section in tables if section.title not in placed),
    )


def _chapter(
    chapter: Chapter,
    papers: Papers,
    tables: Mapping[str, Sequence[Section]],
    senders: dict[str, str],
    figures: Quotable,
) -> Section:
    anchor = f"chapter-{chapter.code}"
    text = papers.text(chapter.code)
    lead: tuple[Block, ...]
    after: tuple[Section, ...] = ()
    if text is None or not text.content.strip():
        lead = (no_text(senders.get(chapter.source, chapter.author)),)
    else:
        said = written(text, figures, anchor)
        lead, after = said.blocks, said.subsections
    return Section(chapter.title, anchor, (*lead, *_blocks(chapter, tables)), after)


def _blocks(chapter: Chapter, tables: Mapping[str, Sequence[Section]]) -> Iterator[Block]:
    for title in chapter.sections:
        for section in tables.get(title, ()):
            yield from section.blocks


def no_text(author: str) -> Paragraph:
    """Say that a partner wrote nothing: a chapter is never just left out."""
    return Paragraph((Run(f"No text was received from {author}.", Style.EMPHASIS),))


def assumptions(papers: Papers, figures: Quotable) -> tuple[Block, ...]:
    """Return the assumptions that were declared, or say that there are none."""
    text = papers.text(ASSUMPTIONS)
    if text is None or not text.content.strip():
        return (plain("No assumptions were declared."),)
    said = written(text, figures, "assumptions")
    return (*said.blocks, *(block for part in said.subsections for block in part.blocks))
