"""A partner's text made ready to print: its blocks, what is wrong with it, what to look at."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reports.document import Block, Section
from reports.narrative.markdown import to_blocks
from reports.narrative.numbers import bare_numbers, later_dates
from reports.narrative.references import REFERENCE, Quotable, WrongReference
from reports.papers import Text
from schemas.period import Month


class NarrativeError(Exception):
    """Texts cannot be printed; the message lists every fault with its file and line."""

    def __init__(self, faults: Iterable[str]):
        self.faults = tuple(faults)
        super().__init__(" ".join(self.faults))


@dataclass(frozen=True)
class Written:
    """A text as it is printed."""

    blocks: tuple[Block, ...]
    subsections: tuple[Section, ...]


def written(text: Text, figures: Quotable, anchor: str) -> Written:
    """Return a text as it is printed, its references read from the tables of the pack."""
    return Written(*to_blocks(text.content, figures.expand, anchor))


def check_texts(texts: Iterable[Text], figures: Quotable) -> None:
    """Raise `NarrativeError` with every wrong reference of all texts at once."""
    faults = [fault for text in texts for fault in _faults(text, figures)]
    if faults:
        raise NarrativeError(faults)


def _faults(text: Text, figures: Quotable) -> Iterator[str]:
    for found in REFERENCE.finditer(text.content):
        try:
            figures.expand(found[1])
        except WrongReference as error:
            yield f"{text.file}, line {_line(text.content, found.start())}: {error}"
    rest = REFERENCE.sub(lambda m: " " * len(m[0]), text.content)
    for brace in ("{{", "}}"):
        place = rest.find(brace)
        if place >= 0:
            yield (
                f"{text.file}, line {_line(text.content, place)}: '{brace}' has no partner. A "
                "reference is written {{ all-crime.value }}."
            )


def _line(content: str, place: int) -> int:
    return content.count("\n", 0, place) + 1


def references_in(texts: Iterable[Text]) -> int:
    """Count the references of some texts, words in quotation marks among them."""
    return sum(len(REFERENCE.findall(text.content)) for text in texts)


def unbound(texts: Iterable[Text], last: Month) -> tuple[str, ...]:
    """Say where texts hold a number that is no reference, or a month after the last one of a pack.

    Write such a number as a reference, or in quotation marks; what happened later belongs into the
    next report.
    """
    return tuple(said for text in texts for said in _unbound(text, last))


def _unbound(text: Text, last: Month) -> Iterator[str]:
    for line, number in bare_numbers(text.content):
        yield (
            f"{text.file}, line {line}: the number {number} is no reference. Write it as one, or "
            "in quotation marks."
        )
    for line, month in later_dates(text.content, last):
        yield (
            f"{text.file}, line {line}: {month} is after the period of the report, which ends in "
            f"{last.label}."
        )
