"""Who sends each source, and what came from them for the months of a pack."""

from collections.abc import Sequence
from dataclasses import dataclass

from schemas.measures import measures_of
from schemas.period import Period
from schemas.words import counted
from warehouse.read import DeliveryLine


@dataclass(frozen=True)
class Partner:
    """Who sends a source, in the words that a pack uses.

    `reporter` is the code of one of several that send it alike, each for itself.
    """

    source: str
    title: str
    partner: str
    reporter: str = ""


@dataclass(frozen=True)
class SourceLine:
    """What came from one partner for the period of a pack, in words."""

    title: str
    partner: str
    source: str
    state: str
    files: tuple[str, ...]
    is_complete: bool
    reporter: str = ""


def source_line(
    partner: Partner, period: Period, used: Sequence[DeliveryLine], *, is_counted: bool = True
) -> SourceLine:
    """Say what came from a partner for the months of the period itself, and what did not.

    How many rows a file has is a figure, too: who is not to know all figures is not told.
    """
    sent = [
        d
        for d in used
        if d.source == partner.source
        and (not partner.reporter or d.extent == partner.reporter)
        and d.covers(period.span)
    ]
    # Of files that cover the same month the last one stands; the earlier ones are not added to it.
    standing = {m: max((d for d in sent if d.covers_month(m)), key=lambda d: d.id, default=None)
                for m in period.span}  # fmt: skip
    mine = [d for d in sent if d in standing.values()]
    missing = [month.label for month, delivery in standing.items() if delivery is None]
    read = sum(d.rows_read for d in mine)
    rejected = sum(d.rows_rejected for d in mine)
    is_official = any(measure.counterpart for measure in measures_of(partner.source))
    if not mine and is_official:
        # Nobody owes it, and no table of ours lacks a figure for it.
        state = (
            f"No edition for {period.label} was received, so that our figures are not held against "
            "it."
        )
    elif not mine:
        state = f"Nothing was received for {period.label}. Its figures are shown as [x], not as 0."
    else:
        told = []
        if is_counted:
            accepted = f"{read - rejected:,} accepted, {rejected:,} rejected."
            told.append(f"{counted(read, 'row')} read, {accepted}")
        if missing and not is_official:
            told.append(f"Nothing was received for {', '.join(missing)}: figures are shown as [x].")
        state = " ".join(told) or f"Received for every month of {period.label}."
    return SourceLine(
        partner.title,
        partner.partner,
        partner.source,
        state,
        tuple(d.file_name for d in mine),
        is_official or not missing,
        partner.reporter,
    )
