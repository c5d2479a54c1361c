"""Reads what a pack holds besides figures: partners' texts, assumptions, corrections, sign-off."""

from collections.abc import Iterator
from pathlib import Path
from unicodedata import category

from flows.settings import Settings
from reports.chapters import name_fault
from reports.narrative.written import NarrativeError
from reports.papers import ASSUMPTIONS, CorrectionLine, Papers, SignOff, Text
from schemas.audience import Audience
from schemas.period import FinancialYear, Period
from schemas.words import day_label
from sources.corrections import load_corrections
from sources.partners import SOURCES

ROLES = {
    "analyst": "Analyst: prepared the figures",
    "assurer": "Assurer: checked them",
    "approver": "Approver: answers for their publication",
}
"""Roles of the Aqua Book, by the names of `[sign_off]` in csp.toml."""
LARGEST_TEXT = 200_000
"""Bytes of a text; more is no text of a report."""


def papers_for(period: Period, settings: Settings) -> Papers:
    """Return the papers of a pack; raises `NarrativeError` with every file that cannot be read.

    Partners' texts are those of a year; assumptions are those of the period, or of all.
    """
    faults: list[str] = []
    folder = settings.narrative / period.slug
    texts = []
    for path in sorted(folder.glob("*.md")) if folder.is_dir() else ():
        fault = name_fault(path.stem)
        if fault:
            faults.append(f"{path}: {fault}")
        elif isinstance(period, FinancialYear) or path.stem == ASSUMPTIONS:
            texts += _read(path, settings, faults)
        else:
            faults.append(f"{path}: only the pack of a year holds partners' texts.")
    if not any(text.section == ASSUMPTIONS for text in texts):
        general = settings.narrative / f"{ASSUMPTIONS}.md"
        if general.is_file():
            texts += _read(general, settings, faults)
    if faults:
        raise NarrativeError(faults)
    signed = settings.sign_off.model_dump()
    return Papers(
        texts=tuple(texts),
        sign_off=tuple(SignOff(words, signed[role].strip()) for role, words in ROLES.items()),
        corrections=tuple(_corrections(settings)),
    )


def _read(path: Path, settings: Settings, faults: list[str]) -> list[Text]:
    name = path.relative_to(settings.narrative).as_posix()
    if path.stat().st_size > LARGEST_TEXT:
        faults.append(f"{path}: the text is longer than {LARGEST_TEXT:,} bytes.")
        return []
    try:
        content = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        faults.append(f"{path}: the text is not UTF-8. Save it as UTF-8 and try again.")
        return []
    return [Text(path.stem, name, "".join(filter(_is_text, content)))]


def _is_text(char: str) -> bool:
    """Say whether a character is one to read: control and invisible ones are left out."""
    return char in "\n\t" or not category(char).startswith("C")


def _corrections(settings: Settings) -> Iterator[CorrectionLine]:
    """Return those in force; the public is told neither the row nor the reason, as of holds."""
    is_told = settings.audience is Audience.PARTNERSHIP
    for c in load_corrections(settings.corrections, SOURCES):
        yield CorrectionLine(
            source=c.source,
            what=c.described if is_told else f"{c.record} ('{c.column}')",
            by=c.by,
            on=day_label(c.on),
            because=c.because if is_told else "",
            until="" if c.until is None else day_label(c.until),
        )
