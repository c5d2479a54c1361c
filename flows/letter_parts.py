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
from schemas.period import Span
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
    """One alert in words, with the files that go with it.

    What mail programs show as a signature is apart: they hide whatever stands below one.
    """

    subject: str
    text: str
    attachments: tuple[Path, ...] = ()
    footer: str = ""

    @property
    def whole(self) -> str:
        """All that stands in the letter."""
        return f"{self.text}\n-- \n{self.footer}\n" if self.footer else self.text


@dataclass(frozen=True)
class Parts:
    """The parts of a letter; an empty one is left out. `heading` is that of what is `wrong`."""

    subject: str
    happened: str
    wrong: Sequence[str] = ()
    works: str = ""
    ask: str = ""
    otherwise: str = ""
    attachments: tuple[Path, ...] = ()
    heading: str = "What is wrong"


@dataclass(frozen=True)
class Desk:
    """What a letter is written with: the warehouse, the settings, and the moment (UTC)."""

    engine: Engine
    settings: Settings
    now: datetime

    def answer_by(self, months: Span | tuple[()] = ()) -> str:
        """Say by when an answer is needed: the day before the pack is made, or in a few days.

        It is in a few days where that day is near, or where the pack of the `months` was to be made
        by now.
        """
        pack = next_pack(self.settings.schedule, self.now)
        today = day_of(self.now)
        eve = day_of(pack.at) - timedelta(days=1)
        is_past = bool(months) and max(months).quarter.code < pack.period_code
        if eve - today >= SOON and not is_past:
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
    said = [filled(parts.happened)]
    if parts.wrong:
        reasons = [filled(reason, "  * ") for reason in parts.wrong]
        said.append("\n".join([parts.heading, *reasons]))
    for heading, text in (
        ("What still works", parts.works),
        ("What to do", parts.ask),
        ("If nothing is done", parts.otherwise),
    ):
        if text:
            said.append(f"{heading}\n{filled(text, '  ')}")
    return Letter(parts.subject, "\n\n".join(said) + "\n", parts.attachments, filled(footer))


def filled(text: str, lead: str = "") -> str:
    """Break a text into lines; names of files and addresses stay whole."""
    return fill(
        text, WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead),
        break_on_hyphens=False, break_long_words=False,
    )  # fmt: skip
