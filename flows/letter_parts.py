"""What every letter is made of, and the warehouse that it is written from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from textwrap import fill

from flows.clock import day_of
from flows.expected import partner_of
from flows.settings import Settings
from flows.timetable import next_pack
from schemas.words import day_label
from sources.partners import SOURCES
from warehouse.engine import Engine

WIDTH = 78
MOST_REASONS = 8
"""How many findings a letter names; the receipt has all of them."""
SOON = timedelta(days=5)
"""The least time that a partner is given to answer."""


@dataclass(frozen=True)
class Letter:
    """One alert in words, with the files that go with it."""

    subject: str
    text: str
    attachments: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Parts:
    """The parts of a letter; an empty one is left out."""

    subject: str
    happened: str
    wrong: Sequence[str] = ()
    works: str = ""
    ask: str = ""
    otherwise: str = ""
    attachments: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Desk:
    """What a letter is written with: the warehouse, the settings, and the moment (UTC)."""

    engine: Engine
    settings: Settings
    now: datetime

    @property
    def answer_by(self) -> str:
        """Say by when an answer is needed: the day before the next pack, or a few days from now."""
        pack = next_pack(self.settings.schedule, self.now)
        today = day_of(self.now)
        eve = day_of(pack.at) - timedelta(days=1)
        if eve - today >= SOON:
            return f"by {day_label(eve)}: the pack of {pack.label} is made on the day after"
        return f"by {day_label(today + SOON)}"

    def partner(self, code: str) -> str:
        """Return who sends a source."""
        return partner_of(code, self.settings)

    def title(self, code: str) -> str:
        """Return what a source is called."""
        return next((s.title for s in SOURCES if s.code == code), "a file that was not recognised")


def composed(parts: Parts, footer: str) -> Letter:
    """Put the parts of a letter together."""
    said = [fill(parts.happened, WIDTH)]
    if parts.wrong:
        reasons = [_indented(reason, "  * ") for reason in parts.wrong]
        said.append("\n".join(["What is wrong", *reasons]))
    for heading, text in (
        ("What still works", parts.works),
        ("What to do", parts.ask),
        ("If nothing is done", parts.otherwise),
    ):
        if text:
            said.append(f"{heading}\n{_indented(text, '  ')}")
    said.append(f"-- \n{fill(footer, WIDTH)}")
    return Letter(parts.subject, "\n\n".join(said) + "\n", parts.attachments)


def _indented(text: str, lead: str) -> str:
    return fill(text, WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead))
